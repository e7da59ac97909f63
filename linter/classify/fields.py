"""Purpose, method and scope in the vendor's own units (GUIDELINE, "The requirements")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from linter.classify.statements import Statement
from linter.disclosure import Kind, Polarity, Relation, Signal
from linter.document import Span
from linter.verdict import Note

# Characters besides white space that a reviewer reads at a glance; longer ones are cut.
_QUOTE = 76
# Characters of a value that is prose rather than a phrase.
_PROSE = 110
# Characters; a longer value says more than where to look.
_REFERENCE = 40
# Characters of a line that lists things instead of telling of them.
_SHORT_LINE = 60
_SENT = re.compile(r"(?:发送|上传|传输|回传)(?:至|到|给)")
_CLAUSE = re.compile(r"[，,；;。|\n]|——")
# Where lexicon and model disagree, the model must be this sure to be heard.
_SURE = 0.6
# Where the lexicon finds the words of a purpose and knows none of its functions.
_LIKELY = 0.3
# Characters of a purpose that tell something.
_TOLD = 5


def is_empty(statement: Statement) -> bool:
    """Whether a value is a dash, a "none" or an unfilled placeholder ("Placeholders")."""
    text = statement.text.strip()
    return not text or bool(statement.find("empty") or statement.find("placeholder"))


def nothing(statement: Statement, kind: Kind) -> Signal:
    """The signal of a field that is there and says nothing."""
    reason = "reason.placeholder" if statement.find("placeholder") else "reason.empty"
    return signal(statement, kind, Polarity.EMPTY, reason)


def signal(
    statement: Statement,
    kind: Kind,
    polarity: Polarity,
    reason: str,
    *,
    at: tuple[int, int] | None = None,
    lexical: float = 0.85,
    strength: int = 0,
) -> Signal:
    """A signal at a range of a statement (all of it by default), cut to a quote's length.

    Its probability blends the lexicon's certainty with the model's.
    """
    start, end = at or (0, len(statement.text))
    if polarity is Polarity.AFFIRMED and statement.reading.lexicon.patterns["placeholder"].search(
        statement.text, start, end
    ):
        # Words with a blank in them that nobody filled.
        polarity, reason = Polarity.EMPTY, "reason.placeholder"
    start, end = _shorten(statement.text, start, end)
    model = statement.probability(kind, polarity)
    return Signal(
        kind,
        polarity,
        statement.at(start, end),
        statement.block,
        round(lexical + (1 - lexical) * model, 4),
        Note.of(reason),
        binding=statement.unit.binding if statement.unit else None,
        strength=strength,
        model=model,
    )


def _shorten(text: str, start: int, end: int) -> tuple[int, int]:
    places = [n for n in range(start, end) if not text[n].isspace()]
    if len(places) <= _QUOTE:
        return start, end
    last = places[_QUOTE - 1] + 1
    cut = max(text.rfind(c, start, last) for c in "，,；;。、 ")
    return start, cut if cut > places[_QUOTE // 2] else last


def denied(statement: Statement, *, at: int | None = None) -> bool:
    """Whether a sentence says that nothing is shared (an exception or condition aside).

    ``at``: only whether it says so of what stands there: "but" begins another statement.
    """
    match = statement.find("sharing-negated")
    if match is not None and at is not None and _turns(statement.text, at, match.start()):
        return False
    if match is not None and _UNLESS.search(statement.text, 0, match.start() + 1):
        return False
    if match is None or statement.find("none-collected") or statement.find("without-consent-not"):
        return False
    return not re.search(
        r"如(?:果|您|你)?[^，。]{0,8}$|\bif\b[^,.]{0,20}$|除|unless|except",
        statement.reading.nameless(statement.span)[max(0, match.end() - 60) : match.end()],
    )


def _turns(text: str, *places: int) -> bool:
    """Whether a "but" or the end of a sentence lies between two places."""
    return bool(_TURN.search(text, min(places), max(places)))


_TURN = re.compile(r"[，,](?:但|不过|然而|而|却)|[；;]|\bbut\b|\bhowever\b")


def purposes(statement: Statement) -> Iterator[Signal]:
    """Why the vendor processes: a concrete function, or an empty phrase."""
    if "purpose" in statement.fields:
        yield from _labelled_purpose(statement)
    elif not (set(statement.fields) & _OTHER_FIELDS or developers_own(statement)):
        yield from _prose_purpose(statement)


_OTHER_FIELDS = {"vendor-name", "contact", "policy", "website", "permission"}


def developers_own(statement: Statement) -> bool:
    """ "We collect your number to …": a sentence of the entry that brings in no other party."""
    if statement.fields:
        return False
    reading = statement.reading
    if not (statement.find("developer-collects") or reading.developer_collects(statement.text)):
        return False
    if reading.names(statement.span):
        # Its name alone, as where the function is used, does not make the information its own.
        given = ("share-with", "shares-it", "gives", "method-strong")
        return not (any(map(statement.find, given)) or sdk_collects(statement))
    others = ("generic-recipient", "share-with", "stands-for-party", "integrates")
    return not any(map(statement.find, others))


def _labelled_purpose(statement: Statement) -> Iterator[Signal]:
    if is_empty(statement):
        yield nothing(statement, Kind.PURPOSE)
    elif _refers(statement):
        return
    elif _is_vague_purpose(statement, (0, len(statement.text)), labelled=True):
        yield signal(statement, Kind.PURPOSE, Polarity.VAGUE, "reason.vague-phrase")
    else:
        prose = len(statement.text) > _PROSE
        best = next(_prose_purpose(statement), None) if prose else None
        if best is not None and best.polarity is Polarity.AFFIRMED:
            yield best
        else:
            yield signal(statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.label", lexical=0.9)


def _is_vague_purpose(statement: Statement, at: tuple[int, int], *, labelled: bool) -> bool:
    text = statement.text[at[0] : at[1]]
    vague = statement.reading.lexicon.patterns["vague-purpose"].search(text)
    functions = [f for f in statement.functions if at[0] <= f[0] and f[1] <= at[1]]
    if functions:
        return False
    if vague:
        return True
    unsure = statement.probability(Kind.PURPOSE, Polarity.VAGUE)
    return unsure >= _SURE and unsure > statement.probability(Kind.PURPOSE, Polarity.AFFIRMED)


def _prose_purpose(statement: Statement) -> Iterator[Signal]:
    """Clauses with a purpose marker; a concrete one is preferred to a vague one."""
    text = statement.text
    vague: tuple[int, int] | None = None
    unknown: tuple[int, int] | None = None
    for match in statement.reading.lexicon.patterns["purpose-marker"].finditer(text):
        at = _clause(text, match.start(), match.end())
        sent = _SENT.search(text, at[0], at[1])
        # What is sent somewhere is no function: "用于将录音发送至…".
        first = sent.end() if sent else at[0]
        functions = [f for f in statement.functions if first <= f[0] < at[1]]
        if functions and not _only_names(statement, functions):
            yield signal(statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.pattern", at=at)
            return
        if statement.reading.lexicon.patterns["vague-purpose"].search(text[at[0] : at[1]]):
            vague = vague or at
        elif at[1] - match.end() >= _TOLD and not functions:
            unknown = unknown or at
    if bracket := _bracketed_purpose(statement):
        yield signal(statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.pattern", at=bracket)
        return
    told = (
        _told_function(statement) or _done_by_vendor(statement) or _clause_of_functions(statement)
    )
    if told:
        yield signal(statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.pattern", at=told)
        return
    if _bare_function_line(statement):
        yield signal(statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.pattern", lexical=0.7)
        return
    sure = statement.probability(Kind.PURPOSE, Polarity.AFFIRMED)
    vague = vague or _told_vaguely(statement)
    if vague is not None:
        yield signal(statement, Kind.PURPOSE, Polarity.VAGUE, "reason.vague-phrase", at=vague)
    elif unknown is not None and statement.unit and sure >= _LIKELY:
        # Functions without number: the lexicon does not know this one, the model takes it for one.
        yield signal(
            statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.model", at=unknown, lexical=0.4
        )
    elif sure >= _SURE and statement.functions and not _is_name_or_place(statement):
        yield signal(statement, Kind.PURPOSE, Polarity.AFFIRMED, "signal.model", lexical=0.5)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """From a marker to the end of its clause; a clause of a few characters takes the next too."""
    stop = _CLAUSE.search(text, end)
    at = stop.start() if stop else len(text)
    if at - start < 6 and stop:
        following = _CLAUSE.search(text, at + 1)
        at = following.start() if following else len(text)
    return start, at


def _only_names(statement: Statement, functions: list[tuple[int, int]]) -> bool:
    """Whether the function words are parts of a party's name ("XX 推送 SDK")."""
    spans = [_with_product(statement, m.span) for m in statement.reading.names(statement.span)]
    spans += statement.reading.others(statement.span)
    places = [statement.at(*f) for f in functions]
    return all(any(s.contains(p) for s in spans) for p in places)


