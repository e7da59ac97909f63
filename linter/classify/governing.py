"""General clauses that govern the provision to the vendor: consent, assessment, method, scope.

GUIDELINE, "Binding" 4 and "Fine lines": consent, consent as an exception, legal bases, method,
assessment. Each sentence of the policy that could be such a clause is read in its context: the
headings above it and, for an item of a list, the sentence that leads the list in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linter.classify.binding import SUBJECT
from linter.classify.fields import denied, nothing, purposes, scopes, sdk_collects, signal
from linter.classify.lexicon import Patterns
from linter.classify.reading import Reading
from linter.classify.statements import Statement
from linter.disclosure import Kind, Polarity, Signal
from linter.document import Block, Span

_CANDIDATE = {
    "zh": re.compile(
        r"同意|授权|许可|点头|影响评估|影响性评估|风险评估|合同所必|法定(?:义务|职责)|sdk|第三方|合作|共享|委托"
        r"|软件包|插件|组件|服务商|供应商|提供商|接收方|处理者|指示|指令"
        r"|(?:以下|下列|上述|前述|上列|前列|以上|表中)[^，。；]{0,4}(?:公司|单位|机构|各家)",
        re.I,
    ),
    "en": re.compile(
        r"consent|permission|authori[sz]|assessment|dpia|pipia|necessary (?:to|for)|third.part|"
        r"provider|partner|vendor|recipient|opt.in|sdk|cookie|supplier|processor|compan(?:y|ies)\b|maker"
        r"|\bshar(?:e|ed|ing)\b|disclos|agree|separate|component|plug-?in|operator|nobody|anyone",
        re.I,
    ),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sentence stands under: headings, and the sentence that leads its list in."""

    headings: str
    lead: str


def candidates(reading: Reading) -> list[tuple[Span, int]]:
    """The sentences of a policy that could be a governing clause, with their block."""
    pattern = _CANDIDATE[reading.language]
    found = []
    for block in reading.policy.blocks:
        text = reading.shadow_of(block.span).text
        if len(text) < 6 or not pattern.search(text):
            continue
        for span in reading.sentences(block.span):
            if pattern.search(reading.shadow_of(span).text):
                found.append((span, block.index))
    return found


def surroundings(reading: Reading, block: Block) -> Surroundings:
    """Headings above a block and the lead-in of the list it is an item of."""
    headings = " / ".join(reading.heading_shadows(block))
    return Surroundings(headings, reading.lead(block))


def consents(
    statement: Statement,
    around: Surroundings,
    *,
    own: bool,
    cookies: bool = False,
    near: bool = False,
) -> Iterator[Signal]:
    """Consent for the provision, in every polarity; ``own``: in the vendor's own entry.

    ``near``: beside the list in which the vendor stands, so that words that point at those in it
    ("before any of them starts") are about the provision.
    ``cookies``: the entry is one of a cookie list; consent to third parties' cookies is then
    consent to the provision.
    """
    patterns = statement.reading.lexicon.patterns
    text = statement.text
    if own and "basis" in statement.fields and _own_row(statement):
        yield from _basis_field(statement)
        return
    if basis := _basis(statement, around, own=own):
        yield basis
    word = statement.find("consent-word")
    if not word:
        yield from _interest(statement, around, own=own)
        return
    near = near and bool(statement.find("obtain") and statement.find("points-at-entry"))
    if not (own or near or _about_sharing(statement, around)) or statement.find("to-developer"):
        return
    separate, idle = _separate_word(statement)
    if cookies and not separate and "cookie" in text and statement.find("generic-recipient"):
        at = _consent_clause(text, word)
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.plain-consent", at=at)
        return
    at = _consent_clause(text, separate or _word_on_sharing(statement, word))
    at = _with_the_act(statement, at)
    if (
        statement.find("separate-negated")
        and separate
        and not statement.find("without-consent-not")
    ):
        yield signal(statement, Kind.CONSENT, Polarity.NEGATED, "reason.negated", at=at)
        return
    # "… except where a law says that no consent is needed" takes nothing from a promise.
    promised = patterns["law-exempts"].sub(_blank, text)
    if patterns["no-consent-list"].search(around.headings + " " + around.lead) or (
        patterns["no-consent-list"].search(promised) and not statement.find("without-consent-not")
    ):
        yield signal(statement, Kind.CONSENT, Polarity.EXCEPTION, "reason.exception-list", at=at)
        return
    if statement.find("obtained-by-other") or _vendor_obtains(statement, word.start()):
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, "reason.by-other", at=at)
    elif idle and not separate:
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, "reason.consent-idle", at=at)
    elif separate:
        yield from _separate(statement, around, at, own=own)
    else:
        yield from _plain(statement, around, at, own=own, near=near)


