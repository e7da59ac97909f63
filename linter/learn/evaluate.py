"""The program beside what is simpler, on labelled policies: does each part earn its place?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from linter.classify.model import load_model, silent
from linter.document import Policy
from linter.learn.baselines import by_keywords, by_model
from linter.learn.policies import LabelledPolicy
from linter.learn.scores import Answer, Answers, Scores, score
from linter.vendors import load_vendor

if TYPE_CHECKING:
    from linter.classify import Models
    from linter.verdict import Finding


class Approach(StrEnum):
    """What is compared: the program, the same without the model, and two without binding."""

    PROGRAM = "program"
    RULES = "rules"
    MODEL = "model"
    KEYWORDS = "keywords"


# Judges a policy with given models, or with those that ship.
Judge = Callable[[LabelledPolicy, "Models | None"], "Sequence[Finding]"]
Reader = Callable[[LabelledPolicy], Policy]


def evaluate(
    policies: Sequence[LabelledPolicy], judge: Judge, read: Reader
) -> Mapping[Approach, Scores]:
    """Scores of each approach. ``judge`` is the program, ``read`` gives a policy's document."""
    vendor = load_vendor()

    def program(policy: LabelledPolicy) -> Answers:
        return _answers(judge(policy, None))

    def rules(policy: LabelledPolicy) -> Answers:
        return _answers(judge(policy, silent))

    def model(policy: LabelledPolicy) -> Answers:
        return by_model(read(policy), load_model(policy.lang), vendor)

    def keywords(policy: LabelledPolicy) -> Answers:
        return by_keywords(read(policy), vendor)

    systems = {
        Approach.PROGRAM: program,
        Approach.RULES: rules,
        Approach.MODEL: model,
        Approach.KEYWORDS: keywords,
    }
    return {name: score(policies, system) for name, system in systems.items()}


def _answers(findings: Sequence[Finding]) -> Answers:
    return {
        f.requirement.id: Answer(f.verdict, tuple(e.quote for e in f.evidence)) for f in findings
    }
