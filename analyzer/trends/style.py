"""How all figures look: letters, colours that everybody can tell apart, marks that survive grey printing.

The colours are those of Okabe and Ito (2008) in the order of their lightness where order matters; beside
each colour stands a marker, a line style or a hatch, so that nothing depends on colour.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

import matplotlib as mpl
import pylopdf_fonts_zh_cn as fonts
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb

WIDTH: Final = 7.0  # inches: what an A4 page leaves between its margins
DPI: Final = 160

TITLE: Final = 13.0  # points
LEAD: Final = 9.5
LABEL: Final = 9.0
SMALL: Final = 8.0
SOURCE: Final = 7.5

INK: Final = "#24211d"
SOFT: Final = "#5f584e"
FAINT: Final = "#9a9388"
RULE: Final = "#ddd5c8"
HAIR: Final = "#ece6db"
PAPER: Final = "#ffffff"
BAND: Final = "#cfd9e2"
SEAL: Final = "#a3272a"
MAIN: Final = "#0b4f7d"
LEVEL: Final = "#8b8376"


@dataclass(frozen=True, slots=True)
class Look:
    """How one of several series is told from the others, in colour and without."""

    colour: str
    marker: str
    line: str | tuple[float, tuple[float, ...]]
    hatch: str


SERIES: Final = (
    Look("#0b4f7d", "o", "-", ""),
    Look("#d55e00", "s", (0, (5, 2)), "///"),
    Look("#00805f", "^", (0, (1.5, 1.5)), "..."),
)
# Best first: lightness falls from one to the next in both directions, and the last has a hatch.
GRADES: Final = {
    "A": Look("#0b3c5d", "o", "-", ""),
    "B": Look("#5b9bc8", "s", "-", ""),
    "C": Look("#d8e4ed", "^", "-", ""),
    "D": Look("#e8a33d", "v", "-", "////"),
}

# What rose, fell, or shows no sign of change; the marker says it without colour.
DIRECTION: Final = {
    "rising": Look(MAIN, "^", "-", ""),
    "falling": Look("#c2570c", "v", (0, (5, 2)), "///"),
    "none": Look(LEVEL, "o", (0, (1.5, 1.5)), "..."),
}

_SETTINGS: Final[dict[str, Any]] = {
    "font.family": ["Noto Sans SC"],
    "font.size": LABEL,
    "text.color": INK,
    "text.parse_math": False,
    "text.hinting": "none",  # letters are as wide on screen as on paper
    "axes.unicode_minus": True,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.labelcolor": SOFT,
    "axes.labelsize": SMALL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": RULE,
    "xtick.labelcolor": SOFT,
    "xtick.labelsize": SMALL,
    "xtick.major.size": 3.0,
    "ytick.color": RULE,
    "ytick.labelcolor": SOFT,
    "ytick.labelsize": SMALL,
    "ytick.major.size": 0.0,
    "grid.color": HAIR,
    "grid.linewidth": 0.7,
    "hatch.linewidth": 0.7,
    "hatch.color": PAPER,
    "lines.linewidth": 1.6,
    "lines.markersize": 5.0,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "figure.dpi": 72.0,
    "path.simplify": False,
    "pdf.fonttype": 42,
    "svg.hashsalt": "shuping",
}


# Settings of matplotlib are the whole process's; a server draws in threads.
_ONE_AT_A_TIME: Final = threading.RLock()


@cache
def _add_fonts() -> None:
    font_manager.fontManager.addfont(str(fonts.sans_path()))


@contextmanager
def styled(**more: Any) -> Iterator[None]:
    """Draw and write figures in our style, whatever the settings of the notebook or machine are."""
    with _ONE_AT_A_TIME, mpl.rc_context():
        _add_fonts()
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, _SETTINGS | more))
        yield


def is_dark(colour: str) -> bool:
    """Whether white letters are read more easily on a colour than black ones."""
    red, green, blue = (channel**2.2 for channel in to_rgb(colour))
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.3)


def shade(part: float) -> str:
    """Return a colour from white to the main one, for a part from 0 to 1."""
    red, green, blue = (1 - part * (1 - channel) for channel in to_rgb(MAIN))
    return to_hex((red, green, blue))