_PRODUCT = re.compile(
    r"\s*(?:vr|ar|3d|ai|三维|全景|实景|看房|看车|漫游|tours?|viewer|viewing|\s)*(?:sdk|app|组件|插件|plug-?in)"
    r"|\s*(?:vr|ar|3d|ai|三维|开放平台)*\s*",
    re.IGNORECASE,
)


def _with_product(statement: Statement, span: Span) -> Span:
    """A mention with the product's name that goes on after it ("如视" + " VR SDK")."""
    text = statement.reading.policy.text
    match = _PRODUCT.match(text, span.end)
    return Span(span.start, match.end() if match else span.end)


def _bracketed_purpose(statement: Statement) -> tuple[int, int] | None:
    """A function in brackets right after the vendor's name, or the one its name stands in."""
    text, patterns = statement.text, statement.reading.lexicon.patterns
    # A service in a name is no purpose: "如视VR（如你之视…）".
    functions = [f for f in statement.functions if not _only_names(statement, [f])]
    for mention in statement.reading.names(statement.span):
        after = statement.index(mention.span.end)
        for match in re.finditer(r"\(([^()]{3,80})\)", text[after : after + 160]):
            at = (after + match.start(1), after + match.end(1))
            if patterns["contact-word"].search(text, *at):
                continue
            gap = text[after : after + match.start()]
            if re.search(r"[,，、;；]|以及|[和及与]|\band\b", gap):
                break
            if any(at[0] <= f[0] < at[1] for f in functions):
                return at
        before = statement.index(mention.span.start)
        lead = re.search(
            r"(?:^|[,;，；、]|\band\b)\s*([^,;，；、()]{3,80})\((?:such as |e\.g\.,? |如)?$"
            r"|^[\W\d]*([^,;，；、():：]{3,60})[:：]\s*$",
            text[:before],
        ) or re.search(r"^([^，；、。:()]{2,16}(?<![商方称位司者体人k类]))[:：]$", text[:before])
        at = lead.span(lead.lastindex or 0) if lead else (0, 0)
        if any(at[0] <= f[0] < at[1] for f in functions):
            return at
    return None


