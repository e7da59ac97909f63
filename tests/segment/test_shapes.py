"""Whole policies in every shape that tables, exports, label lists and scripts come in.

``corpus/policies/shapes/gold.jsonl`` says of each document what must be read where (``expect``)
and what a reader would judge (``gold``, by the annotation guideline).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString
from markdown_it import MarkdownIt

from linter import check
from linter.document import Block, Cell, Page, Policy
from linter.fetch import FetchOptions, fetch
from linter.segment import segment
from linter.verdict import Report

_FOLDER = Path(__file__).parents[2] / "corpus" / "policies" / "shapes"
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (_FOLDER / "gold.jsonl").read_text("utf-8").splitlines()
]
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_NO_TEXT = frozenset(["script", "style", "head", "title", "template", "textarea", "noscript"])

documents = pytest.mark.parametrize("case", GOLD, ids=[g["id"] for g in GOLD])


def squash(text: str) -> str:
    return _INVISIBLE.sub("", text)


@cache
def _page(name: str) -> Page:
    return fetch(str(_FOLDER / name), options=FetchOptions())


@cache
def _policy(name: str) -> Policy:
    return segment(_page(name))


@cache
def _report(name: str) -> Report:
    return check(str(_FOLDER / name))


# -- nothing is lost


def _visible(markup: str) -> Iterator[str]:
    """Each text of a page, by another way than the linter's: node by node, no structure."""
    soup = BeautifulSoup(markup, "html.parser")
    for node in soup.find_all(string=True):
        if type(node) not in (NavigableString, CData):
            continue
        if not _NO_TEXT & {p.name for p in node.parents}:
            yield str(node)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _only_text(markup: str) -> Iterator[str]:
    """The text that the page keeps in an attribute or a script, each written for its shape."""
    soup = BeautifulSoup(markup, "html.parser")
    for tag in soup.find_all(["input", "iframe"]):
        yield from _visible(str(tag.get("srcdoc") or ""))
        if "<p>" in str(tag.get("value")):
            yield from _visible(str(tag["value"]))
    for tag in soup.find_all(["template", "textarea"]):
        yield from _visible(tag.decode_contents())
    for script in soup.find_all("script"):
        body = script.get_text()
        if script.get("type") == "text/markdown":
            yield from _visible(MarkdownIt("commonmark").enable("table").render(body))
        elif script.get("type") == "application/json" or "__DATA__" in body:
            data = json.loads(body[body.index("{") :].rstrip("; \n"))
            for text in _strings(data):
                if re.search(r"[\u4e00-\u9fff]", text) or (" " in text.strip() and "<" in text):
                    yield from _visible(text)
        elif "__NUXT__" in body:
            literal = re.search(r'body:("(?:[^"\\]|\\.)*")', body)
            assert literal
            yield from _visible(json.loads(literal.group(1)))


def _pieces(page: Page) -> list[str]:
    if page.media_type == "text/html":
        texts: Iterator[str] = iter([*_visible(page.text), *_only_text(page.text)])
    elif page.media_type == "text/markdown":
        texts = _visible(MarkdownIt("commonmark", {"html": True}).enable("table").render(page.text))
    else:
        texts = iter(page.text.splitlines())
    cells = (cell for text in texts for cell in text.split("\t"))
    return [p for p in map(squash, cells) if p]


@documents
def test_no_text_is_lost(case: dict[str, Any]) -> None:
    pieces, read = _pieces(_page(case["file"])), squash(_policy(case["file"]).text)
    assert sum(map(len, pieces)) > 400, "the independent extraction found no policy"
    assert [p for p in pieces if p not in read] == []


@documents
def test_blocks_cover_the_text(case: dict[str, Any]) -> None:
    policy = _policy(case["file"])
    blocks = "".join(policy.quote(b.span) for b in policy.blocks)
    assert squash(blocks) == squash(policy.text)


# -- what is read stands where it belongs


def _found(policy: Policy, text: str) -> list[Block]:
    return [b for b in policy.blocks if squash(text) in squash(policy.quote(b.span))]


def _cells(policy: Policy, text: str) -> list[tuple[Block, Cell]]:
    return [(b, b.cell) for b in _found(policy, text) if b.cell is not None]


def _has(part: str, whole: str) -> bool:
    return squash(part).lower() in squash(whole).lower()


