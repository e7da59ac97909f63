"""Workflow commands, read as the runner reads them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from linter.report import render
from linter.verdict import Report

pytestmark = pytest.mark.usefixtures("made_up_error")
# From the runner: "::", the command, properties after a space, "::", the message to the line's end.
COMMAND = re.compile(r"::([a-z-]+)(?: (.*?))?::(.*)")
LINE_ENDS = re.compile("[\r\n]")


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    message: str


def unescape(text: str, *, in_property: bool) -> str:
    marks = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
    for mark, character in marks:
        if in_property or character not in ":,":
            text = text.replace(mark, character)
    return text


def commands(reports: Iterable[Report], lang: str = "en") -> list[Command]:
    text = render(reports, format="github", lang=lang)
    assert text.endswith("\n") or not text
    found = []
    for line in LINE_ENDS.split(text)[:-1]:
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        pairs = [pair.partition("=") for pair in (match[2] or "").split(",")]
        properties = {key: unescape(value, in_property=True) for key, _, value in pairs}
        assert len(properties) == len(pairs)
        found.append(Command(match[1], properties, unescape(match[3], in_property=False)))
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_commands_are_golden(
    repository: dict[str, Report], golden: Callable[[str, str], None], lang: str
) -> None:
    assert {c.name for c in commands(repository.values(), lang)} == {"error", "warning", "notice"}
    golden(f"all.github.{lang}.txt", render(repository.values(), format="github", lang=lang))


def test_severity_is_the_command_and_waived_is_a_notice(repository: dict[str, Report]) -> None:
    found = {c.properties["title"][:5]: c for c in commands([repository["fail"]])}
    assert (found["RS102"].name, found["RS202"].name) == ("error", "warning")
    [waived] = commands([repository["pass"]])
    assert (waived.name, waived.properties["title"]) == (
        "notice",
        "RS102 entity-contact: missing (waived)",
    )


def test_an_unreadable_policy_is_an_error(repository: dict[str, Report]) -> None:
    first = commands([repository["unreadable"]])[0]
    assert (first.name, first.properties) == ("error", {"title": "RS001"})
    assert first.message.startswith("https://gone.example/privacy: The server answered 404.\n")


def test_a_file_is_named_only_if_it_is_in_the_repository(repository: dict[str, Report]) -> None:
    for command in commands(repository.values()):
        if "file" in command.properties:
            assert Path(command.properties["file"]).is_file()
            assert not Path(command.properties["file"]).is_absolute()
    assert all("file" not in c.properties for c in commands([repository["deferring"]]))


def test_columns_stand_only_beside_a_single_line(repository: dict[str, Report]) -> None:
    spots = {
        (c.properties.get("line"), c.properties.get("endLine"), "col" in c.properties)
        for c in commands(repository.values())
    }
    assert ("2", "3", False) in spots
    assert any(first == last and col for first, last, col in spots if first)


def test_no_word_begins_a_command(hostile: Report) -> None:
    found = commands([hostile])
    assert {c.name for c in found} == {"error", "warning", "notice"}
    message = next(c.message for c in found if "RS102" in c.properties["title"])
    assert "%0A::error::x" in message
    assert "\x1b" not in message


def test_a_path_with_colons_and_commas_is_one_property(repository: dict[str, Report]) -> None:
    name = "a,file=b:c%.txt"
    Path(name).write_text("Nobody is named here.\n", encoding="utf-8")
    found = commands([dataclasses.replace(repository["no-mention"], source=name)])
    assert {c.properties["file"] for c in found} == {name}
