"""Decisions of reviewers as training labels, as scores for calibration, and as they are.

A label is what the analysis says, mended by what reviewers said of the findings that follow from it.  Where a
decision denies a label without saying what is right (a cause is there after all, but which?), the report is
left out of the labels: a label known to be wrong teaches worse than none.
"""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from analyzer.batch.outputs import written
from analyzer.result import (
    Analysis,
    CauseKind,
    CauseStatus,
    Finding,
    RemedyStatus,
    Result,
    SectionType,
    Siloed,
)
from analyzer.store.adjusting import Adjusted, adjust
from analyzer.store.packing import clean, keys
from analyzer.store.review import Decided, Kind, Standing, histories, standing
from analyzer.store.store import Filter, Store, Stored
from analyzer.training.sentences import split

LABELS, SCORES, TABLE, DECISIONS = "labels", "scores", "scores.csv", "decisions.jsonl"

_NAME: Final = 12  # digits of the content's hash that name a report's files
_GENRES: Final = {
    "party-duty": "party",
    "integrity-duty": "integrity",
    "self-examination": "review",
    "personal-duty": "personal",
}
# The rules whose findings say what a label is, and which label.
_LABEL_OF: Final = {
    "placeholder": "placeholders",
    "placeholder-instruction": "placeholders",
    "vague-claim": "vague",
    "vague-promise": "vague",
    "missing-root-cause": "cause",
    "shallow-root-cause": "cause",
    "objective-blame": "cause",
    "problem-without-remedy": "remedy",
    "empty-remedy": "remedy",
    "siloed": "siloed",
}
# A cause of these kinds that is not shallow is explicit; of the others, it would be of another kind as well.
_OWN: Final = (CauseKind.SUBJECTIVE, CauseKind.MECHANISM)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many reports became labels and scores, how many decisions were written, what was left out."""

    labels: int
    scores: int
    decisions: int
    unclear: int


class _UnclearError(Exception):
    """A decision denies a label and does not say what is right."""


def export(store: Store, folder: Path, only: Filter | None = None) -> Exported:
    """Write what reviewers decided into a folder.

    Parameters
    ----------
    store : Store
    folder : Path
        Gets ``labels/NAME.txt`` and ``.json`` as ``corpora/ANNOTATION.md`` has them, ``scores.csv`` with the
        texts that it names in ``scores/``, and ``decisions.jsonl``.
    only : Filter, optional
        Whose decisions.

    Raises
    ------
    ShupingError
        Code ``output`` where the folder cannot be written to.
    """
    decided = histories(store)
    seen: set[str] = set()
    scores: list[tuple[str, float, str, str]] = []
    labels = unclear = lines = 0
    with written(folder / DECISIONS) as log:
        for stored in store.latest(only):
            own = decided.get(stored.report, [])
            if not own or stored.sha256 in seen:
                continue
            seen.add(stored.sha256)
            result, name, by = stored.result, stored.sha256[:_NAME], standing(own)
            for line in _lines(stored, result, own):
                log.write(line)
                lines += 1
            adjusted = adjust(result, by)
            if adjusted is None:
                continue
            if by.rejected or by.released or by.adjusted:
                _write(folder / SCORES / f"{name}.txt", clean(result.text))
                scores.append(
                    (f"{SCORES}/{name}.txt", adjusted.overall, stored.unit_type or "", stored.unit or "")
                )
            reviewed = _reviewed(result, by)
            if not reviewed:
                continue
            try:
                gold = annotation(name, stored, result, by, adjusted)
            except _UnclearError:
                unclear += 1
                continue
            _write(folder / LABELS / f"{name}.txt", clean(result.text))
            whole = {**gold, "reviewed": reviewed}
            _write(folder / LABELS / f"{name}.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
            labels += 1
    _write(folder / TABLE, _table(scores))
    return Exported(labels, len(scores), lines, unclear)


def annotation(name: str, stored: Stored, result: Result, by: Standing, adjusted: Adjusted) -> dict[str, Any]:
    """Return a report's annotation, as ``corpora/ANNOTATION.md`` defines it.

    Raises `_UnclearError` where a decision leaves it open what is right.
    """
    analysis, spans = result.analysis, _Sentences(result.text)
    if analysis.siloed is None or not analysis.sections or not spans.all:
        raise _UnclearError
    rejected = [
        finding for key, finding in zip(keys(result), result.findings, strict=True) if key in by.rejected
    ]
    sections = _sections(analysis, spans)
    scores = {str(dimension): score for dimension, score in adjusted.dimensions.items()}
    return {
        "id": name,
        "meta": {
            "title": spans.text(1) if sections[0]["type"] == SectionType.TITLE else "",
            "genre": _GENRES.get((result.analyzer.get("profile") or {}).get("id", ""), "party"),
            "unit_type": stored.unit_type or "",
            "year": stored.year,
            "origin": "real",
        },
        "sections": sections,
        "problems": _problems(analysis, spans, rejected),
        "two_skins": [
            {"sent": number, "quote": spans.clip(number, each.start, each.end), "stance": str(each.stance)}
            for each in analysis.two_skins
            for number in [spans.at(each.start)]
        ],
        "siloed": _siloed(analysis.siloed, rejected),
        "placeholders": [
            spans.nth(each.start, each.end)
            for each in analysis.placeholders
            if not _touched(each.start, each.end, rejected, "placeholders")
        ],
        "vague": sorted(
            {
                number
                for each in analysis.vague
                if not _touched(each.start, each.end, rejected, "vague")
                for number in spans.within(each.start, each.end)
            }
        ),
        "scores": {**scores, "overall": adjusted.overall},
        "grade": adjusted.grade,
        "note": "程序分析，经人工复核；复核过的标签见 reviewed，其余未经人工核对。",
    }


class _Sentences:
    """The sentences that an annotation counts, from 1."""

    def __init__(self, text: str) -> None:
        self._whole = text
        self.all = [(start, end) for start, end, _ in split(text)]
        self._starts = [start for start, _ in self.all]

    def at(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset, or the one before it."""
        return max(1, bisect_right(self._starts, offset))

    def within(self, start: int, end: int) -> list[int]:
        """Return the numbers of the sentences that a stretch touches; the one before it where none."""
        found = [
            number
            for number in range(self.at(start), self.at(max(start, end - 1)) + 1)
            if self.all[number - 1][0] < end and self.all[number - 1][1] > start
        ]
        return found or [self.at(start)]

    def text(self, number: int) -> str:
        return self._whole[slice(*self.all[number - 1])]

    def clip(self, number: int, start: int, end: int) -> str:
        """Return what of a stretch is in a sentence."""
        first, last = self.all[number - 1]
        return self._whole[max(start, first) : min(end, last)]

    def nth(self, start: int, end: int) -> dict[str, Any]:
        """Return a stand-in by its sentence, words, and which of the same words there it is."""
        number = self.within(start, end)[0]
        quote, first = self.clip(number, start, end), max(start, self.all[number - 1][0])
        at, nth = self._whole.find(quote, self.all[number - 1][0]), 1
        while 0 <= at < first:
            at, nth = self._whole.find(quote, at + 1), nth + 1
        return {"sent": number, "quote": quote, "nth": nth}


