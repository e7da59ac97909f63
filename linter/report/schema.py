"""Generates ``report.schema.json`` (JSON Schema, draft 2020-12) from the types in ``shape``.

``python -m linter.report.schema`` writes the file; a test says when it is stale. Objects stay
open, since a report may gain fields within one version of its shape.
"""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import (
    Annotated,
    Any,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from linter.report.shape import About, ReportJson
from linter.verdict import SCHEMA

PATH = Path(__file__).with_name("report.schema.json")
_SIMPLE: dict[object, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def report_schema() -> dict[str, Any]:
    """The schema of one report; its ``$defs`` also hold that of the array which json prints."""
    definitions: dict[str, Any] = {}
    _define(ReportJson, definitions)
    definitions["Reports"] = {
        "description": "What --format json prints.",
        "type": "array",
        "items": {"$ref": "#/$defs/Report"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:" + SCHEMA.replace("/", ":"),
        "title": SCHEMA,
        "$ref": "#/$defs/Report",
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The bytes of the schema file, as text."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=2) + "\n"


def _define(shape: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """Put a TypedDict among the definitions, once, and refer to it."""
    name = shape.__name__.removesuffix("Json")
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(shape, include_extras=True)
        # With postponed annotations TypedDict cannot see NotRequired itself; the hints can.
        optional = {key for key, hint in hints.items() if get_origin(hint) is NotRequired}
        definitions[name] = {
            "description": (shape.__doc__ or "").strip(),
            "type": "object",
            "properties": {key: _type(hint, definitions) for key, hint in hints.items()},
            "required": [key for key in hints if key not in optional],
        }
    return {"$ref": f"#/$defs/{name}"}


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (NotRequired, Required):
        return _type(arguments[0], definitions)
    if origin is Annotated:
        return _annotated(_type(arguments[0], definitions), arguments[1:])
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(arguments[1], definitions)}
    if origin is list:
        return {"type": "array", "items": _type(arguments[0], definitions)}
    if origin in (Union, types.UnionType):
        return _union([_type(argument, definitions) for argument in arguments])
    if is_typeddict(hint):
        return _define(hint, definitions)
    return {"type": _SIMPLE[hint]}


def _annotated(schema: dict[str, Any], metadata: tuple[object, ...]) -> dict[str, Any]:
    for about in metadata:
        if isinstance(about, About):
            schema["description"] = about.description
            if about.values:
                schema["enum"] = [str(value) for value in about.values]
            for keyword in ("minimum", "maximum", "pattern"):
                if (value := getattr(about, keyword)) is not None:
                    schema[keyword] = value
    return schema


def _union(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    if all(set(schema) == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}


if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8", newline="\n")
