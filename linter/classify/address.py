"""Contact and privacy policy: addresses in the vendor's own units (GUIDELINE, RS102 and RS106)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from linter.classify.fields import is_empty, nothing, signal
from linter.classify.hosts import looks_like
from linter.classify.mentions import names_vendor
from linter.classify.statements import Statement
from linter.disclosure import Kind, Polarity, Relation, Signal
from linter.document import Span
from linter.vendors import Vendor

_URL = re.compile(
    # An address is ASCII: it ends where Chinese goes on.
    r"(?:https?://|www\.)[!#-&*+\-./0-:=?-~]+"
    r"|(?<![a-z0-9_@.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|cn|net|ai|org|io|hk)\b(?![-@]|\.[a-z0-9])(?:/[!#-&*+\-./0-:=?-~]*)?"
)
# A page to write on is a way to reach its owner, a home page is none.
_CONTACT_PAGE = re.compile(r"/(?:[a-z-]+/)?(?:contact|feedback|enquir|inquir)")
# A host written out, on whatever top-level domain, with what stands before an "@".
_HOST = re.compile(r"(?<![a-z0-9.@-])[a-z0-9.@-]{1,120}\.[a-z]{2,24}(?![a-z0-9@-])")
_REACH = re.compile(
    r"联系|联络|reach|contact|\bin touch\b|\bwrite to\b"
    r"|\b(?:questions?|enquir\w+|inquir\w+)\b[^.;]{0,30}\b(?:put|addressed|sent|directed)\b",
    re.IGNORECASE,
)


def contacts(statement: Statement, vendor: Vendor) -> Iterator[Signal]:
    """How the vendor is reached: e-mail, telephone, address, form; or only a website."""
    labelled = "contact" in statement.fields
    if labelled and is_empty(statement):
        yield nothing(statement, Kind.CONTACT)
        return
    if set(statement.fields) & {"permission", "policy"} and not labelled:
        return
    found = _contact_span(statement, vendor, labelled=labelled)
    if found and _looks_alike(statement, found, vendor):
        yield signal(statement, Kind.CONTACT, Polarity.VAGUE, _ALIKE, at=found)
        return
    if found and not _developers(statement, found, vendor):
        reason = "signal.label" if labelled else "signal.pattern"
        yield signal(statement, Kind.CONTACT, Polarity.AFFIRMED, reason, at=found, lexical=0.95)
        return
    see = statement.find("contact-see-policy")
    if see is None and labelled:
        see = statement.find("contact-elsewhere")
    if see:
        yield signal(
            statement, Kind.CONTACT, Polarity.VAGUE, "reason.see-vendor-policy", at=see.span()
        )
        return
    mail = statement.find("email")
    if found or mail:
        at = found or (mail.span() if mail else None)
        yield signal(statement, Kind.CONTACT, Polarity.BOILERPLATE, "reason.own-contact", at=at)
    url = next(_vendor_urls(statement, vendor), None)
    offered = labelled or (
        "website" not in statement.fields
        and url is not None
        and _REACH.search(statement.text[: url[1] + 8])
    )
    if url is not None and offered:
        reach = _REACH.search(statement.text)
        start = 0 if labelled or reach is None else min(reach.start(), url[0])
        at = (start, url[1])
        if _CONTACT_PAGE.search(statement.text, *url):
            yield signal(statement, Kind.CONTACT, Polarity.AFFIRMED, "signal.pattern", at=at)
        else:
            yield signal(statement, Kind.CONTACT, Polarity.VAGUE, "reason.website-only", at=at)


def _looks_alike(statement: Statement, at: tuple[int, int], vendor: Vendor) -> bool:
    """Whether a contact is an e-mail address whose domain only looks like the vendor's."""
    host = statement.text[at[0] : at[1]].rpartition("@")
    return bool(host[1]) and looks_like(host[2], vendor.web.domains)


def _developers(statement: Statement, at: tuple[int, int], vendor: Vendor) -> bool:
    """Whether a field's value says that the contact is the developer's own ("our hotline")."""
    value = statement.text[at[0] : at[1]]
    known = value in vendor.contact.emails or names_vendor(
        value.rpartition("@")[2], vendor.web.domains
    )
    if known or not statement.fields:
        return False
    # "联系我们：…" is the developer's wherever it stands.
    return bool(statement.find("own-word")) or statement.label_says("own-word")


def _contact_span(
    statement: Statement, vendor: Vendor, *, labelled: bool
) -> tuple[int, int] | None:
    text, patterns = statement.text, statement.reading.lexicon.patterns
    names = (
        statement.reading.names(statement.span)
        or _in_entry(statement)
        or (statement.unit and statement.find("stands-for-party"))
    )
    word = patterns["contact-word"].search(text)
    for match in patterns["email"].finditer(text):
        own = names_vendor(match.group().rpartition("@")[2], vendor.web.domains)
        if own or match.group() in vendor.contact.emails or labelled:
            return match.span()
        # Somebody else's address beside the vendor's name is the developer's until it is said.
        if (
            names
            and word
            and not (patterns["own-word"].search(text) or _anothers(statement, match.start()))
        ):
            return match.span()
    if mail := _mailto(statement, vendor):
        return mail
    for name in ("phone", "address"):
        found = patterns[name].search(text)
        if found is None:
            continue
        ours = _ours(statement, *found.span()) or _anothers(statement, found.start())
        if labelled or (word and names and not ours):
            return found.span()
    form = patterns["contact-form"].search(text)
    if form and (labelled or names):
        return form.span() if labelled else (0, form.end())
    return None


