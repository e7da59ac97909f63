"""How and where documents tell of the vendor, or would: the place and labels of words to add."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from linter.classify.binding import Unit
from linter.classify.lists import PARTIES
from linter.classify.reading import Reading
from linter.disclosure import Relation, Shape, Slot
from linter.document import Block, Cell
from linter.verdict import Form

_NAME = "vendor-name"
_TOLD = frozenset(("purpose", "method", "scope", "contact", "policy"))
# Labels that make a list of one; fields of parties that make a table or list theirs.
_LABELS, _FIELDS = 2, 2
# Blocks between the labels of one entry: its name, a value that goes on.
_GAP = 2
# Blocks of a list of third parties that are looked at for their names.
_NAMED = 200
# A cell with a label of its own heads no column.
_PAIR = re.compile(r"[：:]\s*\S")


class Part(NamedTuple):
    """One document as it was read: its place among the documents, and its bound units."""

    number: int
    reading: Reading
    units: Sequence[Unit]


def shape_of(parts: Iterable[Part]) -> Shape:
    """The vendor's own row, entry or paragraph; else where other third parties have theirs."""
    parts = tuple(Part(p.number, p.reading, _shown(p)) for p in parts)
    found = [shape for part in parts for shape in (_own(part) if part.units else ())]
    if not found:
        found = [shape for part in parts for shape in _others(part)]
    order = list(Form)
    shape = min(found, key=lambda s: (not s.slots, order.index(s.form)), default=Shape(Form.PROSE))
    if shape.block is None:
        return shape
    policy = next(p.reading.policy for p in parts if p.number == shape.document)
    headings = policy.heading_texts(policy.blocks[shape.block])
    return replace(shape, under=headings[-1].strip() if headings else "")


def _shown(part: Part) -> list[Unit]:
    """The units that a reader sees: words pasted beside hidden ones would be hidden too."""
    blocks = part.reading.policy.blocks
    return [
        u
        for u in part.units
        if not blocks[u.binding.block].hidden and not blocks[u.binding.mention.block].hidden
    ]


# -- the vendor's own


def _own(part: Part) -> Iterator[Shape]:
    groups: dict[int, list[Unit]] = defaultdict(list)
    for unit in part.units:
        groups[unit.binding.mention.block].append(unit)
    rows = [s for s in (_row(part, n, units) for n, units in groups.items()) if s]
    # A row that tells of a vendor under a header for names, before one that only mentions it.
    if rows:
        yield max(rows, key=lambda s: (any(_NAME in x.fields for x in s.slots), _told(s.slots)))
    entries = [s for s in (_entry(part, units) for units in groups.values()) if s]
    if entries:
        yield max(entries, key=lambda s: _told(s.slots))
    last = next(iter(groups))
    bound = {u.binding.block for u in part.units}
    while last + 1 in bound:
        last += 1
    yield Shape(Form.PROSE, part.number, last, last, own=True)


def _told(slots: Iterable[Slot]) -> int:
    return len({f for s in slots for f in s.fields} & _TOLD)


def _row(part: Part, mention: int, units: list[Unit]) -> Shape | None:
    blocks = part.reading.policy.blocks
    cell = blocks[mention].cell
    bound = [blocks[u.binding.block] for u in units]
    relations = {u.binding.relation for u in units}
    if cell is None or not relations & {Relation.ROW, Relation.COLUMN}:
        return None
    beside = Relation.COLUMN in relations
    last: dict[str, int] = {}
    for block in bound:
        if block.cell is not None and block.cell.table == cell.table:
            label = _label(block.cell, beside=beside)
            last[label] = max(last.get(label, 0), block.index)
    table = [b for b in blocks if b.cell is not None and b.cell.table == cell.table]
    labels = dict.fromkeys(_label(_cell(b), beside=beside) for b in table if not _cell(b).header)
    slots = tuple(
        Slot(label, part.reading.fields(label), last.get(label))
        for label in labels
        if label and not _PAIR.search(label)
    )
    mine = [b.index for b in bound if b.cell == cell] or [mention]
    return Shape(Form.TABLE, part.number, max(mine), table[-1].index, slots, own=True)


def _label(cell: Cell, *, beside: bool) -> str:
    return cell.row_header if beside else cell.column_header


def _cell(block: Block) -> Cell:
    assert block.cell is not None
    return block.cell


