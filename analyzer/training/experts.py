"""Experts' scores of reports, as a department keeps them: a table of files and scores."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import ShupingError, error
from analyzer.reading.encoding import decode

LEAST = 30  # reports from which prices can be fitted at all
_FILE = ("path", "file", "文件", "报告")
_SCORE = ("score", "overall", "得分", "分数", "总分")
_UNIT_TYPE = ("unit_type", "单位类型")
_GROUP = ("unit", "author", "单位", "述职人")


@dataclass(frozen=True, slots=True)
class Opinion:
    """One expert's score of one report; ``group`` names what its reports are held out by, if anything."""

    path: Path
    score: float
    unit_type: str
    group: str


def read_opinions(table: Path) -> list[Opinion]:
    """Return the opinions of a CSV file; several on one file count as their mean.

    Paths are relative to the table.

    Raises
    ------
    ShupingError
        Code ``scores`` where the table cannot be read, lacks a column, or a score is no number from 0 to 100.
    """
    try:
        text = decode(table.read_bytes())
    except OSError as reason:
        raise error("scores", table, detail=reason.strerror or str(reason)) from reason
    except ShupingError as reason:
        raise error("scores", table, detail=reason.message) from reason
    rows = list(csv.DictReader(text.splitlines()))
    names = {(name or "").strip().casefold(): name for name in (rows[0] if rows else {})}

    def column(wanted: tuple[str, ...], *, needed: bool) -> str | None:
        found = next((names[name] for name in wanted if name in names), None)
        if found is None and needed:
            raise error("scores", table, detail=f"缺少“{'”或“'.join(wanted)}”这一列")
        return found

    file, score = column(_FILE, needed=True), column(_SCORE, needed=True)
    unit_type, group = column(_UNIT_TYPE, needed=False), column(_GROUP, needed=False)
    told: dict[Path, list[Opinion]] = {}
    for number, row in enumerate(rows, 2):
        path = table.parent / (row[file] or "").strip()
        given = (row[score] or "").strip()
        try:
            value = float(given)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 100:
            detail = f"第 {number} 行的分数“{given}”不是 0 到 100 的数"
            raise error("scores", table, detail=detail)
        kind = (row[unit_type] or "").strip() if unit_type else ""
        told.setdefault(path, []).append(
            Opinion(path, value, kind, (row[group] or "").strip() if group else "")
        )
    return [
        Opinion(
            path, sum(each.score for each in some) / len(some), some[0].unit_type, some[0].group or str(path)
        )
        for path, some in told.items()
    ]
