"""Tables typed with bars ("名称 | 目的 | 信息") or with spaces, each cell right under its label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from linter.segment.labels import looks_like_label

_MAX_COLUMNS = 20
_MAX_LINE = 4_000
# Cells apart by spaces; one space stands within a name.
_CHUNK = re.compile(r"\S+(?: \S+)*")
_APART = re.compile(r"\S {2,}\S+(?: \S+)* {2,}\S")
_RULE = re.compile(r"[\s|:+=-]*-{2}[\s|:+=-]*$")


def typed_rows(lines: Sequence[str]) -> dict[int, list[str]]:
    """The cells of the lines that are rows of typed tables, by the line's index.

    A table needs a line of labels and at least one below it of as many columns. A ruled line
    ("|---|---|") has no cells.
    """
    found: dict[int, list[str]] = {}
    n = 0
    while n < len(lines):
        head = _barred_head(lines[n])
        rows = _barred(lines, n, head) if head else _spaced(lines, n)
        if sum(map(bool, rows)) > 1:
            found.update((n + k, cells) for k, cells in enumerate(rows))
            n += len(rows)
        else:
            n += 1
    return found


def _head(cells: list[str]) -> bool:
    labels = sum(looks_like_label(c) for c in cells)
    return 3 <= len(cells) <= _MAX_COLUMNS and labels * 3 >= len(cells) * 2


def _barred_head(line: str) -> list[str]:
    if len(line) > _MAX_LINE or line.count("|") < 2:
        return []
    cells = cells_between_bars(line, bordered=line.lstrip().startswith("|"))
    return cells if _head(cells) else []


def cells_between_bars(line: str, *, bordered: bool) -> list[str]:
    """The cells of a line; the first and last bar are none's end if the table has a border."""
    line = line.strip()
    if bordered:
        line = line.removeprefix("|").removesuffix("|")
    return [c.strip() for c in line.split("|")]


def is_rule(line: str) -> bool:
    """Whether a line only rules off a table's head."""
    return len(line) <= _MAX_LINE and bool(_RULE.match(line))


def _barred(lines: Sequence[str], start: int, head: list[str]) -> list[list[str]]:
    bordered = lines[start].lstrip().startswith("|")
    rows = [head]
    for line in lines[start + 1 :]:
        if "|" in line and is_rule(line):
            rows.append([])
            continue
        cells = cells_between_bars(line, bordered=bordered) if "|" in line else []
        if len(cells) != len(head):
            break
        rows.append(cells)
    return rows


def _spaced(lines: Sequence[str], start: int) -> list[list[str]]:
    """Rows whose cells begin right under a label of the line at the start."""
    line = lines[start]
    if len(line) > _MAX_LINE or not _APART.search(line):
        return []
    head = _chunks(line)
    if not _head([text for _, text in head]):
        return []
    columns = {at: n for n, (at, _) in enumerate(head)}
    rows = [[text for _, text in head]]
    for line in lines[start + 1 :]:
        chunks = _chunks(line) if len(line) <= _MAX_LINE else []
        if len(chunks) < 2 or any(at not in columns for at, _ in chunks):
            break
        cells = [""] * len(head)
        for at, text in chunks:
            cells[columns[at]] = text
        rows.append(cells)
    return rows


def _chunks(line: str) -> list[tuple[int, str]]:
    """Cells with the width of what stands before them, in which an ideograph has two places."""
    out, at, done = [], 0, 0
    for match in _CHUNK.finditer(line):
        at += sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line[done : match.start()])
        done = match.start()
        out.append((at, match.group()))
    return out
