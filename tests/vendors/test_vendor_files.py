"""A vendor file of one's own: begun, described, validated, and judged by from end to end."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linter.cli import main
from linter.errors import ConfigError
from linter.rules import REQUIREMENTS as RULES
from linter.vendors import REQUIREMENTS, load_vendor, shipped_vendors
from linter.vendors.schema import PATH, schema_text, vendor_schema
from linter.vendors.template import template

Capture = pytest.CaptureFixture[str]
DATA = Path(__file__).with_name("data")
SHIPPED = Path(PATH).parent
FILES = [*sorted(SHIPPED.glob("*.toml")), DATA / "lantern.toml"]
FIELDS = [rule.id for rule in RULES if rule.id not in ("separate-consent", "impact-assessment")]


def schema_errors(text: str) -> list[str]:
    return [
        e.message for e in Draft202012Validator(vendor_schema()).iter_errors(tomllib.loads(text))
    ]


# -- the schema


def test_the_schema_file_is_current() -> None:
    stale = "run: python -m linter.vendors.schema"
    assert PATH.read_text("utf-8") == schema_text(), stale
    Draft202012Validator.check_schema(vendor_schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_loads_fits_the_schema(path: Path) -> None:
    load_vendor(str(path))
    assert schema_errors(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version = "2026.11"', "version = 2026"),
        ('id = "example-maps"', 'id = "Example Maps"'),
        ("[web]", "[wbe]"),
        ("word = true", 'word = "yes"'),
        ('en = "Example Maps" }', 'fr = "Example Maps" }'),
        ("not_before", "not_befor"),
        ('emails = ["privacy@maps.example"]', 'emails = "privacy@maps.example"'),
        ("co-processor = [", "processor = ["),
        ('recipient = ["entity-name", ', 'recipient = ["entity-nmae", '),
        ("[suggestions.en]", "[suggestions.fr]"),
        ("vendor/1", "vendor/2"),
    ],
)
def test_schema_and_loader_refuse_the_same(tmp_path: Path, old: str, new: str) -> None:
    text = (SHIPPED / "example-maps.toml").read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path = tmp_path / "vendor.toml"
    path.write_text(text, "utf-8")
    assert schema_errors(text)
    with pytest.raises(ConfigError):
        load_vendor(str(path))


def test_every_key_is_described() -> None:
    def described(shape: dict[str, Any], name: str) -> None:
        for key, inner in shape.get("properties", {}).items():
            if name not in ("name", "clause", "zh", "en"):
                assert inner.get("description"), f"{name}.{key}"
            described(inner.get("items", inner), key)

    described(vendor_schema(), "")


# -- what each role owes


def with_owed(tmp_path: Path, line: str) -> Path:
    text = (SHIPPED / "realsee.toml").read_text("utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace("[suggestions.zh]", f"[owed]\n{line}\n[suggestions.zh]"), "utf-8")
    return path


POLICY = "<h1>隐私政策</h1><p>我们收集您的设备信息。</p><p>如视 SDK 会收集设备型号。</p>"


def judged(capsys: Capture, page: Path, *options: str) -> dict[str, str]:
    assert main(["check", str(page), "--format", "json", *options]) in (0, 1)
    (report,) = json.loads(capsys.readouterr().out)
    return {r["code"]: r["verdict"] for r in report["requirements"]}


def test_a_vendor_says_what_is_owed(tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "policy.html"
    page.write_text(POLICY, "utf-8")
    own = str(with_owed(tmp_path, 'co-processor = ["entity-name", "impact-assessment"]'))
    joint = judged(capsys, page, "--vendor", own, "--role", "co-processor")
    owed = {code for code, verdict in joint.items() if verdict != "not-applicable"}
    assert owed == {"RS101", "RS202"}
    # The role that the file does not speak of owes what the rules say.
    assert judged(capsys, page, "--vendor", own) == judged(capsys, page)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("recipient = []", "must be an array of requirement ids that is not empty (line "),
        ('recipient = "entity-name"', ": recipient = "),
        ('recipient = ["RS101"]', "unknown key RS101 (line "),
        ("recipient = [1]", "unknown key 1"),
        ('auto = ["entity-name"]', "unknown key auto (line "),
    ],
)
def test_what_cannot_be_owed(tmp_path: Path, line: str, shown: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_vendor(str(with_owed(tmp_path, line)))
    assert shown in str(caught.value)


def test_all_requirements_of_the_rules_can_be_owed() -> None:
    assert {rule.id for rule in RULES} <= set(REQUIREMENTS)


# -- the worked example, from end to end


def test_the_example_in_chinese(capsys: Capture) -> None:
    page = DATA / "example-maps-zh.html"
    assert main(["check", str(page), "--vendor", "example-maps", "--lang", "zh"]) == 0
    assert "示例地图的角色：共享接收方" in capsys.readouterr().out
    assert set(judged(capsys, page, "--vendor", "example-maps").values()) == {"present"}
    # 下述示例地图片 is no mention, and the neighbour's row speaks for nobody else.
    (report,) = _reports(capsys, page)
    assert [m["quote"] for m in report["mentions"]] == [
        "示例地图",
        "示例地图（虚构市）科技有限公司",
        "privacy@maps.example",
        "查看",
    ]


def _reports(capsys: Capture, page: Path) -> list[dict[str, Any]]:
    main(["check", str(page), "--vendor", "example-maps", "--format", "json"])
    reports: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return reports


def test_the_example_in_english(capsys: Capture) -> None:
    page = DATA / "example-maps-en.html"
    assert judged(capsys, page, "--vendor", "example-maps") == {
        "RS101": "ambiguous",
        "RS102": "missing",
        "RS103": "present",
        "RS104": "present",
        "RS105": "present",
        "RS106": "missing",
        "RS201": "ambiguous",
        "RS202": "missing",
    }
    assert main(["check", str(page), "--vendor", "example-maps", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "privacy@maps.example" in out
    assert not re.search("realsee|如视", out, re.IGNORECASE)


def test_the_examples_co_processor_owes_an_assessment(capsys: Capture) -> None:
    options = ("--role", "co-processor", "--vendor")
    page = DATA / "example-maps-en.html"
    verdicts = judged(capsys, page, *options, "example-maps")
    assert (verdicts["RS201"], verdicts["RS202"]) == ("not-applicable", "missing")
    verdicts = judged(capsys, page, *options, "realsee")
    assert (verdicts["RS201"], verdicts["RS202"]) == ("not-applicable", "not-applicable")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_vendors_disclosures_are_not_anothers(capsys: Capture, lang: str) -> None:
    page = DATA / f"example-maps-{lang}.html"
    assert set(judged(capsys, page, "--vendor", "realsee").values()) == {"missing"}
    (report,) = _reports(capsys, page)
    assert report["vendor"] == "example-maps"


# -- init, validate, list


def fill(text: str) -> str:
    """What a person would fill in, in the order of the file."""
    for empty, value in (
        ('id = ""', 'id = "own"'),
        ('{ zh = "", en = "" }', '{ zh = "自有", en = "Own" }'),
        ('{ zh = "", en = "" }', '{ zh = "第1条", en = "clause 1" }'),
        ("legal = []", 'legal = ["自有（虚构市）有限公司"]'),
        ('text = ""', 'text = "Own"'),
    ):
        assert empty in text
        text = text.replace(empty, value, 1)
    return text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_is_begun_filled_and_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["vendor", "init", "--lang", lang]) == 0
    written = tmp_path / "vendor.toml"
    assert written.read_text("utf-8") == template(lang)
    assert main(["vendor", "validate", "vendor.toml", "--lang", lang]) == 2
    assert 'line 7: id = ""' in capsys.readouterr().err
    written.write_text(fill(template(lang)), "utf-8")
    assert main(["vendor", "validate", "vendor.toml", "--lang", lang]) == 0
    out, err = capsys.readouterr()
    name = {"en": "vendor.toml is valid: Own (own).", "zh": "vendor.toml 有效：自有（own）。"}
    assert out.splitlines() == [name[lang]]
    assert err.count("\n") == 2
    assert "contact" in err
    assert "policy_urls" in err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_shows_every_key_and_each_example_holds(tmp_path: Path, lang: str) -> None:
    text = re.sub(r"^# (?=[\w-]+ = )", "", fill(template(lang)), flags=re.M)
    path = tmp_path / "vendor.toml"
    path.write_text(text, "utf-8")
    vendor, example = load_vendor(str(path)), load_vendor("example-maps")
    assert (vendor.web, vendor.contact) == (example.web, example.contact)
    assert (vendor.owed, vendor.suggestions) == (example.owed, example.suggestions)
    assert vendor.names.affiliates == example.names.affiliates
    assert vendor.brands[0].strong_after == example.brands[-1].strong_after


def test_what_is_there_is_left_as_it_is(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine", "utf-8")
    assert main(["vendor", "init", str(path), "--lang", "en"]) == 2
    assert "is there already and was left as it is" in capsys.readouterr().err
    assert path.read_text("utf-8") == "mine"
    assert main(["vendor", "init", str(tmp_path / "no" / "where.toml"), "--lang", "en"]) == 2
    assert "cannot write" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_each_wrong_file_is_named_and_the_rest_still_told(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text((SHIPPED / "example-maps.toml").read_text("utf-8").replace("id =", "ib ="))
    assert main(["vendor", "validate", str(path), "realsee", "nobody", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == "realsee is valid: Realsee (realsee).\n"
    assert 'line 4: ib = "example-maps"' in err
    assert "The vendor nobody cannot be read" in err


def test_a_policy_of_another_domain_is_noted(tmp_path: Path, capsys: Capture) -> None:
    text = (SHIPPED / "example-maps.toml").read_text("utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace('["maps.example"]', '["maps.test"]'), "utf-8")
    assert main(["vendor", "validate", str(path), "--lang", "en"]) == 0
    assert "https://maps.example/legal/privacy is on none of its domains" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ["example-maps  Example Maps  2026.11", "realsee       Realsee       2026.11"]),
        ("zh", ["example-maps  示例地图  2026.11", "realsee       如视      2026.11"]),
    ],
)
def test_the_list(capsys: Capture, lang: str, lines: list[str]) -> None:
    assert main(["vendor", "list", "--lang", lang]) == 0
    assert capsys.readouterr().out.splitlines() == lines
    assert shipped_vendors() == ["example-maps", "realsee"]


def test_what_ships_has_the_shapes_that_are_asked_of_others() -> None:
    for name in shipped_vendors():
        assert load_vendor(str(SHIPPED / f"{name}.toml")) == load_vendor(name)
        assert set(load_vendor(name).suggestions["zh"]) >= set(FIELDS)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ('text = "示例地图"', 'text = "-"', 'line 26: text = "-"'),
        ('text = "示例地图"\n', "", "line 25: [[brands]]"),
        ("strong_before", "strong_befor", "line 29: strong_befor"),
        ('entity-name = "Third', 'entity-name = "" # "Third', 'line 64: entity-name = ""'),
        ("[suggestions.en]", "[suggestions.fr]", "line 63: [suggestions.fr]"),
        ('text = "示例地图"', '"te-xt" = "示例地图"', 'line 26: "te-xt"'),
    ],
)
def test_a_mistake_is_shown_in_its_own_table(
    tmp_path: Path, old: str, new: str, shown: str
) -> None:
    text = (SHIPPED / "example-maps.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "vendor.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_vendor(str(path))
    assert shown in str(caught.value)


AGREEMENT = """# 青梨门店用户服务协议

