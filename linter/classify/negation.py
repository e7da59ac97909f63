"""Mentions that disclose nothing because they stand inside a negation."""

from __future__ import annotations

import re
from dataclasses import replace

from linter.classify.reading import Reading
from linter.disclosure import Mention
from linter.document import Span

_DOUBLE = re.compile(
    r"除非|除(?!了)[^，。]{0,30}外|未经|没有.{0,12}同意|unless|without|except", re.IGNORECASE
)
# "如不授权…不能使用" and the like negate the use of a function, not the sharing.
_CONDITION = re.compile(
    r"如(?:果|您|你)?[^，。]{0,8}(?:不|未|拒绝)|if you (?:do not|don't|refuse)", re.IGNORECASE
)


def mark_negated(reading: Reading) -> tuple[Mention, ...]:
    """The mentions, those inside "we do not share … with X" or a list of unused SDKs marked."""
    return tuple(replace(m, negated=True) if _negated(reading, m) else m for m in reading.mentions)


def _negated(reading: Reading, mention: Mention) -> bool:
    block = reading.policy.blocks[mention.block]
    unused = reading.lexicon.patterns["not-used-heading"]
    if any(unused.search(h) for h in reading.heading_shadows(block)):
        return True
    sentence = next(
        (s for s in reading.sentences(block.span) if s.end > mention.span.start), block.span
    )
    shadow = reading.shadow_of(sentence)
    place = _position(shadow.text, reading, sentence, mention)
    for match in reading.lexicon.patterns["sharing-negated"].finditer(shadow.text):
        before = shadow.text[: match.start()]
        if _DOUBLE.search(before[-40:]) or _CONDITION.search(
            shadow.text[max(0, match.start() - 10) : match.end()]
        ):
            continue
        if _DOUBLE.search(shadow.text[match.end() :]):
            continue
        if _between_is_open(shadow.text, match.span(), place):
            return True
    return False


def _position(text: str, reading: Reading, sentence: Span, mention: Mention) -> int:
    head = Span(sentence.start, mention.span.start)
    return min(len(text), len(reading.shadow_of(head).text)) if len(head) else 0


def _between_is_open(text: str, negation: tuple[int, int], place: int) -> bool:
    """Whether the negation reaches the mention: no clause ends between them."""
    if place >= negation[1]:
        gap = text[negation[1] : place]
    elif place < negation[0]:
        gap = text[place : negation[0]]
        # A mention before the negation is its object only right before ("如视未被接入").
        return (
            len(gap) < 16
            and not re.search(r"[，,。;；：:]", gap)
            and bool(
                re.search(
                    r"(?:接入|集成|使用|嵌入|采用|integrat|used|embed)",
                    text[negation[0] : negation[1]],
                )
            )
        )
    else:
        return True
    return not re.search(r"[，,。;；：:]|但|\bbut\b", gap)
