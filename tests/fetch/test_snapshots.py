"""What is kept is found again or absent, never wrong: kills, crowds, damage, no room, no rights."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from linter.cli import main
from linter.document import Page
from linter.errors import FetchError
from linter.fetch import FetchOptions, SnapshotStore, fetch
from linter.fetch import snapshots as module
from tests.fetch.loopback import BODY, answer, redirecting, server
from tests.fetch.snapshot_writer import URLS, body, keep

ROOT = Path(__file__).resolve().parents[2]
URL = "https://site.example/privacy"
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
KILLS = 60 if SOAK else 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def store(folder: Path) -> SnapshotStore:
    return SnapshotStore(folder)


def put(store: SnapshotStore, content: bytes = BODY, url: str = URL, **fields: Any) -> str:
    """Keep bytes of a URL; fails if they are not kept."""
    fields = {"kind": "http", "final_url": url, "fetched_at": "2026-01-01T00:00:00Z"} | fields
    sha256 = store.keep(url, content=content, **fields)
    assert sha256 is not None, store.troubles
    return sha256


def files(folder: Path, room: str) -> list[Path]:
    return sorted(p for p in (folder / room).rglob("*") if p.is_file())


def codes(store: SnapshotStore) -> list[str]:
    return [trouble.code for trouble in store.troubles]


# Keeping and recalling


def test_a_visit_comes_back_as_it_was(store: SnapshotStore) -> None:
    headers = {"Content-Type": "text/html", "ETag": '"1"'}
    chain = ["https://a.example/", "https://b.example/"]
    sha256 = put(store, headers=headers, redirects=chain, truncated=True, private=True)
    found = store.recall(URL)
    assert found is not None
    visit = found.visit
    assert found.content == BODY
    assert visit.sha256 == sha256
    assert (visit.asked, visit.url, visit.kind) == (URL, URL, "http")
    assert visit.headers == {"content-type": "text/html", "etag": '"1"'}
    assert visit.redirects == tuple(chain)
    assert (visit.size, visit.truncated, visit.private) == (len(BODY), True, True)
    assert visit.fetched_at == "2026-01-01T00:00:00Z"
    assert store.troubles == ()


def test_nothing_is_made_before_it_is_needed(folder: Path, store: SnapshotStore) -> None:
    assert store.recall(URL) is None
    assert store.read("0" * 64) is None
    assert store.visits(URL) == []
    assert not folder.exists()
    assert store.troubles == ()


def test_the_same_bytes_are_one_object_and_two_visits(folder: Path, store: SnapshotStore) -> None:
    put(store)
    put(store, fetched_at="2026-02-02T00:00:00Z")
    put(store, url="https://other.example/")
    assert len(files(folder, "objects")) == 1
    times = [v.fetched_at for v in store.visits(URL)]
    assert times == ["2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z"]


def test_the_newest_visit_is_recalled_and_an_older_one_by_its_hash(store: SnapshotStore) -> None:
    first = put(store, b"first")
    put(store, b"second")
    found, older = store.recall(URL), store.recall(URL, sha256=first)
    assert found is not None
    assert found.content == b"second"
    assert older is not None
    assert older.content == b"first"
    assert store.recall(URL, sha256="0" * 64) is None


def test_kinds_of_a_url_are_kept_apart(store: SnapshotStore) -> None:
    put(store, b"<script>")
    put(store, b"<p>drawn", kind="rendered")
    found = store.recall(URL, kind="rendered")
    assert found is not None
    assert found.content == b"<p>drawn"
    plain = store.recall(URL)
    assert plain is not None
    assert plain.content == b"<script>"


def test_everything_is_private(folder: Path, store: SnapshotStore) -> None:
    old = os.umask(0)
    try:
        store.pin(put(store), "owner")
    finally:
        os.umask(old)
    modes = {p: stat.S_IMODE(p.lstat().st_mode) for p in [folder, *folder.rglob("*")]}
    assert len(modes) > 8
    assert all(mode == (0o700 if p.is_dir() else 0o600) for p, mode in modes.items()), modes
    assert list((folder / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://site.example/../../../../etc/passwd",
        "https://site.example/%2e%2e/%00",
        "https://site.example/" + "a" * 5000,
        "https://site.example/\ud800\u202e\n\0",
        "..",
        "",
    ],
)
def test_no_piece_of_a_url_gets_into_a_file_name(
    tmp_path: Path, store: SnapshotStore, url: str
) -> None:
    store.pin(put(store, url=url), url)
    found = store.recall(url)
    assert found is not None
    assert found.visit.asked == url
    names = {part for p in tmp_path.rglob("*") for part in p.relative_to(tmp_path).parts}
    ours = {"cache", "objects", "visits", "pins", "temporary", "lock"}
    assert all(set(n) <= set("0123456789abcdef-.json") for n in names - ours)


def test_hostile_headers_are_left_out_whole(store: SnapshotStore) -> None:
    headers = {"Set-Cookie": "session=1", "WWW-Authenticate": "Basic", "ETag": '"' + "e" * 9000}
    headers |= {f"X-{n}": "v" * 1500 for n in range(500)} | {"N" * 200: "long name"}
    put(store, headers={"Content-Type": "text/html", "X-Odd": "\x1b[2J\ud800"} | headers)
    found = store.recall(URL)
    assert found is not None
    kept = found.visit.headers
    assert kept["content-type"] == "text/html"
    assert kept["x-odd"] == "\x1b[2J\ud800"
    assert not kept.keys() & {"set-cookie", "www-authenticate", "etag", "n" * 200}
    assert sum(len(k) + len(v) for k, v in kept.items()) <= 32 * 1024


def test_visits_of_a_url_do_not_pile_up(store: SnapshotStore) -> None:
    for n in range(module.VISITS + 5):
        put(store, fetched_at=f"2026-01-01T00:00:{n:02}Z")
    times = [v.fetched_at for v in store.visits(URL)]
    assert len(times) == module.VISITS
    assert times[-1] == f"2026-01-01T00:00:{module.VISITS + 4:02}Z"


def test_a_visit_that_was_pinned_outlives_later_ones(store: SnapshotStore) -> None:
    pinned = put(store, b"judged", fetched_at="2020-01-01T00:00:00Z")
    assert store.pin(pinned, "report 1")
    for n in range(module.VISITS + 5):
        put(store, b"later %d" % (n % 2))
    assert store.visits(URL)[0].fetched_at == "2020-01-01T00:00:00Z"
    store.unpin("report 1")
    put(store, b"later still")
    assert store.visits(URL)[0].fetched_at != "2020-01-01T00:00:00Z"


# Room


def sized(n: int) -> bytes:
    return bytes([n]) * 10_000


def age(folder: Path, sha256: str, seconds: int) -> None:
    """Set when an object was last used, so long ago."""
    then = time.time() - seconds
    os.utime(folder / "objects" / sha256[:2] / sha256, (then, then))


def test_the_least_recently_used_go_first(folder: Path) -> None:
    store = SnapshotStore(folder, limit=60_000)
    shas = [put(store, sized(n), f"https://{n}.example/") for n in range(5)]
    for n, sha256 in enumerate(shas):
        age(folder, sha256, 1000 - n)
    # Reading counts as use.
    assert store.read(shas[0]) is not None
    put(store, sized(5), "https://5.example/")
    there = [store.read(sha256) is not None for sha256 in shas]
    assert there == [True, False, True, True, True]
    assert store.visits("https://1.example/") == []
    assert store.recall("https://2.example/") is not None
    assert store.troubles == ()


def test_much_is_evicted_in_several_turns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    store = SnapshotStore(folder)
    for n in range(9):
        age(folder, put(store, sized(n), f"https://{n}.example/"), 1000 - n)
    put(SnapshotStore(folder, limit=40_000), sized(9), "https://9.example/")
    left = [n for n in range(10) if store.recall(f"https://{n}.example/")]
    assert left == [7, 8, 9]


def test_what_cannot_be_evicted_is_not_tried_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    for n in range(9):
        put(SnapshotStore(folder), sized(n), f"https://{n}.example/")
    failing(monkeypatch, "unlink", errno.EACCES)
    store = SnapshotStore(folder, limit=40_000)
    put(store, sized(9), "https://9.example/")
    assert codes(store) == ["fetch-cache"]


def test_what_is_pinned_never_goes_and_is_not_counted(folder: Path) -> None:
    store = SnapshotStore(folder, limit=45_000)
    pinned = [put(store, sized(n), f"https://{n}.example/") for n in range(3)]
    for sha256 in pinned:
        assert store.pin(sha256, "report 1")
        assert store.pin(sha256, "report 2")
        age(folder, sha256, 10_000)
    for n in range(3, 20):
        age(folder, put(store, sized(n), f"https://{n}.example/"), 1000 - n)
    assert all(store.read(sha256) for sha256 in pinned)
    assert all(store.recall(f"https://{n}.example/") for n in range(3))
    loose = [n for n in range(3, 20) if store.recall(f"https://{n}.example/")]
    assert loose == list(range(20 - len(loose), 20))
    assert 2 <= len(loose) <= 4
    store.unpin("report 1")
    SnapshotStore(folder, limit=15_000).keep(
        URL, kind="http", content=b"one more", final_url=URL, fetched_at=""
    )
    assert all(store.read(sha256) for sha256 in pinned)
    store.unpin("report 2")
    for sha256 in pinned:
        age(folder, sha256, 10_000)
    put(SnapshotStore(folder, limit=15_000), b"another")
    assert not any(store.read(sha256) for sha256 in pinned)


def test_only_what_is_there_and_whole_can_be_pinned(folder: Path, store: SnapshotStore) -> None:
    sha256 = put(store)
    assert not store.pin("0" * 64, "report")
    assert not store.pin("../../etc/passwd", "report")
    (folder / "objects" / sha256[:2] / sha256).write_bytes(b"changed")
    assert not store.pin(sha256, "report")
    store.unpin("never pinned")


def test_more_than_the_limit_is_not_kept(folder: Path) -> None:
    store = SnapshotStore(folder, limit=1000)
    fields = {"kind": "http", "final_url": URL, "fetched_at": ""}
    assert store.keep(URL, content=b"x" * 2000, **fields) is None  # type: ignore[arg-type]
    assert codes(store) == ["fetch-cache"]
    assert not folder.exists()


def test_what_a_larger_limit_kept_is_still_read(folder: Path) -> None:
    sha256 = put(SnapshotStore(folder), b"x" * 2000)
    small = SnapshotStore(folder, limit=1000)
    assert small.read(sha256) == b"x" * 2000
    assert small.troubles == ()


def test_what_a_kill_left_half_written_is_swept_when_it_is_old(folder: Path) -> None:
    put(SnapshotStore(folder))
    old, new = folder / "temporary" / "old", folder / "temporary" / "new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    put(SnapshotStore(folder), b"more")
    assert (old.exists(), new.exists()) == (False, True)


# Damage


DAMAGES = {
    "cut": lambda p: p.write_bytes(p.read_bytes()[:-3]),
    "emptied": lambda p: p.write_bytes(b""),
    "a bit turned": lambda p: p.write_bytes(bytes([p.read_bytes()[0] ^ 1]) + p.read_bytes()[1:]),
    "grown": lambda p: p.write_bytes(p.read_bytes() + b" "),
}


@pytest.mark.parametrize("room", ["objects", "visits"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_absent_and_said_and_mends_itself(
    folder: Path, store: SnapshotStore, room: str, damage: Callable[[Path], object]
) -> None:
    put(store)
    [path] = files(folder, room)
    damage(path)
    assert store.recall(URL) is None
    [trouble] = store.troubles
    assert trouble.code == "fetch-cache-damaged"
    assert dict(trouble.params)["name"] == str(path.relative_to(folder))
    put(store)
    found = store.recall(URL)
    assert found is not None
    assert found.content == BODY


def test_an_older_visit_answers_when_the_newest_is_damaged(
    folder: Path, store: SnapshotStore
) -> None:
    put(store, b"older", fetched_at="2025-01-01T00:00:00Z")
    sha256 = put(store, b"newer")
    (folder / "objects" / sha256[:2] / sha256).write_bytes(b"forged")
    found = store.recall(URL)
    assert found is not None
    assert (found.content, found.visit.fetched_at) == (b"older", "2025-01-01T00:00:00Z")


def forged(folder: Path, record: bytes, url: str = URL) -> None:
    """Put a record in place of a visit's, under a name that fits it."""
    import hashlib

    [path] = files(folder, "visits")
    name = f"{path.name[:86]}{hashlib.sha256(record).hexdigest()[:32]}.json"
    path.rename(path.with_name(name)).write_bytes(record)


