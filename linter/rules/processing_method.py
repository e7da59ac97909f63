"""RS104 processing-method."""

from __future__ import annotations

from linter.disclosure import Disclosures, Kind
from linter.rules.base import Outcome, Rule, answering, decide, in_field, own, says


class ProcessingMethod(Rule):
    """How the vendor processes the information is said.

    Clause
        Developer agreement 2.3.7, tiers 2 and 3; PIPL Art. 17, 20 and 23.

    What counts
        A manner: collected on the device by the SDK, transmitted through an interface, encrypted,
        de-identified, stored, by cookies, entrusted processing. "We share with …", "uses", a bare
        "sharing" in the field are ambiguous.

    Example that passes
        处理方式：由 SDK 在设备端采集，经加密接口传输

    Example that fails
        处理方式：共享 (ambiguous)

    How to fix
        Say who collects it and how it travels.

    中文
    写明第三方处理个人信息的方式。

    条款
        开发者协议第2.3.7条第二、三层；《个人信息保护法》第十七条、第二十条、第二十三条。

    什么算
        具体方式：由 SDK 本机采集、经接口传输、加密、去标识化、存储、Cookie、委托处理等。
        只说“共享”“使用”为“存疑”。

    合格示例
        处理方式：由 SDK 在设备端采集，经加密接口传输

    不合格示例
        处理方式：共享（存疑）

    如何改
        写明由谁采集、如何传输。
    """

    code = "RS104"
    id = "processing-method"
    kind = Kind.METHOD

    def outcome(self, disclosures: Disclosures) -> Outcome:
        """The entry's own manner first; a general clause only where the entry is silent."""
        signals = answering(disclosures, self.kind)
        # "We share … with Realsee", "共享方式：共享" outweigh a general clause, vague as they are;
        # a hollow field ("处理方式：使用") says nothing that a general clause could contradict.
        mine = [s for s in signals if own(s)]
        telling = [s for s in mine if s.strength > 0 or not in_field(s, disclosures)]
        return decide(self, disclosures, mine if says(telling) else signals)
