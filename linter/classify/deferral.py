"""Where a policy sends its reader to another document for what it does not say itself.

GUIDELINE, "Deferral". Works without spaCy: a policy that never names the vendor may still defer
to a list that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag

from linter.classify.binding import Unit
from linter.classify.lists import (
    DESCRIBED,
    LIST,
    PARTIES,
    goes_on,
    is_list,
    is_titled_list,
    norm,
    reproduced,
)
from linter.classify.mentions import names_vendor
from linter.classify.reading import Reading
from linter.classify.sending import ANNEX, HERE, leads_to_parties, sends, sent_to
from linter.classify.shadow import Shadow
from linter.disclosure import Deferral, Kind
from linter.document import Block, Link, Span
from linter.vendors import Vendor

_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_QUOTES = "《》\"' "
_TITLE_LENGTH = 160
_FIELD_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.CONTACT,
        re.compile(
            r"联系(?:方式|电话)|contact (?:details|information)|(?:telephone|phone) numbers?\b"
            r"|e-?mail address",
            re.I,
        ),
    ),
    (Kind.PURPOSE, re.compile(r"目的|用途|purpose", re.I)),
    (
        Kind.METHOD,
        re.compile(
            r"方式(?<!联系方式)|method|manner|\bmeans (?:of|by)\b|\bmodes? of\b|\bways? in which\b"
            r"|\bways? (?:that )?(?:they|it|each|the|data|information)\b"
            r"|\bways? of (?:processing|sharing|collecting)\b",
            re.I,
        ),
    ),
    (
        Kind.SCOPE,
        re.compile(
            r"信息(?:的)?(?:种类|类型|类别|范围|字段)|范围|种类|categories|(?:types|kinds) of"
            r"|scope",
            re.I,
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
    here = reproduced(reading)
    index = is_titled_list(reading)
    for block in reading.policy.blocks:
        if not _speaks_of_parties(reading, block):
            continue
        spans = reading.sentences(block.span)
        sentences = [(s, list(_in_sentence(reading, block, s, vendor))) for s in spans]
        if not any(found for _, found in sentences):
            labelled = [
                *_labelled_link(reading, block, vendor),
                *_part(reading, block, index=index),
            ]
            sentences = [(block.span, labelled[:1])]
        for span, found in sentences:
            for title, href, at in found:
                stands_here = norm(title) in here and is_list(reading, title)
                if stands_here or _same_document(href, reading) or _to_vendor(href, vendor):
                    continue
                href = href or _nearby_address(reading, block, at, vendor)
                named = reading.quote(at).strip(_QUOTES)
                yield Deferral(at, block.index, named, href, _named_fields(reading, span))


def _speaks_of_parties(reading: Reading, block: Block) -> bool:
    """Whether a block may hold a reference, and its label is not that of another kind of list."""
    text = reading.shadow_of(block.span).text
    if not (_MAY_REFER[reading.language].search(text) or ANNEX.search(text)):
        return False
    label = text[: block.key.end - block.span.start] if block.key else ""
    return not reading.lexicon.patterns["list-other-kind"].search(label)


_MAY_REFER = {
    "zh": re.compile(f"{LIST['zh'].pattern}|{PARTIES['zh'].pattern}|哪些|何种|谁"),
    "en": re.compile(rf"{LIST['en'].pattern}|{PARTIES['en'].pattern}|\b(?:which|whom?|identit)"),
}


def _pictured(reading: Reading) -> Iterator[Deferral]:
    """Lists of third parties that are announced or titled and then shown as a picture."""
    blocks = reading.policy.blocks
    for n in reading.policy.pictures:
        # What is told of the picture itself follows it as hidden text.
        block, after = blocks[n], [b for b in blocks[n + 1 : n + 4] if not b.hidden][:1]
        spans = list(reading.sentences(block.span))
        if block.cell is not None or not spans or any(goes_on(reading, b) for b in after):
            continue
        text = reading.shadow_of(spans[-1]).text
        if is_list(reading, text) or _announces(reading, text):
            title = reading.quote(spans[-1])[:40]
            yield Deferral(spans[-1], n, title, None, frozenset(), picture=True)


def _announces(reading: Reading, text: str) -> bool:
    other = reading.lexicon.patterns["list-other-kind"].search(text)
    said = HERE[reading.language].search(text) and PARTIES[reading.language].search(text)
    return bool(said) and not other and len(text) <= _TITLE_LENGTH


_Reference = tuple[str, str | None, Span]


def _in_sentence(
    reading: Reading, block: Block, span: Span, vendor: Vendor
) -> Iterator[_Reference]:
    """A sentence's references to lists: (title, address, span) each."""
    shadow = reading.shadow_of(span)
    text = shadow.text
    links = [x for x in reading.links(span) if not _vendor_link(x, vendor)]
    verb = sends(reading, text)
    linked: list[Span] = []
    for link in links:
        title = reading.shadow_of(link.span).text.strip(_QUOTES)
        if is_list(reading, title) or _leads_to_parties(reading, span, link, title):
            linked.append(link.span)
            yield title, link.href, link.span
    titled = list(_TITLE.finditer(text)) if verb else []
    for match in titled:
        at = shadow.span(*match.span())
        if is_list(reading, match.group(1)) and not any(at.overlaps(x) for x in linked):
            yield match.group(1), None, at
    named = linked or any(LIST[reading.language].search(m.group(1)) for m in titled)
    if not verb or named or _stands_here(reading, text):
        return
    if annexed := _annexed(reading, shadow):
        yield from annexed
        return
    pointed = bool(links) or bool(_WRITTEN.search(reading.quote(span)))
    for at in sent_to(reading, shadow, _before(reading, block, span), pointed=pointed):
        href = next((x.href for x in links if x.span.overlaps(at)), None)
        yield reading.shadow_of(at).text, href, at


