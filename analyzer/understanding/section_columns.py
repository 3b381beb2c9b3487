"""What a sentence and those around it say of the section that they belong to, as columns.

n-grams learn the words of their authors; a few cues of the genre, looked up in the sentence, its neighbours,
the headings above it and its paragraph, carry over to authors not seen.
"""

from __future__ import annotations

import numpy as np

from analyzer.understanding.linear import Floats
from analyzer.understanding.structure import Context

_SCALE = 0.5  # columns against n-grams, which are below 1
_ANNOUNCED = 3  # the first cues of the lexicon say what a heading announces
_INTENDS = 5  # a plan's sentence may announce as well
_HEADING = 20  # characters up to which any sentence may announce
_REACH = 4  # sentences before and after
_STILL = 9  # the cues of which it matters how much is still to come


def section_columns(context: Context) -> Floats:
    """Return the columns of a text's sentences, shape (n_sentences, n_columns).

    Those of `Context.columns`, and the cues of ``sections.toml``: held by the sentence, the one before and
    after, the headings above; announced last; their share before, after and in the paragraph; how much
    of them the text still has to come.
    """
    layout = context.layout
    count = len(layout.sentences)
    own = context.section_cues
    none = np.zeros((1, own.shape[1]), dtype=np.float32)
    looked_up = np.vstack([own, none])  # the last row is that of no sentence
    seen = np.vstack([none, np.cumsum(own, axis=0)])
    order = np.arange(count)

    def share(first: int, stop: int) -> Floats:
        low, high = np.clip(order + first, 0, count), np.clip(order + stop, 0, count)
        return np.asarray((seen[high] - seen[low]) / np.maximum(high - low, 1)[:, None], dtype=np.float32)

    edges = np.append(np.flatnonzero(np.diff(layout.paragraph, prepend=-1)), count)
    sizes = np.diff(edges)
    paragraphs = (seen[edges[1:]] - seen[edges[:-1]]) / sizes[:, None]
    cues = np.hstack(
        [
            own,
            looked_up[context.previous],
            looked_up[context.following],
            looked_up[context.heading],
            looked_up[context.chapter],
            _announced(context, own),
            share(-_REACH, 0),
            share(1, _REACH + 1),
            paragraphs.repeat(sizes, axis=0),
            1 - (seen[:-1] / np.maximum(seen[-1], 1))[:, :_STILL],
        ]
    )
    return np.hstack([context.columns, _SCALE * cues]).astype(np.float32)


def _announced(context: Context, own: Floats) -> Floats:
    """Return what was announced last, by any sentence and by a heading, shape (n_sentences, 6)."""
    texts = context.sentence_texts
    rows = np.zeros((len(texts), 2 * _ANNOUNCED), dtype=np.float32)
    heads = context.heading == np.arange(len(texts))
    for i in np.flatnonzero(own[:, :_ANNOUNCED].any(axis=1)).tolist():
        text = texts[i]
        if text.endswith(("：", ":")) or len(text) <= _HEADING or heads[i] or own[i, _INTENDS]:
            rows[i:] = np.concatenate([own[i, :_ANNOUNCED], own[i, :_ANNOUNCED] * heads[i]])
    return rows
