"""How much is judged at most: a hostile document must not cost more time than it is worth.

Counts, not seconds, so that the same document is always judged the same way. What is left out is
told (``Disclosures.unjudged``), and the report then claims no absence. Real policies stay far
below: one that names the vendor in every row of a long table has some dozens of mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
# Namings of the vendor, and references to other documents, in one document.
MENTIONS = 1_000
REFERENCES = 300
# What all documents' units and clauses may cost together: their characters, and for each of them
# as much as so many characters.
_COST = 300_000
_EACH = 100


class Work:
    """The work left to do for one check; ``cut`` tells that there was more than is done."""

    def __init__(self) -> None:
        self.cut = False
        self._left = _COST

    def most(self, items: Iterable[T], count: int) -> list[T]:
        """The first ``count`` items."""
        found = list(islice(items, count + 1))
        self.cut = self.cut or len(found) > count
        return found[:count]

    def affordable(self, items: Iterable[T], length: Callable[[T], int]) -> list[T]:
        """The first items that what is left pays for; ``length`` is in characters."""
        taken: list[T] = []
        for item in items:
            self._left -= _EACH + length(item)
            if self._left < 0:
                self.cut = True
                break
            taken.append(item)
        return taken
