"""The HTML report in a real Chromium, JavaScript off unless something is to be measured."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from linter.report import render
from linter.verdict import Report
from tests.report.conftest import TEXT_ZH
from tests.report.test_html_report import HOSTILE, at_its_place, poisoned

pytestmark = pytest.mark.needs("chromium")
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests here."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(dir="/tmp") as folder, sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), chromium_sandbox=False, downloads_path=folder
        )
        yield launched
        launched.close()


class Shown:
    """A page of reports as a reader has it, with all that it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, **settings: Any) -> None:
        self.context = browser.new_context(**{"java_script_enabled": False, **settings})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(path.as_uri())

    def in_view(self, selector: str) -> bool:
        """Whether the whole element is within the window."""
        box = self.page.locator(selector).bounding_box()
        size = self.page.viewport_size
        return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= size["height"])


def page_of(folder: Path, *reports: Report, lang: str = "zh") -> Path:
    path = folder / "report.html"
    path.write_text(render(reports, format="html", lang=lang), encoding="utf-8")
    return path


def stretched(one: Report) -> Report:
    """The report on a policy with so much before and behind that nothing found is in view."""
    filler = "我们会妥善保护您的个人信息。\n" * 300
    at = len(filler)

    def moved(evidence: Any) -> Any:
        return evidence and replace(evidence, start=evidence.start + at, end=evidence.end + at)

    findings = tuple(
        replace(f, evidence=tuple(map(moved, f.evidence)), nearest=moved(f.nearest))
        for f in one.findings
    )
    documents = (replace(one.documents[0], text=filler + TEXT_ZH + "\n" + filler),)
    return replace(one, findings=findings, documents=documents, mentions=())


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_click_leads_to_the_mark_and_its_tag_back(
    browser: Any, reports: dict[str, Report], tmp_path: Path, size: dict[str, int]
) -> None:
    path = page_of(tmp_path, stretched(reports["fail"]), reports["pass"])
    shown = Shown(browser, path, viewport=size)
    for anchor in ("r1-RS103-1", "r1-RS102-near", "r1-RS201-1"):
        tag, finding = f"#{anchor}", f"#{anchor[:8]}"
        shown.page.evaluate("scrollTo(0, 0)")
        assert not shown.in_view(tag)
        shown.page.click(f'.checklist a[href="#{anchor}"]')
        assert shown.in_view(tag)
        assert shown.in_view(f"{tag} + mark")
        if size is DESKTOP:
            assert shown.in_view(f"{finding} h4")
        shown.page.click(tag)
        assert shown.in_view(f"{finding} h4")
    assert [u.split("#")[0] for u in shown.requests] == [path.as_uri()]
    assert shown.complaints == []
    shown.context.close()


def test_the_keyboard_reaches_the_mark(
    browser: Any, reports: dict[str, Report], tmp_path: Path
) -> None:
    shown = Shown(browser, page_of(tmp_path, stretched(reports["fail"])), viewport=DESKTOP)
    shown.page.focus('.checklist a[href="#r1-RS103-1"]')
    shown.page.keyboard.press("Enter")
    assert shown.in_view("#r1-RS103-1")
    # The tag that was led to has the focus.
    shown.page.keyboard.press("Enter")
    assert shown.page.url.endswith("#r1-RS103")
    shown.context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_wider_than_the_window(
    browser: Any, reports: dict[str, Report], tmp_path: Path, size: dict[str, int], lang: str
) -> None:
    wide = [poisoned(r, "W" * 400) for r in reports.values()]
    path = page_of(tmp_path, *reports.values(), *wide, lang=lang)
    shown = Shown(browser, path, viewport=size)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    shown.context.close()


def test_a_hostile_policy_does_nothing_even_with_scripts_on(
    browser: Any, reports: dict[str, Report], tmp_path: Path
) -> None:
    bad = [at_its_place(poisoned(r, HOSTILE), HOSTILE) for r in reports.values()]
    path = page_of(tmp_path, *bad)
    shown = Shown(browser, path, java_script_enabled=True)
    assert shown.page.evaluate("document.scripts.length + document.images.length") == 0
    assert shown.page.locator(".checklist").count() == len(bad) - 1
    assert shown.requests == [path.as_uri()]
    assert shown.complaints == []
    shown.context.close()


def test_what_got_in_nonetheless_would_not_run(
    browser: Any, reports: dict[str, Report], tmp_path: Path
) -> None:
    """The policy of the page (CSP) by itself, for a hole that nobody knows of."""
    path = page_of(tmp_path, reports["fail"])
    page = path.read_text(encoding="utf-8")
    hole = (
        "<script>document.title='run'</script><img src=http://127.0.0.1:9/x onerror="
        "\"document.title='run'\"><style>body{display:none}</style>"
        "<link rel=stylesheet href=http://127.0.0.1:9/x><iframe src=http://127.0.0.1:9/y></iframe>"
    )
    path.write_text(page.replace("<main", hole + "<main"), encoding="utf-8")
    shown = Shown(browser, path, java_script_enabled=True)
    assert "run" not in shown.page.title()
    assert shown.page.locator("main").is_visible()
    assert len(shown.complaints) >= 4
    assert all("Content Security Policy" in c for c in shown.complaints)
    shown.context.close()


def test_all_is_printed(browser: Any, reports: dict[str, Report], tmp_path: Path) -> None:
    import pypdfium2

    path = page_of(tmp_path, reports["fail"], reports["pass"], lang="en")
    shown = Shown(browser, path)
    document = pypdfium2.PdfDocument(shown.page.pdf(format="A4"))
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    # What is folded away on the screen is there too.
    assert "In the same entry as" in words
    assert "Named by its registered company name" in words
    assert words.count("Why, and what was searched") == 12
    shown.context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Any, reports: dict[str, Report], tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for lang, chosen in (("zh", reports.values()), ("en", [reports["fail"]])):
        path = page_of(tmp_path, *chosen, lang=lang)
        shown = Shown(browser, path, java_script_enabled=True, viewport=size, color_scheme=scheme)
        results = axe.run(shown.page).response
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in results["violations"]] == []
        assert len(results["passes"]) > 15
        shown.context.close()
