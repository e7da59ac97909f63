"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

# Longer words are no slip of the pen, and comparing them takes time.
_LONGEST = 60


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, whatever the case."""
    from difflib import get_close_matches

    by_key = {k.casefold().replace("_", "-"): k for k in known}
    wanted = word[:_LONGEST].casefold().replace("_", "-")
    return by_key[get_close_matches(wanted, by_key, n=1, cutoff=0.0)[0]]
