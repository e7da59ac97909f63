"""Real servers on this machine that misbehave in every way that ENGINEERING.md lists.

They are reached by ``allow_hosts``, which only the caller's options can set: nothing in a page, a
policy or the environment opens a private address.
"""

from __future__ import annotations

import datetime
import gzip
import ipaddress
import os
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from linter.document import Page
from linter.errors import FetchError
from linter.fetch import FetchOptions, fetch
from tests.fetch.loopback import BODY, Handler, answer, redirecting, server
from tests.fetch.test_guard import NUMERIC

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def get(url: str, **settings: Any) -> Page:
    settings = {"deadline": 5.0, "allow_hosts": frozenset({"127.0.0.1"})} | settings
    return fetch(url, options=FetchOptions(**settings))


def code_of(url: str, **settings: Any) -> str:
    with pytest.raises(FetchError) as caught:
        get(url, **settings)
    return caught.value.code


def sending(*pieces: bytes, again: bytes = b"", pause: float = 0.0) -> Handler:
    """Sends pieces, then the last again and again until the other side has gone."""

    def handle(connection: socket.socket, request: bytes) -> None:
        for piece in pieces:
            connection.sendall(piece)
        while again:
            connection.sendall(again)
            time.sleep(pause)

    return handle


# Bodies


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("gzip", lambda body: gzip.compress(body[: len(body) // 2]) * 2),
    ],
    ids=["gzip", "deflate", "br", "gzip of two members"],
)
def test_a_bomb_takes_no_memory(encoding: str, pack: Any) -> None:
    bomb = pack(b"<p>" + b"a" * 60_000_000)
    assert len(bomb) < 500_000
    with server(answer(bomb, f"Content-Encoding: {encoding}")) as url:
        tracemalloc.start()
        try:
            page = get(url, max_bytes=1_000_000, deadline=20.0)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (page.truncated, len(page.content)) == (True, 1_000_000)
    assert peak < 20_000_000


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Encoding: gzip, gzip"],
        ["Content-Encoding: gzip,deflate,br"],
        ["Content-Encoding: gzip", "Content-Encoding: gzip"],
        ["Content-Encoding: identity, gzip"],
        ["Content-Encoding: gzip;q=1"],
    ],
    ids=str,
)
def test_stacked_encodings_are_refused(headers: list[str]) -> None:
    with server(answer(gzip.compress(gzip.compress(BODY)), *headers)) as url:
        assert code_of(url) == "fetch-encoding"


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (HEAD + b"\r\n<p>", b"a" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"a" * 65536 + b"\r\n"),
        (HEAD + b"Content-Length: 99999999999999\r\n\r\n<p>", b"a" * 65536),
    ],
    ids=["until closed", "chunked", "announced"],
)
def test_an_endless_body_is_cut(start: bytes, again: bytes) -> None:
    with server(sending(start, again=again)) as url:
        page = get(url, max_bytes=300_000)
    assert (page.truncated, len(page.content)) == (True, 300_000)


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (HEAD + b"Content-Length: 99999\r\n\r\n", b"a"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 100 Continue\r\n", b"X: y\r\n"),
    ],
    ids=[
        "status line", "headers", "a header", "body", "chunks", "chunk size", "trailers",
        "an interim answer",
    ],
)  # fmt: skip
def test_whatever_is_dripped_ends_at_the_deadline(start: bytes, again: bytes) -> None:
    with server(sending(start, again=again, pause=0.03)) as url:
        begun = time.monotonic()
        assert code_of(url, deadline=0.7, read_timeout=0.5) == "fetch-deadline"
        assert time.monotonic() - begun < 5.0


@pytest.mark.parametrize(
    ("start", "again"),
    [
        (b"", b"H" * 65536),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 9999),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ", b"y" * 65536),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"X: y\r\n" * 9999),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999),
    ],
    ids=[
        "status line", "headers", "a header", "chunk size", "chunk extension", "a trailer",
        "trailers", "1xx",
    ],
)  # fmt: skip
def test_whatever_is_poured_is_bounded_in_memory_and_time(start: bytes, again: bytes) -> None:
    with server(sending(start, again=again)) as url:
        begun = time.monotonic()
        tracemalloc.start()
        try:
            code = code_of(url, deadline=2.0)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert code in ("fetch-answer", "fetch-deadline")
        assert peak < 30_000_000
        assert time.monotonic() - begun < 10.0


