"""The outputs of one run: where each report goes, and in which format."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from linter.cli.output import FileOutput, Output, StandardOutput
from linter.errors import UsageError
from linter.report import (
    NEEDS_TEXT,
    SUFFIXES,
    Format,
    ReportWriter,
    View,
    format_of,
    open_writer,
)
from linter.verdict import Report

# What ``--output`` names standard output by.
STANDARD = Path("-")


@dataclass(frozen=True, slots=True)
class Target:
    """A place to write to, ``STANDARD`` or a file, and the format to write."""

    path: Path
    format: Format


def targets(outputs: Sequence[Path], format: Format | None) -> tuple[Target, ...]:
    """What is to be written: standard output alone if no output is named.

    A file's suffix decides on its format; ``format`` does for standard output and for a suffix
    that is not known. A file without a suffix (a device, say) is text if nothing is said.

    Raises
    ------
    UsageError
        ``usage-output-suffix``, ``usage-output-format`` (``format`` is given and decides on
        nothing), ``usage-output-twice``.
    """
    chosen = tuple(Target(path, _format(path, format)) for path in outputs or (STANDARD,))
    if format is not None and all(target.format is not format for target in chosen):
        raise UsageError("usage-output-format", format=format)
    seen: set[str] = set()
    for path in outputs:
        real = str(path) if path == STANDARD else os.path.realpath(path)
        if real in seen:
            raise UsageError("usage-output-twice", path=path)
        seen.add(real)
    return chosen


def _format(path: Path, format: Format | None) -> Format:
    known = format_of(path)
    if known is not None:
        return known
    if format is None and path.suffix:
        raise UsageError("usage-output-suffix", path=path, known=" ".join(SUFFIXES))
    return format or Format.TEXT


class Sinks:
    """Writers for all targets: each report goes to every one of them.

    As a context it opens the outputs, and files appear only if it ends without an exception.
    """

    def __init__(
        self,
        targets: Sequence[Target],
        *,
        view: Callable[[Output], View],
        include_text: bool,
    ) -> None:
        self._targets = targets
        self._view = view
        self._include_text = include_text
        self._stack = ExitStack()
        self._writers: list[tuple[ReportWriter, bool]] = []

    @property
    def wants_text(self) -> bool:
        """Whether reports have to hold the text of their documents."""
        return self._include_text or any(target.format in NEEDS_TEXT for target in self._targets)

    def __enter__(self) -> Self:
        with self._stack:
            opened = [(t, self._stack.enter_context(_output(t))) for t in self._targets]
            for target, output in opened:
                writer = open_writer(output.write, format=target.format, view=self._view(output))
                self._writers.append((writer, target.format in NEEDS_TEXT))
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add(self, report: Report) -> None:
        """Write one report everywhere; text that was not asked for goes only where it is needed."""
        bare = report if self._include_text else without_text(report)
        for writer, needs_text in self._writers:
            writer.add(report if needs_text else bare)

    def close(self) -> None:
        """End every output; one that fails keeps no other from being ended."""
        with ExitStack() as rest:
            for writer, _ in reversed(self._writers):
                rest.callback(writer.close)


def without_text(report: Report) -> Report:
    """A report without the text of its documents."""
    if all(document.text is None for document in report.documents):
        return report
    bare = tuple(replace(document, text=None) for document in report.documents)
    return replace(report, documents=bare)


def _output(target: Target) -> Output:
    if target.path == STANDARD:
        people = (Format.TEXT, Format.CONCISE)
        return StandardOutput(machine=target.format not in people)
    return FileOutput(target.path)
