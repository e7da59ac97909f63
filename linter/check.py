"""The one use case: a source and settings in, a judged report out.

>>> from linter import check
>>> report = check("policy.html")
>>> report.status
<Status.FAIL: 'fail'>
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.advise import advise
from linter.classify import classify, looks_like_policy
from linter.disclosure import Disclosures
from linter.document import Page, Policy
from linter.errors import DisclosureLintError, SegmentError, UsageError
from linter.resources import data_path
from linter.rules import REQUIREMENTS
from linter.rules.document import NotAPrivacyPolicy, UnreadableDocument
from linter.segment import segment
from linter.vendors import Vendor, load_vendor
from linter.verdict import (
    DocumentRecord,
    ErrorRecord,
    Finding,
    MentionRecord,
    Note,
    Report,
    Role,
    Severity,
    Status,
    Verdict,
    Versions,
)

if TYPE_CHECKING:
    from linter.fetch import FetchOptions

__all__ = ["check"]

# From this share of U+FFFD on, the report says that characters were lost (issue 3's measure).
_REPLACED = 0.001
# From here on so much is lost that absence means nothing.
_UNREADABLE = 0.05
_LANGUAGES = ("zh-hans", "zh-hant", "en")


@dataclass(frozen=True, slots=True)
class _Settings:
    role: Role
    vendor: Vendor
    include_text: bool


def check(
    source: str,
    *,
    content: bytes | None = None,
    role: Role | str = Role.RECIPIENT,
    vendor: str = "realsee",
    base_url: str | None = None,
    include_text: bool = False,
    fetch_options: FetchOptions | None = None,
) -> Report:
    """Judge one privacy policy.

    Parameters
    ----------
    source : an http(s) URL, the path of a file, or "-" together with ``content``.
    content : the bytes to judge instead of reading ``source``, which then only names them.
    role : what the vendor is to the developer: "recipient" (the strictest, the default),
        "co-processor", or "auto" to read it from the policy's words.
    vendor : the id of a vendor that ships here, or the path of a vendor TOML file.
    base_url : what relative links of a file or of ``content`` stand for.
    include_text : add each document's canonical text to the report.
    fetch_options : the user's own network: proxy, certificates, hosts that may be private.

    Returns
    -------
    Report
        Always, whatever the source holds: one that could not be read is ``unreadable``, every
        requirement ``unverifiable``, the cause among ``errors``.

    Raises
    ------
    ConfigError
        The vendor file is wrong.
    UsageError
        ``role`` is none of the three.
    ModelError
        A model or lexicon file of the installation is damaged.
    """
    try:
        settings = _Settings(Role(role), load_vendor(vendor), include_text)
    except ValueError:
        raise UsageError("usage-role", role=role, known=", ".join(Role)) from None
    page: Page | None = None
    try:
        page = _page(source, content, base_url, fetch_options)
        page, policy = _read(page, fetch_options)
    except DisclosureLintError as error:
        if error.phase not in ("fetch", "segment"):
            raise
        return _unreadable(source, settings, error, page)
    return _judge(source, page, policy, settings)


def _page(
    source: str, content: bytes | None, base_url: str | None, options: FetchOptions | None
) -> Page:
    from dataclasses import replace

    from linter.fetch import FetchOptions, fetch

    options = options or FetchOptions()
    if base_url is not None:
        options = replace(options, base_url=base_url)
    return fetch(source, options=options, content=content)


def _read(page: Page, options: FetchOptions | None) -> tuple[Page, Policy]:
    """A page with its policy; the page as a browser draws it, if its text is not there before."""
    try:
        return page, _policy(page)
    except SegmentError as error:
        if error.code != "segment-script-drawn":
            raise
        from linter.fetch import FetchOptions, drawn

        after = drawn(page, options=options or FetchOptions())
        if after is None:
            raise
    return after, _policy(after)


def _policy(page: Page) -> Policy:
    if page.replaced >= _UNREADABLE:
        raise SegmentError(
            "segment-garbled", percent=f"{page.replaced * 100:.0f}", encoding=page.encoding
        )
    policy = segment(page)
    if policy.language not in _LANGUAGES:
        raise SegmentError("segment-language", language=policy.language)
    if not looks_like_policy(policy):
        raise SegmentError("not-a-privacy-policy", title=policy.title or "?")
    return policy


def _judge(source: str, page: Page, policy: Policy, settings: _Settings) -> Report:
    disclosures = classify((policy,), settings.vendor)
    requested = settings.role
    role = disclosures.role if requested is Role.AUTO else requested
    partial, errors = _partial(page, policy)
    findings = tuple(
        rule.judge(disclosures, settings.vendor, role, partial=partial) for rule in REQUIREMENTS
    )
    findings = advise(findings, settings.vendor, language=policy.language)
    record = DocumentRecord(
        page.url,
        hashlib.sha256(page.content).hexdigest(),
        "policy",
        "whole" if partial is None else "partial",
        partial,
        page.fetched_at,
        policy.text if settings.include_text else None,
    )
    return Report(
        source,
        page.url,
        settings.vendor.id,
        settings.vendor.name["en"],
        role,
        requested,
        _status(findings, partial),
        policy.language,
        _mentions(disclosures),
        findings,
        (record,),
        errors,
        _versions(settings.vendor),
        disclosures.role_why if requested is Role.AUTO or _entrusted(disclosures) else (),
        settings.vendor.name["zh"],
    )


def _entrusted(disclosures: Disclosures) -> bool:
    return any(n.key == "role.entrusted-as-recipient" for n in disclosures.role_why)


def _partial(page: Page, policy: Policy) -> tuple[str | None, tuple[ErrorRecord, ...]]:
    """A code for the part that was not read, and what the report says of it."""
    errors = []
    parts = list(policy.unread)
    if page.truncated:
        size = str(len(page.content))
        errors.append(ErrorRecord("fetch", "fetch-truncated", 0, (("bytes", size),)))
        parts.append("fetch-truncated")
    if page.replaced > _REPLACED:
        percent = f"{page.replaced * 100:.1f}"
        params = (("percent", percent), ("encoding", page.encoding))
        errors.append(ErrorRecord("fetch", "fetch-replaced", 0, params))
        parts.append("fetch-replaced")
    return (parts[0] if parts else None), tuple(errors)


def _mentions(disclosures: Disclosures) -> tuple[MentionRecord, ...]:
    return tuple(
        MentionRecord(
            disclosures.policies[m.document].quote(m.span), m.document, m.span.start, m.span.end
        )
        for m in disclosures.mentions
    )


def _status(findings: tuple[Finding, ...], partial: str | None) -> Status:
    """DESIGN's order: fail, review, pass; ``unreadable`` is another report."""
    weighty = [
        f
        for f in findings
        if f.requirement.severity is Severity.ERROR and not (f.waived or f.baselined)
    ]
    if any(f.verdict is Verdict.MISSING for f in weighty):
        return Status.FAIL
    open_verdicts = (Verdict.AMBIGUOUS, Verdict.UNVERIFIABLE)
    unsure = any(f.needs_review and f.verdict is not Verdict.NOT_APPLICABLE for f in findings)
    if any(f.verdict in open_verdicts for f in weighty) or unsure or partial:
        return Status.REVIEW
    return Status.PASS


