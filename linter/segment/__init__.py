"""Pages to policies: the document's text and structure, nothing dropped, offsets that hold."""

from __future__ import annotations

from dataclasses import replace

from linter.document import Page, Policy
from linter.errors import SegmentError

__all__ = ["segment"]


def segment(page: Page) -> Policy:
    """Reads a page into canonical text and blocks.

    Parameters
    ----------
    page : a decoded page of media type text/html, text/markdown or text/plain.

    Returns
    -------
    Policy
        Every visible and hidden text of the page, in document order. A page beyond the limits
        (see ``limits``) is read up to there, and ``unread`` has ``segment-too-large``.

    Raises
    ------
    SegmentError
        ``segment-script-drawn`` for a shell that a script would fill, ``segment-no-text`` for a
        page without any words, ``segment-login`` and ``segment-bot-check`` for what stands in
        front of a policy.
    """
    from linter.segment.html import script_drawn
    from linter.segment.walls import refuse_walls

    policy = _read(page)
    shown = sum(len(b.span) for b in policy.blocks if not b.hidden)
    if page.media_type == "text/html" and shown < 200 and script_drawn(page.text):
        raise SegmentError("segment-script-drawn", characters=shown)
    if not any(c.isalnum() for c in policy.text):
        raise SegmentError("segment-no-text")
    refuse_walls(page, policy)
    return policy


def _read(page: Page) -> Policy:
    from linter.segment.limits import TOO_LARGE, bounded

    text = bounded(page.text, page.media_type)
    if page.media_type == "text/html":
        from linter.segment.html import read_html

        policy = read_html(text, base_url=page.base_url)
    elif page.media_type == "text/markdown":
        from linter.segment.text import read_markdown

        policy = read_markdown(text, base_url=page.base_url)
    else:
        from linter.segment.text import read_text

        policy = read_text(text)
    if len(text) == len(page.text) or TOO_LARGE in policy.unread:
        return policy
    return replace(policy, unread=(*policy.unread, TOO_LARGE))
