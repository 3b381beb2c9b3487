"""The charts of a store for its page, drawn once and again when the store has grown."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.errors import ShupingError, error
from analyzer.store.store import Store

if TYPE_CHECKING:
    from analyzer.trends.briefing import Figure
    from analyzer.trends.charts import Section


@dataclass(frozen=True, slots=True)
class Drawn:
    """What there was to draw when the trail ended with ``head``, or why there was nothing."""

    head: tuple[int, str]
    sections: tuple[tuple[Section, list[Figure]], ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    failure: ShupingError | None = None


class Trending:
    """Draws beside the server's work, because that takes many seconds; nobody waits for it.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._at_work = False
        self._drawn: Drawn | None = None

    def ask(self) -> Drawn | None:
        """Return the last drawings; none while the first are made."""
        with self._lock:
            fresh = self._drawn is not None and self._drawn.head == self._store.head()
            if not fresh and not self._at_work:
                self._at_work = True
                threading.Thread(target=self._draw, daemon=True).start()
            return self._drawn

    def _draw(self) -> None:
        try:
            drawn = _drawn(self._store)
            with self._lock:
                self._drawn = drawn
        finally:
            self._at_work = False


def _drawn(store: Store) -> Drawn:
    head = store.head()
    try:
        # A server whose charts nobody looks at need not load what draws them.
        from analyzer.trends.briefing import figures
        from analyzer.trends.charts import sections
        from analyzer.trends.limits import limits
        from analyzer.trends.measuring import measure

        trends = measure(store)
        return Drawn(head, tuple((section, figures(section)) for section in sections(trends)), limits(trends))
    except ShupingError as failure:
        return Drawn(head, failure=failure)
    except Exception as defect:  # it would fail again with every request until the store has grown
        return Drawn(head, failure=error("internal", detail=type(defect).__name__))
