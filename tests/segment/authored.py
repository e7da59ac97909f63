"""Policies written for these tests, and how each looks as HTML, as DOCX and as PDF.

Links are written as [words](address).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import escape
from typing import Any

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")

_INTRO = (
    "为了向您提供房源浏览、预约看房与在线签约等服务，我们会按照合法、正当、必要和诚信的原则处理您的个人"
    "信息。在您使用栖居找房应用的过程中，我们会收集您主动填写的姓名、手机号码，以及因使用服务而产生的浏览"
    "记录、收藏记录；如果您拒绝提供这些信息，将无法使用相应功能，但不影响您使用其他功能。"
)
_KEPT = (
    "我们会在实现目的所必需的期限内保存您的个人信息，期限届满后予以删除或者匿名化处理；法律、行政法规另有"
    "规定的，从其规定。"
)


@dataclass(frozen=True)
class Table:
    """Rows of cells; ``merged`` are (row, column, how many rows) of cells that cover rows."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    merged: tuple[tuple[int, int, int], ...] = ()

    def covered(self, row: int, column: int) -> bool:
        return any(c == column and r < row < r + n for r, c, n in self.merged)

    def span(self, row: int, column: int) -> int:
        return next((n for r, c, n in self.merged if (r, c) == (row, column)), 1)


Block = tuple[str, str] | Table

_HEAD = ("类别", "SDK名称", "公司名称", "使用目的", "收集的个人信息", "处理方式", "隐私政策")
_WAY = "通过SDK在终端本机采集，经加密后传输"
_OTHERS = (
    (
        "云帆推送SDK",
        "云帆（杭州）信息技术有限公司",
        "推送订单状态与看房提醒",
        "设备标识符、网络类型",
    ),
    (
        "山海地图SDK",
        "山海位置服务（成都）有限公司",
        "展示房源位置、规划路线",
        "位置信息、WLAN接入点",
    ),
    (
        "明镜统计SDK",
        "明镜数据科技（上海）有限公司",
        "统计页面访问量、分析崩溃原因",
        "设备型号、崩溃日志",
    ),
    ("飞鸟登录SDK", "深圳市飞鸟网络有限公司", "支持使用飞鸟账号一键登录", "昵称、头像、登录凭证"),
    ("青石支付SDK", "青石支付有限公司", "完成定金支付与退款", "订单号、支付金额"),
)


def _row(n: int, *, kind: str = "") -> tuple[str, ...]:
    name, company, purpose, scope = _OTHERS[n % 5]
    if n >= 5:
        name = name.replace("SDK", f"{n}号SDK")
    return (kind, name, company, purpose, scope, _WAY, f"[隐私政策](https://p{n}.example/privacy)")


_REALSEE = (
    "展示",
    "如视VR SDK",
    "如你之视（北京）科技有限公司，联系方式：developer@realsee.com",
    "展示房源的三维实景空间，支持VR带看",
    "设备型号、操作系统版本、IP地址、陀螺仪传感器数据",
    "由SDK直接采集，以加密方式传输至其服务器",
    "[《如视隐私政策》](https://home.realsee.com/legal)",
)
# Twenty rows: the table goes over a page's end, and a merged cell with it.
_SDK_TABLE = Table(
    (
        _HEAD,
        _row(0, kind="消息与地图"),
        *(_row(n) for n in range(1, 9)),
        _REALSEE,
        *(_row(n) for n in range(9, 18)),
    ),
    (34, 56, 90, 86, 80, 72, 62),
    ((1, 0, 9), (10, 0, 10)),
)


def _entry(n: int, name: str, *fields: tuple[str, str]) -> list[Block]:
    return [("b", f"{n}. {name}"), *(("p", f"{label}：{said}") for label, said in fields)]


