"""What is unclosed in the source: what browsers show after it is read, what they do not is said."""

from __future__ import annotations

import warnings

import pytest

from linter import check
from linter.verdict import Verdict
from tests.segment.reader import block, html, texts

WORDS = "我们将设备型号提供给地图服务商，用于规划路线，传输方式为加密接口。"
END = f"<p>{WORDS}</p><h2>安全</h2><p>我们采取加密措施保护您的个人信息，请放心。</p>"
HEAD = "<!doctype html><h1>隐私政策</h1><p>我们收集您的手机号码，用于登录账号。</p>"


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><path d='M0 0'>",
        "<svg><g><g>",
        "<p><svg viewBox='0 0 9 9'><use href='#a'>",
        "<math><mi>x</mi>",
        "<svg><foreignObject><i>图</i></foreignObject><g>",
    ],
)
def test_a_page_goes_on_after_an_unclosed_drawing(drawing: str) -> None:
    policy = html(HEAD + drawing + END)
    assert not block(policy, WORDS).hidden
    assert [b.level for b in policy.blocks if policy.quote(b.span) == "安全"] == [2]


def test_what_stands_in_a_closed_drawing_ends_it_too() -> None:
    assert WORDS in texts(html(f"{HEAD}<svg><g><p>{WORDS}</p></g></svg>{END}"))


@pytest.mark.parametrize(
    "swallowing",
    [
        "<p title='备注>",
        '<a href="https://a.example>点此</a>',
        "<!-- 页脚 ",
        "<!-- a -- >",
        "<style>p{",
    ],
)
def test_swallowed_text_is_said(swallowing: str) -> None:
    policy = html(HEAD + swallowing + END)
    assert WORDS not in policy.text
    assert "segment-swallowed" in policy.unread


def test_text_up_to_the_next_quotation_mark_is_said() -> None:
    policy = html(f'{HEAD}<p title="备注>{WORDS}</p><p class="b">再见。</p>')
    assert "segment-swallowed" in policy.unread


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<!-- 页脚 -->",
        "<!-- end",
        "<p title='a",
        f"<div data-tip='<p>{WORDS}</p>'>提示</div>",
        f"<iframe srcdoc='<p>{WORDS}</p>'></iframe>",
        "<script>var a = '<p>'</script>",
        "<plaintext>完",
        "</p></div></td>",
        "<table><tr><td>甲",
    ],
)
def test_what_swallows_nothing_is_no_gap(markup: str) -> None:
    policy = html(HEAD + END + markup)
    assert "segment-swallowed" not in policy.unread
    assert block(policy, WORDS)


def test_the_report_is_partial_and_claims_nothing_missing() -> None:
    report = check("a.html", content=(HEAD + "<!-- 名单 " + END).encode())
    assert [e.code for e in report.errors] == ["segment-swallowed"]
    assert report.documents[0].read == "partial"
    assert Verdict.MISSING not in {f.verdict for f in report.findings}


def test_nul_characters_are_none() -> None:
    assert (
        "如你之视（北京）科技有限公司"
        in html(HEAD + "<p>由如\0你之视（北京）科技\0有限公司提供。</p>").text
    )


def test_a_declaration_of_xml_is_no_cause_to_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        policy = html('<?xml version="1.0" encoding="utf-8"?>\n' + HEAD + END)
    assert block(policy, WORDS)
