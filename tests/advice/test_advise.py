"""A policy with its suggestions pasted in and the blanks filled discloses all; unfilled not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.check import check
from linter.report.additions import render_additions
from linter.vendors import load_vendor
from linter.verdict import Addition, Form, Note, Report, Role, Status, Verdict, Words
from tests.advice.pasting import MEDIA, Fill, NoPlace, pasted, source_of

POLICIES = Path(__file__).resolve().parents[2] / "corpus" / "policies"
LANTERN = Path(__file__).resolve().parents[1] / "vendors" / "data" / "lantern.toml"
NAMES = {"text/html": "x.html", "text/plain": "x.txt"}
# What a developer might write into the blanks.
FILLS = {
    "zh": {
        "processing-purpose": ("在房源页加载和展示三维空间", "生成并展示门店的全景漫游"),
        "processing-method": (
            "由集成的 SDK 在设备端采集并经加密接口传输",
            "通过接口传输，去标识化后存储",
        ),
        "information-scope": ("设备型号、操作系统版本、网络状态", "设备信息、IP地址、位置信息"),
    },
    "en": {
        "processing-purpose": (
            "loading and displaying 3D tours on the listing page",
            "displaying the virtual showroom",
        ),
        "processing-method": (
            "collected on the device by the integrated SDK and transmitted through an encrypted "
            "interface",
            "transmitted through an API in encrypted form",
        ),
        "information-scope": (
            "device model, operating system version, network status",
            "IP address and location",
        ),
    },
}
FIELDS = tuple(FILLS["en"])
SAYS_NOTHING = {
    "zh-hans": "<h1>暖屋隐私政策</h1><p>我们收集您的手机号码，用于注册和登录账户。</p>"
    "<p>您可以随时查询、更正、删除您的个人信息。</p>",
    "zh-hant": "<h1>暖屋私隱政策</h1><p>我們收集您的手機號碼，用於註冊和登錄賬戶。</p>"
    "<p>您可以隨時查詢、更正、刪除您的個人信息。</p>",
    "en": "<h1>Warmroom Privacy Policy</h1><p>We collect your mobile number so that you can "
    "register and sign in to your account.</p><p>You may see, correct and delete your personal "
    "information at any time.</p>",
}


@cache
def _blanks() -> dict[str, str]:
    """The requirement of each blank that stands for a field of the vendor's, by its words."""
    found = {}
    for suggestions in load_vendor().suggestions.values():
        for requirement in FIELDS:
            for blank in re.findall("⟦[^⟦⟧]*⟧", suggestions[requirement]):
                found[blank] = requirement
    return found


def filler(language: str, choice: int) -> Fill:
    fills = FILLS["zh" if language.startswith("zh") else "en"]
    simplified = opencc.OpenCC("t2s").convert

    def fill(part: Words, blank: str) -> str:
        requirement = _blanks().get(simplified(blank))
        if requirement is None and part.requirements:
            requirement = next((r for r in part.requirements if r in fills), None)
        # Any other column: its number, how long data are kept.
        return fills[requirement][choice % 2] if requirement else "12"

    return fill


def judged(
    text: str, media: str, *, role: Role = Role.RECIPIENT, form: Form | None = None
) -> Report:
    return check(NAMES[media], content=text.encode(), role=role, form=form, include_text=True)


def open_verdicts(report: Report) -> dict[str, str]:
    settled = (Verdict.PRESENT, Verdict.NOT_APPLICABLE)
    return {f.requirement.id: f.verdict.value for f in report.findings if f.verdict not in settled}


def keys(notes: tuple[Note, ...]) -> set[str]:
    return {n.key for n in notes}


def contradicted(before: Report, after: Report) -> set[str]:
    """What the policy says to the contrary of; its suggestions tell what is to be struck."""
    if any("searched.only-denied" in keys(f.searched) for f in before.findings):
        # "We have never given it anything": the words may stand under that very sentence.
        return set(open_verdicts(after))
    told = {
        f.requirement.id
        for f in before.findings
        if "advice.contradicted" in keys(f.suggestion_notes)
    }
    return told & {
        f.requirement.id for f in after.findings if "reason.contradiction" in keys(f.why)
    }


