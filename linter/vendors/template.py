"""An empty vendor file with every key explained, its examples from the vendor that is invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from linter.vendors import ROLES, SCHEMA, Brand, Contact, Names, Vendor, Web, load_vendor
from linter.vendors.keys import KEYS
from linter.vendors.schema import required

_EXAMPLE = "example-maps"
_HEAD = (
    (
        "A third party for disclosure-lint. Fill what is empty, take the # off what you need:",
        "disclosure-lint 的第三方文件。请填写空白处，去掉所需各行前的 #，然后运行：",
    ),
    ("  disclosure-lint vendor validate FILE", "  disclosure-lint vendor validate 文件"),
    (
        "  disclosure-lint check POLICY --vendor FILE",
        "  disclosure-lint check 隐私政策 --vendor 文件",
    ),
)


def template(lang: str) -> str:
    """The text of a vendor file to begin with, its comments in ``lang`` ("en" or "zh")."""
    return "\n".join(_lines(load_vendor(_EXAMPLE), lang == "zh")) + "\n"


def _lines(example: Vendor, chinese: bool) -> Iterator[str]:
    for pair in _HEAD:
        yield f"# {pair[chinese]}"
    for key, value in (("schema", SCHEMA), ("id", ""), ("version", "1")):
        yield from _key("", key, value, chinese)
    for key in ("name", "clause"):
        yield _comment("", key, chinese)
        yield f'{key} = {{ zh = "", en = "" }}'
    yield from _table("names", Names, example.names, chinese)
    yield from _table("brands", Brand, example.brands[-1], chinese, head="[[brands]]")
    yield from _table("web", Web, example.web, chinese)
    yield from _table("contact", Contact, example.contact, chinese)
    yield from ("", _comment("", "owed", chinese), "[owed]")
    for role in ROLES:
        yield from _key("owed", role, example.owed[role], chinese, off=True)
    for language, words in example.suggestions.items():
        about = ("suggestions", language) if language != "zh" else ("", "suggestions")
        yield from ("", _comment(*about, chinese), f"[suggestions.{language}]")
        for requirement, text in words.items():
            yield f"# {requirement} = {_toml(text)}"


def _table(
    where: str, cls: type, example: object, chinese: bool, *, head: str | None = None
) -> Iterator[str]:
    """A table: what must be there is empty, the rest an example that is commented out."""
    yield from ("", _comment("", where, chinese), head or f"[{where}]")
    for spec in fields(cls):
        value = getattr(example, spec.name)
        if required(spec):
            value = type(value)()
        yield from _key(where, spec.name, value, chinese, off=not required(spec))


def _key(where: str, key: str, value: object, chinese: bool, *, off: bool = False) -> Iterator[str]:
    yield _comment(where, key, chinese)
    yield f"{'# ' if off else ''}{key} = {_toml(value)}"


def _comment(where: str, key: str, chinese: bool) -> str:
    return f"# {KEYS[where, key][chinese]}"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
