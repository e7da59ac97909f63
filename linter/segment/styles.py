"""What a page's own style sheets and style attributes say of an element's being seen and placed.

Only what changes how a policy is read: whether text is shown and not struck out, whether its line
breaks are shown, and whether boxes stand as a table. Declarations are weighed as the cascade weighs
them (importance, the attribute over the sheet, specificity, order); linked sheets are not fetched.
What a page shows on a desktop's or on a phone's screen counts as shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from linter.segment.colors import Color, color
from linter.segment.selectors import Matcher, Selector, selectors
from linter.segment.sheets import BOTH, DESKTOP, MAX_RULE, PHONE, rules
from linter.segment.tree import Node

_DECLARATION = re.compile(
    r"""(?<![\w-])([\w-]{1,40})\s{0,20}:\s*((?:[^;"'(]|"[^"]*"|'[^']*'|\((?:[^()]|\([^()]*\))*\))+)"""
)
_KNOWN = frozenset(
    "display visibility opacity font font-size font-weight white-space position left top "
    "text-indent margin-left margin-top clip clip-path height max-height width max-width "
    "overflow overflow-x overflow-y transform scale zoom color background background-color "
    "background-image text-decoration text-decoration-line mso-hide grid-template-columns "
    "content-visibility".split()
)
# A look at declarations that tells whether one of these may be among them.
_TOLD = re.compile("|".join(sorted({name.partition("-")[0] for name in _KNOWN})), re.IGNORECASE)
_SIZE = re.compile(r"(?:^|\s)(\d{0,6}\.?\d{1,6}(?:px|pt|r?em|%)?)\s*(?:/|\s)")
_NUMBER = re.compile(r"([+-]?\d{0,6}\.?\d{1,6})\s*(px|pt|r?em|%|vw|vh|cm|in)?\s*$")
_SCALED = re.compile(r"scale(?:3d|x|y)?\(\s*(?:0?\.?0+|1\s*,\s*0?\.?0+)\s*[,)]")
_MOVED = re.compile(r"translate(?:3d|x|y)?\(\s*(?:0(?:px)?\s*,\s*)?-\d{4,}px")
_CLIPPED = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|(?:circle|ellipse)\(\s*0(?:px|%)?[\s)]"
    r"|polygon\(\s*(?:0(?:px|%)?[\s,]*)+\)"
)
_RECT = re.compile(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)")
_REPEAT = re.compile(r"repeat\(\s*(\d{1,2})\s*,[^()]*(?:\([^()]*\)[^()]*)*\)")
_GROUPED = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_BOLD = re.compile(r"bold|[6-9]00")
_LINES = ("pre", "break-spaces")
_PLACES = frozenset(["table", "table-row", "table-cell", "grid"])
# What is struck out says nothing any more.
STRUCK = frozenset(["del", "s", "strike"])
# Attributes that a style may stand in, or what one could say.
_SAYING = frozenset(["style", "hidden", "bgcolor", "color"])
# Rules of one page, selectors of one rule, and looks at elements, when they are matched.
_MAX_RULES, _MAX_SELECTORS = 120_000, 100
_LOOKS = 2_000_000
# Looks that are kept of elements that say the same.
_KEPT = 4_096
# Pixels of a side; a picture that shows a list is larger.
_PICTURE = 200
# Ways of hiding that a child may undo.
VISIBILITY, FONT_SIZE, INDENT = 1, 2, 4
_VEILS = {VISIBILITY: "visibility", FONT_SIZE: "font-size", INDENT: "text-indent"}
_PANEL = re.compile(
    r"(?:^|[\s_-])(?:tabs?|pane|panel|tabpanel|collapse|collapsible|acc|accordion|fold|foldable"
    r"|toggle|faq|answer|drawer|spoiler|expand|swiper|slide|el-collapse-item|van-collapse-item)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"""(?:aria-controls|href|data-(?:bs-)?target|data-(?:toggle-)?id|for)\s*=\s*["']?#?([A-Za-z_][\w-]{0,100})"""
)
# What an element has that a click on it does something, and how many are looked at for one.
_CLICKED = ("onclick", "aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "@click")
_LOOKED_AT = 20
# What opens is a box.
_INLINE = frozenset("a b em i img input label small span strong".split())


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for an element and those in it.

    Attributes
    ----------
    gone : nothing of it is shown, whatever elements in it say.
    veils, unveils : the ways of hiding that it begins, and those that it ends (as bits).
    bold, lines : of its own text; line breaks are shown.
    place : "table", "table-row", "table-cell" or "grid" if it stands as that, of so many columns.
    ink, ground : the text's color and the one behind it, None if not told or not understood.
    grounded : something is said of what is behind.
    picture : it shows a picture as large as one of a list.
    """

    gone: bool = False
    veils: int = 0
    unveils: int = 0
    bold: bool = False
    lines: bool = False
    place: str = ""
    columns: int = 0
    ink: Color | None = None
    ground: Color | None = None
    grounded: bool = False
    picture: bool = False


PLAIN = Style()
_Declared = Mapping[str, str]


@lru_cache(maxsize=2048)
def declared(declarations: str) -> tuple[_Declared, _Declared]:
    """What a list of declarations says of what matters here: plainly, and as important."""
    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    if not _TOLD.search(declarations):
        return plain, important
    for name, said in _DECLARATION.findall(declarations):
        name = name.lower()
        if name not in _KNOWN:
            continue
        value, mark, _ = said.lower().partition("!")
        (important if mark else plain).update(_expanded(name, value.strip()))
    return plain, important


def _expanded(name: str, value: str) -> dict[str, str]:
    """A declaration as those that it is short for."""
    if name == "background":
        return {"background-color": value, "background-image": value}
    if name == "text-decoration":
        return {"text-decoration-line": value}
    if name == "font":
        size = _SIZE.search(value)
        return {"font-size": size.group(1)} if size else {}
    if name == "overflow-x" or name == "overflow-y":
        return {"overflow": value}
    return {name: value}


def _style(said: _Declared) -> Style:
    display = said.get("display", "").removeprefix("inline-")
    place = display if display in _PLACES else ""
    ground = said.get("background-color")
    pictured = "url(" in said.get("background-image", "")
    # What is behind a box that was taken out of its place, or before a picture, is not known.
    unknown = pictured or said.get("position") in ("absolute", "fixed")
    behind = color(ground) if ground is not None else None
    veils, unveils = _veils(said)
    return Style(
        _gone(said, display),
        veils,
        unveils,
        bool(_BOLD.search(said.get("font-weight", ""))),
        said.get("white-space", "").startswith(_LINES),
        place,
        _count(said.get("grid-template-columns", "")) if place == "grid" else 0,
        color(said["color"]) if "color" in said else None,
        None if unknown or behind is None or behind.clear else behind,
        unknown or (ground is not None and not (behind is not None and behind.clear)),
        pictured and min(_pixels(said, "width"), _pixels(said, "height")) >= _PICTURE,
    )


def _gone(said: _Declared, display: str) -> bool:
    """Whether nothing of an element is to be seen, by one of the ways that pages have for that."""
    if display == "none" or said.get("mso-hide") == "all":
        return True
    if said.get("content-visibility") == "hidden":
        return True
    if _number(said.get("opacity")) <= 0.05 or _number(said.get("zoom")) == 0:
        return True
    if "line-through" in said.get("text-decoration-line", ""):
        return True
    if _SCALED.search(said.get("transform", "")) or _number(said.get("scale")) == 0:
        return True
    if _RECT.search(said.get("clip", "")) or _CLIPPED.search(said.get("clip-path", "")):
        return True
    return _is_outside(said) or _is_flat(said)


def _is_outside(said: _Declared) -> bool:
    """Whether an element lies beside the page."""
    if _MOVED.search(said.get("transform", "")):
        return True
    placed = said.get("position", "") in ("absolute", "fixed", "relative")
    if any(_length(said.get(side)) <= (-100 if placed else -1000) for side in ("left", "top")):
        return True
    # Less than this centers boxes and overlaps columns.
    return any(_length(said.get(side)) <= -1000 for side in ("margin-left", "margin-top"))


def _is_flat(said: _Declared) -> bool:
    """Whether an element's box has no height or width, and what is beyond it is cut off."""
    if said.get("overflow", "") not in ("hidden", "clip"):
        return False
    return any(
        0 <= _length(said.get(side)) <= 1 for side in ("height", "max-height", "width", "max-width")
    )


def _veils(said: _Declared) -> tuple[int, int]:
    begun = ended = 0
    for bit, name in _VEILS.items():
        value = said.get(name, "inherit")
        if value == "inherit":
            continue
        length = _length(value)
        if value in ("hidden", "collapse") or (
            0 <= length <= 1 if bit == FONT_SIZE else length <= -100
        ):
            begun |= bit
        elif bit != FONT_SIZE or not value.endswith(("em", "%")) or value.endswith("rem"):
            # A share of nothing is nothing.
            ended |= bit
    return begun, ended


_NOWHERE = float("nan")
_UNITS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 10.0, "vw": 10.0, "vh": 10.0}


def _number(value: str | None) -> float:
    """A number, a percentage as its share; no number compares as neither less nor more."""
    match = _NUMBER.match(value) if value else None
    if match is None:
        return _NOWHERE
    return float(match[1]) / (100 if match[2] == "%" else 1)


def _length(value: str | None) -> float:
    """A length in about as many pixels as it is on a common screen."""
    match = _NUMBER.match(value) if value else None
    return float(match[1]) * _UNITS.get(match[2] or "px", 38.0) if match else _NOWHERE


def _pixels(said: _Declared, side: str) -> float:
    length = _length(said.get(side))
    return length if length == length else 0.0


def _count(columns: str) -> int:
    """How many columns ``grid-template-columns`` names; 0 when that depends on the width."""
    if "auto-fi" in columns:
        return 0
    repeated = sum(int(m.group(1)) for m in _REPEAT.finditer(columns))
    rest = _GROUPED.sub("", _REPEAT.sub(" ", columns))
    return repeated + len(rest.replace("!important", "").split())


class _Entry(NamedTuple):
    """One selector with what it declares."""

    selector: Selector
    plain: _Declared
    important: _Declared
    screens: int


@dataclass(slots=True)
class Styles:
    """The styles of one page: entries by what an element that they match surely has.

    ``linked`` tells that it has sheets that are not here, ``cut`` that not all was weighed.
    """

    source: str
    linked: bool = False
    entries: list[_Entry] = field(default_factory=list)
    _by_key: dict[str, list[int]] = field(default_factory=dict)
    _controlled: frozenset[str] | None = None
    _matcher: Matcher = field(default_factory=lambda: Matcher(_LOOKS))
    _known: dict[tuple[tuple[int, ...], str, tuple[str, ...]], Style] = field(default_factory=dict)
    cut: bool = False

    @property
    def types(self) -> frozenset[str]:
        """The types of elements that rules speak of without a class or id; "" for any."""
        return frozenset(key for key in self._by_key if key[:1] not in (".", "#"))

    @classmethod
    def of(cls, sheets: Iterable[tuple[str, str]], source: str) -> Styles:
        """Reads style sheets, each with the media that it is for.

        ``source`` is the page, in which controls of panels are looked up.
        """
        styles = cls(source)
        found = (rule for sheet, media in sheets for rule in rules(sheet, media))
        for rule in islice(found, _MAX_RULES):
            plain, important = declared(rule.declarations)
            if plain or important:
                for selector in selectors(rule.selectors, _MAX_SELECTORS):
                    styles._add(_Entry(selector, plain, important, rule.screens))
        styles.cut = next(found, None) is not None
        return styles

    def _add(self, entry: _Entry) -> None:
        self._by_key.setdefault(entry.selector.key, []).append(len(self.entries))
        self.entries.append(entry)

    def of_tag(self, tag: Node, above: Sequence[Node]) -> Style:
        """What holds for an element, ``above`` it the elements around it, outermost first."""
        attributes = tag.attrs
        matched: tuple[int, ...] = ()
        if self.entries:
            matched = self._matched(tag, above)
        elif _SAYING.isdisjoint(attributes) and tag.name not in STRUCK:
            return PLAIN
        own = attributes.get("style", "")[:MAX_RULE]
        # Attributes that say what a style could: the browser's own style.
        said = _native(tag)
        if not (matched or own or said):
            return PLAIN
        key = (matched, own, said)
        style = self._known.get(key)
        if style is None:
            style = self._weighed(*key)
            if len(self._known) < _KEPT:
                self._known[key] = style
        return style

    def _matched(self, tag: Node, above: Sequence[Node]) -> tuple[int, ...]:
        keys = ["." + c for c in tag.get("class").split()]
        keys += ("#" + tag.get("id"), tag.name, "")
        entries, found = self.entries, []
        for key in dict.fromkeys(keys):
            for n in self._by_key.get(key, ()):
                if self._matcher.matches(entries[n].selector, tag, above):
                    found.append(n)
        self.cut = self.cut or self._matcher.cut
        return tuple(sorted(found, key=lambda n: (entries[n].selector.specificity, n)))

    def _weighed(self, matched: tuple[int, ...], own: str, native: tuple[str, ...]) -> Style:
        entries = [self.entries[n] for n in matched]
        if all(e.screens == BOTH for e in entries):
            return _cascaded(entries, own, native)
        desktop, phone = (
            _cascaded([e for e in entries if e.screens & screen], own, native)
            for screen in (DESKTOP, PHONE)
        )
        return replace(
            desktop,
            gone=desktop.gone and phone.gone,
            veils=desktop.veils & phone.veils,
            unveils=desktop.unveils | phone.unveils,
        )

    def opens(self, tag: Node, before: Node | None) -> bool:
        """Whether a hidden element is a panel that the page's reader can open: a tab, a fold.

        ``before`` is the element right before it, which may be its control.
        """
        if tag.get("role") == "tabpanel" or tag.get("hidden") == "until-found":
            return True
        if _PANEL.search(tag.get("class")):
            return True
        identifier = tag.get("id")
        if identifier and identifier in self._controls():
            return True
        return before is not None and tag.name not in _INLINE and _is_control(before)

    def _controls(self) -> frozenset[str]:
        if self._controlled is None:
            self._controlled = frozenset(_CONTROL.findall(self.source))
        return self._controlled


def _cascaded(entries: list[_Entry], own: str, native: tuple[str, ...]) -> Style:
    plain, important = declared(own) if own else ({}, {})
    said = dict(zip(native[::2], native[1::2], strict=True))
    for entry in entries:
        said.update(entry.plain)
    # Bold text by class is left alone: it makes every teaser a heading.
    said.pop("font-weight", None)
    said.update(plain)
    for entry in entries:
        said.update(entry.important)
    said.update(important)
    return _style(said) if said else PLAIN


def _native(tag: Node) -> tuple[str, ...]:
    """Names and values of what an element says without a style."""
    said: tuple[str, ...] = ()
    if tag.name in STRUCK:
        said = ("text-decoration-line", "line-through")
    attributes = tag.attrs
    if attributes:
        if "hidden" in attributes:
            said += ("display", "none")
        if "bgcolor" in attributes:
            said += ("background-color", attributes["bgcolor"].lower()[:40])
        if tag.name == "font" and "color" in attributes:
            said += ("color", attributes["color"].lower()[:40])
    return said


def _is_control(tag: Node) -> bool:
    """Whether a click on an element, or on one in it, may open what follows."""
    within = (n for n in islice(tag.within(), _LOOKED_AT) if isinstance(n, Node))
    return any(
        n.name in ("button", "summary")
        or n.get("role") in ("button", "tab")
        or any(name in n.attrs for name in _CLICKED)
        or (n.name == "a" and n.get("href").startswith(("#", "javascript:")))
        for n in (tag, *within)
    )
