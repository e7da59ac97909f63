"""SARIF 2.1.0 (OASIS, 27 March 2020) for code hosts and editors.

Results are the open requirements (see ``levels``: error → ``error``, warning → ``warning``, info →
``note``) of sources that are files under the working directory, which has to be the repository's
root: hosts refuse or misplace what is elsewhere. All other sources go, with their findings, to the
run's property ``otherSources``. An unreadable document is a result too (RS001, RS002), for a host
takes an alert that is gone for mended.

The location of a result is its evidence's, with a region only where ``place`` can tell it; what is
missing has the file alone, the nearest thing as a related location. The fingerprint stands in
``partialFingerprints`` under a name of our own and under the one that GitHub reads.

Waived findings are suppressed results, which not every host heeds: ``View.drop_waived`` leaves
them out. Findings of the baseline are ``unchanged``, and then all others are ``new``. The
invocation was not successful if a policy could not be read whole (exit code 2).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote_from_bytes

from linter.report.exits import exit_code
from linter.report.json_report import safe_json
from linter.report.levels import BY_SEVERITY, error_level, level
from linter.report.messages import error_words, phrase, say
from linter.report.place import Places, Region
from linter.report.view import View
from linter.verdict import ErrorRecord, Evidence, Finding, Report, Requirement

Json = dict[str, Any]
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_FINGERPRINT = "disclosureLint/v1"
_HOST_FINGERPRINT = "primaryLocationLineHash"
_UNREADABLE = ("RS001", "RS002")


class SarifWriter:
    """Gathers what reports say and writes one run when closed; speaks English always."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._drop_waived = view.drop_waived
        self._rules: dict[str, Json] = {}
        self._results: list[Json] = []
        self._notifications: list[Json] = []
        self._artifacts: dict[str, Json] = {}
        self._elsewhere: list[Json] = []
        self._version: str | None = None
        self._successful = True
        self._baseline = False

    def add(self, report: Report) -> None:
        """Take in one report."""
        places = Places(report)
        file = places.inside()
        self._version = report.versions.linter
        self._successful &= exit_code(report) != 2
        self._notifications += (_notification(report, e, places) for e in report.errors)
        for finding in report.findings:
            self._rules[finding.requirement.code] = _rule(finding.requirement, report.vendor_name)
        shown = [f for f in report.findings if not (f.waived and self._drop_waived)]
        if file is None:
            self._elsewhere.append(_summary(report, shown))
            return
        self._baseline |= any(f.baselined for f in shown)
        self._artifacts[file.as_posix()] = _artifact(file, report.documents[0].sha256)
        for error in report.errors:
            if error.rule is not None:
                self._rules[error.rule] = _unreadable_rule(error.rule)
                self._results.append(_unreadable(error, places))
        self._results += (_result(f, places) for f in shown if level(f) is not None)

    def close(self) -> None:
        """Write the log."""
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [self._run()]}
        self._sink(safe_json(json.dumps(log, ensure_ascii=False, indent=2, allow_nan=False)) + "\n")

    def _run(self) -> Json:
        codes = sorted(self._rules)
        for result in self._results:
            result["ruleIndex"] = codes.index(result["ruleId"])
            baselined = result["properties"].pop("baselined", False)
            if self._baseline:
                result["baselineState"] = "unchanged" if baselined else "new"
        driver: Json = {"name": "disclosure-lint", "rules": [self._rules[c] for c in codes]}
        if self._version is not None:
            driver["version"] = self._version
        invocation = {
            "executionSuccessful": self._successful,
            "toolExecutionNotifications": self._notifications,
        }
        run: Json = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The repository's root."}}},
            "artifacts": list(self._artifacts.values()),
            "columnKind": "unicodeCodePoints",
            "results": self._results,
        }
        if self._elsewhere:
            run["properties"] = {"otherSources": self._elsewhere}
        return run


def _rule(requirement: Requirement, vendor: str) -> Json:
    described = phrase(f"{requirement.id}.missing", {"vendor": vendor})
    return {
        "id": requirement.code,
        "name": requirement.id,
        "shortDescription": {"text": described},
        "fullDescription": {"text": described},
        "help": {"text": phrase("sarif.help", {"code": requirement.code})},
        "defaultConfiguration": {"level": BY_SEVERITY[requirement.severity]},
    }


