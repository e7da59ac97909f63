"""What the user says of their own network, checked before anything is asked for.

A host that the user allows may be read as the source itself. A page that stands on such a host may
lead to another one, by redirect, link, list, frame or translation, and so may a file or standard
input whose links the user asks to follow. No other page may: an address that was submitted must
not find its way into the network of whoever checks it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from linter.errors import UsageError
from linter.fetch.guard import Guard
from linter.fetch.options import FetchOptions

_NO_URL = re.compile(r"[\x00-\x20\x7f\\]")
_PASSWORD = re.compile(r"//[^/]*@")
_HOST = re.compile(r"[a-z0-9_.:-]{1,253}")


def checked(options: FetchOptions) -> FetchOptions:
    """The options with their hosts as the guard knows them.

    Raises
    ------
    UsageError
        ``usage-address`` (proxy or base URL), ``usage-certificates`` or ``usage-allow-host``.
    """
    if options.proxy is not None:
        _check_address("--proxy", options.proxy)
    if options.ca_bundle is not None:
        _check_certificates(options.ca_bundle)
    if options.base_url is not None:
        _check_address("--base-url", options.base_url)
    hosts = frozenset(_host(h) for h in options.allow_hosts)
    return options if hosts == options.allow_hosts else replace(options, allow_hosts=hosts)


def asked_by(url: str | None, options: FetchOptions) -> FetchOptions:
    """The options for what a page leads to; ``url`` is the page's, None for the user's file."""
    if url is None or Guard(allow_hosts=options.allow_hosts).lets_in([url]):
        return options
    return replace(options, allow_hosts=frozenset())


def _parts(url: str) -> tuple[str, str, int | None, str] | None:
    """Scheme, host without brackets, port and the rest; None for what is no URL."""
    # Imported here: most runs name nothing of their own network.
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parts = parse_url(url)
    except LocationParseError:
        return None
    host = (parts.host or "").strip("[]").rstrip(".").lower()
    if _NO_URL.search(url) or not _HOST.fullmatch(host):
        return None
    rest = "".join(p for p in (parts.path, parts.query, parts.fragment) if p)
    return parts.scheme or "", host, parts.port, rest


def _check_address(option: str, url: str) -> None:
    parts = _parts(url)
    if parts is None or parts[0] not in ("http", "https"):
        raise UsageError("usage-address", option=option, value=_PASSWORD.sub("//…@", url))


def _check_certificates(path: str) -> None:
    import ssl

    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ValueError):
        raise UsageError("usage-certificates", value=path) from None


def _host(value: str) -> str:
    """ "host" or "host:port" for what a user writes: "localhost", "[::1]", "http://localhost:8765"."""
    text = value.strip()
    if text.count(":") > 1 and "://" not in text and not text.startswith("["):
        text = f"[{text}]"
    parts = _parts(text if "://" in text else f"http://{text}")
    plain = parts is not None and parts[0] in ("http", "https") and parts[3] in ("", "/")
    if parts is None or not plain or "@" in text:
        raise UsageError("usage-allow-host", host=value)
    _, host, port, _ = parts
    if port is None:
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
