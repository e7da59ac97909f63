"""The boundary where a fault of the program becomes a message and an exit code.

Everything else catches only what it expects. Here nothing is expected, and a crash must neither
end in exit code 1 (which says that the policy fails) nor take the other sources with it.
"""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType
from typing import Self

from linter.cli.output import complain

CRASHED = 2
DEBUG = "DISCLOSURE_LINT_DEBUG"
_MAX_WORDS = 200


class Boundary:
    """A context that says what crashed in it and goes on; ``crashed`` tells whether it did.

    ``kind`` and ``place`` then say what it was and where, without words of the source.

    Passed on are ``SystemExit``, ``KeyboardInterrupt`` and the exceptions named in ``passing``.
    With DISCLOSURE_LINT_DEBUG set, the traceback is printed too.
    """

    def __init__(
        self, *, lang: str, doing: str = "", passing: tuple[type[Exception], ...] = ()
    ) -> None:
        self._lang = lang
        self._doing = doing
        self._passing = passing
        self.crashed = False
        self.kind = self.place = "?"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, self._passing):
            return False
        self.crashed = True
        self.kind, self.place = type(error).__name__, _place(error.__traceback__)
        self._say(error)
        return True

    def _say(self, error: Exception) -> None:
        if os.environ.get(DEBUG):
            traceback.print_exception(error, file=sys.stderr)
        complain(
            "cli.crash",
            lang=self._lang,
            source=self._doing or "disclosure-lint",
            error=f"{self.kind}: {str(error)[:_MAX_WORDS]}",
            place=self.place,
        )
        complain("cli.crash-hint", lang=self._lang)


def _place(trace: TracebackType | None) -> str:
    """Module and line where it happened, the innermost one of our own; no path of the machine."""
    place = "?"
    for frame, line in traceback.walk_tb(trace):
        module = str(frame.f_globals.get("__name__", "?"))
        if module.startswith("linter.") or place == "?":
            place = f"{module}:{line}"
    return place
