"""Which reports of a batch are two years of one unit."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from analyzer.comparing.sentences import letters
from analyzer.lexicons import table
from analyzer.result import Source
from analyzer.understanding.identity import core

_CODE = re.compile("〔[^〕]{0,40}〕")


def pair_years(sources: Sequence[Source]) -> list[tuple[int, int]]:
    """Return which reports are of one unit in one year and in the nearest year before it.

    Reports are never paired on a name that many units bear (县人民医院), or that is masked, unless an author
    of the same name stands with it.  Where a unit handed in several reports of one year, only those of
    the same author are paired.

    Parameters
    ----------
    sources : sequence of Source

    Returns
    -------
    list of (int, int)
        The earlier and the later report, in order of the later one; each report is the later of one pair at
        most.
    """
    units: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, source in enumerate(sources):
        key = unit_key(source)
        if key and source.year is not None:
            units[key].append(number)
    pairs = []
    for members in units.values():
        for later in members:
            earlier = _nearest(sources, members, later)
            if earlier is not None:
                pairs.append((earlier, later))
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def _nearest(sources: Sequence[Source], members: list[int], later: int) -> int | None:
    """Return the report of the nearest year before, None where there is none or more than one could be it."""
    year = sources[later].year or 0
    before = [
        other for other in members if (sources[other].year or 0) < year and not _apart(sources, other, later)
    ]
    if not before:
        return None
    nearest = max(sources[other].year or 0 for other in before)
    found = [other for other in before if sources[other].year == nearest]
    beside = [other for other in members if sources[other].year == year and other != later]
    author = _folded(sources[later].author)
    same = [other for other in found if author and _folded(sources[other].author) == author]
    if len(same) == 1:
        return same[0]
    if same or len(found) > 1 or any(not _apart(sources, other, later) for other in beside):
        return None
    return found[0]


def _apart(sources: Sequence[Source], one: int, other: int) -> bool:
    """Whether two reports that name one unit are surely not of one: their regions differ."""
    regions = [_folded(sources[number].region) for number in (one, other)]
    return bool(regions[0] and regions[1] and regions[0] != regions[1])


def unit_key(source: Source) -> tuple[str, ...]:
    """Return what tells a unit from others; empty where its name does not.

    中共甲镇委员会, 甲镇党委 and 甲镇 are one; a name that many bear counts with its author's name only.
    """
    name = _folded(core(source.unit or ""))
    if not name:
        return ()
    if _is_blank(source.unit) or any(
        re.search(each, name) for each in table("comparing.toml")["units"]["generic"]
    ):
        author = _folded(source.author)
        return () if not author or _is_blank(source.author) else (name, author)
    return (name,)


def _is_blank(name: str | None) -> bool:
    """Whether a name was left out: XX镇; a mask of a batch (〔名kx3rm7〕镇) still tells units apart."""
    return bool(re.search(table("comparing.toml")["units"]["mask"], _CODE.sub("", name or "")))


def _folded(name: str | None) -> str:
    return letters(unicodedata.normalize("NFKC", name or ""))
