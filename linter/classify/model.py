"""The trained classifier, run with numpy alone; the manifest vouches for every byte of it.

A model file holds arrays and no objects: nothing in it can be executed. ``linter.learn`` writes
it from a scikit-learn classifier, and a test holds that both give the same probabilities.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linter.classify.features import FloatArray, UnitText, weigh
from linter.classify.manifest import FORMAT, MAX_BYTES, read_bytes, read_manifest
from linter.errors import ModelError
from linter.resources import data_path

_NAME = re.compile(r"[a-z]{2}\.npz")
_ARRAYS = {
    "format": np.int64,
    "vocabulary": np.uint8,
    "classes": np.uint8,
    "idf": np.float32,
    "weights": np.float32,
    "intercepts": np.float32,
    "calibration": np.float32,
}


@dataclass(frozen=True)
class Model:
    """A linear one-vs-rest classifier with calibrated probabilities.

    Attributes
    ----------
    language : "zh" or "en".
    classes : names "kind:polarity", one a column.
    vocabulary : feature → row.
    idf : shape (n_features,).
    weights : shape (n_features, n_classes).
    intercepts : shape (n_classes,).
    calibration : shape (n_classes, 2), slope and offset of Platt's sigmoid on the score.
    """

    language: str
    classes: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: FloatArray
    weights: FloatArray
    intercepts: FloatArray
    calibration: FloatArray

    def scores(self, units: Sequence[UnitText]) -> npt.NDArray[np.float64]:
        """Distances from each class's hyperplane, shape (n_units, n_classes)."""
        out = np.zeros((len(units), len(self.classes)), dtype=np.float64)
        for row, unit in enumerate(units):
            numbers, values = weigh(unit, self.language, self.vocabulary, self.idf)
            out[row] = values.astype(np.float64) @ self.weights[numbers]
        return out + self.intercepts

    def probabilities(self, units: Sequence[UnitText]) -> npt.NDArray[np.float64]:
        """How probably each unit says what each class names, shape (n_units, n_classes), 0 to 1.

        Classes are judged one by one: a row need not add up to 1.
        """
        slope, offset = self.calibration[:, 0], self.calibration[:, 1]
        return sigmoid(self.scores(units) * slope + offset)


def silent(language: str) -> Model:
    """A model that knows no class: what is judged with it is judged by rules and lexicon alone."""
    nothing = np.zeros(0, dtype=np.float32)
    weights = np.zeros((0, 0), dtype=np.float32)
    calibration = np.zeros((0, 2), dtype=np.float32)
    return Model(language, (), {}, nothing, weights, nothing, calibration)


def sigmoid(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The logistic function, without overflow for any finite score."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -500.0, 500.0))))


@cache
def load_model(language: str) -> Model:
    """The model of "zh" or "en", checked against the manifest; read once a process.

    Raises
    ------
    ModelError
        ``model-missing``, ``model-manifest``, ``model-tampered``, ``model-version`` or
        ``model-damaged``.
    """
    try:
        folder = data_path("models")
    except FileNotFoundError:
        raise ModelError("model-missing", file="models") from None
    return read_model(folder, language)


def read_model(folder: Path, language: str) -> Model:
    """As ``load_model``, from any folder and without keeping it."""
    name = f"{language}.npz"
    entry = read_manifest(folder).get("files", {}).get(name)
    if not _NAME.fullmatch(name) or not isinstance(entry, dict):
        raise ModelError("model-missing", file=name)
    raw = read_bytes(folder / name)
    if len(raw) != entry.get("bytes") or hashlib.sha256(raw).hexdigest() != entry.get("sha256"):
        raise ModelError("model-tampered", file=name)
    return unpack(raw, language, file=name)


# What zipfile, zlib and NumPy raise for bytes that are no archive of theirs, one that is encrypted
# or packed in another way.
_UNREADABLE = (
    ValueError,
    OSError,
    EOFError,
    KeyError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


def unpack(raw: bytes, language: str, *, file: str) -> Model:
    """A model from the bytes of its file, every array checked for type, shape and finite values."""
    try:
        if sum(i.file_size for i in zipfile.ZipFile(io.BytesIO(raw)).infolist()) > 8 * MAX_BYTES:
            raise ModelError("model-damaged", file=file, reason="too large")
        with np.load(io.BytesIO(raw), allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
    except _UNREADABLE as error:
        raise ModelError("model-damaged", file=file, reason=error) from None
    reason = _fault(arrays)
    if reason is not None:
        raise ModelError("model-damaged", file=file, reason=reason)
    words = _lines(arrays["vocabulary"])
    return Model(
        language,
        tuple(_lines(arrays["classes"])),
        {word: number for number, word in enumerate(words)},
        arrays["idf"],
        arrays["weights"],
        arrays["intercepts"],
        arrays["calibration"],
    )


def _fault(arrays: dict[str, npt.NDArray[Any]]) -> str | None:
    if set(arrays) != set(_ARRAYS):
        return "other arrays than expected"
    for name, kind in _ARRAYS.items():
        if arrays[name].dtype != kind:
            return f"{name} has another type"
        if kind is np.float32 and not np.isfinite(arrays[name]).all():
            return f"{name} is not finite"
    if arrays["format"].shape != () or int(arrays["format"]) != FORMAT:
        return "another format"
    try:
        n, m = len(_lines(arrays["vocabulary"])), len(_lines(arrays["classes"]))
    except UnicodeDecodeError:
        return "names are not UTF-8"
    shapes = {"idf": (n,), "weights": (n, m), "intercepts": (m,), "calibration": (m, 2)}
    return next((f"{k} has another shape" for k, s in shapes.items() if arrays[k].shape != s), None)


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")
