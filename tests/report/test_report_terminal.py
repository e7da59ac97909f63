"""Hostile words on a terminal, and their width."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.report import render, terminal
from linter.report.terminal import clean, clip, columns, pad, wrap
from linter.verdict import ErrorRecord, Evidence, Note, Report

HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;https://x.example\x1b\\link \x9b2J \x00nul "
    "\u202eright to left\u202c \u2066iso\u2069 \u200bzero\u200b \r\n\x08\x7f e" + "\u0301" * 50
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://x.example\x1b\\link", "link"),
        ("\x1bPq#0;2\x1b\\sixel", "sixel"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;never ends", "0;never ends"),
        ("a\x00b\x07c\x08d\x7fe", "abcde"),
        ("abc\u202edef\u202c", "abcdef"),
        ("a\u2066b\u2069\u200fc\u061cd", "abcd"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\r\nb\tc\u2028d\x85e\u3000f", "a b c d e f"),
        ("a\ud800b", "a\ufffdb"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 4),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_clean_text_holds_nothing_that_steers(text: str) -> None:
    assert not {unicodedata.category(c) for c in clean(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(alphabet="\x1b[]P;0m\x07\\ a\x9b\x9d"))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("如视", 4), ("（）", 4), ("e\u0301", 1), ("ｶﾅ", 2), ("“”", 2), ("", 0)],
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_clip_and_pad_count_columns() -> None:
    assert clip("如视三维空间", 7) == "如视三…"
    assert clip("如视三维空间", 8) == "如视三…"
    assert clip("如视三维", 8) == "如视三维"
    assert clip("abcdef", 5, "...") == "ab..."
    assert pad("如视", 6) == "如视  "


def _texts(text: str, width: int, limit: int | None = None) -> list[str]:
    return ["".join(t for t, _ in line) for line in wrap([(text, "")], width, limit=limit)]


def test_wrap_breaks_at_spaces_and_between_wide_characters() -> None:
    assert _texts("one two three", 8) == ["one two", "three"]
    assert _texts("我们使用如视", 6) == ["我们使", "用如视"]


def test_wrap_keeps_punctuation_with_its_word() -> None:
    assert _texts("我们使，用", 6) == ["我们", "使，用"]
    assert _texts("我们（使用）", 6) == ["我们", "（使", "用）"]


def test_wrap_cuts_what_is_longer_than_a_line() -> None:
    assert _texts("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_wrap_clips_at_its_limit() -> None:
    assert _texts("one two three four five", 9, limit=2) == ["one two", "three…"]
    assert _texts("one two", 9, limit=2) == ["one two"]


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(["", "mark"]))), st.integers(4, 40))
def test_wrapping_loses_no_word_and_no_column(pieces: list[tuple[str, str]], width: int) -> None:
    lines = wrap(pieces, width)
    assert all(sum(columns(text) for text, _ in line) <= width for line in lines)
    kept = "".join(text for line in lines for text, _ in line)
    given_ = "".join(clean(text) for text, _ in pieces)
    assert kept.replace(" ", "") == given_.replace(" ", "")


def _hostile(report: Report) -> Report:
    """The report with hostile words wherever a policy, a page or a caller puts in its own."""
    evidence = Evidence(
        HOSTILE, 0, 5, 9, (HOSTILE, HOSTILE), HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE
    )
    note = Note.of("mention.legal-name", quote=HOSTILE)
    findings = tuple(
        dataclasses.replace(
            finding,
            evidence=(evidence,),
            nearest=evidence,
            nearest_why=note,
            why=(note,),
            searched=(note,),
            suggestion=HOSTILE,
            needs_review=True,
        )
        for finding in report.findings
    )
    return dataclasses.replace(
        report,
        source=HOSTILE,
        url=HOSTILE + "x",
        vendor_name=HOSTILE,
        language=HOSTILE,
        findings=findings,
        role_why=(note,),
        errors=(ErrorRecord(HOSTILE, HOSTILE, 0, ((HOSTILE, HOSTILE),)),),
        documents=tuple(
            dataclasses.replace(d, url=HOSTILE, reason=HOSTILE, read="no") for d in report.documents
        ),
    )


@pytest.mark.parametrize("name", ["fail", "pass", "review", "no-mention", "unreadable"])
@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("quiet", [False, True])
def test_no_word_of_a_page_steers_the_terminal(
    reports: dict[str, Report], name: str, verbose: bool, quiet: bool
) -> None:
    text = render([_hostile(reports[name])], verbose=verbose, quiet=quiet)
    steering = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs")}
    assert steering <= {"\n"}


def test_a_very_long_token_takes_few_lines(reports: dict[str, Report]) -> None:
    long = Evidence(
        "x" * 1_000_000, 0, 0, 1_000_000, ("h" * 5000,), "paragraph", "c" * 5000, "", ""
    )
    findings = tuple(
        dataclasses.replace(f, evidence=(long,), nearest=long) for f in reports["fail"].findings
    )
    text = render([dataclasses.replace(reports["fail"], findings=findings)])
    assert len(text.splitlines()) < 120
    assert max(columns(line) for line in text.splitlines()) <= 80


def test_no_plain_character_is_one_that_is_dropped() -> None:
    plain = [c for c in map(chr, range(0x110000)) if terminal._PLAIN.fullmatch(c)]
    dropped = ("Cc", "Cf", "Cs", "Mn", "Me")
    assert [c for c in plain if unicodedata.category(c) in dropped and c not in "\n\t"] == []
    assert len(plain) > 20_000
