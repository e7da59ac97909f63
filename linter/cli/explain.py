"""``disclosure-lint explain``: what led to a verdict of a kept report or of a source."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from linter.cli.check import STDIN, StdinError, read_stdin
from linter.cli.choices import wants_color
from linter.cli.output import UNUSABLE, StandardOutput, complain, told
from linter.cli.rule import find_rule, refuse
from linter.errors import ConfigError
from linter.json_file import read_bytes
from linter.report import View, looks_like_reports, phrase, read_reports
from linter.report.json_report import report_json
from linter.report.shape import ReportJson, RequirementJson
from linter.verdict import Role, Status

_REPORT_SUFFIXES = frozenset({".json", ".jsonl"})


def run_explain(
    report: str,
    name: str,
    *,
    vendor: str | None,
    role: Role | None,
    lang: str,
    no_color: bool = False,
) -> int:
    """Explain the verdict on a requirement, by code or id, in each report of a file.

    ``report`` may also be a source, which is then judged for ``vendor`` in ``role``, as the
    configuration says where they are None. The exit code is 2 if the file is none, nothing was
    judged by that name, or the source cannot be read.
    """
    rule = find_rule(name)
    if rule is None:
        refuse(name, lang)
        return UNUSABLE
    code = rule.code
    return told(
        lambda: _explained(_reports(report, vendor, role, lang), code, lang=lang, plain=no_color),
        lang=lang,
    )


def _explained(reports: list[ReportJson], code: str, *, lang: str, plain: bool) -> int:
    # Imported here: no other command needs it.
    from linter.report.explain import explanation

    unusable = not reports
    with StandardOutput() as output:
        color = wants_color(terminal=output.terminal, no_color=plain)
        view = View(lang=lang, color=color, width=output.width)
        shown = 0
        for report in reports:
            requirement = _judged(report, code)
            if requirement is None:
                _tell_unjudged(report, code, lang)
            else:
                output.write(("\n" if shown else "") + explanation(report, requirement, view))
                shown += 1
            unusable |= requirement is None or report["status"] == Status.UNREADABLE
    return UNUSABLE if unusable else 0


def _judged(report: ReportJson, code: str) -> RequirementJson | None:
    return next((r for r in report["requirements"] if r["code"] == code), None)


def _tell_unjudged(report: ReportJson, code: str, lang: str) -> None:
    known = " ".join(r["code"] for r in report["requirements"])
    params = {"source": report["source"], "code": code, "known": known}
    complain("cli.error", lang=lang, message=phrase("cli.not-judged", params, lang))


def _reports(name: str, vendor: str | None, role: Role | None, lang: str) -> list[ReportJson]:
    """The reports of a file or of standard input, or the one on a source.

    Raises
    ------
    ConfigError
        As ``read_reports``; ``file-unreadable``; or the vendor file is wrong.
    """
    content = _stdin(lang) if name == STDIN else _file(name)
    kept = PurePath(name).suffix.lower() in _REPORT_SUFFIXES and content is not None
    if content is not None and (kept or looks_like_reports(content)):
        return read_reports(content, name=name)
    from linter.check import check
    from linter.fetch import FetchOptions, SnapshotStore
    from linter.settings import Following, configure

    settings = configure({"vendor": vendor, "role": role}).settings(name)
    judged = check(
        name,
        content=content if name == STDIN else None,
        vendor=settings.vendor,
        role=settings.role,
        judging=settings.judging,
        fetch_options=FetchOptions(snapshots=SnapshotStore()),
        following=Following(local=True),
    )
    return [report_json(judged)]


def _stdin(lang: str) -> bytes:
    try:
        return read_stdin(lang)
    except StdinError as error:
        raise ConfigError("file-unreadable", file=STDIN, reason=error) from None


def _file(name: str) -> bytes | None:
    """What a file holds; None for what is no file, which is then said as of any source."""
    if not os.path.isfile(name):
        return None
    return read_bytes(Path(name))
