"""Where a policy sends its reader to another document for what it does not say itself.

GUIDELINE, "Deferral". Works without spaCy: a policy that never names the vendor may still defer
to a list that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urldefrag

from linter.classify.binding import Unit
from linter.classify.mentions import names_vendor
from linter.classify.reading import Reading
from linter.classify.shadow import Shadow
from linter.disclosure import Deferral, Kind
from linter.document import Block, BlockKind, Link, Policy, Span
from linter.vendors import Vendor

_TITLE = re.compile(r"《([^《》\n]{2,60})》")
# What a title must say to be a list of third parties, by language.
_PARTIES = {
    "zh": re.compile(
        r"第三方|sdk|合作|共享|合作方|服务商|供应商|接收方|委托|受托|插件|外部|伙伴|工具包|承办"
    ),
    "en": re.compile(r"third|sdk|partner|shar|vendor|provider|processor|recipient|supplier"),
}
_LIST = {
    "zh": re.compile(
        r"清单|目录|列表|名单|名录|名册|一览|明细|栏目|专栏|共享|汇总|说明$|表(?=$|[》」\"'])"
    ),
    "en": re.compile(r"\blist|directory|inventory|catalog|overview|\btable of"),
}
# A list that is described, not titled; and words that say it stands in this document.
_DESCRIBED = {
    "zh": re.compile(
        r"(?:第三方|合作(?:方|伙伴|机构|单位)?|sdk|服务商|供应商|受托)[^，。;；《》\s]{0,14}"
        r"(?:清单|目录|列表|名单|名录|名册|一览|栏目|专栏)"
    ),
    "en": re.compile(
        r"\b(?:list|directory|inventory|overview|catalog(?:ue)?) of [^.;]{0,40}?\b(?:"
        r"third[ -]part\w+|partners?|providers?|vendors?|processors?|recipients?|suppliers?|"
        r"sdks?)\b"
    ),
}
_HERE = {
    "zh": re.compile(r"以下|下列|如下|下表|下图|如图|附件|下方"),
    "en": re.compile(
        r"\b(?:below|following|as follows|above|annex|appendix|schedule"
        r"|this (?:policy|notice|section))\b"
    ),
}
_QUOTES = "《》\"' "
_TITLE_LENGTH = 160
_NEAR = 24  # characters from the verb that sends to the list
_FIELD_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CONTACT, re.compile(r"联系(?:方式|电话)|contact (?:details|information)", re.I)),
    (Kind.PURPOSE, re.compile(r"目的|用途|purpose", re.I)),
    (
        Kind.METHOD,
        re.compile(r"方式(?<!联系方式)|method|manner", re.I),
    ),
    (
        Kind.SCOPE,
        re.compile(
            r"信息(?:的)?(?:种类|类型|类别|范围|字段)|范围|种类|categories|types of|scope", re.I
        ),
    ),
    (
        Kind.NAME,
        re.compile(
            r"(?:第三方|合作方|接收方|sdk|公司|主体)?名称|identit|names? of",
            re.I,
        ),
    ),
    (Kind.POLICY, re.compile(r"隐私(?:政策|条款|声明|链接)|privacy polic", re.I)),
)
# Plain words for a field name it only beside another: alone they tell what the list is about.
_PLAIN_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NAME, re.compile(r"哪家公司|是谁|叫什么|\bwho (?:they|it) (?:are|is)")),
    (Kind.PURPOSE, re.compile(r"为(?:什么|何)|[做干]什么|\bwhy\b")),
    (Kind.METHOD, re.compile(r"(?:怎么|如何)(?:收集|处理|共享|传)|\bhow (?:they|it)\b")),
    (
        Kind.SCOPE,
        re.compile(
            r"(?:收集|共享|获取|处理|涉及)的(?:个人)?(?:信息|数据)|所涉(?:个人)?(?:信息|数据)|(?:哪些|什么)(?:个人)?(?:信息|数据)"
            r"|\b(?:what|which) (?:data|information)"
        ),
    ),
)
_FIELD_KINDS = {
    "vendor-name": Kind.NAME,
    "contact": Kind.CONTACT,
    "purpose": Kind.PURPOSE,
    "method": Kind.METHOD,
    "scope": Kind.SCOPE,
    "policy": Kind.POLICY,
}


def deferrals(reading: Reading, units: Iterable[Unit], vendor: Vendor) -> Iterator[Deferral]:
    """References to lists that could name the vendor's fields, own cells that defer first."""
    units = list(units)
    own = list(_own(reading, units, vendor))
    linked = list(_linked_fields(reading, units, own=bool(own)))
    yield from (*own, *linked)
    yield from _general(reading, vendor)
    yield from _pictured(reading)