# A row tells of the party that its first columns name, not of one among its recipients.
_NAME_COLUMNS = 2


def _own_row(statement: Statement) -> bool:
    """Whether a field is of the vendor's own entry, not of a purpose whose recipients it is of."""
    if statement.unit is None:
        return False
    blocks = statement.reading.policy.blocks
    cell = blocks[statement.unit.binding.mention.block].cell
    return cell is None or cell.vertical or cell.column < _NAME_COLUMNS


def _basis_field(statement: Statement) -> Iterator[Signal]:
    """The legal basis that a field of the vendor's entry states for it."""
    consent, other = statement.find("consent-word"), statement.find("basis-named")
    if statement.find("basis-menu") or (consent and other):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.menu-of-bases")
    elif _separate_word(statement)[0] or other:
        yield signal(statement, Kind.CONSENT, Polarity.AFFIRMED, "signal.label", strength=1)
    elif consent:
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.plain-consent", strength=1)
    elif statement.find("legitimate-interest"):
        reason = "reason.legitimate-interest"
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, reason)


def _word_on_sharing(statement: Statement, word: re.Match[str]) -> re.Match[str]:
    """The first naming of consent in whose clause the sharing is named too, else the first."""
    patterns, text = statement.reading.lexicon.patterns, statement.text
    for match in patterns["consent-word"].finditer(text, word.start()):
        if patterns["share-act"].search(text, *_clause_around(text, *match.span())):
            return match
    return word


def _with_the_act(statement: Statement, at: tuple[int, int]) -> tuple[int, int]:
    """The clause of consent with the next one, if that is where the sharing is named."""
    patterns, text = statement.reading.lexicon.patterns, statement.text
    if at[1] >= len(text) or text[at[1]] not in "，," or patterns["share-act"].search(text, *at):
        return at
    following = _clause_around(text, at[1] + 1, at[1] + 1)
    whole = at[0], following[1]
    if whole[1] - whole[0] <= _QUOTED and patterns["share-act"].search(text, *following):
        return whole
    return at


def _clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """From the separator before a range to the one after it."""
    first = max((m.end() for m in _SEPARATORS.finditer(text, 0, start)), default=0)
    stop = _SEPARATORS.search(text, end)
    return first, stop.start() if stop else len(text)


_SEPARATORS = re.compile(r"[，。；;]|[,.]\s")
# Characters of a clause that is quoted whole.
_QUOTED = 70


def _nearness(statement: Statement, at: tuple[int, int]) -> int:
    """How much a clause of consent is on the sharing itself: 2; 0 for withdrawal and the like."""
    patterns, text = statement.reading.lexicon.patterns, statement.text
    if patterns["consent-aside"].search(text, *at):
        return 0
    return 2 if patterns["share-act"].search(text, *at) else 1


def _vendor_obtains(statement: Statement, at: int) -> bool:
    """Whether it is the vendor that is to obtain the consent."""
    for mention in statement.reading.names(statement.span):
        begins, end = statement.index(mention.span.start), statement.index(mention.span.end)
        given = _GIVEN_TO.search(statement.text, max(0, begins - 2), begins)
        if end < at and not given and _OBTAINS.match(statement.text[end:at]):
            return True
    return False


# Before a name: something is given to it.
_GIVEN_TO = re.compile(r"[向给与对同和至]\s?\Z|\b(?:to|with)\s\Z")


_OBTAINS = re.compile(
    r"(?:的?sdk|\([^()]{0,40}\))*(?:会|将|应当?|须|需要?|可能|负责|自行|承诺|保证|已)[^，。;；我]{0,24}"
    r"(?:征得|取得|获得|征求|获取|请求)"
    r"|(?: sdk)? (?:will|must|may|shall)(?: \w+){0,2} (?:obtain|ask|seek|request|get)\b"
)