@pytest.mark.parametrize(
    "record",
    [
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"format": 1}',
        b'{"format": 2}',
        b"[" * 100_000,
        b"1" * 5000,
    ],
    ids=["list", "null", "open", "no UTF-8", "bare", "newer", "deep", "long number"],
)
def test_a_record_of_another_shape_is_damage(
    folder: Path, store: SnapshotStore, record: bytes
) -> None:
    put(store)
    forged(folder, record)
    assert store.recall(URL) is None
    assert codes(store) == ["fetch-cache-damaged"]


@pytest.mark.parametrize(
    "change",
    [
        {"asked": "https://other.example/"},
        {"kind": "rendered"},
        {"sha256": "0" * 64},
        {"headers": {"etag": 1}},
        {"headers": []},
        {"redirects": [1]},
        {"redirects": None},
        {"url": None},
        {"truncated": "no"},
        {"more": 1},
    ],
    ids=str,
)
def test_a_record_that_says_something_else_is_damage(
    folder: Path, store: SnapshotStore, change: dict[str, object]
) -> None:
    put(store)
    fields = json.loads(files(folder, "visits")[0].read_bytes())
    forged(folder, json.dumps(fields).encode())
    assert store.recall(URL) is not None
    forged(folder, json.dumps(fields | change).encode())
    assert store.recall(URL) is None
    assert codes(store) == ["fetch-cache-damaged"]


