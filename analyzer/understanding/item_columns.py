"""What a sentence and its clauses say of where a problem item begins, as columns.

They add to the numbering and shape of `items.clause_columns`: what a heading announced, which cues a clause,
its neighbours, its sentence and the one before hold, how lists lie inside each other, how near sentences
are in content, and how likely each sentence tells of problems, causes, plans or duties at all.
"""

from __future__ import annotations

import numpy as np

from analyzer.language.layout import Ordinal
from analyzer.lexicons import patterns
from analyzer.result import SectionType
from analyzer.understanding.items import clause_columns, clauses_of
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.roles import ORDER
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import contents, held, nearness

_ZONES = ("zone_causes", "zone_problems", "zone_plans")
_CAUSE_CUES = ("cue", "effect", "self", "circumstance", "stock", "inner", "figure", "hedge")
_ITEM_CUES = ("falls_short", "some_of", "one_more", "goes_on", "labelled", "labelled_cause")
_FALLS_SHORT = len(_CAUSE_CUES)
_SECTIONS = [
    ORDER.index(kind)
    for kind in (SectionType.PROBLEMS, SectionType.CAUSES, SectionType.PLANS, SectionType.DUTIES)
]
_PROBLEMS, _CAUSES, _PLANS, _DUTIES = range(4)
_SHORT = 22  # characters of a sentence that may be a title
_ANNOUNCING = 25  # characters of a sentence that may announce causes without being a heading
_NEAR = 0.15
_LOOK_BACK = 3  # sentences


def item_columns(context: Context, sentences: Ints, chances: Floats) -> Floats:
    """Return the columns of the clauses of the sentences that may tell of problems.

    Parameters
    ----------
    context : Context
    sentences : ndarray of int64, shape (n,)
        In order; they need not follow each other.
    chances : ndarray of float32, shape (n_sentences of the text, 8)
        That each sentence belongs to each type of section.

    Returns
    -------
    ndarray of float32, shape (n_clauses, n_columns)
    """
    layout, clauses = context.layout, clauses_of(context, sentences)
    first = layout.first_clause
    sizes = first[sentences + 1] - first[sentences]
    order = np.arange(len(sentences)).repeat(sizes)
    leads = (clauses == first[sentences].repeat(sizes)).astype(np.float32)[:, None]
    texts = [context.clause_texts[clause] for clause in clauses.tolist()]
    causes, items = patterns("causes.toml"), patterns("items.toml")
    cues = held([*(causes[name] for name in _CAUSE_CUES), *(items[name] for name in _ITEM_CUES)], texts)
    opens = np.flatnonzero(leads)
    spoken = np.maximum.reduceat(cues, opens, axis=0)  # by any clause of the sentence
    sections = _section_columns(chances, sentences)
    said = _sentence_columns(context, sentences, cues[opens, _FALLS_SHORT])
    announced = held([items["announces"]], texts)[:, 0]
    edges = np.column_stack([announced[opens], announced[np.cumsum(sizes) - 1]])
    after = np.append(clauses[1:] == clauses[:-1] + 1, False)[:, None]
    return np.hstack(
        [
            clause_columns(context, sentences),
            cues,
            leads * cues,
            _shifted(cues, 1) * _shifted(after, 1),
            _shifted(cues, -1) * after,
            leads * np.hstack([said, edges, spoken, _before(sentences, spoken)])[order],
            sections[order],
            leads * sections[order, :4],
            _list_columns(texts, cues[:, _FALLS_SHORT], announced, order, leads[:, 0]),
        ]
    ).astype(np.float32)


def _shifted(rows: Floats, by: int) -> Floats:
    """Return the rows moved down (up where `by` is negative), zeros moved in."""
    moved = np.zeros_like(rows, dtype=np.float32)
    if by > 0:
        moved[by:] = rows[:-by]
    else:
        moved[:by] = rows[-by:]
    return moved


def _before(sentences: Ints, rows: Floats) -> Floats:
    """Return the row of the sentence before each, zeros where that is not one of them."""
    follows = np.append(False, sentences[1:] == sentences[:-1] + 1)[:, None]
    return np.asarray(_shifted(rows, 1) * follows, dtype=np.float32)


def _section_columns(chances: Floats, sentences: Ints) -> Floats:
    """Return how likely a sentence and its neighbours tell of what, shape (n, 14)."""
    padded = np.vstack([chances[:, _SECTIONS], np.zeros((1, 4), dtype=np.float32)])
    own = padded[sentences]
    sure = [own[:, _PROBLEMS] > 0.5, own[:, _PROBLEMS] > 0.8]
    return np.column_stack([own, padded[sentences - 1], padded[sentences + 1], *sure]).astype(np.float32)


