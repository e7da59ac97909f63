"""Where a URL may lead; no packet leaves the machine: names resolve as the tests say."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

from linter.errors import FetchError
from linter.fetch import FetchOptions, fetch
from linter.fetch.guard import Guard, is_public

PRIVATE = [
    "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.254",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "192.0.2.7", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "::1", "::", "::127.0.0.1",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:100.100.100.200", "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001::1",
    "2001:db8::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "100::1", "not-an-address", "",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "114.114.114.114", "2606:4700::6810:85e5", "2408:8000::1",
          "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "2002:5db8:d822::"]  # fmt: skip
# What reads like a number is an address to getaddrinfo.
NUMERIC = ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "0", "[::1]",
           "[::ffff:7f00:1]", "[::127.0.0.1]", "169.254.169.254", "[fd00:ec2::254]",
           "100.100.100.200", "168.63.129.16", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]",
           "[fec0::1]", "192.0.0.192", "10.1.2.3", "172.20.0.1", "192.168.0.1", "224.0.0.251",
           "255.255.255.255", "localhost", "127.0.0.1.", "LOCALHOST", "0x7f000001", "0177.0.0.1",
           "127.0.1", "[0:0:0:0:0:0:0:1]", "[::]", "[fe80::1]", "[ff02::1]", "[fc00::1]",
           "[::ffff:169.254.169.254]", "[64:ff9b::127.0.0.1]", "[2002:a9fe:a9fe::]",
           "0xa9fea9fe", "2852039166", "100.64.0.1", "172.31.255.255", "192.168.255.255",
           "10.255.255.255", "239.255.255.255"]  # fmt: skip
# Full-width digits, circled digits, ideographic full stops: some resolvers fold them to ASCII.
FOLDED = ["１２７.0.0.1", "１２７．０．０．１", "①②⑦.⓪.⓪.①", "127。0。0。1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
          "１６９.254.169.254", "0ｘ7f.1"]  # fmt: skip


@pytest.fixture(autouse=True)
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError(f"a connection was tried: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def code_of(url: str, **settings: Any) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, options=FetchOptions(**settings))
    return caught.value.code


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", NUMERIC)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_a_private_address_is_asked(scheme: str, host: str) -> None:
    assert code_of(f"{scheme}://{host}/privacy") == "fetch-blocked"


@pytest.mark.parametrize("rest", ["#@good.example/", "?@good.example/", "/@good.example"])
def test_what_follows_the_host_is_no_host(rest: str) -> None:
    assert code_of(f"http://127.0.0.1{rest}") == "fetch-blocked"


@pytest.mark.parametrize("host", FOLDED)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_digits_of_other_scripts_lead_nowhere(scheme: str, host: str) -> None:
    assert code_of(f"{scheme}://{host}/") in ("fetch-url", "fetch-blocked", "fetch-resolve")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://good.example\\@127.0.0.1/", "fetch-url"),
        ("http://good.com\\@127.0.0.1/", "fetch-url"),
        ("http://good.example\\.127.0.0.1/", "fetch-url"),
        ("http://:secret@good.example/", "fetch-userinfo"),
        ("http://@good.example/", "fetch-userinfo"),
        ("FILE:///etc/passwd", "fetch-scheme"),
        ("ldap://good.example/", "fetch-scheme"),
        ("dict://good.example:11211/", "fetch-scheme"),
        ("ws://good.example/", "fetch-scheme"),
        ("https://good.example:22/", "fetch-port"),
        ("https://good.example:6379/", "fetch-port"),
        ("http://good.example:25/", "fetch-port"),
        ("http://good.example:-80/", "fetch-url"),
        ("http://good.example:80:22/", "fetch-url"),
        ("http://good.example/a\tb", "fetch-url"),
        ("http://good.example/\r\nX: y", "fetch-url"),
        ("http://good.exa\x00mple/", "fetch-url"),
        ("http://good.example /", "fetch-url"),
        ("http://127.0.0.1\\@good.example/", "fetch-url"),
        ("http://user:secret@good.example/", "fetch-userinfo"),
        ("http://good.example@127.0.0.1/", "fetch-userinfo"),
        ("file:///etc/passwd", "fetch-scheme"),
        ("gopher://good.example/", "fetch-scheme"),
        ("data:text/html,hello", "fetch-scheme"),
        ("javascript:alert(1)", "fetch-scheme"),
        ("ftp://good.example/policy", "fetch-scheme"),
        ("http://good.example:22/", "fetch-port"),
        ("http://good.example:6379/", "fetch-port"),
        ("http://good.example:0/", "fetch-port"),
        ("http://good.example:99999/", "fetch-url"),
        ("http://good.exa\tmple/", "fetch-url"),
        ("http://good.example/a\nHost: b", "fetch-url"),
        ("http://good.example/\x00", "fetch-url"),
        ("http://[fe80::1%25eth0]/", "fetch-url"),
        ("http:///etc", "fetch-url"),
        ("http://", "fetch-url"),
        ("https://１２７.0.0.1/", "fetch-url"),
        ("http://[::1/", "fetch-url"),
    ],
)
def test_urls_that_are_refused_unread(url: str, code: str) -> None:
    assert code_of(url, resolver=lambda host, port: ["93.184.216.34"]) == code


def test_the_error_never_shows_a_password() -> None:
    with pytest.raises(FetchError) as caught:
        fetch("http://user:secret@good.example/", options=FetchOptions())
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1", "93.184.216.34"], ["169.254.169.254"]],
)
def test_a_name_with_one_bad_address_is_refused_whole(addresses: list[str]) -> None:
    settings = {"resolver": lambda host, port: addresses}
    assert code_of("https://inward.example/", **settings) == "fetch-blocked"


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["93.184.216.34", "169.254.169.254"], ["fd00:ec2::254", "93.184.216.34"]],
    ids=["CNAME inward", "mixed A records", "AAAA inward"],
)
def test_what_the_systems_resolver_says_is_checked(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    """A public name with a CNAME to an inner one is that one's addresses to ``getaddrinfo``."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "metadata.inner.example", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert code_of("https://outward.example/") == "fetch-blocked"
    assert asked == ["outward.example"]