def _told_function(statement: Statement) -> tuple[int, int] | None:
    """What the vendor is said to do or be used for: "Realsee displays …", "如视：三维看房".

    "Lets you …" names a function whatever follows, unless it is an empty phrase.
    """
    text, patterns = statement.text, statement.reading.lexicon.patterns
    for mention in statement.reading.names(statement.span):
        begun = statement.index(mention.span.start)
        if denied(statement, at=begun):
            continue
        start = statement.index(_with_product(statement, mention.span).end)
        verb = patterns["does"].match(text, start)
        if verb is None:
            continue
        stop = _CLAUSE.search(text, verb.end())
        end = stop.start() if stop else len(text)
        collects = patterns["collect"].search(text, start, end)
        if collects and _GIVES.match(text, collects.start(), end):
            # "Provides the walk-through" gives no information to anybody.
            about_data = patterns["information"].search(text, collects.end(), end)
            collects = about_data and collects
        if collects:
            end = collects.start()
        if _WHEN.search(text, verb.end(), end):
            continue
        if patterns["what-it-is"].search(text, verb.start("verb"), end):
            continue
        told = (f for f in statement.functions if verb.start("verb") <= f[0] < end)
        listed = _SEPARATOR.match(verb["verb"]) and _all_categories(statement, verb.end(), end)
        functions = any(told) and not listed
        lets = patterns["lets"].match(text, verb.start("verb"), end)
        if functions or (lets and not patterns["vague-purpose"].search(text, lets.start(), end)):
            return begun, end
    return None


_GIVES = re.compile(r"(?:provid|giv)(?:e|es|ing)\b(?! (?:us|you)\b)")
# Between a name and what follows it: nothing is said to be done.
_SEPARATOR = re.compile(r"[:：—|-]+")


def _all_categories(statement: Statement, start: int, end: int) -> bool:
    """Whether a list holds categories of information in each of its parts ("照片、设备信息")."""
    parts = re.finditer(r"[^、，,和及/]+", statement.text[start:end])
    places = [(start + p.start(), start + p.end()) for p in parts if p.group().strip()]
    held = statement.categories
    return bool(places) and all(any(a <= c[0] and c[1] <= b for c in held) for a, b in places)


# A clause that only says when: "如视：您打开…时，".
_WHEN = re.compile(r"(?:时|之?前|之?后|的话)\Z")


def _done_by_vendor(statement: Statement) -> tuple[int, int] | None:
    """What is done by or with the vendor: "tours are shown by Realsee", "远程查验由如视完成"."""
    text, patterns = statement.text, statement.reading.lexicon.patterns
    for mention in statement.reading.names(statement.span):
        start = statement.index(mention.span.start)
        done = patterns["done-by"].search(text, _clause_before(text, start), start)
        if done is None or denied(statement, at=start):
            continue
        what = done.span("what")
        about_data = patterns["information"].search(text, *what)
        named = (f for f in statement.functions if f not in statement.categories)
        if any(what[0] <= f[0] < what[1] for f in named) or (
            patterns["shown"].search(text, *what) and not about_data
        ):
            return what[0], statement.index(mention.span.end)
    return None


def _told_vaguely(statement: Statement) -> tuple[int, int] | None:
    """An empty phrase for what the vendor does: "Realsee supports our business"."""
    text, patterns = statement.text, statement.reading.lexicon.patterns
    for mention in statement.reading.names(statement.span):
        verb = patterns["does"].match(text, statement.index(mention.span.end))
        if verb is None:
            continue
        said = verb.end() if _SEPARATOR.match(verb["verb"]) else verb.start("verb")
        if vague := patterns["vague-purpose"].match(text, said):
            return statement.index(mention.span.start), vague.end()
    return None


def _clause_of_functions(statement: Statement) -> tuple[int, int] | None:
    """A clause of an entry that begins with what it does: "如视VR：由…提供，展示三维实景"."""
    names, text = statement.reading.names(statement.span), statement.text
    begins = bool(names) and statement.index(names[0].span.start) <= _NUMBERED
    if not begins or denied(statement):
        return None
    start = 0
    for stop in [*(m.start() for m in _CLAUSE.finditer(text)), len(text)]:
        within = [f for f in statement.functions if start <= f[0] < stop]
        if start and len(within) > 1 and within[0][0] == start:
            named = any(start <= statement.index(n.span.start) < stop for n in names)
            if not named and not _only_names(statement, within):
                return start, stop
        start = stop + 1
    return None


# Characters of an entry's number before the name that it begins with.
_NUMBERED = 8


def _bare_function_line(statement: Statement) -> bool:
    """A line of a flattened table that only says what the SDK does."""
    unit = statement.unit
    if unit is None or unit.binding.relation is not Relation.ENTRY or statement.fields:
        return False
    text = statement.text
    if not 3 <= len(text) <= 60 or not statement.functions or _is_name_or_place(statement):
        return False
    if statement.find("phone") or statement.find("email"):
        return False
    categories = sum(e - s for s, e in statement.categories)
    return categories * 2 < len(text) and not statement.find("permission")


def _is_name_or_place(statement: Statement) -> bool:
    reading = statement.reading
    text = statement.text
    return bool(
        reading.names(statement.span)
        or reading.is_company(statement.span)
        or re.search(r"(?:sdk|组件|插件|政策|协议|声明)$|https?:|www\.", text)
    )


