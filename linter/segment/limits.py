"""How much of one document is read: what a hostile page may cost is decided by these numbers.

What is beyond a limit is cut off and the policy says so (``TOO_LARGE`` among its unread parts);
nothing is left out in silence. Real policies stay far below: the longest of some 200 that were
measured has 160,000 characters and 1,600 tags.
"""

from __future__ import annotations

import re
from itertools import islice

TOO_LARGE = "segment-too-large"
# Characters of canonical text and blocks of one document.
CHARACTERS = 1_500_000
BLOCKS = 80_000
# Tags of HTML source, opening and closing; a tree of them takes some hundred bytes each.
_TAGS = 300_000
_TAG = re.compile(r"<[a-zA-Z/!?]")
# Characters of Markdown source, and of it what opens or closes something.
_MARKDOWN = 1_000_000
_MARKS = 60_000
_MARK = re.compile(r"[\[\]()<`*_|>!&\\]|^\s*[-+\d]", re.MULTILINE)
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


def _flat(markdown: str) -> str:
    """The same with tabs before a deep line as the spaces they stand for, and no line too deep."""
    spaced = _INDENTED.sub(lambda m: m.group().expandtabs(4), markdown)
    return _NESTED.sub(r"\1", spaced)


def _until(text: str, pattern: re.Pattern[str], count: int) -> str:
    """The text before the match after the first ``count``; all of it if there are no more."""
    beyond = next(islice(pattern.finditer(text), count, None), None)
    return text if beyond is None else text[: beyond.start()]
