"""How often Python looks for garbage in cycles, where the whole process is ours; we make little of it."""

from __future__ import annotations

import gc
from typing import Final

_YOUNG: Final = 50_000  # new objects after which cycles are looked for


def collect_seldom() -> None:
    """Look for cycles seldom: as often as Python does, it costs a first report 8 % of its time."""
    gc.set_threshold(_YOUNG, 20, 20)


def keep_loaded() -> None:
    """Take what is loaded for what stays: to look through all of it takes 40 ms each time."""
    gc.freeze()
