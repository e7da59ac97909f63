"""A finding keeps its fingerprint while the policy is edited elsewhere, and no other has it."""

from __future__ import annotations

import pytest

from linter import check
from linter.rules.base import fingerprint
from tests.reports import words

POLICY = """<h1>云窗看房隐私政策</h1><p>我们重视您的个人信息。</p>
<h2>三、第三方服务</h2><table>
<tr><th>合作方</th><th>使用目的</th><th>联系方式</th><th>个人信息种类</th><th>隐私政策</th></tr>
<tr><td>云帆推送</td><td>消息推送</td><td>help@yunfan.example</td><td>设备标识</td>
<td><a href="https://yunfan.example/p">查看</a></td></tr>
<tr><td>如视</td><td>提供服务</td><td>https://www.realsee.com</td><td>设备型号</td>
<td><a href="https://www.realsee.com/">官网</a></td></tr></table>
<h2>四、其他</h2><p>本政策自发布之日起生效。</p>"""
EDITS = {
    "a paragraph before": ("<p>我们重视", "<p>本次更新调整了版式。</p><p>我们重视"),
    "a paragraph after": ("起生效。", "起生效。</p><p>您可以随时注销账号。"),
    "another row": (
        "<tr><td>云帆推送",
        "<tr><td>小鹿短信</td><td>发送验证码</td></tr><tr><td>云帆推送",
    ),
    "a row that is gone": ("<tr><td>云帆推送</td>", "<tr><td>晴川地图</td>"),
    "another heading": ("三、第三方服务", "五、合作方清单"),
    "white space": ("<td>如视</td>", "<td>\n  如视  </td>\n\n"),
    "punctuation": ("<td>提供服务</td>", "<td>提供服务。</td>"),
}


def fingerprints(policy: str) -> dict[str, tuple[str, str]]:
    report = check("policy.html", content=policy.encode())
    return {f.requirement.code: (f.verdict.value, f.fingerprint) for f in report.findings}


@pytest.fixture(scope="module")
def before() -> dict[str, tuple[str, str]]:
    return fingerprints(POLICY)


def test_the_policy_has_findings_of_each_kind(before: dict[str, tuple[str, str]]) -> None:
    assert {verdict for verdict, _ in before.values()} >= {"present", "ambiguous", "missing"}
    assert len({print_ for _, print_ in before.values()}) == len(before)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_elsewhere_changes_none(before: dict[str, tuple[str, str]], edit: str) -> None:
    old, new = EDITS[edit]
    assert POLICY.count(old) == 1
    assert fingerprints(POLICY.replace(old, new)) == before


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<td>提供服务</td>", "<td>优化体验</td>", "RS103"),
        ('"https://www.realsee.com/"', '"https://www.rea1see.com/"', "RS106"),
    ],
)
def test_other_words_and_other_links_are_another_finding(
    before: dict[str, tuple[str, str]], old: str, new: str, code: str
) -> None:
    after = fingerprints(POLICY.replace(old, new))
    assert after[code][1] != before[code][1]


def test_neither_order_nor_repetition_counts_but_vendor_and_requirement_do() -> None:
    one, other = words("device model"), words("Serial, number")
    made = fingerprint("entity-name", "realsee", [one, other])
    assert fingerprint("entity-name", "realsee", [words("serial number"), one, one]) == made
    others = {
        fingerprint("entity-name", "lantern", [one, other]),
        fingerprint("entity-contact", "realsee", [one, other]),
        fingerprint("entity-name", "realsee", [one]),
        fingerprint("entity-name", "realsee", [words("device modelserial number")]),
        fingerprint("entity-name", "realsee", [words("absent")]),
        fingerprint("entity-name", "realsee", []),
    }
    assert len(others | {made}) == 7
