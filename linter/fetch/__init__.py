"""From a source, a URL, a file or standard input, to a decoded ``Page``.

Untrusted through and through: a URL is only asked for if it leads to a public address, within a
deadline and a size; what comes back is never run.
"""

from __future__ import annotations

import re

from linter.document import Page
from linter.errors import FetchError
from linter.fetch.decode import decode
from linter.fetch.local import expand, read
from linter.fetch.media import binary_kind, is_binary, media_type
from linter.fetch.options import FetchOptions, Resolver

__all__ = ["FetchOptions", "Resolver", "drawn", "expand", "fetch"]

_URL = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|https?:|data:|javascript:)", re.IGNORECASE)


def fetch(source: str, *, options: FetchOptions, content: bytes | None = None) -> Page:
    """The page at a source.

    Parameters
    ----------
    source : an http(s) URL, the path of a file, or the name of what ``content`` holds.
    options : limits and the user's own network.
    content : the bytes themselves, then nothing is read.

    Returns
    -------
    Page
        Decoded; ``truncated`` if it was longer than ``options.max_bytes``.

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
    if _URL.match(source):
        if options.render == "always":
            from linter.fetch.render import render

            return render(source, options)
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
    from linter.fetch.render import can_render, render

    # From the source, not ``page.url``: its fragment may say what is to be drawn.
    return render(page.source, options) if can_render(options) else None


def _fetched(source: str, options: FetchOptions) -> Page:
    # Imported here: a file needs no network.
    from linter.fetch.http import get

    answer = get(source.strip(), options)
    return _page(
        source,
        answer.url,
        answer.content,
        options,
        truncated=answer.truncated,
        url=answer.url,
        headers=answer.headers,
        fetched_at=answer.fetched_at,
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
        raise FetchError("fetch-empty", source=source)
    if kind := binary_kind(content):
        raise FetchError("fetch-media-type", kind=kind)
    content_type = (headers or {}).get("content-type", "")
    decoded = decode(content, content_type=content_type, truncated=truncated)
    media = media_type(name, decoded.text, content_type=content_type)
    if media is None or is_binary(decoded.text):
        raise FetchError("fetch-media-type", kind=content_type.partition(";")[0] or "binary")
    return Page(
        source,
        content,
        decoded.text,
        decoded.encoding,
        decoded.replaced,
        media,
        url=url,
        base_url=url or options.base_url,
        headers=headers or {},
        fetched_at=fetched_at,
        truncated=truncated,
    )
