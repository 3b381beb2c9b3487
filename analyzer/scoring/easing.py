"""How deductions that pile up are eased: never all the way, so that mending any fault raises the score.

Both functions are increasing and concave, and take numbers or arrays alike: a report is scored by them, and
prices are fitted by them (`analyzer.training.pricing`).
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Amount = TypeVar("Amount", float, npt.NDArray[np.float64])


def capped(cost: Amount, cap: Amount, beyond: float) -> Amount:
    """Return what the hits of one rule cost: whole up to a cap, the part `beyond` of what is above it."""
    return cost - (1 - beyond) * _above(cost, cap)


def eased(cost: Amount, most: Amount, knee: Amount | float) -> Amount:
    """Return what a dimension loses: whole up to ``knee x most``, then a share of the rest, never `most`.

    What is above the knee, ``x``, takes ``rest x / (rest + x)`` of the ``rest = (1 - knee) x most`` there is.
    """
    rest, above = (1 - knee) * most, _above(cost, knee * most)
    return cost - above + rest * above / (rest + above)


def slope(cost: Amount, most: Amount, knee: Amount | float) -> Amount:
    """Return the derivative of `eased` by the cost."""
    rest = (1 - knee) * most
    return (rest / (rest + _above(cost, knee * most))) ** 2


def _above(cost: Amount, bound: Amount) -> Amount:
    return (cost - bound) * (cost > bound)
