"""``disclosure-lint config``, and what a configuration does to ``check``."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from linter.cli import main
from linter.cli.config import commented
from linter.cli.output import FileOutput, OutputError
from linter.rules import REQUIREMENTS
from linter.settings import KEYS, Judging, Settings, configure
from linter.verdict import Role, Severity

Capture = pytest.CaptureFixture[str]
OWN = "disclosure-lint.toml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return tmp_path


def put(text: str, name: str = OWN) -> None:
    Path(name).write_text(text, "utf-8")


def test_the_configuration_reaches_each_check(stub: Any) -> None:
    put(
        'role = "auto"\nvendor = "own.toml"\nfollow = 2\nrender = "never"\nignore = ["RS2"]\n'
        'severity = { RS101 = "warning" }\nfail-on = "warning"\n'
        '[[overrides]]\nsources = ["pass-b*"]\nrole = "co-processor"\nselect = ["RS1"]\n'
    )
    assert main(["check", "pass-a.html", "pass-b.html", "--follow", "0"]) == 0
    (_, first), (_, second) = stub.calls
    assert [c["role"] for c in (first, second)] == [Role.AUTO, Role.CO_PROCESSOR]
    assert first["vendor"] == str(Path.cwd() / "own.toml")
    assert first["following"].depth == second["following"].depth == 0
    assert first["fetch_options"].render == "never"
    severity = {"RS101": Severity.WARNING}
    assert first["judging"] == Judging(
        ignore=("RS201", "RS202"), severity=severity, fail_on=first["judging"].fail_on
    )
    assert second["judging"].ignore == ()
    assert second["judging"].select == tuple(f"RS10{n}" for n in range(1, 7))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["fail.html"], 1),
        (["fail.html", "--fail-on", "never"], 0),
        (["review.html", "--fail-on", "never"], 0),
        (["unreadable.html", "--fail-on", "never"], 2),
        (["fail.html", "--fail-on", "warning", "--exit-zero"], 0),
        (["fail-lenient.html"], 0),
        (["fail-lenient.html", "--no-config"], 1),
        (["fail-lenient.html", "--isolated"], 1),
        (["fail-lenient.html", "--config", "other.toml"], 1),
        (["fail-lenient.html", "--fail-on", "error"], 1),
        (["fail-lenient.html", "fail.html"], 1),
    ],
)
def test_fail_on_decides_the_exit_code(stub: Any, arguments: list[str], code: int) -> None:
    put('[[overrides]]\nsources = ["*lenient*"]\nfail-on = "never"\n')
    put("", "other.toml")
    assert main(["check", *arguments]) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["--select", "RS9"],
        ["--ignore", "RS001"],
        ["--ignore", "ALL"],
        ["--severity", "RS101"],
        ["--severity", "RS101=high"],
        ["--config", "none.toml"],
        ["--config", OWN, "--no-config"],
        ["--fail-on", "info"],
    ],
)
def test_wrong_options_exit_2_and_judge_nothing(
    stub: Any, arguments: list[str], capsys: Capture
) -> None:
    put("")
    assert main(["check", "pass.html", "--format", "json", *arguments]) == 2
    said = capsys.readouterr()
    assert (stub.calls, said.out) == ([], "")
    assert "Traceback" not in said.err
    assert "crashed" not in said.err


@pytest.mark.parametrize(
    "command", [["check", "fail.html", "--output", "old.json"], ["config", "show"]]
)
def test_a_broken_file_exits_2_and_overwrites_nothing(
    stub: Any, command: list[str], capsys: Capture
) -> None:
    put("selct = 1\n")
    put("old", "old.json")
    assert main(command) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{OWN}:1 `selct = 1`: there is no key selct here. The nearest is select." in said.err
    assert Path("old.json").read_text() == "old"


def test_the_mistake_is_told_in_the_reader_s_language(stub: Any, capsys: Capture) -> None:
    put("selct = 1\n")
    main(["check", "pass.html", "--lang", "zh"])
    assert "此处没有 selct 这个键。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [([], "不通过"), (["--lang", "en"], "FAIL"), (["--lang", "auto"], "FAIL")],
)
def test_the_language_of_the_file_is_that_of_the_report(
    stub: Any, capsys: Capture, arguments: list[str], word: str
) -> None:
    put('lang = "zh"')
    main(["check", "fail.html", *arguments])
    assert word in capsys.readouterr().out


def test_verbose_tells_which_file_was_used(stub: Any, capsys: Capture) -> None:
    main(["check", "pass.html", "--verbose"])
    assert "configuration" not in capsys.readouterr().err
    put("")
    main(["check", "pass.html"])
    assert capsys.readouterr().err == ""
    main(["check", "pass.html", "--verbose"])
    assert f"configuration from {Path(OWN).absolute()}" in capsys.readouterr().err


SHOWN = """\
# {file}
select = ["ALL"]  # default
ignore = ["RS202"]  # disclosure-lint.toml:2
severity = {{}}  # default
fail-on = "error"  # default
vendor = "{vendor}"  # default
role = "auto"  # disclosure-lint.toml:1
# follow is not set  # default
render = "auto"  # default
lang = "auto"  # default
waivers = "{folder}/waivers.toml"  # disclosure-lint.toml:3
# baseline is not set  # default