def test_a_huge_file_in_place_of_an_object_is_not_read(folder: Path) -> None:
    store = SnapshotStore(folder)
    sha256 = put(store)
    with open(folder / "objects" / sha256[:2] / sha256, "wb") as file:
        file.truncate(1 << 40)
    assert store.read(sha256) is None
    assert codes(store) == ["fetch-cache-damaged"]


# Links and strangers


def test_a_link_in_place_of_an_object_is_neither_read_nor_written_through(
    tmp_path: Path, folder: Path, store: SnapshotStore
) -> None:
    sha256 = put(store)
    outside = tmp_path / "outside"
    outside.write_bytes(BODY)
    path = folder / "objects" / sha256[:2] / sha256
    path.unlink()
    path.symlink_to(outside)
    assert store.read(sha256) is None
    assert codes(store) == ["fetch-cache-damaged"]
    put(store)
    assert not path.is_symlink()
    assert outside.read_bytes() == BODY


@pytest.mark.parametrize("room", ["objects", "objects/ab", "visits", "temporary", "pins"])
def test_a_link_in_place_of_a_folder_is_not_followed(
    tmp_path: Path, folder: Path, store: SnapshotStore, room: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    content = next(c for c in map(str.encode, map(str, range(9999))) if _starts(c, "ab"))
    (folder / room).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / room).symlink_to(outside)
    sha256 = store.keep(URL, kind="http", content=content, final_url=URL, fetched_at="")
    assert sha256 is None or not store.pin(sha256, "report")
    assert "fetch-cache" in codes(store)
    assert list(outside.iterdir()) == []


