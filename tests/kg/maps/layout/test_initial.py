"""Starts without crossings: every map that can be drawn without them begins without them."""

import networkx as nx
import numpy as np
import pytest

from kg.maps.layout import initial
from kg.maps.layout.boxes import Boxes
from kg.maps.layout.initial import Pairs
from kg.maps.layout.segments import Floats, crossed

GRAPHS = {
    "one link": nx.path_graph(2),
    "a path": nx.path_graph(6),
    "a star": nx.star_graph(7),
    "a ring": nx.cycle_graph(9),
    "a grid": nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 5)),
    "a wheel": nx.wheel_graph(8),
    "two parts": nx.disjoint_union(nx.cycle_graph(4), nx.path_graph(3)),
}


def links_of(graph: "nx.Graph[int]") -> Pairs:
    return sorted((min(a, b), max(a, b)) for a, b in graph.edges)


def crossings(x: Floats, y: Floats, links: Pairs) -> int:
    def hits(one: tuple[int, int], two: tuple[int, int]) -> bool:
        (a, b), (c, d) = one, two
        ends = (x[a], y[a], x[b] - x[a], y[b] - y[a], x[c], y[c], x[d] - x[c], y[d] - y[c])
        return not {a, b} & {c, d} and bool(crossed(*(np.array(each) for each in ends)))

    return sum(hits(one, two) for i, one in enumerate(links) for two in links[:i])


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("seed", [1, 2])
def test_planar_maps_begin_without_crossings(name: str, seed: int) -> None:
    graph, rng = GRAPHS[name], np.random.default_rng(seed)
    links, count = links_of(graph), len(graph)
    apart = np.full((count, count), 4.0)
    for a, row in nx.all_pairs_shortest_path_length(graph):
        for b, steps in row.items():
            apart[a, b] = steps
    x, y = initial.to_scale(*initial.embedded(count, links, rng), apart)
    assert crossings(x, y, links) == 0
    strain = initial.strain(x, y, apart)
    initial.relax(x, y, apart, links, 20, rng)
    assert crossings(x, y, links) == 0
    assert initial.strain(x, y, apart) <= strain


@pytest.mark.parametrize(("graph", "planar"), [(nx.complete_graph(4), True), (nx.complete_graph(5), False)])
def test_what_is_planar(graph: "nx.Graph[int]", planar: bool) -> None:
    assert initial.is_planar(links_of(graph)) is planar


def test_few_links_of_other_maps_cross_at_first() -> None:
    graph = nx.complete_graph(5)
    x, y = initial.embedded(5, links_of(graph), np.random.default_rng(1))
    assert len(set(zip(x.tolist(), y.tolist(), strict=True))) == 5
    assert crossings(x, y, links_of(graph)) <= 2


def test_pairs_count_once() -> None:
    sizes = np.ones(6)
    ends = np.array([0, 1, 1]), np.array([1, 0, 2])
    boxes = Boxes(sizes, sizes, ((),) * 6, *ends, np.ones(3))
    assert initial.pairs(boxes) == [(0, 1), (1, 2)]
