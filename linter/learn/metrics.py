"""How well classes are told, and how far probabilities can be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

_BINS = 10
Floats = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """On passages that were not trained on, at probability 0.5 after calibration.

    ``brier`` is the mean squared error of the probability, ``ece`` the expected calibration
    error over ten bins (Guo et al. 2017), each before and after calibration.
    """

    examples: int
    precision: float
    recall: float
    f1: float
    brier_before: float
    brier: float
    ece_before: float
    ece: float

    def as_json(self) -> dict[str, float]:
        """Numbers rounded to four decimals."""
        return _rounded(self)


@dataclass(frozen=True, slots=True)
class Bin:
    """Of the probabilities in a tenth of their range: how many, their mean, how often true."""

    count: int
    probability: float
    frequency: float

    def as_json(self) -> dict[str, float]:
        """Numbers rounded to four decimals."""
        return _rounded(self)


@dataclass(frozen=True)
class Metrics:
    """By class, and the reliability of all classes' probabilities together."""

    classes: Mapping[str, ClassMetrics]
    reliability: Sequence[Bin]
    ece: float

    def as_json(self) -> dict[str, object]:
        """Numbers rounded to four decimals."""
        return {
            "classes": {name: m.as_json() for name, m in self.classes.items()},
            "reliability": [b.as_json() for b in self.reliability],
            "ece": round(self.ece, 4),
        }


def _rounded(record: ClassMetrics | Bin) -> dict[str, float]:
    return {k: round(v, 4) for k, v in asdict(record).items()}


def measure(classes: Sequence[str], truth: Truth, before: Floats, after: Floats) -> Metrics:
    """Metrics of probabilities before and after calibration; arrays (n_passages, n_classes)."""
    by_class = {
        name: _measure(truth[:, i], before[:, i], after[:, i]) for i, name in enumerate(classes)
    }
    # Most passages say nothing of most classes; their certain noes would flatter the figure.
    open_ = after.ravel() >= 1 / _BINS / 2
    bins = reliability(truth.ravel()[open_], after.ravel()[open_])
    return Metrics(by_class, bins, _error(bins))


def _measure(truth: Truth, before: Floats, after: Floats) -> ClassMetrics:
    said = after >= 0.5
    hits = int((said & truth).sum())
    precision = hits / int(said.sum()) if said.any() else 0.0
    recall = hits / int(truth.sum()) if truth.any() else 0.0
    return ClassMetrics(
        int(truth.sum()),
        precision,
        recall,
        2 * precision * recall / (precision + recall) if hits else 0.0,
        brier(truth, before),
        brier(truth, after),
        calibration_error(truth, before),
        calibration_error(truth, after),
    )


def brier(truth: Truth, probability: Floats) -> float:
    """Mean squared error of a probability, 0 (best) to 1."""
    return float(((probability - truth) ** 2).mean())


def reliability(truth: Truth, probability: Floats) -> list[Bin]:
    """The reliability table: ten bins of equal width, those without a probability left out."""
    places = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    return [
        Bin(
            int((places == n).sum()),
            float(probability[places == n].mean()),
            float(truth[places == n].mean()),
        )
        for n in range(_BINS)
        if (places == n).any()
    ]


def calibration_error(truth: Truth, probability: Floats) -> float:
    """Expected calibration error: by how much probability and frequency differ, over ten bins."""
    return _error(reliability(truth, probability))


def _error(bins: Sequence[Bin]) -> float:
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.probability - b.frequency) for b in bins) / max(total, 1)
