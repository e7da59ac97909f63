"""How a sentence sends its reader to a list of third parties that it describes without a title.

GUIDELINE, "Deferral": a sentence that sends the reader to the list is one; words of courtesy on
what rules the third parties have are none, nor is a list that stands in the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.classify.lists import DESCRIBED, LIST_OF, PARTIES, is_list
from linter.classify.reading import Reading
from linter.classify.shadow import Shadow
from linter.document import Span

# Words that say that a list stands in this document. "The following link" leads out of it.
HERE = {
    "zh": re.compile(
        r"(?:以下|下列|如下|下表|下图|如图|附件|下方)"
        r"(?!的?(?:链接|网址|地址|网页|页面|按钮|二维码|路径|方式|途径|入口|步骤))"
        r"|[见在于]本(?:政策|声明|协议|章|节|条)|文末|上文|下文|第.{1,3}(?:章|节|条|部分)"
    ),
    "en": re.compile(
        r"\b(?<!link )(?<!url )(?<!address )(?<!button )(?<!page )(?:below|following|above)\b"
        r"(?!\s+(?:links?|urls?|address\w*|(?:web\s?)?pages?|websites?|buttons?|path|steps?))"
        r"|\b(?:as follows|annex|appendix|schedule|this (?:policy|notice|section))\b"
    ),
}
ANNEX = re.compile(
    r"(?:附件|附录|附表)[一二三四五六七八九十\d]{0,2}|\b(?:annex|appendix|schedule)\s+[a-z\d]{1,3}\b"
)
# Besides the lexicon's words: where a list is said to be kept.
_KEPT = {
    "zh": re.compile(
        r"查询|下载|打开|扫描|扫码|公示|公布|列示|披露[于在]|发布[于在]|见(?=[:于官网链此]|https?)"
    ),
    "en": re.compile(
        r"\b(?:find|download|go to|published|posted|maintained|identified|named|displayed"
        r"|accessible|hosted|listed|viewed|seen|obtained|consulted)\b"
        r"|\bwe\s+(?:also\s+)?(?:list|identify|publish|name|post)\b"
    ),
}
# The rules and rights that a courtesy sends to.
_RULES = {
    "zh": re.compile(
        r"政策|规则|协议|条款|声明|投诉|反馈|撤回|关闭|为准|[其该]\S{0,6}(?:官网|网站)"
    ),
    "en": re.compile(
        r"\b(?:polic\w+|terms|notices?|statements?|opt|choices?|cookies?|rights?|complain\w*"
        r"|their)\b"
    ),
}
_PARTY_EN = (
    r"(?:third[ -]part(?:y|ies)|partners|sdks?|sub-?processors|processors|vendors"
    r"|providers|suppliers|recipients)"
)
_PARTY_ZH = r"(?:第三方|合作(?:方|伙伴|机构)?|sdk|(?:服务|供应)商|(?:接收|受托)方)"
_PLACE = {
    "zh": re.compile(
        r"官网|网站|网页|页面|这一?页|链接|应用内|app|小程序|平台|中心|设置|此处|这里|公告"
    ),
    "en": re.compile(
        r"\b(?:web\s?sites?|(?:web\s?)?pages?|sites?|app|settings|cent(?:er|re)|portal|here|links?"
        r"|annex|appendix|schedule)\b|https?:"
    ),
}
_VERB = (
    r"(?:^|[,;:(]\s*|\b(?:please|can|may|also|to|and|or|by|could|should)\s+)"
    r"(?:also\s+)?(?:see|refer(?:ring)? to|visit(?:ing)?|consult|view(?:ing)?|check|read|find"
    r"|access|review|download|go(?:ing)? to|click(?:ing)?(?: on)?|tap(?:ping)?(?: on)?|open)\b"
)
# A list that is described, the verb before or after it; "list" is what is sent to.
_LISTS = {
    "zh": (
        re.compile(
            rf"(?P<list>{DESCRIBED['zh'].pattern})[\"'」』】]?(?:的?(?:最新|完整)?(?:版本|内容))?[,，:]?"
            r"(?:(?:中|内|里|请|您|可以?|均|已|会|在|于|通过)[^，。;；]{0,16}?)?"
            r"(?:查看|查阅|查询|浏览|下载|获取|索取|索阅|访问|点击|详见|参见|公布|公示|披露[于在]|发布[于在]|载于"
            r"|位于|存放[于在]|存于|置于|见(?=[于官网链附此:]|https?))"
        ),
    ),
    "en": (
        re.compile(rf"{_VERB}[^.;]{{0,40}}?(?P<list>{DESCRIBED['en'].pattern})"),
        re.compile(
            rf"(?P<list>{DESCRIBED['en'].pattern})[^.;]{{0,60}}?\b(?:is|are|be)\s+(?:\w+\s+)?"
            r"(?:available|found|published|posted|accessible|maintained|provided|viewed|accessed"
            r"|listed|located|kept|displayed|set out|obtained|seen|consulted|hosted)\b"
            r"[^.;]{0,20}\b(?:at|here|in|on|under|via|from|through|by)\b"
        ),
        re.compile(rf"(?P<list>{DESCRIBED['en'].pattern})\s*[:(-]\s*(?:https?:|here\b)"),
    ),
}
# A list of parties that were named before: "a current list of them", "其名单".
_OF_THEM = {
    "zh": re.compile(
        r"(?:^|[，。;；:(]|[其等]|具体|详细|完整|最新|全部|上述|前述)的?(?P<list>名单|清单|目录|列表)"
    ),
    "en": re.compile(
        r"\b(?P<list>(?:current|full|complete|up-to-date|updated|latest|detailed)\s+list"
        r"|list\s+of\s+(?:them|these|those|such|all\s+of\s+them|their\s+names)"
        r"|(?:the|this|a)\s+list(?=\s+(?:is|can|may)\b))\b"
    ),
}
# The parties themselves are said to be named somewhere; "where" tells the place.
_NAMED_AT = {
    "zh": (
        re.compile(
            rf"(?P<list>{_PARTY_ZH}的?(?:名称|名单|信息|情况|身份)?)[^，。;；]{{0,10}}"
            r"(?:公示|公布|列示|披露|列明|载明|发布|列|载)[于在](?P<where>[^。;；]{0,24})"
        ),
        re.compile(
            r"(?<!将)在(?P<where>[^，。;；]{2,24}?)上?(?:公示|公布|列示|列出|列明|披露|发布)了?"
            rf"(?:所有|全部|我们)?(?P<list>[^，。;；]{{0,8}}?{_PARTY_ZH})"
        ),
    ),
    "en": (
        re.compile(
            r"(?:^|[.;:,]\s*|(?<!by )(?<!with )(?<!from )(?<!of )(?<!to )\b"
            r"(?:the|our|all|these|such|current)\s+)(?:[a-z-]+\s+){0,2}?"
            rf"(?P<list>{_PARTY_EN})\b[^.;]{{0,90}}?\bare\s+(?:\w+ly\s+|also\s+)?"
            r"(?:listed|identified|named|set\s+out|published|enumerated|specified|disclosed)\b"
            r"(?P<where>[^.;]{0,12}\b(?:on|in|at|under|here|via)\b[^;]{0,80})"
        ),
        re.compile(
            r"\bwe\s+(?:also\s+)?(?:list|identify|publish|name|post)\s+"
            r"(?:(?!to\b|with\b|from\b|by\b|information|data)[a-z-]+\s+){0,3}?"
            rf"(?P<list>{_PARTY_EN})\b(?P<where>[^.;]{{0,40}}\b(?:on|in|at|under|here)\b[^;]{{0,60}})"
        ),
    ),
}
# Who receives the information is what the reader will learn there.
_WHO = {
    "zh": re.compile(
        r"(?P<list>(?:哪些|何种|哪几家)[^，。;；]{0,8}?(?:第三方|合作|公司|企业|机构|sdk|服务商|供应商|主体"
        r"|工具|插件|组件|外部|单位)"
        r"|(?:第三方|合作方|合作伙伴|sdk|接收方|服务商)[^，。;；]{0,8}(?:有哪些|是谁|包括哪些)"
        r"|[与和跟同给]了?(?:谁|哪[些几]?家)(?:共享|分享|合作|打交道)?)"
    ),
    "en": re.compile(
        r"\b(?:which|what|the\s+identit(?:y|ies)\s+of|the\s+names?\s+of)\s+[^.;,]{0,30}?"
        rf"(?P<list>\b(?:compan\w+|organi[sz]ations?|entit\w+|businesses|{_PARTY_EN}))\b[^.;]{{0,40}}"
        r"\b(?:receiv|shar|disclos|process|integrat|embed|access|work|collect|us(?:e|ing)\b)"
        r"|\b(?P<who>whom?)\s+(?:else\s+)?(?:(?:may\s+|will\s+)?(?:receives?|gets?|processes)\b"
        r"|we\s+(?:may\s+)?(?:share|disclose|work|provide)\b)"
    ),
}
_DETAILS = {
    "zh": re.compile(
        r"(?P<list>(?:第三方(?:信息|数据)?共享|第三方sdk|(?:接入|集成|嵌入|合作|使用)的?(?:第三方|sdk)"
        r"(?:sdk|服务)?|合作方|合作伙伴)的?(?:具体|详细|更多|相关)?"
        r"(?:详情|明细|信息|情况|内容))"
    ),
    "en": re.compile(
        r"\b(?:details?|information|particulars|more)\s+(?:about|of|on|regarding|concerning)\s+"
        r"(?:(?!from\b|by\b|to\b|with\b|you\b)[a-z-]+\s+){0,3}?"
        r"(?P<list>sdks?|sub-?processors?|third[- ]party\s+(?:(?:information|data)\s+)?sharing"
        rf"|{_PARTY_EN}\s+(?:that\s+|which\s+|who\s+)?"
        r"(?:we\b|with\s+wh|to\s+wh|receiv|embedded|integrated|used))"
    ),
}
# The linked words, and what stands right before them: "visit our [partners page]".
_PARTY_LINK = {
    "zh": re.compile(
        rf"(?:我们的)?(?:{_PARTY_ZH}){{1,3}}(?:信息|数据)?(?:页面|网页|信息|详情|介绍|专区|公示|披露|说明|情况)?"
    ),
    "en": re.compile(
        rf"(?:our\s+|the\s+)?(?:[a-z-]{{1,20}}\s+)?{_PARTY_EN[:-1]}|partner|vendor|provider|sub-?processor)"
        r"(?:\s+(?:page|information|disclosures?|section|site|hub))?"
    ),
}
_LEADS_TO = {
    "zh": re.compile(
        r"(?:查看|访问|参见|详见|请见|点击|前往|浏览|阅读|查阅)(?:我们的?)?[\"'「【]?$"
    ),
    "en": re.compile(
        r"\b(?:see|visit|view|check|consult|refer to|go to|find (?:them )?(?:on|at|in))\s+"
        r"(?:our|the|this)?\s*[\"']?$"
    ),
}
# The parties are all that a sentence speaks of before it points: "第三方SDK，请见此处".
_TOPIC = {
    "zh": re.compile(
        r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[.、)）])?(?:关于|有关|至于)?(?:我们|本应用)?所?"
        r"(?:接入|集成|使用|嵌入|合作|用到|涉及|共享)?的?"
        rf"(?P<list>(?:各类|全部|所有|具体|其他)?(?:{_PARTY_ZH}|外部(?:公司|工具|机构)|插件){{1,3}}"
        r"(?:及其)?(?:信息|数据|情况|详情|说明|服务|处理|的){0,3})"
        r"(?:[，,:]|[，,]?(?:请您?|可以?|均|都|敬请|您可以?))+(?:见|参见|详见|参阅|查看|点击|查阅|点开?|移步)"
    ),
    "en": re.compile(
        r"^(?:for|on|about|regarding)?\s?(?:our|the|all)?\s?(?:integrated\s)?"
        rf"(?P<list>(?:third[- ]party\s)?{_PARTY_EN}(?:\s(?:and their data|details|information))?)"
        r"\s?[,:-]\s?(?:please\s)?(?:see|click|refer to|go to|visit|view|tap)\b"
    ),
}
_NEAR = 24  # characters from the verb that sends to the list


def sends(reading: Reading, text: str) -> re.Match[str] | None:
    """Words that send the reader somewhere."""
    pattern = reading.lexicon.patterns["send"]
    return pattern.search(text) or _KEPT[reading.language].search(text)


def leads_to_parties(reading: Reading, before: str, words: str) -> bool:
    """Whether linked words are those of the third parties and the words before send there."""
    language = reading.language
    if reading.lexicon.patterns["list-other-kind"].search(words):
        return False
    named = _PARTY_LINK[language].fullmatch(words.strip())
    return named is not None and _LEADS_TO[language].search(before) is not None


def sent_to(reading: Reading, shadow: Shadow, before: str, *, pointed: bool) -> Iterator[Span]:
    """Where a sentence names the list it sends to, if it describes one.

    Parameters
    ----------
    shadow : the sentence in normal form.
    before : what stands before it in its block and section, in normal form.
    pointed : it has a link or an address.
    """
    verb = sends(reading, shadow.text)
    if verb is not None:
        found = _described(reading, shadow.text, verb) or _parties(
            reading, shadow.text, before, pointed=pointed
        )
        if found is not None:
            yield shadow.span(*found)


def _described(reading: Reading, text: str, verb: re.Match[str]) -> tuple[int, int] | None:
    language = reading.language
    described: re.Match[str] | None
    if language == "zh":
        described = DESCRIBED["zh"].search(text, verb.end())
        near = described is not None and described.start() - verb.end() < _NEAR
    else:
        # In English what is sent to may stand on either side of the verb.
        described = LIST_OF.search(text)
        near = described is not None
    if described is not None and near and _is_list_at(reading, text, described.span()):
        return described.span()
    for pattern in _LISTS[language]:
        for match in pattern.finditer(text):
            if _is_list_at(reading, text, match.span("list")):
                return match.span("list")
    return None


def _is_list_at(reading: Reading, text: str, at: tuple[int, int]) -> bool:
    """Whether it is a list of third parties, with the words right before that say of what kind."""
    start = at[0]
    kind = _KIND[reading.language].search(text, max(0, start - _BEFORE), start)
    other = reading.lexicon.patterns["list-other-kind"]
    return is_list(reading, text[slice(*at)]) and not (kind and other.search(kind.group()))


# What of the clause before a list may say of what kind it is: "广告类合作方名单".
_KIND = {
    "zh": re.compile(r"[^，。;；:、的]*$"),
    "en": re.compile(r"(?:[a-z-]{1,20} ){0,2}$"),
}
_BEFORE = 24


def _parties(reading: Reading, text: str, before: str, *, pointed: bool) -> tuple[int, int] | None:
    """A list that is not called one, or whose parties were named before."""
    language = reading.language
    other = reading.lexicon.patterns["list-other-kind"]
    if other.search(text) or _IF.search(text):
        return None
    for pattern in _NAMED_AT[language]:
        match = pattern.search(text)
        if match and _elsewhere(reading, match.group("where")):
            return match.span("list")
    them = _OF_THEM[language].search(text) if pointed and not other.search(before) else None
    if them and (PARTIES[language].search(before) or PARTIES[language].search(text)):
        return them.span("list")
    topic = _TOPIC[language].search(text) if pointed else None
    if topic:
        return topic.span("list")
    if _RULES[language].search(text):
        return None
    who = _WHO[language].search(text)
    if who and (pointed or _PLACE[language].search(text)):
        return who.span("list") if who.group("list") else who.span()
    details = _DETAILS[language].search(text) if pointed else None
    return details.span("list") if details else None


# A promise of notice ("if the parties change, we will publish them on the site") sends nowhere.
_IF = re.compile(
    r"(?:如果?|若|当)[^，。;；]{0,16}(?:变更|变化|更新|调整)|\b(?:if|when)\b[^,.;]{0,40}\bchanges?\b"
)


def _elsewhere(reading: Reading, where: str) -> bool:
    language = reading.language
    return bool(_PLACE[language].search(where)) and not _THEIRS[language].search(where)


_THEIRS = {
    "zh": re.compile(r"[其该](?:官|网|平台|公司)|为准|第三方(?:的)?(?:官网|网站|平台)"),
    "en": re.compile(r"\btheir\b|\bthis\s+(?:page|site|website|policy|notice)\b"),
}