@pytest.mark.parametrize(
    "headers",
    [
        [f"X-{n}: y" for n in range(500)],
        ["X: y"] * 500,
        ["X-Long: " + "a" * 200_000],
        ["a" * 200_000 + ": y"],
    ],
    ids=["500 headers", "one header 500 times", "a 200 kB header", "a 200 kB name"],
)
@pytest.mark.parametrize("status", ["200 OK", "302 Found", "404 Not Found"])
def test_swollen_headers_are_refused(headers: list[str], status: str) -> None:
    with server(answer(BODY, *headers, status=status)) as url:
        assert code_of(url) == "fetch-answer"


@pytest.mark.parametrize(
    ("length", "outcome"),
    [
        ("-1", BODY.decode()),
        ("abc", BODY.decode()),
        ("", BODY.decode()),
        ("99999", "fetch-incomplete"),
        (str(len(BODY) + 1), "fetch-incomplete"),
        ("9" * 30, "fetch-incomplete"),
        ("7", BODY[:7].decode("utf-8", "ignore")),
    ],
)
def test_a_content_length_that_is_wrong(length: str, outcome: str) -> None:
    with server(answer(BODY, f"Content-Length: {length}")) as url:
        try:
            found = get(url).text
        except FetchError as error:
            found = error.code
    assert found.rstrip("\ufffd") == outcome


def test_two_lengths_that_differ_are_refused() -> None:
    with server(answer(BODY, "Content-Length: 5", "Content-Length: 9")) as url:
        assert code_of(url) == "fetch-answer"


def test_a_chunk_that_is_cut_is_not_judged() -> None:
    start = HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nff\r\n<p>half"
    with server(sending(start)) as url:
        assert code_of(url) == "fetch-incomplete"


def test_chunks_without_an_end_are_not_judged() -> None:
    start = HEAD + b"Transfer-Encoding: chunked\r\n\r\n7\r\n<p>half\r\n"
    with server(sending(start)) as url:
        assert code_of(url) in ("fetch-incomplete", "fetch-answer")


def test_a_few_interim_answers_are_skipped_and_many_refused() -> None:
    interim = b"HTTP/1.1 100 Continue\r\n\r\n"
    page = HEAD + b"Connection: close\r\n\r\n" + BODY
    with server(sending(interim * 3 + page)) as url:
        assert get(url).content == BODY
    with server(sending(interim * 99 + page)) as url:
        assert code_of(url) == "fetch-answer"


@pytest.mark.parametrize("head", [b"\0" * 100, b"HTTP/9.9 abc\r\n\r\n", b"", b"HTTP/1.1 0\r\n\r\n"])
def test_what_is_no_http_is_said(head: bytes) -> None:
    with server(sending(head)) as url:
        assert code_of(url) in ("fetch-answer", "fetch-status")


# Waiting


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("21600", "21600"),
        ("Wed, 21 Oct 2037 07:28:00 GMT", "Wed, 21 Oct 2037 07:28:00 GMT"),
        ("9" * 5000, "?"),
        ("-1", "?"),
        ("soon <script>\x1b[2J", "?"),
        ("", "?"),
    ],
)
@pytest.mark.parametrize("status", ["503 Service Unavailable", "429 Too Many Requests"])
def test_retry_after_is_said_within_bounds_and_never_slept_on(
    monkeypatch: pytest.MonkeyPatch, header: str, said: str, status: str
) -> None:
    asked: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        answer(b"", f"Retry-After: {header}", status=status)(connection, request)

    def slept(seconds: float) -> None:
        raise AssertionError(f"slept {seconds} seconds")

    monkeypatch.setattr(time, "sleep", slept)
    with server(handle) as url, pytest.raises(FetchError) as caught:
        get(url)
    assert (caught.value.code, caught.value.params["wait"]) == ("fetch-busy", said)
    assert len(asked) == 1


