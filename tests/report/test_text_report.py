"""The text report, word for word.

Renew the golden files with ``RENEW_GOLDEN=1 .venv/bin/pytest tests/report/test_text_report.py``
and read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from linter.report import View, open_writer, render
from linter.report.terminal import columns
from linter.verdict import Report, Status

GOLDEN = Path(__file__).with_name("golden")
NAMES = ("fail", "pass", "review", "no-mention", "deferring", "unreadable")


pytestmark = pytest.mark.usefixtures("made_up_error")


def _compare(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("RENEW_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_text_is_golden(reports: dict[str, Report], name: str, lang: str) -> None:
    _compare(f"{name}.{lang}", render([reports[name]], lang=lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["fail", "pass"])
def test_verbose_text_is_golden(reports: dict[str, Report], name: str, lang: str) -> None:
    _compare(f"{name}.verbose.{lang}", render([reports[name]], lang=lang, verbose=True))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_quiet_text_is_golden(reports: dict[str, Report], lang: str) -> None:
    _compare(f"quiet.{lang}", render(reports.values(), lang=lang, quiet=True))


def test_ascii_text_is_golden(reports: dict[str, Report]) -> None:
    text = render([reports["review"]], encoding="ascii")
    text.encode("ascii")
    _compare("review.ascii.en", text)


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "no-such-encoding"])
def test_icons_fall_back_where_the_encoding_cannot_say_them(
    reports: dict[str, Report], encoding: str
) -> None:
    assert render([reports["fail"]], encoding=encoding).startswith("x FAIL  ")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_asked(
    reports: dict[str, Report], width: int, lang: str, verbose: bool
) -> None:
    text = render(reports.values(), lang=lang, width=width, verbose=verbose)
    rows = re.compile(r"^  . RS\d{3} |^. \S+( \S+)?  (policies|https|orchard|plain|deferring)")
    wide = [line for line in text.splitlines() if columns(line) > width and not rows.match(line)]
    assert wide == []


def test_colour_says_nothing_that_plain_text_does_not(reports: dict[str, Report]) -> None:
    colored = render(reports.values(), color=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    plain = render(reports.values())
    assert "\x1b[1;4m" in colored
    assert _letters(bare) == _letters(plain)


def _letters(text: str) -> str:
    return re.sub(r"[\s»«…]", "", text)


def test_every_colour_is_switched_off_again_on_its_line(reports: dict[str, Report]) -> None:
    for line in render(reports.values(), color=True, verbose=True).splitlines():
        codes = re.findall(r"\x1b\[([0-9;]*)m", line)
        assert codes[1::2] == ["0"] * (len(codes) // 2)
        assert len(codes) % 2 == 0


@pytest.mark.parametrize(
    ("lang", "summary"),
    [
        ("en", "6 sources: 1 PASS, 1 NEEDS REVIEW, 3 FAIL, 1 UNREADABLE."),
        ("zh", "共 6 个来源：通过 1 个，待复核 1 个，不通过 3 个，无法读取 1 个。"),
    ],
)
def test_several_sources_end_in_a_summary(
    reports: dict[str, Report], lang: str, summary: str
) -> None:
    assert render(reports.values(), lang=lang).splitlines()[-1] == summary


def test_quiet_says_nothing_of_what_passes(reports: dict[str, Report]) -> None:
    assert render([reports["pass"]], quiet=True) == ""


def test_a_writer_streams_what_render_joins(reports: dict[str, Report]) -> None:
    parts: list[str] = []
    writer = open_writer(parts.append, view=View())
    seen = []
    for report in reports.values():
        writer.add(report)
        seen.append("".join(parts))
    writer.close()
    assert "".join(parts) == render(reports.values())
    assert all(early != late for early, late in pairwise(seen))


def test_no_reports_say_nothing() -> None:
    assert render([]) == ""


def test_chinese_text_holds_no_english_sentence(reports: dict[str, Report]) -> None:
    """Whatever is said by the catalogue is said in Chinese."""
    text = render([reports["fail"], reports["no-mention"]], lang="zh", verbose=True)
    assert not re.search(r"\b(the|is|was|and|of|no)\b", text.replace("Words for", ""))


def test_statuses_are_told_apart_without_colour(reports: dict[str, Report]) -> None:
    icons = {r.status: render([r])[0] for r in reports.values()}
    assert len(set(icons.values())) == len(Status)
