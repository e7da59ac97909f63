"""The findings that are known already: only what is new counts.

A baseline identifies findings, it never counts them: each stands in it with its source key and
fingerprint, and with the verdict that was known. A finding that has become worse is a new one,
even if it rests on the same words, or on the same absence of any.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from linter.errors import ConfigError
from linter.identity import source_key
from linter.json_file import read_bytes, schema_in, values_in
from linter.settings.files import shown
from linter.settings.nearest import nearest
from linter.status import ERRORS, is_open, with_findings
from linter.verdict import Finding, Report, Severity, Status, Verdict

SCHEMA = "disclosure-lint/baseline/1"
_WORSE = {Verdict.PRESENT: 0, Verdict.AMBIGUOUS: 1, Verdict.UNVERIFIABLE: 1, Verdict.MISSING: 2}
_SHAPES = {
    "vendor": "[a-z0-9][a-z0-9-]*",
    "requirement": "RS[0-9]{3}",
    "fingerprint": "[0-9a-f]{16}",
    "verdict": "|".join(_WORSE),
}


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One known finding; ``requirement`` is a code, ``verdict`` the worst that is known."""

    source: str
    vendor: str
    requirement: str
    fingerprint: str
    verdict: str

    def covers(self, finding: Finding) -> bool:
        """Whether this is the finding, and it is no worse than it was."""
        same = (self.requirement, self.fingerprint) == (
            finding.requirement.code,
            finding.fingerprint,
        )
        return (
            same and is_open(finding) and _WORSE[finding.verdict] <= _WORSE[Verdict(self.verdict)]
        )


@dataclass(frozen=True)
class Baseline:
    """What is known of several sources, whose paths are those from ``folder``."""

    entries: frozenset[Entry]
    folder: Path

    def about(self, report: Report) -> list[Entry]:
        """What is known of a report's source and vendor."""
        key = source_key(report.source, self.folder)
        return self._by_source.get((key, report.vendor), [])

    @cached_property
    def _by_source(self) -> dict[tuple[str, str], list[Entry]]:
        sorted_in: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries:
            sorted_in.setdefault((entry.source, entry.vendor), []).append(entry)
        return sorted_in


def baseline_of(reports: Iterable[Report], folder: Path) -> Baseline:
    """All open findings of some reports; not of those that could not be judged, nor what is waived.

    ``folder`` is that of the file in which the baseline will be kept.
    """
    return Baseline(frozenset(e for r in reports for e in _entries(r, folder)), folder)


def mark_known(
    report: Report, baseline: Baseline, *, weighty: frozenset[Severity] = ERRORS
) -> Report:
    """The report with the findings that are in the baseline marked, and the status."""
    if report.status is Status.UNREADABLE:
        return report
    known = baseline.about(report)
    marked = (
        replace(f, baselined=True) if any(e.covers(f) for e in known) else f
        for f in report.findings
    )
    return with_findings(report, marked, weighty=weighty)


def gone(report: Report, baseline: Baseline) -> frozenset[Entry]:
    """The entries on a report's source whose finding does not occur any more.

    A requirement that was not judged, or could not be, says nothing about what is known of it.
    """
    if report.status is Status.UNREADABLE:
        return frozenset()
    judged = {
        f.requirement.code: f for f in report.findings if f.verdict is not Verdict.UNVERIFIABLE
    }
    return frozenset(
        e
        for e in baseline.about(report)
        if e.requirement in judged and not e.covers(judged[e.requirement])
    )


def pruned(baseline: Baseline, reports: Iterable[Report]) -> Baseline:
    """The baseline without what does not occur any more; other sources are left alone."""
    left = baseline.entries.difference(*(gone(r, baseline) for r in reports))
    return Baseline(left, baseline.folder)


def baseline_text(baseline: Baseline) -> str:
    """The baseline as it is written: sorted, an entry a line, so that it can be reviewed."""
    lines = ",\n".join(
        "    " + json.dumps(asdict(e), ensure_ascii=False) for e in sorted(baseline.entries)
    )
    findings = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": {findings}\n}}\n'


def load_baseline(path: Path) -> Baseline:
    """The baseline of a file.

    Raises
    ------
    ConfigError
        ``file-unreadable``; ``file-syntax``: no JSON; ``file-schema``: not a baseline, or one of
        another version; ``config-key``, ``config-value`` or ``file-missing``: an entry is wrong.
    """
    file = shown(path)
    values = values_in(read_bytes(path), name=file)
    data = values[0][1] if len(values) == 1 else None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ConfigError("file-schema", file=file, found=schema_in(data), known=SCHEMA)
    _known_keys(data, ("schema", "findings"), file)
    findings = data.get("findings")
    if not isinstance(findings, list):
        raise ConfigError("file-missing", place=file, key="findings", takes="[…]")
    entries = (_entry(item, f"{file}: findings[{n}]") for n, item in enumerate(findings))
    return Baseline(frozenset(entries), path.absolute().parent)


def _entries(report: Report, folder: Path) -> Iterator[Entry]:
    if report.status is Status.UNREADABLE:
        return
    for f in report.findings:
        if is_open(f) and not f.waived:
            yield Entry(
                source_key(report.source, folder),
                report.vendor,
                f.requirement.code,
                f.fingerprint,
                f.verdict.value,
            )


def _entry(item: object, place: str) -> Entry:
    names = tuple(f.name for f in fields(Entry))
    if not isinstance(item, dict):
        raise ConfigError("file-missing", place=place, key=names[0], takes="{…}")
    _known_keys(item, names, place)
    for name in names:
        shape = _SHAPES.get(name, "(?s:.+)")
        if name not in item:
            raise ConfigError("file-missing", place=place, key=name, takes=shape)
        if not isinstance(item[name], str) or not re.fullmatch(shape, item[name]):
            value = json.dumps(item[name], ensure_ascii=False)[:80]
            raise ConfigError("config-value", place=place, key=name, value=value, takes=shape)
    return Entry(**item)


def _known_keys(data: dict[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in data:
        if key not in known:
            raise ConfigError(
                "config-key",
                place=place,
                key=key[:80],
                near=nearest(key, known),
                known=", ".join(known),
            )
