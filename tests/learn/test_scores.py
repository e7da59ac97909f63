"""The figures of ``disclosure-lint evaluate``: counted as the guideline's measures are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linter.classify.model import load_model
from linter.cli.evaluate import run_evaluate
from linter.document import Page
from linter.learn.baselines import by_keywords, by_model
from linter.learn.policies import LabelledPolicy
from linter.learn.scores import Answer, overlaps, score
from linter.segment import segment
from linter.vendors import load_vendor
from linter.verdict import Role, Verdict

P, A, M, U = Verdict.PRESENT, Verdict.AMBIGUOUS, Verdict.MISSING, Verdict.UNVERIFIABLE


def policy(**gold: Verdict) -> LabelledPolicy:
    return LabelledPolicy("x", Path("x"), "x", "zh", Role.RECIPIENT, gold, {"a": "用于导航"})


def test_counts() -> None:
    gold = policy(a=P, b=A, c=M, d=M, e=U)
    answers = {
        "a": Answer(P, ("用于导航",)),
        "b": Answer(M),
        "c": Answer(M),
        "d": Answer(P, ("x",)),
    }
    scores = score([gold], lambda _: answers)
    total = scores.total
    assert total.accuracy == 2 / 5
    # b and c are found violations, d is missed, e has no verdict: missed too.
    assert total.violations == (1.0, 2 / 4)
    assert total.missing == (1 / 2, 1 / 2)
    assert total.evidence == 1.0
    assert (scores.documents, scores.all_right) == (1, 0)
    assert score([policy(a=P)], lambda _: answers).all_right == 1


@pytest.mark.parametrize(
    ("quote", "label", "right"),
    [
        ("用于 导航", "用于导航", True),
        ("地图SDK用于导航和定位", "用于导航", True),
        ("", "用于导航", False),
        ("用于支付", "向您推送消息", False),
        ("用于导航" + "无关的话" * 30, "用于导航", False),
        ("to display three-dimensional tours", "display three-dimensional tours of homes", True),
    ],
)
def test_overlap(quote: str, label: str, right: bool) -> None:
    assert overlaps(quote, label) is right


TEXT = (
    "# 隐私政策\n\n导航公司的邮箱是 a@map.example，用于定位。\n\n"
    + "我们重视您的权利。" * 60
    + "\n\n"
    "三维看房由如视提供。分享前我们取得您的单独同意。\n"
)


def test_baselines_know_no_binding() -> None:
    read = segment(Page("x", TEXT.encode(), TEXT, "utf-8", 0.0, "text/markdown"))
    keywords = by_keywords(read, load_vendor())
    assert keywords["entity-name"].verdict is A
    assert keywords["separate-consent"].verdict is P
    assert keywords["entity-contact"].verdict is M
    model = by_model(read, load_model("zh"), load_vendor())
    assert set(model) == set(keywords)
    assert all(a.quotes or a.verdict is M for a in model.values())


def test_whoever_is_not_named_discloses_nothing() -> None:
    text = TEXT.replace("如视", "某公司")
    read = segment(Page("x", text.encode(), text, "utf-8", 0.0, "text/markdown"))
    for answers in (
        by_keywords(read, load_vendor()),
        by_model(read, load_model("zh"), load_vendor()),
    ):
        assert {a.verdict for a in answers.values()} == {M}


def test_the_command_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    gold = {"entity-name": "ambiguous", "entity-contact": "missing", "separate-consent": "present"}
    line = {"id": "a", "file": "a.md", "lang": "zh", "gold": gold, "evidence": {}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    assert run_evaluate(tmp_path, lang="en") == 0
    out = capsys.readouterr().out
    assert out.count("ALL") == 4
    assert "3 verdicts on 1 policies" in out
    assert all(len(line) <= 80 for line in out.split("\n"))
    assert run_evaluate(tmp_path, lang="zh") == 0


def test_no_policies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_evaluate(tmp_path, lang="en") == 2
    assert "gold.jsonl" in capsys.readouterr().err
