"""Bytes to characters: BOMs, headers, declarations that lie, and none at all."""

from __future__ import annotations

import codecs

import pytest

from linter.fetch.decode import decode

TEXT = "我们收集您的手机号，用于登录。㐀镕"
HANT = "我們收集您的電話號碼，用於登入。"


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


def test_a_declaration_far_down_is_not_looked_for() -> None:
    content = ("<!--" + "x" * 5000 + "-->" + html(TEXT, "big5")).encode("utf-8")
    assert decode(content).encoding == "utf-8"


def test_nothing() -> None:
    assert decode(b"").text == ""
