"""What kind of document the bytes are: by their beginning, their header, their name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

HTML, PLAIN, MARKDOWN = "text/html", "text/plain", "text/markdown"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MHTML = "multipart/related"
SUFFIXES = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".pdf": PDF,
    ".docx": DOCX,
    ".mht": MHTML,
    ".mhtml": MHTML,
}
_MAGIC = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
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
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|title|link|meta|style|script|div|p|span|h[1-6]|br|hr|pre|img"
    r"|table|thead|tbody|tr|td|th|ul|ol|li|dl|dt|dd|section|article|main|header|footer|nav|aside"
    r"|address|blockquote|center|details|summary|figure|form|iframe|font)\b"
    # What may stand between angle brackets in plain text too, unless it is closed.
    r"|</(?:a|b|i|u|em|strong|small|label|button)>",
    re.IGNORECASE,
)
_MARKUP_BYTES = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_HEAD = 4096
# ISO 32000-1, implementation note 13: readers look for the mark in the first 1024 bytes.
_PDF_MARK = re.compile(rb"%PDF-[12]\.")
_PDF_HEAD = 1024
# A name stands in an archive as it is; which part is the main one its relations say.
_DOCX_PART = re.compile(rb"word/document\w{0,8}\.xml")
_OTHER_PACKAGES = ((b"xl/workbook", "XLSX"), (b"ppt/presentation", "PPTX"), (b"epub+zip", "EPUB"))
# RFC 2557; browsers begin with From or MIME-Version, Word with MIME-Version.
_MHTML = re.compile(rb"^content-type:\s*multipart/(?:related|alternative|mixed)\b", re.I | re.M)
_MAIL = re.compile(rb"^mime-version:\s*1", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(rb"\s*[A-Za-z][A-Za-z0-9-]{1,40}:")


def document_type(content: bytes) -> str | None:
    """The media type of a document that is no plain text, by what it begins with; else None.

    Neither a name nor a header is believed: servers send PDF as text and the other way around.
    """
    if _PDF_MARK.search(content, 0, _PDF_HEAD + 8) and not _MARKUP_BYTES.search(
        content, 0, _PDF_HEAD
    ):
        return PDF
    if content.startswith(b"PK\x03\x04") and _DOCX_PART.search(content):
        return DOCX
    head = content[:_HEAD]
    if _NAMED.match(head) and _MHTML.search(head) and _MAIL.search(head):
        return MHTML
    return None


def binary_kind(content: bytes) -> str | None:
    """The name of a format that is not read ("PNG", "DOC"), or None."""
    if content.startswith(b"PK\x03\x04"):
        return next((name for mark, name in _OTHER_PACKAGES if mark in content), "ZIP")
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
    if by_name in (PDF, DOCX, MHTML):
        # Its content is something else.
        by_name = None
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
