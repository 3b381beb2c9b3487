"""Figures of the trends: one module a question, each from small frames to a `Chart`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.trends.charts import (
    coverage,
    dimensions,
    faults,
    movers,
    network,
    percentiles,
    promises,
    scores,
    standing,
    topics,
    two_skins,
)
from analyzer.trends.charts.chart import Chart

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.trends.measuring import Trends


def charts(trends: Trends, common: pd.DataFrame | None = None) -> tuple[Chart, ...]:
    """Return all charts of a briefing, in its order.

    Parameters
    ----------
    trends : Trends
    common : DataFrame, optional
        Topics of the problems, with the columns of `topics.TOPICS`.
    """
    return (
        coverage.by_year(trends),
        scores.by_year(trends),
        scores.grades(trends),
        scores.by_group(trends, "unit_type"),
        scores.by_group(trends, "region"),
        percentiles.by_unit_type(trends),
        dimensions.by_year(trends),
        faults.most_changed(trends),
        movers.movers(trends),
        movers.returns(trends),
        standing.by_year(trends),
        standing.personal(trends),
        two_skins.by_year(trends),
        promises.by_year(trends),
        network.copies(trends),
        *(() if common is None else (topics.by_year(trends, common), topics.by_unit_type(trends, common))),
    )
