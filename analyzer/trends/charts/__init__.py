"""Figures of the trends: one module a question, each from small frames to a `Chart`."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Section:
    """A question and the charts that answer it; its id is a place on a page."""

    id: str
    title: str
    charts: tuple[Chart, ...]


def sections(trends: Trends, common: pd.DataFrame | None = None) -> tuple[Section, ...]:
    """Return all charts of a briefing, in its order.

    Parameters
    ----------
    trends : Trends
    common : DataFrame, optional
        Topics of the problems, with the columns of `topics.TOPICS`.
    """
    found = [
        Section(
            "scores",
            "得分和等级",
            (
                scores.by_year(trends),
                scores.grades(trends),
                scores.by_group(trends, "unit_type"),
                scores.by_group(trends, "region"),
                percentiles.by_unit_type(trends),
            ),
        ),
        Section(
            "dimensions", "七个方面和常见毛病", (dimensions.by_year(trends), faults.most_changed(trends))
        ),
        Section("movers", "单位的进退", (movers.movers(trends), movers.returns(trends))),
        Section("standing", "长期指标", (standing.by_year(trends), standing.personal(trends))),
        Section("promises", "两张皮和承诺", (two_skins.by_year(trends), promises.by_year(trends))),
        Section("copies", "相同文字", (network.copies(trends),)),
    ]
    if common is not None:
        both = (topics.by_year(trends, common), topics.by_unit_type(trends, common))
        found.append(Section("topics", "共性问题", both))
    return (*found, Section("coverage", "份数", (coverage.by_year(trends),)))


def charts(trends: Trends, common: pd.DataFrame | None = None) -> tuple[Chart, ...]:
    """Return the charts of all sections."""
    return tuple(chart for section in sections(trends, common) for chart in section.charts)
