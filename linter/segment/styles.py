"""What a page's own style sheets and style attributes say of an element's being seen and placed.

Only what changes how a policy is read: whether text is shown, whether its line breaks are, and
whether boxes stand as a table. Of style sheets only plain selectors are understood (a class, an
id, an element with a class): enough for pages that hide or lay out text by class, and no attempt
at the cascade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from linter.segment.tree import Node

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|(?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:!|;|$)|(?<![\w-])font-size\s*:\s*0(?:px|pt|em|rem)?\s*(?:!|;|$)"
    r"|(?<![\w-])(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LINES = re.compile(r"white-space\s*:\s*(?:pre\b|pre-wrap|pre-line|break-spaces)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?<![\w-])display\s*:\s*(?:inline-)?(table-row|table-cell|table|grid)\b", re.IGNORECASE
)
_COLUMNS = re.compile(r"grid-template-columns\s*:\s*([^;}]{1,400})", re.IGNORECASE)
_REPEAT = re.compile(r"repeat\(\s*(\d{1,2})\s*,[^()]*(?:\([^()]*\)[^()]*)*\)")
_GROUPED = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_BRACE = re.compile(r"[{}]")
# Blocks whose rules hold whatever the screen; "@media" hides on some and shows on others.
_ALWAYS = ("@layer", "@supports")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][A-Za-z_][\w-]*)\s*$")
# Rules of one page, and characters of one rule, that are looked at.
_MAX_RULES = 5_000
_MAX_RULE = 4_000
_PANEL = re.compile(
    r"(?:^|[\s_-])(?:tabs?|pane|panel|tabpanel|collapse|collapsible|accordion|fold|foldable|toggle"
    r"|drawer|spoiler|expand|swiper|slide|el-collapse-item|van-collapse-item)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"""(?:aria-controls|href|data-(?:bs-)?target|data-(?:toggle-)?id|for)\s*=\s*["']?#?([A-Za-z_][\w-]{0,100})"""
)


@dataclass(frozen=True, slots=True)
class Style:
    """What a rule or attribute says; ``place`` is "table", "table-row", "table-cell" or "grid"."""

    hidden: bool = False
    bold: bool = False
    lines: bool = False
    place: str = ""
    columns: int = 0

    def over(self, other: Style) -> Style:
        """Both together."""
        return Style(
            self.hidden or other.hidden,
            self.bold or other.bold,
            self.lines or other.lines,
            self.place or other.place,
            self.columns or other.columns,
        )


PLAIN = Style()


@lru_cache(maxsize=2048)
def declared(declarations: str) -> Style:
    """What a list of declarations says, as in a style attribute."""
    place = _PLACE.search(declarations)
    columns = _COLUMNS.search(declarations) if place and place.group(1).lower() == "grid" else None
    return Style(
        bool(_HIDDEN.search(declarations)),
        bool(_BOLD.search(declarations)),
        bool(_LINES.search(declarations)),
        place.group(1).lower() if place else "",
        _count(columns.group(1)) if columns else 0,
    )


def _count(columns: str) -> int:
    """How many columns ``grid-template-columns`` names; 0 when that depends on the width."""
    if "auto-fi" in columns:
        return 0
    repeated = sum(int(m.group(1)) for m in _REPEAT.finditer(columns))
    rest = _GROUPED.sub("", _REPEAT.sub(" ", columns))
    return repeated + len(rest.replace("!important", "").split())


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold on every screen. One pass."""
    first, *commented = sheet.replace("<!--", " ").replace("-->", " ").split("/*")
    sheet = first + "".join(c.partition("*/")[2] for c in commented)
    open_blocks: list[str] = []
    at = 0
    for brace in _BRACE.finditer(sheet):
        inside = sheet[at : brace.start()].strip()
        at = brace.end()
        if brace.group() == "{":
            open_blocks.append(inside)
        elif open_blocks:
            selectors = open_blocks.pop()
            if all(b.startswith(_ALWAYS) for b in open_blocks[-3:]) and selectors[:1] != "@":
                yield selectors[-_MAX_RULE:], inside[:_MAX_RULE]


@dataclass(slots=True)
class Styles:
    """The styles of one page, by class and id (".name", "#name")."""

    source: str
    rules: dict[str, Style] = field(default_factory=dict)
    _controlled: frozenset[str] | None = None

    @classmethod
    def of(cls, sheets: Iterable[str], source: str) -> Styles:
        """Reads style sheets. ``source`` is the page, in which controls of panels are looked up."""
        styles = cls(source)
        rules = (rule for sheet in sheets for rule in _rules(sheet))
        for selectors, declarations in islice(rules, _MAX_RULES):
            # Bold text by class is left alone: it makes every teaser a heading.
            style = declared(declarations)
            if style.hidden or style.lines or style.place:
                styles._add(selectors, style)
        return styles

    def _add(self, selectors: str, style: Style) -> None:
        rule = Style(style.hidden, False, style.lines, style.place, style.columns)
        for selector in selectors.split(",")[:100]:
            if match := _SELECTOR.fullmatch(selector.strip()):
                name = match.group(1)
                self.rules[name] = rule.over(self.rules.get(name, PLAIN))

    def of_tag(self, tag: Node) -> Style:
        """What the sheets and the style attribute say of an element."""
        attributes = tag.attrs
        style = PLAIN
        if own := attributes.get("style"):
            style = declared(own[:_MAX_RULE])
        if self.rules:
            names = ["." + c for c in attributes.get("class", "").split()]
            if "id" in attributes:
                names.append(f"#{attributes['id']}")
            for name in names:
                if name in self.rules:
                    style = style.over(self.rules[name])
        return style

    def opens(self, tag: Node) -> bool:
        """Whether a hidden element is a panel that the page's reader can open: a tab, a fold."""
        if tag.get("role") == "tabpanel":
            return True
        if _PANEL.search(tag.get("class")):
            return True
        identifier = tag.get("id")
        return bool(identifier) and identifier in self._controls()

    def _controls(self) -> frozenset[str]:
        if self._controlled is None:
            self._controlled = frozenset(_CONTROL.findall(self.source))
        return self._controlled
