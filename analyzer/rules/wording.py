"""Official wording that is found out of order; what several rules and the gate look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analyzer.lexicons import table
from analyzer.rules.base import Report, once
from analyzer.rules.places import touches
from analyzer.rules.search import Place, found, matches, placed

_LIST = "[、，和及与]"
_REACH = 40  # characters from the name of a set to the far end of what spells it out


@dataclass(frozen=True, slots=True)
class Oddity:
    """Wording that a human has to look at, and what is odd about it."""

    place: Place
    about: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a set of wording is spelled out beside its name; both groups of ``pattern`` are such lists."""

    name: str
    members: frozenset[str]
    pattern: re.Pattern[str]


@cache
def _fixed() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple(
        (entry["mark"], re.compile(entry["pattern"]), entry["about"])
        for entry in table("wording.toml")["fixed"]
    )


@cache
def _spellings() -> tuple[_Spelling, ...]:
    found = []
    for entry in table("wording.toml")["set"]:
        name, member = entry["name"], f"[一-鿿]{{2}}{entry['ending']}"
        listed = f"{member}(?:{_LIST}{member}){{1,5}}"
        found.append(
            _Spelling(
                name,
                frozenset(entry["members"]),
                re.compile(
                    f"(?P<before>{listed})(?P<etc>等)?(?:这|的)?“?{name}"
                    f"|{name}”?(?:[（：]|——|，?即|，?就是|，?包括)[：“]?(?P<after>{listed})(?P<also>等)?"
                ),
            )
        )
    return tuple(found)


@once
def oddities(report: Report) -> list[Oddity]:
    """Return where a set phrase is not written as the documents write it."""
    text = report.repaired.text
    odd = [
        Oddity(place, about)
        for mark, pattern, about in _fixed()
        if mark in text
        for place in found(report, pattern)
    ]
    for spelling in _spellings():
        at = text.find(spelling.name)
        while at >= 0:
            stop = at + len(spelling.name) + _REACH
            for match in spelling.pattern.finditer(text, max(0, at - _REACH), stop):
                if _differs(match, spelling.members):
                    about = f"“{spelling.name}”展开后的各项与党的文献中的写法不一致"
                    odd.append(Oddity(placed(report, match), about))
            at = text.find(spelling.name, stop)
    return odd


def _differs(match: re.Match[str], members: frozenset[str]) -> bool:
    """Whether a list has a member too many or, where it does not end in 等, too few."""
    listed = set(re.split(_LIST, match.group("before") or match.group("after")))
    open_ended = match.group("etc") or match.group("also")
    return not listed <= members or (len(listed) < len(members) and not open_ended)


@once
def evasions(report: Report) -> list[Place]:
    """Return where letters or signs stand for characters of party terms, stand-ins left out."""
    text = report.document.text
    return [
        Place(match, *match.span())
        for match in matches("evasions.toml", "token", text)
        if not touches(*match.span(), report.blanks)
    ]
