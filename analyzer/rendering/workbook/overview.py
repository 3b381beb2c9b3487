"""总表: one row a report, those of the highest risk first, with what to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from analyzer.lexicons import table
from analyzer.rendering import labels, summary
from analyzer.rendering.risk import Level, Risk
from analyzer.rendering.workbook.book import Book
from analyzer.rendering.workbook.reports import Report, conflicts, origins
from analyzer.rendering.workbook.sheets import (
    ABOVE,
    FINDINGS,
    LEDGER,
    RANKED,
    Cell,
    Column,
    Link,
    Sheet,
    Style,
    Tone,
    page,
    place,
)
from analyzer.result import Dimension

LEVEL: Final = {Level.HIGH: "■ 高", Level.MIDDLE: "▲ 中", Level.LOW: "● 低"}

# What people may say of a report that they have dealt with.
HANDLED: Final = ("待看", "已看", "退回补正", "约谈", "不采纳")
LOW: Final = (2.0, 3.5)  # scores of a dimension that are shown as bad and as doubtful

_REASONS: Final = 6  # lines of a cell

COLUMNS: Final = (
    Column("名次", 6, "按风险分从高到低；同分的，得分低的在前。", Style.COUNT),
    Column("风险", 7, "■ 高、▲ 中、● 低，由风险分定，分界见上文“风险怎么算”。", Style.CENTRED),
    Column("单位", 20, "报送单位；不知道的列文件名，外加〔〕。"),
    Column(
        "主要看点",
        52,
        "为什么排在这里：封顶、雷同、错写单位在前，再列失分最多的三种毛病，"
        "最重的一种引一句原文；■ 须改 ▲ 宜改 ● 提示。",
    ),
    Column("得分", 7, "百分制，100 减去各处意见的失分。没有评分的空着。", Style.POINTS),
    Column("等级", 8, "A 好（90 以上）、B 较好（75 以上）、C 一般（60 以上）、D 差。", Style.CENTRED),
    Column(
        "专家评分多在",
        9,
        "同样的报告，五位专家约有四位打在这个范围；两份的范围有重叠，就不要据得分分高下。",
        Style.CENTRED,
    ),
    *(
        Column(
            labels.DIMENSION[dimension],
            7.5,
            "七个方面之一，0—5 分；低于 3.5 标黄，低于 2 标红。",
            Style.POINTS,
        )
        for dimension in Dimension
    ),
    Column(
        "封顶",
        8,
        "触及封顶条件、还没有人解除时，总分最高到多少；“已解除”是有名有姓的人解除过。",
        Style.CENTRED,
    ),
    Column("须改", 7, "程度为“须改”的意见处数，封顶也算一处。", Style.COUNT),
    Column("宜改", 7, "程度为“宜改”的意见处数。", Style.COUNT),
    Column(
        "雷同", 7, "与另一份报告（或本单位上年报告）重合的自有文字，取最高的一份；没有的空着。", Style.SHARE
    ),
    Column("把握", 7, "机器对这一份读得有多准，定义见上文“把握怎么算”。", Style.SHARE),
    Column("单位类型", 11, "来自清单、文件名或报告，见“信息来源”。"),
    Column("地区", 10, "同上。"),
    Column("姓名", 9, "述职人，同上。"),
    Column("年度", 7, "报告所属年度，不是报送的年份。", Style.COUNT),
    Column("处理", 10, f"留给您填，可从下拉里选：{'、'.join(HANDLED)}。重新运行会盖掉本文件，填写前请另存。"),
    Column("批注", 24, "留给您填。"),
    Column(
        "对账单",
        18,
        "写出几个问题，履职、整改中另提到几个，其中几个缺原因或缺措施，几个有一样拿不准；点开到对账单的那一行。",
        Style.CENTRED,
    ),
    Column("问题清单", 9, "意见几处；点开到问题清单的那一行。", Style.CENTRED),
    Column("网页", 7, "点开是这份报告的网页：全文、批注、评分卡。", Style.CENTRED),
    Column("文件", 32, "报送材料里的路径。"),
    Column("信息来源", 20, "单位、姓名、年度等各由谁说：清单、文件名，还是报告自己。"),
    Column("说法不一", 28, "清单、文件名、报告三者说法不同之处，以及取了哪一个。"),
    Column("风险分", 8, "见上文“风险怎么算”。", Style.POINTS),
    Column("风险分怎么来", 34, "各项相加的过程。"),
)
PRINTED: Final = 25  # as far as what people write themselves
_DECLINED: Final = "未评分"


def write(
    sheet: Sheet,
    reports: Sequence[Report],
    book: Book,
    ledger: Mapping[str, int],
    findings: Mapping[str, int],
) -> None:
    """Write the sheet; the mappings give the first row of each report in the other two."""
    sheet.open(
        f"每行一份报告，共 {len(reports)} 份，风险高的在前。"
        "只评文字写法；排在前面是“先看”，不是“有问题”的结论。"
    )
    for report in reports:
        sheet.add(_row(report, book, ledger, findings))
    if not reports:
        sheet.say("没有可以列出的报告，见“未能读取”。")
    sheet.offer("处理", HANDLED)
    sheet.paint("风险", Tone.BAD, "begins with", "■", words=True)
    sheet.paint("风险", Tone.WARN, "begins with", "▲", words=True)
    sheet.paint("等级", Tone.GOOD, "==", "A")
    sheet.paint("等级", Tone.WARN, "==", "C")
    sheet.paint("等级", Tone.BAD, "==", "D")
    sheet.paint("等级", Tone.FAINT, "==", _DECLINED)
    for dimension in Dimension:
        sheet.paint_low(labels.DIMENSION[dimension], *LOW)
    sheet.paint("封顶", Tone.BAD, "begins with", "■", words=True)
    numbers = table("risk.toml")
    sheet.paint("雷同", Tone.BAD, ">=", numbers["copies"]["grave"])
    sheet.paint("雷同", Tone.WARN, ">=", numbers["copies"]["steps"][-1][0])
    sheet.paint_low("把握", *(below for below, _ in numbers["doubt"]["steps"]))
    sheet.close()


def row_of(report: Report) -> int:
    """Return the row of the sheet on which a report stands, counted from 0."""
    return ABOVE + report.rank - 1


def lead(report: Report) -> Link:
    """Return the cell that shows a report's rank and leads to its row here."""
    return Link(report.rank, place(RANKED, row_of(report)))


