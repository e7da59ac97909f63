"""What a report means to the shell."""

from __future__ import annotations

from linter.verdict import Report, Status


def exit_code(report: Report, *, exit_zero: bool = False) -> int:
    """0: passes. 1: fails or needs review. 2: could not be judged, the policy not read whole.

    ``exit_zero`` turns 1 into 0, never 2. Of several sources the greatest code counts.
    """
    read_whole = all(d.read == "whole" for d in report.documents if d.role == "policy")
    if report.status is Status.UNREADABLE or not read_whole:
        return 2
    return 0 if report.status is Status.PASS or exit_zero else 1
