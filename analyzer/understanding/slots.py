"""Slots of a measure: who does it, by when, how much, by what means, each with its place.

They are found by the patterns of ``checkable.toml``, which the models count too.  A figure inside a time is
no figure of its own, and a stand-in (X次) fills no slot.

Source: DOMAIN §2.D measure_unowned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from analyzer.language.memory import each
from analyzer.lexicons import table
from analyzer.result import Slot, Slots

Stretch = tuple[int, int]
_LONGEST_OWNER = 10  # characters before the word that makes somebody the owner
_STOPS = "，。；：、！？\n"
BACK = 4  # characters that the patterns look back at, at most


def find_slots(
    text: str, spans: Iterable[Stretch], blanks: Sequence[Stretch] = ()
) -> dict[Slot, tuple[Stretch, ...]]:
    """Return where some stretches of a text fill each slot; every slot is there, filled or not.

    Parameters
    ----------
    text : str
    spans : iterable of (int, int)
        The measure, as offsets into `text`; they do not overlap.
    blanks : sequence of (int, int)
        Stand-ins, wherever they are.
    """
    found: dict[Slot, list[Stretch]] = {slot: [] for slot in Slot}
    spans = list(spans)
    words = [(text[max(0, start - BACK) : start], text[start:end]) for start, end in spans]
    held = each("slots", words, lambda some: (_look(*words[place]) for place in some))
    for (start, end), matches in zip(spans, held, strict=True):
        within = [(low, high) for low, high in blanks if low < end and start < high]
        for slot, places in matches:
            taken = [*within, *found[Slot.DEADLINE]] if slot is not Slot.MECHANISM else within
            for begin, stop in places:
                begin, stop = start + begin, start + stop
                if slot is Slot.OWNER:  # 由党政办6月底前完成
                    stop = min([stop, *(low for low, _ in found[Slot.DEADLINE] if begin + 1 < low < stop)])
                if not any(low < stop and begin < high for low, high in taken):
                    found[slot].append((begin, stop))
        found[Slot.OWNER] = [
            place if place[0] < start else (_owner_start(text, place, start, found), place[1])
            for place in found[Slot.OWNER]
        ]
    return {slot: tuple(places) for slot, places in found.items()}


def _look(before: str, words: str) -> list[tuple[Slot, list[Stretch]]]:
    """Return what may fill each slot of some words, deadlines first, given what stands before them."""
    text, start = before + words, len(before)
    return [
        (slot, [(m.start() - start, m.end() - start) for m in slot_pattern(slot).finditer(text, start)])
        for slot in (Slot.DEADLINE, Slot.METRIC, Slot.MECHANISM, Slot.OWNER)
    ]


def filled(
    text: str,
    spans: Iterable[Stretch],
    blanks: Sequence[Stretch] = (),
    source: Callable[[int, int], Stretch] = lambda start, end: (start, end),
) -> tuple[Slots, tuple[Slot, ...]]:
    """Return the slots of a measure and which are missing; `source` moves places to another text."""
    found = find_slots(text, spans, blanks)
    places = {slot.value: tuple(source(*place) for place in found[slot]) for slot in Slot}
    return Slots(**places), missing(found)


def missing(found: Mapping[Slot, Sequence[Stretch]]) -> tuple[Slot, ...]:
    """Return the slots that nothing fills, in order."""
    return tuple(slot for slot in Slot if not found[slot])


def first_figure(text: str, span: Stretch) -> Stretch | None:
    """Return the first figure of a stretch that is none of a time; None without one."""
    figures = slot_pattern(Slot.METRIC).finditer(text, *span)
    first = next(figures, None)
    if first is None:
        return None
    times = [match.span() for match in slot_pattern(Slot.DEADLINE).finditer(text, *span)]
    for figure in [first, *figures]:
        if not any(low < figure.end() and figure.start() < high for low, high in times):
            return figure.span()
    return None


def _owner_start(text: str, place: Stretch, start: int, found: dict[Slot, list[Stretch]]) -> int:
    """Return where the words for an owner begin: after what stands before, in the same clause."""
    if text.startswith(tuple(table("checkable.toml")["whole"]), place[0]):
        return place[0]
    ends = [end for slot in (Slot.DEADLINE, Slot.METRIC) for _, end in found[slot]]
    low = max(start, place[0] - _LONGEST_OWNER, *(end for end in [0, *ends] if end <= place[0]))
    return max([low, *(i + 1 for i in range(low, place[0]) if text[i] in _STOPS)])


@cache
def slot_pattern(slot: Slot) -> re.Pattern[str]:
    """Return what finds one slot."""

    def of(name: str) -> str:
        return f"(?:{'|'.join(table('checkable.toml')[name])})"

    return re.compile(
        {
            Slot.OWNER: lambda: f"{of('agent')}|{of('owner')}",
            Slot.DEADLINE: lambda: f"{of('year')}?{of('date')}{of('edge')}?",
            Slot.METRIC: lambda: f"{of('bound')}?{of('figure')}(?!{of('goes_on')}){of('unit')}?",
            Slot.MECHANISM: lambda: of("mechanism"),
        }[slot]()
    )
