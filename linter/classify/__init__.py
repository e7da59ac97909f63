"""From policies to what they disclose about one vendor.

``classify`` finds the mentions, binds blocks to them, reads signals in the bound units and in the
clauses that govern them, and notes the references to documents that could say more. It judges
nothing: that is the rules' part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linter.classify.agreement import classify_agreement, is_agreement
from linter.classify.aliases import alias_mentions
from linter.classify.binding import Unit, bind
from linter.classify.deferral import deferrals
from linter.classify.lexicon import lexicon
from linter.classify.lists import (
    continues_elsewhere,
    is_titled_list,
    lists_parties,
    title_key,
)
from linter.classify.manifest import read_manifest
from linter.classify.mentions import MentionPatterns, mentions
from linter.classify.negation import mark_negated
from linter.classify.reading import Reading
from linter.classify.role import role_of
from linter.classify.shadow import Shadow
from linter.classify.shape import Part, shape_of
from linter.classify.signs import PolicySigns, policy_signs
from linter.classify.work import MENTIONS, REFERENCES, Work
from linter.disclosure import Deferral, Disclosures, Kind, Mention, MentionKind, Polarity, Signal
from linter.document import Policy
from linter.vendors import Vendor
from linter.verdict import Note, Role

if TYPE_CHECKING:
    from linter.classify.model import Model

    # The classifier of a language, "zh" or "en".
    Models = Callable[[str], Model]

__all__ = [
    "PolicySigns",
    "Readings",
    "classify",
    "classify_agreement",
    "continues_elsewhere",
    "holds_list",
    "is_agreement",
    "policy_signs",
    "read_manifest",
    "references",
]


class Readings:
    """Documents read for one vendor, in their order; each is read once."""

    def __init__(self, vendor: Vendor) -> None:
        self.vendor = vendor
        self.work = Work()
        self._patterns = MentionPatterns(vendor)
        self._parts: list[_Part] = []

    def part(self, policy: Policy, number: int | None = None, *, known: bool = False) -> _Part:
        """What was found in a document; ``number`` is its place, the next one if None.

        ``known``: another document names the vendor, so that a weak naming may mean it.
        """
        for part in self._parts:
            if part.reading.policy is policy and number in (None, part.number):
                return part
        number = len(self._parts) if number is None else number
        read = _read(number, policy, self.vendor, self._patterns, self.work, known=known)
        self._parts.append(read)
        return self._parts[-1]


def classify(
    policies: tuple[Policy, ...],
    vendor: Vendor,
    *,
    answered: frozenset[str] = frozenset(),
    readings: Readings | None = None,
    models: Models | None = None,
) -> Disclosures:
    """What the documents, judged together, say about the vendor.

    Parameters
    ----------
    policies : the policy and the lists it was read with, each in a language that is judged. A
        clause of one governs the vendor's entry in another.
    answered : addresses of references whose document is among ``policies`` and was read whole.
    readings : what ``references`` has read of them already, for the same vendor.
    models : the classifier of a language, "zh" or "en"; those that ship by default.

    Returns
    -------
    Disclosures
        Mentions, bindings, signals and deferrals, each knowing its document's index.

    Raises
    ------
    ModelError
        A model or lexicon file is missing or damaged.
    """
    readings = readings or Readings(vendor)
    work = readings.work
    parts = [readings.part(policy, n) for n, policy in enumerate(policies)]
    heard: dict[Kind, float] = {}
    signals: tuple[Signal, ...] = ()
    if any(p.speaking for p in parts):
        signals = tuple(_signals(parts, vendor, work, models, heard))
    roles = (role_of(p.reading, p.units) for p in parts if p.units)
    role, why = next(roles, (Role.RECIPIENT, (Note.of("role.auto-recipient"),)))
    return Disclosures(
        policies,
        mentions=tuple(m for p in parts for m in p.mentions),
        bindings=tuple(u.binding for p in parts for u in p.units),
        signals=signals,
        deferrals=tuple(_open_deferrals(parts, answered)),
        role=role,
        role_why=why,
        denied=any(p.mentions for p in parts) and not any(p.speaking for p in parts),
        unjudged=work.cut,
        heard=heard,
        shape=shape_of(Part(p.number, p.reading, p.units) for p in parts),
    )


def references(policy: Policy, readings: Readings) -> tuple[Deferral, ...]:
    """The references of one document to other documents that could hold disclosures.

    Those with an ``href`` can be read; ``classify`` takes the address among ``answered`` then.
    """
    return readings.part(policy).deferrals


def holds_list(policy: Policy, vendor: Vendor) -> bool:
    """Whether a document is a list of third parties, not an error page or a home page.

    One that is titled as a list and sends on to others, or shows pictures, is one too: what it
    leads to is then said to be unread.
    """
    if lists_parties(policy):
        return True
    reading = Reading(policy, ())
    return is_titled_list(reading) and any(deferrals(reading, (), vendor))


@dataclass(frozen=True, slots=True)
class _Part:
    """One document with its mentions; ``speaking`` are those that no negation undoes."""

    number: int
    reading: Reading
    mentions: tuple[Mention, ...]
    speaking: tuple[Mention, ...]
    units: list[Unit]
    deferrals: tuple[Deferral, ...]


def _read(
    number: int,
    policy: Policy,
    vendor: Vendor,
    patterns: MentionPatterns,
    work: Work,
    *,
    known: bool,
) -> _Part:
    shadow = Shadow(policy.text, traditional=policy.language == "zh-hant")
    named = work.most(mentions(policy, shadow, patterns, work, known=known), MENTIONS)
    words = lexicon("zh" if policy.language.startswith("zh") else "en")
    terms = work.most(alias_mentions(policy, shadow, named, words), MENTIONS)
    own = [t for t in terms if not any(t.span.overlaps(m.span) for m in named)]
    ordered = sorted((*named, *own), key=lambda m: m.span.start)
    found = tuple(replace(m, document=number) for m in ordered)
    marked = mark_negated(Reading(policy, found))
    reading = Reading(policy, marked)
    speaking = tuple(m for m in marked if not m.negated)
    units = work.affordable(bind(reading, speaking), lambda u: len(u.span))
    referring = work.most(deferrals(reading, units, vendor), REFERENCES)
    return _Part(
        number,
        reading,
        marked,
        speaking,
        units,
        tuple(replace(d, document=number) for d in referring),
    )


def _open_deferrals(parts: list[_Part], answered: frozenset[str]) -> Iterator[Deferral]:
    """The references whose document was not read, by address or by title."""
    found = [d for p in parts for d in p.deferrals]
    titles = {title_key(d.title) for d in found if d.href in answered}
    titles |= {title_key(p.reading.policy.title) for p in parts[1:]}
    for deferral in found:
        named = deferral.href is None and title_key(deferral.title) in titles
        if deferral.href not in answered and not named:
            yield deferral


def _signals(
    parts: list[_Part], vendor: Vendor, work: Work, models: Models | None, heard: dict[Kind, float]
) -> Iterator[Signal]:
    # Imported here: spaCy and the model are for policies that name the vendor.
    from linter.classify.entry import Entries, denials, entry_signals, general_signals
    from linter.classify.model import load_model

    entries = Entries.of([(p.reading, u) for p in parts for u in p.units])
    for part in parts:
        reading = part.reading
        model = (models or load_model)(reading.language)
        found = [
            *(_name(m, reading, vendor) for m in part.speaking if m.kind in _NAME_REASONS),
            *entry_signals(reading, part.units, vendor, model, heard),
            *(general_signals(reading, part.units, entries, model, work) if entries else ()),
            *denials(reading),
        ]
        for signal in found:
            if not _left_to_a_list(signal, part):
                yield replace(_seen(signal, reading.policy), document=part.number)


def _left_to_a_list(signal: Signal, part: _Part) -> bool:
    """Empty words in a sentence that sends the reader to a list for just that: nothing is found."""
    if signal.polarity is not Polarity.VAGUE or signal.kind not in _LISTED:
        return False
    block = part.reading.policy.blocks[signal.block]
    if block.cell is not None:
        return False
    sentences = part.reading.sentences(block.span)
    at = part.reading.sentence_at(block.span, signal.span.start)
    return any(
        signal.kind in d.kinds and d.block == signal.block and sentences[at].contains(d.span)
        for d in part.deferrals
        if sentences
    )


_LISTED = (Kind.PURPOSE, Kind.METHOD, Kind.SCOPE)


def _seen(signal: Signal, policy: Policy) -> Signal:
    """What only the page's source says proves nothing to its reader: a person must look."""
    if signal.polarity is not Polarity.AFFIRMED or not policy.blocks[signal.block].hidden:
        return signal
    return replace(signal, polarity=Polarity.VAGUE, reason=Note.of("reason.hidden"))


