"""``disclosure-lint check``: each source is judged and printed before the next is begun."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.choices import reader_language, wants_color
from linter.cli.crash import CRASHED, Boundary
from linter.cli.marks import Marks
from linter.cli.output import Output, OutputClosed, OutputError, complain, complain_of
from linter.cli.progress import Progress
from linter.cli.sinks import Sinks, targets
from linter.errors import ConfigError, DisclosureLintError, FetchError, ModelError, UsageError
from linter.report import Format, View, error_words, exit_code, phrase
from linter.settings import Configuration, FailOn, Following, configure

if TYPE_CHECKING:
    from linter.fetch import FetchOptions, Trouble
    from linter.verdict import Report

STDIN = "-"
# More than any document may have; what is cut off here is reported as too large where it is read.
_STDIN_BYTES = 64 * 1024 * 1024
_UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What the user asked for; ``lang`` is "en" or "zh", the rest as the options say.

    ``flags`` are those that a configuration may say too, by its keys; ``lang`` is what holds until
    it has been read.
    """

    sources: tuple[str, ...]
    flags: Mapping[str, object] = field(default_factory=dict)
    config: Path | None = None
    no_config: bool = False
    format: Format | None = None
    lang: str = "en"
    outputs: tuple[Path, ...] = ()
    sarif_drop_waived: bool = False
    exit_zero: bool = False
    quiet: bool = False
    verbose: bool = False
    include_text: bool = False
    no_color: bool = False
    base_url: str | None = None
    stdin_filename: str | None = None
    local_links: bool = True
    discover: bool = True
    agreement: str | None = None
    proxy: str | None = None
    ca_bundle: Path | None = None
    allow_hosts: frozenset[str] = field(default_factory=frozenset)
    offline: bool = False
    no_cache: bool = False


class StdinError(Exception):
    """Standard input cannot be read; the reason is its message."""


def run_check(request: CheckRequest) -> int:
    """Judge all sources, print the reports, and return the exit code."""
    try:
        configuration = configure(request.flags, config=request.config, no_config=request.no_config)
        request = replace(request, lang=reader_language(configuration.settings().lang))
        settings = configuration.settings()
        marks = Marks.of(settings.waivers, settings.baseline)
        _spare(request, settings.waivers, settings.baseline, configuration.file)
        with _sinks(request) as sinks:
            code = _Run(request, configuration, sinks, marks).run()
        for key, words in marks.notes():
            complain("cli.note", lang=request.lang, message=phrase(key, words, request.lang))
        return code
    except OutputClosed:
        # The reader has what it wanted, yet reports were not delivered: that is no pass.
        return _UNUSABLE
    except OutputError as error:
        complain(
            "cli.error",
            lang=request.lang,
            message=_said("cli.output", request, path=error.path, reason=error.reason),
        )
    except StdinError as error:
        complain("cli.error", lang=request.lang, message=_said("cli.stdin", request, reason=error))
    except DisclosureLintError as error:
        complain_of(error, lang=request.lang)
    return _UNUSABLE


def _spare(request: CheckRequest, *files: Path | str | None) -> None:
    """Raises ``usage-output-input`` if an output is a file that is read, by whatever name."""
    if not request.outputs:
        return
    read = {os.path.realpath(f) for f in (*files, request.agreement) if f is not None}
    for source in request.sources:
        if os.path.isdir(source):
            from linter.fetch import expand

            with contextlib.suppress(FetchError):
                read.update(map(os.path.realpath, expand(source)))
        elif source != STDIN:
            read.add(os.path.realpath(source))
    for path in request.outputs:
        if os.path.isfile(path) and os.path.realpath(path) in read:
            raise UsageError("usage-output-input", path=path)


def _sinks(request: CheckRequest) -> Sinks:
    """Where the reports go; raises ``UsageError`` if that contradicts itself."""
    return Sinks(
        targets(request.outputs, request.format),
        view=lambda output: _view(request, output),
        include_text=request.include_text,
    )


def collect(request: CheckRequest, *, content: bytes | None = None) -> tuple[list[Report], str]:
    """The reports on all sources, what is waived marked, and the language of messages.

    ``content`` is judged in place of what the only source names.

    Raises
    ------
    DisclosureLintError
        As ``check``; ``usage-nameless`` for standard input.
    """
    if STDIN in request.sources:
        raise UsageError("usage-nameless")
    configuration = configure(request.flags, config=request.config, no_config=request.no_config)
    settings = configuration.settings()
    lang = reader_language(settings.lang)
    collected = _Collected()
    marks = Marks.of(settings.waivers, None)
    _Run(replace(request, lang=lang), configuration, collected, marks, content).run()
    return collected.reports, lang


class _Collected:
    wants_text = False

    def __init__(self) -> None:
        self.reports: list[Report] = []

    def add(self, report: Report) -> None:
        self.reports.append(report)

    def close(self) -> None:
        pass


def _said(key: str, request: CheckRequest, **params: object) -> str:
    return phrase(key, params, request.lang)


