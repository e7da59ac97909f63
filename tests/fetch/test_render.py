"""Pages drawn by a real Chromium; "outside" and "inside" are servers of this machine.

That a hostile page reaches nothing inside would also be true of a page that tries nothing, so the
same page is first shown to a Chromium without any of our guards, which must reach the inside.
"""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

import pytest

from linter import check
from linter.document import Page
from linter.errors import FetchError, describe
from linter.fetch import FetchOptions, SnapshotStore, drawn, fetch
from linter.fetch.proxy import GuardingProxy
from linter.fetch.render import render
from linter.verdict import Status
from tests.fetch.sites import HTML, Act, Inside, Reply, Site, raw_server
from tests.fetch.test_proxy import to_public

pytestmark = pytest.mark.needs("chromium")
# A name under localhost is trusted as https is, so that service workers and WebTransport are there.
NAME = "policy.localhost"
POLICY = "<h1>隐私政策</h1><p>我们收集您的手机号，用于登录；我们与合作方共享您的设备信息。</p>"
LONG = POLICY + "<p>我们会妥善保护您的个人信息，详见下文各条。</p>" * 12


def resolver(host: str, port: int) -> list[str]:
    names = {NAME: ["127.0.0.1"], "other.localhost": ["127.0.0.1"], "localhost": ["127.0.0.1"]}
    return names.get(
        host, [] if re.search("[a-z]", host) and ":" not in host else [host.strip("[]")]
    )


def options(*sites: Site, **settings: Any) -> FetchOptions:
    settings.setdefault("deadline", 30.0)
    settings.setdefault("resolver", resolver)
    return FetchOptions(allow_hosts=frozenset(s.host for s in sites), **settings)


@contextmanager
def site(pages: dict[str, Act] | str, name: str = NAME) -> Iterator[Site]:
    with Site(name, {"/": Reply(pages)} if isinstance(pages, str) else pages) as made:
        yield made


def render_of(pages: dict[str, Act] | str, path: str = "/", **settings: Any) -> Page:
    with site(pages) as outside:
        return render(f"{outside.url}{path}", options(outside, **settings))


