"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

# Longer words are no slip of the pen, and comparing them takes time.
_LONGEST = 60


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, whatever the case; the first of several."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=_plain(word[:_LONGEST]))

    def likeness(candidate: str) -> float:
        matcher.set_seq1(_plain(candidate))
        return matcher.ratio()

    return max(known, key=likeness)


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-")
