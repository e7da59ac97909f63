"""Who the third party is, as data: names, brands, domains, contacts, wording (TOML).

``load_vendor("realsee")`` reads a file that ships here; a path reads a user's own. Loading is
strict: an unknown key, a missing one or a value of the wrong shape is a ``ConfigError`` that
shows the line.

A brand with ``word = true`` counts only as a whole Latin word. A Chinese brand counts where it
stands alone, in quotes, after ``strong_before`` or before ``strong_after``; before one of
``weak_after`` only if the document names the vendor in a stronger way too; never after one of
``not_before`` or before one of ``not_after``, which make it part of another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from linter.errors import ConfigError
from linter.toml_text import MAX_BYTES, KeyPath, TomlError, key_lines, parse
from linter.vendors.shapes import FILLED, SHAPES
from linter.verdict import Role

T = TypeVar("T")
SCHEMA = "disclosure-lint/vendor/1"
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
REQUIREMENTS = (
    "entity-name",
    "entity-contact",
    "processing-purpose",
    "processing-method",
    "information-scope",
    "entity-privacy-policy",
    "separate-consent",
    "impact-assessment",
    "technical-services-only",
    "developer-provides-service",
    "developer-responsibility",
    "complaint-channel",
)
# Those that can owe something.
ROLES = (Role.RECIPIENT.value, Role.CO_PROCESSOR.value)


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand and the neighbours that make or unmake it; characters or words, see the module."""

    text: str
    word: bool = False
    not_before: str = ""
    not_after: str = ""
    strong_before: tuple[str, ...] = ()
    strong_after: tuple[str, ...] = ()
    weak_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Company names: registered, affiliated, wrongly believed, and what lookalikes are built on."""

    legal: tuple[str, ...]
    affiliates: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    lookalike_stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Web:
    """Registrable domains, and which of their pages are policy or legal terms."""

    domains: tuple[str, ...] = ()
    policy_urls: tuple[str, ...] = ()
    policy_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Known contacts."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vendor:
    """One third party; ``owed`` lists requirement ids by role, where the rules do not decide."""

    id: str
    version: str
    name: Mapping[str, str]
    clause: Mapping[str, str]
    names: Names
    brands: tuple[Brand, ...] = ()
    web: Web = field(default_factory=Web)
    contact: Contact = field(default_factory=Contact)
    owed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suggestions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def shipped_vendors() -> list[str]:
    """The ids of the vendors that ship with the program, in order."""
    return sorted(p.stem for p in Path(__file__).parent.glob("*.toml"))


def load_vendor(vendor: str = "realsee") -> Vendor:
    """The vendor of a shipped id ("realsee") or of a TOML file's path.

    Raises
    ------
    ConfigError
        ``vendor-unknown``, ``vendor-syntax``, ``vendor-key`` or ``vendor-value``.
    """
    path = Path(vendor)
    shipped = bool(ID.fullmatch(vendor)) and not path.suffix
    if shipped:
        path = Path(__file__).with_name(f"{vendor}.toml")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError("vendor-unknown", vendor=vendor, reason=reason, known=_known()) from None
    if len(raw) > MAX_BYTES:
        raise ConfigError("vendor-unknown", vendor=vendor, reason="file too large", known=_known())
    try:
        toml = parse(raw)
    except TomlError as error:
        raise ConfigError("vendor-syntax", vendor=vendor, reason=error) from None
    return _Reader(vendor, toml.text, shipped=shipped).vendor(toml.data)


def _known() -> str:
    return ", ".join(shipped_vendors())


class _Reader:
    def __init__(self, source: str, text: str, *, shipped: bool) -> None:
        self._source = source
        self._shipped = shipped
        self._text_of_file = text
        # The table being read: mistakes are looked for there.
        self._table: KeyPath = ()

    def vendor(self, data: dict[str, Any]) -> Vendor:
        if data.pop("schema", None) != SCHEMA:
            raise self._bad("schema", f'must be "{SCHEMA}"')
        known = {f.name for f in fields(Vendor)}
        self._check_keys(data, known, {"id", "version", "name", "clause", "names"})
        for key in ("id", "version"):
            self._text(key, data[key])
        if not ID.fullmatch(data["id"]):
            raise self._bad("id", "must be lower-case letters, digits and hyphens")
        brands = data.get("brands", [])
        if not isinstance(brands, list):
            raise self._bad("brands", "must be an array of tables")
        return Vendor(
            id=data["id"],
            version=data["version"],
            name=self._languages("name", data["name"]),
            clause=self._languages("clause", data["clause"]),
            names=self._record(Names, "names", data["names"]),
            brands=tuple(self._record(Brand, "brands", b, n) for n, b in enumerate(brands)),
            web=self._record(Web, "web", data.get("web", {})),
            contact=self._record(Contact, "contact", data.get("contact", {})),
            owed=self._owed(data.get("owed", {})),
            suggestions=self._suggestions(data.get("suggestions", {})),
        )

    def _record(self, cls: type[T], where: str, data: object, number: int | None = None) -> T:
        self._table = (where,) if number is None else (where, number)
        if not isinstance(data, dict):
            raise self._bad(where, "must be a table")
        specs = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
        required = {
            n for n, f in specs.items() if f.default is MISSING and f.default_factory is MISSING
        }
        self._check_keys(data, set(specs), required)
        values: dict[str, Any] = {}
        for key, value in data.items():
            kind = str(specs[key].type)
            if kind == "bool":
                if not isinstance(value, bool):
                    raise self._bad(key, "must be true or false")
                values[key] = value
            elif kind == "str":
                values[key] = self._text(key, value)
            else:
                if not isinstance(value, list):
                    raise self._bad(key, "must be an array of strings")
                values[key] = tuple(self._text(key, v) for v in value)
            self._check_shape(where, key, values[key])
        return cls(**values)

    def _check_shape(self, where: str, key: str, value: object) -> None:
        if not value and (where, key) in FILLED:
            raise self._bad(key, "must not be empty")
        if (where, key) in SHAPES and not self._shipped:
            fits, reason = SHAPES[where, key]
            words = value if isinstance(value, tuple) else (str(value),)
            if not all(fits(word) for word in words):
                raise self._bad(key, reason)

    def _languages(self, key: str, value: object) -> dict[str, str]:
        if not isinstance(value, dict) or set(value) != {"zh", "en"}:
            raise self._bad(key, "must have exactly the keys zh and en")
        return {lang: self._text(key, text) for lang, text in value.items()}

    def _owed(self, value: object) -> dict[str, tuple[str, ...]]:
        self._table = ("owed",)
        if not isinstance(value, dict):
            raise self._bad("owed", "must be a table")
        self._check_keys(value, set(ROLES), set())
        for role, listed in value.items():
            if not isinstance(listed, list) or not listed:
                raise self._bad(role, "must be an array of requirement ids that is not empty")
            if unknown := [r for r in listed if r not in REQUIREMENTS]:
                raise self._unknown(role, unknown[0], REQUIREMENTS)
        return {role: tuple(listed) for role, listed in value.items()}

    def _suggestions(self, value: object) -> dict[str, dict[str, str]]:
        self._table = ("suggestions",)
        if not isinstance(value, dict):
            raise self._bad("suggestions", "must be a table")
        self._check_keys(value, {"zh", "en"}, set())
        out = {}
        for lang, table in value.items():
            if not isinstance(table, dict):
                raise self._bad(lang, "must be a table")
            self._table = ("suggestions", lang)
            self._check_keys(table, set(REQUIREMENTS), set())
            out[lang] = {k: self._text(k, v) for k, v in table.items()}
        return out

    def _check_keys(self, data: dict[str, Any], known: set[str], required: set[str]) -> None:
        for key in data:
            if key not in known:
                raise self._unknown(key, key, sorted(known))
        for key in sorted(required - set(data)):
            raise self._bad(key, "is missing")

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._bad(key, "must be a string that is not empty")
        return value

    def _unknown(self, at: str, key: object, known: Iterable[str]) -> ConfigError:
        return ConfigError(
            "vendor-key",
            vendor=self._source,
            key=key,
            line=self._line(at),
            known=", ".join(known),
        )

    def _bad(self, key: str, reason: str) -> ConfigError:
        return ConfigError(
            "vendor-value", vendor=self._source, key=key, reason=reason, line=self._line(key)
        )

    def _line(self, key: str) -> str:
        """The line that sets a key in the table being read, numbered, else that of the table."""
        places = key_lines(self._text_of_file)
        found = places.get((*self._table, key), places.get(self._table))
        if found is None:
            return "not in the file"
        line = self._text_of_file.split("\n")[found - 1]
        return f"line {found}: {line.strip()[:120]}"
