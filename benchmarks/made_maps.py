"""Concept maps that nobody has looked at: `python benchmarks/made_maps.py FOLDER` writes some as propositions.

A map is made of a kind, a size and a seed; the same three give the same map. Labels and linking phrases are as
long as those of maps that people draw; what they say means nothing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import networkx as nx

THINGS = (
    "allotment apprentice archive bakery bicycle bridge budget canal charter choir clinic committee compost council "
    "craft dairy festival ferry forest garden harbour harvest hedge kitchen ledger library lighthouse market meadow "
    "mill museum neighbour nursery orchard parish path pond post quarry railway river school shelter station "
    "storehouse street theatre tide tool tower trust union village volunteer weather well workshop"
).split()
MANNERS = (
    "affordable ageing borrowed busy careful common cooperative daily early forgotten generous hidden honest local "
    "long-term mutual open patient quiet reliable rural seasonal self-governing shared skilled small-scale sustainable "
    "timely unpaid well-kept"
).split()
MATTERS = (
    "accounts agreement attendance care cost duty funding hours knowledge learning maintenance membership opening "
    "planning practice quality reputation repair rules safety standards supply training trust upkeep value work"
).split()
VERBS = (
    "are part of|depends on|needs|leads to|is given to|supports|should be|can be lost without|is a kind of|pays for|"
    "has|creates|must never|is described as|persistently draws people towards|is difficult to change without|teaches|"
    "is run by|makes it possible to find|is owed to|explains|is required to create|should propagate|is measured by|"
    "comes before|invites|would lead to|is not concerned with|need to recognise the worth of|feeds"
).split("|")

Links = list[tuple[int, int]]


def _tree(size: int, rng: random.Random, hubs: float) -> Links:
    """A tree; the more `hubs`, from 0 to 1, the more a concept with many links gets."""
    links: Links = []
    for new in range(1, size):
        ends = [end for link in links for end in link] or [0]
        links.append((rng.choice(ends) if rng.random() < hubs else rng.randrange(new), new))
    return links


def _grown(size: int, count: int, rng: random.Random, hubs: float, fits: Callable[[nx.Graph], bool]) -> Links:
    """A tree with more links, each of which must leave a graph that `fits`."""
    links = _tree(size, rng, hubs)
    graph = nx.Graph(links)
    for _ in range(2000):
        if len(links) >= count:
            break
        a, b = rng.randrange(size), rng.randrange(size)
        if hubs > rng.random():
            a = rng.choice([end for link in links for end in link])
        near = nx.single_source_shortest_path_length(graph, a, 4)
        # People link what they have put near each other, and now and then what stands far apart.
        if a == b or graph.has_edge(a, b) or (b not in near and rng.random() < 0.7):
            continue
        graph.add_edge(a, b)
        if fits(graph):
            links.append((a, b))
        else:
            graph.remove_edge(a, b)
    return links


def _planar(size: int, count: int, rng: random.Random) -> Links:
    return _grown(size, count, rng, 0.3, lambda graph: bool(nx.check_planarity(graph)[0]))


def _tangled(size: int, count: int, rng: random.Random) -> Links:
    return _grown(size, count, rng, 0.3, lambda graph: True)


def _hubs(size: int, count: int, rng: random.Random) -> Links:
    return _grown(size, count, rng, 0.85, lambda graph: True)


def _trees(size: int, count: int, rng: random.Random) -> Links:
    return _tree(size, rng, 0.4)


def _cycles(size: int, count: int, rng: random.Random) -> Links:
    """A ring with shorter rings hung on it."""
    ring = max(3, size // 3)
    links = [(i, (i + 1) % ring) for i in range(ring)]
    new = ring
    while new < size:
        length = min(rng.randint(2, 4), size - new)
        chain = [rng.randrange(new), *range(new, new + length), rng.randrange(new)]
        links += pairwise(chain)
        new += length
    return [link for link in dict.fromkeys(links) if link[0] != link[1]][:count]


def _chains(size: int, count: int, rng: random.Random) -> Links:
    """One long chain with shortcuts: events in their order."""
    links = list(pairwise(range(size)))
    while len(links) < count:
        a = rng.randrange(size - 2)
        link = (a, min(size - 1, a + rng.randint(2, 5)))
        if rng.random() < 0.3:
            link = link[::-1]
        if link not in links and link[::-1] not in links:
            links.append(link)
    return links


def _ladder(size: int, count: int, rng: random.Random) -> Links:
    """Two chains beside each other, joined by rungs."""
    half = size // 2
    links = [*pairwise(range(half)), *pairwise(range(half, size))]
    rungs = [(i, half + i) for i in range(half)]
    rng.shuffle(rungs)
    return (links + rungs)[:count]


def _parts(size: int, count: int, rng: random.Random) -> Links:
    """Several maps that nothing joins: a large one, and smaller ones."""
    links: Links = []
    first = 0
    for share in (0.5, 0.3, 0.2):
        concepts = round(size * share) if share > 0.2 else size - first
        some = _grown(concepts, round(count * share), rng, 0.3, lambda graph: True)
        links += [(first + a, first + b) for a, b in some]
        first += concepts
    return links


def _doubled(size: int, count: int, rng: random.Random) -> Links:
    """Pairs of concepts with links both ways, or two the same way."""
    links = _grown(size, count - count // 5, rng, 0.3, lambda graph: True)
    twice = rng.sample(links, count - len(links))
    return links + [(b, a) if rng.random() < 0.6 else (a, b) for a, b in twice]


def _layers(size: int, count: int, rng: random.Random) -> Links:
    """Rows of concepts, each linked to one or two of the row above: from general to special."""
    rows = [[0]]
    while sum(map(len, rows)) < size:
        first = sum(map(len, rows))
        rows.append(list(range(first, min(size, first + rng.randint(3, 7)))))
    links = [(rng.choice(above), each) for above, row in pairwise(rows) for each in row]
    while len(links) < count:
        above, row = rng.choice(list(pairwise(rows)))
        link = rng.choice(above), rng.choice(row)
        if link not in links:
            links.append(link)
    return links


KINDS: dict[str, Callable[[int, int, random.Random], Links]] = {
    "planar": _planar,
    "tangled": _tangled,
    "hubs": _hubs,
    "tree": _trees,
    "cycles": _cycles,
    "long": _tangled,
    "chain": _chains,
    "ladder": _ladder,
    "parts": _parts,
    "doubled": _doubled,
    "layers": _layers,
    "fans": _hubs,
}
SIZES = ((8, 9), (12, 15), (20, 25), (30, 40), (37, 50))


def _label(rng: random.Random, long: bool) -> str:
    words = [rng.choice(THINGS)]
    if rng.random() < 0.55:
        words.insert(0, rng.choice(MANNERS))
    if rng.random() < 0.35:
        words.append(rng.choice(MATTERS))
    if long or rng.random() < 0.1:
        words += ["and the", rng.choice(MANNERS), rng.choice(MATTERS), "of the", rng.choice(THINGS)]
    text = " ".join(words)
    return text[0].upper() + text[1:]


def made(kind: str, concepts: int, links: int, seed: int) -> str:
    """A map as lines of concept TAB linking phrase TAB concept.

    Arguments:
        kind: one of `KINDS`; "long" has longer labels, a "tree" has only as many links as it needs, and in
            "fans" most concepts repeat a phrase of theirs.
        concepts: how many there are.
        links: how many propositions there are, or fewer where the kind has no room for so many.
        seed: another seed gives another map.
    """
    rng = random.Random(f"{kind} {concepts} {links} {seed}")
    labels: list[str] = []
    while len(labels) < concepts:
        label = _label(rng, kind == "long" and rng.random() < 0.3)
        if label not in labels:
            labels.append(label)
    ends = KINDS[kind](concepts, links, rng)
    phrases = [rng.choice(VERBS) for _ in ends]
    if kind == "fans":
        usual = [rng.choice(VERBS) for _ in labels]
        phrases = [usual[a] if rng.random() < 0.7 else phrase for (a, _), phrase in zip(ends, phrases, strict=True)]
    lines = [(labels[a], phrase, labels[b]) for (a, b), phrase in zip(ends, phrases, strict=True)]
    return "".join("\t".join(line) + "\n" for line in lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for size, count in SIZES:
        for kind in KINDS:
            file = folder / f"{kind}-{size}x{count}.tsv"
            file.write_text(made(kind, size, count, 1), encoding="utf-8")
    print(f"{folder}: {len(SIZES) * len(KINDS)} maps written")
