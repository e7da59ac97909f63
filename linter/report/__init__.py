"""Reports in the formats of ``formats.WRITERS``.

``render`` gives a string; ``open_writer`` gives a writer that takes reports as they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linter.report.exits import exit_code
from linter.report.formats import NEEDS_TEXT, SUFFIXES, WRITERS, Format, format_of
from linter.report.messages import error_words, phrase, say
from linter.report.reading import looks_like_reports, read_reports
from linter.report.view import ReportWriter, View
from linter.verdict import Report

__all__ = [
    "NEEDS_TEXT",
    "SUFFIXES",
    "Format",
    "ReportWriter",
    "View",
    "error_words",
    "exit_code",
    "format_of",
    "looks_like_reports",
    "open_writer",
    "phrase",
    "read_reports",
    "render",
    "say",
]


def open_writer(
    sink: Callable[[str], None], *, format: Format | str = Format.TEXT, view: View | None = None
) -> ReportWriter:
    """A writer that hands the text of each report to ``sink`` as soon as it is added.

    ``close`` must be called once, after the last report. What of ``view`` a format heeds, its
    writer says.

    Raises
    ------
    ValueError
        There is no such format.
    """
    if format not in list(Format):
        raise ValueError(f"no such format: {format!r}")
    return WRITERS[Format(format)](sink, view or View())


def render(
    reports: Iterable[Report],
    *,
    format: Format | str = Format.TEXT,
    lang: str = "en",
    color: bool = False,
    verbose: bool = False,
    quiet: bool = False,
    width: int = 80,
    encoding: str = "utf-8",
) -> str:
    """Reports as one string in a format, such as "text", "json" or "sarif".

    ``lang`` ("en" or "zh") is the language of the formats that people read; ``color``,
    ``verbose``, ``quiet``, ``width`` (columns) and ``encoding`` (what the text will be written
    in) shape the text format alone.

    Raises
    ------
    ValueError
        There is no such format.
    """
    parts: list[str] = []
    view = View(lang, color, verbose, quiet, width, encoding)
    writer = open_writer(parts.append, format=format, view=view)
    for report in reports:
        writer.add(report)
    writer.close()
    return "".join(parts)
