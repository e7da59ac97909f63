"""RS303 developer-responsibility."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.agreement import AgreementRule


class DeveloperResponsibility(AgreementRule):
    """The user agreement says that the developer bears full responsibility to users.

    Clause
        Developer agreement 2.3.7, tier 1.

    What counts
        A sentence of the user agreement in which the developer takes the whole responsibility for
        the product ("fully", "solely", "all", or the developer and not the vendor). Responsibility
        that is not said to be full, is hedged, capped in the same breath, or is for one matter
        only, is ambiguous. The developer's limit of liability, a disclaimer, the user's, the
        vendor's and others' responsibility do not count.

    Example that passes
        青禾科技就本产品及服务向用户承担全部责任。

    Example that fails
        我们对您的赔偿责任以您支付的费用为限。

    How to fix
        Say that you bear full responsibility to users for the product.

    中文
    用户协议写明开发者对用户承担全部责任。

    条款
        开发者协议第2.3.7条第一层。

    什么算
        用户协议中由开发者就产品承担全部责任的语句（“全部”“一切”“独立承担”，或由开发者而非第三方承担）。没有说明
        是全部、附有保留、同句设有上限或只就某一事项，为“存疑”。开发者的责任限制和免责声明，以及用户、第三方和
        其他人的责任不算。

    合格示例
        青禾科技就本产品及服务向用户承担全部责任。

    不合格示例
        我们对您的赔偿责任以您支付的费用为限。

    如何改
        写明由开发者就产品对用户承担全部责任。
    """

    code = "RS303"
    id = "developer-responsibility"
    kind = Kind.RESPONSIBILITY
