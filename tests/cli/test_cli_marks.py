"""``check --waivers --baseline``, ``baseline`` and ``diff``, from files to exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linter.cli import main
from linter.report.json_report import report_json
from tests.reports import finding, report, words

Capture = pytest.CaptureFixture[str]
# Names no vendor: everything is missing, and nothing heavy is loaded.
BARE = """<h1>隐私政策</h1><p>我们收集您的手机号，用于注册账号。我们与云帆推送共享设备信息，
设备信息用于消息推送。</p>"""
CODES = ["RS101", "RS102", "RS103", "RS104", "RS105", "RS106", "RS201", "RS202"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a policy that has none of the disclosures."""
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.html").write_text(BARE, "utf-8")
    return tmp_path


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def checked(capsys: Capture, *arguments: str) -> tuple[int, dict[str, Any], str]:
    code, out, err = run(capsys, "check", "policy.html", "--format", "jsonl", *arguments)
    return code, json.loads(out), err


def waiver(requirement: str, *, source: str = "*", more: str = "") -> str:
    return f'[[waiver]]\nrequirement = "{requirement}"\nsource = "{source}"\nreason = "r"\n{more}\n'


def test_a_baseline_lets_only_what_is_new_fail(folder: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "baseline", "write", "policy.html", "--output", "b.json")
    assert (code, out) == (0, "b.json: known findings: 8.\n")
    code, shape, err = checked(capsys, "--baseline", "b.json")
    assert (code, shape["status"], err) == (0, "pass", "")
    assert all(r["baselined"] for r in shape["requirements"])
    # Another file with the same fingerprints is not known.
    (folder / "other.html").write_text(BARE, "utf-8")
    assert run(capsys, "check", "other.html", "--baseline", "b.json")[0] == 1


def test_it_holds_wherever_the_program_is_run(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    assert run(capsys, "baseline", "write", "../policy.html", "--output", "../b.json")[0] == 0
    monkeypatch.chdir(folder)
    assert checked(capsys, "--baseline", "b.json")[0] == 0
    (folder / "disclosure-lint.toml").write_text('baseline = "b.json"\n', "utf-8")
    assert checked(capsys)[0] == 0
    assert checked(capsys, "--no-config")[0] == 1


def test_pruning_strikes_out_what_is_gone(folder: Path, capsys: Capture) -> None:
    run(capsys, "baseline", "write", "policy.html", "--output", "b.json")
    before = json.loads((folder / "b.json").read_text("utf-8"))
    extra = {**before["findings"][0], "fingerprint": "f" * 16}
    elsewhere = {**extra, "source": "elsewhere.html"}
    after = {**before, "findings": [extra, elsewhere, *before["findings"]]}
    (folder / "b.json").write_text(json.dumps(after), "utf-8")
    _, _, err = checked(capsys, "--baseline", "b.json")
    assert err.startswith("note: b.json: known findings that do not occur any more: 1;")
    code, out, _ = run(capsys, "baseline", "prune", "b.json", "policy.html", "--lang", "zh")
    assert (code, out) == (0, "b.json：移除问题 1 个，剩余 9 个。\n")
    left = json.loads((folder / "b.json").read_text("utf-8"))
    assert left["findings"] == [elsewhere, *before["findings"]]


def test_a_waiver_counts_for_one_requirement(folder: Path, capsys: Capture) -> None:
    text = "".join(waiver(code) for code in CODES[:-1])
    (folder / "w.toml").write_text(text, "utf-8")
    code, shape, err = checked(capsys, "--waivers", "w.toml")
    assert (code, shape["status"], err) == (0, "pass", "")
    assert [r["waived"] for r in shape["requirements"]] == [True] * 7 + [False]
    assert checked(capsys, "--waivers", "w.toml", "--fail-on", "warning")[0] == 1


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            waiver("RS101", more="until = 2020-01-01"),
            "w.toml:1: the waiver of RS101 ended on 2020-01-01 and does not count.",
        ),
        (
            waiver("RS101", more='fingerprint = "0000000000000000"'),
            "w.toml:1: the waiver of RS101 has nothing to waive; remove it.",
        ),
        (
            'never = ["entity-name"]\n' + waiver("RS101"),
            "w.toml:2: RS101 may not be waived; the waiver does not count.",
        ),
        (
            waiver("RS101", source="https://example.com/*") + waiver("RS102", source="x.html"),
            "waivers for sources that were not checked here: w.toml:1, w.toml:6",
        ),
    ],
)
def test_a_waiver_that_does_not_count_is_told(
    folder: Path, capsys: Capture, text: str, note: str
) -> None:
    (folder / "w.toml").write_text(text, "utf-8")
    code, shape, err = checked(capsys, "--waivers", "w.toml")
    assert (code, err) == (1, f"note: {note}\n")
    assert not any(r["waived"] for r in shape["requirements"])


