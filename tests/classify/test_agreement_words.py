"""The lexicon of agreements: every pattern compiles, none is asked for in vain, none is idle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linter.classify.lexicon import agreement_words

CODE = Path(__file__).resolve().parents[2] / "linter" / "classify"
MODULES = ("agreement.py", "agreement_parties.py", "complaints.py")
SOURCE = "\n".join((CODE / name).read_text("utf-8") for name in MODULES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_pattern_compiles_and_matches_no_empty_text(language: str) -> None:
    words = agreement_words(language)
    assert [n for n in words.names() if words[n].search("")] == []


def test_both_languages_have_the_same_patterns() -> None:
    assert agreement_words("zh").names() == agreement_words("en").names()


def test_no_pattern_is_idle() -> None:
    assert [n for n in agreement_words("zh").names() if f'"{n}"' not in SOURCE] == []


def test_what_the_code_asks_for_is_there() -> None:
    asked = set(re.findall(r'(?:words\[|look_for\(|says\(|_place\()\s*"([a-z-]+)"', SOURCE))
    assert len(asked) > 20
    assert sorted(asked - set(agreement_words("zh").names())) == []
