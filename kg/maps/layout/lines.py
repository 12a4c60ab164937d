"""The lines of a drawing whose boxes have their places: straight through their words where that harms nothing.

The search takes each line from middle to middle. Boxes are large, so that a line may aim beside the middle of a box
and be straight, or nearly so, where it would else turn at its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from kg.maps.drawing.geometry import Point, TextBox
from kg.maps.layout.boxes import Lines
from kg.maps.layout.segments import Floats, Truths, chord_shares, crossed

Path = tuple[Point, ...]

AIMS_X, AIMS_Y = (0.0, -0.25, 0.25, -0.5, 0.5, -0.8, 0.8), (0.0, -0.5, 0.5)
"""Where lines may aim, from the middle of a box, in units of half its sides."""
WORDS = np.array([(0.0, 0.0), (0.0, -0.3), (0.0, 0.3), (-0.2, 0.0), (0.2, 0.0)])
"""Where they may pass through their words, likewise."""
MOST_LINES = 150
"""Lines of a map that are aimed with care: those of a larger one go from middle to middle."""
ROUNDS, FEW, GOOD = 2, 200, 4.0
SLIGHT, SHARP = 6.0, 22.0
"""A turn that is not seen, and one that is too much, in degrees."""
HIT, NEARLY, TURNED, SHORT, CLOSE, BESIDE = 1000.0, 100.0, 60.0, 60.0, 8.0, 0.2
LEAST_SEEN = 0.66
"""How much of a line has to be seen on either side of its words, in font sizes of concepts."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways that one line may go, the cheapest first: where it leaves, passes its words and arrives."""

    points: Floats
    cost: Floats


def aimed(ends: Sequence[tuple[int, int]], concepts: Sequence[TextBox], phrases: Sequence[TextBox]) -> list[Path]:
    """The lines between concepts through their phrases.

    Arguments:
        ends: the source and the target of each line, as places in `concepts`.
        concepts: the boxes of the concepts.
        phrases: the boxes of the words on the lines.

    Returns:
        For each line where it leaves its source, where it passes its words, and where it arrives at its target.
    """
    ways = [_ways(concepts[a], concepts[b], words) for (a, b), words in zip(ends, phrases, strict=True)]
    taken = np.array([each.points[0] for each in ways]).reshape(-1, 3, 2)
    if 1 < len(ways) <= MOST_LINES:
        middles, halves = boxes_of([*concepts, *phrases])
        size = min(box.font_size for box in concepts)
        straight = [_way(concepts[a], concepts[b], words) for (a, b), words in zip(ends, phrases, strict=True)]
        taken = np.array(straight)
        for _ in range(ROUNDS):
            for line, (a, b) in enumerate(ends):
                own = [a, b, len(concepts) + line]
                taken[line] = _best(ways[line], taken, line, (middles, halves), own, size)
    return [_path(points) for points in taken.tolist()]


def _path(points: list[list[float]]) -> Path:
    (x0, y0), (x1, y1), (x2, y2) = points
    return (round(x0, 2), round(y0, 2)), (round(x1, 2), round(y1, 2)), (round(x2, 2), round(y2, 2))


def boxes_of(boxes: Sequence[TextBox]) -> tuple[Floats, Floats]:
    """The middles of boxes, and half their widths and heights."""
    return np.array([b.middle for b in boxes]), np.array([(b.width / 2, b.height / 2) for b in boxes])


def _best(ways: _Ways, taken: Floats, line: int, boxes: tuple[Floats, Floats], own: list[int], size: float) -> Floats:
    """The way of a line that costs least beside the others as they are."""
    others = np.delete(taken, line, axis=0)
    points = ways.points
    hits = crossings_of(points, others) + entered(points, boxes, own, 0.0)
    cost = (
        ways.cost
        + HIT * hits
        + NEARLY * entered(points, boxes, own, BESIDE * size)
        + CLOSE * _crowded(points, others, size)
    )
    best: Floats = points[int(np.argmin(np.round(cost, 3)))]
    return best


def segments_of(points: Floats) -> Lines:
    """Where both segments of each way begin, and how far they go: x and y, of each one row a way."""
    places = np.moveaxis(points, 2, 0)
    return places[..., :2], places[..., 1:] - places[..., :2]


def crossings_of(points: Floats, others: Floats) -> Floats:
    """How many other lines each way crosses."""
    others = others[touched(points, others.min(axis=1), others.max(axis=1))]
    start, along = (each[..., None] for each in segments_of(points))
    first, bars = (each.reshape(2, -1) for each in segments_of(others))
    hits = crossed(*start, *along, *first, *bars)
    pairs = hits.any(axis=1).reshape(len(points), len(others), 2).any(axis=2)
    return np.asarray(pairs.sum(axis=1), dtype=np.float64)