def _linked_fields(reading: Reading, units: list[Unit], *, own: bool) -> Iterator[Deferral]:
    """A lead-in that says which fields the linked pages of its list state.

    It speaks for the vendor's own entry if a cell of that entry sends the reader to its link.
    """
    if not units:
        return
    first = min(u.binding.block for u in units)
    pattern = reading.lexicon.patterns["linked-fields"]
    for block in reading.policy.blocks[max(0, first - _LEAD_BLOCKS) : first]:
        for span in reading.sentences(block.span):
            if pattern.search(reading.shadow_of(span).text):
                kinds = _named_fields(reading, span) - {Kind.NAME, Kind.POLICY}
                title = reading.quote(span)[:40]
                yield Deferral(span, block.index, title, None, kinds, own=own)


# A list's lead-in stands at most this many blocks above the vendor's entry: a long table's
# rows lie between.
_LEAD_BLOCKS = 60


def _own(reading: Reading, units: list[Unit], vendor: Vendor) -> Iterator[Deferral]:
    pattern = reading.lexicon.patterns["see-link"]
    listed = reading.lexicon.patterns["list-in-own"]
    for unit in units:
        kinds = {_FIELD_KINDS[f] for f in unit.fields if f in _FIELD_KINDS}
        text = reading.shadow_of(unit.span).text
        if not kinds or kinds == {Kind.POLICY} or len(text) > 60:
            continue
        if pattern.search(text) or listed.search(text):
            links = [x for x in reading.links(unit.span) if not _vendor_link(x, vendor)]
            href = links[0].href if links else None
            yield Deferral(
                unit.span,
                unit.binding.block,
                reading.quote(unit.span)[:40],
                href,
                frozenset(kinds),
                own=True,
            )


def _general(reading: Reading, vendor: Vendor) -> Iterator[Deferral]:
    headings = _headings(reading)
    for block in reading.policy.blocks:
        text = reading.shadow_of(block.span).text
        if not (_LIST[reading.language].search(text) or _ANNEX.search(text)):
            continue
        label = text[: block.key.end - block.span.start] if block.key else ""
        if reading.lexicon.patterns["list-other-kind"].search(label):
            continue
        for span in reading.sentences(block.span):
            found = list(_in_sentence(reading, span, vendor))
            for title, href, at in found or _described_link(reading, block, vendor):
                if _norm(title) in headings or _same_document(href, reading):
                    continue
                href = href or _nearby_address(reading, block, at, vendor)
                named = reading.quote(at).strip(_QUOTES)
                yield Deferral(at, block.index, named, href, _named_fields(reading, span))


def _pictured(reading: Reading) -> Iterator[Deferral]:
    """Lists of third parties that are announced or titled and then shown as a picture."""
    blocks = reading.policy.blocks
    for n in reading.policy.pictures:
        # What is told of the picture itself follows it as hidden text.
        block, after = blocks[n], [b for b in blocks[n + 1 : n + 4] if not b.hidden][:1]
        spans = list(reading.sentences(block.span))
        if block.cell is not None or not spans or any(_goes_on(reading, b) for b in after):
            continue
        text = reading.shadow_of(spans[-1]).text
        if _is_list(reading, text) or _announces(reading, text):
            title = reading.quote(spans[-1])[:40]
            yield Deferral(spans[-1], n, title, None, frozenset(), picture=True)


def _announces(reading: Reading, text: str) -> bool:
    other = reading.lexicon.patterns["list-other-kind"].search(text)
    said = _HERE[reading.language].search(text) and _PARTIES[reading.language].search(text)
    return bool(said) and not other and len(text) <= _TITLE_LENGTH


