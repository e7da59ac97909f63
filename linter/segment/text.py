"""Plain text and Markdown to blocks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from linter.document import Policy
from linter.segment.builder import Builder, Context
from linter.segment.html import read_html
from linter.segment.limits import MARKDOWN_LEVELS
from linter.segment.lines import add_lines
from linter.segment.typed import cells_between_bars, is_rule, typed_rows

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
# CommonMark does not take "**目的：**推送" for bold, since no space follows; every editor does.
_BOLD = re.compile(r"(?<![*\\])\*\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*\*(?!\*)")


def read_text(text: str) -> Policy:
    """A policy from plain text: a line is a block, lines with tabs are rows of a table."""
    builder = Builder()
    add_lines(builder, text, Context(), numbered=True)
    return builder.policy(title="")


def read_markdown(text: str, *, base_url: str | None) -> Policy:
    """A policy from Markdown (CommonMark with tables), read through its HTML."""
    return read_html(rendered(text), base_url=base_url)


def rendered(markdown: str) -> str:
    """Markdown as HTML."""
    html: str = _parser().render(_with_rules(_with_bold(markdown)))
    return html


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    options = {"html": True, "maxNesting": MARKDOWN_LEVELS}
    return MarkdownIt("commonmark", options).enable("table")


def _with_bold(markdown: str) -> str:
    """The same with bold in HTML's own words, outside of fenced code."""
    lines, fenced = markdown.split("\n"), False
    for n, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and "**" in line:
            lines[n] = _BOLD.sub(r"<b>\1</b>", line)
    return "\n".join(lines)


def _with_rules(markdown: str) -> str:
    """The same with the rule below the head of each table that lacks it; there is none without."""
    if "|" not in markdown:
        return markdown
    lines = markdown.split("\n")
    rows = typed_rows(lines)
    out: list[str] = []
    for n, line in enumerate(lines):
        out.append(line)
        head = n in rows and n - 1 not in rows and line.lstrip().startswith("|")
        if head and not is_rule(lines[n + 1]):
            out.append("|" + "---|" * len(cells_between_bars(line, bordered=True)))
    return "\n".join(out)
