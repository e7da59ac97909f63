"""Cases of RS301-RS303 and RS401 as data: clauses of an agreement and the verdict they earn."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from linter.check import check
from linter.rules import AGREEMENT_REQUIREMENTS

CASES = Path(__file__).with_name("cases")
FRAMES = tomllib.loads((CASES / "agreement-frames.toml").read_text("utf-8"))
IDS = {rule.id for rule in AGREEMENT_REQUIREMENTS}


def _load() -> list[Any]:
    cases = []
    for path in sorted(CASES.glob("agreement-RS*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        for case in data["case"]:
            case["requirement"] = data["requirement"]
            name = f"{path.stem}-{case['lang']}-{case['name'].replace(' ', '-')}"
            cases.append(pytest.param(case, id=name))
    return cases


@pytest.mark.parametrize("case", _load())
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    """The verdict, the words that prove it, or why the nearest words do not count."""
    known = {"name", "lang", "body", "policy", "verdict", "evidence", "reason", "requirement"}
    assert set(case) <= known
    frame = FRAMES[case["lang"]]
    agreement = tmp_path / "agreement.html"
    agreement.write_text(frame["agreement"].replace("«body»", case["body"]), "utf-8")
    policy = frame["policy"].replace("«policy»", case.get("policy", ""))
    report = check(
        "policy.html", content=policy.encode(), agreement=str(agreement), include_text=True
    )
    assert report.errors == (), report.errors
    [finding] = [f for f in report.findings if f.requirement.id == case["requirement"]]
    said = [e.quote for e in finding.evidence]
    assert finding.verdict == case["verdict"], (said, finding.nearest, finding.nearest_why)
    for words in case.get("evidence", []):
        assert any(words in quote or quote in words for quote in said), said
    if "reason" in case:
        assert finding.nearest_why is not None
        assert finding.nearest_why.key == f"reason.{case['reason']}"
    for evidence in finding.evidence:
        text = report.documents[evidence.document].text
        assert text is not None
        assert text[evidence.start : evidence.end] == evidence.quote
    assert bool(finding.evidence) == (finding.verdict in ("present", "ambiguous"))


def test_there_are_cases_of_each_verdict_in_each_language() -> None:
    found = {(c["requirement"], c["lang"], c["verdict"]) for (c,) in (p.values for p in _load())}
    verdicts = ("present", "ambiguous", "missing")
    wanted = {(r, lang, v) for r in IDS for lang in ("zh", "en") for v in verdicts}
    assert wanted <= found