def test_nobody_is_told_to_remove_a_waiver_of_what_was_not_read(
    folder: Path, capsys: Capture
) -> None:
    (folder / "w.toml").write_text(waiver("RS101"), "utf-8")
    code, _, err = run(capsys, "check", "none.html", "--waivers", "w.toml")
    assert (code, err) == (2, "")


def test_a_baseline_holds_nothing_that_is_waived(folder: Path, capsys: Capture) -> None:
    (folder / "w.toml").write_text(waiver("RS101"), "utf-8")
    (folder / "disclosure-lint.toml").write_text('waivers = "w.toml"\n', "utf-8")
    run(capsys, "baseline", "write", "policy.html", "--output", "b.json")
    findings = json.loads((folder / "b.json").read_text("utf-8"))["findings"]
    assert [f["requirement"] for f in findings] == CODES[1:]


OLD_BASELINE = '{"schema": "disclosure-lint/baseline/1", "findings": []}'


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["baseline", "write", "policy.html", "none.html", "-o"], "none.html could not be judged"),
        (["baseline", "write", "-", "-o"], "Standard input has no name"),
        (["baseline", "write", "policy.html", "--role", "auto", "--vendor", "none", "-o"], "none"),
    ],
)
def test_what_cannot_be_judged_overwrites_nothing(
    folder: Path, capsys: Capture, arguments: list[str], words: str
) -> None:
    (folder / "b.json").write_text(OLD_BASELINE, "utf-8")
    code, _, err = run(capsys, *arguments[:-1], "--output", "b.json")
    assert code == 2
    assert words in err
    assert (folder / "b.json").read_text("utf-8") == OLD_BASELINE
    assert sorted(p.name for p in folder.iterdir()) == ["b.json", "policy.html"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["baseline", "write", "policy.html", "--output", "b.json"],
        ["baseline", "prune", "b.json", "policy.html"],
        ["check", "policy.html", "--baseline", "b.json", "--output", "report.txt"],
    ],
)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "b.json:1:2"),
        ('{"schema": "disclosure-lint/baseline/9"}', "disclosure-lint/baseline/9"),
        (BARE, "b.json:1:1"),
    ],
)
def test_a_file_that_is_no_baseline_is_left_alone(
    folder: Path, capsys: Capture, arguments: list[str], text: str, place: str
) -> None:
    (folder / "b.json").write_text(text, "utf-8")
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert place in err
    assert (folder / "b.json").read_text("utf-8") == text
    assert not (folder / "report.txt").exists()


def test_wrong_waivers_say_where_and_nothing_is_judged(folder: Path, capsys: Capture) -> None:
    (folder / "w.toml").write_text(waiver("RS101", more="untill = 2027-01-01"), "utf-8")
    code, out, err = run(capsys, "check", "policy.html", "--waivers", "w.toml", "--lang", "zh")
    assert (code, out) == (2, "")
    assert err.startswith("错误：w.toml:5 `untill = 2027-01-01`：此处没有 untill 这个键。")
    assert "最接近的是 until。" in err


# -- diff ---------------------------------------------------------------------------------------

SAID = words("device model", "2. Partners")
OLD = report(
    finding("RS101", "present", "1" * 16, SAID),
    finding("RS103", "present", "2" * 16, words("tour\x1b[31m", "2. Partners")),
    finding("RS201", "missing"),
)
NEW = report(
    finding("RS101", "present", "1" * 16, words("device model", "4. SDKs")),
    finding("RS103", "missing"),
    finding("RS201", "present", "3" * 16, words("separate consent")),
)


def kept(folder: Path, name: str, *reports: Any) -> None:
    shapes = [report_json(r) for r in reports]
    text = json.dumps(shapes) if name.endswith(".json") else "\n".join(map(json.dumps, shapes))
    (folder / name).write_text(text, "utf-8")


