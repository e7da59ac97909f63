"""What a user agreement says of vendor, developer and complaints (RS301-RS303 and RS401).

Sentences are read with their parties masked: the vendor, the developer by whatever name it gives
itself, the user, technical providers in general, and others. What is said of whom is then a
matter of patterns (corpus/lexicons/agreement.toml) and of who stands before the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from linter.classify.agreement_parties import (
    DEVELOPER,
    GENERAL,
    VENDOR,
    Sentence,
    Sentences,
)
from linter.classify.complaints import complaints
from linter.classify.lexicon import agreement_words
from linter.classify.shadow import Shadow
from linter.disclosure import Disclosures, Kind, Polarity, Signal
from linter.document import Policy
from linter.verdict import Note, Role

if TYPE_CHECKING:
    from linter.classify import Readings

# Sentences of a document that are read; a hostile one may hold more.
_SENTENCES = 10_000
_TITLE_BLOCKS, _TITLE_LENGTH = 8, 60
# A document that is titled as an agreement and goes on is one; another that says so much of duties
# is, too.
_TITLED_ENOUGH, _STATEMENTS = 150, 4


def is_agreement(policy: Policy) -> bool:
    """Whether a document is an agreement with its reader, by its title and what it demands."""
    words = agreement_words("zh" if policy.language.startswith("zh") else "en")
    text = Shadow(policy.text, traditional=policy.language == "zh-hant").text
    beginning = [b for b in policy.blocks[:_TITLE_BLOCKS] if len(b.span) <= _TITLE_LENGTH]
    titles = [policy.title, *(policy.quote(b.span) for b in beginning)]
    titled = any(words["title"].search(_normal(t, policy)) for t in titles)
    if titled and len(text) >= _TITLED_ENOUGH:
        return True
    found = islice(words["statement"].finditer(text), _STATEMENTS)
    return sum(1 for _ in found) == _STATEMENTS


def _normal(text: str, policy: Policy) -> str:
    return Shadow(text, traditional=policy.language == "zh-hant").text


def classify_agreement(
    documents: tuple[Policy, ...], *, first: int, readings: Readings
) -> Disclosures:
    """What the agreement among the documents says, and where any of them takes complaints.

    Parameters
    ----------
    documents : the policy, its lists, and from number ``first`` on the agreement with its frames.
    readings : what was read of them, for the vendor.

    Returns
    -------
    Disclosures
        With the signals of the agreement's kinds alone; mentions of all documents.
    """
    parts = [readings.part(policy, n) for n, policy in enumerate(documents[:first])]
    known = any(p.speaking for p in parts)
    agreement = enumerate(documents[first:], start=first)
    parts += [readings.part(policy, n, known=known) for n, policy in agreement]
    named = any(p.speaking for p in parts)
    signals: list[Signal] = []
    cut = False
    for number, part in enumerate(parts):
        sentences = Sentences(part.reading, number)
        read = list(islice(sentences.all(), _SENTENCES + 1))
        cut = cut or len(read) > _SENTENCES
        if number >= first:
            for sentence in read:
                signals += _judged(sentence, sentences, named=named)
        signals += (settled(s, c) for s, c in complaints(read))
    return Disclosures(
        documents,
        tuple(m for p in parts for m in p.mentions),
        (),
        tuple(signals),
        (),
        Role.RECIPIENT,
        unjudged=cut,
    )


def _judged(sentence: Sentence, sentences: Sentences, *, named: bool) -> Iterator[Signal]:
    """What one sentence of the agreement says; an unfilled one says nothing, a hidden one little.

    ``named``: the vendor is named in the documents, so that providers in general may be it.
    """
    found = [
        *_technical(sentence, sentences, named=named),
        *_provider(sentence),
        *_responsibility(sentence),
    ]
    for signal in found:
        yield settled(sentence, signal)


def settled(sentence: Sentence, signal: Signal) -> Signal:
    """A signal as its place lets it count: not in a draft, vaguely where no reader sees it."""
    if sentence.words["unfilled"].search(sentence.shadow.text):
        return replace(signal, polarity=Polarity.EMPTY, reason=Note.of("reason.placeholder"))
    if sentence.block.hidden and signal.polarity is Polarity.AFFIRMED:
        return replace(signal, polarity=Polarity.VAGUE, reason=Note.of("reason.hidden"))
    return signal


def _signal(
    sentence: Sentence, kind: Kind, polarity: Polarity, reason: str, at: tuple[int, int]
) -> Signal:
    return Signal(
        kind,
        polarity,
        sentence.span(*at),
        sentence.block.index,
        0.9,
        Note.of(reason),
        document=sentence.number,
    )


# -- RS301


def _technical(sentence: Sentence, sentences: Sentences, *, named: bool) -> Iterator[Signal]:
    text = sentence.masked
    if VENDOR not in text and GENERAL not in text:
        return
    at = _place(sentence, ("only-said", "only-limit", "gives", "gives-services"))
    denied = sentence.look_for("gives-not")
    if at is None and denied is None:
        return
    polarity, reason = _how_technical(sentence)
    at = at or (denied.span() if denied else (0, len(text)))
    if polarity in (Polarity.AFFIRMED, Polarity.VAGUE) and VENDOR not in text[: at[1]]:
        if not named:
            polarity, reason = Polarity.BOILERPLATE, "reason.technical-in-general"
        elif not sentences.bound(sentence):
            if polarity is not Polarity.AFFIRMED:
                polarity, reason = Polarity.BOILERPLATE, "reason.technical-in-general"
            else:
                polarity, reason = Polarity.VAGUE, "reason.technical-in-general"
    yield _signal(sentence, Kind.TECHNICAL, polarity, reason, at)


def _how_technical(sentence: Sentence) -> tuple[Polarity, str]:
    """How a sentence on the vendor says that it provides technical services."""
    at = _place(sentence, ("only-said", "only-limit"))
    only = at is not None and not sentence.says("only-when", *at)
    negated = any(m.negated for m in sentence.reading.names(sentence.whole))
    if sentence.says("not-only") or negated or (sentence.says("gives-not") and not only):
        return Polarity.NEGATED, "reason.negated"
    gives = sentence.look_for("gives")
    said = at or (gives.span() if gives else (0, len(sentence.masked)))
    if sentence.says("planned", 0, said[1]):
        return Polarity.VAGUE, "reason.plan"
    if only:
        return Polarity.AFFIRMED, "signal.pattern"
    if gives and not sentence.says("mainly"):
        rest = sentence.masked[gives.start() :] + " " + sentence.after
        if sentence.words["denies-rest"].search(rest):
            return Polarity.AFFIRMED, "signal.pattern"
    if gives or at:
        return Polarity.VAGUE, "reason.not-only"
    return Polarity.VAGUE, "reason.not-technical"


def _place(sentence: Sentence, names: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the first of these patterns is found."""
    return next((m.span() for n in names if (m := sentence.look_for(n))), None)


