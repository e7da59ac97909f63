"""A table's grid: which cells head which, whether rows or columns are the entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from linter.document import Cell
from linter.segment.labels import looks_like_label, names_a_party

MAX_SPAN = 1000
_MAX_HEADER_ROWS = 3
_HEADER_LENGTH = 60
# Short lines that may stand between the halves of a table that a page break parts.
MAX_GAP = 3
_GAP_LINE = 60
_PAGE_HEADER = re.compile(
    r"第\s*\d{1,4}\s*页|第\s*\d{1,4}\s*頁|共\s*\d{1,4}\s*[页頁]|\bpage\s+\d{1,4}\b|^\W*\d{1,4}\s*/\s*\d{1,4}\W*$|^-\s*\d{1,4}\s*-$",
    re.IGNORECASE,
)


def page_header(line: str) -> bool:
    """Whether a line is a page's running header or number."""
    return len(line) <= _GAP_LINE and bool(_PAGE_HEADER.search(line))


def goes_on(between: Sequence[str]) -> bool:
    """Whether a table may go on after the lines that stand between it and the next one."""
    return len(between) <= MAX_GAP and all(len(line) <= _GAP_LINE for line in between)


def resolve(
    grids: Mapping[int, Grid], new_id: Callable[[], int]
) -> dict[int, dict[tuple[int, int], Cell]]:
    """The cells of all tables with their headers, by table and (row, column) of their origin.

    ``new_id`` gives the numbers of tables that are found to stand in one.
    """
    return {number: grid.resolve(new_id) for number, grid in grids.items()}


# Spans beyond these are cut, cells never: a table wider than this has no columns to speak of, and
# merged cells of real tables cover a few thousand places.
_MAX_COLUMNS = 250
_MAX_COVERED = 50_000
# Characters of a cell that its neighbours know it by; headers and names are shorter.
_MAX_LABEL = 300
# Headers that a cell over many columns is known by.
_MAX_HEADS = 12


@dataclass(slots=True)
class _Slot:
    cell: Cell
    th: bool
    texts: list[str] = field(default_factory=list)
    bold: bool = True
    length: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.texts)


