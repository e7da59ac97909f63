"""Whether hostile text costs time in proportion to its size: twice the text, twice the time.

    python -m tests.benchmarks.growth

Each case is judged at one size and at four times that size in the same process; a ratio far above
four is a loop within a loop that a submitted page could use. Exit code 1 when a case passes the
limit.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from linter import check

LIMIT = 7.0
_SMALL = 40_000  # characters
_FLOOR = 0.05  # seconds; below that a ratio measures noise
_POLICY = "<p>我们收集您的个人信息用于登录。如视VR SDK会收集设备信息。</p>"
_EN = "<p>We collect your personal information. Realsee collects device information.</p>"


def _repeated(piece: str, before: str = _POLICY, after: str = "") -> Callable[[int], str]:
    return lambda size: before + piece * (size // len(piece)) + after


CASES: dict[str, Callable[[int], str]] = {
    "no full stop": _repeated("我们会与第三方共享", _POLICY + "<p>"),
    "commas and consent": _repeated("如视SDK会收集设备信息，征得您的单独同意，", _POLICY + "<p>"),
    "the name alone": _repeated("如视", _POLICY + "<p>"),
    "nearly the name": _repeated("如视x", _POLICY + "<p>"),
    "a paragraph of mentions": _repeated("如视SDK会收集设备信息。", _POLICY + "<p>"),
    "paragraphs of mentions": _repeated("<p>如视SDK会收集设备信息。</p>"),
    "open brackets": _repeated("（", _POLICY + "<p>"),
    "open titles": _repeated("《", _POLICY + "<p>"),
    "titles": _repeated("《第三方清单》", _POLICY + "<p>"),
    "colons": _repeated("目的：", _POLICY + "<p>"),
    "white space": _repeated(" \u3000", _POLICY + "<p>"),
    "digits": _repeated("0", _POLICY + "<p>联系电话"),
    "half an address": _repeated("a@a.", _POLICY + "<p>"),
    "links": _repeated('<a href="https://realsee.com/privacy">隐私政策</a>', _POLICY + "<p>"),
    "labels with links": _repeated('目的：<a href="/a">推送</a> ', _POLICY + "<p>"),
    "lists that defer": _repeated('<p>详见<a href="https://x.cn/a">《第三方SDK目录》</a>。</p>'),
    "rows": _repeated(
        "<tr><td>如视SDK</td><td>推送</td></tr>", "<table><tr><th>SDK名称</th><th>目的</th></tr>"
    ),
    "one row": _repeated("<td>如视SDK</td>", _POLICY + "<table><tr>"),
    "one column": _repeated("<tr><td>推送</td></tr>", "<table><tr><th>如视SDK</th></tr>"),
    "spans": _repeated("<td rowspan=1000 colspan=1000>如视SDK</td>", _POLICY + "<table><tr>"),
    "one cell": _repeated(
        "设备信息、",
        "<table><tr><th>SDK名称</th><th>收集个人信息</th></tr><tr><td>如视SDK</td><td>",
    ),
    "label lines": _repeated("<p>SDK名称：如视VR</p><p>使用目的：推送</p>"),
    "items": _repeated("<li>如视SDK：用于推送，征得您的单独同意</li>", _POLICY + "<ul>"),
    "exceptions": _repeated(
        "<li>与国家安全相关的：</li>", _POLICY + "<p>以下情形无需征得您的同意：</p><ul>"
    ),
    "headings": _repeated("<h2>一、如视</h2>"),
    "general clauses": _repeated("<p>我们向第三方共享个人信息前会征得您的单独同意。</p>"),
    "boxes": _repeated(
        "<div><div>如视SDK</div><div>推送</div></div>",
        "<div><div><div>名称</div><div>目的</div></div>",
    ),
    "boxes in boxes": _repeated("<div><i>x</i><div>", _POLICY),
    "tables in tables": _repeated("<table><tr><td>名称</td><td>", _POLICY),
    "tables that go on": _repeated(
        "<table><tr><td>如视SDK</td><td>推送</td></tr></table>",
        "<table><tr><th>名称</th><th>目的</th></tr><tr><td>甲</td><td>乙</td></tr></table>",
    ),
    "flattened": _repeated(
        "<p>如视SDK</p><p>甲公司</p><p>推送</p>", "<p>名称</p><p>公司</p><p>使用目的</p>"
    ),
    "labels alone": _repeated("<p>公司名称</p>", _POLICY),
    "lists in lists": _repeated("<ul><li>如视", _POLICY),
    "folds": _repeated("<details><summary>如视</summary><p>推送</p>", _POLICY),
    "terms": _repeated("<dt>目的<dd>推送<dd>如视", _POLICY + "<dl>"),
    "style rules": _repeated(".a,.b{display:none}", "<style>", "</style>" + _POLICY),
    "style without end": _repeated("display:table;", "<style>.a{", "</style>" + _POLICY),
    "quotes in a script": _repeated("\\'", "<script>var a='", "</script>" + _POLICY),
    "literals in a script": _repeated(
        "'如视SDK用于推送'+", "<script>var a=", "''</script>" + _POLICY
    ),
    "brackets in a script": _repeated("=[", "<script>", "</script>" + _POLICY),
    "frames in frames": _repeated(
        "&amp;lt;p&amp;gt;如视SDK", "<iframe srcdoc='", "'></iframe>" + _POLICY
    ),
    "dots": _repeated("目的..", _POLICY + "<p>"),
    "attributes": _repeated(" a=1", _POLICY + "<p", ">"),
    "unclosed": _repeated("<div>"),
    "English mentions": _repeated("Realsee may collect device information. ", _EN + "<p>"),
    "English, no full stop": _repeated("we share your personal information with ", _EN + "<p>"),
    "one long word": _repeated("a", _EN + "<p>"),
}


def seconds(text: str) -> float:
    """Time of judging a text, in seconds, its report thrown away."""
    content = text.encode()
    begun = time.perf_counter()
    check("hostile.html", content=content)
    return time.perf_counter() - begun


def main() -> int:
    """Measure all cases; 1 when one grows faster than its text."""
    seconds(_POLICY + "<p>如视SDK，征得您的单独同意。</p>")
    seconds(_EN)
    failed = False
    for name, text in CASES.items():
        small, large = seconds(text(_SMALL)), seconds(text(4 * _SMALL))
        ratio = large / max(small, _FLOOR)
        failed = failed or ratio > LIMIT
        print(f"{name}: {large * 1000:.0f} ms against {small * 1000:.0f} ms, ratio {ratio:.1f}")
    print(f"limit {LIMIT:.0f}: {'passed by one case at least' if failed else 'kept by all'}")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
