"""Markdown (GitHub's) for a pull-request comment or a step summary, in the reader's language.

A heading per source, an item per requirement, the words to add in a block to copy. Nothing of it
is HTML, and no word of a policy can become any, nor a link, a picture, a mention or a reference to
an issue: quotes and addresses stand in code, sentences are escaped, and a zero-width space parts
what hosts would turn into a link after Markdown was read (@name, #1, ://, www.).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from linter.report.levels import level
from linter.report.messages import error_words, phrase, say
from linter.report.terminal import clean, clip
from linter.report.text import UNICODE
from linter.report.view import View
from linter.verdict import ErrorRecord, Evidence, Finding, Report, Status, Verdict

# A number or a sign begins a list or a heading only where it begins a line.
_MARKUP = re.compile(r"[\\`*_{}\[\]()#!|<>&~$]|^[-+=]|(?<=\d)\.")
_LINKING = re.compile(r"(?<=[@#])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH)(?=-)", re.IGNORECASE)
_BACKTICKS = re.compile("`+")
# In terminal columns: comments have a limit, and evidence is short.
_QUOTE_WIDTH = 300
_QUOTES = 2


class MarkdownWriter:
    """Writes each report as it comes, and a line on all of them after several."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._lang = view.lang
        self._statuses: Counter[Status] = Counter()

    def add(self, report: Report) -> None:
        """Write one report."""
        first = not self._statuses
        self._statuses[report.status] += 1
        self._sink(("" if first else "\n") + "\n".join(self._lines(report)) + "\n")

    def close(self) -> None:
        """Write how many sources came out how, if there was more than one."""
        if (total := self._statuses.total()) < 2:
            return
        counts = self._word("line.separator").join(
            self._word("line.source-count", status=self._word(f"status.{s}"), count=n)
            for s in reversed(Status)
            if (n := self._statuses[s])
        )
        self._sink(f"\n{prose(self._word('line.summary', count=total, counts=counts))}\n")

    def _lines(self, report: Report) -> Iterator[str]:
        icon = UNICODE.statuses[report.status]
        status = self._word(f"status.{report.status}")
        yield f"### {icon} {self._word('line.codes', verdict=status, codes=code(report.source))}"
        yield ""
        if report.url and report.url != report.source:
            yield prose(self._word("line.url", url="")).strip() + f" {code(report.url)}"
            yield ""
        for error in report.errors:
            yield self._error(error)
        for finding in report.findings:
            yield from self._finding(finding)

    def _error(self, error: ErrorRecord) -> str:
        what, hint = error_words(error.code, dict(error.params), self._lang)
        name = f"{error.rule} {error.code}" if error.rule else error.code
        return f"- **{prose(name)}** {prose(f'{what} {hint}')}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        icon = UNICODE.verdicts[finding.verdict]
        name = f"{finding.requirement.code} {finding.requirement.id}"
        head = self._word(f"verdict.{finding.verdict}") + self._flags(finding)
        is_open = level(finding) is not None
        if is_open:
            said = say(finding.message, self._lang)
            head = self._word("line.codes", verdict=head, codes=said)
        quotes = " ".join(_quoted(e) for e in finding.evidence[:_QUOTES])
        yield f"- {icon} **{prose(name)}** {prose(head)} {quotes}".rstrip()
        if is_open and finding.suggestion and finding.verdict is not Verdict.PRESENT:
            yield ""
            yield f"  {prose(self._word('label.write'))}"
            yield ""
            yield from _block(finding.suggestion)

    def _flags(self, finding: Finding) -> str:
        flags = []
        if finding.needs_review:
            flags.append(self._word("flag.review", confidence=f"{finding.confidence:.2f}"))
        lacks = finding.verdict is not Verdict.PRESENT
        if lacks and level(finding) in ("warning", "note"):
            flags.append(self._word(f"flag.{finding.requirement.severity}"))
        if finding.waived:
            flags.append(self._word("flag.waived"))
        if finding.baselined:
            flags.append(self._word("flag.baselined"))
        return "".join(f" ({flag})" for flag in flags)

    def _word(self, key: str, **params: object) -> str:
        return phrase(key, params, self._lang)


def prose(text: str) -> str:
    """Words as a sentence that is nothing but its words, whatever they hold."""
    parted = _LINKING.sub("\u200b", clean(text))
    return _MARKUP.sub(r"\\\g<0>", parted)


def code(text: str) -> str:
    """Words as a code span of one line, clipped."""
    words = clip(clean(text).strip(), _QUOTE_WIDTH) or "-"
    ticks = _fence(words, 1)
    gap = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{gap}{words}{gap}{ticks}"


def _quoted(evidence: Evidence) -> str:
    """The words of evidence, and where they lead if they are a link."""
    leads = evidence.href is not None and evidence.href != evidence.quote
    return code(evidence.quote) + (f" ({code(evidence.href or '')})" if leads else "")


def _block(text: str) -> Iterator[str]:
    """Words as a code block within a list item."""
    lines = [clean(line) for line in text.splitlines()]
    fence = _fence("\n".join(lines), 3)
    yield f"  {fence}text"
    yield from (f"  {line}" for line in lines)
    yield f"  {fence}"


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    return "`" * max(least, longest + 1)
