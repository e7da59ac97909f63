"""Waivers and a baseline over a whole run: each report is marked, then what is left is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from linter.verdict import Report, Severity, Status, WaiverState

if TYPE_CHECKING:
    from linter.baseline import Baseline, Entry
    from linter.waivers import Waiver, Waivers


class Marks:
    """What marks findings in this run; ``notes`` tells of what did not do so."""

    def __init__(
        self, waivers: Waivers | None, baseline: Baseline | None, file: Path | None, today: date
    ) -> None:
        self._waivers = waivers
        self._baseline = baseline
        self._file = file
        self._today = today
        self._states: dict[str, set[WaiverState]] = {}
        self._seen: set[Waiver] = set()
        self._gone: set[Entry] = set()

    @classmethod
    def of(cls, waivers: Path | None, baseline: Path | None) -> Marks:
        """From the files, if there are any; raises ``ConfigError`` where one is wrong."""
        read_waivers = read_baseline = None
        if waivers is not None:
            from linter.waivers import load_waivers

            read_waivers = load_waivers(waivers)
        if baseline is not None:
            from linter.baseline import load_baseline

            read_baseline = load_baseline(baseline)
        return cls(read_waivers, read_baseline, baseline, date.today())

    def mark(self, report: Report, weighty: frozenset[Severity]) -> Report:
        """The report with what is waived and what is known marked, and its status."""
        if self._waivers is not None:
            report = self._waive(report, self._waivers, weighty)
        if self._baseline is not None:
            from linter.baseline import gone, mark_known

            self._gone |= gone(report, self._baseline)
            report = mark_known(report, self._baseline, weighty=weighty)
        return report

    def _waive(self, report: Report, waivers: Waivers, weighty: frozenset[Severity]) -> Report:
        from linter.waivers import waive

        report = waive(report, waivers, today=self._today, weighty=weighty)
        self._seen.update(waivers.covering(report.source))
        for record in report.waivers:
            self._states.setdefault(record.origin, set()).add(record.state)
        if report.status is Status.UNREADABLE:
            # Nothing is known of it, so nobody is told to remove what is for it.
            for waiver in waivers.covering(report.source):
                self._states.setdefault(waiver.origin, set()).add(WaiverState.APPLIED)
        return report

    def notes(self) -> Iterator[tuple[str, dict[str, object]]]:
        """What is to be said after the run, as keys and parameters of sentences."""
        waivers = self._waivers.waivers if self._waivers is not None else ()
        for waiver in waivers:
            states = self._states.get(waiver.origin, set())
            words: dict[str, object] = {
                "origin": waiver.origin,
                "requirement": waiver.requirement,
                "until": waiver.until,
            }
            if WaiverState.EXPIRED in states:
                yield "waiver.expired", words
            elif WaiverState.REFUSED in states:
                yield "waiver.refused", words
            elif states == {WaiverState.UNUSED}:
                yield "waiver.unused", words
        unknown = [w.origin for w in waivers if w not in self._seen]
        if unknown:
            yield "waiver.unknown", {"origins": ", ".join(unknown)}
        if self._gone:
            yield "baseline.gone", {"file": self._file, "count": len(self._gone)}
