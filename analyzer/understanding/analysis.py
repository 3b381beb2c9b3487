"""Draft to Analysis: what the components found, with offsets into the text as read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise

from analyzer.language.laid_out import AnyDoc
from analyzer.language.memory import stretches
from analyzer.language.repair import Repaired
from analyzer.result import (
    Analysis,
    Cause,
    DutyItem,
    Problem,
    Remedy,
    RemedyStatus,
    Section,
    Span,
    TwoSkins,
)
from analyzer.understanding.checkable import places
from analyzer.understanding.content import content
from analyzer.understanding.personal import personal
from analyzer.understanding.questions import Draft
from analyzer.understanding.remedies import RemedyReading
from analyzer.understanding.slots import filled
from analyzer.understanding.structure import Context
from analyzer.understanding.ties import Tie
from analyzer.understanding.titles import title

_DIGITS = 3
_LONGEST_STAND_IN = 16  # characters


def analysis_of(doc: AnyDoc, text: str) -> Analysis:
    """Return the analysis of a Doc that the components have answered.

    Parameters
    ----------
    doc : AnyDoc
        With ``doc._.draft`` and ``doc._.repaired``.
    text : str
        The text as read, which the offsets of the analysis are into.
    """
    draft: Draft = doc._.draft
    source = _source(doc)
    sections = _sections(doc, text)
    blanks = tuple(_stand_in(*source(p.start, p.end), p.confidence) for p in draft.placeholders)
    figures = stretches("figure", draft.context.text, partial(places, "figure"))
    return Analysis(
        sections=sections,
        problems=_problems(doc),
        two_skins=tuple(
            TwoSkins(*source(m.start, m.end), m.stance, round(m.confidence, _DIGITS)) for m in draft.two_skins
        ),
        siloed=draft.integration.level if draft.integration else None,
        placeholders=blanks,
        vague=tuple(Span(*source(v.start, v.end), round(v.confidence, _DIGITS)) for v in draft.vague),
        integration=duty_items(draft.integration.ties if draft.integration else (), draft.context, source),
        personal=personal(doc, sections, figures),
        content=content(doc, text, sections, blanks, figures),
    )


def _source(doc: AnyDoc) -> Callable[[int, int], tuple[int, int]]:
    repaired: Repaired = doc._.repaired
    return repaired.source


def _stand_in(start: int, end: int, confidence: float) -> Span:
    """Return a stand-in, cut to what is shown of a long one: stray spaces make it longer in the source."""
    return Span(start, min(end, start + _LONGEST_STAND_IN), round(confidence, _DIGITS))


def _sections(doc: AnyDoc, text: str) -> tuple[Section, ...]:
    """Return sections that leave nothing but white space between them."""
    draft: Draft = doc._.draft
    source, spans = _source(doc), draft.context.layout.sentences
    starts = [source(*spans[run.first])[0] for run in draft.sections.runs]
    if starts:
        starts[0] = len(text) - len(text.lstrip())
    sections = []
    for run, (start, stop) in zip(draft.sections.runs, pairwise([*starts, len(text)]), strict=True):
        heading = None
        if run.heading >= 0:
            a, b = source(*spans[run.heading])
            heading = text[a:b]
        end = start + len(text[start:stop].rstrip())
        sections.append(Section(run.type, start, end, heading, round(run.confidence, _DIGITS)))
    return tuple(sections)


def _problems(doc: AnyDoc) -> tuple[Problem, ...]:
    draft: Draft = doc._.draft
    source, context = _source(doc), draft.context
    clauses = context.layout.clauses
    blanks = [(blank.start, blank.end) for blank in draft.placeholders]
    problems = []
    for item, cause, remedy in zip(draft.items, draft.causes, draft.remedies, strict=True):
        start = end = None
        if cause.first is not None and cause.last is not None:
            start, end = source(clauses[cause.first, 0], clauses[cause.last, 1])
        problems.append(
            Problem(
                *source(clauses[item.first, 0], clauses[item.last, 1]),
                title(context, item),
                Cause(cause.status, cause.kind, start, end, round(cause.confidence, _DIGITS)),
                _remedy(context, remedy, blanks, source),
                round(item.confidence, _DIGITS),
                item.in_passing,
            )
        )
    return tuple(problems)


def _remedy(
    context: Context,
    remedy: RemedyReading,
    blanks: Sequence[tuple[int, int]],
    source: Callable[[int, int], tuple[int, int]],
) -> Remedy:
    if remedy.status is RemedyStatus.NONE:
        return Remedy(remedy.status, (), round(remedy.confidence, _DIGITS))
    spans = context.layout.sentences[list(remedy.sentences)].tolist()
    return Remedy(
        remedy.status,
        tuple(source(*span) for span in spans),
        round(remedy.confidence, _DIGITS),
        *filled(context.text, spans, blanks, source),
    )


def duty_items(
    ties: Iterable[Tie], context: Context, source: Callable[[int, int], tuple[int, int]]
) -> tuple[DutyItem, ...]:
    """Return the items of the duties with their places in the text as read."""
    spans = context.layout.sentences

    def place(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if span is None else source(*span)

    return tuple(
        DutyItem(
            *source(spans[tie.first, 0], spans[tie.last, 1]),
            tie.title,
            tie.link,
            *map(place, (tie.party, tie.business, tie.actor, tie.mechanism, tie.figure)),
        )
        for tie in ties
    )
