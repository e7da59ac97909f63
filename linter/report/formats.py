"""Every output format by name, with the suffixes of files that are written in it.

Adding one: a name in ``Format``, its suffixes in ``SUFFIXES``, its writer in ``WRITERS``.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import cast

from linter.report.json_report import JsonLinesWriter, JsonWriter
from linter.report.text import TextWriter
from linter.report.view import ReportWriter, View

Sink = Callable[[str], None]
Maker = Callable[[Sink, View], ReportWriter]


class Format(StrEnum):
    """Output formats of ``check``."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"


SUFFIXES: dict[str, Format] = {
    ".txt": Format.TEXT,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".sarif": Format.SARIF,
    ".xml": Format.JUNIT,
    ".md": Format.MARKDOWN,
    ".csv": Format.CSV,
    ".html": Format.HTML,
}


def _later(module: str, name: str) -> Maker:
    """A writer whose module is loaded only when it is asked for."""

    def make(sink: Sink, view: View) -> ReportWriter:
        maker = cast(Maker, getattr(import_module(f"linter.report.{module}"), name))
        return maker(sink, view)

    return make


WRITERS: dict[Format, Maker] = {
    Format.TEXT: TextWriter,
    Format.CONCISE: _later("concise", "ConciseWriter"),
    Format.JSON: lambda sink, _: JsonWriter(sink),
    Format.JSONL: lambda sink, _: JsonLinesWriter(sink),
    Format.SARIF: _later("sarif", "SarifWriter"),
    Format.JUNIT: _later("junit", "JunitWriter"),
    Format.GITHUB: _later("github", "GithubWriter"),
    Format.MARKDOWN: _later("markdown", "MarkdownWriter"),
    Format.CSV: _later("csv_report", "CsvWriter"),
    Format.HTML: _later("html", "HtmlWriter"),
}
# Formats whose writers show the documents' text, which a report then has to hold.
NEEDS_TEXT = frozenset({Format.HTML})


def format_of(path: PurePath) -> Format | None:
    """The format that a file's suffix asks for, None if it asks for none that is known."""
    return SUFFIXES.get(path.suffix.lower())
