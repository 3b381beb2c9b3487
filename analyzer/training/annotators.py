"""How far two annotators agree: the second held against the first, with the figures that models are held to.

``python -m analyzer.training.annotators`` prints the table for the reports in ``corpora/second``, which were
annotated a second time from the texts and the guideline alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from analyzer.result import Dimension
from analyzer.training.corpus import CORPORA, GoldReport, load_annotation
from analyzer.training.evaluation import Figures, Tally, combine, figures_of, shown, tally
from analyzer.training.intervals import Interval, bootstrap
from analyzer.understanding.placeholders import LONGEST

SECOND = "second"
# What an annotation does not say.
_LEFT_OUT = ("reports_without_result", "clean_report_", "declined_", "overall_standardised")


def as_result(report: GoldReport) -> dict[str, Any]:
    """Return the result that says just what a report's annotation says, in the contract's shape."""
    gold = report.gold

    def stretch(first: int, last: int) -> dict[str, Any]:
        return {"start": report.raw[first - 1][0], "end": report.raw[last - 1][1], "confidence": 1.0}

    def quote(sentence: int, words: str, nth: int = 1) -> dict[str, Any]:
        start, end = report.quote_span(sentence, words, nth) or report.raw[sentence - 1]
        return {"start": start, "end": end, "confidence": 1.0}

    def short(span: dict[str, Any]) -> dict[str, Any]:
        # Longer ones, spaced out or with their unit, count where they are marked in part.
        return span | {"end": min(span["end"], span["start"] + LONGEST)}

    def cause(problem: dict[str, Any]) -> dict[str, Any]:
        said = {"status": problem["cause"], "kind": problem["cause_kind"]}
        for sentence in problem["cause_sents"]:
            if report.quote_span(sentence, problem["cause_quote"]):
                return {**said, **quote(sentence, problem["cause_quote"])}
        return {**said, "start": None, "end": None, "confidence": 1.0}

    return {
        "analysis": {
            "sections": [{"type": s["type"], **stretch(s["first"], s["last"])} for s in gold["sections"]],
            "problems": [
                {
                    **stretch(p["first"], p["last"]),
                    "cause": cause(p),
                    "remedy": {"status": p["remedy"], "confidence": 1.0},
                }
                for p in gold["problems"]
            ],
            "two_skins": [{**quote(m["sent"], m["quote"]), "stance": m["stance"]} for m in gold["two_skins"]],
            "siloed": gold["siloed"],
            "placeholders": [
                short(quote(p["sent"], p["quote"], p.get("nth", 1))) for p in gold["placeholders"]
            ],
            "vague": [stretch(number, number) for number in gold["vague"]],
        },
        "findings": [],
        "scorecard": {
            "overall": gold["scores"]["overall"],
            "grade": gold["grade"],
            "dimensions": [{"id": name.value, "score": gold["scores"][name], "max": 5} for name in Dimension],
        },
    }


def by_author(root: Path = CORPORA) -> dict[str, Tally]:
    """Return the counts of second against first annotations, by author of the reports.

    Raises
    ------
    ShupingError
        Code ``gold`` where an annotation or its text cannot be read.
    """
    counts: dict[str, list[Tally]] = {}
    for path in sorted((root / SECOND).glob("*/*.json")):
        text = root / path.parent.name / f"{path.stem}.txt"
        first, second = load_annotation(text.with_suffix(".json"), text), load_annotation(path, text)
        counts.setdefault(path.parent.name, []).append(tally(first, as_result(second)))
    return {author: combine(tallies) for author, tallies in counts.items()}


def agreement(root: Path = CORPORA) -> tuple[Figures, dict[str, Interval]]:
    """Return each figure of agreement and its bootstrap interval over authors."""
    authors = by_author(root)
    figures = figures_of(combine(authors.values()))
    known = {name: value for name, value in figures.items() if not name.startswith(_LEFT_OUT)}
    return known, bootstrap(list(authors.values()), figures_of)


def main() -> int:
    """Print the table."""
    figures, intervals = agreement()
    table = Table("figure", box=None)
    for title in ("agreement", "95 %"):
        table.add_column(title, justify="right")
    for name, value in figures.items():
        interval = intervals.get(name)
        table.add_row(
            name,
            shown(value),
            f"{interval[0]:.3f}–{interval[1]:.3f}" if interval and value is not None else "-",
        )
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
