"""The types of a document: what was fetched, what was read, and where in it a thing stands.

Offsets are Unicode code points, half-open, into the canonical text of one document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a document's canonical text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class TextQuote:
    """A quote with its surroundings (W3C Web Annotation, TextQuoteSelector)."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Page:
    """One document as it came: bytes, their decoded text, and where they came from.

    Attributes
    ----------
    source : the source as the user gave it.
    content : the bytes, after transfer and content decoding.
    text : ``content`` decoded to characters.
    encoding : the codec that was used ("utf-8", "gb18030"…), lower case.
    replaced : share of U+FFFD among the characters of ``text``, 0.0 to 1.0.
    media_type : "text/html", "text/plain", "text/markdown", "application/pdf" or the one of DOCX;
        of the last two only ``content`` is given, ``text`` is "".
    url : final URL after redirects, or None for files and standard input.
    base_url : what relative links are resolved against, or None.
    headers : response headers, lower-case names; empty for files.
    fetched_at : RFC 3339 UTC time of a network fetch, else None.
    truncated : the body was cut at the size cap, so what follows was not read.
    rendered : a browser drew it; ``content`` is what it then showed, written as HTML.
    """

    source: str
    content: bytes
    text: str
    encoding: str
    replaced: float
    media_type: str
    url: str | None = None
    base_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    truncated: bool = False
    rendered: bool = False


class BlockKind(StrEnum):
    """What a block is in the document's structure."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    KEY_VALUE = "key-value"


class Cell(NamedTuple):
    """Where a table cell stands.

    ``row`` and ``column`` are zero-based in the table's grid; a merged cell covers
    ``row_span`` rows and ``column_span`` columns from there. ``column_header`` is the text of
    the header above (several header rows joined with " / "), ``row_header`` the text of the
    row's first cell; either is "" when there is none. ``header`` tells a header or title cell;
    ``vertical`` a table whose labels stand in the first column, one entry a column.
    """

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    column_header: str = ""
    row_header: str = ""
    header: bool = False
    vertical: bool = False

    @property
    def rows(self) -> range:
        """The grid rows that the cell covers."""
        return range(self.row, self.row + self.row_span)


class Block(NamedTuple):
    """A smallest unit of structure: a heading, a paragraph or line, an item, a cell's line.

    Attributes
    ----------
    index : position in ``Policy.blocks``.
    span : where its text stands.
    headings : indexes of the headings above it, outermost first; a heading's own is excluded.
    level : heading level (1 is outermost), 0 for what is no heading.
    container : number shared by the lines of one paragraph, item or cell (``<br>`` splits lines).
    item : number of the innermost list item or numbered entry, or None.
    items : numbers of all list items around it, outermost first.
    cell : its place in a table, or None.
    key, value : where label and value stand, in a ``KEY_VALUE`` block and in a cell's
        "label：value" line; else None. The label may stand in the block before.
    hidden : the page's style or attributes hide it.
    path : the elements around it, outermost first, a name and a number each.
    """

    # Blocks are no sequences for whoever uses them: this hides a method of tuples.
    index: int  # type: ignore[assignment]
    kind: BlockKind
    span: Span
    headings: tuple[int, ...] = ()
    level: int = 0
    container: int = 0
    item: int | None = None
    items: tuple[int, ...] = ()
    cell: Cell | None = None
    key: Span | None = None
    value: Span | None = None
    hidden: bool = False
    path: tuple[str | int, ...] = ()

    @property
    def locator(self) -> str:
        """Where its source stands: a CSS-like path in HTML, "line N" in text, "page N" in a PDF."""
        steps = zip(self.path[::2], self.path[1::2], strict=True)
        return " > ".join(f"{name}:nth-of-type({n})" if n else str(name) for name, n in steps)


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: where its anchor text stands and where it leads (absolute if it could be)."""

    span: Span
    href: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A document as it was read: canonical text, its blocks in order, and its links.

    ``language`` is "zh-hans", "zh-hant", "en", or a code of another language that is not judged
    ("ja", "ko", "und"…). ``unread`` names the parts that could not be read, empty if none.
    ``frames`` are the addresses of the pages it shows within itself, in order; ``relations`` what
    its source says of other pages: (relation, address), "privacy-policy" (RFC 6903),
    "alternate:" and a language, or "named:" and the words for a link that shows none.
    ``canonical`` is the address that the page gives as its own, or None; it says where relative
    links lead, and nothing is fetched for it. ``pictures`` are the indices of the blocks after
    which a picture stands.
    """

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    language: str
    title: str
    unread: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    embedded: bool = False
    canonical: str | None = None
    pictures: tuple[int, ...] = ()

    def quote(self, span: Span) -> str:
        """The words at a span."""
        return self.text[span.start : span.end]

    def text_quote(self, span: Span, *, context: int = 32) -> TextQuote:
        """The words at a span with up to ``context`` code points on either side."""
        return TextQuote(
            self.quote(span),
            self.text[max(0, span.start - context) : span.start],
            self.text[span.end : span.end + context],
        )

    def heading_texts(self, block: Block) -> tuple[str, ...]:
        """The texts of the headings above a block, outermost first."""
        return tuple(self.quote(self.blocks[i].span) for i in block.headings)
