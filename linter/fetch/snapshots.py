"""Everything that was fetched, kept so that a judgement can be shown again later.

Content-addressed, in plain files, so that no index can be lost: each is written to a temporary
name, synced and renamed, and its name says what it holds. A process killed at any point leaves at
worst a temporary file. Nothing is believed unread: bytes and records are checked against the hash
in their name, and what does not match counts as absent.

    objects/ab/<sha256 of the bytes>                      the bytes; last use is the file's mtime
    visits/<sha256 of kind and URL>/<ns>-<object>-<digest>.json   one visit, newest name last
    pins/<sha256 of owner>/<object>                       empty: this owner's report refers to it
    temporary/                                            what is being written
    lock                                                  held while names appear or go

No name holds a piece of a URL. Folders are opened one below the other without following links.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from linter.fetch.answer import kept_headers

__all__ = ["Snapshot", "SnapshotStore", "Trouble", "Visit"]

LIMIT = 512 * 1024 * 1024
# A URL that is visited every minute must not fill a folder; pinned visits are not counted.
VISITS = 32
_LOW_WATER = 0.9
_RECORD_BYTES = 512 * 1024
_LOCK_SECONDS = 5.0
# Objects removed before the lock is let go for a moment.
_AT_ONCE = 500
_STALE_SECONDS = 3600.0
_TROUBLES = 100
_FORMAT = 1
_HASH = re.compile(r"[0-9a-f]{64}")
_VISIT = re.compile(r"(\d{20})-([0-9a-f]{64})-([0-9a-f]{32})\.json")
# O_NONBLOCK: a pipe that somebody put there must not hold us up.
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_PLAIN = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = _READ | _PLAIN | getattr(os, "O_DIRECTORY", 0)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a URL: when, and what was there.

    Attributes
    ----------
    asked : the URL as it was kept.
    kind : "http" for what a server sent, "rendered" for what a browser made of it.
    url, redirects, headers, fetched_at, truncated, private, status : as in ``Answer``.
    sha256, size : of the bytes.
    """

    asked: str
    kind: str
    url: str
    redirects: tuple[str, ...]
    headers: dict[str, str]
    fetched_at: str
    sha256: str
    size: int
    truncated: bool
    private: bool
    status: int = 200


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A visit with its bytes, whose hash was checked."""

    visit: Visit
    content: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the store could not do or found damaged; ``code`` and ``params`` as errors have them."""

    code: str
    params: tuple[tuple[str, str], ...]


