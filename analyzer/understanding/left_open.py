"""Faults that are told among the duties, or as put right, and are still open: problems told in passing.

The tagger of problems looks only where problems may be told; a fault that stands among what was done is told
there in few words: 还有2所没有解决, 正在协调, 顺延到明年, 到现在还在漏.  Whether it is still open may only
show in what follows it in the same paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import NO_ORDINAL, Ordinal
from analyzer.language.memory import rows
from analyzer.lexicons import pattern, table
from analyzer.result import SectionType
from analyzer.understanding.linear import Floats, Ints, LinearModel
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import content, contents, held, nearness

OPEN, CLOSED = "yes", "no"
PARTS = (SectionType.DUTIES, SectionType.RECTIFICATION)
_LEXICON = "items.toml"
_SENTENCE_CUES = ("undone", "settled", "formerly")
_AFTER_CUES = ("still", "not_yet", "left", "goes_on", "done", "put_off")  # of what follows
_LEAST_SURE = 0.6
_RAISED = 0.22  # so near a problem told elsewhere, it is that one
_TAIL = 30  # characters with which a sentence ends
_LONG = 50  # characters of a sentence


def looked_at(context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> Ints:
    """Return the sentences that may tell of something left open, given the problems told elsewhere.

    A heading, or a sentence that only names what the next ones or the list after it tell of, tells nothing by
    itself.
    """
    heads = pattern(_LEXICON, "left_open", "heads")
    may = np.array([kind in PARTS for kind in types], dtype=bool)
    for item in items:
        may[context.sentence_of_clause[item.first] : context.sentence_of_clause[item.last] + 1] = False
    marks = [*context.layout.sentence_ordinals, NO_ORDINAL]
    leads_in = [not mark.kind and following.value == 1 for mark, following in pairwise(marks)]
    return np.array(
        [
            k
            for k in np.flatnonzero(may).tolist()
            if not leads_in[k] and not heads.match(context.sentence_texts[k])
        ],
        dtype=np.int64,
    )


def open_columns(context: Context, types: Sequence[str], items: Sequence[ItemRun], sentences: Ints) -> Floats:
    """Return what tells whether sentences speak of something left open, shape (n_sentences, n_columns).

    Parameters
    ----------
    context : Context
    types : sequence of str
        Of all sentences of the text.
    items : sequence of ItemRun
        The problems told elsewhere.
    sentences : ndarray of int64
        From `looked_at`.
    """
    names = list(table(_LEXICON)["left_open"]["cues"])
    cues = [pattern(_LEXICON, "left_open", "cues", name) for name in names]
    undone, settled, formerly = (pattern(_LEXICON, "left_open", name) for name in _SENTENCE_CUES)
    place = names.index
    after = [place(name) for name in _AFTER_CUES]
    places = sentences.tolist()
    texts = [_unquoted(context.sentence_texts[k]) for k in places]
    rest = [_unquoted(_rest(context, types, k)) for k in places]
    said, ending = held(cues, texts), held([*cues, undone], [text[-_TAIL:] for text in texts])
    is_undone, is_settled, was_so = (held([cue], texts)[:, 0] > 0 for cue in (undone, settled, formerly))
    following = held([*(cues[k] for k in after), undone, settled], rest)
    told = tuple(context.clause_text(item.first, item.last) for item in items)
    near = _nearness([context.sentence_texts[k] for k in places], told)
    raised = near > _RAISED
    put_right = np.array([types[k] == SectionType.RECTIFICATION for k in places], dtype=bool)
    still_open = put_right & is_undone & ~is_settled
    marks = context.layout.sentence_ordinals
    return np.column_stack(
        [
            said,
            ending,
            following,
            put_right,
            is_undone,
            is_settled,
            was_so,
            was_so & (following[:, _AFTER_CUES.index("done")] > 0),
            is_undone & (following[:, -1] > 0) & (following[:, -2] == 0),
            np.minimum(near, 0.5),
            raised,
            [len(text) / _LONG for text in texts],
            [marks[k].kind is not Ordinal.NONE for k in places],
            [k == 0 or types[k - 1] != types[k] for k in places],
            said[:, place("still")] * said[:, place("not_yet")],
            said[:, place("still")] * said[:, place("left")],
            said[:, place("turn")] * said[:, place("weak")],
            ending[:, [place("still"), place("not_yet"), place("left")]].max(axis=1),
            put_right[:, None] * said,
            still_open,
            still_open & ~raised,
            put_right & ~is_undone,
            put_right & raised,
        ]
    ).astype(np.float32)


def _nearness(texts: Sequence[str], told: tuple[str, ...]) -> Floats:
    """Return how near sentences are in content to what is told elsewhere, to the nearest of it."""

    def find(some: list[int]) -> Floats:
        others = [content(text) for text in told]
        near = [
            max((nearness(words, other) for other in others), default=0.0)
            for words in contents([texts[place] for place in some])
        ]
        return np.array(near, dtype=np.float32)[:, None]

    return rows(("near", told), texts, find)[:, 0]


def _unquoted(text: str) -> str:
    """Return a text without its quotations: what a heading quotes, or somebody said, is not said of now."""
    return pattern(_LEXICON, "left_open", "quotation").sub("", text)


def _rest(context: Context, types: Sequence[str], k: int) -> str:
    """Return what follows a sentence in its entry: up to the next number, paragraph or part."""
    return "".join(context.sentence_texts[i] for i in range(k + 1, _stop(context, types, k)))


def _stop(context: Context, types: Sequence[str], k: int) -> int:
    opens, marks = context.layout.opens_paragraph, context.layout.sentence_ordinals
    stop = k + 1
    while (
        stop < len(types) and types[stop] == types[k] and not opens[stop] and marks[stop].kind is Ordinal.NONE
    ):
        stop += 1
    return stop


@dataclass(frozen=True)
class LeftOpenModel:
    """Judge of single sentences.

    Parameters
    ----------
    classifier : LinearModel
        Classes are ``no`` and ``yes``; dense columns only.
    """

    classifier: LinearModel

    def predict(self, context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> list[ItemRun]:
        """Return what is left open and none of the problems takes up, in order of place.

        Parameters
        ----------
        context : Context
        types : sequence of str, length n_sentences
        items : sequence of ItemRun
            The problems told elsewhere.
        """
        sentences = looked_at(context, types, items)
        if not len(sentences):
            return []
        chances = self.classifier.chances(OPEN, [], open_columns(context, types, items, sentences))
        sure = chances >= _LEAST_SURE
        begins = [*sentences[sure].tolist(), len(types)]
        return [
            _run(context, types, k, before, chance)
            for (k, before), chance in zip(pairwise(begins), chances[sure].tolist(), strict=True)
        ]

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return self.classifier.arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> LeftOpenModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_arrays(arrays))


def _run(context: Context, types: Sequence[str], k: int, before: int, chance: float) -> ItemRun:
    """Return a sentence as a problem: from the words that name it to what it goes on to, `before` another."""
    first_clause, named = context.layout.first_clause, pattern(_LEXICON, "left_open", "named")
    goes_on, last = pattern(_LEXICON, "left_open", "goes_on"), min(before, _stop(context, types, k))
    stop = k + 1
    while stop < last and goes_on.search(context.sentence_texts[stop]):
        stop += 1
    begin = int(first_clause[k - is_named_before(context, types, k)])
    begin = next(
        (i for i in range(begin, int(first_clause[k + 1])) if named.match(context.clause_texts[i])), begin
    )
    return ItemRun(begin, int(first_clause[stop]) - 1, chance, in_passing=True)


def is_named_before(context: Context, types: Sequence[str], k: int) -> bool:
    """Whether the sentence before opens the entry of a list that one on what was put right goes on with.

    What opens the whole part is its heading.
    """
    marks = context.layout.sentence_ordinals
    return (
        k > 1
        and types[k] == types[k - 1] == types[k - 2] == SectionType.RECTIFICATION
        and marks[k].kind is Ordinal.NONE
        and marks[k - 1].kind not in (Ordinal.NONE, Ordinal.CHAPTER)
    )
