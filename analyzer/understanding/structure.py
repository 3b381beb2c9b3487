"""Where a sentence stands: numbering, headings, position. Dense columns and context for the models."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analyzer.language.laid_out import AnyDoc
from analyzer.language.layout import Layout, Ordinal
from analyzer.lexicons import patterns
from analyzer.understanding.encoder import Encoded, LazyGrams, code_points
from analyzer.understanding.enumerations import list_starts
from analyzer.understanding.labels import Stretch, find_forms
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.sides import Sides, find_sides
from analyzer.understanding.wording import held

_HEADING_LENGTH = 40
_EDGES = (0, 1, 2, 3, 5, 8)
_ENDINGS = "。！？；："
_CONTEXT_ORDERS = 2


@dataclass(frozen=True)
class Context:
    """What every question about the sentences of one text shares.

    Parameters
    ----------
    codes : ndarray of uint32
        Code points of the text.
    grams : LazyGrams
        All n-grams of each sentence.
    short : LazyGrams
        The n-grams of each sentence that serve as context of others.
    previous, following, chapter, heading : ndarray of int64, shape (n_sentences,)
        The sentence before and after, the chapter heading and the nearest heading that govern each
        sentence (itself where it is one); -1 for none.
    columns : ndarray of float32, shape (n_sentences, n_columns)
        Numbering, position and shape.
    """

    text: str
    layout: Layout
    codes: npt.NDArray[np.uint32]
    grams: LazyGrams
    short: LazyGrams
    previous: Ints
    following: Ints
    chapter: Ints
    heading: Ints
    columns: Floats

    @cached_property
    def sentence_texts(self) -> list[str]:
        """The sentences."""
        return [self.text[start:end] for start, end in self.layout.sentences.tolist()]

    @cached_property
    def clause_texts(self) -> list[str]:
        """The clauses."""
        return [self.text[start:end] for start, end in self.layout.clauses.tolist()]

    @cached_property
    def _clauses(self) -> Encoded:
        return Encoded(self.codes, self.layout.clauses)

    @cached_property
    def clause_grams(self) -> LazyGrams:
        """All n-grams of each clause."""
        return LazyGrams(self._clauses)

    @cached_property
    def clause_short(self) -> LazyGrams:
        """The n-grams of each clause that serve as context of others."""
        return LazyGrams(self._clauses, _CONTEXT_ORDERS)

    @cached_property
    def sides(self) -> Sides:
        """The two sides, party work and business, as symbols."""
        return find_sides(self.text, self.clause_texts, self.layout.first_clause)

    @cached_property
    def lists(self) -> set[int]:
        """The sentences with which the outermost lists begin."""
        return list_starts(self.text, self.layout, self.chapter)

    @cached_property
    def forms(self) -> list[list[Stretch]]:
        """The stretches of the entries of each form."""
        return find_forms(self.text, self.layout, self.chapter)

    @cached_property
    def section_cues(self) -> Floats:
        """Which cues of ``sections.toml`` each sentence holds, shape (n_sentences, n_cues)."""
        return held(list(patterns("sections.toml").values()), self.sentence_texts)

    @cached_property
    def sentence_of_clause(self) -> Ints:
        """The sentence that each clause belongs to."""
        return np.repeat(np.arange(len(self.layout.sentences)), np.diff(self.layout.first_clause))

    def clause_text(self, first: int, last: int) -> str:
        """Return the text from one clause to another, inclusive."""
        return self.text[self.layout.clauses[first, 0] : self.layout.clauses[last, 1]]


def contextualise(doc: AnyDoc) -> Context:
    """Return the context of a Doc's sentences."""
    text, layout = doc._.repaired.text, doc._.layout  # Doc.text would join every token anew
    codes = code_points(text)
    sentences = Encoded(codes, layout.sentences)
    count = len(layout.sentences)
    chapter, heading = _headings(text, layout)
    order = np.arange(count)
    return Context(
        text,
        layout,
        codes,
        LazyGrams(sentences),
        LazyGrams(sentences, _CONTEXT_ORDERS),
        order - 1,
        np.where(order + 1 < count, order + 1, -1),
        chapter,
        heading,
        _columns(text, layout, chapter, heading),
    )


def unheaded(context: Context) -> Context:
    """Return the context with nothing above any sentence but where it is a heading itself."""
    order = np.arange(len(context.heading))
    chapter = np.where(context.chapter == order, order, -1)
    heading = np.where(context.heading == order, order, -1)
    columns = _columns(context.text, context.layout, chapter, heading)
    return replace(context, chapter=chapter, heading=heading, columns=columns)


def _headings(text: str, layout: Layout) -> tuple[Ints, Ints]:
    """Return the governing chapter heading and nearest heading of each sentence."""
    count = len(layout.sentences)
    chapter, heading = np.full(count, -1), np.full(count, -1)
    opens = layout.opens_paragraph
    alone = np.bincount(layout.paragraph, minlength=1)[layout.paragraph] == 1
    last_chapter = last_heading = -1
    for i, (start, end) in enumerate(layout.sentences.tolist()):
        if opens[i] and end - start <= _HEADING_LENGTH:
            kind = layout.sentence_ordinals[i].kind
            if kind is Ordinal.CHAPTER:
                last_chapter = i
            if kind in (Ordinal.CHAPTER, Ordinal.SECTION) or (alone[i] and text[end - 1] not in "。！？；"):
                last_heading = i
        chapter[i], heading[i] = last_chapter, last_heading
    return chapter, heading


def _columns(text: str, layout: Layout, chapter: Ints, heading: Ints) -> Floats:
    count = len(layout.sentences)
    order = np.arange(count)
    marks = layout.sentence_ordinals
    kinds = np.array([mark.kind for mark in marks], dtype=np.int64)
    values = np.array([min(mark.value, 6) for mark in marks], dtype=np.int64)
    lengths = layout.sentences[:, 1] - layout.sentences[:, 0]
    opens = layout.opens_paragraph
    closes = np.append(opens[1:], True)[:count]
    ends = [text[end - 1] for end in layout.sentences[:, 1].tolist()]
    endings = [_ENDINGS.find(char) if char in _ENDINGS else 5 + char.isdigit() for char in ends]
    relative = order / max(count, 1)
    classes = (
        (kinds, 6),
        (kinds * 7 + values, 42),
        (np.log2(lengths + 1).astype(np.int64), 9),
        (np.array(endings, dtype=np.int64), 7),
        ((relative * 10).astype(np.int64), 10),
        (np.cumsum(chapter == order), 7),
    )
    edges = [order <= k for k in _EDGES] + [count - 1 - order <= k for k in _EDGES]
    flags = [opens, closes, opens & closes, heading == order, chapter == order, chapter >= 0, *edges]
    known = sum(size for _, size in classes)
    columns = np.zeros((count, known + len(flags) + 1), dtype=np.float32)
    first = 0
    for chosen, size in classes:
        columns[order, first + np.minimum(chosen, size - 1)] = 1
        first += size
    columns[:, first:-1] = np.array(flags).T
    columns[:, -1] = relative
    return columns
