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
# Places where plain text breaks into lines or cells, empty ones included.
_BREAKS = 400_000
_BREAK = re.compile(r"[\n\r\t\f\v]")


def bounded(text: str, media_type: str) -> str:
    """The source up to where a reader of its kind would have too much work."""
    if media_type == "text/html":
        return _until(text, _TAG, _TAGS)
    if media_type == "text/markdown":
        return _until(text[:_MARKDOWN], _MARK, _MARKS)
    return _until(text, _BREAK, _BREAKS)


def _until(text: str, pattern: re.Pattern[str], count: int) -> str:
    """The text before the match after the first ``count``; all of it if there are no more."""
    beyond = next(islice(pattern.finditer(text), count, None), None)
    return text if beyond is None else text[: beyond.start()]
