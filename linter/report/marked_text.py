"""A document's text as HTML, what was found in it marked.

Nothing is known of the text's structure but its line breaks and the tabs between table cells;
marks may overlap and reach over several lines. Without its marks the result reads as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from linter.report.markup import Markup, element, joined

# What stands around a mark where the text is too long to be shown whole, in characters.
_AROUND = 1500
_LONGEST_QUOTE = 3000
_STRENGTH = ("nearest", "not-applicable", "present", "unverifiable", "ambiguous", "missing")
# For the eye alone: a short line that begins with a number and ends without a full stop.
_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节条部]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[.、．]? ?(?=\D)|[A-Z]\. |[IVX]{1,5}\. )"
    r"[^\t\n。；;，,：:]{1,58}(?<![.])"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text: ``kind`` is how they look, ``back`` where a click on their tag leads.

    A mark without ``anchor`` has no tag. ``label`` is what a screen reader says of the tag.
    """

    start: int
    end: int
    kind: str
    anchor: str = ""
    code: str = ""
    back: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text that the same marks cover."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def windows(length: int, marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """The parts of a text of ``length`` characters that show the marks with their surroundings."""
    parts: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        start = max(0, mark.start - _AROUND)
        end = min(length, min(mark.end, mark.start + _LONGEST_QUOTE) + _AROUND)
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return parts


def marked(
    text: str, marks: Sequence[Mark], part: tuple[int, int], headings: frozenset[str]
) -> Markup:
    """A part of a text in paragraphs; lines that are among ``headings`` look like headings."""
    runs = _runs(marks, *part)
    # What begins before this part has its tag there.
    tagged = {m.anchor for m in marks if max(m.start, 0) < part[0]}
    lines = []
    at = part[0]
    for line in text[part[0] : part[1]].split("\n"):
        cells = []
        for cell in line.split("\t"):
            pieces = _pieces(at, at + len(cell), runs)
            same = groupby(pieces, key=lambda run: tuple(m for m in run.marks if m.anchor))
            cells.append(joined(*(_words(text, m, group, tagged) for m, group in same)))
            at += len(cell) + 1
        lines.append(_line(line, cells, headings))
    return joined(*lines, by="\n")


def _line(line: str, cells: Sequence[Markup], headings: frozenset[str]) -> Markup:
    if len(cells) > 1:
        return element("p", joined(*(element("span", c) for c in cells), by="\t"), class_="row")
    heading = line.strip() in headings or _HEADING.fullmatch(line)
    return element("p", *cells, class_="heading" if heading else None)


def _runs(marks: Iterable[Mark], start: int, end: int) -> list[_Run]:
    """The stretches between all beginnings and ends of marks, last first."""
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    cuts = sorted(
        {start, end, *(min(max(c, start), end) for m in inside for c in (m.start, m.end))}
    )
    waiting = sorted(inside, key=lambda m: m.start, reverse=True)
    active: list[Mark] = []
    runs = []
    for left, right in pairwise(cuts):
        while waiting and waiting[-1].start <= left:
            active.append(waiting.pop())
        active = [m for m in active if m.end > left]
        runs.append(_Run(left, right, tuple(active)))
    return runs[::-1]


def _pieces(start: int, end: int, runs: list[_Run]) -> Iterator[_Run]:
    """The runs cut to a cell; those that end in it are used up."""
    while runs and runs[-1].start < end:
        run = runs[-1]
        if run.end <= end:
            runs.pop()
        if run.end > start:
            yield _Run(max(run.start, start), min(run.end, end), run.marks)
        if run.end > end:
            return


def _words(text: str, shown: tuple[Mark, ...], runs: Iterable[_Run], tagged: set[str]) -> Markup:
    """Words that the same marks show, behind the tags of those marks that begin here."""
    words = joined(*(_mentioned(text[r.start : r.end], r.marks) for r in runs))
    if not shown:
        return words
    new = [m for m in shown if m.anchor not in tagged]
    tagged.update(m.anchor for m in new)
    kind = max((m.kind for m in shown), key=_STRENGTH.index)
    return joined(*map(_tag, new), element("mark", words, class_=kind))


def _mentioned(words: str, marks: tuple[Mark, ...]) -> str:
    return words if all(m.anchor for m in marks) else element("span", words, class_="mention")


def _tag(mark: Mark) -> Markup:
    """The code before marked words; the style writes it, so that it is not copied with them."""
    return element(
        "a",
        id=mark.anchor,
        href=f"#{mark.back}",
        class_=f"tag {mark.kind}",
        data_code=mark.code,
        aria_label=mark.label,
    )
