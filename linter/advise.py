"""The words to add where a disclosure is not there, in the policy's language and shape.

Values come from the vendor's file; ⟦…⟧ marks what only the developer knows. What a policy may say
only if it is so (consent, an assessment) is marked in the notes, outside of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from linter.disclosure import Shape, Slot
from linter.vendors import Vendor
from linter.verdict import Addition, Finding, Form, Note, Role, Verdict, Words

_TO_SAY = frozenset({Verdict.MISSING, Verdict.AMBIGUOUS, Verdict.UNVERIFIABLE})
_NAME, _CONSENT, _ASSESSMENT = "entity-name", "separate-consent", "impact-assessment"
_CONTRADICTION, _DENIED = "reason.contradiction", "searched.only-denied"
# What a policy denies where it says that the vendor is not used, or is given nothing.
_DENIABLE = ("processing-purpose", "processing-method", "information-scope")
# The fields of an entry, in the order in which one is written, by what a label announces.
_FIELDS = {
    "vendor-name": _NAME,
    "contact": "entity-contact",
    "purpose": "processing-purpose",
    "method": "processing-method",
    "scope": "information-scope",
    "policy": "entity-privacy-policy",
}
_ENTRY = tuple(_FIELDS.values())
# A column for the product, beside one for the company.
_PRODUCT = re.compile(
    r"sdk|插件|组件|組件|产品|產品|服务名|服務名|平台|product|service|plug-?in|brand|tool",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LABELS = {
    "zh": ("公司名称", "联系方式", "处理目的", "处理方式", "个人信息种类", "隐私政策"),
    "en": (
        "Company name",
        "Contact",
        "Purpose",
        "Processing method",
        "Categories of personal information",
        "Privacy policy",
    ),
}
_BLANKS = {
    "zh": (
        "⟦公司全称⟧",
        "⟦邮箱或电话⟧",
        "⟦填写具体功能⟧",
        "⟦填写处理方式⟧",
        "⟦逐项填写⟧",
        "⟦隐私政策网址⟧",
    ),
    "en": (
        "⟦registered name⟧",
        "⟦e-mail or telephone⟧",
        "⟦the concrete function⟧",
        "⟦how it is collected and sent⟧",
        "⟦list them⟧",
        "⟦address of its privacy policy⟧",
    ),
}
_SENTENCES = {
    "zh": {
        _NAME: "{brand}是您的个人信息的接收方，其公司名称为{name}。",
        "entity-contact": "{name}的联系方式为 {value}。",
        "processing-purpose": "{name}接收您的个人信息的目的是{value}。",
        "processing-method": "{name}处理您的个人信息的方式是{value}。",
        "information-scope": "{name}接收的个人信息种类包括{value}。",
        "entity-privacy-policy": "{name}的隐私政策见 {value} 。",
        _CONSENT: "在向{name}提供您的个人信息前，我们会取得您的单独同意。",
        _ASSESSMENT: "我们已就向{name}提供个人信息事先开展个人信息保护影响评估。",
    },
    "en": {
        _NAME: "{brand}, whose company name is {name}, is a recipient of your personal "
        "information.",
        "entity-contact": "{name} can be contacted at {value}.",
        "processing-purpose": "{name} receives your personal information for this purpose: "
        "{value}.",
        "processing-method": "{name} processes your personal information in this manner: {value}.",
        "information-scope": "{name} receives these categories of your personal information: "
        "{value}.",
        "entity-privacy-policy": "{name} publishes its privacy policy at {value}.",
        _CONSENT: "Before providing your personal information to {name}, we obtain your separate "
        "consent.",
        _ASSESSMENT: "We have carried out a personal information protection impact assessment of "
        "providing personal information to {name}.",
    },
}
# In whose cell a field stands that has no column of its own; else in that of the name.
_BESIDE = {
    "processing-method": ("processing-purpose", "information-scope"),
    "processing-purpose": ("information-scope", "processing-method"),
    "information-scope": ("processing-purpose", "processing-method"),
}
# What a joint processor is told to be.
_JOINT = {
    "zh": "{brand}是您的个人信息的共同处理者，其公司名称为{name}。",
    "en": "{brand}, whose company name is {name}, is a joint processor of your personal "
    "information.",
}


def advise(
    findings: tuple[Finding, ...],
    vendor: Vendor,
    *,
    language: str,
    role: Role = Role.RECIPIENT,
    shape: Shape | None = None,
    form: Form | None = None,
) -> tuple[tuple[Finding, ...], tuple[Addition, ...]]:
    """The findings, those that are not ``present`` with the words to add; and the same words put
    together by where they go.

    ``language`` is the policy's ("zh-hans", "zh-hant", "en"); English serves any other. ``role``
    is the one that was judged. ``shape`` says how the policy tells of the vendor, as
    ``Disclosures.shape`` does; ``form`` overrides what form of words it calls for.
    """
    shape = shape or Shape(Form.PROSE)
    if form is not None and form is not shape.form:
        shape = replace(shape, form=form, block=shape.end, slots=(), own=False)
    wanted = tuple(f.requirement.id for f in findings if f.verdict in _TO_SAY)
    writer = _Writer(_Wording.of(vendor, language, role), vendor, shape)
    additions = tuple(writer.additions(wanted))
    said = {
        r: (part.words if addition.form is not Form.LIST else _line(part, language), addition)
        for addition in additions
        for part in addition.parts
        for r in part.requirements
    }
    denials = _denials(findings)
    advised = (_advised(f, said.get(f.requirement.id), denials) for f in findings)
    return tuple(advised), additions


def advise_agreement(
    findings: tuple[Finding, ...], vendor: Vendor, *, language: str
) -> tuple[Finding, ...]:
    """The findings on a user agreement, those that are not ``present`` with the sentence to add.

    ``language`` is the agreement's; English serves any other.
    """
    words = vendor.suggestions.get("zh" if language.startswith("zh") else "en", {})
    return tuple(
        replace(f, suggestion=words.get(f.requirement.id)) if f.verdict in _TO_SAY else f
        for f in findings
    )


def _advised(
    finding: Finding, said: tuple[str, Addition] | None, denials: tuple[Note, ...]
) -> Finding:
    if said is None or finding.verdict not in _TO_SAY:
        return finding
    words, addition = said
    notes = addition.where
    if finding.requirement.id in _DENIABLE:
        notes = (*denials, *notes)
    label = next(p.label for p in addition.parts if finding.requirement.id in p.requirements)
    if addition.form is Form.TABLE:
        notes = (*notes, Note.of("advice.column", column=label))
    return replace(finding, suggestion=words, suggestion_notes=notes)


def _denials(findings: tuple[Finding, ...]) -> tuple[Note, ...]:
    """What the policy says to the contrary of the vendor's processing; no addition mends it."""
    quotes = []
    for finding in findings:
        if any(n.key == _CONTRADICTION for n in finding.why):
            quotes += [e.quote for e in finding.evidence]
        if finding.nearest and finding.nearest_why and finding.nearest_why.key == _CONTRADICTION:
            quotes.append(finding.nearest.quote)
        quotes += [str(v) for n in finding.searched for _, v in n.params if n.key == _DENIED]
    return tuple(Note.of("advice.contradicted", quote=q) for q in dict.fromkeys(quotes))


