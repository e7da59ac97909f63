"""RS102 entity-contact."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.base import Rule


class EntityContact(Rule):
    """A way to reach the vendor is given.

    Clause
        Developer agreement 2.3.7, tiers 2 and 3; PIPL Art. 17, 20 and 23.

    What counts
        An e-mail address, telephone number, postal address or contact form of the vendor, in its
        own entry. Its website offered as contact, or "see its policy for contact", is ambiguous.
        The developer's own contact, and a home page in a website field, do not count.

    Example that passes
        联系方式：developer@realsee.com

    Example that fails
        如有疑问请联系我们：help@app.example (the developer's own)

    How to fix
        Add the vendor's e-mail address to its entry.

    中文
    写明第三方的联系方式。

    条款
        开发者协议第2.3.7条第二、三层；《个人信息保护法》第十七条、第二十条、第二十三条。

    什么算
        在第三方自己的条目中给出其邮箱、电话、通讯地址或联系表单。只把官网当作联系方式，或写“联系方式见其
        隐私政策”，为“存疑”。开发者自己的联系方式、官网栏里的首页不算。

    合格示例
        联系方式：developer@realsee.com

    不合格示例
        如有疑问请联系我们：help@app.example（开发者自己的）

    如何改
        在其条目中补上邮箱。
    """

    code = "RS102"
    id = "entity-contact"
    kind = Kind.CONTACT
