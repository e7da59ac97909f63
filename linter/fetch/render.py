"""A page as a browser shows it, for policies that only a script draws.

Chromium runs in a process of its own, as do Playwright and its driver, with a profile that is
thrown away; all it knows of the network is ``GuardingProxy``. Nothing is clicked or typed.
"""

from __future__ import annotations

import datetime
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linter.document import Page
from linter.errors import FetchError
from linter.fetch.answer import check_status
from linter.fetch.connect import check_behind_proxy
from linter.fetch.guard import Guard
from linter.fetch.media import HTML, media_type
from linter.fetch.options import FetchOptions
from linter.fetch.proxy import GuardingProxy

# The browser's own program before the scripts around it, which add extensions and switches.
_PROGRAMS = (
    "/usr/lib/chromium/chromium",
    "/usr/lib64/chromium-browser/chromium-browser",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# Scripts, styles and answers of a page, compressed: as a multiple of the cap on one document, and
# at least so much.
_PAGE_TIMES, _PAGE_BYTES = 4, 32 * 1024 * 1024
# Private memory of each of the browser's processes, size of each file it writes.
_MEMORY_KIB = 3 * 1024 * 1024
_FILE_BLOCKS = 1024 * 1024  # of 512 bytes
# Dash and other shells alike: exec keeps the number, which Playwright makes that of a group.
_START = """#!/bin/sh
echo $$ >{pid}
ulimit -c 0
ulimit -d {memory} 2>/dev/null
ulimit -f {blocks} 2>/dev/null
exec {program} "$@"
"""
# What the browser may know of the environment: where programs, libraries and fonts are.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_NO_START = "the browser did not start"
_FOLDER_BYTES = 32
_ENDING = 3.0  # seconds
_REASONS = {
    "crash": "the browser crashed",
    "download": "it is a download, not a page",
    "dialogs": "it opens dialogs without end",
    "navigations": "it moves to other addresses without end",
}


@dataclass(frozen=True, slots=True)
class _Workplace:
    """A folder that is thrown away: profile, downloads, and the browser's process number."""

    folder: Path

    @property
    def pid_file(self) -> Path:
        return self.folder / "browser.pid"

    @property
    def complaints(self) -> Path:
        return self.folder / "stderr"

    def last_complaint(self) -> str:
        """The last line that the child process wrote to its standard error, "" for none."""
        lines = self.complaints.read_text("utf-8", "replace")[-2000:].split("\n")
        return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")

    def program(self, chromium: str) -> str:
        """A script that starts the browser under limits and writes down its process number."""
        start = self.folder / "chromium"
        start.write_text(
            _START.format(
                pid=_quoted(str(self.pid_file)),
                memory=_MEMORY_KIB,
                blocks=_FILE_BLOCKS,
                program=_quoted(chromium),
            ),
            "utf-8",
        )
        start.chmod(0o700)
        return str(start)


def render(source: str, options: FetchOptions) -> Page:
    """The page at a URL as Chromium draws it.

    Parameters
    ----------
    source : an http(s) URL; its fragment counts, for a page may choose by it what to draw.
    options : as for a plain fetch; ``deadline`` bounds all of it, the browser's start included.

    Returns
    -------
    Page
        ``text`` is the document when it had settled, as HTML: shadow trees and frames of the same
        site in their places, elements that are not shown marked with the attribute ``hidden``,
        no scripts. ``truncated`` if that is longer than ``options.max_bytes``.

    Raises
    ------
    FetchError
        ``fetch-render-missing``, ``fetch-render-deadline``, ``fetch-render-ca``, ``fetch-render``,
        and the codes of a plain fetch for what is refused, not reached, or answered with an error.
    """
    url = source.strip()
    guard = Guard(allow_hosts=options.allow_hosts, resolver=options.resolver)
    target = guard.target(url)
    if not guard.allows(target.host, target.port):
        # What a page loads, it loads by itself: one that is not the user's own reaches nothing
        # of theirs.
        options = replace(options, allow_hosts=frozenset())
    chromium = _chromium(url, options)
    end = time.monotonic() + options.deadline
    # Before a browser is started for it; the proxy checks again what it connects to.
    if options.proxy is None:
        guard.resolve(target.host, target.port, timeout=options.deadline)
    else:
        check_behind_proxy(guard, target.host, target.port, timeout=options.deadline)
    most = max(options.max_bytes * _PAGE_TIMES, _PAGE_BYTES)
    with GuardingProxy(options, seconds=options.deadline, max_bytes=most) as proxy:
        outcome = _outcome(url, chromium, proxy, options, end)
        _check(url, outcome, proxy, guard, options, end)
    return _page(source, outcome, options)


def can_render(options: FetchOptions) -> bool:
    """Whether Playwright and a Chromium are installed."""
    return importlib.util.find_spec("playwright") is not None and _found(options) is not None


def _chromium(url: str, options: FetchOptions) -> str:
    if importlib.util.find_spec("playwright") is None:
        raise FetchError("fetch-render-missing", url=url, reason="Playwright is not installed")
    found = _found(options)
    if found is None:
        raise FetchError("fetch-render-missing", url=url, reason="no Chromium was found")
    return found


def _found(options: FetchOptions) -> str | None:
    if os.name != "posix":
        # Process groups and limits are what ends and bounds the browser.
        return None
    programs = (options.chromium,) if options.chromium else _PROGRAMS
    return next((found for p in programs if (found := shutil.which(p))), None)


def _outcome(
    url: str, chromium: str, proxy: GuardingProxy, options: FetchOptions, end: float
) -> dict[str, Any]:
    """What the child process says of the page, or ``{"failure": …}``."""
    # Chromium makes a socket in it, whose path the system cuts at 108 bytes.
    usual = tempfile.gettempdir()
    with tempfile.TemporaryDirectory(
        prefix="disclosure-lint-",
        dir=usual if len(os.fsencode(usual)) < _FOLDER_BYTES else "/tmp",
        ignore_cleanup_errors=True,
    ) as folder:
        place = _Workplace(Path(folder))
        job = {
            "url": url,
            "server": f"http://{proxy.address}",
            "username": proxy.username,
            "password": proxy.password,
            "chromium": place.program(chromium),
            "pid_file": str(place.pid_file),
            # Chromium refuses to run its sandbox as root; there, as in most containers, what
            # holds a page is the proxy, the limits and the container.
            "sandbox": os.geteuid() != 0,
            # The child is to fail by itself, with a reason, before it is ended.
            "seconds": max(0.1, end - time.monotonic() - min(1.0, options.deadline / 10)),
            "max_bytes": options.max_bytes,
            "max_navigations": options.max_redirects,
        }
        with _child(place) as child:
            outcome = _asked(child, job, end)
        return outcome or {"failure": place.last_complaint() or _NO_START}


def _asked(child: subprocess.Popen[bytes], job: dict[str, object], end: float) -> dict[str, Any]:
    """What the child process answers; nothing if it ended without a word."""
    stdin, stdout = child.stdin, child.stdout
    if stdin is None or stdout is None:
        return {}
    answer: list[bytes] = []
    reading = threading.Thread(target=lambda: answer.append(stdout.read()), daemon=True)
    reading.start()
    with suppress(BrokenPipeError):
        stdin.write(json.dumps(job).encode() + b"\n")
        # Left open: its end tells the child that its parent is gone.
        stdin.flush()
    reading.join(max(0.0, end - time.monotonic()))
    if reading.is_alive():
        return {"failure": "deadline"}
    try:
        outcome: dict[str, Any] = json.loads(b"".join(answer))
    except ValueError:
        # It was ended from without, perhaps in the middle of a word.
        return {}
    return outcome


@contextmanager
def _child(place: _Workplace) -> Iterator[subprocess.Popen[bytes]]:
    """The child process; it and the browser have ended when the context ends."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment |= {
        "HOME": str(place.folder),
        "TMPDIR": str(place.folder),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    with place.complaints.open("wb") as complaints:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "linter.fetch.browser"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=place.folder,
            env=environment,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        _end(child, place)


def _end(child: subprocess.Popen[bytes], place: _Workplace) -> None:
    """Ends the browser, then the child, each with its group.

    The browser first: the child then sees it gone, reaps it and ends by itself.
    """
    with suppress(OSError, ValueError):
        os.killpg(int(place.pid_file.read_text("ascii")), signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        child.wait(_ENDING)
    with suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _check(
    url: str,
    outcome: dict[str, Any],
    proxy: GuardingProxy,
    guard: Guard,
    options: FetchOptions,
    end: float,
) -> None:
    """Raises what kept the page from being had, the guard's reason before all others."""
    final = str(outcome.get("url") or url)
    target = guard.target(final)
    if options.proxy is None:
        refused = proxy.refusals.get(f"{target.host}:{target.port}")
        if refused is not None and (outcome["failure"] or outcome["status"] >= 400):
            raise refused
    if proxy.exceeded:
        raise FetchError("fetch-render", url=final, reason="it loads too much")
    if outcome["failure"]:
        raise _failed(str(outcome["failure"]), final, options)
    check_behind_proxy(guard, target.host, target.port, timeout=max(0.1, end - time.monotonic()))
    check_status(final, outcome["status"], outcome["headers"].get("retry-after", ""))


def _failed(failure: str, url: str, options: FetchOptions) -> FetchError:
    """A failure of the child or of Chromium ("net::ERR_CERT_DATE_INVALID") in our words."""
    if failure == "deadline":
        return FetchError("fetch-render-deadline", url=url, seconds=f"{options.deadline:g}")
    if failure in _REASONS:
        return FetchError("fetch-render", url=url, reason=_REASONS[failure])
    net = failure.partition("net::")[2].split(" ")[0].rstrip(".")
    if net.startswith(("ERR_CERT_", "ERR_SSL_")):
        code = "fetch-render-ca" if options.ca_bundle else "fetch-tls"
        return FetchError(code, url=url, reason=net)
    if net == "ERR_TOO_MANY_REDIRECTS":
        return FetchError("fetch-redirects", url=url, count=20)
    if net.startswith(("ERR_CONNECTION_", "ERR_EMPTY_", "ERR_TUNNEL_", "ERR_PROXY_")):
        return FetchError("fetch-answer", url=url, reason=net)
    return FetchError("fetch-render", url=url, reason=net or failure)


def _page(source: str, outcome: dict[str, Any], options: FetchOptions) -> Page:
    url, headers = outcome["url"], outcome["headers"]
    kind = headers.get("content-type", "")
    if media_type(url, outcome["html"], content_type=kind) is None:
        raise FetchError("fetch-media-type", kind=kind.partition(";")[0])
    content = outcome["html"].encode("utf-8", "replace")
    text = content[: options.max_bytes].decode("utf-8", "ignore")
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return Page(
        source,
        text.encode("utf-8"),
        text,
        "utf-8",
        text.count("\ufffd") / len(text) if text else 0.0,
        HTML,
        url=url,
        base_url=url,
        headers=headers,
        fetched_at=now.replace("+00:00", "Z"),
        truncated=outcome["truncated"] or len(content) > options.max_bytes,
        rendered=True,
    )


def _quoted(path: str) -> str:
    import shlex

    return shlex.quote(path)