# -- RS302

_PASSING = (
    ("in-passing", Polarity.VAGUE, "reason.in-passing"),
    ("merely-platform", Polarity.VAGUE, "reason.mere-platform"),
    ("others-provide", Polarity.BOILERPLATE, "reason.other-provider"),
    ("stops-providing", Polarity.NEGATED, "reason.negated"),
)
_PROVIDES = ("provides-to", "provides-by", "provides-is", "provides-duty")


def _provider(sentence: Sentence) -> Iterator[Signal]:
    for name in _PROVIDES:
        for match in sentence.words[name].finditer(sentence.masked):
            how = _how_provided(sentence, match)
            if name == "provides-to" and how[0] is Polarity.AFFIRMED:
                how = _in_passing(sentence, match) or how
            yield _signal(sentence, Kind.PROVIDER, *how, match.span())
    for name, polarity, reason in _PASSING:
        if found := sentence.look_for(name):
            yield _signal(sentence, Kind.PROVIDER, polarity, reason, found.span())


def _how_provided(sentence: Sentence, match: re.Match[str]) -> tuple[Polarity, str]:
    """How a sentence says that the developer provides: firmly, vaguely, in passing, or not."""
    verb = _verb(match)
    before = sentence.masked[max(0, match.start() - _AROUND) : verb]
    clause = re.split(r"[，,。;；]", sentence.masked[verb:])[0]
    words = sentence.words
    if words["not-service"].search(clause):
        return Polarity.BOILERPLATE, "reason.other-provider"
    if words["stops"].search(before):
        return Polarity.NEGATED, "reason.negated"
    if sentence.says("planned", 0, verb + _VERB):
        return Polarity.VAGUE, "reason.plan"
    if words["better"].search(before + match.group()):
        return Polarity.VAGUE, "reason.vague-phrase"
    if words["merely-platform"].search(match.group()):
        return Polarity.VAGUE, "reason.mere-platform"
    return Polarity.AFFIRMED, "signal.pattern"