def failure_of(pages: dict[str, Act] | str, path: str = "/", **settings: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        render_of(pages, path, **settings)
    return caught.value


@pytest.fixture(autouse=True)
def no_remains(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """After each test, whatever happened, no process and no folder of a browser is left."""
    # Pytest's own folders are to stay where they are.
    tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)
        assert living(folder) == []
        assert os.listdir(folder) == []


def living(folder: str) -> list[str]:
    """The processes, zombies excepted, that work in a temporary folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if f"TMPDIR={folder}".encode() in environment and command:
            found.append(command.replace(b"\0", b" ").decode()[:80])
    return found


def script(code: str, body: str = "<div id=app></div>") -> str:
    return f"<!doctype html><title>隐私政策</title><body>{body}<script>{code}</script>"


# What a drawn page is.


@pytest.fixture(scope="module")
def page() -> Page:
    """One page with all that can be drawn, for the tests that follow to look at."""
    code = """
    setTimeout(async () => {
      const answer = await fetch('/api');
      document.getElementById('app').innerHTML = await answer.text();
      const host = document.createElement('my-part');
      host.innerHTML = '<b slot=s>插槽内</b><i>插槽外</i>';
      host.attachShadow({mode: 'open'}).innerHTML = '<p>开放影子</p><slot name=s></slot>';
      const closed = document.createElement('my-closed');
      closed.attachShadow({mode: 'closed'}).innerHTML = '<p>封闭影子</p>';
      document.body.append(host, closed, location.hash + '片段');
      document.querySelector('[name=typed]').value = '输入值';
    }, 900);
    new IntersectionObserver((seen, observer) => {
      if (!seen[0].isIntersecting) return;
      observer.disconnect();
      document.getElementById('late').textContent = '滚动后出现';
    }).observe(document.getElementById('late'));"""
    body = """<style>.tab { display: none } .ghost { visibility: hidden }</style>
    <div id=app></div><div class=tab>标签页<b>内容</b></div><p class=ghost>隐形</p>
    <div class=ghost>外<p style="visibility:visible">可见</p></div><p hidden class=shown>不藏</p>
    <style>.shown { display: block !important }</style>
    <p style="display:none;font-weight:bold">内联隐藏</p><a href="/rel?a=1&b=2">链接</a>
    <input name=typed><input type=password value=秘密><textarea>文本框</textarea>
    <p title='"&<>'>&lt;尖括号&gt;</p>
    <iframe src="/frame"></iframe><iframe srcdoc="<p>文档内框架</p>"></iframe>
    <iframe src="http://other.localhost:1/x"></iframe>
    <div style="height:30000px"></div><div id=late></div>"""
    pages: dict[str, Act] = {
        "/": Reply(script(code, body), headers={"X-Kept": "yes"}),
        "/api": Reply(LONG),
        "/frame": Reply(script("document.body.append('框架内')", "<p class=x>同站框架</p>")),
    }
    with site(pages) as outside:
        return render(f"{outside.url}/#/privacy", options(outside))


@pytest.mark.parametrize(
    "text",
    [
        "共享您的设备信息", "<p>开放影子</p>", "插槽内", "<p>封闭影子</p>", "#/privacy片段",
        "同站框架", "框架内", "文档内框架", "滚动后出现", "文本框", 'value="输入值"', "可见",
        "<title>隐私政策</title>", "&#60;尖括号&#62;", 'title="&#34;&#38;&#60;&#62;"',
    ],
)  # fmt: skip
def test_everything_that_shows_is_there(page: Page, text: str) -> None:
    assert text in page.text


@pytest.mark.parametrize(
    "markup",
    [
        r'<div class="tab" hidden>标签页<b>内容</b></div>', r'<p class="ghost" hidden>隐形</p>',
        r'<p style="font-weight:bold" hidden>内联隐藏</p>', r"<i hidden>插槽外</i>",
        r'<p class="shown">不藏</p>', r'<div class="ghost">外<p style="">可见</p></div>',
    ],
)  # fmt: skip
def test_what_no_one_sees_is_marked_and_nothing_else(page: Page, markup: str) -> None:
    assert markup in page.text


def test_scripts_and_passwords_are_not_written(page: Page) -> None:
    assert "秘密" not in page.text
    assert "<script" not in page.text
    assert "IntersectionObserver" not in page.text


def test_a_drawn_page_says_what_it_is(page: Page) -> None:
    assert page.rendered
    assert not page.truncated
    assert page.media_type == "text/html"
    assert page.source == page.url == page.base_url
    assert page.url is not None
    assert page.url.endswith("/#/privacy")
    assert page.headers["x-kept"] == "yes"
    assert page.content.decode() == page.text
    assert page.fetched_at is not None
    assert f'href="{page.url.removesuffix("#/privacy")}rel?a=1&#38;b=2"' in page.text


def test_it_says_who_asks_and_carries_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK", "1")
    with site(LONG) as outside:
        render(f"{outside.url}/", options(outside))
    [(_, _, headers)] = [s for s in outside.seen if s[1] == "/"]
    assert headers["user-agent"].endswith(" disclosure-lint")
    assert headers["accept-language"].startswith("zh-CN")
    assert not {"authorization", "proxy-authorization", "cookie"} & set(headers)


def test_a_longer_page_is_cut_and_says_so() -> None:
    cut = render_of(LONG + "<p>很长的一段</p>" * 4_000, max_bytes=20_000)
    assert cut.truncated
    assert 15_000 < len(cut.content) <= 20_000
    assert "共享您的设备信息" in cut.text


def test_lone_surrogates_and_zeros_are_characters_like_others() -> None:
    odd = render_of(script("document.body.append('前\\ud800中\\0后')", LONG))
    assert "前\ufffd中后" in odd.text


def test_a_page_that_is_never_quite_still_is_read() -> None:
    code = """setInterval(() => document.getElementById('app').textContent = Date.now(), 50);
    (async () => { for (;;) await fetch('/poll').catch(() => 0); })()"""

    def poll(handler: http.server.BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)
        handler.send_response(204)
        handler.end_headers()

    still = render_of({"/": Reply(script(code, f"<div id=app></div>{LONG}")), "/poll": poll})
    assert "共享您的设备信息" in still.text


def test_a_page_that_wants_to_open_an_application_is_read() -> None:
    code = """setTimeout(() => { location.href = 'weixin://dl/business' }, 100);
    setTimeout(() => { location.href = '/app.apk' }, 300);"""
    pages: dict[str, Act] = {
        "/": Reply(script(code, f"<iframe src='intent://x#Intent;end'></iframe>{LONG}")),
        "/app.apk": Reply(b"PK\x03\x04", type="application/vnd.android.package-archive"),
    }
    with site(pages) as outside:
        page = render(f"{outside.url}/", options(outside))
    assert "共享您的设备信息" in page.text
    assert page.url == f"{outside.url}/"
    assert "/app.apk" in [path for _, path, _ in outside.seen]


def test_a_redirect_outside_is_followed_and_the_last_address_kept() -> None:
    pages: dict[str, Act] = {
        "/": Reply(status=302, headers={"Location": "/two"}),
        "/two": Reply("<meta http-equiv=refresh content='0;url=/three'>"),
        "/three": Reply(script("history.pushState(0, '', '/four')", LONG)),
    }
    page = render_of(pages)
    assert page.url is not None
    assert page.url.endswith("/four")


# What a page cannot do. Each channel has a port of its own inside.

PASSIVE = {
    "fetch": "fetch(I)",
    "fetch-opaque": "fetch(I, {mode: 'no-cors'})",
    "fetch-keepalive": "fetch(I, {mode: 'no-cors', keepalive: true, method: 'POST', body: 'x'})",
    "fetch-redirect": "fetch('/to?' + encodeURIComponent(I), {mode: 'no-cors'})",
    "fetch-redirect-307": """fetch('/to307?' + encodeURIComponent(I),
        {mode: 'no-cors', method: 'POST', body: 'x'})""",
    "xhr": "const x = new XMLHttpRequest(); x.open('POST', I); x.send('x')",
    "xhr-sync": "const x = new XMLHttpRequest(); x.open('GET', I, false); x.send()",
    "frame": "add('iframe', {src: I})",
    "frame-redirect": "add('iframe', {src: '/to?' + encodeURIComponent(I)})",
    "frame-refresh": """add('iframe',
        {srcdoc: `<meta http-equiv=refresh content="0;url=${I}">`})""",
    "frame-script": "add('iframe', {srcdoc: `<script>location = '${I}'</scr` + 'ipt>'})",
    "object": "add('object', {data: I, type: 'text/html'})",
    "embed": "add('embed', {src: I, type: 'text/html'})",
    "image": "add('img', {src: I})",
    "image-redirect": "add('img', {src: '/to?' + encodeURIComponent(I)})",
    "video": "add('video', {src: I, preload: 'auto'}).load()",
    "script": "add('script', {src: I})",
    "module": "import(I).catch(() => 0)",
    "stylesheet": "add('link', {rel: 'stylesheet', href: I})",
    "css-import": "add('style', {textContent: `@import url(${I});`})",
    "css-background": "add('p', {textContent: 'x', style: `background: url(${I})`})",
    "font": """add('style', {textContent: `@font-face { font-family: f; src: url(${I}) }`});
        add('p', {textContent: 'x', style: 'font-family: f'})""",
    "favicon": "document.head.append(add('link', {rel: 'icon', href: I}))",
    "form": """const f = add('form', {action: I, method: 'POST', target: 'sink'});
        add('iframe', {name: 'sink'}); f.submit()""",
    "beacon": "navigator.sendBeacon(I, 'x')",
    "ping": "add('a', {href: '#x', textContent: 'x', ping: I}).click()",
    # Late, for a page behind another window fetches nothing in advance.
    "popup": "setTimeout(() => window.open(I), 1500)",
    "popup-redirect": "setTimeout(() => window.open('/to?' + encodeURIComponent(I)), 1500)",
    "websocket": "new WebSocket(I.replace('http', 'ws'))",
    "eventsource": "new EventSource(I)",
    "prefetch": "add('link', {rel: 'prefetch', href: I})",
    "preload": "add('link', {rel: 'preload', as: 'fetch', href: I, crossOrigin: ''})",
    "modulepreload": "add('link', {rel: 'modulepreload', href: I})",
    "preconnect": "add('link', {rel: 'preconnect', href: I})",
    "prerender": """add('script', {type: 'speculationrules', textContent: JSON.stringify(
        {prefetch: [{source: 'list', urls: [I], eagerness: 'immediate'}],
         prerender: [{source: 'list', urls: [I], eagerness: 'immediate'}]})})""",
    "worker": """new Worker(URL.createObjectURL(new Blob([`fetch('${I}', {mode: 'no-cors'})`])))""",
    "shared-worker": """new SharedWorker(URL.createObjectURL(new Blob(
        [`fetch('${I}', {mode: 'no-cors'})`])))""",
    "service-worker": "navigator.serviceWorker.register('/sw.js?' + encodeURIComponent(I))",
    "worker-websocket": """new Worker(URL.createObjectURL(new Blob(
        [`new WebSocket('${I.replace('http', 'ws')}')`])))""",
    "webrtc-stun": """const c = new RTCPeerConnection({iceServers: [{urls: 'stun:' + A}]});
        c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o))""",
    "webrtc-turn": """const c = new RTCPeerConnection({iceServers: [{urls: 'turn:' + A +
        '?transport=tcp', username: 'u', credential: 'p'}], iceTransportPolicy: 'relay'});
        c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o))""",
    "webtransport": "new WebTransport(I.replace('http:', 'https:')).ready.catch(() => 0)",
    "link-header": "add('iframe', {src: '/linked?' + encodeURIComponent(I)})",
    "manifest": "document.head.append(add('link', {rel: 'manifest', href: I}))",
    "reporting": "add('iframe', {src: '/reporting?' + encodeURIComponent(I)})",
}


def attack(inside: Inside) -> dict[str, Act]:
    """A site whose page tries every channel, and shows a policy once all have been tried."""
    tries = [
        f"(() => {{ const A = '127.0.0.1:{inside.ports[name]}', I = `http://${{A}}/x`;"
        f"try {{ {code} }} catch {{}} }})();"
        for name, code in PASSIVE.items()
    ]
    code = """function add(tag, attributes) {
      const made = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes))
        if (name === 'textContent') made.textContent = value; else made.setAttribute(name, value);
      document.body.append(made);
      return made;
    }"""
    late = f"setTimeout(() => {{ add('p', {{textContent: '全部试过{LONG}'}}) }}, 2500);"
    return {
        "/": Reply(script("\n".join([code, *tries, late]))),
        "/to": redirect(302),
        "/to307": redirect(307),
        "/sw.js": service_worker,
        "/linked": with_header("Link", "<{0}>; rel=preload; as=script"),
        "/reporting": with_header("Content-Security-Policy", "img-src 'none'; report-uri {0}"),
    }


def asked(handler: http.server.BaseHTTPRequestHandler) -> str:
    return unquote(handler.path.partition("?")[2])


def redirect(status: int) -> Act:
    def act(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", asked(handler))
        handler.end_headers()

    return act


def with_header(name: str, value: str) -> Act:
    def act(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header(name, value.format(asked(handler)))
        handler.end_headers()
        handler.wfile.write(b"<img src=/no.png><p>x</p>")

    return act


def service_worker(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/javascript")
    handler.end_headers()
    code = f"fetch('{asked(handler)}', {{mode: 'no-cors'}})"
    handler.wfile.write(f"self.addEventListener('install', (e) => e.waitUntil({code}))".encode())


ALL_PORTS = frozenset(range(1, 65536))


class Kept(GuardingProxy):
    """The proxy, kept to be asked what it refused."""

    made: ClassVar[list[GuardingProxy]] = []

    def __enter__(self) -> GuardingProxy:
        self.made.append(self)
        return super().__enter__()


@contextmanager
def any_port() -> Iterator[None]:
    """Ports are no obstacle, so that what keeps a page outside is the check of addresses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("linter.fetch.guard.PORTS", ALL_PORTS)
        patch.setattr("linter.fetch.render.GuardingProxy", Kept)
        yield


