"""What a line is to the lines around it: a name, a sentence, a field, another party's beginning."""

from __future__ import annotations

import re

from linter.classify.reading import Reading, numbering_depth
from linter.document import Block, Span

# A line that is the name of an entry rather than a sentence about it.
NAME_LINE = 48
LATIN_NAME_LINE = 80
# Characters that hold a line's leading number.
NUMBER = 8
_SENTENCE_END = ("。", "；", ";", ".", "，", "！", "!")
_ABBREVIATED = re.compile(r"\b(?:ltd|inc|co|corp|llc|pte|plc|s\.a|b\.v|n\.v)\.\s*\Z", re.IGNORECASE)
# Who speaks of itself tells something; a name does not.
_SPEAKS = re.compile(r"我们|本公司|我司|我方|本平台|本应用|本app|\b(?:we|us|our|ours)\b")
_DIGITS = re.compile(r"\d{1,4}")
_CHINESE = "一二三四五六七八九十"


class Lines:
    """Tells names from sentences, and one entry's lines from the next one's, in one document."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._blocks = reading.policy.blocks

    def is_name(self, block: Block) -> bool:
        """Whether a line is a name that lines below it belong to: short, and no sentence."""
        if block.cell is not None or block.level or block.key is not None:
            return False
        text = self._reading.quote(block.span)
        # Latin letters take more room.
        return len(text) <= (LATIN_NAME_LINE if text.isascii() else NAME_LINE) and not (
            self.is_sentence(block)
        )

    def is_sentence(self, block: Block) -> bool:
        """Whether a line tells something: it ends as sentences do, or its writer speaks in it."""
        if self.ends_sentence(block):
            return True
        leads = self._reading.quote(block.span).rstrip().endswith(("：", ":"))
        return not leads and bool(_SPEAKS.search(self._reading.shadow_of(block.span).text))

    def ends_sentence(self, block: Block) -> bool:
        """Whether a line ends as a sentence does; "… Co., Ltd." is no such end."""
        text = self._reading.quote(block.span).rstrip()
        return text.endswith(_SENTENCE_END) and not _ABBREVIATED.search(text)

    def is_field(self, block: Block) -> bool:
        """Whether a line's label announces a field, and is no party's name."""
        if block.key is None or self._reading.names(block.key) or self._reading.others(block.key):
            return False
        return bool(self._reading.fields(self._reading.quote(block.key)))

    def labels_next(self, block: Block) -> bool:
        """Whether a line is the label of the line after it, in a box of its own."""
        after = self._blocks[block.index + 1 : block.index + 2]
        return bool(after) and after[0].key == block.span

    def begins_other(self, block: Block, head: Block) -> bool:
        """Whether a line begins an entry below the one that ``head`` begins, and beside it."""
        if self._reading.name_across(block.span.start):
            return False
        return block.index > head.index and self.beside(block, head)

    def beside(self, block: Block, head: Block) -> bool:
        """Whether a line begins another party's entry, by the side of the one ``head`` begins.

        It does when it bears another party's name as its label; when it is another number or
        item of the same list and no field ("2、使用目的：…" goes on with its entry); when both have
        titles of their own; and when its label leads label lines ("腾飞地图：处理方式：…").
        """
        if block.cell is not None:
            return False
        if block.key is not None:
            if self._reading.names(block.key):
                return False
            if self._reading.others(block.key):
                return True
        if self._is_titled(head) and self._is_titled(block):
            return not self._reading.names(self._title(block))
        if self.is_field(block) or (block.key is None and self._reading.names(block.span)):
            # A field's name may be a party's too ("地图平台：处理方式：…").
            return self._is_item_beside(block, head) and self.leads_its_own(block)
        return self._is_item_beside(block, head) or self.leads_its_own(block)

    def _title(self, block: Block) -> Span:
        return block.key or block.span

    def _is_titled(self, block: Block) -> bool:
        """Whether a line has a title of its own, in it or in a box, that is no field's label."""
        if not (block.key is not None or self.labels_next(block)):
            return False
        return not self._reading.fields(self._reading.quote(self._title(block)))

    def _is_item_beside(self, block: Block, head: Block) -> bool:
        depth = len(head.items)
        if depth and len(block.items) >= depth:
            return block.items[:depth] != head.items
        number = self.number(block)
        return number is not None and number[0] == (self.number(head) or (None,))[0]

    def leads_its_own(self, block: Block) -> bool:
        """Whether a label has no value but label lines after it in its own line or item."""
        if block.key is None or len(block.value or ()) > 0 or self.labels_next(block):
            return False
        after = self._blocks[block.index + 1 : block.index + 2]
        return bool(after) and self.is_field(after[0]) and after[0].container == block.container

    def number(self, block: Block) -> tuple[int, int] | None:
        """The style of a line's leading number and the number itself (0 if it is no such one)."""
        head = Span(block.span.start, min(block.span.end, block.span.start + NUMBER))
        text = self._reading.quote(head)
        depth = numbering_depth(text)
        return None if depth is None else (depth, _ordinal(text))


def _ordinal(text: str) -> int:
    stripped = text.lstrip(" （(")
    if digits := _DIGITS.match(stripped):
        return int(digits.group())
    first = stripped[:1]
    if "①" <= first <= "⑳":
        return ord(first) - ord("①") + 1
    return _CHINESE.find(first) + 1 if first else 0
