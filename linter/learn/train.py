"""From passages to a model: scikit-learn learns, arrays go out.

One-vs-rest logistic regression on TF-IDF n-grams, its scores turned into probabilities by Platt's
sigmoid (Platt 1999, "Probabilistic outputs for support vector machines"). The classifier is fitted
on the passages of the train split, the sigmoid on those of the calibration split and, by
cross-validation, of the train split; what is reported was measured on the test split, which
chooses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from linter.classify.features import UnitText, document_frequencies, weigh
from linter.classify.model import Model
from linter.classify.shadow import Shadow
from linter.learn.corpus import Passage, Split
from linter.learn.metrics import Metrics, measure

SEED = 20261124
# A class with fewer examples to learn from cannot be learned, let alone measured.
_MIN_EXAMPLES = 12
_MIN_DOCUMENT_FREQUENCY = 2
# Inverse strength of regularisation; chosen by cross-validation on train and calibration.
_COST = 30.0
_FOLDS = 5
Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Trained:
    """A model and how it did on the test split; sizes by split."""

    model: Model
    metrics: Metrics
    passages: dict[Split, int]
    documents: dict[Split, int]


def train(passages: Sequence[Passage], language: str) -> Trained:
    """The model of one language. The same passages give the same model, whatever their order.

    Raises
    ------
    ValueError
        A split has no passages, or no class has enough examples.
    """
    own = sorted((p for p in passages if p.lang == language), key=lambda p: p.id)
    parts = {split: [p for p in own if p.split is split] for split in Split}
    if not all(parts.values()):
        raise ValueError(f"a split has no {language} passages")
    classes = learnable(parts[Split.TRAIN])
    if not classes:
        raise ValueError(f"too few {language} passages to train on")
    fitted = _fit(parts[Split.TRAIN], classes, language)
    calibrated = _calibrate(fitted, parts[Split.TRAIN], parts[Split.CALIBRATION])
    asked = parts[Split.TEST]
    units, truth = [unit_of(p) for p in asked], truth_of(asked, classes)
    metrics = measure(classes, truth, fitted.probabilities(units), calibrated.probabilities(units))
    return Trained(
        calibrated,
        metrics,
        {split: len(part) for split, part in parts.items()},
        {split: len({p.document for p in part}) for split, part in parts.items()},
    )


def unit_of(passage: Passage) -> UnitText:
    """A passage as classification hands units to the model: all in normal form."""
    headings = [_normal(h, passage.lang) for h in passage.headings]
    return _normal(passage.text, passage.lang), _normal(passage.label, passage.lang), headings


def _normal(text: str, language: str) -> str:
    return Shadow(text.strip(), traditional=language == "zh").text


def learnable(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The classes "kind:polarity" of which the passages hold enough examples, sorted."""
    said = [{label.name for label in p.labels} for p in passages]
    names = sorted(set().union(*said)) if said else []
    return tuple(n for n in names if sum(n in s for s in said) >= _MIN_EXAMPLES)


def truth_of(passages: Sequence[Passage], classes: Sequence[str]) -> Labels:
    """Which passage says which class, shape (n_passages, n_classes)."""
    said = [{label.name for label in p.labels} for p in passages]
    return np.array([[n in s for n in classes] for s in said], dtype=np.bool_)


def _vocabulary(units: Sequence[UnitText], language: str) -> tuple[dict[str, int], Floats]:
    seen = document_frequencies(units, language)
    words = sorted(w for w, n in seen.items() if n >= _MIN_DOCUMENT_FREQUENCY and "\n" not in w)
    frequency = np.array([seen[w] for w in words], dtype=np.float64)
    return {w: i for i, w in enumerate(words)}, np.log((1 + len(units)) / (1 + frequency)) + 1.0


def matrix_of(
    units: Sequence[UnitText], language: str, vocabulary: dict[str, int], idf: Floats
) -> csr_matrix:
    """The units' weighted features, shape (n_units, n_features)."""
    rows = [weigh(u, language, vocabulary, idf.astype(np.float32)) for u in units]
    indptr = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
    indices = np.concatenate([numbers for numbers, _ in rows])
    data = np.concatenate([values for _, values in rows]).astype(np.float64)
    return csr_matrix((data, indices, indptr), shape=(len(units), len(vocabulary)))


def classifiers(matrix: csr_matrix, truth: Labels) -> list[LogisticRegression]:
    """One classifier a column of ``truth``."""
    return [
        LogisticRegression(C=_COST, solver="liblinear", random_state=SEED).fit(matrix, column)
        for column in truth.T
    ]


def _fit(passages: Sequence[Passage], classes: tuple[str, ...], language: str) -> Model:
    units = [unit_of(p) for p in passages]
    vocabulary, idf = _vocabulary(units, language)
    fitted = classifiers(matrix_of(units, language, vocabulary, idf), truth_of(passages, classes))
    return Model(
        language,
        classes,
        vocabulary,
        idf.astype(np.float32),
        np.stack([c.coef_[0] for c in fitted], axis=1).astype(np.float32),
        np.array([c.intercept_[0] for c in fitted], dtype=np.float32),
        np.array([(1.0, 0.0)] * len(classes), dtype=np.float32),
    )


def _calibrate(model: Model, seen: Sequence[Passage], unseen: Sequence[Passage]) -> Model:
    """With sigmoids fitted on passages that the scoring classifier had not seen.

    Those of the calibration split alone are too few for the rarer classes: the train split's join
    them, each scored by a classifier fitted on other documents.
    """
    scores = np.concatenate(
        [model.scores([unit_of(p) for p in unseen]), _cross_scores(seen, model)]
    )
    truth = truth_of([*unseen, *seen], model.classes)
    pairs = [platt(scores[:, i], truth[:, i]) for i in range(truth.shape[1])]
    return replace(model, calibration=np.array(pairs, dtype=np.float32))


def _cross_scores(passages: Sequence[Passage], like: Model) -> Floats:
    """Each passage's scores by a classifier that saw nothing of its document."""
    scores = np.zeros((len(passages), len(like.classes)))
    for seen, asked in folds([p.document for p in passages]):
        fitted = _fit([passages[i] for i in seen], like.classes, like.language)
        scores[asked] = fitted.scores([unit_of(passages[i]) for i in asked])
    return scores


def folds(documents: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """Places to learn from and to ask, five times; no document is in both."""
    places = np.arange(len(documents))
    for seen, asked in GroupKFold(n_splits=_FOLDS).split(places, groups=documents):
        yield seen.tolist(), asked.tolist()


def platt(scores: Floats, truth: Labels) -> tuple[float, float]:
    """Slope and offset of the sigmoid that turns scores into probabilities; (1, 0) if it can't.

    The targets are Platt's, drawn in from 0 and 1 by the number of examples.
    """
    said = int(truth.sum())
    if said in (0, len(truth)):
        return 1.0, 0.0
    low, high = 1 / (len(truth) - said + 2), (said + 1) / (said + 2)
    target = np.where(truth, high, low)
    both = np.concatenate([scores, scores])[:, None]
    answers = np.repeat([1, 0], len(scores))
    weights = np.concatenate([target, 1 - target])
    fitted = LogisticRegression(C=1e6, solver="lbfgs", max_iter=1000)
    fitted.fit(both, answers, sample_weight=weights)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
