"""What the writers' page shows of a Result, in words: the page's scripts only lay it out."""

from __future__ import annotations

from typing import Any, Final

from analyzer.rendering import labels, summary
from analyzer.rendering.html import Card, Chain, cards_of, chains_of
from analyzer.rendering.places import Places, shorten
from analyzer.result import Dimension, Finding, Result, losses
from analyzer.rules.base import Family
from analyzer.rules.catalogue import rule, rule_title
from analyzer.rules.letting_stand import ignoring
from analyzer.scoring.links import UNSURE

# What a writer does next, in the order in which it is best done.
STEPS: Final = {"data": "先补数据", "causes": "再挖原因", "measures": "再配措施", "rest": "其他"}
_STEP_OF_FAMILY: Final = {
    Family.PLACEHOLDERS: "data",
    Family.FACTS: "data",
    Family.CAUSES: "causes",
    Family.REMEDIES: "measures",
}
_STEP_OF_DIMENSION: Final = {
    Dimension.FACTS: "data",
    Dimension.CAUSES: "causes",
    Dimension.REMEDIES: "measures",
}
_STEP_OF_GATE: Final = {"gate-open-blanks": "data", "gate-no-causes": "causes"}


def view(result: Result) -> dict[str, Any]:
    """Return what the page shows; offsets are code points into ``result.text``."""
    places = Places(result.text, result.source.format)
    cards = cards_of(result, places)
    said = dict(zip(result.findings, ignoring(result.text, result.findings), strict=True))
    return {
        "score": _score(result),
        "abstained": result.abstained.message if result.abstained else None,
        "verdict": summary.verdict(result),
        "profile": summary.profile(result),
        "notices": list(summary.notices(result)),
        "vetoes": [summary.veto(gate) for gate in (result.scorecard.vetoes if result.scorecard else ())],
        "rows": _rows(result, cards),
        "findings": [_finding(card, said[card.finding]) for card in cards],
        "suppressed": [
            {
                **_named(each.finding),
                "reason": each.reason,
                "start": each.finding.start,
                "end": each.finding.end,
            }
            for each in result.suppressed
        ],
        "sections": [
            {
                "type": share.section.type,
                "name": labels.SECTION[share.section.type],
                "heading": shorten(share.section.heading or "", 24),
                "start": share.section.start,
                "end": share.section.end,
                "characters": share.characters,
                "share": round(share.share, 4),
                "percent": summary.percent(share.share),
            }
            for share in summary.shares(result)
        ],
        "chains": [_chain(result, chain) for chain in chains_of(result, places)],
        "problems": summary.problems(result),
        "advice": _advice(result),
    }


def _score(result: Result) -> dict[str, Any] | None:
    card = result.scorecard
    if card is None:
        return None
    return {
        "overall": card.overall,
        "words": f"{card.overall:.1f}",
        "grade": card.grade,
        "name": labels.GRADE[card.grade],
        "distance": summary.distance(card.overall),
        "interval": summary.interval(card),
    }


def _rows(result: Result, cards: tuple[Card, ...]) -> list[dict[str, Any]]:
    if result.scorecard is None:
        return []
    lost = losses(result.findings)
    return [
        {
            "id": row.id,
            "name": labels.DIMENSION[row.id],
            "score": row.score,
            "max": row.max,
            "lost": _points(lost[row.id]),
            "why": row.why,
            "findings": [
                number
                for number, card in enumerate(cards)
                if card.finding.dimension is row.id and card.finding.deduction
            ],
        }
        for row in result.scorecard.dimensions
    ]


def _finding(card: Card, said: str) -> dict[str, Any]:
    finding = card.finding
    family = _family(finding.rule)
    return {
        **_named(finding),
        "severity": finding.severity,
        "level": labels.SEVERITY[finding.severity],
        "sign": labels.SEVERITY_SIGN[finding.severity],
        "dimension": labels.DIMENSION[finding.dimension],
        "step": step(finding),
        "start": finding.start,
        "end": finding.end,
        "place": card.place,
        "quote": [[piece.text, piece.marked] for piece in card.quotation],
        "evidence": shorten(finding.evidence, 40),
        "message": finding.message,
        "suggestion": finding.suggestion,
        "points": _points(finding.deduction),
        "deduction": finding.deduction,
        "same": None if card.same_as is None else card.same_as - 1,
        # Gates are beyond a note in the text.
        "ignorable": family is not Family.GATES,
        # What a note in the text says after "shuping: ignore", so that it lets this finding stand alone.
        "ignore": said,
    }


def step(finding: Finding) -> str:
    """Return which of `STEPS` mends a finding."""
    family = _family(finding.rule)
    if family is Family.GATES:
        return _STEP_OF_GATE.get(finding.rule, "rest")
    return _STEP_OF_FAMILY.get(family) or _STEP_OF_DIMENSION.get(finding.dimension) or "rest"


def _family(name: str) -> Family:
    try:
        return rule(name).family
    except KeyError:
        return Family.LOCAL


def _named(finding: Finding) -> dict[str, str]:
    return {"rule": finding.rule, "title": rule_title(finding.rule)}


def _points(lost: float) -> str:
    return f"失 {summary.number(lost)} 分" if lost else "不扣分"


def _chain(result: Result, chain: Chain) -> dict[str, Any]:
    problem, cause, remedy, links = chain.problem, chain.problem.cause, chain.problem.remedy, chain.links
    return {
        "number": chain.number,
        "title": chain.title,
        "place": chain.place,
        "told_in": chain.told_in,
        "start": problem.start,
        "end": problem.end,
        "cause": {
            "status": links.cause,
            "name": labels.CAUSE_STATUS[links.cause],
            "kind": labels.CAUSE_KIND[links.kind] if links.kind else "",
            "note": labels.CAUSE_NOTE.get(links.cause, ""),
            "words": chain.cause,
            "start": cause.start,
            "end": cause.end,
        },
        "remedy": {
            "status": links.remedy,
            "name": labels.REMEDY_STATUS[links.remedy],
            "note": labels.REMEDY_DOUBT if links.remedy == UNSURE else "",
            "measures": [
                {"words": words, "start": start, "end": end}
                for words, (start, end) in zip(chain.measures, remedy.spans, strict=True)
            ],
            "missing": summary.missing(links),
        },
    }


def _advice(result: Result) -> dict[str, Any] | None:
    advice = result.advice
    if advice is None:
        return None
    return {
        "opening": advice.opening,
        "strengths": [remark.text for remark in advice.strengths],
        "faults": [remark.text for remark in advice.faults],
        "first": list(advice.first),
    }
