"""What the model sees of a unit: n-grams of its text, label and heading, and the fields they name.

One implementation for training and for use, so that both count the same things. Characters serve
Chinese, which writes no spaces; words and their beginnings serve English. What did not help on
documents held out is not among them (models/README.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from linter.classify.lexicon import fields_of

# text, label, headings from the outermost: all in normal form (``shadow``).
UnitText = tuple[str, str, Sequence[str]]
FloatArray = npt.NDArray[np.float32]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\sa-z]")
_DIGITS = re.compile(r"\d+")
# Longer units are cut: what a unit is about shows before that.
_MAX_CHARACTERS = 600


def tokens(unit: UnitText, language: str) -> Iterator[str]:
    """The features of a unit, one string each, repeated as often as they occur.

    ``language`` is "zh" or "en". Numbers are one and the same: which number says nothing.
    """
    text, label, headings = unit
    grams = _characters if language == "zh" else _words
    yield from grams(_normal(text))
    for gram in grams(_normal(label)):
        yield f"l {gram}"
    for heading in headings[-1:]:
        for gram in grams(_normal(heading)):
            yield f"h {gram}"
        for name in fields_of(heading):
            yield f"hf {name}"
    for name in fields_of(label) if label else ():
        yield f"f {name}"
    yield "labelled" if label else "prose"


def _normal(text: str) -> str:
    return _DIGITS.sub("0", text[:_MAX_CHARACTERS])


def _characters(text: str) -> Iterator[str]:
    for n in (1, 2, 3):
        for at in range(len(text) - n + 1):
            yield text[at : at + n]


def _words(text: str) -> Iterator[str]:
    words = [w if len(w) < 6 else w[:6] for w in _WORD.findall(text)]
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def weigh(
    unit: UnitText, language: str, vocabulary: Mapping[str, int], idf: FloatArray
) -> tuple[npt.NDArray[np.intp], FloatArray]:
    """A unit as a sparse vector of length one: (feature numbers ascending, their weights).

    Sublinear term frequency times inverse document frequency, L2-normalised (Manning, Raghavan
    and Schütze, "Introduction to Information Retrieval", 6.2 to 6.4).
    """
    counts = Counter(
        number for t in tokens(unit, language) if (number := vocabulary.get(t)) is not None
    )
    numbers = np.array(sorted(counts), dtype=np.intp)
    frequency = np.array([counts[n] for n in numbers.tolist()], dtype=np.float32)
    weights = (1.0 + np.log(frequency)) * idf[numbers] if len(numbers) else frequency
    norm = float(np.sqrt((weights**2).sum()))
    return numbers, (weights / norm if norm else weights).astype(np.float32)


def document_frequencies(units: Iterable[UnitText], language: str) -> Counter[str]:
    """In how many units each feature occurs."""
    seen: Counter[str] = Counter()
    for unit in units:
        seen.update(set(tokens(unit, language)))
    return seen