def _line(part: Words, language: str) -> str:
    return labelled(part.label, part.words, language=language)


def labelled(label: str, words: str, *, language: str) -> str:
    """A labelled line; words that have no label stand alone."""
    colon = "：" if language.startswith("zh") else ": "
    return f"{label}{colon}{words}" if label else words


@dataclass(frozen=True, slots=True)
class _Wording:
    """What is said of a vendor in one language: label and value by requirement, and sentences."""

    language: str
    name: str
    brand: str
    labels: dict[str, str]
    values: dict[str, str]
    sentences: dict[str, str]

    @classmethod
    def of(cls, vendor: Vendor, language: str, role: Role) -> _Wording:
        lang = "zh" if language.startswith("zh") else "en"
        given = vendor.suggestions.get(lang, {})
        labels = dict(zip(_ENTRY, _LABELS[lang], strict=True))
        values = dict(zip(_ENTRY, _BLANKS[lang], strict=True)) | dict(_known(vendor, lang))
        for requirement in _ENTRY:
            label, colon, value = re.split("([：:])", given.get(requirement, "") + "::", maxsplit=1)
            if colon and value.strip(" :"):
                labels[requirement], values[requirement] = label.strip(), value[:-2].strip()
        sentences = dict(_SENTENCES[lang])
        if role is Role.CO_PROCESSOR:
            sentences[_NAME] = _JOINT[lang]
        sentences |= {r: given[r] for r in (_CONSENT, _ASSESSMENT) if r in given}
        wording = cls(lang, values[_NAME], vendor.name[lang], labels, values, sentences)
        return _traditional(wording) if language == "zh-hant" else wording

    def sentence(self, requirement: str) -> str:
        value = self.values.get(requirement, "")
        words = self.sentences[requirement].replace("{brand}", self.brand)
        return words.replace("{name}", self.name).replace("{value}", value)