def refused(inside: Inside) -> set[str]:
    """The channels that the proxy made last has met, all of them for the address."""
    refusals = Kept.made[-1].refusals
    assert {e.code for e in refusals.values()} <= {"fetch-blocked", "fetch-resolve"}
    names = {f"127.0.0.1:{port}": name for name, port in inside.ports.items()}
    return {names[a] for a in refusals if a in names}


def visit(outside: Site, inside: Inside, wanted: set[str], **launch: Any) -> dict[str, int]:
    """Shows the page to a Chromium without routes or bans; waits for hits on the channels.

    With a profile on disk, for one in memory connects nowhere in advance.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=shutil.which("chromium"), chromium_sandbox=False, **launch
        )
        page = browser.new_page()
        page.goto(f"{outside.url}/")
        page.get_by_text("全部试过").wait_for()
        # Chromium asks for the manifest when it offers to install the page, which is done here.
        browser.new_cdp_session(page).send("Page.getAppManifest")
        end = time.monotonic() + 8
        while time.monotonic() < end and not all(inside.hits[n] for n in wanted):
            page.wait_for_timeout(100)
        browser.close()
    return dict(inside.hits)


@pytest.fixture(scope="module")
def unguarded() -> dict[str, int]:
    """What the page reaches inside in a Chromium that nothing guards."""
    with Inside(list(PASSIVE)) as inside, site(attack(inside)) as outside:
        return visit(outside, inside, set(PASSIVE))


@pytest.fixture(scope="module")
def proxied() -> tuple[dict[str, int], set[str]]:
    """The same with our proxy and switches alone: nothing routed, popups and workers allowed."""
    from linter.fetch.browser import ARGUMENTS

    with (
        any_port(),
        Inside(list(PASSIVE)) as inside,
        site(attack(inside)) as outside,
        Kept(options(outside), seconds=40, max_bytes=10_000_000) as proxy,
    ):
        credentials = {"username": proxy.username, "password": proxy.password}
        through = {"server": f"http://{proxy.address}", "bypass": "<-loopback>", **credentials}
        hits = visit(outside, inside, set(), proxy=through, args=list(ARGUMENTS))
        return hits, refused(inside)


@pytest.fixture(scope="module")
def guarded() -> tuple[dict[str, int], set[str]]:
    """What the page reaches inside when it is rendered, and what the proxy refused it."""
    with any_port(), Inside(list(PASSIVE)) as inside, site(attack(inside)) as outside:
        page = render(f"{outside.url}/", options(outside))
        assert "全部试过" in page.text
        assert "INSIDE-OK" not in page.text
        return dict(inside.hits), refused(inside)


# Taken away by switches: nothing is sent to be refused. Behind a proxy Chromium fetches nothing of
# other sites in advance, and to preconnect is to connect to the proxy.
SWITCHED_OFF = {"font", "ping", "webrtc-stun", "webtransport", "preconnect", "prerender"}
# Stopped in the browser before the proxy is asked.
STOPPED_BEFORE = SWITCHED_OFF | {
    "image", "image-redirect", "css-background", "video", "beacon", "popup", "popup-redirect",
    "service-worker", "webrtc-turn", "manifest",
}  # fmt: skip


@pytest.mark.parametrize("channel", PASSIVE)
def test_without_guards_the_page_reaches_inside(unguarded: dict[str, int], channel: str) -> None:
    assert unguarded[channel] > 0


@pytest.mark.parametrize("channel", PASSIVE)
def test_a_rendered_page_reaches_nothing_inside(
    guarded: tuple[dict[str, int], set[str]], channel: str
) -> None:
    hits, met = guarded
    assert hits[channel] == 0
    # What stops it is known: with one guard less it would be another.
    assert (channel in met) is (channel not in STOPPED_BEFORE)


@pytest.mark.parametrize("channel", PASSIVE)
def test_the_proxy_alone_would_hold_it(
    proxied: tuple[dict[str, int], set[str]], channel: str
) -> None:
    hits, met = proxied
    assert hits[channel] == 0
    assert (channel in met) is (channel not in SWITCHED_OFF)


def test_every_socket_of_the_browser_leads_to_the_proxy(no_remains: Path, tmp_path: Path) -> None:
    """By Chromium's own log of its network: name look-ups, prefetches and UDP included."""
    log = tmp_path / "net.json"
    logging = tmp_path / "chromium"
    switches = f"--log-net-log={log} --net-log-capture-mode=Everything"
    logging.write_text(f'#!/bin/sh\nexec {shutil.which("chromium")} {switches} "$@"\n')
    logging.chmod(0o700)
    hints = "".join(
        f"<link rel={rel} href=http://{rel}.test:8080/x>"
        for rel in ("dns-prefetch", "preconnect", "prefetch", "stylesheet", "icon")
    )
    with any_port(), Inside(list(PASSIVE)) as inside, site(attack(inside)) as outside:
        first = outside.pages["/"]
        assert isinstance(first, Reply)
        outside.pages["/"] = Reply(f"{first.body}{hints}<form action=http://f.test></form>")
        render(f"{outside.url}/", options(outside, chromium=str(logging)))
        proxy = Kept.made[-1].address
    events = net_events(log)
    connected = {p["address"] for kind, p in events if kind == "TCP_CONNECT_ATTEMPT" and p}
    assert connected == {proxy}
    # A datagram socket is opened towards a public address to see whether there is IPv6; to open
    # one sends nothing.
    assert [p for kind, p in events if kind == "UDP_BYTES_SENT"] == []
    looked_up = {
        p["host"] for kind, p in events if kind.startswith("HOST_RESOLVER") and "host" in p
    }
    # Every name became this one, which there is not; an address is no name.
    assert {h for h in looked_up if "~notfound" in h}
    assert all("~notfound" in h or "//127.0.0.1" in h for h in looked_up)
    assert not [kind for kind, _ in events if kind.startswith("DNS_TRANSACTION")]


