"""From a stream of text pieces to a policy: one place where canonical text and offsets are made."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import NamedTuple

from linter.document import Block, BlockKind, Cell, Link, Policy, Span
from linter.segment import headings as heads
from linter.segment.colors import Color
from linter.segment.flat import flattened
from linter.segment.keyvalue import Pair, pairs
from linter.segment.labels import looks_like_label
from linter.segment.language import detect
from linter.segment.limits import BLOCKS, CHARACTERS, TOO_LARGE
from linter.segment.tables import MAX_GAP, Grid, goes_on, resolve

_WORDY = re.compile(r"\w")
# A line break of the source between two characters that no space parts.
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t]*\r?\n\s*(?={_WIDE})")
_MAX_NESTING = 40


class Look(NamedTuple):
    """How the elements around let a text look, as far as elements within may undo it.

    ``gone`` cannot be undone; ``veils`` are the ways of hiding that can, as bits; ``ink`` is the
    text's color and ``ground`` the one behind it, None if not known.
    """

    gone: bool = False
    veils: int = 0
    ink: Color | None = None
    ground: Color | None = None

    @property
    def hidden(self) -> bool:
        """Whether the text cannot be seen."""
        ink, ground = self.ink, self.ground
        covered = ink is not None and (ink.clear or (ground is not None and ink.alike(ground)))
        return self.gone or self.veils != 0 or covered


SEEN = Look()


class Context(NamedTuple):
    """What holds for a piece of text by the elements it stands in.

    A named tuple, since one is made for every element of a page.
    """

    container: int = 0
    items: tuple[int, ...] = ()
    cell: Cell | None = None
    level: int = 0
    bold: bool = False
    hidden: bool = False
    href: str | None = None
    term: int = 0
    path: tuple[str | int, ...] = ()
    lines: bool = False
    folds: tuple[int, ...] = ()
    look: Look = SEEN


# What headings within one more fold (``details``) are deeper; more than there are levels.
FOLD = 20


@dataclass(slots=True)
class Draft:
    """A block in the making: its text has its final white space, its offsets come later."""

    text: str
    context: Context
    links: list[tuple[int, int, str]]
    bold: bool
    cell: Cell | None
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    item: int | None = None
    key: tuple[int, int] | None = None
    value: tuple[int, int] | None = None
    label: Draft | None = None
    is_label: bool = False
    start: int = 0
    glue: str | None = None
    pictured: bool = False


@dataclass(slots=True)
class Builder:
    """Takes text and breaks in document order; ``policy`` then makes the document."""

    drafts: list[Draft] = field(default_factory=list)
    grids: dict[int, Grid] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _links: list[tuple[int, int, str]] = field(default_factory=list)
    _context: Context | None = None
    _plain: bool = False
    _open: bool = False
    _pictured: bool = False
    _ids: int = 0
    _room: int = CHARACTERS
    _cut: bool = False

    def new_id(self) -> int:
        """A number not used before, for containers, items and tables."""
        self._ids += 1
        return self._ids

    def cut(self) -> None:
        """Notes that not all of the source was read."""
        self._cut = True

    def picture(self) -> None:
        """Notes that a picture stands here."""
        if self._open:
            self._pictured = True
        elif self.drafts:
            self.drafts[-1].pictured = True

    def text(self, piece: str, context: Context) -> None:
        """Adds a piece of text; white space collapses across pieces."""
        if "\n" in piece:
            piece = _BROKEN.sub("", piece)
        words = piece.split()
        between = not words
        # White space at either end is one space; at a block's beginning, or after another, none.
        before = self._pieces and self._pieces[-1][-1] != " " and piece[:1].isspace()
        if between:
            piece = " " if before else ""
        else:
            after = " " if piece[-1].isspace() else ""
            piece = (" " if before else "") + " ".join(words) + after
        if len(piece) > self._room:
            piece, self._cut = piece[: self._room], True
        if not piece:
            return
        self._room -= len(piece)
        if self._context is None or not (self._open or between):
            self._context = context
        if not between:
            self._open, self._pictured = True, False
            if not context.bold and _WORDY.search(piece):
                self._plain = True
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        if context.href is not None and not between:
            if self._links and self._links[-1][2] == context.href and self._links[-1][1] == start:
                self._links[-1] = (self._links[-1][0], self._length, context.href)
            else:
                self._links.append((start, self._length, context.href))

    def flush(self) -> None:
        """Ends the block; one without any text is not kept."""
        if not self._pieces:
            return
        text = "".join(self._pieces).rstrip(" ")
        if len(self.drafts) >= BLOCKS:
            self._cut = self._cut or bool(text)
        elif text and self._context is not None:
            links = [(s, min(e, len(text)), h) for s, e, h in self._links if s < len(text)]
            draft = Draft(text, self._context, links, not self._plain, self._context.cell)
            draft.pictured = self._pictured
            self.drafts.append(draft)
        self._pieces, self._links, self._length = [], [], 0
        self._context, self._plain, self._open, self._pictured = None, False, False, False

    def policy(self, *, title: str, unread: tuple[str, ...] = ()) -> Policy:
        """The document made of everything added so far."""
        self.flush()
        for rows in flattened([_line(d) for d in self.drafts]):
            self._place_flattened(rows)
        self._resolve_cells()
        drafts = self._split_pairs()
        self._classify(drafts)
        _pair_repeated_labels(drafts)
        return _assemble(drafts, title, (*unread, TOO_LARGE) if self._cut else unread)

    def _place_flattened(self, rows: list[list[int]]) -> None:
        """Gives the lines of a table that lost its cells their places in it."""
        grid = Grid(self.new_id())
        self.grids[grid.number] = grid
        for row in rows:
            for n, cell in zip(row, grid.add_row([(1, 1, False)] * len(row)), strict=True):
                self.drafts[n].cell = cell

    def _resolve_cells(self) -> None:
        """Finds the headers of all tables, in order since one may go on in the next."""
        if not self.grids:
            return
        last: Grid | None = None
        gap: list[str] = []
        entered: set[int] = set()
        for draft in self.drafts:
            cell = draft.cell
            if cell is not None:
                grid = self.grids[cell.table]
                grid.add_text(cell, draft.text, bold=draft.bold)
                if grid.number not in entered and grid.outer is None:
                    if last is not None and goes_on(gap):
                        grid.before = last
                    last, gap = grid, []
                entered.add(grid.number)
                gap.clear()
            elif len(gap) <= MAX_GAP:
                gap.append(draft.text)
        resolved = resolve(self.grids, self.new_id)
        for draft in self.drafts:
            cell = draft.cell
            if cell is not None:
                draft.cell = resolved[cell.table][cell.row, cell.column]
        self._fold_inner(resolved)

    def _fold_inner(self, resolved: dict[int, dict[tuple[int, int], Cell]]) -> None:
        """Makes a table of labels and values within a cell lines of that cell."""
        inner = {n: g for n, g in self.grids.items() if g.outer is not None and g.is_one_entry()}
        labels: dict[tuple[int, bool, int], Draft] = {}
        for draft in self.drafts if inner else ():
            cell = draft.cell
            if cell is None or cell.table not in inner:
                continue
            at = cell.row if cell.vertical else cell.column
            if cell.header:
                labels.setdefault((cell.table, cell.vertical, at), draft)
                draft.is_label = True
            else:
                draft.label = labels.get((cell.table, cell.vertical, at))
        for draft in self.drafts if inner else ():
            cell = draft.cell
            seen = 0
            while cell is not None and cell.table in inner and seen < _MAX_NESTING:
                outer = inner[cell.table].outer
                assert outer is not None
                cell = resolved[outer.table][outer.row, outer.column]
                draft.cell = cell
                seen += 1

    def _split_pairs(self) -> list[Draft]:
        out: list[Draft] = []
        for draft in self.drafts:
            cell = draft.cell
            heading = draft.context.level or draft.is_label or (cell is not None and cell.header)
            whole = heading or len(out) > BLOCKS
            found = [] if whole else pairs(draft.text)
            if not found:
                out.append(draft)
                continue
            parts: list[tuple[int, Pair | None]] = [(p.start, p) for p in found]
            number = heads.numbering(draft.text)
            if _WORDY.search(draft.text, number.end if number else 0, found[0].start):
                parts.insert(0, (0, None))
            parts[0] = (0, parts[0][1])
            stops = [start for start, _ in parts[1:]] + [len(draft.text)]
            out += [
                _part(draft, start, stop, pair)
                for (start, pair), stop in zip(parts, stops, strict=True)
            ]
        return out

    def _classify(self, drafts: list[Draft]) -> None:
        sizes = Counter(d.context.items[-1] for d in drafts if d.context.items)
        term: Draft | None = None
        for n, draft in enumerate(drafts):
            context = draft.context
            draft.item = context.items[-1] if context.items else None
            if context.term < 0:
                term = draft
            elif context.term > 0 and term is not None and draft.key is None:
                draft.label = term
            elif not context.term:
                term = None
            if draft.cell is not None:
                draft.kind = BlockKind.TABLE_CELL
            elif context.level:
                draft.kind, draft.level = BlockKind.HEADING, context.level
            elif draft.label is not None or draft.key is not None:
                draft.kind = BlockKind.KEY_VALUE
                if draft.item is None:
                    draft.item = self._entry_number(drafts, n)
            elif _second_of_two(drafts, n, sizes):
                draft.kind, draft.label = BlockKind.KEY_VALUE, drafts[n - 1]
            else:
                self._classify_line(draft, sizes)

    def _entry_number(self, drafts: list[Draft], n: int) -> int | None:
        """The number of the numbered line that a pair begins or goes on, if it is numbered."""
        if n and drafts[n - 1].glue is not None:
            return drafts[n - 1].item
        return self.new_id() if heads.numbering(drafts[n].text) else None

    def _classify_line(self, draft: Draft, sizes: Counter[int]) -> None:
        # What pairs of the same line follow heads those and nothing after the line.
        whole = draft.glue is None
        level = heads.heading_level(draft.text, bold=draft.bold) if whole else 0
        inside = bool(draft.context.items)
        if level and (not inside or (draft.bold and not _alone_in_item(draft, sizes))):
            draft.kind, draft.level = BlockKind.HEADING, level + FOLD * len(draft.context.folds)
        elif inside:
            draft.kind = BlockKind.LIST_ITEM
        elif heads.numbering(draft.text):
            draft.kind, draft.item = BlockKind.LIST_ITEM, self.new_id()


def _line(draft: Draft) -> str | None:
    """A draft's text if it is a line of its own, which a table's cell could have become."""
    context = draft.context
    alone = draft.cell is None and not context.level and not context.items and not context.term
    return draft.text if alone and not heads.numbered_heading(draft.text) else None


def _part(draft: Draft, start: int, stop: int, pair: Pair | None) -> Draft:
    """A slice of a line as a draft of its own, its links and pair shifted."""
    raw = draft.text[start:stop]
    text = raw.rstrip(" ")
    first = bisect_right(draft.links, start, key=lambda x: x[1])
    last_link = bisect_left(draft.links, start + len(text), key=lambda x: x[0])
    links = [
        (max(s, start) - start, min(e, start + len(text)) - start, h)
        for s, e, h in draft.links[first:last_link]
    ]
    last = stop == len(draft.text)
    glue = None if last else raw[len(text) :]
    part = Draft(text, draft.context, links, draft.bold, draft.cell, glue=glue)
    part.pictured = last and draft.pictured
    if pair is not None:
        part.key = (pair.key[0] - start, pair.key[1] - start)
        part.value = (
            min(pair.value[0] - start, len(text)),
            min(max(pair.value) - start, len(text)),
        )
    return part


def _alone_in_item(draft: Draft, sizes: Counter[int]) -> bool:
    return sizes[draft.context.items[-1]] == 1


def _second_of_two(drafts: list[Draft], n: int, sizes: Counter[int]) -> bool:
    """The value of a list item that holds exactly a label and a value, each in its own box."""
    draft = drafts[n]
    if not n or not draft.context.items or draft.key is not None:
        return False
    before, item = drafts[n - 1], draft.context.items[-1]
    return (
        sizes[item] == 2
        and before.context.items[-1:] == (item,)
        and before.context.container != draft.context.container
        and before.key is None
        and looks_like_label(before.text)
    )


def _pair_repeated_labels(drafts: list[Draft]) -> None:
    """Labels of a flattened table: short lines that recur in one and the same order.

    A repeated value ("None", "Privacy policy") has no fixed successor among the repeated lines;
    a column header does, since the columns come in order for every row.
    """
    lines = [
        n
        for n, d in enumerate(drafts)
        if d.kind is BlockKind.PARAGRAPH and not d.context.items and d.key is None
    ]
    counts = Counter(drafts[n].text for n in lines)
    repeated = [
        n for n in lines if counts[drafts[n].text] >= 3 and looks_like_label(drafts[n].text)
    ]
    follows: dict[str, Counter[str]] = {}
    for here, there in pairwise(repeated):
        follows.setdefault(drafts[here].text, Counter())[drafts[there].text] += 1
    repeats = set(repeated)
    regular = {
        text
        for text, nexts in follows.items()
        if nexts.most_common(1)[0][1] >= 0.8 * nexts.total() and nexts.most_common(1)[0][0] != text
    }
    if len(regular) < 2:
        return
    label: int | None = None
    for n in range(len(drafts)):
        draft = drafts[n]
        if draft.text in regular and n in repeats:
            label = n
        elif label is not None and n - label <= 3 and draft.kind is BlockKind.PARAGRAPH:
            draft.kind, draft.label = BlockKind.KEY_VALUE, drafts[label]
        else:
            label = None


def _assemble(drafts: list[Draft], title: str, unread: tuple[str, ...]) -> Policy:
    """Fixes offsets, heading paths and spans."""
    parts: list[str] = []
    at = 0
    for draft, after in zip_longest(drafts, drafts[1:]):
        draft.start = at
        glue = draft.glue if draft.glue is not None else _separator(draft.cell, after)
        parts += (draft.text, glue)
        at += len(draft.text) + len(glue)
    text = "".join(parts).rstrip("\n\t ")
    blocks, links = [], []
    path: list[tuple[int, int, tuple[int, ...]]] = []
    above: tuple[int, ...] = ()
    for n, draft in enumerate(drafts):
        folds = draft.context.folds
        deep = len(path)
        while path and path[-1][2] and folds[: len(path[-1][2])] != path[-1][2]:
            path.pop()
        if draft.level:
            while path and path[-1][0] >= draft.level:
                path.pop()
        if len(path) < deep:
            above = tuple(i for _, i, _ in path)
        blocks.append(_block(n, draft, above))
        if draft.level:
            path.append((draft.level, n, folds))
            above = (*above, n)
        links += [Link(Span(draft.start + s, draft.start + e), h) for s, e, h in draft.links]
    return Policy(
        text,
        tuple(blocks),
        tuple(links),
        detect(text),
        title or _title(drafts),
        unread,
        pictures=tuple(n for n, draft in enumerate(drafts) if draft.pictured),
    )


def _separator(here: Cell | None, after: Draft | None) -> str:
    there = after.cell if after is not None else None
    if (
        here is not None
        and there is not None
        and here.table == there.table
        and here.row == there.row
    ):
        return "\t" if here.column != there.column else "\n"
    return "\n"


def _block(n: int, draft: Draft, headings: tuple[int, ...]) -> Block:
    context, at = draft.context, draft.start
    key = value = None
    if draft.key is not None and draft.value is not None:
        key = Span(at + draft.key[0], at + draft.key[1])
        value = Span(at + draft.value[0], at + draft.value[1])
    elif (label := draft.label) is not None:
        key = Span(label.start, label.start + len(label.text))
        value = Span(at, at + len(draft.text))
    return Block(
        n,
        draft.kind,
        Span(at, at + len(draft.text)),
        headings,
        draft.level,
        context.container,
        draft.item,
        context.items,
        draft.cell,
        key,
        value,
        context.hidden,
        context.path,
    )


def _title(drafts: list[Draft]) -> str:
    first = next((d for d in drafts if d.level), drafts[0] if drafts else None)
    return first.text[:120] if first else ""
