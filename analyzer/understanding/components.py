"""The questions as spaCy components over one Doc, for users of spaCy.

Each component answers one question, writes its answer into ``doc._.draft`` and adds token spans to
``doc.spans``; exact offsets are those of the draft.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np

from analyzer.config import BACKENDS
from analyzer.language.docs import pipeline
from analyzer.understanding.models import Models, load_models
from analyzer.understanding.questions import QUESTIONS, Draft
from analyzer.understanding.structure import contextualise

# isort: split
from spacy.attrs import LENGTH
from spacy.language import Language
from spacy.tokens import Doc, Span

Mark = tuple[int, int, str]  # first character, the one after the last, label


class Question:
    """A spaCy component that answers one question."""

    def __init__(self, name: str, models: Models) -> None:
        self._answer, self._models = QUESTIONS[name], models
        self._mark = _MARKS.get(name)

    def __call__(self, doc: Doc) -> Doc:
        """Answer the question for one Doc."""
        if doc._.draft is None:
            doc._.draft = Draft(contextualise(doc))
        self._answer(self._models, doc._.draft)
        if self._mark is not None:
            key, marks = self._mark
            doc.spans[key] = list(_spans(doc, marks(doc._.draft)))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Answer the question for a stream of Docs."""
        return map(self, stream)


def _sections(draft: Draft) -> list[Mark]:
    spans = draft.context.layout.sentences
    return [(spans[s.first, 0], spans[s.last, 1], s.type) for s in draft.sections.runs]


def _problems(draft: Draft) -> list[Mark]:
    spans = draft.context.layout.clauses
    return [(spans[i.first, 0], spans[i.last, 1], "problem") for i in draft.items]


def _causes(draft: Draft) -> list[Mark]:
    spans = draft.context.layout.clauses
    found = [(c.first, c.last, c.status) for c in draft.causes]
    return [(spans[a, 0], spans[b, 1], s) for a, b, s in found if a is not None and b is not None]


def _remedies(draft: Draft) -> list[Mark]:
    spans = draft.context.layout.sentences
    return [(*spans[k], r.status) for r in draft.remedies for k in r.sentences]


# What each question marks, and under which key of ``doc.spans``.
_MARKS: dict[str, tuple[str, Callable[[Draft], list[Mark]]]] = {
    "sections": ("sections", _sections),
    "problems": ("problems", _problems),
    "causes": ("causes", _causes),
    "remedies": ("remedies", _remedies),
    "two_skins": ("two_skins", lambda draft: [(m.start, m.end, m.stance) for m in draft.two_skins]),
    "placeholders": ("placeholders", lambda draft: [(p.start, p.end, p.kind) for p in draft.placeholders]),
    "vagueness": ("vague", lambda draft: [(v.start, v.end, "vague") for v in draft.vague]),
}


def _spans(doc: Doc, marks: Iterable[Mark]) -> Iterator[Span]:
    """Yield the token spans that cover the given characters.

    ``Doc.char_span`` looks at every token for every span; here all are found in one sorted array.
    """
    ends = np.cumsum(doc.to_array([LENGTH]).ravel().astype(np.int64))  # tokens stand without space between
    starts = [0, *ends[:-1].tolist()]
    for a, b, kind in marks:
        yield Span(doc, bisect_right(starts, int(a)) - 1, bisect_left(starts, int(b)), label=str(kind))


def _register(question: str) -> None:
    def make(nlp: Language, name: str) -> Question:
        return Question(question, load_models())

    Language.factory(f"shuping_{question}", func=make)


for _name in QUESTIONS:
    _register(_name)


@cache
def understanding(backend: str = BACKENDS[0], hanlp_model: str | None = None) -> Language:
    """Return the whole pipeline: our tokenizer and every question, with the shipped models.

    Parameters are those of `analyzer.language.docs.pipeline`.
    """
    nlp = pipeline(backend, hanlp_model)
    for name in QUESTIONS:
        nlp.add_pipe(f"shuping_{name}")
    return nlp
