"""Which role the policy gives the vendor, read from its own words (``--role auto``)."""

from __future__ import annotations

from collections.abc import Iterable

from linter.classify.binding import Unit
from linter.classify.reading import Reading
from linter.verdict import Note, Role


def role_of(reading: Reading, units: Iterable[Unit]) -> tuple[Role, tuple[Note, ...]]:
    """The role and the words it was read from.

    Only words in the vendor's own entry or its headings can make it a co-processor (PIPL Art. 20);
    entrusted processing (Art. 21) is judged as recipient and said so; recipient otherwise.
    """
    patterns = reading.lexicon.patterns
    entrusted: str | None = None
    for unit in units:
        block = reading.policy.blocks[unit.binding.block]
        spans = [unit.span, *(reading.policy.blocks[i].span for i in block.headings[-2:])]
        for span in spans:
            shadow = reading.shadow_of(span)
            if match := patterns["co-processor"].search(shadow.text):
                quote = reading.quote(shadow.span(*match.span()))
                return Role.CO_PROCESSOR, (Note.of("role.auto-co-processor", quote=quote),)
            if entrusted is None and (match := patterns["entrusted"].search(shadow.text)):
                entrusted = reading.quote(shadow.span(*match.span()))
    if entrusted is not None:
        return Role.RECIPIENT, (Note.of("role.entrusted-as-recipient", quote=entrusted),)
    return Role.RECIPIENT, (Note.of("role.auto-recipient"),)
