"""Segments and boxes in the plane, many at once: the arithmetic of the layout.

Arguments are arrays of px that broadcast against one another.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Truths = NDArray[np.bool_]
Indices = NDArray[np.intp]

MOST_PUSHES, MOST_PAIRS, AT_FIRST, ROOM, LEAST_GAP = 300, 150_000_000, 60, 1.03, 2.0


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


def chord_shares(start: Floats, along: Floats, middle: Floats, half: Floats) -> Floats:
    """The share of each segment that lies in a box; it is negative or zero where the segment misses the box.

    Arguments:
        start: where segments begin, x and y along the first axis, as in all that follows.
        along: how far they go.
        middle: the middles of the boxes.
        half: half their widths and heights.

    Clipping after Y.-D. Liang and B. Barsky, *A New Concept and Method for Line Clipping*, ACM Trans.
    Graphics 3, 1984.
    """
    # Middles are whole or half px: the small addition keeps a step of 0 from dividing and changes no more.
    over = 1.0 / (along + 1e-3)
    centre, reach = (middle - start) * over, half * np.abs(over)
    low, high = centre - reach, centre + reach
    share: Floats = np.minimum(np.minimum(high[0], high[1]), 1.0) - np.maximum(np.maximum(low[0], low[1]), 0.0)
    return share


def heat_bath(cost: Floats, heat: float, rng: np.random.Generator) -> int:
    """One of the rows, the likelier the cheaper: exp(-cost / heat), drawn by Gumbel noise."""
    noise = -np.log(np.maximum(-np.log(np.maximum(rng.random(len(cost)), 1e-12)), 1e-12))
    return int((cost - heat * noise).round(4).argmin())


def without_overlaps(x: Floats, y: Floats, half_width: Floats, half_height: Floats) -> tuple[Floats, Floats]:
    """The middles moved until no boxes overlap: pushed apart, with more and more room, and in the end scaled.

    After T. Dwyer, K. Marriott and P. Stuckey, *Fast Node Overlap Removal*, Graph Drawing 2005, in the simplest form.
    """
    # No two middles may coincide: scaling could not part them.
    x = x.astype(np.float64) + 0.01 * np.arange(len(x))
    y = y.astype(np.float64) + 0.01 * np.arange(len(y))
    need_x = (half_width[:, None] + half_width[None, :] + LEAST_GAP).astype(np.float64)
    need_y = (half_height[:, None] + half_height[None, :] + LEAST_GAP).astype(np.float64)
    for push in range(min(MOST_PUSHES, MOST_PAIRS // max(len(x), 1) ** 2)):
        step_x, step_y = _push(x, y, need_x, need_y)
        if not step_x.any() and not step_y.any():
            break
        more = ROOM if push >= AT_FIRST and push % 5 == 4 else 1.0
        x, y = np.round((x + step_x) * more, 3), np.round((y + step_y) * more, 3)
    # A hair more, since pushing ends where boxes nearly have their gap.
    spread = _spread(x, y, need_x - LEAST_GAP / 2, need_y - LEAST_GAP / 2)
    return np.round(x * spread, 2), np.round(y * spread, 2)


def _push(x: Floats, y: Floats, need_x: Floats, need_y: Floats) -> tuple[Floats, Floats]:
    """Half of what parts each overlapping pair, along the axis on which less is needed."""
    dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
    both = (np.abs(dx) < need_x) & (np.abs(dy) < need_y)
    np.fill_diagonal(both, False)
    one, two = np.nonzero(both)
    over_x, over_y = (need[one, two] - np.abs(d[one, two]) for need, d in ((need_x, dx), (need_y, dy)))
    along_x = over_x <= over_y
    shift_x = np.where(along_x, np.sign(dx[one, two]) * over_x, 0.0)
    shift_y = np.where(along_x, 0.0, np.sign(dy[one, two]) * over_y)
    step_x, step_y = (np.bincount(one, shift, minlength=len(x)) for shift in (shift_x, shift_y))
    crowd = np.maximum(np.bincount(one, minlength=len(x)), 1)
    return step_x * 0.6 / np.sqrt(crowd), step_y * 0.6 / np.sqrt(crowd)


def _spread(x: Floats, y: Floats, need_x: Floats, need_y: Floats) -> float:
    """The least factor by which all distances must grow for no pair to overlap."""
    dx, dy = np.abs(x[:, None] - x[None, :]), np.abs(y[:, None] - y[None, :])
    factor = np.minimum(need_x / np.maximum(dx, 1e-6), need_y / np.maximum(dy, 1e-6))
    np.fill_diagonal(factor, 0.0)
    return max(1.0, float(factor.max(initial=0.0)) * 1.0001)
