"""SARIF: valid by its schema, locations that hold, and nothing hidden."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from linter.report import View, open_writer, render
from linter.verdict import Finding, Report

pytestmark = pytest.mark.usefixtures("made_up_error")
SCHEMA = Path(__file__).with_name("schemas") / "sarif-2.1.0-rtm.5.json"


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run_of(reports: Iterable[Report], **view: Any) -> dict[str, Any]:
    parts: list[str] = []
    writer = open_writer(parts.append, format="sarif", view=View(**view))
    for report in reports:
        writer.add(report)
    writer.close()
    [run] = json.loads("".join(parts))["runs"]
    return dict(run)


def with_finding(report: Report, code: str, **changes: Any) -> Report:
    def changed(finding: Finding) -> Finding:
        own = finding.requirement.code == code
        return dataclasses.replace(finding, **changes) if own else finding

    return dataclasses.replace(report, findings=tuple(changed(f) for f in report.findings))


def test_the_schema_refuses_what_is_no_sarif(validator: Draft4Validator) -> None:
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"results": []}]})
    assert not validator.is_valid({"version": "2.1.0", "runs": [], "made-up": 1})


def test_the_log_is_golden_and_valid(
    repository: dict[str, Report], golden: Callable[[str, str], None], validator: Draft4Validator
) -> None:
    text = render(repository.values(), format="sarif")
    validator.validate(json.loads(text))
    golden("all.sarif", text)


def test_a_log_of_nothing_is_valid(validator: Draft4Validator) -> None:
    validator.validate(json.loads(render([], format="sarif")))


def test_hostile_words_stay_words(hostile: Report, validator: Draft4Validator) -> None:
    text = render([hostile], format="sarif")
    text.encode("utf-8")
    validator.validate(json.loads(text))
    [result, *_] = [r for r in run_of([hostile])["results"] if r["ruleId"] == "RS102"]
    assert r"\[click\](https://evil.example)" in result["message"]["text"]
    assert "{{0}}" in result["message"]["text"]


def test_only_files_of_the_repository_are_results(repository: dict[str, Report]) -> None:
    run = run_of(repository.values())
    uris = {
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]
    }
    assert uris == {"policies/qinghe.html", "orchard.html", "plain.txt"}
    elsewhere = {s["source"]: s for s in run["properties"]["otherSources"]}
    assert set(elsewhere) == {
        "https://qinghe.example/privacy?from=app",
        "https://gone.example/privacy",
        "deferring.html",
    }
    assert len(elsewhere["https://gone.example/privacy"]["findings"]) == 8


def test_a_file_beside_the_repository_is_no_result(
    repository: dict[str, Report], tmp_path: Path
) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("Nobody is named here.\n", encoding="utf-8")
    for source in ("../outside.txt", str(outside)):
        run = run_of([dataclasses.replace(repository["no-mention"], source=source)])
        assert (run["results"], run["artifacts"]) == ([], [])
    Path("link.txt").symlink_to(outside)
    linked = dataclasses.replace(repository["no-mention"], source="link.txt")
    assert run_of([linked])["results"] == []


def test_settled_findings_are_no_results(repository: dict[str, Report]) -> None:
    found = {r["ruleId"] for r in run_of([repository["fail"]])["results"]}
    assert found == {"RS102", "RS104", "RS106", "RS201", "RS202"}
    levels = {r["ruleId"]: r["level"] for r in run_of([repository["fail"]])["results"]}
    assert (levels["RS102"], levels["RS202"]) == ("error", "warning")


def test_regions_hold_the_words_that_they_show(repository: dict[str, Report]) -> None:
    checked = 0
    for result in run_of(repository.values())["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            if (region := physical.get("region")) is None:
                continue
            path = Path(unquote(physical["artifactLocation"]["uri"]))
            lines = path.read_text(encoding="utf-8").split("\n")
            shown = lines[region["startLine"] - 1 : region["endLine"]]
            shown[-1] = shown[-1][: region["endColumn"] - 1]
            shown[0] = shown[0][region["startColumn"] - 1 :]
            assert " ".join(" ".join(shown).split()) == region["snippet"]["text"]
            checked += 1
    assert checked >= 4


def test_every_result_names_its_rule_and_its_fingerprint(repository: dict[str, Report]) -> None:
    run = run_of(repository.values())
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(rules)
    fingerprints = {f.fingerprint for r in repository.values() for f in r.findings}
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["partialFingerprints"]["disclosureLint/v1"] in fingerprints


def test_a_waived_finding_is_suppressed_or_dropped(repository: dict[str, Report]) -> None:
    waived = with_finding(repository["fail"], "RS102", waived=True)
    suppressed = [r["ruleId"] for r in run_of([waived])["results"] if "suppressions" in r]
    assert suppressed == ["RS102"]
    kept = [r["ruleId"] for r in run_of([waived], drop_waived=True)["results"]]
    assert kept == ["RS104", "RS106", "RS201", "RS202"]
    outside = with_finding(repository["pass"], "RS102", waived=True)
    summary = run_of([outside], drop_waived=True)["properties"]["otherSources"][0]
    assert "RS102" not in [f["ruleId"] for f in summary["findings"]]


def test_results_have_a_baseline_state_if_there_is_a_baseline(
    repository: dict[str, Report],
) -> None:
    states = [r.get("baselineState") for r in run_of([repository["fail"]])["results"]]
    assert set(states) == {None}
    known = with_finding(repository["fail"], "RS102", baselined=True)
    states = {r["ruleId"]: r["baselineState"] for r in run_of([known])["results"]}
    assert (states["RS102"], states["RS104"]) == ("unchanged", "new")


def test_an_unreadable_file_is_a_result_and_no_success(
    repository: dict[str, Report], validator: Draft4Validator
) -> None:
    unreadable = dataclasses.replace(repository["unreadable"], source="plain.txt", url=None)
    record = dataclasses.replace(unreadable.documents[0], url=None)
    run = run_of([dataclasses.replace(unreadable, documents=(record,))])
    assert run["invocations"][0]["executionSuccessful"] is False
    [notification] = run["invocations"][0]["toolExecutionNotifications"]
    assert (notification["level"], notification["descriptor"]["id"]) == ("error", "made-up-code")
    assert run["results"][0]["ruleId"] == "RS001"
    assert len(run["results"]) == 9


def test_paths_are_uris(repository: dict[str, Report], validator: Draft4Validator) -> None:
    name = "a:b 100%#政策?.txt"
    Path(name).write_text("Nobody is named here.\n", encoding="utf-8")
    run = run_of([dataclasses.replace(repository["no-mention"], source=f"./{name}")])
    uri = run["artifacts"][0]["location"]["uri"]
    assert uri.startswith("a%3Ab%20100%25%23")
    assert unquote(uri) == name


def test_the_reader_language_changes_no_byte(repository: dict[str, Report]) -> None:
    english = render(repository.values(), format="sarif", lang="en")
    assert english == render(repository.values(), format="sarif", lang="zh")
