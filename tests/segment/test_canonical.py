"""The address that a page gives as its own."""

from __future__ import annotations

import pytest

from tests.segment.reader import html

ADDRESS = "https://www.qiju.example/legal/privacy"
CANONICAL = f'<link rel="canonical" href="{ADDRESS}">'
OTHER = '<link rel="canonical" href="https://other.example/">'
BODY = "<p>我们收集您的手机号。</p>"


def own(head: str, before: str = "", base_url: str | None = None) -> str | None:
    text = f"<!DOCTYPE html>{before}<html><head>{head}</head><body>{BODY}</body></html>"
    return html(text, base_url).canonical


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (CANONICAL, ""),
        (f"<link href={ADDRESS} rel='shortlink Canonical'>", ""),
        (f'<meta property="og:url" content=" {ADDRESS} ">', ""),
        ("", f"\n<!-- saved from url=({len(ADDRESS):04}){ADDRESS} -->\n"),
        ("", f"<!-- saved from url=({len(ADDRESS):04}){ADDRESS}-->"),
        ("", f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: x\n-->"),
        (
            '<link rel="canonical" href="https://other.example/">',
            f"<!-- saved from url=(0038){ADDRESS} -->",
        ),
        (
            f'<link rel="canonical" href="data:x"><meta property="og:url" content="{ADDRESS}">',
            "",
        ),
    ],
)
def test_where_a_page_says_it(head: str, before: str) -> None:
    assert own(head, before) == ADDRESS


@pytest.mark.parametrize(
    "href",
    [
        "/legal/privacy",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://a.example/",
        "https://",
        "http://[bad",
        "https://a.example/" + "x" * 3000,
        "",
    ],
)
def test_what_is_no_address_on_the_web(href: str) -> None:
    assert own(f'<link rel="canonical" href="{href}">') is None
    assert own("", f"<!-- saved from url=(0000){href} -->") is None


def test_a_relative_one_needs_a_base() -> None:
    link = '<link rel="canonical" href="/legal">'
    assert own(link, base_url="https://a.example/x/y") == "https://a.example/legal"
    assert own(f'<base href="https://b.example/">{link}') == "https://b.example/legal"


def test_a_page_that_says_nothing_or_says_it_in_its_text() -> None:
    assert own("") is None
    assert html(f"<p>{CANONICAL}我们收集您的手机号。</p>").canonical is None


def test_links_are_not_resolved_by_what_a_page_says_of_itself() -> None:
    policy = html(
        f'<html><head>{CANONICAL}</head><body>{BODY}<a href="/sdk">目录</a></body></html>'
    )
    assert [x.href for x in policy.links] == ["/sdk"]
