"""All that the briefing tells of a store, in one object."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import pandas as pd

from analyzer.store.store import Store
from analyzer.trends import moving, statistics
from analyzer.trends.frames import Frames, read
from analyzer.trends.resampling import DRAWS, Bootstrap
from analyzer.trends.tables import Reliability, blanked

SEED: Final = 20211


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
        None where fewer than five units have two years.
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
            value = getattr(self, each.name)
            if isinstance(value, pd.DataFrame):
                object.__setattr__(self, each.name, blanked(value))


def measure(
    store: Store,
    *,
    years: tuple[int, int] | None = None,
    rubric: str | None = None,
    adjusted: bool = False,
    seed: int = SEED,
) -> Trends:
    """Return all that the briefing tells of a store; see `analyzer.trends.frames.read` for what is read."""
    return tell(read(store, years=years, rubric=rubric, adjusted=adjusted), seed=seed)


def tell(frames: Frames, *, seed: int = SEED, draws: int = DRAWS) -> Trends:
    """Return all that the briefing tells of frames."""
    boot = Bootstrap(seed, draws)
    reliability, returns = moving.returns(frames, boot)
    edges, rings = moving.network(frames)
    figures = statistics.figures(frames)
    found = statistics.summarise(frames.reports, *statistics.means(figures), boot)
    followed = statistics.followed(frames, boot)
    return Trends(
        frames=frames,
        scores=statistics.scores(frames, found, boot),
        grades=statistics.grades(found),
        distribution=statistics.distribution(frames),
        dimensions=statistics.dimensions(found),
        faults=statistics.faults(frames, found),
        standing=statistics.standing(frames, found),
        changes=statistics.changes(frames, figures, boot),
        movers=moving.movers(frames, reliability),
        returns=returns,
        promises=statistics.promises(frames, followed),
        edges=edges,
        rings=rings,
        two_skins=statistics.two_skins(found, followed),
        percentiles=statistics.percentiles(frames),
        coverage=statistics.coverage(frames),
        reliability=reliability,
        seed=seed,
        draws=draws,
    )
