"""Models as files: arrays in an npz, the same bytes for the same arrays, and their manifest."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from linter.classify.manifest import FORMAT, MANIFEST
from linter.classify.model import Model
from linter.learn import Training
from linter.learn.train import SEED

# ZIP cannot say less; a time of day would make every training run differ.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LIBRARIES = ("numpy", "scikit-learn", "scipy")


def pack(model: Model) -> bytes:
    """The bytes of a model's npz file; ``linter.classify.model.unpack`` reads them."""
    words = sorted(model.vocabulary, key=model.vocabulary.__getitem__)
    arrays: dict[str, npt.NDArray[Any]] = {
        "format": np.array(FORMAT, dtype=np.int64),
        "vocabulary": _text(words),
        "classes": _text(model.classes),
        "idf": model.idf,
        "weights": model.weights,
        "intercepts": model.intercepts,
        "calibration": model.calibration,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted(arrays.items()):
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue())
    return buffer.getvalue()


def write(folder: Path, training: Training) -> None:
    """Writes models and manifest, the manifest last: half a training run is never believed."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = {f"{name}.npz": pack(t.model) for name, t in sorted(training.languages.items())}
    for name, raw in packed.items():
        (folder / name).write_bytes(raw)
    text = json.dumps(manifest(packed, training), indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", "utf-8")


def manifest(packed: Mapping[str, bytes], training: Training) -> dict[str, Any]:
    """What the models are: hashes and sizes, corpus, code, libraries, seed, confidence, metrics."""
    files: dict[str, dict[str, str | int]] = {
        name: {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}
        for name, raw in packed.items()
    }
    confidence = {
        "weights": dict(sorted(training.confidence.weights.items())),
        "review": dict(sorted(training.confidence.review.items())),
    }
    made = json.dumps([files, confidence], sort_keys=True)
    identity = hashlib.sha256(made.encode()).hexdigest()
    return {
        "format": FORMAT,
        "version": f"{FORMAT}-{identity[:12]}",
        "files": files,
        "confidence": confidence,
        "corpus": {
            "sha256": training.corpus_sha256,
            "passages": {k: t.passages for k, t in sorted(training.languages.items())},
            "documents": {k: t.documents for k, t in sorted(training.languages.items())},
        },
        "code": version("disclosure-lint"),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "seed": SEED,
        "metrics": {
            **{language: t.metrics.as_json() for language, t in sorted(training.languages.items())},
            "verdicts": training.trust.as_json(),
        },
    }


def _text(lines: list[str] | tuple[str, ...]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8)
