"""Lists of third parties: what they are called, and whether a document holds one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from linter.classify.lexicon import fields_of
from linter.classify.reading import Reading
from linter.classify.shadow import Shadow
from linter.document import Block, BlockKind, Policy

# What a title must say to be a list of third parties, by language.
PARTIES = {
    "zh": re.compile(
        r"第三方|sdk|合作|共享|合作方|服务商|供应商|接收方|委托|受托|插件|外部|伙伴|工具包|承办"
    ),
    "en": re.compile(r"third|sdk|partner|shar|vendor|provider|processor|recipient|supplier"),
}
LIST = {
    "zh": re.compile(
        r"清单|目录|列表|名单|名录|名册|通讯录|一览|明细|栏目|专栏|共享|汇总|公示|披露$"
        r"|(?<!隐私)(?<!安全)(?<!使用)说明$|表(?=$|[》」\"'])"
    ),
    "en": re.compile(r"\blist|directory|inventory|catalog|register\b|overview|\btable of"),
}
_PARTY_EN = (
    r"(?:third[ -]part(?:y|ies)|partners?|sdks?|sub-?processors?|processors?|vendors?"
    r"|providers?|suppliers?|recipients?)"
)
_LIST_EN = r"(?:list|directory|inventory|register|overview|catalog(?:ue)?)"
LIST_OF = re.compile(rf"\b{_LIST_EN} of [^.;]{{0,40}}?\b{_PARTY_EN}\b")
# A list that is described, not titled: "合作伙伴的名单", "list of partners", "vendor list".
DESCRIBED = {
    "zh": re.compile(
        r"(?:第三方|合作(?:方|伙伴|机构|单位)?|sdk|(?:服务|供应)商|(?:接收|受托)方?|信息共享)"
        r"[^，。;；《》\s]{0,14}(?:清单|目录|列表|名单|名录|名册|一览|栏目|专栏)"
    ),
    "en": re.compile(
        rf"{LIST_OF.pattern}"
        rf"|\b{_PARTY_EN}'?s?(?:[ -](?!list\b|and\b|or\b|to\b|wh|that\b|may\b|will\b|can\b|are\b"
        rf"|is\b|we\b|you\b|in\b|on\b)[a-z][\w-]{{1,20}}){{0,3}}[ -]{_LIST_EN}\b"
        rf"(?![ -](?:your|their|a|an|the|homes?|houses?|propert\w+|prices?)\b)"
    ),
}
_NAMED_PARTY = {
    "zh": re.compile(r"sdk|第三方|有限公司|有限责任公司|合作方|接收方|受托方|服务商"),
    "en": re.compile(r"\bsdks?\b|third[- ]part|provider|processor|\b(?:inc|ltd|llc|gmbh|corp)\b"),
}
_DATED = re.compile(r"更新|生效|发布|版本|日期|updated|effective|version|\bdate\b")
# Lines at the foot of any page: whose it is, and its registration.
_FOOT = re.compile(r"版权所有|备案|公网安备|icp|copyright|all rights reserved|©")


def is_list(reading: Reading, title: str) -> bool:
    """Whether a title in normal form is that of a list of third parties like the vendor."""
    language = reading.language
    if not 3 <= len(title) <= 70 or reading.lexicon.patterns["list-other-kind"].search(title):
        return False
    return bool(LIST[language].search(title) and PARTIES[language].search(title))


_NUMBERS = r"[\d一二三四五六七八九十.、()：:\s]"
_NUMBER = re.compile(rf"^(?:(?:附件|附录|附表){_NUMBERS}*|{_NUMBERS}+)")


def title_key(title: str) -> str:
    """A title by which a list is known wherever it is named: no numbers, quotes or spaces."""
    return norm(Shadow(title).text)


def norm(title: str) -> str:
    """The same of a title in normal form."""
    return _NUMBER.sub("", re.sub(r"[\s《》\"'：:]", "", title))


def goes_on(reading: Reading, block: Block) -> bool:
    """Whether a block that follows a list's title or lead-in is itself of the list."""
    if block.key is not None:
        # The date of the page, or how to reach the developer, may follow a list that is a picture.
        label = reading.shadow_of(block.key).text
        return not _DATED.search(label) and fields_of(label) != ("contact",)
    if block.items or block.kind in (BlockKind.TABLE_CELL, BlockKind.LIST_ITEM):
        return True
    return bool(_NAMED_PARTY[reading.language].search(reading.shadow_of(block.span).text))


# -- lists that stand in the document


def reproduced(reading: Reading) -> set[str]:
    """Titles, as ``norm`` gives them, of lists that the document itself holds.

    They stand as a heading or a line of their own, and the list goes on after it: a title alone,
    or with no more than a link, is that of a list which stands elsewhere.
    """
    blocks = reading.policy.blocks
    return {
        norm(reading.shadow_of(b.span).text)
        for b in blocks
        if _is_title_line(b) and not _leads_away(reading, b) and _is_followed(reading, b)
    }


def _is_title_line(block: Block) -> bool:
    """Whether a block may be a title; a cell is one if it stands over several columns."""
    return len(block.span) <= _TITLE_LINE and (block.cell is None or block.cell.column_span > 1)


def _leads_away(reading: Reading, block: Block) -> bool:
    return any(
        x.span == block.span and not x.href.startswith("#") for x in reading.links(block.span)
    )


def _is_followed(reading: Reading, title: Block) -> bool:
    length = 0
    for block in _content(reading, title):
        sends = reading.lexicon.patterns["send"].search(reading.shadow_of(block.span).text)
        if block.cell is None and (sends or _is_link(reading, block)):
            continue
        if goes_on(reading, block) or reading.others(block.span):
            return True
        length += len(block.span)
    return length > _OWN_TEXT