def methods(statement: Statement) -> Iterator[Signal]:
    """How the vendor processes: a manner, or only that it does."""
    if "method" in statement.fields:
        if is_empty(statement):
            yield nothing(statement, Kind.METHOD)
        elif _refers(statement) or statement.find("integration-form"):
            return
        elif "purpose" in statement.fields and not (_names_manner(statement) or _shares(statement)):
            # A field for purpose and method that holds a purpose alone.
            return
        elif _names_manner(statement):
            yield signal(statement, Kind.METHOD, Polarity.AFFIRMED, "signal.label", lexical=0.9)
        else:
            # "共享" tells at least which act it is; "使用" does not.
            act = int(bool(statement.find("shares-bare")))
            yield signal(
                statement, Kind.METHOD, Polarity.VAGUE, "reason.bare-sharing", strength=act
            )
        return
    if set(statement.fields) & {"vendor-name", "contact", "policy", "website"}:
        return
    yield from _prose_method(statement)


def _shares(statement: Statement) -> bool:
    return bool(statement.find("share-act") or statement.find("collect"))


def _refers(statement: Statement) -> bool:
    """Whether a value only sends the reader elsewhere ("see the link")."""
    see = statement.find("see-link")
    if see is not None and see.group() == statement.text.strip():
        # "View" and "click" are words of functions and of categories, too.
        return True
    if len(statement.text) > _REFERENCE or statement.functions or statement.categories:
        return False
    return bool(statement.find("see-link") or statement.find("list-in-own"))


def _by_developer(statement: Statement) -> bool:
    """A sentence on how the developer stores or protects information, naming no other party."""
    if statement.reading.names(statement.span) or statement.find("generic-recipient"):
        return False
    return bool(statement.find("own-storage"))


def _names_manner(statement: Statement) -> bool:
    if statement.find("bare-act"):
        return False
    if statement.find("method-strong") or statement.find("method-word"):
        return True
    return (
        statement.probability(Kind.METHOD, Polarity.AFFIRMED)
        > max(0.5, statement.probability(Kind.METHOD, Polarity.VAGUE))
        and len(statement.text) > 4
    )


_SOME = (Polarity.VAGUE, "reason.bare-sharing")


def _prose_method(statement: Statement) -> Iterator[Signal]:
    text = statement.text
    if denied(statement) or _by_developer(statement) or developers_own(statement):
        return
    own = statement.reading.names(statement.span)
    if manners := list(islice(_manners(statement), _MANNERS)):
        # "Some SDKs may collect …" leaves open whether this one does.
        some = statement.find("some-party")
        for at in manners:
            open_ = some and (not own or at[0] <= some.start() < at[1])
            polarity, reason = _SOME if open_ else (Polarity.AFFIRMED, "signal.pattern")
            yield signal(statement, Kind.METHOD, polarity, reason, at=at)
        return
    told = own or (statement.unit and statement.find("stands-for-party"))
    weak = statement.find("share-with") or (told and statement.find("shares-it"))
    # "… 详见《第三方信息共享清单》": a title shares nothing.
    if weak and ("《" in weak.group() or _by_user(text, weak.start()) or _still_to_be(text, weak)):
        weak = None
    if weak and not statement.find("to-developer"):
        at = (weak.start(), min(len(text), max(weak.end(), weak.start() + 12)))
        yield signal(statement, Kind.METHOD, Polarity.VAGUE, "reason.bare-sharing", at=at)
    elif (
        (own or statement.unit)
        and not _ASKS_HOW.search(text)
        and (match2 := _vendor_does(statement))
    ):
        yield signal(statement, Kind.METHOD, Polarity.VAGUE, "reason.bare-sharing", at=match2)


# "Before sharing it with Realsee we obtain …", "an assessment of providing it to Realsee".
_AHEAD_ZH = re.compile(r"[^，,;；。]{0,24}?(?:前(?!述)|评估)")
_AHEAD_EN = re.compile(
    r"\b(?:before|prior to|assess(?:ment|ed|es)?(?: of| the impact of)?) (?:\w+ ){0,2}$"
)


def _still_to_be(text: str, share: re.Match[str]) -> bool:
    """Whether the sharing is what is consented to or assessed: that tells no manner of it."""
    return bool(
        _AHEAD_ZH.match(text, share.end())
        or _AHEAD_EN.search(text[max(0, share.start() - _SHORT_LINE) : share.start()])
    )


# As many manners of one sentence are quoted.
_MANNERS = 2


def _manners(statement: Statement) -> Iterator[tuple[int, int]]:
    """Where a sentence of the entry names manners of processing, the SDK's collecting first."""
    last = (0, 0)
    if collects := sdk_collects(statement):
        last = collects
        yield collects
    for match in statement.reading.lexicon.patterns["method-strong"].finditer(statement.text):
        at = _widen(statement.text, match.span())
        kept = statement.reading.lexicon.patterns["own-storage"].search(statement.text, *at)
        names = statement.reading.names(statement.span)
        theirs = any(at[0] <= statement.index(m.span.start) < at[1] for m in names)
        if not (
            (kept and not theirs)
            or _negated_before(statement.text, match.start())
            or _by_user(statement.text, match.start())
            or _moves_nothing(statement, match)
            or (last[0] < at[1] and at[0] < last[1])
        ):
            last = at
            yield at


def _moves_nothing(statement: Statement, manner: re.Match[str]) -> bool:
    """ "We show tours through the SDK": a product is used, and no information is spoken of."""
    patterns = statement.reading.lexicon.patterns
    instrument = patterns["instrument"].search(manner.group())
    told = statement.categories or patterns["information"].search(statement.text)
    # "Passed to its interface": the verb itself moves it.
    moved = patterns["gives"].match(manner.group())
    return bool(instrument and not (told or moved) and not statement.fields)


