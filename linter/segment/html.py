"""HTML to blocks. No block is dropped as "not main content"; hidden text is kept and marked."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from linter.document import Cell, Policy
from linter.segment.boxes import Boxes
from linter.segment.builder import FOLD, Builder, Context, Look
from linter.segment.colors import WHITE
from linter.segment.embedded import static_text
from linter.segment.limits import TOO_LARGE, Allowance
from linter.segment.lines import add_lines
from linter.segment.styles import PLAIN, STRUCK, Style, Styles
from linter.segment.tables import Grid
from linter.segment.tree import Node, Tree, parse
from linter.segment.unseen import unseen

_SKIP = frozenset("script style template".split())
# Words between these tags are for browsers that cannot show the thing itself.
_INSTEAD = frozenset("applet audio canvas noscript object video".split())
_BLOCK = frozenset(
    "address applet article aside audio blockquote body button canvas caption center dd details "
    "dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "iframe legend li main menu nav noscript object ol optgroup option p pre section select "
    "summary table tbody td text tfoot th thead tr ul video".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD = frozenset("b strong th".split())
# Names and numbers of the elements around a block that tell where it stands.
_LOCATED = 10
_ODD = frozenset(("svg", "textarea"))
# What of a drawing is read; its titles are the names of icons.
_DRAWN_TEXT = ("text", "foreignobject")
# Characters; what a picture shows is told in so many, a logo or an icon in fewer.
_TOLD = 12
# What stands in a page as a page of its own, by its type or its name.
_PAGE_TYPES = ("application/pdf", "text/html")
_PAGE_NAMES = (".pdf", ".htm", ".html")
# Pixels; trackers have frames of one or none.
_SMALLEST_FRAME = 32
# Pixels; a picture that shows a list is larger.
_ICON = 100
_NO_PAGE = re.compile(r"(?:about|javascript|data|blob):", re.IGNORECASE)
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-url")
# Trees of pages within the page (frames, text areas, fragments of scripts).
_MAX_TREES = 400
# Lists within lists that a block knows it stands in, the innermost ones where there are more;
# folds within folds, of which what is deeper is a sibling of what is less so.
_MAX_ITEMS, _MAX_FOLDS = 32, 8
# Frames within frames.
_MAX_DEPTH = 4
# Visible characters; a page that shows less may keep its text where only a script finds it.
_SHELL = 800
# Times the visible text that such a text must have.
_OUTWEIGHS = 3
# "Save as" of Internet Explorer, Chrome, Edge and Firefox; the SingleFile extension.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2048}?)\s*-->"
    r"|<!--\s*Page saved with SingleFile\s*url:\s*(\S{1,2048})",
    re.IGNORECASE,
)
_SAVED_FROM_WITHIN = 8192
_LONGEST_ADDRESS = 2048


@dataclass(slots=True)
class _Frame:
    """An element in reading; ``before`` is the one in it that was read last."""

    node: Node
    children: Iterator[Node | str]
    context: Context
    counts: dict[str, int]
    block: bool = True
    before: Node | None = None


def read_html(text: str, *, base_url: str | None) -> Policy:
    """A policy from HTML source. Any markup is accepted; depth is not limited by recursion."""
    return read_page(text, base_url=base_url)[0]


def read_page(text: str, *, base_url: str | None) -> tuple[Policy, Tree]:
    """The same with the tree that was read, for who asks what the page is made of."""
    with _collector_paused():
        return _read(text, base_url)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keeps Python's cycle collector from walking a growing tree again and again.

    A tree of a large page is all live objects; looking for garbage among them takes longer than
    parsing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read(text: str, base_url: str | None) -> tuple[Policy, Tree]:
    tree = parse(text)
    head = {"base": "", "title": ""}
    sheets = []
    for node in tree.named("base", "title", "style"):
        if node.name == "style":
            sheets.append((node.text(), node.get("media")))
        elif not head[node.name]:
            head[node.name] = node.get("href") if node.name == "base" else node.text()
    base_url = _join(base_url, head["base"]) if head["base"] else base_url
    title = " ".join(head["title"].split())[:300]
    styles = Styles.of(sheets, text)
    styles.linked = any("stylesheet" in n.get("rel").lower() for n in tree.named("link"))
    policy = _policy(tree, base_url, styles, title)
    address = canonical(tree, text, base_url)
    shown = sum(len(b.span) for b in policy.blocks if not b.hidden)
    if shown < _SHELL:
        allowance = Allowance()
        fragments = static_text(tree, allowance)
        if sum(len(f.text() if isinstance(f, Node) else f) for f in fragments) > _OUTWEIGHS * shown:
            policy = _policy(tree, base_url, styles, title, fragments, allowance)
            policy = replace(policy, embedded=True)
        elif allowance.cut:
            policy = replace(policy, unread=(*policy.unread, TOO_LARGE))
    unread = (*policy.unread, *unseen(tree, text, policy))
    return replace(policy, canonical=address, unread=unread), tree


def _policy(
    tree: Tree,
    base_url: str | None,
    styles: Styles,
    title: str,
    fragments: list[Node | str] | None = None,
    allowance: Allowance | None = None,
) -> Policy:
    builder, allowance = Builder(), allowance or Allowance()
    reader = _Reader(builder, base_url, styles, allowance)
    frames = reader.read(tree, _few(fragments or [], allowance))
    relations = tuple(_relations(tree, base_url))
    if allowance.cut or styles.cut:
        builder.cut()
    return replace(builder.policy(title=title), frames=frames, relations=relations)


def _few(fragments: list[Node | str], allowance: Allowance) -> list[Node]:
    """Trees of fragments; beyond a number the rest shares one."""
    first, rest = fragments[:_MAX_TREES], fragments[_MAX_TREES:]
    trees = [f if isinstance(f, Node) else parse(allowance.markup(f)) for f in first]
    trees += [f for f in rest if isinstance(f, Node)]
    joined = "\n".join(f for f in rest if isinstance(f, str))
    return [*trees, parse(allowance.markup(joined))] if joined else trees


class _Reader:
    def __init__(
        self, builder: Builder, base_url: str | None, styles: Styles, allowance: Allowance
    ) -> None:
        self._allowance = allowance
        self._builder = builder
        self._base_url = base_url
        self._styles = styles
        self._boxes = Boxes()
        self._frames: list[str] = []
        # The elements around the one that is read, outermost first.
        self._around: list[Node] = []
        # Names of elements that need no attribute for something to hold for them.
        self._told = _BOLD | _INSTEAD | STRUCK | styles.types
        self._all_told = "" in styles.types
        ground = None if styles.linked else WHITE
        self._outermost = Context(look=Look(ground=ground))
        # Trees within trees, kept alive since cells are known by identity.
        self._inner: list[Node] = []
        self._depth = 0

    def read(self, tree: Node, fragments: Iterable[Node] = ()) -> tuple[str, ...]:
        """Reads a tree and then others; returns the addresses of its frames."""
        for root in (tree, *fragments):
            self._inner.append(root)
            self._walk(_Frame(root, iter(root.contents), self._outermost, {}))
            self._builder.flush()
        return tuple(dict.fromkeys(self._frames))

    def _walk(self, root: _Frame) -> None:
        stack, around = [root], self._around
        around.append(root.node)
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                stack.pop()
                around.pop()
                if frame.block:
                    self._builder.flush()
            elif isinstance(child, Node):
                if (entered := self._enter(child, frame)) is not None:
                    stack.append(entered)
                    around.append(child)
                    frame.before = child
            elif frame.context.lines:
                self._lines(child, frame)
            else:
                self._builder.text(child, frame.context)

    def _enter(self, tag: Node, parent: _Frame) -> _Frame | None:
        name = tag.name
        if name in _SKIP or name == "head":
            return None
        if name == "br":
            self._builder.flush()
            return None
        if name == "img":
            self._picture(tag, parent.context)
            return None
        if name == "canvas" and not (parent.context.hidden or _is_small(tag, _ICON)):
            self._builder.picture()
        context, style = parent.context, PLAIN
        if tag.attrs or self._all_told or name in self._told:
            context, style = self._styled(tag, parent)
        if style.picture and not context.hidden and not tag.text().strip():
            self._builder.picture()
        cell = self._boxes.cells.get(id(tag))
        block = name in _BLOCK or cell is not None
        if block:
            self._builder.flush()
            parent.counts[name] = count = parent.counts.get(name, 0) + 1
            context = self._block_context(tag, context, style, cell, count)
        elif name == "a" and tag.get("href"):
            context = context._replace(href=_join(self._base_url, tag.get("href").strip()))
        if name == "pre" and not any(isinstance(c, Node) for c in tag.contents):
            add_lines(self._builder, tag.text(), context)
            return None
        if name in ("iframe", "frame"):
            context = self._framed(tag, context)
        elif name in ("object", "embed") and not parent.context.hidden:
            self._embedded(tag)
        children = self._children(tag) if name in _ODD else iter(tag.contents)
        return _Frame(tag, children, context, {}, block)

    def _children(self, tag: Node) -> Iterator[Node | str]:
        """What is read of an element that is not just what it holds."""
        if tag.name == "svg":
            return tag.outermost(*_DRAWN_TEXT)
        text = tag.text()
        inner = self._tree(text) if "</" in text and "<" in text else None
        return iter(inner.contents if inner is not None else tag.contents)

    def _picture(self, tag: Node, context: Context) -> None:
        """Notes a picture, and reads what a page tells of it to those who do not see it."""
        told = tag.get("alt").strip()
        if not (context.hidden or _is_small(tag, _ICON)):
            self._builder.picture()
        if len(told) >= _TOLD:
            self._builder.flush()
            self._builder.text(told, _unseen(context))
            self._builder.flush()

    def _embedded(self, tag: Node) -> None:
        """Notes the page that an ``<object>`` or ``<embed>`` shows, if it shows one."""
        source = (tag.get("data") or tag.get("src")).strip()
        kind, name = tag.get("type").lower(), source.partition("?")[0].lower()
        if source and (kind in _PAGE_TYPES or (not kind and name.endswith(_PAGE_NAMES))):
            self._note(source)

    def _framed(self, tag: Node, context: Context) -> Context:
        """Reads or notes a frame's page; returns what holds for the words between its tags.

        A page in an attribute is of the same origin and needs no fetching. The words between the
        tags are for browsers without frames.
        """
        markup = tag.get("srcdoc")
        if markup and self._depth < _MAX_DEPTH and (inner := self._tree(markup)) is not None:
            self._depth += 1
            self._walk(_Frame(inner, iter(inner.contents), context, {}))
            self._depth -= 1
        elif not context.hidden:
            self._frame(tag)
        return _unseen(context) if markup or tag.get("src") else context

    def _tree(self, markup: str) -> Node | None:
        if not markup.strip():
            return None
        if len(self._inner) >= 2 * _MAX_TREES:
            self._allowance.cut = True
            return None
        self._inner.append(parse(self._allowance.markup(markup)))
        return self._inner[-1]

    def _frame(self, tag: Node) -> None:
        """Notes the page that a frame shows, unless it is too small for anyone to read."""
        source = tag.get("src").strip()
        if not source or _NO_PAGE.match(source):
            # Frames that are filled when they come into view.
            source = next((s for a in _LAZY if (s := tag.get(a).strip())), source)
        if source and not _is_small(tag, _SMALLEST_FRAME):
            self._note(source)

    def _note(self, source: str) -> None:
        if not _NO_PAGE.match(source):
            self._frames.append(_join(self._base_url, source))

    def _lines(self, text: str, frame: _Frame) -> None:
        """Text whose line breaks are shown; an empty line begins a paragraph."""
        first, *lines = text.split("\n")
        self._builder.text(first, frame.context)
        for line in lines:
            self._builder.flush()
            if line.strip():
                self._builder.text(line, frame.context)
            else:
                frame.context = frame.context._replace(container=self._builder.new_id())

    def _block_context(
        self, tag: Node, outer: Context, style: Style, cell: Cell | None, count: int
    ) -> Context:
        name, builder = tag.name, self._builder
        items, level, term, folds = outer.items, outer.level, outer.term, outer.folds
        container = builder.new_id()
        if name in _HEADINGS:
            level = 0 if outer.cell else int(name[1]) + FOLD * len(folds)
        elif name == "li":
            items = (*items[1 - _MAX_ITEMS :], builder.new_id())
        elif name in ("dt", "dd"):
            term = container if name == "dd" else -container
        elif name == "details":
            folds = (*folds[:_MAX_FOLDS], container)
        elif name == "summary" and folds and not outer.cell:
            level = FOLD * len(folds) - 1
        elif name == "table" or style.place or name in ("div", "section") or tag.get("role"):
            self._place(tag, style, outer.cell)
        if cell is not None:
            items, level, term = (), 0, 0
        lines = outer.lines or name in ("pre", "textarea", "xmp") or style.lines
        path = (*outer.path[-_LOCATED:], name, count)
        return Context(
            container,
            items,
            cell or outer.cell,
            level,
            outer.bold,
            outer.hidden,
            outer.href,
            term,
            path,
            lines,
            folds,
            outer.look,
        )

    def _place(self, tag: Node, style: Style, outer: Cell | None) -> None:
        """Places the cells of what may be a table."""
        if rows := self._boxes.rows(tag, style):
            grid = Grid(self._builder.new_id(), outer=outer)
            self._boxes.fill(grid, rows)
            self._builder.grids[grid.number] = grid

    def _styled(self, tag: Node, parent: _Frame) -> tuple[Context, Style]:
        context = parent.context
        style = self._styles.of_tag(tag, self._around)
        bold = context.bold or tag.name in _BOLD or style.bold
        look = context.look
        # The browser has a color of its own for links.
        link = look.ink is not None and tag.name == "a" and "href" in tag.attrs
        aside = tag.name in _INSTEAD or tag.attrs.get("aria-hidden") == "true"
        if aside or link or style is not PLAIN:
            look = _seen_through(look, style, aside=aside, link=link)
            newly = look.hidden and not context.hidden and tag.name not in STRUCK
            if newly and self._styles.opens(tag, parent.before):
                look = context.look
        if bold == context.bold and look is context.look:
            return context, style
        return context._replace(bold=bold, hidden=look.hidden, look=look), style


def _unseen(context: Context) -> Context:
    return context._replace(hidden=True, look=context.look._replace(gone=True))


def _seen_through(look: Look, style: Style, *, aside: bool, link: bool) -> Look:
    """How text in an element looks by its own style and the elements around it."""
    ink, ground = style.ink or look.ink, look.ground
    if link and style.ink is None:
        ink = None
    if style.grounded:
        ground = style.ground
    veils = (look.veils & ~style.unveils) | style.veils
    return Look(look.gone or aside or style.gone, veils, ink, ground)


def _is_small(tag: Node, least: int) -> bool:
    """Whether an element says that a side of it has fewer pixels."""
    sizes = (tag.get(side).removesuffix("px") for side in ("width", "height"))
    return any(s.isdecimal() and int(s[:6]) < least for s in sizes)


def canonical(tree: Tree, text: str, base_url: str | None) -> str | None:
    """The address that a page gives as its own, None if it gives none on the web.

    Where a browser saved it from comes first: that is where its relative links lead.
    """
    saved = _SAVED_FROM.search(text, 0, _SAVED_FROM_WITHIN)
    if saved and (address := _on_the_web(saved.group(1) or saved.group(2))):
        return address
    head = next(tree.named("head"), None)
    for tag in head.elements("link", "meta") if head is not None else ():
        said = tag.get("href") if "canonical" in tag.get("rel").lower().split() else ""
        said = said or (tag.get("content") if tag.get("property").lower() == "og:url" else "")
        if said and (address := _on_the_web(_join(base_url, said.strip()))):
            return address
    return None


def _on_the_web(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return address if whole and len(address) <= _LONGEST_ADDRESS else None


def _relations(tree: Tree, base_url: str | None) -> Iterator[tuple[str, str]]:
    """What the head says of the policy's address and of versions in other languages."""
    head = next(tree.named("head"), None)
    for link in head.elements("link") if head is not None else ():
        if "href" not in link.attrs:
            continue
        rels = link.get("rel").lower().split()
        href = _join(base_url, link.get("href").strip())
        if "privacy-policy" in rels:
            yield "privacy-policy", href
        elif "alternate" in rels and link.get("hreflang"):
            yield f"alternate:{link.get('hreflang').lower()[:20]}", href
    yield from _wordless(tree, base_url)


def _wordless(tree: Tree, base_url: str | None) -> Iterator[tuple[str, str]]:
    """Links that show a picture or an icon, with the words they have for who does not see it."""
    for tag in tree.named("a"):
        href = tag.get("href").strip()
        if not href or tag.text().strip():
            continue
        pictures = (i.get("alt") for i in tag.elements("img"))
        words = (tag.get("title"), tag.get("aria-label"), *pictures)
        told = next((w for w in words if w.strip()), "")
        if told and len(told) <= _NAME:
            yield f"named:{told.strip()}", _join(base_url, href)


# Characters; the name of a page.
_NAME = 40


def _join(base: str | None, href: str) -> str:
    """The absolute address; as it stands if it is no valid URL or leads within the page."""
    if not base or href.startswith("#"):
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href