def _separate_word(statement: Statement) -> tuple[re.Match[str] | None, bool]:
    """Where separate consent is spoken of as obtained; whether it is also spoken of otherwise.

    "You may withdraw your separate consent", "separate consent means …" promise nothing.
    """
    patterns = statement.reading.lexicon.patterns
    idle = [m.span() for m in patterns["separate-idle"].finditer(statement.text)]
    said = patterns["separate"].finditer(statement.text)
    promised = (m for m in said if not any(a < m.end() and m.start() < b for a, b in idle))
    return next(promised, None), bool(idle)


def _interest(statement: Statement, around: Surroundings, *, own: bool) -> Iterator[Signal]:
    """Legitimate interest stated for the provision: no basis of PIPL Art. 13."""
    match = statement.find("legitimate-interest")
    if match and (own or _about_sharing(statement, around)):
        reason = "reason.legitimate-interest"
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, reason, at=match.span())


def _separate(
    statement: Statement, around: Surroundings, at: tuple[int, int], *, own: bool
) -> Iterator[Signal]:
    if statement.find("deemed-separate"):
        yield signal(statement, Kind.CONSENT, Polarity.DEEMED, "reason.deemed", at=at)
    elif _other_provision(statement, around, own=own):
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, "reason.other-act", at=at)
    elif statement.find("menu-lead"):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.menu-of-bases", at=at)
    elif _hedged(statement, at):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.hedged", at=at, strength=1)
    elif statement.find("except-clause") or _partners_excepted(statement):
        yield signal(statement, Kind.CONSENT, Polarity.EXCEPTION, "reason.except-clause", at=at)
    elif statement.find("statute"):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.hedged", at=at)
    elif statement.find("guardian"):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.other-act", at=at)
    elif _one_of_exceptions(statement):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.except-clause", at=at)
    elif not own and _limited(statement):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.other-act", at=at)
    elif _exception_item(statement, around) and not own and not _promises_partners(statement):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.except-clause", at=at)
    else:
        yield signal(
            statement,
            Kind.CONSENT,
            Polarity.AFFIRMED,
            "signal.pattern",
            at=at,
            lexical=0.93,
            strength=2,
        )


_LISTED = re.compile(r"[;；]|[(（]?(?:\d|[一二三四五])[)）、.．]")


def _partners_excepted(statement: Statement) -> bool:
    """ "Without your consent we share with nobody, except: …", partners being one of the cases.

    The cases stand in the sentence behind the promise, or in the list that it leads in.
    """
    patterns = statement.reading.lexicon.patterns
    consent = patterns["consent-word"].search(statement.text)
    exception = consent and patterns["exceptions-lead"].search(statement.text, consent.end())
    if not exception:
        return False
    rest = statement.text[exception.end() :]
    cases = [rest] if _LISTED.search(rest) else statement.reading.led(statement.block)
    return any(patterns["partner-case"].search(case) for case in cases)


def _one_of_exceptions(statement: Statement) -> bool:
    """Consent as one excepted case beside partners: "… unless: (1) you consent; (2) partners"."""
    reading = statement.reading
    patterns = reading.lexicon.patterns
    consent = patterns["consent-word"].search(statement.text)
    lead = patterns["one-of-cases"].search(statement.text)
    if not (consent and lead and lead.end() <= consent.start()):
        return False
    # The other cases may be sentences of their own in the same paragraph.
    block = reading.policy.blocks[statement.block]
    text = reading.shadow_of(Span(statement.span.start, block.span.end)).text
    return any(patterns["partner-case"].search(c) for c in _LISTED.split(text[consent.end() :]))


def _promises_partners(statement: Statement) -> bool:
    """An item that is itself a promise on sharing with partners, not merely "with your consent"."""
    return bool(statement.find("share-act") and statement.find("generic-recipient"))


_BRACKETED = re.compile(r"\([^()]*\)")


def _limited(statement: Statement) -> bool:
    """A promise about certain data, which may not be what the vendor receives."""
    # What is said in brackets ("if it is sensitive, we also tell …") narrows nothing.
    plain = _BRACKETED.sub("", statement.text)
    if statement.find("limited") or statement.reading.lexicon.patterns["narrowing"].search(plain):
        return True
    # "We tell you the recipient's name, contact, purpose …" lists what is told, not what is shared.
    told = re.search(r"告知|接收方|\binform|\btell", statement.text)
    certain = any(
        re.search(
            r"(?:您的|你的|用户的?)(?:(?!信息|资料|数据|[给到至向]).){0,10}\Z|\byour\b",
            statement.text[max(0, at - 12) : at],
        )
        for at, _ in statement.categories
    )
    return certain and not told


