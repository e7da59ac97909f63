"""Markdown, read by a parser that allows HTML: no word of a policy becomes anything but words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from linter.report import render
from linter.report.markdown import code, prose
from linter.verdict import Report

pytestmark = pytest.mark.usefixtures("made_up_error")
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What stands in a report: headings, lists, bold, code. Anything else came from outside.
OWN = re.compile(
    r"(heading|bullet_list|list_item|paragraph|strong)_(open|close)"
    r"|inline|text|softbreak|fence|code_inline"
)
# What hosts make links of after Markdown was read.
LINKING = re.compile(r"@\w|#\d|://|www\.|GH-\d", re.IGNORECASE)


def tokens(text: str) -> Iterator[Token]:
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def words(text: str) -> str:
    """What is read as text, code left out."""
    return "\n".join(t.content for t in tokens(text) if t.type == "text")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markdown_is_golden(
    reports: dict[str, Report], golden: Callable[[str, str], None], lang: str
) -> None:
    golden(f"all.{lang}.md", render(reports.values(), format="markdown", lang=lang))


def types(reports: Iterable[Report]) -> set[str]:
    return {t.type for t in tokens(render(reports, format="markdown"))}


def test_only_what_is_meant_to_be_markup_is(reports: dict[str, Report], hostile: Report) -> None:
    for found in (types(reports.values()), types([hostile])):
        assert {t for t in found if not OWN.fullmatch(t)} == set()
    text = render([hostile], format="markdown")
    assert not LINKING.search(words(text))
    headings = [t for t in tokens(text) if t.type == "heading_open"]
    assert [t.tag for t in headings] == ["h3"]


def test_hostile_suggestions_stay_in_their_blocks(hostile: Report) -> None:
    blocks = [t for t in tokens(render([hostile], format="markdown")) if t.type == "fence"]
    assert len(blocks) == 5
    assert all("::set-output name=a::b" in block.content for block in blocks)


def test_the_words_to_add_can_be_copied(reports: dict[str, Report]) -> None:
    text = render([reports["fail"]], format="markdown")
    blocks = [t.content for t in tokens(text) if t.type == "fence"]
    assert "联系方式：developer@realsee.com\n" in blocks


def test_every_finding_and_every_error_is_shown(reports: dict[str, Report]) -> None:
    for report in reports.values():
        text = render([report], format="markdown")
        items = [t for t in tokens(text) if t.type == "list_item_open"]
        assert len(items) == len(report.findings) + len(report.errors)
    assert "missing (waived)" in words(render([reports["pass"]], format="markdown"))


INLINE = st.text(alphabet="`*_[]()!<>&@#:/|\\~$-+=.w1a 视\n\t", max_size=40)


@given(INLINE)
def test_prose_is_nothing_but_its_words(text: str) -> None:
    [_, inline, _] = PARSER.parse(f"x {prose(text)} x")
    assert inline.children is not None
    assert {t.type for t in inline.children} <= {"text"}
    shown = "".join(t.content for t in inline.children).replace("\u200b", "")
    assert shown.split() == f"x {text} x".split()
    assert not LINKING.search(inline.children[0].content)


@given(INLINE)
def test_prose_begins_no_block(text: str) -> None:
    assert {t.type for t in PARSER.parse(prose(text))} <= {
        "paragraph_open",
        "inline",
        "paragraph_close",
    }


@given(INLINE)
def test_code_is_one_span_of_its_words(text: str) -> None:
    [_, inline, _] = PARSER.parse(f"x {code(text)} x")
    assert inline.children is not None
    assert [t.type for t in inline.children] == ["text", "code_inline", "text"]
    assert inline.children[1].content.split() == (text.split() or ["-"])
