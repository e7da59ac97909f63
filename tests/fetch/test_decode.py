"""Bytes to characters: BOMs, headers, declarations that lie, and none at all."""

from __future__ import annotations

import codecs

import pytest

from linter.fetch.decode import decode

TEXT = "我们收集您的手机号，用于登录。㐀镕"
HANT = "我們收集您的電話號碼，用於登入。"
# Characters that Hong Kong's supplement alone has, and the euro sign, that it has not.
HKSCS = "佢哋嘅資料喺呢度㗎"
EURO = "費用為€100，碁"
JA = "個人情報の取扱い①㈱髙橋"
# As many characters as leave no byte over when they are read in pairs.
EVEN = "我们收集手机号码"


def html(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>政策</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("content", "content_type", "encoding"),
    [
        (html(TEXT).encode("utf-8"), "", "utf-8"),
        (codecs.BOM_UTF8 + html(TEXT).encode(), "text/html; charset=gbk", "utf-8"),
        (codecs.BOM_UTF16_LE + html(TEXT).encode("utf-16-le"), "", "utf-16-le"),
        (codecs.BOM_UTF16_BE + html(TEXT).encode("utf-16-be"), "", "utf-16-be"),
        (html(TEXT).encode("utf-16-le"), "", "utf-16-le"),
        (html(TEXT).encode("utf-16-be"), "", "utf-16-be"),
        (html(TEXT, "gb2312").encode("gb18030"), "", "gb18030"),
        (html(TEXT, "gbk").encode("gb18030"), "", "gb18030"),
        (html(TEXT).encode("gb18030"), "text/html; charset=GB2312", "gb18030"),
        (html(TEXT, "gb2312").encode("utf-8"), "", "utf-8"),
        (html(TEXT, "utf-8").encode("utf-8"), "text/html; charset=ISO-8859-1", "utf-8"),
        (html(TEXT, "gbk").encode("gb18030"), "text/html; charset=ISO-8859-1", "gb18030"),
        (html(TEXT, "utf-8").encode("gb18030"), "text/html; charset=utf-8", "gb18030"),
        (html(HANT, "big5").encode("big5hkscs"), "", "big5hkscs"),
        (html(TEXT, "utf-16").encode("utf-8"), "", "utf-8"),
        (html(TEXT, "rot13").encode("utf-8"), "text/html; charset=zip_codec", "utf-8"),
        (html(TEXT, "unicode_escape").encode("utf-8"), "", "utf-8"),
        (html(TEXT).encode("utf-8"), "text/html; charset=utf-7", "utf-8"),
    ],
)
def test_the_text_comes_out_whole(content: bytes, content_type: str, encoding: str) -> None:
    decoded = decode(content, content_type=content_type)
    assert decoded.encoding == encoding
    assert decoded.replaced == 0.0
    assert (TEXT in decoded.text) or (HANT in decoded.text)
    assert not decoded.text.startswith("\ufeff")


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "latin1", None])
def test_windows_1252(charset: str | None) -> None:
    text = "We collect “device information” – café, naïve, résumé, £5."
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    content = ((meta if charset else "") + f"<p>{text}</p>" * 8).encode("windows-1252")
    assert text in decode(content).text


def test_gb2312_without_any_declaration() -> None:
    assert TEXT in decode((html(TEXT) * 5).encode("gb18030")).text


def test_what_cannot_be_decoded_is_counted() -> None:
    decoded = decode(html(TEXT * 20).encode("gb18030")[:-40] + b"\xff\xff\xff\xff" * 10 + b"\x81")
    assert 0.0 < decoded.replaced < 0.2


def test_a_cut_character_at_the_end_of_a_truncated_body_is_no_fault() -> None:
    content = html(TEXT).encode("utf-8")[:80]
    for cut in range(3):
        decoded = decode(content[: len(content) - cut], truncated=True)
        assert (decoded.encoding, decoded.replaced) == ("utf-8", 0.0)


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", "BIG5", "x-x-big5"])
@pytest.mark.parametrize("place", ["meta", "header"])
def test_big5_with_hong_kongs_characters(label: str, place: str) -> None:
    content = html(HKSCS, label if place == "meta" else None).encode("big5hkscs")
    header = f"text/html; charset={label}" if place == "header" else ""
    decoded = decode(content, content_type=header)
    assert HKSCS in decoded.text
    assert decoded.encoding == "big5hkscs"


def test_big5_with_what_microsofts_alone_has() -> None:
    decoded = decode(html(EURO, "big5").encode("cp950"))
    assert (EURO in decoded.text, decoded.replaced) == (True, 0.0)


@pytest.mark.parametrize("label", ["Shift_JIS", "shift-jis", "x-sjis", "windows-31j"])
@pytest.mark.parametrize("place", ["meta", "header"])
def test_shift_jis(label: str, place: str) -> None:
    content = html(JA, label if place == "meta" else None).encode("cp932")
    header = f"text/html; charset={label}" if place == "header" else ""
    decoded = decode(content, content_type=header)
    assert (JA in decoded.text, decoded.encoding) == (True, "cp932")


@pytest.mark.parametrize("label", ["gb2312", "gbk", "big5", "shift_jis", "euc-kr", "iso-8859-1"])
@pytest.mark.parametrize("place", ["meta", "header"])
def test_utf_8_under_a_label_that_would_also_decode_it(label: str, place: str) -> None:
    content = html(EVEN * 3, label if place == "meta" else None).encode()
    header = f"text/html; charset={label}" if place == "header" else ""
    decoded = decode(content, content_type=header)
    assert (EVEN in decoded.text, decoded.encoding) == (True, "utf-8")


