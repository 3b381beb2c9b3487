"""Judgements to findings with deductions, and the scorecard that they sum up to.

How a score comes about, so that it can be recomputed by hand:

1. A hit costs ``points x weight``, divided as the rubric's `per` says.  What the hits of one rule cost
   above the rule's cap counts only in part (`beyond`).  Of what those of one dimension cost together, the
   first ``knee x most`` is lost whole, with ``most = (1 - floor) x weight`` of the dimension.  What is above
   that, ``x``, takes ``rest x / (rest + x)`` of the ``rest = (1 - knee) x most``, so that the last fault
   costs something too (`easing`).  What a dimension loses, to a tenth of a point, is then shared out among
   its findings by what they cost.
2. A dimension that a missing section leaves nothing to judge in is lost whole; the finding on the missing
   section carries that too.
3. ``overall = 100 - sum of all deductions``.  A gate that applies is a finding as well; it takes what
   brings the score down to its cap.
   A gate that a named human has lifted takes nothing.
4. ``dimension score = 5 x (1 - lost / most)``, 0 for a dimension that is lost whole;
   ``lost`` are the deductions of that dimension's findings, gates and step 2 left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.result import Dimension, DimensionScore, Finding, Release, Scorecard, Severity, Veto
from analyzer.rules.base import Report, Status
from analyzer.rules.catalogue import Judgement
from analyzer.scoring.calibration import rubric
from analyzer.scoring.easing import capped, eased
from analyzer.scoring.ledger import costs, divisor
from analyzer.scoring.rubric import Per, Rubric

BEST = 5
_TENTHS = 10


@dataclass(slots=True)
class _Priced:
    """A judgement with its cost, first as it comes out, then in tenths of a point."""

    judgement: Judgement
    cost: float
    tenths: int = 0
    zeroed: int = 0


def score(
    report: Report,
    hits: Sequence[Judgement],
    by: Rubric | None = None,
    releases: Mapping[str, Release] | None = None,
) -> tuple[tuple[Finding, ...], Scorecard]:
    """Score a report.

    Parameters
    ----------
    report : Report
        What was judged.
    hits : sequence of Judgement
        From `analyzer.rules.catalogue.judge`.
    by : Rubric, optional
        The default rubric where it is left out.
    releases : mapping of str to Release, optional
        Gates that a human has lifted, by id.

    Returns
    -------
    findings : tuple of Finding
        In the order of `hits`; their deductions sum to ``100 - scorecard.overall``.
    scorecard : Scorecard
    """
    by = by or rubric()
    divisors = {per: divisor(report, per) for per in Per}
    priced = [_Priced(hit, _cost(hit, by, divisors)) for hit in hits]
    _cap_rules(priced, by)
    for dimension in by.weights:
        mine = [p for p in priced if p.judgement.rule.dimension is dimension]
        _share_out(mine, by.most(dimension), by.knee)
    lost = {
        dimension: sum(p.tenths for p in priced if p.judgement.rule.dimension is dimension)
        for dimension in by.weights
    }
    absent = _zero(priced, by, lost)
    total = sum(p.tenths + p.zeroed for p in priced)
    vetoes = _close_gates(priced, by, 100 * _TENTHS - total, releases or {})
    total = sum(p.tenths + p.zeroed for p in priced)
    overall = (100 * _TENTHS - total) / _TENTHS
    findings = tuple(
        _finding(report, p.judgement, p.judgement.rule.severity, p.tenths + p.zeroed) for p in priced
    )
    dimensions = tuple(
        _dimension(dimension, lost[dimension], by, priced, dimension in absent) for dimension in by.weights
    )
    return findings, Scorecard(overall, by.grade(overall), dimensions, vetoes, by.interval(overall))


def _cost(judgement: Judgement, by: Rubric, divisors: Mapping[Per, float]) -> float:
    if not costs(judgement.rule, by):
        return 0.0
    price = by.prices[judgement.rule.id]
    return price.points * judgement.hit.weight / divisors[price.per]


def _cap_rules(priced: list[_Priced], by: Rubric) -> None:
    by_rule: dict[str, list[_Priced]] = {}
    for p in priced:
        by_rule.setdefault(p.judgement.rule.id, []).append(p)
    for name, mine in by_rule.items():
        total = sum(p.cost for p in mine)
        if name in by.prices and total:
            for p in mine:
                p.cost *= capped(total, by.prices[name].cap, by.beyond) / total


def _share_out(mine: list[_Priced], most: float, knee: float) -> None:
    """Share what a dimension loses among its findings in tenths, by the largest remainder."""
    total = sum(p.cost for p in mine)
    lost = _TENTHS * eased(total, most, knee)
    scale = lost / total if total else 0.0
    for p in mine:
        p.tenths = int(p.cost * scale)
    left = round(lost) - sum(p.tenths for p in mine)
    order = sorted(range(len(mine)), key=lambda i: (mine[i].tenths - mine[i].cost * scale, i))
    for i in order[:left]:
        mine[i].tenths += 1


def _zero(priced: list[_Priced], by: Rubric, lost: dict[Dimension, int]) -> set[Dimension]:
    """Let findings on a missing section take what is left of the dimensions that it leaves empty."""
    gone: set[Dimension] = set()
    for p in priced:
        for dimension in p.judgement.hit.zeroes:
            if dimension not in gone and p.judgement.rule.status is Status.STABLE:
                gone.add(dimension)
                p.zeroed += round(by.weights[dimension] * _TENTHS) - lost[dimension]
    return gone


def _close_gates(
    priced: list[_Priced], by: Rubric, left: int, releases: Mapping[str, Release]
) -> tuple[Veto, ...]:
    """Cap the score, the mildest gate first, so that each takes what it adds to the one before."""
    vetoes = []
    gates = [p for p in priced if p.judgement.rule.id in by.caps]
    for p in sorted(gates, key=lambda p: -by.caps[p.judgement.rule.id]):
        cap = by.caps[p.judgement.rule.id]
        release = releases.get(p.judgement.rule.id)
        p.tenths = 0 if release else max(0, left - round(cap * _TENTHS))
        left -= p.tenths
        vetoes.append(Veto(p.judgement.rule.id, cap, p.judgement.hit.message, release))
    return tuple(vetoes)


def unscored(report: Report, hits: Sequence[Judgement]) -> tuple[Finding, ...]:
    """Return the findings of a report that is not scored: notes that cost nothing."""
    return tuple(_finding(report, hit, Severity.INFO, 0) for hit in hits)


def uncounted(report: Report, hit: Judgement) -> Finding:
    """Return the finding of a hit that somebody lets stand: as grave as ever, but it costs nothing."""
    return _finding(report, hit, hit.rule.severity, 0)


def _finding(report: Report, judgement: Judgement, severity: Severity, tenths: int) -> Finding:
    rule, hit = judgement.rule, judgement.hit
    return Finding(
        rule.id,
        severity,
        hit.start,
        hit.end,
        hit.message,
        hit.suggestion,
        report.document.text[hit.start : hit.end],
        hit.confidence,
        tenths / _TENTHS,
        rule.dimension,
    )


def _dimension(
    dimension: Dimension, lost: int, by: Rubric, priced: list[_Priced], absent: bool
) -> DimensionScore:
    weight = by.weights[dimension]
    if absent:
        return DimensionScore(dimension, 0.0, BEST, weight, "报告缺少这一项所评的内容，无从给分。")
    share = lost / _TENTHS / by.most(dimension)
    points = round(BEST * max(0.0, 1 - share), 2)
    return DimensionScore(dimension, points, BEST, weight, _why(dimension, priced, lost))


def _why(dimension: Dimension, priced: list[_Priced], lost: int) -> str:
    """Say in one clause what a dimension lost and mostly for what."""
    mine = [p for p in priced if p.judgement.rule.dimension is dimension and p.tenths]
    by_rule: dict[str, list[_Priced]] = {}
    for p in mine:
        if not p.judgement.rule.id.startswith("gate-"):
            by_rule.setdefault(p.judgement.rule.title, []).append(p)
    if not by_rule:
        return "没有失分。"
    dearest = sorted(by_rule, key=lambda title: -sum(p.tenths for p in by_rule[title]))[:2]
    named = "，".join(f"{title}（{len(by_rule[title])} 处）" for title in dearest)
    return f"主要失在：{named}。"
