"""Rule cases as data: each file in ``cases/`` holds documents and the verdict that they earn."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from linter.check import check
from linter.rules import REQUIREMENTS
from linter.verdict import Finding, Report

CASES = Path(__file__).with_name("cases")
FRAMES = tomllib.loads((CASES / "frames.toml").read_text("utf-8"))
IDS = {rule.id: rule.code for rule in REQUIREMENTS}


def _load() -> list[Any]:
    cases = []
    for path in sorted(CASES.glob("RS*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for case in data["case"]:
            case["requirement"] = data["requirement"]
            cases.append(pytest.param(case, id=f"{path.stem}-{case['name'].replace(' ', '-')}"))
    return cases


def _judge(case: dict[str, Any]) -> tuple[Report, Finding]:
    text = FRAMES[case.get("frame", "zh")]["text"].replace("«body»", case["body"])
    name = f"{case['name']}.html"
    role = case.get("role", "recipient")
    report = check(name, content=text.encode(), role=role, include_text=True)
    assert report.errors == (), report.errors
    [finding] = [f for f in report.findings if f.requirement.id == case["requirement"]]
    return report, finding


@pytest.mark.parametrize("case", _load())
def test_case(case: dict[str, Any]) -> None:
    """The verdict, the words that prove it, or why the nearest words do not count."""
    known = {"name", "frame", "role", "body", "verdict", "evidence", "reason", "requirement"}
    assert set(case) <= known
    report, finding = _judge(case)
    said = [e.quote for e in finding.evidence]
    assert finding.verdict == case["verdict"], (said, finding.why, finding.nearest)
    for words in case.get("evidence", []):
        assert any(words in quote or quote in words for quote in said), said
    if "reason" in case:
        assert finding.nearest_why is not None
        assert finding.nearest_why.key == f"reason.{case['reason']}"
    text = report.documents[0].text
    assert text is not None
    for evidence in finding.evidence:
        assert text[evidence.start : evidence.end] == evidence.quote
    assert bool(finding.evidence) == (finding.verdict in ("present", "ambiguous"))


@pytest.mark.parametrize("requirement", sorted(IDS))
def test_each_requirement_has_cases_of_each_verdict(requirement: str) -> None:
    data = tomllib.loads((CASES / f"{IDS[requirement]}.toml").read_text("utf-8"))
    assert data["requirement"] == requirement
    verdicts = {case["verdict"] for case in data["case"]}
    assert {"present", "ambiguous", "missing"} <= verdicts


DOCUMENTS = [
    document
    for path in sorted(CASES.glob("documents*.toml"))
    for document in tomllib.loads(path.read_text("utf-8"))["document"]
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d["name"].replace(" ", "-"))
def test_document(document: dict[str, Any]) -> None:
    """Several verdicts on one snippet."""
    assert set(document) == {"name", "frame", "body", "verdicts"}
    frame, body = document["frame"], document["body"]
    whole = frame in ("txt", "md")
    text = body if whole else FRAMES[frame]["text"].replace("«body»", body)
    report = check(f"policy.{frame if whole else 'html'}", content=text.encode())
    found = {f.requirement.code: f.verdict.value for f in report.findings}
    wanted = document["verdicts"]
    assert {code: found[code] for code in wanted} == wanted
