"""What kind of document bytes are, whatever their name and header say."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.errors import FetchError
from linter.fetch import FetchOptions, expand, fetch
from linter.fetch.media import DOCX, HTML, MHTML, PDF, document_type

PDF_BYTES = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << >> endobj"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\x00" * 16
DOCX_BYTES = ZIP + b"\x13\x00\x00\x00[Content_Types].xml" + ZIP + b"word/document.xml"
SAVED = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/p\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html\r\n\r\n<p>\xe9\x9a\x90\xe7\xa7\x81</p>\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PDF_BYTES, PDF),
        (b"\n\n" + b"x" * 500 + PDF_BYTES, PDF),
        (b"<html><body>our %PDF-1.4 export</body></html>", None),
        ("我们的 %PDF 文件".encode(), None),
        (DOCX_BYTES, DOCX),
        (ZIP + b"word/document2.xml", DOCX),
        (ZIP + b"xl/workbook.xml", None),
        (SAVED, MHTML),
        (SAVED.replace(b"\r\n", b"\n"), MHTML),
        (b"Content-Type: multipart/related is a header of e-mail.", None),
        (b"<!-- MIME-Version: 1.0\nContent-Type: multipart/related -->", None),
    ],
)
def test_the_kind_by_content(content: bytes, media: str | None) -> None:
    assert document_type(content) == media


@pytest.mark.parametrize("name", ["policy.pdf", "policy.docx", "policy.html", "policy", "a.txt"])
@pytest.mark.parametrize(("content", "media"), [(PDF_BYTES, PDF), (DOCX_BYTES, DOCX)])
def test_a_name_is_not_believed(tmp_path: Path, name: str, content: bytes, media: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page = fetch(str(path), options=FetchOptions())
    assert (page.media_type, page.content, page.text) == (media, content, "")
    assert not page.truncated


@pytest.mark.parametrize("name", ["policy.pdf", "policy.docx", "policy.mht", "policy.mhtml"])
def test_a_text_in_a_document_s_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<h1>隐私政策</h1>", "utf-8")
    assert fetch(str(path), options=FetchOptions()).media_type == HTML
    path.write_text("隐私政策", "utf-8")
    assert fetch(str(path), options=FetchOptions()).media_type == "text/plain"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (ZIP + b"xl/workbook.xml", "XLSX"),
        (ZIP + b"ppt/presentation.xml", "PPTX"),
        (ZIP + b"mimetypeapplication/epub+zip", "EPUB"),
        (ZIP + b"notes.txt", "ZIP"),
        (b"PK\x05\x06" + b"\x00" * 18, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
    ],
)
def test_what_is_not_read_is_named_with_a_way_out(content: bytes, kind: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch("policy.html", options=FetchOptions(), content=content)
    assert caught.value.code == "fetch-media-type"
    assert caught.value.params == {"kind": kind}
    assert "DOCX" in str(caught.value)


@pytest.mark.parametrize("content", [PDF_BYTES, DOCX_BYTES + b"the rest"])
def test_half_a_document_is_not_read(content: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        fetch("-", options=FetchOptions(max_bytes=len(content) - 1), content=content)
    assert caught.value.code == "fetch-too-large"
    whole = fetch("-", options=FetchOptions(max_bytes=len(content)), content=content)
    assert whole.content == content


def test_a_folder_has_documents_but_not_the_parts_of_saved_pages(tmp_path: Path) -> None:
    for name in (
        "a.pdf",
        "b.DOCX",
        "c.mht",
        "d.mhtml",
        "e.html",
        "e_files/frame.html",
        "f.htm",
        "f.files/header.htm",
        "g_files/h.html",
        "i.doc",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [str(Path(p).relative_to(tmp_path)) for p in expand(str(tmp_path))]
    # A folder named like that without its page is a folder.
    assert found == ["a.pdf", "b.DOCX", "c.mht", "d.mhtml", "e.html", "f.htm", "g_files/h.html"]
