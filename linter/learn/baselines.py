"""What the program is compared with: keywords that anyone would write in an hour, and the model
without binding. Neither knows whose disclosure it has found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linter.classify.features import UnitText
from linter.classify.model import Model
from linter.classify.shadow import Shadow
from linter.document import Policy, Span
from linter.learn.scores import Answer, Answers
from linter.vendors import Vendor
from linter.verdict import Verdict

# Characters on either side of the brand in which keywords are looked for.
_WINDOW = 200
# By requirement: a pattern for present, one for ambiguous, and whether the whole text counts.
_KEYWORDS: Mapping[str, tuple[str, str, bool]] = {
    "entity-contact": (r"[\w.]+@[\w.]+|电话[:：]?\s*\d[\d-]+", r"联系方式|contact", False),
    "processing-purpose": (
        r"用于[^，。；]+|为了[^，。；]+|(?:to|for) (?:provide|display|show|offer)[^,.;]+",
        r"目的|purpose",
        False,
    ),
    "processing-method": (
        r"SDK[^，。；]{0,6}(?:收集|采集)|接口|加密|去标识|API|encrypt|collected (?:by|through)",
        r"共享|提供|share|provide",
        False,
    ),
    "information-scope": (
        r"设备信息|设备型号|位置|手机号|IP ?地址|device|location|IP address|phone number",
        r"个人信息|personal information|personal data",
        False,
    ),
    "entity-privacy-policy": (
        r"«domain»/\S*(?:legal|privacy)\S*",
        r"隐私政策|privacy policy",
        False,
    ),
    "separate-consent": (r"单独同意|separate consent", r"同意|consent", True),
    "impact-assessment": (r"影响评估|impact assessment", r"(?!)", True),
}
_CLASSES: Mapping[str, str] = {
    "entity-contact": "contact",
    "processing-purpose": "purpose",
    "processing-method": "method",
    "information-scope": "scope",
    "entity-privacy-policy": "policy",
    "separate-consent": "consent",
    "impact-assessment": "assessment",
}
_LIKELY = 0.5


def by_keywords(policy: Policy, vendor: Vendor) -> Answers:
    """Verdicts by keywords: near the brand, or anywhere for consent and assessment."""
    named = _name(policy, vendor)
    if named.verdict is Verdict.MISSING:
        return _all_missing()
    near = [
        policy.text[max(0, m.start() - _WINDOW) : m.end() + _WINDOW]
        for m in re.finditer(_brand(vendor), policy.text, re.IGNORECASE)
    ] or [policy.text]
    answers = {"entity-name": named}
    domain = "(?:" + "|".join(map(re.escape, vendor.web.domains)) + ")"
    for requirement, (present, ambiguous, anywhere) in _KEYWORDS.items():
        places = [policy.text] if anywhere else near
        answers[requirement] = (
            _found(present.replace("«domain»", domain), places, Verdict.PRESENT)
            or _found(ambiguous, places, Verdict.AMBIGUOUS)
            or Answer(Verdict.MISSING)
        )
    return answers


def by_model(policy: Policy, model: Model, vendor: Vendor) -> Answers:
    """Verdicts by the likeliest passage of the whole document, whoever it speaks of."""
    named = _name(policy, vendor)
    if named.verdict is Verdict.MISSING:
        return _all_missing()
    units = list(_units(policy))
    rows = model.probabilities([unit for _, unit in units])
    answers = {"entity-name": named}
    for requirement, kind in _CLASSES.items():
        answers[requirement] = Answer(Verdict.MISSING)
        for polarity, verdict in (("affirmed", Verdict.PRESENT), ("vague", Verdict.AMBIGUOUS)):
            name = f"{kind}:{polarity}"
            if name not in model.classes:
                continue
            column = rows[:, model.classes.index(name)]
            if len(column) and column.max() >= _LIKELY:
                quote = policy.quote(units[int(column.argmax())][0])
                answers[requirement] = Answer(verdict, (quote,))
                break
    return answers


def _name(policy: Policy, vendor: Vendor) -> Answer:
    texts = [policy.text]
    legal = "|".join(map(re.escape, vendor.names.legal))
    return (
        _found(legal, texts, Verdict.PRESENT)
        or _found(_brand(vendor), texts, Verdict.AMBIGUOUS)
        or Answer(Verdict.MISSING)
    )


def _brand(vendor: Vendor) -> str:
    return "|".join(re.escape(brand.text) for brand in vendor.brands)


def _found(pattern: str, texts: list[str], verdict: Verdict) -> Answer | None:
    for text in texts:
        if match := re.search(pattern, text, re.IGNORECASE):
            return Answer(verdict, (match.group(),))
    return None


def _all_missing() -> Answers:
    return {requirement: Answer(Verdict.MISSING) for requirement in ("entity-name", *_CLASSES)}


def _units(policy: Policy) -> Iterator[tuple[Span, UnitText]]:
    traditional = policy.language == "zh-hant"
    split = re.compile(r"[^。；\n]+" if policy.language.startswith("zh") else r"[^.;\n]+")
    for block in policy.blocks:
        label = block.cell.column_header if block.cell else ""
        label = policy.quote(block.key) if block.key else label
        headings = [Shadow(h, traditional=traditional).text for h in policy.heading_texts(block)]
        text = policy.quote(block.span)
        for match in split.finditer(text):
            span = Span(block.span.start + match.start(), block.span.start + match.end())
            unit = Shadow(match.group().strip(), traditional=traditional).text
            yield span, (unit, Shadow(label or "", traditional=traditional).text, headings)
