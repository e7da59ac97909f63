"""Training is the same each time, splits by document, and what ships says what was trained."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from linter.classify.model import load_model, read_model, unpack
from linter.cli.train import judge, run_train
from linter.learn import Training, is_current, run
from linter.learn.corpus import Passage, Split, corpus_hash, load_corpus
from linter.learn.export import pack
from linter.learn.metrics import brier, calibration_error
from linter.learn.train import classifiers, folds, matrix_of, platt, train, truth_of, unit_of

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
MODELS = ROOT / "models"


@pytest.fixture(scope="module")
def corpus() -> list[Passage]:
    return load_corpus(CORPUS / "passages")


@pytest.fixture(scope="module")
def sample(corpus: list[Passage]) -> list[Passage]:
    """The passages of a quarter of the documents: what holds for them holds for all."""
    documents = sorted({p.document for p in corpus})
    chosen = set(documents[::4])
    return [p for p in corpus if p.document in chosen]


@pytest.fixture(scope="module")
def training() -> Training:
    return run(CORPUS, None, judge)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_passages_in_any_order_give_the_same_bytes(
    sample: list[Passage], language: str
) -> None:
    first = pack(train(sample, language).model)
    assert pack(train(list(reversed(sample)), language).model) == first


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numpy_gives_what_scikit_learn_gives(sample: list[Passage], language: str) -> None:
    """The parity that the exported model stands on."""
    own = [p for p in sample if p.lang == language and p.split is Split.TRAIN]
    passages = sorted(own, key=lambda p: p.id)
    units = [unit_of(p) for p in passages]
    model = train(sample, language).model
    truth = truth_of(passages, model.classes)
    matrix = matrix_of(units, language, model.vocabulary, model.idf.astype(float))
    exported = unpack(pack(model), language, file="x")
    for column, classifier in enumerate(classifiers(matrix, truth)):
        scores = classifier.decision_function(matrix)
        np.testing.assert_allclose(exported.scores(units)[:, column], scores, atol=1e-4)
        slope, offset = exported.calibration[column]
        expected = 1 / (1 + np.exp(-(slope * scores + offset)))
        got = exported.probabilities(units)[:, column]
        np.testing.assert_allclose(got, expected, atol=1e-4)


def test_no_document_is_in_both_halves_of_a_fold(corpus: list[Passage]) -> None:
    documents = [p.document for p in corpus]
    tested: list[int] = []
    for seen, asked in folds(documents):
        assert not {documents[i] for i in seen} & {documents[i] for i in asked}
        tested += asked
    assert sorted(tested) == list(range(len(documents)))


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


def test_the_models_that_ship_are_what_the_corpus_gives(training: Training) -> None:
    assert is_current(training, MODELS)


def test_probabilities_are_calibrated(training: Training) -> None:
    """Expected calibration error of each class on documents that chose nothing: at most 0.05."""
    for trained in training.languages.values():
        for name, measured in trained.metrics.classes.items():
            assert measured.ece <= 0.05, name


def test_the_manifest_tells_the_truth() -> None:
    manifest = json.loads((MODELS / "manifest.json").read_text("utf-8"))
    assert manifest["corpus"]["sha256"] == corpus_hash(CORPUS)
    for name, entry in manifest["files"].items():
        raw = (MODELS / name).read_bytes()
        assert entry == {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
    for language in ("zh", "en"):
        measured = manifest["metrics"][language]["classes"]
        assert set(measured) == set(load_model(language).classes)


def small(folder: Path) -> Path:
    """A corpus with few passages and policies, enough to train on."""
    for part in ("passages", "policies"):
        (folder / part).mkdir(parents=True)
    for name in ("zh-k1", "zh-k3", "en-k1", "en-k2"):
        file = f"passages/{name}.jsonl"
        (folder / file).write_bytes((CORPUS / file).read_bytes())
    for name in ("en-prose-calibration", "en-prose-held-out"):
        source = CORPUS / "policies" / name.replace("-calibration", "")
        target = folder / "policies" / name
        target.mkdir()
        for path in source.iterdir():
            (target / path.name).write_bytes(path.read_bytes())
    return folder


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, models = small(tmp_path / "corpus"), tmp_path / "models"
    assert run_train(corpus, models, check=False, lang="en") == 0
    assert {p.name for p in models.iterdir()} == {"zh.npz", "en.npz", "manifest.json"}
    assert run_train(corpus, models, check=True, lang="zh") == 0
    assert "模型是最新的" in capsys.readouterr().out
    (corpus / "passages" / "en-k1.jsonl").unlink()
    assert run_train(corpus, models, check=True, lang="en") == 1
    assert read_model(models, "zh").language == "zh"


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_train(tmp_path, tmp_path, check=False, lang="en") == 2
    assert "no passages" in capsys.readouterr().err
    (tmp_path / "passages").mkdir()
    (tmp_path / "passages" / "a.jsonl").write_text("{}\n", "utf-8")
    assert run_train(tmp_path, tmp_path, check=False, lang="en") == 2
    assert "a.jsonl, line 1" in capsys.readouterr().err
    corpus = small(tmp_path / "small")
    (corpus / "passages" / "zh-k1.jsonl").unlink()
    (corpus / "passages" / "zh-k3.jsonl").unlink()
    assert run_train(corpus, tmp_path, check=False, lang="en") == 2
    assert "too small" in capsys.readouterr().err
