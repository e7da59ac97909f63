"""Which role the policy gives the vendor, read from its own words (``--role auto``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from linter.classify.binding import Unit
from linter.classify.reading import Reading
from linter.document import Span
from linter.verdict import Note, Role

# What leaves doubt: a denial, a comparison with somebody else.
_DOUBT = re.compile(
    r"不(?:构成|是|属于|作为|视为|为|与|和|存在)|并非|而非|并不|未|无(?:须|需)?|如果|若|除"
    r"|\b(?:not?|never|neither|nor|unlike|without|rather than|instead of|if|whether|unless)\b|n't\b"
)
# A heading that names several acts says of no party which one is meant.
_OTHER_ACTS = re.compile(r"共享|委托|转让|披露|提供|\b(?:shar|entrust|disclos|transfer|provid)")


def role_of(reading: Reading, units: Iterable[Unit]) -> tuple[Role, tuple[Note, ...]]:
    """The role and the words it was read from.

    Only words in the vendor's own entry or its headings can make it a co-processor (PIPL Art. 20),
    and only if they deny nothing, name nobody else and speak of no entrusting; entrusted
    processing (Art. 21) and doubt are judged as recipient and said so.
    """
    joint: str | None = None
    entrusted: str | None = None
    for span, heading in _spans(reading, units):
        joint = joint or _told(reading, span, "co-processor", heading=heading)
        entrusted = entrusted or _told(reading, span, "entrusted", heading=heading)
    if entrusted is not None:
        return Role.RECIPIENT, (Note.of("role.entrusted-as-recipient", quote=entrusted),)
    if joint is not None:
        return Role.CO_PROCESSOR, (Note.of("role.auto-co-processor", quote=joint),)
    return Role.RECIPIENT, (Note.of("role.auto-recipient"),)


def _spans(reading: Reading, units: Iterable[Unit]) -> Iterator[tuple[Span, bool]]:
    """The sentences of the vendor's entries, and their headings as such."""
    for unit in units:
        block = reading.policy.blocks[unit.binding.block]
        yield from ((span, False) for span in reading.sentences(unit.span) or (unit.span,))
        yield from ((reading.policy.blocks[i].span, True) for i in block.headings[-2:])


def _told(reading: Reading, span: Span, pattern: str, *, heading: bool) -> str | None:
    """The words for a role in a sentence or heading, None where they leave doubt."""
    shadow = reading.shadow_of(span)
    match = reading.lexicon.patterns[pattern].search(shadow.text)
    if match is None:
        return None
    rest = shadow.text[: match.start()] + " " + shadow.text[match.end() :]
    if heading and _OTHER_ACTS.search(rest):
        return None
    # A name is no word of the sentence ("whose company").
    others = (o for o in reading.others(span) if not reading.quote(o)[:1].islower())
    if _DOUBT.search(reading.nameless(span)) or any(others):
        return None
    return reading.quote(shadow.span(*match.span()))
