"""A draft that is checked again and again, in a process like that of the writers' page."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from analyzer.config import Settings
from analyzer.web.work import Job, do, warm

_EDITS = 40
_SEEN = 8  # checks of a draft before it counts: somebody has been writing for a while


def start() -> Callable[[Sequence[str]], object]:
    """Return what times edits of drafts: seconds by the clock and of the processor for each."""
    settings = Settings()
    warm(settings)

    def work(drafts: Sequence[str]) -> list[tuple[float, float]]:
        times = []
        for draft in drafts:
            for number in range(_SEEN + _EDITS):
                place = 200 + (len(draft) - 201) * number // (_SEEN + _EDITS)
                draft = f"{draft[:place]}实{draft[place + 1 :]}"
                begun, used = time.perf_counter(), time.process_time()
                do(Job(settings, "view", draft))
                if number >= _SEEN:
                    times.append((time.perf_counter() - begun, time.process_time() - used))
        return times

    return work
