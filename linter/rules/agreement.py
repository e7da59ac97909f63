"""What the rules on the user agreement share: no binding, no deferral, sentences that say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from linter.disclosure import Disclosures, Polarity, Signal
from linter.rules.base import Outcome, Rule, evidence_of, fingerprint
from linter.rules.basis import basis_of
from linter.rules.confidence import Confidence
from linter.vendors import Vendor
from linter.verdict import Finding, Note, Requirement, Role, Verdict

_MAX_EVIDENCE = 3
# Shares of right verdicts on corpus/agreements/held-out by verdict, one right and one wrong added:
# (20 + 1) of 22, (7 + 1) of 10, (13 + 1) of 18. Too few are labelled to learn more from.
_RIGHT = {Verdict.PRESENT: 0.95, Verdict.AMBIGUOUS: 0.8, Verdict.MISSING: 0.78}


class AgreementRule(Rule):
    """One thing that the user agreement says; ``in_policy``: or the privacy policy."""

    in_policy: ClassVar[bool] = False
    deferrable: ClassVar[bool] = False

    @property
    def requirement(self) -> Requirement:
        """The requirement as reports name it."""
        return Requirement(self.id, self.code, self.severity, self.roles, "agreement")

    def outcome(self, disclosures: Disclosures) -> Outcome:
        """What is said firmly, else what is said vaguely, else nothing that counts."""
        signals = [s for s in disclosures.signals if s.kind is self.kind]
        affirmed = _of(signals, Polarity.AFFIRMED)
        if affirmed:
            return Outcome(Verdict.PRESENT, affirmed[:_MAX_EVIDENCE])
        vague = _of(signals, Polarity.VAGUE)
        if vague:
            return Outcome(Verdict.AMBIGUOUS, vague[:_MAX_EVIDENCE])
        return Outcome(Verdict.MISSING, rejected=signals[0] if signals else None)

    def judge(
        self,
        disclosures: Disclosures,
        vendor: Vendor,
        role: Role,
        confidence: Confidence,
        *,
        partial: str | None = None,
    ) -> Finding:
        """The finding; ``partial`` names what was not read of the documents it is looked for in."""
        outcome = self.outcome(disclosures)
        verdict = outcome.verdict
        if not self.owed(vendor, role):
            outcome, verdict = Outcome(Verdict.NOT_APPLICABLE), Verdict.NOT_APPLICABLE
        if verdict is Verdict.MISSING and partial is not None:
            verdict = Verdict.UNVERIFIABLE
        evidence = tuple(evidence_of(disclosures, s) for s in outcome.signals)
        nearest = outcome.rejected or (outcome.signals[0] if verdict is Verdict.AMBIGUOUS else None)
        why = [s.reason for s in outcome.signals]
        if partial is not None and verdict is Verdict.UNVERIFIABLE:
            why.append(Note.of("partial.unread", part=partial))
        return Finding(
            self.requirement,
            verdict,
            _RIGHT.get(verdict, 1.0),
            Note(
                f"{self.id}.{verdict}",
                (("vendor", vendor.name["en"]), ("vendor.zh", vendor.name["zh"])),
            ),
            fingerprint(self.id, vendor.id, evidence),
            evidence=evidence,
            why=tuple(dict.fromkeys(why)),
            searched=(self._searched(),) if verdict is not Verdict.NOT_APPLICABLE else (),
            nearest=evidence_of(disclosures, nearest) if nearest else None,
            nearest_why=nearest.reason if nearest else None,
            basis=basis_of(
                self.id,
                outcome.signals,
                [s for s in disclosures.signals if s.kind is self.kind],
                disclosures,
                (),
                confidence,
            )
            if verdict in _RIGHT
            else None,
        )

    def _searched(self) -> Note:
        if self.in_policy:
            return Note.of("searched.agreement-and-policy")
        return Note.of("searched.agreement")


def _of(signals: Iterable[Signal], polarity: Polarity) -> tuple[Signal, ...]:
    return tuple(s for s in signals if s.polarity is polarity)
