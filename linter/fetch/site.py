"""Which addresses belong to one site, and what to call the same address."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def host_of(url: str) -> str:
    """The host of a URL in lower case, "" for what has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two URLs lie under one registrable domain (Public Suffix List).

    "docs.example.com.cn" and "www.example.com.cn" do; two names under "github.io" do not. Hosts
    without a registrable domain (an address, "localhost") must be the same.
    """
    a, b = host_of(one), host_of(other)
    if not a or not b:
        return False
    if a == b:
        return True
    domain = _suffixes().privatesuffix(a)
    return domain is not None and domain == _suffixes().privatesuffix(b)


def address_key(url: str) -> str:
    """An address without its fragment: what is fetched once however often it is named."""
    return urldefrag(url.strip())[0]


@cache
def _suffixes() -> PublicSuffixList:
    # Imported here: it reads the whole list, and only links to another host ask.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
