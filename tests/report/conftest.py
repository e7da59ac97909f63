"""Reports made by hand, from policy words of our own."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from linter.errors import MESSAGES as ERRORS
from linter.errors import ErrorText
from linter.verdict import (
    DocumentRecord,
    ErrorRecord,
    Evidence,
    Finding,
    MentionRecord,
    Note,
    Report,
    Requirement,
    Role,
    Severity,
    Status,
    Verdict,
    Versions,
)

_BOTH = (Role.RECIPIENT, Role.CO_PROCESSOR)
REQUIREMENTS = {
    r.code: r
    for r in (
        Requirement("entity-name", "RS101", Severity.ERROR, _BOTH),
        Requirement("entity-contact", "RS102", Severity.ERROR, _BOTH),
        Requirement("processing-purpose", "RS103", Severity.ERROR, _BOTH),
        Requirement("processing-method", "RS104", Severity.ERROR, _BOTH),
        Requirement("information-scope", "RS105", Severity.ERROR, _BOTH),
        Requirement("entity-privacy-policy", "RS106", Severity.ERROR, _BOTH),
        Requirement("separate-consent", "RS201", Severity.ERROR, (Role.RECIPIENT,)),
        Requirement("impact-assessment", "RS202", Severity.WARNING, (Role.RECIPIENT,)),
    )
}
VERSIONS = Versions("1.2.3", "2026.11", "2026.11")
TEXT_ZH = (
    "青禾看房隐私政策\n三、第三方 SDK\n3.1 合作方清单\n"
    "第三方名称：如视 SDK\n运营方：如你之视（北京）科技有限公司\n"
    "用途：在房源页加载三维空间，并统计展示是否成功，以便及时修复无法打开的空间\n"
    "收集的信息：设备型号、操作系统版本、网络状态\n官网：https://www.realsee.com\n"
    "四、同意\n我们会在征得您的同意后向上述第三方提供信息。"
)
TEXT_EN = (
    "Orchard Homes privacy notice\n5. Partners\nRealsee shows our 3D tours. "
    "Realsee uses your information to provide services.\n6. Contact\n"
    "Write to help@orchard.example with any question."
)


def evidence(
    text: str, quote: str, headings: tuple[str, ...], kind: str = "key-value", **more: str | None
) -> Evidence:
    """Evidence at the only place where ``text`` has ``quote``."""
    assert text.count(quote) == 1, quote
    start = text.index(quote)
    end = start + len(quote)
    return Evidence(
        quote,
        0,
        start,
        end,
        headings,
        kind,
        more.get("column"),
        text[max(0, start - 32) : start],
        text[end : end + 32],
        more.get("href"),
    )


def finding(code: str, verdict: Verdict, vendor: str = "Realsee", **more: object) -> Finding:
    """A finding with the message and fingerprint that its verdict asks for."""
    requirement = REQUIREMENTS[code]
    settings: dict[str, object] = {
        "confidence": 0.97,
        "message": Note.of(f"{requirement.id}.{verdict}", vendor=vendor),
        "fingerprint": hashlib.sha256(f"{code}{verdict}".encode()).hexdigest()[:16],
    }
    return Finding(requirement=requirement, verdict=verdict, **{**settings, **more})  # type: ignore[arg-type]


def report(source: str, status: Status, findings: tuple[Finding, ...], **more: object) -> Report:
    """A report with what most of them share."""
    settings: dict[str, object] = {
        "url": None,
        "vendor": "realsee",
        "vendor_name": "Realsee",
        "role": Role.RECIPIENT,
        "role_requested": Role.RECIPIENT,
        "language": "zh-hans",
        "mentions": (),
        "documents": (DocumentRecord(None, "ab" * 32, "policy", "whole"),),
        "errors": (),
        "versions": VERSIONS,
    }
    return Report(source=source, status=status, findings=findings, **{**settings, **more})  # type: ignore[arg-type]


_ENTRY = ("三、第三方 SDK", "3.1 合作方清单")


def _chinese() -> dict[str, Finding]:
    bound = Note.of("binding.entry", quote="如视 SDK")
    return {
        "RS101": finding(
            "RS101",
            Verdict.PRESENT,
            evidence=(evidence(TEXT_ZH, "如你之视（北京）科技有限公司", _ENTRY, column="运营方"),),
            why=(Note.of("mention.legal-name", quote="如你之视（北京）科技有限公司"),),
        ),
        "RS102": finding(
            "RS102",
            Verdict.MISSING,
            searched=(
                Note.of("searched.entry", where="3.1 合作方清单"),
                Note.of("searched.document", characters=1234),
            ),
            nearest=evidence(TEXT_ZH, "https://www.realsee.com", _ENTRY, column="官网"),
            nearest_why=Note.of("reason.website-only"),
            suggestion="联系方式：developer@realsee.com",
        ),
        "RS103": finding(
            "RS103",
            Verdict.PRESENT,
            confidence=0.87654,
            evidence=(
                evidence(
                    TEXT_ZH,
                    "在房源页加载三维空间，并统计展示是否成功，以便及时修复无法打开的空间",
                    _ENTRY,
                    column="用途",
                ),
            ),
            why=(bound, Note.of("signal.model", kind="purpose", probability="0.88")),
        ),
        "RS104": finding(
            "RS104",
            Verdict.MISSING,
            searched=(
                Note.of("searched.mentions", count=2),
                Note.of("searched.entry", where="3.1 合作方清单"),
            ),
            suggestion="处理方式：⟦如属实：由集成的如视 SDK 在设备端采集并经加密接口传输⟧",
        ),
        "RS105": finding(
            "RS105",
            Verdict.PRESENT,
            evidence=(
                evidence(TEXT_ZH, "设备型号、操作系统版本、网络状态", _ENTRY, column="收集的信息"),
            ),
            why=(bound,),
        ),
        "RS106": finding(
            "RS106",
            Verdict.AMBIGUOUS,
            evidence=(
                evidence(
                    TEXT_ZH,
                    "https://www.realsee.com",
                    _ENTRY,
                    column="官网",
                    href="https://www.realsee.com",
                ),
            ),
            why=(bound, Note.of("reason.website-home")),
            suggestion="隐私政策：https://home.realsee.com/legal",
        ),
        "RS201": finding(
            "RS201",
            Verdict.AMBIGUOUS,
            confidence=0.61,
            needs_review=True,
            evidence=(
                evidence(
                    TEXT_ZH,
                    "我们会在征得您的同意后向上述第三方提供信息",
                    ("四、同意",),
                    "paragraph",
                ),
            ),
            why=(Note.of("binding.governing", quote="如视 SDK"), Note.of("reason.plain-consent")),
            suggestion="在向如你之视（北京）科技有限公司提供您的个人信息前，我们会以弹窗等方式取得您的单独同意。",
        ),
        "RS202": finding(
            "RS202",
            Verdict.MISSING,
            searched=(
                Note.of("searched.mentions", count=2),
                Note.of("searched.entry", where="3.1 合作方清单"),
            ),
            suggestion="我们已就向如你之视（北京）科技有限公司提供个人信息事先开展个人信息保护影响评估。",
        ),
    }


def _fail() -> Report:
    start = TEXT_ZH.index("如视 SDK")
    return report(
        "policies/qinghe.html",
        Status.FAIL,
        tuple(_chinese().values()),
        mentions=(MentionRecord("如视 SDK", 0, start, start + 6),),
        documents=(DocumentRecord(None, "cd" * 32, "policy", "whole", text=TEXT_ZH),),
    )


def _passing() -> Report:
    findings = _chinese()
    shown = [
        findings["RS101"],
        finding("RS102", Verdict.MISSING, waived=True),
        findings["RS103"],
        finding("RS202", Verdict.NOT_APPLICABLE),
    ]
    start = TEXT_ZH.index("如视 SDK")
    return report(
        "https://qinghe.example/privacy?from=app",
        Status.PASS,
        tuple(shown),
        url="https://qinghe.example/privacy",
        mentions=(MentionRecord("如视 SDK", 0, start, start + 6),),
        role=Role.CO_PROCESSOR,
        role_requested=Role.AUTO,
        role_why=(Note.of("role.auto-co-processor", quote="与如视共同处理"),),
        documents=(
            DocumentRecord(
                "https://qinghe.example/privacy",
                "ef" * 32,
                "policy",
                "whole",
                fetched_at="2026-11-20T08:00:00Z",
            ),
        ),
    )


def _review() -> Report:
    place = ("5. Partners",)
    start = TEXT_EN.index("Realsee")
    found = {
        "RS101": finding(
            "RS101",
            Verdict.AMBIGUOUS,
            evidence=(evidence(TEXT_EN, "Realsee shows", place, "paragraph"),),
            why=(Note.of("binding.row", quote="Realsee"), Note.of("reason.brand-only")),
            suggestion="Third party: Runizhishi (Beijing) Technology Co., Ltd.",
        ),
        "RS103": finding(
            "RS103",
            Verdict.PRESENT,
            confidence=0.55,
            needs_review=True,
            evidence=(evidence(TEXT_EN, "shows our 3D tours", place, "paragraph"),),
        ),
        "RS102": finding(
            "RS102",
            Verdict.UNVERIFIABLE,
            why=(Note.of("deferral.unread", title="List of partners"),),
            searched=(Note.of("searched.mentions", count=2),),
            nearest=evidence(TEXT_EN, "help@orchard.example", ("6. Contact",), "paragraph"),
            nearest_why=Note.of("reason.own-contact"),
            suggestion="Contact: developer@realsee.com",
        ),
    }
    return report(
        "orchard.html",
        Status.REVIEW,
        tuple(found.values()),
        language="en",
        mentions=(MentionRecord("Realsee", 0, start, start + 7),),
        documents=(
            DocumentRecord(None, "01" * 32, "policy", "whole", text=TEXT_EN),
            DocumentRecord(
                "https://orchard.example/partners", None, "linked-list", "no", "timeout"
            ),
        ),
    )


def _no_mention() -> Report:
    searched = (
        Note.of("searched.nothing-names-vendor"),
        Note.of("searched.document", characters=5321),
    )
    findings = tuple(
        finding(code, Verdict.MISSING, searched=searched, suggestion=f"Words for {code}.")
        for code in REQUIREMENTS
    )
    return report("plain.txt", Status.FAIL, findings, language="en")


def _deferring() -> Report:
    why = (Note.of("deferral.unread", title="《第三方 SDK 目录》"),)
    findings = tuple(
        finding(code, Verdict.MISSING)
        if code in ("RS201", "RS202")
        else finding(code, Verdict.UNVERIFIABLE, why=why)
        for code in REQUIREMENTS
    )
    return report("deferring.html", Status.FAIL, findings)


def _unreadable() -> Report:
    findings = tuple(finding(code, Verdict.UNVERIFIABLE, confidence=0.0) for code in REQUIREMENTS)
    return report(
        "https://gone.example/privacy",
        Status.UNREADABLE,
        findings,
        language=None,
        documents=(DocumentRecord("https://gone.example/privacy", None, "policy", "no"),),
        errors=(ErrorRecord("fetch", "made-up-code", 0, (("status", "404"),), "RS001"),),
    )


@pytest.fixture
def reports() -> dict[str, Report]:
    """Reports by name, one for each thing that a report can be."""
    return {
        "fail": _fail(),
        "pass": _passing(),
        "review": _review(),
        "no-mention": _no_mention(),
        "deferring": _deferring(),
        "unreadable": _unreadable(),
    }


# The files of two of the reports, as somebody might keep them in a repository.
FILES = {
    "policies/qinghe.html": "<!doctype html>\n<title>青禾看房</title>\n"
    + "".join(f"<p>{line}</p>\n" for line in TEXT_ZH.split("\n")),
    "orchard.html": "<h1>Orchard Homes privacy notice</h1>\n<p>Realsee\n   shows our 3D tours. "
    "Realsee uses your information to provide services.</p>\n<p>Write to "
    "help&#64;orchard.example with any question.</p>\n",
    "plain.txt": "Nobody is named here.\n",
}
HOSTILE = (
    "=cmd|'/C calc'!A0 @octocat #1 <img src=x onerror=alert(1)> [click](https://evil.example) "
    "![p](https://evil.example/p.png) `` ` ``` ]]> &amp; {0} | ** __ ~~ \\ %0A::error::x "
    "www.evil.example\r\n::set-output name=a::b\n## Heading\n- [ ] task\n</script>\x00\x1b[31m"
    "\u202e\u2028\ufffe\ud800 end"
)


def stored(report: Report, folder: Path) -> Report:
    """The report of a file that is written into a folder, with the hash of what it holds."""
    content = FILES[report.source].encode()
    path = folder / report.source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    own = dataclasses.replace(report.documents[0], sha256=hashlib.sha256(content).hexdigest())
    return dataclasses.replace(report, documents=(own, *report.documents[1:]))


@pytest.fixture
def repository(
    reports: dict[str, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Report]:
    """The reports, three of which are of files in the working directory."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return {n: stored(r, folder) if r.source in FILES else r for n, r in reports.items()}


