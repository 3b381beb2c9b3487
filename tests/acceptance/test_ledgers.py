"""A report with its problems in a table scores the same whatever form the table comes in."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from analyzer.pipeline import Analyzer
from analyzer.reading import read_bytes
from analyzer.result import Result, SectionType
from analyzer.training.augmentation import without
from analyzer.training.corpus import GoldReport, load

from ..conftest import ROOT
from ..reading.ledgers import copied, markdown, pasted, word

_HEAD = ("序号", "存在问题", "原因分析", "整改措施", "责任人", "完成时限")
_STEP = 25  # 1 takes every report


def _said(report: GoldReport, numbers: Iterable[int]) -> str:
    spans = [report.raw[number - 1] for number in numbers]
    return re.sub(r"\s*\n\s*", "\n", "".join(report.text[start:end].strip() for start, end in spans))


def _rows(report: GoldReport) -> list[tuple[str, ...]]:
    """Return the annotated problems of a report as rows, with their causes and measures."""
    rows = []
    for number, problem in enumerate(report.gold["problems"], start=1):
        causes = problem["cause_sents"]
        own = [each for each in range(problem["first"], problem["last"] + 1) if each not in causes]
        cells = (_said(report, sentences) for sentences in (own, causes, problem["remedy_sents"]))
        rows.append((str(number), *cells, "李萍", "6月底前"))
    return rows


def _understood(result: Result) -> list[object]:
    analysis = result.analysis
    return [
        result.scorecard,
        result.abstained,
        [(section.type, section.heading) for section in analysis.sections],
        [(each.title, each.cause.status, each.remedy.status, each.confidence) for each in analysis.problems],
        sorted((each.rule, each.deduction, each.message) for each in result.findings),
    ]


_REPORTS = [
    report for folder in sorted((ROOT / "corpora").glob("w*")) for report in load(folder) if _rows(report)
]


@pytest.mark.parametrize("report", _REPORTS[::_STEP], ids=lambda report: report.id)
def test_a_table_of_the_problems_scores_alike_in_every_form(report: GoldReport) -> None:
    last = (SectionType.PLANS, SectionType.CLOSING)
    parts = ("problems", "causes", *last), [kind for kind in SectionType if kind not in last]
    around = [[line for line in without(report, kinds).splitlines() if line.strip()] for kinds in parts]
    table = (_HEAD, *_rows(report)), *around
    analyzer = Analyzer()
    expected = _understood(analyzer.analyze(read_bytes(word(*table), "a.docx")))
    for form in (pasted, copied, markdown):
        assert _understood(analyzer.analyze_text(form(*table))) == expected, form.__name__
