"""Which elements are the cells of a table, be it a ``<table>`` or boxes that stand as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from linter.document import Cell
from linter.segment.labels import looks_like_label
from linter.segment.styles import Style
from linter.segment.tables import MAX_SPAN, Grid
from linter.segment.tree import Node

# The longest text a cell of a real data table was seen to have is far below this.
_LAYOUT_CELL = 6000
# Nodes of one cell, and of all cells of a page, that are looked at to tell layout from data.
_SURVEY = 2_000
_ALL_SURVEYS = 1_000_000
_ROW_NAMES = frozenset(["div", "section", "p"])
_CELL_NAMES = frozenset(["div", "span", "p", "section", "b", "strong"])
_HEADINGS = frozenset(["h1", "h2", "h3"])
_MAX_COLUMNS = 20
_GROUPS = frozenset(["thead", "tbody", "tfoot"])


class Row(NamedTuple):
    """A row's cells, and how many rows its group of rows still has, this one included."""

    cells: list[Node]
    left: int


@dataclass(slots=True)
class Boxes:
    """The cells of a page's tables, by the identity of the elements that are their boxes."""

    cells: dict[int, Cell] = field(default_factory=dict)
    _left: int = _ALL_SURVEYS

    def rows(self, tag: Node, style: Style) -> list[Row]:
        """The rows of a table; [] for what is none, a layout table among it."""
        if tag.name == "table":
            rows = _rows(tag)
            return [] if self._is_layout(tag, [r.cells for r in rows]) else rows
        found = _styled_rows(tag, style) if style.place or "role" in tag.attrs else []
        found = found or _rows_of_boxes(tag)
        return _one_group(found) if len(found) > 1 else []

    def fill(self, grid: Grid, rows: Iterable[Row]) -> None:
        """Gives cells their places in a grid."""
        for row in rows:
            spans = [
                (
                    # 0 is as far as the group of rows goes, which no span leaves.
                    min(_span(c, "rowspan", "aria-rowspan") or MAX_SPAN, row.left),
                    _span(c, "colspan", "aria-colspan") or 1,
                    c.name == "th" or c.get("role") in ("columnheader", "rowheader"),
                )
                for c in row.cells
            ]
            for tag, cell in zip(row.cells, grid.add_row(spans), strict=True):
                self.cells[id(tag)] = cell

    def _is_layout(self, table: Node, rows: Sequence[Sequence[Node]]) -> bool:
        if max((len(row) for row in rows), default=0) < 2 and len(rows) < 2:
            return True
        if table.get("role") in ("presentation", "none"):
            return True
        count = sum(map(len, rows))
        if count > 4:
            return False
        surveys = [self._survey(c) for row in rows for c in row]
        if any(headed or length > _LAYOUT_CELL for headed, _, length in surveys):
            return True
        labelled = bool(rows) and len(rows) > 1 and _labels(rows[0])
        return any(nested for _, nested, _ in surveys) and not labelled

    def _survey(self, cell: Node) -> tuple[bool, bool, int]:
        """Whether a cell has headings, whether it has a table, and its text's length."""
        headed = nested = False
        length = seen = 0
        for node in islice(cell.within(), min(_SURVEY, self._left)):
            seen += 1
            if isinstance(node, Node):
                headed = headed or node.name in _HEADINGS
                nested = nested or node.name == "table"
            else:
                length += len(node)
            if headed or length > _LAYOUT_CELL:
                break
        self._left -= seen
        return headed, nested, length


def _rows(table: Node) -> list[Row]:
    """The rows of a table in order, those of tables within it excepted."""
    groups: list[list[list[Node]]] = [[]]
    stack = [(False, iter(table.contents))]
    while stack:
        grouped, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if grouped:
                groups.append([])
        elif isinstance(child, Node):
            grouped = child.name in _GROUPS
            if grouped:
                groups.append([])
            if child.name == "tr":
                groups[-1].append([c for c in child.children() if c.name in ("td", "th")])
            if child.name not in ("table", "td", "th"):
                stack.append((grouped, iter(child.contents)))
    return [row for group in groups for row in _one_group(group)]


def _one_group(rows: list[list[Node]]) -> list[Row]:
    return [Row(cells, len(rows) - n) for n, cells in enumerate(rows)]


def _children(tag: Node) -> list[Node]:
    return [c for c in tag.children() if c.name not in ("br", "script")]


def _styled_rows(tag: Node, style: Style) -> list[list[Node]]:
    """Rows of what a role or a style declares to be a table or a grid of columns."""
    if tag.get("role") in ("table", "grid", "treegrid"):
        rows = _with_role(tag, "row")
        return [[c for c in _children(r) if c.get("role")] for r in rows]
    if style.place == "table":
        return [_children(r) for r in _children(tag) if r.name != "table"]
    if style.place == "grid" and 2 <= style.columns <= _MAX_COLUMNS:
        boxes = _children(tag)
        if len(boxes) >= 2 * style.columns and _labels(boxes[: style.columns]):
            return [boxes[n : n + style.columns] for n in range(0, len(boxes), style.columns)]
    return []


def _with_role(tag: Node, role: str) -> list[Node]:
    """The rows of an element with roles: its children, or those of its groups of rows."""
    found: list[Node] = []
    for child in _children(tag):
        if child.get("role") == role:
            found.append(child)
        else:
            found += [c for c in _children(child) if c.get("role") == role]
    return found


def _rows_of_boxes(tag: Node) -> list[list[Node]]:
    """Rows of as many boxes each, the first with labels: a table made of divs by class alone."""
    if tag.name not in _ROW_NAMES:
        return []
    rows = _children(tag)
    if len(rows) < 2 or any(r.name != rows[0].name for r in rows[:2]) or not _is_row(rows[0]):
        return []
    cells = [_children(r) for r in rows]
    width = len(cells[0])
    if not 2 <= width <= _MAX_COLUMNS or any(len(c) != width for c in cells):
        return []
    if any(c.name not in _CELL_NAMES for c in cells[1]) or not _labels(cells[0]):
        return []
    return cells


def _is_row(tag: Node) -> bool:
    """Whether an element holds boxes and no words of its own."""
    if tag.name not in _ROW_NAMES:
        return False
    return not any(isinstance(c, str) and c.strip() for c in tag.contents)


def _labels(cells: Sequence[Node]) -> bool:
    texts = [_text(c) for c in cells]
    labels = sum(looks_like_label(t) for t in texts)
    return len(texts) > 1 and labels * 3 >= len(texts) * 2 and all(len(t) <= 48 for t in texts)


def _text(tag: Node) -> str:
    """The beginning of an element's text: enough to tell whether it is a label."""
    out = ""
    for node in islice(tag.within(), 60):
        if isinstance(node, str):
            out += node.strip()
            if len(out) > 60:
                break
    return out


def _span(tag: Node, *names: str) -> int:
    for name in names:
        if name in tag.attrs:
            value = tag.attrs[name].strip()
            return min(int(value[:6]), MAX_SPAN) if value.isascii() and value.isdigit() else 1
    return 1
