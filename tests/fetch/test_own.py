"""What the user says of their own network: checked first, and of use to nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from linter import check
from linter.errors import FetchError, UsageError
from linter.fetch import FetchOptions, asked_by, checked, fetch, guard
from linter.fetch.guard import Guard
from linter.settings import Following
from linter.verdict import Report

INSIDE, OUTSIDE = "127.0.0.1", "127.0.0.2"


@pytest.mark.parametrize(
    ("given", "known", "url"),
    [
        ("localhost", "localhost", "http://localhost:8765/a"),
        (" LocalHost. ", "localhost", "http://localhost/"),
        ("localhost:8765", "localhost:8765", "http://localhost:8765/"),
        ("http://localhost:8765", "localhost:8765", "http://localhost:8765/"),
        ("https://preview.example/", "preview.example", "https://preview.example/x"),
        ("[::1]", "::1", "http://[::1]:9000/"),
        ("::1", "::1", "http://[::1]/"),
        ("[::1]:8080", "[::1]:8080", "http://[::1]:8080/"),
        ("10.0.0.7", "10.0.0.7", "http://10.0.0.7:81/"),
    ],
)
def test_a_host_is_known_however_it_is_written(given: str, known: str, url: str) -> None:
    options = checked(FetchOptions(allow_hosts=frozenset({given})))
    assert options.allow_hosts == {known}
    allowing = Guard(allow_hosts=options.allow_hosts)
    target = allowing.target(url)
    assert allowing.allows(target.host, target.port)
    assert not allowing.allows("other.example", target.port)


def test_a_host_with_a_port_allows_no_other_port() -> None:
    options = checked(FetchOptions(allow_hosts=frozenset({"http://[::1]:8080"})))
    assert not Guard(allow_hosts=options.allow_hosts).allows("::1", 8081)


@pytest.mark.parametrize(
    "given",
    ["", " ", "*", "*.corp", "local host", "http://", "http://a/path", "ftp://a", "a:b", "a:99999",
     "user@a", "[::1", "10.0.0.0/8"],
)  # fmt: skip
def test_what_is_no_host_is_said(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(FetchOptions(allow_hosts=frozenset({"localhost", given})))
    assert caught.value.code == "usage-allow-host"
    assert repr(given)[1:-1] in str(caught.value)


@pytest.mark.parametrize(
    "proxy", ["foo bar", "http://foo bar", "proxy", "socks5://p:1", "http://", "http://[::1", "p:1"]
)
def test_what_is_no_proxy_is_said(proxy: str) -> None:
    with pytest.raises(UsageError) as caught:
        check("x.html", content=b"x", fetch_options=FetchOptions(proxy=proxy))
    assert caught.value.code == "usage-address"
    assert "--proxy" in str(caught.value)


def test_a_proxys_password_is_not_shown() -> None:
    with pytest.raises(UsageError) as caught:
        checked(FetchOptions(proxy="http://me:s3cret@p x:1"))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["not a url", "/privacy", "file:///a", "https://", "example.com"])
def test_what_is_no_base_is_said(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check("x.html", content=b"x", base_url=url)
    assert caught.value.code == "usage-address"
    assert "--base-url" in str(caught.value)


def test_certificates_are_looked_at_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    (tmp_path / "begun.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    for path in (tmp_path / "gone.pem", tmp_path, tmp_path / "empty.pem", tmp_path / "begun.pem"):
        with pytest.raises(UsageError) as caught:
            checked(FetchOptions(ca_bundle=str(path)))
        assert caught.value.code == "usage-certificates", path
    import certifi

    assert checked(FetchOptions(ca_bundle=certifi.where())).ca_bundle == certifi.where()


# -- who may lead to an allowed host


class _Pages(ThreadingHTTPServer):
    """Pages by path, on one address of this machine; a page that is a URL is a redirect to it."""

    def __init__(self, address: str) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        super().__init__((address, 0), _Handler)
        self.url = f"http://{address}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: _Pages

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path, "")
        moved = page.startswith("http://")
        self.send_response(302 if moved else 200 if page else 404)
        if moved:
            self.send_header("Location", page)
        body = b"" if moved else page.encode()
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said of a request."""


