"""DOCX files written to exhaust whoever reads them, each small on disk."""

from __future__ import annotations

from collections.abc import Callable

from tests.segment.office import docx, listed, p, packed, part, run, tbl, tc, tr


def alone(document: str) -> bytes:
    """A package whose one part is the document's XML as given."""
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def with_type(entities: str, used: str) -> bytes:
    """A document that declares entities and uses one."""
    head, _, rest = part("document", f"<w:body>{p(run(used))}</w:body>").partition("?>")
    return alone(f"{head}?><!DOCTYPE w [{entities}]>{rest}")


def a_gigabyte_of_nothing() -> bytes:
    return alone(" " * 400_000_000)


def a_billion_laughs() -> bytes:
    steps = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    return with_type(f'<!ENTITY a "aaaaaaaaaa">{steps}', "&j;")


def a_quadratic_entity() -> bytes:
    return with_type(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000)


def an_entity_that_is_a_file() -> bytes:
    return with_type('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")


def empty_paragraphs() -> bytes:
    return docx("<w:p/>" * 5_000_000)


def runs() -> bytes:
    return docx(p(run("字") * 300_000))


def nested_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 1000 + p("内") + "</w:tc></w:tr></w:tbl>" * 1000)


def wide_cells() -> bytes:
    return docx(tbl(tr(tc("甲", '<w:gridSpan w:val="1000"/>') * 2000) * 20))


def merged_rows() -> bytes:
    return docx(tbl(tr(tc("甲", "<w:vMerge/>"), "乙") * 40_000))


def fields_in_fields() -> bytes:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>HYPERLINK "a"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    return docx(p(begin * 40_000 + run("x")))


def boxes_in_boxes() -> bytes:
    start = "<w:txbxContent><w:p><w:r><w:pict>"
    end = "</w:pict></w:r></w:p></w:txbxContent>"
    return docx(p(f"<w:r><w:pict>{start * 40}{p('x')}{end * 40}</w:pict></w:r>"))


def alternatives_in_alternatives() -> bytes:
    start, end = "<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"
    return docx(p(start * 60 + run("x") + end * 60) * 1000)


def lists() -> bytes:
    level = '<w:lvl w:ilvl="{}"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    levels = "".join(level.format(n) for n in range(9))
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(listed("x", 1, n % 9) for n in range(40_000))
    return docx(body, numbering=numbering)


def styles_in_a_circle() -> bytes:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 9}"/></w:style>' for n in range(9)
    )
    return docx(p("字", '<w:pStyle w:val="s0"/>') * 10_000, styles=styles)


def members() -> bytes:
    return packed({f"word/document{n or ''}.xml": "x" for n in range(6000)})


CASES: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        a_gigabyte_of_nothing,
        a_billion_laughs,
        a_quadratic_entity,
        an_entity_that_is_a_file,
        empty_paragraphs,
        runs,
        nested_tables,
        wide_cells,
        merged_rows,
        fields_in_fields,
        boxes_in_boxes,
        alternatives_in_alternatives,
        lists,
        styles_in_a_circle,
        members,
    )
}
