"""JSON that somebody else may have written: read within bounds, each fault with its place."""

from __future__ import annotations

import json
import re
from pathlib import Path

from linter.errors import ConfigError
from linter.settings.files import shown

MAX_BYTES = 256 * 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")


def read_bytes(path: Path) -> bytes:
    """What a file holds, of one that is longer than is read one byte more than that.

    Raises
    ------
    ConfigError
        ``file-unreadable``.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError("file-unreadable", file=shown(path), reason=reason) from None


def values_in(raw: bytes, *, name: str) -> list[tuple[int, object]]:
    """The values that stand in a file one after the other, one or one a line, each with its line.

    ``name`` is what errors call the file.

    Raises
    ------
    ConfigError
        ``file-unreadable`` for one that is too long, or ``file-syntax`` with line and column.
    """
    text = _text(raw, name)
    values: list[tuple[int, object]] = []
    decoder = json.JSONDecoder(parse_constant=_no_number)
    position, line, counted = _after_space(text, 0), 1, 0
    try:
        while position < len(text):
            line, counted = line + text.count("\n", counted, position), position
            value, position = decoder.raw_decode(text, position)
            values.append((line, value))
            position = _after_space(text, position)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise ConfigError("file-syntax", place=place, reason=error.msg) from None
    except RecursionError:
        raise ConfigError("file-syntax", place=name, reason="nested too deeply") from None
    except ValueError as error:  # a number of too many digits, or none at all
        raise ConfigError("file-syntax", place=f"{name}:{line}", reason=error) from None
    return values


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def schema_in(value: object) -> str:
    """What schema a value says it has, short enough to be shown; "-" for none."""
    found = value.get("schema") if isinstance(value, dict) else None
    return found[:80] if isinstance(found, str) else "-"


def _text(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        raise ConfigError("file-unreadable", file=name, reason="file too large")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError("file-syntax", place=f"{name}:{line}", reason="not UTF-8") from None


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
