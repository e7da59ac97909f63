"""Cells know their row, their column's header and their row's first cell."""

from __future__ import annotations

import pytest

from linter.document import Cell, Policy
from tests.segment.reader import block, html, markdown, pairs, plain, texts


def cell(policy: Policy, text: str) -> Cell:
    found = block(policy, text).cell
    assert found is not None
    return found


def table(*rows: str, head: str = "") -> Policy:
    body = "".join(f"<tr>{r}</tr>" for r in rows)
    return html(f"<p>下表列出合作方。</p><table>{head}{body}</table>")


def row(*cells: str, tag: str = "td") -> str:
    return "".join(f"<{tag}>{c}</{tag}>" for c in cells)


@pytest.mark.parametrize("tag", ["th", "td"])
def test_a_header_row(tag: str) -> None:
    policy = table(
        row("SDK名称", "使用目的", "联系方式", tag=tag),
        row("甲SDK", "推送消息", "a@a.example"),
        row("乙SDK", "地图导航", "b@b.example"),
    )
    found = cell(policy, "地图导航")
    assert (found.column_header, found.row_header) == ("使用目的", "乙SDK")
    assert (found.row, found.column) == (2, 1)
    assert not found.header
    assert cell(policy, "使用目的").header


def test_thead_and_tbody() -> None:
    head = f"<thead><tr>{row('第三方', '用途', tag='th')}</tr></thead>"
    assert cell(table(row("甲", "推送消息"), head=head), "推送消息").column_header == "用途"


def test_a_title_row_over_all_columns_is_no_header() -> None:
    policy = table(
        "<td colspan='3'>第三方SDK清单</td>",
        row("SDK名称", "使用目的", "收集信息", tag="th"),
        row("甲SDK", "推送消息", "设备标识"),
    )
    assert cell(policy, "设备标识").column_header == "收集信息"


def test_merged_rows_cover_their_rows() -> None:
    policy = table(
        row("公司", "SDK", "用途", tag="th"),
        "<td rowspan='2'>甲公司</td><td>一SDK</td><td>推送消息</td>",
        row("二SDK", "地图导航"),
    )
    company, second = cell(policy, "甲公司"), cell(policy, "地图导航")
    assert list(company.rows) == [1, 2]
    assert (second.row, second.column, second.column_header) == (2, 2, "用途")
    assert second.row_header == "甲公司"


def test_merged_columns_and_two_header_rows() -> None:
    policy = table(
        "<th rowspan='2'>SDK</th><th colspan='2'>信息</th>",
        row("种类", "方式", tag="th"),
        row("甲SDK", "设备标识", "接口传输"),
    )
    found = cell(policy, "接口传输")
    assert "方式" in found.column_header
    assert "信息" in found.column_header
    assert found.row_header == "甲SDK"


def test_a_header_that_comes_again() -> None:
    policy = table(
        row("SDK名称", "使用目的", tag="th"),
        row("甲SDK", "推送消息"),
        row("SDK名称", "联系方式", tag="th"),
        row("乙SDK", "b@b.example"),
    )
    assert cell(policy, "b@b.example").column_header == "联系方式"


def test_a_vertical_table() -> None:
    policy = table(
        row("第三方名称", "甲SDK"), row("使用目的", "推送消息"), row("联系方式", "a@a.example")
    )
    found = cell(policy, "推送消息")
    assert found.vertical
    assert found.row_header == "使用目的"


def test_lines_and_lists_in_a_cell_share_the_cell() -> None:
    policy = table(
        row("SDK名称", "使用目的", tag="th"),
        row("甲SDK<br>甲公司", "<ul><li>推送消息</li><li>统计分析</li></ul>"),
    )
    assert cell(policy, "甲SDK") == cell(policy, "甲公司")
    assert cell(policy, "推送消息").column_header == cell(policy, "统计分析").column_header


def test_an_absurd_span_is_no_bomb() -> None:
    policy = table("<td rowspan='1000000000' colspan='99999999'>甲SDK</td><td>推送</td>", row("乙"))
    assert "乙" in policy.text


