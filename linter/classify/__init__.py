"""From policies to what they disclose about one vendor.

``classify`` finds the mentions, binds blocks to them, reads signals in the bound units and in the
clauses that govern them, and notes the references to documents that could say more. It judges
nothing: that is the rules' part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from linter.classify.aliases import alias_mentions
from linter.classify.binding import Unit, bind
from linter.classify.deferral import deferrals
from linter.classify.lexicon import lexicon
from linter.classify.lists import (
    continues_elsewhere,
    is_titled_list,
    lists_parties,
    party_fields,
    title_key,
)
from linter.classify.manifest import read_manifest
from linter.classify.mentions import MentionPatterns, mentions
from linter.classify.negation import mark_negated
from linter.classify.reading import Reading
from linter.classify.role import role_of
from linter.classify.shadow import Shadow
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
    "Readings",
    "classify",
    "continues_elsewhere",
    "holds_list",
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

    def part(self, policy: Policy, number: int | None = None) -> _Part:
        """What was found in a document; ``number`` is its place, the next one if None."""
        for part in self._parts:
            if part.reading.policy is policy and number in (None, part.number):
                return part
        number = len(self._parts) if number is None else number
        self._parts.append(_read(number, policy, self.vendor, self._patterns, self.work))
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
    number: int, policy: Policy, vendor: Vendor, patterns: MentionPatterns, work: Work
) -> _Part:
    shadow = Shadow(policy.text, traditional=policy.language == "zh-hant")
    named = work.most(mentions(policy, shadow, patterns, work), MENTIONS)
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


@dataclass(frozen=True, slots=True)
class PolicySigns:
    """What tells a privacy policy from other pages.

    Attributes
    ----------
    titled : its title or a heading near its beginning says that it is one.
    statements : how many statements about handling personal data it makes, at most ten.
    enough : it makes as many as a policy of its length must, or it is titled as one and is more
        than a title (RS002 asks).
    """

    titled: bool
    statements: int
    enough: bool


def policy_signs(policy: Policy) -> PolicySigns:
    """Whether a document says anything about handling personal data, and whether it is titled so.

    A licence agreement with a privacy chapter handles data; a page of news that ends with a link
    to the policy does not. A short notice needs one such statement, a longer document two; one
    that calls itself a privacy notice is taken at its word, since plain words ("we write down your
    name") are no formula that could be counted.
    """
    shadow = Shadow(policy.text, traditional=policy.language == "zh-hant")
    handling = _HANDLING["zh" if policy.language.startswith("zh") else "en"]
    statements = sum(1 for _ in islice(handling.finditer(shadow.text), _COUNTED))
    wanted = 1 if len(policy.text) < _SHORT_NOTICE else 2
    titled = _titled(policy)
    # A page that calls itself the policy and goes on is one, however plainly it speaks; one that
    # does not, and does not speak to its reader either, may be news of what others do.
    spoken = titled or _ADDRESSED.search(shadow.text) is not None
    reported = _NEWS_TITLE.search(policy.title) or _REPORTED.search(shadow.text)
    enough = statements >= wanted and bool(spoken or not reported)
    enough = enough or (titled and len(policy.text) >= _TITLED_ENOUGH)
    # A list of third parties may hold nothing but fields.
    enough = enough or len(party_fields(Reading(policy, ()))) >= _FIELDS_OF_A_LIST
    return PolicySigns(titled, statements, enough)


def _titled(policy: Policy) -> bool:
    beginning = (
        b
        for b in policy.blocks[:_TITLE_BLOCKS]
        if len(b.span) <= (_HEADING_LENGTH if b.level else _TITLE_LENGTH)
    )
    # A menu's link to the policy is no title.
    own = (
        b for b in beginning if b.level or not any(x.span.overlaps(b.span) for x in policy.links)
    )
    titles = (policy.title, *(policy.quote(b.span) for b in own))
    return any(_POLICY_TITLE.search(Shadow(t).text) for t in titles)


_COUNTED = 10
_NEWS_TITLE = re.compile(r"新闻|资讯|报道|\b(?:news|press)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"记者|据悉|获悉|被罚|通报批评|责令整改|\b(?:press release|reporters?|was fined|were fined)\b"
)
_ADDRESSED = re.compile(
    r"我们|我司|我方|本(?:公司|平台|应用|app|软件|产品|网站|站|小程序|协议|政策|声明|人)|[您你]"
    r"|\b(?:we|our|us|you|your|this (?:app|site|website|policy|notice|agreement))\b"
)
# Characters; menus and notices that only name the policy are shorter.
_TITLED_ENOUGH = 400
# Who, and two of why, how, what and where to ask: a form or a price list asks for fewer.
_FIELDS_OF_A_LIST = 3
_TITLE_BLOCKS, _TITLE_LENGTH, _HEADING_LENGTH = 12, 60, 120
_POLICY_TITLE = re.compile(
    r"隐私(?:权)?(?:保护)?(?:政策|声明|条款|协议|指引|须知|说明|通知|公告|告知|规则|守则|约定|承诺)"
    r"|隱私(?:權)?(?:保護)?(?:政策|聲明|條款|權)|私隱(?:政策|聲明)"
    r"|(?:个人|患者|观众|客户|宾客|用户)信息(?:的?处理|保护|收集)?[^，。]{0,8}(?:政策|声明|规则|指引|告知|说明|须知|告示|守则)"
    r"|個人資料[^，。]{0,8}(?:政策|聲明|告知)"
    r"|privacy (?:policy|notice|statement|terms|guide|information|charter|commitment)"
    r"|data protection (?:policy|notice|statement)"
    r"|(?:^|[:|–-] ?|\b(?:your|guest|player|customer|student) )privacy(?: (?:at|in|for|with)\b|$)"
    r"|how we (?:treat|handle|use|protect|collect|look after)[^.]{0,30}(?:information|data)"
    r"|(?:sdk|第三方)[^，。]{0,12}(?:目录|清单|列表)"
)
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
        r"\b(?:collect|use|process|shar|disclos|stor|transfer|receiv|provid|retain|protect|access"
        r"|keep|record)\w*"
        r"\b[^.\n]{0,80}\b(?:personal(?:ly)? (?:information|data|identif\w+)|your (?:\w+ ){0,3}"
        r"(?:information|data|name|e-?mail|phone|address|number|location)|user (?:information|data)"
        r"|cookies?|device (?:information|data|model|id)|location data|phone numbers?"
        r"|e-?mail address\w*|ip address\w*)"
        r"|\b(?:personal (?:information|data)|your (?:\w+ ){0,3}(?:information|data))\b[^.\n]{0,80}"
        r"\b(?:collect|use|process|shar|disclos|stor|transfer|receiv|retain|protect)\w*"
    ),
}
