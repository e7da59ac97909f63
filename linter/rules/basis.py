"""What a verdict was made of, kept with the finding so that a person can follow it."""

from __future__ import annotations

from collections.abc import Iterable

from linter.disclosure import Disclosures, Mention, Signal
from linter.rules.confidence import Confidence
from linter.verdict import Basis, MentionRecord, WeighedSignal

# Signals that are kept of one verdict: those it rests on come first.
_MOST = 6


def basis_of(
    requirement: str,
    decisive: tuple[Signal, ...],
    others: Iterable[Signal],
    disclosures: Disclosures,
    grounds: Iterable[str],
    confidence: Confidence,
) -> Basis:
    """The signals of a verdict, the strongest first, and how its confidence comes about.

    ``decisive`` are the signals that it rests on; of ``others`` those are kept that stand
    elsewhere, as far as there is room.
    """
    taken = {_place(s) for s in decisive}
    rest = [s for s in others if _place(s) not in taken]
    rest = list({_place(s): s for s in reversed(rest)}.values())[::-1]
    kept = [(s, True) for s in decisive] + [(s, False) for s in rest]
    return Basis(
        tuple(_weighed(s, disclosures, decisive=d) for s, d in kept[:_MOST]),
        tuple((g, confidence.weights.get(g, 0.0)) for g in grounds),
        confidence.review.get(requirement, 0.0),
    )


def _place(signal: Signal) -> tuple[int, int, int]:
    return signal.document, signal.span.start, signal.span.end


def _weighed(signal: Signal, disclosures: Disclosures, *, decisive: bool) -> WeighedSignal:
    binding = signal.binding
    return WeighedSignal(
        disclosures.policies[signal.document].quote(signal.span),
        *_place(signal),
        polarity=signal.polarity,
        reason=signal.reason,
        probability=signal.probability,
        model=signal.model,
        relation=binding.relation if binding else None,
        mention=_record(binding.mention, disclosures) if binding else None,
        decisive=decisive,
    )


def _record(mention: Mention, disclosures: Disclosures) -> MentionRecord:
    quote = disclosures.policies[mention.document].quote(mention.span)
    return MentionRecord(quote, mention.document, mention.span.start, mention.span.end)