[[overrides]]
sources = ["docs/*"]
severity = {{ RS101 = "info" }}  # disclosure-lint.toml:6
"""
TEXT = """\
role = "auto"
ignore = ["impact-assessment"]
waivers = "waivers.toml"
[[overrides]]
sources = ["docs/*"]
severity = { entity-name = "info" }
"""


def test_show_tells_each_value_and_where_it_came_from(here: Path, capsys: Capture) -> None:
    put(TEXT)
    assert main(["config", "show", "--origin"]) == 0
    expected = SHOWN.format(file=here / OWN, folder=here, vendor=Settings().vendor)
    shown = capsys.readouterr().out
    assert shown == expected
    main(["config", "show"])
    plain = capsys.readouterr().out
    assert tomllib.loads(plain) == tomllib.loads(shown)
    assert "default" not in plain


def test_what_show_prints_is_a_configuration_that_says_the_same(capsys: Capture) -> None:
    put(TEXT)
    before = [meant(source) for source in (None, "docs/a", "b")]
    main(["config", "show"])
    put(capsys.readouterr().out)
    assert [meant(source) for source in (None, "docs/a", "b")] == before


def meant(source: str | None) -> tuple[list[str], Settings]:
    """What is judged, and all else: one selection can be said in several ways."""
    settings = configure().settings(source)
    judged = [rule.id for rule in REQUIREMENTS if settings.judging.judges(rule.requirement)]
    rest = dataclasses.replace(settings.judging, select=("ALL",), ignore=())
    return judged, dataclasses.replace(settings, judging=rest)


def test_show_of_a_source_has_its_overrides_applied(capsys: Capture) -> None:
    put(TEXT)
    assert main(["config", "show", "docs/a.html", "--origin"]) == 0
    shown = capsys.readouterr().out
    assert 'severity = { RS101 = "info" }  # disclosure-lint.toml:6\n' in shown
    assert "[[overrides]]" not in shown


@pytest.mark.parametrize(
    ("lang", "none", "default"),
    [("en", "no configuration file", "default"), ("zh", "没有配置文件", "默认值")],
)
def test_show_without_a_file_shows_the_defaults(
    capsys: Capture, lang: str, none: str, default: str
) -> None:
    put('role = "auto"')
    assert main(["config", "show", "--origin", "--no-config", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"# {none}"
    assert len(lines) == 1 + len(KEYS)
    assert all(line.endswith(f"# {default}") for line in lines[1:])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_init_writes_a_file_that_says_nothing_until_it_is_changed(
    lang: str, capsys: Capture
) -> None:
    assert main(["config", "init", "--lang", lang]) == 0
    assert OWN in capsys.readouterr().out
    text = Path(OWN).read_text("utf-8")
    assert all(not line or line.startswith("# ") for line in text.splitlines())
    assert configure().settings() == Settings()
    assert os.listdir() == [OWN]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_line_of_it_can_be_uncommented(lang: str) -> None:
    words = [line.removeprefix("# ") for line in commented(lang)]
    keys = [line for line in words if line.startswith("[[") or " = " in line]
    put("\n".join(keys))
    table = tomllib.loads("\n".join(keys))
    assert table.keys() == {*KEYS, "overrides"}
    configuration = configure()
    assert configuration.said().keys() == KEYS.keys()
    assert configuration.settings("docs/x/a.html").role is Role.CO_PROCESSOR


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (OWN, "# mine\n"),
        (OWN, "broken ="),
        ("pyproject.toml", '[tool.disclosure-lint]\nrole = "auto"\n'),
    ],
)
def test_init_never_overwrites_or_shadows(name: str, text: str, capsys: Capture) -> None:
    put(text, name)
    assert main(["config", "init"]) == 2
    assert name in capsys.readouterr().err
    assert Path(name).read_text("utf-8") == text
    assert os.listdir() == [name]


def test_init_beside_a_link_that_leads_nowhere_leaves_it(capsys: Capture) -> None:
    Path(OWN).symlink_to("nowhere")
    assert main(["config", "init"]) == 2
    assert Path(OWN).is_symlink()
    assert not Path("nowhere").exists()


def test_init_that_cannot_write_leaves_nothing(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: FileOutput, text: str) -> None:
        raise OutputError(OWN, "No space left on device")

    monkeypatch.setattr(FileOutput, "write", full)
    assert main(["config", "init"]) == 2
    assert "No space left" in capsys.readouterr().err
    assert os.listdir() == []
