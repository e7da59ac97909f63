"""HTML to blocks. No block is dropped as "not main content"; hidden text is kept and marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from linter.document import Cell, Policy
from linter.segment.builder import Builder, Context
from linter.segment.tables import MAX_SPAN, Grid

_SKIP = frozenset("script style template svg math object embed applet canvas audio video".split())
_BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "iframe legend li main menu nav noscript ol optgroup option p pre section select summary "
    "table tbody td tfoot th thead tr ul".split()
)
_BOLD = frozenset("b strong th".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LOCATOR_DEPTH = 6
# The longest text a cell of a real data table was seen to have is far below this.
_LAYOUT_CELL = 6000


@dataclass(slots=True)
class _Frame:
    tag: Tag
    children: Iterator[PageElement]
    context: Context
    path: tuple[str, ...]
    counts: dict[str, int]


def read_html(text: str, *, base_url: str | None) -> Policy:
    """A policy from HTML source. Any markup is accepted; depth is not limited by recursion."""
    soup = BeautifulSoup(text, "lxml")
    base = soup.find("base", href=True)
    if isinstance(base, Tag):
        base_url = _join(base_url, str(base["href"]))
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    return _Reader(Builder(), base_url).read(soup, title)


class _Reader:
    def __init__(self, builder: Builder, base_url: str | None) -> None:
        self._builder = builder
        self._base_url = base_url
        self._cells: dict[int, Cell] = {}

    def read(self, soup: BeautifulSoup, title: str) -> Policy:
        stack = [_Frame(soup, iter(soup.contents), Context(), (), {})]
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                stack.pop()
                if frame.tag.name in _BLOCK:
                    self._builder.flush()
            elif isinstance(child, Tag):
                if (entered := self._enter(child, frame)) is not None:
                    stack.append(entered)
            elif type(child) in (NavigableString, CData):
                self._builder.text(str(child), frame.context)
        return self._builder.policy(title=title[:300])

    def _enter(self, tag: Tag, parent: _Frame) -> _Frame | None:
        name = tag.name
        if name in _SKIP or name == "head":
            return None
        if name == "br":
            self._builder.flush()
            return None
        context = _styled(tag, parent.context)
        path = parent.path
        if name in _BLOCK:
            self._builder.flush()
            parent.counts[name] = parent.counts.get(name, 0) + 1
            path = (*path[-_LOCATOR_DEPTH + 1 :], f"{name}:nth-of-type({parent.counts[name]})")
            context = self._block_context(tag, context, path)
        elif name == "a" and tag.get("href"):
            context = replace(context, href=_join(self._base_url, str(tag["href"]).strip()))
        if name == "pre":
            self._pre(tag, context)
            return None
        return _Frame(tag, iter(tag.contents), context, path, {})

    def _pre(self, tag: Tag, context: Context) -> None:
        for line in tag.get_text().splitlines():
            self._builder.text(line, context)
            self._builder.flush()

    def _block_context(self, tag: Tag, context: Context, path: tuple[str, ...]) -> Context:
        name, builder = tag.name, self._builder
        context = replace(context, container=builder.new_id(), locator=" > ".join(path))
        if name[0] == "h" and name[1:].isdigit():
            return replace(context, level=0 if context.cell else int(name[1:]))
        if name == "li":
            return replace(context, items=(*context.items, builder.new_id()))
        if name == "dt":
            return replace(context, term=-1)
        if name == "dd":
            return replace(context, term=1)
        if name == "table":
            self._place(tag)
        if name in ("td", "th"):
            return replace(context, cell=self._cells.get(id(tag), context.cell), items=(), level=0)
        return context

    def _place(self, table: Tag) -> None:
        """Places the cells of a data table; a layout table's cells stay plain blocks."""
        rows = list(_rows(table))
        cells = [r.find_all(["td", "th"], recursive=False) for r in rows]
        if _is_layout(table, cells):
            return
        grid = Grid(self._builder.new_id())
        self._builder.grids[grid.number] = grid
        for row in cells:
            spans = [(_span(c, "rowspan"), _span(c, "colspan"), c.name == "th") for c in row]
            for tag, cell in zip(row, grid.add_row(spans), strict=True):
                self._cells[id(tag)] = cell


def _rows(table: Tag) -> Iterator[Tag]:
    """The rows of a table in order, those of tables within it excepted."""
    stack = [iter(table.contents)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, Tag):
            if child.name == "tr":
                yield child
            if child.name not in ("table", "td", "th"):
                stack.append(iter(child.contents))


def _is_layout(table: Tag, rows: Sequence[Sequence[Tag]]) -> bool:
    if max((len(row) for row in rows), default=0) < 2 and len(rows) < 2:
        return True
    if table.get("role") in ("presentation", "none"):
        return True
    count = sum(map(len, rows))
    return count <= 4 and any(
        c.find(["h1", "h2", "h3", "table"]) or len(c.get_text()) > _LAYOUT_CELL
        for row in rows
        for c in row
    )


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name, "1")).strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _styled(tag: Tag, context: Context) -> Context:
    style = str(tag.get("style") or "")
    bold = context.bold or tag.name in _BOLD or bool(style and _BOLD_STYLE.search(style))
    hidden = (
        context.hidden
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or tag.name == "noscript"
        or bool(style and _HIDDEN_STYLE.search(style))
    )
    if bold == context.bold and hidden == context.hidden:
        return context
    return replace(context, bold=bold, hidden=hidden)


def _join(base: str | None, href: str) -> str:
    """The absolute address, or the attribute as it stands when it is no valid URL."""
    if not base:
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href
