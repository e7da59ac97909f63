"""``disclosure-lint corpus validate``: what the corpus holds, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.output import StandardOutput, told
from linter.report import phrase
from linter.resources import data_path

if TYPE_CHECKING:
    from linter.learn import LabelledPolicy
    from linter.learn.validate import Census

_FAULTY = 1


def run_validate(folder: Path | None, *, lang: str) -> int:
    """Print counts and faults; 1 if there are faults, 2 if the files cannot be read.

    ``folder`` holds ``passages/`` and ``policies/``; the checkout's corpus if None.
    """
    return told(lambda: _validated(folder or corpus_folder(), lang=lang), lang=lang)


def _validated(folder: Path, *, lang: str) -> int:
    from linter.learn.validate import validate

    census, faults = validate(folder, _texts)
    with StandardOutput(machine=False) as out:
        out.write("\n".join(_lines(census, lang)) + "\n")
        for fault in faults:
            out.write(f"{fault.place}: {phrase(fault.key, fault.params, lang)}\n")
        key = "corpus.faults" if faults else "corpus.sound"
        out.write(phrase(key, {"count": len(faults)}, lang) + "\n")
    return _FAULTY if faults else 0


def corpus_folder() -> Path:
    """The checkout's corpus; the name itself where there is none, for the error to say."""
    try:
        return data_path("corpus", "passages").parent
    except FileNotFoundError:
        return Path("corpus")


def _texts(policy: LabelledPolicy) -> list[str]:
    """What a policy and the lists beside it say, and where their links lead."""
    from linter.fetch import FetchOptions
    from linter.gather import gather
    from linter.settings import Following
    from linter.vendors import load_vendor

    gathered = gather(
        str(policy.path),
        content=None,
        options=FetchOptions(),
        following=Following(local=True),
        vendor=load_vendor(),
    )
    if not gathered.documents:
        raise gathered.unread[0].error
    policies = [d.policy for d in gathered.documents]
    return [*(p.text for p in policies), *(link.href for p in policies for link in p.links)]


def _lines(census: Census, lang: str) -> Iterator[str]:
    for (language, split), count in sorted(census.passages.items()):
        params = {
            "language": language,
            "split": split,
            "passages": count,
            "documents": census.documents[language, split],
        }
        yield phrase("corpus.split", params, lang)
    families = Counter[str]()
    for (family, _), count in census.families.items():
        families[family] += count
    yield phrase("corpus.families", {"list": _listed(families)}, lang)
    yield phrase("corpus.labels", {"list": _listed(census.labels)}, lang)
    total = sum(census.passages.values())
    share = f"{100 * census.duplicates / total:.1f}"
    duplicates = {"count": census.duplicates, "passages": total, "share": share}
    yield phrase("corpus.duplicates", duplicates, lang)
    for (name, language), count in sorted(census.policies.items()):
        yield phrase("corpus.set", {"name": name, "language": language, "count": count}, lang)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
