"""Where a policy goes on about the vendor by a term that it has defined for it ("the Provider")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.classify.lexicon import Lexicon
from linter.classify.shadow import Shadow
from linter.disclosure import Mention, MentionKind
from linter.document import Block, Policy, Span

# Characters after a mention in which its term is defined, and terms that are looked for.
_REACH, _TERMS = 120, 4


def alias_mentions(
    policy: Policy, shadow: Shadow, named: list[Mention], words: Lexicon
) -> Iterator[Mention]:
    """The places of terms that are defined right after a mention, the definition's included.

    A term that is defined again is a word for many ("the Provider" of each entry), and one that
    names the developer is none of the vendor's: both are left out.
    """
    for term in _terms(shadow, named, words):
        pattern = re.compile(rf"(?<![\w]){re.escape(term)}(?![a-z0-9])")
        blocks = iter(policy.blocks)
        block: Block | None = next(blocks, None)
        for match in pattern.finditer(shadow.text):
            span = shadow.span(*match.span())
            while block is not None and block.span.end <= span.start:
                block = next(blocks, None)
            if block is not None and _is_term(policy, span):
                yield Mention(span, MentionKind.ALIAS, block.index)


def _terms(shadow: Shadow, named: list[Mention], words: Lexicon) -> list[str]:
    found: list[str] = []
    for mention in named:
        after = shadow.index(mention.span.end)
        text = shadow.text[after : after + _REACH]
        match = words.patterns["defined-as"].match(text)
        if match is None:
            continue
        term = match["term"].strip()
        quoted = re.findall(rf"[\"「“](?:the )?{re.escape(term)}[\"」”]", shadow.text)
        if len(quoted) == 1 and not words.patterns["common-term"].fullmatch(term):
            found.append(term)
    return list(dict.fromkeys(found))[:_TERMS]


def _is_term(policy: Policy, span: Span) -> bool:
    """Whether a place is the defined term, which a Latin capital tells from the common word."""
    first = policy.text[span.start]
    return not first.isascii() or first.isupper()
