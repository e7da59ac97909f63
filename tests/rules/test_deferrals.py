"""References to lists that are not in the document, as data: ``cases/deferrals.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from linter.check import check

CASES = Path(__file__).with_name("cases")
FRAMES = tomllib.loads((CASES / "frames.toml").read_text("utf-8"))
KINDS = tomllib.loads((CASES / "deferrals.toml").read_text("utf-8"))["kind"]
DEFERRED = ("RS101", "RS102", "RS103", "RS104", "RS105", "RS106")
NEVER = ("RS201", "RS202")


def _load(which: str) -> list[Any]:
    return [
        pytest.param(
            kind["frame"], body, id=f"{kind['frame']}-{kind['name']}-{n}".replace(" ", "-")
        )
        for kind in KINDS
        for n, body in enumerate(kind[which])
    ]


def _verdicts(frame: str, body: str) -> dict[str, str]:
    text = FRAMES[frame]["text"].replace("«body»", body)
    report = check("policy.html", content=text.encode())
    assert report.errors == (), report.errors
    return {f.requirement.code: f.verdict.value for f in report.findings}


@pytest.mark.parametrize(("frame", "body"), _load("sends"))
def test_a_list_that_was_not_read_is_not_missing(frame: str, body: str) -> None:
    found = _verdicts(frame, body)
    deferred = {code for code in DEFERRED if found[code] == "unverifiable"}
    # Where the sentence names fields of the list, only those are deferred.
    assert deferred, found
    assert all(found[code] == "missing" for code in (*NEVER, *set(DEFERRED) - deferred))


@pytest.mark.parametrize(("frame", "body"), _load("stays"))
def test_what_sends_to_no_such_list_defers_nothing(frame: str, body: str) -> None:
    found = _verdicts(frame, body)
    assert {found[code] for code in (*DEFERRED, *NEVER)} == {"missing"}


def test_each_kind_has_three_wordings_of_either() -> None:
    for kind in KINDS:
        assert set(kind) == {"name", "frame", "sends", "stays"}
        assert min(len(kind["sends"]), len(kind["stays"])) >= 3, kind["name"]
