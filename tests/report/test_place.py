"""Lines and columns: where the words stand, or nothing."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.report.place import Places, Region
from linter.verdict import DocumentRecord, Evidence, Report


def place(
    report: Report, path: Path, content: bytes, evidence: Evidence, sha256: str | None = None
) -> Region | None:
    path.write_bytes(content)
    known = sha256 or hashlib.sha256(content).hexdigest()
    own = DocumentRecord(None, known, "policy", "whole")
    return Places(dataclasses.replace(report, source=str(path), documents=(own,))).region(evidence)


def quote(words: str, prefix: str = "", suffix: str = "", document: int = 0) -> Evidence:
    return Evidence(words, document, 0, len(words), (), "paragraph", None, prefix, suffix)


@pytest.fixture
def report(reports: dict[str, Report]) -> Report:
    return reports["no-mention"]


@pytest.mark.parametrize(
    ("content", "evidence", "region"),
    [
        ("one\ntwo 如视 SDK\n", quote("如视 SDK"), Region(2, 5, 2, 11)),
        ("one\r\ntwo 如视\r\n", quote("如视"), Region(2, 5, 2, 7)),
        ("\ufeffRealsee here", quote("Realsee"), Region(1, 1, 1, 8)),
        ("a Realsee\n   SDK b", quote("Realsee SDK"), Region(1, 3, 2, 7)),
        ("Realsee and Realsee", quote("Realsee"), None),
        ("Realsee and Realsee", quote("Realsee", "and "), Region(1, 13, 1, 20)),
        ("x Realsee and\nx Realsee and", quote("Realsee", "x ", " and"), None),
        ("aaa", quote("aa"), None),
        ("R&amp;D", quote("R&D"), None),
        ("something else", quote("Realsee"), None),
        ("Realsee", quote("  "), None),
        ("Realsee", quote("Realsee", document=7), None),
        ("%PDF-1.7 Realsee", quote("Realsee"), None),
        ("\0Realsee", quote("Realsee"), None),
    ],
)
def test_a_region_is_where_the_words_stand_once(
    report: Report, tmp_path: Path, content: str, evidence: Evidence, region: Region | None
) -> None:
    assert place(report, tmp_path / "policy.txt", content.encode(), evidence) == region


def test_a_file_in_gb18030_has_regions_too(report: Report, tmp_path: Path) -> None:
    content = "第一行\n由如视提供".encode("gb18030")
    assert place(report, tmp_path / "p.txt", content, quote("如视")) == Region(2, 2, 2, 4)


def test_a_file_that_changed_or_is_too_long_has_none(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    assert place(report, path, b"Realsee", quote("Realsee"), "00" * 32) is None
    assert place(report, path, b"Realsee" + b" " * 2**22, quote("Realsee")) is None


def test_what_is_no_file_has_no_place(report: Report) -> None:
    for source in ("-", "https://a.example/p", "no/such/file", "nul\0", "."):
        places = Places(dataclasses.replace(report, source=source))
        assert (places.inside(), places.region(quote("Realsee"))) == (None, None)
        assert places.name() == source


WORDS = st.text(alphabet="ab视 \n", min_size=0, max_size=30)


@given(before=WORDS, words=WORDS, after=WORDS)
def test_a_region_never_shows_other_words(before: str, words: str, after: str) -> None:
    from linter.report.place import _squeeze, _Text

    text = before + words + after
    region = _Text(text).find(quote(words, before[-32:], after[:32]))
    if region is None:
        return
    lines = text.split("\n")
    shown = lines[region.start_line - 1 : region.end_line]
    shown[-1] = shown[-1][: region.end_column - 1]
    shown[0] = shown[0][region.start_column - 1 :]
    assert _squeeze(" ".join(shown)) == _squeeze(words)