def net_events(log: Path) -> list[tuple[str, dict[str, Any]]]:
    text = log.read_text()
    try:
        known = json.loads(text)
    except ValueError:
        # Chromium was ended before it closed the list.
        known = json.loads(text.rstrip().rstrip(",") + "]}")
    names = {number: name for name, number in known["constants"]["logEventTypes"].items()}
    return [(names[e["type"]], e.get("params", {})) for e in known["events"]]


SPELLINGS = ["127.0.0.1", "localhost", "inner.localhost", "0.0.0.0", "[::1]", "[::]", "2130706433",
             "0x7f.1", "017700000001", "127.1", "0", "[::ffff:127.0.0.1]", "[::127.0.0.1]",
             "127.0.0.1.", "１２７.0.0.1", "%31%32%37.0.0.1", "policy.localhost"]  # fmt: skip


def test_no_spelling_of_an_inner_address_is_reached() -> None:
    with any_port(), Inside(SPELLINGS) as inside:
        parts = []
        for host, port in inside.ports.items():
            parts += [f"<iframe src='http://{host}:{port}/'></iframe>",
                      f"<iframe src='https://{host}:{port}/'></iframe>",
                      f"<script>fetch('http://{host}:{port}/', {{mode: 'no-cors'}})"
                      ".catch(() => 0);"
                      f"try {{ new WebSocket('ws://{host}:{port}/') }} catch {{}}"
                      "</script>"]  # fmt: skip
        with site(LONG + "".join(parts)) as outside:
            page = render(f"{outside.url}/", options(outside))
        met = {int(a.rpartition(":")[2]) for a in Kept.made[-1].refusals}
    assert "共享您的设备信息" in page.text
    assert inside.hits == dict.fromkeys(SPELLINGS, 0)
    assert {name for name, port in inside.ports.items() if port in met} == set(SPELLINGS)


