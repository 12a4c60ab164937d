"""The ranking of concepts: which of them a map keeps when there is not room for all.

It is the degree of interest of G. W. Furnas, *Generalized Fisheye Views*, CHI 1986: that of a thing, seen from a focus,
is its importance in itself minus its distance from the focus. Importance is here log2(1 + claims about the concept that
the links stand for), distance is counted in steps along links: a concept with twice the claims may be a step further
away.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import log2

import networkx as nx

from kg.maps.links import Link, graph_of, steps_from

NO_PATH = 1_000_000
"""More steps than any two concepts are apart."""


def importance(links: Sequence[Link]) -> dict[str, float]:
    """Return how important each concept is in itself, from 1 upwards."""
    claims: dict[str, set[str]] = defaultdict(set)
    for link in links:
        for end in link.ends:
            claims[end].update(claim.slug for claim in link.claims)
    return {concept: round(log2(1 + len(found)), 6) for concept, found in claims.items()}


def ranked(links: Sequence[Link], foci: Collection[str] = (), together: Iterable[Collection[str]] = ()) -> list[str]:
    """Return the concepts by their degree of interest, highest first; equal ones by their slug.

    Arguments:
        links: what joins them.
        foci: the concepts that they are seen from; none for importance alone. Concepts that no path joins to them
            come last.
        together: concepts that are told together, each of which ranks as the highest of them.
    """
    worth = importance(links)
    steps = steps_from(foci, None, links) if foci else dict.fromkeys(worth, 0)
    distance = {concept: steps.get(concept, NO_PATH) - worth[concept] for concept in worth}
    for mates in together:
        distance |= dict.fromkeys(mates, min(distance[each] for each in mates))
    return sorted(distance, key=lambda c: (distance[c], c))


def highest_ranked(
    links: Sequence[Link], most: int, foci: Collection[str] = (), together: Iterable[Collection[str]] = ()
) -> set[str]:
    """Return at most so many concepts, those of the highest degree of interest; arguments as for `ranked`.

    Each is joined to another that is kept. With foci a path leads from each to one of them.
    """
    if not foci:
        return _joined(ranked(links, (), together), graph_of(links), most)
    place = {concept: number for number, concept in enumerate(ranked(links, foci, together))}
    graph = graph_of(links)
    graph.add_nodes_from(foci)
    kept: set[str] = set()
    waiting = [(-1, focus) for focus in foci]
    while waiting and len(kept) < most:
        _, here = heapq.heappop(waiting)
        if here not in kept:
            kept.add(here)
            for there in graph[here]:
                heapq.heappush(waiting, (place[there], there))
    return kept


def highest_ranked_links(
    links: Sequence[Link], most: int, foci: Collection[str], lists: Sequence[Sequence[Link]]
) -> list[Link]:
    """Return the links between the concepts that rank highest; a list for which there is no room is left out as one.

    Arguments:
        links: what was chosen.
        most: how many concepts there may be.
        foci: the concepts that they are seen from; none for importance alone.
        lists: the lists among the links.
    """
    kept = highest_ranked(links, most, foci, [{link.ends[1] for link in each} for each in lists])
    drawn = [link for link in links if kept.issuperset(link.ends)]
    split = next((each for each in lists if 0 < len(set(each).intersection(drawn)) < len(each)), None)
    if split is None:
        return drawn
    rest = [link for link in links if link not in split]
    return highest_ranked_links(rest, most, foci, [each for each in lists if each is not split])


def _joined(order: Sequence[str], graph: nx.Graph[str], most: int) -> set[str]:
    """Return the first concepts of an order, but those that are joined to none of them."""
    seen: set[str] = set()
    joined: set[str] = set()
    for here in order:
        seen.add(here)
        near = seen.intersection(graph[here])
        new = ({here, *near} if near else set()) - joined
        if len(joined) + len(new) <= most:
            joined |= new
    return joined
