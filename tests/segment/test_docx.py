"""DOCX: everything that its reader sees is read, and what the file hides is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.document import BlockKind, Cell, Policy
from linter.errors import SegmentError
from linter.fetch.media import DOCX
from linter.segment import segment
from linter.segment.docx_html import to_html
from linter.segment.docx_lists import number
from linter.segment.html import read_html
from tests.segment.office import (
    docx,
    listed,
    p,
    packed,
    part,
    relation,
    relations,
    run,
    styled,
    tbl,
    tc,
    tr,
)
from tests.segment.reader import block, document, path, texts

DATA = Path(__file__).parent / "data"
LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
)


def numbering(*levels: tuple[str, str]) -> str:
    made = "".join(LEVEL.format(n, style, text) for n, (style, text) in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def read(content: bytes) -> Policy:
    """Read here rather than in a child, so that a failure shows where."""
    answer = to_html(content)
    policy = read_html(answer["html"], base_url=None)
    assert not answer["unread"]
    return policy


def cell(policy: Policy, text: str) -> Cell:
    found = block(policy, text).cell
    assert found is not None
    return found


def field(instruction: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# -- paragraphs


def test_a_whole_file_through_the_child() -> None:
    policy = segment(document(docx(styled("隐私政策", "1") + p("我们收集您的手机号。")), DOCX))
    assert texts(policy) == ["隐私政策", "我们收集您的手机号。"]
    assert path(policy, "我们收集您的手机号。") == ("隐私政策",)


def test_headings_by_style_by_outline_and_by_what_a_style_is_based_on() -> None:
    policy = read(
        docx(
            styled("隐私政策", "1")
            + styled("共享", "own")
            + p("第三方", '<w:outlineLvl w:val="2"/>')
            + p(run("如视", "<w:b/>"))
            + p("我们收集您的手机号。")
            + styled("联系", "own")
            + p("正文", '<w:outlineLvl w:val="9"/>')
        )
    )
    assert path(policy, "我们收集您的手机号。") == ("隐私政策", "共享", "第三方", "如视")
    assert path(policy, "正文") == ("隐私政策", "联系")


def test_numbers_that_word_makes_are_read() -> None:
    lists = numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2"), ("bullet", "\uf0b7"))
    policy = read(
        docx(
            listed("我们如何收集", 1, 0, "<w:b/>")
            + p("正文一。")
            + listed("我们如何共享", 1, 0, "<w:b/>")
            + listed("第一项，说明如何共享您的信息。", 1, 1)
            + listed("第二项，说明如何共享您的信息。", 1, 1)
            + listed("其下一点。", 1, 2)
            + p("正文二。")
            + listed("重新开始", 2, 0, "<w:b/>"),
            numbering=lists,
        )
    )
    assert texts(policy) == [
        "一、 我们如何收集",
        "正文一。",
        "二、 我们如何共享",
        "二.1 第一项，说明如何共享您的信息。",
        "二.2 第二项，说明如何共享您的信息。",
        "其下一点。",
        "正文二。",
        "一、 重新开始",
    ]
    assert path(policy, "正文二。") == ("二、 我们如何共享",)
    items = block(policy, "其下一点。").items
    assert block(policy, "二.2 第二项，说明如何共享您的信息。").items == items[:1]
    assert len(items) == 2


def test_a_numbered_line_above_plain_ones_heads_them() -> None:
    policy = read(
        docx(
            listed("云帆推送", 1)
            + p("公司名称：云帆公司")
            + listed("如视VR", 1)
            + p("使用目的：三维看房"),
            numbering=numbering(("decimal", "%1.")),
        )
    )
    assert block(policy, "2. 如视VR").kind is BlockKind.HEADING
    assert path(policy, "使用目的：三维看房") == ("2. 如视VR",)


@pytest.mark.parametrize(
    ("style", "n", "said"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 10, "１０"),
        ("decimalEnclosedCircle", 3, "③"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 2, "b"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 9, "IX"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 15, "十五"),
        ("ideographTraditional", 2, "乙"),
        ("chineseCounting", 100, "一零零"),
        ("unheardOf", 4, "4"),
    ],
)
def test_number_styles(style: str, n: int, said: str) -> None:
    assert number(n, style) == said


# -- text


def test_what_is_hidden_or_deleted_is_kept_and_marked() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>删去的文字</w:delText></w:r></w:del>'
    styles = '<w:style w:styleId="h"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
    policy = read(
        docx(
            p(run("看得见"))
            + p(run("看不见", "<w:vanish/>"))
            + p(run("样式藏起", '<w:rStyle w:val="h"/>'))
            + p(run("又显示", '<w:rStyle w:val="h"/><w:vanish w:val="0"/>'))
            + p(deleted)
            + p(f'<w:ins w:id="2">{run("增加的文字")}</w:ins>'),
            styles=styles,
        )
    )
    assert {policy.quote(b.span): b.hidden for b in policy.blocks} == {
        "看得见": False,
        "看不见": True,
        "样式藏起": True,
        "又显示": False,
        "删去的文字": True,
        "增加的文字": False,
    }


def test_links_of_every_kind() -> None:
    address = "https://home.realsee.com/legal"
    simple = f"HYPERLINK &quot;{address}&quot;"
    policy = read(
        docx(
            p(f'<w:hyperlink r:id="a">{run("链接")}</w:hyperlink>')
            + p(field(f' HYPERLINK "{address}" ', "域链接"))
            + p(field(f' HYPERLINK \\o "提示" "{address}"', "带提示的域"))
            + p(f'<w:fldSimple w:instr="{simple}">{run("简单域")}</w:fldSimple>')
            + p(f'<w:hyperlink w:anchor="in">{run("文内")}</w:hyperlink>')
            + p(field('HYPERLINK \\l "in"', "域文内"))
            + p(field("PAGE", "12")),
            relation("a", "hyperlink", address, external=True),
        )
    )
    assert [(policy.quote(x.span), x.href) for x in policy.links] == [
        ("链接", address),
        ("域链接", address),
        ("带提示的域", address),
        ("简单域", address),
    ]
    assert texts(policy)[-3:] == ["文内", "域文内", "12"]


def test_breaks_tabs_and_symbols() -> None:
    policy = read(
        docx(
            p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>")
            + p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>同意</w:t></w:r>')
            + p("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail &amp; &lt;b&gt;</w:t></w:r>")
        )
    )
    assert texts(policy) == ["甲", "乙 丙", "•同意", "e-mail & <b>"]


def test_what_wraps_text_does_not_hide_it() -> None:
    box = "<w:txbxContent>" + p("文本框") + "</w:txbxContent>"
    policy = read(
        docx(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('块级控件')}</w:sdtContent></w:sdt>"
            + p(f"<w:sdt><w:sdtContent>{run('行内控件')}</w:sdtContent></w:sdt>")
            + f"<w:customXml>{p('自定义')}</w:customXml>"
            + p(f"<w:smartTag>{run('智能标记')}</w:smartTag>")
            + p(
                "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
                f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
                "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("框外")
            )
            + p(f"<m:oMath><m:r><m:t>公式</m:t></m:r></m:oMath>{run('后')}")
        )
    )
    assert texts(policy) == [
        "块级控件",
        "行内控件",
        "自定义",
        "智能标记",
        "框外",
        "文本框",
        "公式后",
    ]


def test_headers_footers_and_notes() -> None:
    note = '<w:footnote w:id="2">{}</w:footnote>'
    policy = read(
        docx(
            styled("隐私政策", "1")
            + p(run("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
            + p("末段"),
            relation("h", "header", "header1.xml"),
            relation("h2", "header", "header2.xml"),
            relation("f", "footer", "footer1.xml"),
            relation("n", "footnotes", "footnotes.xml"),
            parts={
                "word/header1.xml": part("hdr", p("页眉")),
                "word/header2.xml": part("hdr", p("页眉")),
                "word/footer1.xml": part("ftr", p("页脚")),
                "word/footnotes.xml": part("footnotes", note.format(p("脚注"))),
            },
        )
    )
    assert sorted(texts(policy)[:2]) == ["页眉", "页脚"]
    assert texts(policy)[2:] == ["隐私政策", "正文", "脚注", "末段"]
    assert path(policy, "页脚") == ()


# -- tables


def test_merged_cells_nested_tables_and_rows_in_controls() -> None:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = tbl(tr("内甲", "内乙"))
    policy = read(
        docx(
            tbl(
                tr("类别", "SDK名称", "使用目的", "联系方式", properties="<w:tblHeader/>"),
                tr(tc("展示", start), "如视VR", tc("三维看房", '<w:gridSpan w:val="2"/>')),
                tr(tc("", go_on), "明镜", "统计", "a@a.example"),
                f"<w:sdt><w:sdtContent>{tr(tc('支付', start), '青石', '付款', tc(inner + p('后')))}"
                "</w:sdtContent></w:sdt>",
                tr("飞鸟", "登录", properties='<w:gridBefore w:val="2"/>'),
            )
        )
    )
    group, wide = cell(policy, "展示"), cell(policy, "三维看房")
    assert (group.row_span, wide.column_span) == (2, 2)
    assert cell(policy, "统计").row_header == "展示"
    assert (cell(policy, "统计").column_header, cell(policy, "青石").row) == ("使用目的", 3)
    assert cell(policy, "飞鸟").column == 2
    assert {"内甲", "内乙", "后"} <= set(texts(policy))


def test_a_deleted_row_and_text_under_a_merged_cell_are_hidden() -> None:
    policy = read(
        docx(
            tbl(
                tr(tc("上", '<w:vMerge w:val="restart"/>'), "甲"),
                tr(tc("下", "<w:vMerge/>"), "乙"),
                tr("丙", "丁", properties="<w:del/>"),
            )
        )
    )
    assert {policy.quote(b.span): b.hidden for b in policy.blocks} == {
        "上": False,
        "下": True,
        "甲": False,
        "乙": False,
        "丙": True,
        "丁": True,
    }


# -- what cannot be read


def test_an_embedded_file_is_said() -> None:
    thing = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    for body in (p(run("见附表") + thing), p("见附表") + '<w:altChunk r:id="x"/>'):
        policy = segment(document(docx(body), DOCX))
        assert policy.unread == ("segment-embedded",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (docx(p("字"))[:-30], "segment-damaged"),
        (b"PK\x03\x04word/document.xml", "segment-damaged"),
        (packed({"word/document.xml": "<w:document"}), "segment-damaged"),
        (packed({"word/other.xml": "<x/>"}), "segment-damaged"),
        (docx(""), "segment-no-text"),
    ],
)
def test_a_file_that_cannot_be_read(content: bytes, code: str) -> None:
    with pytest.raises(SegmentError) as caught:
        segment(document(content, DOCX))
    assert caught.value.code == code


def test_an_encrypted_archive_says_so() -> None:
    content = bytearray(docx(p("字")))
    # The flag of each entry in the central directory.
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(SegmentError) as caught:
        to_html(bytes(content))
    assert caught.value.code == "segment-password"


def test_the_main_part_may_have_another_name() -> None:
    content = packed(
        {
            "_rels/.rels": relations(relation("d", "officeDocument", "/word/document2.xml")),
            "word/document2.xml": part("document", f"<w:body>{p('字')}</w:body>"),
        }
    )
    assert texts(read(content)) == ["字"]


def test_what_a_file_refers_to_outside_of_itself_is_not_looked_at(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(part("hdr", p("秘密")), "utf-8")
    for target in (secret.as_uri(), str(secret), f"../../../../../..{secret}"):
        for external in (True, False):
            content = docx(p("字"), relation("h", "header", target, external=external))
            assert texts(read(content)) == ["字"]


def test_as_libreoffice_saves_it() -> None:
    policy = read((DATA / "table-libreoffice.docx").read_bytes())
    found = cell(policy, "如视VR SDK")
    assert (found.row, found.column_header, found.row_header) == (10, "SDK名称", "展示")
    assert list(cell(policy, "展示").rows) == list(range(10, 20))
    assert ("《如视隐私政策》", "https://home.realsee.com/legal") in [
        (policy.quote(x.span), x.href) for x in policy.links
    ]


def test_more_paragraphs_than_are_read_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.segment.docx_html.BLOCKS", 3)
    answer = to_html(docx("".join(p(run(text)) for text in ("甲", "乙", "丙", "丁"))))
    assert answer["unread"] == ["segment-too-large"]
    assert "丙" in answer["html"]
    assert "丁" not in answer["html"]
