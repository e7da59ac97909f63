"""What is waived or known stays in the report, marked, and says why."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from linter.report import render
from linter.report.schema import report_schema
from linter.verdict import MentionRecord, Report, WaiverRecord, WaiverState
from tests.reports import finding, report

WAIVER = WaiverRecord(
    "RS201",
    "*.html",
    WaiverState.APPLIED,
    "Asked for \x1b[31min the app.",
    "Wang Min",
    "2027-06-30",
    None,
    "w.toml:3",
)
EXPIRED = replace(WAIVER, state=WaiverState.EXPIRED, reason="An old reason.")
WAIVED = replace(finding("RS201", "missing"), waived=True, suggestion="Write this.")
KNOWN = replace(finding("RS101", "missing"), baselined=True, suggestion="Write that.")


def made(*, mentioned: bool) -> Report:
    mentions = (MentionRecord("如视", 0, 0, 2),) if mentioned else ()
    both = report(KNOWN, WAIVED, finding("RS202", "missing"))
    return replace(both, waivers=(EXPIRED, WAIVER), mentions=mentions)


def lines(lang: str, *, mentioned: bool) -> list[str]:
    return render([made(mentioned=mentioned)], lang=lang).splitlines()


def test_a_waived_requirement_says_why_and_by_whom() -> None:
    text = lines("en", mentioned=True)
    assert "  Requirements: 1 missing, 1 in the baseline, 1 waived." in text
    at = text.index("  ✗ RS201 separate-consent   missing (waived)")
    # A reason is somebody's words: it steers no terminal.
    assert text[at + 1].startswith("      Waived by Wang Min: Asked for ")
    assert "\x1b" not in text[at + 1]
    assert "  ✗ RS101 entity-name        missing (in the baseline)" in text
    assert "old reason" not in "\n".join(text)


def test_in_chinese_too() -> None:
    text = lines("zh", mentioned=True)
    assert "  要求：缺失 1 项，已在基线中 1 项，已豁免 1 项。" in text
    assert any(line.startswith("      豁免人：Wang Min；原因：Asked for ") for line in text)


def test_they_are_named_where_the_vendor_is_not() -> None:
    text = lines("en", mentioned=False)
    at = text.index("  ✗ missing: RS202")
    assert text[at + 1 : at + 3] == ["  - in the baseline: RS101", "  - waived: RS201"]
    assert text[at + 3].startswith("  RS201 Waived by Wang Min: Asked for ")
    assert not any("Write th" in line for line in text)


@pytest.mark.parametrize("mentioned", [True, False])
def test_in_json_every_waiver_tells_what_became_of_it(mentioned: bool) -> None:
    shape = json.loads(render([made(mentioned=mentioned)], format="jsonl"))
    Draft202012Validator(report_schema()).validate(shape)
    assert [w["state"] for w in shape["waivers"]] == ["expired", "applied"]
    assert shape["waivers"][1] == {
        "requirement": "RS201",
        "source": "*.html",
        "state": "applied",
        "reason": "Asked for \x1b[31min the app.",
        "who": "Wang Min",
        "until": "2027-06-30",
        "fingerprint": None,
        "origin": "w.toml:3",
    }
    assert [(r["waived"], r["baselined"]) for r in shape["requirements"]] == [
        (False, True),
        (True, False),
        (False, False),
    ]
