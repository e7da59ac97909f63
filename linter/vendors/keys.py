"""What each key of a vendor file means, in English and Chinese: for the schema and ``init``."""

from __future__ import annotations

from collections.abc import Mapping

# By table and key, "" being the top of the file.
KEYS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("", "schema"): ("The version of this shape.", "本文件格式的版本。"),
    ("", "id"): (
        "Names the vendor in reports: lower-case letters, digits and hyphens.",
        "在报告中标识该第三方：小写字母、数字和连字符。",
    ),
    ("", "version"): (
        "The version of this file, as reports state it.",
        "本文件的版本，会写入报告。",
    ),
    ("", "name"): ("What reports call the vendor.", "报告中对该第三方的称呼。"),
    ("", "clause"): (
        "The clause that demands the disclosures, as reports name it.",
        "要求披露的条款，按报告中的写法。",
    ),
    ("", "names"): ("Company names.", "公司名称。"),
    ("", "brands"): ("Brands by which policies name the vendor.", "政策中用来称呼该第三方的品牌。"),
    ("", "web"): ("Its web pages.", "其网页。"),
    ("", "contact"): ("Its contact details.", "其联系方式。"),
    ("", "owed"): (
        "Requirements owed by role; a role that is not listed owes what the rules say.",
        "各角色须满足的要求；未列出的角色按规则本身的规定。",
    ),
    ("", "suggestions"): (
        "Words to add, by language and requirement; ⟦…⟧ marks what only the developer knows.",
        "建议添加的文字，按语言和要求列出；⟦…⟧ 表示只有开发者知道的内容。",
    ),
    ("names", "legal"): (
        "Registered company names, in every language they have.",
        "登记的公司名称，各语言均列出。",
    ),
    ("names", "affiliates"): (
        "Registered names of affiliates that count as well.",
        "同样算数的关联公司的登记名称。",
    ),
    ("names", "unverified"): (
        "Names widely taken for the company's that nobody has confirmed: ambiguous.",
        "常被当作其公司名称、但未经证实的名称：判为“存疑”。",
    ),
    ("names", "lookalike_stems"): (
        "A company name built on one of these that is on no list is ambiguous.",
        "以此为词干、但不在名单上的公司名称判为“存疑”。",
    ),
    ("brands", "text"): ("The brand.", "品牌。"),
    ("brands", "word"): (
        "It is Latin and counts only as a whole word.",
        "拉丁字母品牌，仅作为完整单词时算数。",
    ),
    ("brands", "not_before"): (
        "Characters after which it is part of another word.",
        "前面出现这些字符时，它是其他词的一部分。",
    ),
    ("brands", "not_after"): (
        "Characters before which it is part of another word.",
        "后面出现这些字符时，它是其他词的一部分。",
    ),
    ("brands", "strong_before"): (
        "Words after which it is the vendor.",
        "出现在这些词之后即指该第三方。",
    ),
    ("brands", "strong_after"): (
        "Words before which it is the vendor.",
        "出现在这些词之前即指该第三方。",
    ),
    ("brands", "weak_after"): (
        "Words before which it is the vendor if the document names it more plainly elsewhere.",
        "出现在这些词之前，且文档在别处更明确地提及时，指该第三方。",
    ),
    ("web", "domains"): (
        "Registrable domains; subdomains are included.",
        "可注册域名，含其子域名。",
    ),
    ("web", "policy_urls"): (
        "Pages that are its privacy policy or legal terms.",
        "其隐私政策或法律条款的网页。",
    ),
    ("web", "policy_words"): (
        "Words in the path of other such pages, in lower case.",
        "其他此类网页路径中的词，小写。",
    ),
    ("contact", "emails"): ("E-mail addresses.", "电子邮箱。"),
    ("contact", "phones"): ("Telephone numbers.", "电话号码。"),
    ("contact", "addresses"): ("Postal addresses.", "通信地址。"),
    ("owed", "recipient"): (
        "What is owed where the vendor is a sharing recipient.",
        "该第三方为共享接收方时须满足的要求。",
    ),
    ("owed", "co-processor"): (
        "What is owed where the vendor is a co-processor.",
        "该第三方为共同处理者时须满足的要求。",
    ),
    ("suggestions", "zh"): ("For policies in Chinese.", "用于中文政策。"),
    ("suggestions", "en"): ("For policies in English.", "用于英文政策。"),
}
