"""A quick arrangement for maps too large for the whole search: nothing overlaps, but lines may run behind boxes.

Boxes start where stress majorisation puts them and are pushed apart where they overlap, the search repairs what
it can in so many steps, and what then overlaps is pushed apart again, at last by scaling (after T. Dwyer, K.
Marriott and P. Stuckey, *Fast Node Overlap Removal*, Graph Drawing 2005, in the simplest form).
"""

import numpy as np

from kg.maps import stress, untangled
from kg.maps.moves import Boxes
from kg.maps.objective import GAP_PHRASES, Objective, Weights
from kg.maps.planar import Floats, single
from kg.maps.search import Arrangement, Search, Stage

FILL = 0.2
MOST_PUSHES, MOST_PAIRS, AT_FIRST, ROOM = 300, 150_000_000, 60, 1.03
STEPS, SWEEPS = 4_000_000, 4
STRICTER, GROWTH, RELAX, LEAST_GAP = 1.3, 1.02, 12, 2.0


def arrange_coarsely(boxes: Boxes, room: tuple[float, float], seed: int) -> Arrangement:
    """Arrange the boxes quickly; the arguments and the result are those of `kg.maps.arrange.arrange`."""
    rng = np.random.default_rng(seed)
    area = 4 * float((boxes.half_width * boxes.half_height).sum())
    factor = (area / FILL / (room[0] * room[1])) ** 0.5
    x, y = _start(boxes, room[0] * factor, room[1] * factor, rng)
    # No two middles may coincide: scaling could not part them.
    x, y = x + 8 * (rng.random(len(x)) - 0.5), y + 8 * (rng.random(len(y)) - 0.5)
    x, y = _parted(x, y, boxes.half_width, boxes.half_height, GAP_PHRASES)
    arrangement = Arrangement(single(np.round(x)), single(np.round(y)), [0] * len(x))
    if len(boxes.source):
        _repair(arrangement, boxes, room, rng)
    sizes = np.array([ways[shape] for ways, shape in zip(boxes.shapes, arrangement.shape, strict=True)])
    x, y = arrangement.x.astype(np.float64), arrangement.y.astype(np.float64)
    x, y = _parted(x, y, sizes[:, 0], sizes[:, 1], LEAST_GAP)
    return Arrangement(np.round(x, 2), np.round(y, 2), arrangement.shape)


def _start(boxes: Boxes, width: float, height: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Middles of all boxes: without crossings where the map has such a drawing, else by stress alone."""
    apart, links = stress.distances(boxes), untangled.pairs(boxes)
    if not links or not untangled.is_planar(links):
        return stress.start(boxes, apart, width, height, rng)
    x, y = untangled.to_scale(*untangled.embedded(boxes.concepts, links, rng), apart)
    untangled.relax(x, y, apart, links, RELAX, rng)
    return stress.placed(boxes, x, y, width, height)


def _repair(arrangement: Arrangement, boxes: Boxes, room: tuple[float, float], rng: np.random.Generator) -> None:
    """Move what overlaps, and what lines run through, within a number of steps that bounds the time."""
    objective = Objective(boxes, Weights())
    search = Search(objective, rng)
    for _ in range(max(1, STEPS // len(boxes.half_width) ** 2 // SWEEPS)):
        wide = 2 * float((np.abs(arrangement.x) + objective.half_width).max())
        high = 2 * float((np.abs(arrangement.y) + objective.half_height).max())
        # A page of the room's shape around everything.
        objective.width = max(wide, high * room[0] / room[1])
        objective.height = objective.width * room[1] / room[0]
        search.run(arrangement, Stage(SWEEPS, (15.0, 0.5), (200.0, 20.0), repair=True))
        if search.flaws(arrangement) == 0:
            break
        objective.strictness *= STRICTER
        arrangement.x, arrangement.y = np.round(arrangement.x * GROWTH), np.round(arrangement.y * GROWTH)


def _parted(x: Floats, y: Floats, half_width: Floats, half_height: Floats, gap: float) -> tuple[Floats, Floats]:
    """The middles moved until no boxes overlap: pushed, with more and more room, and in the end spread."""
    need_x = half_width[:, None] + half_width[None, :] + gap
    need_y = half_height[:, None] + half_height[None, :] + gap
    for push in range(min(MOST_PUSHES, MOST_PAIRS // max(len(x), 1) ** 2)):
        step_x, step_y = _push(x, y, need_x, need_y)
        if not step_x.any() and not step_y.any():
            break
        more = ROOM if push >= AT_FIRST and push % 5 == 4 else 1.0
        x, y = np.round((x + step_x) * more, 3), np.round((y + step_y) * more, 3)
    # A hair more, since pushing ends where boxes nearly have their gap.
    spread = _spread(x, y, need_x - gap + LEAST_GAP / 2, need_y - gap + LEAST_GAP / 2)
    return x * spread, y * spread


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
