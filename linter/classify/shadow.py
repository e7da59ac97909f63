"""A normal form of a text for matching, with the way back to the text's own offsets.

Full-width forms are narrowed, letters lowered, Traditional Chinese turned into Simplified,
zero-width characters and the spaces around Chinese characters dropped. The canonical text keeps
all of them; only matching happens here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache

from linter.document import Span

_FOLD = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}
# NFKC would narrow these too, but they are what sentences and titles are told by.
for _keep in "，；：！？（）":
    _FOLD.pop(ord(_keep), None)
_FOLD.update(
    {ord(a): ord(b) for a, b in zip("（）：“”‘’—–　\xa0", "():\"\"''-- " + " ", strict=True)}
)
# A blank that a suggestion leaves to the developer says nothing, whatever it gives for example.
_BLANK = re.compile("^[^⟦⟧]{0,400}⟧|⟦[^⟦⟧]{0,400}⟧?")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")
_DROP = re.compile(
    "[\u200b-\u200f\u2060\ufeff\u00ad]+"
    "|(?<=[\u3000-\u303f\u3400-\u9fff，；：！？])[ \u200b]+"
    "|(?<! )[ ]+(?=[\u3000-\u303f\u3400-\u9fff，；：！？])"
)


class Shadow:
    """The normal form of ``text[start:end]`` and its offsets.

    ``spaced`` keeps the spaces around Chinese characters: in an English text they part words.

    Attributes
    ----------
    text : the normal form.
    """

    __slots__ = ("_at", "_from", "text")

    def __init__(
        self, text: str, *, offset: int = 0, traditional: bool = False, spaced: bool = False
    ) -> None:
        if "⟦" in text or "⟧" in text:
            text = _BLANK.sub(lambda m: "_" * len(m.group()), text)
        folded = text.translate(_FOLD)
        lowered = folded.lower()
        if len(lowered) != len(folded):
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
        if traditional:
            lowered = _simplified(lowered)
        parts, at, origin = [], [0], [offset]
        last = length = 0
        for drop in (_INVISIBLE if spaced else _DROP).finditer(lowered):
            if drop.start() < last:
                continue
            parts.append(lowered[last : drop.start()])
            length += drop.start() - last
            last = drop.end()
            if at[-1] == length:
                origin[-1] = offset + last
            else:
                at.append(length)
                origin.append(offset + last)
        parts.append(lowered[last:])
        self.text = "".join(parts)
        self._at, self._from = at, origin

    def origin(self, index: int) -> int:
        """The canonical offset of the character at ``index`` of the normal form."""
        n = bisect_right(self._at, index) - 1
        return self._from[n] + index - self._at[n]

    def index(self, offset: int) -> int:
        """The position in the normal form of a canonical offset, or of what follows it."""
        return bisect_left(range(len(self.text)), offset, key=self.origin)

    def span(self, start: int, end: int) -> Span:
        """The canonical span of a range of the normal form that is not empty."""
        return Span(self.origin(start), self.origin(end - 1) + 1)


def _simplified(text: str) -> str:
    """Traditional to Simplified character by character, so that offsets stay."""
    convert = _converter()
    converted = convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(new if len(new := convert(c)) == 1 else c for c in text)


@cache
def _converter() -> Callable[[str], str]:
    # Imported here: only a policy in Traditional Chinese needs it.
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert
