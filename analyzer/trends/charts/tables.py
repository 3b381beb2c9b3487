"""Tables beside charts: the same numbers in words, under headings for readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from analyzer.trends.charts.words import FEW, count, interval, number, percent, signed

Cell = Callable[[pd.Series], str]


def table(frame: pd.DataFrame, columns: Sequence[tuple[str, Cell]]) -> pd.DataFrame:
    """Return a table for readers.

    Parameters
    ----------
    frame : DataFrame
    columns : sequence of (str, callable)
        Headings, and what makes a row's cell.
    """
    rows = [[cell(row) for _, cell in columns] for _, row in frame.iterrows()]
    return pd.DataFrame(rows, columns=[heading for heading, _ in columns], dtype="object")


def plain(column: str) -> Cell:
    """Return a cell that shows what stands in a column."""
    return lambda row: count(row[column])


def how_many(column: str = "n") -> Cell:
    """Return a cell that shows how many, or why that is not told."""
    return lambda row: FEW if row.get("suppressed", False) else count(row[column])


def figure(column: str, digits: int = 1) -> Cell:
    """Return a cell that shows a number."""
    return lambda row: number(row[column], digits)


def share(column: str, digits: int = 0) -> Cell:
    """Return a cell that shows a share."""
    return lambda row: percent(row[column], digits)


def bounds(low: str, high: str, digits: int = 1, scale: float = 1.0) -> Cell:
    """Return a cell that shows an interval."""
    return lambda row: interval(row[low] * scale, row[high] * scale, digits)


def slope() -> Cell:
    """Return a cell that shows a change a year."""
    return lambda row: signed(row["slope"])


def chosen(words: dict[str, str], column: str) -> Cell:
    """Return a cell that shows the word for what stands in a column."""
    return lambda row: words.get(str(row[column]), count(row[column]))
