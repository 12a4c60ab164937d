"""Initial placements: where concepts stand before the search, by stress majorisation or as a planar drawing.

Stress majorisation (E. R. Gansner, Y. Koren and S. North, *Graph Drawing by Stress Majorization*, Graph Drawing 2004)
puts concepts as far apart as the graph says, from seeded random positions, by rows of sums rather than matrix products,
whose last digits differ between processors. A planar drawing has few crossings: as many links as can be are kept planar
and drawn on a grid without crossings (M. Chrobak and T. Payne, *A Linear-time Algorithm for Drawing a Planar Graph on a
Grid*, Information Processing Letters 54, 1995, in networkx); then each concept in turn goes towards where stress
majorisation wants it, as far as that makes no line cross anew.
"""

from math import cos, pi, sin
from typing import cast

import networkx as nx
import numpy as np

from kg.maps.layout.boxes import Boxes
from kg.maps.layout.segments import Floats, Indices, chord_shares, crossed, single

Pairs = list[tuple[int, int]]

A_CROSSING, CLOSE = 10.0, 0.12
STRIDES = np.array([1.0, 0.7, 0.45, 0.25, 0.1, 0.04, 0.0])
STEPS, ANGLES = 120, 24


def distances(boxes: Boxes) -> Floats:
    """How many propositions lie between any two concepts; unconnected ones count as a little further."""
    n = boxes.concepts
    graph: nx.Graph[int] = nx.Graph(pairs(boxes))
    graph.add_nodes_from(range(n))
    found = np.full((n, n), -1.0)
    for start, steps in nx.all_pairs_shortest_path_length(graph):
        found[start, list(steps)] = list(steps.values())
    found[found < 0] = min(found.max() + 1, 4.0)
    return found


