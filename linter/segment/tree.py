"""The tree of an HTML page: elements and texts, as lxml's recovering parser reports them.

Beautiful Soup drives the parser, whose events it takes as they come: lxml's own tree drops without
a word what is nested deeper than it allows. The nodes hold what reading needs and no more, since
most of Beautiful Soup's time would go into searching and changing a tree, for which it is not
asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder

_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A tag after the source, which the parser reports if nothing swallows it.
_LAST = "end-of-source"
# Drawings and formulas, and the elements in them that hold pieces of a page again.
_FOREIGN = {"svg": True, "math": True, "foreignobject": False, "desc": False, "title": False}
# What ends a drawing that it stands in, by the HTML standard's rules for foreign content.
_ENDS_DRAWING = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img "
    "li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul "
    "var".split()
)


@dataclass(slots=True, eq=False)
class Node:
    """An element: its lower-case name, its attributes, and its elements and texts in order."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    contents: list[Node | str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attrs.get(name, default)

    def children(self) -> list[Node]:
        """The elements right within this one."""
        return [c for c in self.contents if isinstance(c, Node)]

    def within(self) -> Iterator[Node | str]:
        """All that stands in this element, in document order."""
        stack = [iter(self.contents)]
        while stack:
            for child in stack[-1]:
                yield child
                if isinstance(child, Node):
                    stack.append(iter(child.contents))
                    break
            else:
                stack.pop()

    def elements(self, *names: str) -> Iterator[Node]:
        """The elements within this one, of these names if any are given."""
        return (c for c in self.within() if isinstance(c, Node) and (not names or c.name in names))

    def outermost(self, *names: str) -> Iterator[Node]:
        """The elements of these names within this one that stand in no other of them."""
        stack = [iter(self.contents)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, Node):
                if child.name in names:
                    yield child
                else:
                    stack.append(iter(child.contents))

    def text(self) -> str:
        """All text within this element."""
        return "".join(c for c in self.within() if isinstance(c, str))


@dataclass(slots=True, eq=False)
class Tree(Node):
    """A page's elements and texts under a node named ""; ``named`` finds elements at once.

    ``ended`` tells that the parser came to the source's end with nothing open that it drops: a
    quotation mark, a comment, a script.
    """

    index: dict[str, list[Node]] = field(default_factory=dict)
    ended: bool = False

    def named(self, *names: str) -> Iterator[Node]:
        """All elements of some names, name by name, those of one name in document order."""
        return (node for name in names for node in self.index.get(name, ()))


def parse(markup: str) -> Tree:
    """The tree of a page or fragment. Any markup is accepted."""
    builder = _LeanBuilder()
    # NULs are nothing, as they are to browsers. Line ends keep Beautiful Soup from warning of texts
    # that look like a path, an address or XML.
    source = _SURROGATE.sub("\ufffd", markup.replace("\0", ""))
    BeautifulSoup(f"\n{source}\n<{_LAST}>", builder=builder)
    return builder.tree


class _LeanBuilder(LXMLTreeBuilder):
    """Beautiful Soup's tree builder for lxml, its parser's events made into lean nodes.

    Elements that end without having begun are passed over; comments, declarations and the like
    are nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree("")
        self._open: list[Node] = [self.tree]
        self._begun: dict[str, int] = {}
        self._texts: list[str] = []
        # Whether each drawing, or piece of a page within one, that is open is the former.
        self._foreign: list[bool] = []

    def start(self, tag: str, attrib: Mapping[str, str], nsmap: object = None) -> None:
        self._end_text()
        if tag == _LAST:
            self.tree.ended = True
            return
        if self._foreign and self._foreign[-1] and tag in _ENDS_DRAWING:
            while self._foreign and self._foreign[-1]:
                self._close()
        node = Node(tag, dict(attrib))
        self._open[-1].contents.append(node)
        self._open.append(node)
        if tag in _FOREIGN and (self._foreign or _FOREIGN[tag]):
            self._foreign.append(_FOREIGN[tag])
        if tag in self._begun:
            self._begun[tag] += 1
            self.tree.index[tag].append(node)
        else:
            self._begun[tag] = 1
            self.tree.index[tag] = [node]

    def end(self, tag: str) -> None:
        self._end_text()
        if not self._begun.get(tag):
            return
        while self._close() != tag:
            pass

    def _close(self) -> str:
        """Ends the innermost element; its name."""
        ended = self._open.pop().name
        self._begun[ended] -= 1
        if self._foreign and ended in _FOREIGN:
            self._foreign.pop()
        return ended

    def data(self, data: str) -> None:
        self._texts.append(data)

    def comment(self, text: object) -> None:
        """Nothing."""

    def doctype(self, name: object, pubid: object, system: object) -> None:
        """Nothing."""

    def pi(self, target: object, data: object) -> None:
        """Nothing."""

    def close(self) -> None:
        self._end_text()

    def _end_text(self) -> None:
        # The parser reports one text in several parts, around entities for example.
        if self._texts:
            self._open[-1].contents.append("".join(self._texts))
            self._texts.clear()
