"""What editors, shells and terminals ask of the program: names for stdin, completion, progress."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linter.cli import main
from linter.cli.progress import Progress
from linter.report.terminal import columns

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]
MARKDOWN = """# 隐私政策

我们收集您的设备信息。

| SDK | 公司名称 | 目的 |
| --- | --- | --- |
| 如视 | 如你之视（北京）科技有限公司 | 展示三维空间 |
"""


def on_stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def report_on_stdin(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, *options: str
) -> dict[str, Any]:
    on_stdin(monkeypatch, MARKDOWN)
    main(["check", "-", "--format", "jsonl", *options])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


# -- what standard input is called


def test_stdin_is_named_and_read_as_its_suffix_says(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    named = report_on_stdin(monkeypatch, capsys, "--stdin-filename", "docs/privacy.md")
    assert named["source"] == "docs/privacy.md"
    assert named["requirements"][2]["evidence"][0]["kind"] == "table-cell"
    bare = report_on_stdin(monkeypatch, capsys)
    assert bare["source"] == "-"
    text = report_on_stdin(monkeypatch, capsys, "--stdin-filename", "docs/privacy.txt")
    assert text["requirements"] == bare["requirements"] != named["requirements"]


def test_a_file_of_that_name_is_not_read(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    path = tmp_path / "privacy.md"
    path.write_text("# Privacy policy\n\nWe collect your name.\n", "utf-8")
    report = report_on_stdin(monkeypatch, capsys, "--stdin-filename", str(path))
    assert report["source"] == str(path)
    assert report["mentions"]
    address = "https://example.com/privacy.md"
    assert report_on_stdin(monkeypatch, capsys, "--stdin-filename", address)["mentions"]


def test_a_name_without_stdin_is_a_mistake(capsys: Capture) -> None:
    assert main(["check", "a.html", "--stdin-filename", "b.md", "--lang", "en"]) == 2
    assert "--stdin-filename b.md names standard input, which is no source" in (
        capsys.readouterr().err
    )


# -- completion


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("disclosure-lint rule RS10", [f"RS10{n}" for n in range(1, 7)]),
        ("disclosure-lint explain r.json RS20", ["RS201", "RS202"]),
        ("disclosure-lint vendor ", ["list", "validate", "init"]),
    ],
)
def test_the_shell_is_told_how_words_go_on(words: str, offered: list[str]) -> None:
    environment = {
        **os.environ,
        "_DISCLOSURE_LINT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    command = [sys.executable, "-m", "linter"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == offered


def test_python_m_linter_is_the_program() -> None:
    command = [sys.executable, "-m", "linter", "rule", "RS101", "--lang", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("RS101 entity-name")


# -- progress


def stderr_of_a_terminal(*arguments: str, columns: int = 40, term: str = "xterm") -> str:
    """What a run writes to standard error where that is a terminal; its output goes elsewhere."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": term, "COLUMNS": str(columns), "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-m", "linter", "check", *arguments, "--format", "concise"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=theirs
    ) as run:
        os.close(theirs)
        assert run.stdout is not None
        run.stdout.read()
    seen = b""
    try:
        while piece := os.read(ours, 65536):
            seen += piece
    except OSError:  # the terminal's other side is closed
        pass
    finally:
        os.close(ours)
    return seen.decode()


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    names = [tmp_path / f"{word}-{'长' * 30}.md" for word in ("first", "second")]
    for name in names:
        name.write_text(MARKDOWN, "utf-8")
    return [os.path.relpath(name, ROOT) for name in names]


def test_a_terminal_sees_one_line_that_is_gone_at_the_end(pages: list[str]) -> None:
    shown = stderr_of_a_terminal(*pages)
    lines = shown.split("\r\x1b[K")
    assert [line[:5] for line in lines] == ["[1/2]", "[2/2]", ""]
    assert all(columns(line) < 40 for line in lines)
    assert "\n" not in shown


def test_none_is_shown_for_one_source_or_quietly_or_on_a_dumb_terminal(pages: list[str]) -> None:
    assert stderr_of_a_terminal(pages[0]) == ""
    assert stderr_of_a_terminal(*pages, "--quiet") == ""
    assert stderr_of_a_terminal(*pages, term="dumb") == ""


def test_none_is_shown_where_standard_error_is_no_terminal(
    pages: list[str], capsys: Capture
) -> None:
    main(["check", *pages, "--lang", "en"])
    assert capsys.readouterr().err == ""


class _Terminal(io.StringIO):
    encoding = "ascii"

    def isatty(self) -> bool:
        return True


def test_the_line_is_gone_before_anything_is_said_of_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    progress = Progress(2, quiet=False)
    with pytest.raises(ValueError, match="no"), progress.on("\x1b]0;x\x07页.html"):
        raise ValueError("no")
    assert terminal.getvalue() == "[1/2] ?.html\r\x1b[K"
