"""One line on standard error that says which of several sources is being judged."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator

from linter.report.terminal import clean, clip

_WIPE = "\r\x1b[K"


class Progress:
    """Shows how far a run of ``total`` sources is, on a terminal that can rewrite a line.

    Nothing is shown for a single source, if ``quiet``, or where standard error is a file or pipe.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        terminal = sys.stderr is not None and sys.stderr.isatty()
        self._shows = terminal and total > 1 and not quiet and os.environ.get("TERM") != "dumb"
        self._total = total
        self._done = 0

    @contextlib.contextmanager
    def on(self, source: str) -> Iterator[None]:
        """The line is there while a source is being judged, and gone whatever comes of it."""
        self._done += 1
        # The last column stays free: a terminal may break the line after it.
        room = shutil.get_terminal_size().columns - 1
        self._write(clip(clean(f"[{self._done}/{self._total}] {source}"), room))
        try:
            yield
        finally:
            self._write(_WIPE)

    def _write(self, text: str) -> None:
        if not self._shows:
            return
        encoding = sys.stderr.encoding or "utf-8"
        # Nothing depends on this line being seen.
        with contextlib.suppress(OSError):
            sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
            sys.stderr.flush()
