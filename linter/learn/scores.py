"""How well verdicts agree with gold: counted by requirement, language and document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from linter.learn.policies import LabelledPolicy
from linter.verdict import Verdict

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\ufeff\u00ad]+")
_SAID = (Verdict.PRESENT, Verdict.AMBIGUOUS)
# A quote counts up to four times the label's length, or 80 characters; of the first three.
_LONG, _LONGER, _QUOTES = 80, 4, 3
_GRAM = 3
# The share of the shorter one's 3-grams that a quote and a label must have in common.
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says of one requirement, with its quotes."""

    verdict: Verdict
    quotes: Sequence[str] = ()


Answers = Mapping[str, Answer]
System = Callable[[LabelledPolicy], Answers]


@dataclass(slots=True)
class Tally:
    """Pairs of gold and said verdict, counted; the evidence of those that agree.

    ``said`` is None where the system gave no verdict: that is wrong, and no found violation.
    """

    pairs: Counter[tuple[Verdict, Verdict | None]] = field(default_factory=Counter)
    quoted: int = 0
    overlapping: int = 0

    @property
    def count(self) -> int:
        """How many verdicts were asked for."""
        return self.pairs.total()

    @property
    def accuracy(self) -> float:
        """Share of verdicts that are gold's."""
        return sum(n for (want, said), n in self.pairs.items() if want is said) / max(1, self.count)

    @property
    def violations(self) -> tuple[float, float]:
        """Precision and recall of "not present"."""
        return self._rates(lambda v: v not in (Verdict.PRESENT, None))

    @property
    def missing(self) -> tuple[float, float]:
        """Precision and recall of "missing"."""
        return self._rates(lambda v: v is Verdict.MISSING)

    @property
    def evidence(self) -> float:
        """Share of right ``present`` and ``ambiguous`` verdicts whose quote overlaps gold's."""
        return self.overlapping / max(1, self.quoted)

    def _rates(self, counts: Callable[[Verdict | None], bool]) -> tuple[float, float]:
        hit = sum(n for (w, s), n in self.pairs.items() if counts(w) and counts(s))
        said = sum(n for (_, s), n in self.pairs.items() if counts(s))
        there = sum(n for (w, _), n in self.pairs.items() if counts(w))
        # ``missing`` said of what gold calls ambiguous is a violation found, but not "missing".
        return hit / max(1, said), hit / max(1, there)


@dataclass(slots=True)
class Scores:
    """A system's agreement with gold on a set of policies."""

    requirements: dict[str, Tally] = field(default_factory=dict)
    languages: dict[str, Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)
    documents: int = 0
    all_right: int = 0


def score(policies: Iterable[LabelledPolicy], system: System) -> Scores:
    """Runs a system on labelled policies and counts."""
    scores = Scores()
    for policy in policies:
        answers = system(policy)
        scores.documents += 1
        right = True
        for requirement, want in policy.gold.items():
            answer = answers.get(requirement)
            label = policy.evidence.get(requirement)
            right = right and answer is not None and answer.verdict is want
            for tally in (
                scores.requirements.setdefault(requirement, Tally()),
                scores.languages.setdefault(policy.lang, Tally()),
                scores.total,
            ):
                _count(tally, want, answer, label)
        scores.all_right += right
    return scores


def _count(tally: Tally, want: Verdict, answer: Answer | None, label: str | None) -> None:
    tally.pairs[want, answer.verdict if answer else None] += 1
    if answer is not None and answer.verdict is want and want in _SAID and label:
        tally.quoted += 1
        tally.overlapping += any(overlaps(q, label) for q in answer.quotes[:_QUOTES])


def overlap_text(text: str) -> str:
    """A text for comparing quotes: no white space, nothing invisible, lower case."""
    return _INVISIBLE.sub("", text).lower()


def overlaps(quote: str, label: str) -> bool:
    """Whether a quote shows what a labelled quote shows: one holds the other, or half of it."""
    mine, gold = overlap_text(quote), overlap_text(label)
    if not mine or len(mine) > max(_LONG, _LONGER * len(gold)):
        return False
    if mine in gold or gold in mine:
        return True
    return len(_grams(mine) & _grams(gold)) >= _SHARED * min(len(_grams(mine)), len(_grams(gold)))


def _grams(text: str) -> set[str]:
    return {text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1))}
