"""The catalogue: complete in both languages, and fitting what the program asks it to say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import linter
from linter.report.messages import MESSAGES, error_words, phrase, placeholders, say
from linter.verdict import Note, Role, Severity, Status, Verdict

ROOT = Path(linter.__file__).parent
REQUIREMENT_IDS = (
    "entity-name",
    "entity-contact",
    "processing-purpose",
    "processing-method",
    "information-scope",
    "entity-privacy-policy",
    "separate-consent",
    "impact-assessment",
)
CJK = re.compile(r"[\u4e00-\u9fff]")
Call = tuple[str, str, frozenset[str] | None]


def _key(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return None


def _params(call: ast.Call, *, by_name: bool) -> frozenset[str] | None:
    """The parameter names of a call, None where they cannot be read from the source."""
    if by_name:
        names = [keyword.arg for keyword in call.keywords]
        return None if None in names else frozenset(n for n in names if n)
    given = call.args[1] if len(call.args) > 1 else None
    if given is None:
        return None if call.keywords else frozenset()
    if not isinstance(given, ast.Tuple):
        return None
    firsts = [e.elts[0] for e in given.elts if isinstance(e, ast.Tuple) and e.elts]
    constants = [f.value for f in firsts if isinstance(f, ast.Constant)]
    return frozenset(map(str, constants)) if len(constants) == len(given.elts) else None


def _says(source: str, where: str) -> Iterator[Call]:
    """Every key that a source names in ``Note``, ``Note.of`` or ``phrase``, with its parameters."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or (key := _key(node)) is None:
            continue
        match node.func:
            case ast.Attribute(value=ast.Name(id="Note"), attr="of") | ast.Attribute(attr="_word"):
                yield where, key, _params(node, by_name=True)
            case ast.Name(id="Note"):
                yield where, key, _params(node, by_name=False)
            case ast.Name(id="phrase"):
                yield where, key, None


def _calls() -> list[Call]:
    return [
        call
        for path in sorted(ROOT.rglob("*.py"))
        for call in _says(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    ]


def test_every_key_that_the_program_names_is_in_the_catalogue() -> None:
    assert [(where, key) for where, key, _ in _calls() if key not in MESSAGES] == []


def test_every_literal_that_looks_like_a_key_is_in_the_catalogue() -> None:
    """Keys also travel as bare strings, to be made a note of elsewhere."""
    names = "mention|binding|signal|reason|searched|deferral|partial|role|no-mention"
    literal = re.compile(rf"(?:{names})\.[a-z]+(?:-[a-z]+)*")
    unknown = [
        (str(path.relative_to(ROOT)), node.value)
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and literal.fullmatch(node.value)
        and node.value not in MESSAGES
    ]
    assert unknown == []


def test_every_note_brings_the_parameters_of_its_sentence() -> None:
    wrong = [
        (where, key, sorted(params), sorted(placeholders(MESSAGES[key][0])))
        for where, key, params in _calls()
        if key in MESSAGES and params is not None and params != placeholders(MESSAGES[key][0])
    ]
    assert wrong == []


def test_the_search_for_keys_sees_each_way_to_name_one() -> None:
    source = (
        'Note("a.b")\nNote("c.d", (("quote", x),))\nNote.of("e.f", vendor=v)\n'
        'Note.of(f"{i}.x", vendor=v)\nNote("g.h", params)\nphrase("i.j", {}, "en")\n'
    )
    assert list(_says(source, "")) == [
        ("", "a.b", frozenset()),
        ("", "c.d", frozenset({"quote"})),
        ("", "e.f", frozenset({"vendor"})),
        ("", "g.h", None),
        ("", "i.j", None),
    ]


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_both_languages_say_it_with_the_same_parameters(key: str) -> None:
    english, chinese = MESSAGES[key]
    assert placeholders(english) == placeholders(chinese)
    assert english.strip() == english != "" or key in ("line.separator", "line.space")
    assert not CJK.search(english)
    assert CJK.search(chinese) or not re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", chinese))


@pytest.mark.parametrize("requirement", REQUIREMENT_IDS)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_of_every_requirement_has_its_sentence(
    requirement: str, verdict: Verdict
) -> None:
    assert placeholders(MESSAGES[f"{requirement}.{verdict}"][0]) == {"vendor"}


def test_every_word_of_the_types_can_be_said() -> None:
    keys = [f"verdict.{v}" for v in Verdict] + [f"status.{s}" for s in Status]
    keys += [f"role.{r}" for r in Role] + [f"severity.{s}" for s in Severity]
    assert [key for key in keys if key not in MESSAGES] == []


def test_a_note_is_said_in_both_languages() -> None:
    note = Note.of("signal.model", kind="purpose", probability="0.88")
    assert say(note) == "The model takes it for a purpose with probability 0.88."
    assert say(note, "zh") == "模型判断其为处理目的，概率为0.88。"


def test_a_gap_in_the_catalogue_is_said_and_crashes_nothing() -> None:
    assert say(Note("no.such-key")) == "no.such-key"
    assert say(Note("mention.legal-name")) == 'Named by its registered company name: "?".'
    assert phrase("no.such-key", {"a": 1}, "zh") == "no.such-key"
    assert error_words("no-such-error", {}) == ("no-such-error", "")


def test_braces_in_a_parameter_stay_what_they_are() -> None:
    note = Note.of("mention.legal-name", quote="{quote} {0} %s")
    assert say(note) == 'Named by its registered company name: "{quote} {0} %s".'
