"""The least that a model must beat: one answer for all, and cues without learning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyzer.language.layout import Ordinal
from analyzer.lexicons import either, patterns
from analyzer.result import CauseStatus
from analyzer.training.comparison.contestants import Answering
from analyzer.training.comparison.questions import Question
from analyzer.training.comparison.views import item_clauses
from analyzer.training.corpus import GoldReport

_CHECKS = ("figure", "date", "owner", "mechanism", "named")


def majority(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Give every unit the most frequent label; the one that is sought, where there is one."""
    seen = Counter(label for report in reports for label in question.labels(report))
    always = question.sought or seen.most_common(1)[0][0]
    return lambda report: [always] * len(question.labels(report))


def cues(question: Question, _: Sequence[GoldReport]) -> Answering:
    """Judge by the word lists of ``lexicons/`` and by numbering alone."""
    return {"causes": _cause_cues, "vagueness": _nothing_checkable, "items": _numbers}[question.name](
        question
    )


def _cause_cues(question: Question) -> Answering:
    said = patterns("causes.toml")

    def status(text: str) -> CauseStatus:
        if not (said["cue"].search(text) or said["effect"].search(text)):
            return CauseStatus.NONE
        blamed = said["circumstance"].search(text) or said["stock"].search(text)
        return CauseStatus.SHALLOW if blamed and not said["self"].search(text) else CauseStatus.EXPLICIT

    return lambda report: [status(text) for text in question.texts(report)]


def _nothing_checkable(question: Question) -> Answering:
    checks = [either("checkable.toml", name) for name in _CHECKS]
    return lambda report: [
        "no" if any(check.search(text) for check in checks) else "yes" for text in question.texts(report)
    ]


def _numbers(_: Question) -> Answering:
    def answer(report: GoldReport) -> list[str]:
        marks = report.context.layout.ordinals
        numbered = [marks[clause].kind is not Ordinal.NONE for clause in item_clauses(report).tolist()]
        return ["B" if number else "I" for number in numbered]

    return answer
