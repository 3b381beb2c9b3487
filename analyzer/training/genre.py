"""Train the model that tells duty reports from other texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from analyzer.language.repair import repair
from analyzer.training.augmentation import as_ledger, without
from analyzer.training.calibration import FOLDS, folds, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, matrix
from analyzer.understanding.encoder import code_points
from analyzer.understanding.genre import NO, YES, GenreModel, block, columns
from analyzer.understanding.linear import Block, Floats, LinearModel

_WEIGHT = 2.0
_REGULARISATION = 0.1
_LEAST = 20  # texts and their variants that an n-gram must be in
_DECLINED = 0.008  # share of spoiled but real reports that the threshold may lose
_SHORTEST = 150  # characters
_STEADY = 0.1  # added to a column's deviation, so that rare cues are not blown up
_SENTENCE = re.compile(r"(?<=[。！？；\n])")
_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_HEADING_LENGTH = 40
# A part of the text and how much it counts; the shorter it is, the less it says about the whole.
_REPORT_PARTS = ((0.0, 0.6, 1.0), (0.5, 1.0, 0.7), (0.25, 0.75, 0.7), (0.0, 0.33, 0.4), (0.67, 1.0, 0.3))
_OTHER_PARTS = ((0.0, 0.6, 0.5), (0.4, 1.0, 0.5), (0.2, 0.8, 0.5))
_LONG = 700  # characters of another text whose parts are used too


@dataclass(frozen=True)
class _Example:
    """One text or variant; ``judged`` where the threshold must not lose it."""

    block: Block
    columns: Floats
    weight: float
    judged: bool
    whole: bool


def train(reports: Sequence[GoldReport], others: Sequence[str]) -> GenreModel:
    """Return the genre model.

    Parameters
    ----------
    reports : sequence of GoldReport
        All of these are duty reports.
    others : sequence of str
        None of these is; like kinds stand beside each other.
    """
    yes = {report.id: list(_report_examples(report)) for report in reports}
    no = [list(_other_examples(text)) for text in others]
    margins: list[float] = []
    examples: list[_Example] = []
    labels: list[int] = []
    parts = np.array_split(np.arange(len(no)), FOLDS)
    for (kept, held), unseen in zip(folds(reports), parts, strict=False):
        model = _classifier(
            [one for report in kept for one in yes[report.id]],
            [one for number, group in enumerate(no) if number not in unseen for one in group],
        )
        asked = [(one, 1) for report in held for one in yes[report.id]]
        asked += [(one, 0) for number in unseen for one in no[number]]
        for one, label in asked:
            logits = model.logits([one.block], one.columns)[0]
            margins.append(float(logits[model.classes.index(YES)] - logits[model.classes.index(NO)]))
            examples.append(one)
            labels.append(label)
    margin, truth = np.array(margins), np.array(labels)
    judged = np.array([one.judged for one in examples])
    even = float(np.quantile(margin[judged & (truth == 1)], _DECLINED))
    whole = np.array([one.whole for one in examples])
    shifted = np.column_stack([-(margin - even) / 2, (margin - even) / 2]).astype(np.float32)
    model = _classifier(
        [one for group in yes.values() for one in group], [one for group in no for one in group]
    )
    shift = np.array([even / 2 if name == NO else -even / 2 for name in model.classes], dtype=np.float32)
    heat = temperature(shifted[whole], truth[whole])
    return GenreModel(replace(model, bias=np.asarray(model.bias + shift, dtype=np.float32), temperature=heat))


def _classifier(yes: Sequence[_Example], no: Sequence[_Example]) -> LinearModel:
    """Fit on standardised columns, both classes weighing the same, and put the scales back into the model."""
    examples = [*yes, *no]
    labels = np.array([YES] * len(yes) + [NO] * len(no))
    weights = np.array([one.weight for one in examples], dtype=np.float32)
    for name in (YES, NO):
        weights[labels == name] *= len(examples) / 2 / weights[labels == name].sum()
    dense = np.vstack([one.columns for one in examples])
    mean, deviation = dense.mean(axis=0), dense.std(axis=0) + np.float32(_STEADY)
    model = fit(
        [sp.vstack([matrix(one.block) for one in examples]).tocsr()],
        (dense - mean) / deviation,
        labels,
        weights=(_WEIGHT,),
        regularisation=_REGULARISATION,
        least=_LEAST,
        sample_weight=weights,
    )
    scaled = np.asarray(model.dense / deviation[:, None], dtype=np.float32)
    return replace(model, dense=scaled, bias=np.asarray(model.bias - mean @ scaled, dtype=np.float32))


def _example(text: str, weight: float, *, judged: bool, whole: bool) -> _Example:
    repaired = repair(text).text
    return _Example(block(repaired, code_points(repaired)), columns(repaired), weight, judged, whole)


def _report_examples(report: GoldReport) -> Iterator[_Example]:
    """Yield a report and what spoiling may leave of it: no title, no frame, no headings, a part."""
    yield _example(report.text, 1.0, judged=True, whole=True)
    bare = without(report, ("title", "preface", "closing"))
    lines = [line for line in bare.split("\n") if not (len(line) <= _HEADING_LENGTH and _HEADING.match(line))]
    for text in (without(report, ("title",)), bare, "\n".join(lines)):
        if len(text) >= _SHORTEST:
            yield _example(text, 1.0, judged=True, whole=False)
    if report.gold["problems"]:
        yield _example(as_ledger(report), 1.0, judged=True, whole=False)
    for start, stop, weight in _REPORT_PARTS:
        text = _part(report.text, start, stop)
        if len(text) >= _SHORTEST:
            yield _example(text, weight, judged=weight >= 1, whole=False)


def _other_examples(text: str) -> Iterator[_Example]:
    yield _example(text, 1.0, judged=False, whole=True)
    if len(text) > _LONG:
        for start, stop, weight in _OTHER_PARTS:
            yield _example(_part(text, start, stop), weight, judged=False, whole=False)


def _part(text: str, start: float, stop: float) -> str:
    """Return the sentences from one share of a text to another."""
    pieces = _SENTENCE.split(text)
    return "".join(pieces[int(start * len(pieces)) : int(stop * len(pieces))]).strip()