def test_other_schemes_show_nothing() -> None:
    urls = ["file:///etc/passwd", "view-source:file:///etc/passwd", "chrome://version",
            "filesystem:file:///etc/passwd", "ftp://127.0.0.1/", "about:version"]  # fmt: skip
    frames = "".join(f"<iframe src='{u}'></iframe><object data='{u}'></object>" for u in urls)
    code = f"for (const u of {urls}) {{ try {{ open(u) }} catch {{}}; fetch(u).catch(() => 0) }}"
    page = render_of(script(code, LONG + frames))
    assert "共享您的设备信息" in page.text
    assert "root:" not in page.text
    assert "Chromium" not in page.text


INWARD = {
    "redirect": Reply(status=301, headers={"Location": "{0}"}),
    "redirect twice": Reply(status=307, headers={"Location": "/to?{0}"}),
    "refresh header": Reply(LONG, headers={"Refresh": "0;url={0}"}),
    "meta refresh": Reply(f"<meta http-equiv=refresh content='0;url={{0}}'>{LONG}"),
    "location": Reply(script("location.href = '{0}'", LONG)),
    "late location": Reply(script("setTimeout(() => location.replace('{0}'), 300)", LONG)),
    "form": Reply(script("document.forms[0].submit()", "<form action='{0}' method=post></form>")),
    "link": Reply(script("document.links[0].click()", "<a href='{0}'>x</a>")),
}  # fmt: skip


@pytest.fixture(scope="module")
def moved() -> dict[str, tuple[FetchError, int]]:
    """What each way of moving inside ends in, and how many came there; three at a time."""

    def move(way: str) -> tuple[FetchError, int]:
        reply = INWARD[way]
        assert isinstance(reply.body, str)
        with Inside(["it"]) as inside:
            inner = f"http://127.0.0.1:{inside.ports['it']}/"
            headers = {k: v.format(inner) for k, v in reply.headers.items()}
            filled = Reply(reply.body.replace("{0}", inner), reply.status, headers)
            return failure_of({"/": filled, "/to": redirect(302)}), inside.hits["it"]

    with any_port(), ThreadPoolExecutor(3) as pool:
        return dict(zip(INWARD, pool.map(move, INWARD), strict=True))


