"""Whose host an address leads to, read as a browser reads it; what only looks like the vendor's."""

from __future__ import annotations

import pytest

from linter.classify.hosts import host_of, lies_on, looks_like

DOMAINS = ("realsee.com", "realsee.cn", "realsee.ai")
# With Cyrillic letters for "e" and "a", as they are written in an address.
HOMOGRAPHS = ("xn--ralsee-3of.com", "r\u0435alsee.com", "re\u0430lsee.com")


@pytest.mark.parametrize(
    "address",
    [
        "https://home.realsee.com/legal",
        "realsee.com",
        "www.realsee.cn:443/legal",
        "https://home.realsee.com./legal",
        "//home.realsee.ai/legal",
        "HTTPS://HOME.REALSEE.COM/legal",
        "https://reader@home.realsee.com/legal",
        "https://home.\uff52ealsee.com/legal",
        "https:realsee.com/legal",
        "home.realsee.com/legal?back=//example.org",
    ],
)
def test_the_vendors_own(address: str) -> None:
    assert lies_on(address, DOMAINS)
    assert not looks_like(address, DOMAINS)


@pytest.mark.parametrize(
    "address",
    [
        "https://realsee.com.example.org/legal",
        "home.realsee.com.example.xyz/legal",
        "https://rea1see.com/legal",
        "https://reaisee.com/legal",
        "https://raelsee.com/legal",
        "https://realsee-legal.com",
        "https://realsee.com@evil.example/legal",
        "https://realsee.com:443@evil.example/legal",
        "https://r\u00e9alsee.com/legal",
        *(f"https://{host}/legal" for host in HOMOGRAPHS),
    ],
)
def test_what_looks_like_it(address: str) -> None:
    assert not lies_on(address, DOMAINS)
    assert looks_like(address, DOMAINS)


@pytest.mark.parametrize(
    "address",
    [
        "https://yunfan.example/privacy",
        "https://www.realestate.com",
        "https://reels.com",
        "https://evil.example\\@realsee.com/legal",
        "https://evil.example/realsee.com",
        "https://evil.example?to=https://home.realsee.com/legal",
        "javascript://realsee.com/%0aalert(1)",
        "ftp://realsee.com/legal",
        "https://realsee.com:x/legal",
        "https://[::1",
        "",
    ],
)
def test_what_does_not_lead_to_it(address: str) -> None:
    assert not lies_on(address, DOMAINS)


def test_the_host_is_that_of_a_browser() -> None:
    assert host_of("https://user:word@Home.Realsee.COM.:8443/a?b#c") == "home.realsee.com"
    assert host_of("https://evil.example\\@realsee.com") == "evil.example"
