"""A Result as one self-contained page: no network, no script that the page does not name by its hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from analyzer.language import memory
from analyzer.rendering import labels, summary
from analyzer.rendering.assets import asset, content_hash, page
from analyzer.rendering.figures import radar
from analyzer.rendering.markup import Note, report
from analyzer.rendering.places import Piece, Places, quote, shorten
from analyzer.result import Dimension, DimensionScore, DutyItem, Finding, Problem, Result, Severity, losses
from analyzer.scoring.links import Links, links_of


@dataclass(frozen=True, slots=True)
class Card:
    """A finding in the margin; ``same_as`` is the number of an earlier one that says the same."""

    number: int
    finding: Finding
    place: str
    quotation: tuple[Piece, ...]
    same_as: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A dimension of the scorecard with what it lost and where."""

    score: DimensionScore
    lost: float
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A problem, what may be said of its links, and the words of its cause and of its measures.

    ``told_in`` says among what it is told in passing.
    """

    number: int
    problem: Problem
    links: Links
    place: str
    told_in: str
    title: str
    cause: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Track:
    """An item of the duties with the words of its party act and of its business result."""

    item: DutyItem
    place: str
    party: str
    business: str
    facts: tuple[tuple[str, str], ...]


def render_html(result: Result) -> str:
    """Return the page of one result.

    The page needs neither network nor script: with scripts off, every link still leads to its place.
    Its element ``#report`` holds ``result.text``, character for character, line breaks as line feeds.
    """
    style, script = asset("page.css"), asset("page.js")
    return page(
        "page.html",
        **values_of(result),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=content_hash(style),
        script_hash=content_hash(script),
    )


def values_of(result: Result) -> dict[str, Any]:
    """Return what ``page.html`` shows of a result."""
    places = Places(result.text, result.source.format)
    cards = cards_of(result, places)
    return {
        "labels": labels,
        "summary": summary,
        "result": result,
        "places": places,
        "shorten": shorten,
        "severities": [(s, sum(c.finding.severity is s for c in cards)) for s in Severity],
        "dimensions": [(d, sum(c.finding.dimension is d for c in cards)) for d in Dimension],
        "cards": cards,
        "rows": _rows(result, cards),
        "chains": chains_of(result, places),
        "tracks": _tracks(result, places),
        "own": result.analysis.personal or result.analysis.content,
        "shares": summary.shares(result),
        "praise_and_blame": _remarks(result, places),
        "radar": radar(result.scorecard.dimensions) if result.scorecard else None,
        "report": report(result, places, _notes(cards)),
    }


def _remarks(result: Result, places: Places) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Return the strengths and the main faults: class, heading, remarks with where their words stand."""
    if result.advice is None:
        return ()
    groups = (
        ("strengths", "可取之处", result.advice.strengths),
        ("faults", "主要不足", result.advice.faults),
    )
    return tuple(
        (
            kind,
            heading,
            tuple(
                (remark.text, "、".join(places.name(*span) for span in remark.spans)) for remark in remarks
            ),
        )
        for kind, heading, remarks in groups
        if remarks
    )


def cards_of(result: Result, places: Places) -> tuple[Card, ...]:
    """Return the findings in order of place, numbered from 1."""
    findings = summary.by_place(result.findings)
    first: dict[str, int] = {}
    return tuple(
        Card(
            number,
            finding,
            places.name(finding.start, finding.end),
            quotation,
            same if (same := first.setdefault(said, number)) != number else None,
        )
        for number, (finding, quotation, said) in enumerate(
            zip(findings, _quotations(findings, places), _sayings(findings), strict=True), 1
        )
    )


def _sayings(findings: Sequence[Finding]) -> list[str]:
    """Return of each finding what tells whether it says the same as another."""
    words = [(each.rule, each.message, each.suggestion, each.evidence) for each in findings]
    return memory.each("saying", words, lambda some: (summary.saying(findings[place]) for place in some))


def _quotations(findings: Sequence[Finding], places: Places) -> list[tuple[Piece, ...]]:
    """Return each finding's words with those around them, empty where it is about no words."""
    words = []
    for finding in findings:
        start, end = places.sentence(finding.start)
        low, high = min(start, finding.start), max(end, finding.end)
        words.append((places.text[low:high], start - low, end - low, finding.start - low, finding.end - low))
    return memory.each("quotation", words, lambda some: (_quotation(*words[place]) for place in some))


def _quotation(text: str, start: int, end: int, low: int, high: int) -> tuple[Piece, ...]:
    """Return the words ``[low, high)`` with those around them in their sentence ``[start, end)``."""
    return quote(text, [(low, high)], (start, end), around=14) if high > low else ()


def _rows(result: Result, cards: Sequence[Card]) -> tuple[_Row, ...]:
    if result.scorecard is None:
        return ()
    lost = losses(result.findings)
    return tuple(
        _Row(row, lost[row.id], tuple(card for card in cards if card.finding.dimension is row.id))
        for row in result.scorecard.dimensions
    )


def chains_of(result: Result, places: Places) -> tuple[Chain, ...]:
    """Return the problems in order, numbered from 1."""
    text = result.text
    return tuple(
        Chain(
            number,
            problem,
            links,
            places.name(problem.start, problem.end),
            summary.told_in(result, problem),
            problem.title or shorten(text[problem.start : problem.end], 30),
            shorten(text[problem.cause.start : problem.cause.end], 80)
            if problem.cause.start is not None
            else "",
            tuple(shorten(text[start:end], 60) for start, end in problem.remedy.spans),
        )
        for number, (problem, links) in enumerate(
            zip(result.analysis.problems, links_of(result), strict=True), 1
        )
    )


def _tracks(result: Result, places: Places) -> tuple[_Track, ...]:
    def words(span: tuple[int, int] | None, limit: int) -> str:
        return shorten(result.text[span[0] : span[1]].rstrip("，；。、 "), limit) if span else ""

    return tuple(
        _Track(
            item,
            places.name(item.start, item.end),
            words(item.party, 60),
            words(item.business, 60),
            tuple(
                (name, words(span, 20))
                for name, span in (("谁", item.actor), ("办法", item.mechanism), ("数", item.figure))
                if span
            ),
        )
        for item in result.analysis.integration
    )


def _notes(cards: Sequence[Card]) -> list[Note]:
    return [
        Note(
            card.number,
            card.finding.start,
            card.finding.end,
            card.finding.severity.value,
            f"意见 {card.number}，{labels.SEVERITY[card.finding.severity]}，"
            f"{labels.DIMENSION[card.finding.dimension]}",
        )
        for card in cards
    ]