@pytest.fixture
def networks(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[_Pages, _Pages]]:
    """A server that is allowed, and one that stands for the public internet."""
    try:
        servers = _Pages(INSIDE), _Pages(OUTSIDE)
    except OSError:
        pytest.skip("this system has one loopback address only")
    ports = {urlsplit(s.url).port for s in servers}
    monkeypatch.setattr(guard, "PORTS", guard.PORTS | ports)
    monkeypatch.setattr(guard, "is_public", lambda address: address == OUTSIDE)
    threads = [threading.Thread(target=s.serve_forever, daemon=True) for s in servers]
    for thread in threads:
        thread.start()
    yield servers
    for one, thread in zip(servers, threads, strict=True):
        one.shutdown()
        one.server_close()
        thread.join(5)


OPTIONS = FetchOptions(allow_hosts=frozenset({INSIDE}), deadline=10.0, render="never")


def test_a_public_page_redirects_to_no_allowed_host(networks: tuple[_Pages, _Pages]) -> None:
    inside, outside = networks
    inside.pages = {
        "/secret": "<p>inside</p>",
        "/out": f"{outside.url}/in",
        "/step": f"{inside.url}/secret",
    }
    outside.pages = {"/in": f"{inside.url}/secret"}
    for url in (f"{outside.url}/in", f"{inside.url}/out"):
        with pytest.raises(FetchError) as caught:
            fetch(url, options=OPTIONS)
        assert caught.value.code == "fetch-blocked"
    assert "/secret" not in inside.asked
    assert "inside" in fetch(f"{inside.url}/step", options=OPTIONS).text


POLICY = """<title>隐私政策</title><h1>隐私政策</h1><p>我们收集您的手机号码，用于注册账号和登录。
我们会与合作方共享您的设备信息，共享前会征得您的同意。</p>
<p>第三方见<a href="{href}">《第三方SDK目录》</a>。</p>"""
LIST = """<h1>第三方SDK目录</h1><table><tr><th>SDK名称</th><th>公司名称</th></tr>
<tr><td>小鹿 SDK</td><td>小鹿通信（杭州）有限公司</td></tr>
<tr><td>如视 SDK</td><td>如你之视（北京）科技有限公司</td></tr></table>"""


def _name_verdict(source: str, **settings: object) -> tuple[Report, str]:
    report = check(source, fetch_options=OPTIONS, **settings)  # type: ignore[arg-type]
    return report, next(f.verdict for f in report.findings if f.requirement.code == "RS101")


def test_a_public_page_links_to_no_allowed_host(networks: tuple[_Pages, _Pages]) -> None:
    inside, outside = networks
    inside.pages = {"/list": LIST, "/privacy": POLICY.format(href="/list")}
    outside.pages = {
        "/privacy": POLICY.format(href=f"{inside.url}/list"),
        "/framed": f'<title>隐私政策</title><iframe src="{inside.url}/privacy">x</iframe>',
        "/home": f'<p>欢迎</p><a href="{inside.url}/privacy">隐私政策</a>',
    }
    report, verdict = _name_verdict(f"{outside.url}/privacy")
    assert verdict == "unverifiable"
    assert [e.code for e in report.errors] == ["fetch-blocked"]
    for path in ("/framed", "/home"):
        report, _ = _name_verdict(f"{outside.url}{path}")
        assert report.status == "unreadable"
    assert inside.asked == []
    assert _name_verdict(f"{inside.url}/privacy")[1] == "present"


def test_a_file_of_the_user_leads_where_they_follow(
    networks: tuple[_Pages, _Pages], tmp_path: Path
) -> None:
    inside, _ = networks
    inside.pages = {"/list": LIST}
    path = tmp_path / "policy.html"
    path.write_text(POLICY.format(href=f"{inside.url}/list"), "utf-8")
    assert _name_verdict(str(path))[1] == "unverifiable"
    assert inside.asked == []
    assert _name_verdict(str(path), following=Following(depth=1))[1] == "present"


def test_what_asks_decides() -> None:
    options = FetchOptions(allow_hosts=frozenset({"localhost:8000"}))
    assert asked_by("http://localhost:8000/a", options) is options
    assert asked_by(None, options) is options
    for url in ("http://localhost:8001/a", "https://example.com/", "http://localhost.example/"):
        assert asked_by(url, options).allow_hosts == frozenset()
