"""The pre-commit hook and the GitHub Action: valid by their schemas, and run as they are run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "corpus" / "examples" / "example-policy.html"
PASSES = ROOT / "tests" / "vendors" / "data" / "example-maps-zh.html"


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# -- pre-commit


def hook() -> dict[str, Any]:
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_hook_is_valid() -> None:
    run(sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("docs/privacy.html", True),
        ("PRIVACY.md", True),
        ("app/Privacy-Policy.PDF", True),
        ("隐私政策.docx", True),
        ("privacy/README.md", False),
        ("privacy.py", False),
        ("terms.html", False),
    ],
)
def test_which_files_the_hook_takes(path: str, taken: bool) -> None:
    assert bool(re.search(hook()["files"], path)) is taken


def test_the_command_of_the_hook_judges() -> None:
    program, *words = hook()["entry"].split()
    assert program == "disclosure-lint"
    command = [sys.executable, "-m", "linter", *words, *hook()["args"], str(EXAMPLE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "RS201" in done.stdout


# -- the GitHub Action


def action() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_action_is_valid() -> None:
    schema = ("--builtin-schema", "vendor.github-actions")
    run(sys.executable, "-m", "check_jsonschema", *schema, "action.yml")


def test_no_word_of_the_caller_is_part_of_a_script() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


class Runner:
    """What a runner gives to the checking step: files to write to, and the installed program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.summary = folder / "summary"
        self.output = folder / "output"
        program = folder / "disclosure-lint" / "bin" / "disclosure-lint"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m linter "$@"\n')
        program.chmod(0o755)

    def check(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the step as GitHub does: bash that stops at the first failure."""
        (step,) = [s for s in action()["runs"]["steps"] if s.get("id") == "check"]
        wanted = {name: spec.get("default", "") for name, spec in action()["inputs"].items()}
        wanted |= inputs
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: wanted[m[1]], value)
            for name, value in step["env"].items()
        }
        environment |= {
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.mark.needs("bash")
def test_the_action_annotates_and_sums_up(runner: Runner) -> None:
    done = runner.check(sources=f"{EXAMPLE}\n", sarif="found.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error ")
    assert "RS201" in runner.summary.read_text("utf-8")
    assert runner.output.read_text() == "exit-code=1\n"
    assert '"2.1.0"' in (runner.folder / "found.sarif").read_text("utf-8")


@pytest.mark.needs("bash")
def test_sources_and_options_stand_one_a_line(runner: Runner) -> None:
    spaced = runner.folder / "the policy.html"
    spaced.write_bytes(PASSES.read_bytes())
    done = runner.check(
        sources=f"\n  {spaced}\n{PASSES}\n\n", args="--vendor=example-maps\n--lang=zh\n"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert runner.output.read_text() == "exit-code=0\n"
    assert "通过" in runner.summary.read_text("utf-8")


@pytest.mark.needs("bash")
@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"sources": "$(touch owned); `touch owned`"}, "There is no file"),
        ({"sources": "--output=owned"}, "There is no file"),
        ({"sources": "a.html", "args": "--vendor=nobody"}, "The vendor nobody cannot be read"),
        ({"sources": "\n"}, "Missing argument"),
    ],
)
def test_what_cannot_be_judged_fails_and_runs_nothing(
    runner: Runner, inputs: dict[str, str], words: str
) -> None:
    done = runner.check(**inputs)
    assert done.returncode == 2
    assert words in done.stdout + done.stderr
    assert runner.output.read_text() == "exit-code=2\n"
    assert not (runner.folder / "owned").exists()