def _starts(content: bytes, with_: str) -> bool:
    import hashlib

    return hashlib.sha256(content).hexdigest().startswith(with_)


def test_a_link_in_place_of_the_lock_or_the_store_is_not_followed(
    tmp_path: Path, folder: Path
) -> None:
    outside = tmp_path / "outside"
    folder.mkdir(mode=0o700)
    (folder / "lock").symlink_to(outside)
    linked = tmp_path / "linked"
    linked.symlink_to(folder)
    for where in (folder, linked):
        store = SnapshotStore(where)
        assert store.keep(URL, kind="http", content=BODY, final_url=URL, fetched_at="") is None
        assert codes(store) == ["fetch-cache"]
    assert not outside.exists()


def test_a_link_among_what_is_swept_or_evicted_goes_alone(tmp_path: Path, folder: Path) -> None:
    put(SnapshotStore(folder))
    outside = tmp_path / "outside"
    outside.write_bytes(b"theirs")
    os.utime(outside, (1, 1))
    link = folder / "temporary" / "link"
    link.symlink_to(outside)
    os.utime(link, (1, 1), follow_symlinks=False)
    (folder / "objects" / "zz").symlink_to(tmp_path)
    (folder / "visits" / "file").write_bytes(b"no folder")
    put(SnapshotStore(folder, limit=2000), b"more")
    assert outside.read_bytes() == b"theirs"
    assert not link.is_symlink()


def test_a_pipe_in_place_of_an_object_holds_nobody_up(folder: Path, store: SnapshotStore) -> None:
    sha256 = put(store)
    path = folder / "objects" / sha256[:2] / sha256
    path.unlink()
    os.mkfifo(path)
    assert store.read(sha256) is None
    put(store)
    assert store.read(sha256) == BODY


@pytest.mark.parametrize("inner", [".", "objects"])
def test_a_folder_that_others_may_write_in_is_not_used(
    folder: Path, store: SnapshotStore, inner: str
) -> None:
    sha256 = put(store)
    (folder / inner).chmod(0o777)
    assert store.read(sha256) is None
    assert store.keep(URL, kind="http", content=b"x", final_url=URL, fetched_at="") is None
    assert codes(store) == ["fetch-cache"]


# No room, no rights


