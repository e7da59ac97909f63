"""``disclosure-lint evaluate``: the program beside what is simpler, on labelled policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.output import StandardOutput, told
from linter.cli.train import judge
from linter.report import phrase
from linter.resources import data_path

if TYPE_CHECKING:
    from linter.document import Policy
    from linter.learn import LabelledPolicy
    from linter.learn.evaluate import Approach
    from linter.learn.scores import Scores, Tally


def run_evaluate(folder: Path | None, *, lang: str) -> int:
    """Print the comparison and return the exit code: 2 if the set cannot be used.

    ``folder`` holds gold.jsonl, or folders that do; the corpus's held-out sets if None.
    """
    return told(lambda: _evaluated(folder, lang=lang), lang=lang)


def _evaluated(folder: Path | None, *, lang: str) -> int:
    from linter.learn.evaluate import evaluate

    policies = list(_policies(folder))
    results = evaluate(policies, judge, _read)
    with StandardOutput(machine=False) as out:
        out.write("\n".join(_lines(results, len(policies), lang)) + "\n")
    return 0


def _policies(folder: Path | None) -> Iterator[LabelledPolicy]:
    from linter.errors import CorpusError
    from linter.learn import HELD_OUT, load_policies, sets_of

    if folder is None:
        try:
            sets = [
                s for s in sets_of(data_path("corpus", "policies")) if s.name.endswith(HELD_OUT)
            ]
        except FileNotFoundError:
            sets = []
    else:
        sets = sets_of(folder)
    if not sets:
        raise CorpusError("policies-empty", folder=folder or "corpus/policies")
    for found in sets:
        yield from load_policies(found)


def _read(policy: LabelledPolicy) -> Policy:
    from linter.fetch import FetchOptions, fetch
    from linter.segment import segment

    return segment(fetch(str(policy.path), options=FetchOptions()))


def _lines(results: Mapping[Approach, Scores], documents: int, lang: str) -> Iterator[str]:
    count = next(iter(results.values())).total.count
    yield phrase("evaluate.head", {"documents": documents, "verdicts": count}, lang)
    yield phrase("evaluate.legend", {}, lang)
    for approach, scores in results.items():
        yield ""
        yield phrase(f"evaluate.{approach}", {}, lang)
        yield f"  {'':24}    n    acc    vP    vR    mP    mR    ev"
        for requirement, tally in sorted(scores.requirements.items()):
            yield _row(requirement, tally)
        for language, tally in sorted(scores.languages.items()):
            yield _row(language, tally)
        yield _row("ALL", scores.total)
        right = {"right": scores.all_right, "documents": scores.documents}
        yield "  " + phrase("evaluate.documents", right, lang)


def _row(name: str, tally: Tally) -> str:
    figures = (tally.accuracy, *tally.violations, *tally.missing, tally.evidence)
    return f"  {name:24} {tally.count:4}  " + " ".join(f"{f:5.3f}" for f in figures)
