"""Web pages saved in one file (MHTML, RFC 2557): the page in it and where it was saved from."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from urllib.parse import urlsplit

from linter.errors import FetchError
from linter.fetch.decode import decode
from linter.fetch.media import HTML, PLAIN

# A saved page has a part for each picture; one with more parts is written to exhaust.
_MAX_PARTS = 5_000
_MAX_BOUNDARIES = 20_000
_MAX_NESTED = 6
# Encoded lines have 76 characters, so the largest file that is fetched has far fewer.
_MAX_LINES = 1_000_000
_MAX_FRAMES = 20
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Saved:
    """The page: its text, how it was decoded, its media type, and its address on the web."""

    text: str
    encoding: str
    replaced: float
    media_type: str
    url: str | None


def unpack(content: bytes, *, truncated: bool) -> Saved:
    """The page that an MHTML file holds, the pages of its frames after it.

    Raises
    ------
    FetchError
        ``fetch-mhtml`` if there is none.
    """
    nested = sum(1 for _ in _MULTIPART.finditer(content))
    many = content.count(b"\n--") > _MAX_BOUNDARIES or content.count(b"\n") > _MAX_LINES
    if many or nested > _MAX_NESTED:
        raise FetchError("fetch-mhtml")
    try:
        message = email.message_from_bytes(content, policy=compat32)
        pages = list(_pages(message))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # What the standard library raises for headers that are no headers.
        raise FetchError("fetch-mhtml") from None
    if not pages:
        raise FetchError("fetch-mhtml")
    root = _root(message, pages)
    ordered = [root, *(p for p in pages if p is not root)][: _MAX_FRAMES + 1]
    said = [_text(part, truncated=truncated) for part in ordered]
    media_type = HTML if root.get_content_type() != PLAIN else PLAIN
    frames = "".join(f"\n<div>{text}</div>" for text, _, _ in said[1:] if media_type == HTML)
    text, encoding, replaced = said[0]
    for part in ordered[1:]:
        # What stands below need not be asked for.
        named = str(part.get("Content-ID", "")).strip(" <>")
        for address in (str(part.get("Content-Location", "")).strip(), named and f"cid:{named}"):
            for quote in ('"', "'") if address else ():
                text = text.replace(f"src={quote}{address}{quote}", 'src="about:blank"')
    return Saved(text + frames, encoding, replaced, media_type, _address(message, root))


def _pages(message: Message) -> Iterator[Message]:
    for n, part in enumerate(message.walk()):
        if n > _MAX_PARTS:
            raise FetchError("fetch-mhtml")
        if part.get_content_type() in (HTML, "application/xhtml+xml", PLAIN):
            yield part


def _root(message: Message, pages: list[Message]) -> Message:
    """The part that ``start`` names, else the first page (RFC 2387)."""
    start = message.get_param("start")
    for part in pages:
        if start and part.get("Content-ID") == start:
            return part
    return next((p for p in pages if p.get_content_type() != PLAIN), pages[0])


def _text(part: Message, *, truncated: bool) -> tuple[str, str, float]:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    decoded = decode(raw, content_type=str(part.get("Content-Type", "")), truncated=truncated)
    return decoded.text, decoded.encoding, decoded.replaced


def _address(message: Message, root: Message) -> str | None:
    for name, part in (
        ("Snapshot-Content-Location", message),
        ("Content-Location", root),
        ("Content-Location", message),
    ):
        address = re.sub(r"\s+", "", str(part.get(name, "")))
        try:
            parts = urlsplit(address)
            if parts.scheme.lower() in ("http", "https") and parts.hostname:
                return address[:2048]
        except ValueError:
            continue
    return None
