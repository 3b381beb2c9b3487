"""Small made-up tables, as `analyzer.trends.measuring` would give them, without a store."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analyzer.rendering import labels
from analyzer.result import Dimension
from analyzer.trends import tables as t
from analyzer.trends.frames import Frames
from analyzer.trends.measuring import Reliability, Trends

TYPES = ("县（市、区）", "市直机关", "高校", "国有企业", "乡镇街道")
REGIONS = ("东山市", "西河市", "南江市", "北岭市", "中原新区", "临海市", "安平市", "长宁市")
STANDING = {
    "length": ("篇幅", 3200, 500),
    "density": ("套话密度", 14, 3),
    "sameness": ("与上年雷同", 0.22, 0.1),
    "repetition": ("文内重复", 0.06, 0.02),
    "specificity": ("具体程度", 3.2, 0.8),
    "closure": ("问题闭环", 0.35, 0.2),
    "personal": ("个人履职", 0.4, 0.15),
}
RULES = (
    "空白未填",
    "措施空泛",
    "没有说原因",
    "原因即问题",
    "成效空泛，无从核对",
    "问题笼统",
    "党建与业务各写各的",
    "履职事实偏少",
    "没有交代上年问题的整改",
    "打算空泛，无从对账",
    "错写单位",
    "同样的话重复出现",
    "口号连篇",
    "标题层次不清",
    "篇幅过短",
)
NAMES = (
    "SCORES",
    "GRADES",
    "DISTRIBUTION",
    "DIMENSIONS",
    "FAULTS",
    "STANDING",
    "CHANGES",
    "MOVERS",
    "RETURNS",
    "PROMISES",
    "EDGES",
    "RINGS",
    "TWO_SKINS",
    "PERCENTILES",
    "COVERAGE",
    "COMMON",
    "TOPICS",
)


TOPICS = {
    "学用结合不紧": "none",
    "党建业务融合不深": "falling",
    "抓支部不均衡": "none",
    "联系群众不经常": "none",
    "制度执行不严": "none",
    "数据重复填报": "new",
    "基层力量薄弱": "none",
}


class Maker:
    """Draws tables for groups of units; the same seed draws the same."""

    def __init__(
        self,
        years=(2021, 2022, 2023, 2024, 2025),
        regions=REGIONS,
        types=TYPES,
        *,
        units=300,
        rise=1.1,
        small=("临海市",),
        seed=3,
    ):
        self.random = np.random.default_rng(seed)
        self.years, self.regions, self.types = years, regions, types
        self.units, self.rise, self.small = units, rise, small

    def groups(self, *by):
        """Yield the groups of each kind with their size and how far their level is from the mean."""
        kinds = {
            "all": [{}],
            "year": [{"year": y} for y in self.years],
            "region": [{"region": r} for r in self.regions],
            "unit_type": [{"unit_type": u} for u in self.types],
            "year+region": [{"year": y, "region": r} for y in self.years for r in self.regions],
            "year+unit_type": [{"year": y, "unit_type": u} for y in self.years for u in self.types],
        }
        for kind in by:
            for group in kinds[kind]:
                share = (
                    1 / len(self.regions)
                    if "region" in group
                    else 1 / len(self.types)
                    if "unit_type" in group
                    else 1
                )
                units = 3 if group.get("region") in self.small else max(5, round(self.units * share))
                n = units if "year" in group else units * len(self.years)
                level = self.rise * (group.get("year", self.years[0]) - self.years[0])
                level += 3 * np.sin(sum(map(ord, group.get("region", "") + group.get("unit_type", ""))))
                yield {"by": kind, **group, "n": n, "units": units}, level

    def slope(self, group, size=1.0, change=None):
        """Return a change a year with interval."""
        mean = self.rise if change is None else change
        width = size * 2.2 / np.sqrt(group["units"])
        slope = self.random.normal(mean, width / 3)
        low, high = slope - width, slope + width
        direction = "rising" if low > 0 else "falling" if high < 0 else "none"
        return {"slope": slope, "low": low, "high": high, "p": 0.01, "q": 0.02, "direction": direction}

    def mean(self, group, level, spread, name="mean"):
        """Return a mean with interval."""
        half = 1.96 * spread / np.sqrt(group["n"])
        low, high = ("low", "high") if name == "mean" else (f"{name}_low", f"{name}_high")
        value = level + self.random.normal(0, half / 4)
        return {name: value, low: value - half, high: value + half}

    def trends(self) -> Trends:
        r = self.random
        reports = self.reports()
        scores, bins, grades, dims, faults, standing, changes, promises, skins, cover = (
            [] for _ in range(10)
        )
        for group, level in self.groups(
            "all", "year", "region", "unit_type", "year+region", "year+unit_type"
        ):
            values = r.normal(68 + level, 9, group["n"]).clip(20, 98)
            half = 1.96 * 9 / np.sqrt(group["n"])
            q = np.quantile(values, (0.1, 0.25, 0.5, 0.75, 0.9))
            scores.append(
                group
                | {
                    "mean": values.mean(),
                    "mean_low": values.mean() - half,
                    "mean_high": values.mean() + half,
                    "median": q[2],
                    "median_low": q[2] - half,
                    "median_high": q[2] + half,
                    "q10": q[0],
                    "q25": q[1],
                    "q75": q[3],
                    "q90": q[4],
                    "sd": 9.0,
                }
            )
            counts, edges = np.histogram(values, np.arange(0, 101, 2.0))
            bins += [
                group | {"start": a, "stop": b, "reports": c}
                for a, b, c in zip(edges, edges[1:], counts, strict=False)
            ]
            for grade, low, high in (("A", 90, 101), ("B", 75, 90), ("C", 60, 75), ("D", 0, 60)):
                share = ((values >= low) & (values < high)).mean()
                half = 1.96 * np.sqrt(share * (1 - share) / group["n"])
                grades.append(
                    group | {"grade": grade, "share": share, "low": share - half, "high": share + half}
                )
            for order, dimension in enumerate(Dimension):
                dims.append(
                    group | {"dimension": dimension} | self.mean(group, 2 + order * 0.3 + level / 20, 1)
                )
            for measure, (title, base, spread) in STANDING.items():
                standing.append(
                    group
                    | {"measure": measure, "title": title, "median": base}
                    | self.mean(group, base * (1 + level / 30), spread)
                )
            cover.append(group | {"scored": group["n"] - 2, "abstained": 2})
        for group, level in self.groups("all", "year", "unit_type"):
            for order, title in enumerate(RULES):
                rate = max(
                    0.1,
                    3 - order * 0.2 + level * (0.15 if order % 3 == 0 else -0.12 if order % 3 == 1 else 0),
                )
                faults.append(
                    group
                    | {
                        "rule": f"rule-{order}",
                        "title": title,
                        "dimension": "facts",
                        "deduction": 1.0,
                        "share": 0.4,
                        "share_low": 0.35,
                        "share_high": 0.45,
                    }
                    | self.mean(group, rate, 1.2, "rate")
                )
        for group, _ in self.groups("all", "region", "unit_type"):
            changes.append(
                group | {"family": "overall", "measure": "overall", "title": "得分"} | self.slope(group, 3)
            )
            for order, dimension in enumerate(Dimension):
                changes.append(
                    group
                    | {"family": "dimension", "measure": dimension, "title": labels.DIMENSION[dimension]}
                    | self.slope(group, 0.3, (0.08 if order % 2 else 0.0) * self.rise)
                )
            for order, title in enumerate(RULES):
                change = 0.15 if order % 3 == 0 else -0.12 if order % 3 == 1 else 0
                changes.append(
                    group
                    | {"family": "fault", "measure": f"rule-{order}", "title": title}
                    | self.slope(group, 0.5, change * self.rise)
                )
            for order, (measure, (title, base, spread)) in enumerate(STANDING.items()):
                changes.append(
                    group
                    | {"family": "standing", "measure": measure, "title": title}
                    | self.slope(group, spread, base / 40 * (1 if order % 2 else 0))
                )
        for group, level in self.groups("all", "year", "unit_type", "region", "year+unit_type"):
            if group.get("year") == self.years[0]:
                continue
            kept = 0.42 + level / 100
            promises.append(
                group
                | {
                    "promises": group["n"] * 5,
                    "judged": group["n"] * 4,
                    "kept": kept,
                    "low": kept - 0.04,
                    "high": kept + 0.04,
                    "unmet": 0.08,
                    "again": 0.2,
                    "silent": 0.72 - kept,
                    "unclear": 0.2,
                    "checkable": 0.6,
                    "checkable_kept": kept + 0.05,
                    "back": 0.3,
                    "back_low": 0.26,
                    "back_high": 0.34,
                }
            )
        for group, level in self.groups("all", "year", "unit_type", "year+unit_type"):
            for what, title, base in (
                ("admitted", "自认两张皮", 0.35),
                ("partial", "结合只有概括说法", 0.3),
                ("full", "各写各的", 0.22),
                ("mended-admitted", "上年自认、今年不再自认", 0.5),
                ("mended-siloed", "上年各写各的、今年不再", 0.4),
            ):
                share = base - level / 60
                skins.append(
                    group
                    | {
                        "what": what,
                        "title": title,
                        "share": share,
                        "low": share - 0.05,
                        "high": share + 0.05,
                    }
                )
        edges, rings = self.copies()
        return Trends(
            frames=self.frames(reports),
            scores=t.tidy(t.SCORES, scores),
            grades=t.tidy(t.GRADES, grades),
            distribution=t.tidy(t.DISTRIBUTION, bins),
            dimensions=t.tidy(t.DIMENSIONS, dims),
            faults=t.tidy(t.FAULTS, faults),
            standing=t.tidy(t.STANDING, standing),
            changes=t.tidy(t.CHANGES, changes),
            movers=t.tidy(t.MOVERS, self.movers()),
            returns=t.tidy(t.RETURNS, self.returns()),
            promises=t.tidy(t.PROMISES, promises),
            edges=edges,
            rings=rings,
            two_skins=t.tidy(t.TWO_SKINS, skins),
            percentiles=t.tidy(t.PERCENTILES, self.percentiles(reports)),
            coverage=t.tidy(t.COVERAGE, cover),
            common=t.tidy(
                t.COMMON,
                [
                    {"topic": name, "known": True, "units": 50, "share": 0.5 - order * 0.06, "course": course}
                    for order, (name, course) in enumerate(TOPICS.items())
                ],
            ),
            topics=t.tidy(t.TOPICS, self.topics()),
            reliability=Reliability(0.55, 0.46, 0.63, self.units * 4, self.units),
            seed=1,
            draws=1000,
        )

    def reports(self):
        rows = []
        for number in range(self.units):
            region, kind = self.regions[number % len(self.regions)], self.types[number % len(self.types)]
            for year in self.years:
                score = float(self.random.normal(68 + self.rise * (year - self.years[0]), 9))
                rows.append(
                    {
                        "report": len(rows),
                        "unit_id": f"u{number}",
                        "unit": f"第{number}单位",
                        "unit_type": kind,
                        "region": region,
                        "year": year,
                        "overall": score,
                    }
                )
        return pd.DataFrame(
            rows, columns=["report", "unit_id", "unit", "unit_type", "region", "year", "overall"]
        )

    def frames(self, reports):
        empty = pd.DataFrame()
        left = pd.DataFrame({"reason": ["no-year"], "told": ["没有写明年度"], "reports": [4]})
        return Frames(
            reports,
            empty,
            empty,
            empty,
            empty,
            empty,
            empty,
            empty,
            empty,
            left,
            "party-duty/1",
            "ab12cd34ef",
            "0",
        )

    def movers(self):
        rows = []
        for number in range(self.units if len(self.years) >= 3 else 0):
            slope = self.random.normal(self.rise, 1.2) + (
                6 if number in {11, 17} else -6 if number in {20, 31, 44} else 0
            )
            moved = abs(slope - self.rise) > 4
            rows.append(
                {
                    "unit_id": f"u{number}",
                    "unit": f"第{number}单位" + "党委（党组）" * (number % 3),
                    "unit_type": self.types[number % len(self.types)],
                    "region": self.regions[number % len(self.regions)],
                    "years": len(self.years),
                    "first_year": self.years[0],
                    "last_year": self.years[-1],
                    "first": 66.0,
                    "last": 66 + 4 * slope,
                    "slope": slope,
                    "low": slope - 2.5,
                    "high": slope + 2.5,
                    "p": 0.01,
                    "q": 0.01 if moved else 0.5,
                    "moved": moved,
                    "direction": ("rising" if slope > 0 else "falling") if moved else "none",
                    "relative": slope - self.rise,
                    "expected": 0.4,
                    "returning": bool(moved and number == 11),
                }
            )
        return rows

    def returns(self):
        rows = []
        for last, year in zip(self.years, self.years[1:], strict=False):
            for band, before, after, expected, n in (
                ("lowest", 56.0, 61.5, 61.0, self.units // 4),
                ("middle", 68.0, 69.0, 68.8, self.units // 2),
                ("highest", 80.0, 75.5, 76.0, self.units // 4),
            ):
                beyond = after - expected + (1.2 if year == self.years[-1] and band == "lowest" else 0)
                rows.append(
                    {
                        "last_year": last,
                        "year": year,
                        "band": band,
                        "n": n,
                        "units": n,
                        "before": before,
                        "after": expected + beyond,
                        "chance": expected - before - 0.8,
                        "expected": expected,
                        "beyond": beyond,
                        "low": beyond - 1,
                        "high": beyond + 1,
                    }
                )
        return rows

    def percentiles(self, reports):
        rows = []
        for (kind, year), group in reports.groupby(["unit_type", "year"]):
            rank = (group["overall"].rank() - 0.5) / len(group) * 100
            for (_, row), at in zip(group.iterrows(), rank, strict=True):
                rows.append(
                    {
                        "unit_id": row["unit_id"],
                        "unit": row["unit"],
                        "unit_type": kind,
                        "region": row["region"],
                        "year": year,
                        "n": len(group),
                        "units": len(group),
                        "overall": row["overall"],
                        "percentile": at,
                        "low": max(0, at - 18),
                        "high": min(100, at + 18),
                    }
                )
        return rows

    def topics(self):
        rows = []
        for group, level in self.groups("year", "unit_type"):
            for order, (name, course) in enumerate(TOPICS.items()):
                move = {"new": 0.1, "falling": -0.05}.get(course, 0.0) * (
                    group.get("year", 0) - self.years[0]
                )
                share = min(
                    0.9, max(0.02, 0.5 - order * 0.06 + level / 100 + (move if "year" in group else 0))
                )
                rows.append(
                    group | {"topic": name, "share": share, "low": share - 0.02, "high": share + 0.05}
                )
        return rows

    def copies(self):
        edges, rings = [], []
        for ring, size in enumerate((9, 5, 4, 3, 3, 2, 2, 2, 2, 2, 2, 2)):
            names = [f"第{ring}{k}单位党委" for k in range(size)]
            pairs = [(0, k) for k in range(1, size)] + [(k, k + 1) for k in range(1, size - 1) if k % 2]
            for a, b in pairs:
                edges.append(
                    {
                        "unit_a": f"r{ring}u{a}",
                        "unit_b": f"r{ring}u{b}",
                        "name_a": names[a],
                        "name_b": names[b],
                        "region_a": self.regions[0],
                        "region_b": self.regions[-1],
                        "year": self.years[-1],
                        "overlap": float(self.random.uniform(0.5, 1)),
                        "ring": ring,
                    }
                )
            rings.append(
                {
                    "ring": ring,
                    "members": size,
                    "edges": len(pairs),
                    "years": "2025",
                    "regions": "东山市、西河市",
                    "overlap": 0.97,
                    "names": "、".join(names),
                }
            )
        return t.tidy(t.EDGES, edges), t.tidy(t.RINGS, rings)


def nothing() -> Trends:
    """Return the trends of a store whose reports answer no question."""
    maker = Maker(units=0)
    tables = {name.lower(): t.tidy(getattr(t, name), []) for name in NAMES}
    return Trends(frames=maker.frames(maker.reports()), reliability=None, seed=1, draws=1000, **tables)
