"""Makes PDF files for the tests: pages of lines at given places, and flowing documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))
BODY = ParagraphStyle("body", fontName=SONG, fontSize=10.5, leading=18, wordWrap="CJK")
INDENTED = ParagraphStyle("indented", parent=BODY, firstLineIndent=21)
HEAD = ParagraphStyle("head", parent=BODY, fontSize=16, leading=24)
SUBHEAD = ParagraphStyle("subhead", parent=BODY, fontSize=13, leading=20)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9, leading=13)
ENGLISH = ParagraphStyle("en", fontName="Times-Roman", fontSize=11, leading=15)
JUSTIFIED = ParagraphStyle("justified", parent=ENGLISH, alignment=TA_JUSTIFY)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def drawn(*pages: Callable[[Canvas], None], password: str | None = None) -> bytes:
    """A PDF whose pages are drawn one by one; locked for owners, and for readers if asked."""
    out = io.BytesIO()
    lock = None if password is None else StandardEncryption(password, ownerPassword="owner")
    canvas = Canvas(out, pagesize=A4, encrypt=lock)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(
    *lines: tuple[float, float, str], font: str = SONG, size: float = 10.5
) -> Callable[[Canvas], None]:
    """A page with lines at (points from the left, points from the top, words)."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for left, top, words in lines:
            canvas.drawString(left, A4[1] - top, words)

    return draw


def flowing(
    *story: Any, margin: Callable[[Canvas, int], None] | None = None, side: float = 60
) -> bytes:
    """A PDF of paragraphs and tables; ``margin`` draws the header and footer of each page."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=side, rightMargin=side, topMargin=70, bottomMargin=70
    )

    def each(canvas: Canvas, _: object) -> None:
        if margin is not None:
            canvas.saveState()
            margin(canvas, canvas.getPageNumber())
            canvas.restoreState()

    document.build([_flowable(s) for s in story], onFirstPage=each, onLaterPages=each)
    return out.getvalue()


def _flowable(part: Any) -> Any:
    return Paragraph(part, BODY) if isinstance(part, str) else part


def para(words: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(words, style)


def gap(points: float = 10) -> Spacer:
    return Spacer(1, points)


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *style: Any,
    lines: Sequence[Any] = GRID,
    again: int = 0,
    cut: int = 0,
) -> LongTable:
    """A table; ``again`` header rows come on every page, ``cut`` lets a page cut a row."""
    cells = [[Paragraph(c, CELL) for c in row] for row in rows]
    return LongTable(
        cells,
        colWidths=widths,
        style=[*lines, *style],
        repeatRows=again,
        splitInRow=cut,
    )
