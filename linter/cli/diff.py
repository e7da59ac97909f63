"""``disclosure-lint diff``: what was lost, gained or moved between two reports or policies."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linter.cli.choices import reader_language, wants_color
from linter.cli.options import (
    ColorOption,
    ConfigOption,
    ConfiguredLangOption,
    NoConfigOption,
    NoFollowOption,
    OfflineOption,
    RoleOption,
    VendorOption,
    request_of,
)
from linter.cli.output import StandardOutput, told
from linter.errors import UsageError
from linter.identity import is_url
from linter.report import looks_like_reports
from linter.settings import configure
from linter.settings.files import shown, working_folder
from linter.verdict import Status

if TYPE_CHECKING:
    from linter.cli.check import CheckRequest
    from linter.diff import Side

_SHA256 = re.compile("[0-9a-f]{64}")
# Bytes of a file that tell whether it is a report.
_HEAD = 1_000


class DiffFormat(StrEnum):
    """Output formats of ``diff``."""

    TEXT = "text"
    JSON = "json"


def diff_command(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A report (JSON or JSON lines), a policy, or a snapshot's sha256."
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another one.")],
    format_: Annotated[DiffFormat, typer.Option("--format", help="Text or JSON.")] = (
        DiffFormat.TEXT
    ),
    role: RoleOption = None,
    vendor: VendorOption = None,
    no_follow: NoFollowOption = False,
    offline: OfflineOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: ConfiguredLangOption = None,
    no_color: ColorOption = False,
) -> None:
    """Say what was lost, gained or moved: exit 0 if nothing, 1 if something, 2 if not judged."""
    request = request_of([], role, vendor, no_follow, offline, config, no_config, lang)

    def work() -> int:
        from linter.diff import diff
        from linter.report.comparison import diff_json, diff_text

        before, after = _sides(old, request), _sides(new, request)
        found = diff(before, after, working_folder())
        with StandardOutput(machine=format_ is DiffFormat.JSON) as output:
            if format_ is DiffFormat.JSON:
                output.write(diff_json(found))
            else:
                color = wants_color(terminal=output.terminal, no_color=no_color)
                configuration = configure(request.flags, config=config, no_config=no_config)
                said_in = reader_language(configuration.settings().lang)
                output.write(diff_text(found, said_in, output.width, color=color))
        if any(s.status is Status.UNREADABLE for s in (*before, *after)):
            return 2
        return int(found.differs)

    raise typer.Exit(told(work, lang=request.lang))


def _sides(source: str, request: CheckRequest) -> list[Side]:
    """The reports of a file, or on what a source holds now."""
    from linter.cli.check import collect
    from linter.diff import side_of
    from linter.json_file import read_bytes, values_in
    from linter.report.json_report import report_json

    path = Path(source)
    if not is_url(source) and _is_report(path):
        values = [v for _, v in values_in(read_bytes(path), name=shown(path))]
        reports = [r for v in values for r in (v if isinstance(v, list) else [v])]
        # A file of nothing is no report of which something could be said.
        return [side_of(r, shown(path)) for r in reports or [None]]
    content = _snapshot(source)
    request = replace(request, sources=(source,))
    reports_now, _ = collect(request, content=content)
    return [side_of(report_json(r), r.source) for r in reports_now]


def _is_report(path: Path) -> bool:
    """Whether a path is that of a report, by its name or its first words."""
    if path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return True
    try:
        with path.open("rb") as file:
            return looks_like_reports(file.read(_HEAD))
    except (OSError, ValueError):
        return False


def _snapshot(source: str) -> bytes | None:
    """The bytes of a snapshot, where a source is the hash of one."""
    if not _SHA256.fullmatch(source):
        return None
    from linter.fetch import SnapshotStore

    content = SnapshotStore().read(source)
    if content is None:
        raise UsageError("usage-snapshot", sha256=source)
    return content
