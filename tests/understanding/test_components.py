"""The questions as one pipeline of spaCy's: the same answers as the analyzer gives."""

from __future__ import annotations

from pathlib import Path

from analyzer.pipeline import Analyzer
from analyzer.understanding.analysis import analysis_of
from analyzer.understanding.components import understanding

REPORT = Path(__file__).parents[2] / "corpora/w6/w6-05.txt"


def test_the_pipeline_of_spacy_reads_as_the_analyzer_does():
    text = REPORT.read_text("utf-8")
    doc = understanding()(text)
    assert analysis_of(doc, text) == Analyzer().analyze_text(text).analysis
    assert {"sections", "problems", "causes", "placeholders"} <= set(doc.spans)
