"""``disclosure-lint check``: exit codes, options, standard input, crashes."""

from __future__ import annotations

import importlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linter import fetch
from linter.cli import main
from linter.errors import MESSAGES as ERRORS
from linter.errors import ConfigError, ErrorText, FetchError
from linter.settings import Following, Judging
from linter.verdict import Role, Severity

Raising = Callable[[BaseException], Callable[[], None]]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def made_up_error(monkeypatch: pytest.MonkeyPatch) -> str:
    words = ErrorText("Line {line} is wrong.", "Mend it.", "第 {line} 行有误。", "请修改。")
    monkeypatch.setitem(ERRORS, "made-up", words)
    return "made-up"


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        (["pass.html"], 0),
        (["fail.html"], 1),
        (["review.html"], 1),
        (["unreadable.html"], 2),
        (["partial.html"], 2),
        (["pass.html", "fail.html"], 1),
        (["fail.html", "unreadable.html", "pass.html"], 2),
    ],
)
def test_exit_codes(stub: Any, sources: list[str], code: int) -> None:
    assert main(["check", *sources]) == code


@pytest.mark.parametrize(
    ("source", "code"),
    [("pass.html", 0), ("fail.html", 0), ("review.html", 0), ("partial.html", 2)],
)
def test_exit_zero_turns_only_1_into_0(stub: Any, source: str, code: int) -> None:
    assert main(["check", source, "--exit-zero"]) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "pass.html", "--role", "owner"],
        ["check", "pass.html", "--format", "xml"],
        ["check", "pass.html", "--no-such-option"],
        ["no-such-command"],
    ],
)
def test_usage_errors_exit_2(stub: Any, arguments: list[str], capsys: Capture) -> None:
    assert main(arguments) == 2
    assert stub.calls == []
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "option",
    [
        ["--proxy", "foo bar"],
        ["--proxy", "ftp://p.example"],
        ["--base-url", "not a url"],
        ["--ca-bundle", "no-such.pem"],
        ["--ca-bundle", str(Path(__file__).with_name("conftest.py"))],
    ],
)
def test_options_that_nothing_can_come_of(stub: Any, option: list[str], capsys: Capture) -> None:
    assert main(["check", "pass.html", *option]) == 2
    assert stub.calls == []
    said = capsys.readouterr()
    assert said.out == ""
    assert option[1] in said.err
    assert "crashed" not in said.err


def test_the_options_reach_the_check(stub: Any, tmp_path: Path) -> None:
    bundle = tmp_path / "own.pem"
    bundle.write_text("-----BEGIN CERTIFICATE-----\n")
    options = ["--role", "auto", "--vendor", "own.toml", "--base-url", "https://a.example/"]
    options += ["--include-text", "--proxy", "http://p.example:8080", "--ca-bundle", str(bundle)]
    options += ["--allow-host", "localhost", "--allow-host", "preview.example"]
    options += ["--follow", "2", "--no-discover", "--agreement", "terms.html"]
    options += ["--render", "always", "--select", "RS101,separate-consent"]
    options += ["--severity", "entity-name=warning"]
    assert main(["check", "pass.html", *options]) == 0
    [(source, settings)] = stub.calls
    assert source == "pass.html"
    fetch_options = settings.pop("fetch_options")
    assert settings == {
        "content": None,
        "role": Role.AUTO,
        "vendor": "own.toml",
        "base_url": "https://a.example/",
        "include_text": True,
        "following": Following(depth=2, local=True, discover=False),
        "judging": Judging(select=("RS101", "RS201"), severity={"RS101": Severity.WARNING}),
        "agreement": "terms.html",
    }
    assert fetch_options.proxy == "http://p.example:8080"
    assert fetch_options.ca_bundle == str(bundle)
    assert fetch_options.allow_hosts == {"localhost", "preview.example"}
    assert fetch_options.render == "always"


def test_the_defaults_are_the_strictest(stub: Any) -> None:
    main(["check", "pass.html"])
    settings = stub.calls[0][1]
    options = settings.pop("fetch_options")
    assert settings == {
        "content": None,
        "role": Role.RECIPIENT,
        "vendor": "realsee",
        "base_url": None,
        "include_text": False,
        "following": Following(local=True),
        "judging": Judging(),
        "agreement": None,
    }
    assert options.snapshots.folder.name == "disclosure-lint"
    assert options == fetch.FetchOptions(snapshots=options.snapshots)


