"""The dimensions of the scorecard over the years, a panel each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.rendering import labels
from analyzer.result import Dimension
from analyzer.trends.charts.chart import Chart
from analyzer.trends.charts.courses import Course, courses

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends


def by_year(trends: Trends) -> Chart:
    """Return what became of each dimension."""
    return courses(
        trends,
        name="dimensions-by-year",
        subject="七个方面",
        frame=trends.dimensions,
        key="dimension",
        family="dimension",
        lines=[Course(dimension, labels.DIMENSION[dimension], "分", digits=2) for dimension in Dimension],
        lead="每格一个方面，满分 5 分：点是当年均分，竖线是 95% 区间；格上写的是同一单位平均每年的变化。"
        "各格起点不同，一格的高低相同。",
        columns=3,
        comparable=True,
    )
