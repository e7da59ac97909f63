"""From the corpus to the models that ship, and how good they are.

``run`` trains, measures and writes; ``validate`` checks the corpus; ``evaluate`` compares the
program with what is simpler. How a policy is judged is handed in: this room sees no use case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from linter.errors import CorpusError
from linter.learn.corpus import LANGUAGES, Passage, Split, corpus_hash, load_corpus
from linter.learn.policies import LabelledPolicy, load_policies, sets_of

if TYPE_CHECKING:
    from linter.classify import Models
    from linter.learn.confidence import Trust
    from linter.learn.train import Trained
    from linter.rules import Confidence
    from linter.verdict import Finding

__all__ = [
    "HELD_OUT",
    "LANGUAGES",
    "LabelledPolicy",
    "Passage",
    "Split",
    "Training",
    "is_current",
    "load_corpus",
    "load_policies",
    "run",
    "sets_of",
]

# Confidences are fitted on sets of policies whose names end so and measured on those that end so;
# to mend the program by, there are the others.
CALIBRATION, HELD_OUT = "-calibration", "-held-out"
# Judges a policy with given models.
Judge = Callable[[LabelledPolicy, "Models"], "Sequence[Finding]"]


@dataclass(frozen=True)
class Training:
    """All that ``disclosure-lint train`` makes: a model a language, and the confidences."""

    languages: Mapping[str, Trained]
    confidence: Confidence
    trust: Trust
    corpus_sha256: str


def run(corpus: Path, models: Path | None, judge: Judge) -> Training:
    """Trains on a corpus folder (``passages/``, ``policies/``); writes unless ``models`` is None.

    Raises
    ------
    CorpusError
        A file is wrong, or there is too little to train on.
    """
    from linter.learn.confidence import fit, judged, trust
    from linter.learn.export import write
    from linter.learn.train import train

    passages = load_corpus(corpus / "passages")
    sets = {p.name: load_policies(p) for p in sets_of(corpus / "policies")}
    try:
        trained = {language: train(passages, language) for language in LANGUAGES}

        def with_these(policy: LabelledPolicy) -> Sequence[Finding]:
            return judge(policy, lambda language: trained[language].model)

        seen = [p for name, found in sets.items() if name.endswith(CALIBRATION) for p in found]
        unseen = [p for name, found in sets.items() if name.endswith(HELD_OUT) for p in found]
        confidence = fit(judged(seen, with_these))
        believed = trust(confidence, judged(unseen, with_these))
    except ValueError as error:
        raise CorpusError("corpus-thin", reason=error) from None
    training = Training(trained, confidence, believed, corpus_hash(corpus))
    if models is not None:
        write(models, training)
    return training


def is_current(training: Training, models: Path) -> bool:
    """Whether the models on disk are what training gives now.

    Arrays are compared to a tolerance: the last digits of a sum depend on the processor.

    Raises
    ------
    ModelError
        A model on disk is missing or damaged.
    """
    import numpy as np

    from linter.classify import read_manifest
    from linter.classify.model import read_model
    from linter.rules import read_confidence

    for language, fresh in training.languages.items():
        old, new = read_model(models, language), fresh.model
        if old.classes != new.classes or old.vocabulary != new.vocabulary:
            return False
        for name in ("idf", "weights", "intercepts", "calibration"):
            if not np.allclose(getattr(old, name), getattr(new, name), atol=1e-3):
                return False
    kept, now = read_confidence(read_manifest(models).get("confidence")), training.confidence
    return kept.review == now.review and _close(kept.weights, now.weights)


def _close(first: Mapping[str, float], second: Mapping[str, float]) -> bool:
    near = (abs(first[k] - second[k]) <= 1e-2 for k in first.keys() & second.keys())
    return first.keys() == second.keys() and all(near)
