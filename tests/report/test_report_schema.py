"""The schema file: current, valid, and made without pydantic."""

from __future__ import annotations

import json
import subprocess
import sys

from jsonschema import Draft202012Validator

from linter.report.schema import PATH, report_schema, schema_text
from linter.verdict import Role, Severity, Status, Verdict


def test_the_schema_file_is_current() -> None:
    stale = "run: python -m linter.report.schema"
    assert PATH.read_text(encoding="utf-8") == schema_text(), stale


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())
    Draft202012Validator.check_schema(json.loads(PATH.read_text(encoding="utf-8")))


def test_the_words_of_the_types_are_the_words_of_the_schema() -> None:
    definitions = report_schema()["$defs"]
    report, requirement = definitions["Report"], definitions["Requirement"]
    assert report["properties"]["status"]["enum"] == [s.value for s in Status]
    assert report["properties"]["role"]["enum"] == [r.value for r in Role]
    assert requirement["properties"]["verdict"]["enum"] == [v.value for v in Verdict]
    assert requirement["properties"]["severity"]["enum"] == [s.value for s in Severity]


def test_only_what_not_every_document_has_may_be_left_out() -> None:
    optional = {
        (name, key)
        for name, shape in report_schema()["$defs"].items()
        for key in shape.get("properties", {})
        if key not in shape["required"]
    }
    assert optional == {("Document", "text"), ("Document", "found_from")}


def test_printing_a_report_loads_no_heavy_library() -> None:
    program = (
        "import sys, linter.report; "
        "heavy = {'pydantic', 'spacy', 'sklearn', 'rich', 'requests', 'numpy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
