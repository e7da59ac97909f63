"""How many policies a second are judged, and what share of a check that is.

    python -m tests.benchmarks.judging

Warm: models and lexicons are loaded before. The corpus's own policies, from files. The
figures of one run belong together; compare no absolute ones between machines.
"""

from __future__ import annotations

import time
from pathlib import Path

from linter.classify import classify, read_manifest
from linter.fetch import FetchOptions
from linter.gather import Gathered, gather
from linter.learn import load_policies, sets_of
from linter.resources import data_path
from linter.rules import REQUIREMENTS, read_confidence
from linter.settings import Following
from linter.vendors import Vendor, load_vendor
from linter.verdict import Role

_ROUNDS = 3


def _gathered(path: Path, vendor: Vendor) -> Gathered:
    return gather(
        str(path),
        content=None,
        options=FetchOptions(),
        following=Following(local=True),
        vendor=vendor,
    )


def _judge(gathered: Gathered, vendor: Vendor) -> None:
    disclosures = classify(
        tuple(d.policy for d in gathered.documents),
        vendor,
        answered=gathered.answered,
        readings=gathered.readings,
    )
    confidence = read_confidence(read_manifest(data_path("models")).get("confidence"))
    for rule in REQUIREMENTS:
        rule.judge(disclosures, vendor, Role.RECIPIENT, confidence)


def main() -> None:
    """Prints policies per second for classify and rules, and their share of a whole check."""
    vendor = load_vendor("realsee")
    paths = [p.path for s in sets_of(data_path("corpus", "policies")) for p in load_policies(s)]
    for path in paths:
        _judge(_gathered(path, vendor), vendor)
    reading = judging = 0.0
    for _ in range(_ROUNDS):
        for path in paths:
            begun = time.perf_counter()
            gathered = _gathered(path, vendor)
            read = time.perf_counter()
            _judge(gathered, vendor)
            reading, judging = reading + read - begun, judging + time.perf_counter() - read
    count = _ROUNDS * len(paths)
    characters = sum(len(d.policy.text) for p in paths for d in _gathered(p, vendor).documents)
    print(f"{len(paths)} policies of {characters // len(paths)} characters on average")
    print(f"classify and rules: {count / judging:.0f} policies/s")
    print(f"whole check: {count / (reading + judging):.0f} policies/s")
    print(f"share of classify and rules: {100 * judging / (reading + judging):.0f} %")


if __name__ == "__main__":
    main()
