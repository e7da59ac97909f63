"""Where words go: standard output, a file written whole or not at all, standard error."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from linter.errors import DisclosureLintError, UsageError
from linter.report.messages import error_words, phrase
from linter.report.terminal import clean

# The exit code of what could not be done.
UNUSABLE = 2


class OutputError(Exception):
    """The output cannot be written; ``path`` is what was to be, ``reason`` why not."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class OutputClosed(Exception):
    """Whoever read standard output has stopped reading."""


class Output(Protocol):
    """Takes text until its context ends."""

    encoding: str
    terminal: bool
    width: int

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def write(self, text: str) -> None:
        """Write text; what the encoding cannot say is escaped, never a crash."""


def complain(key: str, *, lang: str, **params: object) -> None:
    """Say a sentence of the catalogue on standard error, made harmless for a terminal."""
    words = clean(phrase(key, params, lang))
    if sys.stderr is not None:
        encoding = sys.stderr.encoding or "utf-8"
        # If nobody reads standard error either, there is nobody left to tell.
        with contextlib.suppress(OSError):
            print(words.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def complain_of(error: DisclosureLintError, *, lang: str) -> None:
    """Say on standard error what went wrong and what to do."""
    complain("cli.error", lang=lang, message=" ".join(error_words(error.code, error.params, lang)))


def told(work: Callable[[], int], *, lang: str) -> int:
    """The exit code of a command's work; 2, and why on standard error, where it cannot be done.

    Nor is it done where whoever reads standard output has stopped: then nothing is said.
    """
    try:
        return work()
    except OutputClosed:
        return UNUSABLE
    except OutputError as error:
        message = phrase("cli.output", {"path": error.path, "reason": error.reason}, lang)
        complain("cli.error", lang=lang, message=message)
    except DisclosureLintError as error:
        complain_of(error, lang=lang)
    return UNUSABLE


class StandardOutput:
    """Standard output: each piece is seen as soon as it is written.

    ``machine`` output is UTF-8 whatever the locale.
    """

    def __init__(self, *, machine: bool = False) -> None:
        stream = sys.stdout
        if stream is None:
            raise OutputError("-", "standard output is closed")
        self._stream = stream
        self.encoding = "utf-8" if machine else (stream.encoding or "utf-8")
        self.terminal = stream.isatty()
        self.width = shutil.get_terminal_size().columns if self.terminal else 80

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is left to write: each piece was flushed."""

    def write(self, text: str) -> None:
        """Write text and flush it.

        Raises
        ------
        OutputClosed
            The reader has gone.
        OutputError
            The device is full or fails.
        """
        try:
            self._stream.buffer.write(text.encode(self.encoding, "backslashreplace"))
            self._stream.buffer.flush()
        except BrokenPipeError:
            _discard_rest(self._stream.buffer)
            raise OutputClosed from None
        except OSError as error:
            _discard_rest(self._stream.buffer)
            raise OutputError("-", error.strerror or str(error)) from None


class FileOutput:
    """A file that appears whole, or stays what it was.

    The text goes to a temporary file beside it, which takes its name at the end if nothing was
    raised. A device or pipe (``/dev/stdout``) cannot be replaced and is written straight.
    """

    encoding = "utf-8"
    terminal = False
    width = 80

    def __init__(self, path: Path) -> None:
        self._shown = str(path)
        # A link keeps pointing where it did: its target is replaced, not the link.
        self._path = Path(os.path.realpath(path))
        self._part: Path | None = None
        self._file = self._open()

    def _open(self) -> BinaryIO:
        try:
            if self._path.is_dir():
                raise IsADirectoryError(21, "it is a directory")
            if self._path.exists() and not self._path.is_file():
                return self._path.open("wb")
            self._part = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.part")
            return self._part.open("xb")
        except (OSError, ValueError) as error:
            raise self._failed(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
            if error is None and self._part is not None:
                if self._path.exists():
                    shutil.copymode(self._path, self._part)
                self._part.replace(self._path)
        except OSError as failure:
            raise self._failed(failure) from None
        finally:
            if self._part is not None:
                self._part.unlink(missing_ok=True)

    def write(self, text: str) -> None:
        """Write text.

        Raises
        ------
        OutputClosed
            The path is a pipe and its reader has gone.
        OutputError
            The disk is full or fails.
        """
        try:
            self._file.write(text.encode("utf-8", "backslashreplace"))
        except BrokenPipeError:
            raise OutputClosed from None
        except OSError as error:
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> OutputError:
        return OutputError(self._shown, getattr(error, "strerror", None) or str(error))


def write_new(path: Path, text: str) -> None:
    """Write a file that was not there, whole or not at all; what is there is left as it is.

    Raises
    ------
    UsageError
        ``usage-exists``.
    OutputError
        It cannot be written.
    """
    try:
        path.open("x").close()
    except FileExistsError:
        raise UsageError("usage-exists", path=path) from None
    except (OSError, ValueError) as error:
        raise OutputError(str(path), getattr(error, "strerror", None) or str(error)) from None
    try:
        with FileOutput(path) as output:
            output.write(text)
    except OutputError:
        path.unlink(missing_ok=True)
        raise


def _discard_rest(stream: BinaryIO) -> None:
    """Send what is left to nowhere: the interpreter flushes again at exit and would complain."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
