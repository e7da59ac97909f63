"""``disclosure-lint suggest``: what is printed, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.cli import main

NOTHING = "<h1>暖屋隐私政策</h1><p>我们收集您的手机号码，用于注册和登录账户。</p>"


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "policy.html"
    path.write_text(NOTHING, "utf-8")
    return str(path)


def test_a_whole_set_is_printed_in_the_policys_language(
    policy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["suggest", policy, "--lang", "en", "--shape", "list"]) == 0
    out = capsys.readouterr().out
    assert "第三方名称：如你之视（北京）科技有限公司" in out
    assert "联系方式：developer@realsee.com" in out
    assert "# Publish only if it is true." in out
    assert out.count("⟦") == 4
    words = [line for line in out.splitlines() if line and not line.startswith("#")]
    assert len(words) == 8


def test_the_role_decides_what_is_owed(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", policy, "--role", "co-processor", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "共同处理" in out
    assert "单独同意" not in out
    assert "影响评估" not in out


def test_html_and_markdown_can_be_pasted(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", policy, "--shape", "table", "--format", "html"]) == 0
    html = capsys.readouterr().out
    assert "<tr><th>第三方名称</th>" in html
    assert main(["suggest", policy, "--shape", "table", "--format", "markdown"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert len(rows) == 3


def test_a_policy_that_cannot_be_read_gets_no_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["suggest", str(tmp_path / "absent.html"), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert not captured.out
    assert "absent.html" in captured.err


def test_a_policy_that_says_all_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "whole.html"
    path.write_text(
        NOTHING + "<p>公司名称：如你之视（北京）科技有限公司<br>联系方式：developer@realsee.com<br>"
        "使用目的：展示三维空间<br>处理方式：由 SDK 在设备端采集，经加密接口传输<br>"
        "信息种类：设备型号、操作系统版本<br>隐私政策：https://home.realsee.com/legal</p>",
        "utf-8",
    )
    assert main(["suggest", str(path), "--role", "co-processor", "--lang", "en"]) == 0
    captured = capsys.readouterr()
    assert not captured.out
    assert "Nothing is to be added" in captured.err
