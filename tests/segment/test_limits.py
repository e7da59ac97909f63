"""Limits on what is read of one document: cut is said, and what is within is never lost."""

from __future__ import annotations

import pytest

from linter.segment import limits
from linter.segment.limits import TOO_LARGE, Allowance, bounded
from linter.segment.tables import Grid
from tests.segment.reader import html, markdown, plain, texts


@pytest.mark.parametrize("depth", [5, 19, 20, 40, 79, 80, 200, 3_000])
@pytest.mark.parametrize("mark", ["- ", "> ", ">", "1. ", "* > "])
def test_nested_markdown_loses_nothing(mark: str, depth: int) -> None:
    policy = markdown(f"我们收集信息。\n\n{mark * depth}深处\n\n其后\n")
    assert texts(policy) == ["我们收集信息。", "深处", "其后"]
    assert policy.unread == ()


@pytest.mark.parametrize("indent", ["  ", "\t", "    "])
def test_lists_within_lists_of_markdown_lose_nothing(indent: str) -> None:
    lines = [f"{indent * n}- 第{n}层" for n in range(150)]
    policy = markdown("\n".join(["政策", "", *lines, "", "其后"]))
    assert "其后" in policy.text
    assert [n for n in range(150) if f"第{n}层" not in policy.text] == []


def test_deep_indentation_is_no_nesting() -> None:
    policy = markdown("政策\n\n" + " " * 200 + "代码\n\n其后")
    assert texts(policy)[-1] == "其后"
    assert "代码" in policy.text


def test_what_is_beyond_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_TAGS", 4)
    policy = html("<p>一</p><p>二</p><p>三</p>")
    assert (texts(policy), policy.unread) == (["一", "二"], (TOO_LARGE,))
    policy = html("<p>一</p><p>二</p>三 < 四 <5")
    assert (texts(policy), policy.unread) == (["一", "二", "三 < 四 <5"], ())
    monkeypatch.setattr(limits, "_BREAKS", 2)
    assert texts(plain("甲\n乙\n丙\n丁")) == ["甲", "乙", "丙"]
    assert plain("甲\n乙\n丙").unread == ()


def test_the_reason_is_said_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    from linter import check

    monkeypatch.setattr(limits, "_TAGS", 8)
    body = "<h1>隐私政策</h1><p>我们收集您的个人信息，用于登录。</p>" + "<p>如视SDK</p>" * 9
    report = check("x.html", content=body.encode())
    assert report.documents[0].read == "partial"
    [error] = report.errors
    assert (error.phase, error.code) == ("segment", TOO_LARGE)
    assert dict(error.params)["characters"].isdigit()
    assert "missing" not in {f.verdict for f in report.findings}


def test_what_is_not_judged_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import linter.classify as classify
    from linter import check

    monkeypatch.setattr(classify, "MENTIONS", 3)
    body = (
        "<h1>隐私政策</h1><p>我们收集您的个人信息，用于登录。</p>" + "<p>如视SDK用于看房。</p>" * 9
    )
    report = check("x.html", content=body.encode())
    assert len(report.mentions) == 3
    assert (report.documents[0].read, report.documents[0].reason) == (
        "partial",
        "classify-too-much",
    )
    [error] = report.errors
    assert error.phase == "classify"
    assert "missing" not in {f.verdict for f in report.findings}
    [finding] = [f for f in report.findings if f.requirement.code == "RS106"]
    assert [n.key for n in finding.searched][:1] == ["searched.part"]


def test_pages_within_share_an_allowance() -> None:
    allowance = Allowance()
    assert allowance.looks_through(3_000_000)
    assert not allowance.looks_through(3_000_000)
    assert allowance.cut
    many = Allowance()
    assert len(list(many.pieces(iter(range(30_000))))) == 20_000
    assert many.cut


def test_bounded_says_whether_it_cut() -> None:
    assert bounded("<p>甲</p>", "text/html") == ("<p>甲</p>", False)
    assert bounded("a\n" * 10, "text/plain") == ("a\n" * 10, False)


# -- tables


def test_cells_go_round_what_spans_from_above() -> None:
    grid = Grid(1)
    grid.add_row([(3, 1, False), (1, 2, False), (2, 1, False)])
    places = [
        (c.row, c.column) for c in grid.add_row([(1, 1, False), (1, 1, False), (1, 1, False)])
    ]
    assert places == [(1, 1), (1, 2), (1, 4)]
    places = [(c.row, c.column) for c in grid.add_row([(1, 1, False)] * 3)]
    assert places == [(2, 1), (2, 2), (2, 3)]
    assert [(c.row, c.column) for c in grid.add_row([(1, 1, False)])] == [(3, 0)]


def test_no_cell_is_lost_to_spans() -> None:
    row = "".join(f"<td rowspan=1000 colspan=1000>w{n}w</td>" for n in range(7))
    policy = html("<p>政策</p><table>" + f"<tr>{row}</tr>" * 300 + "</table>")
    assert len(texts(policy)) == 1 + 7 * 300
    places = {(b.cell.row, b.cell.column) for b in policy.blocks if b.cell is not None}
    assert len(places) == 7 * 300


def test_a_long_cell_is_not_the_label_of_all_others() -> None:
    long = "很长的说明，" * 2_000
    rows = "".join(f"<tr><td>如视SDK</td><td>推送{n}</td></tr>" for n in range(3))
    policy = html(
        f"<table><tr><td rowspan=4>{long}</td><td>名称</td><td>用途</td></tr>{rows}</table>"
    )
    assert long in policy.text
    assert max(len(b.cell.row_header) for b in policy.blocks if b.cell is not None) <= 300
