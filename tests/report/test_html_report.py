"""The HTML report: word for word, and harmless whatever a policy, a path or an error holds.

Renew the golden files with ``RENEW_GOLDEN=1 .venv/bin/pytest tests/report/test_html_report.py``
and read the difference before committing it. They hold the page without its style.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import unicodedata
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from linter import check
from linter.cli import main
from linter.errors import MESSAGES as ERRORS
from linter.errors import ErrorText
from linter.report import render
from linter.report.marked_text import Mark, marked, windows
from linter.report.markup import Markup, address, element
from linter.report.terminal import visible
from linter.verdict import DocumentRecord, Evidence, MentionRecord, Report, Verdict
from tests.report.conftest import TEXT_ZH, finding, report

GOLDEN = Path(__file__).with_name("golden")
EXAMPLE = "corpus/examples/example-policy.html"
TAGS = set(
    "html head meta title style body header main article section div nav footer h1 h2 h3 h4 p "
    "ol li dl dt dd details summary a b q mark span".split()
)
ATTRIBUTES = set("lang charset http-equiv content name id class href rel open".split())
HOSTILE = (
    "</title></style></p><script>alert(1)</script><img src=x onerror=alert(1)>"
    "<style>*{display:none}</style>\"'><a href=javascript:alert(1)>&lt;&#60;<!--"
    "\u202e\u2066\x00\x1b[31m\x1b]8;;x\x07\u200b\ufeff\ud800" + "e" + "\u0301" * 50
)


@pytest.fixture(autouse=True)
def made_up_error(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ErrorText(
        "The server answered {status}.",
        "Check the address in a browser.",
        "服务器返回 {status}。",
        "请在浏览器中检查网址。",
    )
    monkeypatch.setitem(ERRORS, "made-up-code", words)


def soup_of(page: str) -> BeautifulSoup:
    """The page, as far as it is what a page may be at all."""
    soup = BeautifulSoup(page, "lxml")
    assert {e.name for e in soup.find_all(True)} <= TAGS
    names = {n for e in soup.find_all(True) for n in e.attrs}
    assert {n for n in names if not n.startswith(("aria-", "data-"))} <= ATTRIBUTES
    ids = Counter(e["id"] for e in soup.find_all(id=True))
    assert set(ids.values()) <= {1}
    many = len(soup.select("article")) > 1
    for link in soup.find_all("a"):
        address = str(link["href"])
        if address == "#sources" and not many:
            continue
        assert address[1:] in ids if address[0] == "#" else re.match("https?://", address, re.I)
    return soup


def texts(page: str) -> list[str]:
    """What is read of the documents' texts; the other parser makes a tab a space."""
    words = lxml.html.fromstring(page).xpath("//*[@class='document']/*[@class='words']")
    return [e.text_content() for e in words]


@pytest.mark.parametrize(
    ("name", "lang"),
    [("fail", "zh"), ("review", "en"), ("unreadable", "en"), ("no-mention", "zh"), ("pass", "en")],
)
def test_html_is_golden(reports: dict[str, Report], name: str, lang: str) -> None:
    page = render([reports[name]], format="html", lang=lang)
    soup_of(page)
    page = re.sub(r"(?s)(?<=<style>).*(?=</style>)|(?<='sha256-)[^']*", "…", page)
    path = GOLDEN / f"{name}.{lang}.html"
    if os.environ.get("RENEW_GOLDEN"):
        path.write_text(page, encoding="utf-8", newline="\n")
    assert page == path.read_text(encoding="utf-8")


def test_nothing_may_run_or_be_loaded(reports: dict[str, Report]) -> None:
    soup = soup_of(render(reports.values(), format="html"))
    style = soup.select_one("style")
    policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")
    assert style is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(style.get_text().encode()).digest()).decode()
    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|expression|<", style.get_text())


def test_the_text_is_the_document_with_its_marks(reports: dict[str, Report]) -> None:
    page = render([reports["fail"]], format="html", lang="zh")
    soup = soup_of(page)
    assert texts(page) == [TEXT_ZH]
    for one in reports["fail"].findings:
        for number, evidence in enumerate(one.evidence, 1):
            name = f"r1-{one.requirement.code}-{number}"
            tag = soup.find(id=name)
            assert tag is not None
            assert tag["href"] == f"#r1-{one.requirement.code}"
            mark = tag.find_next("mark")
            assert mark is not None
            assert evidence.quote.startswith(mark.get_text())
            assert soup.select(f'.checklist a[href="#{name}"] q')[0].get_text() == evidence.quote


