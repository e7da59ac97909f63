"""RS201 separate-consent."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.base import Rule
from linter.verdict import Role


class SeparateConsent(Rule):
    """Separate consent for the provision is promised, or another legal basis stated.

    Clause
        Developer agreement 2.3.7, tier 3; PIPL Art. 13 and 23.

    What counts
        Separate consent (单独同意) before information is provided to the vendor or to the third
        parties among which it stands, or another basis of PIPL Art. 13 stated for that provision.
        Plain consent, a hedged promise or a menu of bases is ambiguous. Deemed consent, lists of
        cases in which none is needed, and consent for other acts do not count.

    Example that passes
        向以下第三方提供您的个人信息前，我们会取得您的单独同意。

    Example that fails
        使用本服务即视为您同意我们共享您的信息。

    How to fix
        Obtain separate consent and say so; publish it only if it is true.

    中文
    承诺就提供个人信息取得单独同意，或写明其他合法性基础。

    条款
        开发者协议第2.3.7条第三层；《个人信息保护法》第十三条、第二十三条。

    什么算
        在向第三方（或其所在清单的第三方）提供信息前取得单独同意，或就该提供行为写明《个人信息保护法》第十三条的
        其他基础。普通同意、有保留的承诺、并列多种基础为“存疑”。视为同意、无需同意的情形、对其他行为的同意不算。

    合格示例
        向以下第三方提供您的个人信息前，我们会取得您的单独同意。

    不合格示例
        使用本服务即视为您同意我们共享您的信息。

    如何改
        实际取得单独同意并写明；属实方可发布。
    """

    code = "RS201"
    id = "separate-consent"
    kind = Kind.CONSENT
    roles = (Role.RECIPIENT,)
    deferrable = False