def _traditional(wording: _Wording) -> _Wording:
    # Imported here: only a policy in Traditional Chinese needs it.
    import opencc

    convert = opencc.OpenCC("s2tw").convert
    return _Wording(
        wording.language,
        convert(wording.name),
        convert(wording.brand),
        *(
            {requirement: convert(words) for requirement, words in words_of.items()}
            for words_of in (wording.labels, wording.values, wording.sentences)
        ),
    )


def _known(vendor: Vendor, lang: str) -> Iterator[tuple[str, str]]:
    """What the vendor's file holds whatever its suggestions say."""
    legal = [n for n in vendor.names.legal if bool(_HAN.search(n)) == (lang == "zh")]
    yield _NAME, (*legal, *vendor.names.legal)[0]
    contacts = (*vendor.contact.emails, *vendor.contact.phones, *vendor.contact.addresses)
    if contacts:
        yield "entity-contact", contacts[0]
    if vendor.web.policy_urls:
        yield "entity-privacy-policy", vendor.web.policy_urls[0]


class _Writer:
    def __init__(self, wording: _Wording, vendor: Vendor, shape: Shape) -> None:
        self._wording = wording
        self._shape = shape
        self._vendor = (("vendor", vendor.name["en"]), ("vendor.zh", vendor.name["zh"]))

    def additions(self, wanted: tuple[str, ...]) -> Iterator[Addition]:
        """What is to be pasted where, for the requirements that are wanted."""
        fields = [r for r in _ENTRY if r in wanted]
        if fields:
            if self._shape.form is Form.PROSE:
                parts = [Words("", self._wording.sentence(r), (r,)) for r in fields]
                yield self._addition(Form.PROSE, parts, "advice.paragraph", self._shape.block)
            elif self._shape.form is Form.TABLE:
                yield self._row(fields)
            else:
                yield self._entry(fields)
        for requirement in (_CONSENT, _ASSESSMENT):
            if requirement in wanted:
                words = Words("", self._wording.sentence(requirement), (requirement,))
                yield self._addition(
                    Form.PROSE, [words], "advice.paragraph", self._shape.end, if_true=True
                )

    def _addition(
        self,
        form: Form,
        parts: list[Words],
        where: str,
        block: int | None,
        *,
        if_true: bool = False,
    ) -> Addition:
        notes = [Note(where, self._vendor)]
        if self._shape.under:
            notes.append(Note.of("advice.under", heading=self._shape.under))
        if if_true:
            notes.append(Note.of("advice.only-if-true"))
        own = self._shape.own and not if_true
        headed = form is Form.TABLE and not self._shape.slots and not own
        return Addition(form, tuple(parts), tuple(notes), own, self._shape.document, block, headed)

    # -- rows

    def _row(self, fields: list[str]) -> Addition:
        if self._shape.own:
            return self._addition(
                Form.TABLE, list(self._own_cells(fields)), "advice.own-row", self._shape.block
            )
        where = "advice.new-row" if self._shape.slots else "advice.new-table"
        return self._addition(Form.TABLE, self._new_cells(fields), where, self._shape.end)

    def _own_cells(self, fields: list[str]) -> Iterator[Words]:
        """Under the column that each field has; as a labelled line by the name where none has."""
        slots = self._slots()
        name = next((s for s in self._shape.slots if s.block == self._shape.block), None)
        for r in fields:
            slot = slots.get(r)
            if slot is not None:
                yield Words(slot.label, self._wording.values[r], (r,), slot.block)
                continue
            beside = [slots[x] for x in _BESIDE.get(r, ()) if x in slots and slots[x].block]
            slot = beside[0] if beside else name
            label, block = (slot.label, slot.block) if slot else ("", self._shape.block)
            yield Words(label, self._labelled(r), (r,), block)

    def _new_cells(self, fields: list[str]) -> list[Words]:
        if not self._shape.slots:
            wanted = list(dict.fromkeys((_NAME, *fields)))
            return [Words(self._wording.labels[r], self._wording.values[r], (r,)) for r in wanted]
        slots = self._slots()
        lines: dict[Slot, list[str]] = {}
        held: dict[Slot, list[str]] = {}
        for r in _ENTRY:
            slot = slots.get(r)
            beside = [slots[x] for x in (*_BESIDE.get(r, ()), _NAME) if x in slots]
            if slot is None and r not in fields:
                continue
            here = slot or beside[0]
            first = here not in lines and slot is not None
            words = self._wording.values[r] if first else self._labelled(r)
            lines.setdefault(here, []).append(words)
            held.setdefault(here, []).append(r)
        cells = []
        for slot in self._shape.slots:
            is_name = _FIELDS.get((*slot.fields, "")[0]) == _NAME
            other = self._wording.brand if is_name else f"⟦{slot.label}⟧"
            words = "\n".join(lines.get(slot, [other]))
            cells.append(Words(slot.label, words, tuple(held.get(slot, ()))))
        return cells

    def _labelled(self, requirement: str) -> str:
        return labelled(
            self._wording.labels[requirement],
            self._wording.values[requirement],
            language=self._wording.language,
        )

    def _slots(self) -> dict[str, Slot]:
        """The column or label of each field; for the name that of the company."""
        found: dict[str, Slot] = {}
        for slot in self._shape.slots:
            for field in slot.fields:
                requirement = _FIELDS.get(field)
                if requirement is None:
                    continue
                before = found.setdefault(requirement, slot)
                if requirement == _NAME and _PRODUCT.search(before.label):
                    found[_NAME] = slot if not _PRODUCT.search(slot.label) else before
        return found

    # -- entries

    def _entry(self, fields: list[str]) -> Addition:
        slots = self._slots()
        labels = {
            r: slots[r].label.strip() if r in slots else self._wording.labels[r] for r in _ENTRY
        }
        if self._shape.own:
            # The label that an entry begins with begins the next one where it comes again.
            first = self._shape.slots[0].label.strip()
            lines = fields
            labels = {r: self._wording.labels[r] if x == first else x for r, x in labels.items()}
            where = "advice.own-entry"
        else:
            lines = list(dict.fromkeys((_NAME, *fields)))
            where = "advice.new-entry" if self._shape.slots else "advice.new-list"
        blocks = {r: s.block for r, s in slots.items() if r != _NAME}
        parts = [Words(labels[r], self._wording.values[r], (r,), blocks.get(r)) for r in lines]
        return self._addition(Form.LIST, parts, where, self._shape.block)
