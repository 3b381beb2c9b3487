"""Results as a workbook: one sheet of findings, one of scores; several reports go into the same two."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from analyzer.rendering import labels, summary
from analyzer.rendering.cells import HEAD, WORDS, Cell, fill, opened
from analyzer.rendering.places import Places, shorten
from analyzer.result import Dimension, Finding, Result, Severity

if TYPE_CHECKING:
    pass

_FINDINGS: Final = "发现"
_SCORES: Final = "评分"
# Columns with their widths.
_FINDING_COLUMNS: Final = (
    ("文件", 28),
    ("位置", 12),
    ("程度", 7),
    ("规则", 24),
    ("方面", 13),
    ("原文", 44),
    ("为何", 52),
    ("改法", 44),
    ("失分", 7),
    ("把握", 7),
    ("状态", 10),
    ("备注", 30),
)
_SCORE_COLUMNS: Final = (
    ("文件", 28),
    ("年度", 7),
    ("得分", 8),
    ("等级", 7),
    *((f"{labels.DIMENSION[dimension]}（0—5）", 12) for dimension in Dimension),
    ("须改", 7),
    ("宜改", 7),
    ("提示", 7),
    ("不计", 7),
    ("不计的分", 9),
    ("封顶", 36),
    ("说明", 52),
)
_QUOTED: Final = 400


@dataclass(frozen=True, slots=True)
class Rows:
    """What the sheets hold of one report."""

    findings: tuple[tuple[Cell, ...], ...]
    score: tuple[Cell, ...]


def render_xlsx(result: Result) -> bytes:
    """Return the workbook of one result."""
    return render_rows([rows_of(result)])


def rows_of(result: Result) -> Rows:
    """Return what the sheets hold of a result."""
    places = Places(result.text, result.source.format)
    name = result.source.path or labels.UNTITLED
    rows = [
        _finding(name, finding, places, _state(result, finding), "")
        for finding in summary.by_place(result.findings)
    ]
    rows += [
        _finding(name, each.finding, places, "不计", f"{each.reason}（{each.by}）")
        for each in result.suppressed
    ]
    return Rows(tuple(rows), _score(name, result))


def render_rows(reports: Iterable[Rows]) -> bytes:
    """Return the workbook of several results."""
    reports = list(reports)
    file = io.BytesIO()
    with opened(file, "述评结果", in_memory=True) as book:
        numbers = book.add_format({"valign": "top", "num_format": "0.0#"})
        formats = book.add_format(HEAD), book.add_format(WORDS), numbers
        findings = [row for report in reports for row in report.findings]
        fill(book.add_worksheet(_FINDINGS), _FINDING_COLUMNS, findings, formats)
        fill(book.add_worksheet(_SCORES), _SCORE_COLUMNS, [report.score for report in reports], formats)
    return file.getvalue()


def _finding(name: str, finding: Finding, places: Places, state: str, note: str) -> tuple[Cell, ...]:
    return (
        name,
        places.name(finding.start, finding.end),
        labels.SEVERITY[finding.severity],
        finding.rule,
        labels.DIMENSION[finding.dimension],
        shorten(finding.evidence, _QUOTED),
        finding.message,
        finding.suggestion,
        finding.deduction,
        round(finding.confidence, 2),
        state,
        note,
    )


def _state(result: Result, finding: Finding) -> str:
    if result.baseline is None:
        return ""
    return "超出基线" if summary.is_new(result, finding) else "基线之内"


def _score(name: str, result: Result) -> tuple[Cell, ...]:
    card = result.scorecard
    scores = {row.id: row.score for row in card.dimensions} if card else {}
    counts = [sum(finding.severity is severity for finding in result.findings) for severity in Severity]
    return (
        name,
        result.source.year,
        card.overall if card else None,
        card.grade if card else "未评分",
        *(scores.get(dimension) for dimension in Dimension),
        *counts,
        len(result.suppressed),
        card.spared if card else None,
        "；".join(summary.veto(veto) for veto in card.vetoes) if card else "",
        "\n".join((summary.verdict(result), *summary.notices(result))),
    )