def test_each_report_has_its_own_anchors_and_a_line_among_the_sources(
    reports: dict[str, Report],
) -> None:
    soup = soup_of(render(reports.values(), format="html"))
    lines = soup.select("#sources li")
    assert [a["href"] for a in soup.select("#sources a.source")] == [f"#r{n}" for n in range(1, 7)]
    assert [line.select_one(".status").get_text() for line in lines][:2] == ["✗ FAIL", "✓ PASS"]
    assert "6 sources: 1 PASS, 1 NEEDS REVIEW, 3 FAIL, 1 UNREADABLE." in soup.get_text()
    chips = [a.get_text() for a in lines[0].select(".chip")]
    assert chips == ["✗ RS102", "✗ RS104", "? RS106", "? RS201", "✗ RS202"]


def test_no_report_is_a_page_that_says_so() -> None:
    assert "No source was checked." in soup_of(render([], format="html")).get_text()


def test_the_reader_and_the_policy_have_languages_of_their_own(reports: dict[str, Report]) -> None:
    soup = soup_of(render([reports["review"]], format="html", lang="zh"))
    assert soup.html["lang"] == "zh-CN"
    assert {e["lang"] for e in soup.select(".words, q")} == {"en"}


def test_waived_findings_stay_and_are_said_to_be(reports: dict[str, Report]) -> None:
    soup = soup_of(render([reports["pass"]], format="html"))
    waived = soup.find(id="r1-RS102")
    assert waived is not None
    assert "waived" in waived.get_text()
    assert soup.select(".chip") == []


# What is hostile.


def poisoned(value: Any, poison: str, name: str = "") -> Any:
    """The same with poison in every string that is not the program's own."""
    if isinstance(value, Enum) or name in ("id", "code", "key", "role", "read", "phase"):
        return value
    if isinstance(value, str):
        return value + poison
    if isinstance(value, tuple):
        if name == "params":
            return tuple((k, v + poison) for k, v in value)
        return tuple(poisoned(v, poison, name) for v in value)
    if is_dataclass(value):
        changed = {f.name: poisoned(getattr(value, f.name), poison, f.name) for f in fields(value)}
        return replace(value, **changed)  # type: ignore[type-var]
    return value


def at_its_place(one: Report, text: str) -> Report:
    """The report on a text all of which is evidence for everything."""
    whole = Evidence(text, 0, 0, len(text), (text,), "paragraph", text, text, text, text)
    findings = tuple(replace(f, evidence=(whole, whole), nearest=None) for f in one.findings)
    documents = (replace(one.documents[0], text=text), *one.documents[1:])
    return replace(one, findings=findings, documents=documents)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_hostile_comes_through(reports: dict[str, Report], lang: str) -> None:
    bad = [at_its_place(poisoned(r, HOSTILE), HOSTILE * 3) for r in reports.values()]
    page = render(bad, format="html", lang=lang)
    soup_of(page)
    assert set(texts(page)) == {visible(HOSTILE * 3)}
    assert "alert(1)" in page
    unseen = {c for c in page if unicodedata.category(c) in ("Cc", "Cf", "Cs")} - {"\n", "\t"}
    assert unseen == set()
    page.encode("utf-8")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://a.example",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example",
        "https://a.example/\u202eexe",
        'https://a.example/"onclick="x',
        "https://a.example\\@b.example",
        " https://a.example",
        "https://a.example/\n",
        "https:",
    ],
)
def test_only_plain_web_addresses_are_links(url: str) -> None:
    assert address(url).startswith("<span")


def test_a_web_address_is_a_link_that_tells_nobody() -> None:
    assert address("https://例.example/?a=1&b=2") == (
        '<a href="https://例.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow" '
        'class="address">https://例.example/?a=1&amp;b=2</a>'
    )


def test_what_is_added_to_markup_is_text_again() -> None:
    forgotten = Markup("<b>") + "<script>"
    assert element("p", forgotten, title="<\"'>") == (
        '<p title="&lt;&quot;&#x27;&gt;">&lt;b&gt;&lt;script&gt;</p>'
    )


_TEXT = st.text(st.sampled_from("甲乙<>&\"'\n\t\u202e\u0301一、1. 。"), max_size=60)


