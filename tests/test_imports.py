"""What a run loads: the quick path stays quick, and the package's names are what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("spacy", "sklearn", "scipy", "requests", "urllib3", "opencc", "pypdfium2", "playwright")
WITHOUT = """<h1>隐私政策</h1><p>我们收集您的手机号，用于注册账号。我们与云帆推送共享设备信息，
设备信息用于消息推送。</p>"""
WITH = WITHOUT + "<p>三维看房由如视VR SDK提供，会收集设备型号。</p>"
LOADED = "import sys; print(*[m for m in {heavy!r} if m in sys.modules])"


def run(code: str) -> str:
    command = [sys.executable, "-W", "error::ImportWarning", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "call",
    [
        "from linter import check; report = check({path!r})",
        "from linter.cli import main; sys.stdout = io.StringIO(); main(['check', {path!r}]); "
        "sys.stdout = sys.__stdout__",
    ],
    ids=["library", "command line"],
)
def test_without_a_mention_nothing_heavy_is_loaded(tmp_path: Path, call: str) -> None:
    path = tmp_path / "policy.html"
    path.write_text(WITHOUT, "utf-8")
    code = f"import io, sys; {call.format(path=str(path))}; {LOADED.format(heavy=HEAVY)}"
    assert run(code) == ""


def test_with_a_mention_the_pipeline_is_loaded_but_no_trainer(tmp_path: Path) -> None:
    path = tmp_path / "policy.html"
    path.write_text(WITH, "utf-8")
    code = f"import sys; from linter import check; check({str(path)!r}); "
    assert run(code + LOADED.format(heavy=("spacy", "sklearn"))) == "spacy"


@pytest.mark.parametrize(
    "code",
    [
        "from linter import check",
        "import linter; check = linter.check",
        "import linter.check; from linter import check",
        "from linter.check import check; import linter; assert linter.check is check",
        "import importlib; m = importlib.import_module('linter.check'); from linter import check; "
        "assert m.check is check",
    ],
)
def test_check_is_the_function_in_whatever_order_things_are_imported(code: str) -> None:
    assert run(f"{code}; import types; print(isinstance(check, types.FunctionType))") == "True"


def test_every_public_name_is_there() -> None:
    code = "import linter; print(*[n for n in linter.__all__ if not hasattr(linter, n)])"
    assert run(code) == ""
    assert run("import linter; print(hasattr(linter, 'nothing'))") == "False"


def test_importing_the_package_loads_none_of_it() -> None:
    code = "import linter, sys; print(*[m for m in sys.modules if m.startswith('linter.')])"
    assert run(code) == ""