@dataclass(slots=True)
class Grid:
    """The cells of one table, placed as a browser would place them.

    ``outer`` is the cell that the table stands in, ``before`` the table right before it, which it
    may go on: its headers then hold for this one too.
    """

    number: int
    outer: Cell | None = None
    before: Grid | None = None
    slots: dict[tuple[int, int], _Slot] = field(default_factory=dict)
    columns: int = 0
    rows: int = 0
    heads: dict[int, list[str]] = field(default_factory=dict)
    vertical: bool = False
    _entries: int = 0
    _only_heads: bool = False
    _spanning: list[tuple[int, int, int]] = field(default_factory=list)
    _covered: int = 0
    _split: bool = False

    def add_row(self, cells: list[tuple[int, int, bool]]) -> list[Cell]:
        """Places a row of (row span, column span, is th) after the rows so far.

        A cell that a row span from above covers pushes the new ones to the right. Work is in
        proportion to the cells and to the spans that reach into the row; what spans of a hostile
        table may cover in all is bounded, and every cell is placed whatever its span.
        """
        row, column = self.rows, 0
        # Spans from above as (first column, column after, row after), the leftmost last.
        above = [s for s in self._spanning if s[2] > row]
        passed, out = [], []
        for row_span, column_span, th in cells:
            while above and above[-1][0] <= column:
                passed.append(above.pop())
                column = max(column, passed[-1][1])
            row_span, column_span = self._bounded(row_span, column_span, column)
            cell = Cell(self.number, row, column, row_span, column_span)
            self.slots[row, column] = _Slot(cell, th)
            passed.append((column, column + column_span, row + row_span))
            column += column_span
            out.append(cell)
        self._spanning = sorted((*passed, *above), reverse=True)
        self.columns = max(self.columns, column)
        self.rows += 1
        return out

    def place(self, row: int, column: int, row_span: int, column_span: int) -> Cell:
        """Places a cell whose place is known already, as in a printed table."""
        cell = Cell(self.number, row, column, min(row_span, MAX_SPAN), min(column_span, MAX_SPAN))
        self.slots[row, column] = _Slot(cell, th=False)
        self.columns = max(self.columns, column + cell.column_span)
        self.rows = max(self.rows, row + 1)
        return cell

    def _bounded(self, row_span: int, column_span: int, column: int) -> tuple[int, int]:
        """A cell's spans, cut where the table's width or all that spans may cover is used up."""
        column_span = min(column_span, max(1, _MAX_COLUMNS - column))
        if self._covered + row_span * column_span > _MAX_COVERED:
            return 1, 1
        if row_span * column_span > 1:
            self._covered += row_span * column_span
        return row_span, column_span

    def add_text(self, cell: Cell, text: str, *, bold: bool) -> None:
        """Notes what a cell says; header detection needs the words."""
        slot = self.slots[cell.row, cell.column]
        if slot.length < _MAX_LABEL:
            slot.texts.append(text[:_MAX_LABEL])
            slot.length += len(text)
        slot.bold = slot.bold and bold

    def resolve(self, new_id: Callable[[], int]) -> dict[tuple[int, int], Cell]:
        """The cells with their headers, by (row, column) of their origin."""
        rows: dict[int, list[_Slot]] = {}
        for slot in self.slots.values():
            rows.setdefault(slot.cell.row, []).append(slot)
        filled = [r for r in sorted(rows) if any(s.texts for s in rows[r])]
        headers = self._header_rows(rows, filled)
        inherited = self._inherited([rows[r] for r in sorted(headers)])
        if not inherited and self._vertical(rows, filled):
            self.vertical = True
            return self._resolve_vertical(rows, new_id)
        if inherited:
            headers = set()
        self._entries = len(filled) - len(headers)
        return self._resolve_horizontal(rows, filled, headers, inherited)

    def is_one_entry(self) -> bool:
        """Whether the table, which stands in a cell, says things of one party, that of its row.

        It does when it has labels and values, or headers of which none announces a party.
        """
        if self.vertical:
            return self.columns == 2 and not self._split
        names = any(names_a_party(text) for texts in self.heads.values() for text in texts)
        return bool(self.heads) and (self._entries == 1 or not names)

    def _inherited(self, own: list[list[_Slot]]) -> dict[int, list[str]]:
        """The headers of the table before, if this one is its continuation without headers."""
        before = self.before
        if before is None or before.columns != self.columns or before.vertical:
            return {}
        heads = before.heads or before.lone_heads()
        if len(heads) < self.columns or self.columns < 2:
            return {}
        said = [s for row in own for s in row if s.texts]
        repeated = {t for texts in heads.values() for t in texts} & {s.text for s in said}
        # Words that look like labels head a table only where no better header is at hand.
        if repeated or (said and (all(s.th for s in said) or all(s.bold for s in said))):
            return {}
        return heads

    def lone_heads(self) -> dict[int, list[str]]:
        """The one row of a table that holds nothing but headers; its body is the next table."""
        said = [s for s in self.slots.values() if s.texts]
        if not self._only_heads or not _is_header_row(said, more=True):
            return {}
        return {s.cell.column: [s.text] for s in said}

    def _title(self, row: list[_Slot]) -> bool:
        """A row with one cell across all columns: a caption or the name of a group of rows."""
        said = [s for s in row if s.texts]
        return self.columns > 1 and len(said) == 1 and said[0].cell.column_span >= self.columns

    def _header_rows(self, rows: dict[int, list[_Slot]], filled: list[int]) -> set[int]:
        headers: set[int] = set()
        body = [[s for s in rows[r] if s.texts] for r in filled if not self._title(rows[r])]
        # Bold words head a table if what stands below them is not bold.
        bold_apart = any(not _all_bold(row) for row in body)
        for r in filled:
            row = rows[r]
            if self._title(row):
                continue
            said = [s for s in row if s.texts]
            more = len(filled) > len(headers) + 1
            if not (_is_header_row(said, more=more) or (bold_apart and _all_bold(said))):
                break
            headers.add(r)
            # One row of headers has no other below it unless its cells span.
            spans = any(s.cell.column_span > 1 or s.cell.row_span > 1 for s in said)
            deeper = max(s.cell.row + min(s.cell.row_span, self.rows) for s in said) - 1
            # A header cell that spans rows makes the rows it spans header rows too.
            if deeper > r and deeper - min(headers) < _MAX_HEADER_ROWS and _mixed_spans(said):
                headers.update(x for x in range(r, deeper + 1) if x in rows)
                break
            if not spans or len(headers) >= _MAX_HEADER_ROWS:
                break
        return headers

    def _heads_again(self, row: list[_Slot], heads: set[str]) -> bool:
        """A row of headers further down: a table that begins anew within itself."""
        said = [s for s in row if s.texts]
        if len(said) < 2 or not _is_header_row(said, more=True):
            return False
        return all(s.th for s in row) or sum(s.text in heads for s in said) * 2 >= len(said)

    def _vertical(self, rows: dict[int, list[_Slot]], filled: list[int]) -> bool:
        """Whether the first column holds the labels: one entry a column, not one a row."""
        if self.columns < 2 or len(filled) < 2:
            return False
        body = [r for r in filled if not self._title(rows[r])]
        if len(body) < 2:
            return False
        first_column = [rows[r][0] for r in body if rows[r][0].cell.column == 0]
        first_row = [s for s in rows[body[0]] if s.texts]
        column_share = sum(looks_like_label(s.text) for s in first_column) / max(1, len(body))
        row_share = sum(looks_like_label(s.text) for s in first_row) / max(1, len(first_row))
        if any(s.th for s in first_row[1:]) and row_share >= 0.5:
            return False
        rest = [s for s in first_row if s.cell.column > 0]
        rest_labels = sum(looks_like_label(s.text) for s in rest)
        return column_share >= 0.6 and rest_labels * 2 <= len(rest) and row_share < column_share

    def _resolve_vertical(
        self, rows: dict[int, list[_Slot]], new_id: Callable[[], int]
    ) -> dict[tuple[int, int], Cell]:
        """Entries one under the other become a table each, as their titles are not those of one."""
        out = {}
        table, labels = self.number, set[str]()
        for r, following in self._labels_below(rows):
            row = rows[r]
            if self._title(row) and labels and self._ends_entry(row, labels & following):
                table, labels = new_id(), set()
                self._split = True
            label = next((s.text for s in row if s.cell.column == 0), "")
            if not self._title(row):
                labels.add(label)
            for slot in row:
                first = slot.cell.column == 0
                out[slot.cell.row, slot.cell.column] = _headed(
                    slot.cell, table, "" if first else label, header=first, vertical=True
                )
        return out

    def _labels_below(self, rows: dict[int, list[_Slot]]) -> list[tuple[int, set[str]]]:
        """The rows in order, each with the labels that follow it up to the next title."""
        out: list[tuple[int, set[str]]] = []
        below: set[str] = set()
        for r in sorted(rows, reverse=True):
            out.append((r, below))
            if self._title(rows[r]):
                below = set()
            else:
                below.update(s.text for s in rows[r] if s.cell.column == 0)
        return out[::-1]

    def _ends_entry(self, title: list[_Slot], again: set[str]) -> bool:
        """Whether a title ends the entry above it: the name of the next one, no note and no name
        of more fields.
        """
        text = next(s.text for s in title if s.texts)
        if self.columns != 2 or len(text) > _HEADER_LENGTH or text.endswith(("。", ".")):
            return False
        return bool(again) or not looks_like_label(text)

    def _resolve_horizontal(
        self,
        rows: dict[int, list[_Slot]],
        filled: list[int],
        headers: set[int],
        inherited: dict[int, list[str]],
    ) -> dict[tuple[int, int], Cell]:
        titles = {r for r in filled if self._title(rows[r])}
        again = self._begins_again(rows, filled, headers, titles, inherited)
        self._only_heads = len(filled) == 1 and not headers
        self.heads = {c: list(texts) for c, texts in inherited.items()}
        names: dict[int, str] = {}
        out = {}
        for r in sorted(rows):
            is_header = r in headers or r in titles or r in again
            if r in again:
                self.heads, names = {}, {}
            if r in headers or r in again:
                self._add_heads(rows[r])
            elif not is_header:
                self._add_name(rows[r], names)
            for slot in rows[r]:
                out[r, slot.cell.column] = _headed(
                    slot.cell,
                    self.number,
                    "" if slot.cell.column == 0 else names.get(r, ""),
                    column_header="" if is_header else self._heads_over(slot.cell),
                    header=is_header,
                )
        return out

    def _begins_again(
        self,
        rows: dict[int, list[_Slot]],
        filled: list[int],
        headers: set[int],
        titles: set[int],
        inherited: dict[int, list[str]],
    ) -> set[int]:
        """The rows further down that are headers as those above are."""
        texts = {s.text for r in headers for s in rows[r]}
        texts.update(t for known in inherited.values() for t in known)
        if not texts:
            return set()
        body = (r for r in filled if r not in headers and r not in titles)
        return {r for r in body if self._heads_again(rows[r], texts)}

    def _columns_of(self, cell: Cell) -> range:
        return range(cell.column, min(cell.column + cell.column_span, self.columns))

    def _add_heads(self, row: list[_Slot]) -> None:
        for slot in row:
            for c in self._columns_of(slot.cell):
                above = self.heads.setdefault(c, [])
                if slot.text and slot.text not in above:
                    above.append(slot.text)

    def _heads_over(self, cell: Cell) -> str:
        """The headers of all columns that a cell covers, each once."""
        if cell.column_span == 1:
            return " / ".join(self.heads.get(cell.column, []))
        covered = (t for c in self._columns_of(cell) for t in self.heads.get(c, []))
        return " / ".join(list(dict.fromkeys(covered))[:_MAX_HEADS])

    def _add_name(self, row: list[_Slot], names: dict[int, str]) -> None:
        """Notes the row's first cell as the name of all rows that it covers."""
        first = next((s for s in row if s.cell.column == 0), None)
        if first is not None:
            for covered in range(first.cell.row, min(first.cell.rows.stop, self.rows)):
                names.setdefault(covered, first.text)


def _headed(
    cell: Cell,
    table: int,
    row_header: str,
    *,
    header: bool,
    column_header: str = "",
    vertical: bool = False,
) -> Cell:
    """The same cell with its headers, in a table of another number."""
    place = cell.row, cell.column, cell.row_span, cell.column_span
    return Cell(table, *place, column_header, row_header, header, vertical)


def _all_bold(said: list[_Slot]) -> bool:
    short = all(len(s.text) <= _HEADER_LENGTH for s in said)
    return len(said) > 1 and short and all(s.bold for s in said)


def _is_header_row(said: list[_Slot], *, more: bool) -> bool:
    """Whether a row heads the table: all th, all bold, or mostly words that are labels."""
    if not said or not more:
        return False
    if any(len(s.text) > _HEADER_LENGTH for s in said):
        return False
    if all(s.th for s in said):
        return True
    labels = sum(looks_like_label(s.text) for s in said)
    if all(s.bold for s in said) and len(said) > 1 and labels * 3 >= len(said):
        return True
    return len(said) > 1 and labels * 3 >= len(said) * 2


def _mixed_spans(said: list[_Slot]) -> bool:
    return len({s.cell.row_span for s in said}) > 1
