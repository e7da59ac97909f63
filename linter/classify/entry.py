"""Signals of one document: from the vendor's own units, and from clauses that govern them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from linter.classify import governing
from linter.classify.address import contacts, policies
from linter.classify.binding import Unit
from linter.classify.fields import methods, purposes, scopes
from linter.classify.intervals import Intervals
from linter.classify.lexicon import LABEL_NOISE
from linter.classify.model import Model
from linter.classify.neighbours import Neighbours
from linter.classify.reading import Reading
from linter.classify.statements import Statement, read_sentences, read_units
from linter.classify.work import Work
from linter.disclosure import Binding, Kind, Mention, Polarity, Relation, Signal
from linter.vendors import Vendor
from linter.verdict import Note


def entry_signals(
    reading: Reading, units: list[Unit], vendor: Vendor, model: Model, heard: dict[Kind, float]
) -> Iterator[Signal]:
    """Signals in what is bound to the vendor; ``heard`` is raised to what the model hears."""
    for statement in read_units(reading, units, model):
        for kind in Kind:
            heard[kind] = max(heard.get(kind, 0.0), statement.heard(kind))
        processing = (*purposes(statement), *methods(statement), *scopes(statement))
        planned = not statement.fields and statement.find("plan")
        yield from (_as_plan(s) for s in processing) if planned else processing
        addresses = (*contacts(statement, vendor), *policies(statement, vendor))
        yield from (_as_plan(s) for s in addresses) if planned else addresses
        around = governing.surroundings(reading, reading.policy.blocks[statement.block])
        own = _speaks_of_entry(statement)
        yield from governing.consents(statement, around, own=own)
        yield from governing.assessments(statement, around, own=own)


def _speaks_of_entry(statement: Statement) -> bool:
    """Whether a promise bound to the vendor is about it: a paragraph may go on to other acts."""
    unit = statement.unit
    closed = unit is not None and unit.binding.relation in (
        Relation.ROW,
        Relation.COLUMN,
        Relation.ENTRY,
    )
    if closed or statement.fields or statement.reading.names(statement.span):
        return True
    words = ("stands-for-party", "generic-recipient", "points-at-entry", "share-act")
    return any(map(statement.find, words)) and not statement.find("other-act")


def _as_plan(signal: Signal) -> Signal:
    """What may be done one day is for a person to judge (GUIDELINE, "Conditions")."""
    if signal.polarity is not Polarity.AFFIRMED:
        return signal
    return replace(signal, polarity=Polarity.VAGUE, reason=Note.of("reason.plan"))


def denials(reading: Reading) -> Iterator[Signal]:
    """What contradicts other words: "we give X no personal information", "we do not use X"."""
    for mention in reading.mentions:
        if not mention.negated:
            continue
        block = reading.policy.blocks[mention.block]
        for span in reading.sentences(block.span):
            if not span.contains(mention.span):
                continue
            reason = Note.of("reason.contradiction")
            for kind in _denied_kinds(reading, reading.shadow_of(span).text):
                yield Signal(kind, Polarity.NEGATED, span, block.index, 0.9, reason)


def _denied_kinds(reading: Reading, text: str) -> tuple[Kind, ...]:
    patterns = reading.lexicon.patterns
    if not patterns["sharing-negated"].search(text):
        return ()
    if patterns["all-information"].search(text):
        return (Kind.METHOD, Kind.SCOPE)
    # Not used in one version says nothing of the others.
    if patterns["use-negated"].search(text) and not patterns["one-version"].search(text):
        return (Kind.PURPOSE, Kind.METHOD, Kind.SCOPE)
    return ()


@dataclass(frozen=True, slots=True)
class Entries:
    """What clauses that govern the vendor's entries need to know of them.

    Attributes
    ----------
    anchor : the mention that such a clause is bound to.
    prose : no entry has fields.
    cookies : an entry is one of a cookie list.
    nobodys : an entry says that what the vendor receives is de-identified.
    """

    anchor: Mention
    prose: bool
    cookies: bool
    nobodys: bool

    @classmethod
    def of(cls, units: Sequence[tuple[Reading, Unit]]) -> Entries | None:
        """Over all documents; None without any entry."""
        if not units:
            return None
        return cls(
            units[0][1].binding.mention,
            prose=not any(u.fields for _, u in units),
            cookies=any(_about_cookies(reading, u) for reading, u in units),
            nobodys=any(
                reading.lexicon.patterns["nobodys-data"].search(reading.shadow_of(u.span).text)
                for reading, u in units
            ),
        )


def general_signals(
    reading: Reading, units: list[Unit], entries: Entries, model: Model, work: Work
) -> Iterator[Signal]:
    """Signals in one document's general clauses that govern the vendor's entries.

    ``units`` are the document's own; the entries may stand in another one.
    """
    bound = Intervals(units, lambda u: (u.binding.span.start, u.binding.span.end))
    unbound = (
        (span, block)
        for span, block in governing.candidates(reading)
        if not bound.cover(span.start, span.end)
    )
    places = work.affordable(unbound, lambda place: len(place[0]))
    first = min((u.binding.block for u in units), default=-1)
    blocks = reading.policy.blocks
    over = {lead.index for u in units if (lead := reading.lead_block(blocks[u.binding.block]))}
    beside = _sections_beside(reading, units)
    sections = {reading.policy.blocks[u.binding.block].headings for u in units}
    neighbours = Neighbours(reading, units)
    yield from _heading_methods(reading, units)
    for statement in read_sentences(reading, places, model):
        block = reading.policy.blocks[statement.block]
        if neighbours.silent(block.index, statement.text) or _is_fragment(statement):
            continue
        if _given_to_its_section(statement, beside.intersection(block.headings)):
            continue
        around = governing.surroundings(reading, block)
        lead_in = block.index in over and statement.span.end == block.span.end
        leads = 0 <= first - block.index <= _LEAD_BLOCKS
        near = leads or (block.headings in sections and block.cell is None)
        if _somebody_elses_field(reading, block.index):
            # A cell that speaks of third parties at large may still promise consent for them.
            topic = statement.find("share-topic") and not reading.others(statement.span)
            found = _promises(statement, around, entries) if topic else iter(())
        elif neighbours.promises_only(block.index, statement.text):
            found = _promises(statement, around, entries, near=near)
        elif beside.intersection(block.headings):
            found = _promises(statement, around, entries)
        else:
            found = _general(statement, around, entries, leads=leads, near=near)
            if lead_in:
                told = governing.lead_purposes(statement), governing.lead_methods(statement)
                found = chain(found, *told)
        for signal in found:
            binding = Binding(entries.anchor, block.index, statement.span, Relation.GOVERNING)
            yield replace(signal, binding=binding)


def _promises(
    statement: Statement, around: governing.Surroundings, entries: Entries, *, near: bool = False
) -> Iterator[Signal]:
    consents = governing.consents(statement, around, own=False, cookies=entries.cookies, near=near)
    # A promise that leaves out data that tell of nobody leaves out a vendor given only such.
    left_out = entries.nobodys and statement.find("data-excepted")
    yield from (_as_exception(s) for s in consents) if left_out else consents
    yield from governing.assessments(statement, around, own=False)


def _as_exception(signal: Signal) -> Signal:
    reason = Note.of("reason.except-clause")
    return replace(signal, polarity=Polarity.EXCEPTION, reason=reason)


def _sections_beside(reading: Reading, units: list[Unit]) -> set[int]:
    """Headings beside one that names the vendor: what stands under them is said of another."""
    blocks = reading.policy.blocks
    own = {u.binding.mention.block for u in units if u.binding.relation is Relation.SECTION}
    places = {(blocks[n].headings, blocks[n].level) for n in own}
    return {b.index for b in blocks if b.level and (b.headings, b.level) in places} - own


def _given_to_its_section(statement: Statement, headings: set[int]) -> bool:
    """Whether a sentence is of sharing with the party that a heading over it names.

    ``headings`` stand beside the vendor's; a topic ("consent") is no party that is given anything.
    """
    reading = statement.reading
    for index in headings:
        title = reading.shadow_of(reading.policy.blocks[index].span).text
        name = LABEL_NOISE.sub("", title)
        to_it = rf"(?:向|与|和|给|同|至|\b(?:with|to|by)\s(?:the\s)?)\s?{re.escape(name)}"
        if _SHORTEST <= len(name) <= _LONGEST and re.search(to_it, statement.text):
            return True
    return False


# Characters of a party's name as a heading.
_SHORTEST, _LONGEST = 2, 40


# An entry of label lines is hardly longer than this.
_ENTRY_LINES = 16
# A cell of that length is prose in a layout, not a value in a row.
_PROSE_CELL = 80


def _somebody_elses_field(reading: Reading, index: int) -> bool:
    """Whether a block is a value in another party's row or entry; such values govern nobody.

    A value as long as a paragraph under a label is a clause with a title; so is a line on sharing
    whose label comes but once and that stands in nobody's entry.
    """
    block = reading.policy.blocks[index]
    if block.cell is not None and not block.cell.header:
        label = block.cell.row_header if block.cell.vertical else block.cell.column_header
        return bool(reading.fields(label)) or len(block.span) < _PROSE_CELL
    if block.key is None:
        return False
    label = reading.quote(block.key).strip()
    if not block.value and reading.lexicon.patterns["share-with"].search(
        reading.shadow_label(label)
    ):
        # "…分享予下列合作伙伴：" leads a list in.
        return False
    if len(block.value or ()) >= _PROSE_CELL or not reading.fields(label):
        return False
    topic = reading.lexicon.patterns["share-topic"].search(reading.shadow_label(label))
    return not topic or reading.label_count(label) > 1 or _in_somebodys_entry(reading, index)


def _in_somebodys_entry(reading: Reading, index: int) -> bool:
    """Whether the label lines above a line, or the line over them, name a party."""
    blocks = reading.policy.blocks
    for n in range(index - 1, max(-1, index - _ENTRY_LINES), -1):
        if reading.others(blocks[n].span) or reading.names(blocks[n].span):
            return True
        if blocks[n].key is None:
            return False
    return False


def _heading_methods(reading: Reading, units: list[Unit]) -> Iterator[Signal]:
    """A heading over the entry that names the SDK or interface as the collector governs it."""
    pattern = reading.lexicon.patterns["heading-method"]
    blocks = reading.policy.blocks
    seen: set[int] = set()
    for unit in units:
        for index in blocks[unit.binding.block].headings:
            shadow = reading.shadow_of(blocks[index].span)
            if index in seen or not pattern.search(shadow.text):
                continue
            seen.add(index)
            binding = Binding(unit.binding.mention, index, blocks[index].span, Relation.GOVERNING)
            reason = Note.of("signal.pattern")
            yield Signal(
                Kind.METHOD, Polarity.AFFIRMED, blocks[index].span, index, 0.8, reason, binding
            )


def _about_cookies(reading: Reading, unit: Unit) -> bool:
    block = reading.policy.blocks[unit.binding.block]
    texts = [reading.shadow_of(unit.span).text, unit.label.lower(), *reading.heading_shadows(block)]
    return any("cookie" in t for t in texts)


def _is_fragment(statement: Statement) -> bool:
    """Whether a line is a value that lost its cell ("SDK本机采集"), no clause on anybody."""
    block = statement.reading.policy.blocks[statement.block]
    if block.cell is not None or block.key is not None or block.level or block.items:
        return False
    ends = statement.reading.quote(block.span).rstrip()[-1:] in "。；;.！!?？：:，"
    spoken = ("all-parties", "third-parties", "own-word", "consent-word", "share-with")
    return not ends and len(statement.text) <= _FRAGMENT and not any(map(statement.find, spoken))


# Characters of a value in a line of its own.
_FRAGMENT = 24
# A list's lead-in stands at most this many blocks above the entry, or heads its table.
_LEAD_BLOCKS = 4


def _general(
    statement: Statement,
    around: governing.Surroundings,
    entries: Entries,
    *,
    leads: bool,
    near: bool,
) -> Iterator[Signal]:
    yield from _promises(statement, around, entries, near=near)
    yield from governing.general_methods(statement, cookies=entries.cookies)
    yield from governing.general_purposes(statement, leads=leads)
    yield from governing.general_scopes(statement, prose=entries.prose)
