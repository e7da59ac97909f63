"""Does what a suggestion says: pastes its words where it says into the source of a policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from unittest.mock import patch

from bs4 import BeautifulSoup, NavigableString, Tag

from linter.document import Block, Page, Policy
from linter.fetch.decode import decode
from linter.segment import segment
from linter.segment.text import rendered
from linter.verdict import Addition, Form, Words

MEDIA = {".html": "text/html", ".md": "text/html", ".txt": "text/plain"}
_BLANK = re.compile("⟦[^⟦⟧]*⟧")
_INLINE = frozenset("a b strong i em u s span font small code mark sup sub".split())
_NOTHING = frozenset(("", "/", "-", "—", "–", "无", "無", "n/a", "none", "暂无"))

Fill = Callable[[Words, str], str]


class NoPlace(Exception):
    """The source has no place that the words could be pasted at by a program."""


def source_of(path: Path) -> tuple[str, str]:
    """The text of a policy file and its media type; Markdown as the HTML that it stands for."""
    text = decode(path.read_bytes()).text
    return (rendered(text) if path.suffix == ".md" else text), MEDIA[path.suffix]


def filled(part: Words, fill: Fill | None) -> str:
    return part.words if fill is None else _BLANK.sub(lambda m: fill(part, m.group()), part.words)


def pasted(
    text: str, media: str, additions: tuple[Addition, ...], fill: Fill | None, language: str
) -> str:
    """The source with the additions in it; ``fill`` answers a blank, None leaves them."""
    # A block's path is cut where it is long; to find its element all of it is needed.
    with patch("linter.segment.html._LOCATED", 10_000):
        policy = segment(Page("x", b"x", text, "utf-8", 0.0, media))
    # From the end, so that what is pasted first moves nothing that is pasted later.
    ordered = sorted(
        enumerate(additions),
        key=lambda x: (x[1].block is None, x[1].block or 0, x[0]),
        reverse=True,
    )
    paster = (_Html if media == "text/html" else _Lines)(text, policy, language)
    for _, addition in ordered:
        paster.paste(addition, [(p, filled(p, fill)) for p in addition.parts])
    return paster.text()


Parts = list[tuple[Words, str]]


def _lines(parts: Parts, language: str) -> list[str]:
    colon = "：" if language.startswith("zh") else ": "
    return [f"{p.label}{colon}{w}" if p.label else w for p, w in parts]


def _sentences(parts: Parts, language: str) -> str:
    return ("" if language.startswith("zh") else " ").join(w for _, w in parts)


def _run_in(policy: Policy, block: int | None) -> bool:
    """Whether an entry's labels and values stand one after the other in one line."""
    if block is None or policy.blocks[block].key is None:
        return block is not None
    here = policy.blocks[block]
    beside = [b for b in policy.blocks[max(0, block - 1) : block + 2] if b is not here]
    return any(
        b.container == here.container
        and "\n"
        not in policy.text[min(b.span.end, here.span.end) : max(b.span.start, here.span.start)]
        for b in beside
    )


def _inline(parts: Parts, before: str, language: str) -> str:
    """The same way, behind what stands there."""
    zh = language.startswith("zh")
    ended = before.rstrip().endswith(("。", "；", ";", "."))
    mark = "；" if zh else "." if before.count(". ") else ";"
    joined = (mark if zh else mark + " ").join(_lines(parts, language))
    return ("" if ended else mark) + ("" if zh else " ") + joined + mark


