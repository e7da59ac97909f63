"""Baselines: what is known is marked, what is new or worse is not, and what is gone is pruned."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.baseline import (
    Baseline,
    baseline_of,
    baseline_text,
    gone,
    load_baseline,
    mark_known,
    pruned,
)
from linter.errors import ConfigError
from linter.status import is_open
from linter.verdict import Report, Status, Verdict
from tests.reports import REPORTS, finding, report

HERE = Path.cwd()
ONE, OTHER = "1" * 16, "2" * 16


def known(*reports: Report) -> Baseline:
    return baseline_of(reports, HERE)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        (("missing", ONE), ("missing", ONE), True),
        (("ambiguous", ONE), ("ambiguous", ONE), True),
        (("ambiguous", ONE), ("ambiguous", OTHER), False),
        # The fingerprint of what is absent is that of what could not be looked for.
        (("missing", ONE), ("unverifiable", ONE), True),
        (("unverifiable", ONE), ("missing", ONE), False),
        (("present", ONE), ("missing", ONE), False),
        (("ambiguous", ONE), ("present", ONE), False),
    ],
)
def test_a_finding_is_known_if_it_is_no_worse(
    before: tuple[str, str], after: tuple[str, str], marked: bool
) -> None:
    baseline = known(report(finding("RS101", *before)))
    now = mark_known(report(finding("RS101", *after)), baseline)
    assert [f.baselined for f in now.findings] == [marked]
    if marked:
        assert now.status is Status.PASS


def test_a_doubt_is_known_until_it_is_more_than_a_doubt() -> None:
    baseline = known(report(finding("RS101", "present", ONE, review=True)))
    doubt = mark_known(report(finding("RS101", "present", ONE, review=True)), baseline)
    worse = mark_known(report(finding("RS101", "ambiguous", ONE, review=True)), baseline)
    assert [doubt.status, worse.status] == [Status.PASS, Status.REVIEW]


@pytest.mark.parametrize(
    "other",
    [
        report(finding("RS101", "missing"), source="other.html"),
        report(finding("RS101", "missing"), vendor="lantern"),
        report(finding("RS201", "missing")),
    ],
)
def test_what_is_known_of_one_says_nothing_of_another(other: Report) -> None:
    baseline = known(report(finding("RS101", "missing")))
    assert mark_known(other, baseline) == other


def test_neither_what_is_waived_nor_what_was_not_read_goes_into_a_baseline() -> None:
    waived = replace(finding("RS101", "missing"), waived=True)
    unread = report(finding("RS201", "unverifiable"), source="other.html", read="no")
    assert known(report(waived), unread).entries == frozenset()


@given(REPORTS, REPORTS)
def test_a_baseline_hides_no_other_finding(old: Report, new: Report) -> None:
    done = mark_known(new, known(old))
    assert [replace(f, baselined=False) for f in done.findings] == list(new.findings)
    same = (old.source, old.vendor) == (new.source, new.vendor)
    read = Status.UNREADABLE not in (old.status, new.status)
    order = [Verdict.PRESENT, Verdict.AMBIGUOUS, Verdict.UNVERIFIABLE, Verdict.MISSING]
    for before, after in zip(old.findings, done.findings, strict=True):
        if after.baselined:
            assert same
            assert read
            assert is_open(before)
            assert is_open(after)
            assert before.fingerprint == after.fingerprint
            one_rank = {before.verdict, after.verdict} == {Verdict.AMBIGUOUS, Verdict.UNVERIFIABLE}
            assert one_rank or order.index(after.verdict) <= order.index(before.verdict)
    if not any(f.baselined for f in done.findings):
        assert done.status is new.status


@given(REPORTS)
def test_a_policy_that_has_not_changed_has_nothing_new(made: Report) -> None:
    done = mark_known(made, known(made))
    read = made.status is not Status.UNREADABLE
    assert all(f.baselined is (read and is_open(f)) for f in done.findings)
    assert pruned(known(made), [made]) == known(made)


@given(st.lists(REPORTS, max_size=4), REPORTS)
def test_pruning_keeps_what_still_occurs(old: list[Report], now: Report) -> None:
    baseline = known(*old)
    left = pruned(baseline, [now])
    assert left.entries <= baseline.entries
    assert mark_known(now, left) == mark_known(now, baseline)
    dropped = baseline.entries - left.entries
    assert dropped == gone(now, baseline)
    assert all((e.source, e.vendor) == (now.source, now.vendor) for e in dropped)
    still = {f.requirement.code for f in now.findings if f.verdict is Verdict.UNVERIFIABLE}
    assert not still & {e.requirement for e in dropped}


@given(st.lists(REPORTS, max_size=3))
def test_what_is_written_is_read_again(tmp_path_factory, made: list[Report]) -> None:  # type: ignore[no-untyped-def]
    baseline = known(*made)
    file = tmp_path_factory.getbasetemp() / "baseline.json"
    file.write_text(baseline_text(baseline), "utf-8")
    assert load_baseline(file).entries == baseline.entries
    findings = json.loads(baseline_text(baseline))["findings"]
    assert findings == sorted(findings, key=lambda f: list(f.values()))


GOOD = {
    "source": "a.html",
    "vendor": "realsee",
    "requirement": "RS101",
    "fingerprint": "0" * 16,
    "verdict": "missing",
}
SCHEMA = '{"schema": "disclosure-lint/baseline/1", '
MISTAKES = [
    ("", "file-schema", "baseline.json is not"),
    ("{", "file-syntax", "baseline.json:1:2"),
    ('{\n "schema": oops}', "file-syntax", "baseline.json:2:12"),
    ("[]", "file-schema", "disclosure-lint/baseline/1"),
    ('{"schema": "disclosure-lint/baseline/2"}', "file-schema", "disclosure-lint/baseline/2"),
    ('{"schema": "disclosure-lint/report/1"}', "file-schema", "disclosure-lint/report/1"),
    (SCHEMA + '"findings": []}{}', "file-schema", "baseline.json is not"),
    (SCHEMA + '"x": 1}', "config-key", "x"),
    (SCHEMA + '"findings": [], "finding": []}', "config-key", "nearest is findings"),
    ('{"schema": "disclosure-lint/baseline/1"}', "file-missing", "findings"),
    (SCHEMA + '"findings": {}}', "file-missing", "findings"),
    (SCHEMA + '"findings": [3]}', "file-missing", "findings[0]"),
    ("[" * 100_000, "file-syntax", "nested too deeply"),
    (SCHEMA + '"findings": [' + "9" * 5000 + "]}", "file-syntax", "baseline.json"),
]
ENTRIES = [
    ({"verdict": "absent"}, "config-value", "findings[1]: verdict"),
    ({"fingerprint": "xyz"}, "config-value", "findings[1]: fingerprint"),
    ({"requirement": None}, "config-value", "findings[1]: requirement"),
    ({"source": ""}, "config-value", "findings[1]: source"),
    ({"line": 3}, "config-key", "findings[1]"),
]


def wrong_entry(change: dict[str, object]) -> str:
    return SCHEMA + f'"findings": {json.dumps([GOOD, {**GOOD, **change}])}}}'


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [*MISTAKES, *((wrong_entry(change), code, words) for change, code, words in ENTRIES)],
)
def test_a_damaged_baseline_is_refused_with_its_place(
    tmp_path: Path, text: str, code: str, words: str
) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as wrong:
        load_baseline(file)
    assert wrong.value.code == code
    assert words in str(wrong.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(b'{\n"schema": "\xff"}')
    with pytest.raises(ConfigError, match=r"baseline\.json:2"):
        load_baseline(file)
