"""What a check is asked to do, frozen and validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from linter.settings.requirements import checked, reach, refuse_nothing
from linter.verdict import Requirement, Role, Severity


class FailOn(StrEnum):
    """The least severity that fails a run; ``NEVER``: nothing that was judged does."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class Render(StrEnum):
    """When a page is drawn in a browser; ``AUTO``: when only a script draws its text."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Language(StrEnum):
    """Languages of messages; ``AUTO`` asks the locale."""

    AUTO = "auto"
    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Which other documents are read.

    Attributes
    ----------
    depth : how many references deep lists are read over the network; None for one if the source
        is a URL and none if it is a file or standard input.
    local : whether a file's relative links to files in its own folder are read; only the command
        line, where the user names the file, asks for it.
    discover : whether the policy is looked for where the source is a home page or a store's.
    max_documents : lists that are read at most.
    max_bytes : what all lists together may hold.
    seconds : for all of it; what is not read by then is said to be unread.
    """

    depth: int | None = None
    local: bool = False
    discover: bool = True
    max_documents: int = 8
    max_bytes: int = 24 * 1024 * 1024
    seconds: float = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """Which requirements are judged and how much each weighs.

    Attributes
    ----------
    select, ignore : codes, ids, beginnings of codes ("RS1") or "ALL". A requirement is judged if
        the longest name that fits it stands in ``select`` alone; what is not judged is not in the
        report.
    severity : by code or id; the requirement's own where it says nothing.
    fail_on : the least severity whose absence makes the status "fail", or whose doubt makes it
        "review". NEVER leaves the status what it is with ERROR, and makes exit code 1 a 0.

    Raises
    ------
    ConfigError
        ``config-requirement`` or ``config-always``: a name that is none; ``config-nothing``:
        nothing is left to judge.
    """

    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: FailOn = FailOn.ERROR

    def __post_init__(self) -> None:
        """Checks the names; the severities are kept by code."""
        for key in ("select", "ignore"):
            for name in getattr(self, key):
                checked(name, place=key)
        levels = {
            checked(name, place="severity", whole=True): Severity(level)
            for name, level in self.severity.items()
        }
        object.__setattr__(self, "severity", levels)
        refuse_nothing(self.select, self.ignore, place="select, ignore")

    def judges(self, requirement: Requirement) -> bool:
        """Whether a requirement is judged."""
        code, id = requirement.code, requirement.id
        return reach(self.select, code, id) > reach(self.ignore, code, id)

    def severity_of(self, requirement: Requirement) -> Severity:
        """How much its absence weighs here."""
        return self.severity.get(requirement.code, requirement.severity)

    @property
    def weighty(self) -> frozenset[Severity]:
        """The severities that decide the status."""
        if self.fail_on is FailOn.WARNING:
            return frozenset({Severity.ERROR, Severity.WARNING})
        return frozenset({Severity.ERROR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a configuration can say of one source; paths are absolute.

    ``waivers`` and ``baseline`` are carried for those who apply them.
    """

    judging: Judging = field(default_factory=Judging)
    vendor: str = "realsee"
    role: Role = Role.RECIPIENT
    follow: int | None = None
    render: Render = Render.AUTO
    lang: Language = Language.AUTO
    waivers: Path | None = None
    baseline: Path | None = None
