"""Workflow commands of GitHub Actions, which become annotations of a run and its pull request.

A finding of level error is ``::error``, warning ``::warning``, note ``::notice`` (see ``levels``);
one that is waived or in the baseline is a ``::notice`` that says so. ``file`` is given for files
under the working directory, which has to be the repository's root, with line and column where
``place`` can tell them. The host shows at most ten annotations of a kind for each step.

Every command is one line: per cent signs and line ends are escaped in messages, colons and commas
in properties too, and control characters are dropped, so that no policy can begin a command.
"""

from __future__ import annotations

from collections.abc import Callable

from linter.report.levels import Level, accepted, error_level, open_findings
from linter.report.messages import error_words, phrase, say
from linter.report.place import Places
from linter.report.terminal import clean
from linter.report.view import View
from linter.verdict import ErrorRecord, Evidence, Finding, Report

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


class GithubWriter:
    """Writes a command for each error and each open finding, in the reader's language."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._lang = view.lang

    def add(self, report: Report) -> None:
        """Write the commands of one report."""
        places = Places(report)
        commands = [self._error(report, error, places) for error in report.errors]
        commands += (self._finding(places, f, own) for f, own in open_findings(report))
        self._sink("".join(command + "\n" for command in commands))

    def close(self) -> None:
        """Nothing follows the last command."""

    def _error(self, report: Report, error: ErrorRecord, places: Places) -> str:
        what, hint = error_words(error.code, dict(error.params), self._lang)
        document = error.document or 0
        return _command(
            _COMMANDS[error_level(report, error)],
            {**_file(places, document), "title": error.rule or error.code},
            _lines(f"{places.name(document)}: {what}", hint),
        )

    def _finding(self, places: Places, finding: Finding, own: Level) -> str:
        found = finding.evidence[0] if finding.evidence else None
        requirement = finding.requirement
        verdict = phrase(f"verdict.{finding.verdict}", {}, self._lang)
        flags = [n for n in ("waived", "baselined") if getattr(finding, n)]
        words = "".join(f" ({phrase(f'flag.{flag}', {}, self._lang)})" for flag in flags)
        said = f"{places.name()}: {say(finding.message, self._lang)}"
        write = phrase("label.write", {}, self._lang)
        suggestion = f"{write} {finding.suggestion}" if finding.suggestion else ""
        return _command(
            "notice" if accepted(finding) else _COMMANDS[own],
            {
                **_spot(places, found),
                "title": f"{requirement.code} {requirement.id}: {verdict}{words}",
            },
            _lines(said, suggestion),
        )


def _file(places: Places, document: int) -> dict[str, str]:
    path = places.inside(document)
    return {} if path is None else {"file": path.as_posix()}


def _spot(places: Places, found: Evidence | None) -> dict[str, str]:
    """The properties that say where a finding stands; none if that is not in the repository."""
    if found is None or not (file := _file(places, found.document)):
        return _file(places, 0)
    region = places.region(found)
    if region is None:
        return file
    spot = {"line": region.start_line, "endLine": region.end_line}
    if region.start_line == region.end_line:
        # Columns of several lines are refused.
        spot |= {"col": region.start_column, "endColumn": region.end_column}
    return file | {name: str(value) for name, value in spot.items()}


def _lines(*parts: str) -> str:
    return "\n".join(clean(line) for part in parts if part for line in part.splitlines())


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")
