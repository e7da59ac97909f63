"""RS401 complaint-channel."""

from __future__ import annotations

from linter.disclosure import Kind
from linter.rules.agreement import AgreementRule
from linter.verdict import Severity


class ComplaintChannel(AgreementRule):
    """Right holders are given a channel for complaints.

    Clause
        Developer agreement 2.3.8.

    What counts
        In the user agreement or the privacy policy: an address, telephone number, form or entry
        of the developer's at which those whose rights are infringed can complain. A channel for
        complaints that names no rights or infringement is ambiguous, and so are right holders who
        may complain nobody says where. Plain contact details, authorities, and the channels of the
        vendor or of others do not count.

    Example that passes
        权利人认为其合法权益受到侵害的，可发送邮件至 ip@app.example 投诉。

    Example that fails
        投诉电话：010-5550-0100 (ambiguous)

    How to fix
        Say where right holders can send their complaints.

    中文
    向权利人提供投诉渠道。

    条款
        开发者协议第2.3.8条。

    什么算
        用户协议或隐私政策中，权益受侵害者可以向开发者投诉的邮箱、电话、地址、表单或入口。投诉渠道没有提到权利或侵权，
        或提到权利人可以投诉而没有说明渠道，为“存疑”。一般联系方式、监管部门、第三方和他人的渠道不算。

    合格示例
        权利人认为其合法权益受到侵害的，可发送邮件至 ip@app.example 投诉。

    不合格示例
        投诉电话：010-5550-0100（存疑）

    如何改
        写明权利人投诉的渠道。
    """

    code = "RS401"
    id = "complaint-channel"
    kind = Kind.COMPLAINT
    severity = Severity.INFO
    in_policy = True
