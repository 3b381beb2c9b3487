"""Many Results at a glance: one row a report, the weakest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from analyzer.errors import printable
from analyzer.rendering import labels, summary
from analyzer.result import Result, Severity, losses

_GRADE_STYLE: Final = {"A": "green", "B": "cyan", "C": "yellow", "D": "red"}


@dataclass(frozen=True, slots=True)
class Row:
    """What the table shows of one report.

    Parameters
    ----------
    path : str
    overall : float or None
        None where no score was given; `note` then says why.
    grade : str
    must, should : int
        Findings of severity error and warning.
    note : str
        The dimension that lost most, or why there is no score.
    capped : bool
        A gate holds the score down until a human releases it.
    """

    path: str
    overall: float | None
    grade: str
    must: int
    should: int
    note: str
    capped: bool


def row(result: Result) -> Row:
    """Return what the table shows of a result."""
    counts = Counter(finding.severity for finding in result.findings)
    card = result.scorecard
    return Row(
        path=printable(result.source.path or labels.UNTITLED),
        overall=card.overall if card else None,
        grade=card.grade if card else "",
        must=counts[Severity.ERROR],
        should=counts[Severity.WARNING],
        note="，".join(filter(None, (_worst(result) if card else _reason(result), _let_stand(result)))),
        capped=bool(card and any(veto.release is None for veto in card.vetoes)),
    )


def _worst(result: Result) -> str:
    lost = losses(result.findings)
    worst = max(lost, key=lambda dimension: lost[dimension])
    return f"{labels.DIMENSION[worst]} -{summary.number(lost[worst])}" if lost[worst] else ""


def _let_stand(result: Result) -> str:
    return f"不计 {len(result.suppressed)} 处" if result.suppressed else ""


def _reason(result: Result) -> str:
    return result.abstained.message.split("，")[0] if result.abstained else ""


def render_ranking(rows: Sequence[Row], console: Console) -> None:
    """Print the table: lowest score first, reports without a score at the end."""
    scored = sorted((r for r in rows if r.overall is not None), key=lambda r: (r.overall, r.path))
    others = sorted((r for r in rows if r.overall is None), key=lambda r: r.path)
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("", justify="right", no_wrap=True, style="dim")
    table.add_column("文件", overflow="fold", ratio=1)
    table.add_column("得分", justify="right", no_wrap=True)
    table.add_column("等级", no_wrap=True)
    table.add_column("须改", justify="right", no_wrap=True)
    table.add_column("宜改", justify="right", no_wrap=True)
    table.add_column("失分最多", overflow="fold", max_width=26)
    for number, entry in enumerate([*scored, *others], 1):
        style = _GRADE_STYLE.get(entry.grade, "")
        table.add_row(
            str(number),
            Text(entry.path),
            Text("未评分" if entry.overall is None else f"{entry.overall:.1f}", style=style),
            Text(entry.grade + (" 封顶" if entry.capped else ""), style=style),
            *("" if entry.overall is None else str(count) for count in (entry.must, entry.should)),
            Text(entry.note, style="dim"),
        )
    console.print(Group(table, Text(""), Text(_total(scored, others)), Text(labels.LIMITS, style="dim")))


def _total(scored: Sequence[Row], others: Sequence[Row]) -> str:
    counts = Counter(entry.grade for entry in scored)
    parts = [f"{grade} {labels.GRADE[grade]} {counts[grade]} 份" for grade in labels.GRADE if counts[grade]]
    if others:
        parts.append(f"未评分 {len(others)} 份")
    return f"共 {len(scored) + len(others)} 份，由低到高：" + "，".join(parts) + "。"
