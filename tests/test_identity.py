"""The key of a source, and the patterns that mean it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linter.identity import fits, source_key


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("https://Example.COM/Privacy", "https://example.com/Privacy"),
        ("HTTPS://example.com", "https://example.com/"),
        (" https://example.com:443/p ", "https://example.com/p"),
        ("http://example.com:80/p", "http://example.com/p"),
        ("http://example.com:8080/p", "http://example.com:8080/p"),
        ("https://example.com/p?utm_source=x&id=3&UTM_Medium=y", "https://example.com/p?id=3"),
        ("https://example.com/p?gclid=1", "https://example.com/p"),
        ("https://example.com/p?spm=a.b&hmsr=c&bd_vid=d", "https://example.com/p"),
        ("https://example.com/p?lang=zh&b=%20", "https://example.com/p?lang=zh&b=%20"),
        ("https://example.com/p?spmx=1&from=2", "https://example.com/p?spmx=1&from=2"),
        ("https://example.com/#/privacy", "https://example.com/#/privacy"),
        ("https://[::1", "https://[::1"),
        ("-", "-"),
        ("policies/./a.html", "policies/a.html"),
        ("policies/../隐私.html", "隐私.html"),
    ],
)
def test_a_key_is_the_address_without_tracking_or_the_path(source: str, key: str) -> None:
    assert source_key(source, Path.cwd()) == key
    assert source_key(key, Path.cwd()) == key


def test_a_path_is_the_same_from_every_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    keys = {source_key("docs/a.html", tmp_path)}
    monkeypatch.chdir(tmp_path / "docs")
    keys |= {source_key("a.html", tmp_path), source_key(str(tmp_path / "docs/a.html"), tmp_path)}
    (tmp_path / "link").symlink_to(tmp_path)
    keys |= {source_key("a.html", tmp_path / "link"), source_key("../link/docs/a.html", tmp_path)}
    assert keys == {"docs/a.html"}
    (tmp_path / "docs/newest.html").symlink_to("a.html")
    assert source_key("newest.html", tmp_path) == "docs/newest.html"
    assert source_key("../b.html", tmp_path / "docs") == "../b.html"


@pytest.mark.parametrize(
    ("source", "pattern", "meant"),
    [
        ("https://example.com/a/b", "https://example.com/*", True),
        ("https://example.com/a/b", "https://EXAMPLE.com/a/b", True),
        ("https://example.com/a?utm_id=3", "https://example.com/a", True),
        ("https://example.com/a", "https://example.com/a?utm_id=3", True),
        ("https://example.com.evil.test/a", "https://example.com/*", False),
        ("https://example.com/a", "https://example.com/b", False),
        ("docs/a.html", "docs/*.html", True),
        ("docs/a.html", "./docs/a.html", True),
        ("docs/a.html", "**/a.html", True),
        ("a.html", "**/a.html", True),
        ("docs/a.html", "a.html", False),
        ("docs/[1].html", "docs/[1].html", True),
        ("docs/1.html", "docs/[1].html", True),
        ("Docs/a.html", "docs/a.html", False),
        ("-", "-", True),
        ("anything", "*", True),
    ],
)
def test_patterns(source: str, pattern: str, meant: bool) -> None:
    assert fits(source, pattern, Path.cwd()) is meant


def test_a_pattern_may_be_absolute_and_means_no_namesake(tmp_path: Path) -> None:
    assert fits("docs/a.html", os.path.abspath("docs") + "/*", tmp_path)
    # From another folder "docs/a.html" is another file.
    assert not fits("docs/a.html", "docs/a.html", tmp_path)
