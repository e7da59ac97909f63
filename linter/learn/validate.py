"""Whether the corpus can be believed: labels, duplicates, splits, and quotes that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from linter.disclosure import Kind
from linter.errors import CorpusError, DisclosureLintError
from linter.learn.corpus import Label, Passage, Split, load_corpus
from linter.learn.duplicates import near_duplicates, telling
from linter.learn.policies import LabelledPolicy, load_policies, sets_of
from linter.learn.scores import overlap_text

# The share of passages that may be near-duplicates of an earlier one.
MOST_DUPLICATES = 0.10
# Path of a policy → its canonical texts (the document itself, and lists beside it).
Reader = Callable[[LabelledPolicy], list[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: a passage's or policy's id, and a message key with parameters."""

    place: str
    key: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Census:
    """What the corpus holds, counted: passages by language, split and family, policies by set."""

    passages: Counter[tuple[str, Split]]
    families: Counter[tuple[str, str]]
    documents: Counter[tuple[str, Split]]
    labels: Counter[str]
    duplicates: int
    policies: Counter[tuple[str, str]]


def validate(folder: Path, read: Reader) -> tuple[Census, list[Fault]]:
    """Counts and faults of a corpus folder (``passages/`` and ``policies/``).

    Raises
    ------
    CorpusError
        A file breaks the format: nothing more can be said then.
    """
    passages = load_corpus(folder / "passages")
    policies = {p.name: load_policies(p) for p in sets_of(folder / "policies")}
    pairs = near_duplicates(passages)
    repeated = len({later.id for _, later in pairs})
    faults = [
        *_overlapping(passages),
        *_changed_language(passages),
        *_leaks(pairs),
        *_repetitive(repeated, len(passages)),
        *_same_words_otherwise_labelled(pairs),
        *(f for name, found in policies.items() for p in found for f in _unquotable(name, p, read)),
    ]
    documents = {(p.lang, p.document, p.split) for p in passages}
    census = Census(
        Counter((p.lang, p.split) for p in passages),
        Counter((p.family, p.lang) for p in passages),
        Counter((lang, split) for lang, _, split in documents),
        Counter(label.name for p in passages for label in p.labels),
        repeated,
        Counter((name, p.lang) for name, found in policies.items() for p in found),
    )
    return census, faults


def _overlapping(passages: list[Passage]) -> Iterator[Fault]:
    """Words that are labelled twice with one kind: one of the two polarities must be wrong."""
    for passage in passages:
        last: dict[Kind, Label] = {}
        for label in sorted(passage.labels, key=lambda x: x.start):
            before = last.get(label.kind)
            if before is not None and label.start < before.end:
                yield Fault(passage.id, "corpus.overlap", {"kind": label.kind})
            last[label.kind] = label


def _changed_language(passages: list[Passage]) -> Iterator[Fault]:
    languages: dict[str, str] = {}
    for passage in passages:
        if languages.setdefault(passage.document, passage.lang) != passage.lang:
            yield Fault(passage.id, "corpus.two-languages", {"document": passage.document})


def _leaks(pairs: list[tuple[Passage, Passage]]) -> Iterator[Fault]:
    for first, second in pairs:
        if first.split is not second.split and telling(first) and telling(second):
            params = {"other": first.id, "split": first.split, "own": second.split}
            yield Fault(second.id, "corpus.leak", params)


def _repetitive(repeated: int, passages: int) -> Iterator[Fault]:
    if repeated > MOST_DUPLICATES * passages:
        yield Fault("passages", "corpus.repetitive", {"count": repeated, "passages": passages})


def _same_words_otherwise_labelled(pairs: list[tuple[Passage, Passage]]) -> Iterator[Fault]:
    for first, second in pairs:
        if (first.text, first.label) != (second.text, second.label):
            continue
        if first.headings == second.headings and first.labels != second.labels:
            yield Fault(second.id, "corpus.contradiction", {"other": first.id})


def _unquotable(name: str, policy: LabelledPolicy, read: Reader) -> Iterator[Fault]:
    place = f"{name}/{policy.id}"
    try:
        text = " ".join(map(overlap_text, read(policy)))
    except CorpusError:
        raise
    except DisclosureLintError as error:
        yield Fault(place, "corpus.unread", {"code": error.code})
        return
    for requirement, quote in policy.evidence.items():
        if overlap_text(quote) not in text:
            yield Fault(place, "corpus.no-such-words", {"requirement": requirement})
