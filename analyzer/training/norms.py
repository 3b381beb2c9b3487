"""The genre's norms of own content, measured on the annotated reports.

``python -m analyzer.training.norms`` prints what ``lexicons/norms.toml`` holds, rounded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import numpy as np

from analyzer.result import Content, Section, SectionType, Span
from analyzer.training.annotators import as_result
from analyzer.training.corpus import GoldReport, corpus
from analyzer.understanding.checkable import places
from analyzer.understanding.content import content

_GOOD = 4  # of 5, by the experts


def content_of(report: GoldReport) -> Content:
    """Return what a report holds of its own, by its annotation."""
    gold = as_result(report)["analysis"]
    sections = [
        Section(SectionType(part["type"]), part["start"], part["end"], None, 1.0) for part in gold["sections"]
    ]
    blanks = [Span(span["start"], span["end"], 1.0) for span in gold["placeholders"]]
    figures = places("figure", report.doc._.repaired.text)
    return content(report.doc, report.text, sections, blanks, figures)


def norms(reports: Iterable[GoldReport]) -> dict[str, dict[str, float]]:
    """Return the middle half of specificity where facts are good, and what three in four keep of phrases."""
    measured = [(report.gold["scores"], content_of(report)) for report in reports]
    specific = [held.specificity for scores, held in measured if scores["facts"] >= _GOOD]
    dense = [held.density for scores, held in measured if scores["language"] >= _GOOD]
    low, high = np.percentile(specific, [25, 75])
    return {
        "specificity": {"low": float(low), "high": float(high)},
        "density": {"most": float(np.percentile(dense, 75))},
    }


def main() -> int:
    """Print the norms."""
    for name, values in norms(corpus()).items():
        print(f"[{name}]")
        for key, value in values.items():
            print(f"{key} = {value:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