def _cell(policy: Policy, e: dict[str, Any]) -> bool:
    return any(
        _has(e.get("column", ""), c.column_header)
        and _has(e.get("row", ""), c.row_header)
        and c.header == e.get("header", False)
        and c.vertical == e.get("vertical", c.vertical)
        and _has(e.get("group", ""), _group(policy, b, c))
        and _has(e.get("entry", ""), _entry(policy, b, c))
        for b, c in _cells(policy, e["cell"])
    )


def _group(policy: Policy, block: Block, cell: Cell) -> str:
    """The row across the columns that a cell stands below."""
    above = (
        b for b in policy.blocks[: block.index] if b.cell and b.cell.table == cell.table and b.cell
    )
    titles = [policy.quote(b.span) for b in above if b.cell and b.cell.column_span > 1]
    return titles[-1] if titles else ""


def _entry(policy: Policy, block: Block, cell: Cell) -> str:
    """All that stands in the cell's row, or in its column where labels stand in the first."""
    same = (
        b
        for b in policy.blocks
        if b.cell and b.cell.table == cell.table and _together(b.cell, cell, rows=not cell.vertical)
    )
    return " ".join(policy.quote(b.span) for b in same)


def _together(one: Cell, other: Cell, *, rows: bool) -> bool:
    if one.table != other.table:
        return False
    if rows:
        return bool(set(one.rows) & set(other.rows)) and not (one.header or other.header)
    return one.column == other.column


def _side_by_side(policy: Policy, texts: list[str], *, rows: bool) -> bool:
    first, second = (_cells(policy, t) for t in texts)
    return any(_together(a, b, rows=rows) for _, a in first for _, b in second)


def _pair(policy: Policy, e: dict[str, Any]) -> bool:
    return any(
        squash(e["key"]) == squash(policy.quote(b.key)).strip("：:*【】")
        and _has(e["value"], policy.quote(b.value))
        for b in policy.blocks
        if b.key is not None and b.value is not None
    )


def _apart(policy: Policy, texts: list[str]) -> bool:
    first, second = (_found(policy, t) for t in texts)
    shared = {(b.item, b.container) for b in first} & {(b.item, b.container) for b in second}
    return bool(first) and bool(second) and not shared


CHECKS: dict[str, Callable[[Policy, dict[str, Any]], bool]] = {
    "cell": _cell,
    "same_row": lambda p, e: _side_by_side(p, e["same_row"], rows=True),
    "same_column": lambda p, e: _side_by_side(p, e["same_column"], rows=False),
    "key": _pair,
    "item_apart": lambda p, e: _apart(p, e["item_apart"]),
    "heading": lambda p, e: any(b.level for b in _found(p, e["heading"])),
    "under": lambda p, e: any(
        any(_has(e["under"], h) for h in p.heading_texts(b)) for b in _found(p, e["text"])
    ),
    "kind": lambda p, e: any(b.kind.value == e["kind"] for b in _found(p, e["text"])),
    "link": lambda p, e: any(
        _has(e["link"], p.quote(x.span)) and x.href == e["href"] for x in p.links
    ),
    "hidden": lambda p, e: (
        bool(_found(p, e["hidden"])) and all(b.hidden for b in _found(p, e["hidden"]))
    ),
    "shown": lambda p, e: any(not b.hidden for b in _found(p, e["shown"])),
    "absent": lambda p, e: e["absent"] not in p.text,
}


@documents
def test_structure(case: dict[str, Any]) -> None:
    policy = _policy(case["file"])
    assert len(case["expect"]) >= 3
    failed = [e for e in case["expect"] if not _holds(policy, e)]
    shown = [(b.kind.value, b.cell, policy.quote(b.span)) for b in policy.blocks]
    assert failed == [], shown


def _holds(policy: Policy, expected: dict[str, Any]) -> bool:
    name = next(n for n in CHECKS if n in expected)
    return CHECKS[name](policy, expected)


def test_every_shape_has_its_documents() -> None:
    """Table shapes come in three documents at least, the others in one."""
    counts: dict[str, int] = {}
    for case in GOLD:
        for shape in case["shape"]:
            counts[shape] = counts.get(shape, 0) + 1
    tables = (
        "row spans", "column spans", "several header rows", "header cells as td",
        "empty th with the true header in the first body row", "title rows spanning all columns",
        "group rows", "vendors in columns", "nested tables", "lists in cells",
        "company and link in one cell", "cells flattened one per line", "cells flattened by tabs",
        "a table broken by a page header", "Word export", "WPS export", "Typora export",
    )  # fmt: skip
    assert {t: counts.get(t, 0) for t in tables if counts.get(t, 0) < 3} == {}
    assert len(GOLD) >= 60
