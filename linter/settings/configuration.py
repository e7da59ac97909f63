"""One configuration from all that has a say: a file, its overrides, and the flags."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linter.errors import UsageError
from linter.settings.files import ConfigFile, find, load, working_folder
from linter.settings.keys import KEYS, Key, read_table, wrong
from linter.settings.requirements import refuse_nothing
from linter.settings.values import Judging, Settings

OVERRIDES = "overrides"
SOURCES = "sources"
_PER_SOURCE = {name: key for name, key in KEYS.items() if key.per_source}
_PATTERNS = '["https://example.com/*", "docs/*.html"]'
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says.

    Attributes
    ----------
    values : by key.
    origins : where each was said, such as "pyproject.toml:12" or "--select".
    sources : patterns of the sources it is for; None for all.
    folder : what patterns of paths are relative to.
    """

    values: Mapping[str, Any]
    origins: Mapping[str, str]
    sources: tuple[str, ...] | None = None
    folder: Path | None = None

    def covers(self, source: str | None) -> bool:
        """Whether it has a say about a source; None for one that is not known yet.

        ``*`` also stands for slashes, ``**/`` for no folder at all too. A path is compared as it
        was given, as it is seen from the file's folder, and absolute.
        """
        if self.sources is None or source is None:
            return self.sources is None
        names = set(self._names(source))
        patterns = {p for s in self.sources for p in (s, s.replace("**/", ""))}
        return any(fnmatch.fnmatchcase(name, p) for name in names for p in patterns)

    def _names(self, source: str) -> Iterator[str]:
        yield source
        if _URL.match(source) or self.folder is None:
            return
        path = Path(os.path.abspath(source))
        yield Path(os.path.normpath(source)).as_posix()
        yield path.as_posix()
        if path.is_relative_to(self.folder):
            yield path.relative_to(self.folder).as_posix()


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that was said, the last word last; ``file`` is where, None for nowhere."""

    layers: tuple[Layer, ...] = ()
    file: Path | None = None

    def settings(self, source: str | None = None) -> Settings:
        """What holds for a source, or without overrides where none is named.

        Raises
        ------
        ConfigError
            ``config-nothing``: no requirement is left to judge.
        """
        return _settings(self.said(source))

    def said(self, source: str | None = None) -> dict[str, tuple[Any, str]]:
        """The values that were set, by key, each with its origin."""
        return merged(layer for layer in self.layers if layer.covers(source))


def configure(
    flags: Mapping[str, object] | None = None,
    *,
    config: Path | None = None,
    no_config: bool = False,
) -> Configuration:
    """The configuration of this working directory.

    Parameters
    ----------
    flags : what the command line says, by key; None stands for what it does not say. Flags win.
    config : the file to read instead of the nearest one.
    no_config : read none.

    Raises
    ------
    ConfigError
        A file or flag is wrong; says where, and what was probably meant.
    UsageError
        ``usage-config-no-config``.
    """
    if no_config and config is not None:
        raise UsageError("usage-config-no-config")
    file = None
    if not no_config:
        file = find(working_folder()) if config is None else load(_absolute(config), confined=False)
    layers = tuple(_file_layers(file)) if file is not None else ()
    return Configuration((*layers, _flag_layer(flags or {})), file.path if file else None)


def merged(layers: Iterable[Layer]) -> dict[str, tuple[Any, str]]:
    """Values and origins: the later word wins, as ruff has it for selections.

    ``select`` starts afresh, ``ignore`` takes away from what stands; ``severity`` adds up.
    """
    said: dict[str, tuple[Any, str]] = {}
    for layer in layers:
        if "select" in layer.values:
            said.pop("ignore", None)
        for key, value in layer.values.items():
            word = (value, layer.origins[key])
            if key in said and key in _ADDING:
                before, origin = said[key]
                word = (_ADDING[key](before, value), f"{origin}, {word[1]}")
            said[key] = word
    return said


_ADDING: dict[str, Callable[[Any, Any], Any]] = {
    "ignore": lambda before, more: tuple(sorted({*before, *more})),
    "severity": lambda before, more: {**before, **more},
}


def _settings(said: Mapping[str, tuple[Any, str]]) -> Settings:
    values = {key.replace("-", "_"): value for key, (value, _) in said.items()}
    judging = {
        key: values.pop(key) for key in ("select", "ignore", "severity", "fail_on") if key in values
    }
    place = ", ".join(said[key][1] for key in ("select", "ignore") if key in said)
    refuse_nothing(judging.get("select", ("ALL",)), judging.get("ignore", ()), place=place)
    return Settings(judging=Judging(**judging), **values)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _flag_layer(flags: Mapping[str, object]) -> Layer:
    given = {key: value for key, value in flags.items() if value is not None}
    values = read_table(given, lambda key, piece: f"--{key}" + (f" {piece}" if piece else ""))
    return Layer(values, {key: f"--{key}" for key in values})


def _file_layers(file: ConfigFile) -> Iterator[Layer]:
    yield _layer(file, file.table, beside=OVERRIDES)
    overrides = file.table.get(OVERRIDES, [])
    if not isinstance(overrides, list) or not all(isinstance(o, dict) for o in overrides):
        takes = f"[[{'.'.join((*file.prefix, OVERRIDES))}]]"
        raise wrong(OVERRIDES, overrides, file.at(OVERRIDES), takes)
    for number, override in enumerate(overrides):
        path = (OVERRIDES, number)
        layer = _layer(file, override, path, known=_PER_SOURCE, beside=SOURCES)
        sources = override.get(SOURCES, [])
        if not sources or not isinstance(sources, list) or not all(map(_is_text, sources)):
            raise wrong(SOURCES, sources, file.at(*path, SOURCES), _PATTERNS)
        yield replace(layer, sources=tuple(sources))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _layer(
    file: ConfigFile,
    table: Mapping[str, Any],
    path: tuple[str | int, ...] = (),
    *,
    known: Mapping[str, Key] = KEYS,
    beside: str,
) -> Layer:
    values = read_table(
        table,
        lambda key, piece: file.at(*path, key, piece=piece),
        folder=file.path.parent,
        confined=file.confined,
        known=known,
        beside=(beside,),
    )
    return Layer(values, {key: file.origin(*path, key) for key in values}, folder=file.path.parent)