def test_nested_tables_lose_nothing() -> None:
    policy = table(
        row("外层", "<table><tr><td>内层一</td><td>内层二</td></tr></table>"), row("外层二", "尾")
    )
    for word in ("外层", "内层一", "内层二", "外层二", "尾"):
        assert word in policy.text


def test_tab_separated_lines_are_a_table() -> None:
    policy = plain(
        "SDK名称\t使用目的\t收集信息\n甲SDK\t推送消息\t设备标识\n乙SDK\t地图导航\t位置信息\n"
    )
    found = cell(policy, "位置信息")
    assert (found.column_header, found.row_header) == ("收集信息", "乙SDK")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "使用目的：推送消息\n联系方式：a@a.example",
            [("使用目的", "推送消息"), ("联系方式", "a@a.example")],
        ),
        ("使用目的: 推送消息", [("使用目的", "推送消息")]),
        ("【使用目的】推送消息", [("使用目的", "推送消息")]),
        ("Purpose: push notifications", [("Purpose", "push notifications")]),
        (
            "第三方名称：甲SDK；使用目的：推送消息；联系方式：a@a.example",
            [("第三方名称", "甲SDK"), ("使用目的", "推送消息"), ("联系方式", "a@a.example")],
        ),
        ("- 使用目的：推送消息", [("使用目的", "推送消息")]),
        ("1. 使用目的：推送消息", [("使用目的", "推送消息")]),
    ],
)
def test_labels_and_values(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(k.strip(), v.strip("；; ")) for k, v in pairs(plain(text))]
    assert found == expected


def test_labels_in_html() -> None:
    policy = html("<p><b>使用目的：</b>推送消息</p><p>联系方式<br>：a@a.example</p>")
    assert ("使用目的", "推送消息") in [(k.strip("：: "), v) for k, v in pairs(policy)]


def test_definition_lists_are_labels_and_values() -> None:
    policy = html(
        "<dl><dt>使用目的</dt><dd>推送消息</dd><dt>联系方式</dt><dd>a@a.example</dd></dl>"
    )
    assert pairs(policy) == [("使用目的", "推送消息"), ("联系方式", "a@a.example")]


def test_a_time_or_an_address_is_no_label() -> None:
    assert pairs(plain("服务时间为 9:00 至 18:00。\n详见 https://a.example/p\n")) == []


STACKED = (
    "<{t} colspan=2>云图推送</{t}>",
    "<{l}>公司名称</{l}><td>云图网络有限公司</td>",
    "<{l}>处理方式</{l}><td>客户端采集</td>",
    "<{t} colspan=2>如视三维</{t}>",
    "<{l}>公司名称</{l}><td>如你之视（北京）科技有限公司</td>",
    "<{t} colspan=2>处理的信息</{t}>",
    "<{l}>使用目的</{l}><td>三维带看</td>",
)


@pytest.mark.parametrize(("t", "l"), [("td", "td"), ("th", "th"), ("th", "td"), ("td", "th")])
def test_titles_part_entries_that_stand_one_under_the_other(t: str, l: str) -> None:  # noqa: E741
    policy = table(*(r.format(t=t, l=l) for r in STACKED))
    texts = ("云图网络有限公司", "如你之视（北京）科技有限公司", "三维带看", "客户端采集")
    theirs, ours, purpose, method = (cell(policy, text) for text in texts)
    assert theirs.table == method.table != ours.table == purpose.table
    assert cell(policy, "如视三维").table == ours.table
    assert (purpose.row_header, method.row_header) == ("使用目的", "处理方式")
    assert all(c.vertical for c in (theirs, ours, purpose, method))


def test_a_note_across_a_table_of_labels_ends_no_entry() -> None:
    policy = table(
        row("公司名称", "如你之视（北京）科技有限公司"),
        "<td colspan=2>以下字段由平台于每季度末核对一次。</td>",
        row("使用目的", "三维带看"),
        row("联系方式", "010-0000 0000"),
    )
    assert cell(policy, "三维带看").table == cell(policy, "如你之视（北京）科技有限公司").table


