"""Two lists, one after the other: whether the first tells problems and the second why they arose.

Told plainly, without a heading, a list of problems reads like one of duties, and that of their causes like
one of problems.  What the two are shows in both together: the cues that each holds, whether the second looks
back to the first by number, and which of the two the plans come back to.
"""

from __future__ import annotations

from math import log

import numpy as np

from analyzer.language.layout import Ordinal
from analyzer.lexicons import pattern, patterns
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import contents, held

_CAUSE_CUES = (
    "cue",
    "effect",
    "self",
    "collective",
    "circumstance",
    "stock",
    "inner",
    "figure",
    "hedge",
)
_REFERENCES = ("numbered", "summed_up")
_LONG = 50  # characters of a sentence
_LEAST = 5  # n-grams: what little a short entry holds weighs no more than that of one so long
_FINE = 1_000_000  # steps of a weight
_DOUBT = 2  # entries of the plans: of few, a share tells little


def entries(context: Context, sentences: Ints) -> list[list[int]]:
    """Return some sentences, in order, as the entries of a list: from one number or paragraph to the next."""
    opens = context.layout.opens_paragraph
    found: list[list[int]] = []
    for i in sentences.tolist():
        if not found or opens[i] or context.layout.sentence_ordinals[i].kind is not Ordinal.NONE:
            found.append([])
        found[-1].append(i)
    return found


def list_before(context: Context, begin: int, after: int = 0) -> int:
    """Return where the last list begins that stands before a sentence and not before `after`, else `after`.

    What leads in to the sentence's own list is none.
    """
    return max((first for first in context.lists if after <= first < begin - 1), default=after)


def list_columns(context: Context, start: int, begin: int, stop: int, plans: Ints) -> Floats:
    """Return what tells whether a list is one of problems and the next of their causes, shape (n_columns,).

    Parameters
    ----------
    context : Context
    start, begin, stop : int
        The first list is from sentence `start` to before `begin`, the second from there to before `stop`.
    plans : ndarray of int64
        The sentences of the plans.
    """
    layout = context.layout
    causes = patterns("causes.toml")
    asked = [
        *(causes[name] for name in _CAUSE_CUES),
        patterns("items.toml")["falls_short"],
        *(pattern("sections.toml", "references", name) for name in _REFERENCES),
    ]
    cues = np.hstack([context.section_cues[start:stop], held(asked, context.sentence_texts[start:stop])])
    size = begin - start
    before, after = cues[:size].mean(axis=0), cues[size:].mean(axis=0)
    lengths = layout.sentences[start:stop, 1] - layout.sentences[start:stop, 0]
    first, second = (entries(context, np.arange(*edges)) for edges in ((start, begin), (begin, stop)))
    echoed = _echoed(context, [entries(context, np.arange(start)), first, second], plans)
    marks = layout.sentence_ordinals[start], layout.sentence_ordinals[begin]
    return np.array(
        [
            *before,
            *after,
            *(after - before),
            *echoed,
            echoed[1] - echoed[2],
            not len(plans),
            log(size),
            log(stop - begin),
            begin in context.lists,
            marks[0].kind == marks[1].kind,
            marks[1].value == 1,
            start / len(layout.sentences),
            len(first) / len(second),
            lengths[:size].mean() / _LONG,
            lengths[size:].mean() / _LONG,
        ],
        dtype=np.float32,
    )


def _echoed(context: Context, lists: list[list[list[int]]], plans: Ints) -> list[float]:
    """Return the share of the plans' entries that come back to an entry of each list rather than to another.

    What comes back is weighed by how few entries hold it.
    """
    answers = entries(context, plans)
    asked = [entry for some in lists for entry in some]
    said = contents([_text(context, entry) for entry in [*asked, *answers]])
    told, taken_up = said[: len(asked)], said[len(asked) :]
    wanted = set().union(*taken_up)
    holders: dict[str, list[int]] = {}
    for number, words in enumerate(told):
        for word in words & wanted:
            holders.setdefault(word, []).append(number)
    owner = np.arange(len(lists)).repeat([len(some) for some in lists])
    sizes = [(_LEAST + len(words)) ** 0.5 for words in told]
    # Whole numbers, whose sum is the same in whatever order a set gives its words.
    weights = [0, *(round(_FINE * log((len(told) + 1) / holding)) for holding in range(1, len(told) + 1))]
    counts = [0] * len(lists)
    for words in taken_up:
        shared = [0] * len(told)
        for word in words & holders.keys():
            weight = weights[len(holders[word])]
            for number in holders[word]:
                shared[number] += weight
        likeness = [weight / size for weight, size in zip(shared, sizes, strict=True)]
        if best := max(likeness, default=0.0):
            counts[owner[likeness.index(best)]] += 1
    return [count / (len(answers) + _DOUBT) for count in counts]


def _text(context: Context, entry: list[int]) -> str:
    return "".join(context.sentence_texts[i] for i in entry)
