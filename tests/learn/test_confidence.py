"""Confidences are probabilities, and send to review what is likely wrong."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import pytest

from linter.errors import ModelError
from linter.learn.confidence import Judged, fit, trust
from linter.rules.confidence import Confidence, read_confidence


def verdicts(seed: int) -> list[Judged]:
    """Right nine times of ten on one ground, half the time on another."""
    random = Random(seed)
    out = []
    for number in range(2000):
        sure = random.random() < 0.5
        right = random.random() < (0.98 if sure else 0.5)
        ground = "reason:sure" if sure else "reason:guess"
        out.append(Judged(f"d{number % 50}", "entity-name", ("always", ground), right))
    return out


def test_a_confidence_is_how_often_such_verdicts_are_right() -> None:
    confidence = fit(verdicts(1))
    assert confidence.probability(("always", "reason:sure")) == pytest.approx(0.98, abs=0.02)
    assert confidence.probability(("always", "reason:guess")) == pytest.approx(0.5, abs=0.05)
    believed = trust(confidence, verdicts(2))
    assert believed.ece < 0.03
    assert believed.right > 0.96
    assert believed.caught > 0.9
    assert believed.reviewed == pytest.approx(0.5, abs=0.05)
    assert sum(b.count for b in believed.reliability) == believed.verdicts == 2000


def test_the_threshold_is_of_the_requirement() -> None:
    easy = [replace(v, requirement="entity-contact", right=True) for v in verdicts(3)]
    confidence = fit([*verdicts(1), *easy])
    assert confidence.review["entity-contact"] == 0.0
    assert confidence.review["entity-name"] > 0.5


def test_an_unknown_ground_says_nothing() -> None:
    assert Confidence().probability(("always", "new")) == 0.5
    assert not Confidence().doubtful("entity-name", 0.5)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"weights": {}},
        {"weights": {}, "review": {}, "more": {}},
        {"weights": {"always": "1"}, "review": {}},
        {"weights": {"always": math.inf}, "review": {}},
        {"weights": {"always": True}, "review": {}},
        {"weights": [], "review": {}},
    ],
)
def test_a_manifest_that_is_none(data: object) -> None:
    with pytest.raises(ModelError) as caught:
        read_confidence(data)
    assert caught.value.code == "model-manifest"


def test_large_weights_overflow_nothing() -> None:
    sure = Confidence({"always": 1e6}, {})
    assert sure.probability(("always",)) == 1.0
    assert Confidence({"always": -1e6}, {}).probability(("always",)) == 0.0