def _ours(statement: Statement, start: int, end: int) -> bool:
    """Whether the clause of a number or address says that it is the developer's.

    So does "we" before it, unless the vendor's name stands between.
    """
    text = statement.text
    first = max((m.end() for m in _CLAUSE_END.finditer(text, 0, start)), default=0)
    stop = _CLAUSE_END.search(text, end)
    last = stop.start() if stop else len(text)
    ours = statement.reading.lexicon.patterns["own-word"]
    if ours.search(text, first, last):
        return True
    names = (statement.index(m.span.end) for m in statement.reading.names(statement.span))
    named = max((n for n in names if n <= start), default=None)
    if named is not None and len(text[named:start]) <= _BESIDE:
        return False
    return not _THEIRS.search(text, first, last) and bool(ours.search(text))


# Characters between a name and the number that follows it.
_BESIDE = 16
_CLAUSE_END = re.compile(r"[，。;；()]|, ")
_THEIRS = re.compile(r"其|它|该|对方|住所|\b(?:its|their)\b")


def _anothers(statement: Statement, at: int) -> bool:
    """Whether a sentence with several parties gives another one's contact.

    It is its subject's: "A pushes reminders of Realsee tours, contact: …". Where the vendor is the
    subject or stands alone it is the vendor's.
    """
    reading = statement.reading
    others = [o for o in reading.others(statement.span) if statement.index(o.start) < at]
    names = reading.names(statement.span)
    return bool(others) and not (names and names[0].span.start < others[0].start)


def _in_entry(statement: Statement) -> bool:
    """Whether a sentence stands in the vendor's own item, row or entry, not in running prose."""
    unit = statement.unit
    return unit is not None and unit.binding.relation in (
        Relation.ITEM,
        Relation.ENTRY,
        Relation.ROW,
        Relation.COLUMN,
    )


def _mailto(statement: Statement, vendor: Vendor) -> tuple[int, int] | None:
    for link in statement.reading.links(statement.span):
        href = link.href.lower()
        if href.startswith("mailto:"):
            host = href[7:].partition("?")[0].rpartition("@")[2]
            if names_vendor(host, vendor.web.domains) or "contact" in statement.fields:
                return _range(statement, link.span)
    return None


def _range(statement: Statement, span: Span) -> tuple[int, int]:
    """A document span as a range of the statement's normal form, all of it if none is inside."""
    start, end = statement.index(span.start), statement.index(span.end)
    return (start, end) if start < end else (0, len(statement.text))


def _vendor_urls(statement: Statement, vendor: Vendor) -> Iterator[tuple[int, int]]:
    for match in _URL.finditer(statement.text):
        if names_vendor(match.group(), vendor.web.domains):
            yield match.span()


_FOREIGN, _ALIKE = "reason.foreign-link", "reason.lookalike-link"
# What a script would follow, or nothing at all: such a link is none.
_NOWHERE = re.compile(r"\s*(?:javascript:|about:|#|\Z)", re.IGNORECASE)


def policies(statement: Statement, vendor: Vendor) -> Iterator[Signal]:
    """Where the vendor's privacy policy is: a link offered as such, or only its title."""
    fields = statement.fields
    if "policy" in fields and is_empty(statement):
        yield nothing(statement, Kind.POLICY)
        return
    foreign = False
    for at, href in _addresses(statement):
        if _NOWHERE.match(href):
            continue
        if not names_vendor(href, vendor.web.domains):
            foreign = True
            shown = statement.text[at[0] : at[1]]
            if looks_like(href, vendor.web.domains) or names_vendor(shown, vendor.web.domains):
                # Somebody may take it for the vendor's, so a person is told.
                yield signal(
                    statement, Kind.POLICY, Polarity.BOILERPLATE, _ALIKE, at=at, strength=1
                )
            elif "policy" in fields:
                yield signal(statement, Kind.POLICY, Polarity.BOILERPLATE, _FOREIGN, at=at)
            continue
        if "@" in href or href.lower().startswith("mailto:"):
            continue
        offered, legal, home = _how_offered(statement, at, href, vendor)
        if legal and offered:
            yield _policy(statement, Polarity.AFFIRMED, "signal.label", at, href)
        elif offered and home:
            yield _policy(statement, Polarity.VAGUE, "reason.website-home", at, href)
        elif offered:
            yield _policy(statement, Polarity.AFFIRMED, "signal.label", at, href)
        else:
            yield _policy(statement, Polarity.VAGUE, "reason.not-offered", at, href)
    for match in () if foreign else _HOST.finditer(statement.text):
        if looks_like(match.group(), vendor.web.domains):
            foreign = True
            at = match.span()
            yield signal(statement, Kind.POLICY, Polarity.BOILERPLATE, _ALIKE, at=at, strength=1)
    yield from _titled(statement, foreign=foreign)


