"""错写单位: where a report calls itself by the name of another unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from analyzer.rendering.workbook.book import Foreign
from analyzer.rendering.workbook.overview import row_of
from analyzer.rendering.workbook.reports import Report
from analyzer.rendering.workbook.sheets import RANKED, Column, Link, Sheet, Style, place

COLUMNS: Final = (
    Column("单位", 22, "这份报告的单位，点开到总表的那一行。"),
    Column("写成了", 22, "报告在自称的地方写的另一个单位。"),
    Column("位置", 10, "从全文第几个字起。", Style.COUNT),
    Column("文件", 40, "报送材料里的路径。"),
)


def write(sheet: Sheet, found: Sequence[Foreign], reports: Mapping[str, Report]) -> None:
    """Write the sheet."""
    sheet.open(
        "在自称的地方写了别的单位，可能是照别处的稿子改的，也可能是单位名读错了，请看原文。"
        "结对、帮扶、上级等提到别的单位，不算。"
    )
    for each in found:
        report = reports.get(each.path)
        who = Link(each.unit, place(RANKED, row_of(report))) if report else each.unit
        sheet.add((who, each.name, each.start + 1, each.path))
    if sheet.is_empty:
        sheet.say("没有发现。")
    sheet.close()