def _goes_on(reading: Reading, block: Block) -> bool:
    """Whether a block is itself of a list of third parties."""
    if block.kind in (BlockKind.TABLE_CELL, BlockKind.LIST_ITEM, BlockKind.KEY_VALUE):
        return True
    return bool(_NAMED_PARTY[reading.language].search(reading.shadow_of(block.span).text))


_Reference = tuple[str, str | None, Span]


def _in_sentence(reading: Reading, span: Span, vendor: Vendor) -> Iterator[_Reference]:
    """A sentence's references to lists: (title, address, span) each."""
    shadow = reading.shadow_of(span)
    text = shadow.text
    sends = reading.lexicon.patterns["send"].search(text)
    linked: list[Span] = []
    for link in reading.links(span):
        title = reading.shadow_of(link.span).text.strip(_QUOTES)
        if _is_list(reading, title) and not _vendor_link(link, vendor):
            linked.append(link.span)
            yield title, link.href, link.span
    titled = list(_TITLE.finditer(text)) if sends else []
    for match in titled:
        at = shadow.span(*match.span())
        if _is_list(reading, match.group(1)) and not any(at.overlaps(x) for x in linked):
            yield match.group(1), None, at
    named = linked or any(_LIST[reading.language].search(m.group(1)) for m in titled)
    if sends and not named and not _stands_here(reading, text):
        yield from _annexed(reading, shadow) or _untitled(reading, shadow, sends.end())


_ANNEX = re.compile(
    r"(?:附件|附录|附表)[一二三四五六七八九十\d]{0,2}|\b(?:annex|appendix|schedule)\s+[a-z\d]{1,3}\b"
)


def _stands_here(reading: Reading, text: str) -> bool:
    """Whether a sentence says that the list stands in this document."""
    if _ANNEX.search(text):
        return all(_is_annexed(reading, m.group()) for m in _ANNEX.finditer(text))
    return bool(_HERE[reading.language].search(text))


def _is_annexed(reading: Reading, name: str) -> bool:
    """Whether a line of the document begins with an annex's name, as its title does."""
    for block in reading.policy.blocks:
        head = Span(block.span.start, min(block.span.end, block.span.start + _TITLE_LENGTH))
        text = reading.shadow_of(head).text.lstrip("《【( ")
        if text.startswith(name) and (block.level or len(block.span) <= _ANNEX_TITLE):
            return True
    return False


# Characters; the title of an annex is no longer.
_ANNEX_TITLE = 40


def _annexed(reading: Reading, shadow: Shadow) -> list[_Reference]:
    """An annex on third parties that the document does not hold."""
    annex = _ANNEX.search(shadow.text)
    if annex is None or not _PARTIES[reading.language].search(shadow.text):
        return []
    if reading.lexicon.patterns["list-other-kind"].search(shadow.text):
        return []
    return [(annex.group(), None, shadow.span(*annex.span()))]


# What a link says that leads to the thing named beside it.
_POINTS = re.compile(
    r"(?:请)?(?:点击|查看|详见|阅读|访问|查阅|打开|前往){0,6}(?:此处|这里|此|链接|查看|详情|更多|网页|页面|网址){0,6}"
    r"|(?:click\s+)?(?:here|this\s+(?:link|page)|link|view|details|see\s+more|learn\s+more)"
)
# Characters on either side of a list's name in which its link is looked for.
_AROUND = 1_000
_WRITTEN = re.compile(r"https?://[^\s<>\"'，。；、（）《》“”]{4,500}", re.IGNORECASE)


def _nearby_address(reading: Reading, block: Block, at: Span, vendor: Vendor) -> str | None:
    """Where a list named without a link of its own stands: a pointing link or address after it.

    "… the list of partners, see here": the first such one behind the name in its block, or before
    it in the block ("click here to read the list …").
    """
    near = Span(max(block.span.start, at.start - _AROUND), min(block.span.end, at.end + _AROUND))
    links = reading.links(near)
    addresses = [
        (link.span.start, link.href)
        for link in links
        if _POINTS.fullmatch(reading.shadow_of(link.span).text.strip("《》<>【】()[]\"' "))
        or _WRITTEN.match(reading.quote(link.span))
    ]
    for match in _WRITTEN.finditer(reading.quote(near)):
        start = near.start + match.start()
        if not any(x.span.start <= start < x.span.end for x in links):
            addresses.append((start, match.group().rstrip(".,;:!?)")))
    theirs = [
        (n, href) for n, href in sorted(addresses) if not names_vendor(href, vendor.web.domains)
    ]
    after = [href for n, href in theirs if n >= at.end]
    return after[0] if after else (theirs[-1][1] if theirs else None)