def test_no_cache_and_offline_reach_the_check(stub: Any) -> None:
    main(["check", "pass.html", "--no-cache"])
    main(["check", "pass.html", "--offline"])
    without, offline = (settings["fetch_options"] for _, settings in stub.calls)
    assert without == fetch.FetchOptions()
    assert offline == fetch.FetchOptions(snapshots=offline.snapshots, offline=True)
    assert offline.snapshots is not None


def test_offline_without_a_cache_is_a_wrong_usage(stub: Any, capsys: Capture) -> None:
    assert main(["check", "pass.html", "--offline", "--no-cache", "--format", "json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--no-cache" in said.err
    assert stub.calls == []


def test_no_follow_reads_no_list_at_all(stub: Any) -> None:
    main(["check", "pass.html", "--no-follow"])
    assert stub.calls[0][1]["following"] == Following(depth=0, local=False)


def test_json_is_an_array_and_nothing_else(stub: Any, capsys: Capture) -> None:
    assert main(["check", "pass.html", "fail.html", "--format", "json", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert [report["status"] for report in json.loads(out)] == ["pass", "fail"]
    assert "政策" not in out


def test_jsonl_is_a_report_a_line_and_nothing_else(stub: Any, capsys: Capture) -> None:
    main(["check", "pass.html", "fail.html", "--format", "jsonl", "--quiet"])
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["pass.html", "fail.html"]


def test_results_appear_as_they_are_done(stub: Any, capsys: Capture) -> None:
    seen = []
    stub.acts["pass-2.html"] = lambda: seen.append(capsys.readouterr().out)
    main(["check", "pass-1.html", "pass-2.html", "--format", "jsonl"])
    assert json.loads(seen[0])["source"] == "pass-1.html"


@pytest.mark.parametrize(
    ("arguments", "environment", "word"),
    [
        (["--lang", "zh"], {}, "不通过"),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "FAIL"),
        ([], {"LANG": "zh_CN.UTF-8"}, "不通过"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "不通过"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "FAIL"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "不通过"),
    ],
)
def test_language(
    stub: Any,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    word: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["check", "fail.html", *arguments])
    assert word in capsys.readouterr().out.splitlines()[0]


def test_quiet_shows_only_what_does_not_pass(stub: Any, capsys: Capture) -> None:
    main(["check", "pass.html", "fail.html", "-q"])
    assert capsys.readouterr().out == "✗ FAIL  fail.html: missing: RS101\n"


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, True),
        (["--no-color"], {}, False),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(
    stub: Any,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    colored: bool,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", _Terminal(raw, encoding="utf-8"))
    main(["check", "fail.html", *arguments])
    assert (b"\x1b[31m" in raw.getvalue()) is colored


def test_no_colour_into_a_pipe(stub: Any, capsys: Capture) -> None:
    main(["check", "fail.html"])
    assert "\x1b" not in capsys.readouterr().out


def test_an_ascii_terminal_gets_ascii_icons(stub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["check", "fail-如视.html"]) == 1
    assert raw.getvalue().startswith(b"x FAIL  fail-\\u5982\\u89c6.html\n")


def test_machine_formats_are_utf_8_whatever_the_locale(
    stub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk"))
    main(["check", "pass-如视.html", "--format", "jsonl"])
    assert json.loads(raw.getvalue().decode("utf-8"))["source"] == "pass-如视.html"


def test_standard_input_is_read_once(stub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff words")))
    assert main(["check", "-", "pass.html", "-"]) == 0
    contents = [(source, settings["content"]) for source, settings in stub.calls]
    assert contents == [("-", b"\xff words"), ("pass.html", None), ("-", b"\xff words")]


def test_closed_standard_input_is_said(
    stub: Any, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["check", "-"]) == 2
    assert "error: cannot read standard input: it is closed." in capsys.readouterr().err


def test_a_directory_is_checked_file_by_file(
    stub: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    expanded = [f"{tmp_path}/pass.html", f"{tmp_path}/fail.html"]
    monkeypatch.setattr(fetch, "expand", lambda source: expanded, raising=False)
    assert main(["check", str(tmp_path), "review.html"]) == 1
    assert [source for source, _ in stub.calls] == [*expanded, "review.html"]


def test_a_directory_that_cannot_be_expanded_still_gets_its_report(
    stub: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made_up_error: str, raising: Raising
) -> None:
    act = raising(FetchError(made_up_error, line=1))
    monkeypatch.setattr(fetch, "expand", lambda source: act(), raising=False)
    main(["check", str(tmp_path), "pass.html"])
    assert [source for source, _ in stub.calls] == [str(tmp_path), "pass.html"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "error: Line 3 is wrong. Mend it.\n"), ("zh", "错误：第 3 行有误。 请修改。\n")],
)
def test_a_bad_vendor_file_ends_the_call(
    stub: Any, capsys: Capture, raising: Raising, made_up_error: str, lang: str, words: str
) -> None:
    stub.acts["pass.html"] = raising(ConfigError(made_up_error, line=3))
    assert main(["check", "pass.html", "fail.html", "--lang", lang]) == 2
    assert capsys.readouterr() == ("", words)
    assert len(stub.calls) == 1


def test_a_crash_is_said_and_spoils_no_other_source(
    stub: Any, capsys: Capture, raising: Raising
) -> None:
    stub.acts["fail-1.html"] = raising(ZeroDivisionError("by \x1b[31mzero"))
    arguments = ["pass-1.html", "fail-1.html", "pass-2.html", "--format", "json", "--exit-zero"]
    assert main(["check", *arguments]) == 2
    captured = capsys.readouterr()
    assert [(r["source"], r["status"]) for r in json.loads(captured.out)] == [
        ("pass-1.html", "pass"),
        ("fail-1.html", "unreadable"),
        ("pass-2.html", "pass"),
    ]
    assert "disclosure-lint crashed on fail-1.html: ZeroDivisionError: by zero" in captured.err
    assert "report it to the maintainers" in captured.err
    assert "Traceback" not in captured.err
    assert "(at linter.cli.check:" in captured.err
    assert str(Path(__file__).parent) not in captured.err


def test_a_crash_is_in_the_output_too(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, raising: Raising, tmp_path: Path
) -> None:
    source = tmp_path / "policy.html"
    source.write_text("<h1>隐私政策</h1><p>我们收集您的个人信息。</p>", "utf-8")
    module = importlib.import_module("linter.check")
    monkeypatch.setattr(module, "classify", lambda *_, **__: raising(KeyError("如视"))())
    assert main(["check", str(source), "--format", "jsonl", "--exit-zero"]) == 2
    [line] = capsys.readouterr().out.splitlines()
    report = json.loads(line)
    assert (report["source"], report["status"]) == (str(source), "unreadable")
    assert {r["verdict"] for r in report["requirements"]} == {"unverifiable"}
    [error] = report["errors"]
    assert (error["phase"], error["code"], error["cause"]) == (
        "internal",
        "RS001",
        "internal-crash",
    )
    assert error["message"].startswith(
        "disclosure-lint crashed on this source (KeyError at linter."
    )
    assert main(["check", str(source), "--lang", "zh"]) == 2
    assert "不是政策的问题" in capsys.readouterr().out


def test_the_traceback_is_shown_on_demand(
    stub: Any, capsys: Capture, raising: Raising, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_LINT_DEBUG", "1")
    stub.acts["fail.html"] = raising(ZeroDivisionError("by zero"))
    assert main(["check", "fail.html"]) == 2
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_crash_outside_the_sources_exits_2_too(
    stub: Any, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "linter.check", None)
    assert main(["check", "pass.html"]) == 2
    err = capsys.readouterr().err
    assert "crashed on disclosure-lint: ModuleNotFoundError" in err
    assert "Traceback" not in err


def test_an_interrupt_exits_130_and_the_array_is_whole(
    stub: Any, capsys: Capture, raising: Raising
) -> None:
    stub.acts["pass-2.html"] = raising(KeyboardInterrupt())
    assert main(["check", "pass-1.html", "pass-2.html", "--format", "json"]) == 130
    captured = capsys.readouterr()
    assert [report["source"] for report in json.loads(captured.out)] == ["pass-1.html"]
    assert captured.err == "interrupted\n"


def test_hostile_sources_do_not_steer_the_terminal(stub: Any, capsys: Capture) -> None:
    main(["check", "fail-\x1b]0;x\x07\x1b[2J\u202e\udcff.html"])
    assert capsys.readouterr().out.startswith("✗ FAIL  fail-\ufffd.html\n")