def _policy(
    statement: Statement, polarity: Polarity, reason: str, at: tuple[int, int], href: str
) -> Signal:
    from dataclasses import replace

    return replace(signal(statement, Kind.POLICY, polarity, reason, at=at, lexical=0.95), href=href)


def _addresses(statement: Statement) -> Iterator[tuple[tuple[int, int], str]]:
    """Hyperlinks, then addresses written out; one written in its own link comes once."""
    taken: list[tuple[int, int]] = []
    for link in statement.reading.links(statement.span):
        at = _range(statement, link.span)
        taken.append(at)
        yield at, link.href
    for match in _URL.finditer(statement.text):
        if not any(a <= match.start() < b for a, b in taken):
            yield match.span(), match.group()


def _how_offered(
    statement: Statement, at: tuple[int, int], href: str, vendor: Vendor
) -> tuple[bool, bool, bool]:
    """Whether an address is offered as a policy, is a legal page, is a bare home page."""
    address = href if "//" in href else f"//{href}"
    path = urlsplit(address).path.strip("/").lower()
    known = any(
        href.split("#")[0].split("?")[0].rstrip("/").endswith(u.split("//")[1])
        for u in vendor.web.policy_urls
    )
    legal = known or any(word in path for word in vendor.web.policy_words)
    anchor = statement.text[at[0] : at[1]]
    titled = statement.reading.lexicon.patterns["policy-title"]
    fields = statement.fields
    if fields:
        gloss = _GLOSS.match(statement.text, at[1])
        offered = "policy" in fields or bool(titled.search(anchor))
        offered = offered or bool(gloss and titled.search(gloss.group(1)))
        offered = offered or (legal and _linked_policies(statement))
        # "如视；隐私政策：https://…": a cell that holds more than its header says.
        before = statement.text[max(0, at[0] - _LABEL_BEFORE) : at[0]]
        offered = offered or bool(re.search(r"[：:]\s*$", before) and titled.search(before))
    else:
        around = statement.text[max(0, at[0] - 40) : at[1] + 24]
        offered = bool(
            titled.search(around)
            or re.search(r"法律条款|legal|terms", around.replace(href.lower(), ""))
            or (legal and _linked_policies(statement))
        )
    return offered, legal, not path


# Characters of a label before an address.
_LABEL_BEFORE = 24
# What an address is said to be, in brackets behind it.
_GLOSS = re.compile(r"\s*\(([^()]{1,60})\)")


def _linked_policies(statement: Statement) -> bool:
    """Whether the lead-in of its list says that the links are of policies ("规则…点击链接阅读")."""
    reading = statement.reading
    label = reading.shadow_label(statement.unit.label) if statement.unit else ""
    if label and not _LINK_LABEL.fullmatch(label):
        return False
    above = reading.policy.blocks[max(0, statement.block - _LEAD_BLOCKS) : statement.block]
    pattern = reading.lexicon.patterns["links-to-policies"]
    return any(b.key is None and pattern.search(reading.shadow_of(b.span).text) for b in above)


_LINK_LABEL = re.compile(r"[【\[]?(?:链接|网址|links?|urls?)[】\]]?[:：]?")
# A list's lead-in stands at most this many blocks above the entry.
_LEAD_BLOCKS = 24


def _titled(statement: Statement, *, foreign: bool) -> Iterator[Signal]:
    """The policy named without a link: by title beside the vendor's name, or in its own field."""
    fields = statement.fields
    # A contact field may say "see its privacy policy".
    if foreign or (fields and not set(fields) & {"policy", "contact"}):
        return
    match = statement.find("policy-title")
    if match is None:
        if "policy" in fields and not _URL.search(statement.text):
            yield signal(statement, Kind.POLICY, Polarity.VAGUE, "reason.named-no-link")
        return
    text = statement.text
    if re.search(
        r"(?:本|我们的?|我司的?|our|this|these)\s?(?:\w+\s)?$", text[: match.start()]
    ) or re.match(r"《?(?:本|我们|我司|我方|our |this )", match.group()):
        return
    title = match.group().rpartition("《")[2].strip("》 ")
    mine = statement.reading.shadow_label(statement.reading.policy.title)
    if title == mine or ("《" in match.group() and title in mine):
        return
    own = statement.reading.names(statement.span)
    short_line = len(text) <= 24
    if (
        own
        or short_line
        or "policy" in fields
        or re.search(r"其|该|\b(?:its|their)\b", text[: match.start()][-8:])
    ):
        yield signal(
            statement, Kind.POLICY, Polarity.VAGUE, "reason.named-no-link", at=match.span()
        )
