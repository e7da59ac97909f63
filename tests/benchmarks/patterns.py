"""Whether each pattern of the lexicons takes time in proportion to a hostile text.

    python -m tests.benchmarks.patterns

Every named pattern, every field's and every compiled one of ``classify``, ``segment``, ``fetch``
and ``rules`` searches repetitions of its own literals (each alone, all together, each behind every
opening bracket) and of what its character classes hold, at one length and at four times that; the
closing of brackets never comes. Patterns that a module only matches at the beginning of a text are
left out. A ratio far above four is a loop within a loop. Exit code 1 when one passes the limit.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import re._constants as ops
import re._parser as parser
import time
from collections.abc import Iterator
from typing import Any

from linter.classify.lexicon import _fields, agreement_words, lexicon

LIMIT = 7.0
_SMALL = 700  # characters; a sentence is cut at 1,200, a value at 3,000
_FLOOR = 0.002  # seconds; below that a ratio measures noise
_MODULES = ("linter.classify", "linter.segment", "linter.fetch", "linter.rules")
_OPENING = ("[", "【", "(", "（", "《", "<", "{{", "${", "“", '"', " ", "，", "\n", "a.", "1")


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """All patterns by name, those of the lexicons first."""
    for language in ("zh", "en"):
        words = lexicon(language)
        for name in words.patterns.names():
            yield f"{language}.toml {name}", words.patterns[name]
        yield f"parties {language}", words.parties
        of_agreements = agreement_words(language)
        for name in of_agreements.names():
            yield f"agreement.toml {language} {name}", of_agreements[name]
    for number, (name, pattern) in enumerate(_fields()):
        yield f"fields.toml {number} {name}", pattern
    for package in _MODULES:
        for module in pkgutil.iter_modules(
            importlib.import_module(package).__path__, package + "."
        ):
            found = importlib.import_module(module.name)
            source = inspect.getsource(found)
            for name, value in vars(found).items():
                # What is only ever matched where it begins cannot begin at every place anew.
                begins = re.search(rf"\b{name}\.(?:full)?match\(", source)
                if not begins or re.search(rf"\b{name}\.(?:search|find|sub|split)", source):
                    yield from _within(f"{module.name} {name}", value)


def _within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns in a module's constant, whatever holds them."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _within(f"{name}[{key}]", inner)
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value):
            yield from _within(f"{name}[{number}]", inner)


def pieces(pattern: re.Pattern[str]) -> set[str]:
    """What to repeat: the pattern's runs of literals and a character of each of its classes."""
    found: set[str] = set()
    _collect(parser.parse(pattern.pattern, pattern.flags), found)
    words = sorted(found)[:24]
    found = {*words, *(o + w for o in _OPENING for w in words[:4]), "".join(words[:8]), *_OPENING}
    return found - {""}


def _collect(tree: Any, found: set[str]) -> None:
    run = ""
    for op, value in tree:
        if op is ops.LITERAL:
            run += chr(value)
            continue
        if run:
            found.add(run)
        run = ""
        for inner in _inner(op, value):
            _collect(inner, found)
        if op is ops.IN:
            found.update(chr(v) for kind, v in value if kind is ops.LITERAL)
            found.update(chr(v[0]) for kind, v in value if kind is ops.RANGE)
    if run:
        found.add(run)


def _inner(op: Any, value: Any) -> list[Any]:
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is ops.SUBPATTERN:
        return [value[3]]
    if op is ops.BRANCH:
        return list(value[1])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [value[1]]
    return [value] if op is ops.ATOMIC_GROUP else []


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Processor time of finding all matches, in seconds."""
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun


def worst(pattern: re.Pattern[str]) -> tuple[float, float, str]:
    """The greatest ratio, the time of the longer text and the piece that gave it."""
    greatest = (0.0, 0.0, "")
    for piece in sorted(pieces(pattern)):
        text = piece * (4 * _SMALL // len(piece) + 1)
        small, large = seconds(pattern, text[:_SMALL]), seconds(pattern, text[: 4 * _SMALL])
        if large <= _FLOOR * LIMIT:
            continue
        ratio = large / max(small, _FLOOR)
        if ratio > LIMIT:
            # Once more, since another process may have had the cache.
            ratio = min(
                ratio, seconds(pattern, text) / max(seconds(pattern, text[:_SMALL]), _FLOOR)
            )
        greatest = max(greatest, (ratio, large, piece))
        if ratio > LIMIT:
            break
    return greatest


def main() -> int:
    """Measure all patterns; 1 when one grows faster than its text."""
    count, failed = 0, []
    for name, pattern in patterns():
        count += 1
        ratio, large, piece = worst(pattern)
        if ratio > LIMIT:
            failed.append(name)
            said = f"{name}: ratio {ratio:.1f}, {large * 1000:.0f} ms, {piece[:40]!r} repeated"
            print(said, flush=True)
    print(f"patterns: {count}, of which grow too fast: {len(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
