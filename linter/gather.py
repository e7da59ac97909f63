"""From a source to the documents that are judged together.

The policy, found by way of a home page if need be; the pages that it shows in frames; the lists
that it sends its reader to; the user agreement. What is named and cannot be read is kept with its
reason.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from linter.classify import (
    Readings,
    continues_elsewhere,
    holds_list,
    is_agreement,
    policy_signs,
    references,
)
from linter.document import Page, Policy
from linter.errors import DisclosureLintError, FetchError, SegmentError
from linter.fetch import (
    FetchOptions,
    address_key,
    agreement_links,
    asked_by,
    drawn,
    fetch,
    file_beside,
    is_store,
    is_url,
    policy_links,
    same_site,
    translations,
)
from linter.segment import segment
from linter.settings import Following
from linter.vendors import Vendor

LANGUAGES = ("zh-hans", "zh-hant", "en")
# From this share of U+FFFD on so much is lost that absence means nothing.
_UNREADABLE = 0.05
# A page with fewer statements on handling data that is not titled as a policy may be another one.
_SPARSE = 6
_MAX_FRAMES = 4
# Lists that are asked for, as a multiple of those that are read: not all that are named are there.
_TRIES = 3
# Words of an address that may be that of a policy or list, whatever site it lies on.
_SUBJECT = re.compile(r"privacy|policy|sdk|third.?part|partner|yinsi|ysxy", re.IGNORECASE)
# Pages that show documents, which are no maps, films or advertisements wherever they lie.
_SHOWS_DOCUMENT = re.compile(
    r"officeapps\.live\.com|docs\.(?:qq|google)\.com|drive\.google\.com|kdocs\.cn|wps\.cn"
    r"|feishu\.cn|larksuite\.com|yuque\.com|shimo\.im|notion\.(?:so|site)|airtable\.com"
    r"|dingtalk\.com|\.(?:pdf|docx?|xlsx?|md|txt)(?:$|[?#&])",
    re.IGNORECASE,
)


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# A part of the same mail or saved page (RFC 2392), which was not in it.
_PART_OF_FILE = re.compile(r"cid:|mid:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One that was read.

    ``role`` is "policy" (the source or a frame of it), "linked-list" or "agreement" (given, or
    found on the page ``found_from``).
    """

    page: Page
    policy: Policy
    role: str
    found_from: str | None = None

    def without(self, part: str) -> Document:
        """The same with one more part of it, a code, that was not read."""
        return replace(self, policy=replace(self.policy, unread=(*self.policy.unread, part)))


