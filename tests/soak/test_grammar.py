"""No word of a grown page is lost, whatever the page is made of."""

from __future__ import annotations

from hypothesis import given

from tests.soak.grammar import Page, pages
from tests.soak.invariants import hold, read


@given(pages())
def test_no_word_is_lost_or_said_twice(page: Page) -> None:
    policy = read(page.html, "text/html")
    if policy is None:
        assert page.words == []
        return
    hold(policy)
    for word in page.words:
        assert policy.text.count(word) == 1, word


@given(pages())
def test_markdown_holds_its_html(page: Page) -> None:
    policy = read(page.html, "text/markdown")
    if policy is None:
        assert page.words == []
        return
    hold(policy)
    for word in page.words:
        assert word in policy.text, word
