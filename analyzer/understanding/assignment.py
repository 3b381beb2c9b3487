"""The best one-to-one assignment of two sets to each other, exactly.

The shortest-augmenting-path form of the Hungarian method (Kuhn 1955; Jonker and Volgenant 1987, A shortest
augmenting path algorithm for dense and sparse linear assignment problems), in O(n²m).  SciPy has the same,
but is not loaded to score a report.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzer.understanding.linear import Ints


def assign(gain: npt.NDArray[np.floating]) -> Ints:
    """Return the column of each row in an assignment of the greatest total gain.

    Parameters
    ----------
    gain : ndarray of float, shape (n_rows, n_columns)
        Finite.

    Returns
    -------
    ndarray of int64, shape (n_rows,)
        No column twice; -1 for the rows that are left over where there are fewer columns.
    """
    rows, columns = gain.shape
    if rows > columns:
        found = np.full(rows, -1)
        taken = assign(gain.T)
        found[taken] = np.arange(columns)
        return found
    cost = -np.asarray(gain, dtype=np.float64)
    # Column 0 is where each new row starts; row 0 marks a free column.
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of = np.zeros(columns + 1, dtype=np.int64)
    for row in range(1, rows + 1):
        row_of[0] = row
        at = 0
        slack, before = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=np.int64)
        seen = np.zeros(columns + 1, dtype=bool)
        while row_of[at]:
            seen[at] = True
            reduced = cost[row_of[at] - 1] - row_price[row_of[at]] - column_price[1:]
            nearer = np.append(False, ~seen[1:] & (reduced < slack[1:]))
            slack[nearer], before[nearer] = reduced[nearer[1:]], at
            at = int(np.where(seen, np.inf, slack).argmin())
            step = slack[at]
            row_price[row_of[seen]] += step
            column_price[seen] -= step
            slack[~seen] -= step
        while at:
            row_of[at] = row_of[before[at]]
            at = int(before[at])
    found = np.full(rows + 1, -1)
    found[row_of[1:]] = np.arange(columns)
    return found[1:]
