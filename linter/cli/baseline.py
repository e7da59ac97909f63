"""``disclosure-lint baseline``: what is known is written down, and struck out when it is gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linter.cli.options import (
    ConfigOption,
    ConfiguredLangOption,
    NoConfigOption,
    NoFollowOption,
    OfflineOption,
    RoleOption,
    VendorOption,
    request_of,
)
from linter.cli.output import FileOutput, StandardOutput, told
from linter.errors import UsageError
from linter.report import exit_code, phrase
from linter.verdict import Report

if TYPE_CHECKING:
    from linter.baseline import Baseline
    from linter.cli.check import CheckRequest

baseline_app = typer.Typer(help="The findings that are known, so that only new ones count.")

SourcesArgument = Annotated[
    list[str], typer.Argument(metavar="SOURCE", help="URLs, files, directories.")
]


@baseline_app.command()
def write(
    sources: SourcesArgument,
    output: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to; a baseline there is replaced.")
    ],
    role: RoleOption = None,
    vendor: VendorOption = None,
    no_follow: NoFollowOption = False,
    offline: OfflineOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: ConfiguredLangOption = None,
) -> None:
    """Write down the findings of some sources as known."""
    request = request_of(sources, role, vendor, no_follow, offline, config, no_config, lang)

    def work() -> int:
        from linter.baseline import baseline_of, load_baseline

        if output.is_file():
            load_baseline(output)  # what is no baseline is not ours to replace
        # Opened before the work is done, lest it was done for nothing.
        with FileOutput(output) as opened:
            reports, said_in = _judged(request)
            baseline = baseline_of(reports, output.absolute().parent)
            opened.write(_text(baseline))
        _say("baseline.written", said_in, file=output, count=len(baseline.entries))
        return 0

    raise typer.Exit(told(work, lang=request.lang))


@baseline_app.command()
def prune(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The baseline.")],
    sources: SourcesArgument,
    role: RoleOption = None,
    vendor: VendorOption = None,
    no_follow: NoFollowOption = False,
    offline: OfflineOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: ConfiguredLangOption = None,
) -> None:
    """Remove what does not occur in these sources any more."""
    request = request_of(sources, role, vendor, no_follow, offline, config, no_config, lang)

    def work() -> int:
        from linter.baseline import load_baseline, pruned

        baseline = load_baseline(file)
        with FileOutput(file) as opened:
            reports, said_in = _judged(request)
            left = pruned(baseline, reports)
            opened.write(_text(left))
        gone = len(baseline.entries) - len(left.entries)
        _say("baseline.pruned", said_in, file=file, gone=gone, left=len(left.entries))
        return 0

    raise typer.Exit(told(work, lang=request.lang))


def _judged(request: CheckRequest) -> tuple[list[Report], str]:
    """The reports, every one of them on a policy that was read whole."""
    from linter.cli.check import collect

    reports, lang = collect(request)
    for report in reports:
        if exit_code(report, exit_zero=True):
            reason = report.errors[0].code if report.errors else report.status.value
            raise UsageError("usage-unjudged", source=report.source, reason=reason)
    return reports, lang


def _text(baseline: Baseline) -> str:
    from linter.baseline import baseline_text
    from linter.report.json_report import safe_json

    return safe_json(baseline_text(baseline))


def _say(key: str, lang: str, **params: object) -> None:
    with StandardOutput() as output:
        output.write(phrase(key, params, lang) + "\n")
