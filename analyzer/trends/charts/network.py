"""Units whose reports share wording, as a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analyzer.trends import style
from analyzer.trends.charts import legend, tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.layout import shelves, spring
from analyzer.trends.charts.words import count, only, percent, source
from analyzer.trends.lettering import drawable
from analyzer.trends.sheet import Sheet, broken, line_height

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_RINGS: Final = 12  # the largest are drawn
_NUMBERED: Final = 30  # units of a ring up to which each bears a number
_KEY_LINES: Final = 3
_HIGH: Final = 4.6  # inches for the drawing
_HEAD: Final = 0.22
_LINES: Final = (
    (0.95, "相同 95% 以上", style.Look(style.INK, "", "-", "")),
    (0.8, "80% 至 95%", style.Look(style.MAIN, "", (0, (4, 1.5)), "")),
    (0.0, "80% 以下", style.Look(style.LEVEL, "", (0, (1, 1.5)), "")),
)


@dataclass(frozen=True, slots=True)
class _Ring:
    """Units that hang together: their names in order, and how much each pair shares."""

    number: int
    names: tuple[str, ...]
    edges: tuple[tuple[int, int, float], ...]

    @property
    def size(self) -> float:
        """How wide and high it is drawn, in inches."""
        return float(min(3.0, 0.62 + 0.46 * np.sqrt(len(self.names))))

    @property
    def key(self) -> str:
        names = self.names
        numbered = len(names) <= _NUMBERED
        words = "；".join(f"{at}. {name}" if numbered else name for at, name in enumerate(names, 1))
        return f"第 {self.number} 组：{words}"


def copies(trends: Trends) -> Chart:
    """Return the groups of units whose reports share wording."""
    name, subject = "copies-network", "相同文字"
    rings = _rings(trends.edges)
    if not rings:
        return nothing(name, subject, source(trends))
    shown = rings[:_RINGS]
    places, high = shelves([ring.size for ring in shown], style.WIDTH)
    while high > _HIGH:
        shown = shown[:-1]
        places, high = shelves([ring.size for ring in shown], style.WIDTH)
    keys = [line for ring in shown for line in broken(ring.key, style.SMALL, style.WIDTH, lines=_KEY_LINES)]
    units = sum(len(ring.names) for ring in rings)

    def body(sheet: Sheet) -> None:
        legend.lines(sheet, 0, [(word, look) for _, word, look in _LINES])
        for ring, (left, top) in zip(shown, places, strict=True):
            _draw(sheet, ring, left, top + legend.HEIGHT)
        for row, line in enumerate(keys):
            top = legend.HEIGHT + high + 0.1 + row * line_height(style.SMALL)
            sheet.write(0, top, line, size=style.SMALL, colour=style.SOFT)

    rest = f"只画最大的 {len(shown)} 组，其余见表。" if len(rings) > len(shown) else ""
    return Chart(
        name,
        f"{units} 个单位的报告与别的单位相同文字较多，连成 {len(rings)} 组，"
        f"最大的一组 {len(rings[0].names)} 个单位",
        "每个圆圈是一个单位，连线表示两份报告相同文字较多。只显示相同，不说谁抄谁；统一下发的模板、共同起草的段落都会相同，"
        f"请人工比对。{rest}",
        source(trends),
        tables.table(
            trends.rings,
            [
                ("单位数", tables.plain("members")),
                ("连线", tables.plain("edges")),
                ("年度", tables.plain("years")),
                ("地区", tables.plain("regions")),
                ("最高重合", lambda row: percent(row["overlap"])),
                ("单位", tables.plain("names")),
            ],
        ),
        legend.HEIGHT + high + 0.1 + len(keys) * line_height(style.SMALL),
        body,
    )


def _rings(edges: pd.DataFrame) -> list[_Ring]:
    """Return the groups of units, the largest first."""
    found = []
    for ring in edges["ring"].unique():
        own = only(edges, ring=ring)
        sides = ((own["unit_a"], own["name_a"]), (own["unit_b"], own["name_b"]))
        names = {
            str(unit): count(name)
            for units, called in sides
            for unit, name in zip(units, called, strict=True)
        }
        order = sorted(names, key=lambda unit: (names[unit], unit))
        place = {unit: at for at, unit in enumerate(order)}
        strongest: dict[tuple[int, int], float] = {}
        for _, row in own.iterrows():
            pair = tuple(sorted((place[str(row["unit_a"])], place[str(row["unit_b"])])))
            strongest[pair[0], pair[1]] = max(strongest.get((pair[0], pair[1]), 0.0), float(row["overlap"]))
        found.append(
            (
                tuple(names[unit] for unit in order),
                tuple((*pair, strongest[pair]) for pair in sorted(strongest)),
            )
        )
    found.sort(key=lambda ring: (-len(ring[0]), ring[0]))
    return [_Ring(number, names, lines) for number, (names, lines) in enumerate(found, 1)]


def _draw(sheet: Sheet, ring: _Ring, left: float, top: float) -> None:
    sheet.write(left, top, f"第 {ring.number} 组", size=style.SMALL, colour=style.SOFT)
    inner = ring.size - _HEAD - 0.06
    axes = sheet.axes(left + 0.03, top + _HEAD, inner, inner)
    axes.set_axis_off()
    margin = 0.11 / inner
    axes.set_xlim(-margin, 1 + margin)
    axes.set_ylim(-margin, 1 + margin)
    at = spring(len(ring.names), [(a, b) for a, b, _ in ring.edges]) * (1 - 2 * margin) + margin
    for a, b, overlap in ring.edges:
        look = next(look for least, _, look in _LINES if overlap >= least)
        axes.plot(
            at[[a, b], 0], at[[a, b], 1], color=look.colour, linestyle=look.line, linewidth=1.2, zorder=1
        )
    numbered = len(ring.names) <= _NUMBERED
    axes.plot(at[:, 0], at[:, 1], "o", markersize=11 if numbered else 4, markerfacecolor=style.PAPER,
              markeredgecolor=style.INK, markeredgewidth=0.8, linestyle="none", zorder=2)  # fmt: skip
    for number, (name, (x, y)) in enumerate(zip(ring.names, at, strict=True), 1):
        if numbered:
            axes.text(x, y, str(number), size=6.5, ha="center", va="center_baseline", zorder=3)
        shares = [overlap for a, b, overlap in ring.edges if number - 1 in (a, b)]
        sheet.spot(
            axes, x, y, drawable(f"{name}：与 {len(shares)} 个单位相同文字较多，最高 {percent(max(shares))}")
        )
