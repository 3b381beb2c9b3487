"""Padding: words that stand again and again where they say nothing.

Three kinds are found by comparing the report with itself, so no list of empty words is needed: a clause
that holds something to check (a figure, an owner, a time) tacked onto sentence after sentence; the cue of
a cause at the head of clause after clause of one problem; a passage that stands twice.  Only what would
count *for* the writer is padding.  A claim without a fact that comes back, or a blank, is a fault where it
stands and stays there.

`analyzer.pipeline` blanks padding out and reads the report without it, so that nothing is earned by it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from analyzer.language.laid_out import AnyDoc
from analyzer.language.layout import Layout
from analyzer.language.memory import by_line
from analyzer.language.repair import Repaired
from analyzer.lexicons import either, table
from analyzer.result import CauseStatus, Slot
from analyzer.understanding.slots import slot_pattern

Stretch = tuple[int, int]
_LEXICON = "padding.toml"
_NUMBER = re.compile(r"\d[\d.,]*")
_STAND_IN = re.compile(r"[XxＸ×＿_]|某|\.{3}|…")
_COMMAS = "，,、"
_MARKS = "，。；！？：、,.;!?:"
_BREAKS = re.compile("[，。！？；：,!?;\n]+")
_SENTENCE = re.compile("[。！？；\n]")


class PaddingKind(StrEnum):
    """What came back."""

    CLAUSE = "clause"
    CUE = "cue"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Padding:
    """Words that stand too often.

    Parameters
    ----------
    kind : PaddingKind
    words : str
        What came back; of a passage its beginning.
    places : tuple of (int, int)
        What is blanked out, as offsets into the text as read: every place of a clause or cue, of a passage
        only the copy.
    """

    kind: PaddingKind
    words: str
    places: tuple[Stretch, ...]


def find_padding(doc: AnyDoc) -> tuple[Padding, ...]:
    """Return the padding of a text.

    Parameters
    ----------
    doc : AnyDoc
        With ``doc._.layout`` and ``doc._.repaired``.
    """
    repaired: Repaired = doc._.repaired
    text = repaired.text
    spans = doc._.layout.sentences.tolist()
    copies = list(_copies([text[start:end] for start, end in spans]))
    tacked, cued = _may_be_tacked(text), _may_be_cued(text)
    if not (copies or tacked or cued):
        return ()
    again = {i for first, last in copies for i in range(first, last + 1)}
    clauses = [clause for clause in _clauses(doc._.layout, text) if clause.sentence not in again]
    found = [
        *((PaddingKind.PASSAGE, [(spans[first][0], spans[last][1])]) for first, last in copies),
        *((PaddingKind.CLAUSE, places) for places in (_tacked(clauses, text) if tacked else ())),
        *((PaddingKind.CUE, places) for places in (_cues(clauses, text, _explained(doc)) if cued else ())),
    ]
    return tuple(
        Padding(kind, _shown(text, places[0]), tuple(repaired.source(*place) for place in places))
        for kind, places in found
    )


def _may_be_tacked(text: str) -> bool:
    """Whether a clause comes back at all: a cheap look that spares most reports the closer one."""
    limits = table(_LEXICON)["clause"]

    def clauses(part: str) -> list[str]:
        return [c for c in _BREAKS.split(_NUMBER.sub("0", part)) if len(c) >= limits["shortest"]]

    counts = Counter(chain.from_iterable(some for _, some in by_line("bare clauses", text, clauses)))
    return max(counts.values(), default=0) >= int(limits["verbatim"])


def _may_be_cued(text: str) -> bool:
    """Whether a text has as many cues as could be too many."""
    limits = table(_LEXICON)
    least: int = min(limits["cue_words"]["beyond_first"] + 1, limits["cue_words"]["unfit_of"])
    return sum(map(text.count, limits["hints"])) >= least


def _shown(text: str, place: Stretch) -> str:
    """Return the beginning of what came back, as a reader would quote it."""
    return _SENTENCE.split(text[slice(*place)].strip(_MARKS + "\n"), maxsplit=1)[0]


class _Clause(NamedTuple):
    """A clause, without its ordinal and the marks that end it."""

    sentence: int
    start: int
    end: int  # marks left out
    stop: int  # marks included
    first: bool  # of its sentence
    last: bool
    opens: bool  # an item: an ordinal, or the beginning of a paragraph
    words: str


def _clauses(layout: Layout, text: str) -> Iterator[_Clause]:
    bounds, opens = layout.first_clause.tolist(), layout.opens_paragraph.tolist()
    spans = layout.clauses.tolist()
    for sentence, (low, high) in enumerate(pairwise(bounds)):
        for clause in range(low, high):
            start, stop = spans[clause]
            length = layout.ordinals[clause].length
            start += length
            words = text[start:stop].rstrip(_MARKS)
            first = clause == low
            yield _Clause(
                sentence,
                start,
                start + len(words),
                stop,
                first and not length,
                clause == high - 1,
                bool(length) or (first and opens[sentence]),
                words,
            )


def _copies(own: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of runs of sentences that follow each other as they did before."""
    if len(set(own)) == len(own):  # most reports say nothing twice
        return
    limits = table(_LEXICON)["passage"]
    seen: dict[str, int] = {}
    i = 0
    while i < len(own):
        j = seen.setdefault(own[i], i)
        run = 0
        while j + run < i and i + run < len(own) and own[i + run] == own[j + run]:
            run += 1
        letters = sum(map(len, own[i : i + run]))
        at_once = run > 0 and j + run == i  # straight after the first
        if letters >= limits["letters"] and run >= (1 if at_once else limits["sentences"]):
            yield i, i + run - 1
        i += max(1, run)


