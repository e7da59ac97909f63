"""Servers on loopback: an "outside" that answers, and an "inside" that counts who comes."""

from __future__ import annotations

import http.server
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

HTML = "text/html; charset=utf-8"


@dataclass
class Reply:
    """What an address answers."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = HTML


Act = Reply | Callable[[http.server.BaseHTTPRequestHandler], None]


class Site:
    """A web site under a name that the resolver of a test leads to this machine.

    ``pages`` maps paths to answers; ``seen`` keeps the requests as (method, path, headers).
    """

    def __init__(self, name: str, pages: dict[str, Act]) -> None:
        self.name, self.pages = name, pages
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            timeout = 20

            def do_GET(self) -> None:
                headers = {k.lower(): v for k, v in self.headers.items()}
                site.seen.append((self.command, self.path, headers))
                length = int(headers.get("content-length", "0"))
                self.rfile.read(length)
                path = urlsplit(self.path).path
                act = site.pages.get(path, Reply("<p>none</p>", 404))
                if isinstance(act, Reply):
                    act = _replying(act)
                act(self)

            do_POST = do_HEAD = do_OPTIONS = do_PUT = do_GET

            def log_message(self, *args: Any) -> None:
                """Tests read ``seen``."""

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that goes away is no error of the test."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://{self.name}:{self.port}"

    @property
    def host(self) -> str:
        return f"{self.name}:{self.port}"

    def __enter__(self) -> Site:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _replying(reply: Reply) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    body = reply.body.encode() if isinstance(reply.body, str) else reply.body

    def act(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(reply.status)
        for name, value in {"Content-Type": reply.type, **reply.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


class Inside:
    """Ports of this machine, one for each name given, over TCP and UDP, on 127.0.0.1 and ::1.

    ``hits`` counts, by name, whatever comes: a connection is one, a datagram is one.
    """

    def __init__(self, names: list[str]) -> None:
        self.ports: dict[str, int] = {}
        self.hits = dict.fromkeys(names, 0)
        self._selector = selectors.DefaultSelector()
        self._open: list[socket.socket] = []
        self._stop = threading.Event()
        for name in names:
            self.ports[name] = self._listen(name)

    def _listen(self, name: str) -> int:
        for _ in range(50):
            first = socket.create_server(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            made = [first]
            try:
                made.append(socket.create_server(("::1", port), family=socket.AF_INET6))
                for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
                    made.append(socket.socket(family, socket.SOCK_DGRAM))
                    made[-1].bind((host, port))
            except OSError:
                for one in made:
                    one.close()
                continue
            for one in made:
                one.setblocking(False)
                self._selector.register(one, selectors.EVENT_READ, name)
            self._open += made
            return port
        raise AssertionError("no free port")

    def __enter__(self) -> Inside:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join(5)
        for one in self._open:
            one.close()
        self._selector.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            for key, _ in self._selector.select(0.05):
                listener: socket.socket = key.fileobj  # type: ignore[assignment]
                self.hits[key.data] += 1
                if listener.type == socket.SOCK_DGRAM:
                    listener.recv(65536)
                    continue
                connection, _ = listener.accept()
                # An answer, so that a redirect or a frame that came here would show it.
                connection.settimeout(0.2)
                with connection:
                    try:
                        connection.recv(4096)
                        connection.sendall(
                            b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n"
                            b"Content-Type: text/html\r\nContent-Length: 9\r\n"
                            b"Connection: close\r\n\r\nINSIDE-OK"
                        )
                    except OSError:
                        continue


@contextmanager
def raw_server(handle: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that hands each connection, in a thread of its own, to ``handle``; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def one(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                handle(connection)
            except OSError:
                return

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
