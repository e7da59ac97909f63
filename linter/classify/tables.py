"""Which cells of a table speak for the party that one of them names."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from linter.classify.intervals import Intervals
from linter.disclosure import Relation
from linter.document import Block, Cell


class Tables:
    """The tables of one document; each row, column and group of rows is worked out once."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._cells: dict[int, list[Block]] = defaultdict(list)
        for block in blocks:
            if block.cell is not None:
                self._cells[block.cell.table].append(block)
        self._known: dict[tuple[Relation, int, int, int], list[Block]] = {}
        self._rows: dict[int, Intervals[Block]] = {}
        self._columns: dict[int, dict[int, list[Block]]] = {}

    def bound(self, block: Block) -> tuple[Relation, list[Block]]:
        """The lines of the row, column or group that a cell's line stands in or heads."""
        cell = _cell(block)
        if cell.vertical:
            return Relation.COLUMN, self._vertical(block, cell)
        if cell.header and cell.column_span > 1:
            place = (Relation.SECTION, cell.table, cell.row, 0)
            found = self._known.get(place) or self._group(block, cell)
        elif cell.header:
            place = (Relation.COLUMN, cell.table, cell.column, 0)
            lines = self._cells[cell.table]
            found = self._known.get(place) or [b for b in lines if _cell(b).column == cell.column]
        else:
            place = (Relation.ROW, cell.table, cell.rows.start, cell.rows.stop)
            found = self._known.get(place) or self._row(cell)
        self._known[place] = found
        return place[0], found

    def _row(self, cell: Cell) -> list[Block]:
        if cell.table not in self._rows:
            body = (b for b in self._cells[cell.table] if not _cell(b).header)
            self._rows[cell.table] = Intervals(
                body, lambda b: (_cell(b).rows.start, _cell(b).rows.stop)
            )
        found = self._rows[cell.table].overlapping(cell.rows.start, cell.rows.stop)
        return sorted(found, key=lambda b: b.index)

    def _group(self, block: Block, cell: Cell) -> list[Block]:
        """A title across columns and the rows below it, up to the next such title."""
        lines = self._cells[cell.table]
        below = lines[bisect_right(lines, cell.row, key=lambda b: _cell(b).row) :]
        rows = takewhile(lambda b: not (_cell(b).header and _cell(b).column_span > 1), below)
        return [block, *rows]

    def _vertical(self, block: Block, cell: Cell) -> list[Block]:
        """The entry of a table with its labels in the first column: one a column, or a run."""
        if cell.table not in self._columns:
            self._columns[cell.table] = self._entries(cell.table)
        entries = self._columns[cell.table]
        # A label of the first column speaks of the entry beside it.
        return entries.get(block.index) or entries.get(-1) or [block]

    def _entries(self, table: int) -> dict[int, list[Block]]:
        """Each line's entry by the line's index, and that of the first values under -1."""
        columns: dict[int, list[Block]] = defaultdict(list)
        width = max(_cell(b).column for b in self._cells[table])
        for b in self._cells[table]:
            cell = _cell(b)
            for c in range(cell.column, min(cell.column + cell.column_span, width + 1)):
                if not cell.header:
                    columns[c].append(b)
        entries = {-1: columns.get(1, [])}
        for column in columns.values():
            for run in [column] if width > 1 else _runs(column):
                for b in run:
                    entries.setdefault(b.index, run)
        return entries


def _runs(column: list[Block]) -> list[list[Block]]:
    """Entries one under the other: a label that comes again begins the next one."""
    runs: list[list[Block]] = [[]]
    seen: set[str] = set()
    first = _cell(column[0]).row_header
    for b in column:
        label = _cell(b).row_header
        if runs[-1] and label == first and label in seen and runs[-1][-1].cell != b.cell:
            runs.append([])
            seen = set()
        seen.add(label)
        runs[-1].append(b)
    return runs


def _cell(block: Block) -> Cell:
    assert block.cell is not None
    return block.cell
