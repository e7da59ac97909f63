"""RS101 entity-name."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.base import Rule


class EntityName(Rule):
    """The vendor's legal name is given.

    Clause
        Developer agreement 2.3.7, tiers 2 and 3; PIPL Art. 17, 20 and 23.

    What counts
        The registered name of the company or of a listed affiliate, in either language; brackets,
        spacing and case do not matter. Only the brand, a product or the domain, or a company name
        that is on no list, is ambiguous.

    Example that passes
        公司名称：如你之视（北京）科技有限公司

    Example that fails
        SDK名称：如视 VR SDK (and no company anywhere): ambiguous

    How to fix
        Write the registered name beside the product's name.

    中文
    写明第三方的法定名称。

    条款
        开发者协议第2.3.7条第二、三层；《个人信息保护法》第十七条、第二十条、第二十三条。

    什么算
        公司或已列明关联公司的注册名称，中英文均可，括号、空格、大小写不影响。只写品牌、产品或域名，
        或写了不在名单上的公司名，为“存疑”。

    合格示例
        公司名称：如你之视（北京）科技有限公司

    不合格示例
        SDK名称：如视 VR SDK（全文没有公司名）：存疑

    如何改
        在产品名旁写上注册名称。
    """

    code = "RS101"
    id = "entity-name"
    kind = Kind.NAME
