"""Text of a page's source that an unclosed quotation mark or comment takes away from its reader."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from linter.segment.tree import Tree

# Letters and ideographs; less is an icon's name.
_NOTICEABLE = 20
# Characters of the source's end that are looked at, and of a value.
_TAIL = 20_000
_VALUE = 20_000
_NODES = 300_000
_WORDY = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")
_BETWEEN_TAGS = re.compile(r">([^<>]+)(?=<|$)")
# What holds markup by right.
_MARKUP = frozenset(["srcdoc", "content", "value", "style"])


def swallows(tree: Tree, source: str, text: str) -> bool:
    """Whether words of the source are in no text: in a value that the quotation mark of another
    tag ends, or in what is not closed before the source ends. ``text`` is what was read of it.
    """
    lost = not tree.ended and not any(tree.named("plaintext"))
    if lost and _noticeable(source[-_TAIL:], _SPACE.sub("", text)):
        return True
    return any(
        value.rstrip().endswith("=") and "</" in value and _noticeable(value[:_VALUE])
        for node in islice(tree.elements(), _NODES)
        for name, value in node.attrs.items()
        if len(value) > _NOTICEABLE and name not in _MARKUP and not name.startswith("data-")
    )


def _noticeable(markup: str, read: str = "") -> bool:
    """Whether there are words between tags that were not read."""
    found = (_SPACE.sub("", unescape(text)) for text in _BETWEEN_TAGS.findall(markup))
    words = "".join(text for text in found if text not in read)
    return len(_WORDY.findall(words)) >= _NOTICEABLE
