"""Files and folders of the user's own machine."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from linter.errors import FetchError
from linter.fetch.media import HTML, SUFFIXES

_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.)+([a-z]{2,24})(?::\d{1,5})?(?:/|$)", re.IGNORECASE)


def read(path: str, *, max_bytes: int) -> tuple[bytes, bool]:
    """A file's first ``max_bytes`` and whether more follows.

    Raises
    ------
    FetchError
        ``fetch-no-file``, ``fetch-no-file-address``, ``fetch-directory``,
        ``fetch-empty-directory``, ``fetch-no-regular-file`` or ``fetch-file`` for what the system
        refuses.
    """
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            expand(path)
            raise FetchError("fetch-directory", path=path)
        if not stat.S_ISREG(mode):
            # A pipe or device might never end.
            raise FetchError("fetch-no-regular-file", path=path)
        with open(path, "rb") as file:
            content = file.read(max_bytes + 1)
    except FileNotFoundError:
        code = "fetch-no-file-address" if _is_address(path) else "fetch-no-file"
        raise FetchError(code, path=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FetchError("fetch-file", path=path, reason=reason) from None
    return content[:max_bytes], len(content) > max_bytes


def _is_address(path: str) -> bool:
    """Whether a path that leads nowhere reads like an address: "example.com/privacy"."""
    match = _ADDRESS.match(path)
    return match is not None and f".{match.group(1).lower()}" not in SUFFIXES


def file_beside(source: str, href: str, *, below: str) -> str | None:
    """The path of a file that a file links to, None for what is not to be opened.

    Parameters
    ----------
    source : path of the file that has the link.
    href : the link as it stands; only a relative one leads to a file.
    below : path of the file that was named by the user: nothing outside its folder is opened,
        whatever a link or a symbolic link says.
    """
    try:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return None
        root = Path(below).resolve().parent
        path = (Path(source).resolve().parent / unquote(parts.path)).resolve()
        known = path.suffix.lower() in SUFFIXES and path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError):
        return None
    return str(path) if known else None


def expand(directory: str) -> list[str]:
    """The policies in a folder and the folders below it, sorted by path.

    Hidden files and folders are left out, and so are links that lead out of the folder and the
    folders that browsers and Word put beside a saved page for its parts.

    Raises
    ------
    FetchError
        ``fetch-empty-directory`` if there is none, ``fetch-file`` if it cannot be read.
    """
    found = sorted(_walk(directory))
    if not found:
        rare = (".text", ".shtml", ".markdown", ".mht")
        known = ", ".join(s for s in SUFFIXES if s not in rare)
        raise FetchError("fetch-empty-directory", path=directory, known=known)
    return found


def _walk(directory: str) -> Iterator[str]:
    root = Path(directory).resolve()
    for folder, folders, files in os.walk(directory, onerror=_refused):
        pages = {
            PurePath(f).stem for f in files if SUFFIXES.get(PurePath(f).suffix.lower()) == HTML
        }
        folders[:] = [f for f in folders if not f.startswith(".") and _page_of(f) not in pages]
        for name in files:
            path = Path(folder, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_file() and path.resolve().is_relative_to(root):
                yield str(path)


def _page_of(folder: str) -> str | None:
    """The page, without suffix, whose parts a folder may hold ("policy_files", "policy.files")."""
    for ending in ("_files", ".files", "-Dateien", "_fichiers"):
        if folder.endswith(ending):
            return folder.removesuffix(ending)
    return None


def _refused(error: OSError) -> None:
    raise FetchError("fetch-file", path=str(error.filename), reason=error.strerror or str(error))
