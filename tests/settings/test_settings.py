"""Configurations: which file counts, what it says, whose word is the last, and what is wrong."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from linter.errors import MESSAGES, ConfigError, DisclosureLintError, UsageError
from linter.settings import FailOn, Judging, Language, Render, Settings, configure
from linter.verdict import Requirement, Role, Severity

ALL = ("RS101", "RS102", "RS103", "RS104", "RS105", "RS106", "RS201", "RS202")
PROJECT = "pyproject.toml"
OWN = "disclosure-lint.toml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory two below a root, and a user without a configuration."""
    folder = tmp_path / "root" / "work"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    return folder


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def wrong(*arguments: Any, **options: Any) -> DisclosureLintError:
    with pytest.raises(DisclosureLintError) as caught:
        configure(*arguments, **options).settings()
    return caught.value


# Which file counts: the files that are there, and the role that the one says that counts.
HERE, ABOVE, USER = "", "../", "../../user/disclosure-lint/"
SECTION = '[tool.disclosure-lint]\nrole = "{}"\n'
PLAIN = 'role = "{}"\n'
FOUND = [
    ("none", {}, None),
    ("own", {HERE + OWN: PLAIN.format("auto")}, HERE + OWN),
    ("project", {HERE + PROJECT: SECTION.format("auto")}, HERE + PROJECT),
    ("above", {ABOVE + PROJECT: SECTION.format("auto")}, ABOVE + PROJECT),
    (
        "own before project",
        {HERE + PROJECT: SECTION.format("recipient"), HERE + OWN: PLAIN.format("auto")},
        HERE + OWN,
    ),
    (
        "nearer before farther",
        {HERE + PROJECT: SECTION.format("auto"), ABOVE + OWN: PLAIN.format("recipient")},
        HERE + PROJECT,
    ),
    (
        "a project without the section is passed over",
        {HERE + PROJECT: "[project]\nname = 'x'\n", ABOVE + OWN: PLAIN.format("auto")},
        ABOVE + OWN,
    ),
    (
        "one that only names the program too",
        {HERE + PROJECT: "[project]\nname = 'disclosure-lint'\n", ABOVE + OWN: 'role = "auto"'},
        ABOVE + OWN,
    ),
    (
        "one that is broken and does not name it too",
        {HERE + PROJECT: "= broken\n", ABOVE + OWN: PLAIN.format("auto")},
        ABOVE + OWN,
    ),
    ("the user's if there is none", {USER + OWN: PLAIN.format("auto")}, USER + OWN),
    (
        "not the user's if there is one",
        {USER + OWN: PLAIN.format("recipient"), ABOVE + OWN: PLAIN.format("auto")},
        ABOVE + OWN,
    ),
    ("a copied header does no harm", {HERE + OWN: SECTION.format("auto")}, HERE + OWN),
]


@pytest.mark.parametrize(("files", "counts"), [f[1:] for f in FOUND], ids=[f[0] for f in FOUND])
def test_the_nearest_file_counts(home: Path, files: dict[str, str], counts: str | None) -> None:
    for name, text in files.items():
        put(home / name, text)
    configuration = configure()
    expected = None if counts is None else Path(os.path.normpath(home / counts))
    assert configuration.file == expected
    assert configuration.settings().role is (Role.RECIPIENT if counts is None else Role.AUTO)


def test_a_named_file_counts_and_none_if_none_is_wanted(home: Path, tmp_path: Path) -> None:
    put(home / OWN, PLAIN.format("auto"))
    other = put(tmp_path / "any-name.toml", PLAIN.format("co-processor"))
    assert configure(config=other).settings().role is Role.CO_PROCESSOR
    assert configure(config=Path("../../any-name.toml")).file == other
    assert configure(no_config=True).settings() == Settings()
    with pytest.raises(UsageError, match="--no-config"):
        configure(config=other, no_config=True)


EVERYTHING = """
select = ["RS1", "separate-consent"]
ignore = ["entity-contact"]
severity = { RS101 = "info", separate-consent = "warning" }
fail-on = "warning"
vendor = "own.toml"
role = "co-processor"
follow = 2
render = "never"
lang = "zh"
waivers = "lint/waivers.toml"
baseline = "baseline.json"
"""


def test_every_key_is_read(home: Path) -> None:
    put(home / OWN, EVERYTHING)
    assert configure().settings() == Settings(
        judging=Judging(
            select=("RS101", "RS103", "RS104", "RS105", "RS106", "RS201"),
            ignore=("RS102",),
            severity={"RS101": Severity.INFO, "RS201": Severity.WARNING},
            fail_on=FailOn.WARNING,
        ),
        vendor=str(home / "own.toml"),
        role=Role.CO_PROCESSOR,
        follow=2,
        render=Render.NEVER,
        lang=Language.ZH,
        waivers=home / "lint" / "waivers.toml",
        baseline=home / "baseline.json",
    )


