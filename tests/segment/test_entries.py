"""Entries of one line each: a number, whom it is about, and labels with their values."""

from __future__ import annotations

import pytest

from linter import check
from linter.document import BlockKind
from tests.segment.reader import block, pairs, plain

LEAD = "隐私政策\n我们与下列第三方合作，请知悉。\n二、合作方\n"


@pytest.mark.parametrize("number", ["{n}、", "{n}. ", "（{n}）", "({n}) ", "{n}) "])
@pytest.mark.parametrize("colon", ["：", " "])
def test_a_numbered_line_with_pairs_heads_only_itself(number: str, colon: str) -> None:
    names = (
        "星桥统计（星桥数据有限公司）",
        "如视看房SDK（如你之视（北京）科技有限公司）",
        "禾田支付（禾田有限公司）",
    )
    fields = (
        "使用目的：统计；信息类型：设备标识",
        "使用目的：看房；信息类型：机型",
        "目的：付款；类型：卡号",
    )
    lines = [
        number.format(n=n) + name + colon + said
        for n, (name, said) in enumerate(zip(names, fields, strict=True), start=1)
    ]
    policy = plain(LEAD + "\n".join(lines) + "\n三、安全\n我们加密保存。\n")
    at = {policy.quote(b.span).strip("：; ；"): b for b in policy.blocks}
    heading = at["二、合作方"].index
    assert all(at[key].headings == (heading,) for key in ("使用目的：看房", "目的：付款"))
    own = at[number.format(n=2) + names[1]]
    assert own.kind is not BlockKind.HEADING
    assert at["使用目的：看房"].item == at["信息类型：机型"].item == own.item is not None
    assert own.item not in (at["使用目的：统计"].item, at["目的：付款"].item)


@pytest.mark.parametrize("number", ["(b) ", "b) ", "b. ", "2. ", "(ii) "])
def test_a_number_is_no_line_of_its_own(number: str) -> None:
    policy = plain(f"Sharing\n{number}Harbour Maps (Harbour Ltd.): purpose: maps; data: location\n")
    named = block(policy, f"{number}Harbour Maps (Harbour Ltd.):")
    assert named.item == block(policy, "data: location").item
    assert pairs(policy) == [("purpose", "maps"), ("data", "location")]


def test_a_long_name_before_one_pair() -> None:
    policy = plain("如视三维看房组件（如你之视（北京）科技有限公司）：联系方式：400-000-0000\n")
    assert pairs(policy) == [("联系方式", "400-000-0000")]


def test_a_sentence_before_a_pair_is_no_name() -> None:
    assert not pairs(plain("我们会告知您；具体内容如下：使用目的：推送\n"))


def test_a_label_without_value_before_another_label() -> None:
    assert pairs(plain("第三方名称：使用目的：推送；信息类型：位置\n"))[0] == ("第三方名称", "")


NAME = "如你之视（北京）科技有限公司"
AROUND = (
    "<h1>隐私政策</h1><p>我们收集您的手机号码，用于登录账号。</p><h2>合作方</h2>{}<h2>安全</h2>"
)


def judged(markup: str) -> dict[str, tuple[str, list[str]]]:
    report = check("policy.html", content=AROUND.format(markup).encode())
    return {
        f.requirement.id: (f.verdict.value, [e.quote for e in f.evidence]) for f in report.findings
    }


def test_a_cell_across_vendors_in_columns_speaks_of_each() -> None:
    rows = (
        f"<td>名称<td>青禾网络有限公司<td>{NAME}",
        "<td>使用目的<td>消息推送<td>三维看房",
        "<td>处理方式<td colspan=2>SDK本机采集",
        "<td>信息类型<td>设备标识<td>",
    )
    found = judged("<table>" + "".join(f"<tr>{r}" for r in rows) + "</table>")
    assert found["processing-method"] == ("present", ["SDK本机采集"])
    assert found["processing-purpose"] == ("present", ["三维看房"])
    assert found["information-scope"] == ("missing", [])


def test_an_entry_of_a_stacked_table_says_nothing_of_the_next() -> None:
    rows = (
        "<td colspan=2>如视看房SDK",
        f"<td>公司名称<td>{NAME}",
        "<td>使用目的<td>三维看房",
        "<td colspan=2>青禾推送SDK",
        "<td>公司名称<td>青禾网络有限公司",
        "<td>处理方式<td>SDK本机采集",
        "<td>联系方式<td>help@qinghe.example",
    )
    found = judged("<table>" + "".join(f"<tr>{r}" for r in rows) + "</table>")
    assert found["processing-purpose"][0] == "present"
    assert {found[r][0] for r in ("processing-method", "entity-contact")} == {"missing"}


def test_hidden_and_struck_out_text_is_no_evidence() -> None:
    said = f"{NAME}的如视SDK会收集您的设备型号，用于三维看房，联系邮箱为 a@realsee.com。"
    for markup in (
        f"<del>{said}</del>",
        f"<style>main p.x{{display:none}}</style><main><p class=x>{said}</p></main>",
    ):
        found = judged(markup)
        assert "present" not in {found[r][0] for r in ("entity-name", "processing-purpose")}
