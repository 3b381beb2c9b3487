"""问题清单: every finding of every report."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from analyzer.rendering import labels, summary
from analyzer.rendering.places import Places, shorten
from analyzer.rendering.workbook.reports import path_of, title_of
from analyzer.rendering.workbook.sheets import Cell, Column, Sheet, Style, Tone
from analyzer.result import Finding, Result, Severity, Suppressed
from analyzer.rules.catalogue import rule_title

_QUOTED: Final = 120

COLUMNS: Final = (
    Column("名次", 6, "这份报告在总表的名次；点开到总表的那一行。", Style.COUNT),
    Column("单位", 18, "同总表。"),
    Column("年度", 7, "同总表。", Style.COUNT),
    Column("位置", 11, "在报告里的段或行；“全文”是说整份报告。"),
    Column("程度", 9, "■ 须改、▲ 宜改、● 提示。", Style.CENTRED),
    Column("方面", 13, "七个方面之一。"),
    Column("毛病", 22, "规则的名称。"),
    Column("原文", 38, "报告里的话，过长的略去中间。"),
    Column("为何", 50, "为什么算毛病。"),
    Column("改法", 44, "怎么改；只问“是哪一件事、多少、谁负责”，不替人填答案。"),
    Column("失分", 7, "这一处扣的分，百分制。", Style.POINTS),
    Column("把握", 7, "机器对这一处有多大把握。", Style.SHARE),
    Column("计分", 9, "计分、不扣分、封顶，或“免计”：有人看过、注明理由，不再扣分。", Style.CENTRED),
    Column("备注", 24, "免计的理由和出处。"),
    Column("规则", 22, "规则的代号；说明见 shuping rules 代号。"),
    Column("文件", 30, "报送材料里的路径。"),
)


def rows(result: Result, places: Places, severities: Collection[Severity]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of one report without its rank, in order of place, those let stand last."""
    path = path_of(result)
    title = title_of(result.source, path)
    entries: list[tuple[Finding, Suppressed | None]] = [(f, None) for f in summary.by_place(result.findings)]
    entries += [(each.finding, each) for each in result.suppressed]
    for finding, let_stand in entries:
        if finding.severity in severities:
            yield (
                title,
                result.source.year,
                places.name(finding.start, finding.end),
                f"{labels.SEVERITY_SIGN[finding.severity]} {labels.SEVERITY[finding.severity]}",
                labels.DIMENSION[finding.dimension],
                rule_title(finding.rule),
                shorten(finding.evidence, _QUOTED),
                finding.message,
                finding.suggestion,
                None if let_stand else finding.deduction,
                finding.confidence,
                "免计" if let_stand else _counts(finding),
                f"{let_stand.reason}（{let_stand.by}）" if let_stand else "",
                finding.rule,
                path,
            )


def finish(sheet: Sheet) -> None:
    """Colour what matters once all rows are written."""
    sheet.paint("程度", Tone.BAD, "begins with", labels.SEVERITY_SIGN[Severity.ERROR], words=True)
    sheet.paint("程度", Tone.WARN, "begins with", labels.SEVERITY_SIGN[Severity.WARNING], words=True)
    sheet.paint("计分", Tone.BAD, "==", "封顶")
    sheet.paint("计分", Tone.FAINT, "==", "免计")
    if sheet.is_empty:
        sheet.say("没有意见。")
    sheet.close()


def _counts(finding: Finding) -> str:
    if finding.rule.startswith("gate-"):
        return "封顶"
    return "计分" if finding.deduction else "不扣分"