class _Run:
    def __init__(
        self,
        request: CheckRequest,
        configuration: Configuration,
        writer: Sinks | _Collected,
        marks: Marks,
        content: bytes | None = None,
    ) -> None:
        self._request = request
        self._configuration = configuration
        self._options = _fetch_options(request)
        self._writer = writer
        self._marks = marks
        self._given = content
        self._stdin: bytes | None = None
        self._told: set[Trouble | str] = set()
        self._progress = Progress(0, quiet=True)
        self._worst = 0

    def run(self) -> int:
        """The exit code, when all is written; the array is closed whatever happens."""
        file = self._configuration.file
        if file is not None and self._request.verbose:
            complain("config.used", lang=self._request.lang, file=file)
        try:
            sources = list(self._sources())
            self._progress = Progress(len(sources), quiet=self._request.quiet)
            for source in sources:
                self._check(source)
        finally:
            self._writer.close()
        return self._worst

    def _sources(self) -> Iterator[str]:
        """The sources, a directory as the files in it."""
        for source in self._request.sources:
            if source == STDIN or not os.path.isdir(source):
                yield source
                continue
            from linter.fetch import expand

            try:
                yield from expand(source)
            except FetchError:
                # ``check`` says the same, in a report that machine readers see too.
                yield source

    def _check(self, given: str) -> None:
        from linter.check import check

        source = self._request.stdin_filename or given if given == STDIN else given
        settings = self._configuration.settings(source)
        following = Following(
            depth=settings.follow,
            local=self._request.local_links,
            discover=self._request.discover,
        )
        passing = (ConfigError, ModelError, UsageError, OutputClosed, OutputError, StdinError)
        boundary = Boundary(lang=self._request.lang, doing=source, passing=passing)
        with boundary:
            with self._progress.on(source):
                report = check(
                    source,
                    content=self._content(given),
                    role=settings.role,
                    vendor=settings.vendor,
                    base_url=self._request.base_url,
                    include_text=self._writer.wants_text,
                    fetch_options=replace(self._options, render=settings.render.value),
                    following=following,
                    judging=settings.judging,
                    agreement=self._request.agreement,
                )
            report = self._marks.mark(report, settings.judging.weighty)
            self._writer.add(report)
            zero = self._request.exit_zero or settings.judging.fail_on is FailOn.NEVER
            self._worst = max(self._worst, exit_code(report, exit_zero=zero))
        self._tell_troubles()
        if boundary.crashed:
            self._worst = CRASHED
            self._report_crash(source, boundary, passing)

    def _report_crash(
        self, source: str, crash: Boundary, passing: tuple[type[Exception], ...]
    ) -> None:
        """A report for machine readers too: a source that is not in the output looks clean."""
        from linter.check import crashed

        settings = self._configuration.settings(source)
        with Boundary(lang=self._request.lang, doing=source, passing=passing):
            report = crashed(
                source,
                role=settings.role,
                vendor=settings.vendor,
                kind=crash.kind,
                place=crash.place,
                judging=settings.judging,
            )
            self._writer.add(report)

    def _tell_troubles(self) -> None:
        """Say once what the cache could not do; what was changed in it also without --verbose."""
        store = self._options.snapshots
        for trouble in store.troubles if store is not None else ():
            damaged = trouble.code == "fetch-cache-damaged"
            # A folder that cannot be used is refused in several ways; one says enough.
            key = trouble if damaged else trouble.code
            wanted = self._request.verbose or (damaged and not self._request.quiet)
            if wanted and key not in self._told:
                words = error_words(trouble.code, dict(trouble.params), self._request.lang)
                complain("cli.note", lang=self._request.lang, message=" ".join(words))
            self._told.add(key)

    def _content(self, source: str) -> bytes | None:
        """Standard input's bytes, read once however often it is named; None for other sources."""
        if source != STDIN:
            return self._given
        if self._stdin is None:
            self._stdin = read_stdin(self._request.lang)
        return self._stdin


def read_stdin(lang: str) -> bytes:
    """What stands on standard input, up to more than is judged.

    Raises
    ------
    StdinError
        It is closed or fails.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise StdinError(phrase("cli.stdin-closed", {}, lang))
    try:
        return sys.stdin.buffer.read(_STDIN_BYTES)
    except OSError as error:
        raise StdinError(error.strerror or str(error)) from None


def _view(request: CheckRequest, output: Output) -> View:
    return View(
        lang=request.lang,
        color=wants_color(terminal=output.terminal, no_color=request.no_color),
        verbose=request.verbose,
        quiet=request.quiet,
        width=output.width,
        encoding=output.encoding,
        drop_waived=request.sarif_drop_waived,
    )


def _usable(request: CheckRequest) -> None:
    """Raises what is said of options that nothing can come of.

    ``usage-address``, ``usage-certificates`` or ``usage-stdin-filename``.
    """
    if request.stdin_filename is not None and STDIN not in request.sources:
        raise UsageError("usage-stdin-filename", name=request.stdin_filename)
    for option, value in (("--proxy", request.proxy), ("--base-url", request.base_url)):
        if value is not None and not _ADDRESS.fullmatch(value):
            raise UsageError("usage-address", option=option, value=value)
    if request.ca_bundle is not None:
        try:
            with request.ca_bundle.open("rb") as file:
                usable = b"BEGIN CERTIFICATE" in file.read(_BUNDLE_BYTES)
        except OSError:
            usable = False
        if not usable:
            raise UsageError("usage-certificates", value=request.ca_bundle)


_ADDRESS = re.compile(r"https?://[^\s/?#\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
# A bundle of all authorities there are is a few hundred kilobytes.
_BUNDLE_BYTES = 16 * 1024 * 1024


def _fetch_options(request: CheckRequest) -> FetchOptions:
    """What the user's own network asks for and where what is fetched is kept.

    Raises
    ------
    UsageError
        ``usage-offline-no-cache``.
    """
    if request.offline and request.no_cache:
        raise UsageError("usage-offline-no-cache")
    _usable(request)
    from linter.fetch import FetchOptions, SnapshotStore

    return FetchOptions(
        proxy=request.proxy,
        ca_bundle=str(request.ca_bundle) if request.ca_bundle else None,
        allow_hosts=request.allow_hosts,
        snapshots=None if request.no_cache else SnapshotStore(),
        offline=request.offline,
    )