def _content(reading: Reading, title: Block) -> Iterable[Block]:
    """What stands under a title, as far as it could be the beginning of its list."""
    blocks = reading.policy.blocks[title.index + 1 : title.index + 1 + _UNDER]
    for block in blocks:
        above = block.level and (not title.level or block.level <= title.level)
        beside = bool(title.items) and block.items[: len(title.items)] != title.items
        if above or beside or (title.cell is not None and block.cell is None):
            return
        if not block.hidden:
            yield block


def _is_link(reading: Reading, block: Block) -> bool:
    return any(x.span == block.span for x in reading.links(block.span))


# Characters: of a title on a line of its own, of text that is more than a remark on a list; and
# how many blocks under a title are looked at.
_TITLE_LINE, _OWN_TEXT, _UNDER = 60, 400, 12


# -- documents that are lists


def is_titled_list(reading: Reading) -> bool:
    """Whether a document's title, or a line at its beginning, is that of a list."""
    head = (reading.quote(b.span) for b in reading.policy.blocks[:_HEAD] if len(b.span) <= 60)
    titles = (reading.shadow_label(t) for t in (reading.policy.title, *head))
    return any(is_list(reading, t) for t in titles)


def lists_parties(policy: Policy) -> bool:
    """Whether a document could be a list of third parties, not an error page or a home page.

    It has fields that such lists have, or is titled as one and names parties, or says what
    parties it names do with data.
    """
    reading = Reading(policy, ())
    if len(party_fields(reading)) >= _DIFFERENT:
        return True
    blocks = [b for b in policy.blocks if not _at_foot(reading, b)]
    titled = is_titled_list(reading) or any(b.level and _on_parties(reading, b) for b in blocks)
    named = (b for b in blocks if not b.level and _names(reading, b))
    if titled and sum(1 for _ in islice(named, _ENTRIES)) == _ENTRIES:
        return True
    entries = (b for b in blocks if _is_entry(reading, b))
    if titled and sum(1 for _ in islice(entries, _ITEMS)) == _ITEMS:
        return True
    pattern = _HANDLED[reading.language]
    return any(
        reading.others(b.span) and pattern.search(reading.shadow_of(b.span).text) for b in blocks
    )


# Blocks in which a title is looked for; entries of a list that name a company, and that do not.
_HEAD, _ENTRIES, _ITEMS = 6, 2, 3
_HANDLED = {
    "zh": re.compile(r"(?:收集|获取|采集|共享|提供|处理|使用)[^。]{0,30}(?:信息|数据|资料)"),
    "en": re.compile(
        r"\b(?:collect|shar|process|receiv|disclos|transfer|provid)\w*\b[^.]{0,60}"
        r"\b(?:information|data)\b"
    ),
}


def _at_foot(reading: Reading, block: Block) -> bool:
    return bool(_FOOT.search(reading.shadow_of(block.span).text))


def _on_parties(reading: Reading, block: Block) -> bool:
    text = reading.shadow_of(block.span).text
    other = reading.lexicon.patterns["list-other-kind"].search(text)
    return bool(PARTIES[reading.language].search(text)) and not other


def _names(reading: Reading, block: Block) -> bool:
    return bool(
        reading.others(block.span)
        or _NAMED_PARTY[reading.language].search(reading.shadow_of(block.span).text)
    )


def _is_entry(reading: Reading, block: Block) -> bool:
    """An item or a cell of a list; a link alone is one of a menu."""
    listed = block.items or block.cell is not None
    return bool(listed) and not block.hidden and not _is_link(reading, block)


def party_fields(reading: Reading) -> set[str]:
    """The fields of third parties that columns and labels have; none without one for names."""
    fields: set[str] = set()
    for block in reading.policy.blocks:
        label = block.cell.column_header if block.cell and not block.cell.header else ""
        if block.key is not None:
            label = reading.quote(block.key)
        fields.update(f for f in fields_of(label) if f in _OF_PARTIES)
    return fields if "vendor-name" in fields else set()


_OF_PARTIES = frozenset(("vendor-name", "purpose", "method", "scope", "contact", "policy"))
_DIFFERENT = 2


def continues_elsewhere(policy: Policy) -> bool:
    """Whether a list says that it has more pages, or more rows to be loaded, than stand here."""
    reading = Reading(policy, ())
    lines = [reading.shadow_of(b.span).text.strip() for b in policy.blocks if len(b.span) <= _PAGER]
    if any(_MORE.fullmatch(line) for line in lines):
        return True
    pages = [m for line in lines if (m := _PAGE.search(line))]
    counts = {int(m["all_zh"] or m["all_en"] or m["all"]) for m in pages}
    numbers = {int(n) for m in pages if (n := m["zh"] or m["en"] or m["n"])}
    # The pages of a printed document are numbered too; those are all here.
    return any(count > 1 and numbers < set(range(1, count + 1)) for count in counts)


# Characters; the words of a pager.
_PAGER = 60
_MORE = re.compile(
    r"(?:点击|上拉|下拉|继续)?加载更多(?:数据|内容)?[.…]*"
    r"|(?:load|show) more(?: results| rows| entries)?"
)
_PAGE = re.compile(
    r"(?:第(?P<zh>\d{1,3})页[,，/、\s]{0,3})?共(?P<all_zh>\d{1,3})页"
    r"|\bpage\s(?P<en>\d{1,3})\s?(?:of|/)\s?(?P<all_en>\d{1,3})\b"
    r"|^(?P<n>\d{1,3})/(?P<all>\d{1,3})页?$"
)