def start(boxes: Boxes, apart: Floats, width: float, height: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Middles of the concepts within a page of this size in px around the origin."""
    n = boxes.concepts
    x: Floats = rng.random(n) - 0.5
    y: Floats = rng.random(n) - 0.5
    weight = closeness(apart)
    for _ in range(STEPS if n > 1 else 0):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        ratio = apart / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-3)
        x = (weight * (x[None, :] + ratio * dx)).sum(axis=1) / weight.sum(axis=1)
        y = (weight * (y[None, :] + ratio * dy)).sum(axis=1) / weight.sum(axis=1)
    return placed(boxes, x, y, width, height)


def placed(boxes: Boxes, x: Floats, y: Floats, width: float, height: float) -> tuple[Floats, Floats]:
    """Middles of the concepts on a page of this size, from those in any unit."""
    n = boxes.concepts
    x, y = _upright(boxes, np.round(x, 6), np.round(y, 6))
    x = _stretch(x, width - 2 * float(boxes.half_width[:n].max(initial=0.0)))
    y = _stretch(y, height - 2 * float(boxes.half_height[:n].max(initial=0.0)))
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


def pairs(boxes: Boxes) -> Pairs:
    """The pairs of concepts that are linked, each once."""
    ends = zip(boxes.source.tolist(), boxes.target.tolist(), strict=True)
    return sorted({(min(pair), max(pair)) for pair in ends})


def is_planar(links: Pairs) -> bool:
    """Whether these links can be drawn without crossings."""
    return bool(nx.check_planarity(nx.Graph(links))[0])


def embedded(count: int, links: Pairs, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Places of so many concepts, in units that mean nothing, in which most links cross no other.

    Another state of `rng` gives another of the many planar drawings.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(rng.permutation(count).tolist())
    embedding = _grow(graph, [links[i] for i in rng.permutation(len(links)).tolist()])
    places = nx.combinatorial_embedding_to_pos(embedding)
    middles = np.array([places[concept] for concept in range(count)], dtype=np.float64)
    return middles[:, 0].copy(), middles[:, 1].copy()


def _grow(graph: "nx.Graph[int]", links: Pairs) -> "nx.PlanarEmbedding[int]":
    """Add as many of these links as leave the graph planar, and return how it lies in the plane."""
    graph.add_edges_from(links)
    planar, embedding = nx.check_planarity(graph)
    if planar:
        return cast("nx.PlanarEmbedding[int]", embedding)
    graph.remove_edges_from(links)
    if len(links) == 1:
        return _grow(graph, [])
    _grow(graph, links[: len(links) // 2])
    return _grow(graph, links[len(links) // 2 :])


def relax(x: Floats, y: Floats, apart: Floats, links: Pairs, sweeps: int, rng: np.random.Generator) -> None:
    """Bring the concepts about as far apart as `apart` says, in place, as far as no line crosses anew."""
    count = len(x)
    share = closeness(apart)
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-9)
    a, b = np.array(links, dtype=np.intp).reshape(-1, 2).T
    mine = [(a == concept) | (b == concept) for concept in range(count)]
    far = [np.where(a[lines] == concept, b[lines], a[lines]) for concept, lines in enumerate(mine)]
    bars = [(a[~lines], b[~lines]) for lines in mine]
    for _ in range(sweeps if count > 2 else 0):
        for i in rng.permutation(count).tolist():
            dx, dy = x[i] - x, y[i] - y
            ratio = apart[i] / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-3)
            at_x = np.round(x[i] + STRIDES * ((share[i] * (x + ratio * dx)).sum() - x[i]), 6)
            at_y = np.round(y[i] + STRIDES * ((share[i] * (y + ratio * dy)).sum() - y[i]), 6)
            taken = int(np.argmin(_trouble(x, y, at_x, at_y, i, far[i], bars[i])))
            x[i], y[i] = at_x[taken], at_y[taken]


def strain(x: Floats, y: Floats, apart: Floats) -> float:
    """How far the distances are from those wanted, whatever the scale of the drawing."""
    weight = closeness(apart)
    distance = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    scale = (weight * apart * distance).sum() / max(float((weight * distance**2).sum()), 1e-9)
    return round(float((weight * (scale * distance - apart) ** 2).sum()), 4)


def closeness(apart: Floats) -> Floats:
    """How much each distance matters: the less the further."""
    return np.where(apart > 0, 1.0 / np.maximum(apart, 1.0) ** 2, 0.0)


def _trouble(
    x: Floats, y: Floats, at_x: Floats, at_y: Floats, i: int, far: Indices, bars: tuple[Indices, Indices]
) -> Floats:
    """How much crosses, or comes close, when concept i stands at each of these places.

    `far` are the concepts that it is linked with, `bars` both ends of the lines between other concepts.
    """
    a, b = bars
    margin = np.array(CLOSE)
    x0, y0 = at_x[:, None, None], at_y[:, None, None]
    reach_x, reach_y = x[far][:, None] - x0, y[far][:, None] - y0
    hits = crossed(x0, y0, reach_x, reach_y, x[a], y[a], x[b] - x[a], y[b] - y[a])
    # Lines that share an end meet there, which is no crossing.
    hits &= (far[:, None] != a) & (far[:, None] != b)
    places, at, reach = np.stack([x, y]), np.stack([x0, y0]), np.stack([reach_x, reach_y])
    beside = chord_shares(places[:, None, a], (places[:, b] - places[:, a])[:, None], at[..., 0], margin) > 0
    passed = chord_shares(at, reach, places[:, None, None], margin) > 0
    passed[:, np.arange(len(far)), far] = False
    passed[:, :, i] = False
    trouble: Floats = A_CROSSING * hits.sum(axis=(1, 2)) + beside.sum(axis=1) + passed.sum(axis=(1, 2))
    return trouble


def to_scale(x: Floats, y: Floats, apart: Floats) -> tuple[Floats, Floats]:
    """The places drawn in or out until their distances are about those wanted."""
    x, y = x - x.mean(), y - y.mean()
    y = y * (max(float(np.ptp(x)), 1.0) / max(float(np.ptp(y)), 1.0))
    weight = closeness(apart)
    distance = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    scale = float((weight * apart * distance).sum()) / max(float((weight * distance**2).sum()), 1e-9)
    return np.round(x * scale, 6), np.round(y * scale, 6)
