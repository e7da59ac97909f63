"""What tells a privacy policy, or a list that belongs to one, from other pages (RS002)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from linter.classify.lists import party_fields
from linter.classify.reading import Reading
from linter.classify.shadow import Shadow
from linter.document import Policy


@dataclass(frozen=True, slots=True)
class PolicySigns:
    """What tells a privacy policy from other pages.

    Attributes
    ----------
    titled : its title or a heading near its beginning says that it is one.
    statements : how many statements about handling personal data it makes, at most ten.
    enough : it makes as many as a policy of its length must, or it is titled as one and is more
        than a title (RS002 asks).
    """

    titled: bool
    statements: int
    enough: bool


def policy_signs(policy: Policy) -> PolicySigns:
    """Whether a document says anything about handling personal data, and whether it is titled so.

    A licence agreement with a privacy chapter handles data; a page of news that ends with a link
    to the policy does not. A short notice needs one such statement, a longer document two; one
    that calls itself a privacy notice is taken at its word, since plain words ("we write down your
    name") are no formula that could be counted.
    """
    shadow = Shadow(policy.text, traditional=policy.language == "zh-hant")
    handling = _HANDLING["zh" if policy.language.startswith("zh") else "en"]
    statements = sum(1 for _ in islice(handling.finditer(shadow.text), _COUNTED))
    wanted = 1 if len(policy.text) < _SHORT_NOTICE else 2
    titled = _titled(policy)
    # A page that calls itself the policy and goes on is one, however plainly it speaks; one that
    # does not, and does not speak to its reader either, may be news of what others do.
    spoken = titled or _ADDRESSED.search(shadow.text) is not None
    reported = _NEWS_TITLE.search(policy.title) or _REPORTED.search(shadow.text)
    enough = statements >= wanted and bool(spoken or not reported)
    enough = enough or (titled and len(policy.text) >= _TITLED_ENOUGH)
    # A list of third parties may hold nothing but fields.
    enough = enough or len(party_fields(Reading(policy, ()))) >= _FIELDS_OF_A_LIST
    return PolicySigns(titled, statements, enough)


def _titled(policy: Policy) -> bool:
    beginning = (
        b
        for b in policy.blocks[:_TITLE_BLOCKS]
        if len(b.span) <= (_HEADING_LENGTH if b.level else _TITLE_LENGTH)
    )
    # A menu's link to the policy is no title.
    own = (
        b for b in beginning if b.level or not any(x.span.overlaps(b.span) for x in policy.links)
    )
    titles = (policy.title, *(policy.quote(b.span) for b in own))
    return any(_POLICY_TITLE.search(Shadow(t).text) for t in titles)


_COUNTED = 10
_NEWS_TITLE = re.compile(r"新闻|资讯|报道|\b(?:news|press)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"记者|据悉|获悉|被罚|通报批评|责令整改|\b(?:press release|reporters?|was fined|were fined)\b"
)
_ADDRESSED = re.compile(
    r"我们|我司|我方|本(?:公司|平台|应用|app|软件|产品|网站|站|小程序|协议|政策|声明|人)|[您你]"
    r"|\b(?:we|our|us|you|your|this (?:app|site|website|policy|notice|agreement))\b"
)
# Characters; menus and notices that only name the policy are shorter.
_TITLED_ENOUGH = 400
# Who, and two of why, how, what and where to ask: a form or a price list asks for fewer.
_FIELDS_OF_A_LIST = 3
_TITLE_BLOCKS, _TITLE_LENGTH, _HEADING_LENGTH = 12, 60, 120
_POLICY_TITLE = re.compile(
    r"隐私(?:权)?(?:保护)?(?:政策|声明|条款|协议|指引|须知|说明|通知|公告|告知|规则|守则|约定|承诺)"
    r"|隱私(?:權)?(?:保護)?(?:政策|聲明|條款|權)|私隱(?:政策|聲明)"
    r"|(?:个人|患者|观众|客户|宾客|用户)信息(?:的?处理|保护|收集)?[^，。]{0,8}(?:政策|声明|规则|指引|告知|说明|须知|告示|守则)"
    r"|個人資料[^，。]{0,8}(?:政策|聲明|告知)"
    r"|privacy (?:policy|notice|statement|terms|guide|information|charter|commitment|promise|page"
    r"|summary|handbook|q ?& ?a|questions|faqs?|cent(?:er|re))"
    r"|questions (?:about|on) (?:your )?(?:privacy|(?:personal )?(?:data|information))"
    r"|data protection (?:policy|notice|statement)"
    r"|(?:^|[:|–-] ?|\b(?:your|guest|player|customer|student) )privacy(?: (?:at|in|for|with)\b|$)"
    r"|how we (?:treat|handle|use|protect|collect|look after)[^.]{0,30}(?:information|data)"
    r"|(?:sdk|第三方)[^，。]{0,12}(?:目录|清单|列表)"
)
# Characters; half a screen.
_SHORT_NOTICE = 1_500
_HANDLING = {
    "zh": re.compile(
        r"(?:收集|获取|使用|处理|共享|分享|提供|存储|保存|披露|上传|读取|保护|提交|填写)[^。\n]{0,40}"
        r"(?:个人(?:敏感)?(?:信息|资料|数据)|用户(?:信息|资料|数据)|隐私|(?:[您你]|顾客|客户|会员|住客|访客|宾客|业主|患者|学员|家长)的.{0,12}?(?:信息|数据|资料)"
        r"|设备信息|位置信息|手机号|cookie)"
        r"|(?:个人(?:敏感)?(?:信息|资料|数据)|用户(?:信息|资料|数据)|隐私信息|设备信息|位置信息|手机号)"
        r"[^。\n]{0,40}(?:收集|获取|使用|处理|共享|分享|提供|存储|保存|披露|上传|读取|保护)"
    ),
    "en": re.compile(
        r"\b(?:collect|use|process|shar|disclos|stor|transfer|receiv|provid|retain|protect|access"
        r"|keep|record)\w*"
        r"\b[^.\n]{0,80}\b(?:personal(?:ly)? (?:information|data|identif\w+)|your (?:\w+ ){0,3}"
        r"(?:information|data|details|particulars|name|e-?mail|phone|address|number|location)"
        r"|(?:user|guest|visitor|customer|client|member|patient|couple|tenant)s?'?s?"
        r" (?:information|data|details)|(?:information|data|details) (?:about|of|on) "
        r"(?:you|(?:our |the )?(?:users?|guests?|visitors?|customers?|clients?|members?|couples?))"
        r"|cookies?|device (?:information|data|model|id)|location data|phone numbers?"
        r"|e-?mail address\w*|ip address\w*)"
        r"|\b(?:personal (?:information|data)|your (?:\w+ ){0,3}(?:information|data))\b[^.\n]{0,80}"
        r"\b(?:collect|use|process|shar|disclos|stor|transfer|receiv|retain|protect)\w*"
    ),
}
