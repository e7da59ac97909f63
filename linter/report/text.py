"""Reports for people: a headline, a line per requirement, and what is to be done.

Every word that comes from a policy, a path or an error passes ``terminal.clean``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from linter.report.messages import error_words, phrase, say
from linter.report.terminal import Paint, Piece, clean, clip, columns, pad, wrap
from linter.report.view import View
from linter.verdict import (
    DocumentRecord,
    ErrorRecord,
    Evidence,
    Finding,
    Note,
    Report,
    Severity,
    Status,
    Verdict,
    WaiverState,
)

T = TypeVar("T")
_VERDICT_STYLE = {
    Verdict.PRESENT: "pass",
    Verdict.AMBIGUOUS: "review",
    Verdict.MISSING: "fail",
    Verdict.UNVERIFIABLE: "unreadable",
    Verdict.NOT_APPLICABLE: "dim",
}
_LABELS = ("found", "why", "searched", "nearest", "because", "write", "hint")
_DETAIL_INDENT = 6
_SNIPPET_LINES = 3
_MIN_WIDTH = 40
# How many characters the neighbours of a quote have, unless the document ends (Policy.text_quote).
_CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Symbols:
    """Icons and marks: readable without colour, and in ASCII where nothing else can be said."""

    verdicts: dict[Verdict, str]
    statuses: dict[Status, str]
    open_mark: str
    close_mark: str
    ellipsis: str
    path: str


def _symbols(icons: str, marks: tuple[str, str], ellipsis: str, path: str) -> Symbols:
    present, ambiguous, missing, unverifiable, not_applicable = tuple(icons)
    verdicts = dict(
        zip(Verdict, (present, ambiguous, missing, unverifiable, not_applicable), strict=True)
    )
    statuses = {
        Status.PASS: present,
        Status.REVIEW: ambiguous,
        Status.FAIL: missing,
        Status.UNREADABLE: unverifiable,
    }
    return Symbols(verdicts, statuses, *marks, ellipsis, path)


UNICODE = _symbols("✓?✗!–", ("»", "«"), "…", " › ")
ASCII = _symbols("+?x!-", ("[[", "]]"), "...", " > ")


def symbols_for(encoding: str) -> Symbols:
    """The symbols that an encoding can say; an unknown encoding is taken for ASCII."""
    try:
        "✓✗–»«…›".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


class TextWriter:
    """Writes each report as it comes, and a summary after several of them."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._view = view
        self._statuses: Counter[Status] = Counter()

    def add(self, report: Report) -> None:
        """Write one report; if quiet, a line for what does not pass."""
        first = not self._statuses
        self._statuses[report.status] += 1
        sheet = _Sheet(report, self._view)
        if self._view.quiet:
            if report.status is not Status.PASS:
                self._sink(sheet.quiet_line() + "\n")
            return
        self._sink(("" if first else "\n") + "\n".join(sheet.lines()) + "\n")

    def close(self) -> None:
        """Write how many sources came out how, if there was more than one."""
        total = self._statuses.total()
        if total < 2 or self._view.quiet:
            return
        lang = self._view.lang
        words = {s: phrase(f"status.{s}", {}, lang) for s in Status}
        counts = phrase("line.separator", {}, lang).join(
            phrase("line.source-count", {"status": words[s], "count": self._statuses[s]}, lang)
            for s in reversed(Status)
            if self._statuses[s]
        )
        summary = phrase("line.summary", {"count": total, "counts": counts}, lang)
        lines = wrap([(summary, "")], max(self._view.width, _MIN_WIDTH))
        self._sink("\n" + "".join(Paint(False).line(line) + "\n" for line in lines))