def failing(monkeypatch: pytest.MonkeyPatch, name: str, number: int, *, after: int = 0) -> None:
    """Have a call of the system fail from its ``after``-th time on."""
    real, count = getattr(os, name), iter(range(10_000))

    def call(*args: Any, **kwargs: Any) -> Any:
        writing = name != "open" or args[1] & (os.O_WRONLY | os.O_RDWR)
        if writing and next(count) >= after:
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    monkeypatch.setattr(os, name, call)


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("name", ["open", "write", "fsync", "mkdir", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_disk_that_is_full_or_failing_loses_nothing_that_was_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, after: int
) -> None:
    first = put(SnapshotStore(folder), b"first")
    store = SnapshotStore(folder)
    with monkeypatch.context() as failing_system:
        failing(failing_system, name, number, after=after)
        sha256 = store.keep(URL, kind="http", content=b"second", final_url=URL, fetched_at="")
        troubles = store.troubles
    if sha256 is None:
        assert [(t.code, dict(t.params)["reason"]) for t in troubles] == [
            ("fetch-cache", os.strerror(number))
        ]
    found = SnapshotStore(folder).recall(URL)
    assert found is not None
    assert found.content == (b"first" if sha256 is None else b"second")
    assert store.read(first) == b"first"
    assert list((folder / "temporary").iterdir()) == []


def test_a_short_write_is_gone_on_with(
    store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    with monkeypatch.context() as slow:
        slow.setattr(os, "write", lambda file, data: real(file, bytes(data)[:7]))
        put(store)
    found = store.recall(URL)
    assert found is not None
    assert found.content == BODY


def test_a_lock_that_is_never_let_go_holds_nobody_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    sha256 = put(SnapshotStore(folder))
    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.05)
    with open(folder / "lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        store = SnapshotStore(folder)
        assert store.keep(URL, kind="http", content=b"x", final_url=URL, fetched_at="") is None
        assert not store.pin(sha256, "report")
        assert store.read(sha256) == BODY
        assert codes(store) == ["fetch-cache"]
    put(store, b"x")


@pytest.fixture
def read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store that may be read and not written. Whoever is root may write everywhere, hence the
    calls are refused as the system would refuse them to others."""
    put(SnapshotStore(folder))
    refused = {"mkdir": None, "unlink": None, "rename": None, "utime": None}
    for name in refused:
        failing(monkeypatch, name, errno.EACCES)
    failing(monkeypatch, "open", errno.EACCES)
    return folder


def test_a_read_only_folder_is_read_and_not_written(read_only: Path) -> None:
    store = SnapshotStore(read_only)
    found = store.recall(URL)
    assert found is not None
    assert found.content == BODY
    assert store.troubles == ()
    assert store.keep(URL, kind="http", content=b"new", final_url=URL, fetched_at="") is None
    assert not store.pin(found.visit.sha256, "report")
    assert codes(store) == ["fetch-cache"]


@pytest.mark.parametrize("parent", ["a file", "gone"])
def test_a_folder_that_cannot_be_made(tmp_path: Path, parent: str) -> None:
    (tmp_path / "a file").write_bytes(b"")
    if parent == "gone":
        (tmp_path / "gone").symlink_to(tmp_path / "nowhere" / "at all")
    store = SnapshotStore(tmp_path / parent / "cache")
    assert store.keep(URL, kind="http", content=BODY, final_url=URL, fetched_at="") is None
    assert store.recall(URL) is None
    assert "fetch-cache" in codes(store)


# Kills and crowds


def writer(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.fetch.snapshot_writer", folder, *arguments]
    return subprocess.Popen([str(c) for c in command], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def all_is_whole(folder: Path) -> int:
    """Everything in a store is readable and what it says; the number of visits."""
    store = SnapshotStore(folder, limit=400_000)
    bodies = {body(seed) for seed in range(45)}
    count = 0
    for url in URLS:
        count += len(store.visits(url))
        found = store.recall(url)
        assert found is None or found.content in bodies
    for path in files(folder, "objects"):
        assert store.read(path.name) in bodies
    assert store.troubles == ()
    return count


def test_kill_9_at_random_leaves_a_readable_store(folder: Path) -> None:
    chance = random.Random(20260101)
    pinned = keep(SnapshotStore(folder, limit=400_000), URL, 44)
    assert pinned is not None
    assert SnapshotStore(folder).pin(pinned, "a stored report")
    for seed in range(KILLS):
        process = writer(folder, seed)
        assert process.stdout is not None
        with process, process.stdout:
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.25))
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        all_is_whole(folder)
        assert SnapshotStore(folder).read(pinned) == body(44)
        # The next process is neither locked out nor misled.
        after = SnapshotStore(folder, limit=400_000)
        assert keep(after, URLS[0], 43) is not None
        assert after.troubles == ()
    assert all_is_whole(folder) > 0


def test_kill_9_at_each_call_of_the_system_leaves_a_readable_store(tmp_path: Path) -> None:
    """In the normal suite at every seventh call, in the soak at each; with a limit that evicts."""
    step, stride, died = 1, (1 if SOAK else 7), 0
    while True:
        folder = tmp_path / str(step)
        assert keep(SnapshotStore(folder, limit=20_000), URLS[2], 3) is not None
        with writer(folder, 1, 14_000, step) as process:
            process.communicate()
        all_is_whole(folder)
        assert keep(SnapshotStore(folder, limit=400_000), URLS[0], 43) is not None
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
        died += 1
        step += stride
    assert died >= 5


def kept_and_pinned(store: SnapshotStore) -> str:
    """Where the limit is as tight as here, others may evict what was kept before it is pinned."""
    for _ in range(50):
        sha256 = keep(store, URL, 44)
        assert sha256 is not None, store.troubles
        if store.pin(sha256, "a stored report"):
            return sha256
    raise AssertionError(store.troubles)


def test_several_processes_write_at_once(folder: Path) -> None:
    processes = [writer(folder, seed) for seed in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    end = time.monotonic() + (20 if SOAK else 2)
    own = SnapshotStore(folder, limit=400_000)
    pinned = kept_and_pinned(own)
    rounds = 0
    while time.monotonic() < end:
        assert own.read(pinned) == body(44)
        found = own.recall(URLS[rounds % len(URLS)])
        assert found is None or len(found.content) == found.visit.size
        rounds += 1
    for process in processes:
        assert process.poll() is None
        process.kill()
        process.communicate()
    assert own.troubles == ()
    assert rounds > 0
    assert all_is_whole(folder) > 0
    # What a writer had just kept or let go when it was killed is evicted by the next one.
    assert keep(SnapshotStore(folder, limit=400_000), URL, 1) is not None
    pins = {p.name for p in files(folder, "pins")}
    loose = sum(p.stat().st_size for p in files(folder, "objects") if p.name not in pins)
    assert loose <= 400_000


def test_threads_of_one_process_share_a_store(folder: Path) -> None:
    store = SnapshotStore(folder, limit=400_000)
    wrong: list[str] = []

    def run(number: int) -> None:
        for n in range(15):
            if keep(store, URLS[number], (number * 15 + n) % 40) is None:
                wrong.append(f"{number} {n}")

    threads = [threading.Thread(target=run, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (wrong, store.troubles) == ([], ())
    assert all_is_whole(folder) > 0


# Through fetch


def get(url: str, store: SnapshotStore | None, **settings: Any) -> Page:
    settings = {"allow_hosts": frozenset({"127.0.0.1"}), "deadline": 5.0} | settings
    return fetch(url, options=FetchOptions(snapshots=store, **settings))


class Site:
    """A server that answers by its validators; ``seen`` are the requests it got."""

    def __init__(self, *validators: str, body: bytes = BODY) -> None:
        self.validators = list(validators)
        self.body = body
        self.seen: list[str] = []

    def __call__(self, connection: Any, request: bytes) -> None:
        text = request.decode("latin-1")
        self.seen.append(text)
        conditions = [v.partition(": ")[2] for v in self.validators]
        asked = [
            line.partition(": ")[2]
            for line in text.split("\r\n")
            if line.lower().startswith(("if-none-match", "if-modified-since"))
        ]
        if asked and all(a in conditions for a in asked):
            head = "\r\n".join(["HTTP/1.1 304 Not Modified", "Connection: close", *self.validators])
            connection.sendall(head.encode() + b"\r\nX-Newer: yes\r\nContent-Type: x/y\r\n\r\n")
        else:
            answer(self.body, *self.validators)(connection, request)

    def conditional(self) -> list[bool]:
        return ["If-None-Match" in text or "If-Modified-Since" in text for text in self.seen]


LATER = "2030-01-01T00:00:00Z"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second visit is made at another time."""
    times = iter(["2026-01-01T00:00:00Z", LATER])
    monkeypatch.setattr("linter.fetch.http.now", lambda: next(times))


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    "validators",
    [
        ['ETag: "1"'],
        ['ETag: W/"1"'],
        ["Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"],
        ['ETag: "1"', "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"],
    ],
    ids=["ETag", "weak ETag", "Last-Modified", "both"],
)
def test_an_unchanged_page_is_answered_from_the_store_with_the_new_time(
    store: SnapshotStore, validators: list[str]
) -> None:
    site = Site(*validators)
    with server(site) as url:
        first, second = get(url, store), get(url, store)
    assert site.conditional() == [False, True]
    assert second.content == first.content == BODY
    assert second.fetched_at == LATER
    assert (second.url, second.text, second.media_type) == (first.url, first.text, "text/html")
    assert second.headers["x-newer"] == "yes"
    assert second.headers["content-type"] == "text/html; charset=utf-8"
    assert [v.fetched_at for v in store.visits(f"{url}/")] == ["2026-01-01T00:00:00Z", LATER]


def test_a_changed_page_is_read_anew(store: SnapshotStore) -> None:
    site = Site('ETag: "1"')
    with server(site) as url:
        get(url, store)
        site.validators, site.body = ['ETag: "2"'], BODY + b"<p>new"
        assert get(url, store).content == BODY + b"<p>new"
        assert get(url, store).content == BODY + b"<p>new"
    assert site.conditional() == [False, True, True]
    assert 'If-None-Match: "2"' in site.seen[2]


@pytest.mark.parametrize(
    "validator",
    [
        "X-None: 1",
        "ETag: unquoted",
        'ETag: "with space"',
        'ETag: "' + "e" * 3000 + '"',
        "Last-Modified: yesterday",
        "Last-Modified: -1",
        'ETag: "\xe9"',
    ],
    ids=["none", "unquoted", "space", "long", "no date", "number", "not ASCII"],
)
def test_a_validator_that_is_none_is_not_sent(store: SnapshotStore, validator: str) -> None:
    seen: list[bytes] = []

    def handle(connection: Any, request: bytes) -> None:
        seen.append(request)
        answer(BODY, validator)(connection, request)

    with server(handle) as url:
        get(url, store)
        assert get(url, store).content == BODY
    assert not any(b"\r\nIf-" in request for request in seen)


def test_an_unasked_304_is_no_page(store: SnapshotStore) -> None:
    with server(answer(b"", status="304 Not Modified")) as url, pytest.raises(FetchError) as caught:
        get(url, store)
    assert caught.value.code == "fetch-status"


def test_conditions_go_only_to_the_address_that_gave_the_validator(store: SnapshotStore) -> None:
    site = Site('ETag: "1"')
    seen: list[bytes] = []

    def handle(connection: Any, request: bytes) -> None:
        seen.append(request)
        if request.startswith(b"GET /new "):
            site(connection, request)
        else:
            redirecting("/new")(connection, request)

    with server(handle) as url:
        get(f"{url}/old", store)
        page = get(f"{url}/old", store)
    assert [b"If-None-Match" in request for request in seen] == [False, False, False, True]
    assert (page.url, page.content) == (f"{url}/new", BODY)
    visit = store.visits(f"{url}/old")[-1]
    assert (visit.url, visit.redirects) == (f"{url}/new", (f"{url}/old",))


def test_a_damaged_object_is_never_revalidated(folder: Path, store: SnapshotStore) -> None:
    site = Site('ETag: "1"')
    with server(site) as url:
        get(url, store)
        files(folder, "objects")[0].write_bytes(b"<p>forged")
        assert get(url, store).content == BODY
        assert get(url, store, offline=True).content == BODY
    assert site.conditional() == [False, False]
    assert codes(store) == ["fetch-cache-damaged"]


def test_a_cut_body_is_asked_for_again_when_more_is_wanted(store: SnapshotStore) -> None:
    site = Site('ETag: "1"')
    with server(site) as url:
        assert get(url, store, max_bytes=30).truncated
        again = get(url, store, max_bytes=30)
        whole = get(url, store)
        cut = get(url, store, max_bytes=30)
    assert site.conditional() == [False, True, False, True]
    assert (again.truncated, whole.truncated, cut.truncated) == (True, False, True)
    assert (len(again.content), whole.content, len(cut.content)) == (30, BODY, 30)


def test_offline_answers_as_online_and_asks_nobody(store: SnapshotStore) -> None:
    def handle(connection: Any, request: bytes) -> None:
        first = request.startswith(b"GET /old ")
        (redirecting("/new") if first else answer())(connection, request)

    with server(handle) as url:
        online = get(f"{url}/old#part", store)
    assert get(f"{url}/old#part", store, offline=True) == online
    with pytest.raises(FetchError) as caught:
        get(f"{url}/other", store, offline=True)
    assert caught.value.code == "fetch-offline"
    assert "--offline" in str(caught.value)


def refusal(url: str, store: SnapshotStore, **settings: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(FetchError) as caught:
        get(url, store, **settings)
    return caught.value.code, caught.value.params


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("404 Not Found", "fetch-not-found"),
        ("403 Forbidden", "fetch-forbidden"),
        ("500 Oops", "fetch-status"),
        ("503 Busy", "fetch-busy"),
    ],
)
def test_an_error_that_a_server_answered_is_answered_offline_too(
    folder: Path, store: SnapshotStore, status: str, code: str
) -> None:
    def handle(connection: Any, request: bytes) -> None:
        first = request.startswith(b"GET /old ")
        error = answer(b"no such page", "Retry-After: 17", status=status)
        (redirecting("/new") if first else error)(connection, request)

    with server(handle) as url:
        online = refusal(f"{url}/old", store)
    assert online[0] == code
    assert online[1]["url"] == f"{url}/new"
    assert refusal(f"{url}/old", store, offline=True) == online
    # Its body is not read, so none is kept.
    assert [path.read_bytes() for path in files(folder, "objects")] == [b""]