def _untitled(reading: Reading, shadow: Shadow, sent: int) -> Iterator[_Reference]:
    """A list that the sentence describes instead of naming: "a list of our partners … here"."""
    if reading.language == "zh":
        # What is sent to mostly follows the verb; a list may also be what the sentence is about.
        found = _DESCRIBED["zh"].search(shadow.text, sent)
        if found is None or found.start() - sent >= _NEAR:
            found = _DESCRIBED["zh"].match(shadow.text)
    else:
        # In English what is sent to may stand on either side of the verb.
        found = _DESCRIBED["en"].search(shadow.text)
    if found is not None and _is_list(reading, found.group()):
        yield found.group(), None, shadow.span(*found.span())


def _described_link(reading: Reading, block: Block, vendor: Vendor) -> Iterator[_Reference]:
    """A line that describes a list, its link in the line or cell after it."""
    following = reading.policy.blocks[block.index + 1 : block.index + 2]
    link = next((x for b in following for x in reading.links(b.span) if x.span == b.span), None)
    title = reading.shadow_of(block.span).text
    if link is None or len(title) > _TITLE_LENGTH or _vendor_link(link, vendor):
        return
    described = _DESCRIBED[reading.language].search(title)
    if described is not None and _is_list(reading, described.group()):
        yield title, link.href, block.span


_NAMED_PARTY = {
    "zh": re.compile(r"sdk|第三方|有限公司|有限责任公司|合作方|接收方|受托方|服务商"),
    "en": re.compile(r"\bsdks?\b|third[- ]part|provider|processor|\b(?:inc|ltd|llc|gmbh|corp)\b"),
}


def lists_parties(policy: Policy) -> bool:
    """Whether a document could be a list of third parties, not an error page or a home page."""
    reading = Reading(policy, ())
    pattern = _NAMED_PARTY[reading.language]
    named = (b for b in policy.blocks if pattern.search(reading.shadow_of(b.span).text))
    return sum(1 for _ in islice(named, _NAMED_PARTIES)) == _NAMED_PARTIES


_NAMED_PARTIES = 2


def _is_list(reading: Reading, title: str) -> bool:
    language = reading.language
    if not 3 <= len(title) <= 70 or reading.lexicon.patterns["list-other-kind"].search(title):
        return False
    return bool(_LIST[language].search(title) and _PARTIES[language].search(title))


def _vendor_link(link: Link, vendor: Vendor) -> bool:
    return names_vendor(link.href, vendor.web.domains)


def _same_document(href: str | None, reading: Reading) -> bool:
    """A link within the page: to a fragment alone."""
    return href is not None and (href.startswith("#") or urldefrag(href)[0] == "")


def _headings(reading: Reading) -> set[str]:
    """Titles that stand as a heading or a line of their own: such a list is reproduced here."""
    out = set()
    leads_away = {
        _norm(reading.shadow_of(x.span).text)
        for x in reading.policy.links
        if not x.href.startswith("#")
    }
    for block in reading.policy.blocks:
        if len(block.span) <= 60:
            out.add(_norm(reading.shadow_of(block.span).text))
    return out - leads_away


_NUMBER = re.compile(r"^(?:附件|附录|附表)?[\d一二三四五六七八九十.、()：:\s]+")


def title_key(title: str) -> str:
    """A title by which a list is known wherever it is named: no numbers, quotes or spaces."""
    return _norm(Shadow(title).text)


def _norm(title: str) -> str:
    return _NUMBER.sub("", re.sub(r"[\s《》\"'：:]", "", title))


def _named_fields(reading: Reading, span: Span) -> frozenset[Kind]:
    """The fields that the sentence says stand on the other page; empty if it names none."""
    text = _TITLE.sub("", reading.shadow_of(span).text)
    kinds = {kind for kind, pattern in _FIELD_WORDS if pattern.search(text)}
    if kinds:
        kinds |= {kind for kind, pattern in _PLAIN_WORDS if pattern.search(text)}
    return frozenset(kinds)
