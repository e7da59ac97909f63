"""RS105 information-scope."""

from __future__ import annotations

from dataclasses import replace

from linter.disclosure import Disclosures, Kind, Polarity
from linter.rules.base import Outcome, Rule, answering, decide, own, says
from linter.verdict import Note, Verdict


class InformationScope(Rule):
    """Which personal information the vendor processes is said.

    Clause
        Developer agreement 2.3.7, tiers 2 and 3; PIPL Art. 17, 20 and 23.

    What counts
        Categories or fields, however broad (device information, location), or that none is
        collected. "Necessary information" and system permissions alone are ambiguous; what the
        developer itself collects does not count.

    Example that passes
        个人信息种类：设备型号、操作系统版本、网络状态

    Example that fails
        个人信息种类：必要信息 (ambiguous)

    How to fix
        List the categories.

    中文
    写明第三方处理的个人信息种类。

    条款
        开发者协议第2.3.7条第二、三层；《个人信息保护法》第十七条、第二十条、第二十三条。

    什么算
        信息类别或字段（再宽泛也可，如设备信息、位置），或明确说明不收集。“必要信息”或只列系统权限为“存疑”；
        开发者自己收集的不算。

    合格示例
        个人信息种类：设备型号、操作系统版本、网络状态

    不合格示例
        个人信息种类：必要信息（存疑）

    如何改
        逐项列出类别。
    """

    code = "RS105"
    id = "information-scope"
    kind = Kind.SCOPE

    def outcome(self, disclosures: Disclosures) -> Outcome:
        """Categories count; categories beside "none is collected" contradict each other."""
        signals = answering(disclosures, self.kind)
        if any(self.kind in d.kinds for d in disclosures.deferrals):
            # "We share your information" fills no field that stands on another page.
            signals = [s for s in signals if own(s) or s.polarity is not Polarity.VAGUE]
        affirmed = [s for s in signals if s.polarity is Polarity.AFFIRMED and own(s)]
        none = next((s for s in affirmed if s.strength < 0), None)
        some = next((s for s in affirmed if s.strength >= 0), None)
        if none is not None and some is not None:
            reason = Note.of("reason.contradiction")
            both = (replace(none, reason=reason), replace(some, reason=reason))
            return Outcome(Verdict.AMBIGUOUS, both)
        mine = [s for s in signals if own(s)]
        return decide(self, disclosures, mine if says(mine) else signals)
