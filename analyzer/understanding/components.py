"""The questions as spaCy components over one Doc.

Each component answers one question, writes its answer into ``doc._.draft`` and adds token spans to
``doc.spans`` for users of spaCy; exact offsets are those of the draft.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from spacy.attrs import LENGTH
from spacy.language import Language
from spacy.tokens import Doc, Span

from analyzer.config import BACKENDS
from analyzer.language import pipeline
from analyzer.result import SectionType
from analyzer.understanding.causes import CauseReading
from analyzer.understanding.integration import Integration
from analyzer.understanding.models import Models, load_models
from analyzer.understanding.placeholders import Placeholder
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.remedies import RemedyReading
from analyzer.understanding.sections import NO_SECTIONS, SectionReading
from analyzer.understanding.structure import Context, contextualise
from analyzer.understanding.two_skins import Mention
from analyzer.understanding.vagueness import VagueClaim


@dataclass
class Draft:
    """What the components have found in one Doc; offsets are into the repaired text."""

    context: Context
    sections: SectionReading = NO_SECTIONS
    types: list[SectionType] = field(default_factory=list)
    items: list[ItemRun] = field(default_factory=list)
    causes: list[CauseReading] = field(default_factory=list)
    remedies: list[RemedyReading] = field(default_factory=list)
    two_skins: list[Mention] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    vague: list[VagueClaim] = field(default_factory=list)
    integration: Integration | None = None
    is_report: float = 0.0
    token_starts: list[int] = field(default_factory=list)


Doc.set_extension("draft", default=None, force=True)


class Question:
    """A spaCy component that answers one question with the shipped models."""

    def __init__(self, answer: Callable[[Models, Draft, Doc], None], models: Models) -> None:
        self._answer = answer
        self._models = models

    def __call__(self, doc: Doc) -> Doc:
        """Answer the question for one Doc."""
        if doc._.draft is None:
            doc._.draft = Draft(contextualise(doc), token_starts=_token_starts(doc))
        self._answer(self._models, doc._.draft, doc)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Answer the question for a stream of Docs."""
        return map(self, stream)


def _sections(models: Models, draft: Draft, doc: Doc) -> None:
    draft.sections = models.sections.predict(draft.context)
    draft.types = draft.sections.types
    spans = draft.context.layout.sentences
    _mark(doc, "sections", [(spans[s.first, 0], spans[s.last, 1], s.type) for s in draft.sections.runs])


def _problems(models: Models, draft: Draft, doc: Doc) -> None:
    draft.items = models.problems.predict(draft.context, draft.sections.chances)
    spans = draft.context.layout.clauses
    _mark(doc, "problems", [(spans[i.first, 0], spans[i.last, 1], "problem") for i in draft.items])


def _causes(models: Models, draft: Draft, doc: Doc) -> None:
    draft.causes = models.causes.predict(draft.context, draft.types, draft.items)
    spans = draft.context.layout.clauses
    found = [(c.first, c.last, c.status) for c in draft.causes]
    _mark(
        doc, "causes", [(spans[a, 0], spans[b, 1], s) for a, b, s in found if a is not None and b is not None]
    )


def _remedies(models: Models, draft: Draft, doc: Doc) -> None:
    draft.remedies = models.remedies.predict(draft.context, draft.types, draft.items)
    spans = draft.context.layout.sentences
    _mark(doc, "remedies", [(*spans[k], r.status) for r in draft.remedies for k in r.sentences])


def _two_skins(models: Models, draft: Draft, doc: Doc) -> None:
    draft.two_skins = models.two_skins.predict(draft.context, draft.types)
    _mark(doc, "two_skins", [(m.start, m.end, m.stance) for m in draft.two_skins])


def _placeholders(models: Models, draft: Draft, doc: Doc) -> None:
    draft.placeholders = models.placeholders.predict(draft.context, draft.types)
    _mark(doc, "placeholders", [(p.start, p.end, p.kind) for p in draft.placeholders])


def _vagueness(models: Models, draft: Draft, doc: Doc) -> None:
    draft.vague = models.vagueness.predict(draft.context, draft.types)
    _mark(doc, "vague", [(v.start, v.end, "vague") for v in draft.vague])


def _integration(models: Models, draft: Draft, doc: Doc) -> None:
    draft.integration = models.integration.predict(draft.context, draft.types)


def _genre(models: Models, draft: Draft, doc: Doc) -> None:
    draft.is_report = models.genre.predict(draft.context, draft.types)


# In the order in which they depend on each other.
_ANSWERS: dict[str, Callable[[Models, Draft, Doc], None]] = {
    "sections": _sections,
    "problems": _problems,
    "causes": _causes,
    "remedies": _remedies,
    "two_skins": _two_skins,
    "placeholders": _placeholders,
    "vagueness": _vagueness,
    "integration": _integration,
    "genre": _genre,
}


def _token_starts(doc: Doc) -> list[int]:
    """Return the offset of each token; tokens stand without space between them."""
    ends = np.cumsum(doc.to_array([LENGTH]).ravel().astype(np.int64))
    return [0, *ends[:-1].tolist()]


def _mark(doc: Doc, key: str, spans: Iterable[tuple[int, int, str]]) -> None:
    """Add token spans that cover the given characters.

    ``Doc.char_span`` looks at every token for every span; here all are found in one sorted array.
    """
    starts = doc._.draft.token_starts
    doc.spans[key] = [
        Span(doc, bisect_right(starts, int(a)) - 1, bisect_left(starts, int(b)), label=str(kind))
        for a, b, kind in spans
    ]


def _register(name: str, answer: Callable[[Models, Draft, Doc], None]) -> None:
    def make(nlp: Language, name: str) -> Question:
        return Question(answer, load_models())

    Language.factory(f"shuping_{name}", func=make)


for _name, _answer in _ANSWERS.items():
    _register(_name, _answer)


@cache
def understanding(backend: str = BACKENDS[0], hanlp_model: str | None = None) -> Language:
    """Return the whole pipeline: our tokenizer and every question, with the shipped models.

    Parameters are those of `analyzer.language.pipeline`.
    """
    nlp = pipeline(backend, hanlp_model)
    for name in _ANSWERS:
        nlp.add_pipe(f"shuping_{name}")
    return nlp


def answer_all(models: Models, doc: Doc) -> Doc:
    """Answer every question with other models than the shipped ones, as training does."""
    for answer in _ANSWERS.values():
        doc = Question(answer, models)(doc)
    return doc
