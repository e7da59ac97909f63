"""Generates ``vendor.schema.json`` (JSON Schema, draft 2020-12) from the types of a vendor file.

``python -m linter.vendors.schema`` writes the file; a test says when it is stale. An editor that
knows TOML checks and completes a vendor file with it. What words must look like (domains, e-mail
addresses), ``disclosure-lint vendor validate`` says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from linter.vendors import ID, REQUIREMENTS, ROLES, SCHEMA, Brand, Contact, Names, Vendor, Web
from linter.vendors.keys import KEYS
from linter.vendors.shapes import FILLED

PATH = Path(__file__).with_name("vendor.schema.json")
_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_SIMPLE: Mapping[str, Mapping[str, Any]] = {
    "bool": {"type": "boolean"},
    "str": _TEXT,
    "tuple[str, ...]": {"type": "array", "items": _TEXT},
}
_TABLES = {"names": Names, "web": Web, "contact": Contact}


def vendor_schema() -> dict[str, Any]:
    """The schema of a vendor file."""
    languages = _table({lang: dict(_TEXT) for lang in ("zh", "en")}, ["zh", "en"])
    words = {requirement: dict(_TEXT) for requirement in REQUIREMENTS}
    owed = {"type": "array", "minItems": 1, "items": {"enum": list(REQUIREMENTS)}}
    special: dict[str, dict[str, Any]] = {
        "schema": {"const": SCHEMA},
        "id": {"type": "string", "pattern": f"^{ID.pattern}$"},
        "name": languages,
        "clause": languages,
        "brands": {"type": "array", "items": _record(Brand, "brands")},
        "owed": _table({role: _said(owed, "owed", role) for role in ROLES}),
        "suggestions": _table(
            {lang: _said(_table(words), "suggestions", lang) for lang in ("zh", "en")}
        ),
        **{name: _record(cls, name) for name, cls in _TABLES.items()},
    }
    names = ["schema", *(f.name for f in fields(Vendor))]
    properties = {n: _said(special.get(n) or _TEXT, "", n) for n in names}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:" + SCHEMA.replace("/", ":"),
        "title": SCHEMA,
        "description": "A third party, as disclosure-lint check --vendor FILE reads it (TOML).",
        **_table(properties, ["schema", *(f.name for f in fields(Vendor) if required(f))]),
    }


def schema_text() -> str:
    """The bytes of the schema file, as text."""
    return json.dumps(vendor_schema(), ensure_ascii=False, indent=2) + "\n"


def required(spec: Field[Any]) -> bool:
    """Whether a field of a dataclass must be given."""
    return spec.default is MISSING and spec.default_factory is MISSING


def _record(cls: type, where: str) -> dict[str, Any]:
    specs = fields(cls)
    properties = {}
    for spec in specs:
        shape = dict(_SIMPLE[str(spec.type)])
        if (where, spec.name) in FILLED:
            shape["minItems"] = 1
        properties[spec.name] = _said(shape, where, spec.name)
    return _table(properties, [s.name for s in specs if required(s)])


def _table(properties: dict[str, Any], needed: list[str] | None = None) -> dict[str, Any]:
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**table, "required": needed} if needed else table


def _said(shape: Mapping[str, Any], where: str, key: str) -> dict[str, Any]:
    return {"description": KEYS[where, key][0], **shape}


if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8", newline="\n")
