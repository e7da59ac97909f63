"""``disclosure-lint check``: each source is judged and printed before the next is begun."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.choices import Render, wants_color
from linter.cli.crash import CRASHED, Boundary
from linter.cli.output import Output, OutputClosed, OutputError, complain, complain_of
from linter.cli.progress import Progress
from linter.cli.sinks import Sinks, targets
from linter.errors import ConfigError, DisclosureLintError, FetchError, ModelError, UsageError
from linter.report import Format, View, error_words, exit_code, phrase
from linter.verdict import Role

if TYPE_CHECKING:
    from linter.fetch import FetchOptions, Trouble

STDIN = "-"
# More than any document may have; what is cut off here is reported as too large where it is read.
_STDIN_BYTES = 64 * 1024 * 1024
_UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What the user asked for; ``lang`` is "en" or "zh", the rest as the options say."""

    sources: tuple[str, ...]
    role: Role = Role.RECIPIENT
    vendor: str = "realsee"
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
    follow: int | None = None
    local_links: bool = True
    discover: bool = True
    proxy: str | None = None
    ca_bundle: Path | None = None
    allow_hosts: frozenset[str] = field(default_factory=frozenset)
    offline: bool = False
    no_cache: bool = False
    render: Render = Render.AUTO


class StdinError(Exception):
    """Standard input cannot be read; the reason is its message."""


def run_check(request: CheckRequest) -> int:
    """Judge all sources, print the reports, and return the exit code."""
    try:
        with _sinks(request) as sinks:
            return _Run(request, sinks).run()
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


def _sinks(request: CheckRequest) -> Sinks:
    """Where the reports go; raises ``UsageError`` if that contradicts itself."""
    return Sinks(
        targets(request.outputs, request.format),
        view=lambda output: _view(request, output),
        include_text=request.include_text,
    )


def _said(key: str, request: CheckRequest, **params: object) -> str:
    return phrase(key, params, request.lang)


class _Run:
    def __init__(self, request: CheckRequest, sinks: Sinks) -> None:
        self._request = request
        self._options = _fetch_options(request)
        self._writer = sinks
        self._stdin: bytes | None = None
        self._told: set[Trouble | str] = set()
        self._progress = Progress(0, quiet=True)
        self._worst = 0

    def run(self) -> int:
        """The exit code, when all is written; the array is closed whatever happens."""
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
        from linter.settings import Following

        source = self._request.stdin_filename or given if given == STDIN else given
        following = Following(
            depth=self._request.follow,
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
                    role=self._request.role,
                    vendor=self._request.vendor,
                    base_url=self._request.base_url,
                    include_text=self._writer.wants_text,
                    fetch_options=self._options,
                    following=following,
                )
            self._writer.add(report)
            self._worst = max(self._worst, exit_code(report, exit_zero=self._request.exit_zero))
        self._tell_troubles()
        if boundary.crashed:
            self._worst = CRASHED
            self._report_crash(source, boundary, passing)

    def _report_crash(
        self, source: str, crash: Boundary, passing: tuple[type[Exception], ...]
    ) -> None:
        """A report for machine readers too: a source that is not in the output looks clean."""
        from linter.check import crashed

        with Boundary(lang=self._request.lang, doing=source, passing=passing):
            report = crashed(
                source,
                role=self._request.role,
                vendor=self._request.vendor,
                kind=crash.kind,
                place=crash.place,
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
            return None
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
        render=request.render.value,
    )
