"""Integration: whether the duties show party work acting on the unit's business (`siloed`).

Two ordered questions, at least partly and fully siloed, are put to the duties as a whole: to shares of their
sentences (party work and business together, with a figure, with a measured result, by party work alone)
and to the n-grams they contain.  What both answers add up to is cut into the three levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.language.memory import each
from analyzer.lexicons import either, patterns
from analyzer.result import Link, Siloed
from analyzer.understanding.encoder import Grams
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel, prefixed
from analyzer.understanding.sides import BUSINESS, JOINING, PARTY, Sides
from analyzer.understanding.structure import Context
from analyzer.understanding.ties import Tie, duty_sentences, find_ties
from analyzer.understanding.wording import held

LEVELS = tuple(level.value for level in Siloed)
_HEADING_LENGTH = 40
_CUES = ("actor", "figure", "effect", "counted", "masked")
_STOPS = str.maketrans("，；", "。。")


@dataclass(frozen=True, slots=True)
class Integration:
    """How far party work and business stand apart in the duties, as a whole and item by item."""

    level: Siloed
    confidence: float
    ties: tuple[Tie, ...]


def duty_blocks(context: Context, both: Sides, sentences: Ints) -> list[Block]:
    """Return the n-grams that the duties contain, each once, as one example."""
    one = np.zeros(1, dtype=np.int64)
    distinct = [grams.distinct(sentences) for grams in (context.grams, both.sentence_grams)]
    return [Block(Grams(ids, np.array([0, len(ids)])), one) for ids in distinct]


def duty_columns(context: Context, both: Sides, sentences: Ints, ties: Sequence[Tie]) -> Floats:
    """Return what share of the duties' sentences and items is what, and counts, shape (1, 25 + 13)."""
    places = sentences.tolist()
    texts = [context.sentence_texts[i] for i in places]
    cues = patterns("integration.toml") | {"figure": either("checkable.toml", "figure")}
    asked = [cues[name] for name in _CUES]
    marked = [both.sentence_texts[i] for i in places]
    said = list(zip(texts, marked, strict=True))
    named = each("sides", said, lambda some: (_flags(*said[place]) for place in some))
    flags = np.hstack([np.array(named, dtype=np.float32).reshape(len(sentences), -1), held(asked, texts)])
    told = flags[flags[:, 0] == 0]
    told = told if len(told) else np.zeros((1, flags.shape[1]), dtype=np.float32)
    _, party, business, together, joining, actor, figure, effect, counted, masked = told.T
    acted = actor * figure
    on_business = acted * business
    measured = actor * effect
    both_sides = party * business
    shares = np.array(
        [
            party,
            business,
            together,
            both_sides,
            both_sides * figure,
            party * (1 - business),
            business * (1 - party),
            (1 - party) * (1 - actor),
            figure,
            masked,
            effect,
            counted,
            actor,
            acted,
            on_business,
            measured,
            actor * masked,
            joining * actor * (1 - figure),
            actor * (1 - figure) * (1 - masked),
        ]
    )
    counts = np.array([on_business, measured, counted, both_sides * figure]).sum(axis=1)
    size = [np.log1p(len(sentences)), np.log1p(sum(map(len, texts)))]
    row = [*shares.mean(axis=1), *np.log1p(counts), *size, *_tie_columns(ties)]
    return np.array([row], dtype=np.float32)


def _tie_columns(ties: Sequence[Tie]) -> list[float]:
    """Return shares of the items, by number and by length, and counts."""
    links = np.array([[tie.link is link for link in Link] for tie in ties], dtype=float).reshape(
        -1, len(Link)
    )
    sizes = np.array([tie.last - tie.first + 1 for tie in ties], dtype=float)
    counted = sum(tie.link is Link.TIED and tie.figure is not None for tie in ties)
    shares = links.sum(axis=0) / max(len(ties), 1)
    by_length = links.T @ sizes / max(sizes.sum(), 1)
    tied = float(links[:, 0].sum())
    return [*shares, *by_length, float(np.log1p(tied)), float(np.log1p(counted)), float(tied > 0)]


def _flags(text: str, marked: str) -> list[bool]:
    """Return whether a sentence is a heading and which of the two sides it names, and how."""
    party, business = PARTY in marked, BUSINESS in marked
    clauses = marked.translate(_STOPS).split("。") if party and business else []
    return [
        len(text) < _HEADING_LENGTH and text[-1] not in "。；！？",
        party,
        business,
        any(PARTY in clause and BUSINESS in clause for clause in clauses),
        JOINING in marked,
    ]


@dataclass(frozen=True)
class IntegrationModel:
    """Ordinal classifier of whole reports.

    Parameters
    ----------
    partial, full : LinearModel
        Whether the duties are siloed at least partly, and fully: classes ``no`` and ``yes``.
    cuts : tuple of float
        Where the sum of both probabilities becomes ``partial`` and ``full``.
    certainty : LinearModel
        How likely each level is given both probabilities; classes are those of `Siloed`.
    """

    partial: LinearModel
    full: LinearModel
    cuts: tuple[float, float]
    certainty: LinearModel

    def evidence(self, context: Context, types: Sequence[str], ties: Sequence[Tie]) -> Floats | None:
        """Return both probabilities, shape (1, 2); None where the text tells of no duties."""
        sentences = duty_sentences(types)
        if not len(sentences):
            return None
        both = context.sides
        columns = duty_columns(context, both, sentences, ties)
        asked = (self.partial, self.full)
        words = [
            part.units.words[i] for part in (context.grams, both.sentence_grams) for i in sentences.tolist()
        ]

        def weigh(_: list[int]) -> Iterator[list[Floats]]:
            blocks = duty_blocks(context, both, sentences)
            yield [model.gram_logits(blocks) for model in asked]

        (weights,) = each(("duties", *(model.identity for model in asked)), [tuple(words)], weigh)
        return np.hstack(
            [
                model.calibrated(of_words + model.dense_logits(columns))[:, [model.classes.index("yes")]]
                for model, of_words in zip(asked, weights, strict=True)
            ]
        )

    def predict(self, context: Context, types: Sequence[str]) -> Integration | None:
        """Return the level of a text, given the section type of each sentence; None without duties."""
        ties = find_ties(context, types)
        evidence = self.evidence(context, types, ties)
        if evidence is None:
            return None
        level = LEVELS[int(np.searchsorted(self.cuts, float(evidence.sum()), side="right"))]
        likely = self.certainty.probabilities([], evidence)[0]
        return Integration(Siloed(level), float(likely[self.certainty.classes.index(level)]), tuple(ties))

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {
            **prefixed(partial=self.partial, full=self.full, certainty=self.certainty),
            "cuts": np.array(self.cuts),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> IntegrationModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        first, second = np.asarray(arrays["cuts"], dtype=float)
        return cls(
            LinearModel.from_prefixed(arrays, "partial"),
            LinearModel.from_prefixed(arrays, "full"),
            (float(first), float(second)),
            LinearModel.from_prefixed(arrays, "certainty"),
        )
