"""Characters to lines and lines to paragraphs, as a reader would join them.

Distances are judged against the size of the type (em), never in points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from linter.segment.headings import numbering
from linter.segment.keyvalue import pairs
from linter.segment.labels import looks_like_label
from linter.segment.pdf_pages import Box, Char

# A gap that no word space fills: the next column begins (em).
COLUMN_GAP = 0.8
_SPACE_LATIN, _SPACE_MIXED, _SPACE_HAN = 0.17, 0.22, 0.17
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
_CLOSING = "、。，；：！？）】》」』”’％,.;:!?)]%"
_TERMINAL = re.compile(r"[。；！？!?：:]\s*$|[^\d]\.\s*$")
_BULLET = re.compile(r"[•·●○◆■□▪➢✓√\-–—*]\s*\S")
_PRIVATE = re.compile(r"^\s*[\ue000-\uf8ff]")
# What may be the beginning of a label: ideographs since the last mark.
_TAIL = re.compile(r"(?<=[，。；、;,\s])[\u3400-\u9fff]+$")
_LABEL_PART = 5
_ADDRESS = re.compile(r"(?:://|www\.|@)[^\s\u3000-\u9fff]*$", re.IGNORECASE)
_HYPHENS = "-\u2010\u00ad"
# What keeps its hyphen when a line breaks after it.
_PREFIXES = frozenset(
    "third first second non self opt sub in real de e re long short cross pre post co multi user "
    "end one two three full well high low on off up log sign check so single data privacy".split()
)


@dataclass(slots=True)
class Span:
    """A run of text with one link or none."""

    text: str
    href: str | None


@dataclass(slots=True)
class Line:
    """One line of text: where it stands and how it looks."""

    spans: list[Span]
    x0: float
    x1: float
    y: float
    size: float
    page: int
    bold: bool = False
    hidden: bool = False
    item: bool = False
    trail: bool = False
    pictured: bool = False
    first: float = 0.0
    faces: tuple[tuple[str, int], ...] = ()

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(s.text for s in self.spans)


@dataclass(slots=True)
class Paragraph:
    """Lines that were joined."""

    lines: list[Line]
    spans: list[Span] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return "".join(s.text for s in self.spans)


def wide(char: str) -> bool:
    """Whether a character is as wide as it is high, and takes no space beside it."""
    return bool(_WIDE.match(char))


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters grouped by line, lines from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    tops: list[tuple[float, float]] = []
    for char in sorted(chars, key=lambda c: c.y - c.size * 0.35):
        top, bottom = char.y - 0.8 * char.size, char.y + 0.1 * char.size
        for n in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            shared = min(bottom, tops[n][1]) - max(top, tops[n][0])
            if shared >= 0.55 * min(bottom - top, tops[n][1] - tops[n][0]):
                rows[n].append(char)
                break
        else:
            rows.append([char])
            tops.append((top, bottom))
    return [sorted(r, key=lambda c: c.x0) for r in rows]


def split(row: list[Char]) -> list[list[Char]]:
    """A row's pieces, cut where a gap is too wide for a space."""
    out: list[list[Char]] = []
    for char in row:
        if not char.text.strip():
            if out:
                out[-1].append(char)
            continue
        if out and char.x0 - _ink_end(out[-1]) <= COLUMN_GAP * char.size:
            out[-1].append(char)
        else:
            out.append([char])
    return out


def _ink_end(piece: Sequence[Char]) -> float:
    return next((c.x1 for c in reversed(piece) if c.text.strip()), piece[-1].x1)


def line_of(row: Sequence[Char], page: int) -> Line | None:
    """A line from the characters of a row; None if it has no ink."""
    ink = [c for c in row if c.text.strip()]
    if not ink:
        return None
    spans: list[Span] = []
    doubled = 0
    before: Char | None = None
    spaced = False
    usual = _usual_gap(ink)
    for char in row:
        if not char.text.strip():
            spaced = True
            continue
        if before is not None:
            if char.text == before.text and char.x0 - before.x0 < 0.25 * max(1.0, _width(before)):
                doubled += 1
                continue
            if _spaced(before, char, usual, said=spaced):
                _add(spans, " ", char.href if char.href == before.href else None)
        _add(spans, char.text, char.href)
        before, spaced = char, False
    size = Counter(round(c.size * 2) / 2 for c in ink).most_common(1)[0][0]
    line = Line(spans, ink[0].x0, max(c.x1 for c in ink), ink[0].y, size, page)
    line.bold = doubled * 2 > len(ink) / 2 or all(c.face.bold for c in ink if c.text.isalnum())
    line.bold = line.bold and any(c.text.isalnum() for c in ink)
    line.trail = spaced
    line.first = _first_width(ink)
    line.faces = tuple((c.text, c.face.font) for c in ink if not c.face.name)
    _mend(line)
    return line


