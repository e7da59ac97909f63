"""What is different between two reports, as JSON and as text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from linter.diff import SCHEMA, Change, Diff, Kind, Pair, Side, Stand, Words
from linter.report.json_report import safe_json
from linter.report.messages import phrase
from linter.report.terminal import Paint, clean, columns, pad, wrap
from linter.verdict import Status

_STYLES = {"lost": "fail", "gained": "pass", "changed": "review"}


def diff_json(found: Diff) -> str:
    """A comparison as one JSON object with its line end."""
    return safe_json(json.dumps(_json(found), ensure_ascii=False, indent=2)) + "\n"


def diff_text(found: Diff, lang: str, width: int, *, color: bool) -> str:
    """A comparison in lines of at most ``width`` columns, but for names."""
    return "".join(f"{line}\n" for line in _Sheet(lang, width, Paint(color)).lines(found))


def _json(found: Diff) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "differs": found.differs,
        "sources": [
            {
                "old": _side_json(pair.old),
                "new": _side_json(pair.new),
                "changes": [
                    {
                        "kind": change.kind.value,
                        "code": change.code,
                        "id": change.id,
                        "old": _stand_json(change.old),
                        "new": _stand_json(change.new),
                    }
                    for change in pair.changes
                ],
            }
            for pair in found.pairs
        ],
        "removed": [_side_json(side) for side in found.removed],
        "added": [_side_json(side) for side in found.added],
    }


def _side_json(side: Side) -> dict[str, str]:
    return {"source": side.source, "vendor": side.vendor, "status": side.status.value}


def _stand_json(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    evidence = [
        {
            "quote": w.quote,
            "headings": list(w.headings),
            "column": w.column,
            "document": w.document,
            "href": w.href,
        }
        for w in stand.words
    ]
    return {"verdict": stand.verdict.value, "evidence": evidence}


class _Sheet:
    """A comparison in lines."""

    def __init__(self, lang: str, width: int, paint: Paint) -> None:
        self._lang = lang
        self._width = max(width, 40)
        self._paint = paint

    def lines(self, found: Diff) -> Iterator[str]:
        """All of it, and how many changes of which kind."""
        for pair in found.pairs:
            if pair.differs:
                yield from self._pair(pair)
        for key, sides in (("diff.removed", found.removed), ("diff.added", found.added)):
            for side in sides:
                yield self._word(key, source=clean(side.source))
        kinds = Counter(c.kind for p in found.pairs for c in p.changes)
        counts = [
            self._word("line.count", count=kinds[kind], verdict=self._word(f"diff.{kind}"))
            for kind in Kind
            if kinds[kind]
        ]
        if counts:
            yield self._word("line.separator").join(counts)
        elif not found.differs:
            yield self._word("diff.same")

    def _pair(self, pair: Pair) -> Iterator[str]:
        old, new = pair.old, pair.new
        names = dict.fromkeys((clean(old.source), clean(new.source)))
        status = [self._status(side) for side in (old, new)]
        turned = (
            self._word("diff.turned", old=status[0], new=status[1])
            if old.status is not new.status
            else status[1]
        )
        yield self._paint(" / ".join(names), "bold")
        yield "  " + turned
        for change in pair.changes:
            yield from self._change(change)
        yield ""

    def _status(self, side: Side) -> str:
        word = self._word(f"status.{side.status}")
        unread = side.status is Status.UNREADABLE and side.error
        return f"{word} ({clean(side.error or '')})" if unread else word

    def _change(self, change: Change) -> Iterator[str]:
        kind = self._word(f"diff.{change.kind}")
        old, new = self._verdict(change.old), self._verdict(change.new)
        turned = old if old == new else self._word("diff.turned", old=old, new=new)
        words = self._paint(pad(kind, 10), _STYLES.get(change.kind.value, ""))
        yield f"  {words}{change.code} {change.id}  {turned}"
        before = change.old.words if change.old else ()
        after = change.new.words if change.new else ()
        kept = {(w.said, w.place) for w in before} & {(w.said, w.place) for w in after}
        for key, evidence in (("diff.was", before), ("diff.is", after)):
            for item in evidence:
                if (item.said, item.place) not in kept:
                    yield from self._words(key, item)

    def _words(self, key: str, item: Words) -> Iterator[str]:
        labels = [self._word(k) for k in ("diff.was", "diff.is")]
        label = pad(self._word(key), max(map(columns, labels)))
        place = " > ".join(clean(h) for h in item.headings if h.strip())
        where = place or self._word("line.no-heading")
        if item.column:
            where += self._word("line.separator")
            where += self._word("line.column", column=clean(item.column))
        room = self._width - 6 - columns(label) - 1
        link = f" <{clean(item.href)}>" if item.href else ""
        for text, style in ((f'"{clean(item.quote)}"{link}', ""), (where, "dim")):
            for line in wrap([(text, style)], room, limit=2, ellipsis="..."):
                yield " " * 6 + label + " " + self._paint.line(line)
                label = " " * columns(label)

    def _verdict(self, stand: Stand | None) -> str:
        return self._word(f"verdict.{stand.verdict}" if stand else "diff.unjudged")

    def _word(self, key: str, **params: object) -> str:
        return phrase(key, params, self._lang)
