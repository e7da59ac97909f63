"""How well a class is told, and how far its probabilities can be believed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from linter.classify.model import sigmoid

_BINS = 10


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """On documents that were not trained on, at probability 0.5 after calibration.

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
        """Rounded to four decimals."""
        return {k: round(v, 4) for k, v in asdict(self).items()}


def measure(
    truth: npt.NDArray[np.bool_],
    scores: npt.NDArray[np.float64],
    calibrated: npt.NDArray[np.float64],
) -> ClassMetrics:
    """Metrics of one class; all arrays of shape (n_passages,)."""
    said = calibrated >= 0.5
    hits = int((said & truth).sum())
    precision = hits / int(said.sum()) if said.any() else 0.0
    recall = hits / int(truth.sum()) if truth.any() else 0.0
    before = sigmoid(scores)
    return ClassMetrics(
        int(truth.sum()),
        precision,
        recall,
        2 * precision * recall / (precision + recall) if hits else 0.0,
        brier(truth, before),
        brier(truth, calibrated),
        calibration_error(truth, before),
        calibration_error(truth, calibrated),
    )


def brier(truth: npt.NDArray[np.bool_], probability: npt.NDArray[np.float64]) -> float:
    """Mean squared error of a probability, 0 (best) to 1."""
    return float(((probability - truth) ** 2).mean())


def calibration_error(truth: npt.NDArray[np.bool_], probability: npt.NDArray[np.float64]) -> float:
    """Expected calibration error: by how much probability and frequency differ, over ten bins."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            gap = abs(float(probability[inside].mean()) - float(truth[inside].mean()))
            error += gap * float(inside.mean())
    return error
