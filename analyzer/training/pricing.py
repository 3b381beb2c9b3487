"""Fit the points of rules to experts' scores, so that the score stays a list of deductions.

The score of a report is ``100 - sum over dimensions of eased(sum over rules of capped(points x amount))``
(`analyzer.scoring.easing`), lowered to the cap of a gate that applies.  An amount is what a rule found
(`analyzer.scoring.ledger`); points and cap move together.  Points are never negative, so that mending a fault
never lowers a score, and stay near the prior that DOMAIN §3 gives, the nearer the fewer reports there are:
penalised least squares with bounds, the penalty chosen by cross-validation over groups.  Where experts have
also scored the dimensions, what these lose is fitted too, so that points are taken where experts take them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, minimize

from analyzer.result import Dimension
from analyzer.rules.catalogue import catalogue
from analyzer.scoring.calibration import Calibration
from analyzer.scoring.easing import capped, eased, slope
from analyzer.scoring.ledger import Ledger
from analyzer.scoring.rubric import Rubric
from analyzer.scoring.score import BEST

Floats = npt.NDArray[np.float64]

# Weaker ones would let a few reports move prices so far that whole dimensions are used up.
PENALTIES = (300.0, 1000.0, 3000.0, 10000.0)
_LEAST, _MOST = 0.25, 2.5  # times its prior that a rule may cost
_ROOM = 1.4  # times what the rules of a dimension may cost by their priors, all taken to their caps
_FOLDS = 6
_NEVER_HELD = -1
LEVEL = 0.8  # share of experts' scores that the interval of a score is to hold
_DIGITS = 2  # of what points are multiplied by
_LEVEL = 6.0  # what the mean of all errors counts beside each, for an office is hurt most by a bias of all
# What a point of a dimension weighs beside one of the whole, 1 where nothing is said.  Few rules speak of
# structure, and the whole would drown them; facts and remedies come to agree with experts by themselves, and
# weighing more would take from the whole.
_WEIGHS = {Dimension.STRUCTURE: 4.0, Dimension.FACTS: 0.1, Dimension.REMEDIES: 0.1}


@dataclass(frozen=True, slots=True)
class Scored:
    """A report that an expert has scored.

    Parameters
    ----------
    name : str
    group : str
        Whose reports are held out together: the author, or the unit.
    ledger : Ledger
    rubric : Rubric
        What it is scored by; its points are where the fit starts and what it is held to.
    score : float
        The expert's, 0 to 100.
    dimensions : mapping of Dimension to float
        The expert's score of each dimension, from 0 to `BEST`; empty where only the whole was scored.
    """

    name: str
    group: str
    ledger: Ledger
    rubric: Rubric
    score: float
    dimensions: Mapping[Dimension, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit came to, and what it gave to reports of groups that it was not fitted to.

    Parameters
    ----------
    times : dict of str to float
        By what the points and the cap of each rule are to be multiplied, whatever the rubric.
    below, above : float
        How far experts' scores go below and above the machine's, `LEVEL` of them within.
    penalty : float
        How much points are held to their prior.
    held_out : ndarray of float, shape (n_reports,)
        The score of each report at the times fitted without its group.
    before : ndarray of float, shape (n_reports,)
        Its score by the prior.
    """

    times: dict[str, float]
    below: float
    above: float
    penalty: float
    held_out: Floats
    before: Floats

    def calibration(self, name: str) -> Calibration:
        """Return it as a file of prices holds it."""
        times = {rule: round(factor, _DIGITS) for rule, factor in self.times.items()}
        return Calibration(name, times, self.below, self.above)