class _Lines:
    def __init__(self, text: str, policy: Policy, language: str) -> None:
        self._lines = text.splitlines()
        self._policy = policy
        self._language = language

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def paste(self, addition: Addition, parts: Parts) -> None:
        at = self._line(addition.block)
        if addition.form is Form.PROSE:
            self._lines[at:at] = ["", _sentences(parts, self._language), ""]
        elif addition.form is Form.LIST:
            for line, (part, _) in zip(_lines(parts, self._language), parts, strict=True):
                if part.block is not None:
                    value = self._policy.blocks[part.block].value
                    old = self._policy.quote(value).strip() if value else ""
                    n = self._line(part.block) - 1
                    head, _, tail = self._lines[n].partition(part.label)
                    kept = tail.partition(old)[2] if old else tail.lstrip("：: ")
                    self._lines[n] = head + line + kept
            parts = [p for p in parts if p[0].block is None]
            if addition.own and _run_in(self._policy, addition.block):
                before = self._lines[at - 1]
                self._lines[at - 1] += _inline(parts, before, self._language) if parts else ""
                return
            own = [] if addition.own else [""]
            self._lines[at:at] = [*own, *_lines(parts, self._language), *own]
        elif addition.headed:
            rows = [[p.label for p, _ in parts], [w for _, w in parts]]
            self._lines[at:at] = ["", *("\t".join(row) for row in rows), ""]
        elif addition.own:
            for part, words in parts:
                self._into_cell(part, words.replace("\n", "；"))
        else:
            before = self._lines[at - 1]
            if not ("\t" in before or "|" in before):
                raise NoPlace("a table in plain text")
            cells = [w.replace("\n", "；") for _, w in parts]
            bars = "|" in before
            self._lines.insert(at, f"| {' | '.join(cells)} |" if bars else "\t".join(cells))

    def _into_cell(self, part: Words, words: str) -> None:
        if part.block is None:
            raise NoPlace("an empty cell in plain text")
        block = self._policy.blocks[part.block]
        quote, at = self._policy.quote(block.span), self._line(part.block) - 1
        if quote not in self._lines[at]:
            raise NoPlace("a cell of several lines")
        new = words if quote.strip().lower() in _NOTHING else f"{quote}；{words}"
        self._lines[at] = self._lines[at].replace(quote, new, 1)

    def _line(self, block: int | None) -> int:
        if block is None:
            return len(self._lines)
        match = re.search(r"line (\d+)", self._policy.blocks[block].locator)
        assert match
        return int(match.group(1))


