"""What in a text can be checked: figures, dates, named documents."""

from __future__ import annotations

import re

from analyzer.lexicons import either
from analyzer.result import Slot

SLOT_NAMES = {
    Slot.OWNER: "谁来办",
    Slot.DEADLINE: "何时办完",
    Slot.METRIC: "办到什么数",
    Slot.MECHANISM: "靠什么办法",
}


def _pattern(name: str) -> re.Pattern[str]:
    return either("checkable.toml", name)


def figures(text: str) -> int:
    """Return how many figures a text gives; numbers that only count a list are none."""
    return sum(1 for _ in _pattern("figure").finditer(text))


def is_checkable(text: str) -> bool:
    """Whether a text gives a figure, a time or a document that could be looked up."""
    return any(_pattern(name).search(text) for name in ("figure", "date", "named"))
