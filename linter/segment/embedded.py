"""Text that a page keeps in an attribute, a template or a script, and draws only when it runs.

Nothing is run: string literals, JSON and Markdown are read as they stand. What comes out is HTML
fragments in document order, for the reader of HTML; how a script would have placed them is not
known, so that a record of a list becomes a list item and a titled part becomes a section.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from linter.segment.limits import Allowance
from linter.segment.tree import Node

# Characters of natural text; less is labels of buttons.
_ENOUGH = 200
_LONG_ATTRIBUTE = 80
_NO_TEXT = frozenset(["style", "class", "srcdoc", "href", "src"])
_MAX_DEPTH = 60
_JSON_TRIES = 8
_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|br|span|table|tr|td|ul|ol|li|strong|b|section|article|a)\b[^<>]*>", re.I
)
_ANY_TAG = re.compile(r"<[^<>]{0,400}>")
_MARKDOWN = re.compile(
    r"^(?:#{1,6} |\|.+\||[-*+] \S|\d+\. \S|> )|\*\*[^*\n]+\*\*|\]\(https?:", re.MULTILINE
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_CODE = re.compile(r"[{}<>=$]|\\|;\s*$|^\.?[\w-]+(?:\.[\w-]+)+$|^[#./]")
_ADDRESS = re.compile(r"^(?:https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\d()+ -]{7,20})$")
_TITLES = frozenset("title heading header headline subtitle question caption label".split())
_TEXT_KEYS = _TITLES | frozenset(
    "name text content body html value description desc answer intro summary detail paragraph"
    " markdown company purpose method scope contact policy".split()
)
_ASSIGNED = re.compile(r"(?:=|\()\s*(?=[{\[])")
_TOKEN = re.compile(r"\\.|[\"'`\n]", re.DOTALL)
_JOINS = re.compile(r"\s*\+\s*")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_MARKUP_TYPES = re.compile(r"html|template|vue|handlebars", re.I)


def static_text(tree: Node, allowance: Allowance) -> list[Node | str]:
    """The text that stands in attributes, templates and scripts, as trees or HTML; [] if little.

    Parameters
    ----------
    tree : a page that shows hardly any text itself.
    allowance : how much is looked through.
    """
    tags = (t for t in tree.elements() if allowance.looks_through(_size(t)))
    found = allowance.pieces(f for tag in tags for f in _of_tag(tag))
    fragments = [_as_html(f, allowance) if isinstance(f, _Markdown) else f for f in found]
    natural = sum(
        len((f.text() if isinstance(f, Node) else _ANY_TAG.sub("", f)).strip()) for f in fragments
    )
    return fragments if natural >= _ENOUGH else []


class _Markdown(str):
    """Markdown among the fragments of HTML."""


def _as_html(markdown: str, allowance: Allowance) -> str:
    from linter.segment.text import rendered

    return rendered(markdown) if allowance.renders(markdown) else _as_lines(markdown)


def _size(tag: Node) -> int:
    """Characters of a tag in which text may hide."""
    inner = tag.text() if tag.name in ("script", "textarea") else ""
    return len(inner) + sum(map(len, _long_attributes(tag)))


def _long_attributes(tag: Node) -> list[str]:
    """The values in which a text may stand; those of addresses and styles are none."""
    return [
        value
        for name, value in tag.attrs.items()
        if len(value) >= _LONG_ATTRIBUTE and name not in _NO_TEXT
    ]


def _of_tag(tag: Node) -> Iterator[Node | str]:
    if tag.name == "script":
        yield from _of_script(tag)
    elif tag.name == "template":
        yield Node("", contents=tag.contents)
    elif tag.name == "textarea" and _unseen(tag):
        yield from _of_text(tag.text(), 1)
    elif tag.name not in ("meta", "link", "img"):
        for value in _long_attributes(tag):
            yield from _of_text(value, 1)


def _unseen(tag: Node) -> bool:
    return "hidden" in tag.attrs or "none" in tag.get("style")


def _of_script(tag: Node) -> Iterator[str]:
    body, kind = tag.text().strip(), tag.get("type").lower()
    if "markdown" in kind:
        yield _Markdown(body)
    elif _MARKUP_TYPES.search(kind) or kind == "text/plain":
        yield from _of_text(html.unescape(body) if "&lt;" in body else body, 1)
    elif "json" in kind and (data := _parsed(body)) is not None:
        # What search engines are told of the page is no part of it.
        if "ld+json" not in kind:
            yield from _of_value(data, 1, 0)
    else:
        yield from _of_code(body)


def _of_code(body: str) -> Iterator[str]:
    """JSON that a script assigns; else its string literals."""
    decoder = json.JSONDecoder()
    for tries, match in enumerate(_ASSIGNED.finditer(body)):
        if tries == _JSON_TRIES:
            break
        try:
            data, _ = decoder.raw_decode(body, match.end())
        except (ValueError, RecursionError):
            continue
        fragments = list(_of_value(data, 1, 0))
        if sum(map(len, fragments)) >= _ENOUGH:
            yield from fragments
            return
    for literal in _literals(body):
        # Data within a string is told from words by its form alone.
        if literal[:1] in "{[" or _TAG.search(literal) or _natural(literal):
            yield from _of_text(literal, 1)


def _literals(code: str) -> Iterator[str]:
    """String literals of a script, those joined by "+" as one. One pass, whatever is unclosed."""
    quote, begun, ended = "", 0, -1
    held: list[str] = []
    for match in _TOKEN.finditer(code):
        token = match.group()
        if not quote and token in "\"'`":
            quote, begun = token, match.end()
            if held and not _JOINS.fullmatch(code, ended, match.start()):
                yield "".join(held)
                held = []
        elif quote and token == quote:
            literal = code[begun : match.start()]
            if not (quote == "`" and "${" in literal):
                held.append(_ESCAPE.sub(_unescaped, literal) if "\\" in literal else literal)
            quote, ended = "", match.end()
        elif token == "\n" and quote in ("'", '"'):
            quote = ""
    if held:
        yield "".join(held)


def _unescaped(match: re.Match[str]) -> str:
    number = match.group(1) or match.group(2) or match.group(3)
    if number is None:
        return _LETTERS.get(match.group(4), match.group(4))
    code = int(number, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _parsed(text: str) -> object | None:
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data


def _of_value(value: object, level: int, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if _TAG.search(value) or _natural(value):
            yield from _of_text(value, level, depth)
    elif depth > _MAX_DEPTH:
        for text in _leaves(value):
            yield from _of_value(text, level, depth)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_value(inner, level, depth + 1)
    elif isinstance(value, dict):
        yield from _of_object(value, level, depth)


def _leaves(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
        elif isinstance(top, list):
            stack += reversed(top)
        elif isinstance(top, dict):
            stack += reversed(list(top.values()))


def _of_object(fields: dict[str, object], level: int, depth: int) -> Iterator[str]:
    record = _record(fields)
    if record:
        yield record
        return
    title = next((k for k, v in fields.items() if k.lower() in _TITLES and _is_title(v)), None)
    if title is not None:
        yield f"<h{min(level, 6)}>{html.escape(str(fields[title]))}</h{min(level, 6)}>"
    for key, value in fields.items():
        if key == title:
            continue
        if isinstance(value, str) and key.lower() in _TEXT_KEYS and _WORDS.search(value):
            yield from _of_text(value, level, depth)
        else:
            yield from _of_value(value, level + (title is not None), depth + 1)


def _is_title(value: object) -> bool:
    return isinstance(value, str) and 2 <= len(value.strip()) <= 80 and not _TAG.search(value)


def _record(fields: dict[str, object]) -> str:
    """A list item for an object of short texts: the row of a table that a script would draw."""
    texts = {k: v for k, v in fields.items() if isinstance(v, str) and v.strip()}
    if len(texts) < 2 or any(isinstance(v, list | dict) for v in fields.values()):
        return ""
    if any(_TAG.search(v) or len(v) > 400 or "\n" in v for v in texts.values()):
        return ""
    kept = {
        k: v
        for k, v in texts.items()
        if _natural(v) or _ADDRESS.match(v.strip()) or k.lower() in _TEXT_KEYS or _HAN.search(k)
    }
    if len(kept) < 2 or not any(_natural(v) for v in kept.values()):
        return ""
    if all(_HAN.search(k) for k in kept):
        pairs = (f"<dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd>" for k, v in kept.items())
        return f"<dl>{''.join(pairs)}</dl>"
    lines = "".join(f"<p>{html.escape(v)}</p>" for v in kept.values())
    return f"<ul><li>{lines}</li></ul>"


def _of_text(text: str, level: int, depth: int = 0) -> Iterator[str]:
    """One string: HTML as it is, JSON by its values, Markdown rendered, lines as paragraphs."""
    text = text.strip()
    if "&lt;" in text and "<" not in text:
        text = html.unescape(text)
    if text[:1] in "{[" and depth <= _MAX_DEPTH and (data := _parsed(text)) is not None:
        yield from _of_value(data, level, depth + 1)
    elif _TAG.search(text):
        yield text
    elif _MARKDOWN.search(text):
        yield _Markdown(text)
    elif _natural(text):
        yield _as_lines(text)


def _as_lines(text: str) -> str:
    return "<p>" + "<br>".join(map(html.escape, text.splitlines())) + "</p>"


def _natural(text: str) -> bool:
    """Whether a string is made of words for people, not of code or a name for machines."""
    if len(_HAN.findall(text[:400])) >= 2:
        return True
    head = text[:400]
    return len(_WORDS.findall(head)) >= 4 and " " in head.strip() and not _CODE.search(head)
