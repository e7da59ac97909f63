"""Text in drawings, in pictures and around what browsers show by themselves."""

from __future__ import annotations

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from linter import check
from linter.document import Page, Policy
from linter.segment import segment
from linter.verdict import Verdict
from tests.segment.office import docx, p, run
from tests.segment.printed import SONG, drawn
from tests.segment.reader import document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

LEAD = "<h1>隐私政策</h1><p>我们收集您的手机号，用于登录。</p><h2>第三方SDK</h2>"


def read(html: str) -> Policy:
    return segment(Page("test", html.encode(), html, "utf-8", 0.0, "text/html"))


def shown(policy: Policy) -> list[tuple[str, bool]]:
    return [(policy.quote(b.span), b.hidden) for b in policy.blocks]


def test_a_drawing_s_words_are_read_and_its_titles_not() -> None:
    policy = read(LEAD + "<svg><title>图标</title><text>如视<tspan>SDK</tspan></text></svg>")
    assert ("如视SDK", False) in shown(policy)
    assert "图标" not in policy.text


def test_drawings_within_drawings_are_read_once() -> None:
    policy = read(LEAD + "<svg><foreignObject>" * 40 + "<p>如视SDK</p><svg><text>二</text></svg>")
    assert (policy.text.count("如视SDK"), policy.text.count("二")) == (1, 1)


@pytest.mark.parametrize("tag", ["object", "canvas", "video", "audio"])
def test_words_for_browsers_that_cannot_show_a_thing_are_hidden(tag: str) -> None:
    policy = read(f"{LEAD}<p>一</p><{tag}>请下载目录</{tag}><p>二</p>")
    assert shown(policy)[-3:] == [("一", False), ("请下载目录", True), ("二", False)]


def test_what_is_told_of_a_picture_is_hidden_text_and_a_logo_s_name_is_none() -> None:
    policy = read(LEAD + '<img alt="第三方SDK目录：如视VR SDK"><img alt="标志">')
    assert shown(policy)[-1] == ("第三方SDK目录：如视VR SDK", True)


def test_embedded_documents_are_noted_as_pages_within_the_page() -> None:
    page = '<object data="a.pdf" type="application/pdf"></object><embed src="b.pdf"><embed src=c>'
    assert read(LEAD + page).frames == ("a.pdf", "b.pdf")


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ("<p>我们接入的第三方SDK如下表所示：</p><p><img src=a.png></p>", Verdict.UNVERIFIABLE),
        ("<p>接入的第三方SDK见下图：<img src=a.png></p><h2>权利</h2>", Verdict.UNVERIFIABLE),
        (
            "<p>第三方SDK见下图：</p><img src=a.png alt=第三方SDK清单的图片版本>",
            Verdict.UNVERIFIABLE,
        ),
        ("<p>我们接入的第三方SDK如下表所示：</p><img src=a.png width=20>", Verdict.MISSING),
        ("<p>我们接入的第三方SDK如下：</p><img src=a.png><p>推送SDK：推送</p>", Verdict.MISSING),
        (
            "<p>接入的第三方SDK见下图：</p><canvas width=600 height=800></canvas>",
            Verdict.UNVERIFIABLE,
        ),
        (
            "<style>#l{background:#eee url(l.png);width:640px;height:900px}</style>"
            "<p>接入的第三方SDK见下图：</p><div id=l></div>",
            Verdict.UNVERIFIABLE,
        ),
        (
            "<p>接入的第三方SDK见下图：</p><div style='background:url(l.png)'></div>",
            Verdict.MISSING,
        ),
        ("<p>我们重视您的隐私。</p><p><img src=a.png></p>", Verdict.MISSING),
    ],
)
def test_a_list_shown_as_a_picture_was_not_read(
    after: str, verdict: Verdict, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("page") / "policy.html"
    file.write_text(LEAD + after, "utf-8")
    name = next(f for f in check(str(file)).findings if f.requirement.id == "entity-name")
    assert name.verdict is verdict


ANNOUNCED = "我们接入的第三方SDK如下表所示："


@pytest.mark.parametrize(("width", "noted"), [(4_000_000, True), (200_000, False)])
def test_pictures_of_word_are_noted(width: int, noted: bool) -> None:
    drawing = (
        '<w:drawing xmlns:wp="urn:wp" xmlns:a="urn:a"><wp:inline>'
        f'<wp:extent cx="{width}" cy="{width}"/><a:blip r:embed="p"/></wp:inline></w:drawing>'
    )
    policy = segment(document(docx(p(run(ANNOUNCED)) + p(f"<w:r>{drawing}</w:r>")), DOCX))
    assert [policy.quote(policy.blocks[n].span) for n in policy.pictures] == [ANNOUNCED] * noted


@pytest.mark.parametrize(
    ("place", "times", "noted"),
    [
        ((100, 300, 300, 300), 1, True),
        ((100, 300, 30, 30), 1, False),
        ((100, 300, 300, 300), 2, False),
    ],
)
def test_pictures_of_a_pdf_are_noted(
    place: tuple[int, int, int, int], times: int, noted: bool
) -> None:
    grey = Image.new("L", (40, 60), 200)

    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, 12)
        canvas.drawString(70, 760, ANNOUNCED)
        canvas.drawImage(ImageReader(grey), *place)
        canvas.drawString(70, 200, "您可以随时联系我们，我们会在十五个工作日内答复您。")

    policy = segment(document(drawn(*[draw] * times)))
    told = [policy.quote(policy.blocks[n].span) for n in policy.pictures]
    assert told == [ANNOUNCED] * noted
