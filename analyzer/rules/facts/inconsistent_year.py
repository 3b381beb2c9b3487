"""Years of a report that do not fit together.

Source: DOMAIN §2.H year_inconsistent.  Only what the report says of its own year is compared; history and
plans over several years are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import patterns
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import closing, duties, plans, preface, report, title
from analyzer.rules.reporting_year import (
    FILING_MONTHS,
    Dated,
    ReportingYear,
    Source,
    opening_year,
    plan_year,
    reporting_year,
    signed_year,
)
from analyzer.rules.search import found, sentence_of

_FIX = "请把全文的年份统一一遍：述职年度、计划年度（通常是下一年）、落款日期；沿用旧稿的，连内容一起核对。"


def _check(report: Report) -> Iterator[Hit]:
    told = reporting_year(report)
    if told is None or told.source is not Source.TITLE:
        return
    for dated, about in (*_declared(report, told), *_ahead_of_its_time(report, told)):
        start, end = report.repaired.source(dated.start, dated.end)
        yield Hit(start, end, f"标题写的是 {told.year} 年，{about}，年份对不上。", _FIX, 0.8)


def _declared(report: Report, told: ReportingYear) -> Iterator[tuple[Dated, str]]:
    """Yield what the report says of its year in other places than the title."""
    opening = opening_year(report)
    if opening and opening.year != told.year:
        yield opening, f"开头说报告的是 {opening.year} 年的情况"
    plan = plan_year(report)
    if plan and _misfits(report, told, plan):
        yield plan, f"下步打算写的是 {plan.year} 年而不是下一年"
    signed = signed_year(report)
    if signed and signed.year not in (told.year, told.year + 1):
        yield signed, f"落款是 {signed.year} 年"


def _misfits(report: Report, told: ReportingYear, plan: Dated) -> bool:
    """Whether plans are for a year that is over; a report may be titled by the year it is filed in."""
    if plan.year == told.year and not told.annual:
        return f"{told.year - 1}年" not in report.repaired.text
    return plan.year <= told.year


def _ahead_of_its_time(report: Report, told: ReportingYear) -> Iterator[tuple[Dated, str]]:
    """Yield what the duties tell as done in a year that was yet to come; the first of a year is enough."""
    cues, seen = patterns("campaigns.toml"), set()
    done = [s for s in report.analysis.sections if s.type is SectionType.DUTIES]
    for place in found(report, cues["happened"]):
        year, month = int(place.match.group("year")), int(place.match.group("month") or 12)
        if year <= told.year or year in seen or (year == told.year + 1 and month <= FILING_MONTHS):
            continue
        if any(s.start <= place.start < s.end for s in done) and not cues["ahead"].search(
            sentence_of(place.match)
        ):
            seen.add(year)
            yield (
                Dated(year, *place.match.span()),
                f"履职情况里却有 {place.text} 的事，那时还没有到",
            )


_T22 = title("××局党组书记2022年度抓基层党建工作述职报告")

RULE = Rule(
    id="inconsistent-year",
    family=Family.FACTS,
    dimension=Dimension.FACTS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="年份前后不一致",
    what="以标题的年度为准，核对开头所说的年度、下步打算的年度、落款的日期和履职情况里的时间。历史年份、跨年度的规划、一季度报送前的事不算。",
    why="年份不一致，最常见的原因是拿上一年的稿子改的；读者也弄不清说的是哪一年。",
    fix="全文年份统一一遍。",
    basis="审稿通行要求。",
    check=_check,
    must_fire=(
        report(
            _T22, duties("一、履职情况\n讲党课4次。"), plans("三、下步打算\n2022年，我将每季度到支部1次。")
        ),
        report(_T22, preface("现将2021年度履职情况报告如下："), duties("一、履职情况\n讲党课4次。")),
        report(_T22, duties("一、履职情况\n2024年以来，讲党课4次。2023年8月走访46户。")),
        report(_T22, duties("一、履职情况\n讲党课4次。"), closing("述职人：李明\n2021年1月12日")),
    ),
    must_not_fire=(
        report(
            _T22,
            preface("现将2022年度履职情况报告如下："),
            duties("一、履职情况\n2018年以来的积案办结3件，2023年2月前完成审计。"),
            plans("三、下步打算\n2023年，我将每季度到支部1次，到2025年全部达标。"),
            closing("述职人：李明\n2023年1月12日"),
        ),
        report(
            title("2022年述职报告"),
            duties("一、2021年履职情况\n2021年，讲党课4次。"),
            plans("三、下步打算\n2022年，我将每季度到支部1次。"),
        ),
        report(_T22, plans("三、下步打算\n（一）换管1.9公里，剩下的列2025年，先换东段。")),
        report(_T22, duties("一、履职情况\n项目预计2024年10月投产，将于2023年6月开工。")),
        report(duties("一、履职情况\n2024年以来，讲党课4次。")),
    ),
)
