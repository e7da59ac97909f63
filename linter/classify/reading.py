"""A policy being read for one vendor: its normal form, sentences, and who is named where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from linter.classify.intervals import Intervals
from linter.classify.lexicon import Lexicon, fields_of, lexicon
from linter.classify.sentences import sentence_cuts
from linter.classify.shadow import Shadow
from linter.disclosure import Mention, MentionKind
from linter.document import Block, BlockKind, Link, Policy, Span

# Characters; what a page marks as a heading may be all of it.
_HEADING = 200
# "暖屋隐私政策", "Greenfield Rentals Privacy Policy"; "暖屋（以下简称“我们”）".
_OWN_TITLE = re.compile(
    r"《?(?P<name>.{2,30}?)(?:app|应用|平台|软件)?(?:用户)?(?:隐私|私隐|个人信息|\s*\bprivacy)"
)
_OWN_NAME = re.compile(
    r"(?:^|[，。;；:：\s]|由|是)([^，。;；:：\s()《》]{2,16})\((?:以下|下称|简称)[^()]{0,8}(?:我们|本公司)"
    r"|\b([a-z][\w .&-]{1,30}?)\s?\(\"(?:we|us|our)\b"
)
# Characters at the beginning in which a policy says whose it is.
_PREAMBLE = 2_000
# How a line ends that leads a list in, how much of it is told, and how far up it is looked for.
_LEADS = (":", "：", "情形", "情况", "情况下", "following", "除外")
_LEAD = 160
_LIST_BLOCKS = 24
# A line of that length may lie between a list's items.
_SHORT = 30
# The first or the second of two parties.
_OF_PAIR = re.compile(r"[前后]者|\bthe (?:former|latter)\b")
_SUFFIX = re.compile(r"(?:sdk|插件|组件|api|服务|平台|vr|app)\)?$")


class Reading:
    """What the steps of classification ask of one document again and again, worked out once."""

    def __init__(self, policy: Policy, mentions: tuple[Mention, ...]) -> None:
        self.policy = policy
        self.mentions = mentions
        self.language = "zh" if policy.language.startswith("zh") else "en"
        self.lexicon: Lexicon = lexicon(self.language)
        self._starts = [m.span.start for m in mentions]
        self._shadows: dict[tuple[int, int], Shadow] = {}
        self._others: dict[tuple[int, int], tuple[Span, ...]] = {}
        self._sentences: dict[tuple[int, int], tuple[Span, ...]] = {}

    @cached_property
    def _traditional(self) -> bool:
        return self.policy.language == "zh-hant"

    def quote(self, span: Span) -> str:
        """The words at a span."""
        return self.policy.quote(span)

    def shadow_of(self, span: Span) -> Shadow:
        """The normal form of a span; its offsets lead back to the whole document."""
        key = (span.start, span.end)
        if key not in self._shadows:
            self._shadows[key] = Shadow(
                self.quote(span),
                offset=span.start,
                traditional=self._traditional,
                spaced=self.language == "en",
            )
        return self._shadows[key]

    def shadow_label(self, label: str) -> str:
        """A label in normal form."""
        return Shadow(label.strip(), traditional=self._traditional).text

    def label_count(self, label: str) -> int:
        """How many label lines of the document have this label."""
        return self._labels[label]

    @cached_property
    def _labels(self) -> Counter[str]:
        keys = (b.key for b in self.policy.blocks if b.cell is None)
        return Counter(self.quote(k).strip() for k in keys if k is not None)

    def fields(self, label: str) -> tuple[str, ...]:
        """The fields that a column header or label announces."""
        return fields_of(self.shadow_label(label))

    def heading_shadows(self, block: Block) -> list[str]:
        """The two innermost headings above a block, in normal form, cut to a heading's length."""
        spans = [self.policy.blocks[i].span for i in block.headings[-2:]]
        return [self.shadow_of(Span(s.start, min(s.end, s.start + _HEADING))).text for s in spans]

    def lead(self, block: Block) -> str:
        """The line that leads in what a block belongs to, in normal form, "" if none does.

        For an item or short line the nearest line above that ends in a colon, if only items of
        its list lie between; for a table's cell the line right above the table.
        """
        found = self.lead_block(block)
        if found is None:
            return ""
        text = self.shadow_of(found.span).text.rstrip()
        return text if block.cell is not None else text[-_LEAD:]

    def lead_block(self, block: Block) -> Block | None:
        """The line that ``lead`` tells of."""
        if block.cell is not None:
            return self._caption(block)
        blocks = self.policy.blocks
        mine = self._level(block)
        item = block.kind is BlockKind.LIST_ITEM or block.items or mine is not None
        points = self.lexicon.patterns["points-above"]
        if not item and points.match(self.shadow_of(block.span).text):
            # What stands behind a list and points back to it is none of its items.
            return None
        for n in range(block.index - 1, max(-1, block.index - _LIST_BLOCKS), -1):
            above = blocks[n]
            text = self.shadow_of(above.span).text.rstrip()
            level = self._level(above)
            if text.endswith(_LEADS):
                # A sibling that leads its own list in says nothing of this item.
                sibling = mine is not None and level == mine
                return None if sibling or above.cell is not None else above
            item = above.kind is BlockKind.LIST_ITEM or above.items or level is not None
            pair = above.key is not None and block.key is not None
            if above.level or not (item or pair or len(text) < _SHORT):
                return None
        return None

    def led(self, index: int) -> list[str]:
        """The items of the list that a block leads in, in normal form."""
        out: list[str] = []
        for below in self.policy.blocks[index + 1 : index + _LIST_BLOCKS]:
            item = (
                below.kind is BlockKind.LIST_ITEM or below.items or self._level(below) is not None
            )
            if below.level or below.cell is not None or not item:
                break
            out.append(self.shadow_of(below.span).text)
        return out

    def _caption(self, block: Block) -> Block | None:
        """The short line above a table: what it is a table of."""
        assert block.cell is not None
        first = self._tables[block.cell.table]
        above = self.policy.blocks[first - 1] if first else None
        if above is None or above.cell is not None or above.level:
            return None
        return above if len(self.shadow_of(above.span).text.rstrip()) <= _LEAD else None

    @cached_property
    def _tables(self) -> dict[int, int]:
        """The first block of each table."""
        cells = ((b.cell.table, b.index) for b in reversed(self.policy.blocks) if b.cell)
        return dict(cells)

    def _level(self, block: Block) -> int | None:
        """The depth of a line's own numbering, which tells siblings from parents."""
        return numbering_depth(self.quote(block.span)[:16])

    def nameless(self, span: Span) -> str:
        """A span's normal form with the vendor's names masked: one may begin like an "if"."""
        shadow = self.shadow_of(span)
        text = shadow.text
        for mention in self.names(span):
            start, end = shadow.index(mention.span.start), shadow.index(mention.span.end)
            text = text[:start] + "@" * (end - start) + text[end:]
        return text

    def names(self, span: Span) -> tuple[Mention, ...]:
        """The vendor's mentions within a span."""
        first = bisect_left(self._starts, span.start)
        return self.mentions[first : bisect_left(self._starts, span.end, first)]

    def name_across(self, offset: int) -> bool:
        """Whether a mention begins before an offset and goes on after it (lines cut a name)."""
        before = bisect_left(self._starts, offset)
        return before > 0 and self.mentions[before - 1].span.end > offset

    def links(self, span: Span) -> list[Link]:
        """The hyperlinks that share a character with a span, in order."""
        return self._links.overlapping(span.start, span.end)

    @cached_property
    def _links(self) -> Intervals[Link]:
        return Intervals(self.policy.links, lambda x: (x.span.start, x.span.end))

    def others(self, span: Span) -> tuple[Span, ...]:
        """Where a span names another company or SDK."""
        key = (span.start, span.end)
        if key not in self._others:
            self._others[key] = tuple(self._other_parties(span))
        return self._others[key]

    def _other_parties(self, span: Span) -> list[Span]:
        shadow = self.shadow_of(span)
        mine = [m.span for m in self.names(span)]
        if self.name_across(span.start):
            mine.append(self.mentions[bisect_left(self._starts, span.start) - 1].span)
        patterns = (self.lexicon.patterns["company"], self.lexicon.patterns["product"])
        out: list[Span] = []
        for pattern in (*patterns, self.lexicon.parties):
            for match in pattern.finditer(shadow.text):
                found = shadow.span(*match.span())
                words = match.group().strip("() ")
                if any(found.overlaps(m) for m in (*mine, *out)) or _generic(words):
                    continue
                out.append(found)
        out += (s for s in self._others_of_pairs(span) if not any(s.overlaps(m) for m in mine))
        return out

    def _others_of_pairs(self, span: Span) -> Iterator[Span]:
        """ "The former" where the vendor is the latter, and the reverse."""
        shadow = self.shadow_of(span)
        for match in _OF_PAIR.finditer(shadow.text) if self._pairs else ():
            yield shadow.span(*match.span())

    @cached_property
    def _pairs(self) -> bool:
        """Whether "the former" or "the latter" stands for the vendor."""
        terms = (self.shadow_of(m.span).text for m in self.mentions if m.kind is MentionKind.ALIAS)
        return any(_OF_PAIR.fullmatch(t) for t in terms)

    def developer_collects(self, text: str) -> bool:
        """Whether a normal form says that the developer, by its own name, collects."""
        return self._developer is not None and bool(self._developer.search(text))

    @cached_property
    def _developer(self) -> re.Pattern[str] | None:
        """The developer's name, from the title or where it says who "we" are, with a verb."""
        title = _OWN_TITLE.match(self.shadow_label(self.policy.title))
        head = Span(0, min(len(self.policy.text), _PREAMBLE))
        found = _OWN_NAME.finditer(self.shadow_of(head).text)
        names = {m.group(1) or m.group(2) for m in found}
        names |= {title.group(1)} if title else set()
        mine = {self.shadow_of(m.span).text for m in self.mentions}
        own = [re.escape(n.strip()) for n in names if len(n.strip()) > 1 and n.strip() not in mine]
        if not own:
            return None
        verbs = "收集|获取|采集|记录|collects?|obtains?|gathers?|records?"
        may = r"(?:app|平台|会|将|可能|需要?|也|还|仅|\s|may|will|also|can)*"
        return re.compile(rf"(?:^|[，。;；,.\s])(?:{'|'.join(own)}){may}(?:{verbs})")

    def is_company(self, span: Span) -> bool:
        """Whether a line is a company's name."""
        return bool(self.lexicon.patterns["company"].search(self.shadow_of(span).text))

    def name_suffix(self, span: Span) -> str:
        """What a name line ends in ("sdk"), by which the next entry's name line is known."""
        match = _SUFFIX.search(self.shadow_of(span).text)
        return match.group() if match else ""

    def sentences(self, span: Span) -> tuple[Span, ...]:
        """The sentences of a span, brackets unbroken, as spans without outer white space."""
        key = (span.start, span.end)
        if key not in self._sentences:
            self._sentences[key] = tuple(self._cut(span))
        return self._sentences[key]

    def sentence_at(self, span: Span, offset: int) -> int:
        """Which of a span's sentences holds an offset, or the first after it; 0 if none does."""
        sentences = self.sentences(span)
        found = bisect_right(sentences, offset, key=lambda s: s.end)
        return found if found < len(sentences) else 0

    def _cut(self, span: Span) -> list[Span]:
        text = self.quote(span)
        bounds = [0, *sentence_cuts(text, self.language), len(text)]
        out = []
        for a, b in pairwise(bounds):
            piece = text[a:b]
            if piece.strip():
                left = a + len(piece) - len(piece.lstrip())
                out.append(Span(span.start + left, span.start + a + len(piece.rstrip())))
        return out


