"""Reports as text, JSON, JSON lines and HTML.

``render`` gives a string; ``open_writer`` gives a writer that takes reports as they are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from linter.report.exits import exit_code
from linter.report.json_report import JsonLinesWriter, JsonWriter
from linter.report.messages import error_words, phrase, say
from linter.report.text import TextWriter
from linter.report.view import ReportWriter, View
from linter.verdict import Report

__all__ = [
    "Format",
    "ReportWriter",
    "View",
    "error_words",
    "exit_code",
    "open_writer",
    "phrase",
    "render",
    "say",
]

Format = Literal["text", "json", "jsonl", "html"]


def open_writer(
    sink: Callable[[str], None], *, format: Format = "text", view: View | None = None
) -> ReportWriter:
    """A writer that hands the text of each report to ``sink`` as soon as it is added.

    ``close`` must be called once, after the last report. ``view`` is for the text format;
    HTML heeds its language.

    Raises
    ------
    ValueError
        There is no such format.
    """
    if format == "text":
        return TextWriter(sink, view or View())
    if format == "json":
        return JsonWriter(sink)
    if format == "jsonl":
        return JsonLinesWriter(sink)
    if format == "html":
        from linter.report.html import HtmlWriter

        return HtmlWriter(sink, view or View())
    raise ValueError(f"no such format: {format!r}")


def render(
    reports: Iterable[Report],
    *,
    format: Format = "text",
    lang: str = "en",
    color: bool = False,
    verbose: bool = False,
    quiet: bool = False,
    width: int = 80,
    encoding: str = "utf-8",
) -> str:
    """Reports as one string in a format ("text", "json", "jsonl" or "html").

    ``lang`` ("en" or "zh") is for text and HTML; ``color``, ``verbose``, ``quiet``, ``width``
    (columns) and ``encoding`` (what the text will be written in) shape the text format alone.
    HTML shows the text of those documents whose record has it.

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
