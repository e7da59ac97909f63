"""``disclosure-lint rule``: the list, and one manual in either language."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from linter import rules
from linter.cli import main
from linter.cli.rule import find_rule, known_codes, rule_list
from linter.report.terminal import Paint
from linter.verdict import Role, Severity

Capture = pytest.CaptureFixture[str]


class _Made:
    """Something is said.

    Clause
        Of our own making.

    中文
    说明了某事。

    条款
        自拟。
    """

    code = "RS901"
    id = "made-up"
    severity = Severity.WARNING
    roles = (Role.RECIPIENT, Role.CO_PROCESSOR)


class _Bare:
    code = "RS902"
    id = "bare"
    severity = Severity.ERROR
    roles = (Role.RECIPIENT,)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RULES", {"RS901": _Made(), "RS902": _Bare()})


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "RS901  made-up  warning  Something is said.",
                "RS902  bare     error    This rule carries no manual (Python was started with",
                "                         -OO).",
            ],
        ),
        (
            "zh",
            [
                "RS901  made-up  警告  说明了某事。",
                "RS902  bare     错误  该规则没有说明（Python 以 -OO 启动）。",
            ],
        ),
    ],
)
def test_the_list(made_up: None, capsys: Capture, lang: str, lines: list[str]) -> None:
    assert main(["rule", "--lang", lang]) == 0
    assert capsys.readouterr().out.splitlines() == lines


@pytest.mark.parametrize("name", ["RS901", "rs901", "made-up", "Made-Up", " RS901 "])
def test_a_manual_by_code_or_id(made_up: None, capsys: Capture, name: str) -> None:
    assert main(["rule", name, "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        "RS901 made-up (warning; sharing recipient, co-processor)\n\n"
        "Something is said.\n\nClause\n    Of our own making.\n"
    )


def test_a_manual_in_chinese(made_up: None, capsys: Capture) -> None:
    main(["rule", "RS901", "--lang", "zh"])
    assert capsys.readouterr().out == (
        "RS901 made-up（警告；共享接收方，共同处理者）\n\n说明了某事。\n\n条款\n    自拟。\n"
    ).replace("made-up（", "made-up （")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RS90", "there is no rule RS90; did you mean RS902? Known: RS901 RS902."),
        ("made-upp", "there is no rule made-upp; did you mean made-up? Known: RS901 RS902."),
        ("qqq", "there is no rule qqq. Known: RS901 RS902."),
        ("\x1b[31mqqq", "there is no rule qqq. Known: RS901 RS902."),
    ],
)
def test_an_unknown_rule_exits_2(made_up: None, capsys: Capture, name: str, words: str) -> None:
    assert main(["rule", name, "--lang", "en"]) == 2
    assert capsys.readouterr() == ("", f"error: {words}\n")


SECTIONS = {
    "en": ["Clause", "What counts", "Example that passes", "Example that fails", "How to fix"],
    "zh": ["条款", "什么算", "合格示例", "不合格示例", "如何改"],
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("code", list(known_codes()))
def test_every_rule_has_a_whole_manual(capsys: Capture, code: str, lang: str) -> None:
    assert main(["rule", code, "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in SECTIONS[lang]] == SECTIONS[lang]
    assert not set(lines) & set(SECTIONS["zh" if lang == "en" else "en"])


def test_the_requirements_of_the_guideline_are_there() -> None:
    codes = ["RS001", "RS002", "RS101", "RS102", "RS103", "RS104", "RS105", "RS106", "RS201"]
    assert list(known_codes())[:10] == [*codes, "RS202"]
    found = find_rule("impact-assessment")
    assert found is not None
    assert found.severity is Severity.WARNING


def test_the_list_is_coloured_on_demand(made_up: None) -> None:
    assert "\x1b[1mRS901\x1b[0m" in rule_list("en", Paint(color=True))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_manuals(capsys: Capture, lang: str) -> None:
    assert main(["rule", "--all", "--lang", lang]) == 0
    pages = capsys.readouterr().out
    for code in known_codes():
        assert main(["rule", code, "--lang", lang]) == 0
        assert capsys.readouterr().out in pages


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_manuals_in_markdown(capsys: Capture, lang: str) -> None:
    assert main(["rule", "--all", "--format", "markdown", "--lang", lang]) == 0
    tokens = MarkdownIt().parse(capsys.readouterr().out)
    headings = [
        (token.tag, tokens[n + 1].content)
        for n, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    assert [text for tag, text in headings if tag == "h2"] == [
        f"{code} {id}" for code, id in known_codes().items()
    ]
    assert [text for tag, text in headings if tag == "h3"] == SECTIONS[lang] * len(known_codes())
    inline = [child.type for token in tokens for child in token.children or []]
    assert set(inline) <= {"text", "softbreak", "text_special"}
    assert {t.type for t in tokens if t.nesting > -1} == {
        "heading_open",
        "inline",
        "paragraph_open",
    }


def test_one_manual_in_markdown(made_up: None, capsys: Capture) -> None:
    assert main(["rule", "RS901", "--format", "markdown", "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        "## RS901 made-up\n\n(warning; sharing recipient, co-processor)\n\n"
        "Something is said.\n\n### Clause\n\nOf our own making.\n"
    )


def test_all_and_one_contradict_each_other(made_up: None, capsys: Capture) -> None:
    assert main(["rule", "RS901", "--all", "--lang", "zh"]) == 2
    assert capsys.readouterr() == ("", "错误：--all 说明全部规则；请去掉 RS901 或 --all。\n")