def _leads_to_parties(reading: Reading, span: Span, link: Link, title: str) -> bool:
    if link.span.start <= span.start:
        return False
    before = reading.shadow_of(Span(span.start, link.span.start)).text
    return leads_to_parties(reading, before, title) and not _stands_here(
        reading, reading.shadow_of(span).text
    )


def _before(reading: Reading, block: Block, span: Span) -> str:
    """What a sentence may point back to: its block before it, else the block or heading above."""
    begun = Span(max(block.span.start, span.start - _AROUND), span.start)
    if not reading.quote(begun).strip() and block.index:
        begun = reading.policy.blocks[block.index - 1].span
    return reading.shadow_label(reading.quote(begun)[-_AROUND:])


def _stands_here(reading: Reading, text: str) -> bool:
    """Whether a sentence says that the list stands in this document."""
    if ANNEX.search(text):
        return all(_is_annexed(reading, m.group()) for m in ANNEX.finditer(text))
    return bool(HERE[reading.language].search(text))


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
    annex = ANNEX.search(shadow.text)
    if annex is None or not PARTIES[reading.language].search(shadow.text):
        return []
    if reading.lexicon.patterns["list-other-kind"].search(shadow.text):
        return []
    return [(annex.group(), None, shadow.span(*annex.span()))]