@dataclass(frozen=True)
class _Table:
    """The ledgers of some reports as arrays: what each rule took at its prior, in points.

    ``costs`` are of shape (n_reports, n_rules), ``most``, ``whole``, ``absent`` and ``told`` (n_reports,
    n_dimensions), ``knee`` (n_reports, 1), ``caps`` (n_reports,), ``dimension`` (n_rules,).  ``told`` is what
    the expert has each dimension lose, not a number where nobody says, and ``weighs`` (n_dimensions,) what
    that counts beside the whole.  ``order``, of shape (n_pairs, n_rules), times the times of the rules must
    not be above 0: the milder of two faults costs no more than the graver.  ``room``, of shape
    (n_dimensions, n_rules), times them must not be above `_ROOM`: where a report had every fault of a
    dimension, to mend one would show no more.
    """

    rules: tuple[str, ...]
    dimension: npt.NDArray[np.int64]
    order: Floats
    room: Floats
    costs: Floats
    most: Floats
    knee: Floats
    whole: Floats
    absent: npt.NDArray[np.bool_]
    caps: Floats
    told: Floats
    weighs: Floats

    def scores(self, times: Floats) -> Floats:
        """Return the scores at some times the prior points, shape (n_reports,)."""
        return np.asarray(np.minimum(100 - self._losses(self._sums(times)).sum(axis=1), self.caps))

    def _sums(self, times: Floats) -> Floats:
        sums = np.zeros(self.absent.shape)
        np.add.at(sums.T, self.dimension, (self.costs * times).T)
        return sums

    def _losses(self, sums: Floats) -> Floats:
        return np.where(self.absent, self.whole, eased(sums, self.most, self.knee))

    def distance(self, times: Floats, wanted: Floats) -> tuple[float, Floats]:
        """Return how far scores are from the experts', squared, and its slope by the times of each rule.

        Their mean counts besides each of them, and what each dimension loses where experts say it.
        """
        sums = self._sums(times)
        lost = self._losses(sums)
        uncapped = 100 - lost.sum(axis=1)
        off = np.minimum(uncapped, self.caps) - wanted
        apart = np.where(self.absent | np.isnan(self.told), 0, lost - self.told)
        level = _LEVEL * off.sum() / len(off)
        pull = self.weighs * apart - ((off + level) * (uncapped < self.caps))[:, None]
        by_sum = np.where(self.absent, 0, pull * slope(sums, self.most, self.knee))
        value = float(off @ off + level * off.sum() + (self.weighs * apart**2).sum())
        return value, 2 * (self.costs * by_sum[:, self.dimension]).sum(axis=0)

    def rows(self, chosen: npt.NDArray[np.bool_]) -> _Table:
        """Return the table of some of the reports."""
        return replace(
            self,
            costs=self.costs[chosen],
            most=self.most[chosen],
            knee=self.knee[chosen],
            whole=self.whole[chosen],
            absent=self.absent[chosen],
            caps=self.caps[chosen],
            told=self.told[chosen],
        )


def fit_prices(scored: Sequence[Scored], anchors: Sequence[Scored] = ()) -> Fit:
    """Fit points to experts' scores.

    Parameters
    ----------
    scored : sequence of Scored
        Of at least two groups.
    anchors : sequence of Scored
        Further reports that every fit learns from and none is measured by.
    """
    table = _table([*scored, *anchors])
    wanted = np.array([entry.score for entry in (*scored, *anchors)])
    parts = np.append(_parts([entry.group for entry in scored]), [_NEVER_HELD] * len(anchors))
    by_penalty = {penalty: _held_out(table, wanted, parts, penalty) for penalty in PENALTIES}
    held = parts != _NEVER_HELD
    errors = {penalty: (wanted - scores)[held] for penalty, scores in by_penalty.items()}
    penalty = min(PENALTIES, key=lambda each: float(np.abs(errors[each]).mean()))
    times = _times(table, wanted, penalty)
    return Fit(
        dict(zip(table.rules, times.tolist(), strict=True)),
        *_interval(errors[penalty]),
        penalty,
        by_penalty[penalty][held],
        table.scores(np.ones(len(table.rules)))[held],
    )


