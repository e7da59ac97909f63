"""Pages that a script still has to draw, and short pages that are whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linter.errors import SegmentError
from linter.segment import segment
from tests.segment.reader import html, page

FRAME = """<header><a href=/>云杉看房</a><nav><a>首页</a><a>买房</a><a>租房</a><a>下载应用</a></nav>
</header>{0}<footer><p>云杉信息技术有限公司 版权所有</p>
<p>客服电话：400-000-0000，周一至周日九点至十八点</p><p>云杉看房是一家连接业主与租客的服务平台，业务覆盖北京、上海、广州、
深圳等城市，让每一次看房都更省心、更透明；线下门店每天营业，欢迎就近到店咨询。</p>
<p>地址：北京市某区某路一号</p><a>用户协议</a><a>隐私政策</a><a>营业执照</a><a>违法和不良信息举报</a>
<p>本网站支持主流浏览器访问，建议使用最新版本以获得更好的浏览体验，感谢您的关注与支持。</p></footer>"""
APP = "<script src=/app.js></script>"
BANNER = "<p>We use cookies to collect personal information. <button>Accept</button></p>"
SHELLS = {
    "Vue": f"<div id=app></div>{APP}",
    "React": f"<div id='root'></div>{APP}",
    "Next": f"<div id=__next><div class=spinner></div></div>{APP}",
    "Nuxt": f"<div id=__nuxt><!-- --></div>{APP}",
    "Angular": f"<app-root>Loading...</app-root>{APP}",
    "waiting": f"<div id=app-container>加载中，请稍候…</div>{APP}",
    "module": "<main id=app></main><script type=module>import '/a.js'</script>",
    "header and footer": FRAME.format("<div id=app></div>") + APP,
    "header and footer, ice": FRAME.format("<div id=ice-container></div>") + APP,
    "header, footer, noscript": FRAME.format("<noscript>请启用 JavaScript 后查看</noscript>") + APP,
    "header, footer, scripts": FRAME.format("<div class=page></div>") + APP,
    "English noscript": f"<p>{'Our company in a few words. ' * 8}</p>{APP}"
    "<noscript>You need to enable JavaScript to run this app.</noscript>",
    "cookie banner": f"<div id=root></div>{BANNER}{APP}",
    "cookie banner and frame": FRAME.format(f"<div id=root></div>{BANNER}") + APP,
    "scripts within the place": f"<div id=app><script>boot()</script></div>{APP}",
    "text hidden in a style": f"<div id=app><p style='display:none'>x</p></div>{APP}",
}
SENTENCE = "<p>我们收集您的手机号码，用于登录；未经同意不与第三方共享您的个人信息。</p>"
WHOLE = {
    "a short policy with a script": SENTENCE + APP,
    "with an empty place beside it": SENTENCE * 3 + f"<div id=app></div>{APP}",
    "in its place": f"<div id=app>{SENTENCE}</div>{APP}",
    "with a noscript for statistics": SENTENCE + f"<noscript><img src=/t.gif></noscript>{APP}",
    "with a noscript for comments": SENTENCE
    + f"<noscript>Please enable JavaScript to view the comments.</noscript>{APP}",
    "without any script": "<div id=app></div><p>云杉看房</p>",
    "in English": "<p>We collect personal information such as your phone number to sign you in. "
    f"We do not share it.</p>{APP}",
    "a long page that asks for scripts": "<p>今天下午举办了一场花展。</p>" * 300
    + f"<div id=app></div><noscript>请启用 JavaScript</noscript>{APP}",
}


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_is_said_to_be_drawn_by_a_script(name: str) -> None:
    with pytest.raises(SegmentError) as caught:
        html(SHELLS[name])
    assert caught.value.code == "segment-script-drawn"
    assert "pip install 'disclosure-lint[render]'" in str(caught.value)


@pytest.mark.parametrize("name", WHOLE)
def test_a_page_with_its_text_is_read(name: str) -> None:
    assert html(WHOLE[name]).blocks


def test_the_frame_is_longer_than_what_counts_as_bare() -> None:
    shown = html(FRAME.format(""))
    assert 200 < len(shown.text) < 600


def test_a_sign_in_with_scripts_is_a_sign_in() -> None:
    form = "<form><input name=name><input type=password></form>"
    with pytest.raises(SegmentError) as caught:
        html(FRAME.format(form) + APP)
    assert caught.value.code == "segment-login"


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<div id=app></div>", "segment-drawn-empty"),
        ("<div id=app>网络错误，请重试</div>", "segment-drawn-empty"),
        ("<p>请先登录后查看</p>", "segment-login"),
        ("<p>请完成安全验证</p>", "segment-bot-check"),
    ],
)
def test_a_drawn_page_is_no_shell_any_more(markup: str, code: str) -> None:
    with pytest.raises(SegmentError) as caught:
        segment(replace(page(markup), rendered=True))
    assert caught.value.code == code


def test_a_short_policy_that_was_drawn_is_read() -> None:
    drawn = segment(replace(page(f"<div id=app>{SENTENCE}</div>"), rendered=True))
    assert "手机号码" in drawn.text
