"""Which language a text is in: Simplified or Traditional Chinese, English, or one not judged."""

from __future__ import annotations

import re
from collections import Counter

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
_HANGUL = re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")
_WORD = re.compile(r"[a-zà-öø-ÿ]+", re.IGNORECASE)
_OTHER = re.compile(r"[\u0370-\u052f\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff]")
# Frequent characters that exist in one script only.
_TRADITIONAL = re.compile(
    "[個們這為與會請權條對於資訊處關應學國說無問間開點題實現護類種務據將過還時從進體單經發電話產業門]"
)
_SIMPLIFIED = re.compile(
    "[个们这为与会请权条对于资讯处关应学国说无问间开点题实现护类种务据将过还时从进体单经发电话产业门]"
)
_ENGLISH = frozenset(
    "the of to and you your we our in or for with may is are that this as by on be information "
    "data from not use it any will have us personal privacy policy".split()
)


def detect(text: str) -> str:
    """The language of a text: "zh-hans", "zh-hant", "en", "ja", "ko" or "und" (none of these)."""
    text = _sample(text)
    # Characters are counted once; which kind each is is asked once for each that occurs.
    counts = Counter(text)
    han, kana, hangul = (_count(counts, kind) for kind in (_HAN, _KANA, _HANGUL))
    words = _WORD.findall(text)
    if hangul > 20 and hangul > han and hangul > len(words) / 2:
        return "ko"
    if kana > 20 and kana > han / 4:
        return "ja"
    english = sum(w.lower() in _ENGLISH for w in words)
    # English with Chinese glosses: more words than the characters make, and running text.
    glossed = len(words) > han / _CHARACTERS and english >= len(words) * _RUNNING
    if han and han >= len(words) / 2 and not glossed:
        return _script(counts)
    if _count(counts, _OTHER) > 2 * len(words):
        return "und"
    if words and english >= len(words) * 0.15:
        return "en"
    if han:
        return _script(counts)
    return "und"


# Chinese characters to an English word of the same text; the share of commonest words in prose.
_CHARACTERS, _RUNNING = 1.5, 0.18
# Pieces of a long text that stand for it, and characters of each.
_PIECES, _PIECE = 10, 1_000


def _sample(text: str) -> str:
    """A text, or pieces of a long one from its beginning to its end."""
    if len(text) <= _PIECES * _PIECE:
        return text
    step = (len(text) - _PIECE) // (_PIECES - 1)
    return " ".join(text[n * step : n * step + _PIECE] for n in range(_PIECES))


def _count(counts: Counter[str], kind: re.Pattern[str]) -> int:
    return sum(counts[character] for character in kind.findall("".join(counts)))


def _script(counts: Counter[str]) -> str:
    more = _count(counts, _TRADITIONAL) > _count(counts, _SIMPLIFIED)
    return "zh-hant" if more else "zh-hans"
