"""Ties: item by item of the duties, whether a party act is tied to a business result, and by what.

The items are those of the duties' own headings and numbers, or its paragraphs.  In each, clauses that name
somebody of the party and what they did beyond the party's own life are looked for, and clauses that name a
result of business; where a result stands in the same sentence or the next, the two are tied.

Source: DOMAIN §2.E lzp_structural and lzp_label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from analyzer.language.layout import Ordinal
from analyzer.language.memory import each
from analyzer.lexicons import pattern, patterns
from analyzer.result import Link, SectionType
from analyzer.understanding.linear import Ints
from analyzer.understanding.sides import BUSINESS, JOINING, PARTY
from analyzer.understanding.slots import Stretch, first_figure
from analyzer.understanding.structure import Context

_LEXICON = "integration.toml"
_DUTIES = (SectionType.DUTIES, SectionType.RECTIFICATION)
_LISTED = (Ordinal.CHAPTER, Ordinal.SECTION, Ordinal.NUMBER)
_HEADING_LENGTH = 40
_TITLE_LENGTH = 30
_NUMERAL = re.compile("[0-9一二两三四五六七八九十百半]")
_REACH = 2  # sentences
_BACK = 20  # characters before a sentence, more than any cue looks back at
_STOPS = "。！？；"


@dataclass(frozen=True, slots=True)
class Tie:
    """An item of the duties, ``first`` to ``last`` sentence inclusive; spans are of the repaired text."""

    first: int
    last: int
    title: str
    link: Link
    party: Stretch | None = None
    business: Stretch | None = None
    actor: Stretch | None = None
    mechanism: Stretch | None = None
    figure: Stretch | None = None


def duty_sentences(types: Sequence[str]) -> Ints:
    """Return the sentences that tell what was done."""
    return np.flatnonzero([kind in _DUTIES for kind in types])


def find_ties(context: Context, types: Sequence[str]) -> list[Tie]:
    """Return the items of the duties in order, given the section type of each sentence."""
    sentences = duty_sentences(types)
    told = [i for i in sentences.tolist() if not _is_heading(context, i)]
    words = [_words(context, i) for i in told]  # all that decides on what a sentence holds
    held = each("ties", words, lambda some: (_look(context, told[k], words[k][2:]) for k in some))
    by_sentence = dict(zip(told, held, strict=True))
    return [
        _read(context, first, last, by_sentence)
        for run in _runs(sentences)
        for first, last in _items(context, run)
    ]


def _runs(sentences: Ints) -> list[Ints]:
    return [run for run in np.split(sentences, np.flatnonzero(np.diff(sentences) > 1) + 1) if len(run)]


def _items(context: Context, run: Ints) -> Iterator[tuple[int, int]]:
    """Yield first and last sentence of each item of a run; headings over items of their own are none."""
    stop = int(run[-1]) + 1
    starts = [i for i in run.tolist() if _is_listed(context, i)]
    if sum(not _is_bare(context, *edges) for edges in pairwise([*starts, stop])) < 2:
        starts = [i for i in run.tolist() if i == run[0] or _opens(context, i)]
    if len(starts) == 1:
        spoken = [i for i in run.tolist() if context.layout.sentence_ordinals[i].kind is Ordinal.SPOKEN]
        starts = spoken if len(spoken) >= 2 else starts
    if starts[0] != run[0]:
        starts = [int(run[0]), *starts]
    for first, following in pairwise([*starts, stop]):
        if not _is_bare(context, first, following):
            yield first, following - 1


def _opens(context: Context, i: int) -> bool:
    """Whether a sentence opens a paragraph."""
    paragraph = context.layout.paragraph
    return i == 0 or paragraph.item(i) != paragraph.item(i - 1)


def _is_listed(context: Context, i: int) -> bool:
    """Whether a sentence opens a paragraph as a heading or with a number of a list."""
    return _opens(context, i) and (
        context.heading.item(i) == i or context.layout.sentence_ordinals[i].kind in _LISTED
    )


def _is_heading(context: Context, i: int) -> bool:
    start, end = context.layout.sentences.item(i, 0), context.layout.sentences.item(i, 1)
    return end - start <= _HEADING_LENGTH and (
        context.text[end - 1] not in _STOPS or context.heading.item(i) == i
    )


def _is_bare(context: Context, first: int, stop: int) -> bool:
    """Whether sentences are nothing but headings."""
    return all(_is_heading(context, i) for i in range(first, stop))


@dataclass(slots=True)
class _Held:
    """What the clauses of a sentence hold; places are counted from where the sentence begins."""

    act: Stretch | None = None
    actor: Stretch | None = None
    result: Stretch | None = None
    figure: Stretch | None = None
    claim: Stretch | None = None
    parties: list[Stretch] = field(default_factory=list)
    businesses: list[Stretch] = field(default_factory=list)


@dataclass
class _Found:
    """What the clauses of one item hold, by sentence."""

    acts: dict[int, Stretch] = field(default_factory=dict)
    actors: dict[int, Stretch] = field(default_factory=dict)
    results: dict[int, Stretch] = field(default_factory=dict)
    figures: dict[int, Stretch] = field(default_factory=dict)
    claims: dict[int, Stretch] = field(default_factory=dict)
    parties: list[Stretch] = field(default_factory=list)
    businesses: list[Stretch] = field(default_factory=list)
    claims_on_business: bool = False


def _read(context: Context, first: int, last: int, by_sentence: Mapping[int, _Held]) -> Tie:
    """Return what an item is, given what the sentences hold that are no headings."""
    found = _Found()
    for i in range(first, last + 1):
        if i in by_sentence:
            _note(context, i, by_sentence[i], found)
    title = _title(context, first)
    # A result stands in the sentence of the act or soon after; before the act it is none of its.
    pairs = [(i, j) for i in found.acts for j in range(i, i + _REACH + 1) if j in found.results]
    pairs.sort(key=lambda pair: (pair[1] not in found.figures, pair[0] != pair[1], pair))
    if pairs:
        act, result = pairs[0]
        span = (found.acts[act][0], max(found.acts[act][1], found.results[result][1]))
        return Tie(
            first,
            last,
            title,
            Link.TIED,
            found.acts[act],
            found.results[result],
            found.actors[act],
            _device(context, span),
            found.figures.get(result),
        )
    business = next(iter(found.results.values()), None) or next(iter(found.businesses), None)
    claim = next(iter(found.claims.values()), None) or next(iter(found.acts.values()), None)
    figure = next(iter(found.figures.values()), None)
    if claim and (business or found.claims_on_business):
        return Tie(
            first,
            last,
            title,
            Link.CLAIMED,
            claim,
            business,
            next(iter(found.actors.values()), None),
            _device(context, claim),
            figure,
        )
    if found.parties and len(found.parties) >= len(found.businesses):
        return Tie(first, last, title, Link.PARTY, party=found.parties[0])
    if business:
        return Tie(first, last, title, Link.BUSINESS, business=business, figure=figure)
    return Tie(first, last, title, Link.OTHER)


def _words(context: Context, i: int) -> tuple[str, ...]:
    """Return what stands before a sentence, the sentence, and its clauses with their sides as symbols."""
    (start, end), sides = context.layout.sentences[i].tolist(), context.sides
    first, stop = context.layout.first_clause[i : i + 2].tolist()
    marks = [sides.text[low:high] for low, high in sides.clauses[first:stop].tolist()]
    return context.text[max(0, start - _BACK) : start], context.text[start:end], *marks


def _note(context: Context, i: int, held: _Held, found: _Found) -> None:
    """Note what a sentence holds."""
    begin = int(context.layout.sentences[i, 0])

    def moved(span: Stretch) -> Stretch:
        return span[0] + begin, span[1] + begin

    for span, noted in (
        (held.act, found.acts),
        (held.actor, found.actors),
        (held.result, found.results),
        (held.figure, found.figures),
        (held.claim, found.claims),
    ):
        if span:
            noted[i] = moved(span)
    found.parties += map(moved, held.parties)
    found.businesses += map(moved, held.businesses)
    found.claims_on_business |= held.claim is not None and BUSINESS in context.sides.sentence_texts[i]


def _look(context: Context, i: int, marks: Sequence[str]) -> _Held:
    """Return what the clauses of a sentence hold, given them with their sides as symbols."""
    cues = patterns(_LEXICON)
    text, layout, held = context.text, context.layout, _Held()
    begin = int(layout.sentences[i, 0])
    first, stop = layout.first_clause[i : i + 2].tolist()
    clauses: list[Stretch] = [(start, end) for start, end in layout.clauses[first:stop].tolist()]
    has_party = any(PARTY in marked for marked in marks)
    is_inward = bool(cues["inward"].search(text, clauses[0][0], clauses[-1][1]))
    for number, (clause, marked) in enumerate(zip(clauses, marks, strict=True)):
        own = clause[0] - begin, clause[1] - begin
        inward = is_inward and bool(cues["inward"].search(text, *clause))
        actor = cues["party_actor"].search(text, *clause) if PARTY in marked else None
        if actor and not inward and not held.act:
            following = clauses[min(number + 1, len(clauses) - 1)]
            if cues["party_act"].search(text, actor.start(), following[1]):
                held.act, held.actor = own, (actor.start() - begin, actor.end() - begin)
        if has_party and not held.claim and (JOINING in marked or cues["claim"].search(text, *clause)):
            held.claim = own
        if inward or PARTY in marked:
            held.parties.append(own)
        if not inward and (actor or PARTY not in marked):
            _note_result(text, clause, begin, held, BUSINESS in marked)
    return held


def _note_result(text: str, clause: Stretch, begin: int, held: _Held, on_business: bool) -> None:
    """Note whether a clause is about business, and whether it names a result."""
    cues = patterns(_LEXICON)
    own = clause[0] - begin, clause[1] - begin
    before = cues["before"].search(text, *clause)
    now = (before.end() if before else clause[0], clause[1])  # of 由12天缩短到7天, the 7
    figure = first_figure(text, now) if _NUMERAL.search(text, *now) else None
    if on_business or figure:
        held.businesses.append(own)
    named = not figure and cues["named_result"].search(text, *clause)
    if not (named or (figure and cues["result"].search(text, *clause))):
        return
    if cues["vague_effect"].search(text, *clause) or cues["masked"].search(text, *clause):
        return
    if figure and not held.figure:
        held.result, held.figure = own, (figure[0] - begin, figure[1] - begin)
    elif not held.result:
        held.result = own


def _device(context: Context, span: Stretch) -> Stretch | None:
    match = patterns(_LEXICON)["device"].search(context.text, *span)
    return match.span() if match else None


def _title(context: Context, sentence: int) -> str:
    """Return the words that name an item: its heading, or its first clause, without number and final mark."""
    layout = context.layout
    mark = layout.sentence_ordinals[sentence]
    start, end = layout.sentences[sentence].tolist()
    if not _is_heading(context, sentence):
        end = int(layout.clauses[layout.first_clause[sentence], 1])
    words = context.text[start + mark.length : end].lstrip("，：、 ●■◆-")
    if mark.length and (counted := pattern("titles.toml", "counted").match(words)):
        words = words[counted.end() :]
    name = re.sub(r"(?<![，。；：！？])[，。；：！？]++$", "", words)
    return name if len(name) <= _TITLE_LENGTH else name[: _TITLE_LENGTH - 1] + "…"
