"""How surely verdicts are right: fitted on labelled policies that nothing else is fitted on.

A logistic regression on what verdicts rest on (``linter.rules.confidence``) gives the probability
that a verdict is right; by requirement, the probability under which a person should look is the
lowest one above which verdicts were right often enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from linter.learn.metrics import Bin, Floats, brier, calibration_error, reliability
from linter.learn.policies import LabelledPolicy
from linter.learn.train import SEED, folds
from linter.rules.confidence import Confidence
from linter.verdict import Finding

# Of verdicts that nobody is asked to look at, this share should be right.
_RIGHT = 0.96
# The highest probability under which a person is asked to look; above it few would be wrong.
_MOST_REVIEWED = 0.85
# Inverse strength of regularisation: grounds are many, wrong verdicts few.
_COST = 0.3
Judge = Callable[[LabelledPolicy], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict on a labelled policy: what it rests on, and whether it is gold's."""

    document: str
    requirement: str
    grounds: tuple[str, ...]
    right: bool


@dataclass(frozen=True)
class Trust:
    """How far confidences can be believed, on policies that chose nothing.

    ``reviewed`` is the share of verdicts that a person is asked to look at, ``caught`` the share
    of wrong verdicts among them, ``right`` the share of right verdicts among the others.
    """

    verdicts: int
    brier: float
    ece: float
    reliability: Sequence[Bin]
    reviewed: float
    caught: float
    right: float

    def as_json(self) -> dict[str, object]:
        """Numbers rounded to four decimals."""
        numbers = {k: round(v, 4) for k, v in asdict(self).items() if k != "reliability"}
        return {**numbers, "reliability": [b.as_json() for b in self.reliability]}


def judged(policies: Iterable[LabelledPolicy], judge: Judge) -> list[Judged]:
    """Every verdict on policies that gold has an opinion on."""
    return [
        Judged(
            policy.document,
            finding.requirement.id,
            finding.grounds,
            finding.verdict is policy.gold[finding.requirement.id],
        )
        for policy in policies
        for finding in judge(policy)
        if finding.requirement.id in policy.gold and finding.grounds
    ]


def fit(verdicts: Sequence[Judged]) -> Confidence:
    """Weights from all verdicts, thresholds from probabilities given by cross-validation.

    Raises
    ------
    ValueError
        Fewer documents than folds, or no verdict is right, or none wrong.
    """
    weights = _weights(verdicts)
    unseen = np.zeros(len(verdicts))
    for seen, asked in folds([v.document for v in verdicts]):
        part = Confidence(_weights([verdicts[i] for i in seen]))
        for i in asked:
            unseen[i] = part.probability(verdicts[i].grounds)
    review = {}
    for requirement in sorted({v.requirement for v in verdicts}):
        own = [i for i, v in enumerate(verdicts) if v.requirement == requirement]
        review[requirement] = _threshold(unseen[own], [verdicts[i].right for i in own])
    return Confidence(weights, review)


def _weights(verdicts: Sequence[Judged]) -> dict[str, float]:
    vectorizer = DictVectorizer(sparse=False)
    matrix = vectorizer.fit_transform([dict.fromkeys(v.grounds, 1.0) for v in verdicts])
    model = LogisticRegression(
        C=_COST, solver="liblinear", fit_intercept=False, random_state=SEED
    ).fit(matrix, [v.right for v in verdicts])
    names = vectorizer.get_feature_names_out()
    return {str(n): round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)}


def _threshold(probability: Floats, right: Sequence[bool]) -> float:
    """The lowest two-digit probability above which enough verdicts were right."""
    truth = np.array(right)
    for hundredth in range(round(_MOST_REVIEWED * 100)):
        above = probability >= hundredth / 100
        if above.any() and truth[above].mean() >= _RIGHT:
            return hundredth / 100
    return _MOST_REVIEWED


def trust(confidence: Confidence, verdicts: Sequence[Judged]) -> Trust:
    """What confidences are worth on verdicts that they were not fitted on."""
    probability = np.array([confidence.probability(v.grounds) for v in verdicts])
    truth = np.array([v.right for v in verdicts])
    asked = np.array(
        [
            confidence.doubtful(v.requirement, float(p))
            for v, p in zip(verdicts, probability, strict=True)
        ]
    )
    wrong = ~truth
    return Trust(
        len(verdicts),
        brier(truth, probability),
        calibration_error(truth, probability),
        reliability(truth, probability),
        float(asked.mean()),
        float(asked[wrong].mean()) if wrong.any() else 1.0,
        float(truth[~asked].mean()) if (~asked).any() else 1.0,
    )
