"""The types of a judgement: requirement, verdict, evidence, finding, report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA = "disclosure-lint/report/1"


class Verdict(StrEnum):
    """What is said of one requirement; the meanings are GUIDELINE's."""

    PRESENT = "present"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"
    UNVERIFIABLE = "unverifiable"
    NOT_APPLICABLE = "not-applicable"


class Severity(StrEnum):
    """How much a missing disclosure weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Role(StrEnum):
    """What the vendor is to the developer; ``AUTO`` reads it from the policy's words."""

    RECIPIENT = "recipient"
    CO_PROCESSOR = "co-processor"
    AUTO = "auto"


class Status(StrEnum):
    """A whole report in one word, the worst first."""

    UNREADABLE = "unreadable"
    FAIL = "fail"
    REVIEW = "review"
    PASS = "pass"


class WaiverState(StrEnum):
    """What became of a waiver: ``REFUSED``, its requirement may not be waived."""

    APPLIED = "applied"
    UNUSED = "unused"
    EXPIRED = "expired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence to be said in the reader's language: a message key and what fills it.

    The sentences stand in ``linter.report.messages``; rules and classifiers only name them.
    """

    key: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, key: str, **params: object) -> Note:
        """A note from keyword parameters, each turned into text."""
        return cls(key, tuple((k, str(v)) for k, v in params.items()))


@dataclass(frozen=True, slots=True)
class Requirement:
    """One disclosure that the clause demands: id and code never change meaning.

    ``document`` is what it is owed in: "policy" or "agreement".
    """

    id: str
    code: str
    severity: Severity
    roles: tuple[Role, ...]
    document: str = "policy"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Verbatim words of a document: ``document.text[start:end] == quote``, always."""

    quote: str
    document: int
    start: int
    end: int
    headings: tuple[str, ...]
    kind: str
    column: str | None
    prefix: str
    suffix: str
    href: str | None = None


class Form(StrEnum):
    """How a document tells of a third party: a table's row, labelled lines, or sentences."""

    TABLE = "table"
    LIST = "list"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Words:
    """Words to add under a label.

    ``label`` is the column's or field's, "" for a sentence; ``requirements`` are the ids of what
    the words disclose, none for a column that nobody owes; ``block`` is the line of the document
    that they follow in the vendor's own cell, None for a cell or line that is new.
    """

    label: str
    words: str
    requirements: tuple[str, ...] = ()
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """Words to paste at one place of a document; ⟦…⟧ marks what only the developer knows.

    Attributes
    ----------
    form : a row, labelled lines, or a paragraph of sentences.
    parts : the row's cells, the lines, or the sentences, in order.
    where : sentences that say where it goes and when.
    own : it completes the vendor's own row or entry; else it is a new one.
    document, block : the document and the block that it follows; None for a page of its own.
    headed : the document has no such table: its columns' labels are to be pasted too.
    """

    form: Form
    parts: tuple[Words, ...]
    where: tuple[Note, ...]
    own: bool = False
    document: int = 0
    block: int | None = None
    headed: bool = False


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """Where the vendor is named."""

    quote: str
    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WeighedSignal:
    """Words that were weighed for a verdict: ``document.text[start:end] == quote``.

    ``polarity`` is how they say it ("affirmed", "vague", "exception", …), ``reason`` why that is
    so. ``relation`` ("row", "governing", …) is how they speak of the vendor, by the naming that
    is the ``mention``; both are None if they do not. ``probability`` (0 to 1) is that of their
    being what they look like, ``model`` the classifier's own, None where it was not asked.
    ``decisive``: the verdict rests on them.
    """

    quote: str
    document: int
    start: int
    end: int
    polarity: str
    reason: Note
    probability: float
    model: float | None
    relation: str | None
    mention: MentionRecord | None
    decisive: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """How a verdict came about.

    ``grounds`` are what the confidence was estimated from, each with its learned weight: the
    confidence is the logistic function of their sum. A confidence below ``review_below`` asks for
    review.
    """

    signals: tuple[WeighedSignal, ...]
    grounds: tuple[tuple[str, float], ...]
    review_below: float


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement of one requirement, with what it rests on.

    ``confidence`` is the probability (0 to 1) that the verdict is right; ``grounds`` are what it
    was estimated from. ``searched`` says where a disclosure was looked
    for; ``nearest`` is the closest thing that does not count, and ``nearest_why`` says why not.
    ``suggestion`` holds the words to add, ``suggestion_notes`` where and when.
    ``basis`` holds what was weighed, None where nothing was.
    """

    requirement: Requirement
    verdict: Verdict
    confidence: float
    message: Note
    fingerprint: str
    needs_review: bool = False
    evidence: tuple[Evidence, ...] = ()
    why: tuple[Note, ...] = ()
    searched: tuple[Note, ...] = ()
    nearest: Evidence | None = None
    nearest_why: Note | None = None
    suggestion: str | None = None
    suggestion_notes: tuple[Note, ...] = ()
    waived: bool = False
    baselined: bool = False
    grounds: tuple[str, ...] = ()
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document that was read or should have been; ``text`` only on ``include_text``.

    ``found_from`` is the page whose link led to an agreement that nobody named.
    """

    url: str | None
    sha256: str | None
    role: str
    read: str
    reason: str | None = None
    fetched_at: str | None = None
    text: str | None = None
    found_from: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """What went wrong in which phase, and what to do; ``params`` fill the words of ``code``.

    ``rule`` is "RS001" or "RS002" where it is why the document was not judged, else None.
    """

    phase: str
    code: str
    document: int | None = None
    params: tuple[tuple[str, str], ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class WaiverRecord:
    """A waiver for this source and what became of it; ``origin`` is its file and line."""

    requirement: str
    source: str
    state: WaiverState
    reason: str
    who: str | None
    until: str | None
    fingerprint: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Versions:
    """What made the report: program, model and vendor file."""

    linter: str
    model: str
    vendor: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one check found out about one source.

    ``vendor_name`` is the English name, ``vendor_name_zh`` the Chinese one if it differs;
    ``found_from`` the home or store page that led to the policy, if the source was one.
    ``additions`` are the suggestions of all findings, put together by where they go.
    """

    source: str
    url: str | None
    vendor: str
    vendor_name: str
    role: Role
    role_requested: Role
    status: Status
    language: str | None
    mentions: tuple[MentionRecord, ...]
    findings: tuple[Finding, ...]
    documents: tuple[DocumentRecord, ...]
    errors: tuple[ErrorRecord, ...]
    versions: Versions
    role_why: tuple[Note, ...] = field(default=())
    vendor_name_zh: str | None = None
    found_from: str | None = None
    waivers: tuple[WaiverRecord, ...] = ()
    additions: tuple[Addition, ...] = ()
