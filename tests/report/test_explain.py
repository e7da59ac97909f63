"""An explanation, word for word; renewed like the text report's golden files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from linter.report import View
from linter.report.explain import explanation
from linter.report.json_report import report_json
from linter.report.terminal import columns
from linter.verdict import Basis, Note, Report, WeighedSignal


@pytest.fixture
def explained(reports: dict[str, Report]) -> Report:
    """The failing report, with what was weighed for its second requirement."""
    report = reports["fail"]
    (mention,) = report.mentions
    missing = report.findings[1]
    nearest = missing.nearest
    assert nearest is not None
    rejected = WeighedSignal(
        nearest.quote,
        0,
        nearest.start,
        nearest.end,
        polarity="boilerplate",
        reason=Note.of("reason.website-only"),
        probability=0.875,
        model=0.25,
        relation="entry",
        mention=mention,
        decisive=False,
    )
    unbound = replace(
        rejected, start=0, end=4, quote="隐私政策", model=None, relation=None, mention=None
    )
    itself = replace(rejected, start=mention.start, end=mention.end, quote=mention.quote)
    grounds = (("always", 1.25), (f"{missing.requirement.id}:missing", -0.5), ("heard:1", 0.125))
    basis = Basis((rejected, unbound, itself), (*grounds, ("of-another-version:x", 0.0)), 0.99)
    finding = replace(missing, basis=basis, needs_review=True)
    return replace(report, findings=(report.findings[0], finding, *report.findings[2:]))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_explanation_is_golden(
    explained: Report, golden: Callable[[str, str], None], lang: str
) -> None:
    report = report_json(explained)
    golden(f"explain.{lang}.txt", explanation(report, report["requirements"][1], View(lang=lang)))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(explained: Report, lang: str, width: int) -> None:
    report = report_json(explained)
    for requirement in report["requirements"]:
        text = explanation(report, requirement, View(lang=lang, width=width))
        flowed = [line for line in text.splitlines()[1:] if line.startswith("    ")]
        assert all(columns(line) <= width for line in flowed)


def test_colour_is_asked_for(explained: Report) -> None:
    report = report_json(explained)
    plain = explanation(report, report["requirements"][1], View())
    assert "\x1b" not in plain
    assert "\x1b[31mmissing\x1b[0m" in explanation(
        report, report["requirements"][1], View(color=True)
    )
