"""``disclosure-lint explain``: one verdict taken apart, from a report or from its source."""

from __future__ import annotations

import io
import math
import sys
from pathlib import Path

import pytest

from linter import render
from linter.check import check
from linter.cli import main
from linter.report.messages import MESSAGES
from linter.report.terminal import columns
from linter.verdict import Report

Capture = pytest.CaptureFixture[str]
EXAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "examples" / "example-policy.html"
CODES = [f"RS10{n}" for n in range(1, 7)] + ["RS201", "RS202"]


@pytest.fixture(scope="module")
def example() -> Report:
    return check(str(EXAMPLE))


@pytest.fixture
def kept(example: Report, tmp_path: Path) -> Path:
    path = tmp_path / "report.jsonl"
    path.write_text(render([example], format="jsonl"), "utf-8")
    return path


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", CODES)
def test_every_verdict_shows_what_led_to_it(
    example: Report, kept: Path, capsys: Capture, code: str, lang: str
) -> None:
    assert main(["explain", str(kept), code, "--lang", lang]) == 0
    out = capsys.readouterr().out
    (finding,) = [f for f in example.findings if f.requirement.code == code]
    assert finding.basis is not None
    flat = "".join(out.split())
    for signal in finding.basis.signals:
        assert "".join(signal.quote.split()) in flat
        assert f"{signal.start}-{signal.end}" in out
        assert f"{signal.probability:.2f}" in out
    for mention in example.mentions:
        assert f"{mention.start}-{mention.end}" in out
    for ground, weight in finding.basis.grounds:
        assert f"    {weight:+.2f} " in out, ground
    assert f"{finding.basis.review_below:.2f}" in out
    assert "?" not in out.replace("?project=", "")
    assert all(columns(line) <= 80 for line in out.splitlines()[1:])
    assert not [key for key in MESSAGES if key.startswith(("explain.", "ground.")) and key in out]


def test_the_weights_make_the_confidence(example: Report) -> None:
    for finding in example.findings:
        assert finding.basis is not None
        total = sum(weight for _, weight in finding.basis.grounds)
        assert finding.confidence == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)
        assert finding.needs_review == (finding.confidence < finding.basis.review_below)
        assert [name for name, _ in finding.basis.grounds] == list(finding.grounds)


def test_the_evidence_is_what_decided(example: Report) -> None:
    for finding in example.findings:
        assert finding.basis is not None
        decisive = [(s.start, s.end) for s in finding.basis.signals if s.decisive]
        assert decisive == [(e.start, e.end) for e in finding.evidence]


def test_a_source_is_judged_and_explained_alike(kept: Path, capsys: Capture) -> None:
    assert main(["explain", str(kept), "RS201", "--lang", "en"]) == 0
    of_report = capsys.readouterr().out
    assert main(["explain", str(EXAMPLE), "separate-consent", "--lang", "en"]) == 0
    assert capsys.readouterr().out == of_report
    assert main(["explain", str(EXAMPLE), "rs201", "--role", "co-processor", "--lang", "en"]) == 0
    assert "not applicable" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["report", "policy"])
def test_standard_input_may_be_either(
    example: Report, monkeypatch: pytest.MonkeyPatch, capsys: Capture, what: str
) -> None:
    raw = render([example], format="json").encode() if what == "report" else EXAMPLE.read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert main(["explain", "-", "RS101", "--lang", "en"]) == 0
    assert "如你之视（北京）科技有限公司" in capsys.readouterr().out


def test_each_report_of_a_file_is_explained(
    example: Report, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "two.json"
    path.write_text(render([example, check("gone.html")], format="json"), "utf-8")
    assert main(["explain", str(path), "RS106", "--lang", "zh"]) == 2
    heads = [x for x in capsys.readouterr().out.splitlines() if x.startswith("RS106")]
    assert heads == [
        f"RS106 entity-privacy-policy  已披露  {EXAMPLE}",
        "RS106 entity-privacy-policy  无法核实  gone.html",
    ]


def test_hostile_words_steer_no_terminal(tmp_path: Path, capsys: Capture, example: Report) -> None:
    text = render([example], format="jsonl").replace("如视", "\\u001b]0;owned\\u0007如视\\u202e")
    path = tmp_path / "r.jsonl"
    path.write_text(text, "utf-8")
    assert main(["explain", str(path), "RS101", "--lang", "zh"]) == 0
    assert not set(capsys.readouterr().out) & set("\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{kept}", "RS999"], "there is no rule RS999"),
        (["{kept}", "RS001"], "was not judged for RS001. Judged: RS101"),
        (["{bad}", "RS101"], "bad.json:1:3: this is not valid JSON: "),
        (["{old}", "RS101"], "old.json, [0]: this is no report of a kind that is read"),
        (["{kept}.gone", "RS101"], ""),
        (["{policy}", "RS101", "--vendor", "nobody"], "The vendor nobody cannot be read"),
    ],
)
def test_what_cannot_be_explained_exits_2(
    kept: Path, tmp_path: Path, capsys: Capture, arguments: list[str], words: str
) -> None:
    (tmp_path / "bad.json").write_text("[{]", "utf-8")
    (tmp_path / "old.json").write_text('[{"schema": "disclosure-lint/report/0"}]', "utf-8")
    names = {"kept": kept, "policy": EXAMPLE}
    names |= {n: tmp_path / f"{n}.json" for n in ("bad", "old")}
    command = [a.format(**names) for a in arguments]
    assert main(["explain", *command, "--lang", "en"]) == 2
    assert words in capsys.readouterr().err
