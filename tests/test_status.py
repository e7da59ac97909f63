"""The one rule by which findings become a status."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linter.status import is_open, status_of, with_findings
from linter.verdict import Severity, Status
from tests.reports import finding, report

BOTH = frozenset({Severity.ERROR, Severity.WARNING})
CASES = [
    ([], False, Status.PASS),
    ([], True, Status.REVIEW),
    ([finding("RS101", "missing")], True, Status.FAIL),
    ([finding("RS101", "ambiguous")], False, Status.REVIEW),
    ([finding("RS101", "unverifiable")], False, Status.REVIEW),
    ([finding("RS101", "present", review=True)], False, Status.REVIEW),
    ([finding("RS101", "not-applicable", review=True)], False, Status.PASS),
    ([finding("RS202", "missing")], False, Status.PASS),
    ([finding("RS202", "missing", review=True)], False, Status.REVIEW),
    ([finding("RS101", "ambiguous"), finding("RS201", "missing")], False, Status.FAIL),
]


@pytest.mark.parametrize(("findings", "partial", "status"), CASES)
def test_the_worst_decides(findings: list, partial: bool, status: Status) -> None:  # type: ignore[type-arg]
    assert status_of(findings, partial=partial) is status


@pytest.mark.parametrize(("findings", "partial", "_"), CASES)
@pytest.mark.parametrize("mark", ["waived", "baselined"])
def test_what_is_silenced_does_not_count(
    findings: list,  # type: ignore[type-arg]
    partial: bool,
    _: Status,
    mark: str,
) -> None:
    silenced = [replace(f, **{mark: True}) for f in findings]
    assert status_of(silenced, partial=partial) is (Status.REVIEW if partial else Status.PASS)


def test_a_warning_fails_where_it_is_asked_to() -> None:
    missing = [finding("RS202", "missing")]
    assert status_of(missing, partial=False, weighty=BOTH) is Status.FAIL
    assert with_findings(report(), missing, weighty=BOTH).status is Status.FAIL


@pytest.mark.parametrize(
    ("read", "status"),
    [("whole", Status.PASS), ("partial", Status.REVIEW), ("no", Status.UNREADABLE)],
)
def test_what_was_not_read_is_no_pass_whatever_is_silenced(read: str, status: Status) -> None:
    silenced = replace(finding("RS101", "unverifiable"), waived=True)
    assert with_findings(report(read=read), [silenced]).status is status


@pytest.mark.parametrize(
    ("verdict", "review", "asks"),
    [
        ("present", False, False),
        ("present", True, True),
        ("not-applicable", True, False),
        ("missing", False, True),
        ("ambiguous", False, True),
        ("unverifiable", False, True),
    ],
)
def test_what_asks_for_something_is_open(verdict: str, review: bool, asks: bool) -> None:
    assert is_open(finding("RS101", verdict, review=review)) is asks