def test_flags_win_and_their_paths_stay_as_they_are(home: Path) -> None:
    put(home / OWN, EVERYTHING + '\n[[overrides]]\nsources = ["*"]\nrole = "auto"\nfollow = 3\n')
    flags = {"role": Role.RECIPIENT, "vendor": "../v.toml", "follow": 0, "fail-on": FailOn.NEVER}
    settings = configure({**flags, "render": None}).settings("a.html")
    assert (settings.role, settings.vendor, settings.follow) == (Role.RECIPIENT, "../v.toml", 0)
    assert settings.judging.fail_on is FailOn.NEVER
    assert settings.render is Render.NEVER


# What is judged: the file, its override for a.html, the flags, and the codes that are left.
SELECTIONS: list[tuple[str, str, dict[str, list[str]], str]] = [
    ("", "", {}, " ".join(ALL)),
    ('select = ["RS2"]', "", {}, "RS201 RS202"),
    ('select = ["ALL"]\nignore = ["RS1"]', "", {}, "RS201 RS202"),
    ('select = ["rs101", "Separate-Consent"]', "", {}, "RS101 RS201"),
    # The longer name wins, and ignore where they are equally long.
    ('select = ["RS101"]\nignore = ["RS1"]', "", {}, "RS101"),
    ('select = ["RS2"]\nignore = ["RS202"]', "", {}, "RS201"),
    ('select = ["RS10", "RS201"]\nignore = ["RS10"]', "", {}, "RS201"),
    # ignore takes away from what stands, select starts afresh.
    ('ignore = ["RS1"]', 'ignore = ["RS202"]', {}, "RS201"),
    ('ignore = ["RS1"]', 'select = ["RS101"]', {}, "RS101"),
    ('select = ["RS101", "RS2"]', 'ignore = ["RS1"]', {}, "RS201 RS202"),
    ('select = ["RS1"]', 'select = ["RS2"]', {"ignore": ["RS202"]}, "RS201"),
    ('ignore = ["RS202"]', "", {"select": ["RS202"]}, "RS202"),
    ('select = ["RS2"]', 'ignore = ["RS202"]', {"ignore": ["RS1"]}, "RS201"),
    ("", "", {"select": ["RS1"], "ignore": ["RS102", "RS103"]}, "RS101 RS104 RS105 RS106"),
]


@pytest.mark.parametrize(("file", "override", "flags", "left"), SELECTIONS)
def test_what_is_left_to_judge(
    home: Path, file: str, override: str, flags: dict[str, list[str]], left: str
) -> None:
    put(home / OWN, f'{file}\n[[overrides]]\nsources = ["a.html"]\n{override}\n')
    judging = configure(flags).settings("a.html").judging
    ids = dict(zip(ALL, "abcdefgh", strict=True))
    judged = [c for c in ALL if judging.judges(Requirement(ids[c], c, Severity.ERROR, ()))]
    assert " ".join(judged) == left


def test_severities_add_up_and_later_ones_win(home: Path) -> None:
    put(
        home / OWN,
        'severity = { RS101 = "info", RS102 = "info" }\n'
        '[[overrides]]\nsources = ["a*"]\n[overrides.severity]\nRS102 = "warning"\n',
    )
    flags = {"severity": {"impact-assessment": "error"}}
    info, warning, error = Severity.INFO, Severity.WARNING, Severity.ERROR
    assert configure(flags).settings("a").judging.severity == {
        "RS101": info,
        "RS102": warning,
        "RS202": error,
    }
    assert configure().settings("b").judging.severity == {"RS101": info, "RS102": info}


URL = "https://shop.example/privacy?lang=en"
COVERED = [
    (["https://shop.example/*"], URL, True),
    (["https://*.shop.example/*"], URL, False),
    (["https://SHOP.example/*"], URL, False),
    (["*"], URL, True),
    (["other.html", "https://shop.example/privacy[?]lang=en"], URL, True),
    (["https://shop.example/privacy?lang=en"], URL, True),
    (["*.html"], "docs/a.html", True),
    (["docs/*.html"], "docs/a.html", True),
    (["docs/*.html"], "./docs/../docs/a.html", True),
    (["work/docs/a.html"], "docs/a.html", True),
    (["work/**/a.html"], "docs/a.html", True),
    (["docs/**/a.html"], "docs/a.html", True),
    (["**/a.html"], "a.html", True),
    (["**/a.html"], "ba.html", False),
    (["a.html"], "docs/a.html", False),
    (["[a-c].html"], "b.html", True),
    (["-"], "-", True),
    ([], None, False),
]