@pytest.mark.parametrize("way", INWARD)
def test_a_page_that_moves_inside_is_refused(
    moved: dict[str, tuple[FetchError, int]], way: str
) -> None:
    error, hits = moved[way]
    assert error.code == "fetch-blocked"
    assert "127.0.0.1" in str(error)
    assert hits == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "fetch-blocked"),
        ("http://inner.localhost/", "fetch-resolve"),
        ("http://policy.localhost:22/", "fetch-port"),
        ("file:///etc/passwd", "fetch-scheme"),
        ("http://me:pass@policy.localhost/", "fetch-userinfo"),
    ],
)
def test_an_inner_address_is_not_drawn(url: str, code: str) -> None:
    with pytest.raises(FetchError) as caught:
        render(url, options())
    assert caught.value.code == code


@pytest.mark.parametrize("rechecked", [True, False])
def test_a_name_that_changes_its_address_is_refused(
    rechecked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's own name leads outside until the page is there, then inside."""
    answers: list[list[str]] = [["93.184.216.34"], ["93.184.216.34"]]

    def turning(host: str, port: int) -> list[str]:
        return answers.pop() if answers else ["127.0.0.1"]

    code = """setTimeout(() => fetch('/secret').then((r) => r.text()).then(
        (t) => document.body.append('GOT ' + t), () => document.body.append('REFUSED')), 200)"""
    with site({"/": Reply(script(code, LONG)), "/secret": Reply("INSIDE-OK")}) as outside:
        reach = to_public(outside.port)
        monkeypatch.setattr("linter.fetch.connect.socket.create_connection", reach)
        if rechecked:
            with pytest.raises(FetchError) as caught:
                render("http://turning.localhost/", options(resolver=turning))
            assert caught.value.code == "fetch-blocked"
        else:
            # Without the recheck of the page's own address, what its script asks is refused.
            monkeypatch.setattr("linter.fetch.render.check_behind_proxy", lambda *_, **__: None)
            page = render("http://turning.localhost/", options(resolver=turning))
            assert "INSIDE-OK" not in page.text
    assert [path for _, path, _ in outside.seen] == ["/"]


# What goes wrong ends in time, and says what it was.


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "fetch-not-found"),
        (403, "fetch-forbidden"),
        (429, "fetch-busy"),
        (407, "fetch-status"),
    ],
)
def test_statuses_are_those_of_a_plain_fetch(status: int, code: str) -> None:
    error = failure_of({"/": Reply(LONG, status, {"Retry-After": "17"})})
    assert error.code == code
    assert "17" in str(error) or status != 429


SLOW = 8.0  # seconds of deadline, and what ending may take beyond it
BEYOND = 6.0
WRONG = {
    "endless loop": (script("for (;;) {}", LONG), "fetch-render-deadline"),
    "endless loop later": (
        script("setTimeout(() => { for (;;) {} }, 300)", LONG),
        "fetch-render-deadline",
    ),
    "dialogs": (script("for (;;) confirm('x')", LONG), "fetch-render"),
    "leaving dialog": (
        script("onbeforeunload = () => 'x'; setInterval(() => prompt('x'), 1)", LONG),
        "fetch-render",
    ),
    "endless navigation": (
        script("setTimeout(() => location.replace('/?' + Math.random()), 20)"),
        "fetch-render",
    ),
    "growing text": (
        script("setInterval(() => document.body.append('更多文字'.repeat(200)), 20)", LONG),
        "fetch-render-deadline",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_page_does_wrong_ends_in_time(name: str) -> None:
    body, code = WRONG[name]
    begun = time.monotonic()
    error = failure_of(body, deadline=SLOW)
    assert error.code == code
    assert time.monotonic() - begun < SLOW + BEYOND


def test_a_heap_without_end_crashes_the_page_and_no_more() -> None:
    error = failure_of(script("const all = []; for (;;) all.push(Array(1e5).fill(1.5))", LONG))
    assert error.code == "fetch-render"
    assert "crashed" in str(error)


def test_memory_has_a_bound_outside_the_heap_too() -> None:
    code = """const all = [];
    try { for (;;) all.push(new Uint8Array(2e8).fill(1)) } catch {}
    const count = all.length; all.length = 0; document.body.append(`COUNT ${count}.`);"""
    page = render_of(script(code, LONG))
    found = re.search(r"COUNT (\d+)\.", page.text)
    assert found
    assert int(found.group(1)) * 2e8 < 3.3e9


def test_an_endless_chain_of_redirects() -> None:
    error = failure_of({"/": Reply(status=302, headers={"Location": "/"})})
    assert error.code == "fetch-redirects"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(LONG, headers={"Content-Disposition": "attachment; filename=policy.html"}),
        Reply(b"PK\x03\x04" + b"\0" * 500, type="application/zip"),
    ],
)
def test_a_download_is_no_page(reply: Reply, no_remains: Path) -> None:
    error = failure_of({"/": reply})
    assert error.code == "fetch-render"
    assert "download" in str(error)


def test_a_document_that_is_no_text_is_said() -> None:
    error = failure_of({"/": Reply('{"a": 1}', type="application/json")})
    assert error.code == "fetch-media-type"


MANY = """const all = document.createDocumentFragment();
    for (let n = 0; n < {0}; n++) all.append(document.createElement('b'));
    document.body.append(all);"""


def test_a_hundred_thousand_elements_are_read() -> None:
    page = render_of(script(MANY.replace("{0}", "1e5"), LONG))
    assert "共享您的设备信息" in page.text
    assert not page.truncated
    assert page.text.count("<b>") == 100_000