@dataclass(frozen=True, slots=True)
class Unread:
    """One that was named and could not be read; ``page`` is what came of it, if anything."""

    address: str | None
    role: str
    error: DisclosureLintError
    page: Page | None = None
    found_from: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to judge.

    Attributes
    ----------
    documents : the policy first, an agreement last; empty if the policy could not be read, then
        ``unread`` says why.
    answered : addresses, as the references give them, of lists that were read whole.
    readings : what was read of the documents to find their references.
    found_from : the page that led to the policy, if the source was not the policy.
    """

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...]
    answered: frozenset[str] = frozenset()
    found_from: str | None = None
    readings: Readings | None = None


def gather(
    source: str,
    *,
    content: bytes | None,
    options: FetchOptions,
    following: Following,
    vendor: Vendor,
    agreement: str | None = None,
) -> Gathered:
    """Reads a source and what it refers to, and the user agreement at ``agreement`` or found.

    Raises nothing for what a source holds or fails to: that is in ``unread``.
    """
    gatherer = _Gatherer(source, content, options, following, vendor)
    try:
        documents, found_from = gatherer.policy()
    except _Failed as failed:
        return Gathered((), (failed.unread,))
    readings = Readings(vendor)
    answered = gatherer.lists(documents, readings)
    agreements = gatherer.agreement(documents, agreement)
    return Gathered(
        (*documents, *gatherer.found, *agreements),
        tuple(gatherer.unread),
        frozenset(answered),
        found_from,
        readings,
    )


class _Failed(Exception):
    """The policy cannot be read."""

    def __init__(self, unread: Unread) -> None:
        super().__init__()
        self.unread = unread


class _Gatherer:
    def __init__(
        self,
        source: str,
        content: bytes | None,
        options: FetchOptions,
        following: Following,
        vendor: Vendor,
    ) -> None:
        self._source = source
        self._content = content
        self._options = options
        self._following = following
        self._vendor = vendor
        self._network = content is None and is_url(source)
        self._until = time.monotonic() + following.seconds
        self._bytes = self._tried = 0
        self._judged: list[Page] = []
        self._refused: set[str] = set()
        self.found: list[Document] = []
        self.unread: list[Unread] = []

    # -- the policy and its frames

    def policy(self) -> tuple[list[Document], str | None]:
        """The policy's documents, and the page that led to it if that was another."""
        first = self._read(self._source, "policy", content=self._content, any_language=True)
        documents = self._with_frames(first)
        signs = [policy_signs(d.policy) for d in documents]
        apart = not any(s.titled for s in signs) and sum(s.statements for s in signs) < _SPARSE
        store = is_store(_address(first))
        wanted = self._following.discover and (apart or store)
        other = self._discovered(first) if wanted else None
        if other is not None:
            self.unread.clear()
            return self._with_frames(other), first.page.url or self._source
        if documents[0].policy.language not in LANGUAGES:
            error = SegmentError("segment-language", language=documents[0].policy.language)
            raise _Failed(Unread(first.page.url, "policy", error, first.page))
        if store or not any(s.enough for s in signs):
            error = SegmentError("not-a-privacy-policy", title=first.policy.title or "?")
            # A frame that was not read may hold the policy.
            raise _Failed((*self.unread, Unread(first.page.url, "policy", error, first.page))[0])
        return documents, None

    def _with_frames(self, page: Document) -> list[Document]:
        """A page and its frames; a page that has no text but theirs is none of the documents."""
        gone = len(self.unread)
        frames = list(self._frames(page))
        if _has_text(page):
            return [page, *frames]
        if not frames:
            lost = self.unread[gone:]
            del self.unread[gone:]
            error = SegmentError("segment-no-text", characters=0)
            raise _Failed((*lost, Unread(page.page.url, page.role, error, page.page))[0])
        return frames

    def _discovered(self, page: Document) -> Document | None:
        """The policy that a page links to; None if it links to none.

        A page that says where its policy is, is not judged in its stead: if that cannot be read,
        neither can the policy.
        """
        failure: _Failed | None = None
        for href in policy_links(page.policy, _address(page)):
            address = self._part(href, page)
            if address is None or address_key(address) == address_key(page.page.url or ""):
                continue
            try:
                found = self._read(address, "policy", asking=page.page)
            except _Failed as failed:
                failure = failure or failed
                continue
            if policy_signs(found.policy).enough:
                return found
        if failure is not None:
            raise failure
        return None

    def _frames(self, document: Document) -> Iterator[Document]:
        """What the page shows in frames of its own site, and they in theirs; each once.

        One that cannot be read, or is one too many, is a gap. Frames of other sites are maps,
        films and advertisements, unless the page has no text of its own.
        """
        role = document.role
        bare = not self._is_what_it_should_be(document)
        seen = {address_key(document.page.url or "")}
        shown = [(f, document) for f in document.policy.frames]
        for href, within in shown:
            own = not is_url(href) or same_site(href, _address(within) or "")
            telling = _SUBJECT.search(href) or _SHOWS_DOCUMENT.search(href)
            if not (own or bare or telling):
                continue
            address = self._part(href, within) if own else None
            key = address_key(address or href)
            if key in seen:
                continue
            # The page itself is one of those that were seen.
            full = len(seen) > _MAX_FRAMES
            seen.add(key)
            try:
                if address is None or full:
                    raise _Failed(Unread(href, role, FetchError("fetch-frame", url=href)))
                found = self._read(address, role, asking=within.page)
                shown += [(f, found) for f in found.policy.frames]
                if _has_text(found):
                    yield found
            except _Failed as failed:
                self.unread.append(failed.unread)
            if full:
                return

    def _part(self, href: str, document: Document) -> str | None:
        """The address of a frame, or of a home page's policy: no list, so ``depth`` is not asked.

        What was fetched, or may be, may have its parts too.
        """
        if _PART_OF_FILE.match(href):
            return None
        fetched = self._network or bool(self._following.depth)
        return href if is_url(href) and fetched else self._reachable(href, document)

    # -- lists

    def lists(self, documents: list[Document], readings: Readings) -> set[str]:
        """Reads the lists that the documents refer to; the addresses that were read whole."""
        self._judged = [d.page for d in documents]
        here = {address_key(d.page.url) for d in documents if d.page.url}
        answered: set[str] = set()
        outcome: dict[str, bool] = {}
        queue = deque((d, 0) for d in documents)
        while queue:
            document, depth = queue.popleft()
            for reference in references(document.policy, readings):
                href = reference.href
                address = self._reachable(href, document, depth=depth) if href else None
                if href is None or address is None:
                    self._not_beside(href, document)
                    continue
                key = address_key(address)
                if key not in outcome and key not in here:
                    read, outcome[key] = self._list(address, document.page)
                    self.found += read
                    queue.extend((d, depth + 1) for d in read)
                if outcome.get(key, key in here):
                    answered.add(href)
        return answered

    def _not_beside(self, href: str | None, document: Document) -> None:
        """Notes a file that was named and not opened."""
        if href is None or not self._beside(document) or href in self._refused:
            return
        if _SCHEME.match(href) and not href.lower().startswith("file:"):
            return
        self._refused.add(href)
        self.unread.append(Unread(href, "linked-list", FetchError("fetch-beside", href=href)))

    def _list(self, address: str, asking: Page) -> tuple[list[Document], bool]:
        """A list with what it shows in frames, and whether all of it was read."""
        most, gone = self._following.max_documents, len(self.unread)
        self._tried += 1
        try:
            if len(self.found) >= most or self._tried > most * _TRIES:
                raise _Failed(Unread(address, "linked-list", FetchError("fetch-too-many")))
            found = self._read(address, "linked-list", asking=asking)
            parts = self._with_frames(found)
            # A server that knows no such page may answer the policy instead.
            again = any(found.page.content == p.content for p in self._judged)
            if again or not any(holds_list(d.policy, self._vendor) for d in parts):
                error = SegmentError("segment-no-list", title=found.policy.title or "?")
                raise _Failed(Unread(address, "linked-list", error, found.page))
        except _Failed as failed:
            self.unread.append(failed.unread)
            return [], False
        parts = [
            d.without("segment-more-pages") if continues_elsewhere(d.policy) else d for d in parts
        ]
        return parts, len(self.unread) == gone and not any(map(gaps, parts))

    # -- the agreement

    def agreement(self, documents: list[Document], given: str | None) -> list[Document]:
        """The user agreement with its frames: the one that was given, or that a policy links to.

        Nothing is looked for from a file, nor where no link is to be followed.
        """
        if given is not None:
            return self._agreement([given], asking=None)
        if not (self._network and self._following.discover and self._following.depth != 0):
            return []
        for document in documents:
            url = document.page.url
            links = agreement_links(document.policy, url) if url else []
            if links:
                return self._agreement(links, asking=document.page)
        return []

    def _agreement(self, addresses: list[str], asking: Page | None) -> list[Document]:
        """The first that is an agreement; if none is, the first is one that was not read."""
        failure: Unread | None = None
        found_from = asking.url if asking else None
        for address in addresses:
            gone = len(self.unread)
            try:
                parts = self._with_frames(self._read(address, "agreement", asking=asking))
                if any(is_agreement(d.policy) for d in parts):
                    return [replace(d, found_from=found_from) for d in parts]
                error = SegmentError("segment-no-agreement", title=parts[0].policy.title or "?")
                failure = failure or Unread(address, "agreement", error, parts[0].page)
            except _Failed as failed:
                failure = failure or failed.unread
            del self.unread[gone:]
        if failure is not None:
            self.unread.append(replace(failure, found_from=found_from))
        return []

    def _is_what_it_should_be(self, document: Document) -> bool:
        """Whether a document says what one of its role does."""
        if document.role == "linked-list":
            return holds_list(document.policy, self._vendor)
        if document.role == "agreement":
            return is_agreement(document.policy)
        return policy_signs(document.policy).enough

    # -- reading

    def _reachable(self, href: str, document: Document, *, depth: int = 0) -> str | None:
        """The URL or path to read for a link, None if it is not to be followed."""
        usual = 1 if self._network else 0
        wanted = self._following.depth if self._following.depth is not None else usual
        address = href if is_url(href) else self._on_the_web(href, document)
        if address is not None and depth < wanted:
            return address
        if not self._beside(document):
            return None
        return file_beside(document.page.source, href, below=self._source)

    def _beside(self, document: Document) -> bool:
        """Whether files that a document links to are opened."""
        return self._following.local and self._content is None and not document.page.url

    def _on_the_web(self, href: str, document: Document) -> str | None:
        """A relative link of a saved page, where the page says that it was saved from."""
        own = document.policy.canonical
        return urljoin(own, href) if own and not href.startswith("#") else None

    def _read(
        self,
        address: str,
        role: str,
        *,
        content: bytes | None = None,
        any_language: bool = False,
        asking: Page | None = None,
    ) -> Document:
        """The document at an address; ``asking`` is the page that led there, None for the source.

        What that page may lead to is ``fetch.own``'s rule.
        """
        page: Page | None = None
        try:
            page = fetch(address, options=self._remaining(asking), content=content)
            found = self._understood(page, role, asking)
            framed = bool(found.policy.frames) and not _has_text(found)
            if any_language or framed or found.policy.language in LANGUAGES:
                return found
            raise SegmentError("segment-language", language=found.policy.language)
        except DisclosureLintError as error:
            if error.phase not in ("fetch", "segment"):
                raise
            raise _Failed(Unread(address, role, error, page)) from None

    def _remaining(self, asking: Page | None) -> FetchOptions:
        left = self._until - time.monotonic()
        if left <= 0 or self._bytes > self._following.max_bytes:
            raise FetchError("fetch-too-many")
        options = replace(self._options, deadline=min(self._options.deadline, left))
        return options if asking is None else asked_by(asking.url, options)

    def _understood(self, page: Page, role: str, asking: Page | None) -> Document:
        if role != "policy":
            self._bytes += len(page.content)
        if page.replaced >= _UNREADABLE:
            raise SegmentError(
                "segment-garbled", percent=f"{page.replaced * 100:.0f}", encoding=page.encoding
            )
        page, policy = self._segmented(page, asking)
        for href in () if policy.language in LANGUAGES else translations(policy):
            if self._network and same_site(href, page.url or "") and href != page.url:
                other = fetch(href, options=self._remaining(page))
                translated = segment(other)
                if translated.language in LANGUAGES:
                    return Document(other, translated, role)
        return Document(page, policy, role)

    def _segmented(self, page: Page, asking: Page | None) -> tuple[Page, Policy]:
        """A page with its text; as a browser draws it if its text is not there before."""
        try:
            return page, segment(page)
        except SegmentError as error:
            if error.code != "segment-script-drawn":
                raise
            after = drawn(page, options=self._remaining(asking))
            if after is None:
                raise
        return after, segment(after)


def _has_text(document: Document) -> bool:
    return any(c.isalnum() for c in document.policy.text)


def _address(document: Document) -> str | None:
    """Where a page stands, or says that it was saved from."""
    return document.page.url or document.policy.canonical


# From this share of U+FFFD on, characters are said to be lost (issue 3's measure).
_REPLACED = 0.001


def gaps(document: Document) -> list[tuple[str, dict[str, str]]]:
    """What was not read of a document that was: codes of errors and what fills their words."""
    page = document.page
    # Some say which part it is ("code:part"), the others how much was read.
    read = {"characters": str(len(document.policy.text))}
    found: list[tuple[str, dict[str, str]]] = [
        (code, {"part": part} if part else read)
        for code, _, part in (said.partition(":") for said in document.policy.unread)
    ]
    if page.truncated:
        found.append(("fetch-truncated", {"bytes": str(len(page.content))}))
    if page.replaced > _REPLACED:
        percent = f"{page.replaced * 100:.1f}"
        found.append(("fetch-replaced", {"percent": percent, "encoding": page.encoding}))
    return found
