"""未能读取: whatever of the input did not become a score, and what the sources disagree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from analyzer.rendering import labels
from analyzer.rendering.workbook.book import Book, Missing
from analyzer.rendering.workbook.overview import row_of
from analyzer.rendering.workbook.reports import Report, conflicts
from analyzer.rendering.workbook.sheets import RANKED, Cell, Column, Link, Sheet, Tone, place

_FAILED: Final = "■ 未能读取"
_MISSING: Final = "■ 没有交来"
_DECLINED: Final = "▲ 没有评分"
_REPEATED: Final = "● 重复文件"
_UNMATCHED: Final = "● 文件名不合"
_DISPUTED: Final = "● 说法不一"

COLUMNS: Final = (
    Column("情形", 13, f"{_FAILED}、{_MISSING}（清单上有、没有收到）、{_DECLINED}（读了，但不适合打分）、"
           f"{_REPEATED}（与另一份一字不差）、{_UNMATCHED}（照样评了）、{_DISPUTED}（单位、年度等）。"),
    Column("单位", 24, "知道的才有。"),
    Column("文件", 44, "报送材料里的路径；没有评分和说法不一的，点开到总表的那一行。"),
    Column("说明", 60, "出了什么事。"),
    Column("怎么办", 56, "怎么处理。"),
    Column("代码", 18, "供程序识别，也便于向维护者反馈。"),
)  # fmt: skip


def write(sheet: Sheet, reports: Sequence[Report], book: Book) -> None:
    """Write the sheet, what is the most urgent first."""
    rows = [*_rows(reports, book)]
    sheet.open(
        f"共 {len(rows)} 条：打不开的、没有交的、不适合打分的、重复的、信息对不上的，一条不漏都在这里。"
    )
    for row in rows:
        sheet.add(row)
    if sheet.is_empty:
        sheet.say("全部读取并评分，没有重复，没有缺报。")
    sheet.paint("情形", Tone.BAD, "begins with", "■", words=True)
    sheet.paint("情形", Tone.WARN, "begins with", "▲", words=True)
    sheet.close()


def _rows(reports: Sequence[Report], book: Book) -> Iterator[tuple[Cell, ...]]:
    for failure in book.failures:
        yield _FAILED, None, failure.path, failure.message, failure.hint, failure.code
    for missing in book.missing:
        yield (
            _MISSING,
            missing.unit,
            None,
            f"清单上有，没有收到：{_known(missing)}",
            "请催报，或核对清单里的名称。",
            None,
        )
    by_path = sorted(reports, key=lambda report: report.path)
    for report in by_path:
        if report.declined:
            code, message = report.declined
            yield _DECLINED, report.source.unit, _link(report), message, "请人工看一遍，不能当作合格。", code
    for repeat in book.repeats:
        yield (
            _REPEATED, None, repeat.path, f"与 {repeat.same_as} 内容完全相同，只读了那一份。",
            "核对是不是两个单位交了同一个文件，或误交两次。", None,
        )  # fmt: skip
    unmatched = frozenset(book.unmatched)
    for report in by_path:
        if report.path in unmatched:
            yield (
                _UNMATCHED, report.source.unit, _link(report), "文件名对不上 --pattern，没有从中取到信息。",
                "核对文件名，或写进报送清单。", None,
            )  # fmt: skip
    for report in by_path:
        if report.source.conflicts:
            yield (
                _DISPUTED, report.source.unit, _link(report), conflicts(report.source),
                "核对清单、文件名和报告，改正写错的一处。", None,
            )  # fmt: skip


def _link(report: Report) -> Link:
    return Link(report.path, place(RANKED, row_of(report)))


def _known(missing: Missing) -> str:
    said = ((label, getattr(missing, name)) for name, label in labels.FIELD.items())
    return "，".join(f"{label} {value}" for label, value in said if value is not None)
