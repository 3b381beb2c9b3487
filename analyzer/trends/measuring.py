"""All that the briefing tells of a store, in one object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.store.store import Store
    from analyzer.trends.frames import Frames

SEED: Final = 20211

@dataclass(frozen=True)
class Reliability:
    """How much of a single score stands from year to year.

    ``value`` is the correlation of two consecutive scores of a unit, the years' means taken out; of the
    distance of a single score from the mean, so much is expected to last.  ``n`` are pairs.
    """

    value: float
    low: float
    high: float
    n: int
    units: int


@dataclass(frozen=True)
class Trends:
    """A store's frames and what follows from them.

    Each table has the columns of its name in `analyzer.trends.tables`.  Groups of fewer than five units are
    blanked when a `Trends` is made, whoever makes it.

    Parameters
    ----------
    frames : Frames
        Row by row, nothing suppressed; not to be published.
    scores, grades, distribution, dimensions, faults, standing, changes, movers, returns, promises, edges, \
rings, two_skins, percentiles, coverage : DataFrame
    reliability : Reliability or None
        None where no unit has two years.
    seed, draws : int
        Of the bootstrap.
    """

    frames: Frames
    scores: pd.DataFrame
    grades: pd.DataFrame
    distribution: pd.DataFrame
    dimensions: pd.DataFrame
    faults: pd.DataFrame
    standing: pd.DataFrame
    changes: pd.DataFrame
    movers: pd.DataFrame
    returns: pd.DataFrame
    promises: pd.DataFrame
    edges: pd.DataFrame
    rings: pd.DataFrame
    two_skins: pd.DataFrame
    percentiles: pd.DataFrame
    coverage: pd.DataFrame
    reliability: Reliability | None
    seed: int
    draws: int

    def __post_init__(self) -> None:
        for each in fields(self):
            if each.name in TABLES:
                object.__setattr__(self, each.name, blanked(getattr(self, each.name)))


def measure(
    store: Store,
    *,
    years: tuple[int, int] | None = None,
    rubric: str | None = None,
    adjusted: bool = False,
    seed: int = SEED,
) -> Trends:
    """Return all that the briefing tells of a store; see `analyzer.trends.frames.read` for what is read."""
    raise NotImplementedError
