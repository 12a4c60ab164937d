"""Finding an arrangement: several seeded starts, the best of them improved, then the page made smaller
around it.

The page that the search works on is in px at the base font sizes. The smaller that page, the larger the font
when the drawing is fitted to a real one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from math import sqrt
from operator import itemgetter

import numpy as np

from kg.maps.layout import initial
from kg.maps.layout.alignment import aligned
from kg.maps.layout.boxes import Boxes
from kg.maps.layout.coarse_search import CoarseSearch
from kg.maps.layout.local_search import Arrangement, Phase, Search
from kg.maps.layout.objective import Objective, Weights
from kg.maps.layout.reading import returns
from kg.maps.layout.segments import Floats, single, without_overlaps

SHRINK, SHRINK_LESS, MOST_SHRINKS, MOST_FAILURES, SHAKE = 0.965, 0.982, 30, 5, 3
GROWTH, MOST_ATTEMPTS, LAST_ATTEMPTS = 1.05, 8, 30
CAREFULLY, MOST_BACKWARD = 160, 0.08
FEW, SEVERAL = 12, 28
"""Concepts of maps on which every arrow, or nearly every one, should read on."""
A_CROSSING_IS, AN_ARROW_IS, CRAMPED, LEGIBLE, SMALL = 1.05, 1.05, 1.08, 2.0, 1.75
SHAKEN = 300.0
STRICT, STRICTER = 2.0, 1.4
COARSE_HEAT, COARSE_WARM = 120.0, 60.0
ROUGH, FINE = 10, 20
IMPROVE, POLISH = Phase(3, (8.0, 1.0), (90.0, 15.0)), Phase(4, (0.5, 0.1), (30.0, 6.0))
COMPACT_HEAT, COMPACT_REACH = (4.0, 0.5), (60.0, 8.0)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried.

    Attributes:
        embedded, stressed: how many starts there are of each kind.
        begun, placed, settled: how many of each kind are begun, and of all are placed and settled.
        begin, refine, settle, compact: how many sweeps each phase takes.
        content: with how many crossings an arrangement is at once good enough.
        enough: with how many it is after the first round.
        rounds: how many rounds there are at most.
        relax: how often compaction is interrupted by improvement.
        steps: after how many moves of boxes with their words all stays as it is.
        fill: which share of the first page the boxes take up.
    """

    embedded: int
    stressed: int
    begun: int
    placed: int
    settled: int
    begin: int
    refine: int
    settle: int
    compact: int
    content: int
    enough: int
    rounds: int = 1
    relax: int = 0
    steps: int = 10**9
    fill: float = 0.30


def effort(boxes: int, planar: bool) -> Effort:
    """More boxes need more sweeps, and each sweep takes longer; what is `planar` needs no crossing."""
    few = 0 if planar else 1
    if boxes <= 30:
        return Effort(3, 8, 2, 2, 2, begin=5, refine=14, settle=6, compact=4, content=0, enough=few, rounds=2, fill=0.4)
    if boxes <= 50:
        return Effort(
            6,
            12,
            3,
            3,
            2,
            begin=6,
            refine=20,
            settle=8,
            compact=6,
            relax=1,
            content=few,
            enough=few,
            rounds=2,
            fill=0.38,
        )
    if boxes <= CAREFULLY:
        return Effort(10, 16, 4, 2, 2, begin=8, refine=30, settle=12, compact=8, relax=1, content=4, enough=8, rounds=2)
    quick = Effort(2, 2, 1, 1, 1, begin=3, refine=16, settle=6, compact=4, content=0, enough=0, steps=12_000)
    if boxes <= 2 * CAREFULLY:
        return quick
    # Of a crowd that is not planar too little would stay planar for what it costs to find.
    return replace(quick, embedded=int(planar), refine=6, steps=9_000, fill=0.12)


