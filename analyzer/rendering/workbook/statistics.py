"""统计 and 统计图: how reports of each type of unit and each region stand; small groups are not averaged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean, median, quantiles
from typing import TYPE_CHECKING, Any, Final

from analyzer.rendering import labels
from analyzer.rendering.workbook.overview import LOW
from analyzer.rendering.workbook.reports import Report
from analyzer.rendering.workbook.sheets import CHARTS, Cell, Column, Sheet, Style
from analyzer.result import Dimension
from analyzer.rules.catalogue import rule_title

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

LEAST: Final = 5  # reports with a score, below which a group says more of its members than of itself
_UNKNOWN: Final = "（未写明）"
_COMMONEST: Final = 3
_LISTED: Final = 20  # faults of the table below
_CHARTED: Final = 12
_BINS: Final = tuple(range(0, 100, 10))

COLUMNS: Final = (
    Column("分组", 11, "全部、按单位类型、按地区、按年度。"),
    Column("组", 26, "组的名称；“毛病”一段里是毛病的名称，“得分段”一段里是得分的范围。"),
    Column("份数", 8, "这一组的报告；“毛病”一段里是有这种毛病的报告。", Style.COUNT),
    Column("评分", 8, "其中评了分的；以下各列只算评了分的。", Style.COUNT),
    Column("平均", 8, f"评分不到 {LEAST} 份的组不列平均、分位和比例。", Style.POINTS),
    Column("下四分", 8, "四分之一的报告不高于它。", Style.POINTS),
    Column("中位", 8, "一半的报告不高于它。", Style.POINTS),
    Column("上四分", 8, "四分之三的报告不高于它。", Style.POINTS),
    *(Column(grade, 7, "这一等级占评分的比例。", Style.SHARE) for grade in labels.GRADE),
    Column("有封顶", 8, "封顶未解除的占评分的比例。", Style.SHARE),
    *(
        Column(
            labels.DIMENSION[dimension],
            8.5,
            "这个方面的平均分，0—5；低于 2 标红，低于 3.5 标黄。",
            Style.POINTS,
        )
        for dimension in Dimension
    ),
    Column("最常见的毛病", 54, "占这一组评分报告的比例，只算扣了分的。"),
)
_GRADES_AT: Final = 8
_SCORE_COLOURS: Final = (
    "#4E8F3A",
    "#A9CF8F",
    "#F2C14E",
    "#B5392F",
)  # dark and light in turn, so that print shows it
_BAR: Final = "#3F6C9B"

_BY_YEAR: Final = "年度"
_GROUPS: Final[Mapping[str, Callable[[Report], Any]]] = {
    "单位类型": lambda report: report.source.unit_type,
    "地区": lambda report: report.source.region,
    _BY_YEAR: lambda report: report.source.year,
}


def write(sheet: Sheet, charts: Charts, reports: Sequence[Report]) -> None:
    """Write the tables, and the charts of them on a sheet of their own."""
    sheet.open(f"评分不到 {LEAST} 份的组只数份数，不列平均。写得好不等于干得好：这里比的是文字，不是工作。")
    everything = sheet.row
    sheet.add(_group("全部", "全部", reports))
    averaged = {kind: _groups(sheet, kind, reports) for kind in _GROUPS}
    bins = sheet.row
    for row in _spread(reports):
        sheet.add(row)
    faults = sheet.row
    for fault in _faults(reports):
        sheet.add(fault)
    for dimension in Dimension:
        sheet.paint_low(labels.DIMENSION[dimension], *LOW)
    last = sheet.row
    sheet.close()
    if any(report.overall is not None for report in reports):
        charts.add(_histogram(charts.book, sheet, bins))
        charts.add(_grades(charts.book, sheet, averaged["单位类型"] or (everything, everything + 1)))
        charts.add(_commonest(charts.book, sheet, faults, min(last, faults + _CHARTED)))


class Charts:
    """A sheet of charts."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._sheet = book.add_worksheet(CHARTS)
        self._count = 0
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 1)

    def add(self, chart: Chart) -> None:
        """Put a chart beside or under the others, two in a row."""
        down, right = divmod(self._count, 2)
        self._sheet.insert_chart(0, 0, chart, {"x_offset": 10 + right * 560, "y_offset": 10 + down * 400})
        self._count += 1


def quartiles(scores: Sequence[float]) -> tuple[float, float, float]:
    """Return lower quartile, median and upper quartile."""
    low, _, high = quantiles(scores, n=4, method="inclusive")
    return low, median(scores), high


def _groups(sheet: Sheet, kind: str, reports: Sequence[Report]) -> tuple[int, int] | None:
    """Write the groups of a kind: years in order, others by median, the lowest first; small ones in one row.

    Return the first row of those that are averaged and the one after the last; None where there are none.
    """
    members: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        known = _GROUPS[kind](report)
        members[_UNKNOWN if known is None else str(known)].append(report)
    if set(members) == {_UNKNOWN}:
        return None
    scores = {name: _scores(group) for name, group in members.items()}
    large = [name for name in members if len(scores[name]) >= LEAST]
    by_median = kind != _BY_YEAR
    large.sort(key=lambda name: (name == _UNKNOWN, by_median and median(scores[name]), name))
    first = sheet.row
    for name in large:
        sheet.add(_group(kind, name, members[name]))
    small = sorted(set(members) - set(large), key=lambda name: (name == _UNKNOWN, -len(members[name]), name))
    if small:
        named = "、".join(f"{name} {len(members[name])}" for name in small)
        count = sum(len(members[name]) for name in small)
        scored = sum(len(scores[name]) for name in small)
        empty: list[Cell] = [None] * (len(COLUMNS) - 5)
        sheet.add(
            (kind, f"其余 {len(small)} 组", count, scored, *empty, f"各不足 {LEAST} 份，不列平均：{named}")
        )
    return (first, first + len(large)) if large else None


