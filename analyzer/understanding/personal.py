"""Whose deeds the report tells: the writer's in person, a body's, or nobody's.

Counted clause by clause.  A subject holds for the clauses that follow it, up to the end of its sentence; a
deed without any subject is nobody's, so that the writer is neither credited with it nor blamed for it.  In
problems and causes every clause with an owner counts; elsewhere one that names the writer, and of the others
those with a verb of doing or a figure.

Source: DOMAIN §2.F unit_replaces_self.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from analyzer.language.laid_out import AnyDoc
from analyzer.language.layout import Layout, lay_out
from analyzer.language.memory import by_line
from analyzer.language.repair import Repaired
from analyzer.lexicons import any_of, patterns, table
from analyzer.result import Personal, Section, SectionType
from analyzer.understanding.checkable import apart, places

Stretch = tuple[int, int]
_TOLD = (
    SectionType.DUTIES,
    SectionType.RECTIFICATION,
    SectionType.PROBLEMS,
    SectionType.CAUSES,
    SectionType.PLANS,
)
_FAULTS = (SectionType.PROBLEMS, SectionType.CAUSES)
_SHORTEST = 4  # characters of a clause that tells something
_HEADING_LENGTH = 40
_ENDS = "。；！？"
_DIGITS = 3


@dataclass
class _Tally:
    own: list[Stretch] = field(default_factory=list)
    figured: int = 0
    collective: int = 0
    unnamed: int = 0


class _Sentence(NamedTuple):
    """A sentence that is no heading, with its clauses.

    Of a clause: start, end, whether it is the writer's (None where it is nobody's), whether it tells a deed,
    whether it gives a figure.
    """

    start: int
    clauses: list[tuple[int, int, bool | None, bool, bool]]


@cache
def _collective() -> re.Pattern[str]:
    cues = patterns("personal.toml")
    return re.compile(f"(?:{cues['lead'].pattern}){{0,2}}(?:{cues['collective'].pattern})")


@cache
def _deed() -> re.Pattern[str]:
    return any_of(table("personal.toml")["act"])


def personal(doc: AnyDoc, sections: Sequence[Section], figures: Sequence[Stretch]) -> tuple[Personal, ...]:
    """Return whose deeds or faults each type of section tells, in order of place.

    Parameters
    ----------
    doc : AnyDoc
        With ``doc._.layout`` and ``doc._.repaired``.
    sections : sequence of Section
        With offsets into the text as read, as are those of the result.
    figures : sequence of (int, int)
        Where the repaired text gives figures.
    """
    repaired: Repaired = doc._.repaired
    layout: Layout = doc._.layout
    starts = [repaired.taken(section.start, section.start)[0] for section in sections]

    def find(part: str) -> list[_Sentence]:
        if part is repaired.text:
            return _sentences(part, layout, figures)
        return _sentences(part, lay_out(part), places("figure", part))

    tallies: defaultdict[SectionType, _Tally] = defaultdict(_Tally)
    for begin, sentences in by_line("personal", repaired.text, find):
        for sentence in sentences:
            at = bisect_right(starts, begin + sentence.start) - 1
            kind = sections[at].type if at >= 0 else None
            if kind not in _TOLD:
                continue
            tally = tallies[kind]
            for low, high, is_own, is_deed, has_figure in sentence.clauses:
                if not (is_own is not None if kind in _FAULTS else is_deed):
                    continue
                if is_own:
                    tally.own.append(repaired.source(begin + low, begin + high))
                    tally.figured += has_figure
                elif is_own is None:
                    tally.unnamed += 1
                else:
                    tally.collective += 1
    return tuple(_counted(kind, tally) for kind, tally in tallies.items())


def _sentences(text: str, layout: Layout, figures: Sequence[Stretch]) -> list[_Sentence]:
    """Return the sentences of a repaired text that are no headings."""
    clauses, first = layout.clauses.tolist(), layout.first_clause.tolist()
    begins = [start for start, _ in clauses]

    def holding(places: Iterable[int]) -> set[int]:
        return {bisect_right(begins, place) - 1 for place in places}

    cues = patterns("personal.toml")
    quoted = [match.span() for match in cues["quotation"].finditer(text)]
    spoken = apart((match.span() for match in cues["own"].finditer(text)), quoted)
    own = holding(start for start, _ in spoken)
    in_person = holding(match.start() for match in cues["in_person"].finditer(text))
    figured = holding(start for start, _ in figures)
    deeds = figured | holding(match.start() for match in _deed().finditer(text))
    found = []
    for i, (start, end) in enumerate(layout.sentences.tolist()):
        if _is_heading(text, start, end):
            continue
        is_own, told = None, []
        for clause in range(first[i], first[i + 1]):
            low, high = clauses[clause]
            if clause in own:
                is_own = True
            elif _collective().match(text, low, high):
                is_own = False
            elif clause in in_person:
                is_own = True
            if high - low >= _SHORTEST:
                told.append((low, high, is_own, clause in deeds or clause in own, clause in figured))
        found.append(_Sentence(start, told))
    return found


def _is_heading(text: str, start: int, end: int) -> bool:
    return end - start <= _HEADING_LENGTH and text[end - 1] not in _ENDS


def _counted(kind: SectionType, tally: _Tally) -> Personal:
    own, named = len(tally.own), len(tally.own) + tally.collective
    return Personal(
        kind,
        own,
        tally.figured,
        tally.collective,
        tally.unnamed,
        round(own / named, _DIGITS) if named else None,
        tuple(tally.own),
    )
