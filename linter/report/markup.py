"""HTML from untrusted words: what is not ``Markup`` is escaped wherever it is put.

Only ``element`` and ``joined`` make ``Markup``; a string that is added to one is a plain string
again, and so escaped: what is forgotten here is shown as text, never read as a tag.
"""

from __future__ import annotations

import re
from html import escape

from linter.report.terminal import visible

# Nothing but the web: no javascript:, no data:, no file:, and nothing that ends the attribute.
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\"'<>\\^`{|}]{1,2000}", re.IGNORECASE)


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str | bool | None) -> Markup:
    """An element; its children and attributes are escaped unless they are ``Markup``.

    An attribute is named as in HTML with ``_`` for ``-`` (``class_`` for class, ``aria_label``);
    True stands for one without value, None and False for none at all.
    """
    said = []
    for name, value in attributes.items():
        shown = name.rstrip("_").replace("_", "-")
        if value is True:
            said.append(f" {shown}")
        elif value is not None and value is not False:
            said.append(f' {shown}="{_escaped(value)}"')
    return Markup(f"<{tag}{''.join(said)}>{joined(*children)}</{tag}>")


def joined(*children: str, by: str = "") -> Markup:
    """Children one after the other, escaped unless they are ``Markup``; ``by`` stands between."""
    return Markup(_escaped(by).join(_escaped(child) for child in children))


def address(url: str) -> Markup:
    """An address as a link, if it is one of the web, else as text; the words are the address."""
    if not _ADDRESS.fullmatch(url) or url != visible(url):
        return element("span", bounded(url, 500), class_="address")
    return element(
        "a", bounded(url, 500), href=url, rel="noopener noreferrer nofollow", class_="address"
    )


def bounded(text: str, limit: int) -> str:
    """Text cut to ``limit`` characters, an ellipsis where it was cut."""
    return text if len(text) <= limit else text[:limit] + "…"


def _escaped(text: str) -> str:
    return text if isinstance(text, Markup) else escape(visible(text))