# What a link says that leads to the thing named beside it.
_POINTS = re.compile(
    r"(?:请)?(?:点击|点此|查看|详见|见|阅读|访问|查阅|打开|前往|下载){0,6}"
    r"(?:此处|这里|此|链接|查看|详情|更多|网页|页面|网址|附件|下载|全文|完整版){0,6}"
    r"|(?:click\s+|see\s+(?:the\s+)?)?(?:here|this\s+(?:link|page)|link|view|details|see\s+more"
    r"|learn\s+more|more|download|website)"
    r"|[^\s/]{1,60}\.(?:xlsx?|pdf|docx?|html?|md)"
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


def _labelled_link(reading: Reading, block: Block, vendor: Vendor) -> Iterator[_Reference]:
    """A line, label or cell that names a list, its link in what follows it."""
    text = reading.shadow_of(block.span).text
    value, label = block.span, text
    if block.key is not None and block.value is not None:
        value, label = block.value, reading.shadow_of(block.key).text
    else:
        following = reading.policy.blocks[block.index + 1 : block.index + 2]
        value = following[0].span if following else Span(0, 0)
    link = next((x for x in reading.links(value) if not _vendor_link(x, vendor)), None)
    if link is None or not (link.span == value or _only_points(reading, value)):
        return
    described = DESCRIBED[reading.language].search(label)
    listed = len(label) <= _TITLE_LENGTH and described and is_list(reading, described.group())
    field = (block.cell is not None or block.key is not None) and not _in_policy_row(reading, block)
    if listed or (field and _PARTY_LABEL[reading.language].fullmatch(label.strip(_MARKS))):
        yield label, link.href, block.span


def _in_policy_row(reading: Reading, block: Block) -> bool:
    """Whether a cell stands beside one for the policy of the row's own party: no list is there."""
    cell, after = block.cell, reading.policy.blocks[block.index + 1 : block.index + 2]
    beside = after[0].cell if after else None
    if cell is None or beside is None or beside.vertical:
        return False
    return "policy" in reading.fields(beside.column_header)


def _only_points(reading: Reading, span: Span) -> bool:
    text = reading.shadow_of(span).text.strip(_MARKS)
    return bool(_POINTS.fullmatch(text) or _WRITTEN.fullmatch(text))


_MARKS = "《》<>【】()[]\"':：,，.。 "
# A label that stands for all third parties, its value a link: "第三方SDK | 详见链接".
_PARTY_LABEL = {
    "zh": re.compile(
        r"(?:我们)?(?:接入|集成|嵌入|使用|合作|涉及)?的?(?:第三方|合作(?:方|伙伴|机构)|sdk|服务商|供应商"
        r"|服务|信息|共享|情况|详情|说明|[及和与/、]){1,6}"
    ),
    "en": re.compile(
        r"(?:our )?(?:third[- ]part(?:y|ies)|partners|sdks?|sub-?processors|vendors"
        r"|service providers)"
        r"(?: (?:sdks?|services|partners|sharing|information|and|providers|details)){0,3}"
    ),
}


def _part(reading: Reading, block: Block, *, index: bool) -> Iterator[_Reference]:
    """A link of a list's index to one of the lists it is made of: "iOS端第三方SDK"."""
    link = next((x for x in reading.links(block.span) if x.span == block.span), None)
    if not index or link is None or reading.others(block.span):
        return
    title = reading.shadow_of(block.span).text.strip(_MARKS)
    other = reading.lexicon.patterns["list-other-kind"].search(title)
    if not other and len(title) <= _TITLE_LENGTH and _PART[reading.language].search(title):
        yield title, link.href, block.span


_PART = {
    "zh": re.compile(r"(?:第三方|合作方?|共享).{0,12}(?:sdk|清单|目录|列表|名单)$|第三方$"),
    "en": re.compile(r"\b(?:third[- ]part(?:y|ies)(?: sdks?)?|sdks|sub-?processors|vendors)$"),
}


def _to_vendor(href: str | None, vendor: Vendor) -> bool:
    return href is not None and names_vendor(href, vendor.web.domains)


def _vendor_link(link: Link, vendor: Vendor) -> bool:
    return names_vendor(link.href, vendor.web.domains)


def _same_document(href: str | None, reading: Reading) -> bool:
    """A link within the page: to a fragment alone."""
    return href is not None and (href.startswith("#") or urldefrag(href)[0] == "")


def _named_fields(reading: Reading, span: Span) -> frozenset[Kind]:
    """The fields that the sentence says stand on the other page; empty if it names none."""
    text = _TITLE.sub("", reading.shadow_of(span).text)
    kinds = {kind for kind, pattern in _FIELD_WORDS if pattern.search(text)}
    if kinds:
        kinds |= {kind for kind, pattern in _PLAIN_WORDS if pattern.search(text)}
    return frozenset(kinds)
