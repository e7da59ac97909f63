"""Bytes to characters, in the order that real pages need.

BOM, then the declared encodings, UTF-8, a late declaration, any of them with a few characters
lost, a guess, GB18030 with replacement. GB2312 and GBK mean GB18030 and ISO-8859-1 means
windows-1252 (WHATWG Encoding Standard): pages so labelled hold the larger sets. Only known text
encodings are taken from a label; Python has codecs that are none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

# The labels of the WHATWG Encoding Standard, and some that pages use besides.
_NAMES = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8",
    # Without a mark, "utf-16" is little-endian there.
    "utf-16-le": "utf-16 utf-16le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff",
    "utf-16-be": "utf-16be unicodefffe",
    "gb18030": "gb18030 gb2312 gb_2312 gb_2312-80 gbk x-gbk cp936 ms936 chinese csgb2312",
    "big5hkscs": "big5 big5-hkscs big5_hkscs big5hkscs cn-big5 csbig5 x-x-big5 cp950 ms950",
    "windows-1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 "
    "l1 ascii us-ascii",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 cp932 windows-31j csshiftjis",
    "euc-jp": "euc-jp x-euc-jp",
    "iso-2022-jp": "iso-2022-jp csiso2022jp",
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cp949",
    "koi8-r": "koi8-r",
}
_LABELS = {
    **{label: codec for codec, labels in _NAMES.items() for label in labels.split()},
    **{f"iso-8859-{n}": f"iso-8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"windows-125{n}": f"windows-125{n}" for n in range(9)},
}
# WHATWG's Big5 also holds what only Microsoft's has, such as the euro sign.
_ALSO = {"big5hkscs": "cp950"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# HTML, "Determining the character encoding": the declaration stands within the first 1024 bytes;
# pages with long comments put it later, and browsers find it.
_META_BYTES = 4096
# What stands further down is believed only if nothing better fits.
_LATE_META_BYTES = 64 * 1024
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_GUESS_BYTES = 256 * 1024
# Characters of three bytes that make valid UTF-8 certain: other text does not pass by chance.
_CERTAIN = 8
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_ROWS = re.compile(rb"[\x80-\xff]{6,}")
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")
# The upper bytes of Chinese characters and punctuation in UTF-16.
_CHINESE_HIGH = frozenset({0x00, 0x30, 0xFF, *range(0x4E, 0xA0)})
# Share of the characters beyond ASCII that may be lost before the encoding is held for wrong.
_BEARABLE = 0.2


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the codec that gave them, and the share of U+FFFD among them (0 to 1)."""

    text: str
    encoding: str
    replaced: float


def decode(content: bytes, *, content_type: str = "", truncated: bool = False) -> Decoded:
    """The text of a document.

    Parameters
    ----------
    content : the bytes, content encodings undone.
    content_type : the Content-Type header as it came, "" for none.
    truncated : the bytes end anywhere, so the last character may be cut.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _lossy(content[len(bom) :], encoding, truncated)
    candidates = list(dict.fromkeys(_candidates(content, content_type)))
    for encoding in candidates:
        if (decoded := _strict(content, encoding, truncated)) is not None:
            return _other_chinese(content, decoded, truncated)
    # One broken byte must not have the whole page read in another encoding.
    for encoding in candidates:
        decoded = _lossy(content, encoding, truncated)
        if _lost(decoded.text) <= _BEARABLE:
            return _other_chinese(content, decoded, truncated)
    guess = _guess(content)
    guessed = _strict(content, guess, truncated) if guess is not None else None
    return guessed or _lossy(content, "gb18030", truncated)


# Characters that any Chinese policy is full of, in both scripts.
_USUAL = frozenset(
    "的我们們您你他是在有和与與或不会會可以于於为為用户戶信息資料资数據据使服务務收集提供公司第三方保護护"
)
# Of the Chinese characters of a text so many are of those; of one in the wrong encoding, so few.
_USUAL_SHARE, _UNUSUAL_SHARE = 0.12, 0.03
_SAMPLE = 20_000
_CHINESE = re.compile("[\u4e00-\u9fff]")


def _other_chinese(content: bytes, decoded: Decoded, truncated: bool) -> Decoded:
    """The text in the other of the two Chinese encodings if it makes sense in that one alone.

    The bytes of one are mostly valid in the other, so that a wrong label is seen only by what
    comes of it: Big5 that is called gb2312, and the reverse.
    """
    kin = {"gb18030": ("big5hkscs", "cp950"), "big5hkscs": ("gb18030",), "cp950": ("gb18030",)}
    others = kin.get(decoded.encoding, ())
    if not others or _usual(decoded.text) > _UNUSUAL_SHARE:
        return decoded
    for encoding in others:
        other = _lossy(content, encoding, truncated)
        if _usual(other.text) >= _USUAL_SHARE and _lost(other.text) <= _BEARABLE:
            return other
    return decoded


def _usual(text: str) -> float:
    """Share of the usual among the Chinese characters of a text's beginning; 1 if it has none."""
    chinese = _CHINESE.findall(text, 0, _SAMPLE)
    return sum(c in _USUAL for c in chinese) / len(chinese) if chinese else 1.0


