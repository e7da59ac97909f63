"""What a field label looks like, by shape and by the words that labels are made of.

Nothing here knows what a field means: it only tells "使用目的" or "Company name" from running
text, so that headers, key-value lines and flattened tables can be recognised.
"""

from __future__ import annotations

import re
from functools import lru_cache

LABEL_WORDS = re.compile(
    r"名称|名稱|目的|用途|类型|類型|类别|類別|种类|種類|方式|链接|連結|鏈接|网址|網址|地址|官网|政策|协议|場景|场景"
    r"|公司|主体|主體|机构|機構|单位|單位|联系|联络|聯絡|聯繫|电话|電話|邮箱|郵箱|電郵|隐私|隱私|私隱|協議|開發者|數據|運營方|字段|信息|資訊|資料|数据|內容|内容|权限|權限|说明|說明|功能|范围|什么|什麼|怎么|怎麼|找谁|找誰"
    r"|^(?:详情|詳情|详细情况|具体情况|details?)$"
    r"|範圍|服务商|提供商|提供方|开发者|合作方|运营方|第三方|接收方|产品|業務|业务|平台|序号|备注|期限|插件|组件|SDK"
    r"|\b(?:name|purposes?|types?|categor(?:y|ies)|data|information|method|means|link|url|website|contact|e-?mail"
    r"|phone|address|company|provider|vendor|part(?:y|ner)|recipients?|entity|controller|processor|policy|description"
    r"|scenario|function|service|feature|permission|retention|period|cookies?|domain|duration|source|uses?|shared|collected"
    r"|location|country|legal basis|how|why|who|what|products?"
    r"|manner|fields?|kinds?|rules|brand|scene|used|maker|operator|supplier|remarks|expires|reasons?|site|permissions|sdk)\b",
    re.IGNORECASE,
)
# A label with its value ("目的：推送") heads no column.
_SENTENCE = re.compile(r"[。！？!?；;，,]|\.\s|https?:|www\.|[：:]\s*[^\s：:]")
_CJK = re.compile(r"[\u3400-\u9fff]")


# "泉城门禁（泉城智能有限公司）" names somebody.
_COMPANY = re.compile(
    r"(?:有限(?:责任|責任)?公司|股份公司|\b(?:Ltd|Inc|LLC|GmbH|plc)\.?)\s*[）)]?$", re.IGNORECASE
)
# "云帆推送SDK" is a party's name, "第三方SDK" a label, though both end in a label's word.
_ENDS_LIKE_A_NAME = re.compile(r"(?:SDK|公司|平台|插件|组件|APP)$", re.IGNORECASE)
_BEFORE_A_LABEL = re.compile(
    r"(?:第三方|合作|伙伴|所属|运营|營運|提供|接入|关联|關聯|开发|開發|集成|嵌入|使用|涉及|服务|服務|主体|主體|企业|企業"
    r"|产品|產品|名称|名稱|接收|受托|者|商|方|及|和|与|的|[/、（）()\s]|SDK|公司|平台)+",
    re.IGNORECASE,
)


# Characters without width, which editors leave inside words.
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_LONGEST = 100
_PARTY = re.compile(
    r"名称|名稱|公司|主体|主體|机构|機構|第三方|接收方|合作方|服务商|提供方|单位|SDK"
    r"|\b(?:name|company|vendor|partner|part(?:y|ies)|provider|recipient|entity|product)s?\b",
    re.IGNORECASE,
)


def names_a_party(label: str) -> bool:
    """Whether a label announces who somebody is."""
    return bool(_PARTY.search(label))


def looks_like_label(text: str) -> bool:
    """Whether a short text could be a column header or a field's name."""
    # The same few headers come again for every row; what is long is none, and not kept.
    return len(text) <= _LONGEST and _is_label(text)


@lru_cache(maxsize=4096)
def _is_label(text: str) -> bool:
    text = INVISIBLE.sub("", text).strip().strip("：:*")
    if not text or len(text) > (24 if _CJK.search(text) else 48) or _SENTENCE.search(text):
        return False
    if _COMPANY.search(text):
        return False
    ending = _ENDS_LIKE_A_NAME.search(text)
    if ending and ending.start() and not _BEFORE_A_LABEL.fullmatch(text[: ending.start()]):
        return False
    return bool(LABEL_WORDS.search(text))
