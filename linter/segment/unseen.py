"""Text of a page's source that its reader does not see: held by scripts or fields, or swallowed by
an unclosed quotation mark or comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from linter.document import Policy
from linter.segment.tree import Tree

# Letters and ideographs; less is an icon's name.
_NOTICEABLE = 20
# Characters of the source's end that are looked at, and of a value.
_TAIL = 20_000
_VALUE = 20_000
_NODES = 300_000
_WORDY = re.compile(r"[^\W\d_]")
# A value that ends where another attribute's would begin; most pages have none.
_ENDED_BY = re.compile(r"""=\s*(?:"([^"]*)=\s*"|'([^']*)=\s*')""")
_SPACE = re.compile(r"\s+")
_BETWEEN_TAGS = re.compile(r">([^<>]+)(?=<|$)")
# What holds markup by right.
_MARKUP = frozenset(["srcdoc", "content", "value", "style"])
# A company's name in what only a script or an attribute holds: a list of parties that is drawn.
# In scripts only Chinese ones count: they have English companies in their licences.
_COMPANY = re.compile(r"[\u4e00-\u9fff（()）]{4,30}有限(?:责任)?公司")
_COMPANY_EN = re.compile(r"\b[A-Z][\w&.' -]{2,40}?,? (?:Co\., )?(?:Ltd|Inc|LLC|GmbH)\b")
# Characters of one script that are looked through, and companies that are looked for; where a
# script names more, the text will not have them all.
_SOURCE = 400_000
_NAMES = 1_000


def unseen(tree: Tree, source: str, policy: Policy) -> Iterator[str]:
    """Codes of what a page holds that was not read: it cannot be claimed that nothing is in it."""
    if not policy.embedded and _names_unseen(tree, policy.text):
        yield "segment-unseen-text"
    if _swallows(tree, source, policy.text):
        yield "segment-swallowed"


def _names_unseen(tree: Tree, text: str) -> bool:
    """Whether scripts or fields name companies that the page's text does not.

    The text is there for whoever runs the page.
    """
    scripts = (n for n in tree.named("script", "template") if "ld+json" not in n.get("type"))
    sources: list[tuple[str, tuple[re.Pattern[str], ...]]]
    sources = [(n.text(), (_COMPANY,)) for n in scripts]
    sources += [(n.get("value"), (_COMPANY, _COMPANY_EN)) for n in tree.named("input")]
    names: set[str] = set()
    for source, patterns in sources:
        for pattern in patterns:
            names.update(m.group() for m in islice(pattern.finditer(source[:_SOURCE]), _NAMES + 1))
        if len(names) > _NAMES:
            return True
    return any(name not in text for name in names)


def _swallows(tree: Tree, source: str, text: str) -> bool:
    """Whether words of the source are in no text: in a value that the quotation mark of another
    tag ends, or in what is not closed before the source ends. ``text`` is what was read of it.
    """
    lost = not tree.ended and not any(tree.named("plaintext"))
    if lost and _noticeable(source[-_TAIL:], _SPACE.sub("", text)):
        return True
    if not any(
        "</" in between for match in _ENDED_BY.finditer(source) for between in match.groups("")
    ):
        return False
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
