"""What a server sent, as the rest of the room sees it, whether it came just now or was kept."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from linter.errors import FetchError

# RFC 9110, 5.6.7 and 10.2.3.
HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")
_SECONDS = re.compile(r"\d{1,9}")
# Credentials and tracking of one visit; nothing of a policy is in them.
_DROPPED = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "proxy-authenticate"})
_HEADERS = 64
_NAME_CHARACTERS = 100
_VALUE_CHARACTERS = 2048
_ALL_CHARACTERS = 32 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A document over the network.

    Attributes
    ----------
    asked : the URL that was asked for, normalised, without fragment.
    url : the last one of the redirects.
    redirects : the URLs in between, ``asked`` first, ``url`` excluded; empty without redirects.
    headers : lower-case names; see ``kept_headers``.
    content : the body, content encodings undone; empty for an answer that is no success.
    truncated : the body was cut at the size cap.
    fetched_at : RFC 3339 UTC time, to the second.
    private : a host of the chain was reached only because the user allowed it by name.
    status : of the last answer; see ``check_status``.
    """

    asked: str
    url: str
    redirects: tuple[str, ...]
    headers: dict[str, str]
    content: bytes
    truncated: bool
    fetched_at: str
    private: bool = False
    status: int = 200


def kept_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers that a page carries: no cookies, 64 at most, 2048 characters each, 32 kB in all.

    What is too long is left out, not cut: half a validator or charset would be a wrong one.
    """
    kept: dict[str, str] = {}
    left = _ALL_CHARACTERS
    for name, value in headers:
        name = name.lower()
        short = len(name) <= _NAME_CHARACTERS and len(value) <= min(_VALUE_CHARACTERS, left)
        if short and name not in _DROPPED and len(kept) < _HEADERS:
            kept[name] = value
            left -= len(name) + len(value)
    return kept


def now() -> str:
    """The time as ``fetched_at`` gives it."""
    moment = datetime.datetime.now(datetime.UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def is_success(status: int) -> bool:
    """Whether a status says that the body is what was asked for."""
    return 200 <= status < 300


def check_status(url: str, status: int, retry_after: str) -> None:
    """Raises what a status says, for what is no success.

    Raises
    ------
    FetchError
        ``fetch-busy``, ``fetch-forbidden``, ``fetch-not-found`` or ``fetch-status``.
    """
    if status in (429, 503):
        raise FetchError("fetch-busy", url=url, status=status, wait=_wait(retry_after))
    if status in (401, 403, 407):
        raise FetchError("fetch-forbidden", url=url, status=status)
    if status in (404, 410):
        raise FetchError("fetch-not-found", url=url, status=status)
    if not is_success(status):
        raise FetchError("fetch-status", url=url, status=status)


def _wait(value: str) -> str:
    """What a Retry-After asks for: seconds or a date (RFC 9110, 10.2.3); "?" for anything else.

    It is only said, never waited for.
    """
    value = value.strip()
    return value if _SECONDS.fullmatch(value) or HTTP_DATE.fullmatch(value) else "?"
