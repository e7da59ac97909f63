"""How often a hard negative of the corpus makes the program say "present", by family.

    python -m tests.benchmarks.negatives

Each passage stands alone in a policy that names the vendor and discloses nothing of it; asked are
the requirements that the passage's own labels do not affirm. What is printed beside a family is
its passages in each language and how many verdicts are ``present``, which they should not be.
"""

from __future__ import annotations

from collections import Counter
from html import escape

from linter.check import check
from linter.disclosure import Kind, Polarity
from linter.learn.corpus import Passage, load_corpus
from linter.resources import data_path
from linter.verdict import Verdict

# What a family is a hard negative for; None where for all that it does not affirm.
FAMILIES = {
    "exception-list": "separate-consent",
    "change-notice": "impact-assessment",
    "deemed-consent": "separate-consent",
    "other-consent": "separate-consent",
    "neighbour-row": None,
    "own-contact-purpose": None,
    "not-used": None,
    "placeholder": None,
    "false-friend": None,
    "negated-sharing": None,
    "permissions": "information-scope",
    "slogan-purpose": "processing-purpose",
}
_REQUIREMENTS = {
    Kind.CONTACT: "entity-contact",
    Kind.PURPOSE: "processing-purpose",
    Kind.METHOD: "processing-method",
    Kind.SCOPE: "information-scope",
    Kind.POLICY: "entity-privacy-policy",
    Kind.CONSENT: "separate-consent",
    Kind.ASSESSMENT: "impact-assessment",
}
_POLICIES = {
    "zh": (
        "示例应用隐私政策",
        "本政策说明我们如何收集、使用和共享您的个人信息。",
        "我们在房源页使用如视。",
    ),
    "en": (
        "Example App Privacy Policy",
        "This policy explains how we collect, use and share your personal information.",
        "Our listing pages use Realsee.",
    ),
}


def asked(passage: Passage) -> set[str]:
    """The requirements that a passage must not make ``present``."""
    affirmed = {
        _REQUIREMENTS.get(x.kind) for x in passage.labels if x.polarity is Polarity.AFFIRMED
    }
    only = FAMILIES[passage.family]
    return ({only} if only else set(_REQUIREMENTS.values())) - affirmed


def policy(passage: Passage) -> bytes:
    """A page that names the vendor and then holds the passage under its own headings."""
    title, says, names = _POLICIES[passage.lang]
    label = f"{passage.label}：" if passage.label else ""
    headings = "".join(f"<h3>{escape(h)}</h3>" for h in passage.headings)
    lines = "<br>".join(escape(label + passage.text).splitlines())
    body = (
        f"<h1>{title}</h1><p>{says}</p><h2>1</h2><p>{names}</p><h2>2</h2>{headings}<p>{lines}</p>"
    )
    return f"<html><body>{body}</body></html>".encode()


def wrongly_present(passage: Passage) -> list[str]:
    """The ids of the requirements that are ``present`` and must not be."""
    report = check("passage.html", content=policy(passage))
    present = {f.requirement.id for f in report.findings if f.verdict is Verdict.PRESENT}
    return sorted(present & asked(passage))


def main() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    wrong: Counter[str] = Counter()
    for passage in load_corpus(data_path("corpus", "passages")):
        if passage.family in FAMILIES:
            seen[passage.family, passage.lang] += 1
            wrong[passage.family] += len(wrongly_present(passage))
    for family in FAMILIES:
        print(
            f"{family:<20} zh {seen[family, 'zh']:>3}  en {seen[family, 'en']:>3}  {wrong[family]}"
        )


if __name__ == "__main__":
    main()