@given(_TEXT, st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.booleans())))
def test_marks_change_nothing_of_the_text(text: str, spans: list[tuple[int, int, bool]]) -> None:
    marks = [
        Mark(a, b, "present" if tagged else "mention", f"m{n}" * tagged, "RS101", "back", "x")
        for n, (a, b, tagged) in enumerate(spans)
    ]
    html = marked(text, marks, (0, len(text)), frozenset())
    tree = lxml.html.fromstring(element("div", html))
    # A character carries four marks at most within its piece; marks may cut pieces anywhere.
    assert tree.text_content().replace("\u0301", "") == visible(text).replace("\u0301", "")
    anchors = {
        m.anchor for m in marks if m.anchor and text[max(0, m.start) : max(0, m.end)].strip()
    }
    assert anchors <= set(tree.xpath("//@id"))


def test_a_mark_is_kept_over_lines_and_cells() -> None:
    html = marked(
        "甲乙\n丙\t丁戊", [Mark(1, 6, "present", "a", "RS1", "b", "c")], (0, 7), frozenset()
    )
    assert re.sub(r"<a [^>]*></a>", "#", html) == (
        '<p>甲#<mark class="present">乙</mark></p>\n'
        '<p class="row"><span><mark class="present">丙</mark></span>\t'
        '<span><mark class="present">丁</mark>戊</span></p>'
    )


def test_a_name_within_evidence_does_not_cut_it() -> None:
    marks = [Mark(2, 4, "mention"), Mark(1, 6, "present", "a", "RS1", "b", "c")]
    html = marked("见，如视官网。", marks, (0, 7), frozenset())
    assert re.sub(r"<a [^>]*></a>", "#", html) == (
        '<p>见#<mark class="present">，<span class="mention">如视</span>官网</mark>。</p>'
    )


# What is huge.


def _long(text: str, evidence: tuple[Evidence, ...] = (), **more: Any) -> Report:
    found = (finding("RS101", Verdict.PRESENT, evidence=evidence),)
    documents = (DocumentRecord(None, None, "policy", "whole", text=text),)
    return report("long.txt", "pass", found, documents=documents, **more)  # type: ignore[arg-type]


def test_of_a_huge_text_what_was_found_is_shown() -> None:
    text = "甲" * 2_000_000 + "如视" + "乙" * 2_000_000
    there = Evidence("如视", 0, 2_000_000, 2_000_002, (), "paragraph", None, "", "")
    page = render([_long(text, (there,))], format="html", lang="en")
    assert len(page) < 40_000
    soup = soup_of(page)
    assert [m.get_text() for m in soup.select(".words mark")] == ["如视"]
    assert [c.get_text() for c in soup.select(".cut")] == [
        "… 1998500 characters left out …",
        "… 1998500 characters left out …",
    ]


def test_many_texts_share_the_room_of_the_file() -> None:
    one = _long("甲" * 299_999)
    page = render([one] * 40, format="html", lang="en")
    assert len(page) < 7_000_000
    assert "299999 characters left out" in page


def test_long_words_and_many_findings_are_bounded() -> None:
    text = "如视" * 100_000
    whole = Evidence(text, 0, 0, len(text), ("标" * 9999,) * 99, "paragraph", "列" * 9999, "", "")
    pieces = tuple(replace(whole, start=n, end=n + 9, quote=text[n : n + 9]) for n in range(500))
    mentions = tuple(MentionRecord("如视", 0, n, n + 2) for n in range(0, len(text), 2))
    page = render([_long(text, (whole, *pieces), mentions=mentions)], format="html", lang="en")
    assert len(page) < 500_000
    assert "And 481 more." in page


def test_a_mark_that_reaches_into_another_part_has_one_tag() -> None:
    text = "甲" * 1_000_000
    wide, narrow = (
        Evidence(text[a:b], 0, a, b, (), "paragraph", None, "", "")
        for a, b in ((100, 999_000), (900_000, 900_009))
    )
    soup = soup_of(render([_long(text, (wide, narrow))], format="html"))
    assert [t["id"] for t in soup.select(".tag")] == ["r1-RS101-1", "r1-RS101-2"]


def test_windows_join_where_they_touch() -> None:
    marks = [Mark(5000, 5002, "present"), Mark(7000, 7002, "present"), Mark(0, 9000, "present")]
    assert windows(20_000, marks) == [(0, 8502)]
    assert windows(20_000, [Mark(19_999, 20_000, "present")]) == [(18_499, 20_000)]


# The command.


def test_the_page_asks_for_the_text_itself(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    arguments = ["check", EXAMPLE, "--format", "html", "--lang", "zh", "--output", str(target)]
    assert main(arguments) == 1
    page = target.read_text(encoding="utf-8")
    record = check(EXAMPLE, include_text=True).documents[0]
    assert record.text is not None
    assert texts(page) == [record.text]
