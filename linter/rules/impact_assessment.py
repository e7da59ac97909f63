"""RS202 impact-assessment."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.base import Rule
from linter.verdict import Role, Severity


class ImpactAssessment(Rule):
    """An impact assessment of the provision is stated.

    Clause
        Developer agreement 2.3.7, tier 3; PIPL Art. 55 and 56.

    What counts
        A personal information protection impact assessment tied to providing or sharing information
        with third parties. An assessment in general, or a risk assessment of sharing, is ambiguous.
        The change-notice boilerplate ("when an assessment report shows high risk") and assessments
        made by others do not count.

    Example that passes
        对外提供个人信息前，我们会进行个人信息保护影响评估。

    Example that fails
        个人信息安全影响评估报告表明存在高风险时，我们会另行通知。

    How to fix
        Carry out the assessment and say that it covers sharing; publish it only if it is true.

    中文
    写明就提供个人信息做过影响评估。

    条款
        开发者协议第2.3.7条第三层；《个人信息保护法》第五十五条、第五十六条。

    什么算
        与向第三方提供或共享相关的个人信息保护影响评估。泛泛的评估、对外提供的风险评估为“存疑”。变更通知中的套话
        （“影响评估报告表明存在高风险时”）、由他人做的评估不算。

    合格示例
        对外提供个人信息前，我们会进行个人信息保护影响评估。

    不合格示例
        个人信息安全影响评估报告表明存在高风险时，我们会另行通知。

    如何改
        实际开展评估并写明覆盖对外提供；属实方可发布。
    """

    code = "RS202"
    id = "impact-assessment"
    kind = Kind.ASSESSMENT
    roles = (Role.RECIPIENT,)
    deferrable = False
    severity = Severity.WARNING
