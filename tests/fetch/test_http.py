"""One GET against servers on this machine that behave well or badly."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from typing import Any

import brotli
import pytest

from linter.document import Page
from linter.errors import FetchError
from linter.fetch import FetchOptions, fetch
from tests.fetch.loopback import BODY, answer, redirecting, server


def get(url: str, **settings: Any) -> Page:
    settings.setdefault("deadline", 5.0)
    return fetch(url, options=FetchOptions(allow_hosts=frozenset({"127.0.0.1"}), **settings))


def code_of(url: str, **settings: Any) -> str:
    with pytest.raises(FetchError) as caught:
        get(url, **settings)
    return caught.value.code


def test_a_page_is_read_and_dated() -> None:
    with server(answer()) as url:
        page = get(f"{url}/privacy#top")
    assert page.text == BODY.decode()
    assert page.media_type == "text/html"
    assert page.url == f"{url}/privacy"
    assert page.base_url == page.url
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.fetched_at is not None
    assert page.fetched_at.endswith("Z")
    assert not page.truncated


def test_it_says_who_asks_and_carries_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        seen.append(request)
        answer()(connection, request)

    monkeypatch.setenv("NETRC", "/nonexistent")
    with server(handle) as url:
        get(url)
    request = seen[0].decode().lower()
    assert "user-agent: disclosure-lint" in request
    assert "authorization" not in request
    assert "cookie" not in request


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("identity", bytes),
    ],
)
def test_content_encodings_are_undone(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    with server(answer(pack(BODY), f"Content-Encoding: {encoding}")) as url:
        assert get(url).text == BODY.decode()


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip, br", "compress", "zstd", "x-unknown"])
def test_stacked_and_unknown_encodings_are_refused(encoding: str) -> None:
    with server(answer(gzip.compress(BODY), f"Content-Encoding: {encoding}")) as url:
        assert code_of(url) == "fetch-encoding"


def test_a_damaged_encoding_is_said() -> None:
    with server(answer(b"not gzip at all", "Content-Encoding: gzip")) as url:
        assert code_of(url) == "fetch-decode"


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress])
def test_a_bomb_is_cut_at_the_cap(pack: Callable[[bytes], bytes]) -> None:
    encoding = "gzip" if pack is gzip.compress else "br"
    bomb = pack(b"<p>" + b"a" * 50_000_000)
    with server(answer(bomb, f"Content-Encoding: {encoding}")) as url:
        page = get(url, max_bytes=100_000)
    assert page.truncated
    assert len(page.content) == 100_000


def test_an_endless_body_is_cut_at_the_cap() -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
        while True:
            connection.sendall(b"a" * 65536)

    with server(handle) as url:
        assert get(url, max_bytes=300_000).truncated


@pytest.mark.parametrize("what", ["body", "headers"])
def test_what_is_dripped_ends_at_the_deadline(what: str) -> None:
    done = threading.Event()

    def handle(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        if what == "body":
            connection.sendall(b"Content-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
        while not done.wait(0.05):
            connection.sendall(b"X: y\r\n" if what == "headers" else b"a")

    with server(handle) as url:
        assert code_of(url, deadline=0.6, read_timeout=0.4) == "fetch-deadline"
        done.set()


def test_a_silent_server_times_out() -> None:
    done = threading.Event()
    with server(lambda connection, request: done.wait(3) and None) as url:
        assert code_of(url, read_timeout=0.2) == "fetch-read-timeout"
        done.set()


def test_less_than_announced_is_not_judged() -> None:
    with server(answer(BODY, "Content-Length: 99999")) as url:
        assert code_of(url) == "fetch-incomplete"


def test_a_negative_length_is_no_length() -> None:
    with server(answer(BODY, "Content-Length: -1")) as url:
        assert get(url).text == BODY.decode()


@pytest.mark.parametrize(
    "headers",
    [[f"X-{n}: y" for n in range(500)], ["X-Long: " + "a" * 200_000]],
    ids=["500 headers", "a 200 kB header"],
)
def test_swollen_headers_are_refused(headers: list[str]) -> None:
    with server(answer(BODY, *headers)) as url:
        assert code_of(url) == "fetch-answer"


def test_no_http_at_all() -> None:
    with server(lambda connection, request: connection.sendall(b"SSH-2.0-x\r\n")) as url:
        assert code_of(url) == "fetch-answer"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("404 Not Found", "fetch-not-found"),
        ("410 Gone", "fetch-not-found"),
        ("403 Forbidden", "fetch-forbidden"),
        ("401 Unauthorized", "fetch-forbidden"),
        ("500 Oops", "fetch-status"),
        ("304 Not Modified", "fetch-status"),
    ],
)
def test_a_status_that_is_no_page(status: str, code: str) -> None:
    with server(answer(BODY, status=status)) as url:
        assert code_of(url) == code


@pytest.mark.parametrize("status", ["503 Service Unavailable", "429 Too Many Requests"])
def test_a_busy_server_is_not_waited_for(status: str) -> None:
    asked: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        answer(b"", "Retry-After: 21600", status=status)(connection, request)

    with server(handle) as url, pytest.raises(FetchError, match="21600") as caught:
        get(url)
    assert caught.value.code == "fetch-busy"
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "fetch-blocked"),
        ("http://[::1]/", "fetch-blocked"),
        ("http://10.0.0.1/", "fetch-blocked"),
        ("file:///etc/passwd", "fetch-scheme"),
        ("http://127.0.0.2:22/", "fetch-port"),
        ("http://a:b@127.0.0.1/", "fetch-userinfo"),
        ("//192.168.0.1/x", "fetch-blocked"),
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 T", "308 P"])
def test_every_hop_is_rechecked(status: str, location: str, code: str) -> None:
    with server(redirecting(location, status)) as url:
        assert code_of(url) == code


def test_a_circle_of_redirects() -> None:
    with server(redirecting("/")) as url:
        assert code_of(f"{url}/") == "fetch-redirects"


def test_a_chain_without_end() -> None:
    count = iter(range(1000))

    def handle(connection: socket.socket, request: bytes) -> None:
        redirecting(f"/{next(count)}")(connection, request)

    with server(handle) as url:
        assert code_of(f"{url}/start") == "fetch-redirects"


def test_a_redirect_to_nowhere() -> None:
    with server(answer(b"", status="302 Found")) as url:
        assert code_of(url) == "fetch-redirect-nowhere"


def test_relative_redirects_are_followed_and_the_last_address_is_kept() -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        first = request.startswith(b"GET /old ")
        (redirecting("new/privacy") if first else answer())(connection, request)

    with server(handle) as url:
        page = get(f"{url}/old")
    assert page.url == f"{url}/new/privacy"
    assert page.source == f"{url}/old"


def test_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert code_of(f"http://127.0.0.1:{port}/") == "fetch-connect"


def test_a_stalled_tls_handshake_ends_at_the_deadline() -> None:
    done = threading.Event()
    with server(lambda connection, request: None) as plain:
        pass
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            while not done.wait(0.05):
                try:
                    connection.sendall(b"\x16")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = listener.getsockname()[1]
    assert plain.startswith("http://")
    assert code_of(f"https://127.0.0.1:{port}/", deadline=0.5) in ("fetch-deadline", "fetch-tls")
    done.set()
    thread.join(5)
    listener.close()


def test_the_users_proxy_is_used_for_public_names() -> None:
    seen: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        seen.append(request.split(b"\r\n")[0])
        answer()(connection, request)

    with server(handle) as proxy:
        page = fetch(
            "http://site.example/privacy",
            options=FetchOptions(proxy=proxy, resolver=_proxy_resolver, deadline=5.0),
        )
    assert seen == [b"GET http://site.example/privacy HTTP/1.1"]
    assert page.url == "http://site.example/privacy"


def _proxy_resolver(host: str, port: int) -> list[str]:
    return ["127.0.0.1"] if host == "127.0.0.1" else ["93.184.216.34"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "PNG"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 40, "DOC"),
        (b"PK\x03\x04" + b"\x00" * 40, "ZIP"),
        (b"\x00\x01\x02\x03" * 40, "text/html"),
    ],
)
def test_what_is_no_text_is_named(body: bytes, kind: str) -> None:
    with server(answer(body)) as url, pytest.raises(FetchError, match=kind) as caught:
        get(url)
    assert caught.value.code == "fetch-media-type"


def test_a_pdf_is_one_whatever_its_header_says() -> None:
    with server(answer(b"%PDF-1.7 ...")) as url:
        assert get(url).media_type == "application/pdf"
    with server(answer(b"%PDF-1.7 ..." + b"x" * 5000)) as url, pytest.raises(FetchError) as caught:
        get(url, max_bytes=4000)
    assert caught.value.code == "fetch-too-large"


def test_an_empty_answer() -> None:
    with server(answer(b"")) as url:
        assert code_of(url) == "fetch-empty"


def test_json_is_no_policy() -> None:
    with server(answer(b'{"a": 1}', "Content-Type: application/json")) as url:
        assert code_of(url) == "fetch-media-type"
