"""Alignment: the last pass, which puts what stands almost in line with what it is joined to in line with it.

Boxes whose middles differ by a hair look careless. One that is almost in line is moved into line, or clearly out of it,
where that harms nothing.
"""

from dataclasses import replace
from itertools import product

import numpy as np

from kg.maps.layout.local_search import Arrangement, Search
from kg.maps.layout.objective import OUT_OF_LINE, STRICTEST, askew
from kg.maps.layout.segments import Floats, Indices, single

ROUNDS, PRICE = 3, 400.0
STEP = np.array([0.0, 3.0, -3.0, 6.0, -6.0, 9.0, -9.0, 12.0, -12.0, 18.0, -18.0, 24.0, -24.0])


def aligned(search: Search, arrangement: Arrangement) -> Arrangement:
    """Return the arrangement with fewer concepts almost in line, as far as no step towards that does harm."""
    objective, tidy = search.objective, arrangement.copy()
    usual, strictness = objective.weights, objective.strictness
    harm = _harm(search, tidy)
    objective.weights, objective.strictness = replace(usual, askew=PRICE), STRICTEST
    for _ in range(ROUNDS):
        crooked = _crooked(search, tidy)
        for concept in crooked.tolist():
            moved = tidy.copy()
            _straighten(search, moved, concept)
            after = _harm(search, moved)
            if all(now <= then for now, then in zip(after, harm, strict=True)):
                tidy, harm = moved, after
        if not len(crooked):
            break
    objective.weights, objective.strictness = usual, strictness
    return tidy


def _harm(search: Search, arrangement: Arrangement) -> tuple[float, int, int]:
    """What must not be, crossings, and arrows that do not read on."""
    backward = search.objective.backward(arrangement.places)
    return search.flaws(arrangement), search.crossings(arrangement), backward


def _crooked(search: Search, arrangement: Arrangement) -> Indices:
    source, target = search.objective.boxes.source, search.objective.boxes.target
    lines = askew(arrangement.places[:, source] - arrangement.places[:, target]).any(axis=0)
    return np.unique(np.concatenate([source[lines], target[lines]]))


def _straighten(search: Search, arrangement: Arrangement, concept: int) -> None:
    """Move a concept to the place near it that costs least, alone or with its phrases."""
    places = arrangement.places
    across, down = (_steps(values, search.partners[concept], concept).tolist() for values in places)
    steps = np.array(list(product(across, down))).T[:, :, None]
    best: tuple[float, Floats] | None = None
    for move in (search.alone[concept], search.together[concept]):
        at = places[:, None, move.boxes] + single((steps * move.shares).round())
        cost = search.objective.cost(places, move, at)
        gain = cost - cost[0]
        taken = int(np.argmin(gain))
        if best is None or gain[taken] < best[0]:
            best, boxes = (float(gain[taken]), at[:, taken]), move.boxes
    if best is not None:
        places[:, boxes] = best[1]


def _steps(values: Floats, partners: list[int], concept: int) -> Floats:
    """Steps along an axis: none, small ones, and those into line with a partner."""
    apart = values[partners] - values[concept]
    near = apart[np.abs(apart) <= 2 * OUT_OF_LINE]
    return np.concatenate([STEP, near]) if len(near) else STEP
