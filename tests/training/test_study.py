from __future__ import annotations

import numpy as np

from analyzer.training.study import _kinds

GROUPS = ["甲"] * 6 + ["乙"] * 6 + ["丙"] * 6
TYPES = ["乡镇"] * 12 + ["村"] * 6
ABOVE = np.array([1.0] * 6 + [5.0] * 6 + [2.0] * 6)  # machine less expert


def test_a_kind_says_how_far_its_mean_would_move_with_other_groups():
    towns, village = _kinds(TYPES, ABOVE * 2, ABOVE, GROUPS)
    assert (towns.name, towns.reports, towns.before, towns.after) == ("乡镇", 12, 6.0, 3.0)
    assert (towns.low, towns.high) == (1.0, 5.0)
    # One group's reports say nothing of what the kind's would be by others.
    assert (village.after, village.low, village.high) == (2.0, None, None)
