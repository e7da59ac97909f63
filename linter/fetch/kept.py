"""An answer by way of the snapshots: asked for and kept, or, offline, as it was kept."""

from __future__ import annotations

from linter.errors import FetchError
from linter.fetch.answer import Answer
from linter.fetch.guard import Guard
from linter.fetch.options import FetchOptions
from linter.fetch.snapshots import Snapshot

HTTP = "http"


def answer(url: str, options: FetchOptions) -> Answer:
    """What is at a URL, or was when it was last asked for.

    Raises
    ------
    FetchError
        ``fetch-offline`` if nobody may be asked and nothing was kept; else as ``http.get``.
    """
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
        )
    return found


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
    )