def _unreadable_rule(code: str) -> Json:
    described = phrase(f"sarif.{code}", {})
    return {
        "id": code,
        "shortDescription": {"text": described},
        "fullDescription": {"text": described},
        "help": {"text": phrase("sarif.help", {"code": code})},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, places: Places) -> Json:
    found, *others = finding.evidence or (None,)
    related = [e for e in (*others, finding.nearest) if e is not None and e != found]
    result: Json = {
        "ruleId": finding.requirement.code,
        "level": level(finding),
        "message": {"text": _message(say(finding.message), _suggested(finding))},
        "locations": [_location(places, found)],
        "partialFingerprints": _fingerprints(finding.fingerprint),
        "properties": {
            "verdict": finding.verdict.value,
            "confidence": round(finding.confidence, 4),
            "needsReview": finding.needs_review,
            "baselined": finding.baselined,
        },
    }
    if related:
        # Two pieces of evidence may be the same to a reader of SARIF, who wants them once.
        shown = {json.dumps(_location(places, e)): e for e in related}.values()
        result["relatedLocations"] = [_location(places, e) for e in shown]
    if finding.waived:
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return result


def _unreadable(error: ErrorRecord, places: Places) -> Json:
    identity = hashlib.sha256(f"{error.rule} {error.code}".encode()).hexdigest()[:16]
    return {
        "ruleId": error.rule,
        "level": "error",
        "message": {"text": _message(*error_words(error.code, dict(error.params)))},
        "locations": [_location(places, None)],
        "partialFingerprints": _fingerprints(identity),
        "properties": {"cause": error.code},
    }


def _notification(report: Report, error: ErrorRecord, places: Places) -> Json:
    document = error.document or 0
    notification: Json = {
        "descriptor": {"id": error.code},
        "level": error_level(report, error),
        "message": {"text": _message(*error_words(error.code, dict(error.params)))},
        "properties": {"source": report.source, "document": places.name(document)},
    }
    if (file := places.inside(document)) is not None:
        notification["locations"] = [{"physicalLocation": {"artifactLocation": _uri(file)}}]
    return notification


def _summary(report: Report, findings: Iterable[Finding]) -> Json:
    """A source that is no file of the repository, with its findings in short."""
    return {
        "source": report.source,
        "url": report.url,
        "status": report.status.value,
        "findings": [
            {
                "ruleId": f.requirement.code,
                "level": level(f) or "none",
                "verdict": f.verdict.value,
                "needsReview": f.needs_review,
                "waived": f.waived,
                "baselined": f.baselined,
                "fingerprint": f.fingerprint,
                "message": say(f.message),
                "quotes": [e.quote for e in f.evidence],
                "suggestion": f.suggestion,
            }
            for f in findings
        ],
    }


def _location(places: Places, evidence: Evidence | None) -> Json:
    """Where evidence stands; the source's own file where that is not a file of the repository."""
    file = None if evidence is None else places.inside(evidence.document)
    if evidence is None or file is None:
        own = places.inside()
        return {"physicalLocation": {"artifactLocation": _uri(own)}} if own else {}
    physical: Json = {"artifactLocation": _uri(file)}
    if (region := places.region(evidence)) is not None:
        physical["region"] = {**_region(region), "snippet": {"text": evidence.quote}}
    location: Json = {"physicalLocation": physical, "message": {"text": _escaped(evidence.quote)}}
    if evidence.headings:
        path = " > ".join(evidence.headings)
        location["logicalLocations"] = [{"fullyQualifiedName": path, "kind": evidence.kind}]
    return location


def _region(region: Region) -> Json:
    return {
        "startLine": region.start_line,
        "startColumn": region.start_column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _artifact(file: PurePath, sha256: str | None) -> Json:
    artifact: Json = {"location": _uri(file), "roles": ["analysisTarget"]}
    if sha256 is not None:
        artifact["hashes"] = {"sha-256": sha256}
    return artifact


def _uri(file: PurePath) -> Json:
    # A colon in the first segment would make a scheme of it; quoting leaves none.
    return {"uri": quote_from_bytes(os.fsencode(file.as_posix())), "uriBaseId": _ROOT}


def _fingerprints(value: str) -> dict[str, str]:
    return {_FINGERPRINT: value, _HOST_FINGERPRINT: f"{value}:1"}


def _suggested(finding: Finding) -> str | None:
    return f"{phrase('label.write', {})} {finding.suggestion}" if finding.suggestion else None


def _message(*parts: str | None) -> str:
    return "\n\n".join(_escaped(part) for part in parts if part)


def _escaped(text: str) -> str:
    """Words without placeholders and links, which messages may hold (SARIF 3.11.5 and 3.11.6)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text).replace("{", "{{").replace("}", "}}")
