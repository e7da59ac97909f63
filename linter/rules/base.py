"""What all rules share: how signals become a verdict, and a verdict a finding."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from linter.disclosure import (
    Binding,
    Deferral,
    Disclosures,
    Kind,
    Mention,
    Polarity,
    Relation,
    Signal,
)
from linter.document import Link, Span
from linter.rules.basis import basis_of
from linter.rules.confidence import Confidence, grounds
from linter.vendors import Vendor
from linter.verdict import Evidence, Finding, Note, Requirement, Role, Severity, Verdict

_MAX_EVIDENCE = 3
_MAX_PLACES = 4
# Characters on either side of a mention that show what is said of it.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and the signals it rests on; ``rejected`` is the nearest that doesn't count."""

    verdict: Verdict
    signals: tuple[Signal, ...] = ()
    rejected: Signal | None = None
    deferral: Deferral | None = None


class Rule:
    """One requirement: its identity as class attributes, its manual as its docstring."""

    code: ClassVar[str]
    id: ClassVar[str]
    kind: ClassVar[Kind]
    severity: ClassVar[Severity] = Severity.ERROR
    roles: ClassVar[tuple[Role, ...]] = (Role.RECIPIENT, Role.CO_PROCESSOR)
    deferrable: ClassVar[bool] = True

    @property
    def requirement(self) -> Requirement:
        """The requirement as reports name it."""
        return Requirement(self.id, self.code, self.severity, self.roles)

    def owed(self, vendor: Vendor, role: Role) -> bool:
        """Whether a role owes this, as the vendor's file says, or else the rule itself."""
        listed = vendor.owed.get(role)
        return role in self.roles if listed is None else self.id in listed

    def outcome(self, disclosures: Disclosures) -> Outcome:
        """The verdict on what was found; rules with fine lines of their own override it."""
        signals = [s for s in disclosures.signals if s.kind is self.kind]
        return decide(self, disclosures, signals)

    def judge(
        self,
        disclosures: Disclosures,
        vendor: Vendor,
        role: Role,
        confidence: Confidence,
        *,
        partial: str | None = None,
    ) -> Finding:
        """The finding for one policy; ``partial`` names the part that was not read.

        ``confidence`` says how surely it is right and whether a person should look.
        """
        if not self.owed(vendor, role):
            outcome = Outcome(Verdict.NOT_APPLICABLE)
            return _finding(self, vendor, outcome, disclosures, confidence)
        outcome = self.outcome(disclosures)
        if outcome.verdict is Verdict.MISSING and partial is not None:
            outcome = Outcome(Verdict.UNVERIFIABLE, rejected=outcome.rejected)
        return _finding(self, vendor, outcome, disclosures, confidence, partial=partial)


_CONTRADICTION = "reason.contradiction"


def decide(rule: Rule, disclosures: Disclosures, signals: Iterable[Signal]) -> Outcome:
    """The strongest polarity wins; deferral stands before ``missing``."""
    signals = sorted(signals, key=_rank)
    if not any(not m.negated for m in disclosures.mentions):
        signals = []
    affirmed = [s for s in signals if s.polarity is Polarity.AFFIRMED]
    denial = next((s for s in signals if s.reason.key == _CONTRADICTION), None)
    if affirmed and denial is not None and own(affirmed[0]):
        said = replace(affirmed[0], reason=Note.of(_CONTRADICTION))
        return Outcome(Verdict.AMBIGUOUS, (said, denial))
    if affirmed:
        return Outcome(Verdict.PRESENT, tuple(affirmed[:_MAX_EVIDENCE]))
    vague = [s for s in signals if s.polarity is Polarity.VAGUE]
    if vague:
        return Outcome(Verdict.AMBIGUOUS, tuple(vague[:_MAX_EVIDENCE]))
    rejected = signals[0] if signals else None
    if rule.deferrable and (deferral := applicable_deferral(disclosures, rule.kind)):
        return Outcome(Verdict.UNVERIFIABLE, rejected=rejected, deferral=deferral)
    return Outcome(Verdict.MISSING, rejected=rejected)


