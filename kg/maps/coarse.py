"""A quick arrangement for maps too large for the search: nothing overlaps, but lines may run behind boxes.

Boxes start where stress majorisation puts them, are pushed apart where they overlap, and what still overlaps
is spread by scaling (the first two ideas of T. Dwyer, K. Marriott and P. Stuckey, *Fast Node Overlap
Removal*, Graph Drawing 2005, in their simplest form).
"""

import numpy as np

from kg.maps import stress
from kg.maps.moves import Boxes
from kg.maps.objective import GAP_PHRASES
from kg.maps.planar import Floats
from kg.maps.search import Arrangement

FILL = 0.2
MOST_PUSHES, MOST_PAIRS = 150, 40_000_000


def arrange_coarsely(boxes: Boxes, room: tuple[float, float], seed: int) -> Arrangement:
    """Arrange the boxes quickly; the arguments and the result are those of `kg.maps.arrange.arrange`."""
    rng = np.random.default_rng(seed)
    area = 4 * float((boxes.half_width * boxes.half_height).sum())
    factor = (area / FILL / (room[0] * room[1])) ** 0.5
    x, y = stress.start(boxes, stress.distances(boxes), room[0] * factor, room[1] * factor, rng)
    # No two middles may coincide: scaling could not part them.
    x, y = x + 8 * (rng.random(len(x)) - 0.5), y + 8 * (rng.random(len(y)) - 0.5)
    need_x = boxes.half_width[:, None] + boxes.half_width[None, :] + GAP_PHRASES
    need_y = boxes.half_height[:, None] + boxes.half_height[None, :] + GAP_PHRASES
    for _ in range(min(MOST_PUSHES, MOST_PAIRS // len(x) ** 2)):
        step_x, step_y = _push(x, y, need_x, need_y)
        if not step_x.any() and not step_y.any():
            break
        x, y = np.round(x + step_x, 3), np.round(y + step_y, 3)
    spread = _spread(x, y, need_x, need_y)
    return Arrangement(np.round(x * spread, 2), np.round(y * spread, 2), [0] * len(x))


def _push(x: Floats, y: Floats, need_x: Floats, need_y: Floats) -> tuple[Floats, Floats]:
    """Half of what parts each overlapping pair, along the axis on which less is needed."""
    dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
    over_x, over_y = need_x - np.abs(dx), need_y - np.abs(dy)
    both = (over_x > 0) & (over_y > 0)
    np.fill_diagonal(both, False)
    along_x = both & (over_x <= over_y)
    along_y = both & ~along_x
    step_x = np.where(along_x, np.sign(dx) * over_x, 0.0).sum(axis=1)
    step_y = np.where(along_y, np.sign(dy) * over_y, 0.0).sum(axis=1)
    crowd = np.maximum(both.sum(axis=1), 1)
    return step_x * 0.6 / np.sqrt(crowd), step_y * 0.6 / np.sqrt(crowd)


def _spread(x: Floats, y: Floats, need_x: Floats, need_y: Floats) -> float:
    """The least factor by which all distances must grow for no pair to overlap."""
    dx, dy = np.abs(x[:, None] - x[None, :]), np.abs(y[:, None] - y[None, :])
    factor = np.minimum(need_x / np.maximum(dx, 1e-6), need_y / np.maximum(dy, 1e-6))
    np.fill_diagonal(factor, 0.0)
    return max(1.0, float(factor.max(initial=0.0)) * 1.0001)