def parts(risk: Risk) -> str:
    """Return what a risk adds up from, in words."""
    named = (
        ("封顶", risk.gate),
        ("失分", risk.lost),
        ("须改", risk.errors),
        ("雷同", risk.copied),
        ("把握低", risk.doubt),
    )
    return "＋".join(f"{name} {summary.number(points)}" for name, points in named if points) or "0"


def _row(
    report: Report, book: Book, ledger: Mapping[str, int], findings: Mapping[str, int]
) -> tuple[Cell, ...]:
    source = report.source
    unsure = f"／拿不准 {report.unsure}" if report.unsure else ""
    others = f"／另提到 {report.in_passing}" if report.in_passing else ""
    problems = f"{report.problems} 个{others}／缺 {report.gaps}{unsure}" if report.path in ledger else ""
    return (
        report.rank,
        LEVEL[report.risk.level],
        report.title,
        "\n".join(report.reasons[:_REASONS]) or "没有失分",
        report.overall,
        report.grade,
        report.interval,
        *report.scores,
        report.gates,
        report.must,
        report.should,
        report.copy.overlap or None,
        report.certainty,
        source.unit_type,
        source.region,
        source.author,
        source.year,
        None,
        None,
        Link(problems, place(LEDGER, ledger[report.path])) if problems else None,
        Link(f"{report.findings} 处", place(FINDINGS, findings[report.path]))
        if report.path in findings
        else None,
        Link("打开", page(book.pages[report.path])) if report.path in book.pages else None,
        report.path,
        origins(source),
        conflicts(source),
        report.risk.points,
        parts(report.risk),
    )
