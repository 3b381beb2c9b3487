"""两年对照: what became of last year's problems and promises, a row for each unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from analyzer.comparing.years import YearRow
from analyzer.lexicons import table
from analyzer.rendering.workbook.overview import row_of
from analyzer.rendering.workbook.reports import Report
from analyzer.rendering.workbook.sheets import RANKED, Cell, Column, Link, Sheet, Style, Tone, place

COLUMNS: Final = (
    Column("单位", 22, "点开到今年这份在总表的那一行。"),
    Column("看点", 46, "■ 大段照搬上年、上年问题照样写回；▲ 上年承诺今年只字不提；● 得分下降。"),
    Column("上年", 8, "上一份报告的年度。", Style.COUNT),
    Column("今年", 8, "这一份报告的年度。", Style.COUNT),
    Column("上年得分", 9, "没有评分的空着。", Style.POINTS),
    Column("今年得分", 9, "没有评分的空着。", Style.POINTS),
    Column("增减", 8, "今年减上年；相差不到专家评分的上下范围，不算真有变化。", Style.POINTS),
    Column("照搬上年", 9, "今年的句子有多少上年就有，套话不算。", Style.SHARE),
    Column("上年问题", 9, "上年自认的问题几个。", Style.COUNT),
    Column("写回来的", 9, "其中今年一字不差又写上的几个。", Style.COUNT),
    Column("上年承诺", 9, "上年写下的措施几条。", Style.COUNT),
    Column("已见结果", 9, "其中今年写出了结果的几条。", Style.COUNT),
    Column("没有下文", 9, "其中今年只字不提的几条；也许做了没有写，问一句就清楚。", Style.COUNT),
    Column("上年文件", 30, "报送材料或往年材料里的路径。"),
    Column("今年文件", 30, "报送材料里的路径。"),
)


def write(sheet: Sheet, rows: Sequence[YearRow], reports: Mapping[str, Report]) -> None:
    """Write the sheet, what needs a look first."""
    sheet.open(f"同一单位的两年报告，共 {len(rows)} 对，最该过问的在前。没有下文的承诺，也许做了没有写。")
    for row in sorted(rows, key=lambda row: (-row.kept - row.problems_back, -row.silent, row.unit, row.this)):
        sheet.add(_row(row, reports.get(row.this)))
    if sheet.is_empty:
        sheet.say("这一批里没有同一单位的两年报告。")
    sheet.paint("看点", Tone.BAD, "begins with", "■", words=True)
    sheet.paint("看点", Tone.WARN, "begins with", "▲", words=True)
    sheet.paint("照搬上年", Tone.BAD, ">=", _grave())
    sheet.paint("照搬上年", Tone.WARN, ">=", table("risk.toml")["copies"]["steps"][-1][0])
    sheet.paint("写回来的", Tone.BAD, ">", 0)
    sheet.paint("没有下文", Tone.WARN, ">", 0)
    sheet.close()


def _row(row: YearRow, report: Report | None) -> tuple[Cell, ...]:
    scored = row.last_overall is not None and row.this_overall is not None
    change = (row.this_overall or 0.0) - (row.last_overall or 0.0) if scored else None
    return (
        Link(row.unit, place(RANKED, row_of(report)) if report else None),
        "\n".join(_points(row, change)),
        row.last_year,
        row.this_year,
        row.last_overall,
        row.this_overall,
        change,
        row.kept,
        row.problems_last,
        row.problems_back,
        row.promises,
        row.shown,
        row.silent,
        row.last,
        row.this,
    )


def _grave() -> float:
    """Return the share from which wording of last year's weighs as much as that of another report."""
    share: float = table("risk.toml")["copies"]["grave"]
    return share


def _points(row: YearRow, change: float | None) -> list[str]:
    said = []
    if row.kept >= _grave():
        said.append(f"■ {row.kept:.0%} 的句子上年就有")
    if row.problems_back:
        said.append(f"■ 上年 {row.problems_last} 个问题有 {row.problems_back} 个照样写回")
    if row.silent:
        said.append(f"▲ 上年 {row.promises} 条承诺有 {row.silent} 条没有下文")
    if change is not None and change < 0:
        said.append(f"● 得分下降 {-change:.1f} 分")
    return said