def test_retry_after_of_a_redirect_is_not_slept_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        moved = answer(b"", "Location: /new", "Retry-After: 21600", status="301 Moved")
        (moved if request.startswith(b"GET /old ") else answer())(connection, request)

    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail(f"slept {seconds}"))
    with server(handle) as url:
        assert get(f"{url}/old").content == BODY


# Redirects and what looks like one


@pytest.mark.parametrize("host", NUMERIC)
def test_no_spelling_of_a_private_address_is_reached_by_redirect(host: str) -> None:
    """Only the very name that was allowed is: the spellings of 127.0.0.1 lead elsewhere."""
    with server(redirecting(f"http://{host}/latest/meta-data/")) as url:
        port = url.rpartition(":")[2]
        allowed = {f"127.0.0.1:{port}"}
        assert code_of(url, allow_hosts=frozenset(allowed)) == "fetch-blocked"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/iam/", "fetch-blocked"),
        ("http://[fd00:ec2::254]/latest/", "fetch-blocked"),
        ("http://100.100.100.200/latest/meta-data/", "fetch-blocked"),
        ("file:///etc/passwd", "fetch-scheme"),
        ("FILE:///etc/passwd", "fetch-scheme"),
        ("data:text/html,<p>x", "fetch-scheme"),
        ("gopher://127.0.0.1:6379/_INFO", "fetch-scheme"),
        ("ftp://127.0.0.1/", "fetch-scheme"),
        ("javascript:alert(1)", "fetch-scheme"),
        ("http://site.example:22/", "fetch-port"),
        ("http://site.example:6379/", "fetch-port"),
        ("http://user:secret@127.0.0.1/", "fetch-userinfo"),
        ("http://good.example\\@127.0.0.1/", "fetch-url"),
        ("http://[::1", "fetch-url"),
        ("//10.0.0.1/", "fetch-blocked"),
        ("/\\10.0.0.1/", "fetch-url"),
    ],
)
def test_where_a_redirect_may_not_lead(location: str, code: str) -> None:
    with server(redirecting(location)) as url:
        port = url.rpartition(":")[2]
        allowed = frozenset({f"127.0.0.1:{port}"})
        assert code_of(url, allow_hosts=allowed) == code


@pytest.mark.parametrize("location", ["/", "/?", "/#a", "//{host}/", "http://{host}/#b"])
def test_a_loop_ends(location: str) -> None:
    asked: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        host = request.partition(b"Host: ")[2].partition(b"\r\n")[0].decode()
        redirecting(location.format(host=host))(connection, request)

    with server(handle) as url:
        assert code_of(f"{url}/") == "fetch-redirects"
    assert len(asked) <= 9


def test_a_redirect_with_an_endless_body_is_not_read() -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        if request.startswith(b"GET /new "):
            answer()(connection, request)
        else:
            start = b"HTTP/1.1 302 Found\r\nLocation: /new\r\nConnection: close\r\n\r\n"
            sending(start, again=b"a" * 65536)(connection, request)

    with server(handle) as url:
        assert get(f"{url}/old").content == BODY


INWARD = "http://169.254.169.254/latest/meta-data/"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([], f'<meta http-equiv="refresh" content="0;url={INWARD}">'),
        ([f"Refresh: 0; url={INWARD}"], ""),
        ([f"Link: <{INWARD}>; rel=preload"], ""),
        ([f"Content-Location: {INWARD}"], ""),
        ([f"Location: {INWARD}"], ""),
        ([], f'<base href="{INWARD}"><a href="list.html">第三方SDK目录</a>'),
        ([], f'<iframe src="{INWARD}"></iframe><img src="{INWARD}"><script src="{INWARD}">'),
        ([], f'<!DOCTYPE html SYSTEM "{INWARD}"><p>'),
        ([], f'<?xml-stylesheet href="{INWARD}"?><link rel="stylesheet" href="{INWARD}">'),
    ],
    ids=[
        "meta refresh", "Refresh", "Link", "Content-Location", "Location of a 200", "base and link",
        "frame, image, script", "doctype", "stylesheet",
    ],
)  # fmt: skip
def test_nothing_in_an_answer_is_followed(
    monkeypatch: pytest.MonkeyPatch, headers: list[str], body: str
) -> None:
    asked: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        asked.append(request)
        answer(body.encode() + BODY, *headers)(connection, request)

    connected: list[object] = []
    real = socket.create_connection

    def connect(address: tuple[str, int], **settings: Any) -> socket.socket:
        connected.append(address)
        return real(address, **settings)

    with server(handle) as url:
        monkeypatch.setattr(socket, "create_connection", connect)
        page = get(url)
    assert page.url == f"{url}/"
    assert BODY.decode() in page.text
    assert len(asked) == 1
    assert connected == [("127.0.0.1", int(url.rpartition(":")[2]))]


