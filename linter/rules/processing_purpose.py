"""RS103 processing-purpose."""

from __future__ import annotations

from linter.disclosure import Disclosures, Kind
from linter.rules.base import Outcome, Rule, decide, own, says


class ProcessingPurpose(Rule):
    """Why the vendor processes the information is said.

    Clause
        Developer agreement 2.3.7, tiers 2 and 3; PIPL Art. 17, 20 and 23.

    What counts
        A concrete function: displaying 3D tours, crash statistics, login, push, payment. An empty
        phrase ("to provide services", "to improve the experience") is ambiguous. A service type in
        the vendor's name alone does not count.

    Example that passes
        使用目的：加载并展示房源的三维空间

    Example that fails
        使用目的：为您提供更好的服务 (ambiguous)

    How to fix
        Name the function of the product that needs the vendor.

    中文
    写明第三方处理个人信息的目的。

    条款
        开发者协议第2.3.7条第二、三层；《个人信息保护法》第十七条、第二十条、第二十三条。

    什么算
        具体功能：三维空间展示、崩溃统计、登录、推送、支付等。空泛的话（“提供服务”“提升体验”）为“存疑”。
        仅名称里含服务类型不算。

    合格示例
        使用目的：加载并展示房源的三维空间

    不合格示例
        使用目的：为您提供更好的服务（存疑）

    如何改
        写出产品中需要它的那项功能。
    """

    code = "RS103"
    id = "processing-purpose"
    kind = Kind.PURPOSE

    def outcome(self, disclosures: Disclosures) -> Outcome:
        """The entry's own purpose; the lead-in of its list only where the entry has none."""
        signals = [s for s in disclosures.signals if s.kind is self.kind]
        mine = [s for s in signals if own(s)]
        return decide(self, disclosures, mine if says(mine) else signals)
