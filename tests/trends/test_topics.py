"""Problems come into the topics that a reader would put them into, and topics that come or go are found."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import v_measure_score

from analyzer.lexicons import table
from analyzer.training.corpus import corpus
from analyzer.trends import topics
from analyzer.trends.charts.topics import by_year
from analyzer.trends.resampling import Bootstrap
from analyzer.trends.tables import LEAST
from tests.trends.panels import panel

_LABELS = Path(__file__).parent / "data" / "topics.csv"
# How planted topics are called in ``lexicons/topics.toml``.
_CALLED = {
    "基层负担": "形式主义和基层负担",
    "疫情影响": "疫情影响工作开展",
}


def _problems(titles, texts, units=12):
    """Return problems that each of some units names."""
    return pd.DataFrame(
        [
            {"title": title, "text": text, "unit": f"安{unit}镇", "unit_id": f"u{unit}"}
            for unit in range(units)
            for title, text in zip(titles, texts, strict=True)
        ]
    )


@pytest.fixture(scope="module")
def annotated():
    """The annotated problems of the corpora, each report a unit."""
    rows = []
    for report in corpus():
        for number, problem in enumerate(report.gold["problems"]):
            start, end = report.raw[problem["first"] - 1][0], report.raw[problem["last"] - 1][1]
            rows.append((report.id, number, problem["title"], report.text[start:end], None, report.id))
    return pd.DataFrame(rows, columns=["report", "number", "title", "text", "unit", "unit_id"])


@pytest.fixture(scope="module")
def found(trends):
    return trends.common, trends.topics


def test_topics_are_those_a_reader_would_choose(annotated):
    with _LABELS.open(encoding="utf-8", newline="") as file:
        labels = {(row["report"], int(row["number"])): row["topic"] for row in csv.DictReader(file)}
    known = {topic["name"] for topic in table("topics.toml")["topics"]}
    topic = topics.assigned(annotated)["topic"].where(lambda each: each.isin(known), topics.REST)
    given = dict(zip(zip(annotated["report"], annotated["number"], strict=True), topic, strict=True))
    made = [given[key] for key in labels]
    assert np.mean([a == b for a, b in zip(made, labels.values(), strict=True)]) > 0.85
    assert v_measure_score(list(labels.values()), made) > 0.85


def test_planted_topics_are_found(trends, truth):
    problems = trends.frames.problems
    planted = problems["title"].map(truth.topics)
    assert v_measure_score(planted, topics.assigned(problems)["topic"]) > 0.8


def test_topics_that_come_and_go(found, truth):
    course = found[0].set_index("topic")["course"]
    assert course[_CALLED[truth.new_topic]] == "new"
    assert course[_CALLED[truth.vanishing_topic]] == "vanishing"
    assert (course.drop([_CALLED[truth.new_topic], _CALLED[truth.vanishing_topic]]) == "none").all()


def test_the_chart_says_which(trends, truth):
    chart = by_year(trends)
    assert chart.title == (
        f"多起来的问题：{_CALLED[truth.new_topic]}；少下去的问题：{_CALLED[truth.vanishing_topic]}"
    )
    assert "没有写到，不等于没有" in chart.lead
    assert topics.REST not in set(chart.table["问题"])


def test_shares_are_those_of_reports(found, trends):
    problems = trends.frames.problems
    topic = topics.assigned(problems)["topic"]
    for row in found[1].query("by == 'year'").itertuples():
        reports = trends.frames.reports.query("year == @row.year")["report"]
        naming = problems["report"][(topic == row.topic) & problems["report"].isin(reports)].nunique()
        assert row.share == pytest.approx(naming / len(reports))
        assert row.low <= row.share <= row.high


def test_none_comes_or_goes_where_years_are_shuffled(trends):
    frames = trends.frames
    random = np.random.default_rng(5)
    shuffled = frames.reports.groupby("unit_id")["year"].transform(lambda years: random.permutation(years))
    made, _ = topics.common(replace(frames, reports=frames.reports.assign(year=shuffled)), Bootstrap(1))
    assert (made["course"] == "none").all()


def test_neither_order_nor_repetition_decides(annotated):
    before = topics.assigned(annotated)["topic"]
    mixed = pd.concat([annotated, annotated.head(300)]).sample(frac=1, random_state=3)
    after = topics.assigned(mixed)["topic"]
    assert (after == before[after.index]).all()


# Not 流动党员管理难, most of which falls to the wider 党员教育管理宽松软.
@pytest.mark.parametrize("unknown", ["村级集体经济薄弱", "理论学习不深"])
def test_a_topic_that_is_not_well_known_is_found_and_named(annotated, monkeypatch, unknown):
    lexicon = table("topics.toml")
    before = topics.assigned(annotated)["topic"]
    less = {**lexicon, "topics": [each for each in lexicon["topics"] if each["name"] != unknown]}
    monkeypatch.setattr(topics, "table", lambda name: less if name == "topics.toml" else table(name))
    after = topics.assigned(annotated)["topic"]
    now = after[before == unknown].value_counts()
    assert now.index[0] not in {topics.REST, *before}
    assert now.iloc[0] > 0.4 * now.sum()
    assert set(now.index[0].split("、")) & {"集体经济", "理论"}


def test_what_few_units_name_is_not_told_apart(annotated):
    titles, texts = ["村级集体经济薄弱", "理论学习不深"], ["村里没有产业。", "学用脱节。"]
    many, few = _problems(titles[:1], texts[:1]), _problems(titles[1:], texts[1:], units=LEAST - 1)
    made = topics.assigned(pd.concat([many, few], ignore_index=True))["topic"]
    assert set(made) == {titles[0], topics.REST}


def test_the_units_own_name_says_nothing():
    names = ["两新镇", "先锋镇"]
    problems = pd.DataFrame(
        {"title": [f"{name}理论学习不深" for name in names * 5], "text": "学用脱节。", "unit": names * 5}
    ).assign(unit_id=[f"u{number}" for number in range(10)])
    assert set(topics.assigned(problems)["topic"]) == {"理论学习不深"}


def test_wordings_name_nobody(found, trends):
    wordings = "；".join(found[0]["wordings"].dropna())
    assert wordings
    assert not re.search(r"\d", wordings)
    assert not any(unit in wordings for unit in trends.frames.reports["unit"].dropna())
    titles = set(trends.frames.problems["title"])
    for some in found[0]["wordings"].dropna():
        assert len(some.split("；")) <= 3
        assert set(some.split("；")) <= titles | {""}


def test_reports_without_problems():
    made, shares = topics.common(panel(1, 12, 2), Bootstrap(1, 50))
    assert not len(made)
    assert not len(shares)


def test_the_change_of_few_units_is_not_told():
    frames = panel(1, 12, 2)
    reports = frames.reports[(frames.reports["year"] == 2021) | (frames.reports["unit_id"] < "u0003")]
    problems = reports.assign(title="理论学习不深", text="学用脱节。")
    made, _ = topics.common(replace(frames, reports=reports, problems=problems), Bootstrap(1, 50))
    (row,) = made.to_dict("records")
    assert row["share"] == 1.0
    assert np.isnan([row[name] for name in ("slope", "slope_low", "slope_high", "p", "q")]).all()


def test_words_that_say_nothing_are_left_out():
    assert topics.words("层层传导压力，有的支部理论学习还不够深入，差3次") == ["支部", "理论", "学习"]