@pytest.fixture
def hostile(repository: dict[str, Report]) -> Report:
    """A report of which every word that comes from outside is meant to do harm."""
    quote = Evidence(HOSTILE, 0, 0, len(HOSTILE), (HOSTILE,), "paragraph", HOSTILE, "", "", HOSTILE)
    findings = tuple(
        finding(
            code,
            verdict,
            vendor=HOSTILE,
            evidence=(quote,),
            nearest=quote,
            why=(Note.of("binding.row", quote=HOSTILE),),
            suggestion=HOSTILE,
            needs_review=code == "RS101",
            waived=code == "RS104",
        )
        for code, verdict in zip(REQUIREMENTS, [*Verdict, *Verdict], strict=False)
    )
    error = ErrorRecord("fetch", "made-up-code", 0, (("status", HOSTILE),), "RS001")
    return dataclasses.replace(
        repository["fail"], findings=findings, errors=(error,), vendor_name=HOSTILE
    )


@pytest.fixture
def made_up_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the error that the unreadable report has."""
    words = ErrorText(
        "The server answered {status}.",
        "Check the address in a browser.",
        "服务器返回 {status}。",
        "请在浏览器中检查网址。",
    )
    monkeypatch.setitem(ERRORS, "made-up-code", words)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares a text with the golden file of a name; RENEW_GOLDEN=1 renews the file."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).with_name("golden") / name
        if os.environ.get("RENEW_GOLDEN"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare
