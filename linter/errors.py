"""Every error of the program: one tree by phase, one table of words.

An error has a stable code; what happened and what to do about it stand here in English and
Chinese, so that a message can be said in the reader's language wherever it surfaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What happened and what to do, in both languages; ``{name}`` is filled from the error."""

    what: str
    hint: str
    what_zh: str
    hint_zh: str


MESSAGES: dict[str, ErrorText] = {
    # usage and configuration
    # fetch
    # segment
    # classify
}


def describe(code: str, params: dict[str, str], lang: str = "en") -> tuple[str, str]:
    """The words for an error: (what happened, what to do) in ``lang`` ("en" or "zh")."""
    text = MESSAGES[code]
    what, hint = (text.what_zh, text.hint_zh) if lang == "zh" else (text.what, text.hint)
    return _fill(what, params), _fill(hint, params)


def _fill(template: str, params: dict[str, str]) -> str:
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            parts.append(params.get(name, "?"))
    return "".join(parts)


class DisclosureLintError(Exception):
    """Root of the tree. ``code`` is stable; ``params`` fill its words; never holds secrets."""

    phase: ClassVar[str] = "internal"
    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **params: object) -> None:
        if code not in MESSAGES:
            raise KeyError(f"unknown error code {code!r}")
        self.code = code
        self.params = {k: str(v) for k, v in params.items()}
        super().__init__(code)

    def __str__(self) -> str:
        what, hint = describe(self.code, self.params)
        return f"{what} {hint}"


class UsageError(DisclosureLintError):
    """The command line or the call asks for what cannot be."""

    phase = "usage"


class ConfigError(DisclosureLintError):
    """A configuration or vendor file is wrong; says the line."""

    phase = "config"


class FetchError(DisclosureLintError):
    """A source could not be had. Not an OSError, lest a retry loop takes it for one."""

    phase = "fetch"


class SegmentError(DisclosureLintError):
    """A page was had but holds nothing that could be read as a policy."""

    phase = "segment"


class ModelError(DisclosureLintError):
    """A model file is missing, damaged or of another version."""

    phase = "classify"