欢迎使用青梨门店。请您在注册账号、使用本服务前仔细阅读并同意本协议。您应当遵守法律法规，不得利用本服务从事违法活动。

## 一、服务内容

本产品由青梨零售（虚构市）有限公司向您提供。示例地图（虚构市）科技有限公司在本产品中提供技术支持。

## 二、协议的变更与终止

我们可以修改本协议，并提前七日公告；您不同意修改的，可以停止使用本服务，本协议即终止。争议由被告所在地法院管辖。
"""


def test_what_an_agreement_owes_is_the_vendors_to_say(tmp_path: Path, capsys: Capture) -> None:
    agreement = tmp_path / "terms.md"
    agreement.write_text(AGREEMENT, "utf-8")
    page, options = DATA / "example-maps-zh.html", ("--agreement", str(agreement), "--vendor")
    verdicts = judged(capsys, page, *options, "example-maps")
    assert {c: v for c, v in verdicts.items() if c > "RS3"} == {
        "RS301": "ambiguous",
        "RS302": "present",
        "RS303": "missing",
        "RS401": "missing",
    }
    text = (SHIPPED / "example-maps.toml").read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(text.replace(', "developer-responsibility", "complaint-channel"]', "]"), "utf-8")
    verdicts = judged(capsys, page, *options, str(own))
    assert (verdicts["RS303"], verdicts["RS401"]) == ("not-applicable", "not-applicable")
    assert (verdicts["RS301"], verdicts["RS302"]) == ("ambiguous", "present")


def test_an_agreements_verdict_is_explained(tmp_path: Path, capsys: Capture) -> None:
    agreement = tmp_path / "terms.md"
    agreement.write_text(AGREEMENT, "utf-8")
    page, kept = DATA / "example-maps-zh.html", tmp_path / "kept.json"
    options = ["--vendor", "example-maps", "--agreement", str(agreement), "-o", str(kept)]
    assert main(["check", str(page), *options]) == 1
    assert main(["explain", str(kept), "RS301", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "What was weighed: 1, of which 1 decided" in out
    assert "the share of such verdicts that is right" in out
    assert "logistic" not in out
