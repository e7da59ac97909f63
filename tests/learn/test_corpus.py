"""Passage files are read strictly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linter.errors import CorpusError
from linter.learn.corpus import Split, corpus_hash, load_corpus
from linter.learn.duplicates import near_duplicates

GOOD: dict[str, Any] = {
    "id": "zh-1",
    "lang": "zh",
    "family": "purpose-field",
    "document": "zh-a",
    "document_kind": "privacy-policy",
    "headings": ["四、第三方"],
    "label": "使用目的",
    "before": "",
    "text": "用于推送消息",
    "after": "推送服务商的隐私政策",
    "labels": [{"kind": "purpose", "polarity": "affirmed", "start": 0, "end": 6}],
}
Change = Callable[[dict[str, Any]], object]


def write(folder: Path, *passages: object) -> Path:
    lines = [p if isinstance(p, str) else json.dumps(p, ensure_ascii=False) for p in passages]
    folder.mkdir(exist_ok=True)
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_a_passage(tmp_path: Path) -> None:
    [passage] = load_corpus(write(tmp_path, GOOD))
    assert passage.text == "用于推送消息"
    assert passage.labels[0].name == "purpose:affirmed"


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda p: p.update(extra=1), "exactly the keys"),
        (lambda p: p.pop("label"), "exactly the keys"),
        (lambda p: p.update(text=" "), "text must be"),
        (lambda p: p.update(lang="fr"), "lang must be"),
        (lambda p: p.update(headings="x"), "headings must be"),
        (lambda p: p.update(labels={}), "labels must be"),
        (lambda p: p.update(label=None), "label must be"),
        (lambda p: p.update(before=None), "before must be"),
        (lambda p: p.update(document_kind="novel"), "document_kind must be"),
        (
            lambda p: p.update(text="用于推送 消息", labels=[{**GOOD["labels"][0], "end": 5}]),
            "white",
        ),
        (lambda p: p["labels"][0].update(kind="porpoise"), "porpoise"),
        (lambda p: p["labels"][0].update(polarity="sure"), "sure"),
        (lambda p: p["labels"][0].update(end=7), "start and end"),
        (lambda p: p["labels"][0].update(start=6), "start and end"),
        (lambda p: p["labels"][0].update(start=-1), "start and end"),
        (lambda p: p["labels"][0].update(start=True), "start and end"),
        (lambda p: p["labels"][0].update(more=1), "exactly the keys"),
    ],
)
def test_a_mistake_is_shown_with_its_line(tmp_path: Path, change: Change, shown: str) -> None:
    bad = json.loads(json.dumps(GOOD))
    bad["id"] = "zh-2"
    change(bad)
    with pytest.raises(CorpusError, match="line 2") as caught:
        load_corpus(write(tmp_path, GOOD, bad))
    assert shown in str(caught.value)
    assert "a.jsonl" in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[]", "null", '"x"'])
def test_a_line_that_is_no_passage(tmp_path: Path, line: str) -> None:
    with pytest.raises(CorpusError, match="line 2"):
        load_corpus(write(tmp_path, GOOD, line))


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="twice"):
        load_corpus(write(tmp_path, GOOD, GOOD))


def test_no_passages(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        load_corpus(tmp_path)


def test_the_hash_is_of_names_and_bytes(tmp_path: Path) -> None:
    write(tmp_path / "passages", GOOD)
    first = corpus_hash(tmp_path)
    assert first == corpus_hash(tmp_path)
    write(tmp_path / "passages", {**GOOD, "text": "用于推送消息。"})
    second = corpus_hash(tmp_path)
    gold = tmp_path / "policies" / "x"
    gold.mkdir(parents=True)
    (gold / "gold.jsonl").write_text("{}\n", "utf-8")
    assert len({first, second, corpus_hash(tmp_path)}) == 3


def test_near_duplicates_are_found_whatever_their_numbers(tmp_path: Path) -> None:
    texts = [
        "我们将在15个工作日内答复您的请求",
        "我们将在30个工作日内答复您的请求",
        "另一句话说的是别的事情",
    ]
    passages = [{**GOOD, "id": f"zh-{n}", "text": t, "labels": []} for n, t in enumerate(texts)]
    pairs = near_duplicates(load_corpus(write(tmp_path, *passages)))
    assert [(a.id, b.id) for a, b in pairs] == [("zh-0", "zh-1")]


def test_names_and_addresses_make_no_difference(tmp_path: Path) -> None:
    texts = [
        "有疑问时可以写信到 a@one.example 找如视的客服人员",
        "有疑问时可以写信到 bb@two.example 找Realsee的客服人员",
    ]
    passages = [{**GOOD, "id": f"zh-{n}", "text": t, "labels": []} for n, t in enumerate(texts)]
    assert len(near_duplicates(load_corpus(write(tmp_path, *passages)))) == 1


def test_a_documents_name_decides_its_split(tmp_path: Path) -> None:
    """Six, two and two tenths, and no passage of a document elsewhere."""
    passages = [{**GOOD, "id": f"zh-{n}", "document": f"zh-d{n}"} for n in range(1000)]
    corpus = load_corpus(write(tmp_path, *passages))
    counts = Counter(p.split for p in corpus)
    assert 550 < counts[Split.TRAIN] < 650
    assert 150 < counts[Split.CALIBRATION] < 250
    assert 150 < counts[Split.TEST] < 250
