"""What ``disclosure-lint corpus validate`` finds wrong, and that nothing is in what ships."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linter.cli.corpus import run_validate
from linter.errors import CorpusError
from linter.learn.corpus import Split, load_corpus
from linter.learn.policies import load_policies

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILE = "<h1>隐私政策</h1><p>我们收集您的手机号。如视SDK用于展示三维实景，采集设备型号。</p>"
GOLD: dict[str, Any] = {
    "id": "a",
    "file": "a.html",
    "lang": "zh",
    "role": "recipient",
    "gold": {"processing-purpose": "present", "entity-contact": "missing"},
    "evidence": {"processing-purpose": "展示三维实景"},
}


def passage(number: int, document: str, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "lang": "zh",
        "family": "prose",
        "document": document,
        "document_kind": "privacy-policy",
        "headings": [],
        "label": "",
        "before": "",
        "text": text,
        "after": "",
        "labels": [],
        **changes,
    }


SOUND = [
    passage(1, "d1", "我们与承运人约定送达时间"),
    passage(2, "d2", "每年盘点一次库房里的样品"),
]


def corpus(folder: Path, passages: list[dict[str, Any]], gold: dict[str, Any] = GOLD) -> Path:
    (folder / "passages").mkdir(parents=True)
    lines = "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in passages)
    (folder / "passages" / "a.jsonl").write_text(lines, "utf-8")
    (folder / "policies" / "set").mkdir(parents=True)
    (folder / "policies" / "set" / "a.html").write_text(FILE, "utf-8")
    text = json.dumps(gold, ensure_ascii=False)
    (folder / "policies" / "set" / "gold.jsonl").write_text(text + "\n", "utf-8")
    return folder


def test_the_corpus_that_ships_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_validate(CORPUS, lang="en") == 0
    out = capsys.readouterr().out
    assert "Nothing is wrong." in out
    assert "zh train:" in out


def test_the_corpus_is_as_large_as_its_card_says() -> None:
    passages = load_corpus(CORPUS / "passages")
    assert sum(p.lang == "zh" for p in passages) >= 4000
    assert sum(p.lang == "en" for p in passages) >= 2000
    negative = (
        "exception-list change-notice deemed-consent other-consent neighbour-row "
        "own-contact-purpose not-used placeholder false-friend negated-sharing permissions "
        "slogan-purpose"
    )
    for family in negative.split():
        assert sum(p.family == family for p in passages) >= 60, family


def test_a_sound_corpus(tmp_path: Path) -> None:
    assert run_validate(corpus(tmp_path, SOUND), lang="en") == 0


LONG = "我们在每个季度结束以后的第一个工作日核对一次各仓库的收发记录并存档"


def other_split(document: str) -> str:
    """A document's name whose passages are in another split."""
    [first] = load_split([passage(1, document, "x")])
    for number in range(100):
        name = f"{document}{number}"
        if load_split([passage(1, name, "x")]) != [first]:
            return name
    raise AssertionError


def load_split(passages: list[dict[str, Any]]) -> list[Split]:
    from linter.learn.corpus import Passage

    return [
        Passage(**{**p, "headings": tuple(p["headings"]), "labels": ()}).split for p in passages
    ]


@pytest.mark.parametrize(
    ("passages", "said"),
    [
        ([passage(1, "d", LONG), passage(2, other_split("d"), LONG)], "another split"),
        ([passage(1, "d", "短句子一条"), passage(2, "d", "短句子一条")], "too many"),
        (
            [
                *SOUND,
                passage(
                    3,
                    "d",
                    "采集设备型号",
                    labels=[
                        {"kind": "scope", "polarity": "affirmed", "start": 2, "end": 6},
                        {"kind": "scope", "polarity": "vague", "start": 4, "end": 6},
                    ],
                ),
            ],
            "overlap",
        ),
        ([*SOUND, passage(3, "d1", "we keep it", lang="en")], "two languages"),
    ],
)
def test_a_fault_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    passages: list[dict[str, Any]],
    said: str,
) -> None:
    assert run_validate(corpus(tmp_path, passages), lang="en") == 1
    assert said in capsys.readouterr().out


def test_the_same_words_labelled_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label = {"kind": "method", "polarity": "vague", "start": 0, "end": 2}
    twice = [passage(n, "d", "提供给它") for n in (1, 2)]
    twice[1]["labels"] = [label]
    assert run_validate(corpus(tmp_path, twice), lang="zh") == 1
    assert "标签不同" in capsys.readouterr().out


def test_a_quote_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = {**GOLD, "evidence": {"processing-purpose": "展示二维图纸"}}
    assert run_validate(corpus(tmp_path, SOUND, gold), lang="en") == 1
    assert "set/a: the evidence of processing-purpose" in capsys.readouterr().out


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda g: g.update(file="../../passages/a.jsonl"), "out of the folder"),
        (lambda g: g.update(file="b.html"), "no file b.html"),
        (lambda g: g.update(lang="fr"), "lang must be"),
        (lambda g: g.update(role="owner"), "role"),
        (lambda g: g.update(gold={}), "gold must be"),
        (lambda g: g.update(gold={"entity-name": "perhaps"}), "no verdict"),
        (lambda g: g.update(evidence={"entity-name": "如视"}), "has no verdict"),
        (lambda g: g.update(evidence=["x"]), "evidence must be"),
        (lambda g: g.pop("id"), "id must be"),
    ],
)
def test_a_gold_line_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change, said: str
) -> None:
    gold = json.loads(json.dumps(GOLD))
    change(gold)
    folder = corpus(tmp_path, SOUND, gold)
    with pytest.raises(CorpusError, match="line 1") as caught:
        load_policies(folder / "policies" / "set")
    assert said in str(caught.value)
    assert run_validate(folder, lang="en") == 2
    assert "gold.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("corpus", "validate"), ("evaluate",)])
def test_a_reader_that_stops_is_no_crash(command: tuple[str, ...]) -> None:
    """What was not delivered is no pass, and nothing is said of it."""
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run(
        [sys.executable, "-m", "linter", *command],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=CORPUS.parent,
        check=False,
    )
    os.close(write)
    assert (run.returncode, run.stderr) == (2, b"")
