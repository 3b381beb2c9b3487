"""Writes a workbook while results stream by: twice, once to rank them, once for what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from analyzer.rendering import labels
from analyzer.rendering.cells import opened
from analyzer.rendering.duplicates import by_overlap
from analyzer.rendering.places import Places
from analyzer.rendering.workbook import (
    copies,
    faults,
    foreign,
    ledger,
    overview,
    sheets,
    statistics,
    two_years,
    unread,
)
from analyzer.rendering.workbook.book import Book
from analyzer.rendering.workbook.guide import Guide
from analyzer.rendering.workbook.reports import Report, path_of, ranked
from analyzer.rendering.workbook.sheets import Formats, Row, Sheet, laid
from analyzer.result import Result, Severity

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_TITLE: Final = "述评工作簿"


def write_workbook(path: Path, book: Book) -> None:
    """Write the workbook of many reports.

    No text of a report is kept: memory grows with the number of reports only by a line for each.  The same
    book gives the same bytes.

    Parameters
    ----------
    path : Path
        Written in place, whatever its suffix; temporary files stand beside it meanwhile.
    book : Book

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError

    reports = ranked(book)
    with TemporaryDirectory(prefix=".shuping-", dir=path.parent) as folder:
        made = opened(path, _TITLE, constant_memory=True, tmpdir=folder)
        try:
            _fill(made, reports, book)
        except BaseException:
            made.fileclosed = True  # nothing of a book that failed is written
            raise
        try:
            made.close()
        except FileCreateError as reason:
            raise reason.args[0] from None


def _fill(made: Workbook, reports: Sequence[Report], book: Book) -> None:
    formats = Formats(made)
    guide = Guide(made, formats)
    first = Sheet(made, formats, sheets.RANKED, overview.COLUMNS, frozen=3, printed=overview.PRINTED)
    problems = Sheet(made, formats, sheets.LEDGER, ledger.COLUMNS, frozen=2)
    found = Sheet(made, formats, sheets.FINDINGS, faults.COLUMNS, frozen=2)
    alike = Sheet(made, formats, sheets.COPIES, copies.COLUMNS, frozen=3)
    strange = Sheet(made, formats, sheets.FOREIGN, foreign.COLUMNS, frozen=1)
    years = Sheet(made, formats, sheets.YEARS, two_years.COLUMNS, frozen=1)
    groups = Sheet(made, formats, sheets.STATISTICS, statistics.COLUMNS, frozen=2)
    charts = statistics.Charts(made)
    rest = Sheet(made, formats, sheets.UNREAD, unread.COLUMNS, frozen=1)

    by_path = {report.path: report for report in reports}
    pairs = by_overlap(book.duplicates)
    severities = _fitting(reports)
    left_out = _left_out(reports, severities, book)
    wanted = copies.wanted(pairs, by_path)
    *firsts, quotes = _stream(book, by_path, wanted, problems, found, severities, left_out)
    overview.write(first, reports, book, *firsts)
    copies.write(alike, pairs, quotes, by_path, book)
    foreign.write(strange, book.foreign, by_path)
    two_years.write(years, book.years, by_path)
    statistics.write(groups, charts, reports)
    unread.write(rest, reports, book)
    guide.write(reports, book, left_out)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What of a report stands on the sheets that need its text, all but the rank that leads each row."""

    path: str
    problems: tuple[Row, ...]
    findings: tuple[Row, ...]
    quotes: dict[int, str]


def _listed(
    result: Result, wanted: Mapping[str, Sequence[copies.Wanted]], severities: Collection[Severity]
) -> _Listed:
    path = path_of(result)
    places = Places(result.text, result.source.format)
    return _Listed(
        path,
        tuple(laid(ledger.COLUMNS[1:], row) for row in ledger.rows(result, places)),
        tuple(laid(faults.COLUMNS[1:], row) for row in faults.rows(result, places, severities)),
        copies.quotes(result.text, wanted.get(path, ())),
    )


def _stream(
    book: Book,
    by_path: Mapping[str, Report],
    wanted: Mapping[str, Sequence[copies.Wanted]],
    problems: Sheet,
    found: Sheet,
    severities: Collection[Severity],
    left_out: str,
) -> tuple[dict[str, int], dict[str, int], dict[int, str]]:
    """Write what needs the text of reports.

    Returns the first row of each report on the two sheets, and the quotations that are wanted.
    """
    problems.open(
        "每行一个自认的问题：原因说清了没有，措施对上了没有，谁办、何时、多少、靠什么办法写了没有。"
        "缺的标“缺”，拿不准的标 ◇。"
    )
    found.open(left_out or "全部意见，按报告的路径、再按在报告里的位置排列；改法只提问题，不替人填答案。")
    ledger_rows: dict[str, int] = {}
    finding_rows: dict[str, int] = {}
    quotes: dict[int, str] = {}
    for listed in book.viewed(partial(_listed, wanted=wanted, severities=severities)):
        report = by_path[listed.path]
        _add(problems, listed.problems, report, ledger_rows)
        _add(found, listed.findings, report, finding_rows)
        quotes |= listed.quotes
    ledger.finish(problems)
    faults.finish(found)
    return ledger_rows, finding_rows, quotes


def _add(sheet: Sheet, rows: Iterable[Row], report: Report, firsts: dict[str, int]) -> None:
    """Add the rows of a report, as far as there is room, and note where it begins."""
    for row in rows:
        if sheet.is_full:
            return
        rank = report.rank if report.path in firsts else overview.lead(report)
        firsts.setdefault(report.path, sheet.row)
        sheet.put(replace(row, cells=(rank, *row.cells)))


def _fitting(reports: Sequence[Report]) -> tuple[Severity, ...]:
    """Return the severities of which a sheet can hold all findings, the gravest first; the gravest always."""
    counts: Counter[Severity] = Counter()
    for report in reports:
        counts.update(
            {Severity.ERROR: report.must, Severity.WARNING: report.should, Severity.INFO: report.hints}
        )
        counts.update(report.let_stand)
    fitting = tuple(Severity)
    while len(fitting) > 1 and sum(counts[severity] for severity in fitting) > sheets.ROOM:
        fitting = fitting[:-1]
    return fitting


def _left_out(reports: Sequence[Report], severities: Collection[Severity], book: Book) -> str:
    """Return in words what of the findings the sheet leaves out; empty where nothing."""
    total = sum(report.findings for report in reports)
    if total <= sheets.ROOM:
        return ""
    kept = "、".join(labels.SEVERITY[severity] for severity in severities)
    return (
        f"意见共 {total} 处，一张表最多 {sheets.ROOM} 行，"
        f"这里只列程度为{kept}的，装满为止；全部在同一文件夹的 {book.full}。"
    )
