"""What a report loses before anything is priced: the amounts that a rubric multiplies by its points.

A ledger holds all that a score depends on besides the rubric, so that many rubrics can be tried on many
reports without judging them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.result import Dimension
from analyzer.rules.base import Report, Rule, Status
from analyzer.rules.catalogue import Judgement
from analyzer.scoring.rubric import Per, Rubric

_SHORTEST = 300  # characters that any report is taken to have


@dataclass(frozen=True, slots=True)
class Ledger:
    """The amounts of one report.

    Parameters
    ----------
    amounts : mapping of str to float
        By rule id, the weights of its hits, each divided as the rubric's `per` says.
    absent : frozenset of Dimension
        What a missing section leaves nothing to judge in.
    gates : tuple of str
        The gates that apply, by rule id.
    """

    amounts: Mapping[str, float]
    absent: frozenset[Dimension]
    gates: tuple[str, ...]


def divisor(report: Report, per: Per) -> float:
    """Return what a hit's cost is divided by; what is vague lengthens no report."""
    if per is Per.ITEM:
        return float(max(1, len(report.analysis.problems)))
    if per is Per.REPORT:
        return 1.0
    vague = sum(report.letters.between(span.start, span.end) for span in report.analysis.vague)
    return max(_SHORTEST, report.letters.all - vague) / 1000


def costs(rule: Rule, by: Rubric) -> bool:
    """Whether a rule's hits cost points under a rubric."""
    return rule.status is Status.STABLE and rule.id in by.prices


def ledger(report: Report, hits: Sequence[Judgement], by: Rubric) -> Ledger:
    """Return the ledger of a judged report; of the rubric only what hits are counted per is asked."""
    amounts: dict[str, float] = defaultdict(float)
    absent: set[Dimension] = set()
    gates = []
    divisors = {per: divisor(report, per) for per in Per}
    for entry in hits:
        if costs(entry.rule, by):
            amounts[entry.rule.id] += entry.hit.weight / divisors[by.prices[entry.rule.id].per]
        if entry.rule.status is Status.STABLE:
            absent.update(entry.hit.zeroes)
        if entry.rule.id in by.caps:
            gates.append(entry.rule.id)
    return Ledger(dict(amounts), frozenset(absent), tuple(gates))
