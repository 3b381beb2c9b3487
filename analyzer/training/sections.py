"""Train the section model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from analyzer.result import SectionType
from analyzer.training.augmentation import copied, renamed, without_frame, without_headings
from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, fit_dense, matrix, stack
from analyzer.understanding.linear import Floats, LinearModel
from analyzer.understanding.second_look import second_columns
from analyzer.understanding.section_columns import section_columns
from analyzer.understanding.sections import TAGS, TYPES, SectionModel, section_blocks
from analyzer.understanding.turns import GOES_ON, TURNS, turn_columns
from analyzer.understanding.two_lists import list_before, list_columns

_WEIGHTS = (1.0, 0.5, 0.5, 1.0, 0.7)
_REGULARISATION = 2.0
_LEAST = 15  # rarer n-grams are an author's own words
_SMOOTHING = 0.05
_IMPOSSIBLE = -1e9
_RARE = 3.0  # weight of sentences of a causes section, which are few and read like problems
_SECOND_REGULARISATION = 1.0
_TURN_REGULARISATION = 0.1
_TURN_WEIGHT = {TURNS: 3.0, GOES_ON: 1.0}
_DOUBT = 0.01
Spoiler = Callable[[GoldReport], GoldReport | None]
_VARIANTS: tuple[Spoiler, ...] = (without_headings, without_frame, renamed, copied)


Chances = dict[str, Floats]


def train(reports: Sequence[GoldReport]) -> tuple[SectionModel, Chances]:
    """Train on annotated reports.

    Returns
    -------
    SectionModel
        Calibrated on held-out authors.
    dict of str to ndarray of float32, shape (n_sentences, 8)
        By the name of each version of a report (`versions`), how likely each sentence belongs to each
        type, from models that have not seen its author: what later questions meet in a new report.
    """
    models: dict[str, SectionModel] = {}
    looks: dict[str, Floats] = {}
    chances: Chances = {}
    logits: list[Floats] = []
    labels: list[int] = []

    def look(model: SectionModel, report: GoldReport) -> None:
        models[report.id] = model
        for name, version in versions(report).items():
            looks[name] = second_columns(version.context, model.emissions(version.context))

    def second(kept: Sequence[GoldReport]) -> LinearModel:
        told = [pair for report in kept for pair in versions(report).items()]
        tags = [tag for _, version in told for tag in version.sentence_tags]
        columns = np.vstack([looks[name] for name, _ in told])
        return fit_dense(columns, np.array(tags), regularisation=_SECOND_REGULARISATION, scaled=False)

    def visit(again: LinearModel, report: GoldReport) -> None:
        model, known = replace(models[report.id], second=again), again.classes
        logits.append(again.logits([], looks[report.id]))
        labels.extend(known.index(tag) if tag in known else -1 for tag in report.sentence_tags)
        for name, version in versions(report).items():
            chances[name] = model.predict(version.context).chances

    # The second look learns from, and is tried on, first looks at reports of authors that these had not seen.
    out_of_fold(reports, uncalibrated, look)
    out_of_fold(reports, second, visit)
    widths = {part.shape[1] for part in logits}
    heat = 1.0
    if len(widths) == 1:  # otherwise a rare tag is missing from a fold, and the columns do not line up
        known = np.array(labels) >= 0
        heat = temperature(np.vstack(logits)[known], np.array(labels)[known])
    told = [version for report in reports for version in versions(report).values()]
    whole = replace(second(reports), temperature=heat)
    return replace(uncalibrated(reports), second=whole, lists=_lists(told)), chances


def versions(report: GoldReport) -> dict[str, GoldReport]:
    """Return by name the report and what it would be with its headings lost."""
    bare = without_headings(report)
    return {report.id: report} | ({f"{report.id} without headings": bare} if bare else {})


def certain(report: GoldReport) -> Floats:
    """Return nearly certain chances of the annotated type of each sentence, shape (n_sentences, 8)."""
    chances = np.full((len(report.sentence_types), len(TYPES)), _DOUBT, dtype=np.float32)
    for sentence, kind in enumerate(report.sentence_types):
        chances[sentence, TYPES.index(SectionType(kind))] = 1 - (len(TYPES) - 1) * _DOUBT
    return chances


def uncalibrated(reports: Sequence[GoldReport], *, spoiled: bool = True) -> SectionModel:
    """Return the model without its second look and its `lists`, taught variants as well if `spoiled`."""
    told = [version for report in reports for version in versions(report).values()] if spoiled else reports
    return SectionModel(
        _classifier(reports, _VARIANTS if spoiled else ()), None, _turn(told), None, *_transitions(reports)
    )


def _turn(reports: Sequence[GoldReport]) -> LinearModel:
    """Fit on every stretch that tells of problems and causes."""
    columns: list[Floats] = []
    labels: list[str] = []
    for report in reports:
        types = report.sentence_types
        inside = np.array([kind in ("problems", "causes") for kind in types])
        edges = np.flatnonzero(np.diff(inside, prepend=False, append=False)).tolist()
        for first, stop in zip(edges[::2], edges[1::2], strict=True):
            begin = next((i for i in range(first, stop) if types[i] == "causes"), None)
            sentences, rows = turn_columns(report.context, first, stop - 1)
            columns.extend(rows)
            labels.extend(TURNS if sentence == begin else GOES_ON for sentence in sentences.tolist())
    return fit_dense(
        np.array(columns),
        np.array(labels),
        regularisation=_TURN_REGULARISATION,
        class_weight=_TURN_WEIGHT,
    )


def _lists(reports: Sequence[GoldReport]) -> LinearModel:
    """Fit on problems and their causes, and on the last list of duties and the problems after it.

    Reports that tell problems at several places have no list of them.
    """
    columns: list[Floats] = []
    labels: list[str] = []
    for report in reports:
        types = np.array(report.sentence_types)
        edges = [0, *(np.flatnonzero(types[1:] != types[:-1]) + 1).tolist(), len(types)]
        parts = [(str(types[first]), first) for first in edges[:-1]]
        if [kind for kind, _ in parts].count("problems") > 1:
            continue
        for number, ((kind, start), (following, begin)) in enumerate(pairwise(parts)):
            if (kind, following) == ("problems", "causes"):
                label = TURNS
            elif kind in ("duties", "rectification") and following == "problems":
                label = GOES_ON
                start = list_before(report.context, begin, start)
            else:
                continue
            plans = np.flatnonzero(types == "plans")
            columns.append(list_columns(report.context, start, begin, edges[number + 2], plans))
            labels.append(label)
    return fit_dense(
        np.array(columns),
        np.array(labels),
        regularisation=_TURN_REGULARISATION,
        class_weight=_TURN_WEIGHT,
    )


def _classifier(reports: Sequence[GoldReport], spoilers: Sequence[Spoiler]) -> LinearModel:
    """Fit on the reports and on their variants with other headings, none, or no frame, as real ones come."""
    variants = [spoil(report) for spoil in spoilers for report in reports]
    reports = [*reports, *(variant for variant in variants if variant)]
    parts = [[matrix(block) for block in section_blocks(report.context)] for report in reports]
    tags = [tag for report in reports for tag in report.sentence_tags]
    return fit(
        stack(parts),
        np.vstack([section_columns(report.context) for report in reports]),
        np.array(tags),
        sample_weight=np.array([_RARE if tag.endswith("causes") else 1 for tag in tags], dtype=np.float32),
        weights=_WEIGHTS,
        regularisation=_REGULARISATION,
        least=_LEAST,
    )


def _transitions(reports: Sequence[GoldReport]) -> tuple[Floats, Floats]:
    """Return smoothed log probabilities; a section is continued only by its own type."""
    size = len(TAGS)
    counts = np.full((size, size), _SMOOTHING)
    initial = np.full(size, _SMOOTHING)
    for report in reports:
        path = [TAGS.index(tag) for tag in report.sentence_tags]
        initial[path[0]] += 1
        np.add.at(counts, (path[:-1], path[1:]), 1)
    kinds = np.arange(size) % len(TYPES)
    continues = np.arange(size) >= len(TYPES)
    counts[continues[None, :] & (kinds[:, None] != kinds[None, :])] = 0
    initial[continues] = 0
    with np.errstate(divide="ignore"):
        log_counts = np.log(counts / counts.sum(axis=1, keepdims=True))
        log_initial = np.log(initial / initial.sum())
    return (
        np.maximum(log_counts, _IMPOSSIBLE).astype(np.float32),
        np.maximum(log_initial, _IMPOSSIBLE).astype(np.float32),
    )
