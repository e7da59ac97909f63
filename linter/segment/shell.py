"""Shells: pages whose text a script would draw, which hold at most a frame around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from linter.segment.tree import Node, Tree
from linter.segment.walls import handling_words

# Characters shown. Below the first a page with a script is a shell unless it speaks of handling
# data; so much may a header, a menu and a footer hold; above the last it is no shell.
_BARE, _FRAME, _FULL = 200, 600, 3_000
# What a page that asks for scripts shows at least if it can do without: they ask out of habit.
_PAGE = 1_200
# Words on handling data that a cookie banner or a footer does not reach.
_SPEAKS = 4
_MOUNT = re.compile(
    r"(?:^|[-_])(?:app|application|root|next|nuxt|gatsby|spa|mount|ice)"
    r"(?:[-_](?:container|main|wrapper|root))?$",
    re.IGNORECASE,
)
_CODE = ("script", "style", "template")
_MOUNTED = ("div", "main", "section", "article", "body")
# Places that are looked at; a page has one.
_MOUNTS = 100
# What stands in the place of the text until it is drawn: "加载中…", "Loading, please wait".
_WAITING = 24
_ASKS = re.compile(r"java\s?script|启用脚本|啟用腳本", re.IGNORECASE)


def is_shell(tree: Tree, shown: str) -> bool:
    """Whether a page's text is still to be drawn: its place is empty, or the page asks for scripts.

    Parameters
    ----------
    tree : the page.
    shown : the text in it that is not hidden.
    """
    if len(shown) >= _FULL or not any(tree.named("script")):
        return False
    words = handling_words(shown)
    if words >= _SPEAKS or (words and len(shown) >= _FRAME):
        return False
    if len(shown) < _BARE and not words:
        return True
    mounts = islice(filter(_is_mount, tree.elements()), _MOUNTS)
    asks = not words and len(shown) < _PAGE and _asks(tree)
    return any(map(_is_empty, mounts)) or asks


def may_be_shell(tree: Tree, shown: str) -> bool:
    """Whether a page says so little, and nothing of handling data, that its scripts may say more.

    Weaker than ``is_shell``: a sign-in or a notice that is really there may look like that.
    """
    little = len(shown) < _FRAME and not handling_words(shown)
    return little and any("src" in n.attrs for n in tree.named("script"))


def _is_mount(tag: Node) -> bool:
    name = tag.get("id")
    return tag.name.endswith("-root") or bool(tag.name in _MOUNTED and _MOUNT.search(name))


def _is_empty(tag: Node) -> bool:
    length = 0
    for text in _texts(tag):
        length += len(text.strip())
        if length > _WAITING:
            return False
    return True


def _texts(tag: Node) -> Iterator[str]:
    """The texts in an element that are for its reader."""
    stack = [iter(tag.contents)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, str):
            yield child
        elif child.name not in _CODE:
            stack.append(iter(child.contents))


def _asks(tree: Tree) -> bool:
    noscripts = islice(tree.named("noscript"), _MOUNTS)
    return any(_ASKS.search(" ".join(islice(_texts(n), 200))[:2_000]) for n in noscripts)
