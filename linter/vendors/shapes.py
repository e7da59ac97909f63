"""What the words of a vendor file must look like to be of any use.

A name without letters, a domain that is everybody's, an address without a host would match
everywhere or nowhere, and the report would be wrong without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_URL = re.compile(r"https?://(?P<host>[a-z0-9.-]+)(?::\d{1,5})?(?:/[^\s]*)?")
_EMAIL = re.compile(r"[^\s@]{1,64}@(?P<host>[a-z0-9.-]+)", re.IGNORECASE)
_FEWEST_DIGITS = 3


def _is_name(text: str) -> bool:
    return sum(c.isalnum() for c in text) > 1


def _is_domain(text: str) -> bool:
    if not _DOMAIN.fullmatch(text) or len(text) > 253:
        return False
    # Imported here: it reads the whole list.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList().privatesuffix(text) is not None


def _is_url(text: str) -> bool:
    match = _URL.fullmatch(text)
    return match is not None and _DOMAIN.fullmatch(match.group("host")) is not None


def _is_email(text: str) -> bool:
    match = _EMAIL.fullmatch(text)
    return match is not None and _DOMAIN.fullmatch(match.group("host").lower()) is not None


def _is_phone(text: str) -> bool:
    return sum(c.isdigit() for c in text) >= _FEWEST_DIGITS


# By table and key: what each of the strings must be, and how that is said.
SHAPES: Mapping[tuple[str, str], tuple[Callable[[str], bool], str]] = {
    ("names", "legal"): (_is_name, "must hold names of two letters or more"),
    ("names", "affiliates"): (_is_name, "must hold names of two letters or more"),
    ("names", "unverified"): (_is_name, "must hold names of two letters or more"),
    ("names", "lookalike_stems"): (_is_name, "must hold names of two letters or more"),
    ("brands", "text"): (_is_name, "must hold names of two letters or more"),
    ("web", "domains"): (_is_domain, 'must hold domains of its own, like "example.com"'),
    ("web", "policy_urls"): (_is_url, 'must hold addresses like "https://example.com/legal"'),
    ("web", "policy_words"): (str.islower, "must hold words in lower case"),
    ("contact", "emails"): (_is_email, "must hold e-mail addresses"),
    ("contact", "phones"): (_is_phone, "must hold telephone numbers"),
}
# What must have something in it if it is given at all.
FILLED = frozenset({("names", "legal")})
