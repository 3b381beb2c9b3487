"""What a report does well, with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from analyzer.language.memory import each
from analyzer.lexicons import table
from analyzer.result import (
    Analysis,
    CauseKind,
    CauseStatus,
    Dimension,
    Finding,
    Link,
    Problem,
    Remark,
    RemedyStatus,
    SectionType,
    Stance,
)
from analyzer.rules.base import Report
from analyzer.rules.checkable import figures
from analyzer.scoring.quoting import is_whole, quotation, sentence_start, sentences, shown

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_SURE = 0.7  # confidence from which a reading is good enough to praise
_TELLING = 2  # figures that make a quotation a fact
_MOST = 3  # figures beyond which a quotation tells no more
_BEST = _MOST + 2  # of a quotation of so many figures, in the first person, that is a whole sentence
_FAULTED = ("vague-claim", "stock-phrases", "duplicated-passage")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation that speaks for the report; the higher its rank, the better."""

    rank: tuple[float, ...]
    span: Span
    words: str
    where: str = ""


class Strengths:
    """Finds strengths of one report.

    Parameters
    ----------
    report : Report
    findings : collection of Finding
        What is faulted is not praised.
    muted : collection of str
        Rules that are among the main faults: the opposite is not praised.
    where : callable
        Names the problem of an index.
    limit : int
        Longest quotation.
    """

    def __init__(
        self,
        report: Report,
        findings: Collection[Finding],
        muted: Collection[str],
        where: Callable[[int], str],
        limit: int,
    ) -> None:
        self._text = report.document.text
        self._analysis: Analysis = report.analysis
        self._where, self._limit = where, limit
        self._muted = muted
        self._is_shapely = all(f.dimension is not Dimension.STRUCTURE or not f.deduction for f in findings)
        self._generic = {(f.start, f.end) for f in findings if f.rule == "generic-problem"}
        self._blanks = [(blank.start, blank.end) for blank in report.analysis.placeholders]
        self._vague = [(f.start, f.end) for f in findings if f.rule in _FAULTED]
        self._words: dict[str, Any] = table("advice.toml")["strengths"]
        self._avoid = re.compile(table("advice.toml")["trim"]["avoid"])
        self._figure = re.compile(table("advice.toml")["trim"]["figure"])
        self._own = re.compile(table("advice.toml")["trim"]["own"])

    def remarks(self) -> Iterator[Remark]:
        """Yield strengths of different kinds, the weightiest first; what is not asked for costs nothing."""
        kinds = (self._causes, self._remedies, self._tied, self._problems, self._facts, self._admitted)
        taken: list[Span] = []
        for kind in (*kinds, self._rectified):
            if free := [found for found in kind() if not _overlaps(found.span, taken)]:
                best = max(free, key=lambda found: found.rank)
                taken.append(best.span)
                words = self._words[best.words].format(quote=shown(self._text, best.span), where=best.where)
                yield Remark(words, (best.span,))
        if self._is_shapely and self._is_complete():
            yield Remark(self._words["complete"])

    def _is_complete(self) -> bool:
        types = {section.type for section in self._analysis.sections}
        return types >= {SectionType.PROBLEMS, SectionType.PLANS}

    def _quote(self, start: int, end: int) -> Span | None:
        """Return a quotation that nothing speaks against."""
        span = quotation(self._text, start, end, self._limit, praise=True)
        if span is None or self._avoid.search(self._text, *span):
            return None
        return None if _overlaps(span, self._blanks) else span

    def _causes(self) -> Iterator[_Found]:
        for index, problem in enumerate(self._analysis.problems):
            cause = problem.cause
            if cause.status is not CauseStatus.EXPLICIT or cause.start is None or cause.end is None:
                continue
            whole = self._quote(sentence_start(self._text, cause.start), cause.end)
            alone = self._quote(cause.start, cause.end)
            is_told = whole is not None and whole[1] > cause.start and (not alone or whole[1] >= alone[1])
            span = whole if is_told else alone
            if span and cause.confidence >= _SURE:
                own = cause.kind is CauseKind.SUBJECTIVE and bool(self._own.search(self._text, *span))
                rank = (own, is_whole(self._text, span), cause.confidence, -index)
                yield _Found(rank, span, "cause_own" if own else "cause", self._where(index))

    def _remedies(self) -> Iterator[_Found]:
        for problem in self._analysis.problems:
            if problem.remedy.status is not RemedyStatus.SPECIFIC or problem.remedy.confidence < _SURE:
                continue
            for start, end in problem.remedy.spans:
                span = self._quote(start, end)
                filled = _slots(problem, span) if span else 0
                if span and filled >= _TELLING:
                    rank = (filled, is_whole(self._text, span), problem.remedy.confidence, -start)
                    yield _Found(rank, span, "remedy")

    def _tied(self) -> Iterator[_Found]:
        for item in self._analysis.integration:
            if item.link is not Link.TIED or item.party is None or item.business is None:
                continue
            if "siloed" in self._muted:
                return
            start = min(item.party[0], item.business[0])
            span = self._quote(start, max(item.party[1], item.business[1]))
            if span is None or max(item.party[0], item.business[0]) >= span[1]:
                continue
            # Marks at the ends of the two are not quoted.
            covered = max(item.party[1], item.business[1]) <= span[1] + 1 or is_whole(self._text, span)
            if covered and (count := self._figures(span)):
                rank = (item.mechanism is not None, count, -start)
                yield _Found(rank, span, "tied")

    def _problems(self) -> Iterator[_Found]:
        for index, problem in enumerate(self._analysis.problems):
            if (problem.start, problem.end) not in self._generic:
                told = problem.cause.start or problem.end  # what was wrong stands before why
                end = told if problem.start < told < problem.end else problem.end
                for span, weight in self._facts_in(problem.start, end, 1):
                    rank = (weight, problem.confidence, -index)
                    yield _Found(rank, span, "problem", self._where(index))

    def _facts(self) -> Iterator[_Found]:
        if "thin-facts" in self._muted:
            return
        for section in self._analysis.sections:
            if section.type is SectionType.DUTIES:
                for span, weight in self._facts_in(section.start, section.end, _TELLING):
                    yield _Found((weight, -span[0]), span, "fact")
                    if weight == _BEST:
                        return  # none that comes later is better

    def _admitted(self) -> Iterator[_Found]:
        for mention in self._analysis.two_skins:
            span = self._quote(mention.start, mention.end)
            if span and mention.stance is Stance.ADMITTED and mention.confidence >= _SURE:
                yield _Found((mention.confidence, -span[0]), span, "admitted")

    def _rectified(self) -> Iterator[_Found]:
        for section in self._analysis.sections:
            if section.type is SectionType.RECTIFICATION:
                for span, weight in self._facts_in(section.start, section.end, 1):
                    yield _Found((weight, -span[0]), span, "rectified")

    def _facts_in(self, start: int, end: int, least: int) -> Iterator[tuple[Span, int]]:
        """Yield quotations with figures and their weight: each begins with a clause and is not faulted."""
        for sentence in sentences(self._text, start, end):
            # Where the last figures of the sentence end: no quotation that begins later holds enough.
            ends = [match.end() for match in self._figure.finditer(self._text, *sentence)]
            if len(ends) < least or _overlaps(sentence, self._vague):
                continue
            for clause in _CLAUSE.finditer(self._text, *sentence):
                if clause.start() >= ends[-least]:
                    break
                span = self._quote(clause.start(), sentence[1])
                if span and (count := self._figures(span)) >= least:
                    shown_well = bool(self._own.search(self._text, *span)) + is_whole(self._text, span)
                    yield span, min(count, _MOST) + shown_well
                    break

    def _figures(self, span: Span) -> int:
        words = self._text[slice(*span)]
        (found,) = each(
            "quoted figures", [words], lambda _: [min(figures(words), len(self._figure.findall(words)))]
        )
        return found


def _slots(problem: Problem, span: Span) -> int:
    """Return how many of who, by when, how much a quotation of the measures says."""
    slots = problem.remedy.slots
    return sum(
        any(span[0] <= low and high <= span[1] for low, high in places)
        for places in (slots.owner, slots.deadline, slots.metric)
    )


def _overlaps(span: Span, others: Collection[Span]) -> bool:
    start, end = span
    return any(low < end and start < high for low, high in others)