_NAME_REASONS = {
    MentionKind.LEGAL_NAME: (Polarity.AFFIRMED, "mention.legal-name"),
    MentionKind.LOOKALIKE: (Polarity.VAGUE, "reason.lookalike"),
    MentionKind.BRAND: (Polarity.VAGUE, "reason.brand-only"),
    MentionKind.DOMAIN: (Polarity.VAGUE, "reason.brand-only"),
}


def _name(mention: Mention, reading: Reading, vendor: Vendor) -> Signal:
    polarity, reason = _NAME_REASONS[mention.kind]
    if mention.kind is MentionKind.LOOKALIKE:
        unverified = {Shadow(name).text for name in vendor.names.unverified}
        if reading.shadow_of(mention.span).text in unverified:
            reason = "reason.unverified-name"
    elif polarity is Polarity.AFFIRMED and _only_planned(mention, reading):
        polarity, reason = Polarity.VAGUE, "reason.plan"
    return Signal(
        Kind.NAME,
        polarity,
        mention.span,
        mention.block,
        0.99,
        Note.of(reason),
        strength=-list(MentionKind).index(mention.kind),
    )


def _only_planned(mention: Mention, reading: Reading) -> bool:
    """Whether the sentence that names the vendor says that it may be used one day."""
    block = reading.policy.blocks[mention.block]
    if block.cell is not None or block.level:
        return False
    sentences = reading.sentences(block.span) or (block.span,)
    sentence = sentences[reading.sentence_at(block.span, mention.span.start)]
    return bool(reading.lexicon.patterns["plan"].search(reading.shadow_of(sentence).text))
