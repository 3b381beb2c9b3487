"""Document to Doc: repair, paragraphs, sentences, clauses, ordinals, and words for whoever asks for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from analyzer.config import BACKENDS
from analyzer.language.laid_out import AnyDoc, LaidOut

if TYPE_CHECKING:
    from spacy.language import Language


def pipeline(backend: str = BACKENDS[0], hanlp_model: str | None = None) -> Language:
    """Return a new blank pipeline of spaCy's; see `analyzer.language.docs.pipeline`."""
    from analyzer.language import docs

    return docs.pipeline(backend, hanlp_model)


@cache
def blank(backend: str = BACKENDS[0], hanlp_model: str | None = None) -> Callable[[str], AnyDoc]:
    """Return what lays out a text, one for all: with spaCy only where the words are not jieba's."""
    return LaidOut if backend == BACKENDS[0] else pipeline(backend, hanlp_model)