def test_offline_shows_the_last_answer_and_an_earlier_one_is_still_there(
    store: SnapshotStore,
) -> None:
    replies = [answer(), answer(b"", 'ETag: "1"', status="404 Not Found"), answer(BODY + b"<p>")]
    seen: list[bytes] = []

    def handle(connection: Any, request: bytes) -> None:
        replies[len(seen)](connection, request)
        seen.append(request)

    with server(handle) as url:
        sha256 = hashlib.sha256(get(url, store).content).hexdigest()
        refusal(url, store)
        assert refusal(url, store, offline=True)[0] == "fetch-not-found"
        earlier = store.recall(f"{url}/", sha256=sha256)
        # What was not there cannot be unchanged.
        assert get(url, store).content == BODY + b"<p>"
    assert b"if-none-match" not in seen[2].lower()
    assert earlier is not None
    assert (earlier.content, earlier.visit.status) == (BODY, 200)
    assert get(url, store, offline=True).content == BODY + b"<p>"


def test_a_record_from_before_there_was_a_status_is_read(
    folder: Path, store: SnapshotStore
) -> None:
    put(store)
    [path] = files(folder, "visits")
    fields = json.loads(path.read_bytes())
    del fields["status"]
    record = json.dumps(fields).encode()
    path.unlink()
    digest = hashlib.sha256(record).hexdigest()[:32]
    path.with_name(f"{path.name[:86]}{digest}.json").write_bytes(record)
    found = store.recall(URL)
    assert found is not None
    assert (found.content, found.visit.status) == (BODY, 200)
    assert store.troubles == ()


