"""What a browser drew is kept, and answers offline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from linter.document import Page
from linter.errors import FetchError
from linter.fetch import FetchOptions, SnapshotStore, drawn, fetch
from linter.fetch import render as rendering
from linter.fetch.kept import page_of

URL = "https://policy.example/#/privacy"
DRAWN = "<p>政策正文</p>".encode()


def test_a_drawn_page_answers_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def render(url: str, options: FetchOptions) -> Page:
        asked.append(url)
        return page_of(DRAWN, url, URL, "2026-11-24T12:00:00Z", truncated=False)

    monkeypatch.setattr(rendering, "render", render)
    store = SnapshotStore(tmp_path / "cache")
    first = fetch(URL, options=FetchOptions(render="always", snapshots=store))
    again = fetch(URL, options=FetchOptions(render="always", snapshots=store, offline=True))
    assert asked == [URL]
    assert (again.content, again.url, again.rendered) == (DRAWN, first.url, True)
    assert again.fetched_at == first.fetched_at
    with pytest.raises(FetchError) as caught:
        fetch(URL + "2", options=FetchOptions(render="always", snapshots=store, offline=True))
    assert caught.value.code == "fetch-offline"
    # What a server sent and what a browser made of it are two things.
    with pytest.raises(FetchError):
        fetch(URL, options=FetchOptions(snapshots=store, offline=True))


def test_what_could_not_be_drawn_is_said_the_same_offline(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path / "cache")
    shell = replace(page_of(b"<div id=app>", URL, URL, "2026", truncated=False), rendered=False)
    for offline in (False, True):
        nowhere = FetchOptions(snapshots=store, offline=offline, chromium="/nowhere/chromium")
        assert drawn(shell, options=nowhere) is None
