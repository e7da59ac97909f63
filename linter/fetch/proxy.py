"""A forward proxy on loopback that lets a browser reach only what the guard admits.

Whatever a page makes a browser ask for (a frame, a websocket, a beacon, a redirect) comes here as
a request in absolute form or as CONNECT (RFC 9112, 3.2; RFC 9110, 9.3.6). The name is resolved
here, once for each connection, and only an address that was checked is connected to. TLS is not
opened.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

from linter.errors import FetchError
from linter.fetch.connect import check_behind_proxy, connect
from linter.fetch.guard import Guard, Target
from linter.fetch.heads import CHUNK, Head, MessageError, Reader
from linter.fetch.options import FetchOptions

_HEAD_SECONDS = 15.0
_CONNECTIONS = 64
_REFUSALS = 1_000
_AUTHORITY = re.compile(r"[^/?#@\s]+:\d{1,5}")


class GuardingProxy:
    """Serves in threads of its own between ``__enter__`` and ``__exit__``.

    Parameters
    ----------
    options : who may be reached, and the user's own proxy to go through.
    seconds : after that nothing is passed on.
    max_bytes : of all connections together; then all are shut and ``exceeded`` is set.

    Attributes
    ----------
    address : its own "host:port", once it serves.
    username, password : what a client must show; new for each proxy, so that no other program of
        this machine can use it.
    """

    def __init__(self, options: FetchOptions, *, seconds: float, max_bytes: int) -> None:
        self.username, self.password = "disclosure-lint", secrets.token_urlsafe(32)
        self.address, self.exceeded = "", False
        self._expected = _basic(f"{self.username}:{self.password}")
        self._options = options
        self._guard = Guard(allow_hosts=options.allow_hosts, resolver=options.resolver)
        self._seconds, self._end = seconds, 0.0
        self._left = max_bytes
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._slots = threading.Semaphore(_CONNECTIONS)
        self._refusals: dict[str, FetchError] = {}
        self._closed = False

    def __enter__(self) -> GuardingProxy:
        self._end = time.monotonic() + self._seconds
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def refusals(self) -> dict[str, FetchError]:
        """Why a "host:port" was not reached; the first thousand of them."""
        with self._lock:
            return dict(self._refusals)

    def _accept(self) -> None:
        while True:
            self._slots.acquire()
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            # Whatever breaks in a connection ends that connection: its client sees it closed.
            with suppress(OSError, FetchError), self._watched(client):
                self._reply(client)
        finally:
            self._slots.release()

    def _reply(self, client: socket.socket) -> None:
        try:
            self._answer(client)
        except MessageError as error:
            client.sendall(_refusal(error.status))
            _linger(client)

    @contextmanager
    def _watched(self, connected: socket.socket) -> Iterator[socket.socket]:
        """Has a connection shut with the proxy, and closed in the end."""
        with connected:
            with self._lock:
                self._live.add(connected)
            try:
                connected.settimeout(self._remaining())
                yield connected
            finally:
                with self._lock:
                    self._live.discard(connected)

    def _shut(self) -> None:
        with self._lock:
            self._closed = True
            for one in self._live:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _remaining(self) -> float:
        left = self._end - time.monotonic()
        if self._closed or left <= 0:
            raise FetchError("fetch-deadline", seconds=f"{self._seconds:g}")
        return left

    def _spend(self, count: int) -> None:
        with self._lock:
            self._left -= count
            self.exceeded = self._left < 0
        if self.exceeded:
            self._shut()
            self._remaining()

    def _answer(self, client: socket.socket) -> None:
        client.settimeout(min(_HEAD_SECONDS, self._remaining()))
        reader = Reader(client)
        head = reader.head()
        method, asked = head.request
        given = head.values("proxy-authorization")
        if len(given) != 1 or not hmac.compare_digest(given[0].encode(), self._expected.encode()):
            raise MessageError(407)
        client.settimeout(self._remaining())
        if method == "CONNECT":
            self._tunnel(client, reader.rest, asked)
        else:
            self._forward(client, head, reader.rest)

    def _tunnel(self, client: socket.socket, first: bytes, authority: str) -> None:
        if _AUTHORITY.fullmatch(authority) is None:
            raise MessageError(400)
        target = self._target(f"https://{authority}/")
        with self._watched(self._reach(target, tunnel=True)) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            server.sendall(first)
            self._relay(client, server)

    def _relay(self, client: socket.socket, server: socket.socket) -> None:
        """Passes bytes both ways until one side ends."""
        while True:
            # What TLS to the user's proxy has already opened, select does not see.
            opened = [server] if isinstance(server, ssl.SSLSocket) and server.pending() else []
            wait = 0.0 if opened else self._remaining()
            ready = select.select([client, server], [], [], wait)[0]
            for source in {*ready, *opened}:
                piece = source.recv(CHUNK)
                if not piece:
                    return
                self._spend(len(piece))
                (server if source is client else client).sendall(piece)

    def _forward(self, client: socket.socket, head: Head, first: bytes) -> None:
        """One request and its answer; then the connection ends.

        Nothing that follows on it, perhaps meant for another host, can so reach this one.
        """
        method, url = head.request
        length = head.request_length
        target = self._target(url)
        if target.scheme != "http":
            raise MessageError(400)
        netloc = _netloc(target)
        where, more = _path(url), [f"Host: {netloc}", "Connection: close"]
        if self._options.proxy is not None:
            where = f"http://{netloc}{where}"
            more += _credentials(self._options.proxy)
        with self._watched(self._reach(target, tunnel=False)) as server:
            server.sendall(head.passed_on(f"{method} {where} HTTP/1.1", *more))
            self._pass(client, server, first, length)
            reader = Reader(server)
            answer = reader.answer()
            # A server that is no proxy must not be able to ask for the proxy's password.
            line = "HTTP/1.1 502 Bad Gateway" if answer.status == 407 else answer.line
            size = 0 if method == "HEAD" else answer.answer_length
            client.sendall(answer.passed_on(line, "Connection: close"))
            self._pass(server, client, reader.rest, size)

    def _pass(
        self, source: socket.socket, sink: socket.socket, first: bytes, length: int | None
    ) -> None:
        """Passes ``length`` bytes on, or all there are; ``first`` were read already."""
        piece, left = first, length
        while left is None or left > 0:
            if not piece:
                source.settimeout(self._remaining())
                piece = source.recv(CHUNK)
                if not piece:
                    return
            piece = piece[:left]
            self._spend(len(piece))
            sink.sendall(piece)
            left = None if left is None else left - len(piece)
            piece = b""

    def _target(self, url: str) -> Target:
        try:
            return self._guard.target(url)
        except FetchError as error:
            self._refuse(_authority(url), error)
            raise MessageError(403) from None

    def _reach(self, target: Target, *, tunnel: bool) -> socket.socket:
        """A connection to a target or, through the user's proxy, on the way to it.

        Raises ``MessageError``, and keeps the reason for ``refusals``.
        """
        key = f"{target.host}:{target.port}"
        try:
            if self._options.proxy is None:
                return self._connect(self._guard, target.host, target.port)
            check_behind_proxy(self._guard, target.host, target.port, timeout=self._remaining())
            return self._through_proxy(self._options.proxy, target, tunnel=tunnel)
        except FetchError as error:
            self._refuse(key, error)
            raise MessageError(403) from None
        except TimeoutError:
            self._refuse(key, FetchError("fetch-connect-timeout", url=target.url))
            raise MessageError(504) from None
        except OSError as error:
            reason = error.strerror or str(error)
            self._refuse(key, FetchError("fetch-connect", url=target.url, reason=reason))
            raise MessageError(502) from None

    def _connect(self, guard: Guard, host: str, port: int) -> socket.socket:
        timeout = self._options.connect_timeout
        connected = connect(guard, host, port, timeout=timeout, remaining=self._remaining)
        connected.settimeout(self._remaining())
        return connected

    def _through_proxy(self, proxy: str, target: Target, *, tunnel: bool) -> socket.socket:
        """A connection to the user's proxy; for a tunnel, opened as far as the target."""
        from urllib3.util import parse_url

        parts = parse_url(proxy)
        host = (parts.host or "").strip("[]").lower()
        if parts.scheme not in ("http", "https") or not host:
            raise FetchError("fetch-proxy", url=target.url, reason="no http or https proxy")
        # The user named the proxy; it may stand in the user's own network.
        guard = Guard(allow_hosts=frozenset({host}), resolver=self._options.resolver)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connected: socket.socket | None = None
        try:
            connected = self._connect(guard, host, port)
            if parts.scheme == "https":
                trusted = ssl.create_default_context(cafile=self._options.ca_bundle)
                connected = trusted.wrap_socket(connected, server_hostname=host)
            if tunnel:
                _open_tunnel(connected, _netloc(target, port=True), proxy)
        except (OSError, MessageError) as error:
            if connected is not None:
                connected.close()
            reason = getattr(error, "strerror", None) or str(error)
            raise FetchError("fetch-proxy", url=target.url, reason=reason) from None
        return connected

    def _refuse(self, key: str, error: FetchError) -> None:
        with self._lock:
            if len(self._refusals) < _REFUSALS:
                self._refusals.setdefault(key, error)