def sdk_collects(statement: Statement) -> tuple[int, int] | None:
    """Where the SDK (the vendor's product, or "these SDKs") is the one that collects."""
    text, patterns = statement.text, statement.reading.lexicon.patterns
    for name in ("sdk-collects", "sdk-chain"):
        for match in patterns[name].finditer(text):
            start = _clause_start(text, match.start())
            before = _INTEGRATED.sub("", text[start : match.start()])
            if name == "sdk-collects" and _IS_OBJECT.search(before):
                continue
            if _negated_before(text, match.end()) or re.search(r"我们|\bwe\b", match.group()):
                continue
            if match.start() - start > 24:
                start = match.start()
            return start, _clause(text, match.start(), match.end())[1]
    return None


# "The SDKs that we integrate may collect …": they are the subject, whoever integrates them.
_INTEGRATED = re.compile(
    r"(?:我们|本公司|我司|本应用|本app|app)?[^，。;；]{0,8}(?:接入|集成|嵌入|内嵌|引入|植入|合作|使用|采用)了?的"
    r"(?=[^，。;；]{0,12}\Z)"
)
# Before an SDK's name: words that make the developer the one who acts, through the SDK.
_IS_OBJECT = re.compile(
    r"(?:通过|使用了?|采用|接入|集成|借助|利用|嵌入|我们|\bwe\b|\busing|\bvia|\bthrough|\bby)[^，。;；,.()]{0,20}$"
)


def _clause_start(text: str, at: int) -> int:
    return max((m.end() for m in _CLAUSE.finditer(text, 0, at)), default=0)


def _clause_before(text: str, at: int) -> int:
    """The start of a place's clause, or of the one before it: "what is done, is left to X"."""
    start = _clause_start(text, at)
    return _clause_start(text, start - 1) if start and text[start - 1] in "，," else start


def _vendor_does(statement: Statement) -> tuple[int, int] | None:
    """ "Realsee uses …", "that company may also collect …": a manner is not named."""
    if statement.unit and (party := statement.find("party-does")):
        return party.span()
    for mention in statement.reading.names(statement.span):
        at = statement.index(mention.span.end)
        match = re.match(
            r"[^。;；.]{0,40}?(?:使用|处理(?!者)|收集|获取|采集|\bmay\b|\buses?\b|process(?!or)|collect)",
            statement.text[at:],
        )
        if match and not _negated_before(statement.text, at + match.end()):
            return statement.index(mention.span.start), at + match.end()
    return None


def _negated_before(text: str, at: int) -> bool:
    return bool(
        re.search(
            r"(?:不会?|未(?!来)|无需|没有|并不|\bnot|\bnever|n't)[^，。;；,.]{0,8}$",
            text[max(0, at - 14) : at],
        )
        and not _UNLESS.search(text, 0, at)
    )


# "Unless you open it, X does not collect …", "to nobody but X": what follows is no denial.
_UNLESS = re.compile(
    r"除非|除(?!了)[^，。；;]{1,24}(?:外|以外|之外)|(?:未|没有?|不)[^，。；;]{1,16}(?:之?前|时|的话)"
    r"|(?:您|你|用户)[^，。；;]{0,4}(?:关闭|退出|撤回|取消|停用|拒绝)[^。；;]{0,16}"
    r"|\bunless\b|\bexcept\b|\bother than\b|\buntil\b"
)


def _widen(text: str, at: tuple[int, int]) -> tuple[int, int]:
    """A manner with the rest of its clause, for a quote that can be read."""
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, at[0])), default=0)
    stop = _CLAUSE.search(text, at[1])
    return (start if at[0] - start < 40 else at[0]), (stop.start() if stop else len(text))


def scopes(statement: Statement) -> Iterator[Signal]:
    """Which personal information: categories, none, or words that name none."""
    fields = set(statement.fields)
    places = [at for at, _ in statement.categories] or [len(statement.text)]
    if all(denied(statement, at=at) for at in places):
        return
    labelled = bool(fields & {"scope", "permission"})
    if labelled and is_empty(statement):
        if "scope" in fields:
            yield nothing(statement, Kind.SCOPE)
        return
    if fields & {"vendor-name", "contact", "policy", "website", "retention"}:
        return
    none = statement.find("none-collected")
    if none and not _WE.search(statement.text, max(0, none.start() - 16), none.start()):
        yield signal(
            statement, Kind.SCOPE, Polarity.AFFIRMED, "signal.pattern", at=none.span(), strength=-1
        )
        return
    if statement.find("to-developer") or statement.label_says("to-developer"):
        return
    if developers_own(statement):
        return
    if categories := _categories(statement, labelled=labelled):
        yield signal(
            statement,
            Kind.SCOPE,
            Polarity.AFFIRMED,
            "signal.label" if labelled else "signal.pattern",
            at=categories,
            lexical=0.9 if labelled else 0.8,
        )
        return
    yield from _vague_scope(statement, fields)


# Before "do not collect": it is the developer who does not.
_WE = re.compile(r"(?:我们|本公司|我司|本应用)[^，。;；]{0,6}\Z|\bwe\s(?:\w+\s)?\Z")


