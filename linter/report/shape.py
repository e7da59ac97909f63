"""The shape of a report in JSON, ``disclosure-lint/report/1``, as types.

``report.schema.json`` is generated from these (``python -m linter.report.schema``). Offsets are
Unicode code points, half-open, into the canonical text of the document with that index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

from linter.verdict import SCHEMA, Role, Severity, Status, Verdict, WaiverState


@dataclass(frozen=True, slots=True)
class About:
    """What the schema says of a field besides its type."""

    description: str
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


Offset = Annotated[int, About("Offset in Unicode code points.", minimum=0)]
DocumentIndex = Annotated[int, About("Index in the report's documents.", minimum=0)]
VerdictWord = Annotated[str, About("What is said of the requirement.", tuple(Verdict))]
SeverityWord = Annotated[str, About("How much a missing disclosure weighs.", tuple(Severity))]
RoleWord = Annotated[str, About("What the vendor is to the developer.", tuple(Role))]
StatusWord = Annotated[str, About("The report in one word.", tuple(Status))]


class MentionJson(TypedDict):
    """A place where the vendor is named."""

    quote: str
    document: DocumentIndex
    start: Offset
    end: Offset


class EvidenceJson(TypedDict):
    """Verbatim words of a document: its text from start to end is the quote."""

    quote: str
    document: DocumentIndex
    start: Offset
    end: Offset
    href: Annotated[str | None, About("Where the link of these words leads.")]
    headings: Annotated[list[str], About("The headings above, outermost first.")]
    kind: Annotated[
        str,
        About("Kind of block: heading, paragraph, list-item, table-cell, key-value."),
    ]
    column: Annotated[str | None, About("Column header or label of the field.")]
    prefix: Annotated[str, About("The words right before the quote.")]
    suffix: Annotated[str, About("The words right after the quote.")]


class NearestJson(TypedDict):
    """The closest thing found that does not count, and why it does not."""

    evidence: EvidenceJson
    reason: str | None


class NoteJson(TypedDict):
    """A sentence of the program by its key, to be said in any language."""

    key: str
    params: dict[str, str]


class SignalJson(TypedDict):
    """Words that were weighed for a verdict."""

    quote: str
    document: DocumentIndex
    start: Offset
    end: Offset
    polarity: Annotated[str, About("How they say it: affirmed, vague, negated, exception…")]
    decisive: Annotated[bool, About("The verdict rests on them.")]
    probability: Annotated[float, About("That they are what they look like.", minimum=0, maximum=1)]
    model: Annotated[float | None, About("The classifier's own probability, if it was asked.")]
    reason: Annotated[NoteJson, About("Why they have that polarity.")]
    relation: Annotated[str | None, About("How they speak of the vendor; null: they do not.")]
    mention: Annotated[MentionJson | None, About("The naming that they are bound to.")]


class BasisJson(TypedDict):
    """How a verdict came about."""

    signals: Annotated[list[SignalJson], About("What was weighed, at most six of each verdict.")]
    grounds: Annotated[
        dict[str, float],
        About("Learned weights; the confidence is the logistic function of their sum."),
    ]
    review_below: Annotated[float, About("A confidence below it asks for review.")]
    notes: Annotated[
        list[NoteJson], About("The sentences of why, then those of searched, by their keys.")
    ]


class RequirementJson(TypedDict):
    """The judgement of one requirement."""

    id: str
    code: Annotated[str, About("Stable code.", pattern="^RS[0-9]{3}$")]
    verdict: VerdictWord
    confidence: Annotated[float, About("Probability of the verdict.", minimum=0, maximum=1)]
    needs_review: bool
    severity: SeverityWord
    waived: bool
    baselined: bool
    fingerprint: Annotated[str, About("Identity of the finding; holds no offsets.")]
    message: str
    evidence: list[EvidenceJson]
    why: Annotated[list[str], About("What the verdict rests on, one sentence each.")]
    suggestion: Annotated[str | None, About("Words to add, in the policy's language.")]
    suggestion_notes: Annotated[
        list[str], About("Where the suggestion's words go, and when they may be published.")
    ]
    searched: Annotated[list[str], About("Where a disclosure was looked for.")]
    nearest: NearestJson | None
    basis: Annotated[BasisJson | None, About("What was weighed; null where nothing was.")]


class DocumentJson(TypedDict):
    """A document that was read or should have been."""

    url: str | None
    sha256: Annotated[str | None, About("SHA-256 of the bytes, hexadecimal.")]
    role: Annotated[str, About("What it is to the check.", ("policy", "linked-list", "agreement"))]
    read: Annotated[str, About("How much of it was read.", ("whole", "partial", "no"))]
    reason: Annotated[str | None, About("Why it was not read whole.")]
    fetched_at: Annotated[str | None, About("RFC 3339 UTC time; null for files.")]
    text: NotRequired[Annotated[str, About("Canonical text, on --include-text.")]]
    found_from: NotRequired[Annotated[str, About("The page whose link led to this agreement.")]]


class ErrorJson(TypedDict):
    """What went wrong in which phase, and what to do."""

    phase: str
    code: Annotated[str, About("RS001 or RS002 if it kept the document from being judged.")]
    cause: Annotated[str, About("What went wrong, a stable code; the same as code if no rule.")]
    message: str
    hint: str
    document: DocumentIndex | None
    params: Annotated[dict[str, str], About("What fills the words of the cause.")]


class WaiverJson(TypedDict):
    """A waiver for this source."""

    requirement: Annotated[str, About("Code of the requirement.", pattern="^RS[0-9]{3}$")]
    source: Annotated[str, About("Pattern of the sources it is for.")]
    state: Annotated[str, About("What became of it.", tuple(WaiverState))]
    reason: str
    who: str | None
    until: Annotated[str | None, About("The last day on which it counts.")]
    fingerprint: Annotated[str | None, About("The only finding it is for.")]
    origin: Annotated[str, About("File and line.")]


class VersionsJson(TypedDict):
    """What made the report."""

    linter: str
    model: str
    vendor: str


class ReportJson(TypedDict):
    """Everything that one check found out about one source."""

    schema: Annotated[str, About("Name and version of this shape.", (SCHEMA,))]
    source: Annotated[str, About("The source as it was given.")]
    url: Annotated[str | None, About("Final URL; null for files and standard input.")]
    vendor: str
    role: RoleWord
    role_requested: RoleWord
    status: StatusWord
    language: Annotated[str | None, About("Language of the policy: zh, zh-hans, zh-hant, en…")]
    mentions: list[MentionJson]
    requirements: list[RequirementJson]
    documents: list[DocumentJson]
    errors: list[ErrorJson]
    versions: VersionsJson
    vendor_name: str
    vendor_name_zh: Annotated[str | None, About("Its name in Chinese.")]
    role_why: Annotated[list[str], About("Why the role was taken, one sentence each.")]
    found_from: Annotated[
        str | None, About("The home or app-store page that led to the policy, if the source was.")
    ]
    waivers: list[WaiverJson]
