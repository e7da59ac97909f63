"""Where a policy names the vendor (GUIDELINE, "A Realsee mention is…")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from linter.classify.hosts import lies_on
from linter.classify.shadow import Shadow
from linter.classify.work import MENTIONS, Work
from linter.disclosure import Mention, MentionKind
from linter.document import Block, Policy, Span
from linter.vendors import Brand, Vendor

_COMPANY_ZH = r"(?:[^，。；、,;:\s《》「」“”\"|\t\n]{0,16}?)(?:有限责任公司|有限公司|集团|公司)"
_COMPANY_EN = (
    # Not over a sentence's end, nor over a verb: "Realsee. That company", "Realsee is a company".
    r"(?:(?!\.\s|\s(?:is|are|was|as|the|that|this|which|an?|and|or|may|will|can|our|to|for|with|by"
    r"|of|in|from)\s)[ \w().&-]){0,40}?"
    r"\b(?:ltd|inc|llc|limited|corp|corporation|gmbh|pte|company)\b\.?"
)
_HAN = "\u3400-\u9fff"
# Characters of a company's name that may stand around a stem, with room to see where it ends.
_BEFORE_STEM, _AFTER_STEM = 16, 120
# Of one way to name the vendor; namings within one another leave fewer mentions.
_MATCHES = 5 * MENTIONS
_EMAIL = r"[a-z0-9_.+-]{1,64}@"


class MentionPatterns:
    """A vendor's names compiled for the normal form (see ``Shadow``)."""

    def __init__(self, vendor: Vendor) -> None:
        known = (*vendor.names.legal, *vendor.names.affiliates)
        self.legal = _names(known)
        unmade = {_normal(b.text): re.escape(b.not_after) for b in vendor.brands if b.not_after}
        look = []
        for stem in map(_normal, vendor.names.lookalike_stems):
            word = re.escape(stem) + (f"(?![{unmade[stem]}])" if stem in unmade else "")
            if stem.isascii():
                word = rf"(?<![a-z0-9]){word}(?![a-z0-9])"
                look.append(word + _COMPANY_EN)
            # "…由北京如视…有限公司": what stands before "by" is no part of the name.
            place = rf"(?:(?![由与和向给为是及被的将在托到])[{_HAN}]){{0,8}}"
            look.append(rf"(?:{place}[()]{{0,2}})?{word}{_COMPANY_ZH}")
        look += [_name_pattern(n) for n in vendor.names.unverified]
        self.lookalike = re.compile("|".join(look) or r"(?!)")
        stems = (*vendor.names.lookalike_stems, *vendor.names.unverified)
        # Where to look: the pattern itself begins with any characters, at every place anew.
        self._stem = re.compile("|".join(_stem_pattern(s) for s in stems) or r"(?!)")
        hosts = "|".join(re.escape(d) for d in vendor.web.domains) or "(?!)"
        self.domain = re.compile(
            # A Chinese character may stand right beside an address.
            rf"(?<![a-z0-9_.@-])(?:https?://)?(?:[a-z0-9-]{{1,63}}\.){{0,5}}(?:{hosts})"
            rf"(?![a-z0-9_@-]|\.[a-z]|:[^\s@/]{{0,20}}@)"
            rf"|{_EMAIL}(?:[a-z0-9-]{{1,63}}\.){{0,5}}(?:{hosts})(?![a-z0-9_-]|\.[a-z])"
        )
        self.brands = [(b, _brand_pattern(b)) for b in vendor.brands]
        self.domains = vendor.web.domains

    def lookalikes(self, text: str) -> Iterator[re.Match[str]]:
        """Names of companies built on a stem of the vendor's, in order."""
        begun = end = 0
        for stem in self._stem.finditer(text):
            if stem.start() - _BEFORE_STEM > end:
                yield from self.lookalike.finditer(text, begun, end)
                begun = stem.start() - _BEFORE_STEM
            end = stem.end() + _AFTER_STEM
        yield from self.lookalike.finditer(text, begun, end)


