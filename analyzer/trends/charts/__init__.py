"""Figures of the trends: one module a question, each from small frames to a `Chart`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.trends.charts import dimensions, faults, movers, scores, standing
from analyzer.trends.charts.chart import Chart

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends


def charts(trends: Trends) -> tuple[Chart, ...]:
    """Return all charts of a briefing, in its order."""
    return (
        scores.by_year(trends),
        scores.grades(trends),
        scores.by_group(trends, "unit_type"),
        scores.by_group(trends, "region"),
        dimensions.by_year(trends),
        faults.most_changed(trends),
        movers.movers(trends),
        movers.returns(trends),
        standing.by_year(trends),
        standing.personal(trends),
    )
