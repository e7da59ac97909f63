"""The lexicons (corpus/lexicons/*.toml) loaded strictly: field labels, phrases, patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from linter.classify.shadow import Shadow
from linter.errors import ModelError
from linter.resources import data_path

_PARTS = re.compile(r"[、/&,，;；|]|以及|和|及|与|或(?!许)|\band\b|\bor\b")
# What a label or title has around its words: a number, a bullet, a colon.
LABEL_NOISE = re.compile(r"^[\s\d.、()一二三四五六七八九十*•·【】\[\]]+|[\s:：*【】\[\]]+$")


class Patterns(dict[str, re.Pattern[str]]):
    """Named patterns of one lexicon, each compiled when it is first asked for.

    Most documents need few of them, and compiling all takes longer than reading such a document.
    """

    def __init__(self, file: str, sources: dict[str, str], macros: dict[str, str]) -> None:
        super().__init__()
        self._file = file
        self._sources = sources
        self._macros = macros

    def __missing__(self, key: str) -> re.Pattern[str]:
        try:
            compiled = re.compile(_expand(self._sources[key], self._macros), re.VERBOSE)
        except (re.error, KeyError) as error:
            reason = f"{key}: {error}"
            raise ModelError("lexicon-damaged", file=self._file, reason=reason) from None
        self[key] = compiled
        return compiled

    def names(self) -> list[str]:
        """All names, compiled or not."""
        return sorted(self._sources)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words: phrases and word beginnings by label, compiled patterns by name.

    ``parties`` matches third parties that are often named by their brand alone.
    """

    language: str
    stems: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    patterns: Patterns
    parties: re.Pattern[str]


@cache
def fields_of(label: str) -> tuple[str, ...]:
    """The fields that a column header or label announces, in order, without repeats.

    ``label`` is text as it stands; the result holds names of corpus/lexicons/fields.toml.
    """
    text = LABEL_NOISE.sub("", Shadow(label.strip()).text)
    if not text or len(text) > 60:
        return ()
    whole = _first_field(text)
    if whole == "vendor-name":
        return (whole,)
    out: list[str] = []
    for part in _PARTS.split(_bracket_last(text)):
        if (field := _first_field(part.strip(" ()"))) and field not in out:
            out.append(field)
    return tuple(out) or ((whole,) if whole else ())


def _bracket_last(text: str) -> str:
    """A bracketed gloss ("服务类型（使用目的）") is a part of its own."""
    return re.sub(r"[()]", "/", text)


def _first_field(text: str) -> str | None:
    for name, pattern in _fields():
        if pattern.search(text):
            return name
    return None


@cache
def _fields() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = _table("fields.toml").get("field", [])
    return tuple((e["name"], re.compile(e["pattern"])) for e in entries)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of "zh" or "en".

    Raises
    ------
    ModelError
        ``lexicon-damaged`` for a file that is missing or no TOML, and for a bad pattern when it
        is first asked for.
    """
    name = f"{language}.toml"
    data = _table(name)
    phrases = {k: tuple(v) for k, v in data.get("phrases", {}).items()}
    macros: dict[str, str] = data.get("macros", {})
    patterns = Patterns(name, data.get("patterns", {}), macros)
    stems = {k: tuple(v) for k, v in data.get("stems", {}).items()}
    return Lexicon(language, stems, phrases, patterns, _parties(language))


def _parties(language: str) -> re.Pattern[str]:
    file = "parties.toml"
    data = _table(file).get(language, {})
    names = "|".join(re.escape(n) for n in sorted(data.get("names", ()), key=len, reverse=True))
    after = data.get("not_after") or "(?!)"
    try:
        return re.compile(rf"(?<![a-z0-9])(?:{names})(?![a-z0-9])(?!{after})")
    except re.error as error:
        raise ModelError("lexicon-damaged", file=file, reason=error) from None


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """Fills «name» with the macro of that name; a macro may hold others."""
    for _ in range(4):
        new = re.sub(r"«([\w-]+)»", lambda m: f"(?:{macros[m.group(1)]})", pattern)
        if new == pattern:
            break
        pattern = new
    return pattern


def _table(name: str) -> dict[str, Any]:
    try:
        text = data_path("corpus", "lexicons", name).read_text("utf-8")
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError("lexicon-damaged", file=name, reason=error) from None


@cache
def agreement_words(language: str) -> Patterns:
    """The patterns for user agreements of "zh" or "en" (corpus/lexicons/agreement.toml).

    Raises
    ------
    ModelError
        As ``lexicon``.
    """
    file = "agreement.toml"
    data = _table(file).get(language, {})
    return Patterns(file, data.get("patterns", {}), data.get("macros", {}))
