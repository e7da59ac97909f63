"""From policies to what they disclose about one vendor.

``classify`` finds the mentions, binds blocks to them, reads signals in the bound units and in the
clauses that govern them, and notes the references to documents that could say more. It judges
nothing: that is the rules' part.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from linter.classify.binding import Unit, bind
from linter.classify.deferral import deferrals
from linter.classify.mentions import MentionPatterns, mentions
from linter.classify.negation import mark_negated
from linter.classify.reading import Reading
from linter.classify.role import role_of
from linter.classify.shadow import Shadow
from linter.disclosure import Disclosures, Kind, Mention, MentionKind, Polarity, Signal
from linter.document import Policy
from linter.vendors import Vendor
from linter.verdict import Note, Role

__all__ = ["classify", "looks_like_policy"]


def classify(policies: tuple[Policy, ...], vendor: Vendor) -> Disclosures:
    """What the documents say about the vendor.

    Parameters
    ----------
    policies : the policy and the lists it was read with, each in a language that is judged.

    Returns
    -------
    Disclosures
        Mentions, bindings, signals and deferrals, each knowing its document's index.

    Raises
    ------
    ModelError
        A model or lexicon file is missing or damaged.
    """
    patterns = MentionPatterns(vendor)
    parts = [_document(n, policy, vendor, patterns) for n, policy in enumerate(policies)]
    role, why = next(
        ((p.role, p.role_why) for p in parts if p.mentions),
        (Role.RECIPIENT, (Note.of("role.auto-recipient"),)),
    )
    return Disclosures(
        policies,
        mentions=tuple(m for p in parts for m in p.mentions),
        bindings=tuple(b for p in parts for b in p.bindings),
        signals=tuple(s for p in parts for s in p.signals),
        deferrals=tuple(d for p in parts for d in p.deferrals),
        role=role,
        role_why=why,
        denied=any(p.denied for p in parts),
    )


def _document(
    number: int, policy: Policy, vendor: Vendor, patterns: MentionPatterns
) -> Disclosures:
    shadow = Shadow(policy.text, traditional=policy.language == "zh-hant")
    found = tuple(mentions(policy, shadow, patterns))
    reading = Reading(policy, found)
    marked = mark_negated(reading)
    reading = Reading(policy, marked)
    speaking = [m for m in marked if not m.negated]
    units = bind(reading, speaking)
    role, why = role_of(reading, units) if units else (Role.RECIPIENT, ())
    signals = _signals(reading, units, speaking, vendor) if speaking else []
    return Disclosures(
        (policy,),
        mentions=tuple(replace(m, document=number) for m in marked),
        bindings=tuple(u.binding for u in units),
        signals=tuple(replace(_seen(s, policy), document=number) for s in signals),
        deferrals=tuple(replace(d, document=number) for d in deferrals(reading, units, vendor)),
        role=role,
        role_why=why,
        denied=bool(marked) and not speaking,
    )


def _signals(
    reading: Reading, units: list[Unit], speaking: list[Mention], vendor: Vendor
) -> list[Signal]:
    # Imported here: spaCy and the model are for policies that name the vendor.
    from linter.classify.entry import denials, entry_signals, general_signals
    from linter.classify.model import load_model

    model = load_model(reading.language)
    return [
        *(_name(m, reading, vendor) for m in speaking),
        *entry_signals(reading, units, vendor, model),
        *general_signals(reading, units, model),
        *denials(reading),
    ]


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
    return Signal(
        Kind.NAME,
        polarity,
        mention.span,
        mention.block,
        0.99,
        Note.of(reason),
        strength=-list(MentionKind).index(mention.kind),
    )


def looks_like_policy(policy: Policy) -> bool:
    """Whether a document says anything about handling personal data (RS002 asks).

    A licence agreement with a privacy chapter does; a page of news that ends with a link to the
    policy does not. A short notice needs one such statement, a longer document two.
    """
    shadow = Shadow(policy.text, traditional=policy.language == "zh-hant")
    handling = _HANDLING["zh" if policy.language.startswith("zh") else "en"]
    wanted = 1 if len(policy.text) < _SHORT_NOTICE else 2
    return sum(1 for _ in islice(handling.finditer(shadow.text), wanted)) == wanted


# Characters; half a screen.
_SHORT_NOTICE = 1_500
_HANDLING = {
    "zh": re.compile(
        r"(?:收集|获取|使用|处理|共享|分享|提供|存储|保存|披露|上传|读取|保护|提交|填写)[^。\n]{0,40}"
        r"(?:个人(?:敏感)?(?:信息|资料|数据)|用户(?:信息|资料|数据)|隐私|[您你]的.{0,12}?(?:信息|数据|资料)"
        r"|设备信息|位置信息|手机号|cookie)"
        r"|(?:个人(?:敏感)?(?:信息|资料|数据)|用户(?:信息|资料|数据)|隐私信息|设备信息|位置信息|手机号)"
        r"[^。\n]{0,40}(?:收集|获取|使用|处理|共享|分享|提供|存储|保存|披露|上传|读取|保护)"
    ),
    "en": re.compile(
        r"\b(?:collect|use|process|shar|disclos|stor|transfer|receiv|provid|retain|protect|access)\w*"
        r"\b[^.\n]{0,80}\b(?:personal(?:ly)? (?:information|data|identif\w+)|your (?:\w+ ){0,3}"
        r"(?:information|data)|user (?:information|data)|cookies?|device information|location data)"
        r"|\b(?:personal (?:information|data)|your (?:\w+ ){0,3}(?:information|data))\b[^.\n]{0,80}"
        r"\b(?:collect|use|process|shar|disclos|stor|transfer|receiv|retain|protect)\w*"
    ),
}
