"""Servers on this machine that behave well or badly, byte by byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BODY = "<h1>隐私政策</h1><p>我们收集您的手机号，用于登录。</p>".encode()
Handler = Callable[[socket.socket, bytes], None]


@contextmanager
def server(handle: Handler) -> Iterator[str]:
    """A server that hands each connection with its request to ``handle``; yields its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    request = b""
                    while b"\r\n\r\n" not in request:
                        piece = connection.recv(4096)
                        if not piece:
                            break
                        request += piece
                    handle(connection, request)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def answer(body: bytes = BODY, *headers: str, status: str = "200 OK") -> Handler:
    head = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    if not any(h.lower().startswith("content-type") for h in headers):
        head.append("Content-Type: text/html; charset=utf-8")
    if not any(h.lower().startswith("content-length") for h in headers):
        head.append(f"Content-Length: {len(body)}")

    def handle(connection: socket.socket, request: bytes) -> None:
        connection.sendall("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)

    return handle


def redirecting(location: str, status: str = "302 Found") -> Handler:
    return answer(b"", f"Location: {location}", status=status)
