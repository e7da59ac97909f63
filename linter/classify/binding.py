"""Which words speak for the vendor: from each mention to the blocks that are bound to it.

The ways of GUIDELINE's "Binding": the table row or column, the list item or numbered entry, the
key-value entry, the section under a heading, the paragraph's sentences. General clauses that
govern the list are found in ``governing``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from linter.classify.lines import NAME_LINE, NUMBER, Lines
from linter.classify.reading import Reading, numbering_depth
from linter.classify.tables import Tables
from linter.disclosure import Binding, Mention, MentionKind, Relation
from linter.document import Block, BlockKind, Span

_Groups = dict[int, list[Block]]
# How the first of several things told in one line begins.
_FIRST = re.compile(
    r"\s*(?:其一|之一|第一[，、]|一是|[（(]?(?:1|一|甲|a)[）)、.．])", re.IGNORECASE
)
# What sets the name that a line begins with apart from what is said of it.
_NAME_END = ("。", "——", "｜", "|")
# A company's or product's name with its alias; what is longer is a sentence.
_NAME_VALUE = 80
# A flattened table's row is never longer than this many lines.
_FLAT_LINES = 24
# Lines between two of an entry that name its party; characters of a title like "contact us".
_APART, _TITLE = 8, 10
# Characters before a sentence's subject: an article, a quotation mark.
SUBJECT = 4
# A paragraph broken by <br> is hardly longer than this many lines.
_PARAGRAPH_LINES = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that speaks for the vendor, and the label it stands under.

    ``fields`` is what the label announces, empty without one.
    """

    binding: Binding
    span: Span
    label: str = ""
    label_span: Span | None = None
    fields: tuple[str, ...] = ()


def bind(reading: Reading, mentions: Iterable[Mention]) -> list[Unit]:
    """The units bound to the mentions, in document order, each stretch once."""
    binder = _Binder(reading)
    seen: dict[tuple[int, int], Unit] = {}
    done = (-1, 0)
    for mention in mentions:
        # A block with a thousand namings is bound once, or once for each run of its sentences.
        if mention.block == done[0] and mention.span.end <= done[1]:
            continue
        reach = 0
        for unit in binder.units(mention):
            for part in _by_labels(reading, unit):
                if len(part.span):
                    seen.setdefault((part.span.start, part.span.end), part)
            if unit.binding.block == mention.block:
                reach = max(reach, unit.binding.span.end)
        done = (mention.block, reach)
    return sorted(seen.values(), key=lambda u: (u.span.start, u.span.end))


# A label at the beginning of a sentence: "Manner: the SDK collects it."
_RUN_LABEL = re.compile(r"\s*([^:：.。;；,，]{2,40})[:：]")
_DASHED = re.compile(r"\s*([^:：—–|｜。，,\s-]{2,16})\s*(?:——?|[|｜]|\s[-–]\s|\t)\s*(?=\S)")
# Characters of the colon behind a label.
_COLON = 1
# Fewer labels than these are no run of them.
_RUN = 2


def _by_labels(reading: Reading, unit: Unit) -> Iterator[Unit]:
    """A paragraph of labels and values run together ("Purpose: … Manner: …"), cut at its labels.

    A value is one sentence; what stands between is prose. Any other unit stays whole.
    """
    block = reading.policy.blocks[unit.binding.block]
    spans = [] if block.cell is not None else list(reading.sentences(unit.span))
    found = [_run_label(reading, span) for span in spans]
    if sum(label is not None for label in found) + bool(unit.fields) < _RUN or len(spans) < _RUN:
        yield unit
        return
    for n, (span, label) in enumerate(zip(spans, found, strict=True)):
        if label is not None:
            text = reading.quote(label).strip()
            value = _trimmed(reading, Span(min(span.end, label.end + _COLON), span.end))
            yield replace(
                unit, span=value, label=text, label_span=label, fields=reading.fields(text)
            )
        elif n == 0:
            yield replace(unit, span=span)
        else:
            yield Unit(unit.binding, span)


def _trimmed(reading: Reading, span: Span) -> Span:
    text = reading.quote(span)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))


def _run_label(reading: Reading, sentence: Span) -> Span | None:
    """The label that a sentence begins with, if it announces a field."""
    match = _RUN_LABEL.match(reading.quote(sentence))
    if match is None or not reading.fields(match.group(1)):
        return None
    return Span(sentence.start + match.start(1), sentence.start + match.end(1))


