"""Fuzzing of ``segment`` by coverage, with atheris (libFuzzer).

    python -m tests.soak.fuzz -max_total_time=600 [FOLDER]

``make soak`` installs atheris for it. An input is a string of tokens, one byte each (tags, labels,
words), or of any characters, so that what the fuzzer changes stays near to HTML. A crash, a broken
invariant and an input that takes longer than ten seconds end the run and leave a file, which
``python -m tests.soak.fuzz --show FILE`` prints as the text it stands for: a case for
``tests/soak/test_regressions.py``.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

TOKENS = [
    *"<p> </p> <div> </div> <table> </table> <tr> </tr> <td> </td> <th> </th> <tbody>".split(),
    *"<ul> </ul> <ol> <li> </li> <dl> <dt> <dd> </dl> <h1> </h1> <h3> </h3> <b> </b>".split(),
    *"<br> <hr> <pre> </pre> <textarea> </textarea> <select> <option> <details> <a> </a>".split(),
    *"<script> </script> <style> </style> <title> </title> <template> <noscript> <svg>".split(),
    *"<!-- --> <![CDATA[ ]]> <? <! </ < > = \" ' & &amp; &#0; &#xD800; &nbsp; <body>".split(),
    *"<thead> <summary> <iframe>".split(),
    "<td rowspan=3>",
    "<td colspan=9>",
    "<td rowspan=1000 colspan=1000>",
    "<div hidden>",
    '<div style="display:table-row">',
    '<div style="display:grid;grid-template-columns:1fr 1fr 1fr">',
    '<div role="row">',
    '<a href="/x">',
    '<input type=hidden value="',
    '<script type="application/json">{"a":["',
    '","b":{"c":"',
    '"]}</script>',
    "<base href=//x>",
    *"使用目的： 公司名称 第三方SDK 如视 ： : 、 。 ， ； （ ） 【 】 《 》".split(),
    *"| - * # ` _ [ ] ( ) !".split(),
    *"1. 一、 （1） a) • ... …… N/A 无 / \\ ** ``` ||".split(),
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u200b",
    "\u3000",
    "\x00",
    "我们收集您的个人信息",
    "We share your data with partners. ",
]
_MEDIA = ("text/html", "text/html", "text/plain", "text/markdown")


def text_of(data: bytes) -> tuple[str, str]:
    """The media type and the text that an input of the fuzzer stands for."""
    if not data:
        return "text/html", ""
    out: list[str] = []
    n = 1
    while n < len(data):
        if data[n] < len(TOKENS):
            out.append(TOKENS[data[n]])
            n += 1
        else:
            out.append(chr(int.from_bytes(data[n + 1 : n + 3], "big")))
            n += 3
    return _MEDIA[data[0] % len(_MEDIA)], "".join(out)


def main(arguments: list[str]) -> int:
    """Fuzzes, or shows what an input stands for."""
    if arguments[:1] == ["--show"]:
        print(ascii(text_of(Path(arguments[1]).read_bytes())))
        return 0
    import atheris

    with atheris.instrument_imports(include=["linter.segment"]):
        from tests.soak.invariants import hold, read

        package = importlib.import_module("linter.segment")
        # They import one another when needed, which would be after this.
        for module in pkgutil.iter_modules(package.__path__, "linter.segment."):
            importlib.import_module(module.name)

    def one(data: bytes) -> None:
        media, text = text_of(data)
        policy = read(text, media)
        if policy is not None:
            hold(policy)

    limits = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=4096"]
    atheris.Setup([sys.argv[0], *limits, *arguments], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
