"""The types of what a policy says about one vendor: mentions, bindings, signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from linter.document import Policy, Span
from linter.verdict import Form, Note, Role


class MentionKind(StrEnum):
    """How the vendor is named, the strongest first."""

    LEGAL_NAME = "legal-name"
    LOOKALIKE = "lookalike"
    BRAND = "brand"
    DOMAIN = "domain"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of the vendor. ``negated``: it stands inside a negation and discloses nothing."""

    span: Span
    kind: MentionKind
    block: int
    document: int = 0
    negated: bool = False


class Relation(StrEnum):
    """Why a block speaks for the vendor (GUIDELINE, "Binding")."""

    ROW = "row"
    COLUMN = "column"
    ITEM = "item"
    ENTRY = "entry"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    GOVERNING = "governing"


@dataclass(frozen=True, slots=True)
class Binding:
    """An explained link from a mention to a block (or a part of it) that speaks for the vendor."""

    mention: Mention
    block: int
    span: Span
    relation: Relation


class Kind(StrEnum):
    """What a signal is about."""

    NAME = "name"
    CONTACT = "contact"
    PURPOSE = "purpose"
    METHOD = "method"
    SCOPE = "scope"
    POLICY = "policy"
    CONSENT = "consent"
    ASSESSMENT = "assessment"
    # of a user agreement
    TECHNICAL = "technical-services"
    PROVIDER = "provider"
    RESPONSIBILITY = "responsibility"
    COMPLAINT = "complaint"


class Polarity(StrEnum):
    """How a signal says it.

    AFFIRMED counts; VAGUE makes a person decide; the others do not count: NEGATED (said not to
    be so), EXCEPTION (a list in which it is not needed), BOILERPLATE (words that happen to occur,
    for another act or in general), DEEMED (consent taken from use), EMPTY (dash, placeholder).
    """

    AFFIRMED = "affirmed"
    VAGUE = "vague"
    NEGATED = "negated"
    EXCEPTION = "exception"
    BOILERPLATE = "boilerplate"
    DEEMED = "deemed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Signal:
    """A disclosure, or what looks like one: where it stands, how it says it, and how surely.

    ``binding`` is None for what does not speak of the vendor; such a signal can only be the
    nearest candidate. ``reason`` names why it has its polarity, for the reader. ``model`` is the
    classifier's own probability, None where it was not asked.
    """

    kind: Kind
    polarity: Polarity
    span: Span
    block: int
    probability: float
    reason: Note
    binding: Binding | None = None
    document: int = 0
    href: str | None = None
    strength: int = 0
    model: float | None = None


@dataclass(frozen=True, slots=True)
class Deferral:
    """A reference to another document that could hold the disclosures.

    ``kinds`` are the fields that the reference says stand there; empty means any of name,
    contact, purpose, method, scope and policy. ``own``: it stands in the vendor's own entry.
    ``picture``: what is referred to is a picture in the document itself.
    """

    span: Span
    block: int
    title: str
    href: str | None
    kinds: frozenset[Kind]
    own: bool = False
    document: int = 0
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A column or label of a document: its words and the fields it announces.

    ``block`` is the last line of what the vendor's own row or entry has there, None for nothing.
    """

    label: str
    fields: tuple[str, ...]
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How and where a document tells of the vendor, or would, as it tells of other parties.

    Attributes
    ----------
    form : the row of a table, labelled lines, or sentences.
    slots : the table's columns or the entry's labels, in order; none for sentences.
    own : the vendor has a row, entry or paragraph; else ``block`` ends those of other parties.
    block : the last block of the row or entry that an addition follows; ``end`` that of the whole
        table or list. None where no part of the document tells of third parties.
    """

    form: Form
    document: int = 0
    block: int | None = None
    end: int | None = None
    slots: tuple[Slot, ...] = ()
    own: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Disclosures:
    """All that was found about one vendor in the documents read.

    ``denied``: the vendor is named only where the documents say that it is not used or given
    nothing. ``unjudged``: there was more to judge than is judged of one policy. ``heard``: the
    classifier's highest probability that any statement about the vendor discloses a kind,
    whatever came of it; it makes no verdict, but doubt. ``shape`` says how the documents tell of
    the vendor.
    """

    policies: tuple[Policy, ...]
    mentions: tuple[Mention, ...]
    bindings: tuple[Binding, ...]
    signals: tuple[Signal, ...]
    deferrals: tuple[Deferral, ...]
    role: Role
    role_why: tuple[Note, ...] = ()
    denied: bool = False
    unjudged: bool = False
    heard: Mapping[Kind, float] = field(default_factory=dict)
    shape: Shape = field(default=Shape(Form.PROSE))
