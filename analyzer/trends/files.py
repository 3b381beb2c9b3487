"""The tables of a briefing as CSV and as one workbook, with heads and values in words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analyzer.rendering.cells import HEAD, WORDS, Cell, clean, fill, opened
from analyzer.rendering.labels import DIMENSION
from analyzer.trends.measuring import Trends
from analyzer.trends.tables import LEAST

# The tables with their names, in the order of the workbook.
TABLES: Final = {
    "coverage": "份数",
    "scores": "得分",
    "grades": "等级",
    "distribution": "得分分布",
    "dimensions": "各方面",
    "faults": "各类问题",
    "standing": "写法指标",
    "changes": "逐年变化",
    "movers": "单位变化",
    "returns": "高低回归",
    "promises": "承诺兑现",
    "two_skins": "两张皮",
    "common": "共性问题",
    "topics": "共性问题分组",
    "percentiles": "同类位次",
    "edges": "相同文字",
    "rings": "相同文字成组",
}
_HEADS: Final = {
    "by": "分组",
    "year": "年度",
    "region": "地区",
    "unit_type": "单位类型",
    "n": "份数",
    "units": "单位数",
    "suppressed": "不足五个单位不显示",
    "mean": "平均",
    "mean_low": "平均（下限）",
    "mean_high": "平均（上限）",
    "median": "中位数",
    "median_low": "中位数（下限）",
    "median_high": "中位数（上限）",
    "q10": "十分位",
    "q25": "四分位（低）",
    "q75": "四分位（高）",
    "q90": "九十分位",
    "sd": "标准差",
    "grade": "等级",
    "share": "占比",
    "low": "下限",
    "high": "上限",
    "start": "自",
    "stop": "至",
    "reports": "这一段的份数",
    "dimension": "方面",
    "rule": "规则",
    "title": "名称",
    "rate": "每份处数",
    "rate_low": "每份处数（下限）",
    "rate_high": "每份处数（上限）",
    "share_low": "占比（下限）",
    "share_high": "占比（上限）",
    "deduction": "每份失分",
    "measure": "指标",
    "family": "类别",
    "slope": "每年变化",
    "p": "p 值",
    "q": "q 值（控制误报）",
    "direction": "方向",
    "unit_id": "单位编号",
    "unit": "单位",
    "years": "年数",
    "first_year": "首年",
    "last_year": "上年",
    "first": "首年得分",
    "last": "末年得分",
    "moved": "有变化",
    "relative": "与总体相比每年变化",
    "chance": "仅凭偶然的变化",
    "expected": "仅凭偶然的预期",
    "returning": "可能只是回归平均",
    "band": "上年所处位置",
    "before": "上年平均",
    "after": "本年平均",
    "beyond": "超出预期",
    "promises": "承诺条数",
    "judged": "能判断的条数",
    "kept": "兑现",
    "unmet": "说明未完成",
    "again": "再次承诺",
    "silent": "没有下文",
    "unclear": "看不出",
    "checkable": "可核查的承诺",
    "checkable_kept": "可核查的承诺兑现",
    "back": "问题原样重现",
    "back_low": "问题原样重现（下限）",
    "back_high": "问题原样重现（上限）",
    "what": "情形",
    "unit_a": "单位编号甲",
    "unit_b": "单位编号乙",
    "name_a": "单位甲",
    "name_b": "单位乙",
    "region_a": "地区甲",
    "region_b": "地区乙",
    "overlap": "相同文字占比",
    "ring": "组",
    "members": "单位数",
    "edges": "相同的对数",
    "regions": "地区",
    "names": "单位名称",
    "overall": "得分",
    "percentile": "百分位",
    "topic": "共性问题",
    "known": "常见名目",
    "problems": "条数",
    "slope_low": "每年变化（下限）",
    "slope_high": "每年变化（上限）",
    "course": "走势",
    "words": "特征词",
    "wordings": "典型写法",
    "scored": "有得分",
    "abstained": "未评分",
}
_HEADS_HERE: Final = {
    "movers": {"last_year": "末年"},
    "returns": {"expected": "随大家变化并回归的预期"},
    "rings": {"years": "年度"},
}
_VALUES: Final = {
    "by": {
        "all": "总体",
        "year": "年度",
        "region": "地区",
        "unit_type": "单位类型",
        "year+region": "年度、地区",
        "year+unit_type": "年度、单位类型",
    },
    "dimension": {str(name): label for name, label in DIMENSION.items()},
    "direction": {"rising": "上升", "falling": "下降", "none": "看不出变化"},
    "course": {
        "new": "新出现",
        "rising": "多起来",
        "falling": "少下去",
        "vanishing": "不再见",
        "none": "看不出变化",
    },
    "family": {"overall": "总分", "dimension": "方面", "fault": "各类问题", "standing": "写法指标"},
    "band": {"lowest": "最低的四分之一", "middle": "中间一半", "highest": "最高的四分之一"},
}
# What Excel would take for a formula when it opens a CSV file.
_FORMULA: Final = re.compile(r"^[=+\-@\t\r]")
_DIGITS: Final = 4
_WIDTH: Final = 14


@dataclass(frozen=True)
class Sheet:
    """A table in words: its heads, and its rows."""

    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def documents(trends: Trends) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file: a CSV file a table, and the workbook of all.

    The same trends, the same bytes.
    """
    sheets = {name: worded(name, getattr(trends, name)) for name in TABLES}
    for name, sheet in sheets.items():
        file = io.StringIO(newline="")
        rows = csv.writer(file)
        rows.writerow(sheet.heads)
        rows.writerows(map(_guarded, row) for row in sheet.rows)
        yield f"tables/{name}.csv", file.getvalue().encode("utf-8-sig", "replace")
    yield "tables.xlsx", _workbook(trends, sheets)


