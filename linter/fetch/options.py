"""How a fetch may behave: limits, and what a user's own network needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.fetch.snapshots import SnapshotStore

# host, port -> the addresses a name stands for, as text ("192.0.2.1", "2001:db8::1").
Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Settings of one fetch.

    Attributes
    ----------
    proxy : URL of the user's own HTTP proxy; environment variables are never heeded.
    ca_bundle : path of a PEM file of certificates to trust instead of the built-in ones; not by
        a browser, which has its own.
    allow_hosts : "host" or "host:port" that may be private and on any port.
    base_url : what relative links of a file or of standard input stand for.
    connect_timeout, read_timeout : seconds for one connection, for one silence.
    deadline : seconds for the whole fetch, redirects and name resolution included.
    max_bytes : a longer body is cut there, and the page says so.
    max_redirects : redirects that are followed.
    resolver : how names are resolved; the system's resolver if None.
    snapshots : where everything fetched is kept and unchanged pages are answered from; None for
        nowhere.
    offline : ask nobody; URLs are answered from ``snapshots`` alone.
    render : whether pages of the network are drawn in a browser: "always", "never", or "auto" for
        those whose text only a script draws.
    chromium : path of that browser; looked for in the usual places if None.
    """

    proxy: str | None = None
    ca_bundle: str | None = None
    allow_hosts: frozenset[str] = frozenset()
    base_url: str | None = None
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    deadline: float = 40.0
    max_bytes: int = 16 * 1024 * 1024
    max_redirects: int = 8
    resolver: Resolver | None = None
    snapshots: SnapshotStore | None = None
    offline: bool = False
    render: str = "auto"
    chromium: str | None = None
