"""A first arrangement: concepts as far apart as the graph says, turned so that arrows point down.

Stress majorisation (E. R. Gansner, Y. Koren and S. North, *Graph Drawing by Stress Majorization*, Graph
Drawing 2004) from seeded random positions, by rows of sums rather than matrix products, whose last digits
differ between processors.
"""

from collections import deque
from math import cos, pi, sin

import numpy as np

from kg.maps.layout.moves import Boxes
from kg.maps.layout.planar import Floats, single

STEPS, ANGLES = 120, 24


def distances(boxes: Boxes) -> Floats:
    """How many propositions lie between any two concepts; unconnected ones count as a little further."""
    n = boxes.concepts
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for source, target in zip(boxes.source.tolist(), boxes.target.tolist(), strict=True):
        neighbours[source].append(target)
        neighbours[target].append(source)
    found = np.full((n, n), -1.0)
    for start in range(n):
        found[start, start] = 0.0
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for there in neighbours[here]:
                if found[start, there] < 0:
                    found[start, there] = found[start, here] + 1
                    queue.append(there)
    found[found < 0] = min(found.max() + 1, 4.0)
    return found


def start(boxes: Boxes, apart: Floats, width: float, height: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Middles of all boxes, phrases halfway, within a page of this size in px around the origin."""
    n = boxes.concepts
    x: Floats = rng.random(n) - 0.5
    y: Floats = rng.random(n) - 0.5
    weight = np.where(apart > 0, 1.0 / np.maximum(apart, 1.0) ** 2, 0.0)
    for _ in range(STEPS if n > 1 else 0):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        ratio = apart / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-3)
        x = (weight * (x[None, :] + ratio * dx)).sum(axis=1) / weight.sum(axis=1)
        y = (weight * (y[None, :] + ratio * dy)).sum(axis=1) / weight.sum(axis=1)
    return placed(boxes, x, y, width, height)


def placed(boxes: Boxes, x: Floats, y: Floats, width: float, height: float) -> tuple[Floats, Floats]:
    """Middles of all boxes on a page of this size, from those of the concepts in any unit."""
    n = boxes.concepts
    x, y = _upright(boxes, np.round(x, 6), np.round(y, 6))
    x = _stretch(x, width - 2 * float(boxes.half_width[:n].max(initial=0.0)))
    y = _stretch(y, height - 2 * float(boxes.half_height[:n].max(initial=0.0)))
    x = np.concatenate([x, (x[boxes.source] + x[boxes.target]) / 2])
    y = np.concatenate([y, (y[boxes.source] + y[boxes.target]) / 2])
    return single(np.round(x)), single(np.round(y))


def _upright(boxes: Boxes, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The arrangement turned so that as many arrows as can point down and it is wider than high."""
    best, best_score = (x, y), -np.inf
    for k in range(ANGLES):
        angle = 2 * pi * k / ANGLES
        turned_x, turned_y = cos(angle) * x - sin(angle) * y, sin(angle) * x + cos(angle) * y
        fall = (turned_y[boxes.target] - turned_y[boxes.source]) * boxes.down
        wide = float(np.ptp(turned_x)) / max(float(np.ptp(turned_y)), 1e-3) if len(x) > 1 else 1.0
        score = round(float(np.clip(fall, -1.0, 1.0).sum()) + len(x) * 0.3 * min(wide, 1.6), 6)
        if score > best_score:
            best, best_score = (turned_x, turned_y), score
    return best


def _stretch(values: Floats, size: float) -> Floats:
    """The values moved and scaled to fill a range of this size around 0."""
    if not len(values) or np.ptp(values) == 0:
        return np.zeros(len(values))
    middle = (values.max() + values.min()) / 2
    return np.asarray((values - middle) * (size / np.ptp(values)))