def applicable_deferral(disclosures: Disclosures, kind: Kind) -> Deferral | None:
    """A reference to an unread document that could hold this kind of disclosure."""
    if disclosures.denied:
        return None
    for deferral in disclosures.deferrals:
        if not deferral.kinds or kind in deferral.kinds:
            return deferral
    return None


def answering(disclosures: Disclosures, kind: Kind) -> list[Signal]:
    """The signals of a kind that answer it, those of general clauses included.

    Where the entry itself sends the reader elsewhere, no general clause is its answer.
    """
    signals = [s for s in disclosures.signals if s.kind is kind]
    field = applicable_deferral(disclosures, kind)
    elsewhere = field is not None and field.own
    return [s for s in signals if own(s)] if elsewhere else signals


def own(signal: Signal) -> bool:
    """Whether a signal stands in the vendor's own entry, not in a general clause."""
    return signal.binding is None or signal.binding.relation is not Relation.GOVERNING


def says(signals: Iterable[Signal]) -> bool:
    """Whether any of the signals says something, be it vaguely."""
    return any(s.polarity in (Polarity.AFFIRMED, Polarity.VAGUE) for s in signals)


def in_field(signal: Signal, disclosures: Disclosures) -> bool:
    """Whether a signal is the value of a label or stands in a table."""
    block = disclosures.policies[signal.document].blocks[signal.block]
    return block.key is not None or block.cell is not None


def _rank(signal: Signal) -> tuple[int, int, int, float, int]:
    order = list(Polarity).index(signal.polarity)
    return order, not own(signal), -signal.strength, -signal.probability, signal.span.start


def _finding(
    rule: Rule,
    vendor: Vendor,
    outcome: Outcome,
    disclosures: Disclosures,
    confidence: Confidence,
    *,
    partial: str | None = None,
) -> Finding:
    evidence = tuple(evidence_of(disclosures, s) for s in outcome.signals)
    rejected = outcome.rejected
    rests_on = grounds(rule.id, outcome.verdict, rule.kind, outcome.signals, rejected, disclosures)
    owed = outcome.verdict is not Verdict.NOT_APPLICABLE
    probability = confidence.probability(rests_on) if owed else 1.0
    vague = outcome.verdict is Verdict.AMBIGUOUS
    return Finding(
        rule.requirement,
        outcome.verdict,
        probability,
        Note(
            f"{rule.id}.{outcome.verdict}",
            (("vendor", vendor.name["en"]), ("vendor.zh", vendor.name["zh"])),
        ),
        fingerprint(rule.id, vendor.id, evidence),
        needs_review=owed and confidence.doubtful(rule.id, probability),
        evidence=evidence,
        why=_why(outcome, disclosures, partial),
        searched=_searched(disclosures, partial) if owed else (),
        nearest=evidence_of(disclosures, rejected)
        if rejected
        else (evidence[0] if vague else None),
        nearest_why=rejected.reason if rejected else (outcome.signals[0].reason if vague else None),
        grounds=rests_on if owed else (),
        basis=basis_of(
            rule.id,
            outcome.signals,
            _others(rule.kind, rejected, disclosures),
            disclosures,
            rests_on,
            confidence,
        )
        if owed
        else None,
    )


def _others(kind: Kind, rejected: Signal | None, disclosures: Disclosures) -> list[Signal]:
    """The signals of a kind, the strongest first, after the nearest that does not count."""
    found = sorted((s for s in disclosures.signals if s.kind is kind), key=_rank)
    return found if rejected is None else [rejected, *found]


def _why(outcome: Outcome, disclosures: Disclosures, partial: str | None) -> tuple[Note, ...]:
    notes = []
    for signal in outcome.signals:
        if signal.binding is not None:
            mention = signal.binding.mention
            quote = disclosures.policies[mention.document].quote(mention.span)
            notes.append(Note.of(f"binding.{signal.binding.relation}", quote=quote))
        if signal.reason.key != "signal.model":
            notes.append(_reason(signal, disclosures))
        notes.append(
            Note.of("signal.model", kind=signal.kind, probability=f"{signal.probability:.2f}")
        )
    if outcome.deferral is not None:
        notes.append(_unread(outcome.deferral))
    if partial is not None and outcome.verdict is Verdict.UNVERIFIABLE:
        notes.append(Note.of("partial.unread", part=partial))
    return tuple(dict.fromkeys(notes))


