"""Reports as one HTML page that needs nothing else: the checklist beside the policy's text.

It holds no script, and its policy (CSP) lets none run and nothing be loaded; what jumps are plain
anchors. Every word of a document, a path or an error is escaped where it is put (``markup``).
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from linter.report.html_sheet import Sheet
from linter.report.markup import Markup, element, joined
from linter.report.messages import phrase
from linter.report.view import View
from linter.verdict import Report, Status

# As much of all texts is shown; of those that follow only what was found.
_ALL_TEXT = 6_000_000
_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""
_END = "</body>\n</html>\n"


class HtmlWriter:
    """Keeps the reports and writes the page at the end, for its list of sources stands first."""

    def __init__(self, sink: Callable[[str], None], view: View) -> None:
        self._sink = sink
        self._lang = view.lang
        self._sheets: list[Markup] = []
        self._index: list[Markup] = []
        self._statuses: Counter[Status] = Counter()
        self._title = ""
        self._room = _ALL_TEXT

    def add(self, report: Report) -> None:
        """Take one report; what it writes of it is made here, the report is not kept."""
        sheet = Sheet(report, self._lang, f"r{len(self._sheets) + 1}", self._room)
        self._sheets.append(sheet.section())
        self._index.append(sheet.entry())
        self._room -= sheet.characters
        self._statuses[report.status] += 1
        self._title = sheet.title()

    def close(self) -> None:
        """Write the page."""
        heading = phrase("html.title", {}, self._lang)
        one = len(self._sheets) == 1
        style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
        head = _PAGE.format(
            lang="zh-CN" if self._lang == "zh" else "en",
            policy=_content_policy(style),
            title=joined(self._title, " · ", heading) if one else joined(heading),
            style=style,
        )
        self._sink(head)
        self._sink(element("header", element("h1", heading), *self._sources(), class_="top") + "\n")
        self._sink(f'<main class="{"single" if one else "many"}">\n')
        for sheet in self._sheets:
            self._sink(sheet + "\n")
        self._sink("</main>\n" + _END)

    def _sources(self) -> Iterator[Markup]:
        if not self._sheets:
            yield element("p", phrase("html.none", {}, self._lang))
        if len(self._sheets) > 1:
            yield element("p", self._summary())
            name = phrase("html.sources", {}, self._lang)
            yield element("nav", element("ol", *self._index), id="sources", aria_label=name)

    def _summary(self) -> str:
        separator = phrase("line.separator", {}, self._lang)
        words = {s: phrase(f"status.{s}", {}, self._lang) for s in Status}
        counts = separator.join(
            phrase("line.source-count", {"status": words[s], "count": count}, self._lang)
            for s in reversed(Status)
            if (count := self._statuses[s])
        )
        params = {"count": len(self._sheets), "counts": counts}
        return phrase("line.summary", params, self._lang)


def _content_policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
