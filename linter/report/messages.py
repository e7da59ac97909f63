"""Every sentence that a report says, in English and Chinese, found by key.

Rules and classifiers only name a key (``Note``); what is said stands here, so that a sentence
can be mended, or said in the other language, without touching what decides. A parameter value
that is a word of the program's own (``kind="purpose"``) is translated through ``term.*``.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from linter.errors import MESSAGES as ERRORS
from linter.errors import describe
from linter.verdict import Note

_FINDINGS: dict[str, tuple[str, str]] = {
    "entity-name.present": (
        "The policy gives the legal name of {vendor}'s company.",
        "政策写明了{vendor}的公司全称。",
    ),
    "entity-name.ambiguous": (
        "{vendor} is named, but not by a legal name that is known to be its own.",
        "政策提到了{vendor}，但没有写明可以核实的公司全称。",
    ),
    "entity-name.missing": (
        "The policy does not name {vendor}'s company.",
        "政策没有写明{vendor}的公司名称。",
    ),
    "entity-name.unverifiable": (
        "Whether {vendor}'s company is named cannot be told: not everything was read.",
        "无法核实是否写明了{vendor}的公司名称：有内容未能读取。",
    ),
    "entity-name.not-applicable": (
        "{vendor}'s company name is not owed in this role.",
        "在该角色下无需写明{vendor}的公司名称。",
    ),
    "entity-contact.present": (
        "The policy says how to reach {vendor}.",
        "政策写明了{vendor}的联系方式。",
    ),
    "entity-contact.ambiguous": (
        "A way to reach {vendor} is hinted at, but no e-mail, telephone, address or form is given.",
        "政策暗示了联系{vendor}的途径，但没有给出电子邮箱、电话、地址或联系表单。",
    ),
    "entity-contact.missing": (
        "The policy gives no contact details of {vendor}.",
        "政策没有写明{vendor}的联系方式。",
    ),
    "entity-contact.unverifiable": (
        "Whether {vendor}'s contact details are given cannot be told: not everything was read.",
        "无法核实是否写明了{vendor}的联系方式：有内容未能读取。",
    ),
    "entity-contact.not-applicable": (
        "{vendor}'s contact details are not owed in this role.",
        "在该角色下无需写明{vendor}的联系方式。",
    ),
    "processing-purpose.present": (
        "The policy says what {vendor} processes the information for.",
        "政策写明了{vendor}处理个人信息的目的。",
    ),
    "processing-purpose.ambiguous": (
        "A purpose of {vendor}'s processing is given, but no concrete function.",
        "政策提到了{vendor}处理个人信息的目的，但没有说明具体功能。",
    ),
    "processing-purpose.missing": (
        "The policy does not say what {vendor} processes the information for.",
        "政策没有写明{vendor}处理个人信息的目的。",
    ),
    "processing-purpose.unverifiable": (
        "Whether {vendor}'s purpose is given cannot be told: not everything was read.",
        "无法核实是否写明了{vendor}处理个人信息的目的：有内容未能读取。",
    ),
    "processing-purpose.not-applicable": (
        "The purpose of {vendor}'s processing is not owed in this role.",
        "在该角色下无需写明{vendor}处理个人信息的目的。",
    ),
    "processing-method.present": (
        "The policy says how {vendor} processes the information.",
        "政策写明了{vendor}处理个人信息的方式。",
    ),
    "processing-method.ambiguous": (
        "The policy says that {vendor} processes information, but hardly how.",
        "政策提到了{vendor}处理个人信息，但没有清楚说明方式。",
    ),
    "processing-method.missing": (
        "The policy does not say how {vendor} processes the information.",
        "政策没有写明{vendor}处理个人信息的方式。",
    ),
    "processing-method.unverifiable": (
        "Whether {vendor}'s method is given cannot be told: not everything was read.",
        "无法核实是否写明了{vendor}处理个人信息的方式：有内容未能读取。",
    ),
    "processing-method.not-applicable": (
        "The method of {vendor}'s processing is not owed in this role.",
        "在该角色下无需写明{vendor}处理个人信息的方式。",
    ),
    "information-scope.present": (
        "The policy says which personal information {vendor} processes.",
        "政策写明了{vendor}处理的个人信息种类。",
    ),
    "information-scope.ambiguous": (
        "Information that {vendor} processes is mentioned, but no category of it is named.",
        "政策提到了{vendor}处理的信息，但没有列明个人信息种类。",
    ),
    "information-scope.missing": (
        "The policy does not say which personal information {vendor} processes.",
        "政策没有写明{vendor}处理的个人信息种类。",
    ),
    "information-scope.unverifiable": (
        (
            "Whether {vendor}'s categories of information are given cannot be told: "
            "not everything was read."
        ),
        "无法核实是否写明了{vendor}处理的个人信息种类：有内容未能读取。",
    ),
    "information-scope.not-applicable": (
        "The categories of information that {vendor} processes are not owed in this role.",
        "在该角色下无需写明{vendor}处理的个人信息种类。",
    ),
    "entity-privacy-policy.present": (
        "The policy links to {vendor}'s own privacy policy.",
        "政策提供了{vendor}隐私政策的链接。",
    ),
    "entity-privacy-policy.ambiguous": (
        "{vendor}'s privacy policy is referred to, but no link is offered as that policy.",
        "政策提到了{vendor}的隐私政策或网站，但没有提供明确的隐私政策链接。",
    ),
    "entity-privacy-policy.missing": (
        "The policy has no link to {vendor}'s privacy policy.",
        "政策没有提供{vendor}隐私政策的链接。",
    ),
    "entity-privacy-policy.unverifiable": (
        "Whether {vendor}'s privacy policy is linked cannot be told: not everything was read.",
        "无法核实是否提供了{vendor}隐私政策的链接：有内容未能读取。",
    ),
    "entity-privacy-policy.not-applicable": (
        "A link to {vendor}'s privacy policy is not owed in this role.",
        "在该角色下无需提供{vendor}隐私政策的链接。",
    ),
    "separate-consent.present": (
        (
            "The policy promises separate consent, or states another legal basis, for providing "
            "information to {vendor}."
        ),
        "政策就向{vendor}提供个人信息承诺取得单独同意，或说明了其他合法性基础。",
    ),
    "separate-consent.ambiguous": (
        (
            "Consent is mentioned for providing information to {vendor}, but it is not clearly "
            "separate consent for that."
        ),
        "政策就向{vendor}提供个人信息提到了同意，但未明确是针对该提供行为的单独同意。",
    ),
    "separate-consent.missing": (
        (
            "The policy promises no separate consent, and states no other legal basis, for "
            "providing information to {vendor}."
        ),
        "政策没有就向{vendor}提供个人信息承诺取得单独同意，也没有说明其他合法性基础。",
    ),
    "separate-consent.unverifiable": (
        (
            "Whether separate consent is obtained for {vendor} cannot be told: not everything was "
            "read."
        ),
        "无法核实是否就向{vendor}提供个人信息取得单独同意：有内容未能读取。",
    ),
    "separate-consent.not-applicable": (
        "Separate consent for {vendor} is not owed in this role.",
        "在该角色下无需就{vendor}取得单独同意。",
    ),
    "impact-assessment.present": (
        (
            "The policy speaks of an impact assessment for providing information to {vendor} or to "
            "third parties."
        ),
        "政策说明了就向{vendor}或第三方提供个人信息开展影响评估。",
    ),
    "impact-assessment.ambiguous": (
        (
            "An assessment is mentioned, but not clearly an impact assessment for providing "
            "information to {vendor}."
        ),
        "政策提到了评估，但未明确是就向{vendor}提供个人信息开展的影响评估。",
    ),
    "impact-assessment.missing": (
        "The policy speaks of no impact assessment for providing information to {vendor}.",
        "政策没有说明就向{vendor}提供个人信息开展影响评估。",
    ),
    "impact-assessment.unverifiable": (
        (
            "Whether an impact assessment is made for {vendor} cannot be told: not everything was "
            "read."
        ),
        "无法核实是否就向{vendor}提供个人信息开展影响评估：有内容未能读取。",
    ),
    "technical-services-only.not-applicable": (
        "What the user agreement says of {vendor}'s services is not owed in this role.",
        "在该角色下，用户协议无需说明{vendor}仅提供特定技术服务。",
    ),
    "developer-provides-service.not-applicable": (
        "Who provides the product need not be said in this role.",
        "在该角色下，用户协议无需说明由开发者提供服务。",
    ),
    "developer-responsibility.not-applicable": (
        "The developer's responsibility need not be said in this role.",
        "在该角色下，用户协议无需说明由开发者承担责任。",
    ),
    "complaint-channel.not-applicable": (
        "A channel for complaints is not owed in this role.",
        "在该角色下无需说明投诉渠道。",
    ),
    "impact-assessment.not-applicable": (
        "An impact assessment for {vendor} is not owed in this role.",
        "在该角色下无需就{vendor}说明影响评估。",
    ),
    "technical-services-only.present": (
        "The agreement says that {vendor} provides only certain technical services.",
        "用户协议写明{vendor}仅提供特定技术服务。",
    ),
    "technical-services-only.ambiguous": (
        "Technical services are spoken of, but not clearly that {vendor} provides nothing else.",
        "用户协议提到了技术服务，但未明确{vendor}仅提供技术服务。",
    ),
    "technical-services-only.missing": (
        "The agreement does not say that {vendor} provides only certain technical services.",
        "用户协议没有写明{vendor}仅提供特定技术服务。",
    ),
    "technical-services-only.unverifiable": (
        (
            "Whether {vendor} is said to provide only technical services cannot be told: "
            "not everything was read."
        ),
        "无法核实是否写明{vendor}仅提供特定技术服务：有内容未能读取。",
    ),
    "developer-provides-service.present": (
        "The agreement says that the developer provides the product and services to users.",
        "用户协议写明由开发者向用户提供产品和服务。",
    ),
    "developer-provides-service.ambiguous": (
        "The developer's services are spoken of, but not clearly who provides them to users.",
        "用户协议提到了开发者的产品或服务，但未明确由其向用户提供。",
    ),
    "developer-provides-service.missing": (
        "The agreement does not say that the developer provides the product and services.",
        "用户协议没有写明由开发者向用户提供产品和服务。",
    ),
    "developer-provides-service.unverifiable": (
        "Whether the developer is said to provide the services cannot be told: it was not read.",
        "无法核实是否写明由开发者向用户提供产品和服务：有内容未能读取。",
    ),
    "developer-responsibility.present": (
        "The agreement says that the developer bears full responsibility to users.",
        "用户协议写明开发者对用户承担全部责任。",
    ),
    "developer-responsibility.ambiguous": (
        "The developer's responsibility is spoken of, but not clearly as full.",
        "用户协议提到了开发者的责任，但未明确是全部责任。",
    ),
    "developer-responsibility.missing": (
        "The agreement does not say that the developer bears full responsibility to users.",
        "用户协议没有写明开发者对用户承担全部责任。",
    ),
    "developer-responsibility.unverifiable": (
        "Whether the developer takes full responsibility cannot be told: not everything was read.",
        "无法核实是否写明开发者对用户承担全部责任：有内容未能读取。",
    ),
    "complaint-channel.present": (
        "Right holders are told where to complain.",
        "写明了权利人的投诉渠道。",
    ),
    "complaint-channel.ambiguous": (
        "Complaints are spoken of, but not clearly where right holders can make theirs.",
        "提到了投诉，但未明确权利人的投诉渠道。",
    ),
    "complaint-channel.missing": (
        "No channel is given for complaints of right holders.",
        "没有写明权利人的投诉渠道。",
    ),
    "complaint-channel.unverifiable": (
        "Whether right holders have a channel cannot be told: not everything was read.",
        "无法核实是否写明权利人的投诉渠道：有内容未能读取。",
    ),
}

_GROUNDS: dict[str, tuple[str, str]] = {
    "mention.legal-name": (
        'Named by its registered company name: "{quote}".',
        "以登记的公司名称提及：“{quote}”。",
    ),
    "binding.row": ('In the same table row as "{quote}".', "与“{quote}”在同一表格行。"),
    "binding.column": ('In the same table column as "{quote}".', "与“{quote}”在同一表格列。"),
    "binding.item": ('In the same list item as "{quote}".', "与“{quote}”在同一列表项。"),
    "binding.entry": ('In the same entry as "{quote}".', "与“{quote}”在同一条目。"),
    "binding.paragraph": ('In the same paragraph as "{quote}".', "与“{quote}”在同一段落。"),
    "binding.section": (
        'In the section whose heading names "{quote}".',
        "在标题提及“{quote}”的章节内。",
    ),
    "binding.governing": (
        'In a sentence that governs the list or section in which "{quote}" stands.',
        "所在语句统领“{quote}”所属的列表或章节。",
    ),
    "signal.model": (
        "The model takes it for {kind} with probability {probability}.",
        "模型判断其为{kind}，概率为{probability}。",
    ),
    "signal.label": (
        "It stands in a field whose label says so.",
        "所在字段的标签表明了其含义。",
    ),
    "signal.pattern": (
        "Its wording is one that states this.",
        "其措辞属于明确说明此项的表述。",
    ),
    "searched.mentions": (
        "{count} mention(s) of the vendor and what is bound to them were searched.",
        "已查找 {count} 处提及及与其关联的内容。",
    ),
    "searched.entry": (
        "Its own entries were searched, under: {where}.",
        "已查找其自身条目，位于：{where}。",
    ),
    "searched.governing": (
        "{count} sentence(s) on all partners or SDKs were searched.",
        "已查找 {count} 处统领全部合作方或 SDK 的语句。",
    ),
    "advice.own-row": (
        "It goes into {vendor}'s row of the table, on a line of its own in its cell.",
        "填入表格中{vendor}所在的一行，单元格内另起一行。",
    ),
    "advice.new-row": (
        "It goes into a new row for {vendor} at the end of the table of third parties.",
        "在第三方表格末尾为{vendor}新增一行填入。",
    ),
    "advice.new-table": (
        "It goes into a row of a table of third parties.",
        "填入第三方信息表的一行。",
    ),
    "advice.under": ("Under the heading “{heading}”.", "位于“{heading}”之下。"),
    "advice.column": ("In the column “{column}”.", "列：“{column}”。"),
    "advice.own-entry": (
        "It goes into {vendor}'s entry like its other fields, instead of one with its label.",
        "按{vendor}条目中其他各项的写法补入；已有同名项的，替换该项。",
    ),
    "advice.new-entry": (
        "It goes into a new entry for {vendor} at the end of the list of third parties.",
        "在第三方列表末尾为{vendor}新增一个条目写明。",
    ),
    "advice.new-list": (
        "It goes into an entry for {vendor}, one field a line.",
        "为{vendor}单列一个条目，每项一行。",
    ),
    "advice.paragraph": (
        "It goes into a paragraph of its own, where the policy tells of third parties.",
        "在政策说明第三方之处单独成段写明。",
    ),
    "advice.contradicted": (
        "Strike what is not so: the policy also says “{quote}”.",
        "与之矛盾的表述须先删改：“{quote}”。",
    ),
    "advice.only-if-true": ("Publish only if it is true.", "属实方可发布。"),
    "searched.document": (
        "The whole document was read ({characters} characters).",
        "已读取全文（{characters} 个字符）。",
    ),
    "searched.part": (
        "Only a part of the document was read and judged ({characters} characters).",
        "只读取并判断了文档的一部分（{characters} 个字符）。",
    ),
    "searched.only-denied": (
        "The vendor is named only where the policy says that it is not used or is given nothing: "
        '"{quote}".',
        "政策仅在说明不使用该第三方或不向其提供信息时提及它：“{quote}”。",
    ),
    "searched.nothing-names-vendor": (
        "Nothing that was read names the vendor.",
        "已读取的内容均未提及该第三方。",
    ),
    "searched.agreement": (
        "The user agreement was searched.",
        "已查找用户协议。",
    ),
    "searched.agreement-and-policy": (
        "The user agreement and the privacy policy were searched.",
        "已查找用户协议和隐私政策。",
    ),
    "deferral.unread": (
        'The policy refers to "{title}", which was not read.',
        "政策指向“{title}”，该文件未能读取。",
    ),
    "deferral.picture": (
        'After "{title}" the policy shows a picture, which was not read.',
        "政策在“{title}”之后以图片展示内容，该图片未能读取。",
    ),
    "deferral.unread-at": (
        'The policy refers to "{title}" ({url}), which was not read.',
        "政策指向“{title}”（{url}），该文件未能读取。",
    ),
    "partial.unread": (
        "A part of the document was not read: {part}.",
        "文件有一部分未能读取：{part}。",
    ),
    "no-mention.headline": (
        "The policy does not mention {vendor}.",
        "政策没有提及{vendor}。",
    ),
    "no-mention.partly": (
        "What was read of the policy does not mention {vendor}.",
        "政策中已读取的部分没有提及{vendor}。",
    ),
    "role.auto-recipient": (
        "Role read from the policy: it does not make it a joint processor beyond doubt, so it is "
        "judged as sharing.",
        "根据政策内容判定角色：政策没有明确表述为共同处理个人信息，按共享接收方判断。",
    ),
    "role.auto-co-processor": (
        'Role read from the policy: it speaks of joint processing ("{quote}").',
        "根据政策内容判定角色：政策表述为共同处理个人信息（“{quote}”）。",
    ),
    "role.entrusted-as-recipient": (
        'The policy speaks of entrusted processing ("{quote}"); it is judged as sharing.',
        "政策表述为委托处理（“{quote}”），按共享接收方判断。",
    ),
}

_REASONS: dict[str, tuple[str, str]] = {
    "reason.brand-only": (
        "It is a brand, product or domain, not the company's legal name.",
        "这是品牌、产品或域名，不是公司全称。",
    ),
    "reason.lookalike": (
        "It looks like the company's name but is on no list of its companies.",
        "与该公司名称相似，但不在已知公司名单内。",
    ),
    "reason.unverified-name": (
        "This name is widely taken for the company's, but no document of the company confirms it.",
        "该名称常被当作其公司名称，但没有文件可以证实。",
    ),
    "reason.negated": (
        "It stands inside a negation, which discloses nothing.",
        "该内容处于否定表述中，不构成披露。",
    ),
    "reason.empty": ("The field is empty.", "该栏为空。"),
    "reason.placeholder": (
        "It is a template placeholder that was not filled in.",
        "这是尚未填写的模板占位符。",
    ),
    "reason.own-contact": (
        "These are the developer's own contact details.",
        "这是开发者自己的联系方式。",
    ),
    "reason.website-only": (
        "Only a website is given as the way to make contact.",
        "仅以网站作为联系途径。",
    ),
    "reason.website-home": (
        "It is a home page, not a page offered as the privacy policy.",
        "这是网站首页，未作为隐私政策提供。",
    ),
    "reason.see-vendor-policy": (
        "It only says that the contact details are in the vendor's own policy.",
        "仅说明联系方式见该第三方自己的隐私政策。",
    ),
    "reason.vague-phrase": (
        "The phrase is too general to name anything concrete.",
        "表述过于笼统，没有具体内容。",
    ),
    "reason.bare-sharing": (
        "It says that information is shared or used, not in what manner.",
        "仅说明共享或使用，没有说明具体方式。",
    ),
    "reason.permissions-only": (
        "It lists system permissions, not personal information.",
        "仅列出系统权限，没有列明个人信息种类。",
    ),
    "reason.no-category": (
        "It names no category of personal information.",
        "没有列明任何个人信息种类。",
    ),
    "reason.named-no-link": (
        "The privacy policy is named but not linked.",
        "提到了隐私政策，但没有链接。",
    ),
    "reason.foreign-link": ("The link leads to another company.", "该链接指向其他公司。"),
    "reason.lookalike-link": (
        "The address looks like one of the vendor's and is not: it leads to another domain.",
        "该地址看似第三方的地址，实际指向其他域名。",
    ),
    "reason.not-offered": (
        "The link is not offered as a privacy policy.",
        "该链接未作为隐私政策提供。",
    ),
    "reason.plain-consent": (
        "It speaks of consent, not of separate consent.",
        "仅提到同意，没有说明是单独同意。",
    ),
    "reason.deemed": (
        "Consent is deemed from use or silence, which is no separate consent.",
        "以使用或默认视为同意，不是单独同意。",
    ),
    "reason.exception-list": (
        "It stands in a list of cases in which no consent is needed.",
        "该内容处于无需同意的例外情形列表中。",
    ),
    "reason.except-clause": (
        "The promise excepts the very case in which information goes to the vendor.",
        "该承诺恰好将向该第三方提供的情形排除在外。",
    ),
    "reason.other-act": (
        "It concerns another act (marketing, sensitive data, transfer abroad, publication).",
        "该内容针对其他行为（如营销、敏感信息、出境、公开披露）。",
    ),
    "reason.hedged": (
        'It is hedged ("where the law requires", "where we think it necessary").',
        "表述附有保留（如“法律要求时”“我们认为必要时”）。",
    ),
    "reason.menu-of-bases": (
        "It lists possible legal bases without saying which one applies.",
        "仅罗列可能的合法性基础，没有说明适用哪一项。",
    ),
    "reason.legitimate-interest": (
        "Legitimate interest is no legal basis under PIPL Art. 13.",
        "“正当利益”不是《个人信息保护法》第十三条规定的合法性基础。",
    ),
    "reason.change-notice": (
        "It is the usual wording on notices of change, not an assessment that was made.",
        "这是政策变更通知的常见条款，不是已开展的评估。",
    ),
    "reason.general-assessment": (
        "It is an assessment in general, not tied to sharing with third parties.",
        "这是一般性的评估，没有与向第三方提供个人信息相联系。",
    ),
    "reason.risk-assessment": (
        "It is a risk or security assessment, not called an impact assessment.",
        "这是风险或安全评估，没有写明是影响评估。",
    ),
    "reason.made-by-other": (
        "The assessment is made by somebody else.",
        "该评估由其他主体开展。",
    ),
    "reason.plan": (
        "It is a plan for the future, not what is done now.",
        "这是未来的计划，不是目前的做法。",
    ),
    "reason.contradiction": (
        "The policy says the opposite elsewhere.",
        "政策在其他位置有相反表述。",
    ),
    "reason.by-other": (
        "It is the third party that is to obtain this consent, which is no promise of the "
        "developer's.",
        "这是由第三方取得的同意，不是开发者的承诺。",
    ),
    "reason.consent-idle": (
        "It speaks of separate consent without saying that it is obtained.",
        "只是谈到单独同意，没有说会取得单独同意。",
    ),
    "reason.not-only": (
        "It says that technical services are provided, not that nothing else is.",
        "仅说明提供技术服务，没有说明只提供技术服务。",
    ),
    "reason.technical-in-general": (
        "It speaks of technical providers in general, not of this one.",
        "泛指技术服务商，没有点名该第三方。",
    ),
    "reason.not-technical": (
        "It says of the services that they are limited, not that they are technical.",
        "仅说明服务有限，没有说明是技术服务。",
    ),
    "reason.other-provider": (
        "It is said of somebody else.",
        "这是对其他主体的说明。",
    ),
    "reason.in-passing": (
        "It only takes for granted who provides the services, or says who operates the product.",
        "只顺带提到服务的提供者，或只说明由谁开发、运营。",
    ),
    "reason.mere-platform": (
        "It says that the developer is only a platform, which leaves open who provides the rest.",
        "仅说明开发者只提供平台，未说明其余服务由谁提供。",
    ),
    "reason.not-full": (
        "It speaks of responsibility, not of full responsibility for the product.",
        "仅提到责任，没有说明是就产品承担全部责任。",
    ),
    "reason.capped": (
        "The same sentence limits the responsibility.",
        "同一语句对责任作了限制。",
    ),
    "reason.disclaimer": (
        "It limits or excludes the developer's liability.",
        "这是对开发者责任的限制或免除。",
    ),
    "reason.others-responsibility": (
        "It is the responsibility of somebody else.",
        "这是其他主体的责任。",
    ),
    "reason.general-complaints": (
        "It is a channel for complaints in general; no right holder or infringement is named.",
        "这是一般的投诉渠道，没有提到权利人或侵权。",
    ),
    "reason.no-channel": (
        "It speaks of complaints without saying where right holders can send theirs.",
        "提到了投诉，但没有说明权利人投诉的渠道。",
    ),
    "reason.others-channel": (
        "It is the channel of somebody else.",
        "这是其他主体的渠道。",
    ),
    "reason.hidden": (
        "The page hides it from its readers.",
        "页面将该内容隐藏，用户无法看到。",
    ),
}

_TERMS: dict[str, tuple[str, str]] = {
    "term.part.fetch-truncated": (
        "what comes after the size limit",
        "超出大小上限之后的内容",
    ),
    "term.part.fetch-replaced": (
        "characters that could not be decoded",
        "无法解码的字符",
    ),
    "term.value.none": ("none", "无"),
    "term.value.one": ("one", "一处"),
    "term.value.several": ("several", "多处"),
    "term.value.mixed": ("not all alike", "说法不一"),
    "term.value.field": ("a field", "字段"),
    "term.value.prose": ("prose", "正文"),
    "term.value.row": ("table row", "表格行"),
    "term.value.column": ("table column", "表格列"),
    "term.value.item": ("list item", "列表项"),
    "term.value.entry": ("entry", "条目"),
    "term.value.paragraph": ("paragraph", "段落"),
    "term.value.section": ("section", "章节"),
    "term.value.governing": ("governing sentence", "统领语句"),
    "term.value.zh": ("Chinese", "中文"),
    "term.value.en": ("English", "英文"),
    "term.value.present": ("present", "已披露"),
    "term.value.ambiguous": ("ambiguous", "存疑"),
    "term.value.missing": ("missing", "缺失"),
    "term.value.unverifiable": ("unverifiable", "无法核实"),
    "term.value.affirmed": ("affirmed", "肯定"),
    "term.value.vague": ("vague", "含糊"),
    "term.value.negated": ("negated", "否定"),
    "term.value.exception": ("an exception", "例外情形"),
    "term.value.boilerplate": ("boilerplate", "套话"),
    "term.value.deemed": ("deemed consent", "视为同意"),
    "term.value.empty": ("empty", "空白"),
    "term.part.segment-no-agreement": ("the user agreement", "用户协议"),
    "term.kind.name": ("a company name", "公司名称"),
    "term.kind.contact": ("contact details", "联系方式"),
    "term.kind.purpose": ("a purpose", "处理目的"),
    "term.kind.method": ("a method", "处理方式"),
    "term.kind.scope": ("categories of information", "个人信息种类"),
    "term.kind.policy": ("a privacy policy", "隐私政策"),
    "term.kind.consent": ("consent", "同意"),
    "term.kind.assessment": ("an assessment", "评估"),
}

_EXPLANATION: dict[str, tuple[str, str]] = {
    "explain.signal": ("{value}, {weight}", "{value}，{weight}"),
    "explain.mentions": ("Mentions of the vendor: {count}", "提及第三方：{count} 处"),
    "explain.more": ("and {count} more", "另有 {count} 处"),
    "explain.signals": (
        "What was weighed: {count}, of which {decisive} decided",
        "权衡的内容：{count} 处，其中 {decisive} 处决定了结论",
    ),
    "explain.decisive": ("decided", "决定结论"),
    "explain.aside": ("did not decide", "未决定结论"),
    "explain.itself": ("It is itself a naming of the vendor.", "其本身就是对第三方的提及。"),
    "explain.unbound": ("It does not speak of the vendor.", "与该第三方无关。"),
    "explain.probability": ("Probability {probability}.", "概率 {probability}。"),
    "explain.model": (
        "The classifier alone: {probability}.",
        "仅按分类器：{probability}。",
    ),
    "explain.confidence": (
        "Confidence {confidence}, the logistic function of {total}:",
        "置信度 {confidence}，由总分 {total} 经逻辑函数得出：",
    ),
    "explain.share": (
        "Confidence {confidence}, the share of such verdicts that is right.",
        "置信度 {confidence}，即此类结论的正确比例。",
    ),
    "explain.review": (
        "Below {threshold} a person is asked to look: so it is here.",
        "低于 {threshold} 须人工复核：本项须复核。",
    ),
    "explain.no-review": (
        "Below {threshold} a person is asked to look: not here.",
        "低于 {threshold} 须人工复核：本项无须复核。",
    ),
    "explain.searched": ("Why, and what was searched:", "依据与查找范围："),
    "explain.nothing-weighed": (
        "Nothing was weighed for this verdict.",
        "该结论没有权衡任何内容。",
    ),
    "explain.place": ("({start}-{end})", "（{start}-{end}）"),
    "explain.place-under": (
        "({start}-{end}, under: {heading})",
        "（{start}-{end}，位于：{heading}）",
    ),
    "explain.place-in": (
        "(document {document}, {start}-{end})",
        "（文档 {document}，{start}-{end}）",
    ),
    "ground.always": ("every verdict", "所有结论"),
    "ground.verdict": ("a verdict of this kind ({value})", "此类结论（{value}）"),
    "ground.requirement": ("this verdict on this requirement", "该要求的此类结论"),
    "ground.language": ("the language of the policy ({value})", "政策的语言（{value}）"),
    "ground.unread": ("nothing was read", "没有读取任何内容"),
    "ground.reason": ("why it says so ({value})", "措辞的理由（{value}）"),
    "ground.relation": ("how it is bound to the vendor ({value})", "与第三方的关联方式（{value}）"),
    "ground.place": ("where it stands ({value})", "所在位置（{value}）"),
    "ground.model": (
        "how the classifier sees it (class {value}; 0 doubts, 4 is sure)",
        "分类器的看法（等级 {value}；0 为怀疑，4 为肯定）",
    ),
    "ground.signals": ("how many say it ({value})", "有多少处说明（{value}）"),
    "ground.rejected": (
        "the nearest that does not count ({value})",
        "最接近但不算数的内容（{value}）",
    ),
    "ground.unnamed": ("the vendor is named nowhere", "全文未提及第三方"),
    "ground.heard": (
        "what else the classifier heard (class {value}; 0 nothing, 4 surely something)",
        "分类器在其他语句中的发现（等级 {value}；0 为无，4 为肯定有）",
    ),
    "cli.not-judged": (
        "{source} was not judged for {code}. Judged: {known}.",
        "{source} 未判断 {code}。已判断：{known}。",
    ),
}

_INTERFACE: dict[str, tuple[str, str]] = {
    "status.pass": ("PASS", "通过"),
    "status.fail": ("FAIL", "不通过"),
    "status.review": ("NEEDS REVIEW", "待复核"),
    "status.unreadable": ("UNREADABLE", "无法读取"),
    "verdict.present": ("present", "已披露"),
    "verdict.ambiguous": ("ambiguous", "存疑"),
    "verdict.missing": ("missing", "缺失"),
    "verdict.unverifiable": ("unverifiable", "无法核实"),
    "verdict.not-applicable": ("not applicable", "不适用"),
    "role.recipient": ("sharing recipient", "共享接收方"),
    "role.co-processor": ("co-processor", "共同处理者"),
    "role.auto": ("not known", "未知"),
    "language.zh": ("Chinese", "中文"),
    "language.zh-hans": ("Simplified Chinese", "简体中文"),
    "language.zh-hant": ("Traditional Chinese", "繁体中文"),
    "language.en": ("English", "英文"),
    "language.und": ("unknown", "未知"),
    "language.unread": ("not known", "未知"),
    "document.policy": ("policy", "隐私政策"),
    "document.linked-list": ("linked list", "链接的清单"),
    "document.agreement": ("agreement", "用户协议"),
    "read.whole": ("read whole", "已全部读取"),
    "read.partial": ("partly read", "部分读取"),
    "read.no": ("not read", "未读取"),
    "phase.usage": ("usage", "用法"),
    "phase.config": ("configuration", "配置"),
    "phase.fetch": ("fetch", "获取"),
    "phase.segment": ("reading", "解析"),
    "phase.classify": ("classification", "分类"),
    "phase.learn": ("training", "训练"),
    "phase.internal": ("internal", "内部"),
    "line.about": (
        "Language: {language}; {vendor} is judged as: {role}.",
        "语言：{language}；{vendor}的角色：{role}。",
    ),
    "line.url": ("Read from {url}", "实际读取：{url}"),
    "line.found": (
        "The policy that this page links to was judged: {url}",
        "已判断该页面链接的隐私政策：{url}",
    ),
    "line.agreement": (
        "The user agreement that the policy links to was looked at too: {url}",
        "也查看了政策所链接的用户协议：{url}",
    ),
    "line.counts": ("Requirements: {counts}.", "要求：{counts}。"),
    "line.count": ("{count} {verdict}", "{verdict} {count} 项"),
    "line.source-count": ("{count} {status}", "{status} {count} 个"),
    "line.separator": (", ", "，"),
    "line.not-judged": ("Not judged: {codes}", "未能判断：{codes}"),
    "line.codes": ("{verdict}: {codes}", "{verdict}：{codes}"),
    "line.document": ("{role} {read}: {url}", "{role}{read}：{url}"),
    "line.error": ("Error in {phase} ({code}): {message}", "{phase}阶段出错（{code}）：{message}"),
    "line.error-rule": (
        "{rule}, in {phase} ({code}): {message}",
        "{rule}，{phase}阶段（{code}）：{message}",
    ),
    "line.versions": (
        "linter {linter}, model {model}, vendor file {vendor}",
        "程序 {linter}，模型 {model}，第三方文件 {vendor}",
    ),
    "line.summary": ("{count} sources: {counts}.", "共 {count} 个来源：{counts}。"),
    "line.column": ("column {column}", "列：{column}"),
    "line.no-heading": ("before any heading", "位于任何标题之前"),
    "flag.review": (
        "needs review, confidence {confidence}",
        "需人工复核，置信度 {confidence}",
    ),
    "flag.confidence": ("confidence {confidence}", "置信度 {confidence}"),
    "flag.waived": ("waived", "已豁免"),
    "flag.baselined": ("in the baseline", "已在基线中"),
    "flag.warning": ("warning", "警告"),
    "flag.info": ("info", "提示"),
    "line.space": (" ", ""),
    "line.searched-same": ("As for {code}.", "同 {code}。"),
    "label.found": ("Found:", "找到："),
    "label.why": ("Why:", "依据："),
    "label.searched": ("Searched:", "已查："),
    "label.nearest": ("Nearest:", "最接近："),
    "label.because": ("But:", "但是："),
    "label.write": ("Write:", "建议写："),
    "label.hint": ("Do:", "处理："),
    "severity.error": ("error", "错误"),
    "severity.warning": ("warning", "警告"),
    "severity.info": ("info", "提示"),
    "sarif.help": (
        "disclosure-lint rule {code} says what counts and how to mend it.",
        "disclosure-lint rule {code} 说明什么算数以及如何修改。",
    ),
    "sarif.RS001": ("The document could not be read.", "文档无法读取。"),
    "sarif.RS002": ("The document is no privacy policy.", "该文档不是隐私政策。"),
    "rule.owed": ("({severity}; {roles})", "（{severity}；{roles}）"),
    "cli.error": ("error: {message}", "错误：{message}"),
    "cli.note": ("note: {message}", "提示：{message}"),
    "cli.crash": (
        (
            "error: disclosure-lint crashed on {source}: {error} (at {place}). This is a fault of "
            "disclosure-lint, not of the policy, which was not judged."
        ),
        (
            "错误：disclosure-lint 处理 {source} 时崩溃：{error}（位置：{place}）。"
            "这是 disclosure-lint 的缺陷，与政策无关；该政策未被判断。"
        ),
    ),
    "cli.crash-hint": (
        (
            "Please report it to the maintainers with this line, the command and the output of "
            "disclosure-lint --version. DISCLOSURE_LINT_DEBUG=1 shows the traceback."
        ),
        (
            "请将本行、所用命令和 disclosure-lint --version 的输出反馈给维护者。"
            "设置 DISCLOSURE_LINT_DEBUG=1 可显示完整堆栈。"
        ),
    ),
    "cli.output": (
        (
            "cannot write {path}: {reason}. Give a file in a directory that exists and may be "
            "written to."
        ),
        "无法写入 {path}：{reason}。请指定一个已存在且可写的目录中的文件。",
    ),
    "vendor.valid": ("{file} is valid: {name} ({id}).", "{file} 有效：{name}（{id}）。"),
    "vendor.written": (
        "{file} is written; fill it in, then run: disclosure-lint vendor validate {file}",
        "已写入 {file}；请填写后运行：disclosure-lint vendor validate {file}",
    ),
    "vendor.no-brand": (
        "{file} has no brands: only policies with a company name or domain of it are understood.",
        "{file} 没有 brands：只能识别写有其公司名称或域名的政策。",
    ),
    "vendor.no-contact": (
        "{file} has no contact: suggestions cannot say how to reach it.",
        "{file} 没有 contact：建议文字中无法给出联系方式。",
    ),
    "vendor.no-policy": (
        "{file} has no policy_urls: suggestions cannot say where its privacy policy is.",
        "{file} 没有 policy_urls：建议文字中无法给出隐私政策网址。",
    ),
    "vendor.elsewhere": (
        "{file}: {url} is on none of its domains.",
        "{file}：{url} 不在其任何域名上。",
    ),
    "cli.stdin": (
        "cannot read standard input: {reason}. Pipe the policy in, or give a file or URL.",
        "无法读取标准输入：{reason}。请通过管道传入政策，或指定文件或网址。",
    ),
    "cli.stdin-closed": ("it is closed", "标准输入已关闭"),
    "cli.rule-unknown": (
        "there is no rule {code}. Known: {known}.",
        "没有规则 {code}。已有规则：{known}。",
    ),
    "cli.rule-suggest": (
        "there is no rule {code}; did you mean {close}? Known: {known}.",
        "没有规则 {code}，是否指 {close}？已有规则：{known}。",
    ),
    "cli.rule-or-all": (
        "--all explains every rule; leave out {code} or --all.",
        "--all 说明全部规则；请去掉 {code} 或 --all。",
    ),
    "suggest.nothing": (
        "Nothing is to be added: the policy says all that is owed about {vendor}.",
        "无需补充：政策已写明关于{vendor}应披露的全部内容。",
    ),
    "suggest.unread": (
        "Nothing can be suggested: the policy was not read.",
        "无法给出建议：政策未能读取。",
    ),
    "suggest.blanks": (
        "Fill in each ⟦…⟧: what stands in it is an example, and left so it discloses nothing.",
        "⟦…⟧内为示例，须如实填写；未填写的不构成披露。",
    ),
    "cli.rule-bare": (
        "This rule carries no manual (Python was started with -OO).",
        "该规则没有说明（Python 以 -OO 启动）。",
    ),
    "train.head": (
        "{language}: passages/documents to learn from {train}, to calibrate on {calibration}, "
        "to test on {test}; calibration error {ece}. On the test documents:",
        "{language}：训练 {train}（段/份文档），校准 {calibration}，测试 {test}；校准误差 {ece}。"
        "在测试文档上：",
    ),
    "train.class": (
        "{name}: {examples} examples, precision {precision}, recall {recall}, F1 {f1}, ECE {ece}",
        "{name}：{examples} 例，精确率 {precision}，召回率 {recall}，F1 {f1}，ECE {ece}",
    ),
    "train.trust": (
        "Verdicts on held-out policies: {verdicts}; calibration error {ece}. A person is asked to "
        "look at {reviewed} %, which holds {caught} % of the wrong ones; of the others {right} % "
        "are right. Asked below:",
        "留出政策上的结论：{verdicts} 条；校准误差 {ece}。{reviewed}% 需人工复核，"
        "其中包含 {caught}% 的错误；其余 {right}% 正确。复核阈值：",
    ),
    "train.review": ("{name} {threshold}", "{name} {threshold}"),
    "corpus.split": (
        "{language} {split}: {passages} passages of {documents} documents",
        "{language} {split}：{documents} 份文档的 {passages} 段语料",
    ),
    "corpus.families": ("families: {list}", "类别：{list}"),
    "corpus.labels": ("labels: {list}", "标签：{list}"),
    "corpus.duplicates": (
        "near-duplicates: {count} of {passages} passages ({share} %)",
        "近似重复：{passages} 段中的 {count} 段（{share}%）",
    ),
    "corpus.set": ("policies, {name}: {count} {language}", "政策，{name}：{language} {count} 份"),
    "corpus.sound": ("Nothing is wrong.", "未发现问题。"),
    "corpus.faults": ("{count} faults.", "{count} 处问题。"),
    "corpus.overlap": (
        "two labels of kind {kind} overlap",
        "两个 {kind} 标签重叠",
    ),
    "corpus.two-languages": (
        "document {document} has passages in two languages",
        "文档 {document} 含两种语言的语料",
    ),
    "corpus.leak": (
        "near-duplicate of {other}, which is in another split ({split}, not {own})",
        "与另一划分中的 {other} 近似重复（{split}，而非 {own}）",
    ),
    "corpus.repetitive": (
        "{count} of {passages} are near-duplicates, too many",
        "{passages} 段中有 {count} 段近似重复，过多",
    ),
    "corpus.contradiction": (
        "labelled otherwise than {other}, the same words in the same place",
        "与 {other} 文字和位置相同而标签不同",
    ),
    "corpus.unread": ("cannot be read: {code}", "无法读取：{code}"),
    "corpus.no-such-words": (
        "the evidence of {requirement} is not in the document",
        "{requirement} 的证据不在文档中",
    ),
    "evaluate.head": (
        "{verdicts} verdicts on {documents} policies",
        "{documents} 份政策上的 {verdicts} 条结论",
    ),
    "evaluate.legend": (
        "n verdicts, acc share that is right, vP vR precision and recall of violations\n"
        "(not present), mP mR those of missing, ev share of right quotes that show it",
        "n 结论数，acc 正确率，vP vR 违规（非 present）的精确率与召回率，\n"
        "mP mR 为 missing 的精确率与召回率，ev 正确结论中引文相符的比例",
    ),
    "evaluate.program": ("The program", "本程序"),
    "evaluate.rules": ("Rules and lexicon without the model", "仅规则与词表，不用模型"),
    "evaluate.model": ("The model without binding", "仅模型，不做绑定"),
    "evaluate.keywords": ("Keywords near the name", "名称附近的关键词"),
    "evaluate.documents": (
        "policies all right: {right} of {documents}",
        "全部正确的政策：{documents} 份中的 {right} 份",
    ),
    "train.written": ("Models written to {folder}.", "模型已写入 {folder}。"),
    "train.current": ("The models are current.", "模型是最新的。"),
    "train.stale": (
        "The models are not what the corpus gives now; run disclosure-lint train.",
        "模型与当前语料不符；请运行 disclosure-lint train。",
    ),
    "config.used": ("note: configuration from {file}", "提示：使用配置文件 {file}"),
    "config.none": ("no configuration file", "没有配置文件"),
    "config.default": ("default", "默认值"),
    "config.unset": ("{key} is not set", "{key} 未设置"),
    "config.written": ("Wrote {file}.", "已写入 {file}。"),
    "config.head": (
        (
            "Configuration of disclosure-lint. What is commented out shows the default or an\n"
            "example; flags win over this file. In a pyproject.toml the same keys stand under\n"
            "[tool.disclosure-lint]. Paths are relative to this file and stay in its folder."
        ),
        (
            "disclosure-lint 的配置。被注释的行是默认值或示例；命令行参数优先于本文件。\n"
            "也可把同样的键写在 pyproject.toml 的 [tool.disclosure-lint] 下。\n"
            "路径相对于本文件，且须在其所在文件夹之内。"
        ),
    ),
    "config.key.select": (
        "Requirements to judge: codes, ids, beginnings of codes (RS1) or ALL.",
        "要判断的要求：代码、标识、代码开头（RS1）或 ALL。",
    ),
    "config.key.ignore": (
        "Requirements to leave out; of select and ignore the longer name wins.",
        "不判断的要求；select 与 ignore 冲突时以较长的名称为准。",
    ),
    "config.key.severity": (
        "How much a requirement weighs: error, warning or info.",
        "某项要求的级别：error、warning 或 info。",
    ),
    "config.key.fail-on": (
        "What makes the exit code 1: error, warning (errors too) or never.",
        "何时以 1 退出：error、warning（含 error）或 never。",
    ),
    "config.key.vendor": (
        "The third party: one that ships with the program, or the path of a vendor file.",
        "第三方：程序自带的标识，或第三方文件的路径。",
    ),
    "config.key.role": (
        "What it is to you: recipient, co-processor, or auto to read it from the policy.",
        "该第三方的角色：recipient（接收方）、co-processor（共同处理者），或 auto（依政策判断）。",
    ),
    "config.key.follow": (
        "How many links deep linked lists are read, 0 to 3; 1 for URLs, 0 for files if not set.",
        "读取所链接清单的层数，0 至 3；未设置时网址为 1，文件为 0。",
    ),
    "config.key.render": (
        "When pages are drawn in Chromium: auto (if only a script draws them), always, never.",
        "何时用 Chromium 渲染网页：auto（仅由脚本绘制时）、always、never。",
    ),
    "config.key.lang": (
        "Language of the messages: auto (by the locale), en, zh.",
        "信息的语言：auto（依系统区域设置）、en、zh。",
    ),
    "config.key.waivers": ("The file of waivers.", "豁免文件。"),
    "config.key.baseline": ("The file of the baseline.", "基线文件。"),
    "config.overrides": (
        (
            "The same keys for some sources, but for lang, waivers and baseline; later ones win.\n"
            "Patterns are compared with the source as given and with its path from here."
        ),
        (
            "只对部分来源生效的设置（lang、waivers、baseline 除外），后面的优先。\n"
            "模式与所给来源及其相对于本文件的路径比较。"
        ),
    ),
    "waiver.expired": (
        "{origin}: the waiver of {requirement} ended on {until} and does not count.",
        "{origin}：对 {requirement} 的豁免已于 {until} 到期，不再有效。",
    ),
    "waiver.refused": (
        "{origin}: {requirement} may not be waived; the waiver does not count.",
        "{origin}：{requirement} 不允许豁免，该豁免无效。",
    ),
    "waiver.unused": (
        "{origin}: the waiver of {requirement} has nothing to waive; remove it.",
        "{origin}：没有需要豁免的 {requirement} 问题，请删除该豁免。",
    ),
    "waiver.unknown": (
        "waivers for sources that were not checked here: {origins}",
        "以下豁免对应的来源未在本次检查：{origins}",
    ),
    "baseline.gone": (
        "{file}: known findings that do not occur any more: {count}; disclosure-lint baseline "
        "prune removes them.",
        "{file}：{count} 个已知问题不再出现，可用 disclosure-lint baseline prune 移除。",
    ),
    "baseline.written": ("{file}: known findings: {count}.", "{file}：已知问题 {count} 个。"),
    "baseline.pruned": (
        "{file}: findings removed: {gone}, left: {left}.",
        "{file}：移除问题 {gone} 个，剩余 {left} 个。",
    ),
    "line.waived": ("Waived: {reason}", "豁免原因：{reason}"),
    "line.waived-by": ("Waived by {who}: {reason}", "豁免人：{who}；原因：{reason}"),
    "diff.lost": ("lost", "失去"),
    "diff.gained": ("gained", "新增"),
    "diff.changed": ("changed", "变化"),
    "diff.reworded": ("reworded", "改写"),
    "diff.moved": ("moved", "移动"),
    "diff.same": ("No difference.", "没有差异。"),
    "diff.turned": ("was {old}, is {new}", "原为{old}，现为{new}"),
    "diff.unjudged": ("not judged", "未判断"),
    "diff.was": ("Was:", "原文："),
    "diff.is": ("Is:", "现文："),
    "diff.removed": ("only in the old: {source}", "仅旧报告有：{source}"),
    "diff.added": ("only in the new: {source}", "仅新报告有：{source}"),
    "cli.interrupted": ("interrupted", "已中断"),
}

_HTML: dict[str, tuple[str, str]] = {
    "title.entity-name": ("Company name", "公司名称"),
    "title.entity-contact": ("Contact details", "联系方式"),
    "title.processing-purpose": ("Purpose of processing", "处理目的"),
    "title.processing-method": ("Method of processing", "处理方式"),
    "title.information-scope": ("Categories of information", "个人信息种类"),
    "title.entity-privacy-policy": ("Privacy policy", "隐私政策链接"),
    "title.separate-consent": ("Separate consent", "单独同意"),
    "title.impact-assessment": ("Impact assessment", "影响评估"),
    "title.technical-services-only": ("Technical services only", "仅提供技术服务"),
    "title.developer-provides-service": ("The developer provides the service", "由开发者提供服务"),
    "title.developer-responsibility": ("The developer's responsibility", "由开发者承担责任"),
    "title.complaint-channel": ("Complaint channel", "投诉渠道"),
    "html.title": ("Disclosure report", "披露检查报告"),
    "html.sources": ("Sources", "来源"),
    "html.all-sources": ("All sources", "全部来源"),
    "html.checklist": ("Checklist", "检查清单"),
    "html.to-text": ("To the text", "查看原文"),
    "html.document": ("Text of the {role}", "{role}原文"),
    "html.details": ("Why, and what was searched", "依据与查找范围"),
    "html.evidence": (
        "Evidence for {code}: back to the checklist",
        "{code} 的证据：返回检查清单",
    ),
    "html.near": (
        "Nearest to {code}, does not count: back to the checklist",
        "最接近 {code} 但不计入：返回检查清单",
    ),
    "html.legend": ("Marks:", "标记："),
    "html.legend-near": ("nearest, does not count", "最接近，但不计入"),
    "html.legend-mention": ("names {vendor}", "提及{vendor}"),
    "html.no-text": ("Its text is not in this report.", "本报告不含其原文。"),
    "html.part": (
        "The text is long: only what was found and its surroundings are shown.",
        "原文较长：仅显示找到的内容及其上下文。",
    ),
    "html.cut": ("… {count} characters left out …", "……省略 {count} 个字符……"),
    "html.more": ("And {count} more.", "另有 {count} 处。"),
    "html.none": ("No source was checked.", "没有检查任何来源。"),
}

MESSAGES: dict[str, tuple[str, str]] = {
    **_FINDINGS,
    **_GROUNDS,
    **_REASONS,
    **_TERMS,
    **_EXPLANATION,
    **_INTERFACE,
    **_HTML,
}


def placeholders(template: str) -> frozenset[str]:
    """The names of the ``{parameters}`` of a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def say(note: Note, lang: str = "en") -> str:
    """A note in words, ``lang`` being "en" or "zh".

    A key that is not in the catalogue is said as itself and a parameter that was not given as
    "?": a report must come out whatever a rule forgot; the tests are where that fails.
    """
    return phrase(note.key, dict(note.params), lang)


def phrase(key: str, params: Mapping[str, object], lang: str = "en") -> str:
    """The sentence of a key with its parameters filled in; see ``say``.

    A parameter ``vendor.zh`` is what ``{vendor}`` means in Chinese, where the two differ.
    """
    pair = MESSAGES.get(key)
    if pair is None:
        return key
    parts = []
    for literal, name, _, _ in Formatter().parse(pair[lang == "zh"]):
        parts.append(literal)
        if name is not None:
            said = params.get(f"{name}.{lang}", params.get(name, "?"))
            parts.append(_value(name, str(said), lang))
    return "".join(parts)


def error_words(code: str, params: Mapping[str, str], lang: str = "en") -> tuple[str, str]:
    """What happened and what to do; a code that has no words is said as itself."""
    return describe(code, dict(params), lang) if code in ERRORS else (code, "")


def _value(name: str, value: str, lang: str) -> str:
    pair = MESSAGES.get(f"term.{name}.{value}")
    return value if pair is None else pair[lang == "zh"]