def _scores(reports: Sequence[Report]) -> list[float]:
    return [report.overall for report in reports if report.overall is not None]


def _group(kind: str, name: str, reports: Sequence[Report]) -> tuple[Cell, ...]:
    scored = [report for report in reports if report.overall is not None]
    scores = _scores(reports)
    if len(scores) < LEAST:
        empty: list[Cell] = [None] * (len(COLUMNS) - 5)
        return kind, name, len(reports), len(scores), *empty, f"不足 {LEAST} 份，不列平均"
    grades = Counter(report.grade for report in scored)
    low, middle, high = quartiles(scores)
    return (
        kind,
        name,
        len(reports),
        len(scores),
        fmean(scores),
        low,
        middle,
        high,
        *(grades[grade] / len(scored) for grade in labels.GRADE),
        sum(report.risk.gate > 0 for report in scored) / len(scored),
        *(
            fmean(known) if (known := [s for r in scored if (s := r.scores[number]) is not None]) else None
            for number in range(len(Dimension))
        ),
        "；".join(
            f"{rule_title(rule)} {count / len(scored):.0%}" for rule, count, _ in _ranked(scored)[:_COMMONEST]
        ),
    )


def _ranked(scored: Sequence[Report]) -> list[tuple[str, int, float]]:
    """Return rules with the number of reports that they cost points, and all those points."""
    counts: Counter[str] = Counter()
    lost: defaultdict[str, float] = defaultdict(float)
    for report in scored:
        for fault in report.faults:
            if fault.lost:
                counts[fault.rule] += 1
                lost[fault.rule] += fault.lost
    return sorted(((rule, n, lost[rule]) for rule, n in counts.items()), key=lambda x: (-x[1], -x[2], x[0]))


def _spread(reports: Sequence[Report]) -> list[tuple[Cell, ...]]:
    counts = Counter(min(int(score // 10) * 10, 90) for score in _scores(reports))
    empty: list[Cell] = [None] * (len(COLUMNS) - 3)
    return [("得分段", f"{low}–{low + 10 if low == 90 else low + 9.9}", counts[low], *empty) for low in _BINS]


def _faults(reports: Sequence[Report]) -> list[tuple[Cell, ...]]:
    scored = [report for report in reports if report.overall is not None]
    empty: list[Cell] = [None] * (len(COLUMNS) - 5)
    return [
        (
            "毛病",
            rule_title(rule),
            count,
            len(scored),
            *empty,
            f"占 {count / len(scored):.0%}，共失 {lost:.0f} 分",
        )
        for rule, count, lost in _ranked(scored)[:_LISTED]
    ]


def _histogram(book: Workbook, sheet: Sheet, first: int) -> Chart:
    chart = book.add_chart({"type": "column"})
    last = first + len(_BINS) - 1
    chart.add_series(
        {
            "categories": [sheet.name, first, 1, last, 1],
            "values": [sheet.name, first, 2, last, 2],
            "fill": {"color": _BAR},
            "gap": 20,
            "data_labels": {"value": True},
        }
    )
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _dressed(chart, "得分分布（份）", legend=False)


def _grades(book: Workbook, sheet: Sheet, rows: tuple[int, int]) -> Chart:
    """Return the share of each grade in each type of unit that is large enough to be averaged."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    start, last = rows[0], min(rows[1], rows[0] + _CHARTED) - 1
    for number, (grade, colour) in enumerate(zip(labels.GRADE, _SCORE_COLOURS, strict=True)):
        column = _GRADES_AT + number
        chart.add_series(
            {
                "name": f"{grade} {labels.GRADE[grade]}",
                "categories": [sheet.name, start, 1, last, 1],
                "values": [sheet.name, start, column, last, column],
                "fill": {"color": colour},
                "border": {"color": "white"},
                "gap": 40,
                "data_labels": {"value": True, "num_format": "0%;;", "font": {"size": 8}},  # no nought
            }
        )
    chart.set_y_axis({"reverse": True})
    return _dressed(chart, "各类单位的等级构成", legend=True)


def _commonest(book: Workbook, sheet: Sheet, first: int, after: int) -> Chart:
    chart = book.add_chart({"type": "bar"})
    last = max(first, after - 1)
    chart.add_series(
        {
            "categories": [sheet.name, first, 1, last, 1],
            "values": [sheet.name, first, 2, last, 2],
            "fill": {"color": _BAR},
            "gap": 30,
            "data_labels": {"value": True},
        }
    )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _dressed(chart, "最常见的毛病（有这种毛病的份数）", legend=False)


def _dressed(chart: Chart, title: str, *, legend: bool) -> Chart:
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom"} if legend else {"none": True})
    chart.set_size({"width": 540, "height": 380})
    return chart
