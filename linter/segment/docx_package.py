"""The parts of a DOCX file: a ZIP archive opened with bounds, its XML parsed without entities.

Runs in the child process. Nothing outside of the archive is looked at, whatever it refers to.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from linter.errors import SegmentError

# The longest policies have 2 MB of XML; the rest of such a file is pictures, which are not opened.
MAX_XML = 32 * 1024 * 1024
MAX_MEMBERS = 4_000
_ENCRYPTED = 0x1


def local(element: etree._Element) -> str:
    """An element's name without its namespace; transitional and strict files differ in those."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of a name, its first child of the next name, and so on."""
    for name in names:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def value(element: etree._Element | None, *names: str) -> str | None:
    """The ``val`` attribute of a descendant, see ``child``."""
    found = child(element, *names)
    return None if found is None else attribute(found, "val")


class Package:
    """An opened archive; counts what it inflates.

    Raises
    ------
    SegmentError
        ``segment-damaged``, ``segment-password``, ``segment-parser-limit``.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise SegmentError("segment-damaged", format="DOCX") from None
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise SegmentError("segment-parser-limit", format="DOCX")
        if any(m.flag_bits & _ENCRYPTED for m in members):
            raise SegmentError("segment-password", format="DOCX")
        declared = sum(m.file_size for m in members if m.filename.endswith((".xml", ".rels")))
        if declared > MAX_XML:
            raise SegmentError("segment-parser-limit", format="DOCX")
        self._names = {m.filename.lower(): m for m in members}
        self._left = MAX_XML

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name.lower() in self._names

    def xml(self, name: str) -> etree._Element | None:
        """A part's root element, None if there is no such part."""
        member = self._names.get(name.lower())
        if member is None:
            return None
        try:
            with self._archive.open(member) as part:
                # What a part says of its size need not be true.
                raw = part.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise SegmentError("segment-damaged", format="DOCX") from None
        self._left -= len(raw)
        if self._left < 0:
            raise SegmentError("segment-parser-limit", format="DOCX")
        return _parsed(raw)

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """A part's relations by id: (the last word of the type, target, whether it is external).

        An internal target is the name of a part.
        """
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        return dict(_relations(root, folder)) if root is not None else {}


def _relations(root: etree._Element, folder: str) -> Iterator[tuple[str, tuple[str, str, bool]]]:
    for element in root:
        identity, target = attribute(element, "Id"), attribute(element, "Target")
        if identity is None or target is None:
            continue
        external = (attribute(element, "TargetMode") or "").lower() == "external"
        kind = (attribute(element, "Type") or "").rpartition("/")[2]
        if not external:
            inside = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            target = posixpath.normpath(inside).lstrip("/")
        yield identity, (kind, target, external)


def _parsed(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SegmentError("segment-damaged", format="DOCX") from None
    info: Any = root.getroottree().docinfo
    if info.doctype:
        # The format has no document type; one is there to define entities.
        raise SegmentError("segment-damaged", format="DOCX")
    return root