def _plain(
    statement: Statement, around: Surroundings, at: tuple[int, int], *, own: bool, near: bool
) -> Iterator[Signal]:
    if statement.find("deemed") and not statement.find("without-consent-not"):
        yield signal(statement, Kind.CONSENT, Polarity.DEEMED, "reason.deemed", at=at)
    elif (
        statement.find("except-clause")
        or _excepted_from_consent(statement, around)
        or _partners_excepted(statement)
    ):
        yield signal(statement, Kind.CONSENT, Polarity.EXCEPTION, "reason.except-clause", at=at)
    elif statement.find("basis-menu"):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.menu-of-bases", at=at)
    elif _other_provision(statement, around, own=own):
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, "reason.other-act", at=at)
    elif statement.find("without-consent-not") or (own and statement.find("own-consent")):
        yield _plain_consent(statement, at)
    elif _exception_item(statement, around):
        yield signal(statement, Kind.CONSENT, Polarity.VAGUE, "reason.except-clause", at=at)
    elif (
        not around.lead
        and statement.find("obtain")
        and (near or statement.find("share-act") or statement.find("integrates"))
    ):
        yield _plain_consent(statement, at)
    else:
        yield signal(statement, Kind.CONSENT, Polarity.BOILERPLATE, "reason.other-act", at=at)


def _plain_consent(statement: Statement, at: tuple[int, int]) -> Signal:
    nearness = _nearness(statement, at)
    reason = "reason.plain-consent"
    return signal(statement, Kind.CONSENT, Polarity.VAGUE, reason, at=at, strength=nearness)


def _about_sharing(statement: Statement, around: Surroundings) -> bool:
    patterns = statement.reading.lexicon.patterns
    topic = patterns["share-topic"]
    if statement.find("share-act") and (
        topic.search(statement.text) or topic.search(around.headings) or statement.find("separate")
    ):
        return True
    return bool(topic.search(around.lead)) or bool(
        topic.search(around.headings) and statement.find("obtain")
    )


_JOINT = re.compile(
    r"(共享|分享|提供)(?:(?:[、和或及与]|以及|或者)(?:转让|公开披露|披露|公开|转移))+"
)


def _other_provision(statement: Statement, around: Surroundings, *, own: bool) -> bool:
    """Whether the consent is for something else than providing to the vendor's kind of party."""
    if statement.find("other-provision"):
        return True
    if own:
        return False
    patterns = statement.reading.lexicon.patterns
    plain = patterns["authority-exception"].sub(_blank, statement.text)
    kind = bool(patterns["party-kind"].search(plain)) or _kind_pointed_back_to(statement)
    kind = kind and not patterns["beside-kinds"].search(plain)
    if statement.find("elliptic") and _told_of_others(_said_before(statement), patterns):
        return True
    return kind or _other_act(statement, around)


def _told_of_others(before: str, patterns: Patterns) -> bool:
    """Whether what stands before tells of giving abroad, or to a kind of party and no other."""
    if patterns["abroad"].search(before):
        return True
    kind = patterns["party-kind"].search(before)
    return bool(kind) and not patterns["generic-recipient"].search(before)


# "We do not provide it to the above institutions": which ones, the sentences before say.
_POINTED = re.compile(
    r"(?:向|与|给|对|和)(?:上述|前述|该等|此类|这类|这些)[^，。;；]{0,4}(?:机构|公司|单位|组织|企业|方|商)"
    r"|(?:to|with) (?:the (?:above|aforementioned)|these|such)"
    r" (?:institution|organi[sz]ation|compan)"
)


def _kind_pointed_back_to(statement: Statement) -> bool:
    """Whether a sentence points back to parties that its paragraph says are of one kind."""
    if not _POINTED.search(statement.text):
        return False
    return bool(statement.reading.lexicon.patterns["party-kind"].search(_said_before(statement)))


def _said_before(statement: Statement) -> str:
    """What stands before a sentence in its paragraph, in normal form."""
    reading = statement.reading
    block = reading.policy.blocks[statement.block]
    return reading.shadow_of(Span(block.span.start, statement.span.start)).text


