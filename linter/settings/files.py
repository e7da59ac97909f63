"""Where configurations stand, and what is in them.

The nearest file counts, from the working directory upward: disclosure-lint.toml, else a
pyproject.toml with a [tool.disclosure-lint] section (one without is passed over). If there is
none, the user's own: disclosure-lint.toml in the folder that the system has for configurations
(XDG_CONFIG_HOME). Files are never merged.

A file in a repository may be somebody else's. It may say what is judged and how much that weighs,
as its owner may. It may not say with whom the program speaks, what it trusts or where it writes:
the proxy, certificates, private hosts, base URL, offline and cache, outputs and the exit code
stay flags. Nor may its paths lead out of its own folder; those of the user's own file and of one
named by ``--config`` may.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linter.errors import ConfigError
from linter.toml_text import MAX_BYTES, KeyPath, TomlError, TomlText, key_lines, parse

NAME = "disclosure-lint"
OWN = f"{NAME}.toml"
PROJECT = "pyproject.toml"
_SECTION = ("tool", NAME)
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file with a configuration: ``table`` is it, ``prefix`` where in the file it stands."""

    path: Path
    text: str
    table: dict[str, Any]
    prefix: tuple[str, ...]
    lines: dict[KeyPath, int]
    confined: bool

    def origin(self, *path: str | int) -> str:
        """File and line of a key, such as "pyproject.toml:12"."""
        at = self._line(path)
        return shown(self.path) + (f":{at}" if at else "")

    def at(self, *path: str | int, piece: str | None = None) -> str:
        """File and line with the words of the line; the line of ``piece`` within a long value."""
        number = self._line(path)
        lines = self.text.split("\n")
        if piece is not None and (*self.prefix, *path, piece) in self.lines:
            number = self.lines[(*self.prefix, *path, piece)]
        elif piece is not None and number:
            quoted = (f'"{piece}"', f"'{piece}'")
            rest = range(number, min(self._next(number), len(lines) + 1))
            number = next((n for n in rest if any(q in lines[n - 1] for q in quoted)), number)
        return _place(self.path, number, lines)

    def _line(self, path: tuple[str | int, ...]) -> int | None:
        """The line of a key, or of what it stands in."""
        whole = (*self.prefix, *path)
        found = (self.lines.get(whole[:end]) for end in range(len(whole), 0, -1))
        return next((line for line in found if line), None)

    def _next(self, number: int) -> int:
        """The line on which the next key begins."""
        return min((line for line in self.lines.values() if line > number), default=10**9)


def find(folder: Path) -> ConfigFile | None:
    """The nearest configuration from a folder upward, else the user's own, else None.

    Raises
    ------
    ConfigError
        ``config-unreadable`` or ``config-syntax``.
    """
    for place in (folder, *folder.parents):
        if (found := standing_in(place)) is not None:
            return found
    own = user_file()
    return load(own, confined=False) if os.path.isfile(own) else None


def standing_in(folder: Path) -> ConfigFile | None:
    """The configuration of one folder, or None; raises as ``find``."""
    if os.path.isfile(folder / OWN):
        return load(folder / OWN, confined=True)
    project = folder / PROJECT
    return _section(project, confined=True) if os.path.isfile(project) else None


def user_file() -> Path:
    """The user's own configuration, whether or not it is there."""
    # Imported here: most runs find a configuration nearer by, or are told to look for none.
    from platformdirs import user_config_dir

    return Path(user_config_dir(NAME, appauthor=False)) / OWN


def load(path: Path, *, confined: bool) -> ConfigFile:
    """A file that is known to be a configuration, or is said to be.

    Raises
    ------
    ConfigError
        ``config-unreadable``, ``config-syntax``, or ``config-section``: a pyproject.toml has none.
    """
    if path.name == PROJECT:
        found = _section(path, confined=confined)
        if found is None:
            raise ConfigError("config-section", file=shown(path))
        return found
    toml = _parsed(path, _bytes(path))
    # Whoever copies from a pyproject.toml copies its header too.
    whole = toml.data.keys() == {"tool"} and _table_in(toml.data) is not None
    return _file(path, toml, _SECTION if whole else (), confined=confined)


def working_folder() -> Path:
    """The working directory; the root if it has been removed meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.sep)


def shown(path: Path) -> str:
    """A path as messages have it: relative if it is below the working directory."""
    here = working_folder()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _section(path: Path, *, confined: bool) -> ConfigFile | None:
    """The section of a pyproject.toml; a file that does not name it need not even be TOML."""
    raw = _bytes(path)
    if NAME.encode() not in raw:
        return None
    toml = _parsed(path, raw)
    if _table_in(toml.data) is None:
        return None
    return _file(path, toml, _SECTION, confined=confined)


def _table_in(data: dict[str, Any]) -> dict[str, Any] | None:
    tool = data.get("tool")
    table = tool.get(NAME) if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _file(path: Path, toml: TomlText, prefix: tuple[str, ...], *, confined: bool) -> ConfigFile:
    table = _table_in(toml.data) if prefix else None
    table = toml.data if table is None else table
    return ConfigFile(path, toml.text, table, prefix, key_lines(toml.text), confined)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError("config-unreadable", file=shown(path), reason=reason) from None


def _parsed(path: Path, raw: bytes) -> TomlText:
    try:
        return parse(raw)
    except TomlError as error:
        lines = raw.decode("utf-8", "replace").split("\n")
        place = _place(path, error.line, lines)
        raise ConfigError("config-syntax", place=place, reason=error.reason) from None


def _place(path: Path, number: int | None, lines: list[str]) -> str:
    words = f":{number} `{lines[number - 1].strip()[:_SHOWN]}`" if number else ""
    return shown(path) + words
