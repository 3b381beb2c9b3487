"""Two skins: where a report speaks of party work and business going separate ways, and how it means it.

Sentences are judged, from their words and from the same words with both sides made symbols (`sides`);
within a sentence the clauses that carry the judgement are marked.  The stance is a second judgement on
the sentences that speak of it: the section it stands in says most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.lexicons import patterns
from analyzer.result import Stance
from analyzer.understanding.encoder import encode
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel
from analyzer.understanding.roles import role_columns
from analyzer.understanding.sides import BUSINESS, JOINING, PARTING, PARTY, Sides, sides
from analyzer.understanding.structure import Context

_CUE_SCALE = 0.35  # columns against n-grams, which are below 1
_SPAN_SHARE = 0.5  # a neighbour belongs to the mention if it scores this share of the best clause
_STANCE_CUES = ("from_above", "quoted", "past", "turn", "still", "will")
_CLAUSE_MARKS = "，；。：！？"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks of the pattern, as a span of the repaired text."""

    start: int
    end: int
    stance: Stance
    confidence: float


def mention_blocks(context: Context, both: Sides, sentences: Ints) -> list[Block]:
    """Return what the sentences are judged by, in the order the models take it."""
    own = np.arange(len(sentences))
    return [Block(context.grams, sentences), Block(encode(both.codes, both.sentences[sentences]), own)]


def mention_columns(context: Context, both: Sides, types: Sequence[str]) -> Floats:
    """Return section type and cues of each sentence, shape (n_sentences, 24)."""
    spans = context.layout.sentences
    rows = [
        _cues(context.text[start:end], both.sentence(number)) for number, (start, end) in enumerate(spans)
    ]
    cues = np.array(rows, dtype=np.float32).reshape(len(spans), 16)
    return np.hstack([role_columns(types), _CUE_SCALE * cues]).astype(np.float32)


def stance_columns(context: Context, types: Sequence[str], sentences: Ints) -> Floats:
    """Return section type, cues of the stance and both together, shape (n_sentences, 62)."""
    found = patterns("integration.toml")
    spans = context.layout.sentences[sentences]
    cues = np.array(
        [[bool(found[name].search(context.text[start:end])) for name in _STANCE_CUES] for start, end in spans],
        dtype=np.float32,
    ).reshape(len(sentences), len(_STANCE_CUES))
    roles = role_columns([types[i] for i in sentences])
    both = (roles[:, :, None] * cues[:, None, :]).reshape(len(sentences), -1)
    return np.hstack([roles, cues, both])


def _cues(text: str, marked: str) -> list[bool]:
    found = patterns("integration.toml")
    parting, joining = marked.count(PARTING), marked.count(JOINING)
    party, business = PARTY in marked, BUSINESS in marked
    clauses = "".join("\n" if char in _CLAUSE_MARKS else char for char in marked).split("\n")
    return [
        parting > 0,
        parting > 1,
        joining > 0,
        joining > 1,
        parting > 0 and party,
        joining > 0 and party and business,
        parting > 0 and party and business,
        any(PARTY in clause and PARTING in clause for clause in clauses),
        any(PARTY in clause and BUSINESS in clause and JOINING in clause for clause in clauses),
        parting > 0 and joining > 0,
        bool(found["echo"].search(text)),
        bool(found["each"].search(text)),
        bool(found["other_pair"].search(text)),
        party,
        business,
        party and business,
    ]


@dataclass(frozen=True)
class TwoSkinsModel:
    """Sentence classifiers.

    Parameters
    ----------
    mention : LinearModel
        Whether a sentence speaks of the pattern: classes ``no`` and ``yes``.
    stance : LinearModel
        How it means it; classes are those of `Stance`.
    threshold : float
        The least calibrated probability at which a sentence is taken to speak of it.
    """

    mention: LinearModel
    stance: LinearModel
    threshold: float

    def predict(self, context: Context, types: Sequence[str]) -> list[Mention]:
        """Return the mentions in order, at most one a sentence, given the section type of each sentence."""
        every = np.arange(len(types))
        if not len(every):
            return []
        both = sides(context)
        columns = mention_columns(context, both, types)
        blocks = mention_blocks(context, both, every)
        likely = self.mention.probabilities(blocks, columns)[:, self.mention.classes.index("yes")]
        spoken = np.flatnonzero(likely >= self.threshold)
        if not len(spoken):
            return []
        words = [Block(context.grams, spoken)]
        stances = self.stance.logits(words, stance_columns(context, types, spoken)).argmax(axis=1)
        return [
            Mention(*self._place(context, both, int(i)), Stance(self.stance.classes[k]), float(likely[i]))
            for i, k in zip(spoken, stances, strict=True)
        ]

    def _place(self, context: Context, both: Sides, sentence: int) -> tuple[int, int]:
        """Return the span of the clauses that carry the judgement on a sentence."""
        first, stop = context.layout.first_clause[sentence : sentence + 2]
        clauses = context.layout.clauses[first:stop]
        own = np.arange(len(clauses))
        blocks = [
            Block(encode(context.codes, clauses), own),
            Block(encode(both.codes, both.clauses[first:stop]), own),
        ]
        nothing = np.zeros((len(clauses), len(self.mention.dense)), dtype=np.float32)
        logits = self.mention.logits(blocks, nothing)
        scores = logits[:, self.mention.classes.index("yes")] - logits[:, self.mention.classes.index("no")]
        scores -= scores.min()
        low = high = int(scores.argmax())
        least = _SPAN_SHARE * scores[low]
        while low > 0 and scores[low - 1] > least:
            low -= 1
        while high + 1 < len(clauses) and scores[high + 1] > least:
            high += 1
        return int(clauses[low, 0]), int(clauses[high, 1])

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {
            **{f"mention/{key}": value for key, value in self.mention.arrays().items()},
            **{f"stance/{key}": value for key, value in self.stance.arrays().items()},
            "threshold": np.array(self.threshold),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> TwoSkinsModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(
            LinearModel.from_prefixed(arrays, "mention"),
            LinearModel.from_prefixed(arrays, "stance"),
            float(arrays["threshold"]),
        )
