"""Waivers: what they mean, what becomes of them, and what their file may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import ConfigError
from linter.status import is_open
from linter.verdict import Status
from linter.waivers import Waiver, Waivers, load_waivers, waive
from tests.reports import FINGERPRINTS, REPORTS, REQUIREMENTS, finding, report

TODAY = date(2026, 11, 24)
HERE = Path.cwd()
GIVEN = Waiver("RS201", "policy.html", "asked for in the app")


def waived(*findings, waiver: Waiver = GIVEN, never: frozenset[str] = frozenset(), **more):  # type: ignore[no-untyped-def]
    waivers = Waivers((waiver,), never, HERE)
    return waive(report(*findings, **more), waivers, today=TODAY)


@pytest.mark.parametrize(
    ("waiver", "state"),
    [
        (GIVEN, "applied"),
        (replace(GIVEN, source="*.html"), "applied"),
        (replace(GIVEN, until=TODAY), "applied"),
        (replace(GIVEN, until=date(2026, 11, 23)), "expired"),
        (replace(GIVEN, fingerprint="a" * 16), "applied"),
        (replace(GIVEN, fingerprint="b" * 16), "unused"),
        (replace(GIVEN, requirement="RS101"), "unused"),
        (replace(GIVEN, source="other.html"), None),
        (replace(GIVEN, requirement="RS103"), None),
    ],
)
def test_what_becomes_of_a_waiver(waiver: Waiver, state: str | None) -> None:
    done = waived(finding("RS101", "present"), finding("RS201", "missing"), waiver=waiver)
    assert [w.state.value for w in done.waivers] == ([] if state is None else [state])
    applied = state == "applied"
    assert [f.waived for f in done.findings] == [False, applied]
    assert done.status is (Status.PASS if applied else Status.FAIL)


def test_what_may_not_be_waived_is_not() -> None:
    done = waived(finding("RS201", "missing"), never=frozenset({"RS201"}))
    assert [w.state.value for w in done.waivers] == ["refused"]
    assert (done.findings[0].waived, done.status) == (False, Status.FAIL)


def test_a_doubt_can_be_waived_and_a_settled_requirement_cannot() -> None:
    assert waived(finding("RS201", "present", review=True)).status is Status.PASS
    assert [w.state.value for w in waived(finding("RS201", "present")).waivers] == ["unused"]


def test_what_was_not_read_stays_as_it_is() -> None:
    unread = report(finding("RS201", "unverifiable"), read="no")
    assert waive(unread, Waivers((GIVEN,), folder=HERE), today=TODAY) == unread


WAIVERS = st.builds(
    Waiver,
    st.sampled_from(list(REQUIREMENTS)),
    st.sampled_from(["*", "policy.html", "https://example.com/*", "nothing"]),
    st.just("so be it"),
    until=st.sampled_from([None, TODAY, date(2020, 1, 1)]),
    fingerprint=st.none() | FINGERPRINTS,
)


@given(REPORTS, st.lists(WAIVERS, max_size=4), st.sets(st.sampled_from(list(REQUIREMENTS))))
def test_a_waiver_hides_no_other_finding(made, some, never) -> None:  # type: ignore[no-untyped-def]
    waivers = Waivers(tuple(some), frozenset(never), HERE)
    done = waive(made, waivers, today=TODAY)
    assert [replace(f, waived=False) for f in done.findings] == list(made.findings)
    for f in done.findings:
        code = f.requirement.code
        reasons = [
            w
            for w in waivers.covering(made.source)
            if w.requirement == code
            and w.fingerprint in (None, f.fingerprint)
            and (w.until is None or w.until >= TODAY)
        ]
        allowed = bool(reasons) and code not in never and made.status is not Status.UNREADABLE
        assert f.waived is (allowed and is_open(f))
    if not any(f.waived for f in done.findings):
        assert done.status is made.status


def test_a_file_of_waivers(tmp_path: Path) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(
        """never = ["RS101", "entity-contact"]

[[waiver]]
requirement = "impact-assessment"
source = "docs/*.html"
reason = "见信任中心"

[[waiver]]
requirement = "rs201"
source = "https://example.com/p"
fingerprint = "0123456789abcdef"
reason = "ticket 4711"
who = "Wang Min"
until = 2027-06-30
""",
        "utf-8",
    )
    read = load_waivers(file)
    assert (read.never, read.folder) == (frozenset({"RS101", "RS102"}), tmp_path)
    first, second = read.waivers
    assert (first.requirement, first.reason, first.until) == ("RS202", "见信任中心", None)
    assert (second.requirement, second.fingerprint) == ("RS201", "0123456789abcdef")
    assert (second.who, second.until) == ("Wang Min", date(2027, 6, 30))
    assert (first.origin.rsplit(":")[-1], second.origin.rsplit(":")[-1]) == ("3", "8")


HEAD = '[[waiver]]\nrequirement = "RS201"\nsource = "*"\nreason = "r"\n'
MISTAKES = [
    ("wavier = 3", "config-key", ":1 ", "waiver"),
    (HEAD + 'untill = "x"', "config-key", ":5 ", "until"),
    (HEAD + HEAD + "Reason = 'x'", "config-key", ":9 ", "reason"),
    (HEAD + 'until = "2027-06-30"', "config-value", ":5 ", "2027-06-30"),
    (HEAD + "until = 2027-06-30T10:00:00", "config-value", ":5 ", "2027-06-30"),
    (HEAD + "until = 2027-13-30", "config-syntax", ":5 ", "until"),
    (HEAD + 'fingerprint = "abc"', "config-value", ":5 ", "16"),
    (HEAD + "who = 3", "config-value", ":5 ", "string"),
    (HEAD.replace('"r"', '" "'), "config-value", ":4 ", "string"),
    (HEAD.replace("RS201", "RS20"), "config-requirement", ":2 ", "RS20"),
    (HEAD.replace("RS201", "seperate-consent"), "config-requirement", ":2 ", "separate-consent"),
    (HEAD.replace("RS201", "RS001"), "config-always", ":2 ", "RS001"),
    (HEAD.replace('reason = "r"\n', ""), "file-missing", ":1 ", "reason"),
    (HEAD + "[[waiver]]\n", "file-missing", ":5 ", "requirement"),
    ('never = "RS101"', "config-value", ":1 ", "RS101"),
    ('never = [\n"RS101",\n"RS999"]', "config-requirement", ":3 ", "RS999"),
    ("waiver = 3", "config-value", ":1 ", "[[waiver]]"),
    ("[waiver]\nreason = 'x'", "config-value", ":1 ", "[[waiver]]"),
    ("[[waiver", "config-syntax", ":1 ", "TOML"),
    ("a." * 200 + "b = 1", "config-syntax", ":1 ", "nested"),
    ("\ufeff" + "\x00", "config-syntax", "waivers.toml", "TOML"),
]


@pytest.mark.parametrize(("text", "code", "place", "hint"), MISTAKES)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, text: str, code: str, place: str, hint: str
) -> None:
    file = tmp_path / "waivers.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as wrong:
        load_waivers(file)
    assert wrong.value.code == code
    assert place in str(wrong.value)
    assert hint in str(wrong.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(ConfigError) as wrong:
            load_waivers(path)
        assert wrong.value.code == "file-unreadable"
