"""PDF to blocks: the child process reads the file, here its parts become a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from linter.document import Policy
from linter.errors import SegmentError
from linter.segment.builder import Builder, Context
from linter.segment.child import parse
from linter.segment.tables import Grid


def read_pdf(content: bytes, *, base_url: str | None) -> Policy:
    """A policy from a PDF. ``unread`` names the pages without a text layer.

    Raises
    ------
    SegmentError
        ``segment-no-text-layer`` for a scan, ``segment-password``, ``segment-damaged``,
        ``segment-too-long``, ``segment-garbled``, ``segment-parser-limit``,
        ``segment-parser-failed``.
    """
    answer = parse("pdf", content)
    try:
        return build(answer, base_url)
    except (KeyError, TypeError, ValueError, AttributeError):
        # A child that answers anything else was taken over or broke.
        raise SegmentError("segment-parser-failed", format="PDF") from None


def build(answer: Mapping[str, Any], base_url: str | None = None) -> Policy:
    """A policy from what ``pdf_layout.layout`` answers."""
    builder = Builder()
    for part in answer["parts"]:
        locator = f"page {int(part['page'])}"
        if "cells" in part:
            _table(builder, part["cells"], locator, base_url)
            continue
        context = Context(
            container=builder.new_id(),
            items=(builder.new_id(),) if part["item"] else (),
            level=int(part["level"]),
            bold=bool(part["bold"]),
            hidden=bool(part["hidden"]),
            path=(locator, 0),
        )
        _spans(builder, part["spans"], context, base_url)
        if part["picture"]:
            builder.picture()
    return builder.policy(title=_title(answer["parts"]), unread=tuple(map(str, answer["unread"])))


def _title(parts: Iterable[Mapping[str, Any]]) -> str:
    """The first line in large type; what a file says of itself is seldom its title."""
    lines = [p for p in parts if "spans" in p and not p["margin"]]
    first = next((p for p in lines if p["level"]), lines[0] if lines else None)
    return "".join(str(text) for text, _ in first["spans"])[:120] if first else ""


def _table(
    builder: Builder, cells: Iterable[Mapping[str, Any]], locator: str, base_url: str | None
) -> None:
    grid = Grid(builder.new_id())
    builder.grids[grid.number] = grid
    for said in cells:
        numbers = (int(said[k]) for k in ("row", "column", "rows", "columns"))
        cell = grid.place(*numbers)
        context = Context(
            container=builder.new_id(), cell=cell, bold=bool(said["bold"]), path=(locator, 0)
        )
        for spans in said["lines"]:
            _spans(builder, spans, context, base_url)


def _spans(
    builder: Builder,
    spans: Iterable[tuple[str, str | None]],
    context: Context,
    base_url: str | None,
) -> None:
    for text, href in spans:
        link = None if href is None else _absolute(base_url, str(href))
        builder.text(str(text), context._replace(href=link))
    builder.flush()


def _absolute(base_url: str | None, href: str) -> str:
    try:
        return urljoin(base_url, href) if base_url else href
    except ValueError:
        return href
