"""What a page's styles hide is marked, what they show is not, whichever declaration says it."""

from __future__ import annotations

import pytest

from linter.segment.selectors import selectors
from linter.segment.sheets import BOTH, DESKTOP, PHONE, rules, screens
from tests.segment.office import docx, p, run
from tests.segment.reader import block, document, html

WORDS = "我们将位置信息提供给导航服务商。"


def hidden(sheet: str, markup: str, head: str = "") -> bool:
    page = f"<html><head>{head}<style>{sheet}</style></head><body>{markup}</body></html>"
    return block(html(page.replace("@@", WORDS)), WORDS).hidden


@pytest.mark.parametrize(
    ("sheet", "markup"),
    [
        (".box .inner{display:none}", "<div class=box><p><span class=inner>@@</span></p></div>"),
        (".box>p{display:none}", "<div class=box><p>@@</p></div>"),
        ("footer{display:none}", "<footer>@@</footer>"),
        ("body *{visibility:hidden}", "<div>@@</div>"),
        ("[data-state=off]{display:none}", "<div data-state=off>@@</div>"),
        ("[data-off]{display:none}", "<div data-off>@@</div>"),
        ("[class^=no]{display:none}", "<div class=nothing>@@</div>"),
        ("h2+p{display:none}", "<h2>共享</h2><p>@@</p>"),
        ("h2~p{display:none}", "<h2>共享</h2><p>甲乙丙</p><p>@@</p>"),
        ("p:nth-child(2n){display:none}", "<p>甲乙丙</p><p>@@</p>"),
        ("p:not(.seen):last-child{display:none}", "<p>甲乙丙</p><p>@@</p>"),
        ("div:is(.a,.b){display:none}", "<div class=b>@@</div>"),
        ("@media screen{.x{display:none}}", "<div class=x>@@</div>"),
        ("@media (min-width:1px){.x{display:none}}", "<div class=x>@@</div>"),
        ("@charset 'utf-8';.x{display:none}", "<div class=x>@@</div>"),
        (".y::before{content:'{'}.x{display:none}", "<div class=x>@@</div>"),
        (".y{color:red;.x{display:none}}", "<div class=y><p class=x>@@</p></div>"),
        ("@layer base{.x{display:none}}", "<div class=x>@@</div>"),
        (".x{display:none!important}", "<div class=x style='display:block'>@@</div>"),
        ("#x{display:none} .x.x.x{display:block}", "<div id=x class=x>@@</div>"),
        ("", "<div style='height:0;overflow:hidden'>@@</div>"),
        ("", "<div style='max-height:0px;overflow-y:hidden'>@@</div>"),
        ("", "<div style='clip-path:inset(100%)'>@@</div>"),
        ("", "<div style='clip:rect(1px, 1px, 1px, 1px);position:absolute'>@@</div>"),
        ("", "<div style='transform:scale(0)'>@@</div>"),
        ("", "<div style='transform: translateX(-9999px)'>@@</div>"),
        ("", "<div style='text-indent:-900em'>@@</div>"),
        ("", "<div style='position:absolute;left:-400px'>@@</div>"),
        ("", "<div style='margin-left:-5000px'>@@</div>"),
        ("", "<div style='opacity:.01'>@@</div>"),
        ("", "<div style='font:0/0 a'>@@</div>"),
        ("", "<div style='font-size:1px'>@@</div>"),
        ("", "<div style='color:transparent'>@@</div>"),
        ("", "<div style='color:#fff'>@@</div>"),
        ("", "<div style='color:rgb(254,254,254);background:#ffffff'><p>@@</p></div>"),
        (".x{background:#222}.x p{color:#212121}", "<div class=x><p>@@</p></div>"),
        ("", "<table><tr><td bgcolor=white><font color=#FFFFFF>@@</font></table>"),
        ("", "<del>@@</del>"),
        ("", "<s><b>@@</b></s>"),
        ("", "<button>展开</button><strike>@@</strike>"),
        ("", "<p style='text-decoration:line-through'>@@</p>"),
        (".old{text-decoration-line:line-through}", "<p class=old>@@</p>"),
        ("", "<button>菜单</button><span hidden>@@</span>"),
        (".x{display:none}", "<h3>共享</h3><div class=x>@@</div>"),
    ],
)
def test_hidden(sheet: str, markup: str) -> None:
    assert hidden(sheet, markup)