@pytest.mark.parametrize("name", ["a" * 300 + ".example", "a." * 200, "-.example", "xn--.example"])
def test_names_that_no_resolver_takes(name: str) -> None:
    resolver = lambda host, port: []  # noqa: E731
    assert code_of(f"https://{name}/", resolver=resolver) in ("fetch-resolve", "fetch-url")


def test_a_name_that_does_not_resolve() -> None:
    assert code_of("https://gone.example/", resolver=lambda host, port: []) == "fetch-resolve"


def test_a_stalled_resolver_does_not_hang() -> None:
    import threading

    never = threading.Event()

    def stall(host: str, port: int) -> list[str]:
        never.wait(5)
        return []

    settings = {"resolver": stall, "deadline": 0.2}
    assert code_of("https://slow.example/", **settings) == "fetch-resolve-timeout"
    never.set()


def test_the_name_is_resolved_once_so_that_it_cannot_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rebinding: the checked address is the one that is connected to."""
    asked: list[tuple[str, int]] = []
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    def connect(address: tuple[str, int], **_: Any) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    settings = {"resolver": lambda host, port: next(answers)}
    assert code_of("http://rebind.example/", **settings) == "fetch-connect"
    assert asked == [("93.184.216.34", 80)]


def test_the_peer_is_checked_after_connecting(monkeypatch: pytest.MonkeyPatch) -> None:
    class Connected:
        closed = False

        def getpeername(self) -> tuple[str, int]:
            return ("127.0.0.1", 80)

        def close(self) -> None:
            self.closed = True

    made = Connected()
    monkeypatch.setattr(socket, "create_connection", lambda address, **_: made)
    settings = {"resolver": lambda host, port: ["93.184.216.34"]}
    assert code_of("http://turn.example/", **settings) == "fetch-blocked"
    assert made.closed


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "name",
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
)
def test_the_environment_names_no_proxy(
    monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], **_: Any) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setenv(name, "http://127.0.0.1:3128")
    monkeypatch.setattr(socket, "create_connection", connect)
    code_of(f"{scheme}://site.example/", resolver=lambda host, port: ["93.184.216.34"])
    assert asked == [("93.184.216.34", 443 if scheme == "https" else 80)]


def test_the_environment_opens_no_private_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be private is said by the caller's options alone."""
    for name in ("ALLOW_HOST", "ALLOW_HOSTS", "NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1,localhost,*")
        monkeypatch.setenv(f"DISCLOSURE_LINT_{name.upper()}", "127.0.0.1,localhost,*")
    assert code_of("http://127.0.0.1/") == "fetch-blocked"
    assert code_of("http://localhost/") == "fetch-blocked"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "[::1]"])
def test_a_proxy_does_not_lift_the_guard(host: str) -> None:
    assert code_of(f"http://{host}/", proxy="http://proxy.example:3128") == "fetch-blocked"


def test_allowed_hosts_are_allowed_by_name_and_port_alone() -> None:
    guard = Guard(allow_hosts=frozenset({"localhost:8000", "preview.example"}))
    assert guard.target("http://localhost:8000/").port == 8000
    assert guard.target("http://preview.example:9999/").port == 9999
    assert not guard.allows("localhost", 80)
    assert not guard.allows("sub.preview.example", 80)
    with pytest.raises(FetchError, match="8001"):
        guard.target("http://localhost:8001/")


def test_every_listed_network_is_refused_at_both_ends() -> None:
    from linter.fetch.guard import _FORBIDDEN

    for network in _FORBIDDEN:
        for address in (network[0], network[-1]):
            assert not is_public(str(address)), network
    assert ipaddress.ip_address("8.8.8.8").is_global
