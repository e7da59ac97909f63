"""A process that keeps, reads, pins and evicts until it is killed; run by test_snapshots.

python snapshot_writer.py FOLDER SEED [LIMIT]          on and on
python snapshot_writer.py FOLDER SEED LIMIT STEP       killed by itself at its STEP-th call of
                                                       the system, a write half done
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from typing import Any

from linter.fetch.snapshots import SnapshotStore

CALLS = ("open", "write", "fsync", "rename", "unlink", "utime", "mkdir", "rmdir", "close")
URLS = [f"https://site.example/{n}" for n in range(6)]


def body(seed: int) -> bytes:
    """Bytes by a small number, so that processes keep the same ones."""
    return random.Random(seed).randbytes(1000 + seed * 3001)


def keep(store: SnapshotStore, url: str, seed: int) -> str | None:
    return store.keep(
        url,
        kind="http",
        content=body(seed),
        final_url=url,
        fetched_at="2026-01-01T00:00:00Z",
        headers={"etag": f'"{seed}"', "x-filler": "y" * 500},
    )


def work(store: SnapshotStore, chance: random.Random) -> None:
    """One round of all that a run does."""
    url = chance.choice(URLS)
    sha256 = keep(store, url, chance.randrange(40))
    if sha256 is not None and chance.random() < 0.2:
        store.pin(sha256, f"report {chance.randrange(3)}")
    if chance.random() < 0.1:
        store.unpin(f"report {chance.randrange(3)}")
    store.recall(chance.choice(URLS))


def killing_at(step: int) -> None:
    """Replace the system's calls by some that end this process at the ``step``-th."""
    count = 0

    def dying(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                if name == "write":
                    call(args[0], bytes(args[1])[: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return counted

    for name in CALLS:
        setattr(os, name, dying(name, getattr(os, name)))


def main() -> None:
    folder, seed = sys.argv[1], int(sys.argv[2])
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else 400_000
    store = SnapshotStore(folder, limit=limit)
    if len(sys.argv) > 4:
        killing_at(int(sys.argv[4]))
        keep(store, URLS[0], seed)
        store.pin(str(keep(store, URLS[1], seed)), "report")
        keep(store, URLS[0], seed + 1)
        store.unpin("report")
        return
    chance = random.Random(seed)
    print("ready", flush=True)
    while True:
        work(store, chance)


if __name__ == "__main__":
    main()
