"""The lexicons: every pattern compiles, every name the code asks for is there, none is idle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linter.classify.lexicon import fields_of, lexicon
from linter.errors import ModelError

CODE = Path(__file__).resolve().parents[2] / "linter" / "classify"
SOURCE = "\n".join(p.read_text("utf-8") for p in sorted(CODE.glob("*.py")))
LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_compiles_and_matches_no_empty_text(language: str) -> None:
    patterns = lexicon(language).patterns
    for name in patterns.names():
        matched = patterns[name].search("")
        assert matched is None or name == "empty", name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_code_asks_for_is_there(language: str) -> None:
    asked = set(re.findall(r'(?:patterns\[|\.find\(|label_says\()\s*"([a-z-]+)"', SOURCE))
    assert len(asked) > 40
    assert sorted(asked - set(lexicon(language).patterns.names())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_is_idle(language: str) -> None:
    idle = [n for n in lexicon(language).patterns.names() if f'"{n}"' not in SOURCE]
    assert idle == []


def test_both_languages_have_the_same_patterns() -> None:
    assert lexicon("zh").patterns.names() == lexicon("en").patterns.names()


def test_an_unknown_pattern_is_a_damaged_lexicon() -> None:
    with pytest.raises(ModelError):
        lexicon("zh").patterns["no-such-pattern"]


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("SDK名称", ("vendor-name",)),
        ("第三方主体", ("vendor-name",)),
        ("使用目的", ("purpose",)),
        ("服务类型（使用目的）", ("purpose",)),
        ("收集的个人信息类型", ("scope",)),
        ("目的、方式和范围", ("purpose", "method", "scope")),
        ("收集方式：", ("method",)),
        ("联系方式", ("contact",)),
        ("隐私政策链接", ("policy",)),
        ("官网链接", ("website",)),
        ("所需权限", ("permission",)),
        ("保存期限", ("retention",)),
        ("Company name", ("vendor-name",)),
        ("Purpose", ("purpose",)),
        ("Categories of personal data", ("scope",)),
        ("Privacy policy", ("policy",)),
        ("How data is shared", ("method",)),
        ("", ()),
        ("这是一句很长的话" * 10, ()),
    ],
)
def test_what_a_label_announces(label: str, fields: tuple[str, ...]) -> None:
    assert fields_of(label) == fields
