"""Who is who in an agreement: sentences with vendor, developer, user and others masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from linter.classify.lexicon import Patterns, agreement_words
from linter.classify.reading import Reading
from linter.classify.shadow import Shadow
from linter.document import Block, Span

VENDOR, DEVELOPER, USER, GENERAL, OTHER = "ⓋⓌⓊⓅⓄ"
_THIRD = VENDOR + GENERAL + OTHER
# Characters at the beginning in which a document says whose it is, and before a bracket in which
# the name stands that it shortens.
_HEAD, _NAME, _TITLE = 3_000, 48, 80
_NEAR = 3  # blocks, in a document without headings
_ZH_NAME = re.compile(r"[^，。;；:：\s《》\"「」由与指是为向系您和]{2,40}$")
_ZH_COMPANY = re.compile(
    r"[^，。;；:：\s《》\"「」由与指是为向系您和]{2,24}(?:有限责任公司|股份有限公司|有限公司|集团)"
)
_EN_BEFORE = re.compile(r"^.*\b(?:and|by|of|between|is|are|means?|to|with|from|the)\s", re.DOTALL)
_EN_NAME = re.compile(r"[a-z0-9][\w&.'-]*(?:,?\s[\w&.'-]+){0,4}\s?$")
_COMMON = frozenset("we us our ours you company operator developer 我们 我司 您 你 本公司".split())
_NO_BRAND = frozenset("online mobile general terms service services user their these".split())


@dataclass(frozen=True)
class Sentence:
    """One sentence with its parties masked, each character by one symbol.

    Attributes
    ----------
    masked : the normal form with its parties masked; what its row is about stands before it.
    lead : how many characters stand before it.
    heading : the innermost heading above it, masked, and what its row and column are called.
    after : what follows in its block, masked.
    """

    reading: Reading
    words: Patterns
    number: int
    block: Block
    shadow: Shadow
    masked: str
    lead: int
    heading: str
    after: str

    @property
    def whole(self) -> Span:
        """Where the sentence stands in the document."""
        return self.shadow.span(0, len(self.shadow.text))

    def look_for(self, name: str) -> re.Match[str] | None:
        """The first match of a pattern in the sentence."""
        return self.words[name].search(self.masked)

    def says(self, name: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a pattern is found between two positions."""
        return bool(self.words[name].search(self.masked, start, end or len(self.masked)))

    def span(self, start: int, end: int) -> Span:
        """The document's span of a range, grown to a clause's end, outer punctuation dropped."""
        text = self.masked
        start, end = max(start, self.lead), min(end, len(text))
        while start > self.lead and text[start] in _ALL and text[start - 1] == text[start]:
            start -= 1
        while start < end and text[start] in " ，。；;,、.:：\"'\n\t":
            start += 1
        while end > start and text[end - 1] in " ，。；;,、\n\t":
            end -= 1
        rest = _CLAUSE_END.match(text, end)
        end = rest.end() if rest else end
        while self.lead < end < len(text) and _inside(text[end - 1]) and _inside(text[end]):
            end += 1
        end = max(end, start + 1)
        return self.shadow.span(start - self.lead, min(end, len(text)) - self.lead)

    def subject(self, at: int) -> re.Match[str] | None:
        """Who stands before a verb as the one who does it: the last party that is no object."""
        before = self.masked[:at]
        for run in reversed(list(_RUN.finditer(before))):
            if not _OBJECT.search(before[: run.start()]) and not _OWNED.match(
                self.masked[run.end() :]
            ):
                return run
        return None


# What little there is up to the end of the clause.
_CLAUSE_END = re.compile(r"[^，。;；,.:：()]{0,60}(?=[，。;；,.:：()]|$)")


def _inside(char: str) -> bool:
    """Whether a character is part of a Latin word or of what masks one."""
    return (char.isascii() and char.isalnum()) or char in _ALL


_RUN = re.compile(r"([ⓋⓌⓊⓅⓄ])\1*")
_OBJECT = re.compile(
    r"(?:[向对给为与和就因供使令替跟将把受于经让]|面向|并非|而非|(?<![a-z])(?:to|towards?|with|for|of|from|not|than|between"
    r"|against|on|via)\s|\sand\snot\s)$"
)
_OWNED = re.compile(r"的(?!是)|(?:账号|账户|自身)|(?:'s|s')\s")