def _unread(deferral: Deferral) -> Note:
    if deferral.picture:
        return Note.of("deferral.picture", title=deferral.title)
    if deferral.href is None:
        return Note.of("deferral.unread", title=deferral.title)
    return Note.of("deferral.unread-at", title=deferral.title, url=deferral.href)


def _reason(signal: Signal, disclosures: Disclosures) -> Note:
    if signal.reason.key.startswith("mention."):
        return Note.of(
            signal.reason.key, quote=disclosures.policies[signal.document].quote(signal.span)
        )
    return signal.reason


def _searched(disclosures: Disclosures, partial: str | None) -> tuple[Note, ...]:
    speaking = [m for m in disclosures.mentions if not m.negated]
    characters = sum(len(p.text) for p in disclosures.policies)
    extent = "searched.document" if partial is None else "searched.part"
    notes = [Note.of(extent, characters=characters)]
    if not speaking:
        if disclosures.mentions:
            denial = _words_around(disclosures.mentions[0], disclosures)
            return (*notes, Note.of("searched.only-denied", quote=denial))
        return (*notes, Note.of("searched.nothing-names-vendor"))
    notes.append(Note.of("searched.mentions", count=len(speaking)))
    where = _places(disclosures.bindings, disclosures)
    if where:
        notes.append(Note.of("searched.entry", where=where))
    governing = sum(s.binding is not None and not own(s) for s in disclosures.signals)
    return (*notes, Note.of("searched.governing", count=governing))


def _words_around(mention: Mention, disclosures: Disclosures) -> str:
    """The mention with what its block says right before and after it."""
    policy = disclosures.policies[mention.document]
    block = policy.blocks[mention.block].span
    start = max(block.start, mention.span.start - _AROUND)
    return policy.text[start : min(block.end, mention.span.end + _AROUND)].strip()


def _places(bindings: Iterable[Binding], disclosures: Disclosures) -> str:
    """The sections in which the vendor's entries stand, each once."""
    names: list[str] = []
    for binding in bindings:
        policy = disclosures.policies[binding.mention.document]
        block = policy.blocks[binding.mention.block]
        headings = policy.heading_texts(block)
        name = headings[-1] if headings else policy.title
        if name and name not in names:
            names.append(name)
        if len(names) == _MAX_PLACES:
            break
    return " | ".join(names)


def evidence_of(disclosures: Disclosures, signal: Signal) -> Evidence:
    """A signal's words as evidence: verbatim, with headings, column and surroundings."""
    policy = disclosures.policies[signal.document]
    block = policy.blocks[signal.block]
    quote = policy.text_quote(signal.span)
    column = None
    if block.key is not None:
        column = policy.quote(block.key)
    elif block.cell is not None:
        column = block.cell.row_header if block.cell.vertical else block.cell.column_header
    href = signal.href or _href(policy.links, signal.span)
    return Evidence(
        quote.exact,
        signal.document,
        signal.span.start,
        signal.span.end,
        policy.heading_texts(block),
        block.kind,
        column or None,
        quote.prefix,
        quote.suffix,
        href,
    )


def _href(links: Iterable[Link], span: Span) -> str | None:
    return next((link.href for link in links if link.span.overlaps(span)), None)


def fingerprint(requirement: str, vendor: str, evidence: Iterable[Evidence]) -> str:
    """Identity of a finding: 16 hex digits of requirement, vendor and evidence, no offsets.

    Neither order nor repetition of the evidence counts, so that it may be moved about; where its
    links lead does, for the same words on another link are another finding.
    """
    quotes = {re.sub(r"\W+", "", e.quote).lower() + f"\x1e{e.href or ''}" for e in evidence}
    text = "\x1f".join((requirement, vendor, *(sorted(quotes) or ["absent"])))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
