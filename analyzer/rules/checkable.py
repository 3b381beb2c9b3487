"""What in a text can be checked, and what makes a measure checkable, in words."""

from __future__ import annotations

from analyzer.result import Slot
from analyzer.understanding.checkable import figures, is_checkable

__all__ = ["SLOT_NAMES", "figures", "is_checkable"]

SLOT_NAMES = {
    Slot.OWNER: "谁来办",
    Slot.DEADLINE: "何时办完",
    Slot.METRIC: "办到什么数",
    Slot.MECHANISM: "靠什么办法",
}
