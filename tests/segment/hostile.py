"""Documents made to exhaust a reader, and a child process that judges them.

    python -m tests.segment.hostile [NAME…]

prints a line of JSON for each: what the whole check made of it, how long it took and how much
memory the process has held so far. The system ends the process when one takes more than ten
seconds of processor time or a gigabyte of address space.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

# What issue 3 allows: ten seconds and a gigabyte for one document.
SECONDS = 10
BYTES = 1024**3
# What the document says before the bomb and after it.
BEFORE = (
    "我们收集您的个人信息，用于登录和统计。我们接入了第三方SDK，向其共享您的设备信息。"
    + "本政策说明我们如何收集、使用、存储和保护您的个人信息，以及您享有的各项权利。" * 6
)
AFTER = "三维看房由如你之视（北京）科技有限公司提供，其如视VR SDK会收集设备型号。"
_HTML = (f"<html><body><p>{BEFORE}</p>", f"<p>{AFTER}</p></body></html>")
_PLAIN = (f"{BEFORE}\n\n", f"\n\n{AFTER}\n")


def _html(*bombs: str) -> bytes:
    return "".join((_HTML[0], *bombs, _HTML[1])).encode()


def _plain(bomb: str) -> bytes:
    return (_PLAIN[0] + bomb + _PLAIN[1]).encode()


def _spans(rows: int, cells: int, rowspan: int, colspan: int) -> str:
    row = "<tr>" + f"<td rowspan={rowspan} colspan={colspan}>推送" * cells + "</tr>"
    return "<table>" + row * rows + "</table>"


def _entities() -> str:
    lol = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE html [<!ENTITY a0 "ha">{lol}]>'


def _deep(opening: str, closing: str, depth: int) -> str:
    return opening * depth + "深处" + closing * depth


def _script(body: str, *, json: bool = False) -> str:
    kind = ' type="application/json"' if json else ""
    return f"<script{kind}>{body}</script>"


CASES: dict[str, tuple[str, Callable[[], bytes], bool]] = {
    # name: (file name, content, whether all of it must be read)
    "nested div": ("x.html", lambda: _html(_deep("<div>", "</div>", 100_000)), True),
    "nested b": ("x.html", lambda: _html(_deep("<b>", "</b>", 100_000)), True),
    "nested span style": (
        "x.html",
        lambda: _html(_deep("<span style='display:none'>", "</span>", 30_000)),
        True,
    ),
    "nested lists": (
        "x.html",
        lambda: _html(_deep("<ul><li>项", "</li></ul>", 50_000)),
        True,
    ),
    "nested quotes": ("x.html", lambda: _html("<blockquote>引" * 50_000), True),
    "nested tables": (
        "x.html",
        lambda: _html(_deep("<table><tr><td>甲</td><td>", "</td></tr></table>", 200)),
        True,
    ),
    "nested tables 3000": (
        "x.html",
        lambda: _html(_deep("<table><tr><td>甲</td><td>", "</td></tr></table>", 3_000)),
        True,
    ),
    "unclosed tags": ("x.html", lambda: _html("<p><b><i><font>" * 30_000), True),
    "unclosed headings": ("x.html", lambda: _html("<h1><h2><h3>一" * 20_000), True),
    "attributes": (
        "x.html",
        lambda: _html("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">甲</p>"),
        True,
    ),
    "one attribute again": ("x.html", lambda: _html("<p" + " a=1" * 200_000 + ">甲</p>"), True),
    "quotes": ("x.html", lambda: _html('<a b="' * 200_000), False),
    "open comment": ("x.html", lambda: _html("<!--" * 200_000, "-->"), True),
    "open tags": ("x.html", lambda: _html("<" * 1_000_000, ">"), True),
    "entities": ("x.html", lambda: _html("&amp;" * 400_000), True),
    "unknown entities": ("x.html", lambda: _html("&nonsense" * 200_000), False),
    "number entities": (
        "x.html",
        lambda: _html("&#x110000;&#0;&#xD800;&#99999999999;" * 20_000),
        True,
    ),
    "entity bomb": (
        "x.html",
        lambda: (_entities() + _HTML[0] + "&a9;" + _HTML[1]).encode(),
        True,
    ),
    "table spans": ("x.html", lambda: _html(_spans(400, 5, 1000, 1000)), True),
    "colspan of a million": ("x.html", lambda: _html(_spans(50, 4, 1, 1_000_000)), True),
    "rowspan of a million": ("x.html", lambda: _html(_spans(2_000, 3, 1_000_000, 1)), True),
    "wide spans": ("x.html", lambda: _html(_spans(1, 20_000, 1000, 1000)), True),
    "small spans": ("x.html", lambda: _html(_spans(5_000, 4, 3, 3)), True),
    "cells": ("x.html", lambda: _html(_spans(10_000, 10, 1, 1)), False),
    "cells in a row": ("x.html", lambda: _html(_spans(1, 100_000, 1, 1)), False),
    "rows of one": ("x.html", lambda: _html(_spans(100_000, 1, 1, 1)), False),
    "rows of th": ("x.html", lambda: _html("<table>" + "<tr><th>名称<th>目的" * 20_000), False),
    "small tables": ("x.html", lambda: _html("<table><tr><td>名<td>用</table>" * 15_000), True),
    "empty tags": ("x.html", lambda: _html("<p></p>" * 1_000_000), False),
    "empty inline tags": ("x.html", lambda: _html("<b></b>" * 1_000_000), False),
    "breaks": ("x.html", lambda: _html("<br>" * 1_000_000), False),
    "lines and breaks": ("x.html", lambda: _html("甲<br>" * 300_000), False),
    "scripts": ("x.html", lambda: _html("<script>x</script>" * 100_000), True),
    "one script": ("x.html", lambda: _html("<script>" + "var a=1;" * 600_000 + "</script>"), False),
    "headings": ("x.html", lambda: _html("<h2>一、如视</h2>" * 100_000), False),
    "paragraphs": ("x.html", lambda: _html("<p>如视SDK会收集设备信息。</p>" * 200_000), False),
    "list items": ("x.html", lambda: _html("<ul>" + "<li>如视SDK：用于推送" * 150_000), False),
    "links": ("x.html", lambda: _html('<a href="/a">第三方SDK目录</a> ' * 100_000), False),
    "frames": ("x.html", lambda: _html('<iframe src="/a"></iframe>' * 50_000), True),
    "pre": ("x.html", lambda: _html("<pre>" + "甲\n" * 300_000 + "</pre>"), False),
    "nested pre": ("x.html", lambda: _html(_deep("<pre>甲", "</pre>", 5_000)), True),
    "data URI": (
        "x.html",
        lambda: _html('<img src="data:image/png;base64,' + "A" * 8_000_000 + '">'),
        True,
    ),
    "data link": (
        "x.html",
        lambda: _html('<a href="data:text/html,' + "A" * 5_000_000 + '">隐私政策</a>'),
        True,
    ),
    "control characters": ("x.html", lambda: _html("\x01\x02\x0b\x1b\x7f\x9f" * 100_000), False),
    "null bytes": ("x.html", lambda: _html("\x00" * 100_000), False),
    "null bytes between": ("x.html", lambda: _html("甲\x00<\x00p>" * 30_000), False),
    "bidi": ("x.html", lambda: _html("\u202e\u2066\u202d文字\u2069" * 50_000), True),
    "zero width": ("x.html", lambda: _html("\u200b\u200d\ufeff" * 200_000), True),
    "combining": ("x.html", lambda: _html("a" + "\u0301" * 500_000), False),
    "no character": ("x.html", lambda: _html("\ufffe\uffff\U0010ffff" * 50_000), True),
    "invalid UTF-8": (
        "x.html",
        lambda: _HTML[0].encode() + b"\xff\xc0\x80\xed\xa0\x80" * 100_000 + _HTML[1].encode(),
        False,
    ),
    "surrogates in UTF-16": (
        "x.html",
        lambda: (
            b"\xff\xfe"
            + (_HTML[0]).encode("utf-16-le")
            + b"\x00\xd8" * 2_000
            + _HTML[1].encode("utf-16-le")
        ),
        False,
    ),
    "64 MB of text": ("x.html", lambda: _html("我们与第三方共享信息。" * 2_000_000), False),
    "64 MB of plain text": ("x.txt", lambda: _plain("我们与第三方共享信息。\n" * 2_000_000), False),
    "one line": ("x.html", lambda: _html("我们与第三方共享信息，" * 160_000), False),
    "one plain line": ("x.txt", lambda: _plain("a" * 5_000_000), False),
    "one plain line of words": ("x.txt", lambda: _plain("ab " * 1_700_000), False),
    "plain lines": ("x.txt", lambda: _plain("甲\n" * 1_000_000), False),
    "empty plain lines": ("x.txt", lambda: _plain("\n" * 3_000_000), False),
    "tabs": ("x.txt", lambda: _plain("\t" * 1_000_000), False),
    "tabs and words": ("x.txt", lambda: _plain("甲\t" * 500_000), False),
    "rows of tabs": ("x.txt", lambda: _plain(("甲\t乙\t" + "\t" * 20 + "\n") * 30_000), False),
    "colons": ("x.txt", lambda: _plain("目的：" * 500_000), False),
    "bullets": ("x.txt", lambda: _plain("• 目的\n" * 200_000), False),
    "label and words": ("x.txt", lambda: _plain("目的：" + "a " * 200_000 + "：b"), True),
    "everything": (
        "x.html",
        lambda: _html(
            "<table><tr><td rowspan=9>如视SDK<td colspan=9>用途：推送、看房<td>详见"
            '<a href="/a">《第三方SDK目录》</a>，我们向第三方共享信息前会征得您的单独同意</table>'
            "<h3>1.1 如视</h3><ul><li>x" * 30_000
        ),
        False,
    ),
    "English": (
        "x.html",
        lambda: _html(
            "<p>We share your data with partners like Realsee, with your consent.</p>" * 60_000
        ),
        False,
    ),
    "titles without links": (
        "x.html",
        lambda: _html("详见《第三方SDK目录》" * 3_000 + '<a href="/x">此处</a>' * 30_000),
        False,
    ),
    "script literals": (
        "x.html",
        lambda: _html(_script('var a=["' + 'a","' * 900_000 + '"]')),
        False,
    ),
    "script texts": (
        "x.html",
        lambda: _html(_script('var a=["' + '我们收集您的信息","' * 340_000 + '"]')),
        False,
    ),
    "script markdown": (
        "x.html",
        lambda: _html(_script('var a=["' + '**目的**：推送","' * 290_000 + '"]')),
        False,
    ),
    "script markup": (
        "x.html",
        lambda: _html(_script('{"a":"' + "\\u003cp\\u003e我们" * 260_000 + '"}', json=True)),
        False,
    ),
    "script depth": (
        "x.html",
        lambda: _html(_script('{"a":' * 50_000 + '"甲"' + "}" * 50_000, json=True)),
        True,
    ),
    "script companies": (
        "x.html",
        lambda: _html(
            _script("".join(f'"第{n}号科技有限公司",' for n in range(300_000))),
            "".join(f"第{n}号科技有限公司，" for n in range(40_000)),
        ),
        False,
    ),
    "script of scripts": (
        "x.html",
        lambda: _html("<script>a=" + "<" * 3_900_000 + "</script>"),
        True,
    ),
    "frames within": (
        "x.html",
        lambda: _html('<iframe srcdoc="' + "&lt;p&gt;甲" * 400_000 + '"></iframe>'),
        False,
    ),
    "many frames within": (
        "x.html",
        lambda: _html('<iframe srcdoc="&lt;p&gt;甲">x' * 20_000),
        False,
    ),
    "text areas": ("x.html", lambda: _html("<textarea><p>甲</p></textarea>" * 20_000), False),
    "mounts": (
        "x.html",
        lambda: _html("<script>1</script>" + _deep('<div id="app">', "</div>", 50_000)),
        True,
    ),
    "styles": (
        "x.html",
        lambda: _html(
            "<style>" + "".join(f".a{n}{{display:none}}" for n in range(100_000)) + "</style>",
            "".join(f'<p class="a{n} b{n}">甲</p>' for n in range(50_000)),
        ),
        True,
    ),
    "long classes": (
        "x.html",
        lambda: _html('<p class="' + "tab " * 2_000 + '" hidden>甲</p>', "" * 1),
        True,
    ),
    "data attributes": (
        "x.html",
        lambda: _html(f'<b data-a="{"我们收集您的个人信息。" * 10}"></b>' * 60_000),
        False,
    ),
    "boxes": ("x.html", lambda: _html("<div>" * 400 + "<div><p>名称<p>目的</div>" * 20_000), True),
    "far null bytes": (
        "x.html",
        lambda: _html("<p>隐私政策说明。</p>" * 600, "\x00" * 100_000),
        True,
    ),
    "far control characters": (
        "x.html",
        lambda: _html("<p>隐私政策说明。</p>" * 600, "\x01\x02\x0b\x1b\x7f\x9f" * 100_000),
        True,
    ),
    "far null bytes in text": (
        "x.txt",
        lambda: _plain("隐私政策说明。\n" * 1_000 + "\x00" * 100_000),
        True,
    ),
    "markdown brackets": ("x.md", lambda: _plain("[" * 200_000), False),
    "markdown links": ("x.md", lambda: _plain("[a](" * 50_000), False),
    "markdown newlines": ("x.md", lambda: _plain("\n" * 900_000), True),
    "markdown spaces": ("x.md", lambda: _plain("甲\n" + " " * 900_000 + "乙"), True),
    "markdown images": ("x.md", lambda: _plain("![" * 100_000 + "](" * 100_000), False),
    "markdown backticks": (
        "x.md",
        lambda: _plain(" ".join("`" * (n % 500) for n in range(4_000))),
        False,
    ),
    "markdown emphasis": ("x.md", lambda: _plain("*a_b" * 100_000), False),
    "markdown stars": ("x.md", lambda: _plain("*" * 500_000), False),
    "markdown quotes": ("x.md", lambda: _plain(">" * 100_000 + "甲"), False),
    "markdown quoted lines": ("x.md", lambda: _plain((">" * 50 + "甲\n") * 5_000), False),
    "markdown list": (
        "x.md",
        lambda: _plain("\n".join("  " * n + "- 甲" for n in range(2_000))),
        False,
    ),
    "markdown table": (
        "x.md",
        lambda: _plain("|a" * 5_000 + "\n" + "|-" * 5_000 + "\n|a" * 5_000),
        False,
    ),
    "markdown rows": ("x.md", lambda: _plain("|a|b|\n|-|-|\n" + "|甲|乙|\n" * 60_000), False),
    "markdown entities": ("x.md", lambda: _plain("&#x1;" * 200_000), False),
    "markdown references": ("x.md", lambda: _plain("[a]: b\n" * 100_000), False),
    "markdown HTML": ("x.md", lambda: _plain("<a " * 200_000), False),
    "markdown comments": ("x.md", lambda: _plain("甲 <!--" * 100_000), False),
    "markdown instructions": ("x.md", lambda: _plain("甲 <?" * 100_000), False),
    "markdown text": ("x.md", lambda: _plain("我们与第三方共享信息。\n\n" * 300_000), False),
    "markdown deep": ("x.md", lambda: _plain("- " * 20_000 + "甲"), True),
}


def judged(name: str) -> dict[str, object]:
    """What the whole check makes of one document, and what that cost."""
    from linter.check import check
    from linter.report import render

    file, content, _ = CASES[name]
    body = content()
    begun = time.process_time()
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(begun) + SECONDS + 1, most))
    report = check(file, content=body, include_text=True)
    render([report], format="text")
    document = report.documents[0]
    text = document.text or ""
    return {
        "name": name,
        "status": report.status,
        "read": document.read,
        "reason": document.reason,
        "before": BEFORE[:16] in text,
        "after": AFTER[:16] in text,
        "verdicts": sorted({f.verdict for f in report.findings}),
        "seconds": round(time.process_time() - begun, 2),
        "megabytes": _held() // 1024,
    }


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    for name in sys.argv[1:] or CASES:
        print(json.dumps(judged(name)), flush=True)
    return 0


def _held() -> int:
    """The most memory that this process has held, in kB.

    Not ``ru_maxrss``: Linux keeps that across ``exec``, so that a large parent's is told.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [line] = [x for x in status.read_text().splitlines() if x.startswith("VmHWM:")]
    return int(line.split()[1])


if __name__ == "__main__":
    raise SystemExit(main())
