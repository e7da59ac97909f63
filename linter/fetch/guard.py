"""Which addresses may be reached: a submitted URL must not lead into a private network.

OWASP, "Server-Side Request Forgery Prevention"; networks from IANA's special-purpose address
registries (RFC 6890) and the metadata addresses of cloud providers. ``ipaddress`` alone is not
enough: ``is_global`` holds for mapped, translated and site-local addresses, ``is_private`` misses
shared address space.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from linter.errors import FetchError
from linter.fetch.options import Resolver

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = frozenset({80, 443, 8080, 8443})
_FORBIDDEN = tuple(
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
_USERINFO = re.compile(r"[^/?#]*//[^/?#]*@")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked for, taken apart. ``host`` has no brackets."""

    url: str
    scheme: str
    host: str
    port: int


class Guard:
    """Says yes or no to URLs and addresses; raises ``FetchError`` for no."""

    def __init__(
        self, *, allow_hosts: frozenset[str] = frozenset(), resolver: Resolver | None = None
    ) -> None:
        self._allowed = frozenset(h.lower() for h in allow_hosts)
        self._resolver = resolver or system_resolver

    def target(self, url: str) -> Target:
        """The parts of a URL.

        Raises
        ------
        FetchError
            ``fetch-url`` for what is no plain http(s) URL, ``fetch-scheme``, ``fetch-userinfo``,
            ``fetch-port``.
        """
        from urllib3.exceptions import LocationParseError
        from urllib3.util import parse_url

        if any(c <= " " or c == "\x7f" or c == "\\" for c in url):
            raise FetchError("fetch-url", url=url)
        try:
            parts = parse_url(url)
        except LocationParseError:
            raise FetchError("fetch-url", url=url) from None
        if parts.scheme not in ("http", "https"):
            raise FetchError("fetch-scheme", url=url, scheme=parts.scheme or "?")
        # The library does not tell an empty user name from none.
        if parts.auth is not None or _USERINFO.match(url):
            raise FetchError("fetch-userinfo", host=parts.host or "?")
        host = (parts.host or "").strip("[]").rstrip(".").lower()
        if not host or "%" in host:
            raise FetchError("fetch-url", url=url)
        usual = 443 if parts.scheme == "https" else 80
        port = usual if parts.port is None else parts.port
        if port not in PORTS and not self.allows(host, port):
            raise FetchError("fetch-port", port=port, host=host)
        return Target(
            parts._replace(fragment=None, path=parts.path or "/").url, parts.scheme, host, port
        )

    def allows(self, host: str, port: int) -> bool:
        """Whether the user named this host as one that may be private."""
        return host in self._allowed or f"{host}:{port}" in self._allowed

    def lets_in(self, urls: Iterable[str]) -> bool:
        """Whether any of these URLs is of a host that the user named."""
        from urllib3.util import parse_url

        for url in urls:
            parts = parse_url(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            if self.allows((parts.host or "").strip("[]").rstrip(".").lower(), port):
                return True
        return False

    def resolve(self, host: str, port: int, *, timeout: float) -> list[str]:
        """The addresses of a host, asked for once, if all of them are public or it is allowed.

        ``timeout`` is in seconds. A name with one bad address is refused whole: which address is
        taken must not be left to chance.

        Raises
        ------
        FetchError
            ``fetch-resolve``, ``fetch-resolve-timeout``, ``fetch-blocked``.
        """
        addresses = _in_time(self._resolver, host, port, timeout)
        if not addresses:
            raise FetchError("fetch-resolve", host=host)
        if not self.allows(host, port):
            for address in addresses:
                self.admit(host, address)
        return addresses

    def admit(self, host: str, address: str) -> None:
        """Raises ``fetch-blocked`` for an address that is not public."""
        if not is_public(address):
            raise FetchError("fetch-blocked", host=host, address=address)


def is_public(address: str) -> bool:
    """Whether an address, and any IPv4 address inside it, belongs to the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return False
        inner = _inside(ip)
        if inner is not None:
            return is_public(str(inner))
    if any(ip.version == n.version and ip in n for n in _FORBIDDEN):
        return False
    return ip.is_global and not (ip.is_private or ip.is_multicast or ip.is_reserved)


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a mapped, 6to4 or NAT64 address leads to."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def system_resolver(host: str, port: int) -> list[str]:
    """One ``getaddrinfo``; an empty list for a name that does not resolve."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _in_time(resolver: Resolver, host: str, port: int, timeout: float) -> list[str]:
    """The resolver's answer; its thread is left behind when it stalls, for it cannot be stopped."""
    answer: list[list[str]] = []
    thread = threading.Thread(target=lambda: answer.append(resolver(host, port)), daemon=True)
    thread.start()
    thread.join(max(0.0, timeout))
    if thread.is_alive():
        raise FetchError("fetch-resolve-timeout", host=host)
    return answer[0] if answer else []
