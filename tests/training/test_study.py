from __future__ import annotations

import numpy as np

from analyzer.training.study import _kinds

GROUPS = ["甲", "乙", "丙", "丁", "戊", "己"] * 2 + ["庚"] * 3 + ["辛"] * 3
TYPES = ["乡镇"] * 12 + ["村"] * 6
ABOVE = np.array([1.0, 1.0, 1.0, 5.0, 5.0, 5.0] * 2 + [2.0] * 6)  # machine less expert


def test_a_kind_says_how_far_its_mean_would_move_with_other_groups():
    towns, village = _kinds(TYPES, ABOVE * 2, ABOVE, GROUPS)
    assert (towns.name, towns.reports, towns.before, towns.after) == ("乡镇", 12, 6.0, 3.0)
    assert 1.0 <= towns.low < 2.0
    assert 4.0 < towns.high <= 5.0
    # Two groups that are alike say little of what the kind's would be by others.
    assert (village.after, village.low, village.high) == (2.0, None, None)
