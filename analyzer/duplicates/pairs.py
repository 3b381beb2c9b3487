"""What two reports share."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.duplicates.normal import LEXICON
from analyzer.lexicons import table

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A shared passage: where it stands in each text, code points, half open.

    Parameters
    ----------
    a, b : (int, int)
    differences : tuple of ((int, int), (int, int))
        Where inside the passage the texts differ, such as a year or a name: the stretch in each text, empty
        where one of them has nothing.
    """

    a: Stretch
    b: Stretch
    differences: tuple[tuple[Stretch, Stretch], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that share wording.

    Parameters
    ----------
    a, b : str
        Their names, the smaller first.
    overlap : float
        Share of the shorter report's own wording, official and set phrases left out, that the other has too.
    passages : tuple of Passage
        In order of place in `a`.
    """

    a: str
    b: str
    overlap: float
    passages: tuple[Passage, ...]

    @property
    def level(self) -> float | None:
        """The highest of the named levels that the overlap reaches; None below all of them."""
        reached = [level for level in table(LEXICON)["levels"]["named"] if self.overlap >= level]
        return max(reached, default=None)