def weights(concepts: int) -> Weights:
    """The prices for a map of so many concepts: the more there are, the less one arrow matters beside their room."""
    if concepts <= FEW:
        return Weights(backward=700.0, turned=500.0)
    if concepts <= SEVERAL:
        return Weights()
    return Weights(upward=0.5, backward=180.0, turn=200.0, turned=120.0, askew=8.0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An arrangement on the page that it needed."""

    arrangement: Arrangement
    page: tuple[float, float]
    flawed: bool
    crossings: int
    backward: int

    def rank(self, content: int) -> tuple[bool, int, float]:
        """How good it is, the least first: more crossings than content, then size, crossings and direction together."""
        size = round(self.page[0] * A_CROSSING_IS**self.crossings * AN_ARROW_IS**self.backward, 2)
        return self.flawed, max(self.crossings - content, 0), size


def arrange(boxes: Boxes, room: tuple[float, float], seed: int, start: Arrangement | None = None) -> Arrangement:
    """Arrange the boxes with care.

    Arguments:
        boxes: what to arrange.
        room: width and height in px of the page on which the font would be as large as it may be. A crowded
        map
            needs a larger page of the same shape; a smaller one would be of no use.
        seed: another seed gives another arrangement.
        start: where boxes were before, not a number for those that are new; all stay near.

    Returns:
        The middles of all boxes, around the origin, and their shapes.
    """
    links = initial.pairs(boxes)
    plan = effort(len(boxes.half_width), initial.is_planar(links))
    rng = np.random.default_rng(seed)
    objective = Objective(boxes, weights(boxes.concepts))
    search = Search(objective, rng, plan.steps)
    done: list[_Candidate] = []
    returning = returns(np.where(boxes.down > 0, [boxes.source, boxes.target], [boxes.target, boxes.source]).T.tolist())
    if start is None:
        rounds = chain.from_iterable(_coarse(search, plan, room, rng) for _ in range(plan.rounds))
    else:
        plan = replace(plan, settle=plan.settle // 2, relax=0)
        rounds = chain([_grown(search, plan, room, rng, start)])
    for number, arrangement in enumerate(rounds):
        hoped = search.crossings(arrangement)
        _page(objective, room, plan.fill)
        most = max(CRAMPED * objective.width, LEGIBLE * room[0])
        done.append(_settled(search, arrangement, plan, anywhere=start is None))
        best = min(done, key=lambda each: each.rank(plan.content))
        early = number + 1 < plan.settled
        wanted = min(hoped, plan.content) if early else plan.enough
        onward = best.backward <= MOST_BACKWARD * len(links) + returning
        if not best.flawed and onward and best.crossings <= wanted and (best.page[0] <= most or not early):
            break
    objective.width, objective.height = best.page
    if best.flawed:
        _repair(search, best.arrangement, plan.compact, LAST_ATTEMPTS)
    compacted = _compacted(search, best.arrangement, plan, room[0])
    return _apart(search, compacted) if best.flawed else compacted


def _apart(search: Search, arrangement: Arrangement) -> Arrangement:
    """The arrangement without overlaps, which not enough steps were left to part."""
    if search.flaws(arrangement) == 0:
        return arrangement
    objective = search.objective
    x, y = without_overlaps(*arrangement.places, *objective.half)
    return Arrangement(np.stack([x, y]), arrangement.shape)


def _settled(search: Search, arrangement: Arrangement, plan: Effort, anywhere: bool) -> _Candidate:
    """The arrangement with its phrases, in place, on a page where nothing touches."""
    objective = search.objective
    objective.strictness = 1.0
    search.run(arrangement, Phase(plan.settle // 4, (20.0, 10.0), (60.0, 30.0), together=True))
    search.run(arrangement, Phase(plan.settle, (20.0, 1.0), (100.0, 10.0), anywhere=anywhere))
    _repair(search, arrangement, plan.compact, MOST_ATTEMPTS)
    page = objective.width, objective.height
    backward = objective.backward(arrangement.places)
    return _Candidate(arrangement, page, search.flaws(arrangement) > 0, search.crossings(arrangement), backward)


def _grown(
    search: Search, plan: Effort, room: tuple[float, float], rng: np.random.Generator, start: Arrangement
) -> Arrangement:
    """The arrangement that begins with what there was before, spread over the page, with what is new beside it."""
    objective, boxes = search.objective, search.objective.boxes
    _page(objective, room, plan.fill)
    count = boxes.concepts
    new = np.nonzero(np.isnan(start.x[:count]))[0].tolist()
    old = np.nonzero(~np.isnan(start.x[:count]))[0]
    x: Floats = start.x[:count].astype(np.float64)
    y: Floats = start.y[:count].astype(np.float64)
    # What is new mostly comes around what was there.
    share = sqrt(len(old) / count) if count else 1.0
    halves = (boxes.half_width[:count], objective.width), (boxes.half_height[:count], objective.height)
    for values, (half, size) in zip((x, y), halves, strict=True):
        if len(old):
            low, high = float(np.min(values[old])), float(np.max(values[old]))
            room_here = max(size - 2 * float(half.max()), 1.0) * share
            values -= (low + high) / 2
            values *= room_here / (high - low) if high - low > 1 else 1.0
        values[new] = (rng.random(len(new)) - 0.5) * (size - 2 * float(half.max()))
    places = single(np.stack([x, y]).round())
    coarse = CoarseSearch(boxes, objective.weights, objective.width, objective.height)
    coarse.run(places, plan.refine, (COARSE_WARM, 10.0), 0.5, rng, new)
    return _with_phrases(boxes, places)


def _with_phrases(boxes: Boxes, concepts: Floats) -> Arrangement:
    """An arrangement of these concepts with each phrase in the middle of its line."""
    phrases = np.round((concepts[:, boxes.source] + concepts[:, boxes.target]) / 2)
    return Arrangement(np.concatenate([concepts, phrases], axis=1), [0] * len(boxes.half_width))


def _coarse(search: Search, plan: Effort, room: tuple[float, float], rng: np.random.Generator) -> list[Arrangement]:
    """The most promising initial placements after the coarse search, the best first."""
    objective, boxes = search.objective, search.objective.boxes
    _page(objective, room, plan.fill)
    coarse = CoarseSearch(boxes, objective.weights, objective.width, objective.height)

    def best(starts: Iterable[Floats], sweeps: int, heat: tuple[float, float], far: float, most: int) -> list[Floats]:
        found = []
        for places in starts:
            coarse.run(places, sweeps, heat, far, rng)
            found.append((coarse.total(places), places))
        return [places for _, places in sorted(found, key=itemgetter(0))[:most]]

    begun = best(_starts(coarse, plan, rng), plan.begin, (COARSE_HEAT, COARSE_WARM), 0.5, plan.placed)
    placed = best(begun, plan.refine, (COARSE_WARM, 10.0), 0.35, plan.settled)
    return [_with_phrases(boxes, places) for places in placed]


def _starts(coarse: CoarseSearch, plan: Effort, rng: np.random.Generator) -> Iterator[Floats]:
    """Initial placements of the concepts: some planar, some by stress alone."""
    boxes, width, height = coarse.boxes, coarse.width, coarse.height
    count, apart, links = boxes.concepts, initial.distances(boxes), initial.pairs(boxes)
    planar: list[tuple[float, Floats, Floats]] = []
    for _ in range(plan.embedded if links else 0):
        x, y = initial.to_scale(*initial.embedded(count, links, rng), apart)
        initial.relax(x, y, apart, links, ROUGH, rng)
        planar.append((initial.strain(x, y, apart), x, y))
    for _, x, y in sorted(planar, key=itemgetter(0))[: plan.begun]:
        initial.relax(x, y, apart, links, FINE, rng)
        yield np.stack(initial.placed(boxes, x, y, width, height))
    stressed = [np.stack(initial.start(boxes, apart, width, height, rng)) for _ in range(plan.stressed)]
    yield from sorted(stressed, key=coarse.crossings)[: plan.begun // 2 + 1]


def _page(objective: Objective, room: tuple[float, float], fill: float) -> None:
    """A page on which the boxes take up a reasonable share, and the largest box has room."""
    boxes, (width, height) = objective.boxes, room
    area = 4 * float((boxes.half_width * boxes.half_height).sum()) / fill
    longest, highest = 2.1 * float(boxes.half_width.max()), 2.1 * float(boxes.half_height.max())
    factor = max(1.0, sqrt(area / (width * height)), longest / width, highest / height)
    objective.width, objective.height = round(width * factor, 2), round(height * factor, 2)


def _compacted(search: Search, arrangement: Arrangement, plan: Effort, least: float) -> Arrangement:
    """The arrangement on smaller and smaller pages for as long as nothing touches or crosses anew.

    While words are small, more is tried, in smaller steps, and a few crossings are no reason to stop.
    """
    objective, factor = search.objective, SHRINK
    best, relaxed = arrangement.copy(), 0
    for _ in range(MOST_SHRINKS):
        if objective.width <= least or search.steps <= 0:
            break
        small = objective.width > SMALL * least
        crossings = max(search.crossings(best), plan.content if small else 0)
        compacted = _shrunk(search, best, factor, plan.compact, crossings)
        if compacted is not None:
            best = compacted
        elif small and plan.relax and factor == SHRINK:
            factor = SHRINK_LESS
        elif relaxed < plan.relax * (3 if small else 1):
            # After an improvement everywhere there may be room.
            relaxed += 1
            best = _improved(search, best, IMPROVE)
        else:
            break
    return aligned(search, _improved(search, best, POLISH))


def _shrunk(search: Search, arrangement: Arrangement, factor: float, sweeps: int, crossings: int) -> Arrangement | None:
    """The arrangement on a page smaller by a factor, with no more than so many crossings.

    None, and the page as it was, where that does not succeed.
    """
    objective = search.objective
    page, smaller = (objective.width, objective.height), arrangement.copy()
    _resize(search, smaller, factor)
    objective.strictness = STRICT
    for failures in range(MOST_FAILURES):
        if failures and failures % SHAKE == 0:
            search.run(smaller, Phase(1, (30.0, 30.0), (100.0, 100.0), together=True))
        search.run(smaller, Phase(sweeps, COMPACT_HEAT, COMPACT_REACH, repair=True, anywhere=False))
        if search.flaws(smaller) == 0 and search.crossings(smaller) <= crossings:
            return smaller
        if search.steps <= 0:
            break
        objective.strictness *= STRICTER
    objective.width, objective.height = page
    return None


def _improved(search: Search, best: Arrangement, phase: Phase) -> Arrangement:
    improved, crossings = best.copy(), search.crossings(best)
    search.objective.strictness = STRICT
    search.run(improved, phase)
    harmless = search.flaws(improved) == 0 and search.crossings(improved) <= crossings
    return improved if harmless or search.flaws(best) > 0 else best


def _repair(search: Search, arrangement: Arrangement, sweeps: int, attempts: int) -> None:
    """Get rid of what touches, in place, at a higher and higher price.

    What neither price nor heat can part gets more room: after the first attempt the page grows.
    """
    objective = search.objective
    objective.strictness = STRICT
    for attempt in range(attempts):
        search.run(arrangement, Phase(sweeps, (15.0, 0.5), (120.0, 8.0), repair=True))
        if search.flaws(arrangement) == 0 or search.steps <= 0:
            break
        objective.strictness *= STRICTER
        if attempt:
            _resize(search, arrangement, GROWTH)
        search.run(arrangement, Phase(2, (60.0, 15.0), (min(0.3 * objective.height, SHAKEN), 60.0), together=True))
    objective.strictness = STRICT


def _resize(search: Search, arrangement: Arrangement, factor: float) -> None:
    search.objective.width *= factor
    search.objective.height *= factor
    arrangement.places = np.round(arrangement.places * factor)