POLICIES: dict[str, list[Block]] = {
    "table": [
        ("h1", "栖居找房隐私政策"),
        ("p", "更新日期：2026年3月1日"),
        ("p", _INTRO),
        ("h2", "一、我们如何收集和使用您的个人信息"),
        ("p", _INTRO),
        ("li", "手机号码：用于创建账号及接收验证码；"),
        ("li", "收货地址与看房时间：用于安排带看人员。"),
        ("h2", "二、我们如何共享您的个人信息"),
        (
            "p",
            "在向下列第三方提供您的个人信息之前，我们会向您告知并取得您的单独同意，并已就此开展个人信息保护"
            "影响评估。",
        ),
        ("p", "我们接入的第三方SDK如下表所示："),
        _SDK_TABLE,
        ("h2", "三、我们如何保存您的个人信息"),
        ("p", _KEPT),
        ("h2", "四、如何联系我们"),
        ("p", "您可通过电子邮件 privacy@qiju.example 或电话 010-5550-0000 与我们联系。"),
    ],
    "labels": [
        ("h1", "归巢家居隐私保护指引"),
        ("p", _INTRO),
        ("h2", "1 信息的收集"),
        ("p", _INTRO),
        ("p", _KEPT),
        ("h2", "2 第三方服务清单"),
        (
            "p",
            "为实现下列功能，我们接入了由第三方提供的服务。除法律另有规定外，我们在向其提供您的信息前会征得您"
            "的同意。",
        ),
        *_entry(
            1,
            "云帆推送",
            ("公司名称", "云帆（杭州）信息技术有限公司"),
            ("使用目的", "推送订单状态与看房提醒"),
            ("收集的个人信息类型", "设备标识符、网络类型"),
            ("联系方式", "service@yunfan.example"),
        ),
        *_entry(
            2,
            "如视三维空间",
            ("公司名称", "如你之视（北京）科技有限公司"),
            ("使用目的", "以三维方式展示样板间，并支持在线量房"),
            ("收集的个人信息类型", "设备型号、屏幕尺寸、IP地址、浏览时长"),
            ("共享方式", "通过后台接口传输去标识化后的数据"),
            ("联系方式", "developer@realsee.com"),
            ("隐私政策", "[https://home.realsee.com/legal](https://home.realsee.com/legal)"),
        ),
        *_entry(
            3,
            "明镜统计",
            ("公司名称", "明镜数据科技（上海）有限公司"),
            ("使用目的", "统计页面访问量、分析崩溃原因"),
            ("收集的个人信息类型", "设备型号、崩溃日志"),
            ("共享方式", "通过SDK采集后加密传输"),
            ("联系方式", "dpo@mingjing.example"),
        ),
        ("h2", "3 联系方式"),
        ("p", "客服邮箱：help@guichao.example"),
    ],
    "prose": [
        ("h1", "微栖小程序隐私政策"),
        ("p", _INTRO),
        ("h2", "第一条 共享"),
        ("p", "我们可能会与以下合作方共享您的个人信息，并要求其按照本政策采取安全措施："),
        (
            "li",
            "看房服务商。我们使用如视提供的VR带看技术，为实现三维展示，如视会收集您的设备信息和网络状态，并在"
            "其服务器上保存至展示结束之日。",
        ),
        ("li", "支付机构。青石支付有限公司为您完成定金支付，会收集订单号与支付金额。"),
        ("p", "未经您的明示同意，我们不会向其他第三方共享。"),
        ("h2", "第二条 保存"),
        ("p", _KEPT),
    ],
    "english": [
        ("h1", "Homestead Tours Privacy Policy"),
        (
            "p",
            "We collect the information that you give us when you create an account, including "
            "your name, your e-mail address and your telephone number. We use this information to "
            "operate the service, to answer your questions and to keep the platform secure.",
        ),
        ("h2", "1. Who receives your information"),
        (
            "p",
            "Before we provide personal information to any of the third parties named below, we "
            "obtain your separate consent and carry out a personal information protection impact "
            "assessment of that sharing.",
        ),
        (
            "li",
            "Harbour Maps Ltd. shows where a home is. It receives your approximate location. See "
            "[its privacy policy](https://harbour.example/privacy).",
        ),
        (
            "li",
            'Runizhishi (Beijing) Technology Co., Ltd. ("Realsee") displays three-dimensional '
            "tours of homes. Its SDK collects your device model, operating system version and IP "
            "address and transmits them in encrypted form to its servers. You may reach it at "
            "developer@realsee.com; its privacy policy is at "
            "[https://home.realsee.com/legal](https://home.realsee.com/legal).",
        ),
        ("li", "Quill Analytics Inc. counts visits. It receives cookie identifiers."),
        ("h2", "2. How to contact us"),
        ("p", "Write to privacy@homestead.example."),
    ],
}


