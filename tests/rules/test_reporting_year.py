"""Which year a report is on: the base of every judgement of time."""

from __future__ import annotations

import pytest

from analyzer.rules.examples import Example, closing, duties, plans, preface, report, title
from analyzer.rules.reporting_year import Source, plan_year, reporting_year, signed_year

_DUTIES = duties("一、履职情况\n讲党课4次。")


@pytest.mark.parametrize(
    ("example", "year", "source"),
    [
        (report(title("××局党组书记2022年度抓党建工作述职报告"), _DUTIES), 2022, Source.TITLE),
        (report(title("二〇二一年述职报告"), _DUTIES), 2021, Source.TITLE),
        (report(title("2019—2020学年述职"), _DUTIES), 2020, Source.TITLE),
        (report(title("镇党委书记述职报告\n（2025年度）"), _DUTIES), 2025, Source.TITLE),
        (
            report(
                title("述职报告"), preface("现将2025年履职情况报告如下。"), duties("一、2024年度述职整改")
            ),
            2025,
            Source.PREFACE,
        ),
        (report(preface("现将2021年度履职情况报告如下："), _DUTIES), 2021, Source.PREFACE),
        (report(_DUTIES, plans("三、下步打算\n2022年，我将多下支部。")), 2021, Source.PLANS),
        (report(_DUTIES, closing("述职人：李明\n2022年1月12日")), 2021, Source.DATE),
        (report(_DUTIES, closing("述职人：李明\n2021年12月20日")), 2021, Source.DATE),
    ],
)
def test_the_surest_place_tells_the_year(example: Example, year: int, source: Source) -> None:
    told = reporting_year(example.report())
    assert told is not None
    assert (told.year, told.source) == (year, source)


def test_the_date_below_a_title_is_not_its_year() -> None:
    told = reporting_year(report(title("述职报告\n（2022年1月5日）"), _DUTIES).report())
    assert told is not None
    assert (told.year, told.source) == (2021, Source.DATE)


def test_a_report_that_names_no_year_of_its_own_has_none() -> None:
    assert reporting_year(report(duties("一、履职情况\n2016年建的活动室漏雨，修好了。")).report()) is None


def test_years_are_found_where_they_stand() -> None:
    made = report(
        _DUTIES, plans("三、下步打算\n2022年，我将多下支部。"), closing("李明\n2022年1月12日")
    ).report()
    text = made.doc._.repaired.text
    plan, signed = plan_year(made), signed_year(made)
    assert plan is not None
    assert signed is not None
    assert text[plan.start : plan.end].startswith("2022年")
    assert text[signed.start : signed.end].startswith("2022年1月12日")
