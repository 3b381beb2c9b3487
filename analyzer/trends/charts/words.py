"""The words and numbers that charts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

FEW: Final = "少于 5 个单位，不列"
DASH: Final = "—"
_MOST_DIGITS: Final = 3


def number(value: Any, digits: int = 1) -> str:
    """Return a number with a true minus sign, and a dash where there is none."""
    if pd.isna(value):
        return DASH
    rounded = round(float(value), digits) + 0.0  # no negative zero
    return f"{rounded:.{digits}f}".replace("-", "−")


def signed(value: float, digits: int = 1) -> str:
    """Return a change with its sign."""
    words = number(value, digits)
    return f"+{words}" if words[0] not in "−—" and float(words) else words


def percent(share: float, digits: int = 0) -> str:
    """Return a share as a percentage."""
    return DASH if pd.isna(share) else f"{number(share * 100, digits)}%"


def count(value: Any) -> str:
    """Return how many, and a dash where that is not told."""
    return DASH if pd.isna(value) else str(value)


def interval(low: float, high: float, digits: int = 1) -> str:
    """Return an interval in words."""
    return DASH if pd.isna(low) or pd.isna(high) else f"{number(low, digits)} 至 {number(high, digits)}"


def moved(row: pd.Series | None) -> str:
    """Return ``rising`` or ``falling`` where that is told and the interval leaves out 0, else ``none``."""
    if row is None or pd.isna(row["slope"]):
        return "none"
    told = str(row["direction"])
    return (
        told if (told == "rising" and row["low"] > 0) or (told == "falling" and row["high"] < 0) else "none"
    )


def change(row: pd.Series | None, unit: str, digits: int = 1, scale: float = 1.0) -> str:
    """Return a change a year in words; one whose interval holds 0 is never called a rise or a fall."""
    if row is None or pd.isna(row["slope"]):
        return "年份不够，看不出变化"
    low, high, slope = row["low"] * scale, row["high"] * scale, row["slope"] * scale
    while digits < _MOST_DIGITS and moved(row) != "none" and number(low, digits) == number(high, digits):
        digits += 1  # else a sure change would be told as one of nothing
    match moved(row):
        case "rising":
            return f"平均每年升 {number(slope, digits)} {unit}（区间 {interval(low, high, digits)}）"
        case "falling":
            bounds = interval(-high, -low, digits)
            return f"平均每年降 {number(-slope, digits)} {unit}（区间 {bounds}）"
        case _:
            return f"看不出变化（每年 {signed(slope, digits)} {unit}，区间 {interval(low, high, digits)}）"


def source(trends: Trends) -> str:
    """Return where all numbers come from."""
    reports = trends.frames.reports
    parts = [f"标准 {trends.frames.rubric}（{trends.frames.fingerprint[:8]}）"]
    if len(reports):
        first, last = int(reports["year"].min()), int(reports["year"].max())
        span = f"{first} 年" if first == last else f"{first}—{last} 年"
        parts += [span, f"{reports['unit_id'].nunique()} 个单位 {len(reports)} 份报告"]
    return "，".join(parts) + "。95% 区间由整个单位重新抽样得出；少于 5 个单位的组不列。"


def left_out(trends: Trends) -> str:
    """Return which reports are in no chart, why, and how many; empty where there are none."""
    left = trends.frames.left_out
    return "；".join(
        f"{row['told']}（{row['reports']} 份）" for _, row in left[left["reports"] > 0].iterrows()
    )


def only(frame: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """Return the rows whose columns hold these values."""
    kept = pd.Series(True, index=frame.index)
    for column, value in wanted.items():
        kept &= (frame[column] == value).fillna(False).astype(bool)
    return frame[kept]


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are not suppressed."""
    return frame[~frame["suppressed"].astype(bool)]


def one(frame: pd.DataFrame, **wanted: object) -> pd.Series | None:
    """Return the first row whose columns hold these values, if there is one."""
    found = only(frame, **wanted)
    return None if found.empty else found.iloc[0]


def years_of(frame: pd.DataFrame) -> list[int]:
    """Return the years of a frame in order."""
    return sorted({int(year) for year in frame["year"].dropna()})
