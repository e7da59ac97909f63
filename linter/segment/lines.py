"""Lines of plain text: a line is a block, lines with tabs or in columns are rows of a table."""

from __future__ import annotations

import re

from linter.segment.builder import Builder, Context
from linter.segment.tables import Grid
from linter.segment.typed import typed_rows

_BULLET = re.compile(r"\s*[•·●○◆■▪*\-–—]\s+\S")
_BREAK = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")


def add_lines(builder: Builder, text: str, context: Context, *, numbered: bool = False) -> None:
    """Adds the lines of a text, an empty one beginning a new paragraph.

    ``context`` is what holds for all of them; with ``numbered`` a line's number is its locator.
    """
    container = builder.new_id()
    rows: list[tuple[Context, list[str]]] = []
    lines = _BREAK.split(text)
    typed = typed_rows(lines) if context.cell is None else {}
    for number, line in enumerate(lines, start=1):
        path = (f"line {number}", 0) if numbered else context.path
        if (row := typed.get(number - 1)) is not None:
            if row:
                rows.append((context._replace(path=path), row))
            continue
        cells = [c.strip() for c in line.strip("\r\n ").split("\t")]
        if context.cell is None and sum(bool(c) for c in cells) > 1:
            rows.append((context._replace(path=path), cells))
            continue
        if not line.strip():
            # Exports put empty lines between the rows of a table, so they do not end it.
            container = builder.new_id()
            continue
        _table(builder, rows)
        rows = []
        items = (*context.items, builder.new_id()) if _BULLET.match(line) else context.items
        builder.text(line, context._replace(container=container, items=items, path=path))
        builder.flush()
    _table(builder, rows)


def _table(builder: Builder, rows: list[tuple[Context, list[str]]]) -> None:
    if not rows:
        return
    grid = Grid(builder.new_id())
    builder.grids[grid.number] = grid
    for context, texts in rows:
        placed = grid.add_row([(1, 1, False)] * len(texts))
        for cell, text in zip(placed, texts, strict=True):
            builder.text(text, context._replace(container=builder.new_id(), cell=cell))
            builder.flush()
