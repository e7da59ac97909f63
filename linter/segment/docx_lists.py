"""Numbers that Word makes: what stands before a paragraph that the file only calls numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from linter.segment.docx_package import attribute, child, local, value

_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: ``pattern`` like "（%1）", ``style`` like "decimal"."""

    start: int
    style: str
    pattern: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        """The lists that a numbering part defines."""
        numbering = cls()
        if root is None:
            return numbering
        abstract = {
            attribute(e, "abstractNumId"): dict(_levels(e))
            for e in root
            if local(e) == "abstractNum"
        }
        for element in root:
            if local(element) != "num":
                continue
            base = value(element, "abstractNumId")
            levels = dict(abstract.get(base, {}))
            levels.update(_overridden(element, levels))
            identity = attribute(element, "numId") or ""
            restarted = any(local(e) == "lvlOverride" for e in element)
            numbering.lists[identity] = (identity if restarted else str(base), levels)
        return numbering

    def next(self, identity: str, depth: int) -> str | None:
        """The number of the next paragraph of a list; "" for a bullet, None if it is in no list."""
        if identity not in self.lists:
            return None
        base, levels = self.lists[identity]
        level = levels.get(depth)
        if level is None or level.style == "none":
            return None
        counts = self._counts.setdefault(base, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.style == "bullet":
            return ""

        def said(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            shown = levels.get(at, level)
            return number(counts.get(at, shown.start), shown.style)

        return _PLACE.sub(said, level.pattern)


def _levels(element: etree._Element) -> list[tuple[int, Level]]:
    return [(_integer(attribute(e, "ilvl"), 0), _level(e)) for e in element if local(e) == "lvl"]


def _level(element: etree._Element) -> Level:
    return Level(
        _integer(value(element, "start"), 1),
        value(element, "numFmt") or "decimal",
        (value(element, "lvlText") or "")[:40],
    )


def _overridden(element: etree._Element, levels: dict[int, Level]) -> dict[int, Level]:
    out = {}
    for override in element:
        if local(override) != "lvlOverride":
            continue
        at = _integer(attribute(override, "ilvl"), 0)
        own = child(override, "lvl")
        level = _level(own) if own is not None else levels.get(at)
        start = value(override, "startOverride")
        if level is not None:
            begin = level.start if start is None else _integer(start, level.start)
            out[at] = Level(begin, level.style, level.pattern)
    return out


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def number(n: int, style: str) -> str:
    """A number in one of Word's styles; those not known are written in digits."""
    if style in ("upperLetter", "lowerLetter") and n > 0:
        letter = chr(ord("A") + (n - 1) % 26) * min((n - 1) // 26 + 1, 5)
        return letter if style == "upperLetter" else letter.lower()
    if style in ("upperRoman", "lowerRoman") and 0 < n < 4000:
        return _roman(n) if style == "upperRoman" else _roman(n).lower()
    if style == "decimalEnclosedCircle" and 0 < n <= 20:
        return chr(0x2460 + n - 1)
    if style == "decimalZero":
        return f"{n:02d}"
    if style == "decimalFullWidth":
        return str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)})
    if style == "ideographTraditional" and n > 0:
        return _STEMS[(n - 1) % 10]
    if ("hinese" in style or style.startswith(("japanese", "taiwanese", "ideograph"))) and n > 0:
        return _chinese(n)
    return str(n)


def _roman(n: int) -> str:
    out = ""
    for size, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    ):
        out += letters * (n // size)
        n %= size
    return out


def _chinese(n: int) -> str:
    if n < 10:
        return _DIGITS[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    return "".join(_DIGITS[int(d)] for d in str(n))