def _other_act(statement: Statement, around: Surroundings) -> bool:
    """Whether the consent is for another act than providing to third parties."""
    patterns = statement.reading.lexicon.patterns
    # "共享、转让、公开披露" in one breath is about sharing too.
    text = patterns["abroad-too"].sub(_blank, _JOINT.sub(r"\1", statement.text))
    # "Public disclosure" is no sharing, though it is a word of it.
    shares = list(patterns["share-topic"].finditer(patterns["publishing"].sub(_blank, text)))
    share = bool(shares)
    if share and patterns["abroad"].search(text):
        return True
    # Whose or which information it is narrows the promise; the act stays that of sharing.
    acts = patterns["narrowing"].sub(_blank, text) if share else text
    other = patterns["other-act"].search(acts)
    if not share and _titles_other_act(statement, _run_in_title(statement)):
        return True
    topic = around.lead or around.headings.rpartition(" / ")[2]
    if patterns["disclosing-only"].search(topic) and not patterns["providing"].search(topic):
        return not statement.find("share-act") or bool(patterns["disclosing-only"].search(text))
    if share and not other:
        return False
    heading = patterns["other-act"].search(around.headings)
    if heading and not patterns["share-topic"].search(around.headings):
        return True
    if other and share:
        # Both are named: the act nearer to the consent is the one it is for.
        word = patterns["consent-word"].search(text)
        assert word is not None
        near_share = min(abs(m.start() - word.start()) for m in shares)
        near_other = min(
            abs(m.start() - word.start()) for m in patterns["other-act"].finditer(acts)
        )
        return near_other < near_share
    return bool(other)


# "3. Public disclosure. Only with your separate consent.": a title that runs into its text.
_RUN_IN = re.compile(
    r"[\W\d]*(?:[a-z]\d{0,2}[.)]\s)?\s*(?P<title>[^.。:：,，;；]{2,40})[.。:：]\s*\Z"
)


def _run_in_title(statement: Statement) -> str:
    """The title of a paragraph whose first words are one, if the statement is its next sentence."""
    match = _RUN_IN.match(_said_before(statement))
    return match["title"] if match else ""


def _titles_other_act(statement: Statement, title: str) -> bool:
    """Whether a title names an act other than giving information to third parties."""
    patterns = statement.reading.lexicon.patterns
    if patterns["share-topic"].search(patterns["publishing"].sub(_blank, title)):
        return False
    others = ("other-act", "disclosing-only", "abroad", "party-kind")
    return any(patterns[p].search(title) for p in others)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _hedged(statement: Statement, at: tuple[int, int]) -> bool:
    """ "Where the law requires it we obtain …"; in English the hedge may come after."""
    patterns = statement.reading.lexicon.patterns
    word = patterns["consent-word"].search(statement.text, at[0])
    if word is None:
        return False
    before = re.sub(r"(?:征得|取得|获得|征求)?[^，。]{0,6}$", "", statement.text[: word.start()])
    after = statement.text[word.end() : word.end() + 60]
    return bool(
        patterns["hedge"].search(before)
        or patterns["hedge"].search(statement.text[: word.start()])
        or (statement.reading.language == "en" and patterns["hedge"].search(after))
    )


def _excepted_from_consent(statement: Statement, around: Surroundings) -> bool:
    """ "Except in the following cases we do not share without your consent: …", and its items."""
    patterns = statement.reading.lexicon.patterns
    return bool(
        around.lead
        and patterns["exceptions-lead"].search(around.lead)
        and patterns["consent-word"].search(around.lead)
    )


def _exception_item(statement: Statement, around: Surroundings) -> bool:
    """ "We do not share, except: with your consent …"."""
    patterns = statement.reading.lexicon.patterns
    lead = around.lead
    return bool(
        lead
        and patterns["exceptions-lead"].search(lead)
        and (
            re.search(r"不会|不得|不予|不与|不向|不对|不将|\bnot\b|\bnever\b|\bno\b|仅", lead)
            or "only" in lead
        )
    )


