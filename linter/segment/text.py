"""Plain text and Markdown to blocks."""

from __future__ import annotations

import re

from linter.document import Policy
from linter.segment.builder import Builder, Context
from linter.segment.html import read_html
from linter.segment.tables import Grid

_BULLET = re.compile(r"\s*[•·●○◆■▪*\-–—]\s+\S")


def read_text(text: str) -> Policy:
    """A policy from plain text: a line is a block, lines with tabs are rows of a table."""
    builder = Builder()
    container = builder.new_id()
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(_lines(text), start=1):
        cells = [c.strip() for c in line.strip("\r\n ").split("\t")]
        if len(cells) > 1 and sum(bool(c) for c in cells) > 1:
            rows.append((number, cells))
            continue
        if not line.strip():
            # Exports put empty lines between the rows of a table, so they do not end it.
            container = builder.new_id()
            continue
        _table(builder, rows)
        rows = []
        items = (builder.new_id(),) if _BULLET.match(line) else ()
        context = Context(container=container, items=items, path=(f"line {number}",))
        builder.text(line, context)
        builder.flush()
    _table(builder, rows)
    return builder.policy(title="")


def read_markdown(text: str, *, base_url: str | None) -> Policy:
    """A policy from Markdown (CommonMark with tables), read through its HTML."""
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return read_html(html, base_url=base_url)


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]", text)


def _table(builder: Builder, rows: list[tuple[int, list[str]]]) -> None:
    if not rows:
        return
    grid = Grid(builder.new_id())
    builder.grids[grid.number] = grid
    for number, texts in rows:
        placed = grid.add_row([(1, 1, False)] * len(texts))
        for cell, text in zip(placed, texts, strict=True):
            context = Context(container=builder.new_id(), cell=cell, path=(f"line {number}",))
            builder.text(text, context)
            builder.flush()
