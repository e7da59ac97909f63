"""Whose host an address leads to: the vendor's, one that looks like it, or another's.

Nothing is fetched and no redirect followed: the host is read as a browser would read it, without
user information, port and trailing dot, full-width letters narrowed.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = ("http:", "https:")
# A port is digits; what else stands there is no address.
_PORT = re.compile(r"\d*")
# Letters that are drawn like Latin ones: figures, Cyrillic, Greek, and others met in such names.
_DRAWN_ALIKE = str.maketrans(
    "01345|аеорсухіѕӏԁԛԝհոսеαεορυνικ",
    "oleasiaeopcyxisldqwhnueaeopuvik",
)
_PAIRS = (("rn", "m"), ("vv", "w"))
# Characters; shorter names are near to too many words.
_LONG_ENOUGH = 6


def host_of(address: str) -> str:
    """The host of a web address with or without scheme, in normal form; "" if it has none."""
    text = _tidied(address)
    scheme = _SCHEME.match(text)
    if "//" not in text.split("?")[0].split("#")[0][:8] or text.startswith("//"):
        if scheme and scheme.group().lower() in _WEB:
            text = text[scheme.end() :]
        text = f"//{text.lstrip('/')}"
    elif scheme and scheme.group().lower() not in _WEB:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return ""
    port = parts.netloc.rpartition("@")[2].rpartition(":")[2] if ":" in parts.netloc else ""
    if "@" not in parts.netloc and port and not _PORT.fullmatch(port):
        return ""
    host = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").lower()
    return host.removesuffix(".")


def _tidied(address: str) -> str:
    """An address with full-width letters narrowed and slashes turned, as browsers read it."""
    return unicodedata.normalize("NFKC", address.strip()).replace("\\", "/")


def lies_on(address: str, domains: tuple[str, ...]) -> bool:
    """Whether an address lies on one of the domains or below it."""
    host = host_of(address)
    return any(host == d or host.endswith(f".{d}") for d in domains)


def looks_like(address: str, domains: tuple[str, ...]) -> bool:
    """Whether an address seems to lie on one of the domains and does not.

    It holds a domain or its name in another place (realsee.com.example.org, realsee-legal.com,
    realsee.com@example.org), writes it with letters drawn alike (rea1see.com, punycode), or is
    one letter away from it.
    """
    if lies_on(address, domains):
        return False
    host = host_of(address)
    text = _tidied(address).lower()
    authority = re.split(r"[/?#]", text.partition("//")[2] or text)[0]
    user = authority.rpartition("@")[0] if not text.startswith("mailto:") else ""
    labels = [_plain(label) for label in (*host.split("."), *user.split("."))]
    names = {d.split(".")[0] for d in domains}
    return any(_resembles(label, name) for label in labels for name in names)


def _plain(label: str) -> str:
    """A label as the eye reads it: punycode undone, accents dropped, letters drawn alike one."""
    if label.startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return label
    plain = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    plain = plain.translate(_DRAWN_ALIKE)
    for drawn, meant in _PAIRS:
        plain = plain.replace(drawn, meant)
    return plain


def _resembles(label: str, name: str) -> bool:
    if _plain(name) in label:
        return True
    return len(name) >= _LONG_ENOUGH and _one_letter_away(label, _plain(name))


def _one_letter_away(a: str, b: str) -> bool:
    """Whether one letter changed, added, dropped or swapped with its neighbour makes a into b."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    shared = min(len(a), len(b))
    start = next((n for n in range(shared) if a[n] != b[n]), shared)
    rest_a, rest_b = a[start:], b[start:]
    swapped = rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:]
    return swapped or rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]
