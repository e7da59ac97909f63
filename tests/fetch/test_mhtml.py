"""Pages saved in one file."""

from __future__ import annotations

import base64
import quopri

import pytest

from linter.document import Page
from linter.errors import FetchError
from linter.fetch import FetchOptions, fetch
from linter.segment import segment

PAGE = (
    '<html><head><meta charset="{charset}"><title>隐私政策</title></head><body><h1>隐私政策</h1>'
    '<p>我们收集您的手机号。详见<a href="/sdk">目录</a>。</p>{more}</body></html>'
)
CHROME = "From: <Saved by Blink>\nSnapshot-Content-Location: https://www.qiju.example/legal/p\n"
WORD = "MIME-Version: 1.0\n"


CODINGS = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}


def part(
    text: str, charset: str = "utf-8", coding: str = "quoted-printable", head: str = ""
) -> bytes:
    raw = text.encode(charset)
    body = CODINGS[coding](raw) if coding in CODINGS else raw
    said = f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {coding}\n"
    return (said + head).encode() + b"\n" + body


def saved(*parts: bytes, head: str = CHROME, kind: str = "related") -> bytes:
    top = f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind};\n\tboundary="=_x"\n\nsaved\n'
    return top.encode() + b"".join(b"--=_x\n" + p + b"\n" for p in parts) + b"--=_x--\n"


def read(content: bytes, **options: object) -> Page:
    return fetch("p.mhtml", options=FetchOptions(**options), content=content)  # type: ignore[arg-type]


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
def test_a_saved_page(charset: str, coding: str) -> None:
    words = PAGE
    if charset == "big5":
        words = words.translate(str.maketrans("隐们机号详见录", "隱們機號詳見錄"))
    page = read(saved(part(words.format(charset=charset, more=""), charset, coding)))
    assert page.media_type == "text/html"
    policy = segment(page)
    assert policy.title.endswith("私政策")
    assert [x.href for x in policy.links] == ["https://www.qiju.example/sdk"]
    assert policy.canonical == "https://www.qiju.example/legal/p"
    assert page.replaced == 0.0


def test_line_ends_of_windows_and_another_order() -> None:
    picture = b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    content = saved(picture, part(PAGE.format(charset="utf-8", more="")))
    page = read(content.replace(b"\n", b"\r\n"))
    assert "手机号" in segment(page).text


def test_the_root_is_the_part_that_start_names() -> None:
    first = part("<p>框架</p>", head="Content-ID: <a@x>\n")
    second = part(PAGE.format(charset="utf-8", more=""), head="Content-ID: <b@x>\n")
    content = saved(first, second).replace(b"related;", b'related; start="<b@x>";')
    assert segment(read(content)).text.startswith("隐私政策")


def test_frames_are_read_after_the_page() -> None:
    frame = '<iframe src="{}" width=600 height=400></iframe>'
    more = frame.format("cid:frame-1@mhtml.blink") + frame.format("https://f.example/x")
    policy = segment(
        read(
            saved(
                part(PAGE.format(charset="utf-8", more=more)),
                part("<p>合作方：如视。</p>", head="Content-ID: <frame-1@mhtml.blink>\n"),
                part("<p>第二框。</p>", head="Content-Location: https://f.example/x\n"),
            )
        )
    )
    assert policy.text.endswith("合作方：如视。\n第二框。")
    assert policy.frames == ()


def test_word_s_kind_has_its_address_on_the_part() -> None:
    made = part(
        PAGE.format(charset="utf-8", more=""), head="Content-Location: https://w.example/a.htm\n"
    )
    policy = segment(read(saved(made, head="")))
    assert policy.canonical == "https://w.example/a.htm"
    local = part(PAGE.format(charset="utf-8", more=""), head="Content-Location: file:///C:/a.htm\n")
    assert segment(read(saved(local, head=""))).canonical is None


def test_the_user_s_own_base_comes_first() -> None:
    page = read(
        saved(part(PAGE.format(charset="utf-8", more=""))), base_url="https://mine.example/"
    )
    assert [x.href for x in segment(page).links] == ["https://mine.example/sdk"]


def test_a_file_that_was_cut_says_so() -> None:
    content = saved(part(PAGE.format(charset="utf-8", more="<p>末段</p>")))
    page = read(content, max_bytes=len(content) - 60)
    assert page.truncated
    assert "手机号" in page.text


NESTED = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n'


@pytest.mark.parametrize(
    "content",
    [
        saved(b"Content-Type: image/png\n\nx"),
        saved(),
        saved(*[b"Content-Type: image/png\n\nx"] * 30_000),
        # Parts within parts, and a million lines.
        saved(b"".join(NESTED % (n, n) for n in range(3000))),
        saved(part("<p>x</p>") + b"x\n" * 1_000_000),
    ],
    ids=["a picture", "nothing", "many parts", "nested parts", "many lines"],
)
def test_what_holds_no_page(content: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        read(content)
    assert caught.value.code == "fetch-mhtml"


def test_headers_that_are_none() -> None:
    odd = part("<p>我们收集您的手机号。</p>").replace(b"charset=utf-8", b"charset=\xff\xfe*0*=''%")
    assert "手机号" in read(saved(odd)).text
    coded = part("<p>我们收集您的手机号。</p>", coding="x-unknown")
    assert "手机号" in read(saved(coded)).text