def test_offline_without_a_store_has_nothing() -> None:
    with pytest.raises(FetchError) as caught:
        get("https://site.example/", None, offline=True)
    assert caught.value.code == "fetch-offline"


def test_offline_refuses_what_online_refuses(store: SnapshotStore) -> None:
    for url, code in [("ftp://a.example/", "fetch-scheme"), ("http://a:b@c.example/", "fetch-u")]:
        with pytest.raises(FetchError) as caught:
            get(url, store, offline=True)
        assert caught.value.code.startswith(code)


def test_a_private_page_is_shown_offline_only_to_whom_it_is_allowed(store: SnapshotStore) -> None:
    put(store, url="http://127.0.0.1/", private=True)
    assert get("http://127.0.0.1/", store, offline=True).content == BODY
    with pytest.raises(FetchError) as caught:
        get("http://127.0.0.1/", store, offline=True, allow_hosts=frozenset())
    assert caught.value.code == "fetch-offline"


def test_what_was_reached_by_permission_is_marked(store: SnapshotStore) -> None:
    with server(answer()) as url:
        get(url, store)
    assert [v.private for v in store.visits(f"{url}/")] == [True]


def test_cookies_are_neither_kept_nor_sent_back(folder: Path, store: SnapshotStore) -> None:
    site = Site("Set-Cookie: session=secret", 'ETag: "1"')
    with server(site) as url:
        page = get(url, store)
        get(url, store)
    assert "set-cookie" not in page.headers
    assert not any("secret" in request for request in site.seen)
    assert not any(b"secret" in path.read_bytes() for path in files(folder, "visits"))


