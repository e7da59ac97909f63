"""The wheel, alone in an empty environment, lints a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "corpus" / "examples" / "example-policy.html"


def run(*command: str | Path, cwd: Path, ok: tuple[int, ...] = (0,)) -> str:
    # Nothing of the checkout may help: no PYTHONPATH, another working directory.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode in ok, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and the dependencies that it declares, at locked versions."""
    root = tmp_path_factory.mktemp("environment")
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    # Constraints name no extras; requirements do.
    pins = [
        re.sub(r"\[.*?\]", "", line.split(" ")[0]) for line in lock.splitlines() if "==" in line
    ]
    (root / "constraints.txt").write_text("\n".join(pins), "utf-8")
    venv.create(root / "venv", with_pip=True)
    python = root / "venv" / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--constraint", root / "constraints.txt", wheel, cwd=root)
    return root


def test_the_wheel_holds_what_the_program_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "linter/py.typed",
        "linter/vendors/realsee.toml",
        "linter/report/report.schema.json",
        "linter/_data/models/manifest.json",
        "linter/_data/models/zh.npz",
        "linter/_data/models/en.npz",
        "linter/_data/corpus/lexicons/zh.toml",
    ):
        assert wanted in names
    assert [n for n in names if n.startswith(("tests/", "corpus/", "models/"))] == []
    assert [n for n in names if "passages" in n] == []


def test_it_lints_a_file_there(environment: Path) -> None:
    program = environment / "venv" / "bin" / "disclosure-lint"
    printed = run(program, "check", EXAMPLE, "--format", "json", cwd=environment, ok=(1,))
    [report] = json.loads(printed)
    said = {r["code"]: r["verdict"] for r in report["requirements"]}
    assert said["RS101"] == "present"
    assert said["RS202"] == "missing"
    assert report["versions"]["model"] != "none"


def test_it_is_the_wheel_that_runs_there(environment: Path) -> None:
    python = environment / "venv" / "bin" / "python"
    where = run(python, "-c", "import linter; print(linter.__file__)", cwd=environment).strip()
    assert Path(where).is_relative_to(environment)
    version = run(environment / "venv" / "bin" / "disclosure-lint", "--version", cwd=environment)
    assert version.strip() == f"disclosure-lint {_version()}"
    run(python, "-m", "pip", "check", "--disable-pip-version-check", cwd=environment)


def _version() -> str:
    import linter

    return linter.__version__