def _sentence_columns(context: Context, sentences: Ints, weak: Floats) -> Floats:
    """Return what tells of a sentence as a whole whether an item begins with it.

    ``weak`` says of each sentence, shape (n,), whether its first clause falls short.
    """
    layout, cues = context.layout, patterns("items.toml")
    texts = [context.sentence_texts[sentence] for sentence in sentences.tolist()]
    said = contents(texts)
    zones = held([cues[name] for name in _ZONES], texts)
    kinds = [layout.sentence_ordinals[sentence].kind for sentence in sentences.tolist()]
    heads = (context.heading[sentences] == sentences).tolist()
    paragraph = layout.paragraph[sentences].tolist()
    follows = [False, *(sentences[1:] == sentences[:-1] + 1).tolist()]
    starts = [text[:2] for text in texts]
    parted = follows.count(False) > 1
    zone, changes, since = zones[0] * 0, 0, 9
    under, lead = False, 0  # whether the last number or heading names an aspect, and where it stands
    rows = []
    for k, text in enumerate(texts):
        announces = heads[k] or text.endswith(("：", ":")) or (len(text) < _ANNOUNCING and zones[k, 0] > 0)
        if announces and zones[k].any():
            zone, changes, since = zones[k], changes + 1, 0
        else:
            since += 1
        kind = kinds[k]
        before = kinds[k - 1] if follows[k] else Ordinal.NONE
        after = kinds[k + 1] if k + 1 < len(texts) and follows[k + 1] else Ordinal.NONE
        inner = bool(kind) and _holds_deeper(kinds, k)
        near = nearness(said[k], said[k - 1]) if k else 0.0
        aspect = cues["aspect"].search(text) is not None
        if kind or heads[k]:
            under, lead = aspect, k
        rows.append(
            [
                *zone,
                min(changes, 3) / 3,
                since == 0,
                since == 1,
                near,
                near > _NEAR,
                nearness(said[k], said[k + 1]) if k + 1 < len(texts) else 0.0,
                k > 0 and paragraph[k] == paragraph[k - 1],
                starts.count(starts[k]) >= 2,
                k > 0 and text[0] == texts[k - 1][0],
                len(text) <= _SHORT,
                k > 0 and len(texts[k - 1]) <= _SHORT,
                k > 0 and texts[k - 1][-1] in "；;",
                text[-1] in "；;",
                k > 0 and texts[k - 1][-1] in "；;" and text[-1] in "；;",
                after > kind > 0,
                0 < after < kind,
                after == kind > 0,
                before > 0 == kind and heads[k - 1],
                before > 0 == kind,
                inner,
                bool(kind) and any(0 < other < kind for other in kinds[max(0, k - _LOOK_BACK) : k]),
                aspect,
                aspect and after > kind > 0,
                under and not aspect,
                under and lead == k - 1,
                under and not aspect and weak[k] > 0,
                not follows[k],
                parted and not follows[k],
                parted,
                min(len(texts), 30) / 30,
            ]
        )
    return np.array(rows, dtype=np.float32)


def _holds_deeper(kinds: list[Ordinal], k: int) -> bool:
    """Whether a deeper list comes before the next number of the same level."""
    for kind in kinds[k + 1 :]:
        if kind == kinds[k]:
            return False
        if kind > kinds[k]:
            return True
    return False


def _list_columns(texts: list[str], weak: Floats, announced: Floats, order: Ints, leads: Floats) -> Floats:
    """Return how a clause stands in a list told in one sentence, shape (n_clauses, 8).

    Parameters
    ----------
    texts : list of str
        The clauses.
    weak, announced, leads : ndarray of float32, shape (n_clauses,)
        Whether each falls short, announces a list, opens its sentence.
    order : ndarray of int64, shape (n_clauses,)
        The sentence of each.
    """
    cue = patterns("items.toml")["lists"]
    opened = np.zeros(
        len(texts), dtype=np.float32
    )  # whether an earlier clause of the sentence announces a list
    for i in np.flatnonzero(leads == 0).tolist():
        opened[i] = opened[i - 1] or announced[i - 1] or cue.match(texts[i - 1]) is not None
    inside = 1 - leads
    told, told_weak = _shifted(announced, 1) * inside, _shifted(weak, 1) * inside
    count = np.bincount(order, weights=weak)[order]
    return np.column_stack(
        [
            told,
            inside * opened * weak,
            told_weak * weak,
            told_weak * weak * opened,
            inside * np.minimum(count, 4) / 4,
            inside * weak * (count >= 3),
            weak * told,
            leads * _shifted(weak, 1) * weak,
        ]
    )
