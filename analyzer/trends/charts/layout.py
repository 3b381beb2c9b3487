"""Where the units of a network stand: springs along the edges, everything else apart.

Fruchterman, Reingold (1991): Graph drawing by force-directed placement.  It starts from a circle in the order
of the names, not from chance, so that the same edges give the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_STEPS: Final = 150


def spring(nodes: int, edges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Return a place for each node, within the unit square.

    Parameters
    ----------
    nodes : int
    edges : sequence of (int, int)
        Numbers of nodes.

    Returns
    -------
    array of shape (nodes, 2)
    """
    angle = 2 * np.pi * np.arange(nodes) / max(nodes, 1)
    at = np.stack([np.sin(angle), np.cos(angle)], axis=1) * 0.5
    first, second = np.array(edges, dtype=int).reshape(-1, 2).T
    apart = 1.1 / np.sqrt(max(nodes, 1))
    for step in range(_STEPS if nodes > 3 else 0):
        between = at[:, None] - at[None]
        distance = np.hypot(between[..., 0], between[..., 1]).clip(0.01)
        force = (between * (apart / distance)[..., None] ** 2).sum(axis=1)
        pull = (at[first] - at[second]) * np.hypot(*(at[first] - at[second]).T)[:, None] / apart
        np.add.at(force, first, -pull)
        np.add.at(force, second, pull)
        length = np.hypot(*force.T).clip(1e-9)[:, None]
        at += force / length * np.minimum(length, 0.1 * (1 - step / _STEPS))
    low, high = at.min(axis=0), at.max(axis=0)
    span = float((high - low).max()) or 1.0
    placed: NDArray[np.float64] = np.round((at - (low + high) / 2) / span + 0.5, 4)
    return placed


def shelves(sizes: Sequence[float], wide: float) -> tuple[list[tuple[float, float]], float]:
    """Put squares on shelves from the left, and return their top left corners and the height of all."""
    places, left, top, deep = [], 0.0, 0.0, 0.0
    for size in sizes:
        if left and left + size > wide + 1e-9:
            left, top, deep = 0.0, top + deep, 0.0
        places.append((left, top))
        left, deep = left + size, max(deep, size)
    return places, top + deep