@pytest.mark.parametrize(
    ("span", "body", "rows"),
    [("9", "</tbody><tbody>", 1), ("0", "", 3), ("0", "</tbody><tbody>", 1)],
)
def test_a_row_span_ends_with_its_group_of_rows(span: str, body: str, rows: int) -> None:
    policy = html(
        f"<table><tbody><tr>{row('公司', '目的', '信息', tag='th')}"
        f"<tr><td rowspan={span}>甲公司<td>看房<td>机型{body}"
        f"<tr>{row('乙公司', '推送', '位置') if body else row('导航', '步数')}"
        f"<tr>{row('丙公司', '统计', '日志') if body else row('登录', '号码')}</table>"
    )
    assert cell(policy, "甲公司").row_span == rows
    last = cell(policy, "日志" if body else "号码")
    assert last.row_header == ("丙公司" if body else "甲公司")
    assert last.column_header == "信息"


def test_a_cell_over_columns_has_all_their_headers() -> None:
    policy = table(
        row("第三方", "使用目的", "处理方式", "信息类型", tag="th"),
        "<td>甲</td><td colspan=2>接口传输，用于推送</td><td>位置</td>",
        row("乙", "统计", "本机采集", "机型"),
    )
    assert cell(policy, "接口传输，用于推送").column_header == "使用目的 / 处理方式"
    assert cell(policy, "位置").column_header == "信息类型"


def test_a_table_of_fields_in_the_one_cell_of_details() -> None:
    inner = (
        f"<table><tr>{row('使用目的', '三维带看')}</tr><tr>{row('信息类型', '机型')}</tr></table>"
    )
    policy = table(row("公司", "详情"), row("甲公司", inner))
    purpose = block(policy, "三维带看")
    assert purpose.cell is not None
    assert purpose.cell.row == cell(policy, "甲公司").row
    assert ("使用目的", "三维带看") in pairs(policy)


BARS = """第三方 | 使用目的 | 处理方式 | 联系方式
禾苗地图 | 路线规划 | | map@hm.example
如视 | 三维带看 | 接口传输 | """
SPACES = """合作方    用来做什么    怎么给      联系
禾苗地图  路线规划                  map@hm.example
如视      三维带看      接口传输
"""
BORDERED = "\n".join(f"| {line}|" for line in BARS.split("\n"))
RULED = BORDERED.replace("\n", "\n|---|---|---|---|\n", 1)


@pytest.mark.parametrize("typed", [BARS, SPACES, BORDERED, RULED, f"<pre>{SPACES}</pre>"])
def test_typed_tables_have_cells(typed: str) -> None:
    policy = (html if typed.startswith("<") else plain)(
        f"合作方名单见下。\n{typed}\n谢谢您的阅读。"
    )
    method, contact = cell(policy, "接口传输"), cell(policy, "map@hm.example")
    assert (method.row_header, contact.row_header) == ("如视", "禾苗地图")
    assert (method.column, contact.column) == (2, 3)
    assert method.column_header in ("处理方式", "怎么给")
    assert not any("--" in text for text in texts(policy))


@pytest.mark.parametrize("typed", [BORDERED, RULED])
def test_a_markdown_table_needs_no_rule(typed: str) -> None:
    policy = markdown(f"# 政策\n合作方名单见下。\n{typed}\n\n谢谢您的阅读。\n")
    assert cell(policy, "接口传输").row_header == "如视"
    assert cell(policy, "map@hm.example").column_header == "联系方式"


@pytest.mark.parametrize(
    "typed",
    [
        "首页 | 产品 | 关于\n您好",
        "目的 | 方式 | 信息",
        "信息类型  使用目的  处理方式\n我们  会  说明",
        "a | b\nc | d",
    ],
)
def test_bars_and_spaces_between_other_words_make_no_table(typed: str) -> None:
    assert all(b.cell is None for b in plain(typed).blocks)
