"""How well an arrangement can be read: arrows that read on, ordered things in their order, the focus in its place.

An arrow reads on where its target stands lower than its source, or level with it and to its right: so readers of
English go through a page. All prices are in px by which something stands away from where it would be right.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from kg.maps.layout.segments import Floats

LOWER, LEVEL = 1.15, 0.8
"""How much lower a box has to stand to be lower for sure, and how much it may to be level for sure, in units of half
the height of the lower of two boxes."""
BESIDE = 12.0
"""How far to the right, in px, a level box has to stand."""
APART_X, APART_Y, IN_LINE = 60.0, 36.0, 9.0
"""How far the next of an ordered list has to stand to the right, or below, and how far it may be out of line, in px."""
WRONG = 30.0
"""As how many px it counts that the order is wrong at all."""
OUTSIDE = 60.0
"""As how many px it counts that the focus is not in its place at all."""
CENTRAL, NOT_LOW = 0.08, 0.08
"""How far from the middle of the page the focus may stand, to either side and below, as shares of the page."""


def missed(wide: Floats, fall: Floats, half_height: Floats) -> Floats:
    """How far arrows are from reading on, 0 for those that do.

    Arguments:
        wide: how far the target is to the right of the source, in px.
        fall: how far it is below.
        half_height: half the height of the lower of the two boxes.
    """
    below = np.maximum(LOWER * half_height - fall, 0.0)
    beside = np.maximum(np.abs(fall) - LEVEL * half_height, 0.0) + np.maximum(BESIDE - wide, 0.0)
    return np.asarray(np.minimum(below, beside))


def disordered(wide: Floats, fall: Floats) -> Floats:
    """How far the next of an ordered list is from where it is looked for: to the right in a row, or below."""
    right = np.maximum(APART_X - wide, 0.0) + np.maximum(np.abs(fall) - IN_LINE, 0.0)
    below = np.maximum(APART_Y - fall, 0.0) + np.maximum(np.abs(wide) - APART_X, 0.0)
    least = np.minimum(right, below)
    return np.asarray(least + WRONG * (least > 0))


def displaced(x: Floats, y: Floats, width: float, height: float) -> Floats:
    """How far the focus is from the middle of the page, or from its centre line above that."""
    away = np.maximum(np.abs(x) - CENTRAL * width, 0.0) + np.maximum(y - NOT_LOW * height, 0.0)
    return np.asarray(away + OUTSIDE * (away > 0))


def returns(arrows: Sequence[Sequence[int]]) -> int:
    """How many of these arrows have to run back because of circles, as few as a greedy order leaves.

    After P. Eades, X. Lin and W. F. Smyth, *A Fast and Effective Heuristic for the Feedback Arc Set Problem*,
    Information Processing Letters 47, 1993.
    """
    left, first, last = {end for arrow in arrows for end in arrow}, list[int](), list[int]()
    while left:
        among = [(a, b) for a, b in arrows if a in left and b in left]
        leave, arrive = Counter(a for a, _ in among), Counter(b for _, b in among)
        sinks = [each for each in sorted(left) if not leave[each]]
        pick = sinks[0] if sinks else max(sorted(left), key=lambda each: (not arrive[each], leave[each] - arrive[each]))
        (last if sinks else first).append(pick)
        left.remove(pick)
    place = {each: number for number, each in enumerate(first + last[::-1])}
    return sum(place[a] > place[b] for a, b in arrows)