def _vague_scope(statement: Statement, fields: set[str]) -> Iterator[Signal]:
    if "purpose" in fields or "method" in fields or _ASKS_HOW.search(statement.text):
        return
    if fields & {"scope", "permission"}:
        if "scope" in fields and _refers(statement):
            return
        if statement.find("permission") or "scope" not in fields:
            yield signal(statement, Kind.SCOPE, Polarity.VAGUE, "reason.permissions-only")
        elif statement.find("vague-scope"):
            yield signal(statement, Kind.SCOPE, Polarity.VAGUE, "reason.no-category")
        elif statement.label_says("information"):
            # A field for categories that holds other words names some category we do not know.
            yield signal(statement, Kind.SCOPE, Polarity.AFFIRMED, "signal.label", lexical=0.6)
    elif pointed := _pointed_categories(statement):
        yield signal(
            statement, Kind.SCOPE, Polarity.AFFIRMED, "signal.pattern", at=pointed, lexical=0.6
        )
    elif (match := statement.find("vague-scope")) and (
        statement.find("collect") or statement.find("gives") or _USES.search(statement.text)
    ):
        yield signal(statement, Kind.SCOPE, Polarity.VAGUE, "reason.no-category", at=match.span())
    elif _permission_line(statement) or _asks_permission(statement):
        yield signal(statement, Kind.SCOPE, Polarity.VAGUE, "reason.permissions-only")


def _pointed_categories(statement: Statement) -> tuple[int, int] | None:
    """ "The above information is shared with X", behind a sentence that names the categories."""
    match = statement.find("limited")
    if match is None or statement.unit is None or not statement.find("gives"):
        return None
    reading = statement.reading
    block = reading.policy.blocks[statement.block]
    before = reading.shadow_of(Span(block.span.start, statement.span.start)).text
    words = (w for w in reading.lexicon.phrases["category"] if len(w) > 1)
    return match.span() if before and any(w in before for w in words) else None


# "How X processes your information its policy says" tells nothing of it.
_ASKS_HOW = re.compile(
    r"(?:如何|怎样|怎么)(?:收集|处理|使用|保护|共享)[^。；;]{0,24}(?:请|见|查看|参阅|了解|以)"
    r"|\bhow (?!we\b|you\b|to\b)\w+[^.;]{0,60}\b(?:see|read|refer|policy)\b"
)
_USES = re.compile(r"使用|\buses?\b")


def _asks_permission(statement: Statement) -> bool:
    """The vendor's product needs or calls a system permission; no category is named."""
    asks = re.search(
        r"需要|申请|获取|收集|调用|使用|开启|\b(?:need|request|require|access|us)", statement.text
    )
    named = statement.reading.names(statement.span)
    return bool(asks and named and statement.find("permission"))


def _permission_line(statement: Statement) -> bool:
    unit = statement.unit
    flat = unit is not None and unit.binding.relation is Relation.ENTRY and not statement.fields
    return bool(flat and len(statement.text) < 60 and statement.find("permission"))


def _categories(statement: Statement, *, labelled: bool) -> tuple[int, int] | None:
    """The range of the named categories that flow to the vendor, or None."""
    found = [c for c in statement.categories if not _permission_word(statement, c)]
    found = [c for c in found if not _only_names(statement, [c])]
    found = [c for c in found if not _CLICK.search(statement.text, max(0, c[0] - 3), c[1] + 4)]
    permissions = set(statement.fields) == {"permission"} and statement.find("permission-names")
    if not found or permissions:
        return None
    if labelled:
        return found[0][0], len(statement.text)
    if _bare_list(statement, found):
        return found[0][0], _whole(statement.text, found[-1][1])
    if listed := _listed_behind_name(statement, found) or _list_of_categories(statement, found):
        return listed
    # A general clause tells of providing in many ways; only an entry's words say to whom.
    given = _given(statement, found) if statement.unit else None
    return _collected(statement, found) or given or _somebodys_data(statement, found)


# To click on something is no record of clicks.
_CLICK = re.compile(
    r"(?:请|可|可以|您|你|或)点击|点击(?:查看|链接|此处|这里|进入|同意|确认|按钮|[\"'《「<]|后|即)"
)


