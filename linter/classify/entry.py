"""Signals of one document: from the vendor's own units, and from clauses that govern them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from linter.classify import governing
from linter.classify.address import contacts, policies
from linter.classify.binding import Unit
from linter.classify.fields import methods, purposes, scopes
from linter.classify.model import Model
from linter.classify.reading import Reading
from linter.classify.statements import Statement, read_sentences, read_units
from linter.disclosure import Binding, Relation, Signal
from linter.vendors import Vendor


def entry_signals(
    reading: Reading, units: list[Unit], vendor: Vendor, model: Model
) -> Iterator[Signal]:
    """Signals in what is bound to the vendor."""
    for statement in read_units(reading, units, model):
        yield from purposes(statement)
        yield from methods(statement)
        yield from scopes(statement)
        yield from contacts(statement, vendor)
        yield from policies(statement, vendor)
        around = governing.surroundings(reading, reading.policy.blocks[statement.block])
        yield from governing.consents(statement, around, own=True)
        yield from governing.assessments(statement, around, own=True)


def general_signals(reading: Reading, units: list[Unit], model: Model) -> Iterator[Signal]:
    """Signals in general clauses that govern the vendor's entry."""
    if not units:
        return
    bound = [u.binding.span for u in units]
    places = [
        (span, block)
        for span, block in governing.candidates(reading)
        if not any(b.contains(span) for b in bound)
    ]
    anchor = units[0].binding.mention
    for statement in read_sentences(reading, places, model):
        if reading.others(statement.span) and not reading.names(statement.span):
            # A sentence about another named party governs nobody else.
            if not _speaks_of_all(statement):
                continue
        block = reading.policy.blocks[statement.block]
        around = governing.surroundings(reading, block)
        for signal in _general(statement, around):
            yield replace(
                signal, binding=Binding(anchor, block.index, statement.span, Relation.GOVERNING)
            )


def _speaks_of_all(statement: Statement) -> bool:
    return bool(statement.reading.lexicon.patterns["share-topic"].search(statement.text)) and bool(
        statement.find("consent-word") or statement.find("assessment")
    )


def _general(statement: Statement, around: governing.Surroundings) -> Iterator[Signal]:
    yield from governing.consents(statement, around, own=False)
    yield from governing.assessments(statement, around, own=False)
    yield from governing.general_methods(statement)
