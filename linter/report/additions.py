"""The words to add, as text, Markdown or HTML: what is to be pasted, and where, in remarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Literal

from linter.report.messages import phrase, say
from linter.report.terminal import clean
from linter.verdict import Addition, Form, Report

Markup = Literal["text", "markdown", "html"]
# What Markdown would take for its own; an address is left as it is.
_MARKED = re.compile(r"([\\`*_|<>\[\]])")


def render_additions(report: Report, *, markup: Markup = "text", lang: str = "en") -> str:
    """All that a policy lacks; "" if nothing.

    The words are in the policy's language; the remarks on where they go in ``lang`` ("en" or
    "zh"): lines that begin with "#" in text, comments in Markdown and HTML.
    """
    if not report.additions:
        return ""
    joint = "" if (report.language or "").startswith("zh") else " "
    colon = "：" if (report.language or "").startswith("zh") else ": "
    remark = _REMARKS[markup]
    paste = {"text": _text, "markdown": _markdown, "html": _html}[markup]
    parts = []
    for addition in report.additions:
        remarks = [remark(clean(say(note, lang))) for note in addition.where]
        parts.append("\n".join((*remarks, *paste(addition, colon, joint))))
    if any("⟦" in part.words for addition in report.additions for part in addition.parts):
        parts.insert(0, remark(phrase("suggest.blanks", {}, lang)))
    return "\n\n".join(parts) + "\n"


def _comment(words: str) -> str:
    # Two hyphens would end it.
    return f"<!-- {words.replace('--', '- -')} -->"


_REMARKS: dict[Markup, Callable[[str], str]] = {
    "text": lambda words: f"# {words}",
    "markdown": _comment,
    "html": _comment,
}


def _text(addition: Addition, colon: str, joint: str) -> Iterable[str]:
    if addition.form is Form.PROSE:
        yield joint.join(clean(p.words) for p in addition.parts)
        return
    for part in addition.parts:
        first, *more = part.words.splitlines() or [""]
        cell = addition.form is Form.TABLE
        label = f"[{clean(part.label)}] " if cell else f"{clean(part.label)}{colon}"
        yield f"{label if part.label else ''}{clean(first)}"
        yield from (f"  {clean(line)}" for line in more)


def _markdown(addition: Addition, colon: str, joint: str) -> Iterable[str]:
    if addition.form is Form.PROSE:
        yield joint.join(_marked(p.words) for p in addition.parts)
    elif addition.form is Form.LIST or addition.own:
        for part in addition.parts:
            yield f"- {_marked(part.label)}{colon}{_marked(part.words)}"
    else:
        if addition.headed:
            yield f"| {' | '.join(_marked(p.label) for p in addition.parts)} |"
            yield f"|{'---|' * len(addition.parts)}"
        yield f"| {' | '.join(_marked(p.words) for p in addition.parts)} |"


def _marked(words: str) -> str:
    lines = (_MARKED.sub(r"\\\1", clean(line)) for line in words.splitlines())
    return "<br>".join(lines)


def _html(addition: Addition, colon: str, joint: str) -> Iterable[str]:
    if addition.form is Form.PROSE:
        yield f"<p>{joint.join(_escaped(p.words) for p in addition.parts)}</p>"
    elif addition.form is Form.LIST or addition.own:
        for part in addition.parts:
            yield f"<p>{_escaped(part.label)}{colon}{_escaped(part.words)}</p>"
    else:
        row = "".join(f"<td>{_escaped(p.words)}</td>" for p in addition.parts)
        if addition.headed:
            head = "".join(f"<th>{_escaped(p.label)}</th>" for p in addition.parts)
            yield f"<table>\n<tr>{head}</tr>\n<tr>{row}</tr>\n</table>"
        else:
            yield f"<tr>{row}</tr>"


def _escaped(words: str) -> str:
    return "<br>".join(escape(clean(line)) for line in words.splitlines())
