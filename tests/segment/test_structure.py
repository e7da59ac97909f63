"""Headings, paragraphs, lists, links, hidden text: what a page shows is what is read."""

from __future__ import annotations

import pytest

from linter.document import BlockKind
from linter.errors import SegmentError
from linter.segment import segment
from tests.segment.reader import block, html, markdown, page, path, plain, texts


def test_headings_nest_by_level() -> None:
    policy = html(
        "<h1>政策</h1><h2>一、共享</h2><h3>（一）地图</h3><p>甲</p><h2>二、安全</h2><p>乙</p>"
    )
    assert path(policy, "甲") == ("政策", "一、共享", "（一）地图")
    assert path(policy, "乙") == ("政策", "二、安全")


@pytest.mark.parametrize(
    ("heading", "markup"),
    [
        ("四、第三方SDK目录", "<p><b>四、第三方SDK目录</b></p>"),
        ("四、第三方SDK目录", "<p><strong>四、第三方SDK目录</strong></p>"),
        ("四、第三方SDK目录", "<div><span style='font-weight:bold'>四、第三方SDK目录</span></div>"),
        ("四、第三方SDK目录", "<p>四、第三方SDK目录</p>"),
        ("（二）地图服务", "<p>（二）地图服务</p>"),
        ("3.1 合作伙伴", "<p><b>3.1 合作伙伴</b></p>"),
    ],
)
def test_lines_that_act_as_headings(heading: str, markup: str) -> None:
    policy = html(
        f"<p>我们重视您的隐私，请仔细阅读。</p>{markup}<p>我们会与地图服务商合作，请知悉。</p>"
    )
    assert path(policy, "我们会与地图服务商合作，请知悉。") == (heading,)
    assert block(policy, heading).kind is BlockKind.HEADING


def test_numbered_headings_nest_by_their_numbers() -> None:
    policy = plain(
        "一、我们收集的信息\n我们收集您的手机号码，用于登录。\n二、我们共享的信息\n（一）地图\n我们共享您的位置，用于导航。\n"
        "（二）推送\n我们共享设备标识，用于推送。\n"
    )
    assert path(policy, "我们共享设备标识，用于推送。") == ("二、我们共享的信息", "（二）推送")


def test_paragraphs_breaks_and_bare_text() -> None:
    policy = html("裸露的文字<div>第一行<br>第二行<br/>第三行</div><p>一段<b>里的</b>粗体</p>尾巴")
    assert texts(policy) == ["裸露的文字", "第一行", "第二行", "第三行", "一段里的粗体", "尾巴"]
    lines = [block(policy, t) for t in ("第一行", "第二行", "第三行")]
    assert len({b.container for b in lines}) == 1
    assert block(policy, "尾巴").container != lines[0].container


def test_nested_lists_know_their_items() -> None:
    policy = html("<ul><li>甲<ul><li>甲一</li><li>甲二</li></ul></li><li>乙</li></ul>")
    first, inner, second = (block(policy, t) for t in ("甲", "甲一", "乙"))
    assert [b.kind for b in (first, inner, second)] == [BlockKind.LIST_ITEM] * 3
    assert first.items == inner.items[:1]
    assert len(inner.items) == 2
    assert second.items != first.items


def test_white_space_collapses_and_nothing_else_changes() -> None:
    policy = html("<p>ＡＢ　Ｃ，  Realsee\n\t SDK（北京）\u200b①</p>")
    assert (
        policy.text == "ＡＢ Ｃ， Realsee SDK（北京）\u200b①"
        or "Realsee SDK（北京）" in policy.text
    )
    assert "①" in policy.text
    assert "ＡＢ" in policy.text


def test_links_are_absolute_and_know_their_words() -> None:
    policy = html(
        "<p>见<a href='/sdk'>《第三方目录》</a>和<a href='mailto:a@b.example'>邮件</a></p>",
        base_url="https://site.example/legal/privacy",
    )
    assert [(policy.quote(x.span), x.href) for x in policy.links] == [
        ("《第三方目录》", "https://site.example/sdk"),
        ("邮件", "mailto:a@b.example"),
    ]


def test_a_base_element_moves_links() -> None:
    policy = html("<base href='https://cdn.example/p/'><p><a href='a.html'>甲政策</a></p>")
    assert policy.links[0].href == "https://cdn.example/p/a.html"


