"""Findings that somebody lets stand, as the report's notes and the files beside it say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzer.config import Suppression
from analyzer.keys import near
from analyzer.reading.document import Note
from analyzer.result import UnusedSuppression
from analyzer.rules.base import Family, Rule
from analyzer.rules.catalogue import Judgement
from analyzer.rules.letting_stand import gives_reason

_IGNORE = re.compile(
    r"ignore\s+([a-z0-9-]+(?:\s*[,，、]\s*[a-z0-9-]+)*)[\s,，。:：;；—-]*(.*)", re.IGNORECASE
)
_REASON = re.compile(r"(?:理由|原因)\s*[:：]\s*")
_OPENING, _CLOSING = '“"「', '”"」'
_ASIDE = " ，,。;；"
_BETWEEN = re.compile(r"\s*[,，、]\s*")
_SHOWN = 24  # characters of a quotation that a user may copy from


@dataclass(frozen=True, slots=True)
class _Entry:
    """A suppression; ``targets`` are the stretches that it is about where it is a note."""

    said: Suppression
    targets: tuple[tuple[int, int], ...] | None = None

    def meets(self, judgement: Judgement, text: str) -> bool:
        hit = judgement.hit
        if judgement.rule.id != self.said.rule:
            return False
        if self.targets is not None:
            end = max(hit.end, hit.start + 1)
            return any(hit.start < stop and end > start for start, stop in self.targets)
        evidence = "".join(text[hit.start : hit.end].split())
        return self.said.evidence in evidence if self.said.evidence else not evidence


@dataclass(frozen=True, slots=True)
class Sifted:
    """What suppressions leave of the judgements.

    Parameters
    ----------
    kept : list of Judgement
    suppressed : list of (Judgement, Suppression)
    unused : list of UnusedSuppression
    """

    kept: list[Judgement]
    suppressed: list[tuple[Judgement, Suppression]]
    unused: list[UnusedSuppression]


def sift(
    judgements: Sequence[Judgement],
    notes: Iterable[Note],
    beside: Iterable[Suppression],
    text: str,
    rules: Sequence[Rule],
) -> Sifted:
    """Part what counts from what somebody lets stand.

    A suppression needs a reason and a rule that exists; gates are beyond it.

    Parameters
    ----------
    judgements : sequence of Judgement
    notes : iterable of Note
        Inside the report.
    beside : iterable of Suppression
        From files.
    text : str
        Of the report.
    rules : sequence of Rule
        All rules, those that are off too.
    """
    unused: list[UnusedSuppression] = []
    entries = [_Entry(said) for said in beside]
    for note in notes:
        if (found := _IGNORE.fullmatch(note.words)) is None:
            unused.append(_unused(Suppression("", "", note.words, note.place, inside=True), _FORM))
            continue
        words, reason = _quotation_and_reason(found[2])
        targets = tuple(_found(words, text, note.start, note.end)) if words else ((note.start, note.end),)
        entries += (
            _Entry(Suppression(name.lower(), words, reason, note.place, inside=True), targets)
            for name in _BETWEEN.split(found[1])
        )
    known = {rule.id: rule for rule in rules}
    entries = [entry for entry in entries if not _is_idle(entry.said, known, unused)]
    kept: list[Judgement] = []
    suppressed: list[tuple[Judgement, Suppression]] = []
    used: set[int] = set()
    for judgement in judgements:
        met = [number for number, entry in enumerate(entries) if entry.meets(judgement, text)]
        used.update(met)
        if met:
            suppressed.append((judgement, entries[met[0]].said))
        else:
            kept.append(judgement)
    unused += (
        _unused(entry.said, _why_unmet(entry, judgements, text))
        for number, entry in enumerate(entries)
        if number not in used
    )
    return Sifted(kept, suppressed, unused)


_FORM = "写法不对，应为“shuping: ignore 规则名 理由：……”。"


def _quotation_and_reason(said: str) -> tuple[str, str]:
    """Return what a note quotes before its reason, to name one finding of several, and the reason."""
    marker = _REASON.search(said)
    quoted = said[: marker.start()].strip(_ASIDE) if marker else ""
    # In quotation marks but without a marked reason after them, words are part of the reason.
    if marker and len(quoted) > 2 and quoted[0] in _OPENING and quoted[-1] in _CLOSING:
        return "".join(quoted[1:-1].split()), said[marker.end() :].strip()
    return "", _REASON.sub("", said, count=1).strip()


def _found(words: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a stretch of a text, white space aside."""
    places = [place for place in range(start, end) if not text[place].isspace()]
    bare = "".join(text[place] for place in places)
    at = bare.find(words)
    while at >= 0:
        yield places[at], places[at + len(words) - 1] + 1
        at = bare.find(words, at + 1)


def _why_unmet(entry: _Entry, judgements: Sequence[Judgement], text: str) -> str:
    if entry.targets == ():
        return f"它管的这一句里没有“{entry.said.evidence[:_SHOWN]}”，请照抄原文。"
    hit = next((each.hit for each in judgements if each.rule.id == entry.said.rule), None)
    if hit is None or entry.targets is not None:
        return "这里没有这条意见，可以删去。"
    quoted = "".join(text[hit.start : hit.end].split())[:_SHOWN]
    return (
        f"这条规则的意见引的是“{quoted}”，请照抄其中几个字。"
        if quoted
        else '这条规则的意见没有引文，请写 evidence = ""。'
    )


def _is_idle(said: Suppression, known: dict[str, Rule], unused: list[UnusedSuppression]) -> bool:
    """Whether a suppression can have no effect; says so in `unused`."""
    if said.rule not in known:
        why = f"没有 {said.rule} 这条规则{near(said.rule, known)}。"
    elif known[said.rule].family is Family.GATES:
        why = "封顶条件不能这样免去，只能由具名的人在报告旁的文件里用 [[release]] 解除。"
    elif not gives_reason(said.reason):
        why = "没有写理由，不起作用。"
    else:
        return False
    unused.append(_unused(said, why))
    return True


def _unused(said: Suppression, why: str) -> UnusedSuppression:
    return UnusedSuppression(said.rule, said.reason, said.by, why)
