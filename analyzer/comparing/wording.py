"""Which sentences of two reports are the same, and what was swapped in those that are nearly the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from analyzer.comparing.comparison import Span, Swap, SwapKind, Wording
from analyzer.comparing.likeness import bags
from analyzer.comparing.sentences import Sentence
from analyzer.lexicons import either, table

_LEXICON = "comparing.toml"
# A figure or a stand-in for one is one token: which it is does not part two sentences.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%‰]?|[XxＸ×＊*〇○△□_＿]+|[A-Za-z]+|\S")
_FIGURE = re.compile(r"[\dXxＸ×＊*〇○△□_＿][\d.,XxＸ×＊*〇○△□_＿%‰]*")
_YEAR = re.compile(r"20[\dXx×]{2}")
_SLIGHT = re.compile(r"[\W_]*")
_SAME_PLACE = 0.05  # likeness that two sentences of one section have before others


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the last report and one of this; `ratio` is the share of characters in common."""

    last: int
    this: int
    wording: Wording
    ratio: float
    swaps: tuple[Swap, ...] = ()


def match_sentences(
    last: Sequence[Sentence], this: Sequence[Sentence], text_last: str, text_this: str
) -> tuple[Match, ...]:
    """Return the sentences that are the same or nearly so, each at most once, in order of this report."""
    matches = list(_same(last, this))
    free_last = sorted(set(range(len(last))) - {match.last for match in matches})
    free_this = sorted(set(range(len(this))) - {match.this for match in matches})
    near = sorted(
        _near(last, this, free_last, free_this, text_last, text_this),
        key=lambda found: (-found[0], found[1].this, found[1].last),
    )
    taken_last, taken_this = set[int](), set[int]()
    for _, match in near:
        if match.last not in taken_last and match.this not in taken_this:
            taken_last.add(match.last)
            taken_this.add(match.this)
            matches.append(match)
    return tuple(sorted(matches, key=lambda match: match.this))


def _same(last: Sequence[Sentence], this: Sequence[Sentence]) -> Iterable[Match]:
    """Yield what is word for word the same: first where the section is the same too, then elsewhere."""
    free: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(last):
        if sentence.key:
            free[sentence.key].append(number)
    waiting = list(range(len(this)))
    for anywhere in (False, True):
        left = []
        for number in waiting:
            places = free.get(this[number].key, [])
            place = next((n for n in places if anywhere or last[n].section is this[number].section), None)
            if place is None:
                left.append(number)
            else:
                places.remove(place)
                yield Match(place, number, Wording.SAME, 1.0)
        waiting = left


def _near(
    last: Sequence[Sentence],
    this: Sequence[Sentence],
    free_last: list[int],
    free_this: list[int],
    text_last: str,
    text_this: str,
) -> Iterable[tuple[float, Match]]:
    """Yield pairs that may be one sentence, with how good each is."""
    if not free_last or not free_this:
        return
    limits = table(_LEXICON)["wording"]
    both = bags([*(last[n].words for n in free_last), *(this[n].words for n in free_this)])
    numbers = range(len(free_last) + len(free_this))
    alike = both.alike(numbers[: len(free_last)], numbers[len(free_last) :])
    for row, column in np.argwhere(alike >= limits["candidate"]).tolist():
        one, other = last[free_last[row]], this[free_this[column]]
        if not 1 / 3 <= (len(one.words) + 1) / (len(other.words) + 1) <= 3:
            continue
        ratio, swaps = _compare(one, other, text_last, text_this)
        swapped = all(swap.kind is not SwapKind.WORDS for swap in swaps)
        if ratio >= (limits["swapped"] if swapped else limits["edited"]):
            wording = Wording.SWAPPED if swapped else Wording.EDITED
            place = _SAME_PLACE * (one.section is other.section)
            yield ratio + place, Match(free_last[row], free_this[column], wording, ratio, swaps)


def _compare(
    one: Sentence, other: Sentence, text_last: str, text_this: str
) -> tuple[float, tuple[Swap, ...]]:
    """Return the share of characters in common and what was swapped; figures count as in common."""
    tokens_last, spans_last = _tokens(text_last, one)
    tokens_this, spans_this = _tokens(text_this, other)
    blocks = SequenceMatcher(None, tokens_last, tokens_this, autojunk=False)
    swaps: list[Swap] = []
    common = 0
    for tag, low, high, begin, end in blocks.get_opcodes():
        if tag == "equal":
            common += high - low
            for here, there in zip(spans_last[low:high], spans_this[begin:end], strict=True):
                was, now = text_last[slice(*here)], text_this[slice(*there)]
                if was != now:
                    year = _YEAR.fullmatch(was) and _YEAR.fullmatch(now)
                    swaps.append(Swap(SwapKind.YEAR if year else SwapKind.FIGURE, here, there))
        else:
            here, there = (
                _stretch(spans_last, low, high, one.body),
                _stretch(spans_this, begin, end, other.body),
            )
            if not _SLIGHT.fullmatch(text_last[slice(*here)] + text_this[slice(*there)]):
                swaps.append(_kind_of(here, there, one, other, text_last, text_this))
    # Several pieces of one name give that name each time.
    return 2 * common / (len(tokens_last) + len(tokens_this) or 1), tuple(dict.fromkeys(swaps))


def _tokens(text: str, sentence: Sentence) -> tuple[list[str], list[Span]]:
    """Return the tokens of a sentence, all figures alike, and where they stand in the text."""
    found = list(_TOKEN.finditer(text, sentence.body, sentence.end))
    return (
        ["0" if _FIGURE.fullmatch(match.group()) else match.group() for match in found],
        [match.span() for match in found],
    )


def _stretch(spans: list[Span], low: int, high: int, start: int) -> Span:
    if low < high:
        return spans[low][0], spans[high - 1][1]
    edge = spans[low - 1][1] if low else start
    return edge, edge


def _kind_of(here: Span, there: Span, one: Sentence, other: Sentence, text_last: str, text_this: str) -> Swap:
    """Return a swap of words; one of names where both sides lie inside a name."""
    names = [
        _name_around(text, span, sentence)
        for text, span, sentence in ((text_last, here, one), (text_this, there, other))
    ]
    if names[0] is not None and names[1] is not None:
        return Swap(SwapKind.NAME, names[0], names[1])
    return Swap(SwapKind.WORDS, here, there)


def _name_around(text: str, span: Span, sentence: Sentence) -> Span | None:
    for match in either(_LEXICON, "name").finditer(text, sentence.body, sentence.end):
        if match.start() <= span[0] and span[1] <= match.end():
            return match.span()
    return None
