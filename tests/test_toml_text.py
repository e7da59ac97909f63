"""TOML of strangers: bounds, and the line on which each key stands."""

from __future__ import annotations

import pytest

from linter.toml_text import MAX_BYTES, TomlError, key_lines, parse

TRICKY = '''\
a = 1
"b.c" = """
d = 2
[not.a.header]
""" # e = 3
f.g = [
  { h = "#", i = ["]"] },  # ] k = 1
]

[t."u v"]
w = \'\'\'
x = 1\'\'\'

[[many]]
y = 1
[many.z]
q = 1
  [[many]]
y = 2
[many.z]
q = { r = 2 }
[[many.inner]]
s = "\\"="
'''
LINES = {
    ("a",): 1,
    ("b.c",): 2,
    ("f",): 6,
    ("f", "g"): 6,
    ("t",): 10,
    ("t", "u v"): 10,
    ("t", "u v", "w"): 11,
    ("many",): 14,
    ("many", 0): 14,
    ("many", 0, "y"): 15,
    ("many", 0, "z"): 16,
    ("many", 0, "z", "q"): 17,
    ("many", 1): 18,
    ("many", 1, "y"): 19,
    ("many", 1, "z"): 20,
    ("many", 1, "z", "q"): 21,
    ("many", 1, "inner"): 22,
    ("many", 1, "inner", 0): 22,
    ("many", 1, "inner", 0, "s"): 23,
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_key_and_table_has_its_line(end: str) -> None:
    toml = parse(TRICKY.replace("\n", end).encode())
    assert key_lines(toml.text) == LINES


@pytest.mark.parametrize(
    ("raw", "reason", "line"),
    [
        (b"a = 1\nb = \n", "Invalid value", 2),
        (b"a = 1\na = 2\n", "Cannot overwrite a value", 2),
        (b"a = 1\nb = [1,\n", "Invalid value", 3),
        (b"a = 1\nb = '\xff'", "not UTF-8", 2),
        (b"\na" + b".a" * 200 + b" = 1", "nested too deeply", 2),
        (b"[" + b'"". ' * 200 + b"a]", "nested too deeply", 1),
        (b"a = " + b"[" * 50_000, "nested too deeply", None),
        (b"#" * (MAX_BYTES + 1), "longer than 1000000 bytes", None),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(
    raw: bytes, reason: str, line: int | None
) -> None:
    with pytest.raises(TomlError) as caught:
        parse(raw)
    assert (caught.value.reason, caught.value.line) == (reason, line)


def test_versions_and_paths_are_no_nesting() -> None:
    text = "x = [" + ", ".join(f'"a>=1.{n}.0"' for n in range(300)) + "]"
    assert len(parse(text.encode()).data["x"]) == 300


def test_a_byte_order_mark_is_let_pass() -> None:
    assert parse(b"\xef\xbb\xbfa = 1").data == {"a": 1}
