"""Figures of one report that cannot all be true; each check looks for one kind of clash.

All of them look at the repaired text, and rather miss a clash than see one where a reader would find none:
rounded figures, other units and anything between two figures that may change what is counted end a check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from analyzer.language.memory import by_line
from analyzer.lexicons import pattern, table

_DIGIT = re.compile(r"\d")
_FIGURE = 12  # characters within which a figure and its unit stand
_ROW = 80  # characters before a sum in which its counts stand
_LEAD = 48  # characters before a figure that say what is counted
_OPENING = 500  # characters in which a report says how many members it speaks for
_YEARLY = {"月": 12, "季": 4, "季度": 4, "周": 52}
_ALMOST = 0.8  # of the occasions that a rhythm makes in a year; fewer belie it


@dataclass(frozen=True, slots=True)
class Clash:
    """What does not add up: where (offsets into the repaired text), and what a reader sees there."""

    start: int
    end: int
    about: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Quantity:
    value: float
    unit: str
    exact: bool
    start: int
    end: int


Places = Iterator[re.Match[str]]
Check = Callable[[str, Places], Iterator[Clash]]


def clashes(text: str) -> Iterator[Clash]:
    """Yield what does not add up in a repaired text."""
    for begin, some in by_line("clashes", text, lambda part: list(_found(part, _OF_A_LINE))):
        for clash in some:
            yield replace(clash, start=begin + clash.start, end=begin + clash.end)
    yield from _found(text, _OF_THE_WHOLE)


def _found(text: str, checks: Mapping[str, Check]) -> Iterator[Clash]:
    return (clash for name, check in checks.items() for clash in check(text, _places(name, text)))


def _cue(name: str) -> re.Pattern[str]:
    return pattern("figures.toml", "patterns", name)  # compiled when asked for: most never are


def _places(name: str, text: str) -> Places:
    """Return where a pattern stands; to look for the words it begins with or holds first is much faster."""
    data = table("figures.toml")
    if name in data["heads"]:
        return _at_heads(_cue(name), data["heads"][name], text)
    marks = data["marks"].get(name)
    if marks is None or any(mark in text for mark in marks):
        return _cue(name).finditer(text)
    return iter(())


def _at_heads(pattern: re.Pattern[str], heads: list[str], text: str) -> Places:
    starts = set()
    for head in heads:
        at = text.find(head)
        while at >= 0:
            starts.add(at)
            at = text.find(head, at + 1)
    return (match for at in sorted(starts) if (match := pattern.match(text, at)))


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _shown(value: float) -> str:
    return f"{value:g}"


def _bounds(text: str, position: int) -> tuple[int, int]:
    """Return the sentence around a position; a semicolon ends one, too."""
    start = max(text.rfind(mark, 0, position) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, position)) >= 0]
    return start, min(ends, default=len(text))


def _before(match: re.Match[str], reach: int) -> str:
    """Return so many characters before a match, no more than its line has."""
    start = match.start()
    return match.string[max(0, start - reach, match.string.rfind("\n", 0, start) + 1) : start]


def _quantities(text: str, start: int, end: int) -> Iterator[_Quantity]:
    return (
        _Quantity(
            _number(match.group("n")),
            (match.group("scale") or "") + match.group("unit"),
            match.group("round") is None,
            *match.span(),
        )
        for match in _cue("quantity").finditer(text, start, end)
    )


def _remainders(text: str, places: Places) -> Iterator[Clash]:
    """Find a rest that is not what is left of the whole."""
    for match in places:
        start, _ = _bounds(text, match.start())
        rest = next(_quantities(text, match.end(), match.end() + _FIGURE), None)
        if rest is None or rest.start != match.end():
            continue
        before = [q for q in _quantities(text, start, match.start()) if q.unit == rest.unit]
        if len(before) != 2 or not all(q.exact for q in (*before, rest)):
            continue  # with more figures of one unit it is open which is the whole
        whole, part = before
        if part.value > whole.value or _DIGIT.search(text, part.end, rest.start):
            continue  # something else was counted
        total = part.value + rest.value
        if total > whole.value or (match.group("sure") and total < whole.value):
            yield Clash(
                whole.start,
                rest.end,
                f"总数是 {_shown(whole.value)} {whole.unit}，{_shown(part.value)} 与余下的"
                f" {_shown(rest.value)} 合起来却是 {_shown(total)}",
                0.8,
            )


def _parts(text: str, places: Places) -> Iterator[Clash]:
    """Find a part that is more than the whole."""
    for match in places:
        start, end = _bounds(text, match.start())
        stop = min((at for mark in "，（）" if (at := text.find(mark, match.end(), end)) >= 0), default=end)
        for part in _quantities(text, match.end(), stop):
            wholes = [q for q in _quantities(text, start, match.start()) if q.unit == part.unit]
            if wholes and all(q.exact and q.value < part.value for q in wholes):
                whole = wholes[-1]
                yield Clash(
                    whole.start,
                    part.end,
                    f"整体是 {_shown(whole.value)} {part.unit}，“其中”的一部分却有 {_shown(part.value)}",
                    0.85,
                )
                break


def _settled(text: str, places: Places) -> Iterator[Clash]:
    """Find more settled than was found, or all of it settled in another number."""
    for match in places:
        found, settled, unit = _number(match.group("a")), _number(match.group("b")), match.group("unit")
        before = _before(match, _LEAD)
        if match.group("all") and settled != found:
            about = f"前面是 {_shown(found)} {unit}，说是“全部”，后面的数却是 {_shown(settled)} {unit}"
        elif settled > found and _cue("found").search(before):
            about = f"查出的是 {_shown(found)} {unit}，解决的却有 {_shown(settled)} {unit}"
        else:
            continue
        yield Clash(*match.span(), about, 0.8)


def _beyond_hundred(text: str, places: Places) -> Iterator[Clash]:
    """Find a share of more than all."""
    for match in places:
        value = _number(match.group()[:-1])
        before = _before(match, 16)
        if value > 100 and (rate := _cue("bounded_rate").search(before)):
            yield Clash(
                match.start() - len(rate.group()),
                match.end(),
                f"“{rate.group()}”不会超过 100%，这里写的是 {match.group()}",
                0.9,
            )


def _changes(text: str, places: Places) -> Iterator[Clash]:
    """Find a rise that falls, and a difference that is another."""
    for match in places:
        a, b = _number(match.group("a")), _number(match.group("b"))
        before, unit = match.group("ua") or "", match.group("ub")
        around = _before(match, 8) + match.group()
        if _cue("below_zero").search(around) or _cue("ranked").search(around):
            continue
        if before and not unit.startswith(before):
            continue
        rises = _cue("upward").search(match.group("verb")) is not None
        if (b <= a) if rises else (b >= a):
            yield Clash(
                match.start(),
                match.end(),
                f"说是“{match.group('verb')}”，数却是从 {_shown(a)} 到 {_shown(b)}",
                0.85,
            )
        elif unit.startswith("%") and (by := _cue("change_by").search(text[match.end() :][:24])):
            claimed = _number(by.group("c"))
            if abs(abs(b - a) - claimed) > 0.11:
                yield Clash(
                    match.start(),
                    match.end() + by.end(),
                    f"从 {_shown(a)}% 到 {_shown(b)}%，相差不是 {_shown(claimed)} 个百分点",
                    0.9,
                )


def _attendance(text: str, places: Places) -> Iterator[Clash]:
    """Find fewer attendances than occasions, or hardly more where everybody is said to have come."""
    for match in places:
        events, people = _number(match.group("events")), _number(match.group("people"))
        start, end = _bounds(text, match.start())
        everybody = _cue("everybody").search(text, start, end)
        least = 2 if everybody else 1
        if events >= 2 and people < least * events:
            claim = f"，与“{everybody.group()}”对不上" if everybody else ""
            yield Clash(
                match.start(),
                match.end(),
                f"{_shown(events)} 场（次）合计 {_shown(people)} 人次，平均每场不到 {least} 人{claim}",
                0.8,
            )


def _totals(text: str, places: Places) -> Iterator[Clash]:
    """Find one place with two totals of the same thing."""
    first: dict[tuple[str, str], re.Match[str]] = {}
    for match in places:
        scope = match.group("scope") or ""
        noun = match.group("noun").removeprefix("行政")
        start, end = _bounds(text, match.start())
        if _cue("regrouped").search(text, start, end):
            continue
        own = scope in ("", "镇", "乡", "街")  # 下辖 is said of these
        before = first.setdefault(("" if own else scope, noun), match)
        if _number(before.group("n")) != _number(match.group("n")):
            yield Clash(
                match.start(),
                match.end(),
                f"前面写的是“{before.group()}”，这里写的是“{match.group()}”",
                0.75,
            )


def _members(text: str, places: Places) -> Iterator[Clash]:
    """Find more members that did something every one than there are."""
    for match in places:
        tally = _cue("tally").search(_before(match, _FIGURE))
        start = match.start() - len(tally.group()) if tally else 0
        told = _cue("members").search(text, 0, min(_OPENING, start))
        if tally is None or told is None:
            continue
        total = _number(told.group("n") or told.group("m"))
        if _number(tally.group()) > total:
            yield Clash(
                start,
                match.end(),
                f"前面写党员共 {_shown(total)} 名，这里却有“{text[start : match.end()]}”",
                0.75,
            )


def _rhythms(text: str, places: Places) -> Iterator[Clash]:
    """Find a rhythm that the sum for the year belies: once a month, and eight times."""
    for match in places:
        start, _ = _bounds(text, match.start())
        wanted, done = _YEARLY[match.group("every")], _number(match.group("n"))
        if done < _ALMOST * wanted and not _cue("from_then").search(text, start, match.end()):
            yield Clash(
                match.start(),
                match.end(),
                f"每{match.group('every')}一次，全年应有 {wanted} 次左右，写的是 {_shown(done)} 次",
                0.75,
            )


def _clean(text: str, places: Places) -> Iterator[Clash]:
    """Find that nobody broke a rule and somebody was punished for it."""
    for match in places:
        start, _ = _bounds(text, match.start())
        if not _cue("earlier").search(text, start, match.end()):
            yield Clash(start, match.end(), "一句话里既说没有发生，又说有人受了处分", 0.8)


def _everywhere(_: str, places: Places) -> Iterator[Clash]:
    """Find all of it beside a share of less than all."""
    for match in places:
        yield Clash(*match.span(), f"既说全部做到，又说比例是 {match.group('n')}%", 0.8)


def _ratios(text: str, places: Places) -> Iterator[Clash]:
    """Find a share that is not the part by the whole."""
    for match in places:
        of = _cue("ratio_of").search(_before(match, _LEAD))
        if of is None:
            continue
        whole, part, share = (
            _number(of.group("whole")),
            _number(of.group("part")),
            _number(match.group("share")),
        )
        if whole and abs(100 * part / whole - share) > 1:
            yield Clash(
                match.start() - len(of.group()),
                match.end(),
                f"{_shown(part)} 占 {_shown(whole)} 的 {100 * part / whole:.1f}%，写的是 {_shown(share)}%",
                0.85,
            )


def _halves(text: str, places: Places) -> Iterator[Clash]:
    """Find two kinds that together are more, or for men and women other, than the whole."""
    for match in places:
        of = _cue("halved").search(_before(match, _FIGURE))
        if of is None:
            continue
        whole = _number(of.group("whole"))
        sexes = match.group("men") is not None
        one, two = match.group("men", "women") if sexes else match.group("one", "two")
        total = _number(one) + _number(two)
        if total > whole or (sexes and total != whole):
            yield Clash(
                match.start() - len(of.group()),
                match.end(),
                f"总数是 {_shown(whole)}，两部分合起来是 {_shown(total)}",
                0.85,
            )


def _yearly(text: str, places: Places) -> Iterator[Clash]:
    """Find one deed counted twice for the whole year, with two results."""
    first: dict[str, re.Match[str]] = {}
    for match in places:
        if not _cue("in_all").search(_before(match, _LEAD)):
            continue
        deed = match.group()[: match.start("n") - match.start()].replace("专题", "")
        before = first.setdefault(deed, match)
        if _number(before.group("n")) != _number(match.group("n")):
            yield Clash(*match.span(), f"前面写的是全年“{before.group()}”，这里写的是“{match.group()}”", 0.75)


def _sums(text: str, places: Places) -> Iterator[Clash]:
    """Find a sum that is not the sum of the counts right before it."""
    for match in places:
        row = _cue("summed").search(_before(match, _ROW))
        counts = list(_cue("addend").finditer(row.group())) if row else []
        if row is None or any(count.group("unit") != match.group("unit") for count in counts):
            continue
        total, claimed = sum(_number(count.group("n")) for count in counts), _number(match.group("n"))
        if total != claimed:
            start = match.start() - len(row.group()) + counts[0].start()
            yield Clash(
                start,
                match.end(),
                f"前面各项加起来是 {_shown(total)}，{text[match.start() : match.end()]}却不是这个数",
                0.8,
            )


def _dates(text: str, places: Places) -> Iterator[Clash]:
    """Find a day or month that no calendar has."""
    for match in places:
        tally = _cue("tally").search(_before(match, 2))
        start = match.start() - (len(tally.group()) if tally else 1)
        yield Clash(start, match.end(), f"没有“{text[start : match.end()]}”这个日子，像是笔误", 0.9)


# The pattern that each check begins with, and the check; those of a line look at nothing beyond it.
_OF_A_LINE: Final[dict[str, Check]] = {
    "rest": _remainders,
    "part": _parts,
    "settled": _settled,
    "over": _beyond_hundred,
    "change": _changes,
    "attended": _attendance,
    "rhythm": _rhythms,
    "clean": _clean,
    "covered": _everywhere,
    "present": _everywhere,
    "ratio": _ratios,
    "halves": _halves,
    "sum": _sums,
    "no_day": _dates,
}
_OF_THE_WHOLE: Final[dict[str, Check]] = {"total": _totals, "every_member": _members, "yearly": _yearly}
