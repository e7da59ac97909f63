"""Ranges that are asked again and again which of them meet another one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Intervals(Generic[T]):
    """Things with a half-open range each, sorted once; a question costs about what it returns."""

    def __init__(self, things: Iterable[T], bounds: Callable[[T], tuple[int, int]]) -> None:
        pairs = sorted(((bounds(t), t) for t in things), key=lambda p: p[0])
        self._bounds = [b for b, _ in pairs]
        self._things = [t for _, t in pairs]
        self._starts = [start for start, _ in self._bounds]
        # How far each range or one before it reaches.
        self._reach = list(accumulate((end for _, end in self._bounds), max))

    def overlapping(self, start: int, end: int) -> list[T]:
        """The things whose range shares a point with ``start:end``, in order of their ranges."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [self._things[n] for n in range(first, last) if self._bounds[n][1] > start]

    def cover(self, start: int, end: int) -> bool:
        """Whether one of the ranges holds all of ``start:end``."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
