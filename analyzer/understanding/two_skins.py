"""Two skins: where a report speaks of party work and business going separate ways, and how it means it.

A first look at the words of each sentence, and at the same words with both sides made symbols (`sides`),
says which sentences may speak of the pattern.  Those are judged by what stands beside them as well: whether
they speak of it and how they mean it is one question, as a fault that is admitted, cured, or warned about
is worded in three ways.  They are also judged by their single clauses and pairs of clauses, the best of
which is where the mention stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import Spans
from analyzer.language.memory import rows
from analyzer.lexicons import patterns
from analyzer.result import Stance
from analyzer.understanding.encoder import Encoded, LazyGrams
from analyzer.understanding.items import clauses_of
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel, prefixed
from analyzer.understanding.roles import ORDER, role_columns
from analyzer.understanding.sides import ASIDE, BUSINESS, JOINING, PARTING, PARTY, Sides
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import held

_CUE_SCALE = 0.35  # columns against n-grams, which are below 1
_FRAME_SCALE = 0.7
_HOPELESS = -3.0  # sentences of a lower margin (log odds) are looked at once only
_SURE = 0.9  # above it, a mention is beyond doubt
_LEAST_SURE = 0.5  # how likely a mention, and meant as it is read, must be to be told of
NOTHING = "no"  # the class of sentences that do not speak of the pattern
_STANCE_CUES = ("from_above", "quoted", "past", "turn", "still", "will", "warned")
_FURTHER_CUES = (
    "must",
    "ours",
    "claimed",
    "authority",
    "some",
    "fault",
    "later",
    "way",
    "nature",
    "occasion",
    "told",
)
_NEIGHBOUR_SCALE = 0.5  # what stands beside the sentence counts less
_BREAKS = str.maketrans(dict.fromkeys("，；。：！？", "\n"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks of the pattern, as a span of the repaired text."""

    start: int
    end: int
    stance: Stance
    confidence: float


def mention_blocks(context: Context, both: Sides, sentences: Ints) -> list[Block]:
    """Return what the sentences are judged by, in the order the models take it."""
    return [Block(context.grams, sentences), Block(both.sentence_grams, sentences)]


def mention_columns(context: Context, both: Sides, types: Sequence[str], sentences: Ints) -> Floats:
    """Return section type, cues and frames of sentences, shape (n, 28), given the types of all."""
    places = sentences.tolist()
    said = [(context.sentence_texts[place], both.sentence_texts[place]) for place in places]
    own = rows("two skins", said, lambda some: _own_columns([said[place] for place in some]))
    return np.hstack([role_columns([types[place] for place in places]), own])


def _own_columns(said: Sequence[tuple[str, str]]) -> Floats:
    """Return cues and frames of sentences, given each with its sides as symbols, shape (n_sentences, 20)."""
    texts, marked = [text for text, _ in said], [symbols for _, symbols in said]
    symbols = (ASIDE, PARTING, JOINING, PARTY, BUSINESS)
    counts = np.array([[text.count(symbol) for symbol in symbols] for text in marked])
    named = counts.reshape(len(texts), len(symbols)).T
    cues, frames = _cues(texts, marked, named), _frames(texts, named[3] > 0)
    return np.hstack([_CUE_SCALE * cues, _FRAME_SCALE * frames]).astype(np.float32)


def stance_blocks(context: Context, sentences: Ints) -> list[Block]:
    """Return what sentences are judged by: they, those before, and their sides as symbols."""
    return [
        Block(context.grams, sentences),
        Block(context.short, context.previous[sentences]),
        Block(context.sides.sentence_grams, sentences),
    ]


def stance_columns(context: Context, types: Sequence[str], sentences: Ints, own: Floats) -> Floats:
    """Return section types and cues of sentences, shape (n_sentences, n_columns).

    Both of the sentence and of its neighbours, and of the sentence each section type with each cue.  ``own``
    are its `mention_columns`.
    """
    found = patterns("integration.toml")
    near = np.clip(np.add.outer((0, -1, 1), sentences), 0, len(types) - 1)  # they, those before, those after
    roles = role_columns([types[i] for i in near.ravel()]).reshape(*near.shape, len(ORDER))
    asked = [found[name] for name in (*_STANCE_CUES, *_FURTHER_CUES)]
    texts = [context.sentence_texts[i] for i in near.ravel().tolist()]
    cues = held(asked, texts).reshape(*near.shape, len(asked))
    both = (roles[0][:, :, None] * cues[0][:, None, :]).reshape(len(sentences), len(ORDER) * len(asked))
    beside = [_NEIGHBOUR_SCALE * part for part in (*roles[1:], *cues[1:])]
    return np.hstack([own, cues[0], both, *beside]).astype(np.float32)


def _cues(texts: Sequence[str], marked: Sequence[str], named: Ints) -> Floats:
    """Return how sentences speak of both sides, given how often each names which, shape (5, n_sentences)."""
    found = patterns("integration.toml")
    aside, parts, joins, party, business = named > 0
    echo, each = held([found["echo"], found["each"]], texts).T
    within = np.zeros((2, len(texts)), dtype=bool)  # both in one clause
    for i in np.flatnonzero(party & (parts | joins)).tolist():
        clauses = [clause for clause in marked[i].translate(_BREAKS).split("\n") if PARTY in clause]
        within[0, i] = any(PARTING in clause for clause in clauses)
        within[1, i] = any(BUSINESS in clause and JOINING in clause for clause in clauses)
    columns = [
        parts,
        named[1] > 1,
        joins,
        named[2] > 1,
        parts & party,
        joins & party & business,
        parts & party & business,
        *within,
        parts & joins,
        echo,
        each,
        aside,
        party,
        business,
        party & business,
    ]
    return np.array(columns, dtype=np.float32).T


def _frames(texts: Sequence[str], party: npt.NDArray[np.bool_]) -> Floats:
    """Return whether party work is spoken of as warned about, quoted from above, or overcome."""
    cues = patterns("integration.toml")
    asked = [cues[name] for name in ("warned", "from_above", "quoted_pair", "overcome")]
    frames = np.zeros((len(texts), len(asked)), dtype=np.float32)
    warned, above, quoted, overcome = held(asked, [texts[i] for i in np.flatnonzero(party).tolist()]).T
    frames[party] = np.column_stack([warned, warned * above, above * quoted, overcome])
    return frames


@dataclass(frozen=True)
class Windows:
    """Single clauses and pairs of neighbouring clauses of some sentences.

    Parameters
    ----------
    first, last : ndarray of int64, shape (n_windows,)
        Clauses of the layout, `last` included.
    owner : ndarray of int64, shape (n_windows,)
        The sentence of each window.
    """

    first: Ints
    last: Ints
    owner: Ints


def windows(context: Context, sentences: Ints) -> Windows:
    """Return the windows of some sentences."""
    layout = context.layout
    clauses = clauses_of(context, sentences)
    sizes = layout.first_clause[sentences + 1] - layout.first_clause[sentences]
    owner = np.repeat(sentences, sizes)
    paired = np.flatnonzero(owner[1:] == owner[:-1])
    return Windows(
        np.concatenate([clauses, clauses[paired]]),
        np.concatenate([clauses, clauses[paired + 1]]),
        np.concatenate([owner, owner[paired]]),
    )


def window_blocks(context: Context, both: Sides, seen: Windows) -> list[Block]:
    """Return what the windows are judged by, in the order the model takes it."""
    own = np.arange(len(seen.owner))
    return [
        Block(LazyGrams(Encoded(codes, np.stack([spans[seen.first, 0], spans[seen.last, 1]], axis=1))), own)
        for codes, spans in ((context.codes, context.layout.clauses), (both.codes, both.clauses))
    ]


def window_columns(both: Sides, types: Sequence[str], seen: Windows) -> Floats:
    """Return section type and whether the sentence names party work, shape (n_windows, 9)."""
    named = np.array([PARTY in text for text in both.sentence_texts], dtype=np.float32)
    columns = np.hstack([role_columns(types), _FRAME_SCALE * named[:, None]])
    return columns[seen.owner].astype(np.float32)


def names_a_side(both: Sides) -> npt.NDArray[np.bool_]:
    """Whether each sentence names party work, or a way of parting or joining."""
    symbols = (PARTY, PARTING, JOINING)
    return np.array([any(symbol in text for symbol in symbols) for text in both.sentence_texts], dtype=bool)


def means_another_pair(both: Sides) -> npt.NDArray[np.bool_]:
    """Whether each sentence sets apart something else and never names party work."""
    return np.array([ASIDE in text and PARTY not in text for text in both.sentence_texts], dtype=bool)


@dataclass(frozen=True)
class Reading:
    """What a model makes of the sentences that may speak of the pattern.

    Parameters
    ----------
    sentences : ndarray of int64, shape (n,)
    margins : ndarray of float32, shape (n,)
        Uncalibrated log odds.
    spans : ndarray of int32, shape (n, 2)
        The best window of each, in the repaired text.
    stances : ndarray of float32, shape (n, n_stances)
        Uncalibrated scores of the stances, in the order of `TwoSkinsModel.stances`.
    """

    sentences: Ints
    margins: Floats
    spans: Spans
    stances: Floats


