"""Where a policy goes on about the vendor by a term that it has given it ("the Provider")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.classify.lexicon import Lexicon
from linter.classify.shadow import Shadow
from linter.disclosure import Mention, MentionKind
from linter.document import Block, Policy, Span

# Characters after a mention in which its term is defined, and before it in which the role that it
# fills is named; terms that are looked for.
_REACH, _ROLE, _TERMS = 120, 24, 4


def alias_mentions(
    policy: Policy, shadow: Shadow, named: list[Mention], words: Lexicon
) -> Iterator[Mention]:
    """The places of the vendor's terms, from where a mention is given one.

    A term is defined in brackets right after a mention, or is the role that the mention is said
    to fill ("承建单位为如你之视…"). A term that is defined again is a word for many ("the Provider"
    of each entry), and one that names the developer is none of the vendor's: both are left out.
    "The former" and "the latter" are terms for the rest of the block that names the two.
    """
    yield from _of_pairs(policy, shadow, named, words.language)
    for term, begun in _terms(shadow, named, words).items():
        blocks = iter(policy.blocks)
        block: Block | None = next(blocks, None)
        for match in _pattern(term).finditer(shadow.text, begun):
            span = shadow.span(*match.span())
            while block is not None and block.span.end <= span.start:
                block = next(blocks, None)
            if block is not None and _is_term(policy, span):
                yield Mention(span, MentionKind.ALIAS, block.index)


# A party before the vendor's name and one behind it; the words for the first and the second of
# two; who is no party.
_PAIRED = {
    "zh": (
        re.compile(
            r"(?:^|[^，。;；、]{0,12})(?P<party>[^，。;；、]{2,24})(?:、|与|和|及|以及|跟)\Z"
        ),
        re.compile(r"(?:sdk|\([^()]{0,60}\)|[\"'」》])*(?:、|与|和|及|以及|跟)[^，。;；]{2,}"),
        re.compile(r"前者|(?P<latter>后者)"),
        re.compile(r"(?:我们|我司|我方|本[一-鿿]{1,3}|平台)\Z"),
    ),
    "en": (
        re.compile(r"(?P<party>[^,.;]{2,40})\s(?:and|&)\s(?:the\s)?\Z"),
        re.compile(r"(?:\s?sdk|\s?\([^()]{0,60}\))*\s(?:and|&)\s[^,.;]{2,}"),
        re.compile(r"\bthe former\b|(?P<latter>\bthe latter\b)"),
        re.compile(r"\b(?:we|us)\Z"),
    ),
}
# Characters in which a pair is named.
_NEAR = 80


def _of_pairs(
    policy: Policy, shadow: Shadow, named: list[Mention], language: str
) -> Iterator[Mention]:
    """ "The former" where the vendor is named first of two, "the latter" where it is second."""
    before, after, words, own = _PAIRED[language]
    if not words.search(shadow.text):
        return
    for mention in named:
        start, end = shadow.index(mention.span.start), shadow.index(mention.span.end)
        first = before.search(shadow.text[max(0, start - _NEAR) : start])
        second = first is not None and not own.search(first["party"])
        if second == bool(after.match(shadow.text, end, end + _NEAR)):
            continue
        block = policy.blocks[mention.block]
        for match in words.finditer(shadow.text, end, shadow.index(block.span.end)):
            if bool(match["latter"]) == second:
                yield Mention(shadow.span(*match.span()), MentionKind.ALIAS, block.index)


def _terms(shadow: Shadow, named: list[Mention], words: Lexicon) -> dict[str, int]:
    """The terms and where in the normal form each begins to be the vendor's."""
    found: dict[str, int] = {}
    for mention in named:
        start, end = shadow.index(mention.span.start), shadow.index(mention.span.end)
        match = words.patterns["alias"].match(shadow.text[end : end + _REACH]) or words.patterns[
            "role-alias"
        ].search(shadow.text[max(0, start - _ROLE) : start])
        if match is None:
            continue
        term = match["term"].strip()
        defined = re.findall(rf"[\"'「“](?:the )?{re.escape(term)}[\"'」”]", shadow.text)
        filled = re.findall(rf"{re.escape(term)}(?:为|系|是|:|：)", shadow.text)
        if max(len(defined), len(filled)) <= 1 and not words.patterns["no-alias"].search(term):
            found.setdefault(term, end)
    return dict(list(found.items())[:_TERMS])


def _pattern(term: str) -> re.Pattern[str]:
    """A term as a word of its own: "服务商", not "短信服务商"."""
    word = re.escape(term)
    if term.isascii():
        return re.compile(rf"(?<!\w){word}(?!\w)")
    return re.compile(rf"(?:(?<![\u3400-\u9fff])|(?<=[{_BEFORE}])){word}")


# Characters that end the word before a term.
_BEFORE = "由向与给和该至的经被对将请使从据除及为让"


def _is_term(policy: Policy, span: Span) -> bool:
    """Whether a place is the term, which a Latin capital tells from the common word."""
    first = policy.text[span.start]
    return not first.isascii() or first.isupper()
