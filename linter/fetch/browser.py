"""The child process of ``render``: draws one page in Chromium and writes down what it shows.

    python -m linter.fetch.browser <job.json >outcome.json

It knows of the network only a proxy, which is its parent's; it ends, and Chromium with it, when
its standard input ends.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.async_api import (
    BrowserContext,
    BrowserType,
    CDPSession,
    Dialog,
    Error,
    Frame,
    Page,
    Request,
    Response,
    Route,
    async_playwright,
)

from linter.fetch.site import same_site

_T = TypeVar("_T")
_DRAWN = Path(__file__).with_name("drawn.js")
# Not needed to read a policy. Stylesheets are: they say what is hidden.
_UNNEEDED = frozenset({"image", "media", "font", "texttrack", "manifest", "ping"})
# What a page waits for before it draws; a stream or a beacon may stay open for ever.
_AWAITED = frozenset({"document", "script", "xhr", "fetch", "stylesheet"})
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_REQUESTS = 3_000
_DIALOGS = 20
_FRAMES = 30
# Seconds. A page that still shows next to nothing is given longer before it counts as settled.
_POLL, _QUIET, _QUIET_SHORT, _QUIET_BUSY = 0.2, 1.0, 3.0, 4.0
_SHORT = 200  # characters
_SCROLLS = 20
ARGUMENTS = (
    # Loopback too goes through the proxy, which refuses it.
    "--proxy-bypass-list=<-loopback>",
    # No name is resolved here, for a prefetch or anything else.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-remote-fonts",
    "--disable-notifications",
    "--disable-file-system",
    "--deny-permission-prompts",
    "--renderer-process-limit=4",
    "--js-flags=--max-old-space-size=512",
)
# Peer connections are of no use to a policy; a closed shadow tree's text is text all the same.
_BEFORE = """(() => {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"])
    delete globalThis[name];
  for (const name of ["alert", "print"]) globalThis[name] = () => undefined;
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    return attach.call(this, { ...init, mode: "open" });
  };
})()"""
# The script begins with comments, so it cannot stand behind "return".
_CALL = "function (...given) {{ const write = {script}; return write(...given); }}"
# How much text there is and what it is, digits aside: a clock that ticks is no new text.
_SAMPLE = """(() => {
  let length = 0, sum = 0;
  const roots = [document];
  while (roots.length) {
    const root = roots.pop();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 1) { if (node.shadowRoot) roots.push(node.shadowRoot); continue; }
      const parent = node.parentNode && node.parentNode.localName;
      if (parent === "script" || parent === "style" || parent === "noscript") continue;
      const text = node.data.replace(/[\\d\\s]+/g, "");
      length += text.length;
      for (let n = 0; n < text.length; n += 7) sum = (sum * 31 + text.charCodeAt(n)) | 0;
    }
  }
  return [length, sum, document.readyState === "loading" ? 0 : 1];
})()"""
# Down to the end, a screen at a time; whether there was anywhere to go.
_SCROLL = """new Promise((done) => {
  let left = %d;
  const step = () => {
    const before = scrollY;
    scrollBy(0, innerHeight);
    if (--left > 0 && scrollY > before) setTimeout(step, 60); else done(scrollY > 0);
  };
  step();
})"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be drawn, through which proxy, by which program, and within which bounds."""

    url: str
    server: str
    username: str
    password: str
    chromium: str
    pid_file: str
    sandbox: bool
    seconds: float
    max_bytes: int
    max_navigations: int


@dataclass(slots=True)
class Outcome:
    """The page, or in ``failure`` why there is none ("crash", "deadline", "net::ERR_…")."""

    failure: str = ""
    url: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    html: str = ""
    truncated: bool = False


class _Failed(Exception):
    """The page cannot be had; says why."""


