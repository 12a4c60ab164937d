"""Segments and boxes in the plane, many at once: the arithmetic that the objectives of the layout share.

Arguments are arrays of px that broadcast against one another.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Truths = NDArray[np.bool_]


def single(values: Floats) -> NDArray[np.float32]:
    """The values in single precision: enough for whole px, and half the work."""
    return values.astype(np.float32)


def crossed(x0: Floats, y0: Floats, ax: Floats, ay: Floats, x1: Floats, y1: Floats, bx: Floats, by: Floats) -> Truths:
    """Whether a segment from (x0, y0) to (x0 + ax, y0 + ay) crosses one from (x1, y1) along (bx, by)."""
    ox, oy = x1 - x0, y1 - y0
    turn = ax * by - ay * bx
    along, beside = ox * by - oy * bx, ox * ay - oy * ax
    # Both shares along the segments lie between 0 and 1, told without a division by a turn that may be 0.
    first, second = along * turn, beside * turn
    inside: Truths = (np.minimum(first, second) > 0) & (np.maximum(first, second) < turn * turn)
    return inside


def chord_shares(
    x0: Floats,
    y0: Floats,
    dx: Floats,
    dy: Floats,
    x: Floats,
    y: Floats,
    half_width: Floats,
    half_height: Floats,
) -> Floats:
    """The share of each segment from (x0, y0) along (dx, dy) that lies in the box around (x, y).

    It is negative or zero where the segment misses the box.

    Clipping after Y.-D. Liang and B. Barsky, *A New Concept and Method for Line Clipping*, ACM Trans.
    Graphics 3, 1984.
    """
    # Middles are whole or half px: the small addition keeps a step of 0 from dividing and changes no more.
    over_dx, over_dy = 1.0 / (dx + 1e-3), 1.0 / (dy + 1e-3)
    centre_x, reach_x = (x - x0) * over_dx, half_width * np.abs(over_dx)
    centre_y, reach_y = (y - y0) * over_dy, half_height * np.abs(over_dy)
    low = np.maximum(np.maximum(centre_x - reach_x, centre_y - reach_y), 0.0)
    high = np.minimum(np.minimum(centre_x + reach_x, centre_y + reach_y), 1.0)
    share: Floats = high - low
    return share


def heat_bath(cost: Floats, heat: float, rng: np.random.Generator) -> int:
    """One of the rows, the likelier the cheaper: exp(-cost / heat), drawn by Gumbel noise."""
    noise = -np.log(np.maximum(-np.log(np.maximum(rng.random(len(cost)), 1e-12)), 1e-12))
    return int(np.argmin(np.round(cost - heat * noise, 4)))
