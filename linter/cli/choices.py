"""What the options may be, and what the environment says of the reader."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

from linter.settings import Language, Render

__all__ = [
    "Language",
    "ManualFormat",
    "Markup",
    "Render",
    "Shape",
    "reader_language",
    "wants_color",
]


class ManualFormat(StrEnum):
    """How the manuals of rules are printed."""

    TEXT = "text"
    MARKDOWN = "markdown"


class Shape(StrEnum):
    """Shapes of suggestions; ``AUTO``: the one that the policy has."""

    AUTO = "auto"
    TABLE = "table"
    LIST = "list"
    PROSE = "prose"


class Markup(StrEnum):
    """How suggestions are printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def reader_language(wanted: Language, environment: Mapping[str, str] | None = None) -> str:
    """ "zh" or "en": what was asked for, else what the locale variables say.

    Of LC_ALL, LC_MESSAGES and LANG the first that is set and not empty decides (POSIX, 8.2).
    """
    if wanted is not Language.AUTO:
        return wanted.value
    variables = os.environ if environment is None else environment
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((variables[name] for name in names if variables.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def wants_color(
    *, terminal: bool, no_color: bool, environment: Mapping[str, str] | None = None
) -> bool:
    """Whether to colour: on a terminal that can, unless the option or NO_COLOR forbids it."""
    variables = os.environ if environment is None else environment
    forbidden = no_color or bool(variables.get("NO_COLOR"))
    return terminal and not forbidden and variables.get("TERM") != "dumb"
