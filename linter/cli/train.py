"""``disclosure-lint train``: corpus in, models and their measures out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.corpus import corpus_folder
from linter.cli.output import StandardOutput, told
from linter.report import phrase
from linter.resources import data_path

if TYPE_CHECKING:
    from linter.classify import Models
    from linter.learn import LabelledPolicy, Training
    from linter.verdict import Finding

_STALE = 1


def run_train(corpus: Path | None, output: Path | None, *, check: bool, lang: str) -> int:
    """Train, print what was measured, and return the exit code: 1 for stale models, 2 for errors.

    ``corpus`` and ``output`` default to the checkout's folders; ``lang`` is "en" or "zh".
    """
    folders = corpus or corpus_folder(), output or _models_folder()
    return told(lambda: _trained(*folders, check=check, lang=lang), lang=lang)


def _trained(corpus: Path, models: Path, *, check: bool, lang: str) -> int:
    from linter.learn import is_current, run

    training = run(corpus, None if check else models, judge)
    with StandardOutput(machine=False) as out:
        out.write("\n".join(_measures(training, lang)) + "\n")
        if not check:
            out.write(phrase("train.written", {"folder": models}, lang) + "\n")
            return 0
        current = is_current(training, models)
        out.write(phrase("train.current" if current else "train.stale", {}, lang) + "\n")
        return 0 if current else _STALE


def judge(policy: LabelledPolicy, models: Models | None) -> Sequence[Finding]:
    """The program's findings on a labelled policy, with other models than those that ship if given.

    How sure they are plays no part in what they say: confidences are not asked.
    """
    from linter.check import check
    from linter.rules import Confidence
    from linter.settings import Following

    return check(
        str(policy.path),
        role=policy.role,
        following=Following(local=True),
        models=models,
        confidence=Confidence(),
    ).findings


def _models_folder() -> Path:
    try:
        return data_path("models")
    except FileNotFoundError:
        return Path("models")


def _measures(training: Training, lang: str) -> Iterator[str]:
    for language, result in training.languages.items():
        sizes = {
            str(split): f"{n}/{result.documents[split]}" for split, n in result.passages.items()
        }
        ece = f"{result.metrics.ece:.3f}"
        yield phrase("train.head", {"language": language, "ece": ece, **sizes}, lang)
        for name, measured in result.metrics.classes.items():
            figures = {k: f"{v:.2f}" for k, v in measured.as_json().items()}
            words = {**figures, "name": name, "examples": measured.examples}
            yield "  " + phrase("train.class", words, lang)
    trust = training.trust
    shares = {
        "verdicts": trust.verdicts,
        "ece": f"{trust.ece:.3f}",
        "reviewed": f"{100 * trust.reviewed:.0f}",
        "caught": f"{100 * trust.caught:.0f}",
        "right": f"{100 * trust.right:.0f}",
    }
    yield phrase("train.trust", shares, lang)
    for name, threshold in sorted(training.confidence.review.items()):
        yield "  " + phrase("train.review", {"name": name, "threshold": f"{threshold:.2f}"}, lang)
