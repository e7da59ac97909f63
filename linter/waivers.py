"""Findings that somebody has decided to live with: who, why, until when.

A waiver file is TOML:

    never = ["RS101"]                       # may not be waived

    [[waiver]]
    requirement = "impact-assessment"       # an id or a code
    source = "https://example.com/*"        # a pattern, or a source
    reason = "The assessment is published in the trust centre."
    who = "Wang Min, legal"
    until = 2027-06-30                      # the last day on which it counts
    fingerprint = "0f3c…"                   # only this finding, and no other of the requirement

Requirement, source and reason are needed. Paths are those from the file's own folder. A waived
finding stays in the report, marked, and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from linter.errors import ConfigError
from linter.identity import fits
from linter.settings.files import ConfigFile, load
from linter.settings.keys import wrong
from linter.settings.nearest import nearest
from linter.settings.requirements import checked
from linter.status import ERRORS, is_open, with_findings
from linter.verdict import Finding, Report, Severity, Status, WaiverRecord, WaiverState

_TABLES = "waiver"
_NEVER = "never"
_TEXT = "a string that is not empty"
_TAKES = {
    "requirement": '"RS202"',
    "source": '"https://example.com/*"',
    "reason": _TEXT,
    "who": _TEXT,
    "until": "a date without quotes, such as 2027-06-30",
    "fingerprint": "the 16 digits that a report shows",
}
_NEEDED = ("requirement", "source", "reason")
_FINGERPRINT = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver; ``requirement`` is a code, ``until`` its last day, ``origin`` file and line."""

    requirement: str
    source: str
    reason: str
    who: str | None = None
    until: date | None = None
    fingerprint: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Waivers:
    """A file of waivers; ``never`` are the codes of what may not be waived."""

    waivers: tuple[Waiver, ...]
    never: frozenset[str] = frozenset()
    folder: Path = Path()

    def covering(self, source: str) -> tuple[Waiver, ...]:
        """The waivers that mean a source."""
        return tuple(w for w in self.waivers if fits(source, w.source, self.folder))


def waive(
    report: Report, waivers: Waivers, *, today: date, weighty: frozenset[Severity] = ERRORS
) -> Report:
    """The report with what is waived marked, what became of each waiver, and the status.

    A report on what could not be read is left as it is: nothing was found that could be waived.
    """
    if report.status is Status.UNREADABLE:
        return report
    findings = {f.requirement.code: f for f in report.findings}
    records = tuple(
        _record(waiver, _state(waiver, findings[waiver.requirement], waivers.never, today))
        for waiver in waivers.covering(report.source)
        if waiver.requirement in findings
    )
    applied = {r.requirement for r in records if r.state is WaiverState.APPLIED}
    marked = (replace(f, waived=True) if c in applied else f for c, f in findings.items())
    return with_findings(replace(report, waivers=records), marked, weighty=weighty)


def _state(waiver: Waiver, finding: Finding, never: frozenset[str], today: date) -> WaiverState:
    if waiver.requirement in never:
        return WaiverState.REFUSED
    if waiver.until is not None and waiver.until < today:
        return WaiverState.EXPIRED
    meant = waiver.fingerprint in (None, finding.fingerprint)
    return WaiverState.APPLIED if meant and is_open(finding) else WaiverState.UNUSED


def _record(waiver: Waiver, state: WaiverState) -> WaiverRecord:
    return WaiverRecord(
        waiver.requirement,
        waiver.source,
        state,
        waiver.reason,
        waiver.who,
        waiver.until.isoformat() if waiver.until else None,
        waiver.fingerprint,
        waiver.origin,
    )


def load_waivers(path: Path) -> Waivers:
    """The waivers of a file.

    Raises
    ------
    ConfigError
        ``file-unreadable``; ``config-syntax``, ``config-key``, ``config-value``,
        ``file-missing`` or ``config-requirement``: the line, and what would be right.
    """
    try:
        file = load(path, confined=False)
    except ConfigError as error:
        if error.code == "config-unreadable":
            raise ConfigError("file-unreadable", **error.params) from None
        raise
    _known_keys(file, file.table, (_NEVER, _TABLES))
    tables = file.table.get(_TABLES, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise wrong(_TABLES, tables, file.at(_TABLES), f"[[{_TABLES}]]")
    return Waivers(
        tuple(_waiver(file, number, table) for number, table in enumerate(tables)),
        _never(file),
        path.absolute().parent,
    )


def _never(file: ConfigFile) -> frozenset[str]:
    names = file.table.get(_NEVER, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise wrong(_NEVER, names, file.at(_NEVER), '["RS101"]')
    return frozenset(checked(n, place=file.at(_NEVER, piece=n), whole=True) for n in names)


def _waiver(file: ConfigFile, number: int, table: Mapping[str, Any]) -> Waiver:
    where = (_TABLES, number)
    _known_keys(file, table, tuple(_TAKES), *where)
    for key in _NEEDED:
        if key not in table:
            raise ConfigError("file-missing", place=file.at(*where), key=key, takes=_TAKES[key])
    for key, value in table.items():
        if not _takes(key, value):
            raise wrong(key, value, file.at(*where, key), _TAKES[key])
    code = checked(table["requirement"], place=file.at(*where, "requirement"), whole=True)
    return Waiver(**{**table, "requirement": code}, origin=file.origin(*where))


def _takes(key: str, value: object) -> bool:
    if key == "until":
        return isinstance(value, date) and not isinstance(value, datetime)
    if not isinstance(value, str) or not value.strip():
        return False
    return key != "fingerprint" or bool(_FINGERPRINT.fullmatch(value))


def _known_keys(
    file: ConfigFile, table: Mapping[str, Any], known: tuple[str, ...], *where: str | int
) -> None:
    for key in table:
        if key not in known:
            raise ConfigError(
                "config-key",
                place=file.at(*where, key),
                key=key,
                near=nearest(key, known),
                known=", ".join(known),
            )
