"""Which kind of duty report a text is, told by words and shapes that anybody can check.

The corpus holds too few reports of the rarer kinds to train on, so this is a sum: each cue of
``profiles.toml`` that a text shows adds its points to a profile, and the points are log odds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from analyzer.language.memory import by_line, each
from analyzer.lexicons import table
from analyzer.result import SectionType
from analyzer.understanding.questions import Draft

_TABLE = "profiles.toml"
_ORDINAL = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、，. ]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、])?\s*"
)
_TITLE = re.compile(r"[^，。；：！？]+")  # what stands before the first sentence has got anywhere
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """What kind of report a text seems to be.

    Parameters
    ----------
    id : str
        The likeliest profile.
    confidence : float
        How likely, against all other profiles.
    sure : bool
        Whether that is enough to judge by it.
    why : tuple of str
        What speaks for it, the weightiest first.
    """

    id: str
    confidence: float
    sure: bool
    why: tuple[str, ...]


def guess(draft: Draft) -> Guess:
    """Return the likeliest profile of a text whose sections are known."""
    context = draft.context
    sentences = context.layout.sentences
    headings = np.flatnonzero(context.heading == np.arange(len(sentences))).tolist()
    shares: dict[SectionType, float] = {}
    for kind, size in zip(draft.types, (sentences[:, 1] - sentences[:, 0]).tolist(), strict=True):
        shares[kind] = shares.get(kind, 0.0) + size / (len(context.text) or 1)
    return weigh(context.text, [context.sentence_texts[i] for i in headings], shares)


def weigh(text: str, headings: Sequence[str], shares: Mapping[SectionType, float]) -> Guess:
    """Return the likeliest profile.

    Parameters
    ----------
    text : str
        The repaired text.
    headings : sequence of str
        Its headings, with or without numbers.
    shares : mapping of SectionType to float
        What part of the text each kind of section takes.
    """
    lexicon = table(_TABLE)
    points: dict[str, float] = {lexicon["default"]: lexicon["lead"]}
    reasons: dict[str, list[tuple[float, str]]] = {}
    for cue, shown in _shown(text, headings, shares):
        points[cue["profile"]] = points.get(cue["profile"], 0.0) + cue["points"]
        reasons.setdefault(cue["profile"], []).append((cue["points"], cue["why"].format(shown)))
    known = {cue["profile"] for cue in _cues()} | {lexicon["default"]}
    odds = {name: math.exp(points.get(name, 0.0)) for name in sorted(known)}
    best = max(odds, key=lambda name: (odds[name], name == lexicon["default"]))
    confidence = odds[best] / sum(odds.values())
    why = [words for _, words in sorted(reasons.get(best, ()), key=lambda reason: -reason[0])]
    enough = lexicon["plain" if best == lexicon["default"] else "sure"]
    return Guess(best, round(confidence, _DIGITS), confidence >= enough, tuple(why))


def _shown(
    text: str, headings: Sequence[str], shares: Mapping[SectionType, float]
) -> Iterator[tuple[dict[str, Any], str | float]]:
    """Yield each cue that the text shows, with the words or the share that show it."""
    lexicon = table(_TABLE)

    @cache  # two cues are of one pattern
    def count(pattern: str) -> int:
        of_part = re.compile(pattern).findall
        return sum(found for _, found in by_line(pattern, text, lambda part: len(of_part(part))))

    places = {
        "title": _TITLE.findall(text[: lexicon["title"]])[:1],
        "head": [text[: lexicon["head"]]],
        "headings": [
            bare for line in headings if (bare := _ORDINAL.sub("", line)) and len(bare) <= lexicon["heading"]
        ],
    }
    named = {
        place: each(("profile", place), lines, partial(_named, place, lines))
        for place, lines in places.items()
    }
    for cue in _cues():
        if "place" in cue:
            found = [words[cue["pattern"]] for words in named[cue["place"]] if cue["pattern"] in words]
            if found:
                yield cue, found[0]
        elif "sections" in cue and shares:
            share = sum(shares.get(SectionType(name), 0.0) for name in cue["sections"])
            if cue.get("least", 0) <= share <= cue.get("most", 1):
                yield cue, share
        elif "sections" not in cue and len(text) >= lexicon["shortest"]:
            rate = 1000 * count(cue["pattern"]) / len(text)
            if cue.get("least", 0) <= rate <= cue.get("most", math.inf):
                yield cue, rate


@cache
def _cues() -> tuple[dict[str, Any], ...]:
    lexicon = table(_TABLE)
    return (*lexicon["cue"], *lexicon["shape"], *lexicon["density"])


@cache
def _cues_at(place: str) -> list[re.Pattern[str]]:
    return [re.compile(cue["pattern"]) for cue in _cues() if cue.get("place") == place]


def _named(place: str, lines: Sequence[str], some: Sequence[int]) -> Iterator[dict[str, str]]:
    """Yield of some lines at a place the words that show a cue, by its pattern."""
    for line in (lines[number] for number in some):
        found = [match for cue in _cues_at(place) if (match := cue.search(line))]
        yield {match.re.pattern: match.group() for match in found}
