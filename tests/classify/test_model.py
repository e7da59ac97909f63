"""A model file is believed only when every byte of it is what the manifest says."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linter.classify.features import tokens, weigh
from linter.classify.model import load_model, read_model
from linter.errors import ModelError

MODELS = Path(__file__).resolve().parents[2] / "models"


def arrays() -> dict[str, Any]:
    with np.load(MODELS / "zh.npz", allow_pickle=False) as data:
        return {name: data[name] for name in data.files}


def packed(changed: dict[str, Any], *, pickled: bool = False) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=pickled, **changed)
    return buffer.getvalue()


def folder(tmp_path: Path, raw: bytes, **manifest: Any) -> Path:
    """A models folder whose manifest vouches for ``raw``."""
    (tmp_path / "zh.npz").write_bytes(raw)
    entry = {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
    text = json.dumps({"format": 2, "files": {"zh.npz": entry}, **manifest})
    (tmp_path / "manifest.json").write_text(text, "utf-8")
    return tmp_path


def code_of(path: Path, language: str = "zh") -> str:
    with pytest.raises(ModelError) as caught:
        read_model(path, language)
    return caught.value.code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_ships_is_loaded_once(language: str) -> None:
    model = load_model(language)
    assert load_model(language) is model
    assert "purpose:affirmed" in model.classes
    rows = model.probabilities([("用于推送消息", "使用目的", ["第三方"]), ("", "", [])])
    assert rows.shape == (2, len(model.classes))
    assert ((rows > 0) & (rows < 1)).all()


def test_no_units() -> None:
    model = load_model("zh")
    assert model.probabilities([]).shape == (0, len(model.classes))


def test_a_model_that_is_whole(tmp_path: Path) -> None:
    assert read_model(folder(tmp_path, packed(arrays())), "zh").classes == load_model("zh").classes


def test_missing_files(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "model-missing"
    folder(tmp_path, packed(arrays()))
    assert code_of(tmp_path, "en") == "model-missing"
    (tmp_path / "zh.npz").unlink()
    assert code_of(tmp_path) == "model-missing"


@pytest.mark.parametrize("language", ["../zh", "zh.npz", ""])
def test_no_path_leaves_the_folder(tmp_path: Path, language: str) -> None:
    folder(tmp_path, packed(arrays()), files={f"{language}.npz": {"sha256": "", "bytes": 0}})
    assert code_of(tmp_path, language) == "model-missing"


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b'{"files": []}', b"\xff", b"[" * 100_000])
def test_a_damaged_manifest(tmp_path: Path, manifest: bytes) -> None:
    folder(tmp_path, packed(arrays()))
    (tmp_path / "manifest.json").write_bytes(manifest)
    assert code_of(tmp_path) == "model-manifest"


def test_another_format(tmp_path: Path) -> None:
    assert code_of(folder(tmp_path, packed(arrays()), format=1)) == "model-version"


def test_one_changed_byte(tmp_path: Path) -> None:
    path = folder(tmp_path, packed(arrays()))
    raw = bytearray((path / "zh.npz").read_bytes())
    raw[len(raw) // 2] ^= 1
    (path / "zh.npz").write_bytes(bytes(raw))
    assert code_of(path) == "model-tampered"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weights", lambda a: a["weights"][:-1]),
        ("weights", lambda a: a["weights"].astype(np.float64)),
        ("weights", lambda a: np.full_like(a["weights"], np.nan)),
        ("idf", lambda a: np.full_like(a["idf"], np.inf)),
        ("intercepts", lambda a: a["intercepts"][None, :]),
        ("calibration", lambda a: a["calibration"].T),
        ("vocabulary", lambda a: np.frombuffer(b"\xff\xfe", dtype=np.uint8)),
        ("classes", lambda a: a["classes"][:-1].astype(np.int64)),
        ("format", lambda a: np.array(9, dtype=np.int64)),
        ("format", lambda a: np.array([1], dtype=np.int64)),
        ("extra", lambda a: np.array(1)),
    ],
)
def test_arrays_that_do_not_fit(tmp_path: Path, name: str, value: Any) -> None:
    changed = arrays()
    changed[name] = value(changed)
    assert code_of(folder(tmp_path, packed(changed))) == "model-damaged"


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            raise AssertionError("pickled")

    changed = {**arrays(), "idf": np.array([{"a": 1}], dtype=object)}
    assert code_of(folder(tmp_path, packed(changed, pickled=True))) == "model-damaged"


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"not a zip", b"\x80\x04N."])
def test_bytes_that_are_no_archive(tmp_path: Path, raw: bytes) -> None:
    assert code_of(folder(tmp_path, raw)) == "model-damaged"


def test_a_zip_bomb(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("idf.npy", b"\0" * 150_000_000)
    assert code_of(folder(tmp_path, buffer.getvalue())) == "model-damaged"


def test_features_of_a_unit() -> None:
    seen = list(tokens(("推送12条", "目的", ["一", "第三方"]), "zh"))
    assert "推送0" in seen
    assert "l 目的" in seen
    assert "h 第三" in seen
    assert "h 一" not in seen
    assert "labelled" in seen
    english = list(tokens(("push notifications", "", []), "en"))
    assert "push notifi" in english
    assert "prose" in english


def test_a_vector_has_length_one_or_none() -> None:
    idf = np.array([1.0, 2.0], dtype=np.float32)
    numbers, weights = weigh(("推送推", "", []), "zh", {"推": 0, "送": 1}, idf)
    assert numbers.tolist() == [0, 1]
    assert float((weights**2).sum()) == pytest.approx(1.0)
    assert weigh(("x", "", []), "zh", {}, idf[:0])[1].shape == (0,)