@dataclass(frozen=True)
class TwoSkinsModel:
    """Classifiers of sentences and of windows inside them.

    Parameters
    ----------
    mention : LinearModel
        Whether a sentence may speak of the pattern, at a first look: classes ``no`` and ``yes``.
    window : LinearModel
        Whether a window does: classes ``no`` and ``yes``.
    stance : LinearModel
        Whether a sentence does, and how it means it; classes are those of `Stance`, and `NOTHING`.
    slope, shift : float
        What turns margins into calibrated log odds.
    threshold : float
        The least calibrated probability at which a sentence is taken to speak of it.
    """

    mention: LinearModel
    window: LinearModel
    stance: LinearModel
    slope: float = 1.0
    shift: float = 0.0
    threshold: float = 0.5

    @property
    def stances(self) -> list[str]:
        """The stances that are told apart."""
        return [name for name in self.stance.classes if name != NOTHING]

    def read(self, context: Context, types: Sequence[str]) -> Reading:
        """Return the reading of a text, given the section type of each sentence."""
        both = context.sides
        named = np.flatnonzero(names_a_side(both) & ~means_another_pair(both))
        columns = mention_columns(context, both, types, named)
        hoped = _margins(self.mention, mention_blocks(context, both, named), columns) > _HOPELESS
        sentences = named[hoped]
        told = stance_columns(context, types, sentences, columns[hoped])
        logits = self.stance.logits(stance_blocks(context, sentences), told)
        nothing = self.stance.classes.index(NOTHING)
        meant = np.delete(logits, nothing, axis=1)
        margins = np.logaddexp.reduce(meant, axis=1) - logits[:, nothing]
        seen = windows(context, sentences)
        about = window_columns(both, types, seen)
        scores = _margins(self.window, window_blocks(context, both, seen), about)
        best = np.lexsort((-scores, seen.owner))[np.searchsorted(np.sort(seen.owner), sentences)]
        clauses = context.layout.clauses
        return Reading(
            sentences,
            ((margins + scores[best]) / 2).astype(np.float32),
            np.stack([clauses[seen.first[best], 0], clauses[seen.last[best], 1]], axis=1),
            meant,
        )

    def predict(self, context: Context, types: Sequence[str]) -> list[Mention]:
        """Return the mentions in order, at most one a sentence, given the section type of each sentence."""
        if not len(types):
            return []
        reading = self.read(context, types)
        likely = 1 / (1 + np.exp(-(self.slope * reading.margins + self.shift)))
        chances = self.stance.calibrated(reading.stances)
        meant = likely * chances.max(axis=1)  # that it is one, and meant so
        told = (likely >= self.threshold) & (meant >= _LEAST_SURE)
        stances = [Stance(self.stances[k]) for k in chances.argmax(axis=1)]
        for i in np.flatnonzero(told[:-1] & (meant[:-1] < _SURE)).tolist():
            told[i] = not self._leads_in(context, reading, stances, meant, i)
        return [
            Mention(start, end, stances[i], float(meant[i]))
            for i, (start, end) in enumerate(reading.spans.tolist())
            if told[i]
        ]

    @staticmethod
    def _leads_in(
        context: Context, reading: Reading, stances: Sequence[Stance], meant: Floats, i: int
    ) -> bool:
        """Whether a doubtful mention only leads in to the next sentence, which surely names the pattern."""
        following = int(reading.sentences[i + 1])
        return (
            following == reading.sentences[i] + 1
            and stances[i + 1] is stances[i]
            and bool(meant[i + 1] >= _SURE)
            and patterns("integration.toml")["name"].search(context.sentence_texts[following]) is not None
        )

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {
            **prefixed(mention=self.mention, window=self.window, stance=self.stance),
            "decision": np.array([self.slope, self.shift, self.threshold]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> TwoSkinsModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        slope, shift, threshold = np.asarray(arrays["decision"], dtype=float)
        return cls(
            LinearModel.from_prefixed(arrays, "mention"),
            LinearModel.from_prefixed(arrays, "window"),
            LinearModel.from_prefixed(arrays, "stance"),
            float(slope),
            float(shift),
            float(threshold),
        )


def _margins(model: LinearModel, blocks: Sequence[Block], columns: Floats) -> Floats:
    """Return how much the logit of ``yes`` is above that of ``no``."""
    logits = model.logits(blocks, columns)
    return logits[:, model.classes.index("yes")] - logits[:, model.classes.index("no")]
