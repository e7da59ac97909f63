"""What holds for any text: no exception but the errors of the house, quotes that stand."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from linter.check import check
from linter.document import Page, Policy
from linter.errors import SegmentError
from linter.fetch.decode import decode
from linter.report import render
from linter.segment import segment
from linter.verdict import Verdict

WORDS = st.sampled_from(
    [
        "如视VR SDK",
        "使用目的：",
        "单独同意",
        "联系方式",
        "设备信息",
        "a@b.example",
        "、",
        "。",
        "\n",
        "\t",
        "Realsee",
        "如你之视（北京）科技有限公司",
        "不会",
        "共享",
        "https://home.realsee.com/legal",
        "：",
        "/",
        "第三方",
        "一、",
        "3.1",
        "隐私政策",
        "我们收集您的个人信息，用于登录。",
        "\u200b",
        "\u3000",
        "ﷺ",
        "𠀀",
    ]
)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td rowspan=3>",
        "<th colspan='2'>",
        "</tr>",
        "<ul>",
        "<li>",
        "</ul>",
        "<br>",
        "<h2>",
        "</h2>",
        "<b>",
        "</b>",
        "<dl><dt>",
        "<dd>",
        "<div hidden>",
        "</div>",
        "<a href='//x'>",
        "</a>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<",
    ]
)
MARKUP = st.lists(st.one_of(WORDS, TAGS, st.text(max_size=8)), max_size=60).map("".join)
MEDIA = st.sampled_from(["text/html", "text/plain", "text/markdown"])


def read(text: str, media: str) -> Policy | None:
    try:
        return segment(Page("x", b"x", text, "utf-8", 0.0, media, None, "https://x.example/"))
    except SegmentError:
        return None


@given(MARKUP, MEDIA)
def test_any_markup_is_read_and_its_spans_stand(text: str, media: str) -> None:
    policy = read(text, media)
    if policy is None:
        return
    end = 0
    for number, block in enumerate(policy.blocks):
        assert block.index == number
        assert end <= block.span.start < block.span.end <= len(policy.text)
        end = block.span.end
        quote = policy.quote(block.span)
        assert quote == quote.strip()
        for part in (block.key, block.value):
            # A label may stand in the block before.
            assert part is None or 0 <= part.start <= part.end <= block.span.end
        assert all(policy.blocks[h].level for h in block.headings)
    covered = "".join(policy.quote(b.span) for b in policy.blocks)
    assert re.sub(r"\s", "", covered) == re.sub(r"\s", "", policy.text)
    for link in policy.links:
        assert 0 <= link.span.start <= link.span.end <= len(policy.text)


@given(MARKUP, MEDIA)
def test_the_same_text_gives_the_same_policy(text: str, media: str) -> None:
    assert read(text, media) == read(text, media)


@given(st.lists(WORDS, max_size=30).map("".join))
def test_plain_words_are_never_lost(text: str) -> None:
    policy = read(text, "text/plain")
    if policy is not None:
        assert re.sub(r"\s", "", policy.text) == re.sub(r"\s", "", text)


@given(st.binary(max_size=400))
def test_any_bytes_decode(content: bytes) -> None:
    decoded = decode(content)
    assert 0.0 <= decoded.replaced <= 1.0


@given(MARKUP)
def test_any_markup_is_judged_with_evidence_that_stands(text: str) -> None:
    body = f"<p>我们收集您的个人信息，用于登录。如视VR SDK会收集设备信息。</p>{text}"
    report = check("x.html", content=body.encode("utf-8", "replace"), include_text=True)
    shown = report.documents[0].text
    if shown is None:
        assert report.errors
        return
    for finding in report.findings:
        proven = finding.verdict in (Verdict.PRESENT, Verdict.AMBIGUOUS)
        assert bool(finding.evidence) == proven
        for evidence in finding.evidence:
            assert shown[evidence.start : evidence.end] == evidence.quote != ""
    assert render([report], format="json") == render([report], format="json")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_report(content: bytes) -> None:
    report = check("x", content=content)
    assert report.findings
    assert render([report], format="text", lang="zh")
