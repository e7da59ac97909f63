"""The unit of judgement: a sentence (or a field's value) with its context, read by the pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from linter.classify.binding import Unit
from linter.classify.model import Model
from linter.classify.pipeline import analyse, hits
from linter.classify.reading import Reading
from linter.classify.shadow import Shadow
from linter.disclosure import Kind, Polarity
from linter.document import Span


@dataclass(frozen=True)
class Statement:
    """One sentence or value.

    Attributes
    ----------
    shadow : its normal form, with offsets into the document.
    categories, functions : character ranges in ``shadow.text`` of the lexicon's words.
    probabilities : the model's probability by class "kind:polarity".
    unit : the bound unit it is part of; None for a general clause of the policy.
    """

    reading: Reading
    span: Span
    block: int
    shadow: Shadow
    unit: Unit | None
    categories: Sequence[tuple[int, int]]
    functions: Sequence[tuple[int, int]]
    probabilities: dict[str, float]

    @property
    def text(self) -> str:
        """The normal form."""
        return self.shadow.text

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """What the label it stands under announces."""
        return self.unit.fields if self.unit else ()

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first match of a named pattern of the lexicon."""
        return self.reading.lexicon.patterns[pattern].search(self.text)

    def label_says(self, pattern: str) -> bool:
        """Whether its label matches a named pattern of the lexicon."""
        label = self.reading.shadow_label(self.unit.label) if self.unit else ""
        return bool(self.reading.lexicon.patterns[pattern].search(label))

    def probability(self, kind: Kind, polarity: Polarity) -> float:
        """The model's probability that this says ``kind`` with ``polarity``; 0 for unknown ones."""
        return self.probabilities.get(f"{kind}:{polarity}", 0.0)

    def index(self, offset: int) -> int:
        """The position in the normal form of a document offset, or of what follows it."""
        return self.shadow.index(offset)

    def at(self, start: int, end: int) -> Span:
        """The document span of a range of the normal form, outer punctuation dropped."""
        text = self.text
        while start < end and text[start] in " ，。；;,、.:：\n\t":
            start += 1
        while end > start and text[end - 1] in " ，。；;,、\n\t":
            end -= 1
        return self.shadow.span(start, max(end, start + 1))


# Characters; longer than the longest list of categories in a policy's table.
_MAX_VALUE = 3_000


def read_units(reading: Reading, units: Iterable[Unit], model: Model) -> list[Statement]:
    """The statements of bound units: a labelled value whole, prose (and a value so long that it
    is prose) by its sentences.
    """
    parts: list[tuple[Span, int, Unit | None]] = []
    for unit in units:
        whole = unit.fields and len(unit.span) <= _MAX_VALUE
        for span in [unit.span] if whole else reading.sentences(unit.span):
            parts.append((span, unit.binding.block, unit))
    return _read(reading, parts, model)


def read_sentences(
    reading: Reading, spans: Iterable[tuple[Span, int]], model: Model
) -> list[Statement]:
    """The statements at given spans (span, block index) that are bound to nobody."""
    return _read(reading, [(span, block, None) for span, block in spans], model)


def _read(
    reading: Reading, parts: list[tuple[Span, int, Unit | None]], model: Model
) -> list[Statement]:
    parts = [p for p in parts if len(p[0])]
    shadows = [reading.shadow_of(span) for span, _, _ in parts]
    contexts = []
    for (_, index, unit), shadow in zip(parts, shadows, strict=True):
        block = reading.policy.blocks[index]
        label = reading.shadow_label(unit.label) if unit else ""
        contexts.append((shadow.text, label, reading.heading_shadows(block)))
    rows = model.probabilities(contexts)
    docs = analyse((s.text for s in shadows), reading.language)
    out = []
    for (span, index, unit), shadow, doc, row in zip(parts, shadows, docs, rows, strict=True):
        scores = {name: float(p) for name, p in zip(model.classes, row, strict=True)}
        out.append(
            Statement(
                reading,
                span,
                index,
                shadow,
                unit,
                hits(doc, "category"),
                hits(doc, "function"),
                scores,
            )
        )
    return out
