"""One report as HTML: what was found, why, where it was searched, what to write, and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from linter.report.marked_text import Mark, marked, windows
from linter.report.markup import Markup, address, bounded, element, joined
from linter.report.messages import error_words, phrase, say
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
)

# Of a text longer than this only what was found and its surroundings are shown.
_WHOLE_TEXT = 300_000
_MOST_EVIDENCE = 20
_MOST_MENTIONS = 2000
_MOST_NOTES = 30
_LONGEST_WORDS = 1200
_LONGEST_NAME = 200
_LONGEST_TITLE = 60
_ICONS = {
    Verdict.PRESENT: "✓",
    Verdict.AMBIGUOUS: "?",
    Verdict.MISSING: "✗",
    Verdict.UNVERIFIABLE: "!",
    Verdict.NOT_APPLICABLE: "–",
    Status.PASS: "✓",
    Status.REVIEW: "?",
    Status.FAIL: "✗",
    Status.UNREADABLE: "!",
}
_SETTLED = (Verdict.PRESENT, Verdict.NOT_APPLICABLE)
_BLANK = re.compile("(⟦[^⟧]{0,500}⟧)")


class Sheet:
    """One report; all its anchors begin with ``name``.

    ``characters`` tells how much of the texts' room of the file it took.
    """

    def __init__(self, report: Report, lang: str, name: str, room: int) -> None:
        self._report = report
        self._lang = lang
        self._name = name
        self._room = room
        self._searched_for: dict[tuple[Note, ...], Finding] = {}
        self.characters = 0

    def title(self) -> str:
        """The status and the source, for the window's title."""
        status = self._word(f"status.{self._report.status}")
        return f"{status}: {bounded(self._report.source, _LONGEST_NAME)}"

    def entry(self) -> Markup:
        """The line among the sources: the status, and what is not there or not sure."""
        words = bounded(self._report.source, _LONGEST_NAME)
        source = element("a", words, href=f"#{self._name}", class_="source")
        chips = element("span", *self._open_findings(), class_="chips")
        return element("li", self._status(), " ", source, " ", chips)

    def section(self) -> Markup:
        """The whole sheet; of what was not read there is only why not."""
        parts = [self._head()]
        if self._report.status is not Status.UNREADABLE:
            parts.append(self._panes())
        parts.append(element("footer", self._versions(), class_="place"))
        return element(
            "article",
            joined(*parts, by="\n"),
            id=self._name,
            class_="report",
            aria_labelledby=f"{self._name}-title",
        )

    def _panes(self) -> Markup:
        checklist = element(
            "section",
            element("h3", self._word("html.checklist"), id=f"{self._name}-list"),
            *self._checklist(),
            class_="checklist",
            aria_labelledby=f"{self._name}-list {self._name}-title",
        )
        texts = element("div", *self._texts(), class_="texts")
        return element("div", checklist, "\n", texts, class_="panes")

    def _versions(self) -> str:
        versions = self._report.versions
        return self._word(
            "line.versions",
            linter=versions.linter,
            model=versions.model,
            vendor=versions.vendor,
        )

    # -- the head ---------------------------------------------------------------------------

    def _head(self) -> Markup:
        report = self._report
        lines = [self._status(), element("h2", address(report.source), id=f"{self._name}-title")]
        lines += [element("p", line) for line in self._about()]
        lines += [self._error(error) for error in report.errors]
        if report.status is Status.UNREADABLE:
            codes = " ".join(f.requirement.code for f in report.findings)
            lines.append(element("p", self._word("line.not-judged", codes=codes)))
        lines.append(element("p", *self._ways(), class_="ways"))
        return element("header", *lines, class_=f"head {report.status}")

    def _about(self) -> Iterator[Markup]:
        report = self._report
        if report.found_from:
            found = report.url or (report.documents[0].url if report.documents else None) or ""
            yield self._with_address("line.found", found)
        elif report.url and report.url != report.source:
            yield self._with_address("line.url", report.url)
        if report.status is not Status.UNREADABLE:
            role = self._word(f"role.{report.role}")
            language = self._known(f"language.{report.language or 'unread'}", report.language)
            params = {"language": language, "vendor": self._vendor(), "role": role}
            yield joined(self._word("line.about", **params))
            yield joined(self._word("line.counts", counts=self._counts()))
        for note in report.role_why:
            yield joined(self._say(note))

    def _with_address(self, key: str, url: str) -> Markup:
        before, _, after = self._word(key, url="\0").partition("\0")
        return joined(before, address(url), after)

    def _counts(self) -> str:
        worst_first = (
            Verdict.MISSING,
            Verdict.UNVERIFIABLE,
            Verdict.AMBIGUOUS,
            Verdict.PRESENT,
            Verdict.NOT_APPLICABLE,
        )
        counted = [f.verdict for f in self._report.findings if not (f.waived or f.baselined)]
        return self._word("line.separator").join(
            self._word("line.count", count=counted.count(v), verdict=self._word(f"verdict.{v}"))
            for v in worst_first
            if v in counted
        )

    def _error(self, error: ErrorRecord) -> Markup:
        what, hint = error_words(error.code, dict(error.params), self._lang)
        phase = self._known(f"phase.{error.phase}", error.phase)
        key = "line.error" if error.rule is None else "line.error-rule"
        message = self._word(key, phase=phase, code=error.code, message=what, rule=error.rule)
        lines = [element("p", bounded(message, _LONGEST_WORDS))]
        if hint:
            hint = bounded(hint, _LONGEST_WORDS)
            lines.append(element("p", element("b", self._word("label.hint")), " ", hint))
        return element("div", *lines, class_="error")

    def _ways(self) -> Iterator[Markup]:
        yield element("a", self._word("html.all-sources"), href="#sources", class_="all")
        if self._report.status is not Status.UNREADABLE:
            yield element("a", self._word("html.to-text"), href=f"#{self._name}-d0")
            yield element("span", *self._open_findings(), class_="chips")

    def _open_findings(self) -> Iterator[Markup]:
        """Links to what is to be done, none if nothing was judged."""
        judged = self._report.status is not Status.UNREADABLE
        for finding in self._report.findings if judged else ():
            if finding.waived or finding.baselined or _is_settled(finding):
                continue
            sure = _ICONS[finding.verdict] + ("?" if finding.verdict in _SETTLED else "")
            yield element(
                "a",
                element("span", sure, aria_hidden="true"),
                f" {finding.requirement.code}",
                href=f"#{self._anchor(finding)}",
                class_=f"chip {finding.verdict}",
            )

    # -- the checklist ----------------------------------------------------------------------

    def _checklist(self) -> Iterator[Markup]:
        report = self._report
        if self._unnamed():
            whole = all(f.verdict is not Verdict.UNVERIFIABLE for f in report.findings)
            key = "no-mention.headline" if whole else "no-mention.partly"
            yield element("p", self._word(key, vendor=self._vendor()), class_="headline")
        yield element("ol", *(self._finding(f) for f in report.findings))

    def _unnamed(self) -> bool:
        report = self._report
        judged = {f.verdict for f in report.findings}
        none = {Verdict.MISSING, Verdict.UNVERIFIABLE, Verdict.NOT_APPLICABLE}
        read = report.status is not Status.UNREADABLE
        return read and not report.mentions and bool(judged) and judged <= none

    def _finding(self, finding: Finding) -> Markup:
        requirement = finding.requirement
        title = self._known(f"title.{requirement.id}", requirement.id)
        heading = element(
            "h4",
            element("span", _ICONS[finding.verdict], class_="icon", aria_hidden="true"),
            element("span", title, class_="title"),
            " ",
            element("span", self._word(f"verdict.{finding.verdict}"), class_="verdict"),
        )
        names = element(
            "p",
            joined(requirement.code, requirement.id, *self._flags(finding), by=" · "),
            class_="names",
        )
        silent = finding.waived or finding.baselined
        classes = f"finding {finding.verdict}" + (" silent" if silent else "")
        parts = (heading, names, *self._details(finding))
        return element("li", *parts, id=self._anchor(finding), class_=classes)

    def _flags(self, finding: Finding) -> Iterator[Markup]:
        if finding.verdict not in _SETTLED and finding.requirement.severity is not Severity.ERROR:
            yield joined(self._word(f"flag.{finding.requirement.severity}"))
        key = "flag.review" if finding.needs_review else "flag.confidence"
        words = self._word(key, confidence=f"{finding.confidence:.2f}")
        yield element("b", words) if finding.needs_review else joined(words)
        if finding.waived:
            yield element("b", self._word("flag.waived"))
        if finding.baselined:
            yield element("b", self._word("flag.baselined"))

    def _details(self, finding: Finding) -> Iterator[Markup]:
        """What is to be done is open to the eye; the grounds of what is settled are folded."""
        settled = _is_settled(finding)
        message = element("p", self._say(finding.message), class_="message")
        found = [self._quote(finding, n) for n in range(len(finding.evidence))]
        grounds = element("dl", *self._grounds(finding))
        if not settled:
            yield message
        yield joined(*found[:_MOST_EVIDENCE])
        if len(found) > _MOST_EVIDENCE:
            yield element("p", self._word("html.more", count=len(found) - _MOST_EVIDENCE))
        if finding.suggestion:
            yield self._suggestion(finding.suggestion)
        summary = element("summary", self._word("html.details"))
        yield element(
            "details", summary, *([message] if settled else []), grounds, open=not settled
        )

    def _suggestion(self, words: str) -> Markup:
        pieces = [
            element("b", piece, class_="blank") if _BLANK.fullmatch(piece) else joined(piece)
            for piece in _BLANK.split(bounded(words, 20_000))
        ]
        return element(
            "div",
            element("p", self._word("label.write"), class_="label"),
            element("p", *pieces, class_="words", lang=self._report.language),
            class_="write",
        )

    def _grounds(self, finding: Finding) -> Iterator[Markup]:
        yield from self._notes("why", finding.why)
        if finding.searched:
            yield element("dt", self._word("label.searched"))
            yield element("dd", *self._searched(finding))
        if finding.nearest is not None and finding.nearest not in finding.evidence:
            yield element("dt", self._word("label.nearest"))
            yield element("dd", self._linked(finding.nearest, f"{self._anchor(finding)}-near"))
        if finding.nearest_why is not None and finding.nearest_why not in finding.why:
            yield from self._notes("because", (finding.nearest_why,))

    def _searched(self, finding: Finding) -> Iterator[Markup]:
        """Where it was looked for; what was said of an earlier finding is only referred to."""
        first = self._searched_for.get(finding.searched, finding)
        if not _is_settled(finding):
            # What is folded away is not referred to.
            self._searched_for[finding.searched] = first
        if first is finding:
            notes = (self._say(note) for note in finding.searched[:_MOST_NOTES])
            yield joined(bounded(self._word("line.space").join(notes), _LONGEST_WORDS))
        else:
            words = self._word("line.searched-same", code=first.requirement.code)
            yield element("a", words, href=f"#{self._anchor(first)}")

    def _notes(self, label: str, notes: tuple[Note, ...]) -> Iterator[Markup]:
        if notes:
            yield element("dt", self._word(f"label.{label}"))
        for note in notes[:_MOST_NOTES]:
            yield element("dd", bounded(self._say(note), _LONGEST_WORDS))

    # -- evidence ---------------------------------------------------------------------------

    def _quote(self, finding: Finding, number: int) -> Markup:
        evidence = finding.evidence[number]
        return self._linked(evidence, f"{self._anchor(finding)}-{number + 1}")

    def _linked(self, evidence: Evidence, anchor: str) -> Markup:
        """Words found, a link to where they stand in the text if that is on the page."""
        quote: Markup = element(
            "q", bounded(evidence.quote, _LONGEST_WORDS), lang=self._report.language
        )
        if self._text(evidence.document) is not None:
            quote = element("a", quote, href=f"#{anchor}")
        lines = [quote, element("span", self._place(evidence), class_="place")]
        if evidence.href:
            lines.append(element("span", "→ ", address(evidence.href), class_="place"))
        return element("div", *lines, class_="quote")

    def _place(self, evidence: Evidence) -> str:
        headings = [bounded(h.strip(), _LONGEST_NAME) for h in evidence.headings[-6:] if h.strip()]
        place = " › ".join(headings) or self._word("line.no-heading")
        if evidence.column:
            column = self._word("line.column", column=bounded(evidence.column, _LONGEST_NAME))
            place += self._word("line.separator") + column
        if evidence.document:
            document = self._report.documents[evidence.document]
            place = f"{self._word(f'document.{document.role}')} › {place}"
        return place

    def _text(self, document: int) -> str | None:
        records = self._report.documents
        return records[document].text if document < len(records) else None

    # -- the texts --------------------------------------------------------------------------

    def _texts(self) -> Iterator[Markup]:
        for number, document in enumerate(self._report.documents):
            name = f"{self._name}-d{number}"
            role = self._word(f"document.{document.role}")
            heading = element("h3", self._word("html.document", role=role), id=f"{name}-title")
            body = self._body(number, document)
            yield element(
                "section",
                heading,
                *body,
                id=name,
                class_="document",
                aria_labelledby=f"{name}-title {self._name}-title",
            )

    def _body(self, number: int, document: DocumentRecord) -> Iterator[Markup]:
        yield element("p", *self._read(document), class_="place")
        if document.text is None:
            yield element("p", self._word("html.no-text"))
            return
        marks = [m for m in self._marks(number) if m.end <= len(document.text)]
        if marks:
            yield self._legend(marks)
        parts = [(0, len(document.text))]
        if len(document.text) > min(_WHOLE_TEXT, self._room - self.characters):
            parts = windows(len(document.text), (m for m in marks if m.anchor))
            yield element("p", self._word("html.part"), class_="place")
        yield element(
            "div",
            *self._parts(document.text, marks, parts),
            class_="words",
            lang=self._report.language,
        )

    def _parts(
        self, text: str, marks: list[Mark], parts: list[tuple[int, int]]
    ) -> Iterator[Markup]:
        headings = {h.strip() for f in self._report.findings for e in _shown(f) for h in e.headings}
        title, _, _ = text.partition("\n")
        if len(title) <= _LONGEST_TITLE:
            headings.add(title.strip())
        at = 0
        for start, end in [*parts, (len(text), len(text))]:
            if start > at:
                cut = self._word("html.cut", count=start - at)
                yield element("p", cut, class_="cut", lang=self._lang)
            if end > start:
                yield marked(text, marks, (start, end), frozenset(headings))
                self.characters += end - start
            at = end

    def _read(self, document: DocumentRecord) -> Iterator[Markup]:
        words = [self._known(f"read.{document.read}", document.read)]
        words += [w for w in (document.reason, document.fetched_at) if w]
        yield address(document.url or self._report.source)
        yield joined(" (", ", ".join(words), ")")

    def _marks(self, document: int) -> Iterator[Mark]:
        for mention in self._report.mentions[:_MOST_MENTIONS]:
            if mention.document == document:
                yield Mark(mention.start, mention.end, "mention")
        for finding in self._report.findings:
            code, back = finding.requirement.code, self._anchor(finding)
            for number, evidence in enumerate(finding.evidence[:_MOST_EVIDENCE], 1):
                if evidence.document == document:
                    label = self._word("html.evidence", code=code)
                    anchor = f"{back}-{number}"
                    yield Mark(
                        evidence.start, evidence.end, finding.verdict, anchor, code, back, label
                    )
            near = finding.nearest
            if near and near.document == document and near not in finding.evidence:
                label = self._word("html.near", code=code)
                yield Mark(near.start, near.end, "nearest", f"{back}-near", code, back, label)

    def _legend(self, marks: list[Mark]) -> Markup:
        kinds = {m.kind for m in marks}
        samples = [
            element("mark", self._word(f"verdict.{v}"), class_=v.value)
            for v in Verdict
            if v in kinds
        ]
        if "nearest" in kinds:
            samples.append(element("mark", self._word("html.legend-near"), class_="nearest"))
        if "mention" in kinds:
            words = self._word("html.legend-mention", vendor=self._vendor())
            samples.append(element("span", words, class_="mention"))
        return element(
            "p", self._word("html.legend"), " ", joined(*samples, by=" "), class_="legend"
        )

    # -- words ------------------------------------------------------------------------------

    def _status(self) -> Markup:
        status = self._report.status
        icon = element("span", _ICONS[status], aria_hidden="true")
        return element("span", icon, " ", self._word(f"status.{status}"), class_=f"status {status}")

    def _anchor(self, finding: Finding) -> str:
        return f"{self._name}-{finding.requirement.code}"

    def _vendor(self) -> str:
        chinese = self._report.vendor_name_zh if self._lang == "zh" else None
        return chinese or self._report.vendor_name

    def _word(self, key: str, **params: object) -> str:
        return phrase(key, params, self._lang)

    def _known(self, key: str, otherwise: str | None) -> str:
        """The words of a key, or what it stands for where the catalogue has none."""
        words = self._word(key)
        return str(otherwise) if words == key else words

    def _say(self, note: Note) -> str:
        return say(note, self._lang)


def _is_settled(finding: Finding) -> bool:
    return finding.verdict in _SETTLED and not finding.needs_review


def _shown(finding: Finding) -> Iterable[Evidence]:
    return (*finding.evidence, *([finding.nearest] if finding.nearest else []))
