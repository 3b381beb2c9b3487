"""What a contestant is, and the two ways in which scores become answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

import numpy as np

from analyzer.training.calibration import out_of_fold
from analyzer.training.comparison.questions import Answers, Question
from analyzer.training.corpus import GoldReport
from analyzer.training.decisions import decide
from analyzer.understanding.linear import Floats

Answering = Callable[[GoldReport], Answers]
_TINY = 1e-9


@dataclass(frozen=True)
class Contestant:
    """A way to answer questions.

    Parameters
    ----------
    name : str
        As ``contestants.toml`` describes it.
    train : callable
        Takes a question and annotated reports; returns what answers it for the units of a report.
    questions : tuple of str
    packages : dict of str to str
        Distributions that it needs, with the module that each brings.
    """

    name: str
    train: Callable[[Question, Sequence[GoldReport]], Answering]
    questions: tuple[str, ...]
    packages: dict[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """The distributions that are not installed."""
        return [name for name, module in self.packages.items() if find_spec(module) is None]


@dataclass(frozen=True)
class Scorer:
    """Labels, and how likely each is for each unit of a report, shape (n_units, n_labels)."""

    labels: tuple[str, ...]
    chances: Callable[[GoldReport], Floats]


def answering(
    question: Question, reports: Sequence[GoldReport], fit: Callable[[Sequence[GoldReport]], Scorer]
) -> Answering:
    """Train a scorer and let it answer: with the likeliest label, or from the threshold of best F1 on.

    The threshold is chosen on authors that an inner model has not seen, as for the shipped models; otherwise
    the comparison would be one of thresholds.
    """
    scorer = fit(reports)
    if question.sought is None:
        return lambda report: [scorer.labels[k] for k in _filled(scorer, report).argmax(axis=1)]
    sought = question.sought
    margins: list[Floats] = []
    truth: list[bool] = []

    def visit(inner: Scorer, report: GoldReport) -> None:
        margins.append(_margin(inner, report, sought))
        truth.extend(label == sought for label in question.labels(report))

    out_of_fold(reports, fit, visit)
    decision = decide(np.concatenate(margins), np.array(truth))

    def answer(report: GoldReport) -> Answers:
        odds = decision.slope * _margin(scorer, report, sought) + decision.shift
        return ["yes" if flag else "no" for flag in 1 / (1 + np.exp(-odds)) >= decision.threshold]

    return answer


def _filled(scorer: Scorer, report: GoldReport) -> Floats:
    return scorer.chances(report).reshape(-1, len(scorer.labels))


def _margin(scorer: Scorer, report: GoldReport, sought: str) -> Floats:
    chance = _filled(scorer, report)[:, scorer.labels.index(sought)].astype(np.float64)
    return np.asarray(np.log(chance + _TINY) - np.log(1 - chance + _TINY), dtype=np.float32)