def test_a_comparison_in_words(folder: Path, capsys: Capture) -> None:
    kept(folder, "old.json", OLD)
    kept(folder, "new.jsonl", NEW)
    code, out, err = run(capsys, "diff", "old.json", "new.jsonl")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "policy.html",
        "  FAIL",
        "  lost      RS103 processing-purpose  was present, is missing",
        '      Was: "tour"',
        "           2. Partners",
        "  moved     RS101 entity-name  present",
        '      Was: "device model"',
        "           2. Partners",
        '      Is:  "device model"',
        "           4. SDKs",
        "  gained    RS201 separate-consent  was missing, is present",
        '      Is:  "separate consent"',
        "           before any heading",
        "",
        "1 lost, 1 moved, 1 gained",
    ]


def test_a_comparison_in_chinese(folder: Path, capsys: Capture) -> None:
    kept(folder, "old.json", OLD)
    kept(folder, "new.json", NEW)
    _, out, _ = run(capsys, "diff", "old.json", "new.json", "--lang", "zh")
    (folder / "disclosure-lint.toml").write_text('lang = "zh"', "utf-8")
    assert run(capsys, "diff", "old.json", "new.json")[1] == out
    assert out.splitlines()[2] == "  失去      RS103 processing-purpose  原为已披露，现为缺失"
    assert out.splitlines()[-1] == "失去 1 项，移动 1 项，新增 1 项"


def test_a_comparison_as_json(folder: Path, capsys: Capture) -> None:
    kept(folder, "old.json", OLD, report(source="gone.html"))
    kept(folder, "new.json", NEW, report(source="come.html"))
    code, out, _ = run(capsys, "diff", "old.json", "new.json", "--format", "json")
    shape = json.loads(out)
    assert (code, shape["schema"], shape["differs"]) == (1, "disclosure-lint/diff/1", True)
    (pair,) = shape["sources"]
    assert [(c["kind"], c["code"]) for c in pair["changes"]] == [
        ("lost", "RS103"),
        ("moved", "RS101"),
        ("gained", "RS201"),
    ]
    assert pair["changes"][1]["new"]["evidence"][0]["headings"] == ["4. SDKs"]
    assert [s["source"] for s in (*shape["removed"], *shape["added"])] == ["gone.html", "come.html"]


def test_policies_are_judged_and_compared_with_reports(folder: Path, capsys: Capture) -> None:
    run(capsys, "check", "policy.html", "--format", "json", "--output", "old.json")
    assert run(capsys, "diff", "old.json", "policy.html") == (0, "No difference.\n", "")
    assert run(capsys, "diff", "policy.html", "policy.html")[0] == 0
    code, out, _ = run(capsys, "diff", "old.json", "none.html")
    assert (code, out.splitlines()[1]) == (2, "  was FAIL, is UNREADABLE (fetch-no-file)")


def test_an_address_is_asked_for_whatever_it_ends_in(folder: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "diff", "https://example.com/p.json", "policy.html", "--offline")
    assert code == 2
    assert out.splitlines()[1].startswith("  was UNREADABLE (fetch-")


def test_a_snapshot_is_named_by_its_hash(folder: Path, capsys: Capture) -> None:
    from linter.fetch import SnapshotStore

    url = "https://example.com/privacy"
    sha256 = SnapshotStore().keep(
        url, kind="http", content=BARE.encode(), final_url=url, fetched_at="2026-11-01T00:00:00Z"
    )
    assert sha256 is not None
    assert run(capsys, "diff", sha256, "policy.html") == (0, "No difference.\n", "")
    code, _, err = run(capsys, "diff", "0" * 64, "policy.html")
    assert code == 2
    assert "no snapshot 0000" in err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "old.json is not disclosure-lint/report/1"),
        ("[]", "old.json is not disclosure-lint/report/1"),
        ('[{"schema": "disclosure-lint/report/7"}]', "disclosure-lint/report/7"),
        ('{"schema": "disclosure-lint/report/1"}', "old.json: "),
        ('{"a": 1}\n{"b": }', "old.json:2:7"),
        ("<p>x", "old.json:1:1"),
    ],
)
def test_a_report_that_is_none_is_refused(
    folder: Path, capsys: Capture, text: str, place: str
) -> None:
    (folder / "old.json").write_text(text, "utf-8")
    code, out, err = run(capsys, "diff", "old.json", "policy.html")
    assert (code, out) == (2, "")
    assert place in err
