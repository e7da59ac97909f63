"""Colors, as far as text that cannot be told from what is behind it needs them."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_FUNCTION = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+(\d{0,3}\.?\d{1,6}))?"
)
_NAMED = re.compile(r"(?<![\w(#-])(white|black|transparent|none|snow|whitesmoke)(?![\w-])")
_NAMES = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "snow": (255, 250, 250),
    "whitesmoke": (245, 245, 245),
}
# Steps of 255 by which two colors may differ in each part and not be told apart.
_ALIKE = 10


class Color(NamedTuple):
    """Red, green and blue, 0 to 255; ``clear`` if nothing of it is seen."""

    red: int = 0
    green: int = 0
    blue: int = 0
    clear: bool = False

    def alike(self, other: Color) -> bool:
        """Whether text of one color on the other is not seen."""
        pairs = zip(self[:3], other[:3], strict=True)
        return self.clear or all(abs(a - b) <= _ALIKE for a, b in pairs)


CLEAR = Color(clear=True)
WHITE = Color(255, 255, 255)


def color(value: str) -> Color | None:
    """The color in a lower-case value; None if there is none or it is not understood."""
    if "gradient" in value or "var(" in value:
        return None
    if match := _HEX.search(value):
        return _from_hex(match[1])
    if match := _FUNCTION.search(value):
        opaque = match[4] is None or float(match[4]) > 0.05
        return Color(int(match[1]), int(match[2]), int(match[3])) if opaque else CLEAR
    if match := _NAMED.search(value):
        return Color(*_NAMES[match[1]]) if match[1] in _NAMES else CLEAR
    return None


def _from_hex(digits: str) -> Color | None:
    if len(digits) in (3, 4):
        digits = "".join(d * 2 for d in digits)
    if len(digits) not in (6, 8):
        return None
    if digits[6:] and int(digits[6:], 16) < 13:
        return CLEAR
    red, green, blue = (int(digits[n : n + 2], 16) for n in (0, 2, 4))
    return Color(red, green, blue)
