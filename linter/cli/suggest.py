"""``disclosure-lint suggest``: the words that one policy lacks, to be pasted into it."""

from __future__ import annotations

from linter.cli.check import STDIN, StdinError, read_stdin
from linter.cli.choices import Markup
from linter.cli.output import UNUSABLE, StandardOutput, complain, told
from linter.report import error_words, phrase
from linter.report.additions import render_additions
from linter.verdict import Form, Report, Role, Status


def run_suggest(
    source: str, *, role: Role, vendor: str, form: Form | None, markup: Markup, lang: str
) -> int:
    """Print what is to be added to a policy, or that nothing is.

    The exit code is 0, or 2 if the policy could not be read.
    """

    def work() -> int:
        with StandardOutput() as output:
            report = _report(source, role, vendor, form, lang)
            if report.status is Status.UNREADABLE:
                _complain_unread(report, lang)
                return UNUSABLE
            words = render_additions(report, markup=markup.value, lang=lang)
            if words:
                output.write(words)
            else:
                name = report.vendor_name_zh if lang == "zh" else report.vendor_name
                complain("suggest.nothing", lang=lang, vendor=name or report.vendor_name)
            return 0

    try:
        return told(work, lang=lang)
    except StdinError as error:
        message = phrase("cli.stdin", {"reason": error}, lang)
        complain("cli.error", lang=lang, message=message)
        return UNUSABLE


def _report(source: str, role: Role, vendor: str, form: Form | None, lang: str) -> Report:
    from linter.check import check
    from linter.fetch import FetchOptions, SnapshotStore
    from linter.settings import Following

    return check(
        source,
        content=read_stdin(lang) if source == STDIN else None,
        role=role,
        vendor=vendor,
        fetch_options=FetchOptions(snapshots=SnapshotStore()),
        following=Following(local=True),
        form=form,
    )


def _complain_unread(report: Report, lang: str) -> None:
    complain("suggest.unread", lang=lang)
    for error in report.errors:
        words = " ".join(error_words(error.code, dict(error.params), lang))
        complain("cli.error", lang=lang, message=words)
