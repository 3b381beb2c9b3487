"""What two reports share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A shared passage: where it stands in each text, code points, half open."""

    a: tuple[int, int]
    b: tuple[int, int]


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
