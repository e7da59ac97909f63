"""What kind of document the bytes are: by their beginning, their header, their name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

HTML, PLAIN, MARKDOWN = "text/html", "text/plain", "text/markdown"
SUFFIXES = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": PLAIN,
    ".text": PLAIN,
}
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP, DOCX"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
_TEXTUAL = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
}
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|span|h[1-6]|table|ul|br|meta)\b", re.I)
_HEAD = 4096


def binary_kind(content: bytes) -> str | None:
    """The name of a format that holds no text to read ("PNG", "PDF"), or None."""
    for magic, name in _MAGIC:
        # Two letters alone begin many a text; a binary has zero bytes soon after.
        if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:64]):
            return name
    return None


def is_binary(text: str) -> bool:
    """Whether decoded characters are control characters in earnest."""
    head = text[:_HEAD]
    controls = sum(c < " " and c not in "\t\n\r\f\x1b" for c in head)
    return controls * 50 > len(head)


def media_type(name: str, text: str, *, content_type: str = "") -> str | None:
    """The media type to read a text as; None for one that is no document.

    Parameters
    ----------
    name : the URL or path, for its suffix.
    text : the decoded document.
    content_type : the Content-Type header, "" for files.
    """
    declared = content_type.partition(";")[0].strip().lower()
    if declared in _TEXTUAL:
        return _TEXTUAL[declared]
    by_name = SUFFIXES.get(_suffix(name))
    if not declared or declared in (
        "text/plain",
        "application/octet-stream",
        "binary/octet-stream",
    ):
        if by_name is not None and not (declared and by_name is HTML):
            return by_name
        return HTML if _MARKUP.search(text[:_HEAD]) else PLAIN
    return PLAIN if declared.startswith("text/") and declared not in _NO_DOCUMENT else None


_NO_DOCUMENT = ("text/css", "text/javascript", "text/csv", "text/xml", "text/calendar")


def _suffix(name: str) -> str:
    path = urlsplit(name).path if "://" in name else name
    return PurePosixPath(path.replace("\\", "/")).suffix.lower()
