"""Whole policies with gold verdicts: a folder with the files and gold.jsonl, a line a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linter.errors import CorpusError
from linter.learn.corpus import LANGUAGES, read_lines
from linter.verdict import Role, Verdict

GOLD = "gold.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledPolicy:
    """A policy with what a reader judged by the guideline.

    Attributes
    ----------
    path : the file to judge.
    document : what it was made from: variants of one policy ("x--no-purpose") share it.
    gold : verdicts by requirement id; what is too close to call is left out.
    evidence : by requirement id a quote that convinces.
    """

    id: str
    path: Path
    document: str
    lang: str
    role: Role
    gold: Mapping[str, Verdict]
    evidence: Mapping[str, str]


def load_policies(folder: Path) -> list[LabelledPolicy]:
    """The labelled policies of one folder, in the order of its gold.jsonl.

    Raises
    ------
    CorpusError
        ``corpus-line``: the file is not there, a line is wrong or names no file of the folder.
    """
    gold = folder / GOLD
    policies: list[LabelledPolicy] = []
    seen: set[str] = set()
    for number, data in read_lines(gold):
        fault = _fault(data, folder, seen)
        if fault is not None:
            raise CorpusError(
                "corpus-line", file=f"{folder.name}/{GOLD}", line=number, reason=fault
            )
        seen |= {data["id"], data["file"]}
        policies.append(
            LabelledPolicy(
                data["id"],
                folder / data["file"],
                data["id"].partition("--")[0],
                data["lang"],
                Role(data.get("role") or Role.RECIPIENT),
                {k: Verdict(v) for k, v in data["gold"].items()},
                data.get("evidence") or {},
            )
        )
    if not policies:
        raise CorpusError("corpus-empty", folder=folder)
    return policies


def sets_of(folder: Path) -> list[Path]:
    """The folders of labelled policies: ``folder`` itself or those right in it, by name."""
    if (folder / GOLD).exists():
        return [folder]
    return sorted(p.parent for p in folder.glob(f"*/{GOLD}"))


def _fault(data: object, folder: Path, seen: set[str]) -> str | None:
    if not isinstance(data, dict):
        return "a policy is an object"
    for key in ("id", "file", "lang"):
        if not isinstance(data.get(key), str) or not data[key]:
            return f"{key} must be a string that is not empty"
    if data["id"] in seen or data["file"] in seen:
        return f"{data['id']} or its file stands twice"
    if data["lang"] not in LANGUAGES:
        return f"lang must be one of {', '.join(LANGUAGES)}"
    if (data.get("role") or Role.RECIPIENT) not in list(Role):
        return f"role {data['role']!r} is not known"
    return (
        _file_fault(data["file"], folder)
        or _verdict_fault(data.get("gold"))
        or _quote_fault(data.get("evidence") or {}, data["gold"])
    )


def _file_fault(name: str, folder: Path) -> str | None:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return f"{name} leads out of the folder"
    return None if path.is_file() else f"there is no file {name}"


def _verdict_fault(gold: object) -> str | None:
    if not isinstance(gold, dict) or not gold:
        return "gold must be an object that is not empty"
    known = list(Verdict)
    return next((f"{k}: {v!r} is no verdict" for k, v in gold.items() if v not in known), None)


def _quote_fault(evidence: object, gold: Mapping[str, str]) -> str | None:
    if not isinstance(evidence, dict) or not all(isinstance(v, str) for v in evidence.values()):
        return "evidence must be an object of strings"
    lost = sorted(set(evidence) - set(gold))
    return f"evidence for {', '.join(lost)}, which has no verdict" if lost else None
