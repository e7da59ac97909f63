"""Where evidence stands in the user's own file, as far as that can honestly be said.

Offsets index the canonical text of a document, which is not the text of its file: markup, entities
and line breaks are gone. So a line and column are given only where the quote stands in the file
word for word (white space apart) exactly once, or once with its neighbours around it; else the
file alone is named. A file that changed since it was read has no regions.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path, PurePath

from linter.verdict import Evidence, Report

# What is longer is named without a line.
_FILE_BYTES = 4 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns, both from 1; columns count code points, ``end_column`` is exclusive."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class Places:
    """The local files among a report's documents, read when first asked for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._texts: dict[int, _Text | None] = {}

    def name(self, document: int = 0) -> str:
        """What the document is called: the source as it was given, or an address or path."""
        documents = self._report.documents
        url = documents[document].url if document < len(documents) else None
        return url if document and url else self._report.source

    def inside(self, document: int = 0) -> PurePath | None:
        """The path of its file from the working directory; None if it is no file in there."""
        path = self._file(document)
        if path is None:
            return None
        try:
            return Path(os.path.realpath(path)).relative_to(os.path.realpath(os.curdir))
        except ValueError:
            return None

    def region(self, evidence: Evidence) -> Region | None:
        """Where the words of the evidence stand in its file; None if that cannot be said."""
        if evidence.document not in self._texts:
            self._texts[evidence.document] = self._text(evidence.document)
        text = self._texts[evidence.document]
        return None if text is None else text.find(evidence)

    def _file(self, document: int) -> str | None:
        documents = self._report.documents
        if document >= len(documents):
            return None
        path = documents[document].url or self._report.source
        try:
            return path if os.path.isfile(path) else None
        except ValueError:
            return None

    def _text(self, document: int) -> _Text | None:
        path = self._file(document)
        if path is None:
            return None
        try:
            with open(path, "rb") as file:
                content = file.read(_FILE_BYTES + 1)
        except OSError:
            return None
        known = self._report.documents[document].sha256
        if len(content) > _FILE_BYTES or hashlib.sha256(content).hexdigest() != known:
            return None
        # A PDF or a DOCX has no lines.
        if content.startswith(b"%PDF") or b"\0" in content:
            return None
        for encoding in _ENCODINGS:
            try:
                return _Text(content.decode(encoding))
            except UnicodeDecodeError:
                continue
        return None


class _Text:
    """A file's text with its white space squeezed, and the way back to lines and columns."""

    def __init__(self, text: str) -> None:
        self._text = text
        words = list(_WORD.finditer(text))
        self._squeezed = " ".join(word.group() for word in words)
        self._words = [word.start() for word in words]
        self._starts: list[int] = []
        start = 0
        for word in words:
            self._starts.append(start)
            start += len(word.group()) + 1

    def find(self, evidence: Evidence) -> Region | None:
        quote = evidence.quote.strip()
        wanted = _squeeze(quote)
        if not wanted:
            return None
        start = self._once(wanted)
        if start is None:
            before = evidence.prefix + quote[0]
            around = self._once(_squeeze(evidence.prefix + quote + evidence.suffix))
            start = None if around is None else around + len(_squeeze(before)) - 1
        if start is None:
            return None
        return self._region(self._origin(start), self._origin(start + len(wanted) - 1) + 1)

    def _once(self, wanted: str) -> int | None:
        start = self._squeezed.find(wanted)
        again = self._squeezed.find(wanted, start + 1) if start >= 0 else -1
        return start if start >= 0 and again < 0 else None

    def _origin(self, squeezed: int) -> int:
        word = bisect_right(self._starts, squeezed) - 1
        return self._words[word] + squeezed - self._starts[word]

    def _region(self, start: int, end: int) -> Region:
        return Region(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line_start = self._text.rfind("\n", 0, offset) + 1
        return self._text.count("\n", 0, offset) + 1, offset - line_start + 1


def _squeeze(text: str) -> str:
    return " ".join(_WORD.findall(text))
