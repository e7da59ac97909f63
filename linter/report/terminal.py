"""Untrusted words on a terminal: made harmless, measured in columns, wrapped and coloured.

Widths follow Unicode's East Asian Width (UAX #11): wide and full-width characters take two
columns, combining ones none, all others one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Piece = tuple[str, str]
"""Text and the name of its style, "" for none."""

_MAX_CHARACTERS = 20_000
_MAX_COMBINING = 4
# ECMA-48 sequences: CSI, then the string commands (OSC, DCS, PM, APC, SOS), then short escapes.
# Lengths are bounded so that a text full of unfinished sequences costs no quadratic time.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]{0,256}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,4}[0-~]"
)
_SPACES = re.compile(r"\s+")
# Letters and signs of Chinese and English, none of which is dropped: most texts are no more.
_PLAIN = re.compile(
    r"[\n\t -~\xa1-\xac\xae-\u02af\u2010-\u2027\u2030-\u205e\u2190-\u27ff"
    r"\u3001-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uffee]*"
)
# The marks around found words are » before and « after them.
_NO_START = frozenset("，。、；：！？）》」』】⟧”’％…·,.;:!?)]}%«")
_NO_END = frozenset("（《「『【⟦“‘([{»")
_SGR = {
    "bold": "1",
    "dim": "2",
    "mark": "1;4",
    "pass": "32",
    "fail": "31",
    "review": "33",
    "unreadable": "35",
}


def clean(text: str) -> str:
    """Text as one line that cannot steer a terminal or turn its direction round.

    Escape sequences, control and format characters (bidi overrides, zero-width characters) are
    dropped, white space becomes single spaces, lone surrogates U+FFFD, and a character carries
    at most four combining marks. What is longer than 20,000 characters is cut.
    """
    text = _SPACES.sub(" ", _ESCAPES.sub("", text[:_MAX_CHARACTERS]))
    # Dropped characters may have stood between spaces.
    return _SPACES.sub(" ", visible(text))


def visible(text: str) -> str:
    """Text without what is not seen as itself, its line breaks and tabs kept.

    Control and format characters (bidi overrides, zero-width characters) are dropped, lone
    surrogates become U+FFFD, and a character carries at most four combining marks.
    """
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    combining = 0
    for character in text:
        category = unicodedata.category(character)
        combining = combining + 1 if category in ("Mn", "Me") else 0
        unseen = category in ("Cc", "Cf") and character not in "\n\t"
        if unseen or combining > _MAX_COMBINING:
            continue
        kept.append("\ufffd" if category == "Cs" else character)
    return "".join(kept)


def columns(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(_width(character) for character in text)


def clip(text: str, width: int, ellipsis: str = "…") -> str:
    """Text cut to ``width`` columns, ending in the ellipsis where it was cut."""
    if columns(text) <= width:
        return text
    room = width - columns(ellipsis)
    end = 0
    for character in text:
        room -= _width(character)
        if room < 0:
            break
        end += 1
    return text[:end].rstrip() + ellipsis


def pad(text: str, width: int) -> str:
    """Text with spaces after it, to ``width`` columns."""
    return text + " " * (width - columns(text))


@dataclass(frozen=True, slots=True)
class Paint:
    """Colour, or none at all."""

    color: bool

    def __call__(self, text: str, style: str) -> str:
        """Text in a style; the style is off again at its end."""
        if not (self.color and style and text):
            return text
        return f"\x1b[{_SGR[style]}m{text}\x1b[0m"

    def line(self, pieces: Sequence[Piece]) -> str:
        """Pieces of one line, each in its style."""
        return "".join(self(text, style) for text, style in pieces)


def wrap(
    pieces: Sequence[Piece], width: int, *, limit: int | None = None, ellipsis: str = "…"
) -> list[list[Piece]]:
    """Pieces in lines of at most ``width`` columns, styles kept, at most ``limit`` lines.

    A line breaks after a space or between wide characters, never before closing or after opening
    punctuation; a word longer than a line is cut. With a ``limit`` the last line ends in the
    ellipsis if words were left out.
    """
    cells = [(character, style) for text, style in pieces for character in clean(text)]
    lines: list[list[Piece]] = []
    start = 0
    while start < len(cells):
        if cells[start][0] == " " and lines:
            start += 1
            continue
        end = _line_end(cells, start, width)
        if limit is not None and len(lines) == limit - 1 and end < len(cells):
            lines.append(_clipped(cells[start:end], width, ellipsis))
            break
        lines.append(list(_grouped(cells[start:end])))
        start = end
    return lines


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _line_end(cells: Sequence[Piece], start: int, width: int) -> int:
    """The end of the line that starts at ``start``: always at least one character further."""
    used, last_break = 0, start
    for index in range(start, len(cells)):
        character = cells[index][0]
        if index > start and _may_break(cells[index - 1][0], character):
            last_break = index
        used += _width(character)
        if used > width and character != " ":
            hard = max(index, start + 1)
            return last_break if last_break > start else hard
    return len(cells)


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return True
    if after in _NO_START or before in _NO_END or after == " " or _width(after) == 0:
        return False
    return _width(before) == 2 or _width(after) == 2


def _clipped(cells: Sequence[Piece], width: int, ellipsis: str) -> list[Piece]:
    room = width - columns(ellipsis)
    kept = list(cells)
    while kept and sum(_width(character) for character, _ in kept) > room:
        kept.pop()
    return [*_grouped(kept), (ellipsis, "")]


def _grouped(cells: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbouring characters of one style as one piece, without spaces at the line's end."""
    end = len(cells)
    while end and cells[end - 1][0] == " ":
        end -= 1
    text, style = "", ""
    for character, own in cells[:end]:
        if own != style and text:
            yield text, style
            text = ""
        text, style = text + character, own
    if text:
        yield text, style
