"""Fit the points of rules to experts' scores, so that the score stays a list of deductions.

The score of a report is ``100 - sum over dimensions of min(sum over rules of points x amount, most)``,
lowered to the cap of a gate that applies.  An amount is what a rule found (`analyzer.scoring.ledger`), at
most the rule's cap divided by its points; points and cap move together.  Points are never negative, so that
mending a fault never lowers a score, and stay near the prior that DOMAIN §3 gives, the nearer the fewer
reports there are: penalised least squares with bounds, the penalty chosen by cross-validation over groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, minimize

from analyzer.rules.catalogue import catalogue
from analyzer.scoring.ledger import Ledger
from analyzer.scoring.rubric import Price, Rubric

Floats = npt.NDArray[np.float64]

PENALTIES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
_LEAST, _MOST = 0.25, 2.5  # times its prior that a rule may cost
_FOLDS = 6
LEVEL = 0.8  # share of experts' scores that the interval of a score is to hold
_ROUNDED = 1  # digits of points


@dataclass(frozen=True, slots=True)
class Scored:
    """A report that an expert has scored.

    Parameters
    ----------
    name : str
    group : str
        Whose reports are held out together: the author, or the unit.
    ledger : Ledger
    score : float
        The expert's, 0 to 100.
    """

    name: str
    group: str
    ledger: Ledger
    score: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted rubric and what it gave to reports of groups that it was not fitted to.

    Parameters
    ----------
    rubric : Rubric
    penalty : float
        How much points are held to their prior.
    held_out : ndarray of float, shape (n_reports,)
        The score of each report by a rubric fitted without its group.
    before : ndarray of float, shape (n_reports,)
        Its score by the prior.
    """

    rubric: Rubric
    penalty: float
    held_out: Floats
    before: Floats


@dataclass(frozen=True)
class _Table:
    """The ledgers of some reports as arrays: what each rule took at one times its prior, in points."""

    rules: tuple[str, ...]
    costs: Floats  # (n_reports, n_rules)
    dimension: npt.NDArray[np.int64]  # of each rule
    most: Floats  # that each dimension loses
    absent: npt.NDArray[np.bool_]  # (n_reports, n_dimensions)
    whole: Floats  # weight of each dimension
    caps: Floats  # (n_reports,)
    order: Floats  # (n_pairs, n_rules); times these, no more than nothing: the milder costs no more

    def scores(self, times: Floats) -> Floats:
        """Return the scores at some times the prior points, shape (n_reports,)."""
        return np.minimum(100 - self._losses(times).sum(axis=1), self.caps)

    def _losses(self, times: Floats) -> Floats:
        lost = np.minimum(self._sums(times), self.most)
        return np.where(self.absent, self.whole, lost)

    def _sums(self, times: Floats) -> Floats:
        sums = np.zeros(self.absent.shape)
        np.add.at(sums.T, self.dimension, (self.costs * times).T)
        return sums

    def slopes(self, times: Floats) -> Floats:
        """Return how each score moves with the times of each rule, shape (n_reports, n_rules)."""
        free = (self._sums(times) < self.most) & ~self.absent
        uncapped = 100 - self._losses(times).sum(axis=1) < self.caps
        return -self.costs * free[:, self.dimension] * uncapped[:, None]

    def rows(self, chosen: npt.NDArray[np.bool_]) -> _Table:
        """Return the table of some of the reports."""
        return replace(self, costs=self.costs[chosen], absent=self.absent[chosen], caps=self.caps[chosen])


def prices_of(scored: Sequence[Scored], prior: Rubric) -> Fit:
    """Fit a rubric's points to experts' scores.

    Parameters
    ----------
    scored : sequence of Scored
        Of at least two groups.
    prior : Rubric
        Its points are where the fit starts and is held to.
    """
    table = _table([entry.ledger for entry in scored], prior)
    wanted = np.array([entry.score for entry in scored])
    parts = _parts([entry.group for entry in scored])
    by_penalty = {penalty: _held_out(table, wanted, parts, penalty) for penalty in PENALTIES}
    penalty = min(PENALTIES, key=lambda each: float(np.abs(by_penalty[each] - wanted).mean()))
    times = _times(table, wanted, penalty)
    held_out = by_penalty[penalty]
    below, above = _interval(wanted - held_out)
    return Fit(
        replace(_priced(prior, table.rules, times), below=below, above=above),
        penalty,
        held_out,
        table.scores(np.ones(len(table.rules))),
    )


