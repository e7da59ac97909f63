"""Short ways to segment a text and look at what came out."""

from __future__ import annotations

from linter.document import Block, Page, Policy
from linter.segment import segment


def page(text: str, media_type: str = "text/html", base_url: str | None = None) -> Page:
    return Page(
        "x", text.encode("utf-8", "replace"), text, "utf-8", 0.0, media_type, None, base_url
    )


def html(text: str, base_url: str | None = None) -> Policy:
    return segment(page(text, base_url=base_url))


def plain(text: str) -> Policy:
    return segment(page(text, "text/plain"))


def markdown(text: str) -> Policy:
    return segment(page(text, "text/markdown"))


def texts(policy: Policy) -> list[str]:
    return [policy.quote(b.span) for b in policy.blocks]


def block(policy: Policy, text: str) -> Block:
    found = [b for b in policy.blocks if policy.quote(b.span) == text]
    assert found, (text, texts(policy))
    return found[0]


def path(policy: Policy, text: str) -> tuple[str, ...]:
    return policy.heading_texts(block(policy, text))


def pair(policy: Policy, b: Block) -> tuple[str, str]:
    assert b.key is not None
    assert b.value is not None
    return policy.quote(b.key), policy.quote(b.value)


def pairs(policy: Policy) -> list[tuple[str, str]]:
    return [pair(policy, b) for b in policy.blocks if b.key is not None and b.value is not None]


def document(content: bytes, media_type: str = "application/pdf") -> Page:
    """A page that is no text: PDF, or DOCX with its media type."""
    return Page("x", content, "", "binary", 0.0, media_type)