def test_ten_million_elements_end_in_time() -> None:
    begun = time.monotonic()
    error = failure_of(script(MANY.replace("{0}", "1e7"), LONG), deadline=SLOW)
    assert error.code in ("fetch-render-deadline", "fetch-render")
    assert time.monotonic() - begun < SLOW + BEYOND


def test_deep_nesting_is_written_whole() -> None:
    code = """let at = document.body;
    for (let n = 0; n < 3000; n++) { const d = document.createElement('i'); at.append(d); at = d }
    at.textContent = '最深处';"""
    assert "最深处" in render_of(script(code, LONG)).text


def test_a_server_that_says_nothing() -> None:
    with raw_server(lambda connection: time.sleep(4)) as port, Site(NAME, {}) as other:
        asked = FetchOptions(
            allow_hosts=frozenset({f"{NAME}:{port}"}), resolver=resolver, deadline=3.0
        )
        with pytest.raises(FetchError) as caught:
            render(f"http://{NAME}:{port}/", asked)
        assert other.seen == []
    assert caught.value.code == "fetch-render-deadline"


def test_a_server_that_drips_without_end() -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write("<p>滴</p>".encode())
            time.sleep(0.1)

    begun = time.monotonic()
    assert failure_of({"/": drip}, deadline=6.0).code == "fetch-render-deadline"
    assert time.monotonic() - begun < 6.0 + BEYOND


def test_more_than_a_page_may_load_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.fetch.render._PAGE_BYTES", 200_000)
    pages: dict[str, Act] = {
        "/": Reply(script("fetch('/big')", LONG)),
        "/big": Reply("x" * 600_000),
    }
    error = failure_of(pages, max_bytes=50_000)
    assert error.code == "fetch-render"
    assert "too much" in str(error)


def test_what_cannot_be_reached_says_why() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    allowed = frozenset({f"{NAME}:{port}"})
    for scheme in ("http", "https"):
        with pytest.raises(FetchError) as caught:
            render(
                f"{scheme}://{NAME}:{port}/", FetchOptions(allow_hosts=allowed, resolver=resolver)
            )
        assert caught.value.code == "fetch-connect"
    with pytest.raises(FetchError) as caught:
        render("https://gone.localhost/", options())
    assert caught.value.code == "fetch-resolve"