def _basis(statement: Statement, around: Surroundings, *, own: bool) -> Signal | None:
    match = statement.find("basis")
    if match is None or statement.find("basis-menu"):
        return None
    patterns = statement.reading.lexicon.patterns
    if patterns["no-consent-list"].search(around.headings + around.lead) or statement.find(
        "no-consent-list"
    ):
        return None
    pointed = statement.find("pointed-provision")
    sharing = pointed or (
        statement.find("share-act") and patterns["share-topic"].search(statement.text)
    )
    if own:
        stated = bool(sharing or statement.find("share-act"))
    else:
        # A general clause states it for the provision in its own sentence, not as one of a list.
        parties = statement.find("generic-recipient") or pointed
        stated = bool(sharing and parties and not around.lead)
        contract = re.search(r"合同|协议|contract", match.group())
        # A statutory duty is mostly one of the cases in which no consent is needed.
        stated = stated and bool(contract or pointed)
        stated = stated and not _other_provision(statement, around, own=False)
    if not stated:
        return None
    return signal(
        statement,
        Kind.CONSENT,
        Polarity.AFFIRMED,
        "signal.pattern",
        at=match.span(),
        lexical=0.8,
        strength=1,
    )


def _consent_clause(text: str, word: re.Match[str]) -> tuple[int, int]:
    """The clause around a consent word, from up to two commas before it."""
    start = 0
    commas = [m.end() for m in re.finditer(r"[，,]", text[: word.start()])]
    if len(commas) >= 2 and word.start() - commas[-2] < 90:
        start = commas[-2]
    elif commas:
        start = commas[-1] if word.start() - commas[-1] > 4 else 0
    if word.start() - start > 100:
        start = word.start() - 60
    comma = re.search(r"[，,。；;]", text[word.end() :])
    end = word.end() + (comma.start() if comma else len(text) - word.end())
    if end - start > _QUOTED:
        # What is cut is what stands before: the word itself must be in the quote.
        start = max(start, _clause_around(text, word.start(), word.end())[0])
    return start, min(len(text), max(end, word.end()))


def assessments(statement: Statement, around: Surroundings, *, own: bool) -> Iterator[Signal]:
    """An impact assessment: of sharing, in general, or words that only sound like one."""
    patterns = statement.reading.lexicon.patterns
    match = statement.find("assessment")
    if match is None:
        risk = statement.find("risk-assessment")
        shared = statement.find("share-act") and patterns["share-topic"].search(statement.text)
        if risk and (own or shared):
            at = _consent_clause(statement.text, risk)
            yield signal(
                statement, Kind.ASSESSMENT, Polarity.VAGUE, "reason.risk-assessment", at=at
            )
        return
    at = _consent_clause(statement.text, match)
    if statement.find("placeholder"):
        yield nothing(statement, Kind.ASSESSMENT)
    elif statement.find("change-notice"):
        yield signal(
            statement, Kind.ASSESSMENT, Polarity.BOILERPLATE, "reason.change-notice", at=at
        )
    elif statement.find("assess-made-by-other") or _vendor_assesses(statement, match.start()):
        yield signal(
            statement, Kind.ASSESSMENT, Polarity.BOILERPLATE, "reason.made-by-other", at=at
        )
    elif _negates(statement.text, match.start()):
        yield signal(statement, Kind.ASSESSMENT, Polarity.NEGATED, "reason.negated", at=at)
    elif statement.find("assessment-report"):
        reason = "reason.general-assessment"
        yield signal(statement, Kind.ASSESSMENT, Polarity.VAGUE, reason, at=at)
    elif statement.find("plan"):
        yield signal(statement, Kind.ASSESSMENT, Polarity.VAGUE, "reason.plan", at=at)
    elif _tied(statement, around, own=own):
        yield signal(
            statement, Kind.ASSESSMENT, Polarity.AFFIRMED, "signal.pattern", at=at, lexical=0.9
        )
    else:
        yield signal(statement, Kind.ASSESSMENT, Polarity.VAGUE, "reason.general-assessment", at=at)


def _vendor_assesses(statement: Statement, at: int) -> bool:
    """Whether the vendor is the sentence's subject: its own assessment is not the developer's."""
    text, names = statement.text, statement.reading.names(statement.span)
    ours = statement.reading.lexicon.patterns["own-word"]
    for mention in names:
        begun, end = statement.index(mention.span.start), statement.index(mention.span.end)
        subject = begun == 0 or text[begun - 1] in "，,。;；:：由"
        if subject and _ACTS.match(text, end, at) and not ours.search(text, end, at):
            return True
    begins = bool(names) and statement.index(names[0].span.start) <= SUBJECT
    return begins and not _TOPIC.match(text) and not ours.search(text, 0, at)