def _sections(analysis: Analysis, spans: _Sentences) -> list[dict[str, Any]]:
    starts = [section.start for section in analysis.sections]
    found: list[dict[str, Any]] = []
    last = -1
    for number, (start, _) in enumerate(spans.all, 1):
        owner = max(0, bisect_right(starts, start) - 1)
        if owner != last:
            found.append({"type": str(analysis.sections[owner].type), "first": number, "last": number})
        found[-1]["last"] = number
        last = owner
    return found


def _problems(analysis: Analysis, spans: _Sentences, rejected: list[Finding]) -> list[dict[str, Any]]:
    found = []
    said = {id(finding): 0 for finding in rejected if _LABEL_OF.get(finding.rule) in ("cause", "remedy")}
    for each in analysis.problems:
        cause, remedy = each.cause, each.remedy
        status, answer = cause.status, remedy.status
        for finding in rejected:
            place = (finding.start, finding.end)
            if finding.rule in ("shallow-root-cause", "objective-blame"):
                if place == (cause.start, cause.end) and status is CauseStatus.SHALLOW and cause.kind in _OWN:
                    status = CauseStatus.EXPLICIT
                    said[id(finding)] += 1
            elif finding.rule == "empty-remedy" and remedy.spans and place == remedy.spans[0]:
                answer = RemedyStatus.SPECIFIC
                said[id(finding)] += 1
        sents = (
            spans.within(cause.start, cause.end) if cause.start is not None and cause.end is not None else []
        )
        found.append(
            {
                "first": spans.within(each.start, each.end)[0],
                "last": spans.within(each.start, each.end)[-1],
                "title": each.title,
                "cause": str(status),
                "cause_kind": cause.kind and str(cause.kind),
                "cause_sents": sents,
                "cause_quote": spans.clip(sents[0], cause.start or 0, cause.end or 0) if sents else "",
                "remedy": str(answer),
                "remedy_sents": sorted({number for span in remedy.spans for number in spans.within(*span)}),
            }
        )
    if any(count != 1 for count in said.values()):
        raise _UnclearError
    return found


def _siloed(verdict: Siloed, rejected: list[Finding]) -> str:
    if not any(finding.rule == "siloed" for finding in rejected):
        return str(verdict)
    if verdict is Siloed.PARTIAL:
        return str(Siloed.NONE)
    raise _UnclearError


def _touched(start: int, end: int, rejected: list[Finding], label: str) -> bool:
    return any(
        _LABEL_OF.get(finding.rule) == label and finding.start < end and finding.end > start
        for finding in rejected
    )


def _reviewed(result: Result, by: Standing) -> list[dict[str, Any]]:
    """Return which labels a human has looked at."""
    found: list[dict[str, Any]] = [
        {"label": _LABEL_OF[finding.rule], "rule": finding.rule, "start": finding.start, "end": finding.end,
         "said": str(Kind.CONFIRM if key in by.confirmed else Kind.REJECT)}
        for key, finding in zip(keys(result), result.findings, strict=True)
        if finding.rule in _LABEL_OF and key in by.confirmed | by.rejected
    ]  # fmt: skip
    return found + [{"label": "scores", "dimension": name} for name in sorted(by.adjusted)]


def _lines(stored: Stored, result: Result, decided: list[Decided]) -> Iterator[str]:
    """Yield each decision as a line of JSON, with what it was about."""
    about = dict(zip(keys(result), result.findings, strict=True))
    for each in decided:
        finding = about.get(each.target)
        line = {
            "seq": each.seq,
            "at": each.at,
            "report": stored.sha256,
            "kind": str(each.kind),
            "target": each.target,
            "value": each.value,
            "by": each.by,
            "reason": each.reason,
            "stands": each.stands,
            "rule": finding.rule if finding else None,
            "start": finding.start if finding else None,
            "end": finding.end if finding else None,
            "label": _LABEL_OF.get(finding.rule) if finding else None,
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _table(rows: list[tuple[str, float, str, str]]) -> str:
    """Return the scores as `analyzer.training.experts` reads them."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["文件", "得分", "单位类型", "单位"])
    writer.writerows([name, f"{score:.1f}", *rest] for name, score, *rest in rows)
    return "\ufeff" + table.getvalue()


def _write(path: Path, text: str) -> None:
    with written(path) as file:
        file.write(text)
