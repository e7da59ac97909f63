"""From a home page or store page to the policy it links to, and from a policy to the agreement."""

from __future__ import annotations

import re

from linter.document import Policy
from linter.fetch.site import address_key, host_of, same_site

_MAX_CANDIDATES = 3
_FULL_NAME = re.compile(
    r"隐私(?:权)?(?:保护)?(?:政策|声明|条款|协议|指引|说明)|隱私(?:權)?(?:保護)?(?:政策|聲明|條款|權)"
    r"|个人信息(?:处理|保护)[^，。]{0,6}(?:政策|声明|规则|指引)|個人資料[^，。]{0,6}(?:政策|聲明)"
    r"|\bprivacy\s+(?:policy|notice|statement)|\bdata\s+(?:protection|privacy)\s+(?:policy|notice)",
    re.IGNORECASE,
)
_AND = r"\s*(?:&|and|与|和|及|、)\s*"
# The whole of what a link says.
_SHORT_NAME = re.compile(
    r"\W*(?:用户|用戶|个人)?(?:隐私|隱私|私隱)(?:权|權)?"
    rf"(?:保护|保護|中心|专区|与安全|{_AND}(?:cookies?|条款|條款|安全|法律))?\W*"
    rf"|\W*(?:(?:legal|terms|security|your){_AND}|your\s+|our\s+|data\s+)?privacy"
    rf"(?:{_AND}(?:cookies?|security|terms|legal|data protection)){{0,2}}"
    r"(?:\s+(?:cent(?:er|re)|hub|portal|commitment|information))?\W*"
    r"|\W*data\s+protection\W*",
    re.IGNORECASE,
)
# Pages beside the policy, and policies for others than the app's users.
_ANOTHER = re.compile(
    r"儿童|兒童|未成年|摘要|简版|简明|概要|cookie|第三方|招聘|应聘|员工|设置|选择|历史版本|旧版"
    r"|child|kids|teen|summary|settings?|choices|preferences|job|applicant|candidate|employee"
    r"|third.part|previous|archive|recaptcha|shield",
    re.IGNORECASE,
)
_KEYWORD = re.compile(r"privacy|yinsi|ysxy|yszc|yinsizhengce|%E9%9A%90%E7%A7%81", re.IGNORECASE)
# App stores: their own policy is linked on every page, and is not the one that is meant.
_STORES = (
    "apps.apple.com",
    "itunes.apple.com",
    "play.google.com",
    "appgallery.huawei.com",
    "appgallery.huawei.cn",
    "app.mi.com",
    "sj.qq.com",
    "a.app.qq.com",
    "coolapk.com",
    "wandoujia.com",
    "store.oppomobile.com",
    "h5.appstore.vivo.com.cn",
    "app.meizu.com",
    "galaxystore.samsung.com",
    "apps.microsoft.com",
)


def is_store(url: str | None) -> bool:
    """Whether a page is an app store's."""
    host = host_of(url or "")
    return any(host == store or host.endswith(f".{store}") for store in _STORES)


def policy_links(page: Policy, url: str | None) -> list[str]:
    """Addresses at which the page's privacy policy may stand, the likeliest first, at most three.

    Parameters
    ----------
    page : a page that is no policy, its links absolute where they could be made so.
    url : its own address; None for a file.
    """
    best: dict[str, float] = {}
    for href in (h for relation, h in page.relations if relation == "privacy-policy"):
        best[href] = 5.0
    named = [(h, r.removeprefix("named:")) for r, h in page.relations if r.startswith("named:")]
    for href, text in (*((x.href, page.quote(x.span)) for x in page.links), *named):
        points = _points(text, href, url)
        if points > best.get(href, 0.0):
            best[href] = points
    return sorted(best, key=lambda h: -best[h])[:_MAX_CANDIDATES]


def _points(text: str, href: str, url: str | None) -> float:
    if href.startswith("#") or href.lower().startswith(("mailto:", "tel:", "javascript:")):
        return 0.0
    short = _SHORT_NAME.fullmatch(text)
    if _FULL_NAME.search(text):
        points = 3.0
    elif short:
        points = 2.5
    elif _KEYWORD.search(href) and len(text) < 40:
        points = 1.0
    else:
        return 0.0
    if (not short and _ANOTHER.search(text)) or _ANOTHER.search(href):
        points -= 2.0
    points += 0.3 * bool(_KEYWORD.search(href))
    if url and href.lower().startswith("http"):
        # A store's page links to the developer's site; any other to its own, and to the policies
        # of services it uses.
        points += 0.5 if same_site(href, url) != is_store(url) else -0.5
    return points


# The user agreement, by what the whole of a link says.
_AGREEMENT = re.compile(
    r"\W*(?:[^，。；\s]{0,16}?)(?:用户|用戶|服务|服務|使用|会员|會員|注册|註冊|许可|許可)(?:使用|服务|服務|许可|許可|注册)*"
    r"(?:协议|協議|条款|條款|约定|協定|规约)(?:书)?\W*"
    r"|\W*(?:the\s+|our\s+|[\w'’.-]+\s+){0,3}(?:terms\s+(?:of\s+(?:service|use)|(?:and|&)\s+conditions)"
    r"|(?:end[\s-]?)?(?:user|service|services|member(?:ship)?|customer)\s+(?:licen[cs]e\s+)?(?:service\s+)?"
    r"(?:agreement|terms)|conditions\s+of\s+use|eula)\W*"
    r"|\W*(?:legal\s+)?terms\W*",
    re.IGNORECASE,
)
# Characters of what a link says that names a document.
_NAME = 60
# Contracts with others than the users, or on one thing alone; the policy itself.
_OTHER_CONTRACT = re.compile(
    r"隐私|隱私|儿童|兒童|未成年|第三方|支付|广告|推广|商家|商户|开发者|代理|历史|旧版|cookie|续费|充值"
    r"|privacy|child|third.part|payment|advertis|merchant|seller|partner|developer|affiliate|api\b"
    r"|previous|archive|vendor|supplier|website\s+design",
    re.IGNORECASE,
)


def agreement_links(page: Policy, url: str) -> list[str]:
    """Addresses at which the user agreement of a policy's product may stand, at most three.

    Only the policy's own site counts: the agreements of the services that a product uses are
    linked in the same words.

    Parameters
    ----------
    page : the privacy policy, its links absolute.
    url : its own address.
    """
    named = [(h, r.removeprefix("named:")) for r, h in page.relations if r.startswith("named:")]
    found: dict[str, str] = {}
    for href, text in (*((x.href, page.quote(x.span)) for x in page.links), *named):
        words = text.strip()
        if len(words) > _NAME or not _AGREEMENT.fullmatch(words) or _OTHER_CONTRACT.search(words):
            continue
        key = address_key(href)
        if same_site(href, url) and key != address_key(url):
            found.setdefault(key, href)
    return list(found.values())[:_MAX_CANDIDATES]


def translations(page: Policy, languages: tuple[str, ...] = ("zh", "en")) -> list[str]:
    """Addresses of the page in a language that is judged, by its ``hreflang`` links."""
    found = dict(reversed(page.relations))
    return [
        href
        for wanted in languages
        for relation, href in found.items()
        if relation.startswith(f"alternate:{wanted}")
    ]