def entered(points: Floats, boxes: tuple[Floats, Floats], own: list[int], margin: float) -> Floats:
    """How many boxes that are not its own each way runs through, or comes nearer to than a margin."""
    middles, halves = boxes[0], boxes[1] + margin
    others = touched(points, middles - halves, middles + halves)
    others[own] = False
    start, along = (each[..., None] for each in segments_of(points))
    middle, half = middles[others].T[:, None, None], halves[others].T[:, None, None]
    inside = np.any(chord_shares(start, along, middle, half) > 0, axis=1)
    return np.asarray(inside.sum(axis=1), dtype=np.float64)


def touched(points: Floats, low: Floats, high: Floats) -> Truths:
    """Which rectangles, given by two of their corners, meet the one around all points: the rest need no closer look."""
    places = points.reshape(-1, 2)
    first, last = places.min(axis=0, initial=np.inf), places.max(axis=0, initial=-np.inf)
    return np.asarray(((high >= first) & (low <= last)).all(axis=1))


def _crowded(points: Floats, others: Floats, size: float) -> Floats:
    """How near the ends of each way are to the ends of other lines, from 0 for far to 1 a pair that coincides."""
    ends, far = points[:, [0, 2]].reshape(len(points), 2, 1, 2), others[:, [0, 2]].reshape(1, 1, -1, 2)
    apart = np.sqrt(((ends - far) ** 2).sum(axis=3))
    return np.asarray(np.maximum(1 - apart / size, 0.0).sum(axis=(1, 2)))


def _way(source: TextBox, target: TextBox, words: TextBox) -> Floats:
    """The way from middle to middle."""
    middle = np.array([[0.0, 0.0]])
    points = _ends(source, target, words, middle, middle, middle)
    way: Floats = points[0]
    return way


_GRID = np.array(list(product(AIMS_X, AIMS_Y)))


def _ways(source: TextBox, target: TextBox, words: TextBox) -> _Ways:
    """The ways of a line by itself: a short list of those that turn least and aim nearest to the middles."""
    first, passes, last = (
        each.reshape(-1, 2)
        for each in np.broadcast_arrays(_GRID[:, None, None], WORDS[None, :, None], _GRID[None, None, :])
    )
    points = _ends(source, target, words, first, passes, last)
    turn = turns(points)
    cost = np.maximum(turn - SLIGHT, 0.0) + TURNED * (turn > SHARP)
    cost += 9.0 * ((first**2).sum(axis=1) + (last**2).sum(axis=1)) + 12.0 * np.abs(passes).sum(axis=1)
    size = min(source.font_size, target.font_size)
    cost += SHORT * (seen(points, words) < LEAST_SEEN * size).any(axis=1)
    # The first is that from middle to middle, to which the search has kept all others.
    few = 0 if cost[0] < GOOD else FEW
    order = np.concatenate([[0], np.argsort(np.round(cost, 3), kind="stable")[:few]])
    return _Ways(points[order], cost[order])


def turns(points: Floats) -> Floats:
    """By how many degrees each way turns at its words."""
    before, after = points[:, 1] - points[:, 0], points[:, 2] - points[:, 1]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    return np.asarray(np.abs(np.degrees(np.arctan2(cross, (before * after).sum(axis=1)))))


def _ends(source: TextBox, target: TextBox, words: TextBox, first: Floats, passes: Floats, last: Floats) -> Floats:
    """Where lines leave the source, pass the words and arrive, that aim at these places, in units of half sides."""
    (here, half_here), (there, half_there), (middle, half) = (
        (np.array(box.middle), np.array([box.width / 2, box.height / 2])) for box in (source, target, words)
    )
    through = middle + passes * half
    start = leaving(here, half_here, here + first * half_here, through)
    end = leaving(there, half_there, there + last * half_there, through)
    return np.stack([start, np.broadcast_to(through, start.shape), end], axis=1)


def leaving(middle: Floats, half: Floats, inside: Floats, outside: Floats) -> Floats:
    """Where the lines from a place in a box to one outside leave the box."""
    step = outside - inside
    room = np.where(step > 0, middle + half - inside, inside - middle + half)
    share = np.minimum((room / np.maximum(np.abs(step), 1e-6)).min(axis=1), 1.0)
    border: Floats = inside + step * share[:, None]
    return border


def seen(points: Floats, words: TextBox) -> Floats:
    """How much of each way is seen before and after its words."""
    middle, half = np.array([words.middle, (words.width / 2, words.height / 2)])[..., None, None]
    start, along = segments_of(points)
    seen: Floats = np.sqrt((along * along).sum(axis=0)) * (
        1 - np.maximum(chord_shares(start, along, middle, half), 0.0)
    )
    return seen