def _table(scored: Sequence[Scored]) -> _Table:
    of = {rule.id: rule.dimension for rule in catalogue()}
    first = scored[0].rubric
    rules = tuple(name for name, price in first.prices.items() if price.points > 0 and name in of)
    dimensions = tuple(first.weights)
    whole = np.array([[entry.rubric.weights[each] for each in dimensions] for entry in scored])
    most = np.array([[entry.rubric.most(each) for each in dimensions] for entry in scored])
    given = np.array([[entry.dimensions.get(each, np.nan) for each in dimensions] for entry in scored])
    costs = np.array([[_cost(entry, name) for name in rules] for entry in scored])
    return _Table(
        rules,
        np.array([dimensions.index(of[name]) for name in rules]),
        _order(rules, first),
        _shares(rules, first, [dimensions.index(of[name]) for name in rules], len(dimensions)),
        costs,
        most,
        np.array([[entry.rubric.knee] for entry in scored]),
        whole,
        np.array([[each in entry.ledger.absent for each in dimensions] for entry in scored]),
        np.array(
            [min((entry.rubric.caps[g] for g in entry.ledger.gates), default=100.0) for entry in scored]
        ),
        (1 - given / BEST) * most,
        np.array([_WEIGHS.get(each, 1.0) for each in dimensions]),
    )


def _cost(entry: Scored, rule: str) -> float:
    price = entry.rubric.prices[rule]
    return capped(price.points * entry.ledger.amounts.get(rule, 0.0), price.cap, entry.rubric.beyond)


def _order(rules: Sequence[str], prior: Rubric) -> Floats:
    """Return what must stay at most 0: the points of the milder of two faults less those of the graver."""
    rows = np.zeros((len(prior.milder), len(rules)))
    for row, pair in zip(rows, prior.milder.items(), strict=True):
        for name, sign in zip(pair, (1, -1), strict=True):
            row[rules.index(name)] = sign * prior.prices[name].points
    return rows


def _shares(rules: Sequence[str], prior: Rubric, dimension: Sequence[int], size: int) -> Floats:
    """Return which share of what the rules of each dimension may take is that of each."""
    caps = np.zeros((size, len(rules)))
    caps[dimension, range(len(rules))] = [prior.prices[name].cap for name in rules]
    return np.asarray(caps / np.maximum(caps.sum(axis=1, keepdims=True), 1e-9))


def _times(table: _Table, wanted: Floats, penalty: float) -> Floats:
    """Return by what the prior points are multiplied, within bounds."""
    size = len(table.rules)

    def loss(times: Floats) -> tuple[float, Floats]:
        value, by_times = table.distance(times, wanted)
        held = times - 1
        return value + penalty * float(held @ held), by_times + 2 * penalty * held

    found = minimize(
        loss,
        np.ones(size),
        jac=True,
        method="SLSQP",
        bounds=[(_LEAST, _MOST)] * size,
        constraints=[LinearConstraint(table.order, ub=0), LinearConstraint(table.room, ub=_ROOM)],
        options={"maxiter": 300},
    )
    return np.asarray(found.x, dtype=np.float64)


def _parts(groups: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the fold of each report; a group is in one fold."""
    order = sorted(set(groups), key=lambda name: (len(name), name))
    return np.array([order.index(group) % _FOLDS for group in groups])


def _held_out(table: _Table, wanted: Floats, parts: npt.NDArray[np.int64], penalty: float) -> Floats:
    scores = np.zeros(len(wanted))
    for part in np.unique(parts[parts != _NEVER_HELD]).tolist():
        held = parts == part
        times = _times(table.rows(~held), wanted[~held], penalty)
        scores[held] = table.rows(held).scores(times)
    return scores


def _interval(off: Floats) -> tuple[float, float]:
    """Return how far experts' scores go below and above the machine's, `LEVEL` of them within.

    The empirical quantiles of held-out errors, as in split conformal prediction (Vovk et al. 2005).
    """
    low, high = np.quantile(off, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(max(0.0, -float(low)), 1), round(max(0.0, float(high)), 1)