def _grouped(blocks: Iterable[Block], keys: Callable[[Block], Iterable[int]]) -> _Groups:
    groups: _Groups = defaultdict(list)
    for block in blocks:
        for key in keys(block):
            groups[key].append(block)
    return groups


class _Binder:
    """Binds one document's mentions; what it asks of all blocks is worked out once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._blocks = reading.policy.blocks
        self._entries: dict[tuple[int, int], dict[int, list[Block]]] = {}
        self._lines = Lines(reading)
        self._tables = Tables(self._blocks)
        # Rows, columns and groups of a table that are bound already.
        self._places: set[tuple[Relation, int, int]] = set()

    @cached_property
    def _by_item(self) -> _Groups:
        return _grouped(self._blocks, lambda b: b.items)

    @cached_property
    def _by_container(self) -> _Groups:
        return _grouped((b for b in self._blocks if b.cell is None), lambda b: (b.container,))

    def units(self, mention: Mention) -> Iterator[Unit]:
        block = self._blocks[mention.block]
        if block.cell is not None:
            yield from self._cell(mention, block)
        elif block.kind is BlockKind.HEADING:
            yield from self._section(mention, block)
        elif block.key is not None and self._reading.names(block.key):
            yield from self._titled(mention, block)
        elif self._leads_pairs(block) or self._is_field(block):
            yield from self._entry(mention, block)
        elif block.key is not None and not block.items:
            yield from self._sentences(mention, block, Relation.ITEM)
        elif block.items or block.kind is BlockKind.LIST_ITEM:
            yield from self._item(mention, block)
        elif self._flat(block):
            yield from self._flat_entry(mention, block)
        else:
            yield from self._paragraph(mention, block)

    # -- tables

    def _cell(self, mention: Mention, block: Block) -> Iterator[Unit]:
        relation, bound = self._tables.bound(block)
        if relation is Relation.ROW and self._is_anothers(bound, mention):
            yield self._unit(mention, block, relation)
            return
        place = (relation, bound[0].index, bound[-1].index)
        if place in self._places:
            yield self._unit(mention, block, relation)
            return
        self._places.add(place)
        own_cell = [b for b in bound if b.cell == block.cell]
        crowded = len(own_cell) > 1 and any(
            self._reading.others(b.span) for b in own_cell if b is not block
        )
        for b in bound:
            if not (crowded and b.cell == block.cell) or self._same_line(b, block):
                yield self._unit(mention, b, relation)

    def _same_line(self, other: Block, block: Block) -> bool:
        return other.index == block.index or not self._reading.others(other.span)

    # -- key-value entries

    def _is_field(self, block: Block) -> bool:
        """Whether a label-value line is one field of an entry, not a titled sentence.

        "消息通知：为了…" has a title, not a field's label; "如视SDK：为了…" has the entry's name.
        """
        if block.key is None or block.value is None:
            return False
        fields = self._reading.fields(self._reading.quote(block.key))
        if not fields or self._reading.names(block.key) or self._leads_list(block.value):
            return False
        if fields != ("vendor-name",):
            return True
        return len(block.value) <= _NAME_VALUE and len(self._reading.sentences(block.value)) <= 1

    def _leads_list(self, value: Span) -> bool:
        """Whether what follows a colon is a list of parties, not a field's value.

        "下列单位将接触您的资料：其一，…；其二，…".
        """
        text = self._reading.quote(Span(value.start, min(value.end, value.start + NUMBER)))
        listed = _FIRST.match(text) and len(self._reading.sentences(value)) > 1
        return bool(listed) and bool(self._reading.others(value))

    def _leads_pairs(self, block: Block) -> bool:
        """A name line right above a run of label-value lines; "如视：看房" is a line of its own.

        A sentence is no name: the labels below it may be the developer's own ("联系我们：…").
        """
        if not self._lines.is_name(block):
            return False
        after = self._blocks[block.index + 1 : block.index + 3]
        if after and after[0].key is not None and after[0].cell is None:
            return not self._lines.begins_other(after[0], block)
        boxed = len(after) == 2 and after[1].key == after[0].span
        return boxed and not self._lines.begins_other(after[1], block)

    def _titled(self, mention: Mention, block: Block) -> Iterator[Unit]:
        """A line that its name begins ("如视：看房"), its item, and the fields in lines below."""
        if block.items:
            yield from self._item(mention, block)
        else:
            yield from self._sentences(mention, block, Relation.ITEM)
        for b in self._blocks[block.index + 1 :]:
            if b.key is None or b.cell is not None or not self._is_field(b):
                return
            if self._lines.begins_other(b, block):
                return
            if self._reading.fields(self._reading.quote(b.key)) == ("vendor-name",):
                return
            yield self._unit(mention, b, Relation.ENTRY)

    def _entry(self, mention: Mention, block: Block) -> Iterator[Unit]:
        low, high = self._run(block.index)
        if (low, high) not in self._entries:
            run = list(self._blocks[low:high])
            self._entries[low, high] = {b.index: e for e in self._split(run) for b in e}
        entry = self._entries[low, high][block.index]
        if self._is_anothers(entry, mention):
            yield self._unit(mention, block, Relation.ENTRY)
            return
        for b in entry:
            yield self._unit(mention, b, Relation.ENTRY)

    def _is_anothers(self, bound: list[Block], mention: Mention) -> bool:
        """Whether a row or entry is another party's and names the vendor only in passing.

        Its name cells tell whose it is. "We push reminders of Realsee tours" in the purpose cell
        of a push vendor's row makes neither that vendor's contact nor its method Realsee's (a
        neighbouring third party's cell does not count); the cell itself may speak of Realsee.
        A row with a service for a name is Realsee's where a cell gives its legal name, its
        address, or says that Realsee provides it.
        """
        reading = self._reading
        block = self._blocks[mention.block]
        heads = [b for b in bound if self._label_fields(b) == ("vendor-name",)]
        heads += [b for b in bound if b.key is not None and reading.others(b.key)]
        if block in heads and not (block.key and reading.others(block.key)):
            return False
        if any(reading.names(b.key or b.span if b is block else b.span) for b in heads):
            return False
        if any(reading.is_company(b.span) for b in heads):
            return True
        firmly = mention.kind in (MentionKind.LEGAL_NAME, MentionKind.DOMAIN)
        if firmly or set(self._label_fields(block)) & {"policy", "contact", "website"}:
            return False
        before = reading.shadow_of(Span(block.span.start, mention.span.start)).text
        after = reading.shadow_of(
            Span(mention.span.end, max(mention.span.end, block.span.end))
        ).text
        if reading.lexicon.patterns["vendor-provides"].search(f"{before}@{after}"):
            return False
        empty = reading.lexicon.patterns["empty"]
        return any(not empty.search(reading.shadow_of(b.value or b.span).text) for b in heads)

    def _run(self, index: int) -> tuple[int, int]:
        """The range of blocks around that belong to label-value lines: pairs, labels, names."""
        n = bisect_right(self._run_starts, index) - 1
        low = self._run_starts[n]
        if low > 0 and self._is_name_line(self._blocks[low - 1], over=self._blocks[low]):
            low -= 1
        m = bisect_left(self._run_ends, index + 1)
        return low, self._run_ends[m]

    @cached_property
    def _run_starts(self) -> list[int]:
        """Blocks that no run of label-value lines goes on to from above, in order."""
        return [n for n in range(len(self._blocks)) if not self._goes_up(n)]

    def _goes_up(self, index: int) -> bool:
        return index > 0 and self._pairish(index - 1) and self._linked(index - 1, index)

    @cached_property
    def _run_ends(self) -> list[int]:
        """One past each block that no run goes on from, in order."""
        count = len(self._blocks)
        return [n + 1 for n in range(count) if n + 1 == count or not self._pairish(n + 1)]

    def _linked(self, low: int, high: int) -> bool:
        return self._blocks[low].headings == self._blocks[high].headings

    def _pairish(self, index: int) -> bool:
        block = self._blocks[index]
        if block.cell is not None or block.level:
            return False
        if block.key is not None:
            return True
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if after is not None and after.key == block.span:
            return True
        # A value that goes on in a second line or list stays in its entry.
        before = self._blocks[index - 1] if index else None
        return (
            before is not None
            and (before.key is not None)
            and len(before.value or ()) == 0
            and not self._reading.others(block.span)
        )

    def _is_name_line(self, block: Block, *, over: Block) -> bool:
        """Whether a line is the name of the entry below it, and no sibling item."""
        sibling = block.items != over.items[: len(block.items)]
        return not sibling and self._lines.is_name(block)

    def _split(self, run: list[Block]) -> Iterator[list[Block]]:
        """Entries of a run: a new one begins where the first label comes again, at a name line,
        or at a new container that holds a whole entry of its own."""
        entry: list[Block] = []
        seen: set[str] = set()
        first = ""
        sizes: dict[int, int] = {}
        for b in run:
            sizes[b.container] = sizes.get(b.container, 0) + (b.key is not None)
        for b in run:
            label = self._reading.quote(b.key).strip() if b.key else ""
            name_line = b.key is None and not self._lines.labels_next(b) and not self._continues(b)
            apart = (
                bool(entry)
                and entry[-1].container != b.container
                and min(sizes[b.container], sizes[entry[-1].container]) > 1
                and "vendor-name" in self._reading.fields(label)
            )
            again = (
                bool(label)
                and label in seen
                and b.key != entry[-1].key
                and (label == first or "vendor-name" in self._reading.fields(label))
            )
            new = seen and (name_line or again or apart or self._names_party(b))
            if entry and (new or self._lines.begins_other(b, entry[0])):
                yield entry
                entry, seen, first = [], set(), ""
            entry.append(b)
            if label:
                first = first or label
                seen.add(label)
        if entry:
            yield entry

    def _names_party(self, block: Block) -> bool:
        """Whether a label is itself a party's name ("云帆推送 SDK：用于…")."""
        return block.key is not None and bool(
            self._reading.names(block.key) or self._reading.others(block.key)
        )

    def _continues(self, block: Block) -> bool:
        before = self._blocks[block.index - 1] if block.index else None
        return before is not None and before.key is not None and len(before.value or ()) == 0

    # -- sections and items

    def _section(self, mention: Mention, block: Block) -> Iterator[Unit]:
        yield self._unit(mention, block, Relation.SECTION)
        parties = 0
        for b in self._blocks[block.index + 1 :]:
            if b.level and (b.level <= block.level or self._reading.others(b.span)):
                return
            if block.index not in b.headings or self._next_number(b, block):
                return
            if b.level and self._developers_section(b):
                return
            if b.cell is None and b.key is None and len(b.span) <= NAME_LINE:
                parties += bool(self._reading.others(b.span))
                if parties and not self._reading.names(b.span):
                    return
            yield self._unit(mention, b, Relation.SECTION)

    def _developers_section(self, heading: Block) -> bool:
        """Whether a heading begins what the developer says of itself ("how to contact us")."""
        text = self._reading.shadow_of(heading.span).text
        own = self._reading.lexicon.patterns["own-word"].search(text)
        return bool(own) and not self._reading.names(heading.span)

    def _next_number(self, block: Block, heading: Block) -> bool:
        """Whether a line goes on with a numbered heading's numbering: "1. X", then "2. Y：…"."""
        own, number = self._lines.number(heading), self._lines.number(block)
        if own is None or number != (own[0], own[1] + 1) or self._reading.names(block.span):
            return False
        return not self._lines.is_field(block) or self._lines.leads_its_own(block)

    def _item(self, mention: Mention, block: Block) -> Iterator[Unit]:
        inside = self._by_item[block.items[-1]] if block.items else []
        inside = inside or [block, *self._numbered_tail(block)]
        others = len(inside) > 1 and any(
            self._reading.others(b.span) and not self._reading.names(b.span) for b in inside
        )
        if others and not (inside[0].index == block.index and len(block.span) <= NAME_LINE):
            inside = [block]
        for b in inside:
            if b.index == block.index:
                yield from self._sentences(mention, b, Relation.ITEM)
            else:
                yield self._unit(mention, b, Relation.ITEM)

    def _numbered_tail(self, block: Block) -> Iterator[Block]:
        """What stands under a numbered line: lines that go on with it, up to the next number."""
        for b in self._blocks[block.index + 1 : block.index + 12]:
            if b.level or b.cell is not None or b.items or b.kind is BlockKind.LIST_ITEM:
                return
            if self._lines.begins_other(b, block):
                return
            points = self._reading.lexicon.patterns["pointing-back"].match(
                self._reading.shadow_of(b.span).text
            )
            if not points and not self._lines.is_name(block):
                return
            yield b

    # -- flattened tables and paragraphs

    def _flat(self, block: Block) -> bool:
        """Whether a short line stands among short lines: a table that lost its cells."""
        if "。" in self._reading.quote(block.span) or self._lines.is_sentence(block):
            return False
        near = self._blocks[max(0, block.index - 4) : block.index + 6]
        lines = [b for b in near if b.cell is None and not b.items]
        short = sum(len(b.span) <= NAME_LINE for b in lines)
        return len(block.span) <= NAME_LINE and len(lines) >= 5 and short * 10 >= len(lines) * 6

    def _developers_line(self, block: Block) -> bool:
        """Whether a line is the developer's: "we collect …", "contact us"."""
        own = self._reading.lexicon.patterns["own-word"]
        text = self._reading.shadow_of(block.span).text
        return bool(own.match(text) or (len(text) <= _TITLE and own.search(text)))

    def _flat_start(self, block: Block) -> int:
        """The first line of a flattened entry: the one above that names the vendor first.

        No other party, sentence or title lies between the lines that name it.
        """
        first = block.index
        for n in range(first - 1, max(-1, first - _FLAT_LINES), -1):
            b = self._blocks[n]
            named = bool(self._reading.names(b.span))
            if b.level or b.cell is not None or b.items or self._lines.is_sentence(b):
                break
            if (self._reading.others(b.span) and not named) or first - n > _APART:
                break
            first = n if named else first
        return first

    def _flat_entry(self, mention: Mention, block: Block) -> Iterator[Unit]:
        reading = self._reading
        first = self._flat_start(block)
        suffix = reading.name_suffix(self._blocks[first].span)
        company = next(
            (
                n - first
                for n in range(first, min(first + 8, len(self._blocks)))
                if reading.is_company(self._blocks[n].span)
            ),
            None,
        )
        end = min(first + _FLAT_LINES, len(self._blocks))
        for n in range(first + 1, end):
            b = self._blocks[n]
            if b.level or b.cell is not None or b.items:
                end = n
                break
            if reading.names(b.span) or n <= block.index:
                continue
            if suffix and reading.name_suffix(b.span) == suffix:
                end = n
                break
            # "We collect …": the developer goes on with what it does itself.
            if self._developers_line(b):
                end = n
                break
            titled = b.key is not None and not len(b.value or ()) and not self._lines.is_field(b)
            if titled or (b.key is not None and self._lines.begins_other(b, self._blocks[first])):
                end = n
                break
            if company is not None and n > first + company and reading.is_company(b.span):
                end = max(n - company, block.index + 1)
                break
        for b in self._blocks[first:end]:
            yield self._unit(mention, b, Relation.ENTRY)

    def _paragraph(self, mention: Mention, block: Block) -> Iterator[Unit]:
        yield from self._sentences(mention, block, Relation.PARAGRAPH)
        # Lines that each begin with a party's name ("如视。…") are entries of their own.
        headed = self._headed(mention, block)
        pointing = self._reading.lexicon.patterns["pointing-back"]
        for b in self._same_paragraph(block):
            if not headed or pointing.match(self._reading.shadow_of(b.span).text):
                yield self._unit(mention, b, Relation.PARAGRAPH)
        yield from self._next_paragraph(mention, block)

    def _same_paragraph(self, block: Block) -> Iterator[Block]:
        """The lines around a line in its paragraph, up to one that speaks of somebody else.

        A text that has nothing but lines is no paragraph: each of its lines stands for itself.
        """
        lines = self._by_container[block.container]
        if len(lines) > _PARAGRAPH_LINES:
            return
        at = bisect_left(lines, block.index, key=lambda b: b.index)
        told = self._lines.ends_sentence(block)
        for side in (reversed(lines[:at]), lines[at + 1 :]):
            for b in side:
                # Labels below a sentence are nobody's fields.
                labelled = told and b.key is not None
                if labelled or self._reading.others(b.span) or self._lines.begins_other(b, block):
                    break
                yield b

    def _headed(self, mention: Mention, block: Block) -> bool:
        text = self._reading.quote(block.span)
        after = text[mention.span.end - block.span.start :].lstrip()
        return mention.span.start == block.span.start and after.startswith(_NAME_END)

    def _next_paragraph(self, mention: Mention, block: Block) -> Iterator[Unit]:
        """A next paragraph that points back at the party just named ("the above SDK …")."""
        reading = self._reading
        for b in self._blocks[block.index + 1 : block.index + 2]:
            text = reading.shadow_of(b.span).text
            if (
                b.cell is None
                and not b.level
                and reading.lexicon.patterns["pointing-back"].match(text)
                and not reading.others(b.span)
            ):
                yield self._unit(mention, b, Relation.PARAGRAPH)

    def _sentences(self, mention: Mention, block: Block, relation: Relation) -> Iterator[Unit]:
        """The sentences of a block that are about the vendor.

        The one that names it; those after it until one names another party; those before it
        that name none (they introduce it).
        """
        reading = self._reading
        spans = reading.sentences(block.span)
        at = reading.sentence_at(block.span, mention.span.start)
        low, high = at, at
        # "1) … 2) …" in one paragraph: each number begins an item of its own.
        while low > 0 and not (self._numbered(spans[low]) or reading.others(spans[low - 1])):
            low -= 1
        while high + 1 < len(spans) and not (
            self._numbered(spans[high + 1]) or reading.others(spans[high + 1])
        ):
            if not (
                reading.names(spans[high + 1]) or self._stays_with(spans[high], spans[high + 1])
            ):
                break
            high += 1
        others = self._of_the_other(spans, at, high)
        if low == 0 and high == len(spans) - 1 and not others:
            yield self._unit(mention, block, relation)
            return
        for first, last in _runs(n for n in range(low, high + 1) if n not in others):
            span = Span(spans[first].start, spans[last].end)
            yield Unit(Binding(mention, block.index, span, relation), span)

    def _of_the_other(self, spans: Sequence[Span], at: int, high: int) -> set[int]:
        """The sentences after the one that names the vendor that say "the former", "the latter"
        of the party named beside it, and those that go on with them.
        """
        reading = self._reading
        names, others = reading.names(spans[at]), reading.others(spans[at])
        if not names or not others:
            return set()
        mine = {"former": names[0].span.start < others[0].start}
        mine["latter"] = names[-1].span.start > others[-1].start
        out: set[int] = set()
        about_vendor = True
        for n in range(at + 1, high + 1):
            text = reading.shadow_of(spans[n]).text
            for word, is_mine in mine.items():
                if reading.lexicon.patterns[word].match(text):
                    about_vendor = is_mine
            about_vendor = about_vendor or bool(reading.names(spans[n]))
            if not about_vendor:
                out.add(n)
        return out

    def _stays_with(self, told: Span, following: Span) -> bool:
        """Whether what follows a sentence is still about the vendor, or about another one in it.

        "Maps by A, tours by Realsee. This company …" is about the last, "A … for Realsee. It …"
        about the subject; "these companies" are all of them.
        """
        reading = self._reading
        others, names = reading.others(told), reading.names(told)
        if not others or not names:
            return True
        if reading.lexicon.patterns["all-of-them"].match(reading.shadow_of(following).text):
            return True
        if names[0].span.start - told.start <= SUBJECT:
            return True
        return others[0].start - told.start > SUBJECT and others[-1].start < names[-1].span.start

    def _numbered(self, sentence: Span) -> bool:
        head = Span(sentence.start, min(sentence.end, sentence.start + NUMBER))
        return numbering_depth(self._reading.quote(head)) is not None

    def _unit(self, mention: Mention, block: Block, relation: Relation) -> Unit:
        binding = Binding(mention, block.index, block.span, relation)
        if self._lines.labels_next(block):
            # A label in a box of its own says nothing: its value comes next.
            return Unit(binding, Span(block.span.start, block.span.start))
        if block.key is not None and block.value is not None and self._is_field(block):
            label = self._reading.quote(block.key)
            return Unit(binding, block.value, label, block.key, self._label_fields(block))
        if block.cell is not None:
            return Unit(binding, block.span, _header(block), fields=self._label_fields(block))
        return self._dashed(binding, block) or Unit(binding, block.span)

    def _dashed(self, binding: Binding, block: Block) -> Unit | None:
        """A line whose label a dash or bar sets apart ("目的——全景看房"), none of a name."""
        match = _DASHED.match(self._reading.quote(block.span))
        fields = self._reading.fields(match.group(1)) if match else ()
        if match is None or not fields or "vendor-name" in fields:
            return None
        start = block.span.start
        label = Span(start + match.start(1), start + match.end(1))
        value = Span(start + match.end(), block.span.end)
        return Unit(binding, value, match.group(1), label, fields)

    def _label_fields(self, block: Block) -> tuple[str, ...]:
        """The fields that a line's label or a cell's header announces."""
        if block.key is not None and block.value is not None and self._is_field(block):
            return self._reading.fields(self._reading.quote(block.key))
        return self._reading.fields(_header(block)) if block.cell is not None else ()


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers, by their first and last."""
    first = last = None
    for n in numbers:
        if last is not None and first is not None and n != last + 1:
            yield first, last
            first = n
        first, last = n if first is None else first, n
    if first is not None and last is not None:
        yield first, last


def _header(block: Block) -> str:
    """The label of a table's cell."""
    assert block.cell is not None
    return block.cell.row_header if block.cell.vertical else block.cell.column_header