def pieces(words: str) -> list[tuple[str, str | None]]:
    """The words of a text with the address that each piece is linked to."""
    out: list[tuple[str, str | None]] = []
    at = 0
    for link in _LINK.finditer(words):
        out += [(words[at : link.start()], None), (link.group(1), link.group(2))]
        at = link.end()
    return [p for p in (*out, (words[at:], None)) if p[0]]


def _linked(words: str, *, tag: str = '<a href="{href}">{text}</a>') -> str:
    return "".join(
        escape(t) if h is None else tag.format(href=escape(h), text=escape(t))
        for t, h in pieces(words)
    )


def to_html(blocks: list[Block]) -> bytes:
    out = ["<!DOCTYPE html><html><head><meta charset=utf-8></head><body>"]
    for block in blocks:
        if isinstance(block, Table):
            out.append("<table border=1>")
            for r, row in enumerate(block.rows):
                tag = "td" if r else "th"
                cells = (
                    f'<{tag} rowspan="{block.span(r, c)}">{_linked(cell)}</{tag}>'
                    for c, cell in enumerate(row)
                    if not block.covered(r, c)
                )
                out.append(f"<tr>{''.join(cells)}</tr>")
            out.append("</table>")
            continue
        kind, words = block
        made = _linked(words)
        if kind == "b":
            out.append(f"<p><b>{made}</b></p>")
        elif kind == "li":
            out.append(f"<ul><li>{made}</li></ul>")
        else:
            out.append(f"<{kind}>{made}</{kind}>")
    return "".join(out).encode()


def to_docx(blocks: list[Block]) -> bytes:
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, Table):
            _docx_table(document, block)
            continue
        kind, words = block
        style = {"h1": "Heading 1", "h2": "Heading 2", "li": "List Bullet"}.get(kind, "Normal")
        _docx_words(document.add_paragraph(style=style), words, bold=kind == "b")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: Any, block: Table) -> None:
    table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
    for r, row in enumerate(block.rows):
        for c, cell in enumerate(row):
            if not block.covered(r, c):
                _docx_words(table.cell(r, c).paragraphs[0], cell, bold=r == 0)
    for row, column, count in block.merged:
        table.cell(row, column).merge(table.cell(row + count - 1, column))


def _docx_words(paragraph: Any, words: str, *, bold: bool) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for text, href in pieces(words):
        run = paragraph.add_run(text)
        run.bold = bold
        if href is not None:
            link = OxmlElement("w:hyperlink")
            target = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), target)
            link.append(run._r)
            paragraph._p.append(link)


def to_pdf(blocks: list[Block]) -> bytes:
    from tests.segment import printed

    english = all(ord(c) < 128 for b in blocks if isinstance(b, tuple) for c in b[1])
    body = printed.JUSTIFIED if english else printed.BODY
    styles = {"h1": printed.HEAD, "h2": printed.SUBHEAD}
    story: list[Any] = []
    for block in blocks:
        if isinstance(block, Table):
            tag = '<link href="{href}">{text}</link>'
            rows = [[_linked(cell, tag=tag) for cell in row] for row in block.rows]
            spans = [("SPAN", (c, r), (c, r + n - 1)) for r, c, n in block.merged]
            story.append(printed.table(rows, block.widths, *spans, again=1))
            continue
        kind, words = block
        made = _linked(words, tag='<link href="{href}">{text}</link>')
        story += [printed.para("• " + made if kind == "li" else made, styles.get(kind, body))]
        story.append(printed.gap(8))

    def margin(canvas: Any, number: int) -> None:
        canvas.setFont(printed.SONG, 8)
        canvas.drawString(60, 800, "内部编号 QJ-2026 请勿外传")
        canvas.drawString(280, 30, f"第 {number} 页")

    return printed.flowing(*story, margin=margin)
