"""RS301 technical-services-only."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.agreement import AgreementRule


class TechnicalServicesOnly(AgreementRule):
    """The user agreement says that the vendor provides only certain technical services.

    Clause
        Developer agreement 2.3.7, tier 1.

    What counts
        A sentence of the user agreement on the vendor, by name: what it provides in the product
        are technical services and nothing else ("only", "limited to", or technical services with
        the rest denied). That it provides technical support, without "only", is ambiguous; so are
        a plan, a "mainly", and a sentence on technical providers in general. Somebody else's
        technical services, or the developer's own, do not count.

    Example that passes
        如你之视（北京）科技有限公司仅在本产品中提供三维展示等特定技术服务。

    Example that fails
        本产品的三维看房由如视提供技术支持。 (ambiguous)

    How to fix
        Name the vendor in the user agreement and say that it provides only these services.

    中文
    用户协议写明第三方仅提供特定技术服务。

    条款
        开发者协议第2.3.7条第一层。

    什么算
        用户协议中点名第三方、并说明其在产品中只提供技术服务的语句（“仅”“限于”，或提供技术服务并否认其他）。
        没有“仅”的“提供技术支持”，以及计划、“主要”、泛指的技术服务商，为“存疑”。其他公司或开发者自己的技术服务不算。

    合格示例
        如你之视（北京）科技有限公司仅在本产品中提供三维展示等特定技术服务。

    不合格示例
        本产品的三维看房由如视提供技术支持。（存疑）

    如何改
        在用户协议中点名第三方，写明其仅提供上述技术服务。
    """

    code = "RS301"
    id = "technical-services-only"
    kind = Kind.TECHNICAL
