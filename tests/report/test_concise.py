"""One line a finding, as problem matchers read them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from linter.report import render
from linter.verdict import Report

pytestmark = pytest.mark.usefixtures("made_up_error")
LINE = re.compile(r"(.+?)(?::(\d+):(\d+))?: (error|warning|info): (\S+) (.+)")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_are_golden(
    repository: dict[str, Report], golden: Callable[[str, str], None], lang: str
) -> None:
    golden(f"all.concise.{lang}.txt", render(repository.values(), format="concise", lang=lang))


def test_every_line_can_be_matched(repository: dict[str, Report]) -> None:
    matches = [
        LINE.fullmatch(line) for line in render(repository.values(), format="concise").splitlines()
    ]
    assert all(matches)
    spots = {(m[1], m[2], m[5]) for m in matches if m is not None and m[2]}
    assert ("policies/qinghe.html", "10", "RS106") in spots


def test_a_source_that_passes_has_no_line_but_for_what_is_waived(
    repository: dict[str, Report],
) -> None:
    [line] = render([repository["pass"]], format="concise").splitlines()
    assert line.endswith("RS102 missing: The policy gives no contact details of Realsee. (waived)")


def test_hostile_words_make_no_line_of_their_own(hostile: Report) -> None:
    text = render([hostile], format="concise")
    assert len(text.splitlines()) == 7
    assert "\x1b" not in text
