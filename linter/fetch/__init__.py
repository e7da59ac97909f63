"""From a source, a URL, a file or standard input, to a ``Page``, decoded if it is text.

Untrusted through and through: a URL is only asked for if it leads to a public address, within a
deadline and a size; what comes back is never run.
"""

from __future__ import annotations

import re
from dataclasses import replace

from linter.document import Page
from linter.errors import FetchError
from linter.fetch.decode import decode
from linter.fetch.discover import agreement_links, is_store, policy_links, translations
from linter.fetch.local import expand, file_beside, read
from linter.fetch.media import (
    DOCX,
    HTML,
    MHTML,
    PDF,
    binary_kind,
    document_type,
    is_binary,
    media_type,
)
from linter.fetch.options import FetchOptions, Resolver
from linter.fetch.own import asked_by, checked
from linter.fetch.site import address_key, same_site
from linter.fetch.snapshots import Snapshot, SnapshotStore, Trouble, Visit

__all__ = [
    "FetchOptions",
    "Resolver",
    "Snapshot",
    "SnapshotStore",
    "Trouble",
    "Visit",
    "address_key",
    "agreement_links",
    "asked_by",
    "checked",
    "drawn",
    "expand",
    "fetch",
    "file_beside",
    "is_store",
    "is_url",
    "policy_links",
    "same_site",
    "translations",
]

_URL = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|https?:|data:|javascript:)", re.IGNORECASE)


def is_url(source: str) -> bool:
    """Whether a source is to be asked for over the network (or refused), not opened as a file."""
    return bool(_URL.match(source))


def fetch(source: str, *, options: FetchOptions, content: bytes | None = None) -> Page:
    """The page at a source.

    Parameters
    ----------
    source : an http(s) URL, the path of a file, or the name of what ``content`` holds.
    options : limits, the user's own network, and where what was fetched is kept.
    content : the bytes themselves, then nothing is read.

    Returns
    -------
    Page
        Decoded, PDF and DOCX excepted; ``truncated`` if it was longer than
        ``options.max_bytes``.

    Raises
    ------
    FetchError
        With a code for the phase that failed: the URL, name resolution, the connection, TLS, the
        answer, its status, its encoding, the file, or the kind of document; with
        ``options.render`` "always", those of ``linter.fetch.render.render``.
    """
    if content is not None:
        cut = options.max_bytes
        return _page(source, source, content[:cut], options, truncated=len(content) > cut)
    if is_url(source):
        if options.render == "always":
            return _drawn_or_fetched(source, options)
        return _fetched(source, options)
    content, truncated = read(source, max_bytes=options.max_bytes)
    return _page(source, source, content, options, truncated=truncated)


def drawn(page: Page, *, options: FetchOptions) -> Page | None:
    """A page of the network once more, as a browser draws it; for one without its text.

    None if that is not wanted or not possible: the page is no such page, a browser drew it
    already, ``options.render`` is "never", or Playwright or Chromium is not installed.

    Raises
    ------
    FetchError
        As ``linter.fetch.render.render``.
    """
    if options.render == "never" or page.rendered or page.fetched_at is None:
        return None
    from linter.fetch.kept import drawn as drawn_or_kept
    from linter.fetch.render import can_render

    able = can_render(options)
    if not (options.offline or able):
        return None
    try:
        # From the source, not ``page.url``: its fragment may say what is to be drawn.
        return drawn_or_kept(page.source.strip(), options)
    except FetchError as error:
        if able or error.code != "fetch-offline":
            raise
        # Nor could it be drawn when it was fetched: that is to be said again.
        return None


def _drawn_or_fetched(source: str, options: FetchOptions) -> Page:
    """As a browser draws it; a PDF and the like, which no browser makes a page of, as it is."""
    from linter.fetch.kept import drawn as drawn_or_kept

    try:
        return drawn_or_kept(source.strip(), options)
    except FetchError as error:
        if error.code not in ("fetch-media-type", "fetch-offline"):
            raise
        page = _fetched(source, options)
        if page.media_type == HTML:
            raise
        return page


def _fetched(source: str, options: FetchOptions) -> Page:
    # Imported here: a file needs no network.
    from linter.fetch.kept import answer

    found = answer(source.strip(), options)
    return _page(
        source,
        found.url,
        found.content,
        options,
        truncated=found.truncated,
        url=found.url,
        headers=found.headers,
        fetched_at=found.fetched_at,
    )


def _page(
    source: str,
    name: str,
    content: bytes,
    options: FetchOptions,
    *,
    truncated: bool,
    url: str | None = None,
    headers: dict[str, str] | None = None,
    fetched_at: str | None = None,
) -> Page:
    if not content.strip():
        raise FetchError("fetch-empty", source="Standard input" if source == "-" else source)
    headers = headers or {}
    content_type = headers.get("content-type", "")
    document = document_type(content)
    if document in (PDF, DOCX):
        if truncated:
            # Half of such a file cannot be read.
            raise FetchError("fetch-too-large", bytes=len(content))
        page = Page(source, content, "", "binary", 0.0, document)
    elif document == MHTML:
        from linter.fetch.mhtml import unpack

        saved = unpack(content, truncated=truncated)
        page = Page(source, content, saved.text, saved.encoding, saved.replaced, saved.media_type)
        if saved.url is not None:
            headers = {**headers, "content-location": saved.url}
    else:
        page = _text_page(source, name, content, content_type, truncated=truncated)
    return replace(
        page,
        url=url,
        base_url=url or options.base_url,
        headers=headers,
        fetched_at=fetched_at,
        truncated=truncated,
    )


def _text_page(
    source: str, name: str, content: bytes, content_type: str, *, truncated: bool
) -> Page:
    if kind := binary_kind(content):
        raise FetchError("fetch-media-type", kind=kind)
    decoded = decode(content, content_type=content_type, truncated=truncated)
    media = media_type(name, decoded.text, content_type=content_type)
    if media is None or is_binary(decoded.text):
        raise FetchError("fetch-media-type", kind=content_type.partition(";")[0] or "binary")
    return Page(source, content, decoded.text, decoded.encoding, decoded.replaced, media)