@pytest.mark.parametrize(
    ("sheet", "markup"),
    [
        (".s{display:none}.s.on{display:block}", "<div class='s on'>@@</div>"),
        (".x{display:none}.x{display:flex}", "<div class=x>@@</div>"),
        (".x{display:none}", "<div class=x style='display:block'>@@</div>"),
        (".x{display:block!important}.x{display:none}", "<div class=x>@@</div>"),
        (".x{display:block}", "<div class=x hidden>@@</div>"),
        (".x{display:none}@media(min-width:600px){.x{display:block}}", "<div class=x>@@</div>"),
        (".x{display:none}@media (width < 600px){.x{display:block}}", "<div class=x>@@</div>"),
        ("@media print{.x{display:none}}", "<div class=x>@@</div>"),
        ("@media (max-width:600px){.x{display:none}}", "<div class=x>@@</div>"),
        ("@keyframes k{from{opacity:0}}", "<from>@@</from>"),
        (".x:hover{display:none}.x::after{display:none}", "<div class=x>@@</div>"),
        (".a .x{display:none}", "<div class=b><p class=x>@@</p></div>"),
        ("div>.x{display:none}", "<div><section><p class=x>@@</p></section></div>"),
        ("ul{font-size:0}li{font-size:14px}", "<ul><li>@@</li></ul>"),
        (".x{visibility:hidden}.y{visibility:visible}", "<div class=x><p class=y>@@</p></div>"),
        ("", "<div style='position:absolute;left:50%;margin-left:-300px'>@@</div>"),
        ("", "<div style='overflow:hidden;height:20px'>@@</div>"),
        ("", "<div style='height:0'>@@</div>"),
        ("", "<p style='background:#1a73e8'><span style='color:#fff'>@@</span></p>"),
        ("", "<div style='background:url(a.png) #fff'><p style='color:#fff'>@@</p></div>"),
        ("", "<div style='color:#fff;background:#fff'><a href='/x'>@@</a></div>"),
        ("", "<ins>@@</ins>"),
        ("del{text-decoration:none}", "<del>@@</del>"),
        (".x{display:none}", "<div onclick='t()'>共享<b>展开</b></div><div class=x>@@</div>"),
        (".acc-body{display:none}", "<div class=acc-head>共享</div><div class=acc-body>@@</div>"),
        (".a{display:none}", "<h3><button>共享</button></h3><div class=a>@@</div>"),
        (".FAQ__answer{display:none}", "<p>共享</p><div class=FAQ__answer>@@</div>"),
    ],
)
def test_seen(sheet: str, markup: str) -> None:
    assert not hidden(sheet, markup)


def test_white_text_may_stand_on_what_a_linked_sheet_says() -> None:
    markup = "<div class=banner><p style='color:#fff'>@@</p></div>"
    assert hidden("", markup)
    assert not hidden("", markup, head="<link rel=stylesheet href=site.css>")


def test_a_sheet_for_print_says_nothing_of_the_screen() -> None:
    policy = html(f"<style media=print>p{{display:none}}</style><p>{WORDS}</p>")
    assert not block(policy, WORDS).hidden


@pytest.mark.parametrize(
    ("media", "held"),
    [
        ("", BOTH),
        ("only screen and (min-width: 40em)", DESKTOP),
        ("(400px <= width)", DESKTOP),
        ("screen and (orientation: portrait)", PHONE),
        ("not all and (min-width: 600px)", PHONE),
        ("print, (max-width:500px)", PHONE),
        ("print", 0),
        ("(prefers-color-scheme: dark)", 0),
    ],
)
def test_where_media_hold(media: str, held: int) -> None:
    assert screens(media) == held


def test_rules_know_their_screens() -> None:
    found = list(rules("a{b:c}@media (max-width:9px){d{e:f}}@media print{g{h:i}}/*x{}*/j{k:l", ""))
    assert [(r.selectors, r.screens) for r in found] == [("a", BOTH)]


@pytest.mark.parametrize(
    ("source", "weight"),
    [
        ("a", (0, 0, 1)),
        ("#a .b[c]:first-child d", (1, 3, 1)),
        (":where(.a) b", (0, 0, 1)),
        ("a:not(#b)", (1, 0, 1)),
    ],
)
def test_how_much_selectors_weigh(source: str, weight: tuple[int, int, int]) -> None:
    assert [s.specificity for s in selectors(source, 5)] == [weight]


@pytest.mark.parametrize(
    "source", ["a::before", "a:hover", "a >", "> a", "a{", "", "a:has(b)", "%"]
)
def test_selectors_that_match_nothing(source: str) -> None:
    assert not list(selectors(source, 5))


def test_what_is_too_much_to_match_is_said() -> None:
    sheet = ".none .a .a .a .a b{display:none}"
    policy = html(f"<style>{sheet}</style><p>{WORDS}</p>" + "<i class=a>" * 200 + "<b>乙</b>")
    assert "segment-too-large" in policy.unread
    assert not block(policy, WORDS).hidden


@pytest.mark.parametrize("switch", ["<w:strike/>", "<w:dstrike/>"])
def test_what_word_strikes_out_is_hidden(switch: str) -> None:
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    body = (
        p(run("我们重视您的个人信息。"))
        + p(run(WORDS, switch))
        + p(run("谢谢您的阅读。", '<w:strike w:val="0"/>'))
    )
    from linter.segment import segment

    policy = segment(document(docx(body), media_type))
    assert block(policy, WORDS).hidden
    assert not block(policy, "谢谢您的阅读。").hidden
