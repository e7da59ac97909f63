"""Pages to policies: the document's text and structure, nothing dropped, offsets that hold."""

from __future__ import annotations

from linter.document import Page, Policy
from linter.errors import SegmentError

__all__ = ["segment"]

# Characters; what a browser shows of a page whose policy did not come ("Network error, try again").
_DRAWN = 120


def segment(page: Page) -> Policy:
    """Reads a page into canonical text and blocks.

    Parameters
    ----------
    page : a decoded page of media type text/html, text/markdown or text/plain.

    Returns
    -------
    Policy
        Every visible and hidden text of the page, in document order.

    Raises
    ------
    SegmentError
        ``segment-script-drawn`` for a shell that a script would fill, ``segment-drawn-empty`` for
        one that no script filled when it was drawn, ``segment-no-text`` for a page without any
        words, ``segment-login`` and ``segment-bot-check`` for what stands in
        front of a policy.
    """
    from linter.segment.html import read_html
    from linter.segment.shell import is_shell, may_be_shell
    from linter.segment.walls import handling_words, refuse_walls

    if page.media_type == "text/html":
        policy = read_html(page.text, base_url=page.base_url)
    elif page.media_type == "text/markdown":
        from linter.segment.text import read_markdown

        policy = read_markdown(page.text, base_url=page.base_url)
    else:
        from linter.segment.text import read_text

        policy = read_text(page.text)
    shown = " ".join(policy.quote(b.span) for b in policy.blocks if not b.hidden)
    drawable = page.media_type == "text/html" and not page.rendered
    if drawable and is_shell(page.text, shown):
        raise SegmentError("segment-script-drawn", characters=len(shown))
    if not any(c.isalnum() for c in policy.text):
        code = "segment-drawn-empty" if page.rendered else "segment-no-text"
        raise SegmentError(code, characters=len(shown))
    refuse_walls(page, policy)
    if drawable and may_be_shell(page.text, shown):
        raise SegmentError("segment-script-drawn", characters=len(shown))
    if page.rendered and len(shown) < _DRAWN and not handling_words(shown):
        raise SegmentError("segment-drawn-empty", characters=len(shown))
    return policy
