"""Where right holders can complain: rights, a complaint and a channel that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linter.classify.agreement_parties import VENDOR, Sentence
from linter.disclosure import Kind, Polarity, Signal
from linter.verdict import Note

# Sentences of the section that may hold the channel of one that announces it.
_FOLLOWING = 3


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence has of the three; ``channel`` is where it stands, None for none."""

    rights: bool
    complaint: bool
    directed: bool
    channel: tuple[int, int] | None


def complaints(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Signal]]:
    """Signals of complaint channels in a document's sentences, each with its sentence."""
    for n, sentence in enumerate(sentences):
        said = _said(sentence)
        if not said.complaint or sentence.block.level:
            continue
        polarity, reason, at = _how(sentence, said)
        if reason == "reason.no-channel":
            # The channel may follow on a line of its own.
            for later in sentences[n + 1 : n + 1 + _FOLLOWING]:
                channel = _own_line(later, sentence)
                if channel is not None:
                    yield later, _signal(later, Polarity.AFFIRMED, "signal.pattern", channel)
                    break
            else:
                yield sentence, _signal(sentence, polarity, reason, at)
            continue
        yield sentence, _signal(sentence, polarity, reason, at)


def _said(sentence: Sentence) -> _Said:
    duty = sentence.says("rights-duty")
    above = sentence.words["rights"].search(sentence.heading) is not None
    own = sentence.says("rights") and not duty
    called = sentence.words["complaint"].search(sentence.heading) is not None
    channel = _channel(sentence)
    rights = own or (above and (called or sentence.says("complaint")))
    complaint = (
        sentence.says("complaint")
        or (own and sentence.says("approach") and sentence.says("directed"))
        or (own and channel is not None and sentence.says("approach"))
        or (called and channel is not None)
    ) and not (duty and channel is None)
    return _Said(rights, complaint, sentence.says("directed"), channel)


def _channel(sentence: Sentence) -> tuple[int, int] | None:
    match = sentence.words["channel"].search(sentence.shadow.text)
    if match is not None:
        return match.start() + sentence.lead, match.end() + sentence.lead
    for link in sentence.reading.links(sentence.span(0, len(sentence.masked))):
        if link.href.lower().startswith(("http", "mailto:")):
            start = sentence.shadow.index(link.span.start) + sentence.lead
            return start, sentence.shadow.index(link.span.end) + sentence.lead
    return None


def _how(sentence: Sentence, said: _Said) -> tuple[Polarity, str, tuple[int, int]]:
    whole = (sentence.lead, len(sentence.masked))
    if sentence.says("refused"):
        return Polarity.NEGATED, "reason.negated", whole
    if sentence.words["authority"].search(sentence.shadow.text) or _others(sentence):
        return Polarity.BOILERPLATE, "reason.others-channel", whole
    if said.channel is None:
        idle = sentence.says("no-complaint") or not said.directed
        if said.rights and not idle:
            return Polarity.VAGUE, "reason.no-channel", whole
        return Polarity.BOILERPLATE, "reason.no-channel", whole
    if said.rights:
        return Polarity.AFFIRMED, "signal.pattern", whole
    return Polarity.VAGUE, "reason.general-complaints", whole


def _others(sentence: Sentence) -> bool:
    """Whether the channel is the vendor's or another's."""
    return sentence.says("others-channel") or (
        VENDOR in sentence.masked and _MAIL.search(sentence.masked) is None
    )


# What is left of an address that is not the vendor's.
_MAIL = re.compile(r"[a-z0-9_.+-]{1,64}@[a-z0-9.-]|\d{3}|[\"「]")


def _own_line(later: Sentence, first: Sentence) -> tuple[int, int] | None:
    if later.block.headings != first.block.headings or _others(later):
        return None
    if later.words["channel-label"].search(later.shadow.text) is None:
        return None
    return _channel(later)


def _signal(sentence: Sentence, polarity: Polarity, reason: str, at: tuple[int, int]) -> Signal:
    return Signal(
        Kind.COMPLAINT,
        polarity,
        sentence.span(*at),
        sentence.block.index,
        0.9,
        Note.of(reason),
        document=sentence.number,
    )
