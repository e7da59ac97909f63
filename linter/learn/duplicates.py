"""Near-duplicates among passages: a model that has seen its test flatters itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from linter.learn.corpus import Passage

_NUMBER = re.compile(r"\d+")
_GRAM = 5
SIMILAR = 0.8


def near_duplicates(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """Pairs of ids whose texts share more than 0.8 of their character 5-grams (Jaccard).

    Numbers are masked first. Texts under 5 characters count only when they are equal, and not at
    all when they stand under different labels.
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
        for other, common in shared.items():
            if common / (len(mine) + len(grams[other]) - common) > SIMILAR:
                pairs.append((passages[other].id, passages[number].id))
    return sorted(pairs)


def _grams(passage: Passage) -> set[str]:
    text = _NUMBER.sub("0", passage.text)
    if len(text) < _GRAM:
        return {f"{passage.label}\n{text}"}
    return {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)}
