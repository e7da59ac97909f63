"""Lines that act as headings: their numbering gives the level, their shape the right to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NUM = "一二三四五六七八九十百零〇"
# Outer styles first: a document nests them in this order whichever of them it uses.
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (7, re.compile(rf"第[{_NUM}\d]{{1,4}}[章部编篇]|(?:Part|Chapter)\s+[\dIVX]+\b", re.I)),
    (8, re.compile(rf"第[{_NUM}\d]{{1,4}}[条節节]|(?:Article|Section)\s+[\dIVX]+\b", re.I)),
    (9, re.compile(rf"[{_NUM}]{{1,3}}\s*[、.．:：]|[IVX]{{1,4}}\.\s")),
    (10, re.compile(rf"[（(]\s*[{_NUM}]{{1,3}}\s*[）)]")),
    (
        12,
        re.compile(
            r"\d{1,2}\s*[.．]\s*\d{1,2}\s*[.．]\s*\d{1,2}(?:[.．]\d{1,2})?[.．、]?(?=[^\d.])"
        ),
    ),
    (11, re.compile(r"\d{1,2}\s*[.．]\s*\d{1,2}[.．、]?(?=[^\d.])")),
    (10, re.compile(r"\d{1,3}\s*(?:[、．]|\.(?!\d))")),
    (13, re.compile(r"[（(]\s*\d{1,3}\s*[）)]")),
    (14, re.compile(r"\d{1,3}\s*[）)]")),
    (15, re.compile(r"[①-⑳]")),
    (16, re.compile(r"[（(]?[a-zA-Z]\s*[）).、．](?=\s*\S)")),
    (16, re.compile(r"[（(][ivx]{1,4}[）)]")),
)
# What every one of them begins with; most lines don't, which one look tells.
_BEGINS = re.compile(
    rf"[第\d（(①-⑳{_NUM}]|[a-z]\s*[）).、．]|[ivx]{{1,4}}\.|(?:part|chapter|article|section)\s",
    re.I,
)
# Characters in which a number ends.
_LONGEST = 64
BOLD_LEVEL = 17
_SECTION = 12
_END = re.compile(r"[。；;，,、：:！？!?]\s*$|\.\s*$")
_MIDDLE = re.compile(r"[。；;！？!?]|[.]\s+[A-Z]|https?:|：.|:\s")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A line's leading number: the level its style implies and where the text after it starts."""

    level: int
    end: int


def numbering(text: str) -> Numbering | None:
    """The numbering at the start of a line, or None."""
    return _numbering(text[:_LONGEST]) if _BEGINS.match(text) else None


# The same line is asked for its number several times.
@lru_cache(maxsize=1024)
def _numbering(text: str) -> Numbering | None:
    for level, pattern in _STYLES:
        if match := pattern.match(text):
            return Numbering(level, match.end())
    return None


def numbered_heading(text: str) -> bool:
    """Whether a line is numbered as a chapter or section is: "四、", "4. ", "第三条"."""
    number = numbering(text)
    return number is not None and number.level <= _SECTION and bool(heading_level(text, bold=False))


def heading_level(text: str, *, bold: bool) -> int:
    """The level (7 and deeper) of a line that acts as a heading, or 0 for one that doesn't.

    A numbered line is a heading if it is short and no sentence; an unnumbered one must be bold.
    """
    cjk = bool(_CJK.search(text))
    if len(text) > (40 if cjk else 90) or _END.search(text):
        return 0
    number = numbering(text)
    rest = text[number.end :].strip() if number else text
    if len(rest) < 2 or _MIDDLE.search(rest):
        return 0
    if number:
        return number.level
    return BOLD_LEVEL if bold else 0
