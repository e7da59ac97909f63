"""The labelled passages, read strictly: what is wrong is said with its file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from linter.disclosure import Kind, Polarity
from linter.errors import CorpusError

_STRINGS = ("id", "lang", "family", "document", "document_kind", "text")
_OPTIONAL_STRINGS = ("label", "before", "after")
_KEYS = {*_STRINGS, *_OPTIONAL_STRINGS, "headings", "labels"}
_LABEL_KEYS = {"kind", "polarity", "start", "end"}
LANGUAGES = ("zh", "en")
DOCUMENT_KINDS = (
    "privacy-policy",
    "sdk-list",
    "sharing-list",
    "children-policy",
    "agreement",
    "notice",
)


class Split(StrEnum):
    """What a document's passages are for; no document serves two ends."""

    TRAIN = "train"
    CALIBRATION = "calibration"
    TEST = "test"


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
    """A sentence, cell or value with its context and what it says (nothing, for most).

    ``before`` and ``after`` are the passages around it in the same section, "" if there are none.
    """

    id: str
    lang: str
    family: str
    document: str
    document_kind: str
    headings: tuple[str, ...]
    label: str
    before: str
    text: str
    after: str
    labels: tuple[Label, ...]

    @property
    def split(self) -> Split:
        """Train (six tenths of the documents), calibration or test (two tenths each).

        The document's name alone decides, so that what is added later moves nothing.
        """
        tenth = hashlib.sha256(self.document.encode()).digest()[0] % 10
        return (Split.TRAIN, Split.CALIBRATION, Split.TEST)[(tenth >= 6) + (tenth >= 8)]


def load_corpus(folder: Path) -> list[Passage]:
    """All passages of ``folder``'s *.jsonl files, sorted by id.

    Raises
    ------
    CorpusError
        ``corpus-empty``, ``corpus-line`` (with file, line and what is wrong).
    """
    passages: dict[str, Passage] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, data in read_lines(path):
            if (fault := _fault(data)) is not None:
                raise _wrong(path, number, fault)
            passage = _passage(data)
            if passage.id in passages:
                raise _wrong(path, number, f"the id {passage.id} stands twice")
            passages[passage.id] = passage
    if not passages:
        raise CorpusError("corpus-empty", folder=folder)
    return [passages[key] for key in sorted(passages)]


def corpus_hash(corpus: Path) -> str:
    """SHA-256 over names and bytes of the passages, and of the policies' gold, hexadecimal."""
    digest = hashlib.sha256()
    paths = [*corpus.glob("passages/*.jsonl"), *corpus.glob("policies/*/gold.jsonl")]
    for path in sorted(paths):
        name = path.relative_to(corpus).as_posix()
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Number and value of each JSON line that is not blank.

    Raises
    ------
    CorpusError
        ``corpus-line``: the file cannot be read or a line is no JSON.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, 0, str(error)) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _wrong(path, number, str(error)) from None


def _passage(data: dict[str, Any]) -> Passage:
    labels = tuple(
        Label(Kind(x["kind"]), Polarity(x["polarity"]), x["start"], x["end"])
        for x in data["labels"]
    )
    return Passage(**{**data, "headings": tuple(data["headings"]), "labels": labels})


def _fault(data: object) -> str | None:
    if not isinstance(data, dict) or set(data) != _KEYS:
        return f"a passage has exactly the keys {', '.join(sorted(_KEYS))}"
    for key in _STRINGS:
        if not isinstance(data[key], str) or not data[key].strip():
            return f"{key} must be a string that is not empty"
    for key in _OPTIONAL_STRINGS:
        if not isinstance(data[key], str):
            return f"{key} must be a string"
    if data["lang"] not in LANGUAGES:
        return f"lang must be one of {', '.join(LANGUAGES)}"
    if data["document_kind"] not in DOCUMENT_KINDS:
        return f"document_kind must be one of {', '.join(DOCUMENT_KINDS)}"
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
    if text[start:end] != text[start:end].strip():
        return f"the words of a {label['kind']} begin or end with white space"
    return None


def _wrong(path: Path, line: int, reason: str) -> CorpusError:
    return CorpusError("corpus-line", file=path.name, line=line, reason=reason)
