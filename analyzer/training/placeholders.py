"""Train the models of stand-ins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from analyzer.language import blank
from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import CORPORA, GoldReport, unmarked
from analyzer.training.fit import fit, matrix
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel
from analyzer.understanding.placeholders import (
    NO,
    YES,
    PlaceholderModel,
    bare_measures,
    candidates,
    gap_blocks,
    mark_blocks,
    mark_columns,
)
from analyzer.understanding.structure import Context, contextualise

EXAMPLES = CORPORA / "stand-ins.txt"
_MARK_WEIGHTS = (0.5, 0.5, 0.5, 0.5)
_GAP_WEIGHTS = (1.0, 1.0, 1.0)
_REGULARISATION = 1.0
_FALSE_GAPS = 1 / 30  # alarms a report may raise over bare measure words that nobody annotated
_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])[0-9][0-9.,]*(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class _Examples:
    """Examples of one text: blocks, dense columns and whether each is a stand-in."""

    blocks: list[Block]
    columns: Floats
    labels: list[bool]


def train(reports: Sequence[GoldReport]) -> PlaceholderModel:
    """Return the models of some annotated reports, calibrated on held-out authors."""
    marks, scores, truth = _out_of_fold(reports, _fit_marks, _marks_of)
    marks = replace(marks, temperature=temperature(scores, truth))
    gaps, scores, truth = _out_of_fold(reports, _fit_gaps, _gaps_of)
    # Half of the examples never occurred: what counts is how rarely an untouched text raises an alarm.
    margins = np.sort((scores[:, 1] - scores[:, 0])[truth == 0])
    even = margins[-1 - int(_FALSE_GAPS * len(reports))] / 2
    shift = np.array([even, -even], dtype=np.float32)
    gaps = replace(gaps, bias=gaps.bias + shift, temperature=temperature(scores + shift, truth))
    return PlaceholderModel(marks, gaps)


def _out_of_fold(
    reports: Sequence[GoldReport],
    train_one: Callable[[Sequence[GoldReport]], LinearModel],
    examples: Callable[[GoldReport], list[_Examples]],
) -> tuple[LinearModel, Floats, Ints]:
    """Return the model of all reports, and the logits and true columns of reports it had not seen."""
    logits: list[Floats] = []
    labels: list[bool] = []

    def visit(model: LinearModel, report: GoldReport) -> None:
        for part in examples(report):
            logits.append(model.logits(part.blocks, part.columns))
            labels.extend(part.labels)

    out_of_fold(reports, train_one, visit)
    return train_one(reports), np.vstack(logits), np.array(labels, dtype=np.int64)


def _fit(parts: Sequence[_Examples], weights: Sequence[float]) -> LinearModel:
    return fit(
        [sp.vstack([matrix(part.blocks[n]) for part in parts]).tocsr() for n in range(len(weights))],
        np.vstack([part.columns for part in parts]),
        np.array([YES if label else NO for part in parts for label in part.labels]),
        weights=weights,
        regularisation=_REGULARISATION,
        least=2,
    )


def _fit_marks(reports: Sequence[GoldReport]) -> LinearModel:
    return _fit(
        [part for report in reports for part in _marks_of(report)] + _told_apart(EXAMPLES), _MARK_WEIGHTS
    )


def _fit_gaps(reports: Sequence[GoldReport]) -> LinearModel:
    return _fit([part for report in reports for part in _gaps_of(report)], _GAP_WEIGHTS)


def _marks_of(report: GoldReport) -> list[_Examples]:
    found = candidates(report.context.text)
    if not found:
        return []
    gold = [
        report.quote_span(item["sent"], item["quote"], item.get("nth", 1))
        for item in report.gold["placeholders"]
    ]
    source = report.source(np.array([(one.start, one.end) for one in found], dtype=np.int32))
    labels = [any(span and span[0] < end and start < span[1] for span in gold) for start, end in source]
    return [_mark_examples(report.context, labels)]


def _mark_examples(context: Context, labels: list[bool]) -> _Examples:
    found = candidates(context.text)
    return _Examples(mark_blocks(context, found), mark_columns(context.text, found), labels)


def _told_apart(path: Path) -> list[_Examples]:
    """Return the made-up sentences' examples."""
    parts = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, marked = unmarked(line)
        context = contextualise(blank()(text))
        if found := candidates(context.text):
            parts.append(_mark_examples(context, [any(marked[one.start : one.end]) for one in found]))
    return parts


def _gaps_of(report: GoldReport) -> list[_Examples]:
    """Return a report's bare measure words, and those that appear when its numbers are left out.

    Annotated gaps are far too few to learn from; a report without its numbers has hundreds.
    """
    context, text = report.context, report.context.text
    natural = [span for span in bare_measures(text) if not _annotated(report, span)]
    edges, kept = [0], []
    for match in _NUMBER.finditer(text):
        kept.append(text[edges[-1] : match.start()])
        edges.append(match.end())
    stripped = "".join([*kept, text[edges[-1] :]])
    joints = set(np.cumsum([len(piece) for piece in kept]).tolist())
    bare = contextualise(blank()(stripped))
    parts = [_gap_examples(context, natural, label=False)] if natural else []
    if bare.text == stripped:
        gone = [span for span in bare_measures(stripped) if span[0] in joints]
        if gone:
            parts.append(_gap_examples(bare, gone, label=True))
    return parts


def _gap_examples(context: Context, spans: list[tuple[int, int]], *, label: bool) -> _Examples:
    columns = np.zeros((len(spans), 0), dtype=np.float32)
    return _Examples(gap_blocks(context, spans), columns, [label] * len(spans))


def _annotated(report: GoldReport, span: tuple[int, int]) -> bool:
    ((start, end),) = report.source(np.array([span], dtype=np.int32))
    gold = (
        report.quote_span(item["sent"], item["quote"], item.get("nth", 1))
        for item in report.gold["placeholders"]
    )
    return any(found and found[0] < end and start < found[1] for found in gold)