def _width(char: Char) -> float:
    return char.x1 - char.x0


def _add(spans: list[Span], text: str, href: str | None) -> None:
    if spans and spans[-1].href == href:
        spans[-1].text += text
    else:
        spans.append(Span(text, href))


def _usual_gap(ink: Sequence[Char]) -> float:
    """The usual gap between two ideographs of a line (em): justified text is spread."""
    gaps = [(b.x0 - a.x1) / b.size for a, b in pairwise(ink) if wide(a.text) and wide(b.text)]
    return sorted(gaps)[len(gaps) // 2] if gaps else 0.0


def _spaced(before: Char, char: Char, usual: float, *, said: bool) -> bool:
    """Whether a space stands between two characters; it may be drawn or only left free."""
    gap = (char.x0 - before.x1) / char.size
    wides = wide(before.text) + wide(char.text)
    if wides == 2:
        # Justified text has drawn spaces of no width between ideographs.
        return gap > max(usual, 0.0) + _SPACE_HAN
    return said or gap > (_SPACE_MIXED if wides else _SPACE_LATIN)


def _first_width(ink: Sequence[Char]) -> float:
    """How much room the first unbreakable word takes."""
    end = 1
    if wide(ink[0].text):
        while end < len(ink) and ink[end].text in _CLOSING:
            end += 1
    else:
        while (
            end < len(ink)
            and not wide(ink[end].text)
            and ink[end].x0 - ink[end - 1].x1 < _SPACE_LATIN * ink[end].size
        ):
            end += 1
    return ink[end - 1].x1 - ink[0].x0


def _mend(line: Line) -> None:
    """Surrogate halves joined, private symbols at the beginning read as bullets."""
    for span in line.spans:
        span.text = span.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if _PRIVATE.match(line.spans[0].text):
        line.spans[0].text = "• " + line.spans[0].text.strip()[1:].lstrip()


def mark_emphasis(lines: Sequence[Line]) -> None:
    """Marks lines in another typeface than the page's running text as bold, if fonts are nameless.

    Browsers embed fonts as drawings without a name, a few characters in each. A character that
    comes in two of them is set in two typefaces, and the rarer is the one that stands out.
    """
    uses: dict[str, Counter[int]] = {}
    for line in lines:
        for char, font in line.faces:
            uses.setdefault(char, Counter())[font] += 1
    scores: Counter[int] = Counter()
    for fonts in uses.values():
        (usual, most), *others = fonts.most_common()
        for font, count in others:
            if count < most:
                scores[usual] += most
                scores[font] -= most - count
    for line in lines:
        found = {scores[font] for _, font in line.faces}
        if found and min(found) < 0 and max(found) <= 0:
            line.bold = True


def paragraphs(
    lines: Sequence[Line],
    *,
    left: float,
    right: float,
    pitch: float,
    words: frozenset[str],
    faces: bool = True,
) -> list[Paragraph]:
    """Lines in reading order joined to paragraphs.

    Parameters
    ----------
    lines : of one column or cell, also over pages.
    left, right : where the column's text begins and ends (points).
    pitch : the usual distance of two baselines, 0 if unknown.
    words : the document's words in lower case, to decide on hyphens.
    faces : whether a change between bold and plain begins a paragraph.
    """
    out: list[Paragraph] = []
    for line in lines:
        alike = not faces or not out or out[-1].lines[-1].bold == line.bold
        if out and alike and _continues(out[-1], line, left=left, right=right, pitch=pitch):
            _join(out[-1], line, right=right, words=words)
        else:
            out.append(Paragraph([line], [Span(s.text, s.href) for s in line.spans]))
    return out


def _continues(
    paragraph: Paragraph, line: Line, *, left: float, right: float, pitch: float
) -> bool:
    before = paragraph.lines[-1]
    if abs(before.size - line.size) > 0.08 * before.size or before.hidden != line.hidden:
        return False
    if line.item or _BULLET.match(line.text):
        return False
    room = right - before.x1
    divided = before.text[-1:] in _HYPHENS and line.text[:1].islower()
    # No paragraph begins with a closing mark.
    divided = divided or line.text[0] in _CLOSING
    if room > line.first + 0.6 * line.size and not divided:
        return False
    over_page = before.page != line.page
    ended = bool(_TERMINAL.search(before.text))
    if over_page and ended:
        return False
    if not over_page:
        step = line.y - before.y
        if step > (1.25 * pitch if pitch else 2.2 * line.size) or step < 0:
            return False
    if len(paragraph.lines) > 1 or not (paragraph.lines[0].item or _marked(paragraph.text)):
        # A new paragraph is set in; the lines of one that goes on begin where its second did.
        start = paragraph.lines[1].x0 if len(paragraph.lines) > 1 else left
        if line.x0 > max(start, left) + 1.2 * line.size and line.x0 > before.x0 + 0.5 * line.size:
            return False
    begins = (ended or line.x0 < before.x0 - 0.3) and _marked(line.text)
    return not begins and not _begins_label(before, line, room)


def _marked(text: str) -> bool:
    return bool(numbering(text) or _BULLET.match(text))


def _begins_label(before: Line, line: Line, room: float) -> bool:
    """Whether a line begins with a label of its own, not with the rest of one that was cut."""
    found = pairs(line.text)
    if not found or not looks_like_label(line.text[found[0].key[0] : found[0].key[1]]):
        return False
    tail = _TAIL.search(before.text)
    cut = room < line.size and tail is not None and 0 < len(tail.group()) <= _LABEL_PART
    return not cut


def _join(paragraph: Paragraph, line: Line, *, right: float, words: frozenset[str]) -> None:
    glue, cut = _glue(paragraph, line, right, words)
    last = paragraph.spans[-1]
    if cut:
        last.text = last.text[:-1]
    first = line.spans[0]
    if glue:
        _add(paragraph.spans, glue, last.href if last.href == first.href else None)
    for span in line.spans:
        _add(paragraph.spans, span.text, span.href)
    paragraph.lines.append(line)


def _glue(
    paragraph: Paragraph, line: Line, right: float, words: frozenset[str]
) -> tuple[str, bool]:
    """What stands between two lines, and whether the first loses its hyphen."""
    text, after = paragraph.text, line.text
    end, begin = text[-1:], after[:1]
    before = paragraph.lines[-1]
    if end in _HYPHENS and text[-2:-1].isalpha() and begin.islower():
        return "", _soft(text, after, words)
    if wide(end) and wide(begin):
        return "", False
    if wide(end) or wide(begin):
        return (" " if before.trail else ""), False
    same_link = paragraph.spans[-1].href is not None and (
        paragraph.spans[-1].href == line.spans[0].href
    )
    room = right - before.x1
    tight = room < line.first and not before.trail
    if _ADDRESS.search(text) and (same_link or tight) and re.match(r"[\w/?&=#%.@~-]", begin):
        return "", False
    if tight and room < 0.6 * line.size and "@" in after.split(maxsplit=1)[0]:
        return "", False
    whole = (_last_word(text) + _first_word(after)).lower()
    if tight and room < 0.6 * line.size and whole in words:
        return "", False
    return " ", False


def _soft(text: str, after: str, words: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end only divides a word."""
    if text[-1] == "\u00ad":
        return True
    head, tail = _last_word(text[:-1]).lower(), _first_word(after).lower()
    if f"{head}-{tail}" in words:
        return False
    return head + tail in words or head.rpartition("-")[2] not in _PREFIXES


def _last_word(text: str) -> str:
    found = re.search(r"[A-Za-z0-9-]*$", text[-60:])
    return found.group() if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"[A-Za-z0-9-]*", text[:60])
    return found.group() if found else ""


def cell_paragraphs(
    lines: Sequence[Line], box: Box, *, pad: float, words: frozenset[str]
) -> list[Paragraph]:
    """The paragraphs of a table cell, whatever way it is aligned."""
    if not lines:
        return []
    # A centred line has as much room on the left as on the right: all of it counts.
    shifts = [line.x0 - box.x0 - pad for line in lines]
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y > a.y]
    for line, shift in zip(lines, shifts, strict=True):
        line.x0, line.x1 = line.x0 - shift, line.x1 - shift
    return paragraphs(
        lines,
        left=box.x0 + pad,
        right=box.x1 - pad,
        pitch=min(steps, default=0.0),
        words=words,
        faces=False,
    )
