"""Mentions that disclose nothing because they stand inside a negation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from linter.classify.reading import Reading
from linter.disclosure import Mention
from linter.document import Span

_DOUBLE = re.compile(
    r"除非|除(?!了)[^，。]{0,30}外|未经|没有.{0,12}同意|unless|without|except", re.IGNORECASE
)
# "如不授权…不能使用" and the like negate the use of a function, not the sharing.
_CONDITION = re.compile(
    r"如(?:果|您|你)?[^，。]{0,8}(?:不|未|拒绝)|(?:您|你|用户)[^，。]{0,4}(?:不|未|拒绝|停止|关闭|退出|撤回|取消)"
    r"|(?:if|when|unless) you|\byou (?:do not|don't|refuse|stop)",
    re.IGNORECASE,
)
_USE = re.compile(
    r"接入|集成|使用|嵌入|采用|停止|不再|终止|取消|下线|移除|拆除|卸载|停用|弃用|剔除|没有|无(?:任何)?(?:业务)?(?:合作|往来)"
    r"|integrat|us(?:e|ed|ing)\b|embed|removed|discontinued|retired|stopped",
)


def mark_negated(reading: Reading) -> tuple[Mention, ...]:
    """The mentions, those inside "we do not share … with X" or a list of unused SDKs marked."""
    negations = _Negations(reading)
    marked = [
        replace(m, negated=True) if _negated(reading, m, negations) else m for m in reading.mentions
    ]
    unused = {m.block for m in marked if m.negated and _not_used(reading, m)}
    return tuple(
        replace(m, negated=True)
        if m.block in unused and not m.negated and _gets_nothing(reading, m)
        else m
        for m in marked
    )


def _not_used(reading: Reading, mention: Mention) -> bool:
    """Whether the sentence of a negated mention says that the vendor is not used at all."""
    text = reading.shadow_of(_sentence(reading, mention)).text
    patterns = reading.lexicon.patterns
    return bool(patterns["use-negated"].search(text) and not patterns["one-version"].search(text))


def _gets_nothing(reading: Reading, mention: Mention) -> bool:
    """ "No data is passed to X", which goes on with "we do not use X" and tells no more of it."""
    text = reading.shadow_of(_sentence(reading, mention)).text
    return bool(reading.lexicon.patterns["none-collected"].search(text))


def _sentence(reading: Reading, mention: Mention) -> Span:
    block = reading.policy.blocks[mention.block]
    sentences = reading.sentences(block.span) or (block.span,)
    return sentences[reading.sentence_at(block.span, mention.span.start)]


def _negated(reading: Reading, mention: Mention, negations: _Negations) -> bool:
    block = reading.policy.blocks[mention.block]
    unused = reading.lexicon.patterns["not-used-heading"]
    if any(unused.search(h) for h in (*reading.heading_shadows(block), reading.lead(block))):
        return True
    sentence = _sentence(reading, mention)
    shadow = reading.shadow_of(sentence)
    place = shadow.index(mention.span.start)
    return any(_between_is_open(shadow.text, at, place) for at in negations.of(sentence))


class _Negations:
    """Where sentences say that nothing is shared, an exception or condition aside."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[Span, list[tuple[int, int]]] = {}

    def of(self, sentence: Span) -> list[tuple[int, int]]:
        """The ranges of the negations in a sentence's normal form."""
        if sentence not in self._found:
            self._found[sentence] = list(self._search(sentence))
        return self._found[sentence]

    def _search(self, sentence: Span) -> Iterator[tuple[int, int]]:
        text = self._reading.shadow_of(sentence).text
        nameless = self._reading.nameless(sentence)
        for match in self._reading.lexicon.patterns["sharing-negated"].finditer(text):
            start, end = match.span()
            if _DOUBLE.search(text[max(0, start - 40) : start]) or _DOUBLE.search(text[end:]):
                continue
            if not _CONDITION.search(nameless[max(0, start - 10) : end]):
                yield start, end


def _between_is_open(text: str, negation: tuple[int, int], place: int) -> bool:
    """Whether the negation reaches the mention: no clause ends between them."""
    said = text[negation[0] : negation[1]]
    if place >= negation[1]:
        gap = text[negation[1] : place]
        if _USE.search(said):
            # "Parties we no longer use: …".
            gap = re.sub(r"^([^，,。;；：:]{0,24})[：:]", r"\1", gap)
    elif place < negation[0]:
        gap = text[place : negation[0]]
        # A mention before the negation is its object only right before ("如视未被接入").
        return len(gap) < 16 and not re.search(r"[，,。;；：:]", gap) and bool(_USE.search(said))
    else:
        return True
    return not re.search(r"[，,。;；：:]|但|\bbut\b", gap)
