"""Files, folders, standard input."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from linter.errors import FetchError, describe
from linter.fetch import FetchOptions, expand, fetch

POLICY = "<h1>隐私政策</h1><p>我们收集您的手机号。</p>"


def code_of(source: str, content: bytes | None = None, **settings: int) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(source, options=FetchOptions(**settings), content=content)  # type: ignore[arg-type]
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "text", "media"),
    [
        ("a.html", POLICY, "text/html"),
        ("a.HTM", POLICY, "text/html"),
        ("a.md", "# 隐私政策\n", "text/markdown"),
        ("a.txt", "隐私政策", "text/plain"),
        ("a.txt", "<p>not markup in a text file</p>", "text/plain"),
        ("policy", POLICY, "text/html"),
        ("policy", "隐私政策", "text/plain"),
        ("BM.txt", "BM is how this text begins", "text/plain"),
    ],
)
def test_a_file_is_read_by_its_name(tmp_path: Path, name: str, text: str, media: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    page = fetch(str(path), options=FetchOptions(base_url="https://site.example/"))
    assert (page.text, page.media_type, page.encoding) == (text, media, "utf-8")
    assert (page.url, page.fetched_at) == (None, None)
    assert page.base_url == "https://site.example/"


def test_standard_input_is_decoded_like_a_file() -> None:
    page = fetch("-", options=FetchOptions(), content=POLICY.encode("gb18030"))
    assert page.text == POLICY
    assert page.media_type == "text/html"


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ("<section><a href='/x'>隐私</a></section>", "text/html"),
        ("<h1>隐私政策", "text/html"),
        ("<tr><td>如视", "text/html"),
        ("我们的<b>隐私政策</b>", "text/html"),
        ("<li>甲<li>乙", "text/html"),
        ("if a <b and c> d", "text/plain"),
        ("<如视> <a@b.example> <3", "text/plain"),
    ],
)
def test_markup_on_standard_input_is_known(content: str, media: str) -> None:
    assert fetch("-", options=FetchOptions(), content=content.encode()).media_type == media


def test_standard_input_has_a_name() -> None:
    with pytest.raises(FetchError) as caught:
        fetch("-", options=FetchOptions(), content=b"")
    assert describe("fetch-empty", caught.value.params)[0] == "Standard input holds nothing."
    assert describe("fetch-empty", caught.value.params, "zh")[0] == "标准输入 没有内容。"


def test_what_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("隐" * 1000, "utf-8")
    page = fetch(str(path), options=FetchOptions(max_bytes=100))
    assert page.truncated
    assert page.replaced == 0.0
    assert fetch("-", options=FetchOptions(max_bytes=4), content=b"abcdef").truncated


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "fetch-empty"),
        (b" \n\t ", "fetch-empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "fetch-media-type"),
        (b"GIF89a\x00", "fetch-media-type"),
        (b"PK\x03\x04\x00", "fetch-media-type"),
        (b"\x00\x01\x02\x05\x06" * 100, "fetch-media-type"),
    ],
)
def test_what_is_no_text(content: bytes, code: str) -> None:
    assert code_of("policy.html", content) == code


def test_what_is_no_file(tmp_path: Path) -> None:
    assert code_of(str(tmp_path / "gone.html")) == "fetch-no-file"
    assert code_of("a\0b") == "fetch-file"
    assert code_of("example.com/privacy") == "fetch-no-file-address"
    assert code_of("www.example.com.cn") == "fetch-no-file-address"
    assert code_of("localhost.test:8080/a.html") == "fetch-no-file-address"
    for path in ("policy.html", "docs/example.com/a", "./example.com/a", "a.b.md", "privacy"):
        assert code_of(path) == "fetch-no-file", path
    assert code_of(str(tmp_path)) == "fetch-empty-directory"
    (tmp_path / "a.html").write_text(POLICY, "utf-8")
    assert code_of(str(tmp_path)) == "fetch-directory"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    done: list[str] = []
    thread = threading.Thread(target=lambda: done.append(code_of(str(tmp_path / "pipe.html"))))
    thread.start()
    thread.join(5)
    assert done == ["fetch-no-regular-file"]


def test_a_folder_is_its_policies_in_order(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "sub/c.md", ".hidden.html", "notes.doc", ".git/d.html"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(POLICY, "utf-8")
    (tmp_path / "out.html").write_text("secret", "utf-8")
    (tmp_path / "in" / "link.html").symlink_to(tmp_path / "out.html")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "broken.html").symlink_to(tmp_path / "nowhere")
    root = str(tmp_path / "in")
    assert [os.path.relpath(p, root) for p in expand(root)] == ["a.txt", "b.html", "sub/c.md"]


def test_a_folder_without_policies(tmp_path: Path) -> None:
    with pytest.raises(FetchError) as caught:
        expand(str(tmp_path))
    assert caught.value.code == "fetch-empty-directory"
    assert ".html" in str(caught.value)
