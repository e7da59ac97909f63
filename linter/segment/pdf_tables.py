"""Tables on a page: from ruled lines, and from columns that only stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from linter.segment.pdf_lines import Line, line_of, rows_of, split
from linter.segment.pdf_pages import Box, Char

_NEAR = 3.0  # points: lines that should meet are drawn so far apart
_THIN = 6.0  # points: no text fits in a cell so narrow
_MAX_LINES = 400  # ruled lines in one direction of a table
_LOOSE = 0.6  # em: the narrowest gap between two columns


@dataclass(slots=True)
class Region:
    """A cell: its place in the grid, its area, and its lines."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Cells in rows. ``open_top`` and ``open_bottom``: a page break cut its first or last row."""

    box: Box
    page: int
    columns: list[float]
    regions: list[Region]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def rows(self) -> int:
        """How many rows of the grid the cells cover."""
        return max((r.row + r.rows for r in self.regions), default=0)

    @property
    def pad(self) -> float:
        """The room between a cell's edge and its text (points), at most a few."""
        offsets = [line.x0 - r.box.x0 for r in self.regions for line in r.lines]
        return min(max(min(offsets, default=0.0), 0.0), 12.0)


def ruled(edges: Sequence[Box], page: int) -> list[Table]:
    """The tables that ruled lines make; a frame around one text is none."""
    across = _merged([(e.x0, e.x1, (e.y0 + e.y1) / 2) for e in edges if _flat(e)])
    down = _merged([(e.y0, e.y1, (e.x0 + e.x1) / 2) for e in edges if not _flat(e)])
    found = [
        table
        for h, v in _meeting(across, down)
        if len(h) + len(v) >= 4 and (table := _table(h, v, page)) is not None
    ]
    return sorted(found, key=lambda t: t.box.y0)


def _flat(edge: Box) -> bool:
    return edge.x1 - edge.x0 >= edge.y1 - edge.y0


_Rule = tuple[float, float, float]  # from, to, where


def _merged(rules: list[_Rule]) -> list[_Rule]:
    """Pieces of one ruled line put together."""
    out: list[list[float]] = []
    recent: list[list[float]] = []
    for start, end, where in sorted(rules, key=lambda r: (r[2], r[0])):
        recent = [r for r in recent if where - r[2] <= _NEAR * 0.7]
        for rule in recent:
            if start <= rule[1] + _NEAR and end >= rule[0] - _NEAR:
                rule[0], rule[1] = min(rule[0], start), max(rule[1], end)
                break
        else:
            out.append([start, end, where])
            recent.append(out[-1])
    return [(a, b, c) for a, b, c in out]


