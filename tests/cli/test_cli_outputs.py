"""Several outputs in one run: the format by the suffix, each whole or not at all."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from linter.cli import main
from linter.report import SUFFIXES, Format
from linter.verdict import Report

Raising = Callable[[BaseException], Callable[[], None]]
Capture = pytest.CaptureFixture[str]
# How each format begins.
HEADS = {
    Format.TEXT: "✗ FAIL  fail.html\n",
    Format.CONCISE: "fail.html: error: RS101 missing: ",
    Format.JSON: "[\n  {",
    Format.JSONL: '{"schema": ',
    Format.SARIF: '{\n  "$schema": ',
    Format.JUNIT: "<?xml ",
    Format.GITHUB: "::error title=RS101",
    Format.MARKDOWN: "### ✗ FAIL: `fail.html`\n",
    Format.CSV: "source,url,",
    Format.HTML: "<!DOCTYPE html>\n",
}


@pytest.mark.parametrize("format_", HEADS)
def test_every_format_is_to_be_had_on_standard_output(
    stub: Any, capsys: Capture, format_: Format
) -> None:
    assert main(["check", "fail.html", "--format", format_]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(HEADS[format_])
    assert err == ""


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_is_the_format(stub: Any, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"report{suffix.upper()}"
    assert main(["check", "fail.html", "-o", str(target)]) == 1
    assert target.read_text(encoding="utf-8").startswith(HEADS[SUFFIXES[suffix]])


def test_one_run_writes_several_files(stub: Any, capsys: Capture, tmp_path: Path) -> None:
    names = ("a.json", "a.sarif", "a.xml", "a.csv", "a.txt")
    outputs = [word for name in names for word in ("--output", str(tmp_path / name))]
    assert main(["check", "fail.html", "pass.html", *outputs]) == 1
    assert capsys.readouterr().out == ""
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(names)
    assert [source for source, _ in stub.calls] == ["fail.html", "pass.html"]
    array = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [report["source"] for report in array] == ["fail.html", "pass.html"]
    assert len(ET.parse(tmp_path / "a.xml").getroot()) == 2
    with open(tmp_path / "a.csv", encoding="utf-8", newline="") as file:
        assert [row["verdict"] for row in csv.DictReader(file)] == ["missing", "present"]


def test_format_is_that_of_standard_output_beside_files(
    stub: Any, capsys: Capture, tmp_path: Path
) -> None:
    target = tmp_path / "a.sarif"
    arguments = ["check", "fail.html", "--output", "-", "--output", str(target)]
    assert main([*arguments, "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error title=RS101")
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_format_is_that_of_a_file_of_another_suffix(stub: Any, tmp_path: Path) -> None:
    for name in ("report.out", "report"):
        target = tmp_path / name
        assert main(["check", "fail.html", "--output", str(target), "--format", "junit"]) == 1
        assert target.read_text(encoding="utf-8").startswith("<?xml ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.pdf"], "The suffix of a.pdf is that of no format."),
        (["-o", "a.json", "-o", "b.yaml"], "The suffix of b.yaml is that of no format."),
        (["-o", "a.json", "--format", "sarif"], "--format sarif fits no --output"),
        (["-o", "a.json", "-o", "./a.json"], "--output a.json is given twice."),
        (["-o", "-", "-o", "-"], "--output - is given twice."),
    ],
)
def test_outputs_that_contradict_are_refused_before_anything_is_judged(
    stub: Any,
    capsys: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "pass.html", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"error: {said}")
    assert (stub.calls, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("bad", ["no/such/folder/b.sarif", "folder.csv"])
def test_an_output_that_cannot_be_leaves_the_others_as_they_were(
    stub: Any, tmp_path: Path, bad: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    target = tmp_path / "a.json"
    target.write_text("old", encoding="utf-8")
    assert main(["check", "pass.html", "-o", str(target), "-o", str(tmp_path / bad)]) == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "folder.csv"]
    assert stub.calls == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interrupted_run_writes_none(
    stub: Any, tmp_path: Path, raising: Raising, error: BaseException
) -> None:
    old = tmp_path / "a.xml"
    old.write_text("old", encoding="utf-8")
    stub.acts["pass-2.html"] = raising(error)
    outputs = ["-o", str(old), "-o", str(tmp_path / "a.sarif")]
    assert main(["check", "pass-1.html", "pass-2.html", *outputs]) in (130, 3)
    assert old.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_crash_is_in_every_output(stub: Any, tmp_path: Path, raising: Raising) -> None:
    stub.acts["pass.html"] = raising(RuntimeError("a fault"))
    outputs = [word for s in SUFFIXES for word in ("-o", str(tmp_path / f"a{s}"))]
    assert main(["check", "pass.html", *outputs]) == 2
    for suffix in SUFFIXES:
        assert "pass.html" in (tmp_path / f"a{suffix}").read_text(encoding="utf-8")


def test_waived_findings_can_be_dropped_from_sarif(
    stub: Any, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(source: str, **settings: Any) -> Report:
        report = stub.check(source, **settings)
        return replace(report, findings=tuple(replace(f, waived=True) for f in report.findings))

    monkeypatch.setattr(sys.modules["linter.check"], "check", check)
    shown = []
    for option in ([], ["--sarif-drop-waived"]):
        main(["check", "fail.html", "--format", "sarif", *option])
        [run] = json.loads(capsys.readouterr().out)["runs"]
        [source] = run["properties"]["otherSources"]
        shown.append([finding["waived"] for finding in source["findings"]])
    assert shown == [[True], []]


def test_text_goes_only_to_whom_it_was_asked_for(stub: Any, tmp_path: Path) -> None:
    target = str(tmp_path / "a.json")
    main(["check", "pass.html", "-o", target])
    main(["check", "pass.html", "-o", target, "--include-text"])
    assert [settings["include_text"] for _, settings in stub.calls] == [False, True]


def test_a_format_that_shows_text_has_it_and_others_do_not(
    stub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(source: str, **settings: Any) -> Report:
        report = stub.check(source, **settings)
        [document] = report.documents
        return replace(report, documents=(replace(document, text="the whole text"),))

    monkeypatch.setattr(sys.modules["linter.check"], "check", check)
    monkeypatch.setattr("linter.cli.sinks.NEEDS_TEXT", {Format.JSONL})
    outputs = [word for s in (".json", ".jsonl") for word in ("-o", str(tmp_path / f"a{s}"))]
    main(["check", "pass.html", *outputs])
    assert stub.calls[0][1]["include_text"] is True
    assert "the whole text" in (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert "the whole text" not in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_every_format_is_known_here() -> None:
    assert set(HEADS) == set(Format)


@pytest.mark.parametrize("named", ["source", "folder", "link", "waivers", "baseline", "agreement"])
def test_nothing_that_is_read_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("docs/policy.html", "agreement.html", "waivers.txt", "baseline.json"):
        Path(name).parent.mkdir(exist_ok=True)
    policy = Path("docs/policy.html")
    policy.write_text("<h1>隐私政策</h1><p>我们收集您的个人信息。</p>", encoding="utf-8")
    Path("agreement.html").write_text("<h1>用户协议</h1><p>服务。</p>", encoding="utf-8")
    Path("waivers.txt").write_text("", encoding="utf-8")
    assert main(["baseline", "write", str(policy), "--output", "baseline.json"]) == 0
    Path("link.html").symlink_to(policy)
    cases = {
        "source": [str(policy), "-o", str(policy)],
        "folder": ["docs", "-o", str(policy)],
        "link": [str(policy), "-o", "link.html"],
        "waivers": [str(policy), "--waivers", "waivers.txt", "-o", "waivers.txt"],
        "baseline": [str(policy), "--baseline", "baseline.json", "-o", "baseline.json"],
        "agreement": [str(policy), "--agreement", "agreement.html", "-o", "agreement.html"],
    }
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert main(["check", *cases[named]]) == 2
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
