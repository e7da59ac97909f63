"""What the styles of a DOCX file say: which paragraphs are headings, what is bold or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from linter.segment.docx_package import attribute, child, local, value

_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题", "標題")
_LOOP = 12  # styles that are based on each other in a circle


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None where it says nothing."""

    name: str
    base: str | None
    outline: int | None
    bold: bool | None
    hidden: bool | None
    list_id: str | None
    list_level: int | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id; ``default`` is the id of the one that paragraphs have without saying."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """The styles that a part defines."""
        found = dict(_styles(root))
        default = next((s for s, style in found.items() if style.name == "normal"), "")
        return cls(found, default)

    def chain(self, identity: str | None) -> Iterator[Style]:
        """A style and those it is based on."""
        for _ in range(_LOOP):
            if identity is None or identity not in self.by_id:
                return
            yield self.by_id[identity]
            identity = self.by_id[identity].base

    def marks(self, identity: str | None) -> tuple[bool, bool]:
        """Whether a style is bold, and whether it hides."""
        chain = list(self.chain(identity))
        bold = next((s.bold for s in chain if s.bold is not None), False)
        hidden = next((s.hidden for s in chain if s.hidden is not None), False)
        return bool(bold), bool(hidden)

    def outline(self, properties: etree._Element | None, identity: str | None) -> int:
        """The heading level of a paragraph (1 to 6), 0 for one that is none."""
        own = value(properties, "outlineLvl")
        if own is not None:
            return _level(int(own)) if own.isascii() and own.isdigit() else 0
        for found in self.chain(identity):
            if found.outline is not None:
                return _level(found.outline)
            if named := _HEADING_NAME.match(found.name):
                return min(int(named.group(1)), 6)
            if found.name in _TITLE_NAMES:
                return 1
        return 0


def _level(outline: int) -> int:
    """Outline levels count from 0; 9 is running text."""
    return min(outline + 1, 6) if outline < 9 else 0


# Text that Word does not show, and text that it strikes out.
UNSEEN = ("vanish", "strike", "dstrike")


def unseen(properties: etree._Element | None, default: bool) -> bool:
    """Whether run properties hide or strike out; ``default`` if they say nothing of it."""
    told = [name for name in UNSEEN if child(properties, name) is not None]
    return any(switched(properties, (name,), False) for name in told) if told else default


def switched(properties: etree._Element | None, names: tuple[str, ...], default: bool) -> bool:
    """Whether run properties switch one of the names on; ``default`` if they say nothing."""
    for name in names:
        found = child(properties, name)
        if found is not None:
            return (attribute(found, "val") or "true").lower() not in ("0", "false", "off", "none")
    return default


def _styles(root: etree._Element | None) -> Iterator[tuple[str, Style]]:
    for element in root if root is not None else ():
        identity = attribute(element, "styleId")
        if local(element) != "style" or identity is None:
            continue
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        outline = value(paragraph, "outlineLvl")
        level = value(paragraph, "numPr", "ilvl")
        has = {local(e) for e in run} if run is not None else set()
        yield (
            identity,
            Style(
                (value(element, "name") or "").strip().lower(),
                value(element, "basedOn"),
                int(outline) if outline and outline.isascii() and outline.isdigit() else None,
                switched(run, ("b",), False) if "b" in has else None,
                unseen(run, False) if not has.isdisjoint(UNSEEN) else None,
                value(paragraph, "numPr", "numId"),
                int(level) if level and level.isascii() and level.isdigit() else None,
            ),
        )
