"""The labelled passages, read strictly: what is wrong is said with its file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linter.disclosure import Kind, Polarity
from linter.errors import CorpusError

_KEYS = {"id", "lang", "family", "document", "headings", "label", "text", "labels"}
_LABEL_KEYS = {"kind", "polarity", "start", "end"}
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """What a stretch of a passage says; offsets are code points, half-open."""

    kind: Kind
    polarity: Polarity
    start: int
    end: int

    @property
    def name(self) -> str:
        """The class that the model learns: "kind:polarity"."""
        return f"{self.kind}:{self.polarity}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, cell or value with its context and what it says (nothing, for most)."""

    id: str
    lang: str
    family: str
    document: str
    headings: tuple[str, ...]
    label: str
    text: str
    labels: tuple[Label, ...]


def load_corpus(folder: Path) -> list[Passage]:
    """All passages of ``folder``'s *.jsonl files, sorted by id.

    Raises
    ------
    CorpusError
        ``corpus-empty``, ``corpus-line`` (with file, line and what is wrong).
    """
    passages: dict[str, Passage] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, passage in _passages(path):
            if passage.id in passages:
                raise _wrong(path, number, f"the id {passage.id} stands twice")
            passages[passage.id] = passage
    if not passages:
        raise CorpusError("corpus-empty", folder=folder)
    return [passages[key] for key in sorted(passages)]


def corpus_hash(folder: Path) -> str:
    """SHA-256 over the passage files' names and bytes, hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _passages(path: Path) -> Iterator[tuple[int, Passage]]:
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, 0, str(error)) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            raise _wrong(path, number, str(error)) from None
        fault = _fault(data)
        if fault is not None:
            raise _wrong(path, number, fault)
        yield number, _passage(data)


def _passage(data: dict[str, Any]) -> Passage:
    labels = tuple(
        Label(Kind(x["kind"]), Polarity(x["polarity"]), x["start"], x["end"])
        for x in data["labels"]
    )
    return Passage(
        data["id"],
        data["lang"],
        data["family"],
        data["document"],
        tuple(data["headings"]),
        data["label"],
        data["text"],
        labels,
    )


def _fault(data: object) -> str | None:
    if not isinstance(data, dict) or set(data) != _KEYS:
        return f"a passage has exactly the keys {', '.join(sorted(_KEYS))}"
    for key in ("id", "lang", "family", "document", "text"):
        if not isinstance(data[key], str) or not data[key].strip():
            return f"{key} must be a string that is not empty"
    if data["lang"] not in LANGUAGES:
        return f"lang must be one of {', '.join(LANGUAGES)}"
    if not isinstance(data["label"], str):
        return "label must be a string"
    headings = data["headings"]
    if not isinstance(headings, list) or not all(isinstance(h, str) for h in headings):
        return "headings must be an array of strings"
    if not isinstance(data["labels"], list):
        return "labels must be an array"
    return next((f for x in data["labels"] if (f := _label_fault(x, data["text"]))), None)


def _label_fault(label: object, text: str) -> str | None:
    if not isinstance(label, dict) or set(label) != _LABEL_KEYS:
        return f"a label has exactly the keys {', '.join(sorted(_LABEL_KEYS))}"
    if label["kind"] not in list(Kind):
        return f"kind {label['kind']!r} is not known"
    if label["polarity"] not in list(Polarity):
        return f"polarity {label['polarity']!r} is not known"
    start, end = label["start"], label["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        return "start and end must lie in the text, end after start"
    return None


def _wrong(path: Path, line: int, reason: str) -> CorpusError:
    return CorpusError("corpus-line", file=path.name, line=line, reason=reason)