# The environment


@pytest.mark.parametrize("place", ["NETRC", "HOME"])
def test_a_netrc_is_not_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login user password secret\ndefault login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv(place, str(netrc if place == "NETRC" else tmp_path))
    seen: list[bytes] = []

    def handle(connection: socket.socket, request: bytes) -> None:
        seen.append(request)
        answer()(connection, request)

    with server(handle) as url:
        get(url)
    assert seen
    assert b"authorization" not in seen[0].lower()


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_a_proxy_of_the_environment_sees_nothing(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    seen: list[bytes] = []

    def proxy(connection: socket.socket, request: bytes) -> None:
        seen.append(request)
        answer(b"<p>from the proxy")(connection, request)

    with server(proxy) as proxy_url, server(answer()) as url:
        monkeypatch.setenv(name, proxy_url)
        assert get(url).content == BODY
    assert seen == []


# Certificates


def certificate(
    folder: Path, *, name: str = "127.0.0.1", first: int = -1, last: int = 1
) -> tuple[Path, Path]:
    """A self-signed certificate and its key; ``first`` and ``last`` are days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=first))
        .not_valid_after(now + datetime.timedelta(days=last))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@contextmanager
def tls_server(chain: tuple[Path, Path]) -> Iterator[tuple[str, list[bytes]]]:
    """Yields the URL of a server that speaks TLS, and the requests that got through."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*chain)
    listener = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    seen.append(connection.recv(4096))
                    answer()(connection, b"")
            except OSError:
                plain.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/", seen
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def test_a_certificate_that_is_trusted_is_accepted(tmp_path: Path) -> None:
    chain = certificate(tmp_path)
    with tls_server(chain) as (url, seen):
        assert get(url, ca_bundle=str(chain[0])).content == BODY
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("settings", "trusted", "word"),
    [
        ({}, False, "self-signed"),
        ({"first": -9, "last": -2}, True, "expired"),
        ({"first": 2, "last": 9}, True, "not yet valid"),
        ({"name": "other.example"}, True, "127.0.0.1"),
    ],
    ids=["self-signed", "expired", "not yet valid", "of another name"],
)
def test_a_bad_certificate_is_said_and_nothing_is_sent(
    tmp_path: Path, settings: dict[str, Any], trusted: bool, word: str
) -> None:
    chain = certificate(tmp_path, **settings)
    bundle = str(chain[0]) if trusted else None
    with tls_server(chain) as (url, seen), pytest.raises(FetchError) as caught:
        get(url, ca_bundle=bundle)
    assert caught.value.code == "fetch-tls"
    assert word in caught.value.params["reason"]
    assert seen == []


@pytest.mark.parametrize(
    "name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "PYTHONHTTPSVERIFY"]
)
def test_the_environment_switches_no_verification_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    chain = certificate(tmp_path)
    monkeypatch.setenv(name, "0" if name == "PYTHONHTTPSVERIFY" else str(chain[0]))
    with tls_server(chain) as (url, seen):
        assert code_of(url) == "fetch-tls"
    assert seen == []


def test_plain_http_where_tls_is_due() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(HEAD + b"\r\n<p>")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert code_of(f"https://127.0.0.1:{listener.getsockname()[1]}/") == "fetch-tls"
    thread.join(5)
    listener.close()


def test_a_ca_bundle_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert not os.path.exists(tmp_path / "gone.pem")
    assert code_of("https://127.0.0.1:1/", ca_bundle=str(tmp_path / "gone.pem")) == "fetch-answer"
