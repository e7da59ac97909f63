"""Where the output goes: ``--output``, a reader that leaves, a full disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linter.cli import main

Raising = Callable[[BaseException], Callable[[], None]]
Capture = pytest.CaptureFixture[str]


def test_the_file_is_written_and_standard_output_is_not(
    stub: Any, capsys: Capture, tmp_path: Path
) -> None:
    target = tmp_path / "out.json"
    assert main(["check", "fail.html", "--format", "json", "--output", str(target)]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text(encoding="utf-8"))[0]["source"] == "fail.html"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_a_file_is_never_half_a_report(
    stub: Any, tmp_path: Path, raising: Raising, error: BaseException
) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    stub.acts["pass-2.html"] = raising(error)
    arguments = ["check", "pass-1.html", "pass-2.html", "--format", "jsonl"]
    assert main([*arguments, "--output", str(target)]) in (130, 3)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_old_file_stands_until_the_new_one_is_whole(stub: Any, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", encoding="utf-8")
    seen = []
    stub.acts["pass-2.html"] = lambda: seen.append(target.read_text(encoding="utf-8"))
    main(["check", "pass-1.html", "pass-2.html", "--output", str(target)])
    assert seen == ["old"]
    assert target.read_text(encoding="utf-8").startswith("✓ PASS  pass-1.html\n")


def test_mode_and_link_of_the_old_file_are_kept(stub: Any, tmp_path: Path) -> None:
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    main(["check", "pass.html", "--output", str(link)])
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("✓ PASS")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_straight(stub: Any) -> None:
    assert main(["check", "fail.html", "--output", os.devnull]) == 1
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("name", ["no/such/folder/out.txt", "", "n" * 300])
def test_an_output_that_cannot_be_is_said_before_anything_is_judged(
    stub: Any, capsys: Capture, tmp_path: Path, name: str
) -> None:
    assert main(["check", "pass.html", "--output", f"{tmp_path}/{name}"]) == 2
    assert stub.calls == []
    assert capsys.readouterr().err.startswith("error: cannot write ")


def test_a_full_device_is_no_pass(stub: Any, capsys: Capture) -> None:
    assert main(["check", "pass.html", "--output", "/dev/full"]) == 2
    assert "error: cannot write /dev/full: No space left on device." in capsys.readouterr().err


# The program of a process of its own: the stand-in for ``check``, then the command line.
PROGRAM = """
import sys, types
sys.path.insert(0, {tests!r})
from conftest import report_of
module = types.ModuleType("linter.check")
module.check = lambda source, **settings: report_of(source)
sys.modules["linter.check"] = module
from linter.cli import main
code = main({arguments!r})
{after}
sys.exit(code)
"""


def _program(arguments: list[str], after: str = "") -> list[str]:
    tests = str(Path(__file__).parent)
    return [sys.executable, "-c", PROGRAM.format(tests=tests, arguments=arguments, after=after)]


@pytest.mark.parametrize("format_", ["text", "json", "jsonl"])
def test_a_reader_that_leaves_ends_the_run_quietly(format_: str) -> None:
    sources = [f"pass-{number}.html" for number in range(2000)]
    process = subprocess.Popen(
        _program(["check", *sources, "--format", format_]),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), err) == (2, b"")


def test_a_full_standard_output_is_said(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            _program(["check", "pass.html"]), check=False, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: cannot write -: No space left on device.")


def test_checking_a_file_loads_no_heavy_library_by_itself() -> None:
    # Typer itself loads pydantic to read options; nothing of ours may.
    after = (
        "heavy = {'requests', 'spacy', 'sklearn', 'scipy', 'numpy', 'rich', 'bs4', 'jsonschema'}; "
        "sys.stderr.write(repr(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run(
        _program(["check", "fail.html"], after), check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (1, "[]")


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "linter", "--version"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("disclosure-lint ")


def test_shell_completion_is_offered() -> None:
    command = [sys.executable, "-m", "linter", "--show-completion", "bash"]
    environment = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert "_DISCLOSURE_LINT_COMPLETE=complete_bash" in done.stdout
