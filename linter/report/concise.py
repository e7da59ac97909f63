"""One line a finding, as compilers write them: ``path:line:column: level: CODE verdict: message``.

Shown is what is open (see ``levels``), with waived and baselined findings marked; a source that
passes has no line. Line and column stand where ``place`` can tell them. In the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable

from linter.report.levels import Level, error_level, open_findings
from linter.report.messages import error_words, phrase, say
from linter.report.place import Places
from linter.report.terminal import clean
from linter.report.view import View
from linter.verdict import ErrorRecord, Finding, Report


class ConciseWriter:
    """Writes the lines of each report as it comes."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._lang = view.lang

    def add(self, report: Report) -> None:
        """Write a line for each error and each open finding."""
        places = Places(report)
        lines = [
            self._error(places.name(error.document or 0), error, error_level(report, error))
            for error in report.errors
        ]
        lines += (self._line(places, f, own) for f, own in open_findings(report))
        self._sink("".join(clean(line) + "\n" for line in lines))

    def close(self) -> None:
        """Nothing follows the last line."""

    def _error(self, place: str, error: ErrorRecord, own: Level) -> str:
        what, _ = error_words(error.code, dict(error.params), self._lang)
        code = f"{error.rule} {error.code}" if error.rule else error.code
        return f"{place}: {self._severity(own)}: {code}: {what}"

    def _line(self, places: Places, finding: Finding, own: Level) -> str:
        found = finding.evidence[0] if finding.evidence else None
        region = None if found is None else places.region(found)
        place = places.name() if found is None else places.name(found.document)
        if region is not None:
            place += f":{region.start_line}:{region.start_column}"
        code = finding.requirement.code
        verdict = phrase(f"verdict.{finding.verdict}", {}, self._lang)
        said = say(finding.message, self._lang) + self._flags(finding)
        return f"{place}: {self._severity(own)}: {code} {verdict}: {said}"

    def _severity(self, own: Level) -> str:
        name = "info" if own == "note" else own
        return phrase(f"severity.{name}", {}, self._lang)

    def _flags(self, finding: Finding) -> str:
        flags = []
        if finding.needs_review:
            confidence = f"{finding.confidence:.2f}"
            flags.append(phrase("flag.review", {"confidence": confidence}, self._lang))
        if finding.waived:
            flags.append(phrase("flag.waived", {}, self._lang))
        if finding.baselined:
            flags.append(phrase("flag.baselined", {}, self._lang))
        return "".join(f" ({flag})" for flag in flags)
