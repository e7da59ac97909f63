"""What stands on the pages of a PDF: characters, ruled lines, links, pictures (PDFium).

Runs in the child process. Coordinates are points from the top left corner of the page as it is
shown, its rotation undone.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from linter.errors import SegmentError

MAX_PAGES = 2_000
# A page of a policy has some thousand; what has more is drawn to exhaust.
_MAX_OBJECTS = 100_000
_MAX_LINKS = 5_000
_MAX_CHARS = 5_000_000
_FORM_DEPTH = 6
_RULE = 3.0  # points; a path no thicker is a ruled line
_DOT = 8.0  # points; a shape no larger may be the mark of a list item
_WHITE = 250
_NO_CHARACTER = frozenset((0, 0xFFFE, 0xFFFF))
_LINE_END_HYPHEN = 2  # what PDFium says for one
_BOLD = ("bold", "black", "heavy", "demi", "simhei", "-medium")
# FPDF_GetLastError, fpdfview.h
_PASSWORD, _SECURITY = 4, 5
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_*, fpdf_edit.h


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: ``x0`` < ``x1`` from left to right, ``y0`` < ``y1`` from top to bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies within."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @property
    def area(self) -> float:
        """Square points."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Face:
    """How the characters of one text object look. ``font`` is an identity within the page."""

    size: float
    font: int
    name: str
    bold: bool
    hidden: bool
    upright: bool


@dataclass(slots=True)
class Char:
    """A character: its advance from ``x0`` to ``x1``, its baseline ``y``."""

    text: str
    x0: float
    x1: float
    y: float
    face: Face
    href: str | None = None

    @property
    def size(self) -> float:
        """The font's size as it is shown, in points."""
        return self.face.size


