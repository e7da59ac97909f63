"""The words to add where a disclosure is not there, in the policy's language.

Wording comes from the vendor's file; ⟦…⟧ marks what only the developer knows.
"""

from __future__ import annotations

from dataclasses import replace

from linter.vendors import Vendor
from linter.verdict import Finding, Verdict

_TO_SAY = frozenset({Verdict.MISSING, Verdict.AMBIGUOUS, Verdict.UNVERIFIABLE})


def advise(findings: tuple[Finding, ...], vendor: Vendor, *, language: str) -> tuple[Finding, ...]:
    """The findings, those that are not ``present`` with the words to add.

    ``language`` is the policy's ("zh-hans", "zh-hant", "en"); English wording serves any other.
    """
    words = vendor.suggestions.get("zh" if language.startswith("zh") else "en", {})
    return tuple(
        replace(f, suggestion=words.get(f.requirement.id)) if f.verdict in _TO_SAY else f
        for f in findings
    )
