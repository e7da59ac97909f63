"""``disclosure-lint vendor``: which third parties there are, and a file for one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from linter.cli.output import UNUSABLE, StandardOutput, complain, complain_of, told, write_new
from linter.errors import ConfigError
from linter.report import phrase
from linter.report.terminal import clean, columns, pad
from linter.vendors import Vendor, load_vendor, shipped_vendors


def run_list(*, lang: str) -> int:
    """Print a line for each vendor that ships: id, name, version."""

    def work() -> int:
        vendors = [load_vendor(name) for name in shipped_vendors()]
        rows = [(v.id, v.name[lang], v.version) for v in vendors]
        widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
        with StandardOutput() as output:
            for row in rows:
                line = "  ".join(map(pad, row, widths))
                output.write(line.rstrip() + "\n")
        return 0

    return told(work, lang=lang)


def run_validate(names: Sequence[str], *, lang: str) -> int:
    """Say of each vendor file (or id) whether it is valid; the exit code is 2 if one is not."""
    return told(lambda: max(_validated(name, lang) for name in names), lang=lang)


def _validated(name: str, lang: str) -> int:
    try:
        vendor = load_vendor(name)
    except ConfigError as error:
        complain_of(error, lang=lang)
        return UNUSABLE
    params = {"file": clean(name), "name": vendor.name[lang], "id": vendor.id}
    with StandardOutput() as output:
        output.write(phrase("vendor.valid", params, lang) + "\n")
    for key, params in _gaps(vendor):
        complain("cli.note", lang=lang, message=phrase(key, {"file": name, **params}, lang))
    return 0


def _gaps(vendor: Vendor) -> Iterator[tuple[str, dict[str, str]]]:
    """What a valid file lacks to be of full use."""
    if not vendor.brands:
        yield "vendor.no-brand", {}
    contact = vendor.contact
    if not (contact.emails or contact.phones or contact.addresses):
        yield "vendor.no-contact", {}
    if not vendor.web.policy_urls:
        yield "vendor.no-policy", {}
    for url in vendor.web.policy_urls:
        host = urlsplit(url).hostname or ""
        if not any(host == d or host.endswith(f".{d}") for d in vendor.web.domains):
            yield "vendor.elsewhere", {"url": url}


def run_init(file: Path, *, lang: str) -> int:
    """Write a vendor file to be filled in; 2 if there is such a file already."""

    def work() -> int:
        # Imported here: no other command needs it.
        from linter.vendors.template import template

        write_new(file, template(lang))
        with StandardOutput() as output:
            output.write(phrase("vendor.written", {"file": clean(str(file))}, lang) + "\n")
        return 0

    return told(work, lang=lang)
