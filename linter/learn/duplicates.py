"""Near-duplicates among passages: a model that has seen its test flatters itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from linter.learn.corpus import Passage
from linter.vendors import load_vendor

# Names and numbers say nothing of how a passage was written: addresses, Latin names, digits.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_NUMBER = re.compile(r"\d+")
_GRAM = 5
SIMILAR = 0.8
# Characters; shorter values ("N/A", a field's usual answer) are everybody's.
_TELLING = 24


def near_duplicates(passages: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Pairs that share more than 0.8 of their character 5-grams (Jaccard), in the order given.

    Names and numbers are masked first. Texts under 5 characters count only when they are equal,
    and not at all when they stand under different labels.
    """
    grams = [_grams(p) for p in passages]
    by_gram: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for number, mine in enumerate(grams):
        shared: dict[int, int] = defaultdict(int)
        for gram in mine:
            for other in by_gram[gram]:
                shared[other] += 1
            by_gram[gram].append(number)
        for other, common in sorted(shared.items()):
            if common / (len(mine) + len(grams[other]) - common) > SIMILAR:
                pairs.append((passages[other], passages[number]))
    return pairs


def telling(passage: Passage) -> bool:
    """Whether a passage is longer than what many documents say in the same words."""
    return len(_masked(passage.text)) >= _TELLING


def _masked(text: str) -> str:
    return _NUMBER.sub("0", _names().sub("@", _ADDRESS.sub("@", text)))


@cache
def _names() -> re.Pattern[str]:
    vendor = load_vendor()
    words = [*vendor.names.legal, *vendor.names.affiliates, *vendor.names.lookalike_stems]
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


def _grams(passage: Passage) -> set[str]:
    text = _masked(passage.text)
    if len(text) < _GRAM:
        return {f"{passage.label}\n{text}"}
    return {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)}
