"""TOML that somebody else may have written: parsed within bounds, and where each key stands.

``tomllib`` keeps no positions, and takes a minute for a 120 kB key of 60,000 dotted parts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["MAX_BYTES", "KeyPath", "TomlError", "TomlText", "key_lines", "parse"]

MAX_BYTES = 1_000_000
KeyPath = tuple[str | int, ...]
_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*"""
# More dotted parts than anybody writes; so few cost nothing.
_TOO_DOTTED = re.compile(rf"(?<![\w-])(?:{_PART}){{32}}")
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' + r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'|\#[^\n]*|\n|[\[\]{}=]|[^\s\"'\#\[\]{}=]+",
    re.DOTALL,
)
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


class TomlError(Exception):
    """The text is no TOML, or more than is read; ``line`` counts from 1, None if unknown."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason + (f" (line {line})" if line else ""))
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class TomlText:
    """What a file says, and the text that says it."""

    text: str
    data: dict[str, Any]


def parse(raw: bytes) -> TomlText:
    """The TOML of some bytes (UTF-8, a byte order mark is let pass).

    Raises
    ------
    TomlError
        They are no TOML, longer than ``MAX_BYTES``, or nested beyond any use.
    """
    if len(raw) > MAX_BYTES:
        raise TomlError(f"longer than {MAX_BYTES} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError("not UTF-8", raw[: error.start].count(b"\n") + 1) from None
    if dotted := _TOO_DOTTED.search(text):
        raise TomlError("nested too deeply", text.count("\n", 0, dotted.start()) + 1)
    try:
        return TomlText(text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = place and (int(place[1]) if place[1] else text.count("\n") + 1)
        raise TomlError(_AT_LINE.sub("", str(error)), line) from None
    except RecursionError:
        raise TomlError("nested too deeply") from None


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, on which each key and table of valid TOML begins.

    A table in an array has its index in its path: ("overrides", 0, "select"). Keys of inline
    tables have none of their own.
    """
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, tokens in _statements(text):
        header = tokens[0] == "["
        many = header and tokens[1] == "["
        key = "".join(t for t in tokens if t not in "[]") if header else _before_equals(tokens)
        parts = _parts(key)
        path = _indexed(() if header else table, parts, counts)
        if many:
            plain = path[:-1] if isinstance(path[-1], int) else path
            counts[plain] = counts.get(plain, -1) + 1
            lines.setdefault(plain, number)
            path = (*plain, counts[plain])
        if header:
            table = path
        for end in range(1, len(path) + 1):
            lines.setdefault(path[:end], number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each header or key with its value, in tokens, and the line on which it begins."""
    line, depth, begun = 1, 0, 1
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token == "\n" and not depth and tokens:
            yield begun, tokens
            tokens = []
        elif token != "\n" and not token.startswith("#"):
            begun = begun if tokens else line
            tokens.append(token)
            depth += (token in "[{") - (token in "]}")
        line += token.count("\n")
    if tokens:
        yield begun, tokens


def _before_equals(tokens: list[str]) -> str:
    return "".join(tokens[: tokens.index("=")])


def _parts(key: str) -> tuple[str, ...]:
    """A dotted key taken apart, by TOML's own rules."""
    table: object = tomllib.loads(f"{key} = 0")
    parts = []
    while isinstance(table, dict):
        ((name, table),) = table.items()
        parts.append(name)
    return tuple(parts)


def _indexed(table: KeyPath, parts: tuple[str, ...], counts: dict[KeyPath, int]) -> KeyPath:
    """A path in which each array of tables is followed by the index of its last table."""
    path = table
    for part in parts:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    return path
