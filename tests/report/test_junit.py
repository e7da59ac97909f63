"""JUnit XML: valid by the schema of Jenkins, red where check is, and whole whatever is in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from linter.report import exit_code, render
from linter.verdict import Finding, Report, Severity, Verdict

pytestmark = pytest.mark.usefixtures("made_up_error")
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("schemas") / "junit-10.xsd"))


def suites(reports: Iterable[Report]) -> list[ET.Element]:
    text = render(reports, format="junit")
    SCHEMA.assertValid(etree.fromstring(text.encode()))
    return list(ET.fromstring(text.encode()))


def outcomes(suite: ET.Element) -> dict[str, str]:
    return {c.attrib["name"][:5]: c[0].tag if len(c) else "passed" for c in suite}


def test_the_document_is_golden_and_valid(
    reports: dict[str, Report], golden: Callable[[str, str], None]
) -> None:
    assert len(suites(reports.values())) == len(reports)
    golden("all.junit.xml", render(reports.values(), format="junit"))


def test_a_document_of_nothing_is_valid() -> None:
    assert suites([]) == []


def test_what_decides_is_red_and_what_does_not_is_skipped(reports: dict[str, Report]) -> None:
    fail, passing, review, *_ = suites(reports.values())
    assert outcomes(fail) == {
        "RS101": "passed",
        "RS102": "failure",
        "RS103": "passed",
        "RS104": "failure",
        "RS105": "passed",
        "RS106": "failure",
        "RS201": "failure",
        "RS202": "skipped",
    }
    assert (outcomes(passing)["RS102"], outcomes(passing)["RS202"]) == ("skipped", "skipped")
    assert outcomes(review) == {"RS101": "failure", "RS103": "failure", "RS102": "error"}


@pytest.mark.parametrize("name", ["fail", "pass", "review", "no-mention", "unreadable"])
def test_a_suite_is_red_where_check_does_not_exit_0(reports: dict[str, Report], name: str) -> None:
    [suite] = suites([reports[name]])
    red = int(suite.attrib["failures"]) + int(suite.attrib["errors"]) > 0
    assert red is (exit_code(reports[name]) != 0)


def test_counts_are_those_of_the_cases(reports: dict[str, Report]) -> None:
    for suite in suites(reports.values()):
        assert int(suite.attrib["tests"]) == len(suite)
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[count]) == len(suite.findall(f"testcase/{tag}"))


def test_a_warning_that_is_to_be_looked_at_is_red(reports: dict[str, Report]) -> None:
    def changed(finding: Finding) -> Finding:
        requirement = dataclasses.replace(finding.requirement, severity=Severity.WARNING)
        return dataclasses.replace(finding, requirement=requirement, needs_review=True)

    findings = [f for f in reports["fail"].findings if f.verdict is Verdict.PRESENT]
    report = dataclasses.replace(reports["fail"], findings=tuple(map(changed, findings)))
    [suite] = suites([report])
    assert set(outcomes(suite).values()) == {"failure"}


def test_hostile_words_break_nothing(hostile: Report) -> None:
    [suite] = suites([hostile])
    assert len(suite) == 9
    text = suite.find("testcase/failure")
    assert text is not None
    assert "<img src=x onerror=alert(1)>" in str(text.text)
    assert "]]>" in str(text.text)