def _candidates(content: bytes, content_type: str) -> Iterator[str]:
    header = _HTTP.search(content_type)
    meta = _META.search(content[:_LATE_META_BYTES])
    outer = _label(header.group(1)) if header else None
    inner = _label(meta.group(1).decode("ascii", "replace")) if meta else None
    # A page that says of itself in ASCII that it is UTF-16 is not.
    inner = "utf-8" if inner is not None and inner.startswith("utf-16") else inner
    late = inner if meta is not None and meta.end() > _META_BYTES else None
    known = [d for d in (outer, None if late else inner) if d is not None]
    if _is_certainly_utf8(content):
        yield "utf-8"
    elif (wide := _wide(content)) is not None:
        yield wide
    # Any bytes are windows-1252, so that label is believed only after all that can be wrong.
    western = [d for d in known if d.startswith(("windows-125", "iso-8859", "koi8"))]
    yield from _with_kin(d for d in known if d not in western)
    yield "utf-8"
    # Servers also send that label for whatever they have.
    yield from (d for d in western if d != "windows-1252" or not _is_packed(content))
    if late is not None:
        yield from _with_kin([late])


def _with_kin(encodings: Iterable[str]) -> Iterator[str]:
    for encoding in encodings:
        yield encoding
        if encoding in _ALSO:
            yield _ALSO[encoding]


def _is_certainly_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8 whatever is declared: under a wrong label of two-byte
    characters they may pass for other text without an error."""
    decoded = _strict(content[:_GUESS_BYTES], "utf-8", truncated=True)
    found = _THREE_BYTES.finditer(decoded.text) if decoded is not None else iter(())
    return sum(1 for _ in islice(found, _CERTAIN)) == _CERTAIN


def _label(label: str) -> str | None:
    return _LABELS.get(label.strip().lower())


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: markup's ASCII leaves every other byte zero.

    Chinese without markup leaves few zeros, but then the bytes beside them have few values too.
    """
    head = content[:1024]
    even, odd = head[0::2], head[1::2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        zeros, others = high.count(0), low.count(0)
        if len(head) >= 8 and zeros * 10 >= len(head) and others * 8 < zeros:
            return encoding
        typical = sum(b in _CHINESE_HIGH for b in high) * 10 >= len(high) * 9
        if zeros and not others and typical and _strict(head, "utf-8", truncated=True) is None:
            return encoding
    return None


def _guess(content: bytes) -> str | None:
    # Imported here: only what is neither declared nor UTF-8 needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_GUESS_BYTES]).best()
    if best is None:
        return None
    # Which single-byte set it is cannot be told from a few accents; of those, one is common.
    western = best.encoding.startswith(("cp12", "cp4", "cp8", "latin", "iso8859", "mac"))
    if western:
        return None if _is_packed(content[:_GUESS_BYTES]) else "windows-1252"
    return _label(best.encoding.replace("_", "-"))


def _is_packed(content: bytes) -> bool:
    """Whether bytes beyond ASCII come in rows, as no text of accented letters has them."""
    rows = sum(map(len, _ROWS.findall(content)))
    return rows * 2 > len(content) - len(content.translate(None, _BEYOND_ASCII))


def _strict(content: bytes, encoding: str, truncated: bool) -> Decoded | None:
    try:
        return _decoded(content, encoding, truncated, "strict")
    except UnicodeError:
        return None


def _lossy(content: bytes, encoding: str, truncated: bool) -> Decoded:
    return _decoded(content, encoding, truncated, "replace")


def _decoded(content: bytes, encoding: str, truncated: bool, errors: str) -> Decoded:
    # Incrementally, so that a character that the cap has cut is no fault.
    text = codecs.getincrementaldecoder(encoding)(errors).decode(content, final=not truncated)
    return Decoded(text, encoding, text.count("\ufffd") / len(text) if text else 0.0)


def _lost(text: str) -> float:
    """Share of U+FFFD among the characters beyond ASCII."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") / beyond if beyond else 0.0