def _unreadable(
    source: str, settings: _Settings, error: DisclosureLintError, page: Page | None
) -> Report:
    """The report on what could not be read: nothing is missing, nothing is clean."""
    role = Role.RECIPIENT if settings.role is Role.AUTO else settings.role
    empty = Disclosures((), (), (), (), (), role)
    findings = tuple(
        _unverifiable(rule.judge(empty, settings.vendor, role)) for rule in REQUIREMENTS
    )
    not_policy = error.code == NotAPrivacyPolicy.id
    rule = NotAPrivacyPolicy.code if not_policy else UnreadableDocument.code
    record = DocumentRecord(
        page.url if page else None,
        hashlib.sha256(page.content).hexdigest() if page else None,
        "policy",
        "no",
        error.code,
        page.fetched_at if page else None,
    )
    return Report(
        source,
        page.url if page else None,
        settings.vendor.id,
        settings.vendor.name["en"],
        role,
        settings.role,
        Status.UNREADABLE,
        None,
        (),
        findings,
        (record,),
        (ErrorRecord(error.phase, error.code, 0, tuple(error.params.items()), rule),),
        _versions(settings.vendor),
        vendor_name_zh=settings.vendor.name["zh"],
    )


def _unverifiable(finding: Finding) -> Finding:
    from dataclasses import replace

    if finding.verdict is Verdict.NOT_APPLICABLE:
        return finding
    message = Note(f"{finding.requirement.id}.{Verdict.UNVERIFIABLE}", finding.message.params)
    return replace(
        finding, verdict=Verdict.UNVERIFIABLE, message=message, confidence=1.0, searched=()
    )


def _versions(vendor: Vendor) -> Versions:
    from linter import __version__

    return Versions(__version__, _model_version(), f"{vendor.id} {vendor.version}")


def _model_version() -> str:
    """The model's identity from its manifest; the manifest is checked where a model is loaded."""
    try:
        manifest = json.loads(data_path("models", "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return "none"
    version: Callable[[str], object] = (
        manifest.get if isinstance(manifest, dict) else (lambda _: None)
    )
    return str(version("version") or "none")
