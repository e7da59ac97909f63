"""The one use case: a source and settings in, a judged report out.

>>> from linter import check
>>> report = check("policy.html")
>>> report.status
<Status.FAIL: 'fail'>
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linter.advise import advise, advise_agreement
from linter.classify import Readings, classify, classify_agreement, read_manifest
from linter.disclosure import Disclosures
from linter.document import Page
from linter.errors import DisclosureLintError, UsageError
from linter.fetch import is_url
from linter.gather import Document, Gathered, Unread, gaps, gather
from linter.resources import data_path
from linter.rules import AGREEMENT_REQUIREMENTS, REQUIREMENTS, Confidence, read_confidence
from linter.rules.document import NotAPrivacyPolicy, UnreadableDocument
from linter.settings import Following, Judging
from linter.status import status_of
from linter.vendors import Vendor, load_vendor
from linter.verdict import (
    DocumentRecord,
    ErrorRecord,
    Finding,
    Form,
    MentionRecord,
    Note,
    Report,
    Role,
    Status,
    Verdict,
    Versions,
)

if TYPE_CHECKING:
    from linter.classify import Models
    from linter.fetch import FetchOptions

__all__ = ["check", "crashed"]


@dataclass(frozen=True, slots=True)
class _Settings:
    role: Role
    vendor: Vendor
    include_text: bool
    model_version: str
    confidence: Confidence
    judging: Judging
    models: Models | None = None
    form: Form | None = None


def check(
    source: str,
    *,
    content: bytes | None = None,
    role: Role | str = Role.RECIPIENT,
    vendor: str = "realsee",
    base_url: str | None = None,
    include_text: bool = False,
    fetch_options: FetchOptions | None = None,
    following: Following | None = None,
    judging: Judging | None = None,
    agreement: str | None = None,
    models: Models | None = None,
    confidence: Confidence | None = None,
    form: Form | None = None,
) -> Report:
    """Judge one privacy policy, together with the lists that it sends its reader to.

    Parameters
    ----------
    source : an http(s) URL, the path of a file, or "-" together with ``content``. A URL may be
        that of a home page or an app store's page: the policy it links to is judged then.
    content : the bytes to judge instead of reading ``source``, which then only names them.
    role : what the vendor is to the developer: "recipient" (the strictest, the default),
        "co-processor", or "auto" to read it from the policy's words.
    vendor : the id of a vendor that ships here, or the path of a vendor TOML file.
    base_url : what relative links of a file or of ``content`` stand for.
    include_text : add each document's canonical text to the report.
    fetch_options : the user's own network: proxy, certificates, hosts that may be private.
    following : which linked lists are read; those of a URL by default, and nothing for a file:
        the files beside it only if ``local`` is set.
    judging : which requirements are judged and how much each weighs; all, as they are. No
        configuration file is looked for here: ``linter.settings.configure`` does that.
    agreement : the URL or file of the product's user agreement, which RS301-RS303 and RS401 are
        about. Without it the one that the policy at a URL links to is judged, if there is one and
        ``following.discover`` is set; none is looked for from a file.
    models, confidence : classifiers that do not ship, and estimates of how sure verdicts are; for
        training and evaluation.
    form : of the suggestions; the one that the policy has by default.

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
        ``role`` is none of the three; the proxy, the certificates, a host or the base URL that
        were named are none; ``agreement`` is neither a URL nor a file.
    ModelError
        A model or lexicon file of the installation is damaged.
    """
    try:
        settings = _settings(role, vendor, include_text, judging, models, confidence, form)
    except ValueError:
        raise UsageError("usage-role", role=role, known=", ".join(Role)) from None
    if agreement is not None and not (is_url(agreement) or os.path.isfile(agreement)):
        raise UsageError("usage-agreement", value=agreement)
    gathered = gather(
        source,
        content=content,
        options=_options(base_url, fetch_options),
        following=following or Following(),
        vendor=settings.vendor,
        agreement=agreement,
    )
    if not gathered.documents:
        return _unreadable(source, settings, gathered.unread[0], agreement=agreement is not None)
    return _judge(source, gathered, settings)


def crashed(
    source: str,
    *,
    role: Role | str,
    vendor: str,
    kind: str,
    place: str,
    judging: Judging | None = None,
) -> Report:
    """The report on a source at which ``check`` itself failed: unreadable, as any unread source.

    ``kind`` and ``place`` say what exception came from which module and line. Raises as ``check``.
    """
    settings = _settings(role, vendor, include_text=False, judging=judging)
    error = DisclosureLintError("internal-crash", error=kind, place=place)
    return _unreadable(source, settings, Unread(source, "policy", error))


def _settings(
    role: Role | str,
    vendor: str,
    include_text: bool,
    judging: Judging | None,
    models: Models | None = None,
    confidence: Confidence | None = None,
    form: Form | None = None,
) -> _Settings:
    version = "none"
    if confidence is None:
        manifest = read_manifest(data_path("models"))
        confidence = read_confidence(manifest.get("confidence"))
        version = str(manifest.get("version"))
    return _Settings(
        Role(role),
        load_vendor(vendor),
        include_text,
        version,
        confidence,
        judging or Judging(),
        models,
        form,
    )


def _options(base_url: str | None, options: FetchOptions | None) -> FetchOptions:
    from linter.fetch import FetchOptions, checked

    options = options or FetchOptions()
    return checked(options if base_url is None else replace(options, base_url=base_url))


def _judge(source: str, gathered: Gathered, settings: _Settings) -> Report:
    documents = gathered.documents
    policies = tuple(d.policy for d in documents if d.role != "agreement")
    disclosures = classify(
        policies,
        settings.vendor,
        answered=gathered.answered,
        readings=gathered.readings,
        models=settings.models,
    )
    if disclosures.unjudged:
        documents = (documents[0].without("classify-too-much"), *documents[1:])
        gathered = replace(gathered, documents=documents)
    requested = settings.role
    role = disclosures.role if requested is Role.AUTO else requested
    partial = _partial(gathered)
    findings = _weighed(
        (
            rule.judge(disclosures, settings.vendor, role, settings.confidence, partial=partial)
            for rule in REQUIREMENTS
        ),
        settings.judging,
    )
    findings, additions = advise(
        findings,
        settings.vendor,
        language=policies[disclosures.shape.document].language,
        role=role,
        shape=disclosures.shape,
        form=settings.form,
    )
    of_agreement, named = _judge_agreement(gathered, settings, role, partial)
    findings = (*findings, *of_agreement)
    return Report(
        source,
        documents[0].page.url,
        settings.vendor.id,
        settings.vendor.name["en"],
        role,
        requested,
        status_of(findings, partial=partial is not None, weighty=settings.judging.weighty),
        policies[0].language,
        (*_mentions(disclosures), *named),
        findings,
        _records(gathered, include_text=settings.include_text),
        _errors(gathered),
        _versions(settings),
        disclosures.role_why if requested is Role.AUTO or _entrusted(disclosures) else (),
        settings.vendor.name["zh"],
        gathered.found_from,
        additions=additions,
    )


def _judge_agreement(
    gathered: Gathered, settings: _Settings, role: Role, partial: str | None
) -> tuple[tuple[Finding, ...], tuple[MentionRecord, ...]]:
    """What the user agreement owes, and where it names the vendor; nothing if there is none.

    ``partial`` names the part of the policy that was not read.
    """
    documents = gathered.documents
    numbers = [n for n, d in enumerate(documents) if d.role == "agreement"]
    if not numbers and not any(u.role == "agreement" for u in gathered.unread):
        return (), ()
    policies = tuple(d.policy for d in documents)
    disclosures = classify_agreement(
        policies,
        first=numbers[0] if numbers else len(policies),
        readings=gathered.readings or Readings(settings.vendor),
    )
    unread = _partial(gathered, "agreement")
    unread = unread or ("classify-too-much" if disclosures.unjudged else None)
    findings = _weighed(
        (
            rule.judge(
                disclosures,
                settings.vendor,
                role,
                settings.confidence,
                partial=unread or (partial if rule.in_policy else None),
            )
            for rule in AGREEMENT_REQUIREMENTS
        ),
        settings.judging,
    )
    language = policies[numbers[0] if numbers else 0].language
    named = tuple(m for m in _mentions(disclosures) if m.document in numbers)
    return advise_agreement(findings, settings.vendor, language=language), named


def _partial(gathered: Gathered, role: str = "policy") -> str | None:
    """A code for a part of the policy itself that was not read; None if it was read whole.

    Of the agreement if ``role`` says so.
    """
    lost = [code for d in gathered.documents if d.role == role for code, _ in gaps(d)]
    lost += [u.error.code for u in gathered.unread if u.role == role]
    return lost[0] if lost else None


def _records(gathered: Gathered, *, include_text: bool) -> tuple[DocumentRecord, ...]:
    read = (
        _record(d, include_text=include_text, asked_for=not (n or gathered.found_from))
        for n, d in enumerate(gathered.documents)
    )
    return (*read, *map(_unread_record, gathered.unread))


def _record(document: Document, *, include_text: bool, asked_for: bool) -> DocumentRecord:
    """What is told of a document; the path of a file is, unless it is the source."""
    page, lost = document.page, gaps(document)
    return DocumentRecord(
        page.url or (None if asked_for else page.source),
        hashlib.sha256(page.content).hexdigest(),
        document.role,
        "partial" if lost else "whole",
        lost[0][0] if lost else None,
        page.fetched_at,
        document.policy.text if include_text else None,
        document.found_from,
    )


def _unread_record(unread: Unread) -> DocumentRecord:
    page: Page | None = unread.page
    return DocumentRecord(
        page.url if page and page.url else unread.address,
        hashlib.sha256(page.content).hexdigest() if page else None,
        unread.role,
        "no",
        unread.error.code,
        page.fetched_at if page else None,
        found_from=unread.found_from,
    )


def _errors(gathered: Gathered) -> tuple[ErrorRecord, ...]:
    """What was not read, each with the index of its document among the records."""
    partly = [
        ErrorRecord(code.partition("-")[0], code, n, tuple(p.items()))
        for n, document in enumerate(gathered.documents)
        for code, p in gaps(document)
    ]
    first = len(gathered.documents)
    wholly = [
        ErrorRecord(u.error.phase, u.error.code, n, tuple(u.error.params.items()))
        for n, u in enumerate(gathered.unread, start=first)
    ]
    return (*partly, *wholly)


def _entrusted(disclosures: Disclosures) -> bool:
    return any(n.key == "role.entrusted-as-recipient" for n in disclosures.role_why)


def _mentions(disclosures: Disclosures) -> tuple[MentionRecord, ...]:
    return tuple(
        MentionRecord(
            disclosures.policies[m.document].quote(m.span), m.document, m.span.start, m.span.end
        )
        for m in disclosures.mentions
    )


def _weighed(findings: Iterable[Finding], judging: Judging) -> tuple[Finding, ...]:
    """The findings that were asked for, each with the severity that it has here."""
    return tuple(
        replace(f, requirement=replace(f.requirement, severity=judging.severity_of(f.requirement)))
        for f in findings
        if judging.judges(f.requirement)
    )


def _unreadable(
    source: str, settings: _Settings, unread: Unread, *, agreement: bool = False
) -> Report:
    """The report on what could not be read: nothing is missing, nothing is clean."""
    role = Role.RECIPIENT if settings.role is Role.AUTO else settings.role
    empty = Disclosures((), (), (), (), (), role)
    owed = (*REQUIREMENTS, *(AGREEMENT_REQUIREMENTS if agreement else ()))
    findings = _weighed(
        (
            _unverifiable(rule.judge(empty, settings.vendor, role, settings.confidence))
            for rule in owed
        ),
        settings.judging,
    )
    error, page = unread.error, unread.page
    not_policy = error.code == NotAPrivacyPolicy.id
    rule = NotAPrivacyPolicy.code if not_policy else UnreadableDocument.code
    url = page.url if page else (unread.address if unread.address != source else None)
    return Report(
        source,
        url,
        settings.vendor.id,
        settings.vendor.name["en"],
        role,
        settings.role,
        Status.UNREADABLE,
        None,
        (),
        findings,
        (replace(_unread_record(unread), url=url),),
        (ErrorRecord(error.phase, error.code, 0, tuple(error.params.items()), rule),),
        _versions(settings),
        vendor_name_zh=settings.vendor.name["zh"],
    )


def _unverifiable(finding: Finding) -> Finding:
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return finding
    message = Note(f"{finding.requirement.id}.{Verdict.UNVERIFIABLE}", finding.message.params)
    return replace(
        finding,
        verdict=Verdict.UNVERIFIABLE,
        message=message,
        confidence=1.0,
        needs_review=False,
        searched=(),
        basis=None,
    )


def _versions(settings: _Settings) -> Versions:
    from linter import __version__

    vendor = settings.vendor
    return Versions(__version__, settings.model_version, f"{vendor.id} {vendor.version}")
