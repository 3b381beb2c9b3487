"""The numbered items of problems and plans, as a reader counts them."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from analyzer.result import SectionType
from analyzer.rules.base import Report
from analyzer.rules.places import sections
from analyzer.understanding.measures import listed


class Numbered(NamedTuple):
    """An item of a list, the number that it bears and its place."""

    number: int
    start: int
    end: int


def numbered_items(report: Report, kind: SectionType) -> list[Numbered]:
    """Return the items of the outermost numbered list in one type of section, in order."""
    whole, begins = report.sentences, attrgetter("start")
    lines = [
        line
        for part in sections(report.analysis, kind)
        for line in whole[
            bisect_left(whole, part.start, key=begins) : bisect_left(whole, part.end, key=begins)
        ]
    ]
    group, rank = listed(report.doc._.layout, np.array([line.number for line in lines], dtype=np.int64))
    found: dict[int, Numbered] = {}
    for line, item, number in zip(lines, group, rank, strict=True):
        if number:
            start = found[item].start if item in found else line.start
            found[item] = Numbered(number, start, line.end)
    return list(found.values())
