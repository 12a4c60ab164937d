"""Finding an arrangement: several seeded starts, the best of them improved, then the page made smaller around it.

The page that the search works on is in px at the base font sizes. The smaller that page, the larger the font when
the drawing is fitted to a real one.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from kg.maps import stress
from kg.maps.objective import Boxes, Objective, Weights
from kg.maps.search import Arrangement, Search, Stage

START_FILL = 0.30
SHRINK = 0.965
MOST_SHRINKS, MOST_FAILURES = 14, 2


@dataclass(frozen=True, slots=True)
class Effort:
    """How many starts to make, how many of them to finish, and how many sweeps each stage takes."""

    starts: int
    finished: int
    sort: int
    settle: int
    shrink: int


def effort(boxes: int) -> Effort:
    """More boxes need more sweeps, and each sweep takes longer; fewer starts pay for that."""
    if boxes <= 30:
        return Effort(starts=4, finished=1, sort=6, settle=6, shrink=3)
    return Effort(starts=6, finished=2, sort=12, settle=16, shrink=5)


def arrange(boxes: Boxes, aspect: float, seed: int) -> Arrangement:
    """Middles of all boxes, around the origin, on a page of about this aspect (width / height)."""
    plan = effort(len(boxes.half_width))
    rng = np.random.default_rng(seed)
    objective = Objective(boxes, Weights())
    _page(objective, aspect)
    search = Search(objective, rng)
    apart = stress.distances(boxes)
    starts = []
    for _ in range(plan.starts):
        x, y = stress.start(boxes, apart, objective.width, objective.height, rng)
        arrangement = Arrangement(x, y)
        search.run(arrangement, Stage(plan.sort, (60.0, 10.0), (250.0, 80.0), together=True))
        starts.append((search.cost(arrangement), len(starts), arrangement))
    finished = []
    for _, number, arrangement in sorted(starts)[: plan.finished]:
        _page(objective, aspect)
        search.run(arrangement, Stage(plan.settle, (20.0, 1.0), (100.0, 10.0), together=False))
        arrangement = _shrink(search, arrangement, plan.shrink)
        finished.append((search.score(arrangement, aspect), number, arrangement))
    return min(finished)[2]


def _page(objective: Objective, aspect: float) -> None:
    """A page on which the boxes take up a reasonable share, and the largest box has room."""
    boxes = objective.boxes
    area = 4 * float((boxes.half_width * boxes.half_height).sum()) / START_FILL
    least = max(2 * float(boxes.half_width.max()) / aspect, 2 * float(boxes.half_height.max()))
    objective.height = round(max(sqrt(area / aspect), least * 1.05), 2)
    objective.width = round(objective.height * aspect, 2)


def _shrink(search: Search, arrangement: Arrangement, sweeps: int) -> Arrangement:
    """Press the arrangement onto smaller and smaller pages for as long as nothing touches."""
    objective = search.objective
    best, best_flaws, failures = arrangement.copy(), search.flaws(arrangement), 0
    for _ in range(MOST_SHRINKS):
        if best_flaws == 0 and failures == 0:
            objective.width, objective.height = objective.width * SHRINK, objective.height * SHRINK
            arrangement = Arrangement(np.round(best.x * SHRINK), np.round(best.y * SHRINK))
        search.run(arrangement, Stage(sweeps, (4.0, 0.5), (60.0, 8.0), together=False))
        flaws = search.flaws(arrangement)
        if flaws == 0 or flaws < best_flaws:
            best, best_flaws, failures = arrangement.copy(), flaws, 0
        else:
            failures += 1
        if failures > MOST_FAILURES:
            break
    return best
