"""Text that stands in scripts and attributes, folds and panels, boxes that are tables."""

from __future__ import annotations

import json

import pytest

from linter.document import BlockKind
from linter.errors import SegmentError
from tests.segment.reader import block, html, markdown, pairs, path, plain, texts

_LONG = "我们收集您的手机号码，用来登录和找回密码，不用于其他事情。" * 8


def shell(script: str, kind: str = "text/javascript") -> str:
    return f'<div id="app"></div><script type="{kind}">{script}</script>'


@pytest.mark.parametrize(
    "script",
    [
        "var t = '<p>' + '" + _LONG + "' + '</p>'",
        "window.__X__ = " + json.dumps({"a": [{"html": f"<p>{_LONG}</p>"}]}),
        "window.__X__ = JSON.parse(" + json.dumps(json.dumps({"body": _LONG})) + ")",
        "render(`\n" + _LONG + "\n`)",
        "// it's a comment\nfoo({text: \"" + _LONG + '"})',
    ],
)
def test_static_text_of_a_script_is_read(script: str) -> None:
    assert texts(html(shell(script))) == [_LONG]


def test_escapes_of_a_literal_are_undone() -> None:
    escaped = _LONG.encode("ascii", "backslashreplace").decode()
    assert texts(html(shell(f"x = '\\u003Cp\\x3E{escaped}<\\/p>'"))) == [_LONG]


def test_a_script_that_only_runs_is_no_text() -> None:
    with pytest.raises(SegmentError) as caught:
        html(shell("fetch('/api/policy').then(r => r.text()).then(t => box.innerHTML = t)"))
    assert caught.value.code == "segment-script-drawn"


def test_a_page_that_shows_its_text_keeps_its_scripts_out_of_it() -> None:
    said = "我们收集您的设备信息，用于排查故障。" * 60
    policy = html(f"<p>{said}</p>" + shell("x = " + json.dumps({"a": _LONG * 20})))
    assert texts(policy) == [said]


def test_records_of_a_script_are_items_and_titles_are_headings() -> None:
    data = {
        "title": "第三方清单",
        "list": [
            {"name": "甲SDK", "company": "甲有限公司", "url": "https://a.example/p", "id": "a1"},
            {"name": "乙SDK", "company": "乙有限公司", "url": "https://b.example/p", "id": "b2"},
        ],
        "note": _LONG,
    }
    policy = html(shell(json.dumps(data), "application/json"))
    first, second = block(policy, "甲有限公司"), block(policy, "乙有限公司")
    assert first.items == block(policy, "https://a.example/p").items
    assert first.items != second.items
    assert path(policy, "甲SDK") == ("第三方清单",)
    assert "a1" not in policy.text


def test_labels_of_a_record_are_labels() -> None:
    data = [{"使用目的": "推送消息", "公司名称": "甲公司"}, {"说明": _LONG, "备注": "无其他说明"}]
    assert ("使用目的", "推送消息") in pairs(html(shell(json.dumps(data), "application/json")))


def test_deep_json_loses_no_text() -> None:
    deep = '{"a":' * 900 + json.dumps(_LONG) + "}" * 900
    assert _LONG in html(shell(deep, "application/json")).text


def test_a_frame_in_an_attribute_is_read_and_its_fallback_is_hidden() -> None:
    policy = html("<p>清单如下</p><iframe srcdoc='&lt;p&gt;甲SDK&lt;/p&gt;'>请换浏览器</iframe>")
    assert not block(policy, "甲SDK").hidden
    assert block(policy, "请换浏览器").hidden


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ("<style>.x{display:none}</style><div class=x>甲</div>", True),
        ("<style>/* .x{display:none} */</style><div class=x>甲</div>", False),
        ("<style>@media print{.x{display:none}}</style><div class=x>甲</div>", False),
        ("<style>.x .y{display:none}</style><div class=x>甲</div>", False),
        ("<div style='position:absolute;left:-9999px'>甲</div>", True),
        ("<p><span style='mso-hide:all'>甲</span></p>", True),
        ("<div class='tab-pane' style='display:none'>甲</div>", False),
        ("<div role=tabpanel hidden>甲</div>", False),
        ("<a href='#p'>看</a><div id=p style='display:none'>甲</div>", False),
        ("<details><summary>看</summary>甲</details>", False),
    ],
)
def test_what_a_reader_can_open_is_not_hidden(markup: str, hidden: bool) -> None:
    assert block(html(f"<p>正文</p>{markup}"), "甲").hidden is hidden


def test_a_fold_s_title_heads_what_it_holds_and_no_more() -> None:
    policy = html(
        "<h2>共享</h2><details><summary>甲公司</summary><h3>目的</h3><p>推送</p></details><p>其他</p>"
    )
    assert path(policy, "推送") == ("共享", "甲公司", "目的")
    assert path(policy, "其他") == ("共享",)


def test_boxes_that_stand_as_a_table_are_cells() -> None:
    row = "<div class=r><span>{}</span><span>{}</span></div>"
    rows = "".join(row.format(*r) for r in [("名称", "使用目的"), ("甲", "推送"), ("乙", "地图")])
    found = block(html(f"<div>{rows}</div>"), "地图").cell
    assert found is not None
    assert (found.column_header, found.row_header) == ("使用目的", "乙")


def test_boxes_with_running_text_are_no_table() -> None:
    policy = html(
        "<div><div><p>我们收集信息。</p><p>我们使用信息。</p></div><div><p>甲</p><p>乙</p></div></div>"
    )
    assert all(b.cell is None for b in policy.blocks)


def test_a_table_goes_on_after_a_page_header() -> None:
    policy = html(
        "<table><tr><th>名称</th><th>使用目的</th></tr><tr><td>甲</td><td>推送</td></tr></table>"
        "<p>第 2 页</p><table><tr><td>乙</td><td>地图</td></tr></table>"
    )
    found = block(policy, "地图").cell
    assert found is not None
    assert found.column_header == "使用目的"


def test_cells_one_a_line_are_a_table_again() -> None:
    policy = plain(
        "名称\n公司\n使用目的\n链接\n甲SDK\n甲有限公司\n推送\nhttps://a.example\n"
        "乙SDK\n乙有限公司\n地图\nhttps://b.example\n以上内容会不时更新。\n"
    )
    found = block(policy, "地图").cell
    assert found is not None
    assert (found.column_header, found.row_header) == ("使用目的", "乙SDK")
    assert block(policy, "以上内容会不时更新。").kind is BlockKind.PARAGRAPH


def test_short_lines_without_a_form_are_no_table() -> None:
    policy = plain("设备信息\n位置信息\n日志信息\n相机\n麦克风\n通讯录\n")
    assert all(b.cell is None for b in policy.blocks)


def test_line_breaks_of_the_source_part_no_chinese_words() -> None:
    assert texts(html("<p>使用目\n的：推送\n push</p>"))[0] == "使用目的：推送 push"


@pytest.mark.parametrize("text", ["**使用目的：**推送消息", "**使用目**的：推送消息"])
def test_bold_that_commonmark_does_not_take(text: str) -> None:
    assert pairs(markdown(f"合作方如下。\n\n{text}\n")) == [("使用目的", "推送消息")]


def test_dots_lead_from_a_label_to_its_value() -> None:
    assert pairs(plain("使用目的......推送消息")) == [("使用目的", "推送消息")]


def test_a_second_definition_has_the_same_term() -> None:
    policy = html("<dl><dt>使用目的</dt><dd>推送消息</dd><dd>统计</dd></dl>")
    assert pairs(policy) == [("使用目的", "推送消息"), ("使用目的", "统计")]
