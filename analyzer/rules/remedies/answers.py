"""The measures that answer a problem, and the pledges that close a loop."""

from __future__ import annotations

from analyzer.result import Problem, RemedyStatus, Slot, Stance, TwoSkins
from analyzer.rules.base import Report, Sentence, once
from analyzer.rules.confidence import is_sure
from analyzer.understanding.slots import find_slots, missing


def is_bare(report: Report, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether some measures say nothing of who, when, how much and by what means; a blank says nothing."""
    text, taken = report.repaired.text, report.repaired.taken
    found = find_slots(text, [taken(*span) for span in spans], [taken(*blank) for blank in report.blanks])
    return len(missing(found)) == len(Slot)


@once
def looped_pledges(report: Report) -> list[tuple[TwoSkins, float]]:
    """Return the pledges to cure an admitted 两张皮 that name no means, with their confidence.

    A pledge is looked at with the rest of its measure: the sentences up to the next number or paragraph,
    and whatever else the analysis links to the problem that admits the pattern.
    """
    analysis = report.analysis
    admitted = [mention for mention in analysis.two_skins if mention.stance is Stance.ADMITTED]
    pledged = [mention for mention in analysis.two_skins if mention.stance is Stance.REMEDY]
    if not admitted or not pledged:
        return []
    owners = [problem for problem in analysis.problems for mention in admitted if _holds(problem, mention)]
    if any(problem.remedy.status is RemedyStatus.SPECIFIC for problem in owners):
        return []
    lines = report.sentences
    sure = max(mention.confidence for mention in admitted)
    found = []
    for mention in pledged:
        confidence = min(sure, mention.confidence)
        if is_bare(report, _measure(report, lines, mention)) and is_sure(
            report, "two-skins-loop", confidence
        ):
            found.append((mention, confidence))
    return found


def is_looped(problem: Problem, report: Report, pledges: list[tuple[TwoSkins, float]]) -> bool:
    """Whether a problem's only answer is such a pledge, so that one card is enough for both."""
    admits = any(
        mention.stance is Stance.ADMITTED and _holds(problem, mention)
        for mention in report.analysis.two_skins
    )
    return admits and any(
        start <= mention.start < end for mention, _ in pledges for start, end in problem.remedy.spans
    )


def _holds(problem: Problem, mention: TwoSkins) -> bool:
    return problem.start <= mention.start < problem.end


def _measure(report: Report, lines: list[Sentence], mention: TwoSkins) -> tuple[tuple[int, int], ...]:
    """Return the sentences of the measure that a mention stands in."""
    layout = report.doc._.layout
    at = next((i for i, line in enumerate(lines) if line.start <= mention.start < line.end), None)
    if at is None:
        return ((mention.start, mention.end),)
    first = last = at
    while (
        first
        and not layout.sentence_ordinals[first].kind
        and lines[first - 1].paragraph == lines[at].paragraph
    ):
        first -= 1
    while (
        last + 1 < len(lines)
        and lines[last + 1].paragraph == lines[at].paragraph
        and not layout.sentence_ordinals[last + 1].kind
    ):
        last += 1
    return tuple((line.start, line.end) for line in lines[first : last + 1])
