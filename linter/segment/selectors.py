"""Selectors of style sheets over the reader's own tree: parsed once, matched within a budget.

Known are types, classes, ids, attributes, the four combinators, ``:not``, ``:is``, ``:where`` and
what can be told of an element's place among its siblings. A state that a page is in only for a
moment (``:hover``) and what is no element (``::before``) never match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from linter.segment.tree import Node

# Compounds of one selector, and selectors within one ``:not``.
_MAX_PARTS, _MAX_INNER = 12, 8
_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\.)+"
_TOKEN = re.compile(
    rf"""(?P<class>\.{_NAME})|(?P<id>\#{_NAME})|(?P<tag>{_NAME}|\*)
    |\[\s*(?P<attribute>{_NAME})\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|[^\]\s]+)\s*[is]?\s*)?\]
    |(?P<element>::[\w-]+)|:(?P<pseudo>[\w-]+)(?:\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\))?
    |(?P<joined>\s*[>+~]\s*|\s+)""",
    re.VERBOSE,
)
_PARTING = re.compile(r"[,()\[\]]")
_NTH = re.compile(r"\s*(?:([+-]?\d*)n\s*(?:([+-])\s*)?)?(\d+)?\s*$")


class Compound(NamedTuple):
    """What must hold of one element."""

    tag: str = ""
    identity: str = ""
    classes: tuple[str, ...] = ()
    tests: tuple[Callable[[Node, Node | None], bool], ...] = ()


class Selector(NamedTuple):
    """Compounds from the last to the first, what joins each to the one before it, and the
    specificity as (ids, classes, types).
    """

    parts: tuple[Compound, ...]
    joins: tuple[str, ...]
    specificity: tuple[int, int, int]

    @property
    def key(self) -> str:
        """What an element that matches surely has: "#id", ".class", a type, or "" if nothing."""
        last = self.parts[0]
        if last.identity:
            return "#" + last.identity
        return "." + last.classes[0] if last.classes else last.tag


def selectors(source: str, most: int) -> Iterator[Selector]:
    """The selectors of a list, those passed over that can match nothing."""
    for one in islice(_parted(source), most):
        if (parsed := parse(one.strip())) is not None:
            yield parsed


def _parted(source: str) -> Iterator[str]:
    """The parts of a list, in brackets no commas that part it."""
    begun = depth = 0
    for mark in _PARTING.finditer(source):
        if mark.group() in "([":
            depth += 1
        elif mark.group() in ")]":
            depth -= 1
        elif not depth:
            yield source[begun : mark.start()]
            begun = mark.end()
    yield source[begun:]


def parse(source: str) -> Selector | None:
    """One selector; None if it is not understood or never matches."""
    parts: list[Compound] = [Compound()]
    joins: list[str] = []
    ids = classes = types = at = 0
    while at < len(source):
        token = _TOKEN.match(source, at)
        if token is None or token["element"] or len(parts) > _MAX_PARTS:
            return None
        at = token.end()
        last = parts[-1]
        if token["joined"]:
            joins.append(token["joined"].strip() or " ")
            parts.append(Compound())
        elif token["tag"]:
            parts[-1] = last._replace(tag="" if token["tag"] == "*" else token["tag"].lower())
            types += token["tag"] != "*"
        elif token["class"]:
            parts[-1] = last._replace(classes=(*last.classes, _plain(token["class"][1:])))
            classes += 1
        elif token["id"]:
            parts[-1] = last._replace(identity=_plain(token["id"][1:]))
            ids += 1
        else:
            test, weight = _test(token)
            if test is None:
                return None
            parts[-1] = last._replace(tests=(*last.tests, test))
            ids, classes, types = ids + weight[0], classes + weight[1], types + weight[2]
    if not source or (not all(map(any, parts)) and "*" not in source):
        return None
    return Selector(tuple(parts[::-1]), tuple(joins[::-1]), (ids, classes, types))


def _plain(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name) if "\\" in name else name


_Test = Callable[[Node, Node | None], bool]


def _test(token: re.Match[str]) -> tuple[_Test | None, tuple[int, int, int]]:
    """The test of an attribute or a pseudo-class, and what it adds to the specificity."""
    if token["attribute"]:
        value = (token["value"] or "").strip("\"'")
        return _attribute(token["attribute"].lower(), token["how"] or "", value), (0, 1, 0)
    name, inner = token["pseudo"].lower(), token["inner"] or ""
    if name in ("not", "is", "where", "matches", "any"):
        return _among(name, inner)
    if name.startswith("nth-") and name in _PLACES:
        return _nth(name, inner), (0, 1, 0)
    return _STATES.get(name), (0, 1, 0)


def _attribute(name: str, how: str, value: str) -> _Test:
    tests: dict[str, Callable[[str], bool]] = {
        "": lambda _: True,
        "=": lambda has: has == value,
        "~=": lambda has: value in has.split(),
        "|=": lambda has: has == value or has.startswith(value + "-"),
        "^=": lambda has: bool(value) and has.startswith(value),
        "$=": lambda has: bool(value) and has.endswith(value),
        "*=": lambda has: bool(value) and value in has,
    }
    test = tests[how]
    return lambda node, _: name in node.attrs and test(node.attrs[name])


def _among(name: str, inner: str) -> tuple[_Test | None, tuple[int, int, int]]:
    """``:not``, ``:is`` and ``:where`` of compounds."""
    known = list(selectors(inner, _MAX_INNER))
    if any(s.joins for s in known):
        return None, (0, 0, 0)
    weight = max((s.specificity for s in known), default=(0, 0, 0))
    compounds = [s.parts[0] for s in known]
    negated = name == "not"

    def test(node: Node, parent: Node | None) -> bool:
        return any(holds(c, node, parent) for c in compounds) != negated

    return test, (0, 0, 0) if name == "where" else weight


def _place(node: Node, parent: Node | None, *, last: bool, typed: bool) -> int:
    """Where an element stands among its siblings, counted from 1; 0 if that is not known."""
    siblings = parent.children() if parent is not None else []
    if typed:
        siblings = [s for s in siblings if s.name == node.name]
    for n, sibling in enumerate(reversed(siblings) if last else siblings, start=1):
        if sibling is node:
            return n
    return 0


# The places that ``:nth-…`` counts, by whether from the end and whether of one type.
_PLACES = {
    "nth-child": (False, False),
    "nth-last-child": (True, False),
    "nth-of-type": (False, True),
    "nth-last-of-type": (True, True),
}


def _nth(name: str, formula: str) -> _Test | None:
    formula = {"odd": "2n+1", "even": "2n"}.get(formula.strip().lower(), formula.lower())
    match = _NTH.match(formula)
    if match is None or not formula.strip():
        return None
    step = (
        0 if match[1] is None else int(match[1] + "1" if match[1] in ("", "+", "-") else match[1])
    )
    offset = int(match[3] or 0) * (-1 if match[2] == "-" else 1)
    last, typed = _PLACES[name]

    def test(node: Node, parent: Node | None) -> bool:
        beyond = _place(node, parent, last=last, typed=typed) - offset
        return beyond == 0 if step == 0 else beyond % step == 0 and beyond // step >= 0

    return test


_STATES: dict[str, _Test] = {
    "root": lambda node, _: node.name == "html",
    "link": lambda node, _: node.name == "a" and "href" in node.attrs,
    "any-link": lambda node, _: node.name == "a" and "href" in node.attrs,
    "checked": lambda node, _: "checked" in node.attrs or "selected" in node.attrs,
    "disabled": lambda node, _: "disabled" in node.attrs,
    "enabled": lambda node, _: "disabled" not in node.attrs,
    "empty": lambda node, _: not node.contents,
    "first-child": lambda node, up: _place(node, up, last=False, typed=False) == 1,
    "last-child": lambda node, up: _place(node, up, last=True, typed=False) == 1,
    "first-of-type": lambda node, up: _place(node, up, last=False, typed=True) == 1,
    "last-of-type": lambda node, up: _place(node, up, last=True, typed=True) == 1,
}


def holds(compound: Compound, node: Node, parent: Node | None) -> bool:
    """Whether an element is what a compound describes."""
    if not node.name or (compound.tag and compound.tag != node.name):
        return False
    if compound.identity and node.attrs.get("id") != compound.identity:
        return False
    if compound.classes:
        has = node.attrs.get("class", "").split()
        if any(c not in has for c in compound.classes):
            return False
    return all(test(node, parent) for test in compound.tests)


class Matcher:
    """Matches selectors until its budget of looks at elements is spent."""

    def __init__(self, budget: int) -> None:
        self._left = budget

    @property
    def cut(self) -> bool:
        """Whether there was more to match than may be."""
        return self._left < 0

    def matches(self, selector: Selector, node: Node, above: Sequence[Node]) -> bool:
        """Whether an element matches, ``above`` it the elements around it, outermost first."""
        return self._from(selector, 0, node, above, len(above))

    def _from(
        self, selector: Selector, n: int, node: Node, above: Sequence[Node], depth: int
    ) -> bool:
        parent = above[depth - 1] if depth else None
        compound = selector.parts[n]
        # Telling a place among siblings is work in proportion to their number.
        self._left -= 1 + (len(parent.contents) if parent and compound.tests else 0)
        if self._left < 0 or not holds(compound, node, parent):
            return False
        if n == len(selector.joins):
            return True
        join = selector.joins[n]
        if join == ">":
            return parent is not None and self._from(selector, n + 1, parent, above, depth - 1)
        if join == " ":
            return any(
                self._from(selector, n + 1, above[d], above, d) for d in range(depth - 1, -1, -1)
            )
        before = self._before(node, parent)
        return any(
            self._from(selector, n + 1, sibling, above, depth)
            for sibling in (before[-1:] if join == "+" else before)
        )

    def _before(self, node: Node, parent: Node | None) -> list[Node]:
        """The elements before one among its siblings."""
        out: list[Node] = []
        for sibling in parent.contents if parent is not None else ():
            self._left -= 1
            if sibling is node:
                break
            if isinstance(sibling, Node):
                out.append(sibling)
        return out
