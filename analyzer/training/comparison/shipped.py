"""The models as they are trained for users, asked with what comes before their question given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analyzer.training import causes, problems, sections, vagueness
from analyzer.training.comparison.contestants import Answering
from analyzer.training.comparison.questions import Answers, Question
from analyzer.training.comparison.views import item_clauses, vague_units
from analyzer.training.corpus import GoldReport
from analyzer.training.items import gold_items
from analyzer.understanding.sections import SectionModel


def shipped(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Train as ``shuping train`` does, but for two things that would take most of the time.

    The section model looks once, for its second look would have to be taught by training three times more;
    the item model learns from annotated sections alone.
    """
    return {"sections": _sections, "items": _items, "causes": _causes, "vagueness": _vagueness}[
        question.name
    ](reports)


def clean_only(_: Question, reports: Sequence[GoldReport]) -> Answering:
    """Train the section model without the spoiled variants: what they cost on reports that are not."""
    return _types(sections.uncalibrated(reports, spoiled=False))


def _sections(reports: Sequence[GoldReport]) -> Answering:
    return _types(sections.uncalibrated(reports))


def _types(model: SectionModel) -> Answering:
    return lambda report: list(model.predict(report.context).types)


def _certain(reports: Sequence[GoldReport]) -> sections.Chances:
    """Return the annotated sections of every version of the reports, which the problem model learns from."""
    every = (pair for report in reports for pair in sections.versions(report).items())
    return {name: sections.certain(version) for name, version in every}


def _items(reports: Sequence[GoldReport]) -> Answering:
    model = problems.train(reports, _certain(reports))

    def answer(report: GoldReport) -> Answers:
        clauses = item_clauses(report)
        tags = np.full(len(clauses), "O")
        for item in model.predict(report.context, sections.certain(report)):
            tags[(clauses >= item.first) & (clauses <= item.last)] = "I"
            tags[clauses == item.first] = "B"
        return [str(tag) for tag in tags]

    return answer


def _causes(reports: Sequence[GoldReport]) -> Answering:
    model = causes.train(reports)

    def answer(report: GoldReport) -> Answers:
        items = causes.runs(report, gold_items(report))
        return [each.status for each in model.predict(report.context, report.sentence_types, items)]

    return answer


def _vagueness(reports: Sequence[GoldReport]) -> Answering:
    model = vagueness.train(reports)

    def answer(report: GoldReport) -> Answers:
        sentences = vague_units(report)
        if not len(sentences):
            return []
        likely = model.probabilities(report.context, report.sentence_types, sentences)
        return ["yes" if chance >= model.threshold else "no" for chance in likely]

    return answer