def test_without_a_store_nothing_is_written(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    with server(answer()) as url:
        get(url, None)
    assert not (tmp_path / "home").exists()


# Through the command line

POLICY = """<h1>隐私政策</h1><p>我们收集您的手机号，用于注册账号。我们与云帆推送共享设备信息，
设备信息用于消息推送。</p>""".encode()


def run(*arguments: str) -> int:
    return main(["check", *arguments, "--allow-host", "127.0.0.1", "--lang", "en"])


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[Any, str]:
    run(*arguments, "--format", "json")
    captured = capsys.readouterr()
    return json.loads(captured.out)[0], captured.err


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "disclosure-lint"


def test_a_judgement_can_be_shown_again_offline(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server(answer(POLICY)) as url:
        online, _ = said(capsys, url)
    offline, err = said(capsys, url, "--offline")
    assert online == offline
    assert err == ""
    assert online["status"] == "fail"
    assert len(files(home, "objects")) == 1


def test_a_list_that_was_not_there_is_the_same_judgement_offline(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = POLICY + "<p>我们接入的第三方见<a href=/list>《第三方SDK目录》</a>。</p>".encode()

    def handle(connection: Any, request: bytes) -> None:
        gone = request.startswith(b"GET /list ")
        (answer(b"gone", status="404 Not Found") if gone else answer(page))(connection, request)

    with server(handle) as url:
        online, _ = said(capsys, url)
    offline, _ = said(capsys, url, "--offline")
    assert [e["code"] for e in online["errors"]] == ["fetch-not-found"]
    assert "unverifiable" in [r["verdict"] for r in online["requirements"]]
    assert offline == online


def test_offline_without_a_snapshot_is_unreadable(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, _ = said(capsys, "https://site.example/", "--offline")
    assert report["status"] == "unreadable"
    assert "is in the cache" in report["errors"][0]["message"]
    assert report["errors"][0]["hint"]
    assert not home.exists()


def test_no_cache_neither_reads_nor_writes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Site('ETag: "1"', body=POLICY)
    with server(site) as url:
        said(capsys, url)
        before = files(home, "")
        said(capsys, url, "--no-cache")
        assert files(home, "") == before
        said(capsys, url)
    assert site.conditional() == [False, False, True]


@pytest.mark.parametrize("verbose", [True, False])
def test_an_unusable_cache_fails_no_check_and_is_said_once(
    home: Path, capsys: pytest.CaptureFixture[str], verbose: bool
) -> None:
    home.parent.mkdir()
    home.write_bytes(b"a file where the folder should be")
    with server(answer(POLICY)) as url:
        code = run(url, f"{url}/2", "--format", "json", *(["--verbose"] if verbose else []))
    captured = capsys.readouterr()
    assert code == 1
    assert [r["status"] for r in json.loads(captured.out)] == ["fail", "fail"]
    lines = captured.err.splitlines()
    assert [line.startswith("note: The cache folder") for line in lines] == [True] * verbose


def test_damage_is_said_without_being_asked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with server(answer(POLICY)) as url:
        said(capsys, url)
        files(home, "objects")[0].write_bytes(b"changed")
        report, err = said(capsys, url)
        assert report["status"] == "fail"
        assert "damaged or was changed" in err
        files(home, "objects")[0].write_bytes(b"changed")
    report, err = said(capsys, url, "--offline")
    assert "is in the cache" in report["errors"][0]["message"]
    assert "damaged or was changed" in err
