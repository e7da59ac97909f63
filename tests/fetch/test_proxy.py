"""The proxy a browser goes through, spoken to byte by byte; nothing leaves this machine."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from linter.fetch import FetchOptions
from linter.fetch.proxy import GuardingProxy
from tests.fetch.sites import Inside, Reply, Site, raw_server


def to_this_machine(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@contextmanager
def proxy_for(*allowed: str, seconds: float = 10.0, **settings: Any) -> Iterator[GuardingProxy]:
    max_bytes = settings.pop("max_bytes", 1_000_000)
    settings.setdefault("resolver", to_this_machine)
    options = FetchOptions(allow_hosts=frozenset(allowed), **settings)
    with GuardingProxy(options, seconds=seconds, max_bytes=max_bytes) as proxy:
        yield proxy


def token(proxy: GuardingProxy) -> str:
    pair = base64.b64encode(f"{proxy.username}:{proxy.password}".encode()).decode()
    return f"Proxy-Authorization: Basic {pair}"


def dial(proxy: GuardingProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(proxy.address.rpartition(":")[2])), timeout=8)


def ask(proxy: GuardingProxy, line: str, *fields: str, body: bytes = b"") -> bytes:
    """What the proxy answers to one authorised request, to the end of the connection."""
    with dial(proxy) as client:
        head = "\r\n".join([line, token(proxy), *fields, "", ""])
        client.sendall(head.encode("latin-1") + body)
        return everything(client)


def everything(client: socket.socket) -> bytes:
    parts = []
    while piece := client.recv(65536):
        parts.append(piece)
    return b"".join(parts)


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    assert found, answer[:80]
    return int(found.group(1))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site("policy.test", {"/p": Reply("<p>policy</p>", headers={"Alt-Svc": "h3"})}) as made:
        yield made


def test_a_plain_request_is_passed_on_without_what_was_meant_for_the_proxy(site: Site) -> None:
    fields = ("Host: elsewhere", "Proxy-Connection: keep-alive", "Connection: X-Hop", "X-Hop: 1",
              "Upgrade: websocket", "X-Kept: yes")  # fmt: skip
    with proxy_for(site.host) as proxy:
        answer = ask(proxy, f"GET {site.url}/p?a=%2f&b#c HTTP/1.1", *fields)
    assert status(answer) == 200
    assert answer.endswith(b"<p>policy</p>")
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"connection: close" in head
    assert b"alt-svc" not in head
    [(method, path, seen)] = site.seen
    assert (method, path) == ("GET", "/p?a=%2f&b")
    assert seen == {"host": site.host, "connection": "close", "x-kept": "yes"}


def test_a_body_is_passed_on_and_nothing_behind_it(site: Site) -> None:
    got: list[bytes] = []

    def handle(connection: socket.socket) -> None:
        while b"four" not in b"".join(got):
            got.append(connection.recv(65536))
        # This server does not close; whatever else the client sends would arrive here.
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        while piece := connection.recv(65536):
            got.append(piece)

    with raw_server(handle) as port, proxy_for(f"policy.test:{port}") as proxy:
        second = f"GET http://other.test/secret HTTP/1.1\r\n{token(proxy)}\r\n\r\n".encode()
        line = f"POST http://policy.test:{port}/ HTTP/1.1"
        answer = ask(proxy, line, "Content-Length: 4", body=b"four" + second)
    assert answer.endswith(b"\r\n\r\nok")
    assert b"".join(got).endswith(b"\r\n\r\nfour")


def test_a_tunnel_carries_bytes_both_ways() -> None:
    def echo(connection: socket.socket) -> None:
        while piece := connection.recv(1000):
            connection.sendall(piece.upper())

    with raw_server(echo) as port, proxy_for(f"policy.test:{port}") as proxy, dial(proxy) as client:
        client.sendall(f"CONNECT policy.test:{port} HTTP/1.1\r\n{token(proxy)}\r\n\r\n".encode())
        assert status(client.recv(1000)) == 200
        for word in (b"one", b"two"):
            client.sendall(word)
            assert client.recv(1000) == word.upper()


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("Proxy-Authorization: Basic Og==",),
        ("Proxy-Authorization: Bearer x",),
        ("Authorization: {right}",),
        ("Proxy-Authorization: {right}", "Proxy-Authorization: {right}"),
    ],
)
def test_other_programs_of_this_machine_cannot_use_it(site: Site, fields: tuple[str, ...]) -> None:
    with proxy_for(site.host) as proxy, dial(proxy) as client:
        right = token(proxy).partition(": ")[2]
        said = [f.format(right=right) for f in fields]
        client.sendall("\r\n".join([f"GET {site.url}/p HTTP/1.1", *said, "", ""]).encode())
        answer = everything(client)
    assert status(answer) == 407
    assert b"Proxy-Authenticate: Basic" in answer
    assert site.seen == []


def test_each_proxy_has_a_password_of_its_own() -> None:
    with proxy_for() as one, proxy_for() as other:
        assert one.password != other.password
        assert len(one.password) > 40


INWARD = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "017700000001", "127.1", "0", "[::1]",
          "0.0.0.0", "[::]", "[::ffff:7f00:1]", "[::127.0.0.1]", "10.0.0.1", "192.168.1.1",
          "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1.", "LOCALHOST"]  # fmt: skip


@pytest.mark.parametrize("host", INWARD)
@pytest.mark.parametrize("line", ["CONNECT {0}:{1} HTTP/1.1", "GET http://{0}:{1}/ HTTP/1.1"])
def test_no_spelling_of_an_inner_address_is_reached(
    line: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Inside(["it"]) as inside:
        port = inside.ports["it"]
        # The port is no obstacle, so that the address must be.
        monkeypatch.setattr("linter.fetch.guard.PORTS", frozenset({port}))
        with proxy_for(resolver=None) as proxy:
            assert status(ask(proxy, line.format(host, port), f"Host: {host}")) == 403
            [refusal] = proxy.refusals.values()
    assert refusal.code == "fetch-blocked"
    assert inside.hits == {"it": 0}


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        ("CONNECT policy.test:22 HTTP/1.1", 403, "fetch-port"),
        ("GET http://policy.test:6379/ HTTP/1.1", 403, "fetch-port"),
        ("GET http://policy.test@127.0.0.1/ HTTP/1.1", 403, "fetch-userinfo"),
        ("GET http://policy.test\\@127.0.0.1/ HTTP/1.1", 403, "fetch-url"),
        ("GET ftp://policy.test/ HTTP/1.1", 403, "fetch-scheme"),
        ("GET file:///etc/passwd HTTP/1.1", 403, "fetch-scheme"),
        ("GET /etc/passwd HTTP/1.1", 403, "fetch-scheme"),
        ("GET http://gone.test/ HTTP/1.1", 403, "fetch-resolve"),
        ("GET http://inward.test/ HTTP/1.1", 403, "fetch-blocked"),
        ("CONNECT inward.test:443 HTTP/1.1", 403, "fetch-blocked"),
        ("GET https://allowed.test/ HTTP/1.1", 400, None),
        ("CONNECT policy.test HTTP/1.1", 400, None),
        ("CONNECT a@policy.test:443 HTTP/1.1", 400, None),
        ("CONNECT http://policy.test:443/ HTTP/1.1", 400, None),
        ("GET  HTTP/1.1", 400, None),
        ("GET http://policy.test/ HTTP/2.0", 400, None),
        ("nonsense", 400, None),
    ],
)
def test_what_is_refused(line: str, said: int, code: str | None) -> None:
    names = {"gone.test": [], "policy.test": ["93.184.216.34"]}
    resolver = lambda host, port: names.get(host, ["10.0.0.7"])  # noqa: E731
    with proxy_for("allowed.test", resolver=resolver) as proxy:
        assert status(ask(proxy, line)) == said
        assert [e.code for e in proxy.refusals.values()] == ([code] if code else [])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("Transfer-Encoding: chunked",), 411),
        (("Content-Length: 3", "Content-Length: 4"), 400),
        (("Content-Length: -1",), 400),
        (("Content-Length: ٣".encode().decode("latin-1"),), 400),
        (("no colon here",), 400),
        ((" folded: line",), 400),
        (("Bad Name: x",), 400),
        (("X: a\nY: b",), 400),
        (("X: " + "a" * 70_000,), 431),
        (tuple(f"X-{n}: {'a' * 100}" for n in range(800)), 431),
    ],
)
def test_heads_that_could_be_read_in_two_ways_are_refused(
    site: Site, fields: tuple[str, ...], said: int
) -> None:
    with proxy_for(site.host) as proxy:
        assert status(ask(proxy, f"POST {site.url}/p HTTP/1.1", *fields)) == said
    assert site.seen == []


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 407 Give me the password\r\nProxy-Authenticate: Basic\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 20,
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
        b"HTTP/0.9 what\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
    ],
)
def test_answers_that_are_none_are_not_passed_on(answer: bytes) -> None:
    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(65536)

    with raw_server(handle) as port, proxy_for(f"policy.test:{port}") as proxy:
        got = ask(proxy, f"GET http://policy.test:{port}/ HTTP/1.1")
    assert status(got) == 502
    assert b"Proxy-Authenticate" not in got
    assert b"SSH" not in got


def test_an_interim_answer_is_left_out() -> None:
    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(
            b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nb"
        )

    with raw_server(handle) as port, proxy_for(f"policy.test:{port}") as proxy:
        got = ask(proxy, f"GET http://policy.test:{port}/ HTTP/1.1")
    assert status(got) == 200
    assert got.endswith(b"\r\n\r\nb")
    assert b"Link" not in got


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with proxy_for("policy.test") as proxy:
        assert status(ask(proxy, f"GET http://policy.test:{port}/ HTTP/1.1")) == 502
        assert proxy.refusals[f"policy.test:{port}"].code == "fetch-connect"


def test_all_bytes_together_have_a_bound() -> None:
    sent = threading.Event()

    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                connection.sendall(b"a" * 65536)
        finally:
            sent.set()

    with (
        raw_server(handle) as port,
        proxy_for(f"policy.test:{port}", max_bytes=300_000) as proxy,
    ):
        answer = ask(proxy, f"GET http://policy.test:{port}/ HTTP/1.1")
        assert len(answer) < 400_000
        assert proxy.exceeded
        assert sent.wait(5)


@pytest.mark.parametrize("line", ["CONNECT policy.test:{0} HTTP/1.1", None])
def test_nothing_lives_beyond_the_proxys_time(line: str | None) -> None:
    def stall(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.settimeout(20)
        connection.recv(65536)

    begun = time.monotonic()
    with (
        raw_server(stall) as port,
        proxy_for(f"policy.test:{port}", seconds=0.7) as proxy,
        dial(proxy) as client,
    ):
        asked = (line or "GET http://policy.test:{0}/ HTTP/1.1").format(port)
        client.sendall(f"{asked}\r\n{token(proxy)}\r\n\r\n".encode())
        everything(client)
    assert time.monotonic() - begun < 5


def test_leaving_shuts_what_is_open() -> None:
    with raw_server(lambda connection: connection.recv(1)) as port:
        with proxy_for(f"policy.test:{port}") as proxy:
            client = dial(proxy)
            head = f"CONNECT policy.test:{port} HTTP/1.1\r\n{token(proxy)}\r\n\r\n"
            client.sendall(head.encode())
            assert status(client.recv(100)) == 200
            address = client.getpeername()
        with client:
            assert everything(client) == b""
        with pytest.raises(ConnectionError):
            socket.create_connection(address, timeout=5)


class _Outer(socket.socket):
    """A connection to this machine that stands for one to a public address."""

    def getpeername(self) -> tuple[str, int]:
        return ("93.184.216.34", 80)


def to_public(port: int) -> Any:
    """``create_connection`` for which 93.184.216.34 is this machine's ``port``; others fail."""

    def create(address: tuple[str, int], timeout: float | None = None) -> socket.socket:
        if address[0] != "93.184.216.34":
            raise AssertionError(f"a connection to {address} was tried")
        made = _Outer(socket.AF_INET, socket.SOCK_STREAM)
        made.settimeout(timeout)
        made.connect(("127.0.0.1", port))
        return made

    return create


