"""PDF: reading order, paragraphs, tables, links; what cannot be read is said."""

from __future__ import annotations

import io
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak

from linter.document import BlockKind, Cell, Policy
from linter.errors import SegmentError
from linter.segment import segment
from linter.segment.pdf import build
from linter.segment.pdf_pages import read_parts
from tests.segment import hostile_pdf
from tests.segment.printed import (
    BODY,
    ENGLISH,
    HEAD,
    INDENTED,
    JUSTIFIED,
    SONG,
    SUBHEAD,
    drawn,
    flowing,
    gap,
    para,
    table,
    written,
)
from tests.segment.reader import block, document, path, texts

LONG = (
    "为了向您提供房源浏览、预约看房与在线签约等服务，我们会按照合法、正当、必要和诚信的原则处理您的个人信息；"
    "如果您拒绝提供这些信息，将无法使用相应功能，但不影响您使用其他功能，我们也不会因此降低服务质量。"
)
ENGLISH_TEXT = (
    "We collect the information that you give us when you create an account, including your name "
    "and telephone number, and we share it with third-party providers that process it on our "
    "behalf; we retain it for as long as your account remains open."
)
HEADER = ["SDK名称", "公司名称", "使用目的", "收集的个人信息"]
WIDTHS = [80, 120, 150, 120]
REALSEE = [
    "如视VR SDK",
    "如你之视（北京）科技有限公司",
    "展示房源的三维实景空间",
    "设备型号、IP地址",
]


def other(n: int) -> list[str]:
    return [
        f"云帆{n}号SDK",
        f"云帆{n}号（杭州）信息技术有限公司",
        "向用户终端推送订单状态与看房提醒，并在应用内展示未读消息数量",
        "设备标识符（OAID、Android ID）、网络类型、应用列表",
    ]


def read(content: bytes) -> Policy:
    """Read here rather than in a child, so that a failure shows where."""
    return build(read_parts(content))


def cell(policy: Policy, text: str) -> Cell:
    found = block(policy, text).cell
    assert found is not None
    return found


def margin(canvas: Canvas, number: int) -> None:
    canvas.setFont(SONG, 8)
    canvas.drawString(60, 800, "栖居找房隐私政策 2026 年版")
    canvas.drawString(280, 30, f"第 {number} 页")


def without_spaces(policy: Policy) -> str:
    return "".join(policy.text.split())


# -- paragraphs and headings


def test_lines_become_paragraphs_without_spaces_between_ideographs() -> None:
    policy = read(flowing(para(LONG * 2, INDENTED), para(LONG, INDENTED)))
    assert texts(policy) == [LONG * 2, LONG]


def test_english_lines_are_joined_by_spaces() -> None:
    policy = read(flowing(para(ENGLISH_TEXT, JUSTIFIED), gap(), para(ENGLISH_TEXT, ENGLISH)))
    assert texts(policy) == [ENGLISH_TEXT, ENGLISH_TEXT]


def test_a_hyphen_that_divides_a_word_goes_and_another_stays() -> None:
    lines = (
        "We share your personal infor-",
        "mation with our third-",
        "party partners, non-",
        "European partners and re-",
        "sellers in the same pro-",
        "gramme as our program.",
    )
    placed = [(60.0, 100.0 + 15 * n, words) for n, words in enumerate(lines)]
    assert texts(read(drawn(written(*placed, font="Times-Roman", size=11)))) == [
        "We share your personal information with our third-party partners, non- European partners "
        "and re-sellers in the same programme as our program."
    ]


def test_a_paragraph_goes_on_over_a_page_and_its_margins() -> None:
    policy = read(flowing(*[para(LONG * 3, INDENTED) for _ in range(9)], margin=margin))
    assert texts(policy).count(LONG * 3) == 9
    # The margins are kept, once, and before any heading.
    assert set(texts(policy)[:2]) == {"栖居找房隐私政策 2026 年版", "第 1 页"}
    assert len(texts(policy)) == 11