def assert_suggestions_hold(text: str, media: str, before: Report, role: Role, choice: int) -> None:
    assert before.language is not None
    fill = filler(before.language, choice)
    new = pasted(text, media, before.additions, fill, before.language)
    after = judged(new, media, role=role)
    wrong = open_verdicts(after)
    assert wrong.keys() <= contradicted(before, after), wrong
    bare = pasted(text, media, before.additions, None, before.language)
    assert_blanks_disclose_nothing(before, judged(bare, media, role=role))


def assert_blanks_disclose_nothing(before: Report, bare: Report) -> None:
    """A field left blank is not disclosed, unless by what the policy itself says of all parties."""
    blank = {r for a in before.additions for p in a.parts if "⟦" in p.words for r in p.requirements}
    said = before.documents[0].text or ""
    for finding in bare.findings:
        if finding.requirement.id in blank & {*FIELDS} & open_verdicts(before).keys():
            present = finding.verdict is Verdict.PRESENT
            assert not present or all(e.quote in said for e in finding.evidence), finding


def cases() -> Iterator[str]:
    for folder in sorted(POLICIES.iterdir()):
        for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
            file = str(json.loads(line)["file"]) if line.strip() else ""
            if Path(file).suffix in MEDIA:
                yield f"{folder.name}/{file}"


CASES = tuple(dict.fromkeys(cases()))
# Their text stands in scripts, attributes and frames: a program finds no place to paste at.
NOT_IN_THE_PAGE = 8


def holds(case: str, *, role: Role, form: Form | None, choice: int) -> bool:
    """Whether the suggestions could be pasted; then they hold."""
    text, media = source_of(POLICIES / case)
    before = judged(text, media, role=role, form=form)
    if before.status is Status.UNREADABLE:
        assert not before.additions
        return True
    try:
        assert_suggestions_hold(text, media, before, role, choice)
    except NoPlace:
        return False
    return True


def test_suggestions_hold_in_the_shape_of_each_authored_policy() -> None:
    bad, unplaced = [], []
    for n, case in enumerate(CASES):
        try:
            if not holds(case, role=Role.RECIPIENT, form=None, choice=n):
                unplaced.append(case)
        except AssertionError as error:
            bad.append((case, str(error)[:200]))
    assert not bad
    assert len(unplaced) == NOT_IN_THE_PAGE, unplaced


@settings(max_examples=40, deadline=None)
@given(
    case=st.sampled_from(CASES),
    role=st.sampled_from([Role.RECIPIENT, Role.CO_PROCESSOR]),
    form=st.sampled_from([None, *Form]),
    choice=st.integers(0, 1),
)
def test_suggestions_hold_in_any_shape_and_role(
    case: str, role: Role, form: Form | None, choice: int
) -> None:
    holds(case, role=role, form=form, choice=choice)


@pytest.mark.parametrize("language", sorted(SAYS_NOTHING))
@pytest.mark.parametrize("form", [None, *Form])
@pytest.mark.parametrize("role", [Role.RECIPIENT, Role.CO_PROCESSOR])
def test_a_policy_that_says_nothing_is_told_all(
    language: str, form: Form | None, role: Role
) -> None:
    text = SAYS_NOTHING[language]
    before = judged(text, "text/html", role=role, form=form)
    assert before.language == language
    owed = {f.requirement.id for f in before.findings if f.verdict is Verdict.MISSING}
    assert len(owed) == (8 if role is Role.RECIPIENT else 6)
    assert owed == {r for a in before.additions for p in a.parts for r in p.requirements}
    assert all(a.form is (form or a.form) for a in before.additions[:1])
    for choice in (0, 1):
        assert_suggestions_hold(text, "text/html", before, role, choice)
    bare = pasted(text, "text/html", before.additions, None, language)
    assert {*FIELDS} <= open_verdicts(judged(bare, "text/html", role=role)).keys()
    if language == "zh-hant":
        assert "個人信息" in render_additions(before)


