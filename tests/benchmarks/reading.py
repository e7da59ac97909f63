"""How long segmentation takes beside Beautiful Soup over lxml alone, and beside trafilatura.

    python -m tests.benchmarks.reading

Pages are made of the corpus's own policies, one after another up to a size; every time is the
least processor time of several runs in one process, and what is printed are ratios of those.
Exit code 1 when segmentation takes more than the limit times Beautiful Soup's time, or more than
trafilatura's where that is installed (it is needed for nothing else, and so no dependency).
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, zip_longest
from pathlib import Path

from bs4 import BeautifulSoup

from linter.document import Page
from linter.resources import data_path
from linter.segment import segment

LIMIT = 1.5
# Bytes of a page, and how many pages of that size: no single author's markup decides.
SIZES = ((50_000, 12), (300_000, 4), (2_000_000, 1))
_RUNS = 5


def pages(size: int, count: int) -> list[str]:
    """Pages of at least a number of bytes: bodies of authored HTML policies one after another."""
    files = sorted(data_path("corpus", "policies").glob("*/*.html"))
    return [_page(size, files[n::count] + files[:n]) for n in range(count)]


def _page(size: int, files: list[Path]) -> str:
    parts: list[str] = []
    have = 0
    for file in cycle(files):
        body = BeautifulSoup(file.read_bytes().decode("utf-8", "replace"), "lxml").body
        parts.append(body.decode_contents() if body else "")
        have += len(parts[-1].encode())
        if have >= size:
            break
    return "".join(("<!DOCTYPE html><title>隐私政策</title><body>", *parts, "</body>"))


def least(*works: Callable[[], object]) -> list[float]:
    """The least processor time of each work, in seconds, the works taking turns."""
    times = [float("inf")] * len(works)
    for _ in range(_RUNS):
        for n, work in enumerate(works):
            begun = time.process_time()
            work()
            times[n] = min(times[n], time.process_time() - begun)
    return times


def main() -> int:
    try:
        extract = importlib.import_module("trafilatura").extract
    except ModuleNotFoundError:
        extract = None
    worst = False
    for size, count in SIZES:
        totals = [0.0, 0.0, 0.0]
        for text in pages(size, count):
            source = Page("benchmark", text.encode(), text, "utf-8", 0.0, "text/html")
            works: list[Callable[[], object]] = [
                partial(BeautifulSoup, text, "lxml"),
                partial(segment, source),
            ]
            if extract is not None:
                works.append(partial(extract, text, include_tables=True))
            totals = [sum(x) for x in zip_longest(totals, least(*works), fillvalue=0.0)]
        soup, ours, theirs = totals
        line = f"{count:>2} of {size // 1000:>4} kB: "
        line += f"segment / bs4+lxml {ours / soup:.2f} (limit {LIMIT})"
        if extract is not None:
            line += f", segment / trafilatura {ours / theirs:.2f} (limit 1)"
        print(line)
        worst = worst or ours > LIMIT * soup or (extract is not None and ours > theirs)
    return int(worst)


if __name__ == "__main__":
    raise SystemExit(main())