def test_headings_by_size_by_weight_and_by_number() -> None:
    bold = ParagraphStyle("bold", parent=ENGLISH, fontName="Times-Bold")
    policy = read(
        flowing(
            para("栖居找房隐私政策", HEAD),
            para("一、收集", SUBHEAD),
            para(LONG),
            gap(),
            para("（一）注册"),
            para(LONG),
            gap(),
            para("What Realsee receives", bold),
            gap(),
            para(ENGLISH_TEXT, ENGLISH),
        )
    )
    assert policy.title == "栖居找房隐私政策"
    heads = [b for b in policy.blocks if b.kind is BlockKind.HEADING]
    assert [policy.quote(b.span) for b in heads] == [
        "栖居找房隐私政策",
        "一、收集",
        "（一）注册",
        "What Realsee receives",
    ]
    assert path(policy, ENGLISH_TEXT) == tuple(policy.quote(b.span) for b in heads)


def test_key_value_lines_stay_apart_even_when_they_are_full() -> None:
    full = "使用目的：" + "推送" * 19
    placed = [(60, 100, full), (60, 118, "联系方式：dpo@yunfan.example"), (60, 136, LONG[:43])]
    found = texts(read(drawn(written(*placed))))
    assert found[0] == full
    assert found[1] == "联系方式：dpo@yunfan.example"


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [(60.0, 100.0 + 18 * n, LONG[n : n + 20]) for n in range(20)]
    right = [(310.0, 100.0 + 18 * n, LONG[n + 40 : n + 60]) for n in range(20)]
    text = without_spaces(read(drawn(written((60, 60, "隐私政策"), *left, *right))))
    lefts, rights = ("".join(w for _, _, w in side) for side in (left, right))
    assert text == "隐私政策" + lefts + rights


def test_a_page_on_its_side_and_one_with_a_crop_box() -> None:
    lines = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (We collect your telephone number.) Tj ET"
    sideways = lines.replace(b"1 0 0 1 72 700", b"0 1 -1 0 200 72")
    for content, entries in (
        (lines, b""),
        (sideways, b"/Rotate 90"),
        (sideways, b""),
        (lines, b"/CropBox [50 400 600 750]"),
    ):
        made = hostile_pdf.page(hostile_pdf.stream(content), entries=entries)
        policy = read(made)
        assert texts(policy) == ["We collect your telephone number."], entries
        assert not policy.blocks[0].hidden


# -- links


def test_links_lie_on_their_words() -> None:
    policy = read(
        flowing(
            para(
                '详见<link href="https://home.realsee.com/legal">《如视隐私政策》</link>，'
                '或<link href="https://a.example/x?y=1">他处</link>。'
            )
        )
    )
    assert [(policy.quote(x.span), x.href) for x in policy.links] == [
        ("《如视隐私政策》", "https://home.realsee.com/legal"),
        ("他处", "https://a.example/x?y=1"),
    ]


def test_an_address_cut_by_a_cell_is_whole_again() -> None:
    address = "https://open.yunfan.example/policies/privacy/2026"
    rows = [["名称", "隐私政策链接"], ["云帆", f'<link href="{address}">{address}</link>']]
    style = ParagraphStyle("any", parent=BODY, fontSize=9, leading=13, wordWrap="CJK")
    from reportlab.platypus import LongTable, Paragraph

    made = LongTable(
        [[Paragraph(c, style) for c in row] for row in rows],
        colWidths=[60, 90],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
    )
    policy = read(flowing(para(LONG), made))
    assert address in texts(policy)
    assert [x.href for x in policy.links] == [address]


# -- tables


def test_a_ruled_table_and_the_text_around_it() -> None:
    rows = [HEADER, other(1), REALSEE]
    policy = read(flowing(para(LONG), table(rows, WIDTHS), para("以上为全部第三方。")))
    assert texts(policy)[0] == LONG
    assert texts(policy)[-1] == "以上为全部第三方。"
    found = cell(policy, "设备型号、IP地址")
    assert (found.row, found.column) == (2, 3)
    assert (found.column_header, found.row_header) == ("收集的个人信息", "如视VR SDK")
    assert [policy.quote(b.span) for b in policy.blocks if b.cell and b.cell.row == 1] == other(1)


