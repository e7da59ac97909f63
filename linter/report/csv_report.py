"""A table for spreadsheets: a row per requirement, and one per error of a source.

UTF-8 without a byte order mark, commas, a header row; booleans are true and false. A cell that a
spreadsheet would take for a formula (it begins with = + - @ or their full-width forms, white space
apart) gets an apostrophe before it; control characters are dropped and white space becomes single
spaces, so that a row is a line. The exact bytes of a quote are the JSON format's to give.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from types import SimpleNamespace

from linter.report.levels import error_level
from linter.report.messages import error_words, say
from linter.report.terminal import clean
from linter.report.view import View
from linter.verdict import ErrorRecord, Finding, Report

COLUMNS = (
    "source",
    "url",
    "vendor",
    "role",
    "status",
    "kind",
    "code",
    "id",
    "verdict",
    "severity",
    "confidence",
    "needs_review",
    "waived",
    "baselined",
    "fingerprint",
    "message",
    "quote",
    "suggestion",
)
_FORMULA = tuple("=+-@＝＋－＠")


class CsvWriter:
    """Writes the header, then the rows of each report as it comes; speaks English always."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._rows = csv.DictWriter(
            SimpleNamespace(write=sink), COLUMNS, restval="", lineterminator="\n"
        )
        self._rows.writeheader()

    def add(self, report: Report) -> None:
        """Write the rows of one report, errors first."""
        for row in _rows(report):
            self._rows.writerow({column: _cell(value) for column, value in row.items()})

    def close(self) -> None:
        """Nothing follows the last row."""


def _rows(report: Report) -> Iterator[dict[str, str]]:
    about = {
        "source": report.source,
        "url": report.url or "",
        "vendor": report.vendor,
        "role": report.role.value,
        "status": report.status.value,
    }
    for error in report.errors:
        yield about | _error(report, error)
    for finding in report.findings:
        yield about | _requirement(finding)


def _error(report: Report, error: ErrorRecord) -> dict[str, str]:
    return {
        "kind": "error",
        "code": error.rule or "",
        "id": error.code,
        "severity": error_level(report, error),
        "message": " ".join(error_words(error.code, dict(error.params))).strip(),
    }


def _requirement(finding: Finding) -> dict[str, str]:
    return {
        "kind": "requirement",
        "code": finding.requirement.code,
        "id": finding.requirement.id,
        "verdict": finding.verdict.value,
        "severity": finding.requirement.severity.value,
        "confidence": f"{finding.confidence:.4f}",
        "needs_review": str(finding.needs_review).lower(),
        "waived": str(finding.waived).lower(),
        "baselined": str(finding.baselined).lower(),
        "fingerprint": finding.fingerprint,
        "message": say(finding.message),
        "quote": finding.evidence[0].quote if finding.evidence else "",
        "suggestion": finding.suggestion or "",
    }


def _cell(value: str) -> str:
    words = clean(value).strip()
    return "'" + words if words.startswith(_FORMULA) else words