class _Drawing:
    """One page from its first request to its text."""

    def __init__(self, job: Job, end: float) -> None:
        self._job, self._end = job, end
        self._failure: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting: set[Request] = set()
        self._last_traffic = time.monotonic()
        self._requests = self._dialogs = self._navigations = 0
        self._arrived: Response | None = None
        self._response: Response | None = None
        self._lost: Request | None = None
        self._page: Page | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def draw(self, kind: BrowserType) -> Outcome:
        """The outcome; failures that Playwright or the page raise are part of it."""
        try:
            return await self._draw(kind)
        except _Failed as failed:
            return Outcome(str(failed), url=self._where())
        except Error as error:
            failure = self._failure.result() if self._failure.done() else _cause(error)
            return Outcome(failure, url=self._where())

    async def _draw(self, kind: BrowserType) -> Outcome:
        job = self._job
        browser = await self._race(
            kind.launch(
                executable_path=job.chromium,
                headless=True,
                chromium_sandbox=job.sandbox,
                args=list(ARGUMENTS),
                ignore_default_args=["--disable-popup-blocking"],
                proxy={
                    "server": job.server,
                    "bypass": "<-loopback>",
                    "username": job.username,
                    "password": job.password,
                },
            )
        )
        browser.on("disconnected", lambda _: self._fail("crash"))
        major = browser.version.partition(".")[0]
        context = await self._race(
            browser.new_context(
                accept_downloads=False,
                ignore_https_errors=False,
                locale="zh-CN",
                permissions=[],
                service_workers="block",
                user_agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                f"Chrome/{major}.0.0.0 Safari/537.36 disclosure-lint",
                # High, so that what is drawn when it comes into view comes into view.
                viewport={"width": 1280, "height": 4000},
            )
        )
        page = await self._opened(context)
        try:
            response = await self._race(page.goto(job.url, wait_until="commit", timeout=0))
        except Error as error:
            # A page that goes on to another one at once has not failed.
            if "interrupted by another navigation" not in str(error):
                raise
            response = None
        if response is not None and response.status >= 400:
            return Outcome(url=page.url, status=response.status, headers=response.headers)
        session = await self._race(context.new_cdp_session(page))
        await self._settle(session)
        if await self._race(_evaluate(session, _SCROLL % _SCROLLS)):
            await self._settle(session, again=True)
        outcome = await self._written(session, page)
        self._end = min(self._end, time.monotonic() + 3.0)
        with suppress(_Failed, Error):
            await self._race(browser.close())
        return outcome

    async def _opened(self, context: BrowserContext) -> Page:
        await self._race(context.add_init_script(_BEFORE))
        await self._race(context.route("**/*", self._route))
        page = self._page = await self._race(context.new_page())
        context.on("page", self._close)
        page.on("dialog", self._dismiss)
        page.on("crash", lambda _: self._fail("crash"))
        page.on("framenavigated", self._navigated)
        page.on("request", self._began)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.on("response", self._answered)
        return page

    async def _race(self, step: Awaitable[_T]) -> _T:
        """A step's result, unless the page fails or the time ends before."""
        task = asyncio.ensure_future(step)
        left = max(0.0, self._end - time.monotonic())
        waited: set[asyncio.Future[Any]] = {task, self._failure}
        await asyncio.wait(waited, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        if task.done() and not self._failure.done():
            return task.result()
        task.cancel()
        with suppress(asyncio.CancelledError, Error):
            await task
        raise _Failed(self._failure.result() if self._failure.done() else "deadline")

    def _fail(self, why: str) -> None:
        if not self._failure.done():
            self._failure.set_result(why)

    def _where(self) -> str:
        if self._lost is not None:
            return self._lost.url
        url = self._page.url if self._page is not None else ""
        return url if url.startswith("http") else self._job.url

    async def _route(self, route: Route) -> None:
        self._requests += 1
        request = route.request
        allowed = (
            self._requests <= _REQUESTS
            and request.resource_type not in _UNNEEDED
            and urlsplit(request.url).scheme in ("http", "https", "data", "blob")
        )
        with suppress(Error):
            await (route.continue_() if allowed else route.abort("blockedbyclient"))

    def _close(self, popup: Page) -> None:
        self._later(popup.close())

    def _dismiss(self, dialog: Dialog) -> None:
        self._dialogs += 1
        if self._dialogs > _DIALOGS:
            self._fail("dialogs")
        self._later(dialog.dismiss())

    def _later(self, step: Awaitable[None]) -> None:
        async def quietly() -> None:
            with suppress(Error):
                await step

        task = asyncio.ensure_future(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _navigated(self, frame: Frame) -> None:
        if frame.parent_frame is None:
            self._adopt()
            self._navigations += 1
            if self._navigations > self._job.max_navigations + 1:
                self._fail("navigations")

    def _is_main(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame.parent_frame is None

    def _began(self, request: Request) -> None:
        if request.resource_type in _AWAITED:
            self._waiting.add(request)

    def _ended(self, request: Request) -> None:
        if request in self._waiting:
            self._waiting.discard(request)
            self._last_traffic = time.monotonic()
        # A document that a newer one replaces is no loss, nor is an application that the page
        # wants to open ("weixin://"): what is drawn stays.
        failed = request.failure is not None and request.failure != "net::ERR_ABORTED"
        if failed and request.url.startswith("http") and self._is_main(request):
            self._lost = request
            self._fail(request.failure or "")

    def _answered(self, response: Response) -> None:
        if self._is_main(response.request):
            self._arrived = response
            self._adopt()

    def _adopt(self) -> None:
        """Takes an answer for the page's own once the page stands at its address: a download
        never does.
        """
        url = self._page.url.partition("#")[0] if self._page is not None else ""
        if self._arrived is not None and self._arrived.url.partition("#")[0] == url:
            self._response = self._arrived

    async def _settle(self, session: CDPSession, *, again: bool = False) -> None:
        """Waits until the text stands still; not as long when it stood still before.

        A text that grows to the last is no whole one.
        """
        end = self._end - min(5.0, self._job.seconds / 5)
        last: object = None
        lengths: list[tuple[float, int]] = []
        since = time.monotonic()
        while time.monotonic() < end:
            sample = await self._sampled(session)
            now = time.monotonic()
            if sample != last:
                last, since = sample, now
            length, ready = (sample[0], sample[2]) if sample else (0, 0)
            lengths = [(t, n) for t, n in lengths if t > now - 2.0] + [(now, length)]
            quiet = now - since
            still = not self._waiting and now - self._last_traffic > _QUIET
            enough = _QUIET_SHORT if length < _SHORT else _QUIET
            if ready and quiet > (_QUIET if again else enough if still else _QUIET_BUSY):
                return
            await self._race(asyncio.sleep(_POLL))
        counts = [n for _, n in lengths]
        if not counts or min(counts) < 0.98 * max(counts) or max(counts) < _SHORT:
            raise _Failed("deadline")

    async def _sampled(self, session: CDPSession) -> list[int] | None:
        try:
            sample: list[int] = await self._race(_evaluate(session, _SAMPLE))
        except Error:
            # Between two documents there is none to ask.
            return None
        return sample

    async def _written(self, session: CDPSession, page: Page) -> Outcome:
        response = self._response
        if response is None:
            raise _Failed("net::ERR_EMPTY_RESPONSE")
        if not 200 <= response.status < 300:
            return Outcome(url=page.url, status=response.status, headers=response.headers)
        tree = await self._race(session.send("Page.getFrameTree"))
        writer = _Writer(session, self._race, self._job.max_bytes, self._end - time.monotonic())
        html = await writer.document(tree["frameTree"], whole=True)
        return Outcome(
            url=page.url,
            status=response.status,
            headers=response.headers,
            html=f"<!DOCTYPE html>{html}",
            truncated=writer.truncated,
        )


class _Writer:
    """Writes a document with its frames of the same site, which share its process, in place."""

    def __init__(self, session: CDPSession, race: Any, max_bytes: int, seconds: float) -> None:
        self._session, self._race = session, race
        self._bytes, self._seconds = max_bytes, seconds / 2
        self._frames = 0
        self._token = os.urandom(12).hex()
        self._script = _DRAWN.read_text("utf-8")
        self.truncated = False

    async def document(self, tree: dict[str, Any], *, whole: bool = False) -> str:
        """The HTML of a frame tree's root; of its ``<body>`` alone unless ``whole``."""
        context = await self._race(_world(self._session, tree["frame"]["id"]))
        inner, owners = [], []
        for child in tree.get("childFrames", ()):
            self._frames += 1
            if self._frames > _FRAMES or not _same_site(tree["frame"], child["frame"]):
                continue
            try:
                owner = await self._owner(child["frame"]["id"], context)
                inner.append(await self.document(child))
            except Error:
                # It went away, or it is another process's.
                continue
            owners.append(owner)
        written = await self._call(context, owners, whole=whole)
        self.truncated |= written["truncated"]
        html: str = written["html"]
        for number, text in enumerate(inner):
            html = html.replace(f"<!--{self._token} {number}-->", text, 1)
        return html

    async def _owner(self, frame: str, context: int) -> str:
        """The object of a frame's ``<iframe>`` element in its parent's isolated world."""
        owner = await self._race(self._session.send("DOM.getFrameOwner", {"frameId": frame}))
        node = {"backendNodeId": owner["backendNodeId"], "executionContextId": context}
        resolved = await self._race(self._session.send("DOM.resolveNode", node))
        return str(resolved["object"]["objectId"])

    async def _call(self, context: int, owners: list[str], *, whole: bool) -> dict[str, Any]:
        options = {
            "bytes": self._bytes,
            "milliseconds": int(self._seconds * 1000),
            "token": self._token,
            "whole": whole,
        }
        answer = await self._race(
            self._session.send(
                "Runtime.callFunctionOn",
                {
                    "functionDeclaration": _CALL.format(script=self._script),
                    "executionContextId": context,
                    "arguments": [{"value": options}, *({"objectId": o} for o in owners)],
                    "returnByValue": True,
                },
            )
        )
        if "exceptionDetails" in answer:
            raise _Failed("crash")
        value: dict[str, Any] = answer["result"]["value"]
        self._bytes = max(0, self._bytes - len(value["html"]))
        return value


async def _world(session: CDPSession, frame: str) -> int:
    """A frame's world where our scripts run, apart from those of the page; one for each frame."""
    wanted = {"frameId": frame, "worldName": "disclosure-lint"}
    made = await session.send("Page.createIsolatedWorld", wanted)
    return int(made["executionContextId"])


async def _evaluate(session: CDPSession, expression: str) -> Any:
    tree = await session.send("Page.getFrameTree")
    context = await _world(session, tree["frameTree"]["frame"]["id"])
    asked = {"expression": expression, "contextId": context}
    answer = await session.send(
        "Runtime.evaluate", {**asked, "returnByValue": True, "awaitPromise": True}
    )
    return answer["result"].get("value")


def _same_site(parent: dict[str, Any], child: dict[str, Any]) -> bool:
    """Whether a frame is its parent's own: written by it, or of its site."""
    address, parents = child["url"], parent["url"]
    if address.startswith(_WRITTEN):
        return True
    if parents.startswith(_WRITTEN):
        parents = parent.get("securityOrigin", "")
    return same_site(parents, address)


# Frames that a page writes itself.
_WRITTEN = ("about:", "blob:")


def _cause(error: Error) -> str:
    line = error.message.partition("\n")[0][:200]
    return "download" if "Download is starting" in line else line or "?"


def _end_browser(pid_file: str) -> None:
    """Kills Chromium with its process group, which it leads."""
    with suppress(OSError, ValueError):
        os.killpg(int(Path(pid_file).read_text("ascii")), signal.SIGKILL)


def _end_with_parent(pid_file: str) -> None:
    sys.stdin.read()
    _end_browser(pid_file)
    os._exit(1)


async def _run(job: Job, end: float) -> Outcome:
    async with async_playwright() as playwright:
        return await _Drawing(job, end).draw(playwright.chromium)


def main() -> None:
    """Reads the job from standard input, draws, and writes the outcome to standard output."""
    job = Job(**json.loads(sys.stdin.readline()))
    end = time.monotonic() + job.seconds
    threading.Thread(target=_end_with_parent, args=(job.pid_file,), daemon=True).start()
    _adopt_orphans()
    outcome = asyncio.run(_run(job, end))
    json.dump(asdict(outcome), sys.stdout)
    sys.stdout.close()
    _reap_orphans()


def _adopt_orphans() -> None:
    """Makes Chromium's processes ours when Chromium ends: in a container nobody else may reap."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap_orphans() -> None:
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.02)


if __name__ == "__main__":
    main()
