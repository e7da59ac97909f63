"""The one use case on whole documents, good and bad: never ``missing`` for what was not read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from linter import check, render
from linter.errors import ConfigError, UsageError
from linter.fetch import FetchOptions
from linter.report import exit_code
from linter.report.schema import report_schema
from linter.rules import Confidence
from linter.settings import FailOn, Judging
from linter.verdict import Report, Role, Severity, Status, Verdict

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "corpus" / "examples" / "example-policy.html"
OTHER_VENDOR = Path(__file__).parent / "vendors" / "data" / "lantern.toml"
POLICY = """<h1>隐私政策</h1><p>我们收集您的手机号，用于注册账号；我们与合作方共享您的设备信息。</p>
<table><tr><th>SDK名称</th><th>使用目的</th><th>收集的个人信息</th></tr>
<tr><td>如视VR SDK</td><td>三维看房</td><td>设备型号</td></tr></table>"""
VALIDATOR = jsonschema.Draft202012Validator(report_schema())


def judged(
    source: str = "policy.html", content: bytes | str = POLICY, **settings: object
) -> Report:
    raw = content.encode() if isinstance(content, str) else content
    report = check(source, content=raw, include_text=True, **settings)  # type: ignore[arg-type]
    for format_ in ("json", "jsonl"):
        text = render([report], format=format_)  # type: ignore[arg-type]
        shape = json.loads(text)
        VALIDATOR.validate(shape[0] if format_ == "json" else shape)
    return report


def verdicts(report: Report) -> dict[str, str]:
    return {f.requirement.code: f.verdict.value for f in report.findings}


BAD = [
    ("nothing", b"", "fetch-empty", "RS001"),
    ("blank", b"  \n\t\r\n ", "fetch-empty", "RS001"),
    ("image", b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 50, "fetch-media-type", "RS001"),
    ("pdf", b"%PDF-1.7\n1 0 obj", "segment-damaged", "RS001"),
    (
        "script shell",
        b"<html><head><title>App</title><script src=/app.js></script></head>"
        b"<body><div id=app></div><noscript>Enable JavaScript.</noscript></body></html>",
        "segment-script-drawn",
        "RS001",
    ),
    (
        "login page",
        "<title>登录</title><form><input name=u><input type='password'>"
        "<button>登录</button></form><p>请先登录后查看</p>".encode(),
        "segment-login",
        "RS001",
    ),
    (
        "bot check",
        "<title>验证</title><p>环境异常</p><p>当前环境异常，完成验证后即可继续访问。</p>".encode(),
        "segment-bot-check",
        "RS001",
    ),
    (
        "Japanese",
        (
            "<h1>プライバシーポリシー</h1>"
            + "<p>当社は、お客様の個人情報を適切に取り扱い、第三者に提供しません。</p>" * 8
        ).encode(),
        "segment-language",
        "RS001",
    ),
    (
        "Korean",
        (
            "<h1>개인정보 처리방침</h1>" + "<p>회사는 이용자의 개인정보를 수집합니다.</p>" * 8
        ).encode(),
        "segment-language",
        "RS001",
    ),
    (
        "news",
        (
            "<h1>城市新闻</h1>"
            + "<p>今天下午，本市举办了一场花展，吸引了许多市民前来参观。</p>" * 9
        ).encode(),
        "not-a-privacy-policy",
        "RS002",
    ),
    ("tags only", b"<html><body><div></div><br></body></html>", "segment-no-text", "RS001"),
]


@pytest.mark.parametrize(("content", "code", "rule"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
@pytest.mark.parametrize("role", ["recipient", "co-processor", "auto"])
def test_what_cannot_be_judged_is_unreadable_with_its_reason(
    content: bytes, code: str, rule: str, role: str
) -> None:
    report = judged("policy.html", content, role=role)
    assert report.status is Status.UNREADABLE
    assert exit_code(report) == exit_code(report, exit_zero=True) == 2
    [error] = report.errors
    assert (error.code, error.rule) == (code, rule)
    said = set(verdicts(report).values())
    assert said <= {"unverifiable", "not-applicable"}
    assert "unverifiable" in said
    for lang in ("en", "zh"):
        text = render([report], format="text", lang=lang)
        assert rule in text
        assert code in text
        assert "Traceback" not in text


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("/nowhere/policy.html", "fetch-no-file"),
        ("http://127.0.0.1/privacy", "fetch-blocked"),
        ("http://169.254.169.254/latest/meta-data/", "fetch-blocked"),
        ("ftp://site.example/policy", "fetch-scheme"),
        ("https://user:pw@site.example/", "fetch-userinfo"),
    ],
)
def test_a_source_that_cannot_be_had(source: str, code: str) -> None:
    report = check(source)
    assert report.status is Status.UNREADABLE
    assert report.errors[0].code == code
    assert report.documents[0].read == "no"


def test_an_empty_folder_and_a_folder_where_a_file_is_meant(tmp_path: Path) -> None:
    assert check(str(tmp_path)).errors[0].code == "fetch-empty-directory"
    (tmp_path / "a.txt").write_text("隐私政策", "utf-8")
    assert check(str(tmp_path)).errors[0].code == "fetch-directory"


def test_five_megabytes_are_read_whole() -> None:
    filler = "<div><p>我们采用加密措施保护您的信息。</p></div>" * 70_000
    report = judged("big.html", f"{POLICY}{filler}<p>联系如视：developer@realsee.com</p>")
    assert len(filler.encode()) > 3_900_000
    assert report.documents[0].read == "whole"
    assert verdicts(report)["RS105"] == "present"
    text = report.documents[0].text
    assert text is not None
    assert "developer@realsee.com" in text


@pytest.mark.parametrize("depth", [400, 3000])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    report = judged("deep.html", "<div>" * depth + POLICY + "</div>" * depth)
    assert verdicts(report)["RS103"] == "present"


@pytest.mark.parametrize(
    "content",
    [
        POLICY.replace("</td>", "").replace("</tr>", "").replace("</th>", "").replace("</p>", ""),
        POLICY.replace("</table>", ""),
        "<html><body><div><b><p>" + POLICY + "<table><tr><td",
        POLICY + "<!-- never closed",
        POLICY.replace("<table>", "<table\x00 class='x\"y'>"),
    ],
)
def test_what_is_never_closed_is_read(content: str) -> None:
    report = judged("open.html", content)
    assert verdicts(report)["RS103"] == "present"
    assert verdicts(report)["RS105"] == "present"


@pytest.mark.parametrize(
    ("declared", "real"),
    [("gb2312", "gb18030"), ("iso-8859-1", "utf-8"), ("utf-8", "gb18030"), ("big5", "utf-8")],
)
def test_a_wrong_charset_changes_no_verdict(declared: str, real: str) -> None:
    page = f'<meta charset="{declared}">{POLICY}'
    assert verdicts(judged("x.html", page.encode(real))) == verdicts(judged())


def test_traditional_chinese_is_judged() -> None:
    page = """<h1>私隱政策</h1><p>我們收集您的電話號碼，用於登入。我們與夥伴共享您的資料。</p>
