"""The program's version."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The installed distribution's version; "not installed" in a bare checkout."""
    try:
        return version("disclosure-lint")
    except PackageNotFoundError:
        return "not installed"
