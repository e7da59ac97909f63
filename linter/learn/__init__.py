"""From the corpus to the models that ship: ``run`` trains, measures and writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from linter.learn.corpus import LANGUAGES, Passage, corpus_hash, load_corpus

if TYPE_CHECKING:
    from linter.learn.train import Trained

__all__ = ["Passage", "is_current", "load_corpus", "run"]


def run(passages: Path, models: Path | None) -> Mapping[str, Trained]:
    """Trains every language on a folder of passages; writes to ``models`` unless it is None.

    Raises
    ------
    CorpusError
        A passage file is wrong, or a language has too little to train on.
    """
    from linter.errors import CorpusError
    from linter.learn.export import write
    from linter.learn.train import train

    corpus = load_corpus(passages)
    try:
        trained = {language: train(corpus, language) for language in LANGUAGES}
    except ValueError as error:
        raise CorpusError("corpus-thin", reason=error) from None
    if models is not None:
        write(models, trained, corpus_hash(passages))
    return trained


def is_current(trained: Mapping[str, Trained], models: Path) -> bool:
    """Whether the models on disk are what training gives now.

    Arrays are compared to a tolerance: the last digits of a sum depend on the processor.

    Raises
    ------
    ModelError
        A model on disk is missing or damaged.
    """
    import numpy as np

    from linter.classify.model import read_model

    for language, fresh in trained.items():
        old, new = read_model(models, language), fresh.model
        if old.classes != new.classes or old.vocabulary != new.vocabulary:
            return False
        for name in ("idf", "weights", "intercepts", "calibration"):
            if not np.allclose(getattr(old, name), getattr(new, name), atol=1e-3):
                return False
    return True
