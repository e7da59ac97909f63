"""Reports as JSON: an array (``json``) or one report a line (``jsonl``).

Machine formats speak English whatever the locale. The bytes depend on the reports alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from linter.report.messages import error_words, say
from linter.report.shape import (
    BasisJson,
    DocumentJson,
    ErrorJson,
    EvidenceJson,
    MentionJson,
    NearestJson,
    NoteJson,
    ReportJson,
    RequirementJson,
    SignalJson,
    WaiverJson,
)
from linter.verdict import (
    SCHEMA,
    DocumentRecord,
    ErrorRecord,
    Evidence,
    Finding,
    MentionRecord,
    Note,
    Report,
    WaiverRecord,
    WeighedSignal,
)

_DIGITS = 4
_SURROGATES = re.compile("[\ud800-\udfff]")
# JSON allows these bare, but they end a line for str.splitlines (U+0085, U+2028, U+2029), steer
# a terminal (DEL, C1 controls) or turn its text round (bidi controls).
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def report_json(report: Report) -> ReportJson:
    """One report as plain JSON values, its keys in the order of DESIGN."""
    return {
        "schema": SCHEMA,
        "source": report.source,
        "url": report.url,
        "vendor": report.vendor,
        "role": report.role.value,
        "role_requested": report.role_requested.value,
        "status": report.status.value,
        "language": report.language,
        "mentions": [_mention(m) for m in report.mentions],
        "requirements": [_requirement(f) for f in report.findings],
        "documents": [_document(d) for d in report.documents],
        "errors": [_error(e) for e in report.errors],
        "versions": {
            "linter": report.versions.linter,
            "model": report.versions.model,
            "vendor": report.versions.vendor,
        },
        "vendor_name": report.vendor_name,
        "vendor_name_zh": report.vendor_name_zh,
        "role_why": _sentences(report.role_why),
        "found_from": report.found_from,
        "waivers": [_waiver(w) for w in report.waivers],
    }


def dump_line(report: Report) -> str:
    """A report as one line of JSON without its line end.

    Lone surrogates (from a file name, say) become U+FFFD, so that the line is valid UTF-8.
    """
    text = json.dumps(
        report_json(report), ensure_ascii=False, separators=(", ", ": "), allow_nan=False
    )
    return safe_json(text)


def dump_item(report: Report) -> str:
    """A report as it stands in the JSON array: indented, without comma or line end."""
    text = json.dumps(report_json(report), ensure_ascii=False, indent=2, allow_nan=False)
    return "  " + safe_json(text).replace("\n", "\n  ")


def safe_json(text: str) -> str:
    """JSON without what is no UTF-8, ends a line for some readers or steers a terminal."""
    text = _SURROGATES.sub("\ufffd", text)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


class JsonWriter:
    """Writes a JSON array, each report as it comes; ``close`` ends the array."""

    def __init__(self, sink: Callable[[str], None]) -> None:
        self._sink = sink
        self._started = False

    def add(self, report: Report) -> None:
        """Write one report."""
        self._sink((",\n" if self._started else "[\n") + dump_item(report))
        self._started = True

    def close(self) -> None:
        """End the array; an array of nothing is ``[]``."""
        self._sink("\n]\n" if self._started else "[]\n")


class JsonLinesWriter:
    """Writes one report a line."""

    def __init__(self, sink: Callable[[str], None]) -> None:
        self._sink = sink

    def add(self, report: Report) -> None:
        """Write one report."""
        self._sink(dump_line(report) + "\n")

    def close(self) -> None:
        """Nothing follows the last line."""


def _sentences(notes: Iterable[Note]) -> list[str]:
    return [say(note) for note in notes]


def _mention(mention: MentionRecord) -> MentionJson:
    return {
        "quote": mention.quote,
        "document": mention.document,
        "start": mention.start,
        "end": mention.end,
    }


def _evidence(evidence: Evidence) -> EvidenceJson:
    return {
        "quote": evidence.quote,
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "href": evidence.href,
        "headings": list(evidence.headings),
        "kind": evidence.kind,
        "column": evidence.column,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
    }


def _requirement(finding: Finding) -> RequirementJson:
    return {
        "id": finding.requirement.id,
        "code": finding.requirement.code,
        "verdict": finding.verdict.value,
        "confidence": round(finding.confidence, _DIGITS),
        "needs_review": finding.needs_review,
        "severity": finding.requirement.severity.value,
        "waived": finding.waived,
        "baselined": finding.baselined,
        "fingerprint": finding.fingerprint,
        "message": say(finding.message),
        "evidence": [_evidence(e) for e in finding.evidence],
        "why": _sentences(finding.why),
        "suggestion": finding.suggestion,
        "suggestion_notes": _sentences(finding.suggestion_notes),
        "searched": _sentences(finding.searched),
        "nearest": _nearest(finding),
        "basis": _basis(finding),
    }


def _basis(finding: Finding) -> BasisJson | None:
    basis = finding.basis
    if basis is None:
        return None
    return {
        "signals": [_signal(s) for s in basis.signals],
        "grounds": dict(basis.grounds),
        "review_below": basis.review_below,
        "notes": [_note(n) for n in (*finding.why, *finding.searched)],
    }


def _signal(signal: WeighedSignal) -> SignalJson:
    return {
        "quote": signal.quote,
        "document": signal.document,
        "start": signal.start,
        "end": signal.end,
        "polarity": signal.polarity,
        "decisive": signal.decisive,
        "probability": round(signal.probability, _DIGITS),
        "model": None if signal.model is None else round(signal.model, _DIGITS),
        "reason": _note(signal.reason),
        "relation": signal.relation,
        "mention": None if signal.mention is None else _mention(signal.mention),
    }


def _note(note: Note) -> NoteJson:
    return {"key": note.key, "params": dict(note.params)}


def _nearest(finding: Finding) -> NearestJson | None:
    if finding.nearest is None:
        return None
    reason = None if finding.nearest_why is None else say(finding.nearest_why)
    return {"evidence": _evidence(finding.nearest), "reason": reason}


def _document(document: DocumentRecord) -> DocumentJson:
    shape: DocumentJson = {
        "url": document.url,
        "sha256": document.sha256,
        "role": document.role,
        "read": document.read,
        "reason": document.reason,
        "fetched_at": document.fetched_at,
    }
    if document.text is not None:
        shape["text"] = document.text
    if document.found_from is not None:
        shape["found_from"] = document.found_from
    return shape


def _waiver(waiver: WaiverRecord) -> WaiverJson:
    return {
        "requirement": waiver.requirement,
        "source": waiver.source,
        "state": waiver.state.value,
        "reason": waiver.reason,
        "who": waiver.who,
        "until": waiver.until,
        "fingerprint": waiver.fingerprint,
        "origin": waiver.origin,
    }


def _error(error: ErrorRecord) -> ErrorJson:
    what, hint = error_words(error.code, dict(error.params))
    return {
        "phase": error.phase,
        "code": error.rule or error.code,
        "cause": error.code,
        "message": what,
        "hint": hint,
        "document": error.document,
        "params": dict(error.params),
    }
