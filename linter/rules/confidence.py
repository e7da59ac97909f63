"""How surely a verdict is right: a probability that was calibrated on labelled policies.

Verdicts follow the guideline alone. What they rest on (``grounds``: the rule, the verdict, what
the signal was and where, how the classifier sees it) says how often such verdicts have been right;
a logistic regression on it is fitted by ``disclosure-lint train`` and stands in the models'
manifest, with the probability by requirement under which a person should look.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linter.disclosure import Disclosures, Kind, Polarity, Signal
from linter.document import BlockKind
from linter.errors import ModelError

# Upper ends of the classes into which the classifier's probability falls.
_STEPS = (0.05, 0.2, 0.5, 0.8, 1.0)
_KEYS = {"weights", "review"}


@dataclass(frozen=True, slots=True)
class Confidence:
    """Weights by ground, and thresholds of review by requirement id.

    Without weights every verdict has probability 0.5 and none is sent to review.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    review: Mapping[str, float] = field(default_factory=dict)

    def probability(self, grounds: Iterable[str]) -> float:
        """The probability, 0 to 1, that a verdict with these grounds is right."""
        score = sum(self.weights.get(g, 0.0) for g in grounds)
        return round(1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score)))), 4)

    def doubtful(self, requirement: str, probability: float) -> bool:
        """Whether a person should look at a verdict of this requirement."""
        return probability < self.review.get(requirement, 0.0)


def read_confidence(data: object) -> Confidence:
    """From the manifest's section "confidence".

    Raises
    ------
    ModelError
        ``model-manifest``: it is not what ``disclosure-lint train`` writes.
    """
    if not isinstance(data, dict) or set(data) != _KEYS or not all(map(_numbers, data.values())):
        raise ModelError("model-manifest", reason="confidence is not a table of numbers")
    return Confidence(data["weights"], data["review"])


def _numbers(table: object) -> bool:
    return isinstance(table, dict) and all(
        type(v) in (int, float) and math.isfinite(v) for v in table.values()
    )


def grounds(
    requirement: str,
    verdict: str,
    kind: Kind,
    signals: tuple[Signal, ...],
    rejected: Signal | None,
    disclosures: Disclosures,
) -> tuple[str, ...]:
    """What a verdict rests on, as names that weights are learned for."""
    found = [
        "always",
        f"verdict:{verdict}",
        f"{requirement}:{verdict}",
        f"language:{disclosures.policies[0].language[:2]}" if disclosures.policies else "unread",
    ]
    if signals:
        found += _of_signal(signals[0], disclosures)
        found.append("signals:several" if len(signals) > 1 else "signals:one")
    elif rejected is not None:
        found.append(f"rejected:{rejected.polarity}")
    if not any(not m.negated for m in disclosures.mentions):
        found.append("unnamed")
    elif not signals:
        found.append(f"heard:{_step(disclosures.heard.get(kind, 0.0))}")
    others = {s.polarity for s in disclosures.signals if s.kind is kind}
    if signals and others & {Polarity.AFFIRMED, Polarity.VAGUE} != {signals[0].polarity}:
        found.append("signals:mixed")
    return tuple(found)


def _of_signal(signal: Signal, disclosures: Disclosures) -> list[str]:
    block = disclosures.policies[signal.document].blocks[signal.block]
    fielded = block.cell is not None or block.kind is BlockKind.KEY_VALUE
    asked = "none" if signal.model is None else str(_step(signal.model))
    relation = signal.binding.relation if signal.binding else "none"
    return [
        f"reason:{signal.reason.key}",
        f"relation:{relation}",
        "place:field" if fielded else "place:prose",
        f"model:{asked}",
    ]


def _step(probability: float) -> int:
    return next(n for n, end in enumerate(_STEPS) if probability <= end or end == _STEPS[-1])
