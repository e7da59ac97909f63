"""What two reports on a policy say differently: what was lost, gained, moved.

Compared are reports as JSON, so that a kept report and a policy that is judged now are the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from linter.errors import ConfigError
from linter.identity import source_key
from linter.json_file import schema_in
from linter.verdict import SCHEMA as REPORT
from linter.verdict import Status, Verdict

SCHEMA = "disclosure-lint/diff/1"
_Word = TypeVar("_Word", bound=StrEnum)


class Kind(StrEnum):
    """What became of a disclosure, the worst first.

    ``LOST``: it was present and is missing or ambiguous; ``GAINED``: the reverse; ``CHANGED``: any
    other verdict than before, that of an unread document included; ``REWORDED``: the same verdict
    on other words; ``MOVED``: the same words under another heading or in another column.
    """

    LOST = "lost"
    CHANGED = "changed"
    REWORDED = "reworded"
    MOVED = "moved"
    GAINED = "gained"


@dataclass(frozen=True, slots=True)
class Words:
    """Evidence and where it stands: headings outermost first, column or label, kind of document."""

    quote: str
    headings: tuple[str, ...]
    column: str | None
    document: str
    href: str | None = None

    @property
    def said(self) -> tuple[str, str | None]:
        """The words and where their link leads, as fingerprints take them."""
        return re.sub(r"\W+", "", self.quote).lower(), self.href

    @property
    def place(self) -> tuple[object, ...]:
        """Where they stand."""
        return self.document, self.headings, self.column


@dataclass(frozen=True, slots=True)
class Stand:
    """How one requirement stands in one report."""

    id: str
    verdict: Verdict
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One report, as far as it is compared; ``stands`` by code, ``error`` the first one's code."""

    source: str
    vendor: str
    status: Status
    stands: Mapping[str, Stand]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement that stands otherwise; None where it was not judged."""

    kind: Kind
    code: str
    id: str
    old: Stand | None
    new: Stand | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports on one source, and what is different, the worst first."""

    old: Side
    new: Side
    changes: tuple[Change, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is different."""
        return bool(self.changes) or self.old.status is not self.new.status


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that is different: in both, only in the old reports, only in the new ones."""

    pairs: tuple[Pair, ...]
    removed: tuple[Side, ...] = ()
    added: tuple[Side, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything is different."""
        return bool(self.removed or self.added) or any(p.differs for p in self.pairs)


def diff(old: Iterable[Side], new: Iterable[Side], folder: Path) -> Diff:
    """Compare reports source by source.

    Sources are the same if their keys are, paths being those from ``folder``. One report on either
    side is compared whatever its source: that of a policy in two files, say.
    """
    before, after = list(old), list(new)
    if len(before) == len(after) == 1 and before[0].vendor == after[0].vendor:
        return Diff((compared(before[0], after[0]),))
    waiting: dict[tuple[str, str], list[Side]] = {}
    for side in after:
        waiting.setdefault(_key(side, folder), []).append(side)
    pairs, removed = [], []
    for side in before:
        found = waiting.get(_key(side, folder))
        if found:
            pairs.append(compared(side, found.pop(0)))
        else:
            removed.append(side)
    added = [side for sides in waiting.values() for side in sides]
    return Diff(tuple(pairs), tuple(removed), tuple(added))


def compared(old: Side, new: Side) -> Pair:
    """Two reports on one source, requirement by requirement.

    What could not be read is only that: nothing of it was lost, and nothing gained.
    """
    if Status.UNREADABLE in (old.status, new.status):
        return Pair(old, new, ())
    changes = [
        _change(code, old.stands.get(code), new.stands.get(code))
        for code in sorted({*old.stands, *new.stands})
    ]
    order = list(Kind)
    found = sorted(
        (c for c in changes if c is not None), key=lambda c: (order.index(c.kind), c.code)
    )
    return Pair(old, new, tuple(found))


def _key(side: Side, folder: Path) -> tuple[str, str]:
    return source_key(side.source, folder), side.vendor


def _change(code: str, old: Stand | None, new: Stand | None) -> Change | None:
    kind = _kind(old, new) if old and new else Kind.CHANGED
    stand = new or old
    return Change(kind, code, stand.id, old, new) if kind and stand else None


def _kind(old: Stand, new: Stand) -> Kind | None:
    if old.verdict is not new.verdict:
        lacking = (Verdict.MISSING, Verdict.AMBIGUOUS)
        if old.verdict is Verdict.PRESENT and new.verdict in lacking:
            return Kind.LOST
        if new.verdict is Verdict.PRESENT and old.verdict in lacking:
            return Kind.GAINED
        return Kind.CHANGED
    if {w.said for w in old.words} != {w.said for w in new.words}:
        return Kind.REWORDED
    if {(w.said, w.place) for w in old.words} != {(w.said, w.place) for w in new.words}:
        return Kind.MOVED
    return None


def side_of(report: object, place: str) -> Side:
    """A report as JSON has it, read as far as it is compared; ``place`` says where it stands.

    Raises
    ------
    ConfigError
        ``file-schema``: it is no report, or one of another version; ``config-value``: a field is
        missing or wrong.
    """
    if not isinstance(report, dict) or report.get("schema") != REPORT:
        raise ConfigError("file-schema", file=place, found=schema_in(report), known=REPORT)
    reader = _Reader(place)
    roles = [
        reader.text(d, "role", f"documents[{n}]")
        for n, d in enumerate(reader.items(report, "documents"))
    ]
    stands = {}
    for number, item in enumerate(reader.items(report, "requirements")):
        where = f"requirements[{number}]"
        words = tuple(
            reader.words(e, f"{where}.evidence[{n}]", roles)
            for n, e in enumerate(reader.items(item, "evidence", where))
        )
        verdict = reader.word(Verdict, item, "verdict", where)
        code = reader.text(item, "code", where)
        stands[code] = Stand(reader.text(item, "id", where), verdict, words)
    status = reader.word(Status, report, "status")
    causes = [
        reader.text(e, "cause", f"errors[{n}]")
        for n, e in enumerate(reader.items(report, "errors"))
    ]
    source, vendor = reader.text(report, "source"), reader.text(report, "vendor")
    return Side(source, vendor, status, stands, causes[0] if causes else None)


class _Reader:
    """Fields of a report that somebody may have changed."""

    def __init__(self, place: str) -> None:
        self._place = place

    def items(self, data: object, key: str, where: str = "") -> list[Any]:
        value = self._get(data, key, where)
        return value if isinstance(value, list) else self._refuse(value, key, where, "[…]")

    def text(self, data: object, key: str, where: str = "") -> str:
        value = self._get(data, key, where)
        return value if isinstance(value, str) else self._refuse(value, key, where, '"…"')

    def word(self, words: type[_Word], data: object, key: str, where: str = "") -> _Word:
        value = self.text(data, key, where)
        known = [str(w) for w in words]
        return words(value) if value in known else self._refuse(value, key, where, ", ".join(known))

    def words(self, data: object, where: str, roles: list[str]) -> Words:
        headings = self.items(data, "headings", where)
        column, href = (self._get(data, key, where) for key in ("column", "href"))
        index = self._get(data, "document", where)
        if type(index) is not int or not 0 <= index < len(roles):
            self._refuse(index, "document", where, f"0…{len(roles) - 1}")
        return Words(
            self.text(data, "quote", where),
            tuple(str(h) for h in headings),
            None if column is None else str(column),
            roles[index],
            None if href is None else str(href),
        )

    def _get(self, data: object, key: str, where: str) -> Any:
        if not isinstance(data, dict):
            self._refuse(data, key, where, "{…}")
        return data.get(key)

    def _refuse(self, value: object, key: str, where: str, takes: str) -> NoReturn:
        raise ConfigError(
            "config-value",
            place=f"{self._place}: {where}" if where else self._place,
            key=key,
            value=json.dumps(value, ensure_ascii=False)[:60],
            takes=takes,
        )