# Right after the name of who does what follows.
_ACTS = re.compile(
    r"(?:的?sdk|公司|团队|\([^()]{0,40}\))*(?:会|将|应当?|须|需要?|负责|自行|承诺|保证|已|在)"
    r"|\s(?:will|has|must|shall|itself|is responsible)\b"
)
# "As to X, we have …": X is what it is about, not who does it.
_TOPIC = re.compile(r"(?:关于|对于?|就|针对|as (?:to|for|regards)\b|for\b|regarding\b)")


def _negates(text: str, at: int) -> bool:
    return bool(
        re.search(
            r"(?:无需|不需|不会|未(?!来)|没有"
            r"|\b(?:not?|never|without (?:an?|any))\b)[^，。;；,.]{0,16}$"
            r"|(?:尚未|并未|暂未|从未|未曾|没有|\bnot yet\b|\bhave not\b)[^，。;；,.]{0,60}$",
            text[max(0, at - 80) : at],
        )
    )


def _tied(statement: Statement, around: Surroundings, *, own: bool) -> bool:
    """Whether the assessment is of providing or sharing, by its own sentence or its section."""
    patterns = statement.reading.lexicon.patterns
    abroad = patterns["abroad"].search(patterns["abroad-too"].sub(_blank, statement.text))
    if abroad and not own and not patterns["generic-recipient"].search(statement.text):
        return False
    if own or patterns["assessed-sharing"].search(statement.text):
        return True
    sharing = statement.reading.lexicon.patterns["share-topic"]
    if statement.find("other-occasion"):
        return False
    return bool(
        sharing.search(around.headings) and not re.search(r"安全|security", around.headings)
    )


def _titled_otherwise(statement: Statement) -> bool:
    """A line with a title of its own ("活动参与：…") that is not about sharing as such."""
    block = statement.reading.policy.blocks[statement.block]
    if block.key is None:
        return False
    title = statement.reading.shadow_of(block.key).text
    return not statement.reading.lexicon.patterns["share-topic"].search(title)


def _of_one_party(statement: Statement) -> bool:
    """Whether a clause names a party, or points back to one that its own place names."""
    return bool(statement.reading.others(statement.span) or statement.find("one-sdk"))


def _shares_with_nobody(statement: Statement, share: re.Match[str]) -> bool:
    """Whether it is not shared ("… with nobody without your consent"), no party excepted."""
    negated = statement.find("sharing-negated")
    if negated is None or not (negated.start() < share.end() and share.start() < negated.end()):
        return False
    if statement.reading.lexicon.patterns["exceptions-lead"].search(statement.text, negated.end()):
        return False
    return not re.search(r"除|unless|except|other than", statement.text[: negated.start()])


def _with_one_kind(statement: Statement, share: re.Match[str]) -> bool:
    """Whether it is one kind of party that is shared with ("与关联公司共享"), beside no other."""
    patterns = statement.reading.lexicon.patterns
    told = share.group()
    # "Payment providers" are of their kind alone, though "providers" are parties of any kind.
    rest = patterns["kind-alone"].sub(_blank, told)
    return rest != told and not patterns["generic-recipient"].search(rest)


def general_methods(statement: Statement, *, cookies: bool) -> Iterator[Signal]:
    """How all partners or SDKs process, or only that "we share with partners".

    ``cookies``: the vendor's entry is one of a cookie list, so that what is said of how cookies
    are placed is said of it.

    A clause for one kind of partner (payment, advertising) or for "some SDKs" is not about all.
    """
    patterns = statement.reading.lexicon.patterns
    if denied(statement) or statement.find("deemed") or statement.find("to-developer"):
        return
    if _of_one_party(statement) or statement.find("on-demand"):
        return
    text = statement.text
    if (collects := _collected(statement, cookies=cookies)) is not None:
        yield collects
        return
    if (told := _manner_of_all(statement)) is not None:
        yield signal(
            statement, Kind.METHOD, Polarity.AFFIRMED, "signal.pattern", at=told, lexical=0.7
        )
        return
    share = statement.find("share-with")
    if (
        share is None
        or "《" in share.group()
        or _with_one_kind(statement, share)
        or _shares_with_nobody(statement, share)
        or statement.reading.policy.blocks[statement.block].level
    ):
        return
    manner = None if _titled_otherwise(statement) else patterns["manner-of-sharing"].search(text)
    if manner and not patterns["party-kind"].search(text) and not statement.find("some-party"):
        at = (min(manner.start(), share.start()), max(manner.end(), share.end()))
        if at[1] - at[0] < 120:
            yield signal(
                statement, Kind.METHOD, Polarity.AFFIRMED, "signal.pattern", at=at, lexical=0.7
            )
            return
    yield signal(statement, Kind.METHOD, Polarity.VAGUE, "reason.bare-sharing", at=share.span())