@pytest.mark.parametrize(
    ("true", "header", "meta"),
    [
        ("utf-8", "gbk", "utf-8"),
        ("utf-8", "utf-8", "gbk"),
        ("utf-8", "big5", "gb2312"),
        ("gb18030", "utf-8", "gb2312"),
        ("gb18030", "gb2312", "utf-8"),
        ("gb18030", "iso-8859-1", "gbk"),
        ("big5hkscs", "big5", "utf-8"),
        ("big5hkscs", "utf-8", "big5"),
        ("cp932", "shift_jis", "utf-8"),
        ("utf-16-le", "utf-16", "utf-8"),
        ("utf-16-be", "utf-16", "gbk"),
    ],
)
@pytest.mark.parametrize("marked", [False, True])
def test_header_and_page_disagree(true: str, header: str, meta: str, marked: bool) -> None:
    text = {"big5hkscs": HANT, "cp932": JA}.get(true, TEXT)
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE}
    marks["utf-16-be"] = codecs.BOM_UTF16_BE
    mark = marks.get(true, b"") if marked else b""
    decoded = decode(
        mark + html(text * 2, meta).encode(true), content_type=f"text/html; charset={header}"
    )
    assert (text in decoded.text, decoded.encoding, decoded.replaced) == (True, true, 0.0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", ["", "text/plain; charset=utf-16", "text/plain"])
def test_utf_16_of_nothing_but_chinese_without_a_mark(encoding: str, header: str) -> None:
    text = "我们收集您的手机号码，用于登录账号。\n" * 10
    assert decode(text.encode(encoding), content_type=header).text == text


@pytest.mark.parametrize("zeros", [b"\0", b"\0\0", b"a\0b\0c\0"])
def test_stray_zeros_make_no_utf_16(zeros: bytes) -> None:
    assert TEXT in decode(zeros + html(TEXT * 2).encode()).text
    assert TEXT in decode(zeros + html(TEXT * 2, "gbk").encode("gb18030")).text
    english = "We collect device information. " * 4
    assert english in decode(zeros + english.encode()).text


@pytest.mark.parametrize("distance", [900, 1500, 3500, 5000, 30_000])
@pytest.mark.parametrize(
    ("label", "text"), [("big5", HANT), ("shift_jis", JA), ("gb2312", TEXT), ("utf-8", TEXT)]
)
def test_a_declaration_beyond_the_first_kilobyte(distance: int, label: str, text: str) -> None:
    codec = {"big5": "big5hkscs", "shift_jis": "cp932", "gb2312": "gb18030"}.get(label, label)
    content = f"<!--{'x' * distance}-->".encode() + html(text, label).encode(codec)
    decoded = decode(content)
    assert (text in decoded.text, decoded.encoding) == (True, codec)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("utf-8", "utf-8", TEXT),
        (None, "utf-8", TEXT),
        ("gb2312", "gb18030", TEXT),
        ("utf-8", "gb18030", TEXT),
        ("big5", "big5hkscs", HANT),
        ("shift_jis", "cp932", JA),
    ],
)
def test_one_broken_byte_loses_one_character(label: str | None, codec: str, text: str) -> None:
    content = html(text * 4, label).encode(codec).replace(b"<p>", b"<p>\xff\xff<")
    decoded = decode(content)
    assert (text * 3 in decoded.text, decoded.encoding) == (True, codec)
    assert decoded.text.count("\ufffd") <= 2


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("utf-8", "utf-8", TEXT),
        ("gb18030", "gb2312", "我们㐀镕\U00020000"),
        ("big5hkscs", "big5", HKSCS),
        ("cp932", "shift_jis", JA),
        ("utf-16-le", None, TEXT),
        ("utf-16-be", None, TEXT),
    ],
)
@pytest.mark.parametrize("marked", [False, True])
def test_a_character_that_the_cap_has_cut_is_no_fault(
    codec: str, label: str | None, text: str, marked: bool
) -> None:
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE}
    mark = marks.get(codec, b"") if marked else b""
    content = mark + html(text * 3, label).encode(codec)
    for cut in range(18, 18 + 8):
        decoded = decode(content[: len(content) - cut], truncated=True)
        assert (decoded.encoding, decoded.replaced) == (codec, 0.0)
        assert text in decoded.text


def test_a_declaration_far_down_yields_to_utf_8() -> None:
    content = ("<!--" + "x" * 5000 + "-->" + html(TEXT, "big5")).encode("utf-8")
    assert decode(content).encoding == "utf-8"


def test_nothing() -> None:
    assert decode(b"").text == ""


POLICY = "我們會收集您的個人資料，用於為您提供服務，並與第三方公司共享。"
POLICY_HANS = "我们会收集您的个人信息，用于为您提供服务，并与第三方公司共享。"


@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [
        (POLICY, "gb2312", "big5hkscs"),
        (POLICY, "gbk", "big5hkscs"),
        (POLICY, "big5", "big5hkscs"),
        (POLICY_HANS, "big5", "gb18030"),
        (POLICY_HANS, "gb2312", "gb18030"),
    ],
)
def test_big5_and_gb_under_each_others_label(text: str, label: str, encoding: str) -> None:
    decoded = decode(html(text * 3, label).encode(encoding))
    assert decoded.encoding == encoding
    assert text in decoded.text


def test_rare_characters_alone_do_not_change_a_label() -> None:
    names = "魑魅魍魉饕餮貔貅麒麟" * 5
    assert decode(html(names, "gb2312").encode("gb18030")).text.count("麒麟") == 5