class SnapshotStore:
    """The snapshots of one folder; several processes and threads may use it at once.

    Nothing here raises for what the folder or disk refuses: a method then says "absent" or "not
    kept", and ``troubles`` says why. Nothing is touched before the first use.

    Parameters
    ----------
    folder : where; the user's cache folder if None.
    limit : bytes that unpinned objects and their records may take. Beyond it the least recently
        used go. What is pinned is not counted and never goes.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None, *, limit: int = LIMIT) -> None:
        self._named = folder
        self._limit = limit
        self._grown: int | None = None
        self._troubles: dict[Trouble, None] = {}

    @property
    def folder(self) -> Path:
        """The folder, whether or not it is there yet."""
        if self._named is None:
            # Imported here: a run without network needs no folder.
            from platformdirs import user_cache_dir

            self._named = user_cache_dir("disclosure-lint", appauthor=False)
        return Path(self._named)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What went wrong so far, each thing once, in order."""
        return tuple(self._troubles)

    def keep(
        self,
        url: str,
        *,
        kind: str,
        content: bytes,
        final_url: str,
        fetched_at: str,
        headers: Mapping[str, str] | None = None,
        redirects: Sequence[str] = (),
        truncated: bool = False,
        private: bool = False,
        status: int = 200,
    ) -> str | None:
        """Keep one visit; the same bytes are stored once however often they come.

        Parameters
        ----------
        url : what ``recall`` will be asked for. For "http" without fragment; for "rendered" with
            it, since a script draws by it.
        kind : "http", "rendered"…: each kind of a URL has its own visits.
        content, final_url, fetched_at, headers, redirects, truncated, private, status : see
            ``Visit``.

        Returns
        -------
        str or None
            The sha256 of the bytes; None if they could not be kept, see ``troubles``.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        visit = Visit(
            url,
            kind,
            final_url,
            tuple(redirects),
            kept_headers((headers or {}).items()),
            fetched_at,
            sha256,
            len(content),
            truncated,
            private,
            status,
        )
        record = _dumped(visit)
        if len(content) + len(record) > self._limit or len(record) > _RECORD_BYTES:
            self._say("fetch-cache", reason=os.strerror(errno.EFBIG))
            return None
        kept = False
        with self._told(absent=True):
            grown = self._keep(visit, record, content)
            kept = True
            self._grow(grown)
        return sha256 if kept else None

    def recall(self, url: str, *, kind: str = "http", sha256: str | None = None) -> Snapshot | None:
        """The newest visit whose record and bytes are whole, or None.

        ``sha256`` asks for a visit that found these bytes: the one a report refers to.
        """
        for name in reversed(self._names(url, kind)):
            if sha256 is not None and _object(name) != sha256:
                continue
            visit = self._visit(url, kind, name)
            if visit is None:
                continue
            content = self.read(visit.sha256)
            if content is not None:
                return Snapshot(visit, content)
        return None

    def visits(self, url: str, *, kind: str = "http") -> list[Visit]:
        """All visits of a URL whose records are whole, oldest first; their bytes may be gone."""
        found = (self._visit(url, kind, name) for name in self._names(url, kind))
        return [visit for visit in found if visit is not None]

    def read(self, sha256: str) -> bytes | None:
        """Bytes by their hash; None if they are absent or damaged. Reading counts as use."""
        if not _HASH.fullmatch(sha256):
            return None
        content = None
        with self._told(), self._open("objects", sha256[:2]) as folder:
            content = _whole(folder, sha256, max(self._limit, LIMIT))
            if content is None:
                self._say("fetch-cache-damaged", name=f"objects/{sha256[:2]}/{sha256}")
            else:
                # A store that may only be read is read all the same.
                with contextlib.suppress(OSError):
                    os.utime(sha256, dir_fd=folder, follow_symlinks=False)
        return content

    def pin(self, sha256: str, owner: str) -> bool:
        """Keep these bytes and their visits until ``unpin(owner)``.

        ``owner`` names what refers to them, such as a stored report. Returns whether they are
        there and whole; only then are they pinned.
        """
        pinned = False
        with self._told(), self._locked():
            if self.read(sha256) is not None:
                with self._open("pins", _hash(owner), create=True) as folder:
                    flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | _PLAIN
                    os.close(os.open(sha256, flags, 0o600, dir_fd=folder))
                    os.utime(sha256, dir_fd=folder, follow_symlinks=False)
                pinned = True
        return pinned

    def unpin(self, owner: str) -> None:
        """Let go of all that ``owner`` pinned; it may then be evicted like the rest."""
        with self._told(), self._locked(), self._open("pins") as pins:
            with self._below(pins, _hash(owner)) as folder:
                for name in os.listdir(folder):
                    os.unlink(name, dir_fd=folder)
            os.rmdir(_hash(owner), dir_fd=pins)

    # Writing

    def _keep(self, visit: Visit, record: bytes, content: bytes) -> int:
        """Returns by how many bytes the store grew."""
        key, name = _key(visit.asked, visit.kind), _name(visit, record)
        with self._open("temporary", create=True) as temporary, contextlib.ExitStack() as made:
            # What is not renamed is removed, whatever happens but a kill.
            there = self._holds(visit.sha256)
            bytes_name = None if there else _written(temporary, content, made)
            record_name = _written(temporary, record, made)
            with self._locked():
                with self._open("objects", visit.sha256[:2], create=True) as objects:
                    if bytes_name is None and not _touched(objects, visit.sha256):
                        # Evicted since it was looked at.
                        bytes_name = _written(temporary, content, made)
                    if bytes_name is not None:
                        _renamed(temporary, bytes_name, objects, visit.sha256)
                with self._open("visits", key, create=True) as visits:
                    _renamed(temporary, record_name, visits, name)
                    self._prune(visits)
        return len(record) + (0 if there else len(content))

    def _holds(self, sha256: str) -> bool:
        """Whether the bytes are there and whole; damaged ones will be written anew."""
        with contextlib.suppress(OSError), self._open("objects", sha256[:2]) as folder:
            return _whole(folder, sha256, max(self._limit, LIMIT)) is not None
        return False

    def _prune(self, visits: int) -> None:
        """Drop a URL's oldest visits, but none from before its bytes were pinned."""
        names = sorted(n for n in os.listdir(visits) if _VISIT.fullmatch(n))
        if len(names) <= VISITS:
            return
        pinned = self._pinned()
        for name in names[:-VISITS]:
            if int(name[:20]) > pinned.get(_object(name), -1):
                _unlinked(visits, name)

    # Room

    def _grow(self, size: int) -> None:
        """Look after the limit: with the first thing kept, then whenever a part of it is full."""
        first = self._grown is None
        self._grown = (self._grown or 0) + size
        if first or self._grown > self._limit // 32:
            self._grown = 0
            while self._make_room():
                pass

    def _make_room(self) -> bool:
        """Evict what is over the limit; whether some was left, so that others get their turn."""
        with self._locked():
            pinned = self._pinned()
            objects = self._objects()
            visits = self._all_visits()
            sizes = {name: size for name, (size, _) in objects.items()}
            for _, name, size in visits:
                sizes[_object(name)] = sizes.get(_object(name), 0) + size
            loose = {name: size for name, size in sizes.items() if name not in pinned}
            gone = {name for name in loose if name not in objects}
            by_use = sorted(objects, key=lambda name: (objects[name][1], name))
            surplus = _surplus([n for n in by_use if n in loose], loose, self._limit)
            gone.update(surplus[:_AT_ONCE])
            self._remove(gone, objects, visits)
            self._sweep()
            return len(surplus) > _AT_ONCE

    def _remove(
        self,
        gone: set[str],
        objects: dict[str, tuple[int, int]],
        visits: list[tuple[str, str, int]],
    ) -> None:
        """Records first: a kill between leaves bytes without a visit, which are evicted in time."""
        with self._open("visits") as folder:
            for key, name, _ in visits:
                if _object(name) in gone:
                    with self._below(folder, key) as inner:
                        os.unlink(name, dir_fd=inner)
                    # Other visits may be in it.
                    with contextlib.suppress(OSError):
                        os.rmdir(key, dir_fd=folder)
        with self._open("objects") as folder:
            for sha256 in gone & objects.keys():
                with self._below(folder, sha256[:2]) as inner:
                    os.unlink(sha256, dir_fd=inner)

    def _sweep(self) -> None:
        """Remove what killed processes left half written."""
        old = time.time() - _STALE_SECONDS
        with self._open("temporary") as folder:
            for name in os.listdir(folder):
                with contextlib.suppress(FileNotFoundError):
                    if os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime < old:
                        _unlinked(folder, name)

    def _objects(self) -> dict[str, tuple[int, int]]:
        """Size in bytes and last use in nanoseconds of each object."""
        found = {}
        for _, name, seen in self._scanned("objects"):
            if _HASH.fullmatch(name):
                found[name] = (seen.st_size, seen.st_mtime_ns)
        return found

    def _all_visits(self) -> list[tuple[str, str, int]]:
        """Folder, name and size of each record."""
        return [
            (key, name, seen.st_size)
            for key, name, seen in self._scanned("visits")
            if _VISIT.fullmatch(name)
        ]

    def _pinned(self) -> dict[str, int]:
        """When each pinned object was last pinned, in nanoseconds."""
        found: dict[str, int] = {}
        for _, name, seen in self._scanned("pins"):
            found[name] = max(found.get(name, 0), seen.st_mtime_ns)
        return found

    def _scanned(self, room: str) -> Iterator[tuple[str, str, os.stat_result]]:
        """Folder, name and state of the plain files two levels down; links are nothing of ours.

        What cannot be looked at raises: an unseen pin must not let anything go.
        """
        with (
            contextlib.suppress(FileNotFoundError),
            self._open(room) as top,
            os.scandir(top) as all_,
        ):
            for inner in all_:
                if inner.is_dir(follow_symlinks=False):
                    with self._below(top, inner.name) as folder, os.scandir(folder) as entries:
                        for entry in entries:
                            if entry.is_file(follow_symlinks=False):
                                yield inner.name, entry.name, entry.stat(follow_symlinks=False)

    # Reading

    def _names(self, url: str, kind: str) -> list[str]:
        """The records of a URL, oldest first."""
        names: list[str] = []
        with self._told(), self._open("visits", _key(url, kind)) as folder:
            names = sorted(name for name in os.listdir(folder) if _VISIT.fullmatch(name))
        return names

    def _visit(self, url: str, kind: str, name: str) -> Visit | None:
        key = _key(url, kind)
        visit = None
        with self._told(), self._open("visits", key) as folder:
            record = _read(folder, name, _RECORD_BYTES)
            if record and name[86:118] == hashlib.sha256(record).hexdigest()[:32]:
                visit = _loaded(record)
            if visit is not None and (visit.asked, visit.kind, visit.sha256) != (
                url,
                kind,
                _object(name),
            ):
                visit = None
            if visit is None:
                self._say("fetch-cache-damaged", name=f"visits/{key}/{name}")
        return visit

    # The folder

    @contextlib.contextmanager
    def _open(self, *parts: str, create: bool = False) -> Iterator[int]:
        """A descriptor of a folder in the store; no link is followed on the way."""
        root = str(self.folder)
        if create:
            os.makedirs(root, mode=0o700, exist_ok=True)
        with _descriptor(root, None) as folder:
            if not parts:
                yield folder
                return
            with self._below(folder, *parts, create=create) as inner:
                yield inner

    @contextlib.contextmanager
    def _below(self, folder: int, *parts: str, create: bool = False) -> Iterator[int]:
        part, rest = parts[0], parts[1:]
        if create:
            with contextlib.suppress(FileExistsError):
                os.mkdir(part, 0o700, dir_fd=folder)
        with _descriptor(part, folder) as inner:
            if not rest:
                yield inner
                return
            with self._below(inner, *rest, create=create) as innermost:
                yield innermost

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among processes and threads; the system lets go when a process is killed."""
        # Imported here: there is none on Windows, where a check must run without a store.
        try:
            import fcntl
        except ImportError:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
        with self._open(create=True) as folder:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | _PLAIN
            lock = os.open("lock", flags, 0o600, dir_fd=folder)
        try:
            end = time.monotonic() + _LOCK_SECONDS
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.002)
            yield
        finally:
            os.close(lock)

    @contextlib.contextmanager
    def _told(self, *, absent: bool = False) -> Iterator[None]:
        """What the system refuses becomes a trouble; what is not there only if ``absent``."""
        try:
            yield
        except OSError as error:
            if absent or not isinstance(error, FileNotFoundError):
                self._say("fetch-cache", reason=error.strerror or str(error))

    def _say(self, code: str, **params: str) -> None:
        if len(self._troubles) < _TROUBLES:
            path = ("path", str(self.folder))
            self._troubles[Trouble(code, (path, *params.items()))] = None


@contextlib.contextmanager
def _descriptor(name: str, above: int | None) -> Iterator[int]:
    """An opened folder that is ours alone to write in."""
    folder = os.open(name, _FOLDER, dir_fd=above)
    try:
        seen = os.fstat(folder)
        if seen.st_uid != os.geteuid() or seen.st_mode & 0o022:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        yield folder
    finally:
        os.close(folder)


def _read(folder: int, name: str, limit: int) -> bytes | None:
    """A plain file's bytes; None for what is no plain file or longer than ``limit``."""
    try:
        file = os.open(name, _READ | _PLAIN, dir_fd=folder)
    except OSError as error:
        # A link where a file should be.
        if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
            return None
        raise
    with open(file, "rb") as opened:
        seen = os.fstat(file)
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > limit:
            return None
        return opened.read(seen.st_size)


