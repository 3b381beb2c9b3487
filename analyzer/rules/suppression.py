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
# Words of one finding of several in the stretch; without a reason after them they are the reason.
_QUOTED = re.compile(r"[“\"「](.+)[”\"」][\s,，。;；]*(?=(?:理由|原因)\s*[:：])")
_BETWEEN = re.compile(r"\s*[,，、]\s*")
_SHOWN = 24  # characters of a quotation that a user may copy from


@dataclass(frozen=True, slots=True)
class _Entry:
    """A suppression; ``target`` is the stretch that it is about where it is a note."""

    said: Suppression
    target: tuple[int, int] | None = None

    def meets(self, judgement: Judgement, text: str) -> bool:
        hit = judgement.hit
        if judgement.rule.id != self.said.rule:
            return False
        if self.target is not None:
            said = self.said.evidence
            stretches = list(_found(said, text, *self.target)) if said else [self.target]
            return any(hit.start < end and max(hit.end, hit.start + 1) > start for start, end in stretches)
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
        quoted = _QUOTED.match(found[2])
        words = "".join(quoted[1].split()) if quoted else ""
        reason = _REASON.sub("", found[2][quoted.end() if quoted else 0 :], count=1).strip()
        entries += (
            _Entry(Suppression(name.lower(), words, reason, note.place, inside=True), (note.start, note.end))
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


def _found(words: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a stretch of a text, white space aside."""
    pattern = re.compile(r"\s*".join(map(re.escape, words)))
    return (match.span() for match in pattern.finditer(text, start, end))


def _why_unmet(entry: _Entry, judgements: Sequence[Judgement], text: str) -> str:
    if (
        entry.target is not None
        and entry.said.evidence
        and not any(_found(entry.said.evidence, text, *entry.target))
    ):
        return f"它管的这一句里没有“{entry.said.evidence[:_SHOWN]}”，请照抄原文。"
    hit = next((each.hit for each in judgements if each.rule.id == entry.said.rule), None)
    if hit is None or entry.target is not None:
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
