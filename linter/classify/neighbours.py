"""Whose words stand beside the vendor's entry: other items, titles and groups of its own list.

GUIDELINE, "Binding": a neighbouring third party's cell does not count. A line beside the vendor's
in the same list is another party's entry whatever its name looks like, unless it says itself that
it speaks of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from linter.classify.binding import Unit
from linter.classify.lines import NUMBER, Lines
from linter.classify.reading import Reading
from linter.disclosure import Relation
from linter.document import Block, Span

# A list is looked through this many lines to either side.
_LIST_LINES = 200
_TOWARDS = re.compile(r"[与向和给同由將将]\s*\Z|\b(?:with|to|by)\s+(?:the\s+)?\Z", re.IGNORECASE)
_ENTRY = (Relation.ITEM, Relation.ENTRY, Relation.PARAGRAPH)


class Neighbours:
    """The lines of one document that stand beside the vendor's entries."""

    def __init__(self, reading: Reading, units: Sequence[Unit]) -> None:
        self._reading = reading
        self._blocks = reading.policy.blocks
        self._patterns = reading.lexicon.patterns
        self._lines = Lines(reading)
        self._own = {u.binding.block for u in units}
        self._groups = set(self._other_groups(units))
        # Line by line whether the list is one of parties ("X：…"), not one of clauses.
        self._beside: dict[int, bool] = {}
        for head in self._heads(units):
            named = self._begins_with_name(head)
            for block in self._around(head):
                self._beside[block.index] = named or self._beside.get(block.index, False)

        self._beside.update((n, True) for n in self._after_section(units))

    def _after_section(self, units: Iterable[Unit]) -> Iterator[int]:
        """Lines under a heading that names the vendor, below where another party's entry begins."""
        for unit in units:
            binding = unit.binding
            head = self._blocks[binding.mention.block]
            if binding.relation is not Relation.SECTION or binding.block != head.index:
                continue
            for b in self._blocks[head.index + 1 : head.index + _LIST_LINES]:
                if head.index not in b.headings:
                    break
                if b.index not in self._own:
                    yield b.index

    def silent(self, index: int, text: str) -> bool:
        """Whether a line, in normal form, is another party's and says nothing of the vendor."""
        if index in self._groups:
            return True
        party = self._beside.get(index, False) and not self._speaks_for_itself(index)
        return party and not self._patterns["all-parties"].search(text)

    def _speaks_for_itself(self, index: int) -> bool:
        """Whether a line of a list is a clause: it names no party and speaks of third parties.

        The developer may also speak in it; under a title it must do both.
        """
        block = self._blocks[index]
        if self._reading.others(block.span):
            return False
        text = self._reading.shadow_of(block.span).text
        signs = [self._patterns[name].search(text) for name in ("own-word", "third-parties")]
        return any(signs) if block.key is None else all(signs)

    def promises_only(self, index: int, text: str) -> bool:
        """Whether a line is one of a list of clauses: what it tells of a party is not the vendor's.

        A promise in it may be for all, wherever in the list it stands.
        """
        if index not in self._beside or self._patterns["all-parties"].search(text):
            return False
        return not self._patterns["third-parties"].search(text)

    def _heads(self, units: Iterable[Unit]) -> Iterator[Block]:
        """The first line of each entry that stands in no table."""
        first: dict[int, int] = {}
        for unit in units:
            binding = unit.binding
            if binding.relation in _ENTRY and self._blocks[binding.block].cell is None:
                mention = binding.mention.block
                first[mention] = min(binding.block, first.get(mention, binding.block))
        for index in sorted(set(first.values())):
            if index not in self._beside:
                yield self._blocks[index]

    def _begins_with_name(self, head: Block) -> bool:
        span = head.key or head.span
        names = self._reading.names(span)
        if not names or names[0].span.start - span.start > NUMBER:
            return False
        # "Shared with X, for tours" is a clause among clauses, not an entry with a name.
        return not _TOWARDS.search(self._reading.quote(Span(span.start, names[0].span.start)))

    def _around(self, head: Block) -> Iterator[Block]:
        yield from self._below(head)
        yield from self._above(head)

    def _below(self, head: Block) -> Iterator[Block]:
        other = False
        for b in self._blocks[head.index + 1 : head.index + _LIST_LINES]:
            if not self._same_place(b, head):
                return
            if b.index in self._own:
                other = False
            elif self._lines.beside(b, head) or self._only_titles(b):
                other = True
                yield b
            elif other and (self._belongs(b) or self._is_told(b)):
                yield b
            elif b.key is None:
                return

    def _above(self, head: Block) -> Iterator[Block]:
        fields: list[Block] = []
        for b in reversed(self._blocks[max(0, head.index - _LIST_LINES) : head.index]):
            if not self._same_place(b, head):
                return
            if b.index in self._own:
                fields = []
            elif self._lines.beside(b, head):
                yield from (b, *fields)
                fields = []
            elif self._belongs(b):
                fields.append(b)
            else:
                return

    def _only_titles(self, block: Block) -> bool:
        """Whether a line is a title that ends in a colon and announces no field."""
        titled = block.key is not None and not len(block.value or ())
        return titled and not self._lines.is_field(block) and not self._reading.names(block.span)

    def _is_told(self, block: Block) -> bool:
        """Whether a line is the text below a title that ends in a colon ("云帆推送：")."""
        above = self._blocks[block.index - 1]
        return above.key is not None and not len(above.value or ())

    def _belongs(self, block: Block) -> bool:
        return block.key is not None or self._lines.labels_next(block)

    def _same_place(self, block: Block, head: Block) -> bool:
        return block.cell is None and not block.level and block.headings == head.headings

    def _other_groups(self, units: Iterable[Unit]) -> Iterator[int]:
        """Title rows across a table's columns that head a group in which the vendor is not.

        A title right above another one is that of the whole table.
        """
        rows: dict[int, set[int]] = {}
        for unit in units:
            cell = self._blocks[unit.binding.block].cell
            if cell is not None:
                rows.setdefault(cell.table, set()).add(cell.row)
        titles: dict[int, list[Block]] = {}
        for b in self._blocks:
            if b.cell is not None and b.cell.header and b.cell.column_span > 1:
                titles.setdefault(b.cell.table, []).append(b)
        for table, heads in titles.items():
            own = rows.get(table)
            if own is None:
                continue
            places = sorted({_row(b) for b in heads})
            ends = dict(pairwise([*places, max(places[-1], *own) + 1]))
            for b in heads:
                row = _row(b)
                whole = ends[row] == row + 1 and ends[row] in ends
                if not whole and not any(row <= r < ends[row] for r in own):
                    yield b.index


def _row(block: Block) -> int:
    assert block.cell is not None
    return block.cell.row
