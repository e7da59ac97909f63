"""Pages grown by a grammar of HTML: real nesting with real words, and the words that must come out.

Every text is a word of its own ("w17"), so that what is lost or torn apart can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

_FLOW = "div section article aside main nav header footer p blockquote center address".split()
_INLINE = "span b strong i em u a font small sub label abbr q cite mark code".split()
_HEADS = "h1 h2 h3 h4 h5 h6".split()
_PROLOGUES = st.sampled_from(
    ["", "<!DOCTYPE html>", "<html>", "<html><head><title>政策</title></head><body>", "\ufeff"]
)
_LABELS = st.sampled_from(
    [
        "",
        "使用目的：",
        "【公司名称】",
        "1. ",
        "（二）",
        "a)",
        "• ",
        "第三条 ",
        "Purpose: ",
        "* ",
        "\u3000",
    ]
)
_ATTRIBUTES = st.sampled_from(
    [
        "",
        " hidden",
        ' style="display:none"',
        ' style="font-weight:700"',
        ' style="display:table-row"',
        ' style="display:grid;grid-template-columns:1fr 1fr"',
        ' role="row"',
        ' role="table"',
        ' class="cell"',
        " aria-hidden=true",
        ' href="/list"',
        ' style="white-space:pre-wrap"',
    ]
)
_SPANS = st.sampled_from(["", " rowspan=2", " colspan=3", " rowspan=0", " colspan=1000 rowspan=9"])
_BREAKS = st.sampled_from(
    ["", " ", "\n", "<br>", "<hr>", "<!-- x -->", "<wbr>", "&nbsp;", "\u200b"]
)


@dataclass(frozen=True, slots=True)
class Node:
    """An element, or a text if it has no name; ``open`` ones lack their end tag."""

    name: str
    attributes: str = ""
    children: tuple[Node, ...] = ()
    label: str = ""
    open: bool = False
    after: str = ""


@dataclass(slots=True)
class Page:
    """The source and the words that stand in it, in order."""

    html: str
    words: list[str] = field(default_factory=list)


def _text() -> st.SearchStrategy[Node]:
    return st.builds(Node, st.just(""), label=_LABELS, after=_BREAKS)


def _element(
    names: list[str], inner: st.SearchStrategy[Node], *, most: int = 4
) -> st.SearchStrategy[Node]:
    return st.builds(
        Node,
        st.sampled_from(names),
        _ATTRIBUTES,
        st.lists(inner, max_size=most).map(tuple),
        open=st.booleans()
        if set(names) <= {"li", "p", "td", "th", "tr", "dd", "dt"}
        else st.just(False),
        after=_BREAKS,
    )


def _lists(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return _element(["ul", "ol"], _element(["li"], inner)) | _element(
        ["dl"], _element(["dt", "dd"], inner)
    )


def _tables(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    cells = st.builds(
        Node, st.sampled_from(["td", "th"]), _SPANS, st.lists(inner, max_size=2).map(tuple)
    )
    rows = st.builds(Node, st.just("tr"), children=st.lists(cells, max_size=4).map(tuple))
    groups = _element(["thead", "tbody", "tfoot"], rows)
    return _element(["table"], rows | groups, most=5)


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return (
        _element(_FLOW, inner)
        | _element(_INLINE, inner)
        | _element(_HEADS, inner, most=2)
        | _lists(inner)
        | _tables(inner)
        | _element(["details", "summary", "pre", "fieldset", "legend", "figure", "noscript"], inner)
    )


def pages() -> st.SearchStrategy[Page]:
    """Pages with their words."""
    nodes = st.lists(st.recursive(_text(), _grown, max_leaves=40), min_size=1, max_size=6)
    return st.builds(_page, _PROLOGUES, nodes)


def _page(prologue: str, nodes: list[Node]) -> Page:
    numbers, page = count(), Page("")
    page.html = prologue + "".join(p for n in nodes for p in _source(n, numbers, page.words))
    return page


def _source(node: Node, numbers: Iterator[int], words: list[str]) -> Iterator[str]:
    if not node.name:
        words.append(f"w{next(numbers)}w")
        yield node.label + words[-1]
    else:
        yield f"<{node.name}{node.attributes}>"
        for child in node.children:
            yield from _source(child, numbers, words)
        if not node.open:
            yield f"</{node.name}>"
    yield node.after