def _collected(statement: Statement, *, cookies: bool) -> Signal | None:
    """What a general clause says of how cookies or SDKs collect, if it does."""
    patterns = statement.reading.lexicon.patterns
    placed = statement.find("cookie-placed") if cookies else None
    if placed is not None:
        at = placed.span()
        return signal(
            statement, Kind.METHOD, Polarity.AFFIRMED, "signal.pattern", at=at, lexical=0.7
        )
    collected = sdk_collects(statement)
    if collected is None or patterns["party-kind"].search(statement.text[: collected[1]]):
        return None
    if patterns["some-party"].search(statement.text):
        return signal(statement, Kind.METHOD, Polarity.VAGUE, "reason.bare-sharing", at=collected)
    return signal(
        statement, Kind.METHOD, Polarity.AFFIRMED, "signal.pattern", at=collected, lexical=0.75
    )


def _manner_of_all(statement: Statement) -> tuple[int, int] | None:
    """A manner that a clause says of all parties of the list ("以下各家均在设备上采集")."""
    patterns = statement.reading.lexicon.patterns
    text = statement.text
    parties = statement.find("all-parties")
    others = statement.find("demanded") or statement.find("some-party")
    if parties is None or others or patterns["party-kind"].search(text):
        return None
    # "We entrust the parties below": the verb stands before them.
    begins = parties.start() - 2 if text[: parties.start()].endswith("委托") else parties.start()
    manner = patterns["method-strong"].search(text, begins)
    if manner is None or patterns["own-storage"].search(text):
        return None
    return None if _negates(text, manner.start()) else manner.span()


def general_purposes(statement: Statement, *, leads: bool) -> Iterator[Signal]:
    """A purpose in a clause on all partners; ``leads``: in the lead-in of the vendor's own list.

    Only the lead-in of its own list can name the vendor's function (GUIDELINE, "Purpose from the
    lead-in"); elsewhere a clause shows at most an empty phrase.
    """
    if denied(statement) or _of_one_party(statement):
        return
    if not (statement.find("share-with") or statement.find("integrates")):
        return
    for found in purposes(statement):
        if found.polarity is Polarity.VAGUE or leads:
            yield found


def lead_purposes(statement: Statement) -> Iterator[Signal]:
    """A purpose in the sentence that leads in the vendor's list, however it speaks of those in it.

    "The companies below help us show homes in 3D:", "the SDKs below collect it in order to …:".
    """
    if not (denied(statement) or _of_one_party(statement)):
        yield from purposes(statement)


def lead_methods(statement: Statement) -> Iterator[Signal]:
    """A manner in the lead-in of the vendor's list: "suppliers who act on our behalf:".

    It speaks of all in the list, whatever they are called.
    """
    entrusted = statement.find("lead-entrusted")
    if entrusted is None or denied(statement) or _of_one_party(statement):
        return
    at = entrusted.span()
    if statement.find("some-party"):
        yield signal(statement, Kind.METHOD, Polarity.VAGUE, "reason.bare-sharing", at=at)
    else:
        yield signal(statement, Kind.METHOD, Polarity.AFFIRMED, "signal.pattern", at=at)


def general_scopes(statement: Statement, *, prose: bool) -> Iterator[Signal]:
    """Categories that a clause says the partners or SDKs receive or collect.

    ``prose``: the vendor's entry has no fields; only then does "we share your information with
    partners" leave something for a person to decide.
    """
    if denied(statement) or statement.find("to-developer") or _of_one_party(statement):
        return
    patterns = statement.reading.lexicon.patterns
    block = statement.reading.policy.blocks[statement.block]
    title = statement.reading.shadow_of(block.key).text if block.key else ""
    receives = (
        statement.find("share-with")
        or sdk_collects(statement)
        or patterns["share-topic"].search(title)
    )
    if not receives or statement.find("limited") or patterns["party-kind"].search(statement.text):
        return
    if _titled_otherwise(statement):
        return
    for found in scopes(statement):
        named = found.polarity is Polarity.AFFIRMED and found.strength >= 0
        if named or (found.polarity is Polarity.VAGUE and prose):
            yield found