def _tacked(clauses: Sequence[_Clause], text: str) -> Iterator[list[Stretch]]:
    """Yield the places of each clause with something to check that is tacked onto many sentences."""
    limits = table(_LEXICON)["clause"]
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(clauses):
        if len(clause.words) >= limits["shortest"]:
            found[_NUMBER.sub("0", clause.words)].append(number)
    often = [entry for entry in found.values() if len(entry) >= limits["verbatim"]]
    together = {number for entry in often for number in entry}
    kept = [
        entry for entry in often if _is_padding([clauses[n] for n in entry], text, _paired(entry, together))
    ]
    every = {number for entry in kept for number in entry}
    for entry in kept:
        yield [_stretch(clauses, number, text, every) for number in entry]


def _paired(entry: Sequence[int], together: set[int]) -> bool:
    """Whether a clause always comes back beside another one that comes back."""
    return all(number - 1 in together or number + 1 in together for number in entry)


def _is_padding(entry: Sequence[_Clause], text: str, paired: bool) -> bool:
    """Whether a clause that comes back would count for the writer, and comes back too often to do so."""
    limits = table(_LEXICON)["clause"]
    words = entry[0].words
    labels = "：:"  # a form may give the same answer in many places
    if text[entry[0].start - 1] in labels or text[entry[0].stop - 1] in labels or _STAND_IN.search(words):
        return False  # a blank is a fault of its own
    verbatim = len({clause.words for clause in entry}) == 1
    sentences = sorted({clause.sentence for clause in entry})
    least = limits["verbatim"] if verbatim and (paired or _has_figure(words)) else limits["often"]
    if len(sentences) < least:
        return False
    if _has_figure(words) or (verbatim and paired and len(sentences) >= limits["often"]):
        return True
    reach = sentences[-1] - sentences[0] + 1
    return len(sentences) >= limits["share"] * reach and any(
        slot_pattern(slot).search(words) for slot in (Slot.OWNER, Slot.DEADLINE, Slot.MECHANISM)
    )


def _has_figure(words: str) -> bool:
    """Whether words give a figure that is no time."""
    return slot_pattern(Slot.METRIC).search(slot_pattern(Slot.DEADLINE).sub("", words)) is not None


def _stretch(clauses: Sequence[_Clause], number: int, text: str, every: set[int]) -> Stretch:
    """Return what to blank out so that the sentence reads as it did without a clause.

    The full stop stays with what is left; the comma before a run of padding that ends the sentence goes.
    """
    clause, end = clauses[number], number
    while end in every and not clauses[end].last:
        end += 1
    if end not in every or clause.first:
        return clause.start, clause.stop
    start = clause.start - (text[clause.start - 1] in _COMMAS)
    return start, clause.end if clause.last else clause.stop


def _explained(doc: AnyDoc) -> Sequence[tuple[int, int, bool]]:
    """Return (start, end, whether its cause is told) of the problems; none where no model was asked."""
    draft = doc._.draft
    if draft is None:
        return ()
    spans = doc._.layout.clauses.tolist()
    return [
        (spans[item.first][0], spans[item.last][1], cause.status is CauseStatus.EXPLICIT)
        for item, cause in zip(draft.items, draft.causes, strict=True)
    ]


def _cues(
    clauses: Sequence[_Clause], text: str, explained: Sequence[tuple[int, int, bool]]
) -> Iterator[list[Stretch]]:
    """Yield the places of the cues of causes where they are strewn over the text.

    They are where one problem has several, where one is followed by words that no cause begins with, and
    where problem after problem has the same one in the middle of a sentence but hardly any tells its cause.
    """
    cue, misfit, limits = either(_LEXICON, "cue"), either(_LEXICON, "misfit"), table(_LEXICON)["cue_words"]
    found: list[Stretch] = []
    beyond = inside = unfit = 0
    fresh = True  # no cue yet in this item
    for clause in clauses:
        fresh |= clause.opens
        if match := cue.match(text, clause.start, clause.end):
            found.append(match.span())
            beyond += not fresh
            inside += not clause.first and not clause.opens
            unfit += misfit.match(text, match.end(), clause.end) is not None
            fresh = False
    cued = [told for start, end, told in explained if any(start <= at < end for at, _ in found)]
    hollow = len({text[slice(*place)] for place in found}) == 1 and inside >= limits["inside"]
    if (
        beyond >= limits["beyond_first"]
        or (unfit and len(found) >= limits["unfit_of"])
        or (hollow and cued and sum(cued) <= limits["told"] * len(cued))
    ):
        yield found
