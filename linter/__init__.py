"""disclosure-lint: does a privacy policy disclose what it must about one named third party?

>>> from linter import check
>>> check("policy.html").status
<Status.FAIL: 'fail'>
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.check import check as check
    from linter.errors import DisclosureLintError as DisclosureLintError
    from linter.fetch import FetchOptions as FetchOptions
    from linter.report import render as render
    from linter.settings import FailOn as FailOn
    from linter.settings import Following as Following
    from linter.settings import Judging as Judging
    from linter.verdict import Evidence as Evidence
    from linter.verdict import Finding as Finding
    from linter.verdict import Report as Report
    from linter.verdict import Role as Role
    from linter.verdict import Severity as Severity
    from linter.verdict import Status as Status
    from linter.verdict import Verdict as Verdict

__version__ = "0.1.0"

_HOMES = {
    "DisclosureLintError": "linter.errors",
    "FetchOptions": "linter.fetch",
    "FailOn": "linter.settings",
    "Following": "linter.settings",
    "Judging": "linter.settings",
    "render": "linter.report",
    "Evidence": "linter.verdict",
    "Finding": "linter.verdict",
    "Report": "linter.verdict",
    "Role": "linter.verdict",
    "Severity": "linter.verdict",
    "Status": "linter.verdict",
    "Verdict": "linter.verdict",
}
__all__ = ["__version__", "check", *sorted(_HOMES)]


def __getattr__(name: str) -> object:
    """The public names, loaded when they are first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


class _Package(ModuleType):
    """Keeps ``linter.check`` the function: importing the module of that name would replace it."""

    @property
    def check(self) -> object:
        """The one use case; see ``linter/check.py``."""
        return import_module("linter.check").check

    @check.setter
    def check(self, module: object) -> None:
        """The import system hangs a submodule on its package; this one stays in sys.modules."""


sys.modules[__name__].__class__ = _Package
