"""Where one list of a text ends and the next begins.

Without headings it is a list as a whole that tells what it lists: the problems, why they arose, or what is to
be done about them.  A list inside of an item is part of that item's list.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.language.layout import Layout, Ordinal, OrdinalMark
from analyzer.understanding.linear import Ints

SENTENCE_ENDS = "。！？；!?;"


def list_starts(text: str, layout: Layout, chapter: Ints) -> set[int]:
    """Return the first sentences of the outermost lists.

    A list begins with its heading, with a paragraph of one sentence that leads in to it, or with a number.

    Parameters
    ----------
    text : str
    layout : Layout
    chapter : ndarray of int64, shape (n_sentences,)
        The chapter heading that governs each sentence, itself where it is one.
    """
    marks = layout.sentence_ordinals
    opens = layout.opens_paragraph.tolist()
    ends = layout.sentences[:, 1].tolist()
    heads = [head == i and text[ends[i] - 1] not in SENTENCE_ENDS for i, head in enumerate(chapter.tolist())]
    starts = set()
    kind, last = Ordinal.NONE, 0  # of the list that the sentence stands in
    inner: set[Ordinal] = set()  # kinds of the lists inside of its items
    headed = False  # whether it has begun with a heading that no number has followed yet
    for i, mark in enumerate(marks):
        if heads[i]:
            starts.add(i)
            kind, last, inner, headed = Ordinal.NONE, 0, set(), True
            continue
        if not mark.kind:
            continue
        if Ordinal.NONE < kind < mark.kind:
            anew = mark.value == 1 and opens[i] and mark.kind not in inner
            if not anew or _goes_on(marks[i + 1 :], kind, last):
                inner.add(mark.kind)
                continue
        elif mark.kind == kind and mark.value != 1:
            last = mark.value
            continue
        if not headed:
            led_in = i > 1 and opens[i] and opens[i - 1] and not marks[i - 1].kind
            starts.add(i - 1 if led_in else i)
        kind, last, inner, headed = mark.kind, mark.value, set(), False
    return starts


def _goes_on(marks: Sequence[OrdinalMark], kind: Ordinal, last: int) -> bool:
    """Whether a list that has come to a number goes on in the sentences that begin with some marks."""
    following = next((mark for mark in marks if Ordinal.NONE < mark.kind <= kind), None)
    return following is not None and following.kind == kind and following.value == last + 1