def test_certificates_are_checked(tls: tuple[str, str]) -> None:
    certificate, key = tls
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    seen: list[bytes] = []

    def handle(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as wrapped:
                seen.append(wrapped.recv(4096))
        except ssl.SSLError:
            return

    with raw_server(handle) as port:
        allowed = frozenset({f"{NAME}:{port}"})
        for bundle, code in ((None, "fetch-tls"), (certificate, "fetch-render-ca")):
            asked = FetchOptions(allow_hosts=allowed, resolver=resolver, ca_bundle=bundle)
            with pytest.raises(FetchError) as caught:
                render(f"https://{NAME}:{port}/", asked)
            assert caught.value.code == code
            assert "ERR_CERT" in str(caught.value)
    assert b"".join(seen) == b""


def test_without_playwright_or_chromium_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(FetchError) as caught:
        render("http://policy.localhost/", options(chromium="/nowhere/chromium"))
    assert caught.value.code == "fetch-render-missing"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(FetchError, match="Playwright") as caught:
        render("http://policy.localhost/", options())
    assert caught.value.code == "fetch-render-missing"
    for word in ("pip install 'disclosure-lint[render]'", "apt install chromium"):
        assert word in str(caught.value)


@pytest.mark.parametrize("program", ["exit 1", "kill -9 $$", "exec sleep 60"])
def test_a_browser_that_does_not_start(program: str, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text(f"#!/bin/sh\n{program}\n")
    broken.chmod(0o700)
    begun = time.monotonic()
    error = failure_of(LONG, chromium=str(broken), deadline=4.0)
    assert error.code in ("fetch-render", "fetch-render-deadline")
    assert time.monotonic() - begun < 4.0 + BEYOND


def test_a_folder_for_temporary_files_may_have_a_long_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("long" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert "共享您的设备信息" in render_of(LONG).text


def test_no_browser_outlives_a_killed_program(no_remains: Path) -> None:
    """``kill -9`` of the program itself: nobody is left who could tidy up, yet no process stays."""
    code = """import sys, tempfile
from linter.fetch import FetchOptions
from linter.fetch.render import render
tempfile.tempdir, url, host = sys.argv[1:]
render(url, FetchOptions(allow_hosts=frozenset({host}), resolver=lambda h, p: ["127.0.0.1"]))
"""
    loaded = threading.Event()

    def noticed(handler: http.server.BaseHTTPRequestHandler) -> None:
        loaded.set()
        time.sleep(5)

    with site({"/": noticed}) as outside:
        given = [str(no_remains), f"{outside.url}/", outside.host]
        running = subprocess.Popen([sys.executable, "-c", code, *given])
        assert loaded.wait(30)
        assert living(str(no_remains))
        running.send_signal(signal.SIGKILL)
        running.wait()
        end = time.monotonic() + 10
        while living(str(no_remains)) and time.monotonic() < end:
            time.sleep(0.1)
        assert living(str(no_remains)) == []
    for left in no_remains.iterdir():
        shutil.rmtree(left)


# Through the user's own proxy, and from the sources that ``check`` is given.


def test_the_users_own_proxy_is_gone_through() -> None:
    heads: list[str] = []

    def handle(connection: socket.socket) -> None:
        heads.append(connection.recv(65536).decode())
        body = LONG.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    def outer(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "127.0.0.1" else ["93.184.216.34"]

    with raw_server(handle) as port:
        asked = FetchOptions(proxy=f"http://127.0.0.1:{port}", resolver=outer)
        page = render("http://policy.test/", asked)
    assert "共享您的设备信息" in page.text
    assert heads[0].startswith("GET http://policy.test/ HTTP/1.1\r\n")
    assert "proxy-authorization" not in heads[0].lower()


REALSEE = """<h1>隐私政策</h1>
<p>我们收集您的手机号，用于注册账号；我们与合作方共享您的设备信息。</p>
<h2>第三方SDK目录</h2><table><tr><th>SDK名称</th><th>公司名称</th><th>使用目的</th>
<th>收集的个人信息</th></tr><tr><td>如视VR SDK</td><td>如你之视（北京）科技有限公司</td>
<td>三维看房展示</td><td>设备型号、操作系统版本</td></tr>
<tr><td>云帆推送 SDK</td><td>云帆科技有限公司</td><td>消息推送</td><td>设备标识</td></tr></table>"""
SHELL = {
    "/": Reply(
        "<!doctype html><title>隐私政策</title><header>云杉看房 首页 下载 关于我们</header>"
        "<div id=app></div><noscript>请启用 JavaScript</noscript><script src=/app.js></script>"
    ),
    "/app.js": Reply(
        "fetch('/policy' + location.hash.slice(1)).then((r) => r.text())"
        ".then((t) => { document.getElementById('app').innerHTML = t })",
        type="text/javascript",
    ),
    "/policy/privacy": Reply(REALSEE),
}


@pytest.mark.parametrize("mode", ["auto", "always"])
def test_a_policy_that_a_script_draws_is_judged(mode: str) -> None:
    with site(SHELL) as outside:
        report = check(
            f"{outside.url}/#/privacy",
            include_text=True,
            fetch_options=options(outside, render=mode),
        )
    verdicts = {f.requirement.id: f.verdict.value for f in report.findings}
    assert report.errors == ()
    for requirement in ("entity-name", "processing-purpose", "information-scope"):
        assert verdicts[requirement] == "present"
    [name] = [f for f in report.findings if f.requirement.id == "entity-name"]
    assert name.evidence[0].quote == "如你之视（北京）科技有限公司"
    [record] = report.documents
    assert record.read == "whole"
    assert record.url == f"{outside.url}/#/privacy"
    # A plain request first, unless the browser is asked for at once.
    agents = ["Chrome" in h["user-agent"] for _, path, h in outside.seen if path == "/"]
    assert agents == ([False, True] if mode == "auto" else [True])


@pytest.mark.parametrize("why", ["never", "no chromium"])
def test_a_shell_that_is_not_drawn_is_unreadable_and_says_how(why: str) -> None:
    settings = {"render": "never"} if why == "never" else {"chromium": "/nowhere/chromium"}
    with site(SHELL) as outside:
        report = check(f"{outside.url}/", fetch_options=options(outside, **settings))
    assert report.status is Status.UNREADABLE
    [error] = report.errors
    assert error.code == "segment-script-drawn"
    what, hint = describe(error.code, dict(error.params))
    assert "JavaScript" in what
    assert "pip install 'disclosure-lint[render]'" in hint
    assert [path for _, path, _ in outside.seen] == ["/"]


def test_a_shell_that_stays_one_is_unreadable() -> None:
    pages: dict[str, Act] = {**SHELL, "/policy/privacy": Reply("网络错误", 500)}
    with site(pages) as outside:
        report = check(f"{outside.url}/#/privacy", fetch_options=options(outside))
    assert [e.code for e in report.errors] == ["segment-drawn-empty"]
    assert {f.verdict.value for f in report.findings} <= {"unverifiable", "not-applicable"}


def test_a_pdf_is_read_where_pages_are_always_drawn(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    pdf = Reply(b"%PDF-1.7 ...", type="application/pdf")
    with site({"/privacy.pdf": pdf}) as outside:
        settings = options(outside, render="always", snapshots=store)
        first = fetch(f"{outside.url}/privacy.pdf", options=settings)
    again = fetch(f"{outside.url}/privacy.pdf", options=replace(settings, offline=True))
    for page in (first, again):
        assert (page.media_type, page.rendered) == ("application/pdf", False)


def test_a_page_with_its_text_is_not_drawn() -> None:
    with site(REALSEE + "<script src=/app.js></script>") as outside:
        report = check(f"{outside.url}/", fetch_options=options(outside))
    assert report.errors == ()
    assert [path for _, path, _ in outside.seen] == ["/"]


def test_files_are_never_drawn(tmp_path: Path) -> None:
    shell = SHELL["/"]
    assert isinstance(shell, Reply)
    file = tmp_path / "policy.html"
    file.write_text(str(shell.body), "utf-8")
    for mode in ("auto", "always"):
        page = fetch(str(file), options=options(render=mode))
        assert not page.rendered
        assert drawn(page, options=options(render=mode)) is None
