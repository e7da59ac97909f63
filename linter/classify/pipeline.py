"""The spaCy pipeline: characters (zh) or words (en), sentence boundaries, phrases from data.

Built once a language; spaCy is imported only when a policy names the vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from linter.classify.lexicon import lexicon
from linter.classify.sentences import sentence_cuts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULER = "phrases"
# What spaCy's own limit would refuse is cut here; no unit of a real policy comes near it.
_MAX_CHARACTERS = 200_000


def analyse(texts: Iterable[str], language: str) -> Iterator[Doc]:
    """Docs of normal-form texts with ``doc.spans["phrases"]``: spans labelled by phrase list."""
    nlp = _pipeline(language)
    yield from nlp.pipe((t[:_MAX_CHARACTERS] for t in texts), batch_size=256)


def hits(doc: Doc, label: str) -> list[tuple[int, int]]:
    """Character ranges of one phrase list's words in a doc, longest first where they overlap."""
    return [(s.start_char, s.end_char) for s in doc.spans[RULER] if s.label_ == label]


@cache
def _pipeline(language: str) -> Language:
    import spacy
    from spacy.language import Language

    Language.component("policy_sentences", func=_mark_sentences)
    nlp = spacy.blank(language)
    nlp.max_length = _MAX_CHARACTERS + 1
    nlp.add_pipe("policy_sentences")
    ruler = nlp.add_pipe(
        "span_ruler",
        config={
            "spans_key": RULER,
            "phrase_matcher_attr": "LOWER",
            # "语音" is a category and a function: both labels stay, the reader's context decides.
            "spans_filter": None,
            "validate": False,
        },
    )
    words = lexicon(language)
    patterns: list[dict[str, object]] = [
        {"label": label, "pattern": phrase}
        for label, phrases in words.phrases.items()
        for phrase in phrases
    ]
    for label, stems in words.stems.items():
        begins = "|".join(map(re.escape, stems))
        patterns.append({"label": label, "pattern": [{"LOWER": {"REGEX": f"^(?:{begins})"}}]})
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def _mark_sentences(doc: Doc) -> Doc:
    """Sets sentence starts by the boundaries that all of classification uses."""
    cuts = set(sentence_cuts(doc.text, doc.lang_))
    starts = np.full(len(doc), -1, dtype=np.int64)
    start = True
    for token in doc:
        if start:
            starts[token.i] = 1
        end = token.idx + len(token.text_with_ws)
        start = token.idx + len(token.text) in cuts or end in cuts
    # All at once: setting them token by token makes spaCy look at the whole doc each time.
    return doc.from_array(["SENT_START"], starts.astype(np.uint64))  # type: ignore[arg-type]
