"""The keys of a configuration: what each takes, and how it is read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from linter.errors import ConfigError
from linter.settings.nearest import nearest
from linter.settings.requirements import checked, expanded
from linter.settings.values import FailOn, Language, Render
from linter.verdict import Role, Severity

DEEPEST = 3
_VENDOR_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_SHOWN = 60
# What whoever wrote the file must not decide for whoever runs the program, or what belongs to one
# run: a guess at one of these is answered with the flag.
FLAGS = frozenset(
    "allow-host base-url ca-bundle config exit-zero format include-text no-cache no-color "
    "no-discover no-follow offline output proxy quiet verbose".split()
)
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Where:
    """The place a value stands at.

    Attributes
    ----------
    key : its key.
    at : the place in words, given a piece of the value to be more exact, or None.
    folder : what its paths are relative to; None leaves them as they are.
    confined : whether they must stay in it.
    """

    key: str
    at: Callable[[str | None], str]
    folder: Path | None
    confined: bool

    def path(self, text: str) -> Path:
        """A path of a file as an absolute one; ``config-outside`` where it may not lead."""
        if self.folder is None:
            return Path(text)
        path = Path(os.path.abspath(self.folder / text))
        # Links are followed before the comparison: one may lead anywhere.
        inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder))
        if self.confined and not inside:
            raise ConfigError("config-outside", place=self.at(None), key=self.key, value=text)
        return path


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its reader, which raises ValueError, and what it takes as TOML has it."""

    read: Callable[[Any, Where], object]
    takes: str
    per_source: bool = True


def _word(words: type[_Word]) -> Key:
    return Key(lambda value, _: words(value), _words(words))


def _words(words: type[StrEnum]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _names(value: object, where: Where) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError
    return tuple(checked(name, place=where.at(name)) for name in value)


def _severity(value: object, where: Where) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ValueError
    levels = {}
    for name, level in value.items():
        code = checked(name, place=where.at(name), whole=True)
        if level not in list(Severity):
            raise wrong(f"{where.key}.{name}", level, where.at(name), _words(Severity))
        levels[code] = Severity(level)
    return levels


def _depth(value: object, _: Where) -> int:
    if type(value) is not int or not 0 <= value <= DEEPEST:
        raise ValueError
    return value


def _path(value: object, where: Where) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return where.path(value)


def _vendor(value: object, where: Where) -> str:
    if isinstance(value, str) and _VENDOR_ID.fullmatch(value):
        return value
    return str(_path(value, where))


KEYS: dict[str, Key] = {
    "select": Key(_names, '["ALL"], ["RS1", "impact-assessment"]'),
    "ignore": Key(_names, '["RS202"], ["impact-assessment"]'),
    "severity": Key(_severity, '{ RS202 = "error", entity-contact = "info" }'),
    "fail-on": _word(FailOn),
    "vendor": Key(_vendor, '"vendors/own.toml"'),
    "role": _word(Role),
    "follow": Key(_depth, ", ".join(map(str, range(DEEPEST + 1)))),
    "render": _word(Render),
    "lang": Key(lambda value, _: Language(value), _words(Language), per_source=False),
    "waivers": Key(_path, '"waivers.toml"', per_source=False),
    "baseline": Key(_path, '"baseline.json"', per_source=False),
}


def read_table(
    table: Mapping[str, object],
    at: Callable[[str, str | None], str],
    *,
    folder: Path | None = None,
    confined: bool = False,
    known: Mapping[str, Key] = KEYS,
    beside: tuple[str, ...] = (),
) -> dict[str, object]:
    """The values of a table by key, selections as the codes they stand for.

    ``at`` says the place of a key, or of a piece of its value, in words; ``known`` are the keys
    that may stand in this table; ``beside`` are others that may, and are left out.

    Raises
    ------
    ConfigError
        ``config-key``, ``config-flag``, ``config-whole-run``, ``config-value``,
        ``config-requirement``, ``config-always`` or ``config-outside``.
    """
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in beside:
            continue
        if key not in known:
            raise _unknown(key, at(key, None), (*known, *beside))
        where = Where(key, partial(at, key), folder, confined)
        try:
            values[key] = known[key].read(value, where)
        except ValueError:
            raise wrong(key, value, at(key, None), known[key].takes) from None
    codes = expanded(values.get("select", ()), values.get("ignore", ()))
    for key, chosen in zip(("select", "ignore"), codes, strict=True):
        if key in values:
            values[key] = chosen
    return values


def wrong(key: str, value: object, place: str, takes: str) -> ConfigError:
    """The error of a value that its key does not take."""
    shown = json.dumps(value, default=str, ensure_ascii=False)[:_SHOWN]
    return ConfigError("config-value", place=place, key=key, value=shown, takes=takes)


def _unknown(key: str, place: str, known: tuple[str, ...]) -> ConfigError:
    flag = key.replace("_", "-")
    if flag in FLAGS:
        return ConfigError("config-flag", place=place, key=key, flag=flag)
    if key in KEYS:
        return ConfigError("config-whole-run", place=place, key=key)
    near = nearest(key, known)
    return ConfigError("config-key", place=place, key=key, near=near, known=", ".join(known))
