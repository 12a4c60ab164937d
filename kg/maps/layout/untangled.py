"""A first arrangement with few crossings: a planar drawing of as much of the map as has one, drawn in shape.

As many links as can be are kept planar and drawn on a grid without crossings (M. Chrobak and T. Payne, *A
Linear-time Algorithm for Drawing a Planar Graph on a Grid*, Information Processing Letters 54, 1995, in
networkx). Then each concept in turn goes towards where stress majorisation wants it, as far as that makes no
line cross anew.
"""

from typing import cast

import networkx as nx
import numpy as np

from kg.maps.layout.moves import Boxes, Indices
from kg.maps.layout.planar import Floats, chord_shares, crossed

Pairs = list[tuple[int, int]]

A_CROSSING, CLOSE = 10.0, 0.12
STRIDES = np.array([1.0, 0.7, 0.45, 0.25, 0.1, 0.04, 0.0])


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

    Arguments:
        x: where the concepts are.
        y: likewise.
        at_x: places for concept i.
        at_y: likewise.
        i: the concept.
        far: the concepts that it is linked with.
        bars: both ends of the lines between other concepts.
    """
    a, b = bars
    margin = np.array(CLOSE)
    x0, y0 = at_x[:, None, None], at_y[:, None, None]
    reach_x, reach_y = x[far][:, None] - x0, y[far][:, None] - y0
    hits = crossed(x0, y0, reach_x, reach_y, x[a], y[a], x[b] - x[a], y[b] - y[a])
    # Lines that share an end meet there, which is no crossing.
    hits &= (far[:, None] != a) & (far[:, None] != b)
    beside = chord_shares(x[a], y[a], x[b] - x[a], y[b] - y[a], x0[:, 0], y0[:, 0], margin, margin) > 0
    passed = chord_shares(x0, y0, reach_x, reach_y, x, y, margin, margin) > 0
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
