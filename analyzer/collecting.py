"""How often Python looks for garbage in cycles, where the whole process is ours; we make little of it."""

from __future__ import annotations

import gc
from typing import Final

_YOUNG: Final = 50_000  # new objects after which cycles are looked for


def collect_seldom() -> None:
    """Look for cycles seldom: as often as Python does, it costs a first report 8 % of its time."""
    gc.set_threshold(_YOUNG, 20, 20)


def keep_remembered() -> None:
    """Take all that is alive after a piece of work for what stays.

    What is remembered would else be looked through in the middle of a later piece, all at once, for 40 ms.
    Of what is remembered nothing is a cycle: it goes as soon as it is forgotten.
    """
    gc.collect(1)
    gc.freeze()


def keep_loaded() -> None:
    """Take what is loaded for what stays: to look through all of it takes 40 ms each time."""
    gc.freeze()
