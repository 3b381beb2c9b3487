"""What in a text can be checked: figures, dates, owners, mechanisms, named documents."""

from __future__ import annotations

import re
from enum import StrEnum

from analyzer.lexicons import either


class Slot(StrEnum):
    """What makes a measure checkable."""

    OWNER = "owner"
    DATE = "date"
    FIGURE = "figure"
    MECHANISM = "mechanism"


SLOT_NAMES = {
    Slot.OWNER: "谁来办",
    Slot.DATE: "何时办完",
    Slot.FIGURE: "办到什么数",
    Slot.MECHANISM: "靠什么办法",
}


def _pattern(name: str) -> re.Pattern[str]:
    return either("checkable.toml", name)


def figures(text: str) -> int:
    """Return how many figures a text gives; numbers that only count a list are none."""
    return sum(1 for _ in _pattern("figure").finditer(text))


def slots(text: str) -> tuple[Slot, ...]:
    """Return which of who, when, how much and by what means a text says, in that order."""
    return tuple(slot for slot in Slot if _pattern(slot.value).search(text))


def is_checkable(text: str) -> bool:
    """Whether a text gives a figure, a time or a document that could be looked up."""
    return any(_pattern(name).search(text) for name in ("figure", "date", "named"))
