"""Faults that are told among the duties, or as put right, and are still open: problems told in passing.

The tagger of problems looks only where problems may be told; a fault that stands among what was done is told
there in few words: 还有2所没有解决, 正在协调, 顺延到明年, 到现在还在漏.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import Ordinal
from analyzer.lexicons import pattern, table
from analyzer.result import SectionType
from analyzer.understanding.linear import Floats, Ints, LinearModel
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import content, contents, held, nearness

OPEN, CLOSED = "yes", "no"
PARTS = (SectionType.DUTIES, SectionType.RECTIFICATION)
_LEXICON = "items.toml"
_LEAST_SURE = 0.6
_RAISED = 0.22  # so near a problem told elsewhere, it is that one
_TAIL = 30  # characters with which a sentence ends
_LONG = 50  # characters of a sentence
_STILL, _NOT_YET, _, _LEFT, _TURN, _, _, _WEAK = range(8)  # of the cues


def looked_at(context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> Ints:
    """Return the sentences that may tell of something left open, given the problems told elsewhere."""
    may = np.array([kind in PARTS for kind in types], dtype=bool)
    for item in items:
        may[context.sentence_of_clause[item.first] : context.sentence_of_clause[item.last] + 1] = False
    return np.flatnonzero(may)


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
    cues = [pattern(_LEXICON, "left_open", "cues", name) for name in table(_LEXICON)["left_open"]["cues"]]
    undone, settled = (pattern(_LEXICON, "left_open", name) for name in ("undone", "settled"))
    places = sentences.tolist()
    texts = [context.sentence_texts[k] for k in places]
    said, ending = held([*cues, undone, settled], texts), held([*cues, undone], [t[-_TAIL:] for t in texts])
    own, is_undone, is_settled = said[:, :-2], said[:, -2] > 0, said[:, -1] > 0
    goes_on = np.array([k + 1 < len(types) and types[k + 1] == types[k] for k in places], dtype=bool)
    following = np.zeros((len(places), _TURN), dtype=np.float32)
    after = [context.sentence_texts[k + 1] for k in sentences[goes_on].tolist()]
    following[goes_on] = held(cues[:_TURN], after)
    told = [content(context.clause_text(item.first, item.last)) for item in items]
    near = np.array(
        [max((nearness(words, other) for other in told), default=0.0) for words in contents(texts)]
    )
    raised = near > _RAISED
    put_right = np.array([types[k] == SectionType.RECTIFICATION for k in places], dtype=bool)
    marks = context.layout.sentence_ordinals
    still_open = put_right & is_undone & ~is_settled
    return np.column_stack(
        [
            own,
            ending,
            following,
            put_right,
            is_undone,
            is_settled,
            np.minimum(near, 0.5),
            raised,
            [len(text) / _LONG for text in texts],
            [marks[k].kind is not Ordinal.NONE for k in places],
            [k == 0 or types[k - 1] != types[k] for k in places],
            own[:, _STILL] * own[:, _NOT_YET],
            own[:, _STILL] * own[:, _LEFT],
            own[:, _TURN] * own[:, _WEAK],
            ending[:, [_STILL, _NOT_YET, _LEFT]].max(axis=1),
            put_right[:, None] * own,
            still_open,
            still_open & ~raised,
            put_right & ~is_undone,
            put_right & raised,
        ]
    ).astype(np.float32)


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
        sure = dict(zip(sentences.tolist(), chances.tolist(), strict=True))
        found = [k for k, chance in sure.items() if chance >= _LEAST_SURE]
        names = {k - 1 for k in found if is_named_before(context, types, k)}
        return [_run(context, types, k, sure[k]) for k in found if k not in names]

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return self.classifier.arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> LeftOpenModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_arrays(arrays))


def _run(context: Context, types: Sequence[str], k: int, chance: float) -> ItemRun:
    """Return a sentence as a problem, from the words that name it."""
    first_clause, named = context.layout.first_clause, pattern(_LEXICON, "left_open", "named")
    begin, stop = int(first_clause[k - is_named_before(context, types, k)]), int(first_clause[k + 1])
    begin = next((i for i in range(begin, stop) if named.match(context.clause_texts[i])), begin)
    return ItemRun(begin, stop - 1, chance, in_passing=True)


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