def _meeting(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Ruled lines grouped by whether they meet, directly or through others."""
    across, down = across[: 10 * _MAX_LINES], down[: 10 * _MAX_LINES]
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    by_height = sorted(range(len(across)), key=lambda n: across[n][2])
    for m, (top, bottom, x) in enumerate(down):
        for n in by_height:
            left, right, y = across[n]
            if y > bottom + _NEAR:
                break
            if y >= top - _NEAR and left - _NEAR <= x <= right + _NEAR:
                parent[root(n)] = root(len(across) + m)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for n, rule in enumerate(across):
        groups.setdefault(root(n), ([], []))[0].append(rule)
    for m, rule in enumerate(down):
        groups.setdefault(root(len(across) + m), ([], []))[1].append(rule)
    return [g for g in groups.values() if g[1] and g[0]]


def _positions(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _extremes(rules: list[_Rule], known: list[float]) -> list[float]:
    """Where at least two lines end beyond the last line across: a side that is not drawn."""
    out = []
    for at, sign in ((0, -1), (1, 1)):
        ends = [r[at] for r in rules]
        far = max(ends, key=lambda e: sign * e)
        shared = sum(abs(e - far) <= _NEAR for e in ends)
        if shared >= 2 and (not known or sign * (far - (known[-1] if sign > 0 else known[0])) > 6):
            out.append(far)
    return out


def _table(across: list[_Rule], down: list[_Rule], page: int) -> Table | None:
    if len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return None
    ys, xs = _positions(r[2] for r in across), _positions(r[2] for r in down)
    more_ys, more_xs = _extremes(down, ys), _extremes(across, xs)
    open_top = any(y < ys[0] for y in more_ys)
    open_bottom = any(y > ys[-1] for y in more_ys)
    ys, xs = _positions([*ys, *more_ys]), _positions([*xs, *more_xs])
    if len(ys) < 2 or len(xs) < 3:
        return None
    regions = _regions(xs, ys, across, down)
    if len(regions) < 2 or all(r.columns == len(xs) - 1 for r in regions):
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Table(box, page, xs, regions, open_top, open_bottom)


def _regions(
    xs: list[float], ys: list[float], across: list[_Rule], down: list[_Rule]
) -> list[Region]:
    """The cells: squares of the finest grid, put together where no line parts them."""
    width, height = len(xs) - 1, len(ys) - 1
    right = _parted(down, xs, ys)
    below = _parted(across, ys, xs)
    taken: set[tuple[int, int]] = set()
    out = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            columns = rows = 1
            while (
                column + columns < width
                and (column + columns, row) not in right
                and (row, column + columns) not in taken
            ):
                columns += 1
            while row + rows < height and all(
                (row + rows, c) not in below and (row + rows, c) not in taken
                for c in range(column, column + columns)
            ):
                rows += 1
            taken |= {
                (r, c) for r in range(row, row + rows) for c in range(column, column + columns)
            }
            box = Box(xs[column], ys[row], xs[column + columns], ys[row + rows])
            out.append(Region(row, column, rows, columns, box))
    return out


def _parted(rules: list[_Rule], places: list[float], along: list[float]) -> set[tuple[int, int]]:
    """(index of a place, index of a stretch) where a line lies on most of the stretch."""
    out = set()
    for start, end, where in rules:
        near = min(range(len(places)), key=lambda n: abs(places[n] - where))
        for n in range(len(along) - 1):
            shared = min(end, along[n + 1]) - max(start, along[n])
            if shared > 0.6 * (along[n + 1] - along[n]):
                out.add((near, n))
    return out


def fill(tables: Sequence[Table], chars: Sequence[Char]) -> list[Char]:
    """Puts characters into the cells they stand in; gives back those in no cell."""
    inside: dict[tuple[int, int], list[Char]] = {}
    rest = []
    last: tuple[int, int, Box] | None = None
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, char.y - 0.3 * char.size
        if last is None or not last[2].has(x, y):
            # Neighbours mostly stand in one cell.
            last = _place(tables, x, y)
        if last is None:
            rest.append(char)
        else:
            inside.setdefault(last[:2], []).append(char)
    for (t, n), members in inside.items():
        table = tables[t]
        found = (line_of(row, table.page) for row in rows_of(members))
        table.regions[n].lines = [line for line in found if line is not None]
    for table in tables:
        _tidy(table)
    return rest


def _tidy(table: Table) -> None:
    """Takes out the gaps between cells that each have a frame of their own."""
    rows = sorted({r.row for r in table.regions if r.lines})
    wide = [r for r in table.regions if r.lines or r.box.x1 - r.box.x0 >= _THIN]
    kept = [r for r in wide if r.row in rows]
    columns = sorted({r.column for r in kept})
    for region in kept:
        end, right = region.row + region.rows, region.column + region.columns
        region.rows = sum(region.row <= r < end for r in rows)
        region.columns = sum(region.column <= c < right for c in columns)
        region.row, region.column = rows.index(region.row), columns.index(region.column)
    table.columns = [table.columns[c] for c in columns] + table.columns[-1:]
    table.regions = kept


def _place(tables: Sequence[Table], x: float, y: float) -> tuple[int, int, Box] | None:
    """The table and the cell at a point."""
    for t, table in enumerate(tables):
        if table.box.has(x, y):
            for n, region in enumerate(table.regions):
                if region.box.has(x, y):
                    return t, n, region.box
    return None


# Tables without upright lines, and columns of running text.

_Extent = tuple[float, float]
_COUNTS = re.compile(
    r"[\divxIVX一二三四五六七八九十（()）.、．•·●○◆■▪*\-–—①-⑳\ue000-\uf8ff\s]{1,6}"
)
_PAGE_NUMBER = re.compile(r"[\d.\s…·]{1,8}")


@dataclass(slots=True)
class Row:
    """A line across the page, in pieces that wide gaps part."""

    y: float
    size: float
    pieces: list[list[Char]]

    @property
    def extents(self) -> list[_Extent]:
        """From where to where each piece has ink."""
        return [_ink(p) for p in self.pieces]


def _ink(piece: Sequence[Char]) -> _Extent:
    ink = [c for c in piece if c.text.strip()] or list(piece)
    return ink[0].x0, max(c.x1 for c in ink)


def rows_in_pieces(chars: Sequence[Char]) -> list[Row]:
    """The rows of a page with their pieces."""
    out = []
    for chars_of_row in rows_of(chars):
        pieces = split(chars_of_row)
        if pieces:
            out.append(Row(pieces[0][0].y, max(c.size for c in pieces[0]), pieces))
    return out


def aligned(
    rows: Sequence[Row], rules: Sequence[Box], page: int
) -> list[list[Row] | Table | tuple[list[Row], list[Row]]]:
    """Rows in reading order, with the runs taken out that are a table or two columns of text.

    A run is as many rows as leave the same gaps free from top to bottom.
    """
    out: list[list[Row] | Table | tuple[list[Row], list[Row]]] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        stop, gaps = _run(rows, at)
        part = _read_run(rows[at:stop], gaps, rules, page) if stop - at >= 2 else None
        if part is None:
            plain.append(rows[at])
            at += 1
            continue
        if plain:
            out.append(plain)
            plain = []
        out.append(part)
        at = stop
    if plain:
        out.append(plain)
    return out


def jumbled(rows: Sequence[Row]) -> int:
    """How many rows of running text have three pieces or more: columns that were not told apart."""
    texts = [["".join(c.text for c in p).strip() for p in row.pieces] for row in rows]
    return sum(len(t) >= 3 and not _PAGE_NUMBER.fullmatch(t[-1]) for t in texts)


def _run(rows: Sequence[Row], at: int) -> tuple[int, list[_Extent]]:
    """Where a run of rows ends, and its gaps."""
    first = rows[at]
    gaps = _gaps(first.extents)
    stop = at + 1
    left, right = first.extents[0][0], first.extents[-1][1]
    if not gaps:
        return stop, gaps
    while stop < len(rows):
        row, before = rows[stop], rows[stop - 1]
        if row.y - before.y > 4 * max(row.size, before.size):
            break
        extents = row.extents
        new_left, new_right = min(left, extents[0][0]), max(right, extents[-1][1])
        narrowed = _cut(gaps, extents, row.size)
        if narrowed is None:
            break
        # What reaches beyond either side opens a gap there.
        if extents[-1][0] > right + _LOOSE * row.size:
            narrowed.append((right, extents[-1][0]))
        if extents[0][1] < left - _LOOSE * row.size:
            narrowed.insert(0, (extents[0][1], left))
        gaps, left, right = narrowed, new_left, new_right
        stop += 1
    return stop, gaps


def _gaps(extents: Sequence[_Extent]) -> list[_Extent]:
    return [(a[1], b[0]) for a, b in pairwise(extents)]


def _cut(gaps: list[_Extent], extents: Sequence[_Extent], size: float) -> list[_Extent] | None:
    """The gaps with a row's ink taken away; None if it bridges one."""
    out = []
    for start, end in gaps:
        free = [(start, end)]
        for x0, x1 in extents:
            free = [
                part
                for a, b in free
                for part in ((a, min(b, x0)), (max(a, x1), b))
                if part[1] - part[0] >= _LOOSE * size
            ]
        free = sorted(set(free))
        if not free:
            return None
        out += free
    return out


def _read_run(
    rows: Sequence[Row], gaps: list[_Extent], rules: Sequence[Box], page: int
) -> Table | tuple[list[Row], list[Row]] | None:
    starts = [min(r.extents[0][0] for r in rows), *(end for _, end in gaps)]
    parts = [_by_column(row, starts) for row in rows]
    if sum(sum(bool(p) for p in row) >= 2 for row in parts) < 2:
        return None
    texts = [["".join(c.text for c in cell).strip() for cell in row] for row in parts]
    if _no_table(texts):
        return None
    width = max(r.extents[-1][1] for r in rows)
    if len(starts) == 2 and _running(rows, parts, starts, width):
        sides = [
            [Row(r.y, r.size, [cell]) for r, cell in zip(rows, column, strict=True) if cell]
            for column in zip(*parts, strict=True)
        ]
        return sides[0], sides[1]
    bounds = _row_bounds(rows, parts, rules, starts[0], width)
    if len(bounds) < 2:
        return None
    return _aligned_table(rows, parts, bounds, [*starts, width], page)


def _by_column(row: Row, starts: Sequence[float]) -> list[list[Char]]:
    out: list[list[Char]] = [[] for _ in starts]
    for piece in row.pieces:
        x0, _ = _ink(piece)
        n = max((i for i, s in enumerate(starts) if x0 >= s - 1.0), default=0)
        out[n] += piece
    return out


def _no_table(texts: list[list[str]]) -> bool:
    """Numbers before items, and page numbers after the titles of a table of contents."""
    first = [row[0] for row in texts if row[0]]
    last = [row[-1] for row in texts if row[-1]]
    return all(_COUNTS.fullmatch(t) for t in first) or all(_PAGE_NUMBER.fullmatch(t) for t in last)


def _running(
    rows: Sequence[Row], parts: list[list[list[Char]]], starts: Sequence[float], width: float
) -> bool:
    """Whether two columns are running text: long, and most of their lines full."""
    if len(rows) < 8:
        return False
    for n, (start, end) in enumerate(zip(starts, [starts[1], width], strict=True)):
        inked = [_ink(row[n]) for row in parts if row[n]]
        if len(inked) < 5:
            return False
        widest = max(x1 for _, x1 in inked) - start
        full = sum(x1 - start >= 0.85 * widest for _, x1 in inked)
        if full < 0.5 * len(inked) or widest < 10 * rows[0].size or end - start < widest * 0.8:
            return False
    return True


def _row_bounds(
    rows: Sequence[Row],
    parts: list[list[list[Char]]],
    rules: Sequence[Box],
    left: float,
    right: float,
) -> list[int]:
    """The indexes of the lines with which the table's rows begin."""
    steps = [b.y - a.y for a, b in pairwise(rows)]
    least = min(steps)
    wide = {n + 1 for n, step in enumerate(steps) if step >= 1.3 * least}
    drawn = {
        next((n for n, row in enumerate(rows) if row.y > rule.y0), 0)
        for rule in rules
        if rule.x1 - rule.x0 >= 0.6 * (right - left) and rows[0].y < rule.y0 < rows[-1].y
    }
    if len(drawn) >= 2 and 2 * len(drawn) >= len(wide):
        return sorted({0} | drawn)
    if not wide and not drawn:
        # Nothing sets rows apart but that a new one fills the first column.
        return [n for n, cells in enumerate(parts) if n == 0 or cells[0]]
    return sorted({0} | wide | drawn)


def _aligned_table(
    rows: Sequence[Row],
    parts: list[list[list[Char]]],
    bounds: list[int],
    xs: list[float],
    page: int,
) -> Table:
    columns = range(len(xs) - 1)
    edges = [max((_ink(row[c])[1] for row in parts if row[c]), default=0.0) for c in columns]
    regions = []
    for r, (start, stop) in enumerate(pairwise([*bounds, len(rows)])):
        top = rows[start].y - rows[start].size
        bottom = rows[stop - 1].y + 0.3 * rows[stop - 1].size
        for c, edge in enumerate(edges):
            lines = [line_of(parts[n][c], page) for n in range(start, stop) if parts[n][c]]
            box = Box(xs[c], top, max(edge, xs[c] + 1), bottom)
            regions.append(Region(r, c, 1, 1, box, [line for line in lines if line is not None]))
    box = Box(xs[0], rows[0].y - rows[0].size, xs[-1], rows[-1].y + 0.3 * rows[-1].size)
    return Table(box, page, xs, regions)
