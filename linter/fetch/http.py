"""One guarded GET: requests over connections that only go where the guard lets them."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from linter.errors import FetchError
from linter.fetch.answer import HTTP_DATE, Answer, is_success, kept_headers, now
from linter.fetch.connect import check_behind_proxy, connect
from linter.fetch.deadline import Deadline
from linter.fetch.guard import Guard
from linter.fetch.options import FetchOptions
from linter.fetch.snapshots import Snapshot

_CHUNK = 64 * 1024
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate", "br")
_REDIRECTS = (301, 302, 303, 307, 308)
_UNCHANGED = 304
_INTERIM = 10
# Characters of a hostile address that a message shows.
_SHOWN = 200
# RFC 9110, 8.8.3. A header that is sent back must not be able to become another one.
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,1000}"')
_HEADERS = {
    "User-Agent": "disclosure-lint (privacy policy linter)",
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
}


def get(url: str, options: FetchOptions, *, known: Snapshot | None = None) -> Answer:
    """GET a URL under the guard, the deadline and the size cap; redirects are rechecked.

    An answer that is no success is one too, without its body: ``check_status`` says what it is.
    ``known`` is what an earlier visit found; if the server says that it stands, it is the answer,
    with the time of this visit.

    Raises
    ------
    FetchError
        With the phase that failed in its code; never an exception of the libraries.
    """
    guard = Guard(allow_hosts=options.allow_hosts, resolver=options.resolver)
    with Deadline(options.deadline) as deadline, _Session() as session:
        # The environment's proxies, .netrc and CA variables belong to nobody's request here.
        session.trust_env = False
        session.headers.clear()
        session.headers.update(_HEADERS)
        session.verify = options.ca_bundle or True
        for scheme in ("http://", "https://"):
            session.mount(scheme, _GuardedAdapter(guard, deadline, options))
        with _said(url, options, deadline):
            return _follow(url, session, guard, deadline, options, known)


def _follow(
    url: str,
    session: requests.Session,
    guard: Guard,
    deadline: Deadline,
    options: FetchOptions,
    known: Snapshot | None,
) -> Answer:
    chain: list[str] = []
    while True:
        target = guard.target(url)
        if target.url in chain or len(chain) > options.max_redirects:
            raise FetchError("fetch-redirects", url=target.url, count=len(chain))
        chain.append(target.url)
        if options.proxy is not None:
            check_behind_proxy(guard, target.host, target.port, timeout=deadline.remaining())
        conditions = _conditions(target.url, known, options)
        response = session.get(
            target.url,
            headers=conditions,
            stream=True,
            allow_redirects=False,
            timeout=(options.connect_timeout, options.read_timeout),
            proxies={"http": options.proxy, "https": options.proxy} if options.proxy else None,
        )
        with response:
            if response.status_code == _UNCHANGED and conditions and known is not None:
                return _unchanged(chain, response, known, guard, options)
            if response.status_code not in _REDIRECTS:
                return _answer(chain, response, guard, deadline, options)
            location = session.get_redirect_target(response)
            if not location:
                raise FetchError("fetch-redirect-nowhere", url=target.url)
            guard.leave(target)
            url = _joined(target.url, location)
        session.close()
        deadline.release()


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        raise FetchError("fetch-url", url=location[:_SHOWN]) from None


def _conditions(url: str, known: Snapshot | None, options: FetchOptions) -> dict[str, str]:
    """What makes a request conditional (RFC 9110, 13.1): only validators of well-formed shape."""
    if known is None or known.visit.url != url or not is_success(known.visit.status):
        return {}
    if known.visit.truncated and len(known.content) < options.max_bytes:
        # More is wanted now than was kept then.
        return {}
    etag = known.visit.headers.get("etag", "")
    modified = known.visit.headers.get("last-modified", "")
    conditions = {}
    if _ETAG.fullmatch(etag):
        conditions["If-None-Match"] = etag
    if HTTP_DATE.fullmatch(modified):
        conditions["If-Modified-Since"] = modified
    return conditions


def _unchanged(
    chain: list[str],
    response: requests.Response,
    known: Snapshot,
    guard: Guard,
    options: FetchOptions,
) -> Answer:
    """The kept body under the newer headers (RFC 9111, 4.3.4); what describes the body stays."""
    newer = kept_headers(response.headers.items())
    headers = known.visit.headers | {
        k: v for k, v in newer.items() if not k.startswith(("content-", "transfer-"))
    }
    return Answer(
        chain[0],
        chain[-1],
        tuple(chain[:-1]),
        kept_headers(headers.items()),
        known.content[: options.max_bytes],
        known.visit.truncated or len(known.content) > options.max_bytes,
        now(),
        guard.lets_in(chain),
    )


def _answer(
    chain: list[str],
    response: requests.Response,
    guard: Guard,
    deadline: Deadline,
    options: FetchOptions,
) -> Answer:
    headers = kept_headers(response.headers.items())
    private, status = guard.lets_in(chain), response.status_code
    if not is_success(status):
        # Nobody reads its body.
        return Answer(
            chain[0], chain[-1], tuple(chain[:-1]), headers, b"", False, now(), private, status
        )
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise FetchError("fetch-encoding", encoding=encoding)
    content = bytearray()
    for chunk in response.raw.stream(_CHUNK, decode_content=True):
        content += chunk
        deadline.remaining()
        if len(content) > options.max_bytes:
            break
    deadline.remaining()
    return Answer(
        chain[0],
        chain[-1],
        tuple(chain[:-1]),
        headers,
        bytes(content[: options.max_bytes]),
        len(content) > options.max_bytes,
        now(),
        private,
        status,
    )


@contextmanager
def _said(url: str, options: FetchOptions, deadline: Deadline) -> Iterator[None]:
    """The libraries' exceptions as errors that say the phase; a passed deadline comes first."""
    try:
        yield
    except FetchError:
        raise
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        if deadline.expired:
            raise FetchError("fetch-deadline", seconds=f"{options.deadline:g}") from None
        raise FetchError(_code(error), url=url, reason=_reason(error)) from None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it wraps, as cause, context, argument or ``reason``."""
    found: list[object] = [error]
    for one in found:
        if isinstance(one, BaseException) and len(found) < 40:
            yield one
            inner = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
            found += [i for i in inner if isinstance(i, BaseException) and i not in found]


_CODES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((requests.exceptions.SSLError, urllib3.exceptions.SSLError), "fetch-tls"),
    ((requests.exceptions.ProxyError, urllib3.exceptions.ProxyError), "fetch-proxy"),
    # Before its base class, which stands for the timeout.
    ((NewConnectionError,), "fetch-connect"),
    ((requests.exceptions.ConnectTimeout, ConnectTimeoutError), "fetch-connect-timeout"),
    ((urllib3.exceptions.IncompleteRead, http.client.IncompleteRead), "fetch-incomplete"),
    ((urllib3.exceptions.DecodeError, requests.exceptions.ContentDecodingError), "fetch-decode"),
    ((requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError), "fetch-read-timeout"),
)


def _code(error: BaseException) -> str:
    causes = list(_causes(error))
    for kinds, code in _CODES:
        if any(isinstance(c, kinds) for c in causes):
            return code
    if any(isinstance(c, TimeoutError) for c in causes):
        return "fetch-read-timeout"
    return "fetch-answer"


def _reason(error: BaseException) -> str:
    """The innermost cause in a few words, without object addresses."""
    innermost = list(_causes(error))[-1]
    text = str(innermost).rpartition(": ")[2] or type(innermost).__name__
    return text[:160]


class _Session(requests.Session):
    """Follows nothing by itself: it would read a redirect's body, however long, to the end."""

    def resolve_redirects(self, *args: Any, **kwargs: Any) -> Any:
        return iter(())


