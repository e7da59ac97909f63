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


def is_url(source: str) -> bool:
    """Whether a source is an address, not a path."""
    return bool(_URL.match(source))


def source_key(source: str, folder: Path) -> str:
    """The key of a source: the URL without known tracking parameters, or the path.

    A path is one from ``folder``, that of the file in which the key is kept: so the key is the
    same on every machine and in whatever directory the program is run.
    """
    if source == STDIN:
        return source
    return _url_key(source.strip()) if is_url(source) else _path_key(source, folder)


def fits(source: str, pattern: str, folder: Path) -> bool:
    """Whether a pattern means a source: ``*`` also stands for slashes, ``**/`` for no folder too.

    It is compared with the source's key, and for a file also with its absolute path.
    """
    names = {source_key(source, folder)}
    if not is_url(source) and source != STDIN:
        names.add(Path(os.path.abspath(source)).as_posix())
    plain = _url_key(pattern.strip()) if is_url(pattern) else posixpath.normpath(pattern)
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
    # Links of folders are followed, so that a folder has one name; that of the file itself is not.
    above, name = os.path.split(os.path.abspath(path))
    whole = os.path.join(os.path.realpath(above), name)
    try:
        return Path(os.path.relpath(whole, os.path.realpath(folder))).as_posix()
    except ValueError:  # another drive
        return Path(whole).as_posix()
