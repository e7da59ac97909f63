"""Training is the same each time, splits by document, and what ships says what was trained."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from linter.classify.model import load_model, read_model, unpack
from linter.cli.train import run_train
from linter.learn import is_current, run
from linter.learn.corpus import Passage, corpus_hash, load_corpus
from linter.learn.export import pack
from linter.learn.metrics import brier, calibration_error
from linter.learn.train import _classifiers, _matrix, _truth, folds, platt, train, unit_of

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = ROOT / "corpus" / "passages"
MODELS = ROOT / "models"


@pytest.fixture(scope="module")
def corpus() -> list[Passage]:
    return load_corpus(PASSAGES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_passages_in_any_order_give_the_same_bytes(
    corpus: list[Passage], language: str
) -> None:
    first = pack(train(corpus, language).model)
    assert pack(train(list(reversed(corpus)), language).model) == first


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numpy_gives_what_scikit_learn_gives(corpus: list[Passage], language: str) -> None:
    """The parity that the exported model stands on."""
    passages = sorted((p for p in corpus if p.lang == language), key=lambda p: p.id)
    units = [unit_of(p) for p in passages]
    result = train(corpus, language)
    _, truth = _truth(passages)
    matrix = _matrix(units, language, result.model.vocabulary, result.model.idf.astype(float))
    exported = unpack(pack(result.model), language, file="x")
    for column, classifier in enumerate(_classifiers(matrix, truth)):
        scores = classifier.decision_function(matrix)
        np.testing.assert_allclose(exported.scores(units)[:, column], scores, atol=1e-4)
        slope, offset = exported.calibration[column]
        expected = 1 / (1 + np.exp(-(slope * scores + offset)))
        got = exported.probabilities(units)[:, column]
        np.testing.assert_allclose(got, expected, atol=1e-4)


def test_no_document_is_in_both_halves_of_a_split(corpus: list[Passage]) -> None:
    groups = np.array([p.document for p in corpus])
    tested: list[int] = []
    for seen, unseen in folds(groups):
        assert not set(groups[seen]) & set(groups[unseen])
        tested += unseen.tolist()
    assert sorted(tested) == list(range(len(groups)))


def test_calibration_brings_probability_to_frequency() -> None:
    """On scores that are twice too sure, the sigmoid halves them."""
    generator = np.random.default_rng(7)
    honest = generator.normal(size=4000)
    truth = generator.random(4000) < 1 / (1 + np.exp(-honest))
    slope, offset = platt(honest * 2, truth)
    assert slope == pytest.approx(0.5, abs=0.06)
    assert offset == pytest.approx(0.0, abs=0.1)
    sure = 1 / (1 + np.exp(-honest * 2))
    calibrated = 1 / (1 + np.exp(-(slope * honest * 2 + offset)))
    assert brier(truth, calibrated) < brier(truth, sure)
    assert calibration_error(truth, calibrated) < calibration_error(truth, sure)


def test_a_class_that_is_all_or_nothing_is_left_uncalibrated() -> None:
    assert platt(np.array([1.0, 2.0]), np.array([True, True])) == (1.0, 0.0)


def test_the_models_that_ship_are_what_the_corpus_gives() -> None:
    assert is_current(run(PASSAGES, None), MODELS)


def test_the_manifest_tells_the_truth() -> None:
    manifest = json.loads((MODELS / "manifest.json").read_text("utf-8"))
    assert manifest["corpus"]["sha256"] == corpus_hash(PASSAGES)
    for name, entry in manifest["files"].items():
        raw = (MODELS / name).read_bytes()
        assert entry == {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
    for language in ("zh", "en"):
        assert set(manifest["metrics"][language]) == set(load_model(language).classes)


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_train(PASSAGES, tmp_path, check=False, lang="en") == 0
    assert {p.name for p in tmp_path.iterdir()} == {"zh.npz", "en.npz", "manifest.json"}
    assert run_train(PASSAGES, tmp_path, check=True, lang="zh") == 0
    assert "模型是最新的" in capsys.readouterr().out
    few = tmp_path / "few"
    few.mkdir()
    kept = [p for p in sorted(PASSAGES.glob("*.jsonl")) if p.name != "en-none.jsonl"]
    for path in kept:
        (few / path.name).write_bytes(path.read_bytes())
    assert run_train(few, tmp_path, check=True, lang="en") == 1
    assert read_model(tmp_path, "zh").language == "zh"


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_train(tmp_path, tmp_path, check=False, lang="en") == 2
    assert "no passages" in capsys.readouterr().err
    (tmp_path / "a.jsonl").write_text("{}\n", "utf-8")
    assert run_train(tmp_path, tmp_path, check=False, lang="en") == 2
    assert "a.jsonl, line 1" in capsys.readouterr().err
