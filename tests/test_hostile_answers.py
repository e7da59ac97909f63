"""Whole checks of pages that a server on this machine sends: bombs, labels that lie, lost bytes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from linter import check
from linter.fetch import FetchOptions
from linter.verdict import Report
from tests.fetch.loopback import answer, server

BEFORE = "<h1>隐私政策</h1><p>我们收集您的手机号，用于注册账号。三维看房由如视VR SDK提供。</p>"
AFTER = "<h2>联系我们</h2><p>如视VR SDK会收集设备型号，用于展示房源的三维模型。</p>"
LAST = "用于展示房源的三维模型"
# The bound that issue 3 sets, by the clock: who waits for a report also waits for what only sleeps
# or runs in another process. The worst takes a tenth of it.
SECONDS = 10.0

BOMBS: dict[str, str] = {
    "attributes": "<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">x</p>",
    "one attribute": '<p title="' + "x" * 2_000_000 + '">x</p>',
    "nesting": "<div>" * 30_000 + "x" + "</div>" * 30_000,
    "nesting left open": "<div><b>" * 15_000 + "x",
    "quotes": '<a b="' * 20_000,
    "quotes closed": '<a b="">' * 20_000,
    "apostrophes": "<a b='" * 20_000 + "'>",
    "entities": "&amp;" * 400_000,
    "unknown entities": "<p>" + "&x" * 400_000 + "</p>",
    "empty tags": "<b></b>" * 200_000,
    "comments": "<!--" * 100_000 + "-->",
}


def judged(body: bytes, *headers: str) -> Report:
    with server(answer(body, *headers)) as url:
        options = FetchOptions(allow_hosts=frozenset({"127.0.0.1"}))
        return check(url, include_text=True, fetch_options=options)


@pytest.fixture(scope="module")
def started() -> None:
    """The models are loaded: that takes longer than any bomb, and is no fault of the first."""
    judged((BEFORE + AFTER).encode())


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_what_stands_around_a_bomb_is_read_in_time(bomb: str) -> None:
    begun = time.monotonic()
    report = judged((BEFORE + bomb + AFTER).encode())
    assert time.monotonic() - begun < SECONDS
    text = report.documents[0].text or ""
    assert "用于注册账号" in text
    assert LAST in text or report.documents[0].read == "partial"


POLICY = BEFORE + AFTER
HANT = (
    "<h1>私隱政策</h1><p>我們收集您的電話號碼，用於登入。我們與夥伴共享您的資料。</p>"
    "<p>如視VR SDK會收集裝置型號，用於展示樓盤的三維模型。</p>"
)


@pytest.mark.parametrize(
    ("page", "label", "encoding", "words"),
    [
        (POLICY, "gb2312", "gb18030", LAST),
        (POLICY, "iso-8859-1", "gb18030", LAST),
        (POLICY, "gbk", "utf-8", LAST),
        (POLICY, "big5", "utf-8", LAST),
        (POLICY, "utf-8", "gb18030", LAST),
        (POLICY, "utf-16", "utf-16-be", LAST),
        (HANT, "big5", "big5hkscs", "用於展示樓盤的三維模型"),
        (HANT, "utf-8", "big5hkscs", "用於展示樓盤的三維模型"),
    ],
)
@pytest.mark.parametrize("place", ["header", "page"])
def test_a_label_that_lies_hides_no_disclosure(
    page: str, label: str, encoding: str, words: str, place: str
) -> None:
    if place == "page":
        page = f'<meta charset="{label}">{page}'
    header = f"Content-Type: text/html; charset={label}" if place == "header" else "X-None: 1"
    report = judged((page * 3).encode(encoding), header if place == "header" else "X-None: 1")
    assert words in (report.documents[0].text or "")
    assert report.mentions


SURROUNDED: Callable[[int], bytes] = lambda lost: (  # noqa: E731
    (POLICY + "<p>我们按照法律法规的要求保护您的信息。</p>" * 250).encode() + b"\xff<" * lost
)


@pytest.mark.parametrize(("lost", "said"), [(3, False), (40, True)])
def test_more_than_a_thousandth_of_lost_characters_is_said(lost: int, said: bool) -> None:
    body = SURROUNDED(lost)
    share = lost / len(body.decode("utf-8", "replace"))
    assert (share > 0.001) is said
    report = judged(body)
    assert [e.code for e in report.errors] == ["fetch-replaced"] * said
    assert report.documents[0].read == ("partial" if said else "whole")
