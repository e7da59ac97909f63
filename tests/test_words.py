"""What a report says in words of what was found, and of what was not."""

from __future__ import annotations

import pytest

from linter import check
from linter.report import render, say
from linter.verdict import Finding

BODY = "<h1>隐私政策</h1><p>我们收集您的个人信息，用于登录和统计。</p>"


def name_finding(body: str) -> Finding:
    report = check("x.html", content=(BODY + body).encode())
    [finding] = [f for f in report.findings if f.requirement.code == "RS101"]
    return finding


def test_a_vendor_that_is_only_denied_is_not_said_to_be_unnamed() -> None:
    finding = name_finding("<p>我们不会向如视共享您的任何个人信息。</p>")
    assert finding.verdict == "missing"
    keys = [n.key for n in finding.searched]
    assert keys == ["searched.document", "searched.only-denied"]
    assert "我们不会向如视共享您的任何个人信息" in say(finding.searched[1])
    assert "“我们不会向如视共享您的任何个人信息。”" in say(finding.searched[1], "zh")


def test_a_vendor_that_is_named_nowhere_is_said_to_be() -> None:
    keys = [n.key for n in name_finding("<p>我们使用地图服务。</p>").searched]
    assert keys == ["searched.document", "searched.nothing-names-vendor"]


@pytest.mark.parametrize(
    "reference",
    ['详见<a href="https://x.example/a">《第三方SDK目录》</a>。', "详见《第三方SDK目录》。"],
)
def test_a_title_is_said_as_the_document_writes_it(reference: str) -> None:
    finding = name_finding(f"<p>我们接入的第三方{reference}</p>")
    assert finding.verdict == "unverifiable"
    assert any(("title", "第三方SDK目录") in n.params for n in finding.why)


def test_empty_standard_input_is_called_so() -> None:
    report = check("-", content=b"")
    assert "Standard input holds nothing." in render([report], format="text")