def test_a_name_is_asked_for_anew_and_checked_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"]])
    with proxy_for(resolver=lambda host, port: next(answers)) as proxy:
        reach = to_public(site.port)
        line = "GET http://rebind.test/p HTTP/1.1"
        client = dial(proxy)
        monkeypatch.setattr("linter.fetch.connect.socket.create_connection", reach)
        with client:
            client.sendall(f"{line}\r\n{token(proxy)}\r\n\r\n".encode())
            assert status(everything(client)) == 200
        monkeypatch.undo()
        assert [status(ask(proxy, line)) for _ in range(3)] == [403] * 3
        assert proxy.refusals["rebind.test:80"].code == "fetch-blocked"
    assert len(site.seen) == 1


def test_an_address_that_turns_out_to_be_another_is_left(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy_for(resolver=lambda host, port: ["93.184.216.34"]) as proxy, dial(proxy) as client:
        real = socket.create_connection
        monkeypatch.setattr(
            "linter.fetch.connect.socket.create_connection",
            lambda address, timeout=None: real(("127.0.0.1", site.port), timeout),
        )
        client.sendall(f"GET http://policy.test/p HTTP/1.1\r\n{token(proxy)}\r\n\r\n".encode())
        assert status(everything(client)) == 403
        assert proxy.refusals["policy.test:80"].code == "fetch-blocked"
    assert site.seen == []


def public(host: str, port: int) -> list[str]:
    known = {"inward.test": ["10.0.0.1"], "gone.test": [], "127.0.0.1": ["127.0.0.1"]}
    return known.get(host, ["93.184.216.34"])


def users_proxy(heads: list[str], status_line: str = "HTTP/1.1 200 OK") -> Any:
    """The user's own proxy: keeps the heads, opens tunnels to an echo."""

    def handle(connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(4096)
        heads.append(head.decode())
        connection.sendall(f"{status_line}\r\n\r\n".encode())
        if head.startswith(b"CONNECT"):
            connection.sendall(connection.recv(100).upper())
        else:
            connection.sendall(b"by proxy")

    return raw_server(handle)


def test_the_users_own_proxy_is_gone_through() -> None:
    heads: list[str] = []
    with users_proxy(heads) as port:
        own = f"http://me:pa%40ss@127.0.0.1:{port}"
        with proxy_for(proxy=own, resolver=public) as proxy:
            plain = ask(proxy, "GET http://policy.test/p HTTP/1.1")
            beyond = ask(proxy, "GET http://gone.test/p HTTP/1.1")
            with dial(proxy) as client:
                client.sendall(
                    f"CONNECT policy.test:443 HTTP/1.1\r\n{token(proxy)}\r\n\r\n".encode()
                )
                assert status(client.recv(1000)) == 200
                client.sendall(b"hello")
                assert client.recv(100) == b"HELLO"
            inward = ask(proxy, "GET http://inward.test/ HTTP/1.1")
    assert plain.endswith(b"by proxy")
    assert beyond.endswith(b"by proxy")
    assert status(inward) == 403
    assert [h.split("\r\n")[0] for h in heads] == [
        "GET http://policy.test/p HTTP/1.1",
        "GET http://gone.test/p HTTP/1.1",
        "CONNECT policy.test:443 HTTP/1.1",
    ]
    mine = base64.b64encode(b"me:pa@ss").decode()
    for head in heads:
        assert f"Proxy-Authorization: Basic {mine}\r\n" in head
        assert head.lower().count("proxy-authorization") == 1


def test_a_proxy_of_the_user_that_refuses_is_said() -> None:
    with users_proxy([], "HTTP/1.1 403 No") as port:
        own = f"http://127.0.0.1:{port}"
        with proxy_for(proxy=own, resolver=public) as proxy:
            assert status(ask(proxy, "CONNECT policy.test:443 HTTP/1.1")) == 403
            assert proxy.refusals["policy.test:443"].code == "fetch-proxy"
    for wrong in (own, "socks5://127.0.0.1:1"):
        with proxy_for(proxy=wrong, resolver=public) as proxy:
            assert status(ask(proxy, "CONNECT policy.test:443 HTTP/1.1")) == 403
            assert proxy.refusals["policy.test:443"].code == "fetch-proxy"


def test_a_proxy_of_the_user_over_tls(tls: tuple[str, str]) -> None:
    certificate, key = tls
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def handle(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wrapped:
            wrapped.recv(4096)
            wrapped.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            wrapped.sendall(wrapped.recv(100).upper())

    with raw_server(handle) as port:
        own = f"https://127.0.0.1:{port}"
        with (
            proxy_for(proxy=own, ca_bundle=certificate, resolver=public) as proxy,
            dial(proxy) as client,
        ):
            client.sendall(f"CONNECT policy.test:443 HTTP/1.1\r\n{token(proxy)}\r\n\r\n".encode())
            assert status(client.recv(1000)) == 200
            client.sendall(b"hello")
            assert client.recv(100) == b"HELLO"
        with proxy_for(proxy=own, resolver=public) as proxy:
            assert status(ask(proxy, "CONNECT policy.test:443 HTTP/1.1")) == 403
            assert proxy.refusals["policy.test:443"].code == "fetch-proxy"
