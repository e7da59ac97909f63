"""``disclosure-lint diff``: what was lost, gained or moved between two reports or policies."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linter.cli.baseline import (
    ConfigOption,
    LangOption,
    NoConfigOption,
    NoFollowOption,
    OfflineOption,
    RoleOption,
    VendorOption,
    request_of,
)
from linter.cli.choices import reader_language, wants_color
from linter.cli.output import StandardOutput, told
from linter.errors import UsageError
from linter.identity import is_url
from linter.report import phrase
from linter.report.terminal import Paint, clean, columns, pad, wrap
from linter.settings import configure
from linter.settings.files import shown, working_folder
from linter.verdict import Status

if TYPE_CHECKING:
    from linter.cli.check import CheckRequest
    from linter.diff import Change, Diff, Pair, Side, Stand, Words

_SHA256 = re.compile("[0-9a-f]{64}")
_REPORT = b'"disclosure-lint/report/'
_STYLES = {"lost": "fail", "gained": "pass", "changed": "review"}


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
    lang: LangOption = None,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="Plain text, as NO_COLOR does.")
    ] = False,
) -> None:
    """Say what was lost, gained or moved: exit 0 if nothing, 1 if something, 2 if not judged."""
    request = request_of([], role, vendor, no_follow, offline, config, no_config, lang)

    def work() -> int:
        from linter.diff import diff

        before, after = _sides(old, request), _sides(new, request)
        found = diff(before, after, working_folder())
        with StandardOutput(machine=format_ is DiffFormat.JSON) as output:
            if format_ is DiffFormat.JSON:
                from linter.report.json_report import safe_json

                text = json.dumps(_json(found), ensure_ascii=False, indent=2)
                output.write(safe_json(text) + "\n")
            else:
                color = wants_color(terminal=output.terminal, no_color=no_color)
                configuration = configure(request.flags, config=config, no_config=no_config)
                said_in = reader_language(configuration.settings().lang)
                sheet = _Sheet(said_in, output.width, Paint(color))
                output.write("".join(f"{line}\n" for line in sheet.lines(found)))
        if any(s.status is Status.UNREADABLE for s in (*before, *after)):
            return 2
        return int(found.differs)

    raise typer.Exit(told(work, lang=request.lang))


def _sides(source: str, request: CheckRequest) -> list[Side]:
    """The reports of a file, or on what a source holds now."""
    from linter.cli.check import collect
    from linter.diff import side_of
    from linter.json_file import read_values
    from linter.report.json_report import report_json

    path = Path(source)
    if not is_url(source) and _is_report(path):
        values = read_values(path)
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
            return _REPORT in file.read(200)
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


def _json(found: Diff) -> dict[str, Any]:
    from linter.diff import SCHEMA

    return {
        "schema": SCHEMA,
        "differs": found.differs,
        "sources": [
            {
                "old": _side_json(pair.old),
                "new": _side_json(pair.new),
                "changes": [
                    {
                        "kind": change.kind.value,
                        "code": change.code,
                        "id": change.id,
                        "old": _stand_json(change.old),
                        "new": _stand_json(change.new),
                    }
                    for change in pair.changes
                ],
            }
            for pair in found.pairs
        ],
        "removed": [_side_json(side) for side in found.removed],
        "added": [_side_json(side) for side in found.added],
    }


def _side_json(side: Side) -> dict[str, str]:
    return {"source": side.source, "vendor": side.vendor, "status": side.status.value}


def _stand_json(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    evidence = [
        {
            "quote": w.quote,
            "headings": list(w.headings),
            "column": w.column,
            "document": w.document,
            "href": w.href,
        }
        for w in stand.words
    ]
    return {"verdict": stand.verdict.value, "evidence": evidence}


class _Sheet:
    """A comparison in lines."""

    def __init__(self, lang: str, width: int, paint: Paint) -> None:
        self._lang = lang
        self._width = max(width, 40)
        self._paint = paint

    def lines(self, found: Diff) -> Iterator[str]:
        """All of it, and how many changes of which kind."""
        for pair in found.pairs:
            if pair.differs:
                yield from self._pair(pair)
        for key, sides in (("diff.removed", found.removed), ("diff.added", found.added)):
            for side in sides:
                yield self._word(key, source=clean(side.source))
        from linter.diff import Kind

        kinds = Counter(c.kind for p in found.pairs for c in p.changes)
        counts = [
            self._word("line.count", count=kinds[kind], verdict=self._word(f"diff.{kind}"))
            for kind in Kind
            if kinds[kind]
        ]
        if counts:
            yield self._word("line.separator").join(counts)
        elif not found.differs:
            yield self._word("diff.same")

    def _pair(self, pair: Pair) -> Iterator[str]:
        old, new = pair.old, pair.new
        names = dict.fromkeys((clean(old.source), clean(new.source)))
        status = [self._status(side) for side in (old, new)]
        turned = (
            self._word("diff.turned", old=status[0], new=status[1])
            if old.status is not new.status
            else status[1]
        )
        yield self._paint(" / ".join(names), "bold")
        yield "  " + turned
        for change in pair.changes:
            yield from self._change(change)
        yield ""

    def _status(self, side: Side) -> str:
        word = self._word(f"status.{side.status}")
        unread = side.status is Status.UNREADABLE and side.error
        return f"{word} ({clean(side.error or '')})" if unread else word

    def _change(self, change: Change) -> Iterator[str]:
        kind = self._word(f"diff.{change.kind}")
        old, new = self._verdict(change.old), self._verdict(change.new)
        turned = old if old == new else self._word("diff.turned", old=old, new=new)
        words = self._paint(pad(kind, 10), _STYLES.get(change.kind.value, ""))
        yield f"  {words}{change.code} {change.id}  {turned}"
        before = change.old.words if change.old else ()
        after = change.new.words if change.new else ()
        kept = {(w.said, w.place) for w in before} & {(w.said, w.place) for w in after}
        for key, evidence in (("diff.was", before), ("diff.is", after)):
            for item in evidence:
                if (item.said, item.place) not in kept:
                    yield from self._words(key, item)

    def _words(self, key: str, item: Words) -> Iterator[str]:
        labels = [self._word(k) for k in ("diff.was", "diff.is")]
        label = pad(self._word(key), max(map(columns, labels)))
        place = " > ".join(clean(h) for h in item.headings if h.strip())
        where = place or self._word("line.no-heading")
        if item.column:
            where += self._word("line.separator")
            where += self._word("line.column", column=clean(item.column))
        room = self._width - 6 - columns(label) - 1
        link = f" <{clean(item.href)}>" if item.href else ""
        for text, style in ((f'"{clean(item.quote)}"{link}', ""), (where, "dim")):
            for line in wrap([(text, style)], room, limit=2, ellipsis="..."):
                yield " " * 6 + label + " " + self._paint.line(line)
                label = " " * columns(label)

    def _verdict(self, stand: Stand | None) -> str:
        return self._word(f"verdict.{stand.verdict}" if stand else "diff.unjudged")

    def _word(self, key: str, **params: object) -> str:
        return phrase(key, params, self._lang)
