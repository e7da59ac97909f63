"""What a check is asked to do, frozen and validated."""

from __future__ import annotations

from dataclasses import dataclass


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
