"""Where sentences end, in both languages: one rule for the whole room."""

from __future__ import annotations

import re

_ZH_END = re.compile(r"[。！？!?；;\n]+[”」』）)]*")
_EN_END = re.compile(r"(?<=[a-z0-9)\"'”’\]%])[.!?]+[\"')”’]*\s+(?=[A-Z“\"(\[])|[;\n]+\s*")
_ABBREVIATION = re.compile(
    r"\b(?:Co|Ltd|Inc|Corp|e\.g|i\.e|etc|No|vs|Mr|Ms|Dr|St|N\.V|B\.V|Art|Sec)\.$"
)
# A bracket that was never closed must not swallow the rest of the text.
_MAX_BRACKET = 200


def sentence_cuts(text: str, language: str) -> list[int]:
    """Offsets after each sentence's end, the last sentence's excepted; brackets stay whole."""
    pattern = _ZH_END if language == "zh" else _EN_END
    cuts: list[int] = []
    depth, last = 0, 0
    for match in pattern.finditer(text):
        depth = max(0, depth + _depth(text[last : match.start()]))
        last = match.start()
        begun = cuts[-1] if cuts else 0
        if depth > 0 and match.end() - begun < _MAX_BRACKET:
            continue
        if language == "en" and _ABBREVIATION.search(text[: match.start() + 1][-8:]):
            continue
        cuts.append(match.end())
        depth = 0
    return cuts


def _depth(text: str) -> int:
    opened = sum(text.count(c) for c in "（([【「《")
    closed = sum(text.count(c) for c in "）)]】」》")
    return opened - closed
