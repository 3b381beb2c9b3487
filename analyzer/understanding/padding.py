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
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from analyzer.language.layout import Layout, Ordinal
from analyzer.language.repair import Repaired
from analyzer.lexicons import either, table
from analyzer.result import Slot
from analyzer.understanding.slots import slot_pattern

Stretch = tuple[int, int]
_LEXICON = "padding.toml"
_NUMBER = re.compile(r"\d[\d.,]*")
_NOISE = re.compile(r"\W+")
_STAND_IN = re.compile(r"[XxＸ×＿_]|某|\.{3}|…")
_COMMAS = "，,、：:"


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


def find_padding(doc: Doc) -> tuple[Padding, ...]:
    """Return the padding of a text.

    Parameters
    ----------
    doc : Doc
        With ``doc._.layout`` and ``doc._.repaired``.
    """
    layout, repaired = doc._.layout, doc._.repaired
    copies = list(_copies(layout, repaired.text))
    again = {i for first, last, _ in copies for i in range(first, last + 1)}
    passages = [
        Padding(
            PaddingKind.PASSAGE,
            repaired.text[slice(*layout.sentences[first].tolist())],
            (repaired.source(int(layout.sentences[first, 0]), int(layout.sentences[last, 1])),),
        )
        for first, last, _ in copies
    ]
    return (*passages, *_clauses(layout, repaired, again), *_cues(layout, repaired, again))


def _copies(layout: Layout, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (first, last, original) of runs of sentences that follow each other as they did before."""
    limits = table(_LEXICON)["passage"]
    own = [_NOISE.sub("", text[start:end]) for start, end in layout.sentences.tolist()]
    seen: dict[str, int] = {}
    i = 0
    while i < len(own):
        j = seen.setdefault(own[i], i)
        run = 0
        while j + run < i and i + run < len(own) and own[i + run] == own[j + run]:
            run += 1
        if run >= limits["sentences"] and sum(map(len, own[i : i + run])) >= limits["letters"]:
            yield i, i + run - 1, j
            i += run
        else:
            i += 1


def _clauses(layout: Layout, repaired: Repaired, again: set[int]) -> Iterator[Padding]:
    """Yield the clauses with something to check that are tacked onto many sentences."""
    text, limits = repaired.text, table(_LEXICON)["clause"]
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for sentence, clause in _each_clause(layout, again):
        start, end = layout.clauses[clause].tolist()
        words = text[start + layout.ordinals[clause].length : end].rstrip("，。；！？、,.;!?")
        if len(words) >= limits["shortest"]:
            found[_NUMBER.sub("0", words)].append((sentence, clause))
    often = [entry for entry in found.values() if len(entry) >= limits["verbatim"]]
    kept = [entry for entry in often if _is_padding(entry, layout, text)]
    every = {clause for entry in kept for _, clause in entry}
    for entry in kept:
        start, end = layout.clauses[entry[0][1]].tolist()
        places = tuple(
            repaired.source(*_stretch(sentence, clause, layout, text, every)) for sentence, clause in entry
        )
        yield Padding(PaddingKind.CLAUSE, text[start:end].rstrip("，。；！？、,.;!?"), places)


def _each_clause(layout: Layout, again: set[int]) -> Iterator[tuple[int, int]]:
    """Yield (sentence, clause), those of copies left out."""
    bounds = layout.first_clause
    for sentence in range(len(layout.sentences)):
        if sentence not in again:
            for clause in range(int(bounds[sentence]), int(bounds[sentence + 1])):
                yield sentence, clause


def _is_padding(entry: Sequence[tuple[int, int]], layout: Layout, text: str) -> bool:
    """Whether a clause that comes back would count for the writer, and comes back too often to do so."""
    limits = table(_LEXICON)["clause"]
    wordings = [text[slice(*layout.clauses[clause].tolist())] for _, clause in entry]
    words = wordings[0]
    if _STAND_IN.search(words) or text[int(layout.clauses[entry[0][1], 0]) - 1] in "：:":
        return False  # a blank is a fault of its own; a form may give the same answer in many places
    sentences = sorted({sentence for sentence, _ in entry})
    if _has_figure(words) and (len(set(wordings)) == 1 or len(sentences) >= limits["often"]):
        return len(sentences) >= limits["verbatim"]
    if not any(slot_pattern(slot).search(words) for slot in (Slot.OWNER, Slot.DEADLINE, Slot.MECHANISM)):
        return False
    reach = sentences[-1] - sentences[0] + 1
    return len(sentences) >= limits["often"] and len(sentences) >= limits["share"] * reach


def _has_figure(words: str) -> bool:
    """Whether words give a figure that is no time."""
    return slot_pattern(Slot.METRIC).search(slot_pattern(Slot.DEADLINE).sub("", words)) is not None


def _stretch(sentence: int, clause: int, layout: Layout, text: str, every: set[int]) -> Stretch:
    """Return what to blank out so that the sentence reads as it did without a clause.

    The full stop stays with what is left; the comma before a run of padding that ends the sentence goes.
    """
    first, last = int(layout.first_clause[sentence]), int(layout.first_clause[sentence + 1]) - 1
    start, end = layout.clauses[clause].tolist()
    start += layout.ordinals[clause].length
    rest_is_padding = all(other in every for other in range(clause, last + 1))
    if not rest_is_padding:
        return start, end
    if clause > first and text[start - 1] in _COMMAS:
        start -= 1
    elif clause == first and not layout.ordinals[clause].length:
        return start, end  # the whole sentence
    if clause == last:
        end = start + len(text[start:end].rstrip("。；！？!?;"))
    return start, end


def _cues(layout: Layout, repaired: Repaired, again: set[int]) -> Iterator[Padding]:
    """Yield the cues of causes that open clause after clause of one problem."""
    text, cue = repaired.text, either(_LEXICON, "cue")
    if not cue.search(text):
        return
    opens = layout.opens_paragraph()
    items: list[list[Stretch]] = [[]]
    current = -1
    for sentence, clause in _each_clause(layout, again):
        start, end = layout.clauses[clause].tolist()
        first = sentence != current
        current = sentence
        if layout.ordinals[clause].kind is not Ordinal.NONE or (first and opens[sentence]):
            items.append([])
        if match := cue.match(text, start + layout.ordinals[clause].length, end):
            items[-1].append(match.span())
    beyond = [item for item in items if len(item) > 1]
    if sum(len(item) - 1 for item in beyond) >= table(_LEXICON)["cue_words"]["beyond_first"]:
        places = [place for item in items for place in item]
        yield Padding(
            PaddingKind.CUE,
            text[slice(*beyond[0][0])],
            tuple(repaired.source(*place) for place in places),
        )