<table><tr><th>SDK名稱</th><th>使用目的</th><th>收集的個人資料</th><th>聯絡方式</th></tr>
<tr><td>如視VR SDK</td><td>展示樓盤的三維模型</td><td>裝置型號</td><td>-</td></tr></table>"""
    report = judged("hant.html", page)
    assert report.language == "zh-hant"
    said = verdicts(report)
    assert (said["RS103"], said["RS105"], said["RS102"]) == ("present", "present", "missing")


def test_a_truncated_policy_is_never_missing_anything() -> None:
    options = FetchOptions(max_bytes=len(POLICY.encode()) - 60)
    report = judged("cut.html", POLICY, fetch_options=options)
    assert report.documents[0].read == "partial"
    assert exit_code(report) == 2
    assert [e.code for e in report.errors] == ["fetch-truncated"]
    assert "missing" not in verdicts(report).values()


def test_lost_characters_are_said_and_nothing_is_missing() -> None:
    raw = POLICY.encode("gb18030").replace("设备型号".encode("gb18030"), b"\xff\xff\xff\x80")
    report = judged("lost.html", raw)
    assert [e.code for e in report.errors] == ["fetch-replaced"]
    assert "missing" not in verdicts(report).values()


def test_a_policy_of_bad_bytes_is_unreadable() -> None:
    report = judged("bad.html", b"<p>" + b"\xff\x81 " * 4000)
    assert report.status is Status.UNREADABLE


def test_no_mention_is_missing_everywhere() -> None:
    report = judged("none.html", POLICY.replace("如视VR SDK", "云帆推送 SDK"))
    assert set(verdicts(report).values()) == {"missing"}
    assert report.mentions == ()
    assert report.status is Status.FAIL


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (render([judged()], format="json") for _ in range(2))
    assert first == second


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        f"from linter import check, render; print(render([check({str(EXAMPLE)!r})], format='json'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1


def test_every_quote_stands_where_it_says() -> None:
    report = judged("example.html", EXAMPLE.read_bytes())
    text = report.documents[0].text
    assert text is not None
    for finding in report.findings:
        for evidence in finding.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
            assert text[: evidence.start].endswith(evidence.prefix)
            assert text[evidence.end :].startswith(evidence.suffix)
    for mention in report.mentions:
        assert text[mention.start : mention.end] == mention.quote


def test_the_example_shows_each_verdict() -> None:
    report = judged("example.html", EXAMPLE.read_bytes())
    said = verdicts(report)
    assert said["RS101"] == said["RS103"] == said["RS104"] == said["RS105"] == "present"
    assert said["RS106"] == "present"
    assert said["RS102"] == "ambiguous"
    assert said["RS201"] == said["RS202"] == "missing"
    for finding in report.findings:
        assert bool(finding.suggestion) == (finding.verdict is not Verdict.PRESENT)


def test_roles() -> None:
    assert judged(role=Role.CO_PROCESSOR).role is Role.CO_PROCESSOR
    assert verdicts(judged(role="co-processor"))["RS201"] == "not-applicable"
    joint = POLICY + "<p>我们与如视为共同处理者，共同决定处理目的和方式。</p>"
    assert judged("a.html", joint, role="auto").role is Role.CO_PROCESSOR
    report = judged("a.html", POLICY, role="auto")
    assert (report.role, report.role_requested) == (Role.RECIPIENT, Role.AUTO)
    assert report.role_why
    with pytest.raises(UsageError):
        check("a.html", content=POLICY.encode(), role="nobody")


@pytest.mark.parametrize(
    "words",
    [
        "<p>我们与如视不构成共同处理者，我们向如视共享您的设备型号。</p>",
        "<p>如视并非共同个人信息处理者。</p>",
        "<p>如视与我们是否为共同处理者，如果有疑问，以合同为准。</p>",
        "<h2>委托处理、共享、共同处理</h2><p>如视：展示三维样板间。</p>",
        "<p>我们委托如视处理您的设备型号。如视与我们为共同处理者。</p>",
        "<p>Realsee is not a joint controller with us.</p>",
        "<p>Unlike Acme Ltd., with which we are joint controllers, Realsee shows tours.</p>",
    ],
)
def test_a_role_in_doubt_is_the_strictest(words: str) -> None:
    report = judged("a.html", POLICY + words, role="auto")
    assert report.role is Role.RECIPIENT
    assert verdicts(report)["RS201"] != "not-applicable"


def test_another_vendor_is_judged_by_its_own_names() -> None:
    page = POLICY.replace("如视VR SDK", "灯笼SDK（灯笼云图（杭州）科技有限公司）")
    report = judged("a.html", page, vendor=str(OTHER_VENDOR))
    assert report.vendor == "lantern"
    assert verdicts(report)["RS101"] == "present"
    assert set(verdicts(judged("a.html", page)).values()) == {"missing"}
    assert set(verdicts(judged("a.html", POLICY, vendor=str(OTHER_VENDOR))).values()) == {"missing"}
    text = render([report], format="text", lang="zh")
    assert "如视" not in text


def test_an_unknown_vendor_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError):
        check("a.html", content=POLICY.encode(), vendor="nobody")


def test_hidden_words_alone_prove_nothing() -> None:
    hidden = POLICY + "<p style='display:none'>如视的联系方式：developer@realsee.com</p>"
    assert verdicts(judged("a.html", hidden))["RS102"] != "present"


def test_what_the_page_holds_is_never_run_or_printed_raw() -> None:
    page = POLICY.replace("三维看房", "三维看房\x1b]0;owned\x07<script>alert(1)</script>")
    text = render([judged("a\x1b[31m.html", page)], format="text")
    assert "\x1b" not in text
    assert "\x07" not in text


UNSEEN = [
    '<script>var list="<td>如视VR SDK</td><td>如你之视（北京）科技有限公司</td>"</script>',
    '<input type=hidden value="如视VR SDK，如你之视（北京）科技有限公司，用于三维展示">',
    '<iframe src="https://docs.example/third-party-sdk-list"></iframe>',
]


@pytest.mark.parametrize("rest", UNSEEN)
def test_what_only_a_script_a_field_or_a_frame_holds_is_not_missing(rest: str) -> None:
    said = (
        "<p>我们收集您的手机号，用于注册账号；我们会保护您的个人信息，并采取必要的安全措施。</p>"
        * 12
    )
    report = judged(content=f"<h1>隐私政策</h1>{said}<h2>第三方SDK目录</h2>{rest}")
    assert set(verdicts(report).values()) == {"unverifiable"}
    assert exit_code(report) == 2


def test_the_companies_of_a_scripts_licence_leave_no_gap() -> None:
    rest = '<script>/* Copyright Example Inc. */ var n = {"name": "云帆科技有限公司"}</script>'
    report = judged(content=POLICY + rest + "<p>云帆科技有限公司 版权所有</p>")
    assert report.documents[0].read == "whole"


# POLICY has a purpose and a scope; the name and the method are vague, all else is missing.
JUDGINGS = [
    (Judging(), "RS101 RS102 RS103 RS104 RS105 RS106 RS201 RS202", Status.FAIL),
    (Judging(select=("RS103", "information-scope")), "RS103 RS105", Status.PASS),
    (Judging(select=("RS101", "RS103")), "RS101 RS103", Status.REVIEW),
    (Judging(select=("RS103", "RS202")), "RS103 RS202", Status.PASS),
    (Judging(select=("RS2",), ignore=("separate-consent",)), "RS202", Status.PASS),
    (Judging(select=("RS202",), fail_on=FailOn.WARNING), "RS202", Status.FAIL),
    (Judging(select=("RS202",), severity={"RS202": Severity.ERROR}), "RS202", Status.FAIL),
    (Judging(select=("RS106",), severity={"RS106": Severity.WARNING}), "RS106", Status.PASS),
    (
        Judging(select=("RS106",), severity={"RS106": Severity.INFO}, fail_on=FailOn.WARNING),
        "RS106",
        Status.PASS,
    ),
    # Nothing that is missing is said to be there because nobody wants to fail.
    (Judging(select=("RS106",), fail_on=FailOn.NEVER), "RS106", Status.FAIL),
]


@pytest.mark.parametrize(("judging", "codes", "status"), JUDGINGS)
def test_what_is_selected_is_judged_and_weighed(
    judging: Judging, codes: str, status: Status
) -> None:
    # No estimates: how sure the verdicts are plays no part here.
    report = judged(judging=judging, confidence=Confidence())
    assert " ".join(f.requirement.code for f in report.findings) == codes
    assert report.status is status
    for finding in report.findings:
        own = Severity.WARNING if finding.requirement.code == "RS202" else Severity.ERROR
        expected = judging.severity.get(finding.requirement.code, own)
        assert finding.requirement.severity is expected


def test_of_an_unread_policy_too_only_what_is_selected_is_listed() -> None:
    report = judged(content=b"", judging=Judging(select=("RS2",)))
    assert verdicts(report) == {"RS201": "unverifiable", "RS202": "unverifiable"}
    assert exit_code(report) == 2


def test_the_fingerprint_does_not_depend_on_the_weight() -> None:
    plain = judged(judging=Judging(select=("RS106",))).findings[0]
    lighter = judged(judging=Judging(select=("RS106",), severity={"RS106": Severity.INFO}))
    assert lighter.findings[0].fingerprint == plain.fingerprint
