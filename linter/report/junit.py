"""JUnit XML: a suite per source, a case per requirement, for the test views of CI servers.

An open requirement of severity error is a failure (missing, ambiguous, or present but to be looked
at) or, where it could not be judged, an error; so a suite is red where ``check`` exits 1 or 2.
Open requirements of lower severity, waived ones, those of the baseline and those not owed are
skipped with the reason: the format has no warnings. What could not be read is an error of its own.
No time is given: it would make no two outputs the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from linter.report.levels import accepted, error_level, level
from linter.report.messages import error_words, say
from linter.report.terminal import clean
from linter.report.view import View
from linter.verdict import ErrorRecord, Finding, Report, Severity, Verdict

# Characters that XML 1.0 forbids and ``clean`` keeps.
_FORBIDDEN = re.compile("[\ufffe\uffff]")


class JunitWriter:
    """Writes a suite for each report as it comes; speaks English always."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._sink('<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="disclosure-lint">\n')

    def add(self, report: Report) -> None:
        """Write the suite of one report."""
        suite = ET.Element("testsuite", name=_text(report.source))
        for error in report.errors:
            suite.append(_error_case(report, error))
        for finding in report.findings:
            suite.append(_case(report, finding))
        counts = {n: len(suite.findall(f"testcase/{n}")) for n in ("failure", "error", "skipped")}
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(counts["failure"]))
        suite.set("errors", str(counts["error"]))
        suite.set("skipped", str(counts["skipped"]))
        ET.indent(suite, level=1)
        self._sink("  " + ET.tostring(suite, encoding="unicode") + "\n")

    def close(self) -> None:
        """End the document."""
        self._sink("</testsuites>\n")


def _error_case(report: Report, error: ErrorRecord) -> ET.Element:
    what, hint = error_words(error.code, dict(error.params))
    case = _testcase(report, f"{error.rule} {error.code}" if error.rule else error.code)
    outcome = ET.SubElement(case, "error", type=error_level(report, error), message=_text(what))
    outcome.text = _text(hint)
    return case


def _case(report: Report, finding: Finding) -> ET.Element:
    case = _testcase(report, f"{finding.requirement.code} {finding.requirement.id}")
    name = _outcome(finding)
    if name is not None:
        message = f"{finding.verdict}{_flags(finding)}: {say(finding.message)}"
        outcome = ET.SubElement(case, name, type=finding.verdict.value, message=_text(message))
        outcome.text = "\n".join(_text(line) for line in _details(finding)) or None
    return case


def _outcome(finding: Finding) -> str | None:
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return "skipped"
    if level(finding) is None:
        return None
    # A present disclosure that wants a look makes ``review``, whatever its severity.
    if accepted(finding) or not (level(finding) == "error" or finding.needs_review):
        return "skipped"
    return "error" if finding.verdict is Verdict.UNVERIFIABLE else "failure"


def _flags(finding: Finding) -> str:
    flags = {
        finding.requirement.severity.value: finding.requirement.severity is not Severity.ERROR,
        "needs review": finding.needs_review,
        "waived": finding.waived,
        "baselined": finding.baselined,
    }
    return "".join(f" ({flag})" for flag, holds in flags.items() if holds)


def _details(finding: Finding) -> list[str]:
    lines = [f"Found: {evidence.quote}" for evidence in finding.evidence]
    lines += [f"Why: {say(note)}" for note in finding.why]
    return lines + ([f"Write: {finding.suggestion}"] if finding.suggestion else [])


def _testcase(report: Report, name: str) -> ET.Element:
    return ET.Element("testcase", classname=f"disclosure-lint.{_text(report.vendor)}", name=name)


def _text(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", clean(text)).strip()
