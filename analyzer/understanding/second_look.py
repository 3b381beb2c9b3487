"""What a first look makes of a text, told of each sentence and what lies around it: columns of a second look.

Judged by itself, a list of problems may read like one of causes, and a report of what was put right like
duties.  What tells them apart is what the rest of the text seems to be: what its paragraph and its list are
taken for as a whole, what comes before and after, and what is still missing (stacked sequential learning,
Cohen & Carvalho 2005).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzer.understanding.linear import Floats, softmax
from analyzer.understanding.structure import Context

_SCORE_SCALE = 0.2  # log scores against chances, which are below 1
_LOG_SCALE = 0.3
_TINY = 1e-4
_MUCH = 10  # sentences of a type, beyond which more tell nothing more


def second_columns(context: Context, scores: Floats) -> Floats:
    """Return the columns of a text's sentences, shape (n_sentences, n_columns).

    Parameters
    ----------
    context : Context
        Of at least one sentence.
    scores : ndarray of float32, shape (n_sentences, 16)
        Log score of each tag of `analyzer.understanding.sections.TAGS` at a first look.
    """
    count = len(scores)
    order = np.arange(count)
    opening, going_on = np.split(softmax(scores), 2, axis=1)
    chances = opening + going_on
    none = np.zeros_like(chances[:1])
    begins = context.chapter == order
    begins[list(context.lists)] = True
    begins[0] = True
    lists, place = _means(chances, begins)
    logs, _ = _means(np.log(chances + _TINY), begins)
    beside = np.vstack([none, lists, none])
    paragraphs, paragraph = _means(chances, context.layout.opens_paragraph)
    seen = np.vstack([none, np.cumsum(chances, axis=0)])
    before, after = seen[:-1], seen[-1] - seen[1:]
    behind, ahead = np.maximum(order, 1)[:, None], np.maximum(count - 1 - order, 1)[:, None]
    columns = [
        _SCORE_SCALE * scores,
        chances,
        np.vstack([none, chances[:-1]]),
        np.vstack([chances[1:], none]),
        paragraphs[paragraph],
        lists[place],
        _LOG_SCALE * logs[place],
        beside[place],
        beside[place + 2],
        before / behind,
        after / ahead,
        np.minimum(before, _MUCH) / _MUCH,
        np.minimum(after, _MUCH) / _MUCH,
        np.vstack([none, np.maximum.accumulate(chances[:-1], axis=0)]),
        np.vstack([np.maximum.accumulate(chances[:0:-1], axis=0)[::-1], none]),
        context.columns,
    ]
    return np.hstack(columns).astype(np.float32)


def _means(rows: Floats, begins: npt.NDArray[np.bool_]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the mean of the rows of each stretch, and the stretch of each row; the first row begins one."""
    firsts = begins.nonzero()[0]
    sizes = np.append(firsts[1:], len(rows)) - firsts
    means = np.add.reduceat(rows, firsts, axis=0) / sizes[:, None]
    return np.asarray(means, dtype=np.float32), np.arange(len(firsts)).repeat(sizes)
