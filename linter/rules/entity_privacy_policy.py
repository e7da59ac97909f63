"""RS106 entity-privacy-policy."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.base import Rule


class EntityPrivacyPolicy(Rule):
    """The vendor's privacy policy is linked.

    Clause
        Developer agreement 2.3.7, tiers 2 and 3; PIPL Art. 17, 20 and 23.

    What counts
        A link to a page on a domain of the vendor that is offered as its privacy policy or legal
        terms. The policy named without a link, its home page in a policy field, or its legal page
        under a website-only label, is ambiguous. A link to another company does not count.

    Example that passes
        隐私政策：https://home.realsee.com/legal

    Example that fails
        官网：https://www.realsee.com (ambiguous)

    How to fix
        Add the link under a label that says privacy policy.

    中文
    给出第三方隐私政策的链接。

    条款
        开发者协议第2.3.7条第二、三层；《个人信息保护法》第十七条、第二十条、第二十三条。

    什么算
        指向第三方域名的链接，并作为其隐私政策或法律条款提供。只写政策名称而无链接、在政策栏里放首页、在官网栏
        里放法律页面，为“存疑”。指向其他公司的链接不算。

    合格示例
        隐私政策：https://home.realsee.com/legal

    不合格示例
        官网：https://www.realsee.com（存疑）

    如何改
        在写明“隐私政策”的栏目下加上链接。
    """

    code = "RS106"
    id = "entity-privacy-policy"
    kind = Kind.POLICY
