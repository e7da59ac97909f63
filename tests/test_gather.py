"""The policy found, its frames and lists read with it; what could not be read is never missing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from linter import check
from linter.fetch import FetchOptions
from linter.report import render
from linter.settings import Following
from linter.verdict import Report, Status

POLICY = """<title>暖屋隐私政策</title><h1>暖屋隐私政策</h1>
<p>我们收集您的手机号码，用于注册账号和登录。为了展示房源，我们会与合作方共享您的设备信息。</p>
<p>向第三方提供您的个人信息前，我们会取得您的单独同意。</p>
<h2>三、第三方</h2><p>{reference}</p>"""
REFERENCE = '我们接入的第三方见<a href="{href}">《第三方SDK目录》</a>。'
LIST = """<title>第三方SDK目录</title><h1>第三方SDK目录</h1>
<table><tr><th>SDK名称</th><th>公司名称</th><th>使用目的</th><th>收集的个人信息</th><th>处理方式</th></tr>
<tr><td>小鹿短信 SDK</td><td>小鹿通信（杭州）有限公司</td><td>发送验证码</td><td>手机号</td>
<td>接口传输</td></tr>
<tr><td>如视VR SDK</td><td>如你之视（北京）科技有限公司</td><td>三维看房</td><td>设备型号</td>
<td>SDK本机采集</td></tr></table>"""
FROM_LIST = {"RS101": "present", "RS103": "present", "RS104": "present", "RS105": "present"}


@dataclass
class Site:
    """Pages by path; what is not there answers 404."""

    port: int = 0
    pages: dict[str, str | tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            page = served.pages.get(self.path, (404, "no such page"))
            status, body = page if isinstance(page, tuple) else (200, page)
            raw = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


def judged(source: str, content: bytes | None = None, **following: object) -> Report:
    options = FetchOptions(allow_hosts=frozenset({"127.0.0.1"}), deadline=10.0, render="never")
    return check(
        source,
        content=content,
        fetch_options=options,
        include_text=True,
        following=Following(**({"local": True} | following)),  # type: ignore[arg-type]
    )


def verdicts(report: Report) -> dict[str, str]:
    return {f.requirement.code: f.verdict.value for f in report.findings}


def read(report: Report) -> list[tuple[str, str]]:
    return [(d.role, d.read) for d in report.documents]


def policy(href: str = "/list") -> str:
    return POLICY.format(reference=REFERENCE.format(href=href))


def test_a_linked_list_is_judged_with_the_policy(site: Site) -> None:
    site.pages = {"/privacy": policy(), "/list": LIST}
    report = judged(site.url("/privacy"))
    assert read(report) == [("policy", "whole"), ("linked-list", "whole")]
    assert verdicts(report).items() >= FROM_LIST.items()
    # The policy's promise governs the entry that stands in the list.
    assert verdicts(report)["RS201"] == "present"
    assert verdicts(report)["RS102"] == "missing"
    assert {m.document for m in report.mentions} == {1}


def test_offsets_count_in_the_text_of_their_own_document(site: Site) -> None:
    site.pages = {"/privacy": policy(), "/list": LIST}
    report = judged(site.url("/privacy"))
    quotes = [e for f in report.findings for e in f.evidence]
    assert {e.document for e in quotes} == {0, 1}
    for e in quotes:
        text = report.documents[e.document].text
        assert text is not None
        assert text[e.start : e.end] == e.quote


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (None, "fetch-not-found"),
        ((500, "oops"), "fetch-status"),
        ("<p>您访问的页面不存在，返回首页</p>", "segment-no-list"),
        (
            "<title>登录</title><form><input type=password></form><p>请先登录后查看</p>",
            "segment-login",
        ),
        (
            "<html><body><div id=app></div><script src=/app.js></script></body></html>",
            "segment-script-drawn",
        ),
    ],
)
def test_an_unread_list_makes_its_fields_unverifiable_never_missing(
    site: Site, page: str | tuple[int, str] | None, reason: str
) -> None:
    site.pages = {"/privacy": policy()} | ({"/list": page} if page is not None else {})
    report = judged(site.url("/privacy"))
    unverifiable = {"RS101", "RS102", "RS103", "RS104", "RS105", "RS106"}
    assert {c for c, v in verdicts(report).items() if v == "unverifiable"} == unverifiable
    assert read(report) == [("policy", "whole"), ("linked-list", "no")]
    assert report.documents[1].reason == reason
    assert [(e.code, e.document) for e in report.errors] == [(reason, 1)]
    whys = " ".join(str(n) for f in report.findings for n in f.why)
    assert "第三方SDK目录" in whys
    assert site.url("/list") in whys


def test_no_follow_and_depth(site: Site) -> None:
    deeper = LIST.replace("</table>", "</table><p>更多见<a href=/more>《合作方清单》</a>。</p>")
    site.pages = {"/privacy": policy(), "/list": deeper, "/more": LIST.replace("小鹿", "白云")}
    assert verdicts(judged(site.url("/privacy"), depth=0))["RS101"] == "unverifiable"
    assert site.asked == ["/privacy"]
    # At the usual depth the second list is named and not read: what is not in the first may be.
    report = judged(site.url("/privacy"))
    assert verdicts(report)["RS101"] == "present"
    assert verdicts(report)["RS102"] == "unverifiable"
    report = judged(site.url("/privacy"), depth=2)
    assert verdicts(report)["RS102"] == "missing"
    assert read(report) == [("policy", "whole"), ("linked-list", "whole"), ("linked-list", "whole")]


def test_lists_that_name_each_other_are_read_once(site: Site) -> None:
    back = (
        LIST
        + '<p>详见<a href="/privacy">《第三方信息共享清单》</a>'
        + '和<a href="/list#a">《SDK目录》</a></p>'
    )
    site.pages = {"/privacy": policy(), "/list": back}
    report = judged(site.url("/privacy"), depth=3)
    assert site.asked == ["/privacy", "/list"]
    assert verdicts(report)["RS102"] == "missing"


def test_the_number_of_lists_is_bounded(site: Site) -> None:
    links = "，".join(f"<a href='/l{n}'>《合作方{n}第三方清单》</a>" for n in range(6))
    site.pages = {"/privacy": POLICY.format(reference=f"请查看{links}")}
    site.pages |= {f"/l{n}": LIST for n in range(6)}
    report = judged(site.url("/privacy"), max_documents=2)
    assert len(site.asked) == 3
    assert [d.reason for d in report.documents if d.read == "no"] == ["fetch-too-many"] * 4
    assert verdicts(report)["RS102"] == "unverifiable"


def test_lists_that_are_not_there_are_not_asked_for_without_end(site: Site) -> None:
    links = "，".join(f"<a href='/l{n}'>《合作方{n}第三方清单》</a>" for n in range(40))
    site.pages = {"/privacy": POLICY.format(reference=f"请查看{links}")}
    report = judged(site.url("/privacy"), max_documents=2)
    assert len(site.asked) == 7
    assert {d.reason for d in report.documents[1:]} == {"fetch-not-found", "fetch-too-many"}
    assert verdicts(report)["RS101"] == "unverifiable"


@pytest.mark.parametrize(
    "reference",
    [
        '合作方信息请查看《第三方信息共享清单》，<a href="/list">点击此处</a>查看。',
        '请<a href="/list">点击这里</a>查阅《第三方信息共享清单》。',
        "第三方信息请查看《第三方信息共享清单》：{url}",
        '请查看我们的<a href="/list">第三方SDK列表</a>。',
    ],
)
def test_ways_to_link_a_list(site: Site, reference: str) -> None:
    page = POLICY.format(reference=reference.format(url=site.url("/list")))
    site.pages = {"/privacy": page, "/list": LIST}
    report = judged(site.url("/privacy"))
    assert verdicts(report).items() >= FROM_LIST.items()
    assert verdicts(report)["RS102"] == "missing"


def test_an_english_list(site: Site) -> None:
    site.pages = {
        "/privacy": "<title>Privacy policy</title><h1>Privacy policy</h1><p>We collect your e-mail "
        "address to create your account and share information with partners.</p>"
        '<p>See <a href="/partners">our list of partners</a>.</p>',
        "/partners": "<title>Our list of partners</title><h1>Our list of partners</h1><table><tr>"
        "<th>Provider</th><th>Company</th><th>Purpose</th></tr><tr><td>Realsee SDK</td>"
        "<td>Runizhishi (Beijing) Technology Co., Ltd.</td><td>to display 3D tours</td></tr>"
        "</table>",
    }
    report = judged(site.url("/privacy"))
    assert verdicts(report).items() >= {"RS101": "present", "RS103": "present"}.items()
    assert verdicts(report)["RS102"] == "missing"


def test_a_link_into_a_private_network_is_not_followed(site: Site) -> None:
    site.pages = {"/privacy": policy("http://169.254.169.254/list")}
    report = judged(site.url("/privacy"))
    assert report.documents[1].reason == "fetch-blocked"
    assert verdicts(report)["RS101"] == "unverifiable"


# -- files


def test_lists_beside_a_file_are_read_and_nothing_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    (folder / "lists").mkdir(parents=True)
    (folder / "policy.html").write_text(policy("lists/sdk.html"), "utf-8")
    (folder / "lists" / "sdk.html").write_text(LIST, "utf-8")
    report = judged(str(folder / "policy.html"))
    assert verdicts(report).items() >= FROM_LIST.items()
    assert verdicts(report)["RS102"] == "missing"
    assert verdicts(judged(str(folder / "policy.html"), local=False))["RS101"] == "unverifiable"

    (tmp_path / "above.html").write_text(LIST, "utf-8")
    (folder / "link.html").symlink_to(tmp_path / "above.html")
    for href in ("../above.html", "link.html", "%2e%2e/above.html", str(tmp_path / "above.html")):
        (folder / "policy.html").write_text(policy(href), "utf-8")
        report = judged(str(folder / "policy.html"))
        assert verdicts(report)["RS101"] == "unverifiable", href
        # It is told among the documents that it was named and not opened.
        assert read(report) == [("policy", "whole"), ("linked-list", "no")], href
        assert (report.documents[1].url, report.documents[1].reason) == (href, "fetch-beside")
        assert [(e.code, e.document) for e in report.errors] == [("fetch-beside", 1)], href


def test_nothing_is_fetched_for_a_file_or_stdin_unless_asked(site: Site, tmp_path: Path) -> None:
    site.pages = {"/list": LIST}
    file = tmp_path / "policy.html"
    file.write_text(policy(site.url("/list")), "utf-8")
    assert verdicts(judged(str(file)))["RS101"] == "unverifiable"
    assert verdicts(judged("-", file.read_bytes()))["RS101"] == "unverifiable"
    assert site.asked == []
    for source, content in ((str(file), None), ("-", file.read_bytes())):
        assert verdicts(judged(source, content, depth=1)).items() >= FROM_LIST.items()
    assert site.asked == ["/list", "/list"]


def test_a_saved_page_knows_where_its_lists_are(site: Site, tmp_path: Path) -> None:
    site.pages = {"/list": LIST}
    file = tmp_path / "policy.html"
    link = f'<link rel="canonical" href="{site.url("/privacy")}">'
    file.write_text(f"<head>{link}</head>" + policy("list"), "utf-8")
    assert verdicts(judged(str(file)))["RS101"] == "unverifiable"
    assert site.asked == []
    assert verdicts(judged(str(file), depth=1)).items() >= FROM_LIST.items()


def test_files_beside_a_file_are_read_only_if_that_is_asked_for(tmp_path: Path) -> None:
    """Whoever calls ``check`` for others (a batch, a server) opens no file but the source."""
    (tmp_path / "policy.html").write_text(policy("sdk.html"), "utf-8")
    (tmp_path / "sdk.html").write_text(LIST, "utf-8")
    (tmp_path / "home.html").write_text("<p>欢迎</p><a href=policy.html>隐私政策</a>", "utf-8")
    report = check(str(tmp_path / "policy.html"))
    assert verdicts(report)["RS101"] == "unverifiable"
    assert read(report) == [("policy", "whole")]
    assert check(str(tmp_path / "home.html")).status is Status.UNREADABLE


@pytest.mark.parametrize(
    "reference",
    [
        "合作伙伴的名单请<a href=sdk.html>点击这里</a>查看。",
        "第三方合作伙伴列表</p><p><a href=sdk.html>点击查看</a>",
        "<table><tr><td>第三方SDK</td><td>详见<a href=sdk.html>链接</a></td></tr></table>",
        "我们委托合作方处理您的信息，具体名单请<a href=sdk.html>查看此处</a>。",
        "想了解哪些公司会接收您的信息，请访问<a href=sdk.html>合作伙伴页面</a>。",
    ],
)
def test_a_list_that_is_described_is_followed(tmp_path: Path, reference: str) -> None:
    (tmp_path / "policy.html").write_text(POLICY.format(reference=reference), "utf-8")
    (tmp_path / "sdk.html").write_text(LIST, "utf-8")
    report = judged(str(tmp_path / "policy.html"))
    assert verdicts(report).items() >= FROM_LIST.items()
    assert verdicts(report)["RS102"] == "missing"


PAGES_THAT_ARE_NO_LIST = [
    "<title>404</title><h1>页面不存在</h1><p>您访问的页面不存在。第三方服务商可能已下架。</p>"
    "<p>深圳小鹿科技有限公司 版权所有</p>",
    "<title>出错了</title><ul><li>第三方登录</li><li>合作方入驻</li></ul>"
    "<p>小鹿科技有限公司 京ICP备1号</p>",
    "<title>暖屋首页</title><h1>暖屋找房</h1><p>第三方支付</p><p>合作方入驻</p>"
    "<p>小鹿科技有限公司版权所有</p>",
    "<title>Not found</title><h1>Not found</h1><ul><li><a href=/p>Third-party login</a></li>"
    "<li><a href=/q>For providers</a></li></ul><p>Copyright Little Deer Ltd.</p>",
]
LISTS = [
    "<title>第三方SDK目录</title><p>小鹿科技有限公司：推送</p><p>白云科技有限公司：短信</p>",
    "<h1>合作伙伴</h1><ul><li>小鹿：推送</li><li>白云：短信</li><li>山风：统计</li></ul>",
    "<table><tr><th>公司名称</th><th>目的</th></tr><tr><td>小鹿</td><td>推送</td></tr></table>",
    "<p>SDK名称：小鹿</p><p>使用目的：推送</p>",
    "<h1>Our sub-processors</h1><p>These companies help us to run the service for you.</p><ul>"
    "<li>Mapbox</li><li>Little Deer</li><li>Cloud Nine</li></ul>",
]


@pytest.mark.parametrize("page", PAGES_THAT_ARE_NO_LIST)
def test_an_error_page_or_a_home_page_is_no_list(site: Site, page: str) -> None:
    site.pages = {"/privacy": policy(), "/list": page}
    report = judged(site.url("/privacy"))
    assert verdicts(report)["RS101"] == "unverifiable"
    assert report.documents[1].reason == "segment-no-list"


def test_the_policy_in_place_of_its_list_is_no_list(site: Site) -> None:
    more = "<p>合作方有小鹿通信有限公司、小象地图有限公司，我们向其提供手机号。</p>"
    policy = POLICY.format(reference=REFERENCE.format(href="/list")) + more
    site.pages = {"/policy": policy, "/list": policy}
    report = judged(site.url("/policy"))
    assert verdicts(report)["RS103"] == "unverifiable"
    assert report.documents[1].reason == "segment-no-list"


@pytest.mark.parametrize("page", LISTS)
def test_a_list_without_the_vendor_is_a_list(site: Site, page: str) -> None:
    site.pages = {"/privacy": policy(), "/list": page}
    report = judged(site.url("/privacy"))
    assert read(report) == [("policy", "whole"), ("linked-list", "whole")]
    assert verdicts(report)["RS101"] == "missing"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (LIST.replace("如视VR", "") + "<button>加载更多</button>", "segment-more-pages"),
        (LIST.replace("如视VR", "") + "<p>第1页 共8页</p>", "segment-more-pages"),
        (LIST.replace("如视VR", "") + "<p>Page 2 of 3</p>", "segment-more-pages"),
        (LIST.replace("如视VR", "") + "<p>第1页 共2页</p><p>第2页 共2页</p>", None),
        (LIST.replace("如视VR", "") + "<p>第1页 共1页</p>", None),
    ],
)
def test_a_list_with_more_pages_is_read_in_part(site: Site, page: str, reason: str | None) -> None:
    site.pages = {"/privacy": policy(), "/list": page}
    report = judged(site.url("/privacy"))
    assert report.documents[1].reason == reason
    assert verdicts(report)["RS102"] == ("unverifiable" if reason else "missing")


def test_the_parts_of_a_list_that_are_not_read_are_told(site: Site) -> None:
    site.pages = {
        "/privacy": policy(),
        "/list": "<title>第三方SDK目录</title><h1>第三方SDK目录</h1><ul>"
        "<li><a href=/ios>iOS端第三方SDK</a></li><li><a href=/a>Android端第三方SDK</a></li></ul>",
        "/ios": LIST,
        "/a": LIST,
    }
    assert verdicts(judged(site.url("/privacy")))["RS101"] == "unverifiable"
    report = judged(site.url("/privacy"), depth=2)
    assert verdicts(report).items() >= FROM_LIST.items()
    assert verdicts(report)["RS102"] == "missing"


def test_a_linked_list_that_is_a_picture_was_not_read(site: Site) -> None:
    site.pages = {
        "/privacy": policy(),
        "/list": "<title>第三方SDK目录</title><h1>第三方SDK目录</h1>"
        "<p>以下是我们接入的第三方SDK：</p><img src=1.png width=900><p>更新日期：2025年</p>",
    }
    assert verdicts(judged(site.url("/privacy")))["RS101"] == "unverifiable"


# -- finding the policy


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/privacy>Privacy &amp; Cookies</a>",
        "<a href=/privacy>Data Protection</a>",
        "<a href=/privacy>Legal &amp; Privacy Center</a>",
        "<a href=/privacy>用户隐私保护</a>",
        "<a href=/privacy>隐私与安全</a>",
        "<a href=/privacy><img src=i.png alt=隐私政策></a>",
        "<a href=/privacy title=隐私政策><i class=icon></i></a>",
        "<a href=/privacy aria-label='Privacy policy'><svg></svg></a>",
    ],
)
def test_names_that_the_policys_link_has(site: Site, link: str) -> None:
    link = link.replace("/privacy", "/p")
    site.pages = {"/": f"<title>Home</title><h1>Homes</h1><footer>{link}</footer>", "/p": policy()}
    assert judged(site.url("/")).url == site.url("/p")


@pytest.mark.parametrize("name", ["Cookie Policy", "隐私设置", "Privacy settings", "数据中心"])
def test_names_of_other_pages(site: Site, name: str) -> None:
    site.pages = {"/": f"<title>Home</title><h1>Homes</h1><a href=/p>{name}</a>", "/p": policy()}
    assert [e.rule for e in judged(site.url("/")).errors] == ["RS002"]


def test_a_saved_store_page_is_not_judged_in_the_policys_stead(site: Site, tmp_path: Path) -> None:
    site.pages = {"/p": policy()}
    file = tmp_path / "store.html"
    file.write_text(
        "<!-- saved from url=(0040)https://apps.apple.com/cn/app/x/id1 --><title>暖屋</title>"
        "<p>我们收集您的个人信息，共享您的个人信息。</p>"
        f"<p>详见<a href='{site.url('/p')}'>开发者的隐私政策</a>。</p>",
        "utf-8",
    )
    assert [e.rule for e in judged(str(file)).errors] == ["RS002"]
    assert judged(str(file), depth=1).url == site.url("/p")


def test_news_of_what_others_do_with_data_is_no_policy(tmp_path: Path) -> None:
    file = tmp_path / "news.html"
    file.write_text(
        "<title>新闻</title><p>某公司收集用户个人信息被罚，该公司共享用户个人信息给第三方。</p>",
        "utf-8",
    )
    assert [e.rule for e in judged(str(file)).errors] == ["RS002"]


def test_a_list_of_nothing_but_fields_is_judged(tmp_path: Path) -> None:
    file = tmp_path / "kits.html"
    text = "".join(
        f"<p>SDK name: {name}</p><p>Purpose: {use}</p><p>Data types: {what}</p>"
        for name, use, what in (("Realsee", "3D tours", "device model"), ("Mappa", "maps", "place"))
    )
    lead = "<p>This page goes with the app and is brought up to date with each of its releases.</p>"
    file.write_text(f"<title>Kits inside the app</title><h1>Kits</h1>{lead}{text}", "utf-8")
    assert verdicts(judged(str(file)))["RS103"] == "present"
    form = "<p>Company: ____</p><p>Contact: ____</p><p>Order no.: ____</p>"
    file.write_text(f"<title>Order form</title><h1>Order</h1>{lead}{form}", "utf-8")
    assert [e.rule for e in judged(str(file)).errors] == ["RS002"]


def test_a_policy_in_the_third_person_is_one(tmp_path: Path) -> None:
    file = tmp_path / "plain.html"
    file.write_text(
        "<title>暖屋科技有限公司</title><p>暖屋科技收集用户个人信息用于注册。</p>"
        "<p>小鹿科技有限公司提供短信。</p>",
        "utf-8",
    )
    assert judged(str(file)).status is not Status.UNREADABLE


def test_that_the_policy_was_found_is_said_for_files_too(tmp_path: Path) -> None:
    (tmp_path / "home.html").write_text("<p>欢迎</p><a href=policy.html>隐私政策</a>", "utf-8")
    (tmp_path / "policy.html").write_text(policy(), "utf-8")
    report = judged(str(tmp_path / "home.html"))
    assert report.found_from == str(tmp_path / "home.html")
    assert report.documents[0].url == str(tmp_path / "policy.html")
    text = render([report], format="text", width=500)
    assert f"The policy that this page links to was judged: {tmp_path / 'policy.html'}" in text


def test_a_password_field_in_a_header_is_no_wall(site: Site) -> None:
    field = "<header><form><input name=u><input type=password></form></header>"
    site.pages = {
        "/": field + "<h1>找好房</h1><a href=/privacy>隐私政策</a>",
        "/privacy": field + policy(),
        "/list": LIST,
        "/wall": "<title>登录</title>" + field + "<a href=/privacy>隐私政策</a>",
    }
    assert verdicts(judged(site.url("/"))).items() >= FROM_LIST.items()
    assert [e.code for e in judged(site.url("/wall")).errors] == ["segment-login"]


def test_a_home_page_leads_to_its_policy(site: Site) -> None:
    site.pages = {
        "/": "<title>暖屋</title><h1>装修从暖屋开始</h1><p>为您找到好房子。</p>"
        '<footer><a href="/about">关于我们</a> <a href="/child">儿童隐私政策</a> '
        '<a href="/privacy">隐私政策</a></footer>',
        "/privacy": policy(),
        "/list": LIST,
        "/child": "<h1>儿童隐私政策</h1><p>我们收集儿童的个人信息。</p>",
    }
    report = judged(site.url("/"))
    assert (report.found_from, report.url) == (site.url("/"), site.url("/privacy"))
    assert verdicts(report).items() >= FROM_LIST.items()
    # To read no list is not to look for no policy.
    assert judged(site.url("/"), depth=0, local=False).url == site.url("/privacy")
    report = judged(site.url("/"), discover=False)
    assert report.status is Status.UNREADABLE
    assert [e.rule for e in report.errors] == ["RS002"]


def test_a_home_page_that_talks_of_data_is_not_judged_in_the_policys_stead(site: Site) -> None:
    site.pages = {
        "/": "<title>暖屋</title><p>我们使用Cookie收集您的个人信息，继续访问即表示同意。</p>"
        '<p>找房、装修、搬家，一站式服务。</p><a href="/privacy">隐私政策</a>'
    }
    report = judged(site.url("/"))
    assert report.status is Status.UNREADABLE
    assert [e.code for e in report.errors] == ["fetch-not-found"]
    assert set(verdicts(report).values()) == {"unverifiable"}


def test_the_head_may_say_where_the_policy_is(site: Site) -> None:
    site.pages = {
        "/": '<head><link rel="privacy-policy" href="/p"><title>Home</title></head>'
        "<p>Welcome home.</p>",
        "/p": policy(),
    }
    assert judged(site.url("/")).url == site.url("/p")


def test_a_page_without_such_a_link_is_no_policy(site: Site) -> None:
    site.pages = {
        "/": "<title>新闻</title><p>今日天气晴朗，适合出门看房。</p><a href='/a'>更多</a>"
    }
    report = judged(site.url("/"))
    assert [e.rule for e in report.errors] == ["RS002"]
    assert site.asked == ["/"]


def test_a_policy_in_a_language_that_is_not_judged_is_read_in_one_that_is(site: Site) -> None:
    japanese = "<p>当社は、お客様の個人情報を適切に取り扱い、第三者に提供しません。</p>" * 8
    site.pages = {
        "/ja": f'<head><link rel=alternate hreflang=zh-CN href="/zh"></head>{japanese}',
        "/zh": policy(),
    }
    report = judged(site.url("/ja"))
    assert report.language == "zh-hans"
    assert report.url == site.url("/zh")


# -- frames


def test_a_frame_of_the_same_site_is_part_of_the_policy(site: Site) -> None:
    site.pages = {
        "/privacy": '<title>隐私政策</title><h1>隐私政策</h1><iframe src="/body"></iframe>',
        "/body": policy() + LIST,
    }
    report = judged(site.url("/privacy"), depth=0)
    assert read(report) == [("policy", "whole"), ("policy", "whole")]
    assert verdicts(report).items() >= FROM_LIST.items()


def test_a_frame_that_cannot_be_read_leaves_a_gap(site: Site) -> None:
    site.pages = {"/privacy": policy("#") + '<iframe src="/gone"></iframe>'}
    report = judged(site.url("/privacy"))
    assert report.status is Status.REVIEW
    assert "missing" not in verdicts(report).values()
    assert report.documents[1].reason == "fetch-not-found"


def test_frames_of_other_sites_are_no_part_of_the_policy(site: Site) -> None:
    frames = (
        '<iframe src="https://maps.example/x"></iframe><iframe width=1 height=1 src="/t"></iframe>'
    )
    site.pages = {"/privacy": POLICY.format(reference="") + frames}
    report = judged(site.url("/privacy"))
    assert read(report) == [("policy", "whole")]
    assert verdicts(report)["RS101"] == "missing"
    assert site.asked == ["/privacy"]


SAVED = "<!-- saved from url=(0029)https://www.warm.example/privacy -->"


@pytest.mark.parametrize(
    "frame",
    [
        SAVED + "{}<iframe src='https://www.warm.example/list' width=800></iframe>",
        SAVED + "{}<iframe src='https://h5.warm.example/list'></iframe>",
        "{}<iframe data-src='/list' width='100%'></iframe>",
        "{}<iframe src='about:blank' data-src='list.html'></iframe>",
        "{}<p>第三方SDK清单</p><iframe src='https://view.officeapps.live.com/op/embed.aspx?src=a'>"
        "</iframe>",
        "{}<iframe src='https://docs.qq.com/sheet/a'></iframe>",
        "{}<iframe src='cid:frame@x'></iframe>",
    ],
)
def test_a_frame_that_may_hold_a_part_is_told(tmp_path: Path, frame: str) -> None:
    file = tmp_path / "policy.html"
    file.write_text(frame.replace("{}", POLICY.format(reference="")), "utf-8")
    report = judged(str(file))
    assert [e.code for e in report.errors] == ["fetch-frame"]
    assert "missing" not in verdicts(report).values()


def test_a_page_of_frames_alone_is_its_frames(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(
        "<frameset cols='20%,80%'><frame src=menu.html><frame src=main.html></frameset>", "utf-8"
    )
    (tmp_path / "menu.html").write_text("<p>目录</p>", "utf-8")
    (tmp_path / "main.html").write_text(POLICY.format(reference="") + LIST, "utf-8")
    report = judged(str(tmp_path / "p.html"))
    assert read(report) == [("policy", "whole"), ("policy", "whole")]
    assert verdicts(report).items() >= FROM_LIST.items()
    (tmp_path / "main.html").unlink()
    report = judged(str(tmp_path / "p.html"))
    assert report.status is Status.UNREADABLE
    assert [e.code for e in report.errors] == ["fetch-frame"]


def test_a_shell_around_a_frame_of_another_site_is_no_policy_that_was_read(site: Site) -> None:
    site.pages = {
        "/privacy": "<title>隐私政策</title><h1>隐私政策</h1>"
        "<iframe src='https://docs.example/p'></iframe>"
    }
    report = judged(site.url("/privacy"))
    assert report.status is Status.UNREADABLE
    assert [e.code for e in report.errors] == ["fetch-frame"]


def test_frames_within_frames_are_part_of_the_policy(site: Site) -> None:
    around = '<p>我们重视您的信息。</p><iframe src="/{}"></iframe>'
    site.pages = {
        "/privacy": policy("#") + around.format("one"),
        "/one": around.format("two"),
        "/two": LIST + around.format("privacy") + around.format("one"),
    }
    report = judged(site.url("/privacy"))
    assert site.asked == ["/privacy", "/one", "/two"]
    assert verdicts(report).items() >= FROM_LIST.items()


def test_more_frames_than_are_read_leave_a_gap(site: Site) -> None:
    frames = "".join(f'<iframe src="/f{n}"></iframe>' for n in range(9))
    maps = '<iframe src="https://maps.example/x"></iframe>' * 9
    site.pages = {"/privacy": POLICY.format(reference="") + maps + frames}
    site.pages |= {f"/f{n}": "<p>我们重视您的信息。</p>" for n in range(9)}
    report = judged(site.url("/privacy"))
    assert [d.reason for d in report.documents if d.read == "no"] == ["fetch-frame"]
    assert len(site.asked) == 5
    assert "missing" not in verdicts(report).values()


def test_a_shell_around_many_frames_of_other_sites_is_said_in_few_words(site: Site) -> None:
    frames = "".join(f'<iframe src="https://docs.example/{n}"></iframe>' for n in range(99))
    site.pages = {"/privacy": policy(), "/list": f"<title>第三方SDK目录</title><p>目录</p>{frames}"}
    report = judged(site.url("/privacy"))
    reasons = [d.reason for d in report.documents if d.read == "no"]
    assert reasons == ["fetch-frame"] * 5 + ["segment-no-list"]
    assert verdicts(report)["RS101"] == "unverifiable"


@pytest.mark.parametrize("above", ["", LIST.replace("如视VR", "白云").replace("如你之视", "白云")])
def test_frames_of_a_list_are_part_of_it(site: Site, above: str) -> None:
    page = f"<title>第三方SDK目录</title><h1>第三方SDK目录</h1>{above}<iframe src='/rows'></iframe>"
    site.pages = {"/privacy": policy(), "/list": page, "/rows": LIST}
    report = judged(site.url("/privacy"))
    assert verdicts(report).items() >= FROM_LIST.items()
    assert verdicts(report)["RS102"] == "missing"
    del site.pages["/rows"]
    report = judged(site.url("/privacy"))
    assert verdicts(report)["RS101"] == "unverifiable"
    assert "fetch-not-found" in [d.reason for d in report.documents]
