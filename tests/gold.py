"""The analysis that a human wrote, as the analyzer's own types."""

from __future__ import annotations

from typing import Any

from analyzer.result import (
    Analysis,
    Cause,
    CauseKind,
    CauseStatus,
    Problem,
    Remedy,
    RemedyStatus,
    Section,
    SectionType,
    Siloed,
    Span,
    Stance,
    TwoSkins,
)
from analyzer.training.sentences import split
from analyzer.understanding.slots import filled


def gold_analysis(text: str, gold: dict[str, Any]) -> Analysis:
    """The analysis that an annotation stands for."""
    spans = [(start, end) for start, end, _ in split(text)]

    def stretch(numbers: list[int]) -> tuple[int, int]:
        return spans[min(numbers) - 1][0], spans[max(numbers) - 1][1]

    def quoted(sentence: int, quote: str, nth: int = 1) -> tuple[int, int]:
        start, end = spans[sentence - 1]
        at = start - 1
        for _ in range(nth):
            at = text.find(quote, at + 1)
        return (at, at + len(quote)) if start <= at <= end else (start, end)

    sections = []
    for entry in gold["sections"]:
        start, end = stretch([entry["first"], entry["last"]])
        first = text[slice(*spans[entry["first"] - 1])]
        heading = first if len(first) < 30 and entry["type"] not in ("title", "preface", "closing") else None
        sections.append(Section(SectionType(entry["type"]), start, end, heading, 0.97))
    blanks = [quoted(e["sent"], e["quote"], e.get("nth", 1)) for e in gold["placeholders"]]
    problems = []
    for entry in gold["problems"]:
        start, end = stretch([entry["first"], entry["last"]])
        cause = Cause(CauseStatus.NONE, None, None, None, 0.9)
        if entry["cause"] != "none":
            where = quoted(entry["cause_sents"][0], entry["cause_quote"])
            cause = Cause(CauseStatus(entry["cause"]), CauseKind(entry["cause_kind"]), *where, 0.81)
        measures = () if entry["remedy"] == "none" else tuple(spans[n - 1] for n in entry["remedy_sents"])
        slots = filled(text, measures, blanks) if measures else ()
        remedy = Remedy(RemedyStatus(entry["remedy"]), measures, 0.7, *slots)
        problems.append(Problem(start, end, entry["title"], cause, remedy, 0.95))
    return Analysis(
        tuple(sections),
        tuple(problems),
        tuple(TwoSkins(*quoted(e["sent"], e["quote"]), Stance(e["stance"]), 0.9) for e in gold["two_skins"]),
        Siloed(gold["siloed"]) if gold["siloed"] else None,
        tuple(Span(*blank, 1.0) for blank in blanks),
        tuple(Span(*spans[n - 1], 0.82) for n in gold["vague"]),
    )
