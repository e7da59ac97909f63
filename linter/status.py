"""A whole report in one word: the one place where its rule stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from linter.verdict import Finding, Report, Severity, Status, Verdict

ERRORS = frozenset({Severity.ERROR})


def status_of(
    findings: Iterable[Finding], *, partial: bool, weighty: frozenset[Severity] = ERRORS
) -> Status:
    """DESIGN's order: fail, review, pass; ``unreadable`` is no matter of findings.

    What is waived or in the baseline does not count. ``partial``: a part of the policy was not
    read. ``weighty`` are the severities whose absence fails.
    """
    counted = [f for f in findings if not (f.waived or f.baselined)]
    weighing = [f for f in counted if f.requirement.severity in weighty]
    if any(f.verdict is Verdict.MISSING for f in weighing):
        return Status.FAIL
    open_verdicts = (Verdict.AMBIGUOUS, Verdict.UNVERIFIABLE)
    unsure = any(f.needs_review and f.verdict is not Verdict.NOT_APPLICABLE for f in counted)
    if any(f.verdict in open_verdicts for f in weighing) or unsure or partial:
        return Status.REVIEW
    return Status.PASS


def is_open(finding: Finding) -> bool:
    """Whether a finding asks somebody to do something, so that it can be waived or baselined."""
    settled = (Verdict.PRESENT, Verdict.NOT_APPLICABLE)
    doubtful = finding.needs_review and finding.verdict is not Verdict.NOT_APPLICABLE
    return finding.verdict not in settled or doubtful


def with_findings(
    report: Report, findings: Iterable[Finding], *, weighty: frozenset[Severity] = ERRORS
) -> Report:
    """The report with other findings, and the status that follows; unreadable stays unreadable."""
    kept = tuple(findings)
    if report.status is Status.UNREADABLE:
        return replace(report, findings=kept)
    partial = any(d.role == "policy" and d.read != "whole" for d in report.documents)
    return replace(report, findings=kept, status=status_of(kept, partial=partial, weighty=weighty))
