"""What of a store is in the frames: what plain SQL says, by one ruler, one report a unit and year."""

from __future__ import annotations

import sqlite3
from dataclasses import fields, replace

import pandas as pd
import pytest

from analyzer.errors import ShupingError
from analyzer.store.review import Kind, decide
from analyzer.store.store import Store
from analyzer.trends.frames import read
from analyzer.trends.simulation import NEW, OLD, make_region

_COUNTED = """
    select s.id, s.unit, s.year, r.overall, r.id as result from submissions s
    join results r on r.report_id = s.report_id join rubrics u on u.id = r.rubric_id
    where u.rubric = :rubric and s.year is not null
      and s.id in (select max(id) from submissions group by coalesce(unit, id), year)
"""


def _sql(region, query, **values):
    with sqlite3.connect(region[0]) as connection:
        return connection.execute(query, {"rubric": NEW, **values}).fetchall()


def test_scores_are_those_of_the_store(region, trends):
    reports = trends.frames.reports.set_index("report")
    rows = _sql(region, _COUNTED)
    assert len(rows) == len(reports)
    for number, _, year, overall, _ in rows:
        assert reports.at[number, "year"] == year
        assert reports.at[number, "overall"] == overall or (
            overall is None and pd.isna(reports.at[number, "overall"])
        )


@pytest.mark.parametrize("year", [2021, 2025])
def test_published_figures_are_those_of_a_plain_query(region, trends, year):
    counted = f"with counted as ({_COUNTED})"
    ((mean, n),) = _sql(
        region, f"{counted} select avg(overall), count(overall) from counted where year = :year", year=year
    )
    row = trends.scores.query("by == 'year' and year == @year").iloc[0]
    assert (row["mean"], row["n"]) == (pytest.approx(mean), n)
    ((rate,),) = _sql(
        region,
        f"{counted} select 1.0 * count(f.rule) / count(distinct c.id) from counted c left join findings f "
        "on f.result_id = c.result and f.rule = 'vague-claim' where year = :year and overall is not null",
        year=year,
    )
    found = trends.faults.query("by == 'year' and year == @year and rule == 'vague-claim'").iloc[0]
    assert found["rate"] == pytest.approx(rate)
    ((closed,),) = _sql(
        region,
        f"{counted} select avg(share) from "
        "(select avg(p.cause = 'explicit' and p.remedy = 'specific') as share "
        "from counted c join problems p on p.result_id = c.result where year = :year group by c.id)",
        year=year,
    )
    kept = trends.standing.query("by == 'year' and year == @year and measure == 'closure'").iloc[0]
    assert kept["mean"] == pytest.approx(closed)


def test_one_rubric_a_time(region, truth, trends):
    assert trends.frames.rubric == NEW
    assert set(trends.frames.reports["year"]) == set(truth.years)
    old = read(Store.open(region[0]), rubric=OLD)
    assert (old.rubric, set(old.reports["year"])) == (OLD, set(truth.years[:-1]))
    assert old.left_out.set_index("reason").at["rubric", "reports"] > 50
    both = old.reports.merge(trends.frames.reports, on="report").dropna(subset=["overall_x", "overall_y"])
    assert (both["overall_y"] - both["overall_x"]).round(1).eq(truth.rubric_shift).all()


def test_a_change_of_rubric_is_no_change_of_quality(trends):
    last = trends.frames.pairs.query("year == 2025")
    assert abs((last["overall"] - last["last_overall"]).mean()) < 3  # the new rubric takes six points


def test_what_does_not_count_is_counted(trends):
    left = trends.frames.left_out.set_index("reason")["reports"]
    assert left[["superseded", "no-year", "no-unit", "rubric", "repeated"]].tolist() == [3, 2, 2, 0, 0]
    assert not trends.frames.reports.duplicated(["unit_id", "year"]).any()


def test_no_frame_knows_a_person(store, region):
    one = next(Store.open(region[0]).latest()).result
    authors = ("欧阳测试", "司马测试")
    made = [
        replace(
            one, source=replace(one.source, unit="县人民医院", author=name, year=year, path=f"{name}{year}")
        )
        for name in authors
        for year in (2024, 2025)
    ]
    store.save(made, "一")
    found = read(store)
    assert sorted(found.reports["unit_id"].unique()) == ["县人民医院#1", "县人民医院#2"]
    assert found.reports.groupby("unit_id")["year"].nunique().eq(2).all()
    for each in fields(found):
        frame = getattr(found, each.name)
        if isinstance(frame, pd.DataFrame):
            assert not {"author", "by", "name"} & set(frame)
            cells = frame.select_dtypes(["string", "object"]).to_numpy().ravel()
            assert not any(name in str(cell) for cell in cells for name in authors)


def test_units_are_told_apart(trends, truth):
    named = trends.frames.reports.dropna(subset=["unit"])
    assert set(named["unit"]) <= set(truth.units)
    assert named.groupby("unit_id")["unit"].nunique().eq(1).all()


def test_the_same_text_of_two_units_is_two_reports(store, region):
    one = next(Store.open(region[0]).latest()).result
    others = [replace(one, source=replace(one.source, unit=unit, path=unit)) for unit in ("甲乙镇", "丙丁镇")]
    store.save(others, "一")
    store.save(others[:1], "二")
    found = read(store)
    assert set(found.reports["unit"]) == {"甲乙镇", "丙丁镇"}
    assert found.left_out.set_index("reason").at["repeated", "reports"] == 1


def test_reviewed_scores_when_asked(store):
    make_region(store, units=6, years=2)
    stored = read(store).reports.dropna(subset=["overall"]).iloc[0]
    decide(store, stored["sha256"], Kind.ADJUST, "language", "甲", "读过", 0.0)
    machine, reviewed = (read(store, adjusted=adjusted) for adjusted in (False, True))
    rows = [frames.reports.set_index("sha256").loc[stored["sha256"]] for frames in (machine, reviewed)]
    assert rows[0]["overall"] == stored["overall"]
    assert rows[1]["overall"] < stored["overall"]
    shift = rows[1]["overall"] - rows[0]["overall"]
    for bound in ("low", "high"):
        assert rows[1][bound] == pytest.approx(max(0.0, rows[0][bound] + shift))
    assert (rows[0]["adjusted"], rows[1]["adjusted"]) == (False, True)
    assert reviewed.decisions[["kind", "target", "value"]].to_numpy().tolist() == [
        ["adjust", "language", 0.0]
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"rubric": "no-such/1"}, "no-such/1"), ({"years": (1990, 1991)}, "1990—1991 年没有报告")],
)
def test_what_is_not_there_is_said(region, asked, told):
    with pytest.raises(ShupingError, match=told):
        read(Store.open(region[0]), **asked)


def test_an_empty_store(store):
    with pytest.raises(ShupingError, match="还没有报告"):
        read(store)


def test_reports_without_years(store, region):
    one = next(Store.open(region[0]).latest()).result
    store.save([replace(one, source=replace(one.source, year=None))], "一")
    with pytest.raises(ShupingError, match="没有写明年度"):
        read(store)
