"""Where sentences end, in both languages: one rule for the whole room."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ZH_END = re.compile(r"[。！？!?；;\n]+[”」』）)]*")
# A Chinese word may end an English sentence, too.
_EN_END = re.compile(
    r"(?<=[a-z0-9)\"'”’\]%\u3400-\u9fff）])[.!?]+[\"')”’]*\s+(?=[A-Z“\"(\[])|[;\n]+\s*"
)
_ABBREVIATION = re.compile(
    r"\b(?:Co|Ltd|Inc|Corp|e\.g|i\.e|etc|No|vs|Mr|Ms|Dr|St|N\.V|B\.V|Art|Sec)\.$"
)
_BRACKET = re.compile(r"[（()）\[\]【】「」《》]")
# A bracket that was never closed must not swallow the rest of the text.
_MAX_BRACKET = 200
# Characters; longer than any sentence of a policy. Patterns are tried at every place of a sentence,
# so that a page without a full stop must not become one.
_MAX_SENTENCE = 1_200
_PAUSE = re.compile(r"[，,、：:\s]")


def sentence_cuts(text: str, language: str) -> list[int]:
    """Offsets after each sentence's end, the last sentence's excepted; brackets stay whole.

    What runs on for more than ``_MAX_SENTENCE`` characters is cut at a pause, or anywhere.
    """
    pattern = _ZH_END if language == "zh" else _EN_END
    cuts: list[int] = []
    depth, last = 0, 0
    for match in pattern.finditer(text):
        depth = max(0, depth + _depth(text[last : match.start()]))
        last = match.start()
        begun = cuts[-1] if cuts else 0
        if depth > 0 and match.end() - begun < _MAX_BRACKET:
            continue
        end = match.start() + 1
        if language == "en" and _ABBREVIATION.search(text[max(0, end - 8) : end]):
            continue
        cuts.append(match.end())
        depth = 0
    return list(_shortened(text, cuts))


def _shortened(text: str, cuts: list[int]) -> Iterator[int]:
    begun = 0
    for cut in [*cuts, len(text)]:
        while cut - begun > _MAX_SENTENCE:
            window = text[begun + _MAX_SENTENCE // 2 : begun + _MAX_SENTENCE]
            pauses = [m.end() for m in _PAUSE.finditer(window)]
            begun += _MAX_SENTENCE // 2 + pauses[-1] if pauses else _MAX_SENTENCE
            yield begun
        if cut < len(text):
            yield cut
            begun = cut


def _depth(text: str) -> int:
    if not _BRACKET.search(text):
        return 0
    opened = sum(text.count(c) for c in "（([【「《")
    closed = sum(text.count(c) for c in "）)]】」》")
    return opened - closed