def _whole(folder: int, sha256: str, limit: int) -> bytes | None:
    """An object's bytes if they are those that its name says."""
    content = _read(folder, sha256, limit)
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        return None
    return content


def _surplus(by_use: list[str], sizes: dict[str, int], limit: int) -> list[str]:
    """The least recently used that must go; some more than needed, lest each keeping evicts."""
    total = sum(sizes.values())
    gone: list[str] = []
    if total > limit:
        for name in by_use:
            if total <= limit * _LOW_WATER:
                break
            total -= sizes[name]
            gone.append(name)
    return gone


def _written(folder: int, content: bytes, made: contextlib.ExitStack) -> str:
    """Bytes in a new private file, on disk; its name. ``made`` will remove it if it is there."""
    name = secrets.token_hex(16)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | _PLAIN
    file = os.open(name, flags, 0o600, dir_fd=folder)
    made.callback(_unlinked, folder, name)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)
    return name


def _unlinked(folder: int, name: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)


def _renamed(source: int, old: str, target: int, new: str) -> None:
    os.rename(old, new, src_dir_fd=source, dst_dir_fd=target)


def _touched(folder: int, name: str) -> bool:
    try:
        os.utime(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _object(name: str) -> str:
    """The sha256 in the name of a visit's record."""
    return name[21:85]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(url: str, kind: str) -> str:
    return _hash(f"{kind}\n{url}")


def _name(visit: Visit, record: bytes) -> str:
    digest = hashlib.sha256(record).hexdigest()[:32]
    return f"{time.time_ns():020d}-{visit.sha256}-{digest}.json"


def _dumped(visit: Visit) -> bytes:
    fields = {
        "format": _FORMAT,
        "asked": visit.asked,
        "kind": visit.kind,
        "url": visit.url,
        "redirects": list(visit.redirects),
        "headers": visit.headers,
        "fetched_at": visit.fetched_at,
        "sha256": visit.sha256,
        "size": visit.size,
        "truncated": visit.truncated,
        "private": visit.private,
        "status": visit.status,
    }
    return json.dumps(fields, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def _loaded(record: bytes) -> Visit | None:
    """A record as a visit; None for any that this program did not write."""
    try:
        fields = json.loads(record)
        if fields.pop("format") != _FORMAT:
            return None
        fields["redirects"] = tuple(fields["redirects"])
        visit = Visit(**fields)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    texts = (visit.asked, visit.kind, visit.url, *visit.redirects)
    shaped = (
        all(isinstance(t, str) for t in (*texts, visit.fetched_at, visit.sha256))
        and isinstance(visit.headers, dict)
        and all(isinstance(v, str) for v in visit.headers.values())
        and isinstance(visit.truncated, bool)
        and isinstance(visit.private, bool)
        and type(visit.status) is int
    )
    return visit if shaped else None
