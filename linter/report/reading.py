"""Reports read back from what ``json`` and ``jsonl`` wrote; anybody may have changed them."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from linter.errors import ConfigError
from linter.json_file import values_in
from linter.report.shape import ReportJson
from linter.verdict import SCHEMA

# What tells a report from a document that somebody wants judged.
_MARK = b'"' + SCHEMA.rpartition("/")[0].encode() + b"/"
_HEAD_BYTES = 400
_SHOWN = 60


def looks_like_reports(raw: bytes) -> bool:
    """Whether bytes begin as a report file does."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") and _MARK in raw[:_HEAD_BYTES]


def read_reports(raw: bytes, *, name: str) -> list[ReportJson]:
    """The reports in a JSON array or in JSON lines; ``name`` is what errors call the file.

    Raises
    ------
    ConfigError
        As ``values_in``; ``report-schema`` (another version) or ``report-shape``, each with the
        place.
    """
    reports = []
    for place, value in _values(raw, name):
        found = value.get("schema") if isinstance(value, dict) else None
        if found != SCHEMA:
            shown = str(found)[:_SHOWN]
            raise ConfigError("report-schema", file=name, place=place, found=shown, known=SCHEMA)
        if wrong := next(_misshapen(value, ReportJson, place), None):
            raise ConfigError("report-shape", file=name, place=wrong)
        reports.append(cast(ReportJson, value))
    return reports


def _values(raw: bytes, name: str) -> Iterator[tuple[str, Any]]:
    """Each report with its place: "[2]" in an array, "line 2" among lines."""
    for line, value in values_in(raw, name=name):
        if isinstance(value, list):
            yield from ((f"[{n}]", item) for n, item in enumerate(value))
        else:
            yield f"line {line}", value


def _misshapen(value: Any, hint: Any, place: str) -> Iterator[str]:
    """The places at which a value is not what its type says, in order."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Annotated, NotRequired):
        yield from _misshapen(value, arguments[0], place)
    elif origin in (Union, types.UnionType):
        found = [list(_misshapen(value, argument, place)) for argument in arguments]
        if all(found):
            # What is said of the deepest alternative: the others did not get that far.
            yield max((f[0] for f in found), key=len)
    elif is_typeddict(hint):
        yield from _misshapen_table(value, hint, place)
    elif origin is dict and isinstance(value, dict):
        for key, item in value.items():
            yield from _misshapen(item, arguments[1], f"{place}.{key[:_SHOWN]}")
    elif origin is list and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _misshapen(item, arguments[0], f"{place}[{number}]")
    elif origin in (dict, list) or not _is(value, hint):
        yield place


def _misshapen_table(value: Any, shape: type, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield place
        return
    for key, hint in _hints(shape).items():
        if key in value:
            yield from _misshapen(value[key], hint, f"{place}.{key}")
        elif get_origin(hint) is not NotRequired:
            yield f"{place}.{key}"


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        return type(value) in (int, float)
    return type(value) is kind