class _Sheet:
    """One report in lines."""

    def __init__(self, report: Report, view: View) -> None:
        self._report = report
        self._view = view
        self._symbols = symbols_for(view.encoding)
        self._paint = Paint(view.color)
        self._width = max(view.width, _MIN_WIDTH)
        self._label_width = max(columns(self._word(f"label.{name}")) for name in _LABELS) + 1
        self._lines: list[str] = []
        self._searched_for: dict[tuple[Note, ...], str] = {}

    def lines(self) -> list[str]:
        """The whole sheet."""
        report = self._report
        self._headline()
        self._about()
        for error in report.errors:
            self._error(error)
        if report.status is Status.UNREADABLE:
            codes = " ".join(f.requirement.code for f in report.findings)
            self._flow(2, self._word("line.not-judged", codes=codes))
        elif self._is_without_mention():
            self._no_mention()
            self._requirements([f for f in report.findings if f.requirement.document != "policy"])
        else:
            self._requirements(report.findings)
        self._documents()
        return self._lines

    def quiet_line(self) -> str:
        """One line: status, source, and the codes by verdict."""
        groups = [
            self._word("line.codes", verdict=self._verdict_word(verdict), codes=" ".join(codes))
            for verdict, codes in self._codes_by_verdict().items()
            if verdict not in (Verdict.PRESENT, Verdict.NOT_APPLICABLE)
        ]
        causes = [e.code for e in self._report.errors]
        if self._report.status is Status.UNREADABLE:
            groups = causes
        return self._status() + ": " + "; ".join(clean(group) for group in groups)

    # -- the head ---------------------------------------------------------------------------

    def _headline(self) -> None:
        # The source is not wrapped: it is there to be clicked or copied.
        self._lines.append(self._status())

    def _status(self) -> str:
        status = self._report.status
        words = f"{self._symbols.statuses[status]} {self._word(f'status.{status}')}"
        return (
            f"{self._paint(words, status.value)}  {self._paint(clean(self._report.source), 'bold')}"
        )

    def _about(self) -> None:
        report = self._report
        if report.found_from:
            # A policy beside a saved page is a file, which has no URL.
            found = report.url or report.documents[0].url or ""
            self._flow(2, self._word("line.found", url=found))
        elif report.url and report.url != report.source:
            self._flow(2, self._word("line.url", url=report.url))
        for document in report.documents:
            if document.found_from and document.role == "agreement":
                self._flow(2, self._word("line.agreement", url=document.url or ""))
        language = self._word(f"language.{report.language or 'unread'}")
        if language.startswith("language."):
            language = str(report.language)
        if report.status is not Status.UNREADABLE:
            role = self._word(f"role.{report.role}")
            self._flow(
                2, self._word("line.about", language=language, vendor=self._vendor(), role=role)
            )
            counts = [(self._verdict_word(v), len(c)) for v, c in self._codes_by_verdict().items()]
            counts += [(word, len(codes)) for word, codes in self._silenced().items()]
            self._flow(2, self._word("line.counts", counts=_counts(counts, self._view.lang)))
        for note in report.role_why:
            self._flow(2, self._say(note))
        if self._view.verbose:
            versions = report.versions
            self._flow(
                2,
                self._word(
                    "line.versions",
                    linter=versions.linter,
                    model=versions.model,
                    vendor=versions.vendor,
                ),
            )

    def _vendor(self) -> str:
        chinese = self._report.vendor_name_zh if self._view.lang == "zh" else None
        return chinese or self._report.vendor_name

    def _error(self, error: ErrorRecord) -> None:
        what, hint = error_words(error.code, dict(error.params), self._view.lang)
        phase = self._word(f"phase.{error.phase}")
        if phase.startswith("phase."):
            phase = error.phase
        words = {"phase": phase, "code": error.code, "message": what}
        if error.rule is None:
            self._flow(2, self._word("line.error", **words))
        else:
            self._flow(2, self._word("line.error-rule", rule=error.rule, **words))
        if hint:
            self._labelled("hint", [(hint, "")], indent=4)

    def _documents(self) -> None:
        """The documents that were not read whole; all of them if verbose."""
        report = self._report
        shown = [d for d in report.documents if self._view.verbose or d.read != "whole"]
        if not shown or (report.status is Status.UNREADABLE and not self._view.verbose):
            return
        self._blank()
        for document in shown:
            self._flow(2, self._document(document))

    def _document(self, document: DocumentRecord) -> str:
        line = self._word(
            "line.document",
            role=self._word(f"document.{document.role}"),
            read=self._word(f"read.{document.read}"),
            url=document.url or self._report.source,
        )
        return f"{line} ({document.reason})" if document.reason else line

    # -- the vendor is not named ------------------------------------------------------------

    def _is_without_mention(self) -> bool:
        report = self._report
        judged = {f.verdict for f in self._of_policy()}
        blank = {Verdict.MISSING, Verdict.UNVERIFIABLE, Verdict.NOT_APPLICABLE}
        named = any(report.documents[m.document].role != "agreement" for m in report.mentions)
        return not named and bool(judged) and judged <= blank

    def _of_policy(self) -> list[Finding]:
        return [f for f in self._report.findings if f.requirement.document == "policy"]

    def _no_mention(self) -> None:
        """One headline instead of a block for each requirement, which would all say the same."""
        findings = self._of_policy()
        self._blank()
        whole = all(f.verdict is not Verdict.UNVERIFIABLE for f in findings)
        key = "no-mention.headline" if whole else "no-mention.partly"
        headline = self._word(key, vendor=self._vendor())
        self._flow(2, headline, "bold")
        for verdict, codes in _codes_by_verdict(findings).items():
            icon = self._symbols.verdicts[verdict]
            words = self._word(
                "line.codes", verdict=self._verdict_word(verdict), codes=" ".join(codes)
            )
            self._flow(2, f"{icon} {words}", _VERDICT_STYLE[verdict])
        for word, codes in self._silenced().items():
            self._flow(2, "- " + self._word("line.codes", verdict=word, codes=" ".join(codes)))
        for code in _unique(w.requirement for w in self._report.waivers):
            self._waived(code, indent=2, lead=f"{code} ")
        open_findings = [f for f in findings if f.verdict is not Verdict.NOT_APPLICABLE]
        self._notes("why", _unique(n for f in open_findings for n in f.why), indent=2)
        searched = _unique(n for f in open_findings for n in f.searched)
        self._labelled("searched", [(self._joined(searched), "")], indent=2)
        owed = [f for f in open_findings if not (f.waived or f.baselined)]
        for number, text in enumerate(_unique(f.suggestion for f in owed if f.suggestion)):
            self._labelled("write" if number == 0 else None, [(text, "")], indent=2)
        for note in _unique(n for f in open_findings for n in f.suggestion_notes):
            self._labelled(None, [(say(note, self._view.lang), "dim")], indent=2)

    # -- a requirement -----------------------------------------------------------------------

    def _requirements(self, findings: Sequence[Finding]) -> None:
        if findings:
            self._blank()
        for finding in findings:
            self._requirement(finding)

    def _requirement(self, finding: Finding) -> None:
        self._row(finding)
        settled = finding.verdict in (Verdict.PRESENT, Verdict.NOT_APPLICABLE)
        silenced = finding.waived or finding.baselined
        open_question = not silenced and (finding.needs_review or not settled)
        if finding.waived:
            self._waived(finding.requirement.code)
        if self._view.verbose or open_question:
            self._details(finding, settled=settled)

    def _row(self, finding: Finding) -> None:
        """Icon, code, id, verdict, flags, and for what is there the words in what room is left."""
        widest = max(len(f.requirement.id) for f in self._report.findings)
        words = max(columns(self._verdict_word(f.verdict)) for f in self._report.findings)
        style = _VERDICT_STYLE[finding.verdict]
        icon = self._symbols.verdicts[finding.verdict]
        head: list[Piece] = [
            ("  ", ""),
            (icon, style),
            (f" {finding.requirement.code} {finding.requirement.id:<{widest}}  ", ""),
            (self._verdict_word(finding.verdict), style),
        ]
        tail = "".join(f" ({flag})" for flag in self._flags(finding))
        used = sum(columns(text) for text, _ in head) + columns(tail)
        line = self._paint.line([*head, (tail, "")])
        gap = words - columns(self._verdict_word(finding.verdict)) + 2 if not tail else 2
        room = self._width - used - gap
        detailed = self._view.verbose or finding.needs_review
        if finding.verdict is Verdict.PRESENT and finding.evidence and not detailed:
            quote = clip(clean(finding.evidence[0].quote).strip(), room - 2, self._symbols.ellipsis)
            if room >= 12:
                line += " " * gap + self._paint(f'"{quote}"', "dim")
        self._lines.append(line)

    def _flags(self, finding: Finding) -> list[str]:
        confidence = f"{finding.confidence:.2f}"
        flags = []
        lacking = finding.verdict not in (Verdict.PRESENT, Verdict.NOT_APPLICABLE)
        if lacking and finding.requirement.severity is not Severity.ERROR:
            flags.append(self._word(f"flag.{finding.requirement.severity}"))
        if finding.needs_review:
            flags.append(self._word("flag.review", confidence=confidence))
        elif self._view.verbose:
            flags.append(self._word("flag.confidence", confidence=confidence))
        if finding.waived:
            flags.append(self._word("flag.waived"))
        if finding.baselined:
            flags.append(self._word("flag.baselined"))
        return flags

    def _waived(self, code: str, *, indent: int = _DETAIL_INDENT, lead: str = "") -> None:
        """Why a requirement is waived, and by whom."""
        for waiver in self._report.waivers:
            if waiver.requirement == code and waiver.state is WaiverState.APPLIED:
                words = {"reason": waiver.reason}
                said = self._word("line.waived", **words)
                if waiver.who is not None:
                    said = self._word("line.waived-by", who=waiver.who, **words)
                self._flow(indent, lead + said)

    def _details(self, finding: Finding, *, settled: bool) -> None:
        self._flow(_DETAIL_INDENT, self._say(finding.message))
        shown = finding.evidence if self._view.verbose else finding.evidence[:2]
        for evidence in shown:
            self._evidence("found", evidence)
        probabilities = self._view.verbose or finding.needs_review
        why = [n for n in finding.why if probabilities or n.key != "signal.model"]
        self._notes("why", why)
        if settled:
            return
        self._searched(finding)
        if finding.nearest is not None and finding.nearest not in shown:
            self._evidence("nearest", finding.nearest)
        if finding.nearest_why is not None and finding.nearest_why not in why:
            self._notes("because", [finding.nearest_why])
        if finding.suggestion:
            self._labelled("write", [(finding.suggestion, "bold")])
            for note in finding.suggestion_notes:
                self._labelled(None, [(say(note, self._view.lang), "dim")])

    def _searched(self, finding: Finding) -> None:
        """Where it was looked for; what an earlier requirement said already is only referred to."""
        first = self._searched_for.setdefault(finding.searched, finding.requirement.code)
        if first == finding.requirement.code:
            words = self._joined(finding.searched)
        else:
            words = self._word("line.searched-same", code=first)
        if finding.searched:
            self._labelled("searched", [(words, "")])

    def _evidence(self, label: str, evidence: Evidence) -> None:
        """Where the words stand, then the words with their neighbours, marked."""
        self._labelled(label, [(self._place(evidence), "dim")], limit=1)
        limit = None if self._view.verbose else _SNIPPET_LINES
        self._labelled(None, self._snippet(evidence), limit=limit)

    def _place(self, evidence: Evidence) -> str:
        room = self._width - _DETAIL_INDENT - self._label_width
        column = self._word("line.column", column=clean(evidence.column)) if evidence.column else ""
        column = clip(column, room // 2, self._symbols.ellipsis)
        headings = [clean(heading).strip() for heading in evidence.headings]
        place = self._symbols.path.join(h for h in headings if h) or self._word("line.no-heading")
        separator = self._word("line.separator") if column else ""
        place = _clip_left(place, room - columns(separator + column), self._symbols.ellipsis)
        return place + separator + column

    def _snippet(self, evidence: Evidence) -> list[Piece]:
        symbols = self._symbols
        left = symbols.ellipsis if evidence.start > len(evidence.prefix) else ""
        right = symbols.ellipsis if len(evidence.suffix) >= _CONTEXT else ""
        marks = ("", "") if self._view.color else (symbols.open_mark, symbols.close_mark)
        room = (self._width - _DETAIL_INDENT - self._label_width) * (_SNIPPET_LINES - 1)
        quote = clean(evidence.quote)
        if not self._view.verbose:
            quote = clip(quote, room, symbols.ellipsis)
        return [
            (left + clean(evidence.prefix) + marks[0], ""),
            (quote, "mark"),
            (marks[1] + clean(evidence.suffix) + right, ""),
        ]

    # -- lines ------------------------------------------------------------------------------

    def _blank(self) -> None:
        self._lines.append("")

    def _flow(self, indent: int, text: str, style: str = "") -> None:
        """A paragraph; what it wraps to is indented two more."""
        wrapped = wrap([(text, style)], self._width - indent - 2, ellipsis=self._symbols.ellipsis)
        for number, line in enumerate(wrapped):
            self._lines.append(" " * (indent + 2 * bool(number)) + self._paint.line(line))

    def _notes(self, label: str, notes: Sequence[Note], *, indent: int = _DETAIL_INDENT) -> None:
        for number, note in enumerate(notes):
            self._labelled(label if number == 0 else None, [(self._say(note), "")], indent=indent)

    def _labelled(
        self,
        label: str | None,
        pieces: Sequence[Piece],
        *,
        indent: int = _DETAIL_INDENT,
        limit: int | None = None,
    ) -> None:
        room = self._width - indent - self._label_width
        head = pad(self._word(f"label.{label}") if label else "", self._label_width)
        for line in wrap(pieces, room, limit=limit, ellipsis=self._symbols.ellipsis):
            self._lines.append(" " * indent + self._paint(head, "dim") + self._paint.line(line))
            head = " " * self._label_width

    # -- words ------------------------------------------------------------------------------

    def _word(self, key: str, **params: object) -> str:
        return phrase(key, params, self._view.lang)

    def _joined(self, notes: Iterable[Note]) -> str:
        return self._word("line.space").join(self._say(note) for note in notes)

    def _say(self, note: Note) -> str:
        return say(note, self._view.lang)

    def _verdict_word(self, verdict: Verdict) -> str:
        return self._word(f"verdict.{verdict}")

    def _codes_by_verdict(self) -> dict[Verdict, list[str]]:
        return _codes_by_verdict(self._report.findings)

    def _silenced(self) -> dict[str, list[str]]:
        """Codes of the findings that do not count, by why; what is waived is named as that."""
        groups: dict[str, list[str]] = {}
        for finding in self._report.findings:
            if finding.waived or finding.baselined:
                key = "flag.waived" if finding.waived else "flag.baselined"
                groups.setdefault(self._word(key), []).append(finding.requirement.code)
        return groups


def _codes_by_verdict(findings: Iterable[Finding]) -> dict[Verdict, list[str]]:
    """Codes of the findings that count, by verdict, the worst verdict first."""
    order = (
        Verdict.MISSING,
        Verdict.UNVERIFIABLE,
        Verdict.AMBIGUOUS,
        Verdict.PRESENT,
        Verdict.NOT_APPLICABLE,
    )
    counted = [f for f in findings if not (f.waived or f.baselined)]
    groups = {v: [f.requirement.code for f in counted if f.verdict is v] for v in order}
    return {verdict: codes for verdict, codes in groups.items() if codes}


def _counts(pairs: Iterable[tuple[str, int]], lang: str) -> str:
    shown = [
        phrase("line.count", {"count": count, "verdict": word}, lang)
        for word, count in pairs
        if count
    ]
    return phrase("line.separator", {}, lang).join(shown)


def _unique(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))


def _clip_left(text: str, width: int, ellipsis: str) -> str:
    """Text cut at its beginning: of a heading path, the innermost matters most."""
    if columns(text) <= width:
        return text
    return ellipsis + clip(text[::-1], width - columns(ellipsis), "")[::-1].lstrip()
