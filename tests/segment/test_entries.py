"""Entries of one line each: a number, whom it is about, and labels with their values."""

from __future__ import annotations

import pytest

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
