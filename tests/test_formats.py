"""The same policy gives the same verdicts, as whatever file it comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from linter import check
from linter.report import exit_code
from linter.verdict import Report, Status, Verdict
from tests.segment.authored import POLICIES, to_docx, to_html, to_pdf
from tests.segment.office import docx, p
from tests.segment.printed import drawn, flowing, written
from tests.segment.test_pdf import picture

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "segment" / "data"


def verdicts(report: Report) -> dict[str, str]:
    return {f.requirement.code: f.verdict.value for f in report.findings}


def quotes(report: Report) -> dict[str, list[str]]:
    """The evidence without its spaces: a printed line has others than its source."""
    return {
        f.requirement.code: ["".join(e.quote.split()) for e in f.evidence] for f in report.findings
    }


def judged(content: bytes) -> Report:
    report = check("-", content=content, include_text=True)
    text = report.documents[0].text
    assert text is not None
    for finding in report.findings:
        for evidence in finding.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
    return report


@pytest.mark.parametrize("make", [to_docx, to_pdf])
@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_is_judged_alike_in_every_format(name: str, make: object) -> None:
    page = judged(to_html(POLICIES[name]))
    other = judged(make(POLICIES[name]))  # type: ignore[operator]
    assert page.mentions
    assert verdicts(other) == verdicts(page)
    assert quotes(other) == quotes(page)
    assert (other.status, other.errors) == (page.status, ())


def test_the_authored_policies_differ_in_what_they_disclose() -> None:
    found = {name: verdicts(judged(to_html(POLICIES[name]))) for name in POLICIES}
    assert set(found["table"].values()) == {"present"}
    assert {"present", "ambiguous", "missing"} <= set(found["prose"].values())


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("table-chromium.pdf", "table"),
        ("table-libreoffice.docx", "table"),
        ("english-chromium.pdf", "english"),
    ],
)
def test_files_of_other_programs(file: str, name: str) -> None:
    page, other = judged(to_html(POLICIES[name])), judged((DATA / file).read_bytes())
    assert verdicts(other) == verdicts(page)
    assert quotes(other) == quotes(page)
    assert other.errors == ()


def test_an_export_that_lost_its_links() -> None:
    page = verdicts(judged(to_html(POLICIES["table"])))
    other = verdicts(judged((DATA / "table-libreoffice.pdf").read_bytes()))
    # The policy is named there, and no longer linked.
    assert {**page, "RS106": "ambiguous"} == other


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (drawn(picture, picture), "segment-no-text-layer"),
        (drawn(written((60, 100, "隐私政策")), password="x"), "segment-password"),
        (b"%PDF-1.7\n1 0 obj", "segment-damaged"),
        (docx(p("字"))[:-30], "segment-damaged"),
        (docx(""), "segment-no-text"),
    ],
)
def test_what_cannot_be_read_is_never_missing(content: bytes, code: str) -> None:
    report = check("-", content=content)
    assert report.status is Status.UNREADABLE
    assert exit_code(report) == 2
    assert [(e.code, e.rule) for e in report.errors] == [(code, "RS001")]
    assert {f.verdict for f in report.findings} == {Verdict.UNVERIFIABLE}


def test_a_page_that_is_a_picture_makes_the_report_partial() -> None:
    def text(canvas: object) -> None:
        lines = ("隐私政策", "我们收集您的手机号，用于注册账号；我们与合作方共享您的个人信息。")
        written(*((60, 100 + 30 * n, line) for n, line in enumerate(lines)))(canvas)  # type: ignore[arg-type]

    report = check("-", content=drawn(text, picture))
    assert report.documents[0].read == "partial"
    assert {f.verdict for f in report.findings} == {Verdict.UNVERIFIABLE}
    assert [(e.code, dict(e.params)) for e in report.errors] == [
        ("segment-page-no-text", {"part": "2"})
    ]
    assert exit_code(report) == 2
    whole = check("-", content=drawn(text))
    assert Verdict.MISSING in {f.verdict for f in whole.findings}


def test_a_saved_page_with_its_folder(tmp_path: Path) -> None:
    address = "https://www.guichao.example/privacy"
    page = tmp_path / "隐私政策.html"
    folder = tmp_path / "隐私政策_files"
    folder.mkdir()
    (folder / "style.css").write_text("p{}")
    saved = to_html(POLICIES["labels"]).replace(
        b"<html>", f"<!-- saved from url=({len(address):04}){address} -->\n<html>".encode(), 1
    )
    page.write_bytes(saved)
    assert verdicts(check(str(page))) == verdicts(judged(to_html(POLICIES["labels"])))


@pytest.mark.parametrize("make", [to_pdf, to_docx])
def test_the_parsers_are_loaded_in_the_child_alone(tmp_path: Path, make: object) -> None:
    file = tmp_path / "policy"
    file.write_bytes(make(POLICIES["labels"]))  # type: ignore[operator]
    code = (
        "import sys; from linter import check; "
        f"assert check({str(file)!r}).status.value == 'review'; "
        "print(*[m for m in ('pypdfium2', 'linter.segment.pdf_pages', 'linter.segment.docx_html') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_two_readings_are_the_same() -> None:
    for content in (to_pdf(POLICIES["table"]), flowing("我们收集您的个人信息。")):
        assert check("-", content=content, include_text=True) == check(
            "-", content=content, include_text=True
        )