def _table(ledgers: Sequence[Ledger], prior: Rubric) -> _Table:
    of = {rule.id: rule.dimension for rule in catalogue()}
    rules = tuple(name for name, price in prior.prices.items() if price.points > 0 and name in of)
    prices = [prior.prices[name] for name in rules]
    amounts = np.array([[ledger.amounts.get(name, 0.0) for name in rules] for ledger in ledgers])
    points, caps = (np.array([getattr(price, key) for price in prices]) for key in ("points", "cap"))
    dimensions = tuple(prior.weights)
    whole = np.array([prior.weights[dimension] for dimension in dimensions])
    return _Table(
        rules,
        np.minimum(amounts.reshape(-1, len(rules)) * points, caps),
        np.array([dimensions.index(of[name]) for name in rules]),
        (1 - prior.floor) * whole,
        np.array([[dimension in ledger.absent for dimension in dimensions] for ledger in ledgers]),
        whole,
        np.array([min((prior.caps[gate] for gate in ledger.gates), default=100.0) for ledger in ledgers]),
        _order(rules, points, prior),
    )


def _order(rules: Sequence[str], points: Floats, prior: Rubric) -> Floats:
    """Return what must stay at most 0: the points of the milder of two faults less those of the graver."""
    rows = []
    for milder, graver in prior.milder.items():
        if milder in rules and graver in rules:
            row = np.zeros(len(rules))
            row[rules.index(milder)] = points[rules.index(milder)]
            row[rules.index(graver)] = -points[rules.index(graver)]
            rows.append(row)
    return np.array(rows).reshape(-1, len(rules))


def _times(table: _Table, wanted: Floats, penalty: float) -> Floats:
    """Return by what the prior points are multiplied, within bounds."""
    size = len(table.rules)

    def loss(times: Floats) -> tuple[float, Floats]:
        off = table.scores(times) - wanted
        held = times - 1
        value = float(off @ off + penalty * held @ held)
        return value, 2 * (table.slopes(times).T @ off + penalty * held)

    found = minimize(
        loss,
        np.ones(size),
        jac=True,
        method="SLSQP",
        bounds=[(_LEAST, _MOST)] * size,
        constraints=[LinearConstraint(table.order, ub=0)] if len(table.order) else [],
        options={"maxiter": 300},
    )
    return np.asarray(found.x, dtype=np.float64)


def _parts(groups: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the fold of each report; a group is in one fold."""
    order = sorted(set(groups), key=lambda name: (len(name), name))
    return np.array([order.index(group) % _FOLDS for group in groups])


def _held_out(table: _Table, wanted: Floats, parts: npt.NDArray[np.int64], penalty: float) -> Floats:
    scores = np.zeros(len(wanted))
    for part in np.unique(parts).tolist():
        held = parts == part
        times = _times(table.rows(~held), wanted[~held], penalty)
        scores[held] = table.rows(held).scores(times)
    return scores


def _interval(off: Floats) -> tuple[float, float]:
    """Return how far experts' scores go below and above the machine's, `LEVEL` of them within.

    The empirical quantiles of held-out errors, as in split conformal prediction (Vovk et al. 2005).
    """
    low, high = np.quantile(off, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(max(0.0, -float(low)), _ROUNDED), round(max(0.0, float(high)), _ROUNDED)


def _priced(prior: Rubric, rules: Sequence[str], times: Floats) -> Rubric:
    prices = dict(prior.prices)
    for name, factor in zip(rules, times.tolist(), strict=True):
        old = prices[name]
        points = round(old.points * factor, _ROUNDED)
        prices[name] = Price(points, old.per, round(old.cap * factor, _ROUNDED))
    return replace(prior, prices=prices)
