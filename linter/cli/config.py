"""``disclosure-lint config``: what holds and where it was said, and a file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linter.cli.output import StandardOutput, told, write_new
from linter.errors import UsageError
from linter.report import phrase
from linter.settings import KEYS, Configuration, Settings, configure
from linter.settings.files import OWN, shown, standing_in, working_folder

# What a file to begin with shows where the default is nothing.
_EXAMPLES = {
    "select": '["ALL"]',
    "ignore": '["RS202"]',
    "severity": '{ RS202 = "error" }',
    "follow": "1",
    "waivers": '"waivers.toml"',
    "baseline": '"baseline.json"',
}
_OVERRIDE = (
    "[[overrides]]",
    'sources = ["https://example.com/*", "docs/**/*.html"]',
    'role = "co-processor"',
)


def names(words: Sequence[str] | None) -> list[str] | None:
    """The names of an option that is repeated, or holds several between commas."""
    if words is None:
        return None
    return [name.strip() for word in words for name in word.split(",") if name.strip()]


def levels(words: Sequence[str] | None) -> dict[str, str] | None:
    """The severities of options such as RS202=error; one without a level has an empty one."""
    pairs = names(words)
    if pairs is None:
        return None
    split = (pair.partition("=") for pair in pairs)
    return {name.strip(): level.strip() for name, _, level in split}


def run_show(
    source: str | None, *, origin: bool, config: Path | None, no_config: bool, lang: str
) -> int:
    """Print what holds, for a source if one is named, as TOML; the exit code is 2 for a mistake."""

    def work() -> int:
        configuration = configure(config=config, no_config=no_config)
        with StandardOutput(machine=True) as output:
            output.write("\n".join(_shown(configuration, source, origin, lang)) + "\n")
        return 0

    return told(work, lang=lang)


def run_init(*, lang: str) -> int:
    """Write disclosure-lint.toml in the working directory; 2 if there is a configuration."""

    def work() -> int:
        folder = working_folder()
        there = standing_in(folder)
        if there is not None:
            raise UsageError("usage-exists", path=shown(there.path))
        write_new(folder / OWN, "\n".join(commented(lang)) + "\n")
        with StandardOutput() as output:
            output.write(phrase("config.written", {"file": OWN}, lang) + "\n")
        return 0

    return told(work, lang=lang)


def commented(lang: str) -> Iterator[str]:
    """The lines of a configuration in which every key is explained and commented out."""
    yield from _comment("config.head", lang)
    settings = Settings()
    for key in KEYS:
        yield ""
        yield from _comment(f"config.key.{key}", lang)
        yield f"# {key} = {_EXAMPLES.get(key) or _toml(_value(settings, key))}"
    yield ""
    yield from _comment("config.overrides", lang)
    yield from (f"# {line}" for line in _OVERRIDE)


def _comment(key: str, lang: str) -> list[str]:
    return [f"# {line}" for line in phrase(key, {}, lang).split("\n")]


def _shown(
    configuration: Configuration, source: str | None, origin: bool, lang: str
) -> Iterator[str]:
    settings, said = configuration.settings(source), configuration.said(source)
    unsaid = phrase("config.default", {}, lang)
    file = configuration.file
    yield "# " + (phrase("config.none", {}, lang) if file is None else str(file))
    for key in KEYS:
        value = _value(settings, key)
        line = f"{key} = {_toml(value)}"
        if value is None:
            line = "# " + phrase("config.unset", {"key": key}, lang)
        yield line + (f"  # {said[key][1] if key in said else unsaid}" if origin else "")
    if source is not None:
        return
    for layer in configuration.layers:
        if layer.sources is not None:
            yield from ("", "[[overrides]]", f"sources = {_toml(layer.sources)}")
            for key, value in layer.values.items():
                yield f"{key} = {_toml(value)}" + (f"  # {layer.origins[key]}" if origin else "")


def _value(settings: Settings, key: str) -> Any:
    name = key.replace("-", "_")
    return getattr(settings if hasattr(settings, name) else settings.judging, name)


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{name} = {_toml(level)}" for name, level in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)
