"""Two reports compared: every kind of change, whatever comes of files, and nothing of the same."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.diff import Side, compared, diff, side_of
from linter.errors import ConfigError
from linter.report.json_report import report_json
from linter.verdict import Finding, Report
from tests.reports import REPORTS, finding, report, words

HERE = Path.cwd()
SAID = words("device model", "2. Partners")


def side(made: Report) -> Side:
    return side_of(report_json(made), "r.json")


def present(*evidence: Any) -> Finding:
    return finding("RS101", "present", "1" * 16, *evidence)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (present(SAID), present(SAID), None),
        (present(SAID), finding("RS101", "missing"), "lost"),
        (present(SAID), finding("RS101", "ambiguous", "2" * 16, SAID), "lost"),
        (finding("RS101", "missing"), present(SAID), "gained"),
        (finding("RS101", "ambiguous"), present(SAID), "gained"),
        (finding("RS101", "missing"), finding("RS101", "ambiguous"), "changed"),
        # Not read is not lost.
        (present(SAID), finding("RS101", "unverifiable"), "changed"),
        (finding("RS101", "unverifiable"), present(SAID), "changed"),
        (present(SAID), present(words("serial number", "2. Partners")), "reworded"),
        (
            present(SAID),
            present(words("device model", "2. Partners", href="https://x.test/")),
            "reworded",
        ),
        (present(SAID), present(words("device  model.", "2. Partners")), None),
        (present(SAID), present(words("device model", "4. SDKs")), "moved"),
        (present(SAID, SAID), present(SAID), None),
        (finding("RS101", "missing"), finding("RS101", "missing"), None),
    ],
)
def test_what_became_of_a_disclosure(old: Finding, new: Finding, kind: str | None) -> None:
    pair = compared(side(report(old)), side(report(new)))
    assert [c.kind.value for c in pair.changes] == ([] if kind is None else [kind])


def test_a_requirement_that_only_one_judged() -> None:
    pair = compared(side(report()), side(report(present(SAID))))
    (change,) = pair.changes
    assert (change.kind.value, change.old, change.new and change.new.id) == (
        "changed",
        None,
        "entity-name",
    )


def test_of_what_was_not_read_nothing_was_lost() -> None:
    unread = report(finding("RS101", "unverifiable"), read="no")
    pair = compared(side(report(present(SAID))), side(unread))
    assert (pair.changes, pair.differs, pair.new.error) == ((), True, "fetch-no-file")


def test_sources_are_matched_by_key_and_a_single_one_by_itself() -> None:
    a, b, c = (side(report(present(SAID), source=f"{n}.html")) for n in "abc")
    tracked = side(report(present(SAID), source="https://x.test/?utm_id=1"))
    plain = side(report(present(SAID), source="https://x.test/"))
    assert not diff([a], [b], HERE).differs
    found = diff([a, b, tracked], [c, plain, a], HERE)
    assert [(p.old.source, p.new.source) for p in found.pairs] == [
        ("a.html", "a.html"),
        ("https://x.test/?utm_id=1", "https://x.test/"),
    ]
    assert (found.removed, found.added, found.differs) == ((b,), (c,), True)


def test_reports_on_two_vendors_are_no_pair() -> None:
    found = diff([side(report())], [side(report(vendor="lantern"))], HERE)
    assert (found.pairs, len(found.removed), len(found.added)) == ((), 1, 1)


@given(st.lists(REPORTS, max_size=4))
def test_a_report_does_not_differ_from_itself(made: list[Report]) -> None:
    sides = [side(r) for r in made]
    found = diff(sides, sides, HERE)
    assert not found.differs
    assert len(found.pairs) == len(made)


@given(REPORTS, REPORTS)
def test_there_and_back_again(one: Report, other: Report) -> None:
    opposite = {"lost": "gained", "gained": "lost"}
    there = {c.code: c.kind.value for c in compared(side(one), side(other)).changes}
    back = {c.code: c.kind.value for c in compared(side(other), side(one)).changes}
    assert back == {code: opposite.get(kind, kind) for code, kind in there.items()}


GOOD: dict[str, Any] = dict(report_json(report(present(SAID))))


def broken(*path: str | int, value: object) -> dict[str, Any]:
    made = copy.deepcopy(GOOD)
    target: Any = made
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return made


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (None, "file-schema", "r.json"),
        ([], "file-schema", "r.json"),
        (broken("schema", value="disclosure-lint/report/2"), "file-schema", "report/2"),
        (broken("source", value=3), "config-value", "r.json: source"),
        (broken("status", value="fine"), "config-value", "unreadable, fail, review, pass"),
        (broken("requirements", value=None), "config-value", "r.json: requirements"),
        (broken("requirements", 0, value="x"), "config-value", "requirements[0]"),
        (broken("requirements", 0, "verdict", value="there"), "config-value", "requirements[0]"),
        (broken("requirements", 0, "evidence", 0, "quote", value=1), "config-value", "evidence[0]"),
        (
            broken("requirements", 0, "evidence", 0, "document", value=7),
            "config-value",
            "evidence[0]",
        ),
        (
            broken("requirements", 0, "evidence", 0, "document", value=True),
            "config-value",
            "document",
        ),
        (broken("documents", value=[{}]), "config-value", "documents[0]"),
        (broken("errors", value=[{}]), "config-value", "errors[0]"),
    ],
)
def test_a_damaged_report_is_refused_with_its_place(data: object, code: str, place: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        side_of(data, "r.json")
    assert wrong.value.code == code
    assert place in str(wrong.value)
