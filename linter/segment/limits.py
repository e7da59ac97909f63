"""How much of one document is read: what a hostile page may cost is decided by these numbers.

What is beyond a limit is cut off and the policy says so (``TOO_LARGE`` among its unread parts);
nothing is left out in silence. Real policies stay far below: the longest of some 200 that were
measured has 160,000 characters and 1,600 tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Piece = TypeVar("_Piece")

TOO_LARGE = "segment-too-large"
# Characters of canonical text and blocks of one document.
CHARACTERS = 1_250_000
BLOCKS = 72_000
# Tags of HTML source, opening and closing; a tree of them takes some hundred bytes each.
_TAGS = 285_000
_TAG = re.compile(r"<[a-zA-Z/!?]")
# What pages within the page (frames, texts in scripts and attributes) may hold together: tags,
# characters that are looked through, pieces of text found in them, characters of Markdown.
_INNER_TAGS = 100_000
_INNER_SOURCE = 4_000_000
_INNER_PIECES = 20_000
_INNER_MARKDOWN = 300_000
# Characters of Markdown that a piece of it costs however short it is.
_EACH = 30
# Characters of Markdown source, and of it what opens or closes something.
_MARKDOWN = 1_000_000
_MARKS = 60_000
_MARK = re.compile(r"[\[\]()<`*_|>!&\\]|^[ \t]*[-+\d]", re.MULTILINE)
# What stands before a line's text and may nest it in lists and quotes, each a level at most. The
# parser drops what is nested deeper than ``MARKDOWN_LEVELS`` and all that follows, without a word.
MARKDOWN_LEVELS = 100
_NESTS = r"[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])"
_INDENTED = re.compile(rf"^(?=(?:{_NESTS}){{20}})[ \t>]+", re.MULTILINE)
_NESTED = re.compile(rf"^((?:{_NESTS}){{80}})(?:{_NESTS})+", re.MULTILINE)
# Places where plain text breaks into lines or cells, empty ones included.
_BREAKS = 400_000
_BREAK = re.compile(r"[\n\r\t\f\v]")


def bounded(text: str, media_type: str) -> tuple[str, bool]:
    """The source up to where a reader of its kind would have too much work; whether more follows.

    Nesting of Markdown deeper than the parser follows is made flat; its words stay.
    """
    if media_type == "text/html":
        cut = _until(text, _TAG, _TAGS)
    elif media_type == "text/markdown":
        cut = _until(text[:_MARKDOWN], _MARK, _MARKS)
    else:
        cut = _until(text, _BREAK, _BREAKS)
    flat = _flat(cut) if media_type == "text/markdown" else cut
    return flat, len(cut) < len(text)


class Allowance:
    """What may still be read of pages within one page; ``cut`` tells that there was more."""

    def __init__(self) -> None:
        self.cut = False
        self._tags, self._source = _INNER_TAGS, _INNER_SOURCE
        self._pieces, self._markdown = _INNER_PIECES, _INNER_MARKDOWN

    def markup(self, source: str) -> str:
        """The HTML up to the tag that is one too many."""
        kept = _until(source, _TAG, self._tags)
        self._tags -= sum(1 for _ in _TAG.finditer(kept))
        self.cut = self.cut or len(kept) < len(source)
        return kept

    def looks_through(self, characters: int) -> bool:
        """Whether so many characters of a script or of attributes may be searched for text."""
        self._source -= characters
        self.cut = self.cut or self._source < 0
        return self._source >= 0

    def pieces(self, found: Iterable[_Piece]) -> Iterator[_Piece]:
        """As many of the pieces as may be read."""
        for piece in found:
            if not self._pieces:
                self.cut = True
                return
            self._pieces -= 1
            yield piece

    def renders(self, markdown: str) -> bool:
        """Whether Markdown may be rendered; what may not can still be read as lines."""
        self._markdown -= len(markdown) + _EACH
        return self._markdown >= 0 and not bounded(markdown, "text/markdown")[1]


def _flat(markdown: str) -> str:
    """The same with tabs before a deep line as the spaces they stand for, and no line too deep."""
    spaced = _INDENTED.sub(lambda m: m.group().expandtabs(4), markdown)
    return _NESTED.sub(r"\1", spaced)


def _until(text: str, pattern: re.Pattern[str], count: int) -> str:
    """The text before the match after the first ``count``; all of it if there are no more."""
    beyond = next(islice(pattern.finditer(text), count, None), None)
    return text if beyond is None else text[: beyond.start()]
