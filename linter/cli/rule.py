"""``disclosure-lint rule``: the requirements, and the manual of each from its docstring."""

from __future__ import annotations

import difflib
import inspect
import re
from typing import Protocol

from linter.cli.choices import ManualFormat, wants_color
from linter.cli.output import OutputClosed, OutputError, StandardOutput, complain
from linter.report import phrase
from linter.report.terminal import Paint, columns, pad, wrap
from linter.verdict import Role, Severity

_UNUSABLE = 2
_NARROW = 20  # columns; a terminal narrower than that is let break lines itself
_CHINESE = "中文"
# The heading, whom it is owed by, and the sentence that begins a manual, each with its empty line.
_BEFORE_SECTIONS = 4
# What Markdown would take for more than itself.
_MARKUP = re.compile(r"[\\`*_<>\[\]|#]")


class RuleManual(Protocol):
    """What this command needs of a rule."""

    @property
    def code(self) -> str:
        """Its code, such as RS101."""

    @property
    def id(self) -> str:
        """Its id, such as entity-name."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who owes it."""


def run_rule(
    code: str | None,
    *,
    lang: str,
    every: bool = False,
    format: ManualFormat = ManualFormat.TEXT,
    no_color: bool = False,
) -> int:
    """Print the list, one rule's manual, or those of ``every`` rule.

    The exit code is 2 if there is no such rule, or one is named beside ``every``.
    """
    if every and code is not None:
        complain("cli.error", lang=lang, message=phrase("cli.rule-or-all", {"code": code}, lang))
        return _UNUSABLE
    rule = find_rule(code) if code is not None else None
    if code is not None and rule is None:
        refuse(code, lang)
        return _UNUSABLE
    try:
        with StandardOutput(machine=format is ManualFormat.MARKDOWN) as output:
            paint = Paint(wants_color(terminal=output.terminal, no_color=no_color))
            rules = [rule] if rule is not None else _rules()
            if format is ManualFormat.MARKDOWN:
                output.write("\n".join(rule_markdown(r, lang) for r in rules))
            elif rule is None and not every:
                output.write(rule_list(lang, paint, width=output.width))
            else:
                pages = (rule_page(r, lang, paint, width=output.width) for r in rules)
                output.write("\n".join(pages))
    except OutputClosed:
        return 0
    except OutputError as error:
        message = phrase("cli.output", {"path": error.path, "reason": error.reason}, lang)
        complain("cli.error", lang=lang, message=message)
        return _UNUSABLE
    return 0


def known_codes() -> dict[str, str]:
    """The ids of all rules by code, in order."""
    return {rule.code: rule.id for rule in _rules()}


def find_rule(name: str) -> RuleManual | None:
    """The rule of a code or id, in any case, or None."""
    wanted = name.strip().lower()
    return next((rule for rule in _rules() if wanted in (rule.code.lower(), rule.id)), None)


def rule_list(lang: str, paint: Paint, *, width: int = 80) -> str:
    """A line per rule: code, id, severity, title; no line is wider than ``width`` columns."""
    rules = _rules()
    widest = max((len(rule.id) for rule in rules), default=0)
    severities = {rule.code: phrase(f"severity.{rule.severity}", {}, lang) for rule in rules}
    broadest = max(map(columns, severities.values()), default=0)
    lines = []
    for rule in rules:
        head = f"  {rule.id:<{widest}}  {pad(severities[rule.code], broadest)}  "
        at = columns(rule.code) + columns(head)
        first, *more = _wrapped(_title(rule, lang), max(width - at, _NARROW))
        lines.append(f"{paint(rule.code, 'bold')}{head}{first}")
        lines += [" " * at + line for line in more]
    return "".join(line.rstrip() + "\n" for line in lines)


def rule_page(rule: RuleManual, lang: str, paint: Paint, *, width: int = 80) -> str:
    """A rule's manual under a line that names it, its severity and the roles that owe it."""
    head = f"{paint(f'{rule.code} {rule.id}', 'bold')} {_owed(rule, lang)}"
    return f"{head}\n\n{_flowed(_manual(rule, lang), width)}\n"


def rule_markdown(rule: RuleManual, lang: str) -> str:
    """A rule's manual in Markdown: a heading for the rule and one for each of its sections."""
    lines = [f"## {rule.code} {rule.id}", "", _owed(rule, lang)]
    for paragraph in _paragraphs(_manual(rule, lang)):
        text = _MARKUP.sub(r"\\\g<0>", paragraph.strip())
        section = bool(text) and paragraph[:1] != " " and len(lines) > _BEFORE_SECTIONS
        lines += ["", f"### {text}" if section else text] if text else []
    return "\n".join(lines) + "\n"


def _owed(rule: RuleManual, lang: str) -> str:
    roles = phrase("line.separator", {}, lang).join(
        phrase(f"role.{role}", {}, lang) for role in rule.roles
    )
    severity = phrase(f"severity.{rule.severity}", {}, lang)
    return phrase("rule.owed", {"severity": severity, "roles": roles}, lang)


def _rules() -> list[RuleManual]:
    from linter.rules import RULES

    return list(RULES.values())


def _title(rule: RuleManual, lang: str) -> str:
    return _manual(rule, lang).splitlines()[0]


def _manual(rule: RuleManual, lang: str) -> str:
    """The English or the Chinese part of the rule's docstring; the Chinese one stands second."""
    document = inspect.getdoc(rule if isinstance(rule, type) else type(rule)) or ""
    english, _, chinese = document.partition(f"\n{_CHINESE}\n")
    part = (chinese if lang == "zh" else english).strip()
    return part or phrase("cli.rule-bare", {}, lang)


def _flowed(manual: str, width: int) -> str:
    """The manual's paragraphs in lines of ``width`` columns, each at its own indentation."""
    lines: list[str] = []
    for paragraph in _paragraphs(manual):
        text = paragraph.lstrip()
        indent = len(paragraph) - len(text)
        room = max(width - indent, _NARROW)
        lines += [" " * indent + line if line else "" for line in _wrapped(text, room) or [""]]
    return "\n".join(lines)


def _paragraphs(manual: str) -> list[str]:
    """Lines of one indentation joined: without a space where Chinese meets Chinese."""
    joined: list[str] = []
    for line in manual.splitlines():
        before = joined[-1] if joined else ""
        same = len(line) - len(line.lstrip()) == len(before) - len(before.lstrip())
        if not line.strip() or not before.strip() or not same:
            joined.append(line.rstrip())
            continue
        space = "" if columns(before[-1]) == columns(line.strip()[0]) == 2 else " "
        joined[-1] = before + space + line.strip()
    return joined


def _wrapped(text: str, width: int) -> list[str]:
    return ["".join(piece for piece, _ in line) for line in wrap([(text, "")], width)]


def refuse(code: str, lang: str) -> None:
    """Say on standard error that there is no such rule, and which is meant."""
    names = known_codes()
    known = " ".join(names)
    close = difflib.get_close_matches(code.upper(), names, n=1) or difflib.get_close_matches(
        code.lower(), names.values(), n=1
    )
    key = "cli.rule-suggest" if close else "cli.rule-unknown"
    params = {"code": code, "known": known, "close": close[0] if close else ""}
    complain("cli.error", lang=lang, message=phrase(key, params, lang))