def test_the_role_is_read_back_from_the_words() -> None:
    for language, text in SAYS_NOTHING.items():
        before = judged(text, "text/html", role=Role.CO_PROCESSOR, form=Form.PROSE)
        new = pasted(text, "text/html", before.additions, filler(language, 0), language)
        assert judged(new, "text/html", role=Role.AUTO).role is Role.CO_PROCESSOR, language


TABLE = (
    SAYS_NOTHING["zh-hans"] + "<h2>第三方SDK清单</h2><table><tr><th>SDK名称</th><th>运营方</th>"
    "<th>用途</th><th>收集的信息</th><th>备注</th></tr>"
    "<tr><td>小鹿短信SDK</td><td>小鹿通信（杭州）有限公司</td><td>发送验证码</td><td>手机号码</td>"
    "<td>无</td></tr>{row}</table>"
)


def test_a_row_stands_under_the_columns_of_the_table() -> None:
    report = judged(TABLE.replace("{row}", ""), "text/html")
    row = report.additions[0]
    assert (row.form, row.own, row.headed) == (Form.TABLE, False, False)
    assert [p.label for p in row.parts] == ["SDK名称", "运营方", "用途", "收集的信息", "备注"]
    brand, company, purpose, scope, other = (p.words for p in row.parts)
    assert brand == "如视"
    assert company.splitlines() == [
        "如你之视（北京）科技有限公司",
        "联系方式：developer@realsee.com",
        "隐私政策：https://home.realsee.com/legal",
    ]
    assert purpose.startswith("⟦")
    assert "处理方式：⟦" in purpose
    assert scope.startswith("⟦")
    assert other == "⟦备注⟧"


def test_only_what_is_missing_is_suggested() -> None:
    row = "<tr><td>如视SDK</td><td></td><td>展示三维空间</td><td>设备型号</td><td>无</td></tr>"
    report = judged(TABLE.replace("{row}", row), "text/html")
    said = {r for a in report.additions for p in a.parts for r in p.requirements}
    assert said == open_verdicts(report).keys()
    own = report.additions[0]
    assert own.own
    assert [(p.label, p.requirements) for p in own.parts][:1] == [("运营方", ("entity-name",))]
    for finding in report.findings:
        assert bool(finding.suggestion) == (finding.requirement.id in said)


def test_what_must_be_true_is_said_beside_the_words() -> None:
    report = judged(SAYS_NOTHING["en"], "text/html")
    for finding in report.findings:
        promised = finding.requirement.id in ("separate-consent", "impact-assessment")
        assert ("advice.only-if-true" in keys(finding.suggestion_notes)) == promised
        assert "only if" not in str(finding.suggestion)
    assert "属实方可发布" in render_additions(report, lang="zh")
    assert "Publish only if it is true." in render_additions(report, lang="en")


def test_a_vendor_file_without_suggestions_gives_what_it_knows() -> None:
    text = SAYS_NOTHING["zh-hans"]
    report = check("x.html", content=text.encode(), vendor=str(LANTERN))
    words = render_additions(report)
    assert load_vendor(str(LANTERN)).names.legal[0] in words
    assert "⟦" in words
    assert "如视" not in words


def test_words_of_a_policy_cannot_leave_their_place() -> None:
    label = "用途|<script>alert(1)</script>-->\x1b[31m"
    part = Words(label, "值|<b>\n第二行", ("processing-purpose",))
    where = (Note.of("advice.column", column=label),)
    addition = Addition(Form.TABLE, (part, part), where, headed=True)
    report = judged(SAYS_NOTHING["zh-hans"], "text/html")
    object.__setattr__(report, "additions", (addition,))
    html = render_additions(report, markup="html")
    assert "<script>" not in html.replace("<!--", "").split("-->")[-1]
    assert html.count("-->") == 1
    markdown = render_additions(report, markup="markdown")
    table = [line for line in markdown.splitlines() if line.startswith("|")]
    assert len(table) == 3
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 3 for line in table)
    assert "\x1b" not in html + markdown + render_additions(report)
