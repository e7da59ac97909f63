"""A time limit on a whole fetch: timeouts of single reads do not bound a dripped answer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Protocol

from linter.errors import FetchError


class Closable(Protocol):
    """What can be closed, more than once."""

    def close(self) -> None:
        """Close it."""


class Deadline:
    """Shuts the sockets it watches when its time is over. ``seconds`` counts from entering."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = 0.0
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._answers: list[Closable] = []
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self.expired = False

    def __enter__(self) -> Deadline:
        self._end = time.monotonic() + self._seconds
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self.release()

    def release(self) -> None:
        """Close what was opened so far: who has said enough is not to keep on sending."""
        with self._lock:
            for watched in self._sockets:
                with contextlib.suppress(OSError):
                    watched.shutdown(socket.SHUT_RDWR)
                watched.close()
            self._sockets.clear()
            for answer in self._answers:
                answer.close()
            self._answers.clear()

    def remaining(self) -> float:
        """Seconds left.

        Raises
        ------
        FetchError
            ``fetch-deadline`` when none are.
        """
        left = self._end - time.monotonic()
        if self.expired or left <= 0:
            raise FetchError("fetch-deadline", seconds=f"{self._seconds:g}")
        return left

    def watch(self, connected: socket.socket) -> None:
        """Have a connection shut at the end, also while TLS has wrapped it.

        A duplicate is kept: wrapping detaches the original, and to shut one shuts both.
        """
        with self._lock:
            self._sockets.append(connected.dup())
        self.remaining()

    def owns(self, answer: Closable) -> None:
        """Have an answer closed at the end, also one that the libraries forget over an error."""
        with self._lock:
            self._answers.append(answer)

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            for watched in self._sockets:
                with contextlib.suppress(OSError):
                    watched.shutdown(socket.SHUT_RDWR)
