"""What a store holds, as tidy frames: one rubric, one report a unit and year, and what was left out told.

Authors are in none of them: a frame of units answers every question that is asked here, one of persons
would be read as a league table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.store.store import Store

UNKNOWN: Final = "未注明"  # region or unit type of a report that names none

# The columns of each frame with their types. Missing is <NA> or NaN, never 0 or an empty text.
_WHOSE: Final = {"unit_id": "string", "unit": "string", "unit_type": "string", "region": "string"}
REPORTS: Final = {
    "report": "int64",  # the number of the submission; rows of all frames are joined by it
    "sha256": "string",
    **_WHOSE,  # unit_id tells units apart, also where unit is missing; unit is the unit's last name
    "year": "int64",
    "overall": "float64",  # 0 to 100, missing where no score was given
    "grade": "string",
    "low": "float64",  # where four of five experts' scores would be
    "high": "float64",
    "confidence": "float64",  # how sure the reading is, 0 to 1
    "gates": "int64",  # that cap the score
    "abstained": "string",  # why no score was given
    "author_changed": "boolean",  # since the unit's report of the year before; missing where unknown
    "adjusted": "bool",  # the score is the one after review
    # Measures of the text.
    "length": "float64",  # characters that are not blank
    "density": "float64",  # stock phrases for 1000 characters
    "sameness": "float64",  # share of own sentences that stood in last year's report
    "repetition": "float64",  # share of the text that has stood in it before
    "specificity": "float64",  # figures, times, names, documents for 100 characters
    "closure": "float64",  # share of problems with an explicit cause and a specific measure
    "personal": "float64",  # share of the writer's own deeds in the duties
    "problems": "int64",
    "findings": "int64",
    "admitted": "int64",  # places that admit the 两张皮 pattern
    "resolved": "int64",  # places that say it was mended
    "siloed": "string",  # none, partial, full; missing where nothing is said of it
}
DIMENSIONS: Final = {
    "report": "int64",
    "dimension": "string",
    "score": "float64",
    "max": "int64",
    "weight": "float64",
}
FINDINGS: Final = {  # one row a report and rule that it has findings of
    "report": "int64",
    "rule": "string",
    "dimension": "string",
    "severity": "string",
    "count": "int64",
    "deduction": "float64",
}
PROBLEMS: Final = {
    "report": "int64",
    **_WHOSE,
    "year": "int64",
    "number": "int64",
    "title": "string",
    "text": "string",
    "cause": "string",
    "cause_kind": "string",
    "remedy": "string",
    "confidence": "float64",
    "owners": "int64",
    "deadlines": "int64",
    "metrics": "int64",
    "mechanisms": "int64",
    "closed": "bool",  # explicit cause and specific measure
}
PAIRS: Final = {  # one row a report whose unit has one of the year before
    "report": "int64",
    "last_report": "int64",
    **_WHOSE,
    "year": "int64",
    "last_year": "int64",
    "author_changed": "boolean",
    "overall": "float64",
    "last_overall": "float64",
    "sameness": "float64",
    "problems_last": "int64",
    "problems_back": "int64",  # came back word for word
    "promises": "int64",  # measures that last year's report promised
    "shown": "int64",  # a result is told
    "unmet": "int64",
    "again": "int64",  # promised once more
    "silent": "int64",
    "unclear": "int64",
    "checkable": "int64",
    "checkable_shown": "int64",
    "checkable_unclear": "int64",
}
PROMISES: Final = {  # one row a promise of last year's report
    "report": "int64",  # that is looked into
    **_WHOSE,
    "year": "int64",
    "last_year": "int64",
    "outcome": "string",  # shown, unmet, again, silent, unclear
    "checkable": "bool",
    "confidence": "float64",
}
COPIES: Final = {
    "a": "int64",  # report
    "b": "int64",
    "unit_a": "string",  # unit_id
    "unit_b": "string",
    "name_a": "string",
    "name_b": "string",
    "region_a": "string",
    "region_b": "string",
    "year_a": "int64",
    "year_b": "int64",
    "overlap": "float64",
    "own": "bool",  # two years of one unit
}
DECISIONS: Final = {  # those that stand; who decided is left out
    "report": "int64",
    "kind": "string",
    "target": "string",
    "rule": "string",  # of a finding that was confirmed or rejected
    "value": "float64",
}
RULERS: Final = {
    "rubric": "string",
    "profile": "string",
    "version": "string",
    "fingerprint": "string",
    "reports": "int64",
    "first_year": "Int64",
    "last_year": "Int64",
    "taken": "bool",
}
LEFT_OUT: Final = {"reason": "string", "told": "string", "reports": "int64"}  # told: the reason, in Chinese


@dataclass(frozen=True)
class Frames:
    """A store's reports under one ruler (rubric, models and settings together).

    Parameters
    ----------
    reports, dimensions, findings, problems, pairs, promises, copies, decisions : DataFrame
        With the columns of `REPORTS`, `DIMENSIONS` and so on.
    rulers : DataFrame
        All that the store's results were judged by; one is taken.
    left_out : DataFrame
        How many reports are in no frame, and why.
    rubric, fingerprint : str
        What the scores of these frames were judged by.
    head : str
        The hash that the store's trail ended with when it was read.
    """

    reports: pd.DataFrame
    dimensions: pd.DataFrame
    findings: pd.DataFrame
    problems: pd.DataFrame
    pairs: pd.DataFrame
    promises: pd.DataFrame
    copies: pd.DataFrame
    decisions: pd.DataFrame
    rulers: pd.DataFrame
    left_out: pd.DataFrame
    rubric: str
    fingerprint: str
    head: str


def read(
    store: Store, *, years: tuple[int, int] | None = None, rubric: str | None = None, adjusted: bool = False
) -> Frames:
    """Return a store's frames.

    Parameters
    ----------
    store : Store
    years : (int, int), optional
        The first and the last year; all by default.
    rubric : str, optional
        A rubric's name or the beginning of a ruler's fingerprint; by default the newest ruler of the profile
        that most reports were judged by.
    adjusted : bool
        Scores and dimensions as reviewers' decisions leave them.

    Raises
    ------
    ShupingError
        Code ``trends`` where the store has no report, none with a year, or no such rubric.
    """
    raise NotImplementedError
