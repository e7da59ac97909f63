"""Style sheets as rules: selectors, declarations, and the screens on which they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# The screens that a page is thought of on, as bits: a desktop's and a phone's.
DESKTOP, PHONE = 1, 2
BOTH = DESKTOP | PHONE
# Pixels of their width and height.
_SIZES = {DESKTOP: (1280, 800), PHONE: (390, 844)}
# Characters of one rule that are looked at, and blocks within blocks.
MAX_RULE = 4_000
_MAX_DEPTH = 6
_BRACE = re.compile(r"\"(?:[^\"\\\n]|\\.){0,200}\"|'(?:[^'\\\n]|\\.){0,200}'|[{}]", re.DOTALL)
_CONDITION = re.compile(r"\(([^()]*)\)")
_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,4})?)\s*(px|r?em)?$")
_RANGE = re.compile(r"(min-|max-)?(?:device-)?(width|height)\s*:\s*(.+)$")
_COMPARED = re.compile(r"(width|height)\s*([<>])=?\s*(.+)$|(.+?)\s*([<>])=?\s*(width|height)$")
# Of what depends on neither, the answers that a screen gives.
_HOLDS = frozenset(
    "prefers-color-scheme:light prefers-reduced-motion:no-preference color scripting:enabled "
    "update:fast display-mode:browser prefers-contrast:no-preference".split()
)
_HOLDS_ON = {
    "orientation:landscape": DESKTOP,
    "orientation:portrait": PHONE,
    "hover:hover": DESKTOP,
    "any-hover:hover": DESKTOP,
    "pointer:fine": DESKTOP,
    "any-pointer:fine": DESKTOP,
    "hover:none": PHONE,
    "pointer:coarse": PHONE,
}


class Rule(NamedTuple):
    """The selectors and declarations of a rule as they stand, and its screens."""

    selectors: str
    declarations: str
    screens: int


class _Open(NamedTuple):
    """A block that is not closed yet: what stands before its brace, and what is inside so far."""

    opening: str
    inside: list[str]


def rules(sheet: str, media: str = "") -> Iterator[Rule]:
    """The rules of a sheet in order; ``media`` is on what it holds. One pass over the text.

    Rules within rules are taken with the selector around them; what ``@layer`` says of order is
    not looked at.
    """
    everywhere = screens(media)
    first, *commented = sheet.replace("<!--", " ").replace("-->", " ").split("/*")
    sheet = first + "".join(c.partition("*/")[2] for c in commented)
    blocks: list[_Open] = []
    at = 0
    for brace in _BRACE.finditer(sheet):
        if brace.group() not in "{}":
            continue
        inside = sheet[at : brace.start()]
        at = brace.end()
        if brace.group() == "{":
            # A statement ("@charset", a declaration of the block around) ends before the opening.
            before, _, opening = inside.rpartition(";")
            if blocks:
                blocks[-1].inside.append(before)
            blocks.append(_Open(opening.strip(), []))
        elif blocks:
            block = blocks.pop()
            if block.opening[:1] != "@" and (found := _rule(block, inside, blocks)):
                yield found._replace(screens=found.screens & everywhere)


def _rule(block: _Open, inside: str, around: list[_Open]) -> Rule | None:
    """A closed block as a rule; None for one that holds nowhere or says nothing."""
    held, opening = BOTH, block.opening[-MAX_RULE:]
    for outer in reversed(around[-_MAX_DEPTH:]):
        if outer.opening.startswith("@media"):
            held &= screens(outer.opening[len("@media") :])
        elif outer.opening[:1] != "@":
            opening = _nested(outer.opening, opening)
        elif not outer.opening.startswith(
            ("@layer", "@supports", "@container", "@scope", "@starting")
        ):
            return None
    declarations = ";".join((*block.inside, inside))[:MAX_RULE]
    return Rule(opening, declarations, held) if held and declarations.strip() else None


def _nested(outer: str, inner: str) -> str:
    """The selectors of a rule within a rule."""
    pairs = ((o.strip(), i.strip()) for o in outer.split(",")[:8] for i in inner.split(",")[:8])
    joined = (i.replace("&", o) if "&" in i else f"{o} {i}" for o, i in pairs)
    return ",".join(joined)[:MAX_RULE]


def screens(media: str) -> int:
    """On which screens a list of media queries holds, as bits; an empty one on both."""
    media = media.strip().lower()
    if not media:
        return BOTH
    held = 0
    for query in media.split(",")[:20]:
        held |= _query(query.strip())
    return held


def _query(query: str) -> int:
    words = _CONDITION.sub(" ", query).split()
    held = BOTH if not set(words) - {"all", "screen", "only", "not", "and"} else 0
    for condition in _CONDITION.findall(query)[:10]:
        held &= _condition(condition.strip())
    return BOTH & ~held if "not" in words else held


def _condition(condition: str) -> int:
    plain = condition.replace(" ", "")
    if plain in _HOLDS:
        return BOTH
    if plain in _HOLDS_ON:
        return _HOLDS_ON[plain]
    if ranged := _RANGE.match(condition):
        side, length, bound = ranged[2], _pixels(ranged[3]), ranged[1]
        return _where(side, length, least=bound != "max-", most=bound != "min-")
    if compared := _COMPARED.match(condition):
        side, sign = compared[1] or compared[6], compared[2] or compared[5]
        least = (sign == ">") == bool(compared[1])
        return _where(side, _pixels(compared[3] or compared[4]), least=least, most=not least)
    return 0


def _where(side: str, length: float | None, *, least: bool, most: bool) -> int:
    """The screens of at least, of at most, or of just a length."""
    held = 0
    for screen, size in _SIZES.items():
        has = size[side == "height"]
        if length is not None and (not least or has >= length) and (not most or has <= length):
            held |= screen
    return held


def _pixels(length: str) -> float | None:
    match = _LENGTH.match(length.strip())
    return float(match[1]) * (16 if match[2] and "em" in match[2] else 1) if match else None
