"""A calibration study: how a rubric's scores stand to experts' scores, as figures and as one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from jinja2 import Environment, StrictUndefined

from analyzer.scoring.rubric import Price, Rubric
from analyzer.training.agreement import Agreement, adjacent, exact, mean_difference, mean_error, qwk, spearman
from analyzer.training.pricing import LEVEL, Fit, Floats, Scored

_DRAWS = 1000
_SEED = 20211
_LEAST_GROUP = 5  # reports of one kind from which their mean is shown
_LEAST_GROUPS = 5  # of them from which the interval of their mean is shown
_SHOWN = 12  # reports with the largest differences
_LENGTHS = tuple(f"{which}的四分之一" for which in ("最短", "较短", "较长", "最长"))
_PLOT = 400.0  # units of a drawing's side


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: before and after the fit, the latter with a 95 % interval."""

    name: str
    before: float | None
    after: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What reports of one kind got: their number and the mean of machine less expert.

    ``low`` and ``high`` are the 95 % interval of the latter; None where there are fewer than `_LEAST_GROUPS`
    groups: of two that happen to be alike, drawing anew would make a narrow one.
    """

    name: str
    reports: int
    before: float
    after: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Study:
    """What a fit came to; all scores after it are of reports whose group it was not fitted to."""

    reports: int
    groups: int
    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]
    lengths: tuple[Kind, ...]
    by_length: float


def study(scored: Sequence[Scored], fit: Fit, unit_types: Sequence[str], lengths: Sequence[int]) -> Study:
    """Compare scores with experts' before and after a fit.

    Parameters
    ----------
    scored : sequence of Scored
    fit : Fit
        Of these reports.
    unit_types : sequence of str
        Of each report; empty where unknown.
    lengths : sequence of int
        Non-blank characters of each report.
    """
    wanted = np.array([entry.score for entry in scored])
    after = np.round(fit.held_out, 1)
    before = np.round(fit.before, 1)
    groups = [entry.group for entry in scored]
    quartiles = np.quantile(lengths, [0.25, 0.5, 0.75])
    by_length = [_LENGTHS[int(np.searchsorted(quartiles, length))] for length in lengths]
    return Study(
        len(scored),
        len(set(groups)),
        tuple(
            Line(
                name,
                measure(wanted, before),
                measure(wanted, after),
                *_bounds(measure, groups, wanted, after),
            )
            for name, measure in _measures(scored[0].rubric).items()
        ),
        _kinds(unit_types, before - wanted, after - wanted, groups),
        _kinds(by_length, before - wanted, after - wanted, groups, _LENGTHS),
        _partial(after, np.log(np.array(lengths, dtype=float)), wanted),
    )


def _measures(rubric: Rubric) -> dict[str, Callable[[Floats, Floats], float | None]]:
    order = [name for name, _ in reversed(rubric.grades)]

    def grades(wanted: Floats, given: Floats) -> Agreement:
        pairs = zip(wanted.tolist(), given.tolist(), strict=True)
        return Counter((rubric.grade(a), rubric.grade(b)) for a, b in pairs)

    def scores(wanted: Floats, given: Floats) -> Agreement:
        return Counter(zip(wanted.tolist(), given.tolist(), strict=True))

    return {
        "等次一致程度（加权 κ）": lambda a, b: qwk(grades(a, b), order),
        "等次完全相同": lambda a, b: exact(grades(a, b)),
        "等次至多差一档": lambda a, b: adjacent(grades(a, b), order),
        "排序相关（Spearman）": lambda a, b: spearman(scores(a, b)),
        "平均相差（分）": lambda a, b: mean_error(scores(a, b)),
        "平均偏高（分，负为偏低）": lambda a, b: mean_difference(scores(a, b)),
    }


def _bounds(
    measure: Callable[..., float | None], groups: Sequence[str], *columns: Floats
) -> tuple[float | None, float | None]:
    """Return a 95 % percentile interval, whole groups drawn anew."""
    random = np.random.default_rng(_SEED)
    names = sorted(set(groups))
    places = [np.flatnonzero([group == name for group in groups]) for name in names]
    seen = []
    for _ in range(_DRAWS):
        rows = np.concatenate([places[k] for k in random.integers(len(places), size=len(places))])
        value = measure(*(column[rows] for column in columns))
        if value is not None:
            seen.append(value)
    if not seen:
        return None, None
    return float(np.quantile(seen, 0.025)), float(np.quantile(seen, 0.975))


def _kinds(
    names: Sequence[str],
    before: Floats,
    after: Floats,
    groups: Sequence[str],
    order: Sequence[str] | None = None,
) -> tuple[Kind, ...]:
    counts = Counter(name for name in names if name)
    chosen = order or sorted(counts, key=lambda name: (-counts[name], name))
    found = []
    for name in chosen:
        rows = np.flatnonzero([each == name for each in names])
        if len(rows) >= _LEAST_GROUP:
            theirs = [groups[row] for row in rows.tolist()]
            bounds = _bounds(lambda above: float(above.mean()), theirs, after[rows])
            low, high = bounds if len(set(theirs)) >= _LEAST_GROUPS else (None, None)
            found.append(
                Kind(name, len(rows), float(before[rows].mean()), float(after[rows].mean()), low, high)
            )
    return tuple(found)


def _partial(given: Floats, length: Floats, wanted: Floats) -> float:
    """Return the correlation of score and length given the expert's score."""
    design = np.column_stack([np.ones(len(wanted)), wanted])
    left = [values - design @ np.linalg.lstsq(design, values, rcond=None)[0] for values in (given, length)]
    size = float(np.sqrt((left[0] ** 2).sum() * (left[1] ** 2).sum()))
    return float(left[0] @ left[1]) / size if size else 0.0


def changed(prior: Rubric, fitted: Rubric) -> list[tuple[str, Price, Price]]:
    """Return the rules whose points a fit has moved, with both prices."""
    return [
        (name, old, fitted.prices[name])
        for name, old in prior.prices.items()
        if old.points != fitted.prices[name].points
    ]


def page(done: Study, scored: Sequence[Scored], fit: Fit) -> str:
    """Return the study as one self-contained HTML page."""
    prior = scored[0].rubric
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(resources.files(__package__).joinpath("study.html").read_text("utf-8"))
    off = fit.held_out - np.array([entry.score for entry in scored])
    worst = np.argsort(-np.abs(off), kind="stable")[:_SHOWN].tolist()
    return template.render(
        study=done,
        fit=fit,
        level=LEVEL,
        prices=changed(prior, fit.calibration("").over(prior)),
        points=[
            (_PLOT * entry.score / 100, _PLOT * (1 - score / 100), entry.name)
            for entry, score in zip(scored, fit.held_out.tolist(), strict=True)
        ],
        bounds=[(name, _PLOT * bound / 100) for name, bound in prior.grades if bound],
        side=_PLOT,
        worst=[(scored[k].name, scored[k].score, float(fit.held_out[k])) for k in worst],
    )
