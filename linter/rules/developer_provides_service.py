"""RS302 developer-provides-service."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.agreement import AgreementRule


class DeveloperProvidesService(AgreementRule):
    """The user agreement says that the developer provides the product and services to users.

    Clause
        Developer agreement 2.3.7, tier 1.

    What counts
        A sentence of the user agreement with the developer as the one who provides the product or
        its services. That it operates or developed the product, is the party to the agreement, or
        "the services that we provide" in passing, is ambiguous; so are a plan and "only a
        platform". Services of the vendor, of merchants or of others do not count, nor does the
        right to stop providing.

    Example that passes
        本产品及相关服务由青禾科技有限公司向您提供。

    Example that fails
        本产品由青禾科技有限公司运营。 (ambiguous)

    How to fix
        Say who provides the product and its services to the user.

    中文
    用户协议写明由开发者向用户提供产品和服务。

    条款
        开发者协议第2.3.7条第一层。

    什么算
        用户协议中说明由开发者提供产品或服务的语句。只说明其运营或开发产品、是协议的一方，或只顺带提到“我们提供的
        服务”，为“存疑”；计划、“仅提供平台”亦然。第三方、商家或他人的服务不算，有权停止提供也不算。

    合格示例
        本产品及相关服务由青禾科技有限公司向您提供。

    不合格示例
        本产品由青禾科技有限公司运营。（存疑）

    如何改
        写明由谁向用户提供产品和服务。
    """

    code = "RS302"
    id = "developer-provides-service"
    kind = Kind.PROVIDER
