"""The tree of an HTML page: elements and texts, as lxml's recovering parser reports them.

Beautiful Soup drives the parser, whose events it takes as they come: lxml's own tree drops without
a word what is nested deeper than it allows. The nodes hold what reading needs and no more, since
most of Beautiful Soup's time would go into searching and changing a tree, for which it is not
asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

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
    # A line end keeps Beautiful Soup from warning of texts that look like a path or address.
    soup = _Soup(_SURROGATE.sub("\ufffd", markup) + "\n", "lxml")
    return soup.lean


class _Soup(BeautifulSoup):
    """Beautiful Soup over lxml, its tree builder's events made into lean nodes as they come.

    Overrides what a tree builder calls. Elements that end without having begun are passed over;
    comments, declarations and the like are nothing.
    """

    def reset(self) -> None:
        super().reset()
        self.lean = Node("")
        self._lean_open = [self.lean]
        self._lean_counts: dict[str, int] = {}
        self._lean_texts: list[str] = []

    def handle_starttag(  # type: ignore[override]
        self, name: str, namespace: object, nsprefix: object, attrs: dict[str, str], **_: object
    ) -> None:
        if self._lean_texts:
            self.endData()
        node = Node(name, dict(attrs))
        self._lean_open[-1].contents.append(node)
        self._lean_open.append(node)
        self._lean_counts[name] = self._lean_counts.get(name, 0) + 1

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        if not self._lean_counts.get(name):
            return
        while True:
            ended = self._lean_open.pop().name
            self._lean_counts[ended] -= 1
            if ended == name:
                return

    def handle_data(self, data: str) -> None:
        self._lean_texts.append(data)

    def endData(self, containerClass: object = None) -> None:
        if self._lean_texts and containerClass is None:
            self._lean_open[-1].contents.append("".join(self._lean_texts))
        self._lean_texts.clear()
