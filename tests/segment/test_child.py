"""Parsers run in a process of their own: what they may use, and what becomes of them."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import pytest

from linter.errors import SegmentError
from linter.segment import child, segment
from linter.segment.child import Limits, parse
from linter.segment.docx import read_docx
from linter.segment.pdf import read_pdf
from tests.segment import hostile_docx, hostile_pdf
from tests.segment.office import docx, p
from tests.segment.reader import document

SECONDS = 10.0  # the bound that issue 3 sets for hostile documents
MEGABYTE = 1024 * 1024


def python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    """Has the child be a script that does what ``body`` says instead of parsing."""
    script = tmp_path / "parser"
    script.write_text(
        f"#!{sys.executable}\nimport json, os, resource, signal, subprocess, sys, time\n{body}\n"
    )
    script.chmod(0o755)
    monkeypatch.setattr(child.sys, "executable", str(script))


def code_of(kind: str, content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(SegmentError) as caught:
        parse(kind, content, limits=limits)
    assert caught.value.params["format"] == kind.upper()
    return caught.value.code


# A page that is drawn to exhaust may still be read, or say that it cannot be.
ENDS = {
    "segment-parser-limit",
    "segment-parser-failed",
    "segment-damaged",
    "segment-too-long",
    "segment-no-text",
    "segment-no-text-layer",
    "segment-password",
}


def used() -> float:
    """Seconds of processor time that ended children have used."""
    times = resource.getrusage(resource.RUSAGE_CHILDREN)
    return times.ru_utime + times.ru_stime


def bounded(kind: str, content: bytes) -> None:
    before = used()
    try:
        parse(kind, content)
    except SegmentError as error:
        assert error.code in ENDS, error.code  # noqa: PT017
    assert used() - before < SECONDS + 1


@pytest.mark.parametrize("name", hostile_pdf.CASES)
def test_a_hostile_pdf_is_bounded(name: str) -> None:
    content = hostile_pdf.CASES[name]()
    assert len(content) < 16 * MEGABYTE
    bounded("pdf", content)


@pytest.mark.parametrize("name", hostile_docx.CASES)
def test_a_hostile_docx_is_bounded(name: str) -> None:
    content = hostile_docx.CASES[name]()
    assert len(content) < 16 * MEGABYTE
    bounded("docx", content)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a_million_pages", "segment-too-long"),
        ("pages_in_a_circle", "segment-damaged"),
        ("letters", None),
        ("annotations", "segment-parser-limit"),
    ],
)
def test_what_is_said_of_a_hostile_pdf(name: str, code: str | None) -> None:
    with pytest.raises(SegmentError) as caught:
        segment(document(hostile_pdf.CASES[name]()))
    assert caught.value.code in (code, "segment-parser-limit", "segment-parser-failed")


def test_the_parser_cannot_use_more_memory_than_allowed() -> None:
    content = docx(p("字") * 60_000)
    assert parse("docx", content)["html"].count("字") == 60_000
    small = Limits(memory=90 * MEGABYTE)
    assert code_of("docx", content, small) in ("segment-parser-limit", "segment-parser-failed")


def test_the_parser_cannot_use_more_time_than_allowed() -> None:
    content = docx(p("字") * 60_000)
    assert code_of("docx", content, Limits(seconds=0.05)) == "segment-parser-limit"


def test_processor_time_is_bounded_by_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    body = "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    python(monkeypatch, tmp_path, body)
    assert code_of("pdf", b"%PDF-1.7") == "segment-parser-limit"


def test_the_parser_cannot_answer_more_than_allowed() -> None:
    content = docx(p("字") * 20_000)
    assert code_of("docx", content, Limits(answer=10_000)) == "segment-parser-limit"


@pytest.mark.parametrize(
    "body",
    [
        "os.abort()",
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "sys.exit(1)",
        "print('no json')",
        "print('[' * 100000)",
        "sys.exit(3)",
        "print(json.dumps({'code': 'no such code', 'params': {}})); sys.exit(3)",
        "print(json.dumps(['code'])); sys.exit(3)",
    ],
)
def test_a_parser_that_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    python(monkeypatch, tmp_path, body)
    assert code_of("pdf", b"%PDF-1.7") == "segment-parser-failed"


@pytest.mark.parametrize(
    "answer",
    [
        "null",
        "[]",
        '{"parts": 5, "unread": []}',
        '{"parts": [{"page": "x"}], "unread": []}',
        '{"parts": [{"page": 1, "spans": 7, "item": false, "level": 0, "bold": 0, "hidden": 0, '
        '"margin": 0}], "unread": []}',
        '{"parts": [{"page": 1, "cells": [{}]}], "unread": []}',
        '{"html": "x"}',
    ],
)
def test_a_parser_that_answers_something_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str
) -> None:
    python(monkeypatch, tmp_path, f"print({answer!r})")
    for read in (read_pdf, read_docx):
        with pytest.raises(SegmentError) as caught:
            read(b"%PDF-1.7", base_url=None)
        assert caught.value.code == "segment-parser-failed"


def test_nothing_that_the_parser_started_outlives_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    noted = tmp_path / "pid"
    body = (
        "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(noted)!r}, 'w').write(str(other.pid))\n"
        "time.sleep(60)"
    )
    python(monkeypatch, tmp_path, body)
    start = time.monotonic()
    assert code_of("pdf", b"%PDF-1.7", Limits(seconds=2)) == "segment-parser-limit"
    assert time.monotonic() - start < 10
    other = int(noted.read_text())
    for _ in range(50):
        try:
            state = Path(f"/proc/{other}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.1)
    pytest.fail("still running")


def test_the_parser_knows_no_secrets_and_reads_all_it_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret")
    python(
        monkeypatch, tmp_path, "print(json.dumps([dict(os.environ), len(sys.stdin.buffer.read())]))"
    )
    environment, size = parse("pdf", b"x" * 3_000_000)
    assert size == 3_000_000
    assert "SOME_TOKEN" not in environment
    assert "secret" not in json.dumps(environment)


def test_a_parser_that_does_not_read_its_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python(monkeypatch, tmp_path, "print('[]')")
    assert parse("pdf", b"x" * 3_000_000) == []


def test_without_limits_of_the_system_there_is_still_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As on Windows, which has neither the module nor process groups.
    monkeypatch.setitem(sys.modules, "resource", None)
    child._restrict(1, 1)
    monkeypatch.delattr(os, "killpg")
    content = docx(p("字") * 60_000)
    assert code_of("docx", content, Limits(seconds=0.05)) == "segment-parser-limit"
    assert "字" in parse("docx", docx(p("字")))["html"]


def test_a_document_is_read_in_a_child_from_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A module of the same name there is not what the child runs.
    (tmp_path / "linter").mkdir()
    (tmp_path / "linter" / "__init__.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert "字" in parse("docx", docx(p("字")))["html"]