@pytest.mark.parametrize(
    "attributes",
    ["style='display:none'", "style='visibility: hidden'", "hidden", "aria-hidden='true'"],
)
def test_hidden_text_is_kept_and_marked(attributes: str) -> None:
    policy = html(f"<p>看得见的正文</p><div {attributes}><p>看不见的文字</p></div>")
    assert block(policy, "看不见的文字").hidden
    assert not block(policy, "看得见的正文").hidden


def test_scripts_styles_and_comments_are_no_text() -> None:
    said = "我们收集您的手机号码，用于登录。" * 20
    policy = html(f"<style>p{{}}</style><script>var a='脚本'</script><!-- 注释 --><p>{said}</p>")
    assert texts(policy) == [said]


def test_footers_addresses_and_asides_are_kept() -> None:
    policy = html(
        "<nav>导航</nav><aside>旁注</aside><footer><address>北京市示例路1号</address></footer>"
    )
    assert {"导航", "旁注", "北京市示例路1号"} <= set(texts(policy))


def test_the_title() -> None:
    assert html("<title>某某隐私政策</title><p>正文内容</p>").title == "某某隐私政策"
    assert html("<h1>标题行</h1><p>正文内容</p>").title == "标题行"


def test_markdown() -> None:
    policy = markdown(
        "# 隐私政策\n\n## 第三方\n\n| SDK | 目的 |\n|---|---|\n| 甲SDK | 推送 |\n\n- [乙](https://b.example/p)\n"
    )
    cell = block(policy, "推送")
    assert cell.cell is not None
    assert cell.cell.column_header == "目的"
    assert path(policy, "乙") == ("隐私政策", "第三方")
    assert policy.links[0].href == "https://b.example/p"


def test_plain_text_lines_and_locators() -> None:
    policy = plain("第一行的文字\r\n\r\n第二行的文字\n")
    assert texts(policy) == ["第一行的文字", "第二行的文字"]
    assert [b.locator for b in policy.blocks] == ["line 1", "line 3"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们收集您的个人信息，用于登录。", "zh-hans"),
        ("我們收集您的個人資料，用於登入。", "zh-hant"),
        ("We collect your personal information to let you log in.", "en"),
        ("当社は、お客様の個人情報を適切に取り扱いますので、ご安心ください。", "ja"),
        ("회사는 이용자의 개인정보를 수집하고 이용합니다. 자세한 내용은 아래와 같습니다.", "ko"),
        ("Мы собираем ваши персональные данные для входа в систему.", "und"),
        ("如视 Realsee SDK 收集 Android ID、IP 地址和 Wi-Fi SSID。", "zh-hans"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert html(f"<p>{text}</p>" * 6).language == language


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<div id='app'></div><script src='a.js'></script>", "segment-script-drawn"),
        ("<div id=root>加载中</div><script>boot()</script>", "segment-script-drawn"),
        ("<body></body>", "segment-no-text"),
        ("<p>——</p>", "segment-no-text"),
        ("", "segment-no-text"),
        ("<p>请登录</p><input type=password>", "segment-login"),
        ("<p>Please verify you are a human</p>", "segment-bot-check"),
    ],
)
def test_what_holds_no_policy(markup: str, code: str) -> None:
    with pytest.raises(SegmentError) as caught:
        segment(page(markup))
    assert caught.value.code == code


def test_a_long_policy_that_mentions_signing_in_is_no_login_page() -> None:
    text = "<p>请先登录后再使用。我们收集您的手机号码用于登录，也会收集设备信息。</p>" * 60
    assert html(text + "<input type=password>").language == "zh-hans"


@pytest.mark.parametrize("depth", [400, 20_000])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    policy = html("<div>" * depth + "<table><tr><td>最深处</td></tr></table>" + "</div>" * depth)
    assert "最深处" in policy.text


@pytest.mark.parametrize(
    "markup",
    [
        "<p>甲<p>乙<ul><li>丙<li>丁<table><tr><td>戊<td>己",
        "<p>甲<b>乙<i>丙</p><p>丁</i></b>戊<div>己",
        "甲<!-- <p>乙 --> 乙<p>丙</span></div></table>丁<td>戊</td>己",
        "<p>甲</p><![CDATA[ x ]]>乙<?php echo 1 ?>丙<p>丁 戊 己",
    ],
)
def test_unclosed_everything(markup: str) -> None:
    text = html(markup).text
    for word in "甲乙丙丁戊己":
        assert word in text
