"""Reports read back: what was written is understood, whatever else is refused with its place."""

from __future__ import annotations

import json
import re

import pytest

from linter import render
from linter.check import check
from linter.errors import ConfigError
from linter.report import looks_like_reports, read_reports
from linter.report.json_report import report_json
from linter.verdict import Report

POLICY = """<h1>隐私政策</h1><p>我们收集您的设备信息。</p><h2>第三方</h2>
<p>如视 SDK（如你之视（北京）科技有限公司）会收集设备型号，用于展示三维空间。</p>"""


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [check("a.html", content=POLICY.encode()), check("nowhere.html")]


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_what_was_written_is_read(reports: list[Report], format: str) -> None:
    raw = render(reports, format=format).encode()
    assert looks_like_reports(raw)
    assert read_reports(raw, name="r") == [report_json(r) for r in reports]
    assert read_reports(b"\xef\xbb\xbf" + raw, name="r") == read_reports(raw, name="r")


def test_an_empty_array_is_no_mistake() -> None:
    assert read_reports(b"[]\n", name="r") == []


@pytest.mark.parametrize("text", ["", "<p>", '{"a": 1}', "[1]", "# [Policy](a.html)"])
def test_other_texts_do_not_look_like_reports(text: str) -> None:
    assert not looks_like_reports(text.encode())


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('"confidence": 0', '"confidence": "0', "file-syntax", "r.jsonl:1:"),
        ('"schema": "disclosure-lint/report/1"', '"schema": 1', "report-schema", "line 1: "),
        ("report/1", "report/2", "report-schema", "disclosure-lint/report/2"),
        ('"needs_review": false', '"needs_review": 0', "report-shape", "requirements[0].needs_"),
        ('"mentions": [{', '"mentions": [7, {', "report-shape", "line 1.mentions[0] "),
        ('"basis": {', '"bases": {', "report-shape", "line 1.requirements[0].basis "),
        ('"polarity": "', '"polarity": null, "x": "', "report-shape", "basis.signals[0].polarity"),
        ('"always": ', '"always": NaN, "x": ', "file-syntax", "NaN"),
        ('"always": ', '"always": true, "x": ', "report-shape", "basis.grounds.always"),
        ('"errors": []', '"errors": {}', "report-shape", "line 1.errors "),
    ],
)
def test_a_mistake_is_shown_with_its_place(
    reports: list[Report], old: str, new: str, code: str, place: str
) -> None:
    text = render(reports[:1], format="jsonl")
    assert old in text
    with pytest.raises(ConfigError) as caught:
        read_reports(text.replace(old, new, 1).encode(), name="r.jsonl")
    assert caught.value.code == code
    assert place in str(caught.value)
    assert "r.jsonl" in str(caught.value)


def test_the_place_in_an_array_and_in_lines(reports: list[Report]) -> None:
    values = [report_json(r) for r in reports]
    wrong = json.loads(json.dumps(values))
    wrong[1]["status"] = None
    for text, place in (
        (json.dumps(wrong), "[1].status"),
        ("\n\n".join(map(json.dumps, wrong)), "line 3.status"),
    ):
        with pytest.raises(ConfigError, match=re.escape(place)):
            read_reports(text.encode(), name="r")


@pytest.mark.parametrize(
    "raw",
    [b"\xff\xfe", b"[" * 100_000, b"{", b"[1", b"1" * 10_000, b'"a"', b"[{}]", b"[null]"],
    ids=["no UTF-8", "nested", "cut", "cut array", "digits", "text", "no schema", "null"],
)
def test_what_is_no_report(raw: bytes) -> None:
    with pytest.raises(ConfigError):
        read_reports(raw, name="r")