@dataclass(slots=True)
class Sheet:
    """One page: what is on it."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    edges: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    drawn: int = 0
    unmapped: int = 0
    jumbled: int = 0


def read_parts(content: bytes) -> dict[str, Any]:
    """The parts of a PDF in reading order, see ``pdf_layout.layout``."""
    from linter.segment.pdf_layout import layout

    return layout(list(_sheets(content)))


def _sheets(content: bytes) -> Iterator[Sheet]:
    """The pages of a document.

    Raises
    ------
    SegmentError
        ``segment-password``, ``segment-damaged``, ``segment-too-long``.
    """
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (_PASSWORD, _SECURITY)
        raise SegmentError("segment-password" if locked else "segment-damaged", format="PDF")
    count = pdfium.FPDF_GetPageCount(document)
    if count <= 0:
        raise SegmentError("segment-damaged", format="PDF")
    if count > MAX_PAGES:
        raise SegmentError("segment-too-long", pages=count, limit=MAX_PAGES)
    chars = 0
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            raise SegmentError("segment-damaged", format="PDF")
        sheet = _Reader(page, number + 1).read(document)
        pdfium.FPDF_ClosePage(page)
        chars += len(sheet.chars)
        if chars > _MAX_CHARS:
            raise SegmentError("segment-parser-limit", format="PDF")
        yield sheet


class _Reader:
    """Takes what is on one page through PDFium's C interface."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self._text = pdfium.FPDFText_LoadPage(page)
        turn = pdfium.FPDFPage_GetRotation(page)
        shown = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        plain = shown if turn in (0, 2) else (shown[1], shown[0])
        # A page that lies on its side is read as one turns it to read it.
        self._turn = self._quarter(turn)
        self.sheet = Sheet(number, *(plain if self._turn in (0, 2) else (plain[1], plain[0])))
        # Text and paths have the coordinates of the page before it is turned and cropped.
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        box = pdfium.FPDFPage_GetCropBox(page, left, bottom, right, top)
        box = box or pdfium.FPDFPage_GetMediaBox(page, left, bottom, right, top)
        self._left, self._bottom = (left.value, bottom.value) if box else (0.0, 0.0)
        self._plain = plain
        self._faces: dict[int, Face] = {}
        self._fonts: dict[int, str] = {}
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._objects = 0

    def read(self, document: Any) -> Sheet:
        self._paths(self._page, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
        self._characters()
        self._links(document)
        return self.sheet

    def _quarter(self, usual: int) -> int:
        """The quarter turns after which most characters stand upright."""
        found: Counter[int] = Counter()
        matrix = pdfium.FS_MATRIX()
        for n in range(min(pdfium.FPDFText_CountChars(self._text), 2000) if self._text else 0):
            if pdfium.FPDFText_GetTextObject(self._text, n):
                pdfium.FPDFText_GetMatrix(self._text, n, matrix)
                found[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += 1
        return found.most_common(1)[0][0] if found else usual

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, as it is shown: turned, from the top left."""
        x, y = x - self._left, y - self._bottom
        if self._turn == 0:
            return x, self._plain[1] - y
        width, height = self._plain
        if self._turn == 1:
            return y, x
        if self._turn == 3:
            return height - y, width - x
        return width - x, y

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self._shown(left, bottom)
        x1, y1 = self._shown(right, top)
        if x0 <= x1 and y0 <= y1:
            return Box(x0, y0, x1, y1)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _characters(self) -> None:
        text = self._text
        if not text:
            return
        loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        for n in range(min(pdfium.FPDFText_CountChars(text), _MAX_CHARS)):
            drawn = pdfium.FPDFText_GetTextObject(text, n)
            if not drawn:
                # Spaces and line ends that PDFium adds; they are decided on later.
                continue
            code = pdfium.FPDFText_GetUnicode(text, n)
            if code in _NO_CHARACTER or pdfium.FPDFText_HasUnicodeMapError(text, n) == 1:
                self.sheet.unmapped += 1
                code = 0xFFFD
            elif code == _LINE_END_HYPHEN:
                code = 0x2D
            pdfium.FPDFText_GetLooseCharBox(text, n, loose)
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            box = self._box(loose.left, loose.bottom, loose.right, loose.top)
            _, baseline = self._shown(x.value, y.value)
            face = self._face(text, n, drawn)
            self.sheet.chars.append(Char(chr(code), box.x0, box.x1, baseline, face))
        pdfium.FPDFText_ClosePage(text)

    def _face(self, text: Any, n: int, drawn: Any) -> Face:
        key = ctypes.addressof(drawn.contents)
        face = self._faces.get(key)
        if face is None:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text, n, matrix)
            scale = math.hypot(matrix.b, matrix.d) or math.hypot(matrix.a, matrix.c) or 1.0
            size = max(pdfium.FPDFText_GetFontSize(text, n) * scale, 0.5)
            angle = math.atan2(matrix.b, matrix.a) - self._turn * math.pi / 2
            face = self._faces[key] = self._new_face(drawn, size, math.cos(angle) > 0.97)
        return face

    def _new_face(self, drawn: Any, size: float, upright: bool) -> Face:
        font = pdfium.FPDFTextObj_GetFont(drawn)
        identity = ctypes.addressof(font.contents) if font else 0
        name = self._fonts.get(identity)
        if name is None:
            buffer = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
            name = self._fonts[identity] = buffer.value.decode("ascii", "replace").lower()
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        bold = bool(name) and any(word in name for word in _BOLD)
        # Modes 1 and 2 draw the outline too: the usual way to make a typeface bold.
        bold = bold or mode in (1, 2)
        return Face(size, identity, name, bold, mode in (3, 7) or self._pale(drawn), upright)

    def _pale(self, drawn: Any) -> bool:
        """Whether an object is filled with white or with what shows nothing."""
        red, green, blue, alpha = self._colour
        if not pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
            return False
        return alpha.value < 8 or min(red.value, green.value, blue.value) >= _WHITE

    def _links(self, document: Any) -> None:
        at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        found: dict[tuple[Box, str], None] = {}
        while pdfium.FPDFLink_Enumerate(self._page, at, link):
            address = _address(document, link)
            rect = pdfium.FS_RECTF()
            if address and pdfium.FPDFLink_GetAnnotRect(link, rect):
                box = self._box(rect.left, rect.bottom, rect.right, rect.top)
                found[box, address] = None
            self._objects += 1
            if self._objects > _MAX_OBJECTS or len(found) > _MAX_LINKS:
                raise SegmentError("segment-parser-limit", format="PDF")
        _attach(self.sheet.chars, list(found))

    def _paths(self, holder: Any, matrix: tuple[float, ...], depth: int) -> None:
        page = depth == 0
        count = pdfium.FPDFPage_CountObjects if page else pdfium.FPDFFormObj_CountObjects
        get = pdfium.FPDFPage_GetObject if page else pdfium.FPDFFormObj_GetObject
        for n in range(max(0, count(holder))):
            self._objects += 1
            if self._objects > _MAX_OBJECTS:
                raise SegmentError("segment-parser-limit", format="PDF")
            drawn = get(holder, n)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == _PATH:
                self._path(drawn, matrix)
            elif kind == _IMAGE:
                self.sheet.images.append(self._bounds(drawn, matrix))
            elif kind == _FORM and depth < _FORM_DEPTH:
                self._paths(drawn, _times(_matrix(drawn), matrix), depth + 1)

    def _bounds(self, drawn: Any, matrix: tuple[float, ...]) -> Box:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        return self._moved(matrix, left.value, bottom.value, right.value, top.value)

    def _moved(self, m: tuple[float, ...], *corners: float) -> Box:
        a, b, c, d = corners
        x0, y0 = _apply(m, a, b)
        x1, y1 = _apply(m, c, d)
        return self._box(x0, y0, x1, y1)

    def _path(self, drawn: Any, matrix: tuple[float, ...]) -> None:
        self.sheet.drawn += 1
        box = self._bounds(drawn, matrix)
        width, height = box.x1 - box.x0, box.y1 - box.y0
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
        if max(width, height) < _DOT:
            if fill.value and min(width, height) > 0.7 * max(width, height):
                self.sheet.dots.append(box)
            return
        if min(width, height) <= _RULE:
            if max(width, height) > 2 * _RULE:
                self.sheet.edges.append(box)
            return
        if fill.value and not self._pale(drawn):
            self.sheet.shades.append(box)
        if stroke.value:
            own = _times(_matrix(drawn), matrix)
            self.sheet.edges += [e for e in self._strokes(drawn, own) if _straight(e)]

    def _strokes(self, drawn: Any, matrix: tuple[float, ...]) -> Iterator[Box]:
        """The straight segments of a path; a table may be drawn as one."""
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = (0.0, 0.0)
        for n in range(min(pdfium.FPDFPath_CountSegments(drawn), 10_000)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, n)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            here = _apply(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield self._box(*last, *here)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield self._box(*here, *start)
            last = here


def _straight(edge: Box) -> bool:
    return min(edge.x1 - edge.x0, edge.y1 - edge.y0) <= _RULE


def _matrix(drawn: Any) -> tuple[float, ...]:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _apply(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(first: tuple[float, ...], then: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _address(document: Any, link: Any) -> str | None:
    """The address that a link leads to outside of the document."""
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return None
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < length <= 4096:
        return None
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace").strip() or None


def _attach(chars: list[Char], links: list[tuple[Box, str]]) -> None:
    """Gives the characters under a link its address."""
    if not links:
        return
    rows: dict[int, list[tuple[Box, str]]] = {}
    for box, address in links:
        for band in range(int(box.y0 // 20), min(int(box.y1 // 20), int(box.y0 // 20) + 200) + 1):
            rows.setdefault(band, []).append((box, address))
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, char.y - char.size * 0.3
        for box, address in rows.get(int(y // 20), ()):
            if box.has(x, y):
                char.href = address
                break
