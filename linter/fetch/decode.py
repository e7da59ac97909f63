"""Bytes to characters, in the order that real pages need.

BOM, then the declared encodings, UTF-8, a guess, GB18030 with replacement. GB2312 and GBK mean
GB18030 and ISO-8859-1 means windows-1252 (WHATWG Encoding Standard): pages so labelled hold the
larger sets. Only known text encodings are taken from a label; Python has codecs that are none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "unicode": "utf-16-le",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-jp": "euc-jp",
    "iso-2022-jp": "iso-2022-jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "koi8-r": "koi8-r",
    **{f"iso-8859-{n}": f"iso-8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"windows-125{n}": f"windows-125{n}" for n in range(9)},
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# HTML, "Determining the character encoding": the declaration stands within the first 1024 bytes;
# pages with long comments put it later, and browsers find it.
_META_BYTES = 4096
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_GUESS_BYTES = 256 * 1024


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
            return _replacing(content[len(bom) :], encoding)
    for encoding in _candidates(content, content_type):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            return _decoded(decoder.decode(content, final=not truncated), encoding)
        except UnicodeError:
            continue
    return _replacing(content, "gb18030")


def _candidates(content: bytes, content_type: str) -> Iterator[str]:
    if (wide := _wide(content)) is not None:
        yield wide
    header = _HTTP.search(content_type)
    meta = _META.search(content[:_META_BYTES])
    labels = [m.group(1) for m in (header,) if m]
    # A page that says of itself in ASCII that it is UTF-16 is not.
    inner = _label(meta.group(1).decode("ascii", "replace")) if meta else None
    declared = [_label(label) for label in labels]
    declared.append("utf-8" if inner is not None and inner.startswith("utf-16") else inner)
    known = [d for d in declared if d is not None]
    # Any bytes are windows-1252, so that label is believed only after all that can be wrong.
    western = [d for d in known if d.startswith(("windows-125", "iso-8859", "koi8"))]
    yield from (d for d in known if d not in western)
    yield "utf-8"
    yield from western
    if (guess := _guess(content)) is not None:
        yield guess


def _label(label: str) -> str | None:
    return _LABELS.get(label.strip().lower())


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: markup's ASCII leaves every other byte zero."""
    head = content[:1024]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 8 or max(even, odd) * 10 < len(head):
        return None
    if even * 8 < odd:
        return "utf-16-le"
    return "utf-16-be" if odd * 8 < even else None


def _guess(content: bytes) -> str | None:
    # Imported here: only what is neither declared nor UTF-8 needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_GUESS_BYTES]).best()
    if best is None:
        return None
    # Which single-byte set it is cannot be told from a few accents; of those, one is common.
    western = best.encoding.startswith(("cp12", "cp4", "cp8", "latin", "iso8859", "mac"))
    return "windows-1252" if western else _label(best.encoding.replace("_", "-"))


def _replacing(content: bytes, encoding: str) -> Decoded:
    return _decoded(content.decode(encoding, "replace"), encoding)


def _decoded(text: str, encoding: str) -> Decoded:
    return Decoded(text, encoding, text.count("\ufffd") / len(text) if text else 0.0)