@pytest.mark.parametrize(("patterns", "source", "covered"), COVERED)
def test_an_override_is_for_the_sources_that_its_patterns_fit(
    home: Path, patterns: list[str], source: str | None, covered: bool
) -> None:
    # The file stands one folder above: paths are seen from there, too.
    patterns = patterns or ["*"]
    put(home.parent / OWN, f'[[overrides]]\nsources = {patterns!r}\nrole = "auto"\n')
    assert (configure().settings(source).role is Role.AUTO) is covered


def test_the_later_override_wins(home: Path) -> None:
    put(
        home / OWN,
        '[[overrides]]\nsources = ["*"]\nrole = "auto"\nfollow = 2\n'
        '[[overrides]]\nsources = ["a*"]\nrole = "co-processor"\n',
    )
    settings = configure().settings("a.html")
    assert (settings.role, settings.follow) == (Role.CO_PROCESSOR, 2)


# A mistake: the file's text, the error, the place, and what is said to be meant or taken.
MISTAKES: list[tuple[str, str, str, str]] = [
    ('\nselct = ["RS1"]', "config-key", ':2 `selct = ["RS1"]`', "select"),
    ("FAIL_ON = 1", "config-key", ":1 `FAIL_ON = 1`", "fail-on"),
    ("[override]\nx = 1", "config-key", ":1 `[override]`", "overrides"),
    ('proxy = "http://p.example"', "config-flag", ':1 `proxy = "http://p.example"`', "proxy"),
    ("allow_host = []", "config-flag", ":1 `allow_host = []`", "allow-host"),
    ("exit-zero = true", "config-flag", ":1 `exit-zero = true`", "exit-zero"),
    ('role = "owner"', "config-value", ":1", '"recipient", "co-processor", "auto"'),
    ("role = []", "config-value", ":1", '"recipient", "co-processor", "auto"'),
    ('fail-on = "info"', "config-value", ":1", '"error", "warning", "never"'),
    ("render = true", "config-value", ":1", '"auto", "always", "never"'),
    ("lang = 'de'", "config-value", ":1", '"auto", "en", "zh"'),
    ("follow = true", "config-value", ":1", "0, 1, 2, 3"),
    ("follow = 4", "config-value", ":1", "0, 1, 2, 3"),
    ('select = "RS101"', "config-value", ":1", '["ALL"], ["RS1", "impact-assessment"]'),
    ("select = [1]", "config-value", ":1", '["ALL"], ["RS1", "impact-assessment"]'),
    ('vendor = ""', "config-value", ":1", '"vendors/own.toml"'),
    ('waivers = "a\\u0000b"', "config-value", ":1", '"waivers.toml"'),
    ("waivers = 2026-01-01", "config-value", ":1", '"waivers.toml"'),
    ('select = [\n"RS101",\n"RS110",\n]', "config-requirement", ':3 `"RS110",`', "RS101"),
    ('ignore = ["entity-nam"]', "config-requirement", ":1", "entity-name"),
    ('ignore = [""]', "config-requirement", ":1", ""),
    ('select = ["RS001"]', "config-always", ':1 `select = ["RS001"]`', ""),
    ('ignore = ["not-a-privacy-policy"]', "config-always", ":1", ""),
    ('severity = { RS1 = "info" }', "config-requirement", ":1", "RS101"),
    ('[severity]\nRS101 = "info"\nRS102 = "high"', "config-value", ':3 `RS102 = "high"`', ""),
    ("severity = 3", "config-value", ":1", '{ RS202 = "error", entity-contact = "info" }'),
    ("\nselect = []", "config-nothing", ":2", ""),
    ('ignore = ["all"]', "config-nothing", ":1", ""),
    ("overrides = 3", "config-value", ":1", "[[overrides]]"),
    ('[[overrides]]\nrole = "auto"', "config-value", ":1 `[[overrides]]`", ""),
    ('[[overrides]]\nsources = "*"', "config-value", ':2 `sources = "*"`', ""),
    ('[[overrides]]\nsources = ["*"]\nlang = "zh"', "config-whole-run", ':3 `lang = "zh"`', ""),
    (
        '[[overrides]]\nsources = ["*"]\n\n[[overrides]]\nsorces = ["*"]',
        "config-key",
        ':5 `sorces = ["*"]`',
        "sources",
    ),
    (
        '[[overrides]]\nsources = ["*"]\nrole = "auto"\n[[overrides]]\nrole = "x"',
        "config-value",
        ':5 `role = "x"`',
        "",
    ),
    ("a = 1\nb = \n", "config-syntax", ":2 `b =`", ""),
    ("a" + ".a" * 60_000 + " = 1", "config-syntax", ":1", ""),
    ('vendor = "../v.toml"', "config-outside", ':1 `vendor = "../v.toml"`', ""),
    ('waivers = "/etc/waivers.toml"', "config-outside", ":1", ""),
    ('baseline = "link/baseline.json"', "config-outside", ":1", ""),
]


