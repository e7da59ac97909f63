"""What holds for every document that was read, whatever it was made of."""

from __future__ import annotations

import re

from linter.document import Page, Policy
from linter.errors import SegmentError
from linter.segment import segment

_SPACE = re.compile(r"\s")


def read(text: str, media: str) -> Policy | None:
    """The policy in a text, None for what is refused with an error of the house."""
    try:
        return segment(Page("x", b"x", text, "utf-8", 0.0, media, None, "https://x.example/"))
    except SegmentError:
        return None


def hold(policy: Policy) -> None:
    """Raises an AssertionError where spans, quotes, headings or links do not stand."""
    end = 0
    for number, block in enumerate(policy.blocks):
        assert block.index == number
        assert end <= block.span.start < block.span.end <= len(policy.text)
        end = block.span.end
        quote = policy.quote(block.span)
        assert quote == quote.strip()
        for part in (block.key, block.value):
            # A label may stand in the block before.
            assert part is None or 0 <= part.start <= part.end <= block.span.end
        assert all(policy.blocks[h].level for h in block.headings)
    covered = "".join(policy.quote(b.span) for b in policy.blocks)
    assert _SPACE.sub("", covered) == _SPACE.sub("", policy.text)
    for link in policy.links:
        assert 0 <= link.span.start <= link.span.end <= len(policy.text)
