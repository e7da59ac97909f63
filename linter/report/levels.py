"""How loud a finding is, for formats that know three levels.

What lacks (missing, ambiguous, unverifiable) has the level of its requirement's severity: error →
``error``, warning → ``warning``, info → ``note``. What is there but wants a person's look is a
``warning`` at most. What is there for certain, or is not owed, has none. A document that could
not be read is an ``error`` if it is the policy (exit code 2) and else a ``warning``.

Levels are no exit codes: those are ``exits.exit_code``'s, by which an open finding of severity
error makes 1, warnings alone 0, and an unread policy 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from linter.verdict import ErrorRecord, Finding, Report, Severity, Status, Verdict

Level = Literal["error", "warning", "note"]
BY_SEVERITY: dict[Severity, Level] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def level(finding: Finding) -> Level | None:
    """The level of a finding, waived and baselined ones like any other; None if it is settled."""
    own = BY_SEVERITY[finding.requirement.severity]
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return None
    if finding.verdict is not Verdict.PRESENT:
        return own
    if not finding.needs_review:
        return None
    return "warning" if own == "error" else own


def open_findings(report: Report) -> Iterator[tuple[Finding, Level]]:
    """The findings that have a level, for formats that take a line for each.

    None where nothing was read: the error says that once, and eight lines would say it again.
    """
    if report.status is Status.UNREADABLE and report.errors:
        return
    for finding in report.findings:
        if (own := level(finding)) is not None:
            yield finding, own


def error_level(report: Report, error: ErrorRecord) -> Level:
    """The level of an error: a linked list that was not read is less than the policy itself."""
    if error.document is not None and error.document < len(report.documents):
        return "error" if report.documents[error.document].role == "policy" else "warning"
    return "error"


def accepted(finding: Finding) -> bool:
    """Whether somebody decided that the finding shall not count."""
    return finding.waived or finding.baselined