@pytest.mark.parametrize("project", [False, True], ids=["own file", "pyproject"])
@pytest.mark.parametrize(
    ("text", "code", "place", "meant"), MISTAKES, ids=[m[0][:30] for m in MISTAKES]
)
def test_a_mistake_is_shown_with_its_place_and_what_was_meant(
    home: Path, text: str, code: str, place: str, meant: str, project: bool
) -> None:
    (home / "link").symlink_to("/")
    name, line = OWN, int(place[1:].split(" ")[0])
    words = place.partition(" ")[2]
    if project:
        name, line = PROJECT, line + 2
        text = "[project]\n[tool.disclosure-lint]\n" + in_section(text)
        words, meant = in_section(words), in_section(meant)
    put(home / name, text)
    error = wrong()
    assert error.code == code
    assert error.params["place"].startswith(f"{name}:{line}")
    assert words in error.params["place"]
    told = [error.params[key] for key in ("near", "takes", "flag") if key in error.params]
    assert not meant or told == [meant]


def in_section(text: str) -> str:
    """The same with its tables in the section of a pyproject.toml."""
    return re.sub(r"^(`?\[\[?)(?=[a-z])", r"\1tool.disclosure-lint.", text, flags=re.MULTILINE)


@pytest.mark.parametrize("code", [c for c in MESSAGES if c.startswith("config-")])
def test_every_error_of_a_configuration_can_be_had(code: str) -> None:
    elsewhere = {"config-unreadable", "config-section"}
    assert code in elsewhere | {m[1] for m in MISTAKES}


def test_files_that_cannot_be_read_are_named(home: Path) -> None:
    assert wrong(config=Path("none.toml")).code == "config-unreadable"
    assert wrong(config=home).code == "config-unreadable"
    put(home / PROJECT, "[project]\n")
    assert wrong(config=Path(PROJECT)).code == "config-section"


def test_a_wrong_flag_is_named(home: Path) -> None:
    assert "--select RS9: RS9 is no requirement" in str(wrong({"select": ["RS9"]}))
    assert "--severity RS101: severity.RS101 cannot be" in str(wrong({"severity": {"RS101": ""}}))
    nothing = wrong({"ignore": ["ALL"]})
    assert (nothing.code, nothing.params["place"]) == ("config-nothing", "--ignore")


@pytest.mark.parametrize("how", ["user", "named"])
def test_only_a_file_that_was_found_keeps_to_its_folder(
    home: Path, tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "user" / "disclosure-lint"
    path = put(folder / OWN, 'waivers = "../shared/waivers.toml"\n')
    settings = configure(config=path if how == "named" else None).settings()
    assert settings.waivers == tmp_path / "user" / "shared" / "waivers.toml"


def test_a_file_that_is_too_long_is_refused(home: Path) -> None:
    put(home / OWN, "#" * 1_000_001)
    assert wrong().code == "config-syntax"


def test_origins_tell_file_and_line_or_flag(home: Path) -> None:
    put(
        home / OWN,
        '\nrole = "auto"\nignore = ["RS202"]\n[[overrides]]\nsources=["a"]\nfollow = 0\n',
    )
    said = configure({"ignore": ["RS201"], "lang": "zh"}).said("a")
    assert {key: origin for key, (_, origin) in said.items()} == {
        "role": f"{OWN}:2",
        "ignore": f"{OWN}:3, --ignore",
        "follow": f"{OWN}:6",
        "lang": "--lang",
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"select": ("RS9",)}, "config-requirement"),
        ({"ignore": ("RS001",)}, "config-always"),
        ({"ignore": ("ALL",)}, "config-nothing"),
        ({"severity": {"RS1": Severity.INFO}}, "config-requirement"),
    ],
)
def test_the_library_checks_names_too(words: dict[str, Any], code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Judging(**words)
    assert caught.value.code == code
