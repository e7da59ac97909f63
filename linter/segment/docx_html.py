"""DOCX to HTML: everything that its reader sees, and marked hidden what the file hides.

Runs in the child process. mammoth was tried first: it loses headers, footers, the text of simple
fields and the numbers that Word makes, and does not tell hidden text from other. python-docx gives
the XML that is walked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from lxml import etree

from linter.errors import SegmentError
from linter.segment.docx_lists import Numbering
from linter.segment.docx_package import Package, attribute, child, local, value
from linter.segment.docx_styles import Styles, switched, unseen
from linter.segment.limits import BLOCKS, TOO_LARGE

_DEFAULT_PART = "word/document.xml"
# Properties, and marks that show nothing.
_NOTHING = frozenset(
    "pPr rPr tblPr tblGrid tblPrEx trPr tcPr sectPr sdtPr sdtEndPr instrText delInstrText proofErr "
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference annotationRef "
    "footnoteRef endnoteRef separator continuationSeparator lastRenderedPageBreak txbxContent "
    "permStart permEnd fldData".split()
)
_BLOCKS = frozenset(("p", "tbl"))
# The switches \o and \t have a text of their own; \l leads within the document.
_ADDRESS = re.compile(r'HYPERLINK\s+(?:\\[ot]\s+"[^"]*"\s*|\\[mn]\s+)*"([^"]+)"', re.IGNORECASE)
_LONGEST_HEADING = 40
# English metric units.
_PIXEL = 9525


@dataclass(slots=True)
class _Field:
    """A field between its marks: its instruction first, then what it shows."""

    instruction: str = ""
    shows: bool = False

    @property
    def href(self) -> str | None:
        found = _ADDRESS.search(self.instruction)
        return found.group(1) if found else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """One block of a story: "p", "h1"… or "li" with its depth, or "raw" for what is a table."""

    kind: str
    html: str
    depth: int = 0
    ordered: bool = False
    short: bool = False


@dataclass(slots=True)
class _Part:
    """A part in reading: its links, and the notes and text boxes that its blocks still owe."""

    relations: dict[str, tuple[str, str, bool]]
    fields: list[_Field] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)


def to_html(content: bytes) -> dict[str, Any]:
    """``{"html": …, "unread": […]}`` for a DOCX file.

    Raises
    ------
    SegmentError
        ``segment-damaged``, ``segment-password``, ``segment-parser-limit``.
    """
    return _Document(Package(content)).read()


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        kinds = package.relations("")
        main = (
            t for kind, t, outside in kinds.values() if kind == "officeDocument" and not outside
        )
        self._name = next(main, _DEFAULT_PART)
        self._relations = package.relations(self._name)
        self._styles = Styles.of(self._target("styles"))
        self._numbering = Numbering.of(self._target("numbering"))
        self._notes: dict[tuple[str, str], etree._Element] = {}
        self._note_parts: dict[str, _Part] = {}
        self._unread: list[str] = []
        self._left = BLOCKS

    def _target(self, kind: str) -> etree._Element | None:
        for found, target, outside in self._relations.values():
            if found == kind and not outside:
                return self._package.xml(target)
        return None

    def read(self) -> dict[str, Any]:
        root = self._package.xml(self._name)
        if root is None:
            raise SegmentError("segment-damaged", format="DOCX")
        for kind in ("footnotes", "endnotes"):
            self._load_notes(kind)
        part = _Part(self._relations)
        body = "".join(self._story(root, part))
        html = "".join(self._margins()) + body
        return {"html": html, "unread": list(dict.fromkeys(self._unread))}

    def _load_notes(self, kind: str) -> None:
        for found, target, outside in self._relations.values():
            if found != kind or outside:
                continue
            root = self._package.xml(target)
            self._note_parts[kind] = _Part(self._package.relations(target))
            for note in root if root is not None else ():
                if attribute(note, "type") is None:
                    self._notes[kind, attribute(note, "id") or ""] = note

    def _margins(self) -> Iterator[str]:
        """Headers and footers, each text once. They come first, so that no heading is above."""
        seen = set()
        for kind, target, outside in self._relations.values():
            if kind not in ("header", "footer") or outside:
                continue
            root = self._package.xml(target)
            if root is None:
                continue
            part = _Part(self._package.relations(target))
            said = "".join(self._story(root, part))
            if said not in seen:
                seen.add(said)
                yield said

    # -- blocks

    def _story(self, element: etree._Element, part: _Part) -> Iterator[str]:
        """The blocks in an element: a body, a cell, a note, a text box."""
        pieces: list[_Piece] = []
        for block in _blocks(element):
            self._left -= 1
            if self._left < 0:
                self._unread.append(TOO_LARGE)
                break
            kind = local(block)
            if kind == "altChunk":
                self._unread.append("segment-embedded")
            elif kind == "tbl":
                pieces.append(_Piece("raw", self._table(block, part)))
            else:
                pieces.append(self._paragraph(block, part))
            pieces += [_Piece("raw", owed) for owed in self._take(part)]
        yield from _laid_out(pieces)

    def _take(self, part: _Part) -> list[str]:
        owed, part.owed = part.owed, []
        return owed

    def _paragraph(self, element: etree._Element, part: _Part) -> _Piece:
        properties = child(element, "pPr")
        style = value(properties, "pStyle") or self._styles.default
        marks = self._styles.marks(style)
        html = "".join(self._inline(element, part, marks)).strip()
        number, depth = self._number(properties, style)
        words = re.sub(r"<[^>]*>", "", html)
        if not words.strip():
            return _Piece("p", html)
        level = self._styles.outline(properties, style)
        if level:
            return _Piece(f"h{level}", _numbered(number, html))
        if number is None:
            return _Piece("p", html)
        whole = html.startswith("<b>") and html.count("<b>") == 1 and html.endswith("</b>")
        short = len(words) <= _LONGEST_HEADING
        if number and whole and short:
            return _Piece("p", f"<b>{escape(number)} {html[3:]}")
        return _Piece("li", _numbered(number, html), depth, ordered=bool(number), short=short)

    def _number(self, properties: etree._Element | None, style: str) -> tuple[str | None, int]:
        own = child(properties, "numPr")
        identity, depth = value(own, "numId"), value(own, "ilvl")
        chain = list(self._styles.chain(style))
        if identity is None:
            identity = next((s.list_id for s in chain if s.list_id is not None), None)
            if depth is None:
                level = next((s.list_level for s in chain if s.list_level is not None), 0)
                depth = str(level)
        if identity in (None, "0"):
            return None, 0
        at = int(depth) if depth and depth.isascii() and depth.isdigit() else 0
        return self._numbering.next(str(identity), min(at, 8)), min(at, 8)

    # -- text

    def _inline(
        self,
        element: etree._Element,
        part: _Part,
        marks: tuple[bool, bool],
        href: str | None = None,
    ) -> Iterator[str]:
        """The text in an element with its links, bold and hidden marks; neighbours put together."""
        run: list[str] = []
        look: tuple[bool, bool, str | None] | None = None
        for text, bold, hidden, link in self._runs(element, part, marks, href):
            if look is not None and look != (bold, hidden, link):
                yield _marked("".join(run), *look)
                run = []
            look = (bold, hidden, link)
            run.append(text)
        if look is not None:
            yield _marked("".join(run), *look)

    def _runs(
        self,
        element: etree._Element,
        part: _Part,
        marks: tuple[bool, bool],
        href: str | None,
    ) -> Iterator[tuple[str, bool, bool, str | None]]:
        for inner in element:
            name = local(inner)
            if name in _NOTHING or name in _BLOCKS:
                continue
            if name == "r":
                yield from self._run(inner, part, marks, href)
            elif name in ("del", "moveFrom"):
                yield from self._runs(inner, part, (marks[0], True), href)
            elif name == "hyperlink":
                yield from self._runs(inner, part, marks, self._link(inner, part) or href)
            elif name == "fldSimple":
                link = _Field(attribute(inner, "instr") or "").href
                yield from self._runs(inner, part, marks, link or href)
            elif name == "AlternateContent":
                yield from self._runs(_alternative(inner), part, marks, href)
            elif name == "t":  # of a formula
                yield escape(inner.text or ""), *marks, href
            else:
                yield from self._runs(inner, part, marks, href)

    def _link(self, element: etree._Element, part: _Part) -> str | None:
        kind, target, outside = part.relations.get(attribute(element, "id") or "", ("", "", False))
        if not (kind == "hyperlink" and outside):
            return None
        anchor = attribute(element, "anchor")
        return f"{target}#{anchor}" if anchor else target

    def _run(
        self,
        element: etree._Element,
        part: _Part,
        marks: tuple[bool, bool],
        href: str | None,
    ) -> Iterator[tuple[str, bool, bool, str | None]]:
        properties = child(element, "rPr")
        if (style := value(properties, "rStyle")) is not None:
            bold, hidden = self._styles.marks(style)
            marks = marks[0] or bold, marks[1] or hidden
        marks = (
            switched(properties, ("b", "bCs"), marks[0]),
            unseen(properties, marks[1]),
        )
        for inner in element:
            link = next((f.href for f in reversed(part.fields) if f.shows and f.href), href)
            for text in self._text(inner, part):
                yield text, *marks, link

    def _text(self, element: etree._Element, part: _Part) -> Iterator[str]:
        name = local(element)
        if name == "fldChar":
            _mark_field(part.fields, attribute(element, "fldCharType"))
        elif name in ("instrText", "delInstrText"):
            if part.fields and not part.fields[-1].shows:
                part.fields[-1].instruction += (element.text or "")[:4096]
        elif name in ("t", "delText"):
            yield escape(element.text or "")
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield " " if attribute(element, "type") in ("page", "column") else "<br>"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(attribute(element, "char"))
        elif name in ("footnoteReference", "endnoteReference"):
            self._owe_note(name.removesuffix("Reference") + "s", element, part)
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            inner = _alternative(element) if name == "AlternateContent" else element
            self._owe_drawing(inner, part)
        elif name == "ruby":
            yield "".join(escape(t.text or "") for t in element.iter() if local(t) == "t")

    def _owe_note(self, kind: str, element: etree._Element, part: _Part) -> None:
        note = self._notes.pop((kind, attribute(element, "id") or ""), None)
        if note is not None:
            part.owed.append("".join(self._story(note, self._note_parts[kind])))

    def _owe_drawing(self, element: etree._Element, part: _Part) -> None:
        """Text boxes are read after the paragraph that they hang on; so are diagrams."""
        for inner in _outermost(element, "txbxContent"):
            box = _Part(part.relations)
            part.owed.append("".join(self._story(inner, box)))
        if picture := _picture(element):
            part.owed.append(picture)
        for inner in element.iter():
            name = local(inner)
            if name == "OLEObject":
                self._unread.append("segment-embedded")
            elif name == "relIds":
                kind, target, outside = part.relations.get(
                    attribute(inner, "dm") or "", ("", "", False)
                )
                root = None if outside else self._package.xml(target)
                for words in root.iter() if root is not None and kind == "diagramData" else ():
                    if local(words) == "t" and words.text:
                        part.owed.append(f"<p>{escape(words.text)}</p>")

    # -- tables

    def _table(self, element: etree._Element, part: _Part) -> str:
        cells: list[_Cell] = []
        above: dict[int, _Cell] = {}
        rows = list(_inside(element, "tr"))
        for r, row in enumerate(rows):
            properties = child(row, "trPr")
            gone = child(properties, "del") is not None
            head = child(properties, "tblHeader") is not None
            column = _small(value(properties, "gridBefore"), 0)
            if column:
                cells.append(_Cell(r, 0, column, "", head=head))
            for cell in _inside(row, "tc"):
                own = child(cell, "tcPr")
                span = max(1, _small(value(own, "gridSpan"), 1))
                merge = child(own, "vMerge")
                said = "".join(self._story(cell, part))
                if gone:
                    said = f"<div hidden>{said}</div>"
                upper = above.get(column)
                if (
                    merge is not None
                    and (attribute(merge, "val") or "continue") == "continue"
                    and upper is not None
                ):
                    upper.rows = r - upper.row + 1
                    if re.sub(r"<[^>]*>", "", said).strip():
                        # Word shows nothing of it.
                        upper.html += f"<div hidden>{said}</div>"
                else:
                    new = _Cell(r, column, span, said, head=head)
                    cells.append(new)
                    for c in range(column, column + span):
                        above[c] = new
                column += span
        return _table_html(cells, len(rows))


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    columns: int
    html: str
    rows: int = 1
    head: bool = False


def _table_html(cells: list[_Cell], rows: int) -> str:
    by_row: list[list[str]] = [[] for _ in range(rows)]
    for cell in cells:
        tag = "th" if cell.head else "td"
        spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        by_row[cell.row].append(f"<{tag}{spans}>{cell.html}</{tag}>")
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in by_row) + "</table>"


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables in an element, through whatever is wrapped around them."""
    for inner in element:
        name = local(inner)
        if name in ("p", "tbl", "altChunk"):
            yield inner
        elif name == "AlternateContent":
            yield from _blocks(_alternative(inner))
        elif name not in _NOTHING:
            yield from _blocks(inner)


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, also those in content controls and the like."""
    for inner in element:
        found = local(inner)
        if found == name:
            yield inner
        elif found in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _inside(inner, name)


def _outermost(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) == "AlternateContent":
            yield from _outermost(_alternative(inner), name)
        else:
            yield from _outermost(inner, name)


def _alternative(element: etree._Element) -> etree._Element:
    """The one of several equal contents that has text; all show the same."""
    choices = [e for e in element if local(e) in ("Choice", "Fallback")]
    said = (e for e in choices if any(local(x) == "t" and x.text for x in e.iter()))
    return next(said, choices[0] if choices else element)


def _picture(element: etree._Element) -> str:
    """A drawing that shows a picture as an image of its size; "" for any other."""
    names = {local(inner): inner for inner in element.iter()}
    if "blip" not in names and "imagedata" not in names:
        return ""
    extent = names.get("extent")
    sizes = (attribute(extent, n) if extent is not None else None for n in ("cx", "cy"))
    wide, high = (
        str(int(s[:12]) // _PIXEL) if s and s.isascii() and s.isdigit() else "" for s in sizes
    )
    return f'<img width="{wide}" height="{high}">'


def _mark_field(fields: list[_Field], kind: str | None) -> None:
    if kind == "begin" and len(fields) < 50:
        fields.append(_Field())
    elif kind == "separate" and fields:
        fields[-1].shows = True
    elif kind == "end" and fields:
        fields.pop()


def _symbol(code: str | None) -> str:
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    # Symbol fonts lie in the private area; what is there are bullets and ticks.
    if 0xE000 <= number <= 0xF8FF:
        return "•"
    return escape(chr(number)) if 0x20 <= number < 0xD800 else ""


def _small(text: str | None, default: int) -> int:
    return min(int(text), 1000) if text and text.isascii() and text.isdigit() else default


def _marked(text: str, bold: bool, hidden: bool, href: str | None) -> str:
    if bold and text.strip():
        text = f"<b>{text}</b>"
    if href:
        text = f'<a href="{escape(href)}">{text}</a>'
    return f"<span hidden>{text}</span>" if hidden else text


def _numbered(number: str | None, html: str) -> str:
    return f"{escape(number)} {html}" if number else html


def _laid_out(pieces: list[_Piece]) -> Iterator[str]:
    """Pieces as HTML: list items nested by their depth.

    A numbered paragraph that stands alone among plain ones heads them rather than being a list.
    """
    depths: list[int] = []
    for n, piece in enumerate(pieces):
        around = {pieces[m].kind for m in (n - 1, n + 1) if 0 <= m < len(pieces)}
        if piece.kind != "li" or (piece.ordered and piece.short and "li" not in around):
            yield "</li></ul>" * len(depths)
            depths.clear()
            tag = "p" if piece.kind == "li" else piece.kind
            yield piece.html if tag == "raw" else f"<{tag}>{piece.html}</{tag}>"
            continue
        while len(depths) > 1 and depths[-1] > piece.depth:
            yield "</li></ul>"
            depths.pop()
        if depths and depths[-1] >= piece.depth:
            yield "</li><li>"
            depths[-1] = piece.depth
        else:
            yield "<ul><li>"
            depths.append(piece.depth)
        yield piece.html
    yield "</li></ul>" * len(depths)
