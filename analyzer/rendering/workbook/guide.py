"""说明: what the workbook holds, how to read it, and what its figures do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from analyzer.lexicons import table
from analyzer.rendering import labels, summary
from analyzer.rendering.cells import WORDS, clean
from analyzer.rendering.risk import Level
from analyzer.rendering.workbook import (
    copies,
    faults,
    foreign,
    ledger,
    overview,
    statistics,
    two_years,
    unread,
)
from analyzer.rendering.workbook.book import Book
from analyzer.rendering.workbook.reports import Report
from analyzer.rendering.workbook.sheets import (
    CHARTS,
    COPIES,
    FINDINGS,
    FOREIGN,
    GUIDE,
    LEDGER,
    RANKED,
    STATISTICS,
    UNREAD,
    YEARS,
    Formats,
    Tone,
    lines_of,
    meanings,
    place,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDTHS: Final = (24, 22, 110)
_LINE: Final = 15.0
_FIRST: Final = 5  # reports that are named at once

_SHEETS: Final = (
    (
        RANKED,
        "每行一份报告",
        "风险高的在前。先看“主要看点”，再点“网页”看全文。要分给几个人看，按“地区”或“单位类型”筛选。",
    ),
    (
        LEDGER,
        "每行一个问题",
        "问题、原因、措施三样对着看，缺的标“缺”或带 ■ ▲，拿不准的带 ◇。“还缺”一列可以直接抄进反馈意见。",
    ),
    (FINDINGS, "每行一处意见", "全部意见：原文、为何、改法、失分。按“毛病”筛选，看同一种毛病出在哪些单位。"),
    (COPIES, "每行一对报告", "相同的文字有多少、最长的一段是什么。只作线索。"),
    (FOREIGN, "每行一处", "在自称的地方写了别的单位名，可能没有改净，也可能读错，请看原文。"),
    (YEARS, "每行一个单位", "上年写的问题有没有照样写回来，上年的承诺今年有没有下文。"),
    (STATISTICS, "每行一组", "按单位类型、地区、年度：平均、中位、等级比例、最常见的毛病。"),
    (CHARTS, "三张图", "得分分布、各类单位的等级构成、最常见的毛病。"),
    (
        UNREAD,
        "每行一件事",
        "没有读成、没有交来、不适合打分、重复、信息对不上的。看完总表再看这里，才算看全。",
    ),
)
_COLUMNS: Final = (
    (RANKED, overview.COLUMNS),
    (LEDGER, ledger.COLUMNS),
    (FINDINGS, faults.COLUMNS),
    (COPIES, copies.COLUMNS),
    (FOREIGN, foreign.COLUMNS),
    (YEARS, two_years.COLUMNS),
    (STATISTICS, statistics.COLUMNS),
    (UNREAD, unread.COLUMNS),
)
_COLOURS: Final = (
    (Tone.BAD, "红底粗体", "先看：■ 高风险、须改、缺项、D 等、方面得分低于 2、重合 80% 以上。"),
    (Tone.WARN, "黄底", "再看：▲ 中风险、宜改、措施里缺的一项、C 等、方面得分低于 3.5、把握不足。"),
    (Tone.GOOD, "绿底", "A 等。"),
    (Tone.FAINT, "灰字", "不适用、不计分，或 ◇ 拿不准。"),
)
_UNSAID: Final = (
    "只评文字写法，不评工作、廉洁与忠诚。写得好不等于干得好，写得差也不等于没有干。",
    "得分有上下：专家评分多在“得分”左右的一个范围，范围有重叠的两份，不能据此分高下，更不能据此排先进。",
    "名次是“先看哪一份”的次序，不是评议结论。封顶、雷同都要人看过才算数。",
    "雷同只说文字相同，不说谁抄谁；同出一份上级文件、同一个起草人都可能相同。",
    "没有下文的承诺，也许做了没有写。",
    "机器会读错。“把握”低的先核对原文；不认的意见可以注明理由免计，封顶可以由有名有姓的人解除。",
)


class Guide:
    """The first sheet; its place is taken at once, its words are written last."""

    def __init__(self, book: Workbook, formats: Formats) -> None:
        self._formats = formats
        self._row = 0
        self.raw = book.add_worksheet(GUIDE)
        for number, width in enumerate(_WIDTHS):
            self.raw.set_column(number, number, width)
        self.raw.freeze_panes(1, 0)
        self.raw.set_landscape()
        self.raw.set_paper(9)  # A4
        self.raw.fit_to_pages(1, 0)
        self.raw.repeat_rows(0)
        self.raw.set_footer("&L述评　&A&C第 &P 页，共 &N 页")

    def write(self, reports: Sequence[Report], book: Book, left_out: str) -> None:
        """Write the sheet; `left_out` says what a sheet could not hold."""
        self._title("述评：一批述职报告的评阅工作簿")
        self._line(
            "这是什么", "", "给一批述职报告的写法排出先看后看，每个判断都能翻到原文。先看本页，再看“总表”。"
        )
        self._line("", "", labels.LIMITS)
        self._head("概况")
        for name, count, words in _counts(reports, book):
            self._line(name, count, words)
        if left_out:
            self._line("没有列全", "", left_out)
        if reports:
            self._head("排在最前面的")
        for report in reports[:_FIRST]:
            self._line(
                report.title,
                f"{overview.LEVEL[report.risk.level]}　{report.grade}",
                "　".join(report.reasons[:3]),
                target=place(RANKED, overview.row_of(report)),
            )
        self._head("各表")
        for name, unit, words in _SHEETS:
            self._line(name, unit, words, target=place(name))
        self._line(
            "",
            "",
            f"每张表左上角的“{GUIDE}”回到这里；名次、"
            f"单位上的链接回到总表。完整的结果在同一文件夹的 {book.full}。",
        )
        self._line("打印", "", "每张表横排，表头每页都有；总表印到“批注”一列，其余各列供屏幕上看。")
        self._head("风险怎么算")
        for line in _risk():
            self._line(*line)
        self._head("把握怎么算")
        self._line(
            "把握", "", "取下面两项中较低的一项：各部分从哪里到哪里分得准不准（按字数平均）；"
"扣了分的意见有多大把握（按失分平均）。"
            "把握低多半是写法少见、分段不清，不等于写得差。",
        )  # fmt: skip
        self._head("颜色和记号")
        for tone, name, words in _COLOURS:
            self._line(name, "", words, tone=tone)
        self._line("■ ▲ ●", "", "颜色说的，记号和文字也说了：黑白打印、看不清颜色，都不影响使用。")
        self._head("这些数字不说明什么")
        for words in _UNSAID:
            self._line("", "", words)
        self._head("按什么评的")
        for rubric, count in sorted(Counter((r.profile, r.rubric) for r in reports).items()):
            self._line("评分标准", " ".join(filter(None, rubric)), f"{count} 份")
        self._head("每一列的意思")
        for sheet, column, words in meanings(_COLUMNS):
            self._line(sheet, column, words)

    def _title(self, words: str) -> None:
        self.raw.set_row(0, _LINE * 2)
        self.raw.write_string(0, 0, words, self._formats.get(bold=True, font_size=16))
        self._row = 1

    def _head(self, words: str) -> None:
        looks = self._formats.get(bold=True, font_size=12, bg_color="#E8EEF4", valign="vcenter")
        self.raw.set_row(self._row, _LINE * 1.4)
        self.raw.write_string(self._row, 0, words, looks)
        for number in (1, 2):
            self.raw.write_blank(self._row, number, None, looks)
        self._row += 1

    def _line(self, *cells: str | int, tone: Tone | None = None, target: str | None = None) -> None:
        lines = max(lines_of(str(cell), width) for cell, width in zip(cells, _WIDTHS, strict=True))
        self.raw.set_row(self._row, _LINE * lines + 2)
        for number, cell in enumerate(cells):
            looks = self._formats.get(**WORDS, bold=number == 0)
            if number == 0 and tone is not None:
                looks = self._formats.tone(tone)
            if isinstance(cell, int):
                self.raw.write_number(self._row, number, cell, self._formats.get(valign="top", align="left"))
            elif number == 0 and target is not None:
                looks = self._formats.get(**WORDS, font_color="#0B5394", underline=1)
                self.raw.write_url(self._row, number, target, looks, clean(str(cell)))
            elif cell:
                self.raw.write_string(self._row, number, clean(cell), looks)
        self._row += 1


def _counts(reports: Sequence[Report], book: Book) -> Iterator[tuple[str, int, str]]:
    scored = [report for report in reports if report.overall is not None]
    grades = Counter(report.grade for report in scored)
    levels = Counter(report.risk.level for report in reports)
    yield (
        "读成的报告",
        len(reports),
        "、".join(f"{overview.LEVEL[level]} {levels[level]} 份" for level in Level),
    )
    shown = "、".join(f"{grade} {labels.GRADE[grade]} {grades[grade]} 份" for grade in labels.GRADE)
    yield "其中评了分的", len(scored), shown
    yield (
        "没有评分的",
        len(reports) - len(scored),
        "不像述职报告、太短等，要人工看；列在“未能读取”，总表里也有。",
    )
    yield "封顶未解除的", sum(report.risk.gate > 0 for report in reports), "退回补正、缺项、表述复核。"
    yield "未能读取的", len(book.failures), "打不开、是扫描件、损坏等。"
    yield "没有交来的", len(book.missing), "清单上有、没有收到。"
    yield "重复的文件", len(book.repeats), "与另一份一字不差，只读一份。"
    grave = table("risk.toml")["copies"]["grave"]
    much = sum(pair.overlap >= grave for pair in book.duplicates)
    yield "雷同的", len(book.duplicates), f"对，其中重合 {grave:.0%} 以上的 {much} 对。"
    yield "两年都有的", len(book.years), "对。"


def _risk() -> Iterator[tuple[str, str, str]]:
    numbers = table("risk.toml")
    yield (
        "风险分",
        "",
        "下面五项相加，高的在前；每份报告怎么加出来的，在总表最后一列。分值是本软件定的，没有全国统一的标准。",
    )
    yield (
        "封顶",
        f"＋{numbers['gate']}",
        "有封顶条件没有人解除；除雷同外，其余各项加在一起也不超过它，所以这样的报告排在前面。",
    )
    yield "失分", "100 − 得分", f"没有评分的，按失 {numbers['unscored']} 分算：要有人看。"
    errors = numbers["errors"]
    yield "须改", f"每处 {errors['each']}", f"最多 {errors['most']} 分。"
    steps = [f"{at:.0%} 以上 ＋{points}" for at, points in numbers["copies"]["steps"]]
    yield "雷同", "、".join(steps), "与另一份报告，或与本单位上年报告，取重合最高的一份。"
    steps = [f"低于 {at:.0%} ＋{points}" for at, points in numbers["doubt"]["steps"]]
    yield "把握低", "、".join(steps), "机器读得不准，要人看一眼。"
    levels = numbers["levels"]
    yield (
        "分档",
        "",
        f"{overview.LEVEL[Level.HIGH]}：{levels['high']} 分以上；"
        f"{overview.LEVEL[Level.MIDDLE]}：{levels['middle']} 分以上；"
        f"{overview.LEVEL[Level.LOW]}：以下。",
    )
    yield (
        "先看哪里",
        "",
        f"同分的，得分低的在前。雷同 {summary.percent(numbers['copies']['grave'])} 以上的一定在“高”。",
    )