_NUMBERING = (
    (1, re.compile(r"\s{0,8}[一二三四五六七八九十]{1,6}[、.．]")),
    (2, re.compile(r"\s{0,8}[（(][一二三四五六七八九十]{1,6}[）)]")),
    (3, re.compile(r"\s{0,8}\d{1,8}(?:\.\d{1,8}){1,8}")),
    (4, re.compile(r"\s{0,8}\d{1,8}\s{0,8}[.、．]")),
    (5, re.compile(r"\s{0,8}[（(]\d{1,8}[）)]")),
    (6, re.compile(r"\s{0,8}\d{1,8}[）)]")),
    (7, re.compile(r"\s{0,8}[①-⑳]")),
    (8, re.compile(r"\s{0,8}[（(]?[a-zA-Z][）).、\s]")),
)


def numbering_depth(text: str) -> int | None:
    """The style of a line's leading number, by which siblings are told from parents."""
    return next((depth for depth, pattern in _NUMBERING if pattern.match(text)), None)


# Words that stand before a party's name in a sentence and are no part of it.
_BEFORE_NAME = re.compile(
    r"的|了|过|以(?![下上])|接入|集成|嵌入|引入|使用|采用|通过|均|都|会|可能|由|为|与|及|或|向|在|等|如|以下|上述|以上|前述|下列"
    r"|上面|下面|列出|所列|上列|前列|[表页栏]内|表中|任何|任一|全部|每|里|[一二两三四五六七八九十\d几多]{1,3}[类款个家种项]"
    r"|该|此|各|其|这些|我们|您|第三方|部分|相关|某些|一些|所有|合作(?:方|伙伴)|提供|关联|本|贵|是|中"
)
_GENERIC = re.compile(
    r"(?:和|公司|应用|app|某|服务|移动|平台|类|客户端|产品|接口|功能|软件|工具|集团|\s)*"
    r"(?:sdk|有限公司|公司|集团公司)?|"
    r"(?:(?:the|this|these|those|such|some|our|its|their|your|a|an|any|all|other|third|party|third-party"
    r"|following|each|of|and|by|via|through|using|into|from|to|is|are|within|inside|integrated|embedded"
    r"|mobile|data|in|with|that|which|sdk)\s*)*(?:sdk|company|co|limited|inc)?\.?"
)


def _generic(words: str) -> bool:
    """A party of no name: "third-party sdk", "该sdk", "均通过sdk", "our company"."""
    return bool(_GENERIC.fullmatch(_BEFORE_NAME.split(words)[-1]))
