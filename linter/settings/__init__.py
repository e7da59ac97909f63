"""TOML and flags → one frozen, validated settings object.

``configure(flags)`` finds the configuration and lets flags win; its ``settings(source)`` are what
holds for one source. Which file counts, and what it may not say, stands in ``files``.
"""

from __future__ import annotations

from linter.settings.configuration import Configuration, configure
from linter.settings.keys import KEYS
from linter.settings.values import FailOn, Following, Judging, Language, Render, Settings

__all__ = [
    "KEYS",
    "Configuration",
    "FailOn",
    "Following",
    "Judging",
    "Language",
    "Render",
    "Settings",
    "configure",
]
