"""What a report on last year's problems leaves undone: problems still open, told apart from the others.

The part on what was put right is no place where the tagger of problems looks, for what it tells is mostly
done.  What is not is told there in few words: 还有2所没有解决, 正在协调, 顺延到明年.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.language.layout import Ordinal
from analyzer.lexicons import pattern
from analyzer.result import SectionType
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import content, nearness

_LEXICON = "items.toml"
_CUES = ("undone", "not_here", "named")
_CONFIDENCE = 0.8  # so many of those found in the corpus are problems
_RAISED = 0.22  # so near a problem told elsewhere, it is that one


def left_open(context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> Iterator[ItemRun]:
    """Yield what a part on last year's problems leaves undone and none of the problems takes up again.

    Parameters
    ----------
    context : Context
    types : sequence of str, length n_sentences
    items : sequence of ItemRun
        The problems told elsewhere.
    """
    undone, not_here, named = (pattern(_LEXICON, "left_open", name) for name in _CUES)
    sentence_of, first_clause = context.sentence_of_clause, context.layout.first_clause.tolist()
    taken = {k for item in items for k in range(sentence_of[item.first], sentence_of[item.last] + 1)}
    raised = [content(context.clause_text(item.first, item.last)) for item in items]
    for k, text in enumerate(context.sentence_texts):
        if types[k] != SectionType.RECTIFICATION or k in taken:
            continue
        if not undone.search(text) or not_here.search(text):
            continue
        begin, stop = first_clause[k - _is_named_before(context, types, k)], first_clause[k + 1]
        begin = next((i for i in range(begin, stop) if named.match(context.clause_texts[i])), begin)
        said = content(context.clause_text(begin, stop - 1))
        if all(nearness(said, other) < _RAISED for other in raised):
            yield ItemRun(begin, stop - 1, _CONFIDENCE)


def _is_named_before(context: Context, types: Sequence[str], k: int) -> bool:
    """Whether the sentence before opens the entry of a list that a sentence goes on with.

    What opens the whole part is its heading.
    """
    marks = context.layout.sentence_ordinals
    return (
        k > 1
        and types[k - 1] == types[k - 2] == SectionType.RECTIFICATION
        and marks[k].kind is Ordinal.NONE
        and marks[k - 1].kind not in (Ordinal.NONE, Ordinal.CHAPTER)
    )
