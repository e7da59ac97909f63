"""From passages to a model: scikit-learn learns, arrays go out.

One-vs-rest logistic regression on TF-IDF n-grams, its scores turned into probabilities by Platt's
sigmoid fitted on documents the classifier had not seen (Platt 1999, "Probabilistic outputs for
support vector machines"). Splits are by document, never by passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from linter.classify.features import UnitText, document_frequencies, weigh
from linter.classify.model import Model
from linter.classify.shadow import Shadow
from linter.learn.corpus import Passage
from linter.learn.metrics import ClassMetrics, measure

SEED = 20261124
_FOLDS = 5
# A class with fewer examples cannot be learned, let alone measured.
_MIN_EXAMPLES = 12
_MIN_DOCUMENT_FREQUENCY = 2
_COST = 8.0
Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Trained:
    """A model and how it did on documents that it had not seen, by class."""

    model: Model
    metrics: dict[str, ClassMetrics]
    passages: int
    documents: int


def train(passages: Sequence[Passage], language: str) -> Trained:
    """The model of one language. The same passages give the same model, whatever their order.

    Raises
    ------
    ValueError
        Fewer documents than folds, or no class with enough examples.
    """
    passages = sorted((p for p in passages if p.lang == language), key=lambda p: p.id)
    units = [unit_of(p) for p in passages]
    groups = np.array([p.document for p in passages])
    classes, truth = _truth(passages)
    if len(set(groups.tolist())) < _FOLDS or not classes:
        raise ValueError(f"too few {language} passages to train on")
    held_out = _held_out_scores(units, truth, groups, language)
    calibration = _calibrations(held_out, truth)
    calibrated = _cross_calibrated(held_out, truth, groups)
    model = _fit(units, truth, classes, language, calibration)
    metrics = {
        name: measure(truth[:, i], held_out[:, i], calibrated[:, i])
        for i, name in enumerate(classes)
    }
    return Trained(model, metrics, len(passages), len(set(groups.tolist())))


def unit_of(passage: Passage) -> UnitText:
    """A passage as classification hands units to the model: all in normal form."""
    headings = [_normal(h, passage.lang) for h in passage.headings]
    return _normal(passage.text, passage.lang), _normal(passage.label, passage.lang), headings


def _normal(text: str, language: str) -> str:
    return Shadow(text.strip(), traditional=language == "zh").text


def _truth(passages: Sequence[Passage]) -> tuple[tuple[str, ...], Labels]:
    said = [{label.name for label in p.labels} for p in passages]
    names = sorted(set().union(*said)) if said else []
    classes = tuple(n for n in names if sum(n in s for s in said) >= _MIN_EXAMPLES)
    return classes, np.array([[n in s for n in classes] for s in said], dtype=np.bool_)


def _vocabulary(units: Sequence[UnitText], language: str) -> tuple[dict[str, int], Floats]:
    seen = document_frequencies(units, language)
    words = sorted(w for w, n in seen.items() if n >= _MIN_DOCUMENT_FREQUENCY and "\n" not in w)
    frequency = np.array([seen[w] for w in words], dtype=np.float64)
    return {w: i for i, w in enumerate(words)}, np.log((1 + len(units)) / (1 + frequency)) + 1.0


def _matrix(
    units: Sequence[UnitText], language: str, vocabulary: dict[str, int], idf: Floats
) -> csr_matrix:
    rows = [weigh(u, language, vocabulary, idf.astype(np.float32)) for u in units]
    indptr = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
    indices = np.concatenate([numbers for numbers, _ in rows])
    data = np.concatenate([values for _, values in rows]).astype(np.float64)
    return csr_matrix((data, indices, indptr), shape=(len(units), len(vocabulary)))


def _classifiers(matrix: csr_matrix, truth: Labels) -> list[LogisticRegression]:
    return [
        LogisticRegression(C=_COST, solver="liblinear", random_state=SEED).fit(matrix, column)
        for column in truth.T
    ]


def _fit(
    units: Sequence[UnitText],
    truth: Labels,
    classes: tuple[str, ...],
    language: str,
    calibration: Floats,
) -> Model:
    vocabulary, idf = _vocabulary(units, language)
    fitted = _classifiers(_matrix(units, language, vocabulary, idf), truth)
    return Model(
        language,
        classes,
        vocabulary,
        idf.astype(np.float32),
        np.stack([c.coef_[0] for c in fitted], axis=1).astype(np.float32),
        np.array([c.intercept_[0] for c in fitted], dtype=np.float32),
        calibration.astype(np.float32),
    )


def folds(groups: npt.NDArray[np.str_]) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Train and test rows of each fold; no document is in both."""
    rows = np.zeros((len(groups), 1))
    return list(GroupKFold(n_splits=_FOLDS).split(rows, groups=groups))


def _held_out_scores(
    units: Sequence[UnitText], truth: Labels, groups: npt.NDArray[np.str_], language: str
) -> Floats:
    """Each passage's scores by a classifier that saw nothing of its document."""
    scores = np.zeros(truth.shape, dtype=np.float64)
    for seen, unseen in folds(groups):
        vocabulary, idf = _vocabulary([units[i] for i in seen], language)
        known = _matrix([units[i] for i in seen], language, vocabulary, idf)
        asked = _matrix([units[i] for i in unseen], language, vocabulary, idf)
        for column in range(truth.shape[1]):
            wanted = truth[seen, column]
            if wanted.any() and not wanted.all():
                [classifier] = _classifiers(known, truth[seen, column : column + 1])
                scores[unseen, column] = classifier.decision_function(asked)
    return scores


def _calibrations(scores: Floats, truth: Labels) -> Floats:
    """Slope and offset of each class's sigmoid, shape (n_classes, 2)."""
    return np.array([platt(scores[:, i], truth[:, i]) for i in range(truth.shape[1])])


def platt(scores: Floats, truth: Labels) -> tuple[float, float]:
    """Slope and offset of the sigmoid that turns scores into probabilities; (1, 0) if it can't."""
    if truth.all() or not truth.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=1e6, solver="lbfgs", max_iter=1000).fit(scores[:, None], truth)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _cross_calibrated(scores: Floats, truth: Labels, groups: npt.NDArray[np.str_]) -> Floats:
    """Probabilities by sigmoids fitted on other documents: what calibration is worth unseen."""
    from linter.classify.model import sigmoid

    out = np.zeros_like(scores)
    for seen, unseen in folds(groups):
        for i in range(truth.shape[1]):
            slope, offset = platt(scores[seen, i], truth[seen, i])
            out[unseen, i] = sigmoid(slope * scores[unseen, i] + offset)
    return out
