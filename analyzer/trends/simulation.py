"""A made-up region with known effects planted, to test the figures against and to show them on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from analyzer.store.store import Store

SEED: Final = 7


@dataclass(frozen=True)
class Truth:
    """What was planted; all figures are those of the process that draws the reports, not of the sample.

    Parameters
    ----------
    years : tuple of int
    change : dict of (str, str) to float
        Points a year by region and unit type.
    rising, falling : dict of str to float
        Faults with the change of their rate a year; all others keep theirs.
    movers : dict of str to float
        Units with points a year beyond those of their region and type.
    kept : float
        Share of promises that are kept.
    ring : tuple of str
        Units that share one text.
    small : tuple of str
        Regions with fewer than five units.
    rubric_shift : float
        What the new rubric takes from every score.
    new_topic, vanishing_topic : str
        Topics of problems that appear in the last years only, or in the first.
    topics : dict of str to str
        The topic of each problem's title.
    """

    years: tuple[int, ...]
    change: dict[tuple[str, str], float]
    rising: dict[str, float]
    falling: dict[str, float]
    movers: dict[str, float]
    kept: float
    ring: tuple[str, ...]
    small: tuple[str, ...]
    rubric_shift: float
    new_topic: str
    vanishing_topic: str
    topics: dict[str, str] = field(default_factory=dict)


def make_region(
    store: Store, *, units: int = 300, years: int = 5, seed: int = SEED, effects: bool = True
) -> Truth:
    """Put the reports of a made-up region into a store, and return what was planted.

    Parameters
    ----------
    store : Store
    units, years : int
    seed : int
        The same seed puts the same rows in.
    effects : bool
        Without, nothing changes from year to year but by chance.
    """
    raise NotImplementedError
