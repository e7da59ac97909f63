"""The models' manifest: what files there are, what made them, and how far they can be believed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from linter.errors import ModelError

FORMAT = 2
MANIFEST = "manifest.json"
MAX_BYTES = 16 * 1024 * 1024


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a models folder.

    Raises
    ------
    ModelError
        ``model-missing``, ``model-manifest``, ``model-version`` or ``model-damaged``.
    """
    raw = read_bytes(folder / MANIFEST)
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ModelError("model-manifest", reason=error) from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError("model-manifest", reason="no files are named")
    if manifest.get("format") != FORMAT:
        raise ModelError("model-version", found=manifest.get("format"), known=FORMAT)
    return manifest


def read_bytes(path: Path) -> bytes:
    """A file of the models folder, which is never larger than ``MAX_BYTES``.

    Raises
    ------
    ModelError
        ``model-missing`` or ``model-damaged``.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        raise ModelError("model-missing", file=path.name) from None
    if len(raw) > MAX_BYTES:
        raise ModelError("model-damaged", file=path.name, reason="too large")
    return raw
