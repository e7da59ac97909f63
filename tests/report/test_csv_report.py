"""The table, read back by the csv module; no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

import pytest

from linter.report import render
from linter.report.csv_report import COLUMNS, _cell
from linter.verdict import Report

pytestmark = pytest.mark.usefixtures("made_up_error")


def rows(reports: Iterable[Report]) -> list[dict[str, str]]:
    text = render(reports, format="csv")
    read = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert len(text.splitlines()) == len(read) + 1
    assert all(None not in row and None not in row.values() for row in read)
    return read


def test_the_table_is_golden(
    reports: dict[str, Report], golden: Callable[[str, str], None]
) -> None:
    golden("all.csv", render(reports.values(), format="csv"))


def test_a_table_of_nothing_has_its_header() -> None:
    assert render([], format="csv") == ",".join(COLUMNS) + "\n"


def test_every_requirement_and_every_error_is_a_row(reports: dict[str, Report]) -> None:
    read = rows(reports.values())
    kinds = [row["kind"] for row in read]
    assert kinds.count("requirement") == sum(len(r.findings) for r in reports.values())
    assert kinds.count("error") == 1
    waived = [row["code"] for row in read if row["waived"] == "true"]
    assert waived == ["RS102"]
    assert {row["status"] for row in read} == {"fail", "pass", "review", "unreadable"}


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "\u200b=1", "＝1", "＠x", "\x00-1"],
)
def test_a_formula_becomes_text(words: str) -> None:
    assert _cell(words).startswith("'")


@pytest.mark.parametrize("words", ["a=1", "如视", "0.97", "", "'=1"])
def test_other_cells_stay_as_they_are(words: str) -> None:
    assert _cell(words) == words


def test_hostile_words_stay_in_their_cells(hostile: Report) -> None:
    read = rows([hostile])
    assert len(read) == 9
    for row in read:
        assert not any(cell.lstrip().startswith(tuple("=+-@\t\r")) for cell in row.values())
    assert "<img src=x onerror=alert(1)>" in read[1]["quote"]
