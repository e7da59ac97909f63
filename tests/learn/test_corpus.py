"""Passage files are read strictly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linter.errors import CorpusError
from linter.learn.corpus import corpus_hash, load_corpus
from linter.learn.duplicates import near_duplicates

GOOD: dict[str, Any] = {
    "id": "zh-1",
    "lang": "zh",
    "family": "purpose-field",
    "document": "zh-a",
    "headings": ["四、第三方"],
    "label": "使用目的",
    "text": "用于推送消息",
    "labels": [{"kind": "purpose", "polarity": "affirmed", "start": 0, "end": 6}],
}
Change = Callable[[dict[str, Any]], object]


def write(folder: Path, *passages: object) -> Path:
    lines = [p if isinstance(p, str) else json.dumps(p, ensure_ascii=False) for p in passages]
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
    first = corpus_hash(write(tmp_path, GOOD))
    assert first == corpus_hash(tmp_path)
    assert first != corpus_hash(write(tmp_path, {**GOOD, "text": "用于推送消息。"}))


def test_near_duplicates_are_found_whatever_their_numbers(tmp_path: Path) -> None:
    texts = [
        "我们将在15个工作日内答复您的请求",
        "我们将在30个工作日内答复您的请求",
        "另一句话说的是别的事情",
    ]
    passages = [{**GOOD, "id": f"zh-{n}", "text": t, "labels": []} for n, t in enumerate(texts)]
    assert near_duplicates(load_corpus(write(tmp_path, *passages))) == [("zh-0", "zh-1")]
