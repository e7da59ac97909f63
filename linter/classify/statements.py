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

    def heard(self, kind: Kind) -> float:
        """The model's probability that this discloses ``kind``, firmly or vaguely; the larger."""
        return max(self.probability(kind, p) for p in (Polarity.AFFIRMED, Polarity.VAGUE))

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
        spans = (unit.span,) if whole else reading.sentences(unit.span)
        labelled = [] if unit.fields else [_labelled(reading, unit, s) for s in spans]
        if sum(u is not None for u in labelled) >= _LABELS:
            pairs = zip(spans, labelled, strict=True)
            parts += [(u.span if u else s, unit.binding.block, u or unit) for s, u in pairs]
        else:
            parts += [(s, unit.binding.block, unit) for s in spans]
    return _read(reading, parts, model)


# Sentences of a unit that begin with a field's label; a single one may be a figure of speech.
_LABELS = 2
_LABEL = re.compile(r"\s{0,4}([A-Z][^:：;,.\n]{1,30}?)\s?[:：]\s{1,4}(?=\S)")


def _labelled(reading: Reading, unit: Unit, span: Span) -> Unit | None:
    """A sentence that is a label and its value ("Purpose: push. Data: …" in one paragraph)."""
    match = _LABEL.match(reading.quote(span))
    if match is None:
        return None
    key = Span(span.start + match.start(1), span.start + match.end(1))
    fields = reading.fields(match.group(1))
    if not fields or "vendor-name" in fields or reading.names(key) or match.end() >= len(span):
        return None
    value = Span(span.start + match.end(), span.end)
    return Unit(unit.binding, value, match.group(1), key, fields)


def read_sentences(
    reading: Reading, spans: Iterable[tuple[Span, int]], model: Model
) -> list[Statement]:
    """The statements at given spans (span, block index) that are bound to nobody."""
    return _read(reading, [(span, block, None) for span, block in spans], model)


def _meant(words: list[tuple[int, int]], idioms: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words that stand in no turn of speech ("in order to" orders nothing)."""
    if not idioms:
        return words
    return [w for w in words if not any(a < w[1] and w[0] < b for a, b in idioms)]


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
        idioms = [m.span() for m in reading.lexicon.patterns["idiom"].finditer(shadow.text)]
        out.append(
            Statement(
                reading,
                span,
                index,
                shadow,
                unit,
                _meant(hits(doc, "category"), idioms),
                _meant(hits(doc, "function"), idioms),
                scores,
            )
        )
    return out