def _somebodys_data(statement: Statement, found: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Categories of the user's in a sentence on the vendor alone, whatever its verb: "您的手机号
    以星号遮蔽后出现在如视的后台", "点击和停留数据归如视保存".
    """
    reading, text = statement.reading, statement.text
    if not reading.names(statement.span) or reading.others(statement.span):
        return None
    for start, end in found:
        owned = _OWNED.search(text, max(0, start - 24), start)
        if not (owned or _DATA.match(text, end)) or _is_function(statement, (start, end), 0):
            continue
        if _OURS_DONE.search(text, 0, start) or _negated_before(text, start):
            continue
        near = (statement.index(m.span.start) - end for m in reading.names(statement.span))
        if any(
            abs(gap) <= _NEAR and not _OURS.search(text, *_clause(text, start, end)) for gap in near
        ):
            return start, end
    return None


_OWNED = re.compile(
    r"(?:您|你|用户|客户|访客|游客|会员|业主|顾客|观众|阁下|读者|学员)"
    r"(?:[^，。；;、]{0,12}(?:填写|提交|产生|登记|输入|留下|上传|预约|选择|所选|所用|使用|拍摄|录制|发布|发送|浏览|观看))?的[^，。；;、]{0,6}\Z"
    r"|\b(?:your|the user's|users')\s(?:\w+\s){0,2}\Z"
)
_DATA = re.compile(
    r"(?:等|和|及|、|[^，。；;、的]{1,4})?(?:数据|信息|资料|记录)|\s(?:data|information)\b"
)
# Characters between what is the user's and the vendor's name.
_NEAR = 30
_OURS = re.compile(r"我们|本公司|我司|同意|授权|\b(?:we|us|our|consent)\b")
# The developer is the one who does it.
_OURS_DONE = re.compile(
    r"(?:我们|本公司|我司)(?:会|将|可能|需要?|也|还)*(?:收集|获取|采集|访问|记录|使用(?:您|你)|根据|读取)"
    r"|(?:您|你)(?:使用|打开|点击|进入|选择)[^，。；;]{0,6}\Z"
    r"|\bwe (?:\w+ )?(?:collect|use your|record|access|obtain)"
)


def _whole(text: str, end: int) -> int:
    """The end of a category's name ("语音" in "语音数据")."""
    tail = re.compile(r"[^，。;；、的,.\s()]{0,4}?(?:信息|数据|记录|资料)").match(text, end)
    return tail.end() if tail else end


def _collected(statement: Statement, found: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Categories that a verb of collecting governs: "collects …", "… is collected by"."""
    text = statement.text
    for match in statement.reading.lexicon.patterns["collect"].finditer(text):
        if _negated_before(text, match.start()) or _of_services(text, match):
            continue
        if _YOU_USE.search(text, max(0, match.start() - 40), match.end()):
            continue
        inside = _listed_after(statement, found, match.end())
        if inside:
            if _somebody_elses(statement, match.start()):
                continue
            return match.start(), _whole(text, inside[-1][1])
        if _PASSIVE.search(text, max(0, match.start() - 40), match.start()):
            said = _said_before(text, found, match.start())
            if said:
                return said[0][0], match.end()
    return None


def _by_user(text: str, at: int) -> bool:
    """ "You may share the tour with your friends": the user is the one who gives."""
    return bool(_YOU_MAY.search(text, max(0, at - 40), at))


_YOU_MAY = re.compile(
    r"(?:您|你|用户)(?:也|还|均|都)?(?:可以?|可自行|能够?)[^，。；;]{0,40}\Z"
    r"|\byou (?:can|may)\b[^,.;]{0,40}\Z"
)


def _somebody_elses(statement: Statement, at: int) -> bool:
    """Whether the party named last before a verb is another one, which does what it tells."""
    reading = statement.reading
    mine = [statement.index(m.span.end) for m in reading.names(statement.span)]
    others = [statement.index(s.end) for s in reading.others(statement.span)]
    last = max((n for n in others if n <= at), default=-1)
    own = max((n for n in mine if n <= at), default=-1)
    # "如视、高德会收集": parties told in one breath do it all; a company's name may gloss a brand.
    between = statement.text[own:last] if 0 <= own < last else ""
    return own < last and own >= 0 and bool(re.search(r"[，;；,]", between))


def _given(statement: Statement, found: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Categories that are given away: "your phone number is passed to …", "向 … 提供 …"."""
    text = statement.text
    for match in statement.reading.lexicon.patterns["gives"].finditer(text):
        if _negated_before(text, match.start()) or _by_user(text, match.start()):
            continue
        said = _said_before(text, found, match.start())
        if said:
            return said[0][0], match.end()
        if inside := _listed_after(statement, found, match.end()):
            return match.start(), _whole(text, inside[-1][1])
    return None


def _listed_after(
    statement: Statement, found: list[tuple[int, int]], after: int
) -> list[tuple[int, int]]:
    stop = next(
        (m for m in _LIST_END.finditer(statement.text, after) if not _to_party(statement, m)), None
    )
    end = min(stop.start() if stop else len(statement.text), after + 160)
    inside = (c for c in found if after <= c[0] < end)
    return [c for c in inside if not _is_function(statement, c, after)]


def _to_party(statement: Statement, match: re.Match[str]) -> bool:
    """Whether "to" leads to the recipient, not to a purpose: "we disclose to Realsee your name"."""
    if not match.group().startswith("to"):
        return False
    place = statement.at(match.end(), match.end() + 1).start
    return any(
        abs(m.span.start - place) <= _ARTICLE for m in statement.reading.names(statement.span)
    )


# Characters between "to" and a name: "the".
_ARTICLE = 4


def _said_before(text: str, found: list[tuple[int, int]], before: int) -> list[tuple[int, int]]:
    first = max((m.end() for m in _STOP.finditer(text, 0, before)), default=0)
    return [c for c in found if max(first, before - 120) <= c[0] < before]


# "If you sign in using your number": what the user does with it.
_YOU_USE = re.compile(r"\byou\b[^,.;]{0,30}\bus(?:e|ing) your\Z|(?:您|你)使用(?:您|你)\Z")
# Before a verb that tells what happens to the categories named first: "… is collected by".
_PASSIVE = re.compile(r"(?:被|由)[^，。;；]{0,30}\Z|\b(?:is|are|be|been)\s(?:\w+\s){0,3}\Z")
_STOP = re.compile(r"[。;；\n]|\.\s")
# Where the list of categories that a verb of collecting governs ends.
_LIST_END = re.compile(
    r"[。;；]|用于|以便|用来|从而|，(?:通过|并|以|用|为|保存|进行|如|若|但)"
    r"|\bto\s|\bfor\s|\bin order\b|\bwho\b"
)


# "Data on your device" names the place, not a category.
_PLACE = re.compile(r"\b(?:on|from|to|in|into|of) (?:your|the|a|their|its) \Z")
_HOLDERS = frozenset(("device", "browser", "network", "camera", "hardware", "account"))


def _permission_word(statement: Statement, at: tuple[int, int]) -> bool:
    """A category's word in a permission's name ("相机权限"), or one that says where data are."""
    text = statement.text
    if re.match(r"[^，。、;；,]{0,4}(?:权限|permission)", text[at[1] :]):
        return True
    if _PLACE.search(text, max(0, at[0] - 16), at[0]) and text[at[0] : at[1]] in _HOLDERS:
        return True
    patterns = statement.reading.lexicon.patterns
    if any(m.start() <= at[0] and at[1] <= m.end() for m in patterns["permission"].finditer(text)):
        return True
    # "Permissions needed: camera, location": what a permission opens, not what is taken.
    asked = patterns["permissions-asked"].search(text, 0, at[0])
    listed = set(statement.fields) == {"permission"} or asked
    return bool(listed and patterns["permission-object"].match(text, at[0]))


def _bare_list(statement: Statement, found: list[tuple[int, int]]) -> bool:
    """A flattened table's cell that is a list of categories and nothing else."""
    unit = statement.unit
    if (
        unit is None
        or statement.fields
        or unit.binding.relation not in (Relation.ENTRY, Relation.ROW, Relation.ITEM)
    ):
        return False
    if unit.binding.relation is Relation.ITEM:
        return _lists_category(statement.text, found)
    covered = sum(e - s for s, e in found)
    listed = statement.text.count("、") + statement.text.count("，") + statement.text.count(",")
    return (len(found) >= 2 and listed >= 1) or (covered * 2 >= len(statement.text) and listed == 0)


def _listed_behind_name(
    statement: Statement, found: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Categories that come first behind the vendor's name and a colon, in its own item.

    "(4) Realsee, the maker of the tours: the model of the device, IP address, for showing rooms".
    """
    text = statement.text
    colon = _COLON.search(text)
    if statement.unit is None or colon is None or not colon.end() < _HEAD:
        return None
    head = statement.at(0, colon.start())
    if not statement.reading.names(head) or statement.find("developer-collects"):
        return None
    stop = _LISTED_END.search(text, colon.end())
    end = stop.start() if stop else len(text)
    inside = [c for c in found if colon.end() <= c[0] and c[1] <= end]
    parts = (p.span() for p in _PART.finditer(text, colon.end(), end))
    named = any(_is_category(text, part, inside) for part in parts)
    return (inside[0][0], end) if inside and named else None


def _list_of_categories(
    statement: Statement, found: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """A sentence of an entry, or what a dash sets off in it, that is a list of categories.

    "Realsee. Shows the cabins in 3D. Device model, IP address, the cabins opened."
    """
    text, unit = statement.text, statement.unit
    if unit is None or unit.binding.relation not in _ENTRIES:
        return None
    mention = unit.binding.mention
    if statement.block == mention.block and statement.span.end <= mention.span.start:
        # What comes before the name may be somebody else's.
        return None
    for clause in _SET_OFF.finditer(text):
        parts = [p.span() for p in _LISTED_PART.finditer(text, *clause.span())]
        named = [p for p in parts if _is_category(text, p, found, share=_MOSTLY)]
        listed = len(named) > 1 and len(named) * 2 >= len(parts)
        if listed and _is_category(text, parts[0], found):
            return named[0][0], clause.end()
    return None


# Parts of ten that the words of a category fill: all but an article; "operating system version".
_WHOLLY, _MOSTLY = 8, 6
_ENTRIES = (Relation.ITEM, Relation.SECTION, Relation.PARAGRAPH)
_SET_OFF = re.compile(r"(?:(?!\s[-–—]+\s|——)[^;；。|])+")
_LISTED_PART = re.compile(r"(?:(?!\s(?:and|or)\s)[^，,、])+")

# Characters in which an item says whose it is.
_HEAD = 120
_COLON = re.compile(r"(?:[:：]|--)\s*")
_LISTED_END = re.compile(r"[。;；.]|用于|以便|用来|\b(?:for|to|in order)\b")
_PART = re.compile(r"[^，,、]+")
_ARTICLES = re.compile(r"\b(?:and|the|your|its?|an?|of|or|和|及|您的)\b|\s")


def _is_category(
    text: str, part: tuple[int, int], found: list[tuple[int, int]], *, share: int = _WHOLLY
) -> bool:
    """Whether a part of a list is a category and nothing else, articles aside.

    ``share``: of ten parts of its length, how many the category's words must fill.
    """
    covered = "".join(text[s:e] for s, e in found if part[0] <= s and e <= part[1])
    told = len(_ARTICLES.sub("", text[slice(*part)]))
    return len(_ARTICLES.sub("", covered)) * 10 >= told * share > 0


def _lists_category(text: str, found: list[tuple[int, int]]) -> bool:
    """Whether a part of a short line is a category and nothing else ("X SDK：推送，设备信息")."""
    if len(text) > _SHORT_LINE:
        return False
    parts = re.finditer(r"[^，,、:：;；。—|｜]+", text)
    return any(
        sum(e - s for s, e in found if part.start() <= s and e <= part.end()) * 5
        >= len(part.group().strip()) * 4
        for part in parts
    )


def _is_function(statement: Statement, at: tuple[int, int], after: int) -> bool:
    """A category's word that is used for a service ("提供定位服务", "语音识别功能")."""
    text = statement.text
    return bool(
        re.match(
            r"[^，。、;；,()用以为]{0,10}?(?:服务|功能|识别|播放|推送|展示|能力|录制|认证|验证|校验|登录|service)"
            r"|\s(?:delivery|verification|processing|authentication|mapping|hosting|messaging)\b",
            text[at[1] :],
        )
    )


def _of_services(text: str, verb: re.Match[str]) -> bool:
    """What services include is no information: "the services provided may include …"."""
    if not re.match(r"包括|包含|涉及|includ|provid|process", verb.group()):
        return False
    before = text[max(0, verb.start() - 40) : verb.start()]
    return bool(
        re.search(
            r"(?:服务|功能|\bservices?\b)[^，。;；,.]{0,30}$"
            r"|\b(?:payment|card|order|transaction)s? $",
            before,
        )
    )
