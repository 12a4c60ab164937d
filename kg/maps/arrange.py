"""Finding an arrangement: several seeded starts, the best of them improved, then the page made smaller
around it.

The page that the search works on is in px at the base font sizes. The smaller that page, the larger the font
when the drawing is fitted to a real one.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from kg.maps import stress
from kg.maps.objective import Boxes, Objective, Weights
from kg.maps.planar import Floats
from kg.maps.search import Arrangement, Search, Stage
from kg.maps.sketch import Sketch

START_FILL = 0.30
SHRINK, MOST_SHRINKS, MOST_FAILURES = 0.965, 20, 6
GROWTH, MOST_ATTEMPTS = 1.05, 12
STRICT, STRICTER = 2.0, 1.4
POLISH = 4
PRESS_HEAT, PRESS_REACH = (4.0, 0.5), (60.0, 8.0)


@dataclass(frozen=True, slots=True)
class Effort:
    """How many starts to sketch, how many sketches to settle, and how many sweeps each stage takes."""

    sketched: int
    settled: int
    untangle: int
    settle: int
    press: int


STARTS = 40


def effort(boxes: int) -> Effort:
    """More boxes need more sweeps, and each sweep takes longer."""
    if boxes <= 30:
        return Effort(sketched=2, settled=1, untangle=22, settle=6, press=4)
    if boxes <= 50:
        return Effort(sketched=3, settled=2, untangle=36, settle=8, press=6)
    return Effort(sketched=3, settled=2, untangle=50, settle=12, press=8)


def arrange(boxes: Boxes, room: tuple[float, float], seed: int) -> Arrangement:
    """Arrange the boxes with care.

    Arguments:
        boxes: what to arrange.
        room: width and height in px of the page on which the font would be as large as it may be. A crowded
        map
            needs a larger page of the same shape; a smaller one would be of no use.
        seed: another seed gives another arrangement.

    Returns:
        The middles of all boxes, around the origin, and their shapes.
    """
    plan = effort(len(boxes.half_width))
    rng = np.random.default_rng(seed)
    objective = Objective(boxes, Weights())
    _page(objective, room)
    search = Search(objective, rng)
    sketches = _sketches(search, plan, rng)
    settled: list[tuple[tuple[int, float, int], Arrangement]] = []
    for number, arrangement in enumerate(sketches[: plan.settled]):
        search.run(arrangement, Stage(plan.settle // 4, (20.0, 10.0), (60.0, 30.0), together=True))
        search.run(arrangement, Stage(plan.settle, (20.0, 1.0), (100.0, 10.0)))
        rank = (search.crossings(arrangement), search.cost(arrangement), number)
        settled.append((rank, arrangement))
    for _, arrangement in sorted(settled, key=lambda each: each[0]):
        _page(objective, room)
        if _clear(search, arrangement, plan.press):
            break
    return _press(search, arrangement, plan.press, room[0])


def _sketches(search: Search, plan: Effort, rng: np.random.Generator) -> list[Arrangement]:
    """Sketches of the starts with the fewest crossings, the best first."""
    objective, boxes = search.objective, search.objective.boxes
    sketch = Sketch(boxes, objective.weights, objective.width, objective.height)
    apart = stress.distances(boxes)
    starts: list[tuple[int, int, Floats, Floats]] = []
    for number in range(STARTS if boxes.concepts > 12 else STARTS // 3):
        x, y = stress.start(boxes, apart, objective.width, objective.height, rng)
        starts.append((sketch.crossings(x, y), number, x[: boxes.concepts], y[: boxes.concepts]))
    sketched = []
    for _, number, x, y in sorted(starts, key=lambda each: each[:2])[: plan.sketched]:
        sketch.run(x, y, plan.untangle, (150.0, 10.0), rng)
        arrangement = Arrangement(
            np.concatenate([x, np.round((x[boxes.source] + x[boxes.target]) / 2)]),
            np.concatenate([y, np.round((y[boxes.source] + y[boxes.target]) / 2)]),
            [0] * len(boxes.half_width),
        )
        rank = (search.crossings(arrangement), search.cost(arrangement), number)
        sketched.append((rank, arrangement))
    return [arrangement for _, arrangement in sorted(sketched, key=lambda each: each[0])]


def _page(objective: Objective, room: tuple[float, float]) -> None:
    """A page on which the boxes take up a reasonable share, and the largest box has room."""
    boxes, (width, height) = objective.boxes, room
    area = 4 * float((boxes.half_width * boxes.half_height).sum()) / START_FILL
    longest, highest = 2.1 * float(boxes.half_width.max()), 2.1 * float(boxes.half_height.max())
    factor = max(1.0, sqrt(area / (width * height)), longest / width, highest / height)
    objective.width, objective.height = round(width * factor, 2), round(height * factor, 2)


def _press(search: Search, arrangement: Arrangement, sweeps: int, least: float) -> Arrangement:
    """Press the arrangement onto smaller and smaller pages for as long as nothing touches or crosses anew."""
    objective = search.objective
    best, crossings, failures = arrangement.copy(), search.crossings(arrangement), 0
    page = objective.width, objective.height
    for _ in range(MOST_SHRINKS):
        if objective.width <= least or failures > MOST_FAILURES:
            break
        if failures == 0:
            arrangement = best.copy()
            _resize(search, arrangement, SHRINK)
        search.run(arrangement, Stage(sweeps, PRESS_HEAT, PRESS_REACH, repair=True))
        if search.flaws(arrangement) == 0 and search.crossings(arrangement) <= crossings:
            best, crossings, failures = arrangement.copy(), search.crossings(arrangement), 0
            page, objective.strictness = (objective.width, objective.height), STRICT
        else:
            failures += 1
            objective.strictness *= STRICTER
    objective.width, objective.height = page
    return _polish(search, best, crossings)


def _polish(search: Search, best: Arrangement, crossings: int) -> Arrangement:
    """Small improvements everywhere, if they do no harm."""
    polished = best.copy()
    search.run(polished, Stage(POLISH, (0.5, 0.1), (30.0, 6.0)))
    harmless = search.flaws(polished) == 0 and search.crossings(polished) <= crossings
    return polished if harmless or search.flaws(best) > 0 else best


def _clear(search: Search, arrangement: Arrangement, sweeps: int) -> bool:
    """Get rid of what touches, in place, at a higher and higher price; whether that succeeded.

    What neither price nor heat can part gets more room: every other time the page grows.
    """
    objective = search.objective
    objective.strictness = STRICT
    for attempt in range(MOST_ATTEMPTS):
        search.run(arrangement, Stage(sweeps, (15.0, 0.5), (120.0, 8.0), repair=True))
        if search.flaws(arrangement) == 0:
            break
        objective.strictness *= STRICTER
        if attempt % 2:
            _resize(search, arrangement, GROWTH)
        search.run(arrangement, Stage(2, (60.0, 15.0), (0.3 * objective.height, 60.0), together=True))
    objective.strictness = STRICT
    return search.flaws(arrangement) == 0


def _resize(search: Search, arrangement: Arrangement, factor: float) -> None:
    """Another page size, and the arrangement drawn in or out to suit it."""
    search.objective.width *= factor
    search.objective.height *= factor
    arrangement.x, arrangement.y = np.round(arrangement.x * factor), np.round(arrangement.y * factor)