def worded(name: str, table: pd.DataFrame) -> Sheet:
    """Return a table with heads and values in words, figures rounded to what they can say."""
    heads, columns = [], []
    for column in map(str, table):
        heads.append(_HEADS_HERE.get(name, {}).get(column) or _HEADS[column])
        words = _VALUES.get(column, {})
        columns.append(
            [None if pd.isna(value) else _cell(words.get(value, value)) for value in table[column]]
        )
    return Sheet(tuple(heads), list(zip(*columns, strict=True)))


def about(trends: Trends) -> list[tuple[str, str]]:
    """Return what a reader of the tables must know of them."""
    frames = trends.frames
    years = frames.reports["year"]
    rows = [
        ("口径", f"{frames.rubric}（{frames.fingerprint[:10]}）；不同口径的得分不放在一起比"),
        ("年度", f"{years.min()}—{years.max()}"),
        ("报告", f"{len(frames.reports)} 份，{frames.reports['unit_id'].nunique()} 个单位"),
        ("区间", f"95%，按单位重复抽样 {trends.draws} 次（种子 {trends.seed}）"),
        ("不显示", f"不足 {LEAST} 个单位的组只列名称，不列数字"),
        ("结果库", f"留痕校验值 {frames.head}"),
    ]
    rows += [
        ("未计入" if not counted else "说明", f"{told}：{count} 份")
        for told, count, counted in frames.left_out[["told", "reports", "counted"]].itertuples(index=False)
        if count
    ]
    return rows


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _cell(value: Any) -> Cell:
    if isinstance(value, bool | np.bool_):
        return "是" if value else None
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if abs(value) < 1 else round(value, _DIGITS - 2)
    return int(value) if isinstance(value, int | np.integer) else str(value)


def _workbook(trends: Trends, sheets: dict[str, Sheet]) -> bytes:
    file = io.BytesIO()
    with opened(file, "述职报告走势", in_memory=True) as book:
        head, words = book.add_format(HEAD), book.add_format(WORDS)
        sheet = book.add_worksheet("说明")
        sheet.set_column(0, 0, _WIDTH)
        sheet.set_column(1, 1, 6 * _WIDTH)
        for line, (name, told) in enumerate(about(trends)):
            sheet.write_string(line, 0, name, head)
            sheet.write_string(line, 1, clean(told), words)
        for name, filled in sheets.items():
            columns = [(title, _WIDTH) for title in filled.heads]
            fill(book.add_worksheet(TABLES[name]), columns, filled.rows, (head, words, None), frozen=0)
    return file.getvalue()
