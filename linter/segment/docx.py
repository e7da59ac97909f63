"""DOCX to blocks: the child process makes HTML of the file, here that becomes a policy."""

from __future__ import annotations

from dataclasses import replace

from linter.document import Policy
from linter.errors import SegmentError
from linter.segment.child import parse
from linter.segment.html import read_html


def read_docx(content: bytes, *, base_url: str | None) -> Policy:
    """A policy from a DOCX file. ``unread`` says if it has other files embedded.

    Raises
    ------
    SegmentError
        ``segment-password``, ``segment-damaged``, ``segment-parser-limit``,
        ``segment-parser-failed``.
    """
    answer = parse("docx", content)
    try:
        html, unread = str(answer["html"]), tuple(map(str, answer["unread"]))
    except (KeyError, TypeError):
        # A child that answers anything else was taken over or broke.
        raise SegmentError("segment-parser-failed", format="DOCX") from None
    policy = read_html(html, base_url=base_url)
    return replace(policy, unread=tuple(dict.fromkeys((*policy.unread, *unread))))
