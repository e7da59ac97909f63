"""An answer by way of the snapshots: asked for and kept, or, offline, as it was kept."""

from __future__ import annotations

from linter.document import Page
from linter.errors import FetchError
from linter.fetch.answer import Answer, check_status
from linter.fetch.guard import Guard
from linter.fetch.options import FetchOptions
from linter.fetch.snapshots import Snapshot

HTTP, RENDERED = "http", "rendered"


def answer(url: str, options: FetchOptions) -> Answer:
    """What is at a URL, or was when it was last asked for.

    Raises
    ------
    FetchError
        ``fetch-offline`` if nobody may be asked and nothing was kept; what ``check_status`` says
        of an answer that is no success, kept or not; else as ``http.get``.
    """
    found = _answer(url, options)
    check_status(found.url, found.status, found.headers.get("retry-after", ""))
    return found


def _answer(url: str, options: FetchOptions) -> Answer:
    guard = Guard(allow_hosts=options.allow_hosts, resolver=options.resolver)
    asked = guard.target(url).url
    known = options.snapshots.recall(asked) if options.snapshots is not None else None
    if options.offline:
        return _offline(asked, known, guard, options)
    # Imported here: what was kept is read without the libraries that fetch.
    from linter.fetch.http import get

    found = get(url, options, known=known)
    if options.snapshots is not None:
        options.snapshots.keep(
            found.asked,
            kind=HTTP,
            content=found.content,
            final_url=found.url,
            fetched_at=found.fetched_at,
            headers=found.headers,
            redirects=found.redirects,
            truncated=found.truncated,
            private=found.private,
            status=found.status,
        )
    return found


def drawn(url: str, options: FetchOptions) -> Page:
    """A page as a browser draws it, or as it was drawn when it was last kept.

    Raises
    ------
    FetchError
        ``fetch-offline`` if nobody may be asked and nothing was kept; else as ``render.render``.
    """
    from linter.fetch.render import render

    store = options.snapshots
    if options.offline:
        known = store.recall(url, kind=RENDERED) if store is not None else None
        guard = Guard(allow_hosts=options.allow_hosts, resolver=options.resolver)
        was = _offline(url, known, guard, options)
        return page_of(was.content, url, was.url, was.fetched_at, truncated=was.truncated)
    page = render(url, options)
    if store is not None and page.url is not None and page.fetched_at is not None:
        guard = Guard(allow_hosts=options.allow_hosts, resolver=options.resolver)
        store.keep(
            url,
            kind=RENDERED,
            content=page.content,
            final_url=page.url,
            fetched_at=page.fetched_at,
            headers={},
            truncated=page.truncated,
            private=guard.lets_in((url, page.url)),
        )
    return page


def page_of(content: bytes, source: str, url: str, fetched_at: str, *, truncated: bool) -> Page:
    """The page that a browser drew, from its bytes: UTF-8, as it was written down."""
    text = content.decode("utf-8", "replace")
    return Page(
        source,
        content,
        text,
        "utf-8",
        0.0,
        "text/html",
        url=url,
        base_url=url,
        fetched_at=fetched_at,
        truncated=truncated,
        rendered=True,
    )


def _offline(asked: str, known: Snapshot | None, guard: Guard, options: FetchOptions) -> Answer:
    if known is None:
        raise FetchError("fetch-offline", url=asked)
    visit = known.visit
    # Private pages that one user's run has kept are not shown to whoever names their address.
    if visit.private and not guard.lets_in((asked, *visit.redirects, visit.url)):
        raise FetchError("fetch-offline", url=asked)
    return Answer(
        asked,
        visit.url,
        visit.redirects,
        visit.headers,
        known.content[: options.max_bytes],
        visit.truncated or len(known.content) > options.max_bytes,
        visit.fetched_at,
        visit.private,
        visit.status,
    )
