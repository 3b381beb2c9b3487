"""What a comparison of two years comes to, in one row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from analyzer.comparing.comparison import Comparison, Notice, Outcome, Return


@dataclass(frozen=True, slots=True)
class YearRow:
    """Two reports of one unit, the figures only.

    Parameters
    ----------
    unit : str
    last, this : str
        Paths of the two reports.
    last_year, this_year : int
    last_overall, this_overall : float or None
        None where no score was given; the last one's also where it was scored by another rubric, so that
        nobody takes the difference for a change.
    kept : float
        Share of this report's sentences that stood in the last one, set phrases left out.
    problems_last, problems_back : int
        Problems that the last report admitted; how many of them came back word for word.
    promises, shown, silent : int
        Measures that the last report promised; how many show a result now; of how many nothing is said.
    """

    unit: str
    last: str
    this: str
    last_year: int
    this_year: int
    last_overall: float | None
    this_overall: float | None
    kept: float
    problems_last: int
    problems_back: int
    promises: int
    shown: int
    silent: int


def year_row(comparison: Comparison) -> YearRow:
    """Return the figures of a comparison of two years.

    Raises
    ------
    ValueError
        Where two drafts were compared.
    """
    if comparison.years is None:
        raise ValueError("a comparison of drafts")
    last, this, years = comparison.last, comparison.this, comparison.years
    outcomes = Counter(promise.outcome for promise in years.promises)
    return YearRow(
        this.unit or last.unit or "",
        last.path or "",
        this.path or "",
        last.year or 0,
        this.year or 0,
        None if Notice.RUBRIC in comparison.notices else last.overall,
        this.overall,
        comparison.counts.kept,
        len(years.problems),
        sum(problem.fate is Return.VERBATIM for problem in years.problems),
        len(years.promises),
        outcomes[Outcome.SHOWN],
        outcomes[Outcome.SILENT],
    )
