"""Pages to policies: the document's text and structure, nothing dropped, offsets that hold."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from linter.document import Page, Policy
from linter.errors import SegmentError
from linter.segment.limits import TOO_LARGE, bounded

if TYPE_CHECKING:
    from linter.segment.tree import Tree

__all__ = ["segment"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Halves of characters, which no parser takes.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Characters; what a browser shows of a page whose policy did not come ("Network error, try again").
_DRAWN = 120


def segment(page: Page) -> Policy:
    """Reads a page into canonical text and blocks.

    Parameters
    ----------
    page : a page of media type text/html, text/markdown, text/plain, application/pdf or of DOCX.

    Returns
    -------
    Policy
        Every visible and hidden text of the page, in document order. A page beyond the limits
        (see ``limits``) is read up to there, and ``unread`` has ``segment-too-large``.

    Raises
    ------
    SegmentError
        ``segment-script-drawn`` for a shell that a script would fill, ``segment-drawn-empty`` for
        one that no script filled when it was drawn, ``segment-no-text`` for a page without any
        words, unless it shows frames, ``segment-login`` and ``segment-bot-check`` for what stands
        in front of a policy;
        ``segment-no-text-layer`` for a scan, ``segment-password``, ``segment-damaged``,
        ``segment-too-long``, ``segment-garbled``, ``segment-parser-limit`` and
        ``segment-parser-failed`` for a PDF or DOCX that cannot be read.
    """
    from linter.segment.shell import is_shell, may_be_shell
    from linter.segment.walls import handling_words, refuse_walls

    page, cut = _bounded(page)
    policy, tree = _read(page)
    if cut and TOO_LARGE not in policy.unread:
        policy = replace(policy, unread=(*policy.unread, TOO_LARGE))
    shown = " ".join(policy.quote(b.span) for b in policy.blocks if not b.hidden)
    drawn = page.rendered or policy.embedded
    if tree is not None and not drawn and is_shell(tree, shown):
        raise SegmentError("segment-script-drawn", characters=len(shown))
    if not any(c.isalnum() for c in policy.text):
        if policy.frames:
            return policy
        code = "segment-drawn-empty" if page.rendered else "segment-no-text"
        raise SegmentError(code, characters=len(shown))
    refuse_walls(page, policy, shown)
    if tree is not None and not drawn and may_be_shell(tree, shown):
        raise SegmentError("segment-script-drawn", characters=len(shown))
    if page.rendered and len(shown) < _DRAWN and not handling_words(shown):
        raise SegmentError("segment-drawn-empty", characters=len(shown))
    return policy


def _bounded(page: Page) -> tuple[Page, bool]:
    """A page with as much of its text as is read of one, and whether there is more."""
    text, cut = bounded(page.text, page.media_type)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    return replace(page, text=text), cut


def _read(page: Page) -> tuple[Policy, Tree | None]:
    """A page's policy, and the tree of one that is HTML."""
    if page.media_type == "application/pdf":
        from linter.segment.pdf import read_pdf

        return read_pdf(page.content, base_url=page.base_url), None
    if page.media_type == _DOCX:
        from linter.segment.docx import read_docx

        return read_docx(page.content, base_url=page.base_url), None
    if page.media_type == "text/html":
        from linter.segment.html import read_page

        # A page saved in one file says there where it was; a saved page is no answer of a server.
        saved = page.headers.get("content-location") if page.url is None else None
        policy, tree = read_page(page.text, base_url=page.base_url or saved)
        return replace(policy, canonical=saved or policy.canonical), tree
    if page.media_type == "text/markdown":
        from linter.segment.text import read_markdown

        return read_markdown(page.text, base_url=page.base_url), None
    from linter.segment.text import read_text

    return read_text(page.text), None
