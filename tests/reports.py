"""Reports made by hand or drawn at random, for what is done to reports once they are judged."""

from __future__ import annotations

from hypothesis import strategies as st

from linter.status import status_of
from linter.verdict import (
    DocumentRecord,
    ErrorRecord,
    Evidence,
    Finding,
    Note,
    Report,
    Requirement,
    Role,
    Severity,
    Status,
    Verdict,
    Versions,
)

_BOTH = (Role.RECIPIENT, Role.CO_PROCESSOR)
REQUIREMENTS = {
    "RS101": Requirement("entity-name", "RS101", Severity.ERROR, _BOTH),
    "RS103": Requirement("processing-purpose", "RS103", Severity.ERROR, _BOTH),
    "RS201": Requirement("separate-consent", "RS201", Severity.ERROR, (Role.RECIPIENT,)),
    "RS202": Requirement("impact-assessment", "RS202", Severity.WARNING, (Role.RECIPIENT,)),
}
ABSENT = "a" * 16


def words(quote: str, *headings: str, href: str | None = None) -> Evidence:
    """Evidence; where it stands in the text does not matter here."""
    return Evidence(quote, 0, 0, len(quote), headings, "paragraph", None, "", "", href)


def finding(
    code: str,
    verdict: Verdict | str,
    fingerprint: str = ABSENT,
    *evidence: Evidence,
    review: bool = False,
) -> Finding:
    """A finding on one requirement."""
    requirement = REQUIREMENTS[code]
    message = Note.of(f"{requirement.id}.{verdict}", vendor="Realsee")
    return Finding(
        requirement, Verdict(verdict), 0.5, message, fingerprint, review, tuple(evidence)
    )


def report(
    *findings: Finding, source: str = "policy.html", vendor: str = "realsee", read: str = "whole"
) -> Report:
    """A report with the status that follows from its findings; ``read`` as documents have it."""
    status = status_of(findings, partial=read != "whole")
    errors = () if read == "whole" else (ErrorRecord("fetch", "fetch-no-file", 0),)
    return Report(
        source,
        None,
        vendor,
        vendor.title(),
        Role.RECIPIENT,
        Role.RECIPIENT,
        Status.UNREADABLE if read == "no" else status,
        "en",
        (),
        findings,
        (DocumentRecord(None, None, "policy", read),),
        errors,
        Versions("1", "2", "3"),
    )


FINGERPRINTS = st.sampled_from(["0" * 16, "1" * 16, ABSENT])
HEADINGS = st.lists(st.sampled_from(["一、共享", "2. Partners"]), max_size=2).map(tuple)
EVIDENCE = st.builds(
    lambda quote, headings, href: words(quote, *headings, href=href),
    st.sampled_from(["手机号", "device model", "…"]),
    HEADINGS,
    st.sampled_from([None, "https://example.com/"]),
)


def findings(code: str) -> st.SearchStrategy[Finding]:
    """Any finding on one requirement."""
    return st.builds(
        lambda verdict, fingerprint, evidence, review: finding(
            code, verdict, fingerprint, *evidence, review=review
        ),
        st.sampled_from(Verdict),
        FINGERPRINTS,
        st.lists(EVIDENCE, max_size=2),
        st.booleans(),
    )


REPORTS = st.builds(
    lambda some, source, vendor, read: report(*some, source=source, vendor=vendor, read=read),
    st.tuples(*map(findings, REQUIREMENTS)),
    st.sampled_from(["policy.html", "other.html", "https://example.com/privacy"]),
    st.sampled_from(["realsee", "lantern"]),
    st.sampled_from(["whole", "whole", "partial", "no"]),
)