def mentions(
    policy: Policy,
    shadow: Shadow,
    patterns: MentionPatterns,
    work: Work,
    *,
    known: bool = False,
) -> list[Mention]:
    """The vendor's mentions in document order, overlapping ones reduced to the strongest.

    A weak naming (a Chinese brand before a function word) counts only beside a stronger one, here
    or, if ``known``, in another document.
    """
    found: list[tuple[Span, MentionKind]] = []
    text = shadow.text
    for match in work.most(patterns.legal.finditer(text), _MATCHES):
        found.append((shadow.span(*match.span()), MentionKind.LEGAL_NAME))
    found += work.most(_links(policy, patterns), _MATCHES)
    for match in work.most(patterns.lookalikes(text), _MATCHES):
        found.append((shadow.span(*_lookalike(match)), MentionKind.LOOKALIKE))
    for match in work.most(patterns.domain.finditer(text), _MATCHES):
        found.append((shadow.span(*match.span()), MentionKind.DOMAIN))
    weak: list[tuple[Span, MentionKind]] = []
    for brand, pattern in patterns.brands:
        for match in work.most(pattern.finditer(text), _MATCHES):
            strength = _brand_strength(brand, text, match.start(), match.end())
            if strength:
                item = (shadow.span(*match.span()), MentionKind.BRAND)
                (found if strength == 2 else weak).append(item)
    if found or known:
        found += weak
    return _place(policy, _strongest(found))


def names_vendor(href: str, domains: tuple[str, ...]) -> bool:
    """Whether an address lies on one of the domains or below it."""
    return lies_on(href, domains)


def _links(policy: Policy, patterns: MentionPatterns) -> Iterator[tuple[Span, MentionKind]]:
    return (
        (link.span, MentionKind.DOMAIN)
        for link in policy.links
        if names_vendor(link.href, patterns.domains)
        or (link.href.lower().startswith("mailto:") and patterns.domain.search(link.href.lower()))
    )


def _lookalike(match: re.Match[str]) -> tuple[int, int]:
    """The match without an opening bracket that it does not close."""
    start, end = match.span()
    while start < end and match.string[start] in "() ":
        start += 1
    return start, end


def _normal(name: str) -> str:
    return Shadow(name).text


def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(_name_pattern(n) for n in ordered) or r"(?!)")


def _name_pattern(name: str) -> str:
    """A company name whose brackets, spacing, commas and full stops may differ."""
    normal = _normal(name)
    if normal.isascii():
        words = re.findall(r"[a-z0-9]+", normal)
        return r"(?<![a-z0-9])" + r"[\s,.()]{0,4}".join(words) + r"(?![a-z0-9])\.?"
    return r"\s?".join("[()]" if c in "()" else re.escape(c) for c in normal if not c.isspace())


def _stem_pattern(stem: str) -> str:
    """The beginning of a name: its first character, or its first word."""
    normal = _normal(stem)
    words = re.findall(r"[a-z0-9]+", normal) if normal.isascii() else []
    return re.escape(words[0] if words else normal[:1])


def _brand_pattern(brand: Brand) -> re.Pattern[str]:
    text = re.escape(_normal(brand.text))
    if brand.word:
        # "realsee-legal.com" is another's address.
        within = r"[a-z0-9_]|\.[a-z]|-[a-z0-9-]{1,40}\.[a-z]{2}"
        return re.compile(rf"(?<![a-z0-9_@./-]){text}(?!{within})")
    return re.compile(text)


def _brand_strength(brand: Brand, text: str, start: int, end: int) -> int:
    """2 for a name, 1 for what may be one, 0 for a part of another word."""
    if brand.word:
        return 2
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    if before and before[-1] in brand.not_before:
        return 0
    if after and after[0] in brand.not_after:
        return 0
    if after.startswith(brand.strong_after) or before.endswith(brand.strong_before):
        return 2
    open_before = not before or not _han(before[-1])
    open_after = not after or not _han(after[0]) or after[0] == "等"
    if open_before and open_after:
        return 2
    # At the beginning of a clause a policy that names the brand elsewhere means the brand.
    return 1 if open_before or open_after or after.startswith(brand.weak_after) else 0


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


_ORDER = {kind: n for n, kind in enumerate(MentionKind)}


def _strongest(found: list[tuple[Span, MentionKind]]) -> list[tuple[Span, MentionKind]]:
    """Drops what lies within a longer or stronger naming."""
    kept: list[tuple[Span, MentionKind]] = []
    for span, kind in sorted(found, key=lambda f: (_ORDER[f[1]], -len(f[0]), f[0].start)):
        # What is kept never overlaps, so only the two neighbours can.
        at = bisect_left(kept, span.start, key=lambda f: f[0].start)
        if not any(span.overlaps(other) for other, _ in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, (span, kind))
    return kept


def _place(policy: Policy, found: list[tuple[Span, MentionKind]]) -> list[Mention]:
    out = []
    blocks = iter(policy.blocks)
    block: Block | None = next(blocks, None)
    for span, kind in found:
        while block is not None and block.span.end <= span.start:
            block = next(blocks, None)
        if block is None:
            break
        out.append(Mention(span, kind, block.index))
    return out
