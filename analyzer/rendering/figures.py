"""The drawings of the page, as coordinates; how they look is the style sheet's business."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analyzer.rendering import labels
from analyzer.result import DimensionScore

_RADIUS: Final = 100.0
_LABEL_AT: Final = 118.0


@dataclass(frozen=True, slots=True)
class Axis:
    """One spoke of the radar, in the coordinates of a circle of radius 100 around the origin."""

    label: str
    score: float
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Radar:
    """A radar chart.

    Parameters
    ----------
    axes : tuple of Axis
        The spokes, the first upright, clockwise.
    rings : tuple of str
        ``points`` attributes of the grid, outermost last.
    area : str
        ``points`` attribute of the scores.
    """

    axes: tuple[Axis, ...]
    rings: tuple[str, ...]
    area: str


def radar(dimensions: Sequence[DimensionScore]) -> Radar:
    """Return the radar chart of the dimensions' scores."""
    axes = tuple(_axis(order, len(dimensions), row) for order, row in enumerate(dimensions))
    steps = max((row.max for row in dimensions), default=0)
    return Radar(
        axes,
        tuple(_polygon(axes, [ring / steps] * len(axes)) for ring in range(1, steps + 1)),
        _polygon(axes, [row.score / row.max for row in dimensions]),
    )


def _axis(order: int, count: int, row: DimensionScore) -> Axis:
    angle = 2 * math.pi * order / count
    x, y = math.sin(angle), -math.cos(angle)
    anchor = "middle" if abs(x) < 0.1 else "start" if x > 0 else "end"
    return Axis(
        labels.DIMENSION[row.id],
        row.score,
        round(x * _RADIUS, 1),
        round(y * _RADIUS, 1),
        round(x * _LABEL_AT, 1),
        round(y * _LABEL_AT, 1),
        anchor,
    )


def _polygon(axes: Sequence[Axis], parts: Sequence[float]) -> str:
    return " ".join(
        f"{axis.x * part:.1f},{axis.y * part:.1f}" for axis, part in zip(axes, parts, strict=True)
    )
