"""Whole authored policies, judged end to end: verdicts against gold, set by set.

The floors stand a little under what was measured and may only rise. Policies that are judged
wrongly are known kinds of error, not excused ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linter.check import check
from linter.verdict import Report, Verdict

POLICIES = Path(__file__).resolve().parents[1] / "corpus" / "policies"
# Share of right verdicts; violations found among those there are.
FLOORS = {
    "en-calibration": (0.94, 0.97),
    "en-realistic": (0.98, 0.98),
    "en-realistic-2": (0.97, 0.98),
    "zh-calibration": (0.94, 0.97),
    "zh-realistic": (0.98, 0.98),
    "zh-realistic-2": (0.97, 0.98),
    "en-prose": (0.95, 0.99),
    "en-prose-held-out": (0.875, 0.95),
    "shapes": (0.99, 0.99),
    "zh-prose": (0.98, 0.99),
    "zh-prose-held-out": (0.765, 0.90),
}


def cases(name: str) -> list[dict[str, Any]]:
    lines = (POLICIES / name / "gold.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def report_of(name: str, case: dict[str, Any]) -> Report:
    return check(str(POLICIES / name / case["file"]), role=case["role"], include_text=True)


def test_every_set_has_a_floor() -> None:
    assert {p.name for p in POLICIES.iterdir() if (p / "gold.jsonl").exists()} == set(FLOORS)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_verdicts(name: str) -> None:
    wrong, right, missed, violations = [], 0, 0, 0
    for case in cases(name):
        report = report_of(name, case)
        verdicts = {f.requirement.id: f.verdict.value for f in report.findings}
        for requirement, gold in case["gold"].items():
            said = verdicts[requirement]
            right += said == gold
            violations += gold != "present"
            missed += gold != "present" and said == "present"
            if said != gold:
                wrong.append((case["id"], requirement, gold, said))
        for finding in report.findings:
            if finding.verdict in (Verdict.PRESENT, Verdict.AMBIGUOUS):
                assert finding.evidence
            for e in finding.evidence:
                text = report.documents[e.document].text
                assert text is not None
                assert text[e.start : e.end] == e.quote
    accuracy, found = FLOORS[name]
    assert right / (right + len(wrong)) >= accuracy, wrong
    assert 1 - missed / violations >= found, wrong


def test_gold_is_about_the_files_that_are_there() -> None:
    for name in FLOORS:
        listed = [case["file"] for case in cases(name)]
        assert len(listed) == len(set(listed))
        there = {p.name for p in (POLICIES / name).iterdir() if p.name != "gold.jsonl"}
        assert {f.split("/")[0] for f in listed} <= there
