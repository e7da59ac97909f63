"""Lines of the form "label：value", one to a line or several in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from linter.segment.headings import numbering
from linter.segment.labels import looks_like_label

# A colon that ends a label: not the one of a URL or of a time of day.
_COLON = re.compile(r"[：:](?!//)(?!\d\d\b)")
_BEFORE = re.compile(r"[；;，,。、|｜\s】\])）]")
_LEADS = re.compile(r"(?:如下|包括|例如|包含|以下|如|注|as follows|including|such as)\s*$", re.I)
_BULLET = re.compile(r"^[\s•·●○◆■▪\-–—*>【\[（(]+")
_BRACKETED = re.compile(r"【([^【】]{2,12})】")
# "使用目的......推送消息": dots or a rule lead from the label to its value.
_DOTS = re.compile(r"[.．·‥_]{3}|…")
_LEADER = re.compile(r"(?P<key>[^.．·…‥_：:。；;]{2,48}?)\s?(?:[.．·‥_]{3,}|…+)\s?(?=[^\s.．·…‥_])")
# What a pair has one of.
_PAIRED = ("：", ":", "【", "…", "...", "．．．", "···", "‥‥‥", "___")
_MAX_PAIRS = 40
# Characters before a colon that are looked at; a label is shorter.
_REACH = 200
# "如视SDK（如你之视（北京）科技有限公司）：" before a label; it is no sentence.
_LONGEST_NAME = 100
_STOPS = re.compile(r"[。；;！？!?]|如下|以下")


@dataclass(frozen=True, slots=True)
class Pair:
    """One label and its value, as offsets into the line; ``start`` is where the pair begins."""

    start: int
    key: tuple[int, int]
    value: tuple[int, int]


def pairs(line: str) -> list[Pair]:
    """The label-value pairs of a line in order; empty if it is no such line.

    A single pair needs only a short label; several in one line need labels that look like labels,
    lest a colon inside a value cuts it. What stands before "name：label：value" is no label but
    whom the line is about; it stays outside of the pairs.
    """
    if not any(mark in line for mark in _PAIRED):
        return []
    content = _content_start(line)
    if led := _led(line, content):
        return [led]
    colons = list(islice(_COLON.finditer(line), _MAX_PAIRS * 2))
    if not colons:
        return _bracketed(line)
    found: list[tuple[int, int, int]] = []
    after = content
    for colon in colons:
        start, end = _label_before(line, after, colon.start(), first=not found)
        after = colon.end()
        label = line[start:end]
        if not found and start == content:
            good = _short(label) and not _LEADS.search(label)
        else:
            good = looks_like_label(label) and 2 <= len(label) <= 20 and not _LEADS.search(label)
        if good:
            found.append((start, end, after))
    found = _without_name(line, found[:_MAX_PAIRS])
    if not found or (len(found) == 1 and not _leads(line[content : found[0][0]])):
        return []
    out = []
    for n, (start, end, after) in enumerate(found):
        stop = found[n + 1][0] if n + 1 < len(found) else len(line)
        value = line[after:stop]
        left = after + len(value) - len(value.lstrip(" \t*"))
        right = after + len(value.rstrip(" \t；;，,、|｜【[（("))
        out.append(Pair(start, (start, end), (left, max(left, right))))
    return out


def _without_name(line: str, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The same without the first if it has no value and is a name: another label follows it."""
    if len(found) < 2 or line[found[0][2] : found[1][0]].strip():
        return found
    return found if looks_like_label(line[found[0][0] : found[0][1]]) else found[1:]


def _leads(before: str) -> bool:
    """Whether there is nothing before a pair, or the name of whom it is about."""
    before = before.rstrip()
    named = len(before) <= _LONGEST_NAME and before.endswith(("：", ":"))
    return not before or (named and not _STOPS.search(before))


def _led(line: str, start: int) -> Pair | None:
    """The pair of a line whose label and value are joined by dots."""
    if not _DOTS.search(line):
        return None
    match = _LEADER.match(line, start)
    if match is None or not looks_like_label(match.group("key")):
        return None
    return Pair(start, match.span("key"), (match.end(), len(line.rstrip())))


def _bracketed(line: str) -> list[Pair]:
    """Labels in lenticular brackets, "【使用目的】推送消息", the first at the line's beginning."""
    labels = (m for m in _BRACKETED.finditer(line) if looks_like_label(m.group(1)))
    found = list(islice(labels, _MAX_PAIRS))
    if not found or line[: found[0].start()].strip(" •·●-*"):
        return []
    stops = [*(m.start() for m in found[1:]), len(line)]
    out = []
    for match, stop in zip(found, stops, strict=True):
        value = line[match.end() : stop]
        left = match.end() + len(value) - len(value.lstrip())
        out.append(Pair(match.start(), match.span(1), (left, match.end() + len(value.rstrip()))))
    return [p for p in out if p.value[0] < p.value[1]]


def _content_start(line: str) -> int:
    """Where a line's words begin, after bullets and numbering."""
    at = len(m.group()) if (m := _BULLET.match(line)) else 0
    if number := numbering(line[at:]):
        at += number.end
    return at + len(line[at:]) - len(line[at:].lstrip(" 【[*"))


def _label_before(line: str, after: int, colon: int, *, first: bool) -> tuple[int, int]:
    """The label that ends at a colon: back to the last separator, or to where the line's words
    begin or the colon before it ends.
    """
    end = colon
    while end > after and line[end - 1] in " 】]*":
        end -= 1
    start = max(after, end - _REACH)
    for m in _BEFORE.finditer(line, start, end):
        # A Latin label has spaces inside; only a separator that is no plain space cuts it.
        if m.group().isspace() and (first or _latin(line[start:end])):
            continue
        if m.group() in ")）]】" and m.end() == end:
            continue
        start = m.end()
    while start < end and line[start] in " 【[*（(":
        start += 1
    return start, end


def _latin(text: str) -> bool:
    return text.isascii()


def _short(label: str) -> bool:
    if not label.strip():
        return False
    if _latin(label):
        return len(label) <= 48 and len(label.split()) <= 6
    return len(label) <= 18
