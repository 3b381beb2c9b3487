"""What the HanLP components learn from: windows of annotated reports and the stretches marked in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from analyzer.language.segmentation import segmenter
from analyzer.language.tags import coarse
from analyzer.language.windows import Stretch, Window, characters
from analyzer.lexicons import either
from analyzer.training.corpus import GoldReport

_CHECKABLE = ("date", "figure", "owner", "mechanism")
_LEAST_SEEN = 2  # rarer characters train the unknown one
_UNKNOWN = "<unk>"  # as HanLP's vocabularies name it


class Marked(NamedTuple):
    """A window and the stretches to be found in it; offsets are into the repaired text."""

    window: Window
    text: str
    spans: list[Stretch]


def cause_and_measure(report: GoldReport) -> list[Stretch]:
    """Return the causes and the measures of a report.

    A cause is the annotation's quote.  A measure is a run of clauses with something checkable in a sentence
    that, by the annotation, answers a problem specifically: the sentence is the annotators', the clauses
    are the lexicon's.
    """
    found = [*_causes(report), *_measures(report)]
    kept: list[Stretch] = []
    for span in sorted(set(found)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _causes(report: GoldReport) -> Iterable[Stretch]:
    offsets = report.doc._.repaired.offsets
    for problem in report.gold["problems"]:
        places = (report.quote_span(number, problem["cause_quote"]) for number in problem["cause_sents"])
        place = next((span for span in places if span), None)
        if place:
            start, end = np.searchsorted(offsets, place).tolist()
            yield Stretch(start, end, "CAUSE")


def _measures(report: GoldReport) -> Iterable[Stretch]:
    context = report.context
    checkable = [either("checkable.toml", name) for name in _CHECKABLE]
    answers = {
        number
        for problem in report.gold["problems"]
        if problem["remedy"] == "specific"
        for number in problem["remedy_sents"]
    }
    first, last = report.raw_numbers(context.layout.clauses)
    chosen = [
        c
        for c in range(len(first))
        if not answers.isdisjoint(range(first[c], last[c] + 1))
        and any(pattern.search(context.clause_text(c, c)) for pattern in checkable)
    ]
    sentence = context.sentence_of_clause
    runs: list[list[int]] = []
    for c in chosen:
        if runs and runs[-1][-1] == c - 1 and sentence[c - 1] == sentence[c]:
            runs[-1].append(c)
        else:
            runs.append([c])
    for run in runs:
        start, end = int(context.layout.clauses[run[0], 0]), int(context.layout.clauses[run[-1], 1])
        yield Stretch(start, start + len(context.text[start:end].rstrip("，。；：！？ ")), "MEASURE")


def words(report: GoldReport) -> list[Stretch]:
    """Return jieba's words of a report, line breaks left out, with coarse tags."""
    found, position = [], 0
    for word, tag in segmenter().tag(report.context.text):
        if word.strip():
            found.append(Stretch(position, position + len(word), coarse(tag)))
        position += len(word)
    return found


def marked(text: str, places: Sequence[Window], spans: Sequence[Stretch]) -> list[Marked]:
    """Return places of a text with the stretches that lie within each; these must be in order."""
    starts = [span.start for span in spans]
    made = []
    for place in places:
        inside = spans[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        made.append(Marked(place, text[place.start : place.end], [s for s in inside if s.end <= place.end]))
    return made


def samples(examples: Iterable[Marked], known: Counter[str] | None = None) -> list[dict[str, Any]]:
    """Return examples as HanLP's tagging data set takes them: symbols and BIO tags.

    Parameters
    ----------
    examples : iterable of Marked
    known : Counter of str, optional
        How often each symbol occurs in training; rare ones become the unknown one.
    """
    made = []
    for window, text, spans in examples:
        symbols = characters(window.lead + text)
        if known is not None:
            symbols = [symbol if known[symbol] >= _LEAST_SEEN else _UNKNOWN for symbol in symbols]
        tags = ["O"] * len(symbols)
        for start, end, label in spans:
            at = len(window.lead) + start - window.start
            tags[at : at + end - start] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        made.append({"token": symbols, "tag": tags})
    return made


def symbols_of(examples: Iterable[Marked]) -> Counter[str]:
    """Return how often each symbol occurs."""
    return Counter(symbol for window, text, _ in examples for symbol in characters(window.lead + text))
