"""PDF files written to exhaust whoever reads them, each small on disk."""

from __future__ import annotations

import zlib
from collections.abc import Callable


def pdf(objects: dict[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF from numbered objects, with a cross-reference table that is right."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        known = number in places
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if known else b"f")
    out += b"trailer << /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        root,
        trailer,
        start,
    )
    return bytes(out)


def stream(content: bytes, entries: bytes = b"", *, layers: int = 1) -> bytes:
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b" ".join([b"/FlateDecode"] * layers)
    return b"<< /Length %d /Filter [%s] %s >>\nstream\n%s\nendstream" % (
        len(content),
        filters,
        entries,
        content,
    )


def page(content: bytes, more: dict[int, bytes] | None = None, entries: bytes = b"") -> bytes:
    """One page with a content stream (object 4), Helvetica as F1, and further objects."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s"
            b" /Resources << /Font << /F1 5 0 R >> /XObject << /X0 10 0 R >> >> >>" % entries,
            4: content,
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            **(more or {}),
        }
    )


def text(words: bytes) -> bytes:
    return b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % words


def spaces() -> bytes:
    return page(stream(b" " * 800_000_000, layers=2))


def operators() -> bytes:
    return page(stream(b"q Q " * 60_000_000, layers=2))


def letters() -> bytes:
    return page(
        stream(b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 500_000 + b"ET")
    )


def lines() -> bytes:
    across = b"".join(b"0 %d m 612 %d l S " % (y, y) for y in range(0, 790, 2))
    down = b"".join(b"%d 0 m %d 792 l S " % (x, x) for x in range(0, 610, 2))
    return page(stream((across + down) * 100 + text(b"x" * 5000)))


def grid() -> bytes:
    across = b"".join(b"0 %d m 612 %d l S " % (y, y) for y in range(0, 790, 4))
    down = b"".join(b"%d 0 m %d 792 l S " % (x, x) for x in range(0, 610, 4))
    words = b"".join(
        text(b"abc").replace(b"72 700", b"%d %d" % (n % 600, n % 780)) for n in range(9000)
    )
    return page(stream(across + down + words))


def forms_in_themselves() -> bytes:
    inner = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X0 10 0 R >> >>"
    )
    return page(stream(b"/X0 Do"), {10: stream(b"/X0 Do /X0 Do " + text(b"x"), inner)})


def forms_doubling() -> bytes:
    more = {}
    for n in range(10, 50):
        entries = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources "
            b"<< /Font << /F1 5 0 R >> /XObject << /X0 %d 0 R >> >>" % (n + 1)
        )
        more[n] = stream(b"/X0 Do " * 10 + text(b"x"), entries)
    return page(stream(b"/X0 Do"), more)


def a_million_pages() -> bytes:
    kids = b"[" + b"3 0 R " * 1_000_000 + b"]"
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids %s /Count 1000000 >>" % kids,
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        }
    )


def a_claim_of_pages() -> bytes:
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        }
    )


def pages_in_a_circle() -> bytes:
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 9 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 9 >>",
        }
    )


def nested_arrays() -> bytes:
    return page(b"[" * 1_000_000 + b"]" * 1_000_000)


def nested_in_content() -> bytes:
    return page(stream(b"[" * 5_000_000 + b"]" * 5_000_000 + b" TJ " + b"<< " * 5_000_000))


def object_streams() -> bytes:
    inner = b"".join(b"%d %d " % (n + 100, n * 3) for n in range(200_000))
    body = stream(inner + b"1 " * 300_000_00, b"/Type /ObjStm /N 200000 /First %d" % len(inner))
    return page(
        stream(text(b"x")),
        {20: body, 21: stream(b"20 0 obj", b"/Type /ObjStm /N 1 /First 0 /Extends 21 0 R")},
    )


def tables_before_tables() -> bytes:
    made = page(stream(text(b"x")))
    return made.replace(b"trailer <<", b"trailer << /Prev %d" % made.rindex(b"xref\n0"))


def annotations() -> bytes:
    links = b" ".join([b"20 0 R"] * 300_000)
    action = b"/A << /S /URI /URI (https://a.example/) >>"
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] %s >>" % action
    return page(stream(text(b"x" * 2000)), {20: link}, b"/Annots [%s]" % links)


def a_huge_picture() -> bytes:
    picture = stream(
        b"\0" * 100_000_000,
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8",
    )
    return page(stream(b"q 600 0 0 700 0 0 cm /X0 Do Q"), {10: picture})


def a_huge_page() -> bytes:
    made = page(stream(text(b"x" * 300)))
    return made.replace(b"[0 0 612 792]", b"[0 0 9e30 9e30]")


CASES: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        spaces,
        operators,
        letters,
        lines,
        grid,
        forms_in_themselves,
        forms_doubling,
        a_million_pages,
        a_claim_of_pages,
        pages_in_a_circle,
        nested_arrays,
        nested_in_content,
        object_streams,
        tables_before_tables,
        annotations,
        a_huge_picture,
        a_huge_page,
    )
}