class Sentences:
    """The sentences of one document."""

    def __init__(self, reading: Reading, number: int) -> None:
        self._reading = reading
        self._number = number
        self._words = agreement_words(reading.language)

    def all(self) -> Iterator[Sentence]:
        """All sentences in order."""
        for block in self._reading.policy.blocks:
            yield from self._of(block)

    def _of(self, block: Block) -> Iterator[Sentence]:
        spans = self._reading.sentences(block.span)
        masks: list[str] = []
        last = ""
        for span in spans:
            masks.append(self._mask(span, last))
            named = re.findall(rf"[{_THIRD}]", masks[-1])
            last = named[-1] if named else last
        lead = self._row_subject(block)
        headings = [self._reading.policy.blocks[i].span for i in block.headings[-1:]]
        heading = self._mask(headings[0], "") if headings else ""
        if block.cell is not None:
            labels = f"{block.cell.row_header} {block.cell.column_header}"
            heading += f" {self._reading.shadow_label(labels)}"
        for n, span in enumerate(spans):
            shadow = self._reading.shadow_of(span)
            yield Sentence(
                self._reading,
                self._words,
                self._number,
                block,
                shadow,
                lead + masks[n],
                len(lead),
                heading,
                " ".join(masks[n + 1 :]),
            )

    def _row_subject(self, block: Block) -> str:
        """The vendor, if the row of a table is about it."""
        if block.cell is None or block.cell.column == 0 or block.cell.header:
            return ""
        return VENDOR if block.index in self._vendor_rows else ""

    @cached_property
    def _vendor_rows(self) -> set[int]:
        blocks = self._reading.policy.blocks
        named = {
            (cell.table, row)
            for m in self._reading.mentions
            if (cell := blocks[m.block].cell) is not None and not m.negated and cell.column == 0
            for row in cell.rows
        }
        cells = ((b.index, b.cell) for b in blocks if b.cell is not None)
        return {n for n, cell in cells if any((cell.table, r) in named for r in cell.rows)}

    # -- masking

    def _mask(self, span: Span, last: str) -> str:
        shadow = self._reading.shadow_of(span)
        text = list(shadow.text)

        def fill(start: int, end: int, symbol: str) -> None:
            if not any(c in _ALL for c in text[start:end]):
                text[start:end] = symbol * (end - start)

        for mention in self._reading.names(span):
            start = shadow.index(mention.span.start)
            fill(start, shadow.index(mention.span.end), VENDOR)
        for pattern, symbol in self._parties:
            for match in pattern.finditer(shadow.text):
                fill(*match.span(), symbol)
        for other in self._reading.others(span):
            # A line of capitals may look like a company ("our liability to you is limited").
            if not self._words["user"].search(self._reading.shadow_of(other).text):
                fill(shadow.index(other.start), shadow.index(other.end), OTHER)
        masked = "".join(text)
        for match in self._words["pronoun"].finditer(masked):
            before = re.findall(rf"[{_THIRD}]", masked[: match.start()])
            named = before[-1] if before else last
            symbol = named or (GENERAL if match.group() in ("they", "these companies") else "")
            if symbol in (VENDOR, GENERAL):
                text[match.start() : match.end()] = symbol * len(match.group())
        return "".join(text)

    @cached_property
    def _parties(self) -> list[tuple[re.Pattern[str], str]]:
        names = sorted(self._names(), key=len, reverse=True)
        # "Ltd." ends a name, not the sentence.
        edge = r"(?<![a-z0-9]){}(?![a-z0-9])(?:\.(?=.))?"
        own = "|".join(edge.format(re.escape(n)) if n.isascii() else re.escape(n) for n in names)
        return [
            (re.compile(own or "(?!)"), DEVELOPER),
            (self._words["developer"], DEVELOPER),
            (self._words["provider"], GENERAL),
            (self._words["other"], OTHER),
            (self._words["user"], USER),
        ]

    def _names(self) -> set[str]:
        """What the developer calls itself: by definition, by title, as the first company."""
        text = self._reading.policy.text
        head = self._reading.shadow_of(Span(0, min(len(text), _HEAD)))
        found = {*self._bracketed(head), *self._meant(head), *self._titled(), *self._company(head)}
        found |= set(self._of_product())
        shortest = 2 if self._reading.language == "zh" else 3
        return {n for n in map(str.strip, found) if len(n) >= shortest and n not in _COMMON}

    def _bracketed(self, head: Shadow) -> Iterator[str]:
        for match in self._words["term-bracket"].finditer(head.text):
            at = head.span(max(0, match.start() - 1), match.start() or 1)
            if self._reading.names(Span(max(0, at.start - _NAME), at.end)) and any(
                m.span.end >= at.end for m in self._reading.names(Span(0, at.end + 1))
            ):
                continue
            terms = self._words["term-quoted"].findall(match.group())
            if any(self._words["user"].fullmatch(t) for t in terms):
                continue
            own = [t for t in terms if t in _COMMON or not self._words["term-product"].search(t)]
            if own:
                yield from own
                yield self._name_before(head.text[max(0, match.start() - _NAME) : match.start()])

    def _name_before(self, text: str) -> str:
        if self._reading.language == "zh":
            match = _ZH_NAME.search(text)
            return match.group() if match else ""
        match = _EN_NAME.search(_EN_BEFORE.sub("", text))
        return match.group() if match else ""

    def _meant(self, head: Shadow) -> Iterator[str]:
        for match in self._words["term-means"].finditer(head.text):
            for term in filter(None, match.groupdict().values()):
                other = self._words["term-product"].search(term) or self._words["user"].search(term)
                if not other and not self._words["provider"].search(term):
                    yield term

    def _titled(self) -> Iterator[str]:
        policy = self._reading.policy
        titles = [policy.title, *(policy.quote(b.span) for b in policy.blocks[:1])]
        shadows = (self._reading.shadow_label(t[:_TITLE]).lstrip("\"'“「《") for t in titles)
        found = (self._words["term-title"].search(t) for t in shadows)
        match = next((m for m in found if m), None)
        if match is None:
            return
        name = match["name"].strip("\"'”」 -–|:")
        yield name
        first = name.split()[0] if name.isascii() and " " in name else ""
        if len(first) > 4 and first not in _NO_BRAND:
            yield first

    def _company(self, head: Shadow) -> Iterator[str]:
        """The first company that is not the vendor, where a sentence speaks of the agreement."""
        zh = self._reading.language == "zh"
        pattern = _ZH_COMPANY if zh else self._reading.lexicon.patterns["company"]
        for match in pattern.finditer(head.text):
            if self._reading.names(head.span(*match.span())):
                continue
            around = head.text[max(0, match.start() - 40) : match.end() + 40]
            if self._words["company-place"].search(around):
                name = match.group() if zh else _EN_BEFORE.sub("", match.group())
                yield name.rstrip(".")
                return

    def _of_product(self) -> Iterator[str]:
        """Who is said to provide, or to answer for, this very product, wherever that stands."""
        for block in self._reading.policy.blocks:
            shadow = self._reading.shadow_of(block.span)
            for match in self._words["own-product"].finditer(shadow.text[:_HEAD]):
                if not self._reading.names(shadow.span(*match.span(match.lastgroup or 0))):
                    yield from filter(None, match.groupdict().values())

    # -- providers in general

    def bound(self, sentence: Sentence) -> bool:
        """Whether a general provider is, or includes, the vendor where the sentence stands."""
        block = sentence.block
        blocks = self._reading.policy.blocks
        for mention in self._reading.mentions:
            if mention.negated:
                continue
            where = blocks[mention.block]
            same = where.index == block.index or (
                where.headings == block.headings
                if block.headings and self._sectioned
                else abs(where.index - block.index) <= _NEAR
            )
            if same:
                return True
        return self._defined

    @cached_property
    def _sectioned(self) -> bool:
        """Whether there are headings but the title."""
        blocks = self._reading.policy.blocks
        return any(len(b.headings) > 1 or b.level > 1 for b in blocks)

    @cached_property
    def _defined(self) -> bool:
        """Whether a definition says that providers in general include the vendor."""
        return any(
            _MEANS.search(s.masked) and VENDOR in s.masked and GENERAL in s.masked
            for s in self.all()
        )


_ALL = VENDOR + DEVELOPER + USER + GENERAL + OTHER
_MEANS = re.compile(r"[:：]?指|包括|\bmeans?\b|\bsuch as\b|\binclud")
