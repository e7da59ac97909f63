"""The tree of an HTML page: elements and texts, as lxml's recovering parser reports them.

The events of the parser are taken as they come, as Beautiful Soup takes them, since lxml's own
tree drops without a word what is nested deeper than it allows. The nodes hold what reading needs
and no more: most of Beautiful Soup's time goes into what it is not asked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_SURROGATE = re.compile(r"[\ud800-\udfff]")


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

    def text(self) -> str:
        """All text within this element."""
        return "".join(c for c in self.within() if isinstance(c, str))


def parse(markup: str) -> Node:
    """The tree of a page or fragment under a node named "". Any markup is accepted."""
    builder = _Target()
    parser = etree.HTMLParser(target=builder, recover=True, huge_tree=True)
    try:
        parser.feed(_SURROGATE.sub("\ufffd", markup))
        parser.close()
    except etree.ParserError:
        # Nothing in it is markup or text.
        return Node("")
    return builder.root


class _Target:
    """Makes nodes of a parser's events; elements that end without having begun are passed over."""

    def __init__(self) -> None:
        self.root = Node("")
        self._open = [self.root]
        self._counts: dict[str, int] = {}
        self._texts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, dict(attributes))
        inside = self._open[-1].contents
        if self._texts:
            self._flush()
        inside.append(node)
        self._open.append(node)
        self._counts[tag] = self._counts.get(tag, 0) + 1

    def end(self, tag: str) -> None:
        if self._texts:
            self._flush()
        if not self._counts.get(tag):
            return
        while True:
            name = self._open.pop().name
            self._counts[name] -= 1
            if name == tag:
                return

    def data(self, text: str) -> None:
        self._texts.append(text)

    def comment(self, text: str) -> None:
        """A comment is nothing, nor does it part the words around it."""

    def close(self) -> None:
        self._flush()

    def _flush(self) -> None:
        self._open[-1].contents.append("".join(self._texts))
        self._texts.clear()
