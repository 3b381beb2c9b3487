"""A rectangle of a figure, measured in inches from its top left corner, and what is put on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyzer.trends import style
from analyzer.trends.lettering import drawable, wrap

LEADING: Final = 1.4  # from one base line to the next, in heights of the letters


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a figure that says its number when it is pointed at; `x` and `y` are data of the axes."""

    axes: Axes
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a chart is drawn.

    Parameters
    ----------
    figure : Figure
    left, top : float
        Of the sheet on its figure.
    width, height : float
    spots : list of Spot
        What the chart says of single marks.
    """

    figure: Figure
    left: float
    top: float
    width: float
    height: float
    spots: list[Spot] = field(default_factory=list)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Add axes; their labels stand outside of the rectangle."""
        whole = self.figure.get_size_inches()
        bottom = whole[1] - self.top - top - height
        return self.figure.add_axes(
            ((self.left + left) / whole[0], bottom / whole[1], width / whole[0], height / whole[1])
        )

    def write(
        self,
        left: float,
        top: float,
        text: str,
        *,
        size: float = style.LABEL,
        colour: str = style.INK,
        align: str = "left",
    ) -> None:
        """Write a line; ``top`` is the upper edge of a line of this size, ``left`` where it is aligned."""
        whole = self.figure.get_size_inches()
        base = whole[1] - self.top - top - size * (LEADING + 0.75) / 2 / 72
        self.figure.text(
            (self.left + left) / whole[0],
            base / whole[1],
            drawable(text),
            size=size,
            color=colour,
            ha=align,
            va="baseline",
        )

    def paragraph(
        self,
        left: float,
        top: float,
        most: float,
        text: str,
        *,
        size: float = style.LABEL,
        colour: str = style.INK,
    ) -> float:
        """Write a text in lines of a width, and return how high it stands."""
        for number, line in enumerate(lines := broken(text, size, most)):
            self.write(left, top + number * line_height(size), line, size=size, colour=colour)
        return len(lines) * line_height(size)

    def part(self, top: float, height: float) -> Sheet:
        """Return a part of the sheet over its whole width, which shares its spots."""
        return Sheet(self.figure, self.left, self.top + top, self.width, height, self.spots)

    def spot(self, axes: Axes, x: float, y: float, words: str) -> None:
        """Let a place say its number."""
        self.spots.append(Spot(axes, float(x), float(y), drawable(words)))


def line_height(size: float) -> float:
    """Return from one line to the next, in inches, for letters of so many points."""
    return size * LEADING / 72


def broken(text: str, size: float, most: float, lines: int | None = None) -> list[str]:
    """Return the lines of a text on a width in inches."""
    return wrap(drawable(text), size / 72, most, lines)
