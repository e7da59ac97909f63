"""Vendor files: loaded strictly, and nothing about any vendor is in the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linter.check import check
from linter.classify.mentions import MentionPatterns
from linter.errors import ConfigError
from linter.rules import AGREEMENT_REQUIREMENTS, REQUIREMENTS
from linter.vendors import load_vendor

DATA = Path(__file__).with_name("data")
LANTERN = (DATA / "lantern.toml").read_text("utf-8")
CODE = Path(__file__).resolve().parents[2] / "linter"


def test_the_vendor_that_ships() -> None:
    vendor = load_vendor("realsee")
    assert vendor.id == "realsee"
    assert "如你之视（北京）科技有限公司" in vendor.names.legal
    for language in ("zh", "en"):
        owed = {rule.id for rule in (*REQUIREMENTS, *AGREEMENT_REQUIREMENTS)}
        assert set(vendor.suggestions[language]) == owed


def test_a_users_own_vendor() -> None:
    vendor = load_vendor(str(DATA / "lantern.toml"))
    assert (vendor.id, vendor.name["en"], vendor.web.domains) == (
        "lantern",
        "Lantern",
        ("lantern.example",),
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "shown"),
    [
        ('version = "1"', 'version = "1"\nversoin = "2"', "vendor-key", "line 5: versoin"),
        ("[web]", "[wbe]", "vendor-key", "line 27: [wbe]"),
        ('not_before = "红挂提"', 'not_befor = "红"', "vendor-key", "not_befor"),
        ('version = "1"', "version = 1", "vendor-value", "line 4: version = 1"),
        ('version = "1"\n', "", "vendor-value", "version is missing"),
        ('id = "lantern"', 'id = "Lan tern"', "vendor-value", "line 3"),
        ('id = "lantern"', 'id = "../up"', "vendor-value", "line 3"),
        ("word = true", 'word = "yes"', "vendor-value", "must be true or false"),
        ('domains = ["lantern.example"]', 'domains = "lantern.example"', "vendor-value", "array"),
        ('domains = ["lantern.example"]', "domains = [1]", "vendor-value", "domains"),
        ('name = { zh = "灯笼", en = "Lantern" }', 'name = "Lantern"', "vendor-value", "zh and en"),
        ('en = "Lantern" }', 'en = "" }', "vendor-value", "empty"),
        ('entity-name = "Third', 'entity-nmae = "Third', "vendor-key", "entity-nmae"),
        ("disclosure-lint/vendor/1", "disclosure-lint/vendor/9", "vendor-value", "schema"),
        ('domains = ["lantern.example"]', 'domains = ["com"]', "vendor-value", "of its own"),
        ('domains = ["lantern.example"]', 'domains = ["com.cn"]', "vendor-value", "of its own"),
        ('domains = ["lantern.example"]', 'domains = ["https://l.cn/"]', "vendor-value", "line 28"),
        ('domains = ["lantern.example"]', 'domains = ["Lantern.cn"]', "vendor-value", "line 28"),
        ('["https://lantern.example/legal"]', '["home"]', "vendor-value", "line 29: policy_urls"),
        ('["https://lantern.example/legal"]', '["https://"]', "vendor-value", "line 29"),
        ('["legal", "privacy"]', '["Legal"]', "vendor-value", "lower case"),
        ('["privacy@lantern.example"]', '["privacy at lantern"]', "vendor-value", "e-mail"),
        ("legal = [", 'legal = ["（）", ', "vendor-value", "two letters"),
        ('text = "Lantern"', 'text = "-"', "vendor-value", "two letters"),
        ('id = "lantern"', "id = lantern", "vendor-syntax", "line 3"),
        ('id = "lantern"', 'id = "lantern"\nid = "x"', "vendor-syntax", "line 4"),
    ],
)
def test_a_mistake_is_shown_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, shown: str
) -> None:
    assert LANTERN.count(old) >= 1
    path = tmp_path / "vendor.toml"
    path.write_text(LANTERN.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_vendor(str(path))
    assert caught.value.code == code
    assert shown in str(caught.value)


def test_what_ships_has_the_shapes_that_are_asked_of_others() -> None:
    path = CODE / "vendors" / "realsee.toml"
    assert load_vendor(str(path)) == load_vendor("realsee")


def test_a_vendor_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "vendor.toml"
    path.write_text(re.sub(r"legal = \[.*\]", "legal = []", LANTERN), "utf-8")
    with pytest.raises(ConfigError, match=r"legal must not be empty \(line 12"):
        load_vendor(str(path))


def test_neighbours_are_characters_whatever_they_mean_in_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "vendor.toml"
    path.write_text(LANTERN.replace('not_after = "椒节裤"', 'not_after = "z-a]^"'), "utf-8")
    text = "<h1>隐私政策</h1><p>我们收集您的个人信息。灯笼云图（北京）有限公司会收集设备信息。</p>"
    report = check("x.html", content=text.encode(), vendor=str(path))
    assert [m.quote for m in report.mentions] == ["灯笼云图（北京）有限公司"]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", b"a = " + b"[" * 5000, b"x" * 1_100_000, b""],
    ids=["no UTF-8", "nested", "huge", "empty"],
)
def test_what_is_no_vendor_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vendor.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError):
        load_vendor(str(path))


@pytest.mark.parametrize("name", ["nobody", "../realsee", "/nowhere.toml", "a\0b", "."])
def test_a_vendor_that_is_not_there(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_vendor(name)
    assert caught.value.code == "vendor-unknown"


def test_no_code_knows_a_vendor() -> None:
    """Names, domains and companies stand in data; code knows one default id and examples."""
    names = re.compile(r"realsee|如视|如你之视|runizhishi|贝壳|lianjia", re.IGNORECASE)
    found = []
    for path in sorted(CODE.rglob("*.py")):
        for line in _code_lines(path):
            if names.search(line):
                found.append(f"{path.relative_to(CODE)}: {line.strip()}")
    allowed = re.compile(r'vendor: str = "realsee"|^cli/app\.py: \] = "realsee",?$|realsee\.toml')
    assert [f for f in found if not allowed.search(f)] == []


def _code_lines(path: Path) -> list[str]:
    """A module's lines without comments and docstrings, which may give examples."""
    import ast
    import io
    import tokenize

    source = path.read_text("utf-8")
    docstrings = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                docstrings.update(range(value.lineno, (value.end_lineno or value.lineno) + 1))
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    return [line for n, line in enumerate(lines, start=1) if n not in docstrings]


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("legal", "legal = []"),
        ("legal", 'legal = ["（）"]'),
        ("domains", 'domains = ["com"]'),
        ("domains", 'domains = ["https://realsee.com/"]'),
        ("policy_urls", 'policy_urls = ["home"]'),
    ],
)
def test_values_that_no_name_or_address_can_have(tmp_path: Path, key: str, line: str) -> None:
    shipped = (CODE / "vendors" / "realsee.toml").read_text("utf-8")
    path = tmp_path / "own.toml"
    path.write_text(re.sub(rf"^{key} = .*$", lambda _: line, shipped, flags=re.M), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_vendor(str(path))
    assert caught.value.params["key"] == key
    assert line in caught.value.params["line"]


def test_what_may_not_follow_a_name_is_no_pattern(tmp_path: Path) -> None:
    shipped = (CODE / "vendors" / "realsee.toml").read_text("utf-8")
    path = tmp_path / "own.toml"
    path.write_text(
        re.sub(r"^not_after = .*$", 'not_after = "z-a]^"', shipped, flags=re.M), "utf-8"
    )
    MentionPatterns(load_vendor(str(path)))
