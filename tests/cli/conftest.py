"""A stand-in for ``linter.check``, so that the command line is tested by itself."""

from __future__ import annotations

import dataclasses
import sys
import types
from collections.abc import Callable
from typing import Any

import pytest

from linter.verdict import (
    DocumentRecord,
    Finding,
    Note,
    Report,
    Requirement,
    Role,
    Severity,
    Status,
    Verdict,
    Versions,
)

_REQUIREMENT = Requirement("entity-name", "RS101", Severity.ERROR, (Role.RECIPIENT,))
_VERDICTS = {
    Status.PASS: Verdict.PRESENT,
    Status.FAIL: Verdict.MISSING,
    Status.REVIEW: Verdict.AMBIGUOUS,
    Status.UNREADABLE: Verdict.UNVERIFIABLE,
}


def report_of(source: str) -> Report:
    """A report whose status is the first word of the source's name ("fail.html")."""
    word = source.rsplit("/", 1)[-1].split(".")[0].split("-")[0]
    status = Status(word) if word in list(Status) else Status.PASS
    verdict = _VERDICTS[status]
    message = Note.of(f"entity-name.{verdict}", vendor="Realsee")
    read = {"unreadable": "no", "partial": "partial"}.get(word, "whole")
    return Report(
        source=source,
        url=None,
        vendor="realsee",
        vendor_name="Realsee",
        role=Role.RECIPIENT,
        role_requested=Role.RECIPIENT,
        status=status,
        language="en",
        mentions=(),
        findings=(Finding(_REQUIREMENT, verdict, 1.0, message, "00ff"),),
        documents=(DocumentRecord(None, None, "policy", read),),
        errors=(),
        versions=Versions("1", "2", "3"),
    )


@dataclasses.dataclass
class Stub:
    """The stand-in: what it was called with, and what it does for a source."""

    calls: list[tuple[str, dict[str, Any]]] = dataclasses.field(default_factory=list)
    acts: dict[str, Callable[[], None]] = dataclasses.field(default_factory=dict)

    def check(self, source: str, **settings: Any) -> Report:
        """Note the call, do what is to be done for the source, and report."""
        self.calls.append((source, settings))
        if source in self.acts:
            self.acts[source]()
        return report_of(source)

    def crashed(self, source: str, **_: Any) -> Report:
        """The report on a source at which ``check`` crashed."""
        return dataclasses.replace(report_of("unreadable"), source=source)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    """``linter.check.check`` replaced by the stand-in; an English reader without NO_COLOR."""
    made = Stub()
    module = types.ModuleType("linter.check")
    module.check = made.check  # type: ignore[attr-defined]
    module.crashed = made.crashed  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "linter.check", module)
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "DISCLOSURE_LINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return made


@pytest.fixture
def raising() -> Callable[[BaseException], Callable[[], None]]:
    """Makes an act that raises."""

    def maker(error: BaseException) -> Callable[[], None]:
        def act() -> None:
            raise error

        return act

    return maker
