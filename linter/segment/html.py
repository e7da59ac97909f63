"""HTML to blocks. No block is dropped as "not main content"; hidden text is kept and marked."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

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
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD = frozenset("b strong th".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LOCATOR_DEPTH = 6
# Pixels; trackers have frames of one or none.
_SMALLEST_FRAME = 32
_NO_PAGE = re.compile(r"(?:about|javascript|data|blob|cid):", re.IGNORECASE)
# "Save as" of Internet Explorer, Chrome, Edge and Firefox; the SingleFile extension.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2048}?)\s*-->"
    r"|<!--\s*Page saved with SingleFile\s*url:\s*(\S{1,2048})",
    re.IGNORECASE,
)
_SAVED_FROM_WITHIN = 8192
_LONGEST_ADDRESS = 2048
# The longest text a cell of a real data table was seen to have is far below this.
_LAYOUT_CELL = 6000


@dataclass(slots=True)
class _Frame:
    tag: Tag
    children: Iterator[PageElement]
    context: Context
    counts: dict[str, int]


def read_html(text: str, *, base_url: str | None) -> Policy:
    """A policy from HTML source. Any markup is accepted; depth is not limited by recursion."""
    with _collector_paused():
        return _read(text, base_url)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keeps Python's cycle collector from walking a growing tree again and again.

    A tree of a large page is all live objects; looking for garbage among them takes longer than
    parsing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read(text: str, base_url: str | None) -> Policy:
    # Attributes stay the strings they are: splitting every class into a list is time for nothing.
    soup = BeautifulSoup(text, "lxml", multi_valued_attributes=None)
    base = soup.find("base", href=True)
    if isinstance(base, Tag):
        base_url = _join(base_url, str(base["href"]))
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    policy = _Reader(Builder(), base_url).read(soup, title)
    return replace(policy, canonical=canonical(soup, text, base_url))


def script_drawn(text: str) -> bool:
    """Whether a page without text is a shell whose content a script would draw."""
    return "<script" in text.lower()


class _Reader:
    def __init__(self, builder: Builder, base_url: str | None) -> None:
        self._builder = builder
        self._base_url = base_url
        self._cells: dict[int, Cell] = {}
        self._frames: list[str] = []

    def read(self, soup: BeautifulSoup, title: str) -> Policy:
        stack = [_Frame(soup, iter(soup.contents), Context(), {})]
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
        policy = self._builder.policy(title=title[:300])
        relations = tuple(_relations(soup, self._base_url))
        return replace(policy, frames=tuple(dict.fromkeys(self._frames)), relations=relations)

    def _enter(self, tag: Tag, parent: _Frame) -> _Frame | None:
        name = tag.name
        if name in _SKIP or name == "head":
            return None
        if name == "br":
            self._builder.flush()
            return None
        context = _styled(tag, parent.context)
        if name in ("iframe", "frame") and not context.hidden:
            self._frame(tag)
        if name in _BLOCK:
            self._builder.flush()
            parent.counts[name] = count = parent.counts.get(name, 0) + 1
            context = self._block_context(tag, context, f"{name}:nth-of-type({count})")
        elif name == "a" and tag.get("href"):
            context = context._replace(href=_join(self._base_url, str(tag["href"]).strip()))
        if name == "pre":
            self._pre(tag, context)
            return None
        return _Frame(tag, iter(tag.contents), context, {})

    def _frame(self, tag: Tag) -> None:
        """Notes the page that a frame shows, unless it is too small for anyone to read."""
        source = str(tag.get("src") or "").strip()
        sizes = (str(tag.get(side) or "").removesuffix("px") for side in ("width", "height"))
        tiny = any(s.isdigit() and int(s) < _SMALLEST_FRAME for s in sizes)
        if source and not tiny and not _NO_PAGE.match(source):
            self._frames.append(_join(self._base_url, source))

    def _pre(self, tag: Tag, context: Context) -> None:
        for line in tag.get_text().splitlines():
            self._builder.text(line, context)
            self._builder.flush()

    def _block_context(self, tag: Tag, outer: Context, step: str) -> Context:
        name, builder = tag.name, self._builder
        items, cell, level, term = outer.items, outer.cell, outer.level, outer.term
        container = builder.new_id()
        if name in _HEADINGS:
            level = 0 if cell else int(name[1])
        elif name == "li":
            items = (*items, builder.new_id())
        elif name == "dt":
            term = -1
        elif name == "dd":
            term = 1
        elif name == "table":
            self._place(tag)
        elif name in ("td", "th"):
            cell, items, level = self._cells.get(id(tag), cell), (), 0
        path = (*outer.path[-_LOCATOR_DEPTH + 1 :], step)
        return Context(
            container, items, cell, level, outer.bold, outer.hidden, outer.href, term, path
        )

    def _place(self, table: Tag) -> None:
        """Places the cells of a data table; a layout table's cells stay plain blocks."""
        rows = list(_rows(table))
        cells = [
            [c for c in r.contents if isinstance(c, Tag) and c.name in ("td", "th")] for r in rows
        ]
        if _is_layout(table, cells):
            return
        grid = Grid(self._builder.new_id())
        self._builder.grids[grid.number] = grid
        for row in cells:
            spans = [(_span(c, "rowspan"), _span(c, "colspan"), c.name == "th") for c in row]
            for tag, cell in zip(row, grid.add_row(spans), strict=True):
                self._cells[id(tag)] = cell


def canonical(soup: BeautifulSoup, text: str, base_url: str | None) -> str | None:
    """The address that a page gives as its own, None if it gives none on the web.

    Where a browser saved it from comes first: that is where its relative links lead.
    """
    saved = _SAVED_FROM.search(text, 0, _SAVED_FROM_WITHIN)
    if saved and (address := _on_the_web(saved.group(1) or saved.group(2))):
        return address
    for tag in soup.head.find_all(("link", "meta")) if soup.head else ():
        said = "canonical" in str(tag.get("rel") or "").lower().split() and tag.get("href")
        said = said or (str(tag.get("property") or "").lower() == "og:url" and tag.get("content"))
        if said and (address := _on_the_web(_join(base_url, str(said).strip()))):
            return address
    return None


def _on_the_web(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return address if whole and len(address) <= _LONGEST_ADDRESS else None


def _relations(soup: BeautifulSoup, base_url: str | None) -> Iterator[tuple[str, str]]:
    """What the head says of the policy's address and of versions in other languages."""
    for link in soup.head.find_all("link", href=True) if soup.head else ():
        rels = str(link.get("rel") or "").lower().split()
        href = _join(base_url, str(link["href"]).strip())
        if "privacy-policy" in rels:
            yield "privacy-policy", href
        elif "alternate" in rels and link.get("hreflang"):
            yield f"alternate:{str(link['hreflang']).lower()[:20]}", href


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
    if name not in tag.attrs:
        return 1
    value = str(tag.attrs[name]).strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _styled(tag: Tag, context: Context) -> Context:
    bold = context.bold or tag.name in _BOLD
    hidden = context.hidden or tag.name == "noscript"
    if attributes := tag.attrs:
        style = str(attributes.get("style") or "")
        bold = bold or bool(style and _BOLD_STYLE.search(style))
        hidden = (
            hidden
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or bool(style and _HIDDEN_STYLE.search(style))
        )
    if bold == context.bold and hidden == context.hidden:
        return context
    return context._replace(bold=bold, hidden=hidden)


def _join(base: str | None, href: str) -> str:
    """The absolute address; as it stands if it is no valid URL or leads within the page."""
    if not base or href.startswith("#"):
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href
