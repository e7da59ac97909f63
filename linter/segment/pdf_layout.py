"""The pages of a PDF in reading order: paragraphs and tables, also those that pages cut.

Runs in the child process; what it answers are plain JSON values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from linter.errors import SegmentError
from linter.segment.pdf_lines import (
    Line,
    Paragraph,
    cell_paragraphs,
    line_of,
    mark_emphasis,
    paragraphs,
    rows_of,
)
from linter.segment.pdf_pages import Box, Char, Sheet
from linter.segment.pdf_tables import (
    Region,
    Row,
    Table,
    aligned,
    fill,
    jumbled,
    rows_in_pieces,
    ruled,
)

# A page with fewer characters than this, under a picture, shows its text as a picture.
_FEW, _SOME = 12, 100
_PICTURE, _WHOLE_PICTURE = 0.3, 0.6  # of the page's area
_OUTLINES = 200  # drawn shapes on a page without characters: letters as drawings
_UNMAPPED = 0.05  # share of characters whose meaning the file does not say
_JUMBLED = 4  # rows of columns on a page that could not be told apart
_MARGIN = 0.12  # of the page's height: where running headers and footers stand
_LARGER = 1.12  # times the size of the running text: a heading
# Points of a picture's sides, and pictures of a page that are looked at.
_SMALLEST_PICTURE, _MAX_PICTURES = 75, 50
_LONGEST_HEADING = 80
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:第|page)?\s*[\divx]{1,4}\s*(?:页|頁)?\s*(?:[/／,，|]|of|共)?\s*(?:共)?\s*\d{0,4}\s*"
    r"(?:页|頁)?[-–—\s]*",
    re.IGNORECASE,
)
_PAGE_NUMBER_LENGTH = 40
_NO_HEADING = re.compile(r"[。；;，,、：:]\s*$")
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")

Part = Line | Table


def layout(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """The document's parts: ``{"unread": [...], "parts": [...]}``.

    A part is a paragraph ``{"page", "level", "bold", "hidden", "item", "picture", "margin",
    "spans": [[text, link or null]…]}``, "picture" if one stands after it, "margin" for what is
    beside the running text, or a table
    ``{"page", "cells": [{"row", "column", "rows", "columns", "bold", "lines": [spans…]}…]}``.

    Raises
    ------
    SegmentError
        ``segment-no-text-layer`` for scanned pages, ``segment-garbled`` for fonts whose
        characters the file does not name.
    """
    unread = _unread(sheets)
    pages = [_parts(sheet) for sheet in sheets]
    running = _take_furniture(pages, sheets)
    _mark_pictures(pages, sheets)
    flow = _joined_tables([part for page in pages for part in page])
    words = _vocabulary(flow)
    size = _body_size(flow)
    levels = _levels(flow, size)
    parts = [_said(Paragraph([line], line.spans), {}, margin=True) for line in running]
    parts += _told(flow, words, levels)
    aside: dict[str, Line] = {}
    for line in (line for sheet in sheets for line in _aside(sheet)):
        # A watermark is the same on every page.
        aside.setdefault(line.text, line)
    parts += [_said(Paragraph([line], line.spans), {}, margin=True) for line in aside.values()]
    unclear = [s.number for s in sheets if s.jumbled >= _JUMBLED]
    if unclear:
        unread.append("segment-columns-unclear:" + ", ".join(map(str, unclear)))
    return {"unread": unread, "parts": parts}


def _unread(sheets: Sequence[Sheet]) -> list[str]:
    """The pages whose text is a picture, and lost characters."""
    blank = [s.number for s in sheets if _pictured(s)]
    total = sum(len(s.chars) for s in sheets)
    if blank and total - sum(len(s.chars) for s in sheets if s.number in blank) < _FEW:
        raise SegmentError("segment-no-text-layer", pages=len(sheets))
    lost = sum(s.unmapped for s in sheets)
    if lost > _UNMAPPED * max(total, 1):
        percent = f"{100 * lost / total:.0f}"
        raise SegmentError("segment-garbled", percent=percent, encoding="PDF")
    out = ["segment-page-no-text:" + ", ".join(map(str, blank))] if blank else []
    return [*out, "segment-glyphs-lost"] if lost > 0.001 * max(total, 1) else out


def _pictured(sheet: Sheet) -> bool:
    area = max(sheet.width * sheet.height, 1.0)
    covered = max((b.area for b in sheet.images), default=0.0) / area
    together = sum(b.area for b in sheet.images) / area
    ink = sum(bool(c.text.strip()) for c in sheet.chars)
    if ink < _FEW:
        return together >= _PICTURE or sheet.drawn >= _OUTLINES
    return covered >= _WHOLE_PICTURE and ink < _SOME


def _visible(sheet: Sheet) -> Iterator[Char]:
    for char in sheet.chars:
        if char.face.upright and not _hidden(char, sheet):
            yield char


def _hidden(char: Char, sheet: Sheet) -> bool:
    """Beyond the page's edge, drawn with no ink, or white on white.

    Text without ink over a picture is what a scanner read in it: the reader sees it.
    """
    x, y = (char.x0 + char.x1) / 2, char.y - 0.3 * char.size
    if not (-2 <= x <= sheet.width + 2 and -2 <= y <= sheet.height + 2):
        return True
    if not char.face.hidden:
        return False
    return not any(b.has(x, y) for b in (*sheet.images, *sheet.shades))


def _parts(sheet: Sheet) -> list[Part]:
    """A page's lines and tables from top to bottom."""
    chars = list(_visible(sheet))
    edges = _without_underlines(sheet.edges, chars)
    tables = [t for t in ruled(edges, sheet.number) if _holds(t, chars)]
    rest = fill(tables, chars)
    rules = [e for e in edges if e.x1 - e.x0 > 40 and e.y1 - e.y0 <= 3]
    out: list[Part] = list(tables)
    # Tables part the flow: what stands above one does not line up with what stands below.
    cuts = [*(t.box.y0 for t in tables), float("inf")]
    rows = rows_in_pieces(rest)
    at = 0
    for cut in cuts:
        stop = next((n for n in range(at, len(rows)) if rows[n].y > cut), len(rows))
        out += _flow(rows[at:stop], rules, sheet)
        at = stop
    lines = [p for p in out if isinstance(p, Line)]
    mark_emphasis([*lines, *(n for p in out if isinstance(p, Table) for n in _lines_in(p))])
    _mark_items(lines, sheet.dots)
    # Lines keep the order of their columns; only tables are put between them.
    return _in_order(out, tables)


