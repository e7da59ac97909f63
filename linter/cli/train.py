"""``disclosure-lint train``: corpus in, models and their measures out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.output import StandardOutput, complain
from linter.errors import DisclosureLintError
from linter.report import error_words, phrase
from linter.resources import data_path

if TYPE_CHECKING:
    from linter.learn.train import Trained

_STALE, _UNUSABLE = 1, 2


def run_train(corpus: Path | None, output: Path | None, *, check: bool, lang: str) -> int:
    """Train, print what was measured, and return the exit code: 1 for stale models, 2 for errors.

    ``corpus`` and ``output`` default to the checkout's folders; ``lang`` is "en" or "zh".
    """
    from linter.learn import is_current, load_corpus, run
    from linter.learn.duplicates import near_duplicates

    try:
        passages = corpus or _folder("corpus", "passages")
        models = output or _folder("models")
        trained = run(passages, None if check else models)
        with StandardOutput(machine=False) as out:
            out.write(_measures(trained, lang))
            loaded = load_corpus(passages)
            pairs = len(near_duplicates(loaded))
            words = {"count": pairs, "passages": len(loaded)}
            out.write(phrase("train.duplicates", words, lang) + "\n")
            if not check:
                out.write(phrase("train.written", {"folder": models}, lang) + "\n")
                return 0
            current = is_current(trained, models)
            out.write(phrase("train.current" if current else "train.stale", {}, lang) + "\n")
            return 0 if current else _STALE
    except DisclosureLintError as error:
        message = " ".join(error_words(error.code, error.params, lang))
        complain("cli.error", lang=lang, message=message)
        return _UNUSABLE


def _folder(*parts: str) -> Path:
    """A folder of the checkout; the name itself where there is none, for the error to say."""
    try:
        return data_path(*parts)
    except FileNotFoundError:
        return Path(*parts)


def _measures(trained: Mapping[str, Trained], lang: str) -> str:
    lines = []
    for language, result in trained.items():
        head = {
            "language": language,
            "passages": result.passages,
            "documents": result.documents,
        }
        lines.append(phrase("train.head", head, lang))
        for name, measured in result.metrics.items():
            figures = {k: f"{v:.2f}" for k, v in measured.as_json().items()}
            words = {**figures, "name": name, "examples": measured.examples}
            lines.append("  " + phrase("train.class", words, lang))
    return "\n".join(lines) + "\n"