@pytest.mark.parametrize("again", [0, 1], ids=["header once", "header on every page"])
def test_a_table_over_pages_is_one(again: int) -> None:
    rows = [HEADER, *(other(n) for n in range(30)), REALSEE, *(other(n) for n in range(30, 40))]
    policy = read(flowing(para(LONG), table(rows, WIDTHS, again=again), margin=margin))
    assert len({b.cell.table for b in policy.blocks if b.cell}) == 1
    assert texts(policy).count("公司名称") == 1
    found = cell(policy, "如你之视（北京）科技有限公司")
    assert (found.row, found.column_header, found.row_header) == (31, "公司名称", "如视VR SDK")
    for n in range(40):
        assert cell(policy, f"云帆{n}号SDK").row == n + 1 + (n >= 30)


def test_a_row_that_a_page_cuts_is_one() -> None:
    rows = [HEADER, ["如视VR SDK", REALSEE[1], LONG * 3, REALSEE[3]], other(1)]
    policy = read(flowing(*[para(LONG)] * 7, table(rows, WIDTHS, cut=1), margin=margin))
    assert cell(policy, LONG * 3).row == cell(policy, "如视VR SDK").row == 1
    assert cell(policy, "云帆1号SDK").row == 2


def test_merged_headers() -> None:
    rows = [["SDK", "信息", ""], ["", "种类", "方式"], ["如视VR", "设备型号", "加密传输"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]
    policy = read(flowing(para(LONG), table(rows, [100, 150, 150], *spans)))
    found = cell(policy, "加密传输")
    assert (found.column_header, found.row_header) == ("信息 / 方式", "如视VR")


_TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")
_THREE_LINES = [
    ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
    ("LINEBELOW", (0, -1), (-1, -1), 1, "black"),
    _TOP,
]


@pytest.mark.parametrize("lines", [_THREE_LINES, [_TOP]], ids=["three lines", "no lines"])
def test_a_table_without_upright_lines(lines: list[Any]) -> None:
    rows = [HEADER, other(1), REALSEE, other(2)]
    policy = read(flowing(para(LONG), table(rows, WIDTHS, lines=lines), para(LONG)))
    found = cell(policy, "设备型号、IP地址")
    assert (found.column_header, found.row_header) == ("收集的个人信息", "如视VR SDK")
    assert [policy.quote(b.span) for b in policy.blocks if b.cell and b.cell.row == 3] == other(2)
    assert texts(policy)[0] == texts(policy)[-1] == LONG
    assert policy.unread == ()


def test_numbers_before_items_and_a_table_of_contents_are_no_table() -> None:
    items = [(60.0, 100.0 + 18 * n, f"{n + 1}.") for n in range(6)]
    words = [(100.0, 100.0 + 18 * n, f"我们收集第{n}项信息") for n in range(6)]
    contents = [(60.0, 300.0 + 18 * n, f"第{n}章") for n in range(6)]
    numbers = [(500.0, 300.0 + 18 * n, str(n)) for n in range(6)]
    policy = read(drawn(written(*items, *words, *contents, *numbers)))
    assert not any(b.cell for b in policy.blocks)
    assert "1. 我们收集第0项信息" in texts(policy)


def test_a_frame_around_text_and_an_underline_make_no_table() -> None:
    def framed(canvas: Canvas) -> None:
        canvas.rect(50, 500, 480, 300)
        canvas.line(60, A4[1] - 102, 180, A4[1] - 102)
        written((60, 100, "我们收集您的手机号，用于注册账号。"), (60, 130, "联系我们"))(canvas)

    policy = read(drawn(framed))
    assert texts(policy) == ["我们收集您的手机号，用于注册账号。", "联系我们"]
    assert not any(b.cell for b in policy.blocks)


def test_columns_that_cannot_be_told_apart_are_said() -> None:
    # Cells that are centred by height and close together: their lines have no rows in common, and
    # no gap between them stays free.
    words = ("如视", "如视收", "如视收集", "信息")
    placed = [
        (60 + 52 * c + 9 * (n % 3), 200 + 13 * n + 6.5 * (c % 2), words[(n + c) % 4])
        for n in range(12)
        for c in range(5)
    ]
    policy = read(drawn(written(*placed)))
    assert len(without_spaces(policy)) == sum(len(w) for _, _, w in placed)
    assert policy.unread == ("segment-columns-unclear:1",)


# -- what is hidden, aslant, or a picture


def test_white_text_is_hidden_unless_it_stands_on_a_shade() -> None:
    def draw(canvas: Canvas) -> None:
        written((60, 100, "我们收集您的手机号。"))(canvas)
        canvas.setFillColor("white")
        canvas.drawString(60, 500, "如视")
        canvas.setFillColor("navy")
        canvas.rect(60, 300, 200, 40, stroke=0, fill=1)
        canvas.setFillColor("white")
        canvas.drawString(70, 315, "隐私政策")

    policy = read(drawn(draw))
    assert {policy.quote(b.span): b.hidden for b in policy.blocks} == {
        "我们收集您的手机号。": False,
        "隐私政策": False,
        "如视": True,
    }


def test_a_watermark_is_kept_once_and_splits_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        written((60, 200, LONG[:40]), (60, 218, LONG[40:60]))(canvas)
        canvas.saveState()
        canvas.translate(100, 650)
        canvas.rotate(45)
        canvas.setFont(SONG, 40)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    policy = read(drawn(draw, draw))
    assert texts(policy).count("内部资料") == 1
    assert texts(policy)[0] == LONG[:60]


def picture(canvas: Canvas) -> None:
    # A portable grey map, which needs no library to write.
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    Image.new("L", (40, 60), 200).save(out, "PNG")
    canvas.drawImage(ImageReader(io.BytesIO(out.getvalue())), 0, 0, *A4)


def test_a_scan_has_no_text_layer() -> None:
    with pytest.raises(SegmentError) as caught:
        segment(document(drawn(picture, picture)))
    assert caught.value.code == "segment-no-text-layer"
    assert caught.value.params == {"pages": "2"}


def test_pictures_among_pages_of_text_are_named() -> None:
    words = written((60, 100, "我们收集您的手机号，用于注册账号。"))
    policy = read(drawn(words, picture, words, picture))
    assert policy.unread == ("segment-page-no-text:2, 4",)
    # A blank page hides nothing.
    assert read(drawn(words, written())).unread == ()


def test_what_a_scanner_recognised_is_text() -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        text = canvas.beginText(60, 700)
        text.setFont(SONG, 10.5)
        text.setTextRenderMode(3)
        for n in range(0, 160, 40):
            text.textLine((LONG * 2)[n : n + 40])
        canvas.drawText(text)

    policy = read(drawn(draw))
    assert policy.unread == ()
    assert not any(b.hidden for b in policy.blocks)


def test_a_file_is_opened_without_a_password_or_not_at_all() -> None:
    words = written((60, 100, "我们收集您的手机号，用于注册账号。"))
    assert "手机号" in read(drawn(words, password="")).text
    with pytest.raises(SegmentError) as caught:
        read(drawn(words, password="secret"))
    assert caught.value.code == "segment-password"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n1 0 obj", "segment-damaged"),
        (flowing(para(LONG))[:300], "segment-damaged"),
    ],
)
def test_a_damaged_file(content: bytes, code: str) -> None:
    with pytest.raises(SegmentError) as caught:
        segment(document(content))
    assert caught.value.code == code


def test_letters_without_meaning_are_said() -> None:
    # What a careless printer writes: glyph numbers, and no table that says what they mean.
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts ["
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R >>] >>"
    )
    descriptor = b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] >>"
    content = b"BT /F1 12 Tf 72 700 Td <01020304050607080910111213141516> Tj ET"
    with pytest.raises(SegmentError) as caught:
        read(hostile_pdf.page(hostile_pdf.stream(content), {5: font, 6: descriptor}))
    assert caught.value.code == "segment-garbled"


def test_every_character_is_kept_whatever_the_page_looks_like() -> None:
    story: list[Any] = [para("栖居找房隐私政策", HEAD), para(LONG * 2, INDENTED)]
    story += [table([HEADER, other(1), REALSEE], WIDTHS), PageBreak(), para(LONG)]
    policy = read(flowing(*story, margin=margin))
    said = ["栖居找房隐私政策", LONG * 2, *HEADER, *other(1), *REALSEE, LONG]
    assert [t for t in texts(policy) if "第 1 页" not in t and "年版" not in t] == said
    for b in policy.blocks:
        assert b.locator.startswith("page ")
