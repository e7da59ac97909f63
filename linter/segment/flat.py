"""Tables that lost their cells: one cell a line, the headers first, then row after row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from linter.segment.labels import looks_like_label
from linter.segment.tables import page_header

_MIN_COLUMNS, _MAX_COLUMNS = 3, 12
# Characters of a value: scopes may be long lists.
_MAX_VALUE = 1_500
_MAX_NAME = 80
_MAX_HEADER = 16
_SENTENCE = re.compile(r"[。；;：:，,！？!?]|https?:")
_NOTHING = r"[-—–/\\无]|N/?A|none|null"
# What the values under a header must look like, for those headers that promise a form.
_FORMS = (
    (
        re.compile(r"链接|連結|鏈接|网址|網址|官网|官網|政策|\blink|\burl\b|website|policy", re.I),
        re.compile(
            rf"https?://|www\.|《|^(?:{_NOTHING})$|^[\w-]+(?:\.[\w-]+)+/?|链接|查看|点击|政策|policy|link",
            re.I,
        ),
    ),
    (
        re.compile(
            r"公司|主体|主體|机构|機構|运营方|提供方|\bcompany\b|\bentity\b|\bprovider\b", re.I
        ),
        re.compile(
            rf"公司|中心|集团|银行|大学|研究院|局$|有限|\b(?:Ltd|Inc|LLC|Co|Corp|Limited|GmbH|plc|AG|AB|BV|B\.V|SA|S\.A|Pte|Oy|AS|KG|ApS|Technolog(?:y|ies))\b|^(?:{_NOTHING})$",
            re.I,
        ),
    ),
    (
        re.compile(r"联系|聯絡|聯繫|电话|電話|邮箱|郵箱|contact|e-?mail|phone", re.I),
        re.compile(rf"@|\d{{5,}}|\d{{3,4}}-\d+|https?:|www\.|^(?:{_NOTHING})$|客服", re.I),
    ),
)


def flattened(lines: Sequence[str | None]) -> list[list[list[int]]]:
    """Tables found in lines: each as rows of line numbers, the first row that of the headers.

    ``None`` stands for what is no line of its own (a heading, an item, a cell) and ends a table.
    A table needs a column whose values have a form of their own (a company, an address), since
    only that tells where its rows begin and end.
    """
    tables: list[list[list[int]]] = []
    n = 0
    while n < len(lines):
        run = _labels_from(lines, n)
        if run - n < _MIN_COLUMNS:
            n = max(run, n + 1)
            continue
        # The first header may be no word that labels are made of: "Product", "Service".
        first = n - 1 if n and _short(lines[n - 1]) else n
        rows = _best(lines, first, run) or _best(lines, n, run)
        if len(rows) > 1:
            tables.append(rows)
            n = rows[-1][-1] + 1
        else:
            n = run
    return tables


def _short(line: str | None) -> bool:
    return line is not None and len(line) <= _MAX_HEADER and not _SENTENCE.search(line)


def _labels_from(lines: Sequence[str | None], start: int) -> int:
    """One past the last of the labels that stand in a row from here."""
    n = start
    while n < len(lines) and n - start <= _MAX_COLUMNS + 2:
        line = lines[n]
        if line is None or not looks_like_label(line):
            break
        n += 1
    return n


def _best(lines: Sequence[str | None], start: int, stop: int) -> list[list[int]]:
    """The rows under the longest run of headers that has rows of its form."""
    for width in range(min(stop - start, _MAX_COLUMNS), _MIN_COLUMNS - 1, -1):
        for first in range(start, stop - width + 1):
            headers = list(range(first, first + width))
            rows = _rows(lines, headers)
            if rows:
                return [headers, *rows]
    return []


def _rows(lines: Sequence[str | None], headers: list[int]) -> list[list[int]]:
    forms = [_form(str(lines[h])) for h in headers]
    if not any(forms):
        return []
    # A name must lead the row, lest a header be taken for one.
    rows: list[list[int]] = []
    n = headers[-1] + 1
    while row := _row(lines, n, len(headers)):
        values = [str(lines[i]) for i in row]
        fits = all(form is None or form.search(v) for form, v in zip(forms, values, strict=True))
        if not fits or len(values[0]) > _MAX_NAME or any(len(v) > _MAX_VALUE for v in values):
            break
        rows.append(row)
        n = row[-1] + 1
    return rows


# The same headers are tried at every place of a run of labels.
@lru_cache(maxsize=1024)
def _form(header: str) -> re.Pattern[str] | None:
    return next((form for word, form in _FORMS if word.search(header)), None)


def _row(lines: Sequence[str | None], start: int, width: int) -> list[int]:
    """The next lines that a row of a width takes, page headers passed over; [] at the end."""
    row: list[int] = []
    n = start
    while n < len(lines) and len(row) < width:
        line = lines[n]
        if line is None:
            return []
        if not page_header(line):
            row.append(n)
        n += 1
    return row if len(row) == width else []