def _entry(part: Part, units: list[Unit]) -> Shape | None:
    blocks = part.reading.policy.blocks
    labelled = [u for u in units if u.fields and blocks[u.binding.block].cell is None]
    if len(labelled) < _LABELS:
        return None
    shared = Counter(u.binding.block for u in labelled)
    slots = tuple(
        Slot(u.label, u.fields, u.binding.block if shared[u.binding.block] == 1 else None)
        for u in labelled
    )
    last = max(u.binding.block for u in labelled)
    return Shape(Form.LIST, part.number, last, _list_end(blocks, last), slots, own=True)


def _list_end(blocks: Sequence[Block], index: int) -> int:
    """The last of the labelled lines and items that follow a block."""
    here = blocks[index]
    while index + 1 < len(blocks):
        after = blocks[index + 1]
        listed = after.key is not None or after.items
        if not listed or after.hidden or after.level or after.cell is not None:
            break
        if after.headings != here.headings:
            break
        index += 1
    return index


# -- where other third parties stand


def _others(part: Part) -> Iterator[Shape]:
    reading = part.reading
    tables: dict[int, list[Block]] = defaultdict(list)
    for block in reading.policy.blocks:
        if block.cell is not None and not block.hidden:
            tables[block.cell.table].append(block)
    shapes = [s for s in (_table(part, lines) for lines in tables.values()) if s]
    shapes += [s for s in (_list(part, run) for run in _runs(reading)) if s]
    if shapes:
        yield max(shapes, key=lambda s: (s.form is Form.TABLE, _told(s.slots)))
    headings = [
        b for b in reading.policy.blocks if b.level and not b.hidden and _on_parties(reading, b)
    ]
    if headings:
        heading = headings[-1]
        under = [b.index for b in reading.policy.blocks if heading.index in b.headings]
        last = under[-1] if under else heading.index
        yield Shape(Form.PROSE, part.number, last, last)


def _on_parties(reading: Reading, block: Block) -> bool:
    text = reading.shadow_of(block.span).text
    other = reading.lexicon.patterns["list-other-kind"].search(text)
    return bool(PARTIES[reading.language].search(text)) and not other


def _is_of_parties(slots: Sequence[Slot]) -> bool:
    fields = {f for s in slots for f in s.fields}
    return _NAME in fields and _told(slots) >= 1 and "permission" not in fields


def _table(part: Part, lines: list[Block]) -> Shape | None:
    body = [b for b in lines if not _cell(b).header]
    if not body or any(_cell(b).vertical for b in body):
        return None
    columns = {_cell(b).column: _cell(b).column_header for b in body if _cell(b).column_span == 1}
    slots = tuple(
        Slot(columns[n], part.reading.fields(columns[n])) for n in sorted(columns) if columns[n]
    )
    if not _is_of_parties(slots) or len(slots) < len(columns):
        return None
    names = [b for b in body[:_NAMED] if _NAME in part.reading.fields(_cell(b).column_header)]
    if not any(part.reading.others(b.span) for b in names):
        return None
    return Shape(Form.TABLE, part.number, lines[-1].index, lines[-1].index, slots)


def _runs(reading: Reading) -> Iterator[list[Block]]:
    """Stretches of labelled lines that are fields of parties, with little between them."""
    run: list[Block] = []
    for block in reading.policy.blocks:
        if block.key is None or block.cell is not None or block.hidden:
            continue
        fields = set(reading.fields(reading.quote(block.key)))
        if not fields & (_TOLD | {_NAME}):
            continue
        if run and block.index - run[-1].index > _GAP + 1:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _list(part: Part, run: list[Block]) -> Shape | None:
    reading = part.reading
    blocks = reading.policy.blocks
    labels = [reading.quote(b.key) for b in run if b.key is not None]
    first = len(labels) - 1 - labels[::-1].index(labels[0])
    slots = tuple(Slot(label, reading.fields(label)) for label in labels[first:])
    around = blocks[max(0, run[0].index - 1) : run[0].index + _NAMED]
    named = any(reading.others(b.span) for b in around if b.index <= run[-1].index)
    if _told(slots) < _FIELDS or not named:
        return None
    last = run[-1].index
    return Shape(Form.LIST, part.number, last, _list_end(blocks, last), slots)
