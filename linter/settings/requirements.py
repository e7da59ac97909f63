"""Requirements as settings name them: codes, ids, beginnings of codes, "ALL"."""

from __future__ import annotations

from collections.abc import Iterable

from linter.errors import ConfigError
from linter.settings.nearest import nearest

ALL = "ALL"


def known() -> dict[str, str]:
    """The ids of what can be selected, by code, in order."""
    # Imported here: whoever only takes a type from this room needs no rules.
    from linter.rules import RULES, DocumentRule

    return {r.code: r.id for r in RULES.values() if not isinstance(r, DocumentRule)}


def reach(names: Iterable[str], code: str, id: str) -> int:
    """How closely the closest of the names fits: 0 not at all, 1 "ALL", more for a longer one."""
    fits = [0]
    for name in names:
        if name.upper() == ALL:
            fits.append(1)
        elif name.lower() == id or (name and code.startswith(name.upper())):
            fits.append(len(code) + 1 if name.lower() == id else len(name) + 1)
    return max(fits)


def expanded(select: Iterable[str], ignore: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The codes that two lists of names select, and those that they ignore."""
    select, ignore = tuple(select), tuple(ignore)
    fits = {
        code: (reach(select, code, id), reach(ignore, code, id)) for code, id in known().items()
    }
    return (
        tuple(code for code, (wanted, unwanted) in fits.items() if wanted > unwanted),
        tuple(code for code, (wanted, unwanted) in fits.items() if 0 < unwanted >= wanted),
    )


def checked(name: str, *, place: str, whole: bool = False) -> str:
    """A name as it is spelled here: a code for a whole one or an id.

    Raises
    ------
    ConfigError
        ``config-requirement``: it fits no requirement, or only the beginning of a code where a
        ``whole`` one is needed; ``config-always``: what it names says that nothing was judged.
    """
    from linter.rules import RULES

    if whole or name.upper() != ALL:
        ids = known()
        by_id = {id: code for code, id in ids.items()}
        code = by_id.get(name.lower(), name.upper())
        if code in ids or (not whole and code and any(c.startswith(code) for c in ids)):
            return code
        always = {n for r in RULES.values() if r.code not in ids for n in (r.code, r.id.upper())}
        problem = "config-always" if name.upper() in always else "config-requirement"
        near = nearest(name, (*ids, *by_id))
        raise ConfigError(problem, place=place, name=name, near=near)
    return ALL


def refuse_nothing(select: Iterable[str], ignore: Iterable[str], *, place: str) -> None:
    """Raises ``config-nothing`` if no requirement is left: a run that judges nothing is no pass."""
    if not expanded(select, ignore)[0]:
        raise ConfigError("config-nothing", place=place)
