"""Pages that stand in front of a policy: a sign-in, a check that a person is there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from linter.document import Page, Policy
from linter.errors import SegmentError

# Characters; a policy says more than that, and a page that says more is read whatever it asks.
_SHORT = 1_200
_BOT_CHECK = re.compile(
    r"环境异常|完成(?:安全)?验证|人机(?:验证|识别)|滑动(?:完成)?(?:验证|拼图)|拖动(?:下方)?滑块"
    r"|访问(?:过于|太)频繁|安全验证|請完成驗證|在微信客户端打开"
    r"|verif(?:y|ying) (?:that )?you are (?:a )?human|checking your browser"
    r"|enable javascript and cookies|are you a robot|not a robot|unusual traffic|just a moment"
    r"|attention required|security check",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"请(?:先)?登[录陆]|扫码登录|账号登录|密码登录|短信登录|登录后(?:查看|访问|继续)|請(?:先)?登入"
    r"|(?:sign|log) in to (?:continue|view|access|your)|please (?:sign|log) in|sign-in required",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"""<input\b[^>]{0,200}?\btype\s*=\s*["']?password""", re.IGNORECASE)
# What a page is called that is there to sign in.
_LOGIN_TITLE = re.compile(
    r"登[录陆入]|^\W*(?:账号|用户)\W*$|\b(?:sign|log)[ -]?(?:in|on)\b|\bsso\b", re.IGNORECASE
)
# A link to the policy.
_LEADS_ON = re.compile(r"隐私|隱私|私隱|个人信息|個人資料|privacy|data protection", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"(?:^|[/.])(?:login|signin|sign-in|passport|sso|oauth2?)(?:[/.]|$)", re.I)
# What a short policy says and a wall does not, though it names "security checks" and sign-in too.
_SUBJECT = re.compile(
    r"个人(?:信息|資料|资料|数据)|個人資料"
    r"|(?:[您你]|用户|客户|客人|宾客|会员|住客|访客|业主|顾客)的?[^，。；、\s]{0,8}(?:信息|数据|资料)"
    r"|personal (?:information|data)|your (?:\w+ ){0,3}(?:information|data)",
    re.I,
)
_HANDLED = re.compile(
    r"收集|蒐集|搜集|采集|取得|获取|共享|分享|披露|委托|提供[给予]|处理|存储|保存"
    r"|collect|shar(?:e|ing)|disclos|process|obtain|receiv|retain",
    re.I,
)


def handling_words(text: str) -> int:
    """How many words of a text name personal information or what is done with it; 0 if either
    is not named at all.
    """
    subjects, handled = len(_SUBJECT.findall(text)), len(_HANDLED.findall(text))
    return subjects + handled if subjects and handled else 0


def refuse_walls(page: Page, policy: Policy, shown: str) -> None:
    """Raises what stands in the way, if a page is short and is a sign-in or a bot check.

    ``shown`` is the text of the policy that is not hidden.

    Raises
    ------
    SegmentError
        ``segment-bot-check`` or ``segment-login``.
    """
    if page.media_type != "text/html" or len(shown) > _SHORT:
        return
    speaks = handling_words(shown)
    if not speaks and (_BOT_CHECK.search(shown) or _BOT_CHECK.search(policy.title)):
        raise SegmentError("segment-bot-check")
    parts = urlsplit(page.url or "")
    at_login = _LOGIN_PATH.search(f"{parts.hostname or ''}/{parts.path}")
    if at_login or (not speaks and _LOGIN.search(shown)) or _is_sign_in(page, policy, shown):
        raise SegmentError("segment-login")


def _is_sign_in(page: Page, policy: Policy, shown: str) -> bool:
    """Whether a page that asks for a password is there for that.

    A policy or a home page may have the field in its header; the first speaks of handling data,
    the second links to a policy, and neither is called a sign-in.
    """
    if not _PASSWORD.search(page.text):
        return False
    titles = (policy.title, *(policy.quote(b.span) for b in policy.blocks if b.level))
    if _LOGIN.search(shown) or any(_LOGIN_TITLE.search(t) for t in titles):
        return True
    named = (policy.quote(x.span) for x in policy.links)
    return not (handling_words(shown) or any(_LEADS_ON.search(words) for words in named))