class _Html:
    def __init__(self, text: str, policy: Policy, language: str) -> None:
        self._soup = BeautifulSoup(text, "lxml")
        self._policy = policy
        self._language = language
        # Found before anything is pasted: that would shift what is counted.
        self._found = {b.index: self._element(b) for b in policy.blocks}

    def text(self) -> str:
        return str(self._soup)

    def paste(self, addition: Addition, parts: Parts) -> None:
        if addition.block is None:
            body = self._soup.body or self._soup
            body.append(self._new(addition, parts))
            return
        element = self._found[addition.block]
        if element is None:
            raise NoPlace("not in the page's elements")
        if addition.own and addition.form is Form.TABLE:
            for part, words in parts:
                self._into_cell(addition, part, words)
        elif addition.own and addition.form is Form.LIST:
            self._extend(addition.block, element, parts)
        elif addition.form is Form.TABLE and not addition.headed:
            row = element if element.name == "tr" else element.find_parent("tr")
            if row is None:
                raise NoPlace("a table without rows")
            row.insert_after(self._row([w for _, w in parts], "td"))
        elif addition.form is Form.LIST and (item := self._entry_item(addition.block, element)):
            new = self._soup.new_tag(item.name)
            self._fill(new, _lines(parts, self._language))
            item.insert_after(new)
        else:
            self._outer(addition.block, element).insert_after(self._new(addition, parts))

    def _new(self, addition: Addition, parts: Parts) -> Tag:
        if addition.form is Form.TABLE:
            table = self._soup.new_tag("table")
            table.append(self._row([p.label for p, _ in parts], "th"))
            table.append(self._row([w for _, w in parts], "td"))
            return table
        new = self._soup.new_tag("p")
        prose = addition.form is Form.PROSE
        lines = [_sentences(parts, self._language)] if prose else _lines(parts, self._language)
        self._fill(new, lines)
        return new

    def _row(self, cells: list[str], name: str) -> Tag:
        row = self._soup.new_tag("tr")
        for words in cells:
            cell = self._soup.new_tag(name)
            self._fill(cell, words.split("\n"))
            row.append(cell)
        return row

    def _fill(self, tag: Tag, lines: list[str]) -> None:
        for n, line in enumerate(lines):
            if n:
                tag.append(self._soup.new_tag("br"))
            tag.append(NavigableString(line))

    def _into_cell(self, addition: Addition, part: Words, words: str) -> None:
        if part.block is None:
            cell = self._empty_cell(addition, part)
            cell.clear()
            self._fill(cell, words.split("\n"))
        elif self._quote(part.block).lower() in _NOTHING and self._found[part.block]:
            cell = self._found[part.block]
            assert cell is not None
            cell.clear()
            self._fill(cell, words.split("\n"))
        else:
            self._append(part.block, words.split("\n"))

    def _empty_cell(self, addition: Addition, part: Words) -> Tag:
        assert addition.block is not None
        element, cell = self._found[addition.block], self._policy.blocks[addition.block].cell
        row = element and (element if element.name == "tr" else element.find_parent("tr"))
        columns = {
            b.cell.column
            for b in self._policy.blocks
            if b.cell and cell and b.cell.table == cell.table and b.cell.column_header == part.label
        }
        cells = row.find_all(["td", "th"], recursive=False) if row else []
        if len(columns) != 1 or max(columns) >= len(cells):
            raise NoPlace("an empty cell of a merged row")
        return cells[max(columns)]

    def _quote(self, block: int) -> str:
        return self._policy.quote(self._policy.blocks[block].span).strip()

    def _append(self, block: int, lines: list[str], *, inline: bool = False) -> None:
        """Lines after that of a block, in its own container."""
        element = self._found[block]
        if element is None:
            raise NoPlace("not in the page's elements")
        wanted = re.sub(r"\s", "", self._quote(block))
        strings = [s for s in element.find_all(string=True) if type(s) is NavigableString]
        squeezed = [re.sub(r"\s", "", s) for s in strings]
        whole = "".join(squeezed)
        end = whole.find(wanted) + len(wanted)
        ends = list(accumulate(map(len, squeezed)))
        last = next((s for s, n in zip(strings, ends, strict=True) if n >= end), None)
        if last is None:
            raise NoPlace("words that are drawn otherwise")
        node: Tag | NavigableString = last
        while node.parent is not element and node.parent is not None:
            if node.parent.name not in _INLINE:
                break
            node = node.parent
        for line in reversed(lines):
            before = () if inline else (self._soup.new_tag("br"),)
            node.insert_after(*before, NavigableString(line))

    def _extend(self, block: int, element: Tag, parts: Parts) -> None:
        """Lines like those of the entry: elements beside its last one, or lines in the same."""
        if _run_in(self._policy, block):
            for part, words in parts:
                if part.block is not None:
                    self._replace(part.block, words)
            parts = [p for p in parts if p[0].block is None]
            words = _inline(parts, self._quote(block), self._language)
            self._append(block, [words] if parts else [], inline=True)
            return
        container = self._policy.blocks[block].container
        if sum(b.container == container for b in self._policy.blocks) > 1:
            self._append(block, _lines(parts, self._language))
            return
        for part, words in reversed(parts):
            if part.block is not None:
                self._replace(part.block, words)
                continue
            names = (("dt", part.label), ("dd", words)) if element.name == "dd" else ()
            line = _lines([(part, words)], self._language)[0]
            for name, text in reversed(names or ((element.name, line),)):
                new = self._soup.new_tag(name)
                self._fill(new, [text])
                element.insert_after(new)

    def _replace(self, block: int, words: str) -> None:
        """Another value behind a label that is there already."""
        here, element = self._policy.blocks[block], self._found[block]
        if here.value is None or here.key is None or element is None:
            raise NoPlace("a label without a value")
        old, label = self._policy.quote(here.value).strip(), self._policy.quote(here.key).strip()
        strings = list(element.find_all(string=True))
        labels = [n for n, string in enumerate(strings) if label in string]
        for string in strings[labels[0] if labels else 0 :]:
            head, found, tail = string.partition(label) if label in string else ("", "", string)
            if old and old in tail:
                string.replace_with(head + found + tail.replace(old, words, 1))
                return
        # The label is broken by bold: another one of its kind stands behind the entry.
        line = _inline([(Words(label, words), words)], self._quote(block), self._language)
        self._append(block, [line], inline=True)

    def _entry_item(self, block: int, element: Tag) -> Tag | None:
        """The item that is a whole entry; None where each field is an item, or there is none."""
        here = self._policy.blocks[block]
        if not here.items:
            return None
        labels = [b for b in self._policy.blocks if b.key and b.items[:1] == here.items[:1]]
        parents = [element, *element.parents]
        items = [t for t in parents if t.name == "li"]
        return items[-1] if len(labels) > 1 and items else None

    def _outer(self, block: int, element: Tag) -> Tag:
        """What holds the whole table or list that a block stands in; a table may be boxes."""
        cell = self._policy.blocks[block].cell
        outer = element
        for parent in element.parents:
            if parent.name in ("table", "ul", "ol", "dl"):
                outer = parent
        while outer.name in _INLINE and outer.parent is not None:
            outer = outer.parent
        if cell is not None:
            table = [b for b in self._policy.blocks if b.cell and b.cell.table == cell.table]
            first = self._found[table[0].index]
            while first is not None and outer.parent and outer not in (first, *first.parents):
                outer = outer.parent
        return outer

    def _element(self, block: Block) -> Tag | None:
        """The element at a block's path, which is cut at its beginning where it is long."""
        steps = list(zip(block.path[::2], block.path[1::2], strict=True))
        node: Tag = self._soup
        for name, number in steps:
            same = [c for c in node.find_all(True, recursive=False) if c.name == name]
            if not same or (number and int(number) > len(same)):
                return None
            node = same[max(int(number), 1) - 1]
        return node
