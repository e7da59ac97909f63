"""Parsers that can be attacked, run in a process of their own.

    python -m linter.segment.child pdf < document > parts.json

The child gets the document on standard input and answers JSON on standard output; nothing it
says is unpickled or run. It may use so much memory and time and no more, knows no secrets of the
environment, and is killed with all it started when its time is over.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO, Any

from linter.errors import SegmentError

_MEGABYTE = 1024 * 1024
# Exit codes of the child; any other is a crash.
_DONE, _REFUSED, _NO_MEMORY = 0, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a parser may use.

    Attributes
    ----------
    seconds : of wall time; on a busy machine a parser gets its processor time late.
    cpu_seconds : of processor time. 200 pages printed by a browser, whose fonts are the slowest
        to read, took 5.
    memory : bytes of address space. The 200 pages took 140 MB.
    answer : bytes of the answer; a page may have as many.
    """

    seconds: float = 30.0
    cpu_seconds: int = 10
    memory: int = 1024 * _MEGABYTE
    answer: int = 16 * _MEGABYTE


def parse(kind: str, content: bytes, *, limits: Limits | None = None) -> Any:
    """What the parser of a kind ("pdf", "docx") answers for a document: plain JSON values.

    Raises
    ------
    SegmentError
        What the parser said of the document; ``segment-parser-limit`` when it used too much time
        or memory or said too much, ``segment-parser-failed`` when it crashed.
    """
    limits = limits or Limits()
    code, answer, overdue = _run(kind, content, limits)
    if overdue or code in (_NO_MEMORY, -_signal("SIGXCPU"), -_signal("SIGKILL")):
        raise SegmentError("segment-parser-limit", format=kind.upper())
    if code not in (_DONE, _REFUSED):
        raise SegmentError("segment-parser-failed", format=kind.upper())
    if len(answer) > limits.answer:
        raise SegmentError("segment-parser-limit", format=kind.upper())
    try:
        value = json.loads(answer)
        if code == _REFUSED:
            raise SegmentError(str(value["code"]), **dict(value["params"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SegmentError("segment-parser-failed", format=kind.upper()) from None
    return value


def _signal(name: str) -> int:
    return int(getattr(signal, name, 0)) or 1000


def _run(kind: str, content: bytes, limits: Limits) -> tuple[int, bytes, bool]:
    """The child's exit code, at most a little more than the allowed answer, and if it was late."""
    process = subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", __name__, kind, json.dumps(_plain(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    late = threading.Event()

    def expire() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(limits.seconds, expire)
    timer.daemon = True
    feeder = threading.Thread(target=_feed, args=(process.stdin, content), daemon=True)
    timer.start()
    feeder.start()
    assert process.stdout is not None
    try:
        answer = process.stdout.read(limits.answer + 1)
        if len(answer) > limits.answer:
            # What it has not said by now is more than it may say.
            _kill(process)
        code = process.wait()
    finally:
        timer.cancel()
        _kill(process)
        process.wait()
        feeder.join()
        process.stdout.close()
    return code, answer, late.is_set()


def _feed(pipe: IO[bytes] | None, content: bytes) -> None:
    assert pipe is not None
    with contextlib.suppress(OSError), pipe:
        pipe.write(content)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _environment() -> dict[str, str]:
    """Where Python finds its modules; none of the user's variables."""
    kept = {k: os.environ[k] for k in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if k in os.environ}
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    paths = [here, *(p for p in sys.path if p and p != here)]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


def _plain(limits: Limits) -> list[int]:
    return [limits.cpu_seconds, limits.memory]


# From here on: the child's side.


def main(arguments: list[str]) -> int:
    """Reads a document from standard input and answers it in parts; the exit code."""
    kind, settings = arguments
    cpu_seconds, memory = json.loads(settings)
    _restrict(cpu_seconds, memory)
    # It lives too short for cycles to matter.
    gc.disable()
    content = sys.stdin.buffer.read()
    try:
        answer, code = _parser(kind)(content), _DONE
    except SegmentError as error:
        answer, code = {"code": error.code, "params": error.params}, _REFUSED
    except MemoryError:
        return _NO_MEMORY
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()
    return code


def _parser(kind: str) -> Any:
    if kind == "pdf":
        from linter.segment.pdf_pages import read_parts

        return read_parts
    from linter.segment.docx_html import to_html

    return to_html


def _restrict(cpu_seconds: int, memory: int) -> None:
    """Limits that the system keeps, where it can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing is written but the answer.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    # Not by exiting the interpreter: what a parser left behind is not worth tearing down.
    code = main(sys.argv[1:])
    os._exit(code)