def _open_tunnel(proxy: socket.socket, authority: str, url: str) -> None:
    """Asks the user's proxy for a tunnel. Raises ``MessageError`` with its status if it won't."""
    fields = [f"CONNECT {authority} HTTP/1.1", f"Host: {authority}", *_credentials(url), "", ""]
    proxy.sendall("\r\n".join(fields).encode("latin-1"))
    status = Reader(proxy).answer().status
    if status >= 300:
        raise MessageError(status)


def _credentials(proxy: str) -> list[str]:
    """The field that shows a proxy the user and password in its URL, if there are any."""
    from urllib.parse import unquote

    from urllib3.util import parse_url

    auth = parse_url(proxy).auth
    return [f"Proxy-Authorization: {_basic(unquote(auth))}"] if auth else []


def _basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


def _netloc(target: Target, *, port: bool = False) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = 443 if target.scheme == "https" else 80
    return host if target.port == usual and not port else f"{host}:{target.port}"


def _path(url: str) -> str:
    """Path and query as the client wrote them."""
    path = re.sub(r"^[^:/?#]+://[^/?#]*", "", url).partition("#")[0]
    return path if path.startswith("/") else f"/{path}"


def _authority(url: str) -> str:
    """ "host:port" of a URL that could not be taken apart, as it was written."""
    scheme, _, rest = url.partition("://")
    netloc = re.split(r"[/?#]", rest)[0].rpartition("@")[2].lower()
    usual = 443 if scheme.lower() == "https" else 80
    return netloc if re.search(r":\d+$", netloc) else f"{netloc}:{usual}"


def _refusal(status: int) -> bytes:
    ask = 'Proxy-Authenticate: Basic realm="disclosure-lint"\r\n' if status == 407 else ""
    fields = "Content-Length: 0\r\nConnection: close\r\n"
    return f"HTTP/1.1 {status} Refused\r\n{ask}{fields}\r\n".encode("ascii")


def _linger(client: socket.socket) -> None:
    """Lets the answer arrive: to close with unread bytes would reset the connection."""
    client.shutdown(socket.SHUT_WR)
    client.settimeout(1.0)
    for _ in range(16):
        if not client.recv(CHUNK):
            return
