"""What a comparison of two years comes to, in one row."""

from __future__ import annotations

from dataclasses import dataclass


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
        None where no score was given.
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
