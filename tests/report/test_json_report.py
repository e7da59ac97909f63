"""The JSON formats: shape, order, bytes, and strings that break readers."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linter.report import render
from linter.report.schema import report_schema
from linter.verdict import Report

REPORT_KEYS = [
    "schema",
    "source",
    "url",
    "vendor",
    "role",
    "role_requested",
    "status",
    "language",
    "mentions",
    "requirements",
    "documents",
    "errors",
    "versions",
]
REQUIREMENT_KEYS = [
    "id",
    "code",
    "verdict",
    "confidence",
    "needs_review",
    "severity",
    "waived",
    "baselined",
    "fingerprint",
    "message",
    "evidence",
    "why",
    "suggestion",
]
NASTY = "a\u2028b\u2029c\x85d\x1ce\x0bf\x9b31mg\u202eh\x00i\nj\x7fk"


def _closed(schema: Any) -> Any:
    """The schema with no other fields allowed, so that a slip of a name is seen."""
    if isinstance(schema, dict):
        closed = {key: _closed(value) for key, value in schema.items()}
        return {**closed, "additionalProperties": False} if "properties" in schema else closed
    return [_closed(item) for item in schema] if isinstance(schema, list) else schema


def _lines(reports: dict[str, Report]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in render(reports.values(), format="jsonl").splitlines()]


def test_every_report_fits_the_schema_and_has_no_other_field(reports: dict[str, Report]) -> None:
    validator = Draft202012Validator(_closed(report_schema()))
    for shape in _lines(reports):
        validator.validate(shape)


def test_the_array_fits_its_schema(reports: dict[str, Report]) -> None:
    array = json.loads(render(reports.values(), format="json"))
    schema = report_schema()
    Draft202012Validator({**schema, "$ref": "#/$defs/Reports"}).validate(array)
    assert array == _lines(reports)


def test_keys_stand_in_the_order_of_the_design(reports: dict[str, Report]) -> None:
    for shape in _lines(reports):
        assert list(shape)[: len(REPORT_KEYS)] == REPORT_KEYS
        for requirement in shape["requirements"]:
            assert list(requirement)[: len(REQUIREMENT_KEYS)] == REQUIREMENT_KEYS


def test_offsets_index_the_included_text(reports: dict[str, Report]) -> None:
    checked = 0
    for shape in _lines(reports):
        texts = [document.get("text") for document in shape["documents"]]
        for requirement in shape["requirements"]:
            for evidence in requirement["evidence"]:
                text = texts[evidence["document"]]
                if text is not None:
                    assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
                    checked += 1
    assert checked >= 5


def test_text_is_there_only_when_included(reports: dict[str, Report]) -> None:
    shapes = {shape["source"]: shape for shape in _lines(reports)}
    assert "text" in shapes["policies/qinghe.html"]["documents"][0]
    assert "text" not in shapes["plain.txt"]["documents"][0]


def test_floats_are_rounded(reports: dict[str, Report]) -> None:
    purpose = next(r for r in _lines(reports)[0]["requirements"] if r["code"] == "RS103")
    assert purpose["confidence"] == 0.8765


def test_messages_and_reasons_are_english_sentences(reports: dict[str, Report]) -> None:
    contact = next(r for r in _lines(reports)[0]["requirements"] if r["code"] == "RS102")
    assert contact["message"] == "The policy gives no contact details of Realsee."
    assert contact["searched"][1] == "The whole document was read (1234 characters)."
    assert contact["nearest"]["evidence"]["quote"] == "https://www.realsee.com"
    assert contact["nearest"]["reason"] == "Only a website is given as the way to make contact."


def test_the_reader_language_changes_no_byte(reports: dict[str, Report]) -> None:
    for format_ in ("json", "jsonl"):
        english = render(reports.values(), format=format_, lang="en")
        chinese = render(reports.values(), format=format_, lang="zh", color=True, width=50)
        assert english == chinese


def test_the_same_reports_give_the_same_bytes(reports: dict[str, Report]) -> None:
    first = render(reports.values(), format="json").encode()
    assert first == render(reports.values(), format="json").encode()


def test_characters_are_written_as_they_are(reports: dict[str, Report]) -> None:
    assert "如你之视（北京）科技有限公司" in render([reports["fail"]], format="jsonl")


def test_one_report_is_one_line_for_every_way_to_split_lines(reports: dict[str, Report]) -> None:
    nasty = dataclasses.replace(reports["no-mention"], source=NASTY)
    text = render([nasty, nasty], format="jsonl")
    assert len(text.splitlines()) == 2
    assert len(text.encode().splitlines()) == 2
    assert json.loads(text.splitlines()[0])["source"] == NASTY


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_steers_no_terminal(reports: dict[str, Report], format_: Any) -> None:
    nasty = dataclasses.replace(reports["no-mention"], source=NASTY)
    text = render([nasty], format=format_)
    assert not set(text) & set("\x00\x0b\x1b\x1c\x7f\x85\x9b\u2028\u2029\u202e")


@pytest.mark.parametrize("format_", ["json", "jsonl", "text"])
def test_lone_surrogates_never_crash_the_output(reports: dict[str, Report], format_: Any) -> None:
    nasty = dataclasses.replace(reports["no-mention"], source="a\udcffb\ud83d")
    assert "a\ufffdb\ufffd" in render([nasty], format=format_).encode("utf-8").decode("utf-8")


def test_an_error_says_its_words_or_its_code(reports: dict[str, Report]) -> None:
    error = json.loads(render([reports["unreadable"]], format="jsonl"))["errors"][0]
    assert error == {
        "phase": "fetch",
        "code": "RS001",
        "cause": "made-up-code",
        "message": "made-up-code",
        "hint": "",
        "document": 0,
        "params": {"status": "404"},
    }


def test_nothing_is_an_empty_array_or_no_line() -> None:
    assert render([], format="json") == "[]\n"
    assert render([], format="jsonl") == ""


def test_an_unknown_format_is_refused(reports: dict[str, Report]) -> None:
    with pytest.raises(ValueError, match="no such format: 'xml'"):
        render(reports.values(), format="xml")  # type: ignore[arg-type]