def _in_passing(sentence: Sentence, match: re.Match[str]) -> tuple[Polarity, str] | None:
    """That a clause only tells what for, when, or of what services; None if it tells more."""
    words, verb = sentence.words, _verb(match)
    before = sentence.masked[max(0, match.start() - _AROUND) : verb]
    what = words["service-object"].search(sentence.masked, verb)
    after = sentence.masked[what.end() :] if what else ""
    if words["passing-before"].search(before) or words["passing-after"].search(after):
        return Polarity.VAGUE, "reason.in-passing"
    return None


# Characters before what is said that change what it says, and those of a verb.
_AROUND, _VERB = 24, 12


def _verb(match: re.Match[str]) -> int:
    """Where the verb stands that a pattern names; its own beginning if it names none."""
    starts = (match.start(n) for n, v in match.groupdict().items() if n.startswith("verb") and v)
    return next(starts, match.start())


# -- RS303


def _responsibility(sentence: Sentence) -> Iterator[Signal]:
    for name in ("responsible-full", "responsible"):
        for match in sentence.words[name].finditer(sentence.masked):
            polarity, reason = _how_responsible(sentence, match, full=name == "responsible-full")
            at = (_from_subject(sentence, match), match.end())
            yield _signal(sentence, Kind.RESPONSIBILITY, polarity, reason, at)
    if found := sentence.look_for("liability-limited"):
        limit = (Polarity.BOILERPLATE, "reason.disclaimer")
        yield _signal(sentence, Kind.RESPONSIBILITY, *limit, found.span())


def _how_responsible(
    sentence: Sentence, match: re.Match[str], *, full: bool
) -> tuple[Polarity, str]:
    verb = _verb(match)
    if _bearer(sentence, match, verb) != DEVELOPER:
        return Polarity.BOILERPLATE, "reason.others-responsibility"
    if sentence.says("negator", _after_bearer(sentence, verb), match.end()):
        return Polarity.BOILERPLATE, "reason.disclaimer"
    if sentence.words["other-duty"].search(match.group()):
        return Polarity.BOILERPLATE, "reason.others-responsibility"
    if sentence.says("capped"):
        if full:
            return Polarity.VAGUE, "reason.capped"
        return Polarity.BOILERPLATE, "reason.disclaimer"
    if full and sentence.says("hedged"):
        return Polarity.VAGUE, "reason.hedged"
    if full and not sentence.says("one-matter"):
        return Polarity.AFFIRMED, "signal.pattern"
    return Polarity.VAGUE, "reason.not-full"


def _after_bearer(sentence: Sentence, verb: int) -> int:
    """Where what may negate a verb begins: behind who does it, or in the verb's clause."""
    subject = sentence.subject(verb)
    clause = max(sentence.masked.rfind(c, 0, verb) for c in "，,;；") + 1
    return max(subject.end() if subject else 0, clause)


def _bearer(sentence: Sentence, match: re.Match[str], verb: int) -> str | None:
    """Who bears it: behind "by" in the pattern, else before the verb."""
    agent = re.search(r"(?:由|\b(?:by|with|on|upon)\s)([ⓋⓌⓊⓅⓄ])", match.group())
    if agent is not None:
        return agent.group(1)
    subject = sentence.subject(verb)
    return subject.group()[0] if subject else None


def _from_subject(sentence: Sentence, match: re.Match[str]) -> int:
    at = sentence.masked.rfind(DEVELOPER, 0, match.start())
    while at > 0 and sentence.masked[at - 1] == DEVELOPER:
        at -= 1
    return at if at >= 0 else match.start()