def _without_underlines(edges: Sequence[Box], chars: Sequence[Char]) -> list[Box]:
    """The ruled lines that are not drawn right beneath letters from end to end."""
    bands: dict[int, list[Char]] = {}
    for char in chars:
        bands.setdefault(int(char.y // 8), []).append(char)
    out = []
    for edge in edges:
        band, width = int(edge.y0 // 8), edge.x1 - edge.x0
        above = (c for n in (band, band - 1) for c in bands.get(n, ()))
        covered = sum(
            c.x1 - c.x0
            for c in above
            if -1 <= edge.y0 - c.y <= 0.35 * c.size
            and edge.x0 - 1 <= c.x0
            and c.x1 <= edge.x1 + c.size
        )
        if width < 4 or covered < 0.8 * width:
            out.append(edge)
    return out


def _in_order(parts: list[Part], tables: Sequence[Table]) -> list[Part]:
    flow = [p for p in parts if not any(p is t for t in tables)]
    out: list[Part] = []
    waiting = list(tables)
    for part in flow:
        top = part.y if isinstance(part, Line) else part.box.y0
        while waiting and waiting[0].box.y0 < top:
            out.append(waiting.pop(0))
        out.append(part)
    return [*out, *waiting]


def _holds(table: Table, chars: Sequence[Char]) -> bool:
    """Whether at least two cells have text; lines that part nothing make no table."""
    filled: set[int] = set()
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, char.y - 0.3 * char.size
        if table.box.has(x, y) and char.text.strip():
            filled |= {n for n, r in enumerate(table.regions) if r.box.has(x, y)}
            if len(filled) > 1:
                return True
    return False


def _flow(rows: Sequence[Row], rules: Sequence[Box], sheet: Sheet) -> Iterator[Part]:
    parts = aligned(rows, rules, sheet.number)
    for before, part in zip([None, *parts], parts, strict=False):
        if isinstance(part, Table):
            # Columns whose gaps change from one row to the next were not told apart.
            if isinstance(before, Table):
                sheet.jumbled += _JUMBLED
            yield part
        elif isinstance(part, tuple):
            for side in part:
                yield from _lines(side, sheet)
        else:
            sheet.jumbled += jumbled(part)
            yield from _lines(part, sheet)


def _lines(rows: Sequence[Row], sheet: Sheet) -> Iterator[Line]:
    for row in rows:
        line = line_of([c for piece in row.pieces for c in piece], sheet.number)
        if line is not None:
            yield line


def _lines_in(table: Table) -> list[Line]:
    return [line for region in table.regions for line in region.lines]


def _mark_items(lines: Sequence[Line], dots: Sequence[Box]) -> None:
    """Marks the lines before which a dot is drawn: browsers draw the marks of list items."""
    for dot in dots[:5000]:
        middle = (dot.y0 + dot.y1) / 2
        for line in lines:
            near = line.y - line.size < middle < line.y + 0.2 * line.size
            if near and 0 < line.x0 - dot.x1 < 2 * line.size:
                line.item = True
                break


def _aside(sheet: Sheet) -> Iterator[Line]:
    """Text that stands aslant or cannot be seen: kept, after all the rest."""
    aslant = [c for c in sheet.chars if not c.face.upright]
    hidden = [c for c in sheet.chars if c.face.upright and _hidden(c, sheet)]
    if aslant and (line := line_of([_flat(c, n) for n, c in enumerate(aslant)], sheet.number)):
        yield line
    for row in rows_of(hidden):
        if line := line_of(row, sheet.number):
            line.hidden = True
            yield line


def _flat(char: Char, n: int) -> Char:
    """A slanting character laid into a line in the order in which it was written."""
    at = n * char.size
    return Char(char.text, at, at + char.size, 0.0, char.face, char.href)


def _mark_pictures(pages: Sequence[Sequence[Part]], sheets: Sequence[Sheet]) -> None:
    """Marks the lines after which a picture stands that may show a list, also on the next page."""
    places = Counter(_place(b) for sheet in sheets for b in sheet.images)
    last: Line | None = None
    for page, sheet in zip(pages, sheets, strict=True):
        lines = [p for p in page if isinstance(p, Line)]
        for box in sheet.images[:_MAX_PICTURES]:
            small = min(box.x1 - box.x0, box.y1 - box.y0) < _SMALLEST_PICTURE
            # What is on several pages is a letterhead.
            if small or places[_place(box)] > 1 or any(_over(line, box) for line in lines):
                continue
            above = max((n for n in lines if n.y <= box.y0 + 2), key=lambda n: n.y, default=last)
            if above is not None:
                above.pictured = True
        last = lines[-1] if lines else last


def _place(box: Box) -> tuple[int, ...]:
    return tuple(round(x) for x in (box.x0, box.y0, box.x1, box.y1))


def _over(line: Line, box: Box) -> bool:
    """Whether a line stands on a picture, which is then its background."""
    return box.has((line.x0 + line.x1) / 2, line.y - 0.3 * line.size)


def _take_furniture(pages: list[list[Part]], sheets: Sequence[Sheet]) -> list[Line]:
    """Takes running headers, footers and page numbers out of the flow; each is kept once.

    They are what stands first or last on at least two pages at the same height and says the same
    but for its numbers.
    """
    places: Counter[tuple[str, int]] = Counter()
    candidates: list[list[tuple[Line, tuple[str, int]]]] = []
    for page, sheet in zip(pages, sheets, strict=True):
        edge = [p for p in (*page[:3], *page[-3:]) if isinstance(p, Line)]
        unique = {id(p): p for p in edge if _in_margin(p, sheet)}.values()
        keyed = [(p, (re.sub(r"\d+", "#", p.text), round(p.y / 4))) for p in unique]
        candidates.append(keyed)
        places.update({key for _, key in keyed})
    kept: dict[str, Line] = {}
    for page, keyed in zip(pages, candidates, strict=True):
        for line, (text, height) in keyed:
            often = sum(places[text, h] for h in (height - 1, height, height + 1)) >= 2
            short = len(line.text) <= _PAGE_NUMBER_LENGTH
            if often or (short and _PAGE_NUMBER.fullmatch(line.text)):
                page[:] = [p for p in page if p is not line]
                line.bold = False
                kept.setdefault(text, line)
    return list(kept.values())


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return line.y < _MARGIN * sheet.height or line.y > (1 - _MARGIN) * sheet.height


def _joined_tables(flow: list[Part]) -> list[Part]:
    """Joins a table to the one it continues: nothing but a page's end between them."""
    out: list[Part] = []
    for part in flow:
        before = out[-1] if out else None
        if isinstance(part, Table) and isinstance(before, Table) and _goes_on(before, part):
            _append(before, part)
        else:
            out.append(part)
    return out


def _goes_on(before: Table, after: Table) -> bool:
    if after.page <= before.page or len(before.columns) != len(after.columns):
        return False
    widths = [abs(a - b) for a, b in zip(before.columns, after.columns, strict=True)]
    return max(widths) <= 8 or _header(before) == _header(after)


def _header(table: Table) -> list[str]:
    return [_text(r) for r in table.regions if r.row == 0]


def _text(region: Region) -> str:
    return re.sub(r"\s+", "", "".join(line.text for line in region.lines))


def _append(before: Table, after: Table) -> None:
    """Adds the rows of a table's continuation; a header that comes again is left out."""
    start = 0
    while start < after.rows and _row_texts(before, start) == _row_texts(after, start) != []:
        start += 1
    regions = [r for r in after.regions if r.row >= start]
    offset = before.rows - start
    first = [r for r in regions if r.row == start]
    if first and _cut_row(before, after, first, start):
        last = before.rows - 1
        for region in first:
            above = _covering(before, last, region.column)
            if above is not None:
                above.lines += region.lines
                above.rows = max(above.rows, last + region.rows - above.row)
        offset -= 1
        regions = [r for r in regions if r.row > start]
    else:
        for region in first:
            above = _covering(before, before.rows - 1, region.column)
            if not region.lines and above is not None and _spans_on(before, after, region, above):
                above.rows = before.rows + region.rows - above.row
                regions = [r for r in regions if r is not region]
    for region in regions:
        region.row += offset
        before.regions.append(region)
    before.open_bottom, before.page = after.open_bottom, after.page


def _row_texts(table: Table, row: int) -> list[str]:
    return [_text(r) for r in table.regions if r.row == row]


def _covering(table: Table, row: int, column: int) -> Region | None:
    for region in table.regions:
        if region.row <= row < region.row + region.rows and (
            region.column <= column < region.column + region.columns
        ):
            return region
    return None


def _cut_row(before: Table, after: Table, first: list[Region], start: int) -> bool:
    """Whether a page's first row is the rest of the last one on the page before.

    Text that goes on was cut where its line was full; that all cells of a row end so by chance
    when another row follows is unlikely. Where a cell was cut between paragraphs, those cells
    tell that have nothing more to say and are empty, though their column seldom is.
    """
    last = before.rows - 1
    said = [(r, _covering(before, last, r.column)) for r in first if r.lines]
    if not said or any(above is None or not above.lines for _, above in said):
        return False
    if all(above is not None and _full(before, above, region) for region, above in said):
        return True
    done = [r for r in first if not r.lines and r.column > 0 and _seldom_empty(after, r, start)]
    if before.open_bottom and after.open_top and start == 0:
        return bool(done)
    leading = next((r for r in first if r.column == 0), None)
    return leading is not None and not leading.lines and 2 * len(done) >= len(first) - 1


def _full(table: Table, above: Region, region: Region) -> bool:
    """Whether a cell's last line had no room for the word with which another cell begins."""
    last, line = above.lines[-1], region.lines[0]
    room = above.box.x1 - above.box.x0 - 2 * table.pad - (last.x1 - last.x0)
    return room <= line.first + 0.6 * line.size


def _seldom_empty(table: Table, region: Region, start: int) -> bool:
    others = [r for r in table.regions if r.column == region.column and r.row > start]
    return 3 * sum(not r.lines for r in others) <= len(others)


def _spans_on(before: Table, after: Table, region: Region, above: Region) -> bool:
    """Whether an empty cell at a page's top goes on with the cell above it."""
    others = [r for r in after.regions if r.row == region.row and r is not region]
    return (
        region.column == 0
        and region.columns == above.columns
        and all(r.lines for r in others)
        and any(r.lines for r in before.regions if r.column == 0)
    )


def _vocabulary(flow: Sequence[Part]) -> frozenset[str]:
    words: set[str] = set()
    for part in flow:
        for line in [part] if isinstance(part, Line) else _lines_in(part):
            words.update(w.lower() for w in _WORD.findall(line.text))
    return frozenset(words)


def _body_size(flow: Sequence[Part]) -> float:
    """The size of most of the running text; tables are often set smaller."""
    sizes: Counter[float] = Counter()
    for part in flow:
        if isinstance(part, Line):
            sizes[part.size] += len(part.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _levels(flow: Sequence[Part], size: float) -> dict[float, int]:
    """Heading levels by size of type, the largest first."""
    larger = sorted(
        {p.size for p in flow if isinstance(p, Line) and p.size >= _LARGER * size}, reverse=True
    )
    return {s: min(n + 1, 6) for n, s in enumerate(larger)}


def _told(
    flow: Sequence[Part], words: frozenset[str], levels: dict[float, int]
) -> Iterator[dict[str, Any]]:
    lines: list[Line] = []
    all_lines = [p for p in flow if isinstance(p, Line)]
    pitch = _pitch(all_lines)
    for part in [*flow, None]:
        after = lines[-1] if lines else None
        if isinstance(part, Line) and (
            after is None or (not after.pictured and _same_column(after, part))
        ):
            lines.append(part)
            continue
        yield from (_said(p, levels) for p in _paragraphs(lines, pitch, words))
        lines = [part] if isinstance(part, Line) else []
        if isinstance(part, Table):
            yield _table(part, words)


def _same_column(before: Line, line: Line) -> bool:
    """Whether reading goes on downwards, or over a page's end; not up to the next column."""
    return line.page != before.page or line.y >= before.y - 0.5 * line.size


def _paragraphs(lines: list[Line], pitch: float, words: frozenset[str]) -> list[Paragraph]:
    if not lines:
        return []
    right = max(line.x1 for line in lines)
    left = min(line.x0 for line in lines)
    return paragraphs(lines, left=left, right=right, pitch=pitch, words=words)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance between two baselines of a paragraph, 0 if the document is too short."""
    steps = Counter(
        round(b.y - a.y)
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < b.y - a.y < 4 * a.size and a.size == b.size
    )
    common = [s for s, n in steps.items() if n >= max(2, 0.15 * steps.total())]
    return float(min(common)) if common else 0.0


def _said(
    paragraph: Paragraph, levels: dict[float, int], *, margin: bool = False
) -> dict[str, Any]:
    first = paragraph.lines[0]
    heads = len(paragraph.text) <= _LONGEST_HEADING and not _NO_HEADING.search(paragraph.text)
    return {
        "page": first.page,
        "margin": margin,
        "level": levels.get(first.size, 0) if heads else 0,
        "bold": all(line.bold for line in paragraph.lines),
        "hidden": first.hidden,
        "picture": paragraph.lines[-1].pictured,
        "item": first.item or paragraph.text.startswith("• "),
        "spans": _spans(paragraph),
    }


def _spans(paragraph: Paragraph) -> list[list[str | None]]:
    return [[s.text, s.href] for s in paragraph.spans]


def _table(table: Table, words: frozenset[str]) -> dict[str, Any]:
    pad = table.pad
    cells = [
        {
            "row": r.row,
            "column": r.column,
            "rows": r.rows,
            "columns": r.columns,
            "bold": bool(r.lines) and all(line.bold for line in r.lines),
            "lines": [_spans(p) for p in cell_paragraphs(r.lines, r.box, pad=pad, words=words)],
        }
        for r in sorted(table.regions, key=lambda r: (r.row, r.column))
    ]
    return {"page": table.page, "cells": cells}