class _Response(http.client.HTTPResponse):
    """Reads a few interim answers (1xx) and then no more: there is no end to them otherwise."""

    _interim = 0

    def _read_status(self) -> tuple[str, int, str]:
        self._interim += 1
        if self._interim > _INTERIM:
            raise http.client.HTTPException("too many interim answers")
        status: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
        return status


class _GuardedAdapter(HTTPAdapter):
    """Makes pools whose connections ask the guard; nothing is tried twice."""

    def __init__(self, guard: Guard, deadline: Deadline, options: FetchOptions) -> None:
        self._pools = _pools(guard, deadline)
        # The user named the proxy; where it leads is checked before it is asked.
        proxy_host = urllib3.util.parse_url(options.proxy).host if options.proxy else None
        open_guard = Guard(
            allow_hosts=frozenset({(proxy_host or "").strip("[]").lower()}),
            resolver=options.resolver,
        )
        self._proxy_pools = _pools(open_guard, deadline)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._proxy_pools
        return manager


def _pools(guard: Guard, deadline: Deadline) -> dict[str, type[HTTPConnectionPool]]:
    """Pool classes bound to one guard and deadline: urllib3 takes classes, not objects."""

    class Response(_Response):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            deadline.owns(self)

    class GuardedHTTP(HTTPConnection):
        response_class = Response

        def _new_conn(self) -> socket.socket:
            return _connect(self, guard, deadline)

    class GuardedHTTPS(HTTPSConnection):
        response_class = Response

        def _new_conn(self) -> socket.socket:
            return _connect(self, guard, deadline)

    class HTTPPool(HTTPConnectionPool):
        ConnectionCls = GuardedHTTP

    class HTTPSPool(HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPS

    return {"http": HTTPPool, "https": HTTPSPool}


def _connect(connection: HTTPConnection, guard: Guard, deadline: Deadline) -> socket.socket:
    """A socket to an address that was checked, and checked again once connected."""
    host, port = connection.host.strip("[]").rstrip(".").lower(), connection.port or 80
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else 10.0
    try:
        connected = connect(guard, host, port, timeout=timeout, remaining=deadline.remaining)
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "timed out") from error
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
    deadline.watch(connected)
    return connected
