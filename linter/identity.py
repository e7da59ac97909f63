"""By what name a source is found again: its key."""

from __future__ import annotations

import os
import posixpath
import re
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

STDIN = "-"
_URL = re.compile(r"\s*https?://", re.IGNORECASE)
# What says where a reader came from, and nothing of the page.
_TRACKING = re.compile(
    r"(?:utm_\w+|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|ttclid|twclid|igshid|mc_[ce]id"
    r"|spm|scm|bd_vid|hm(?:sr|pl|cu|kw|ci))(?:=.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def source_key(source: str, folder: Path) -> str:
    """The key of a source: the URL without known tracking parameters, or the path.

    A path is one from ``folder``, that of the file in which the key is kept: so the key is the
    same on every machine and in whatever directory the program is run.
    """
    if source == STDIN:
        return source
    return _url_key(source.strip()) if _URL.match(source) else _path_key(source, folder)


def fits(source: str, pattern: str, folder: Path) -> bool:
    """Whether a pattern means a source: ``*`` also stands for slashes, ``**/`` for no folder too.

    It is compared with the source's key, and for a file also with its absolute path.
    """
    names = {source_key(source, folder)}
    if not _URL.match(source) and source != STDIN:
        names.add(Path(os.path.abspath(source)).as_posix())
    plain = _url_key(pattern.strip()) if _URL.match(pattern) else posixpath.normpath(pattern)
    patterns = {pattern, plain, plain.replace("**/", "")}
    return not names.isdisjoint(patterns) or any(fnmatchcase(n, p) for n in names for p in patterns)


def _url_key(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = "&".join(p for p in parts.query.split("&") if not _TRACKING.fullmatch(p))
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
    # The fragment stays: where a script draws the page, it says which.
    return urlunsplit((parts.scheme, host, parts.path or "/", query, parts.fragment))


def _path_key(path: str, folder: Path) -> str:
    try:
        relative = os.path.relpath(path, folder)
    except ValueError:  # another drive
        relative = os.path.abspath(path)
    return Path(relative).as_posix()
