"""How a reader wants reports: language, colour, width, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from linter.verdict import Report


@dataclass(frozen=True, slots=True)
class View:
    """Settings of the reports that people read; JSON, CSV and JUnit heed none of them.

    ``lang`` is heeded by text, concise, github and markdown, ``drop_waived`` (leave out findings
    that are waived) by SARIF, all else by text alone. ``width`` is in terminal columns.
    ``encoding`` is what the text will be written in: icons and marks that it cannot say are
    replaced by ASCII ones.
    """

    lang: str = "en"
    color: bool = False
    verbose: bool = False
    quiet: bool = False
    width: int = 80
    encoding: str = "utf-8"
    drop_waived: bool = False


class ReportWriter(Protocol):
    """Takes reports one by one, as they are done."""

    def add(self, report: Report) -> None:
        """Write one report."""

    def close(self) -> None:
        """Write what follows the last report."""
