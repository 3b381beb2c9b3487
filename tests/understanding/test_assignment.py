"""The assignment is the best one, as SciPy finds it too."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from analyzer.understanding.assignment import assign


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("ties", [False, True])
def test_no_assignment_gains_more(seed: int, ties: bool) -> None:
    random = np.random.default_rng(seed)
    shape = tuple(random.integers(1, 12, 2))
    gain = random.integers(-2, 3, shape).astype(float) if ties else random.normal(size=shape)
    found = assign(gain)
    rows = np.flatnonzero(found >= 0)
    assert gain[rows, found[rows]].sum() == pytest.approx(
        gain[linear_sum_assignment(gain, maximize=True)].sum()
    )
    assert len(rows) == min(shape) == len(set(found[rows]))


def test_rows_that_are_left_over_get_no_column() -> None:
    assert assign(np.array([[1.0], [3.0], [2.0]])).tolist() == [-1, 0, -1]


def test_one_best_column_for_two_rows_goes_where_it_is_missed_most() -> None:
    assert assign(np.array([[9.0, 8.0], [9.0, 1.0]])).tolist() == [1, 0]
