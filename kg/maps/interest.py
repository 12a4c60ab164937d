"""Degree of interest: which concepts a map keeps when there is not room for all.

G. W. Furnas, *Generalized Fisheye Views*, CHI 1986: the interest of a thing, seen from a focus, is its importance
in itself minus its distance from the focus. Importance is here log2(1 + claims about the concept that the arrows
stand for), distance is counted in steps along arrows: a concept with twice the claims may be a step further away.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence
from math import log2

from kg.maps.arrows import Arrow, neighbours, steps_from

MOST_READABLE = 25
"""Concepts that a reader takes in at once (Novak and Cañas, *The Theory Underlying Concept Maps*, 2006)."""

EVERYWHERE = 1_000_000
"""More steps than any two concepts are apart."""


def importance(arrows: Sequence[Arrow]) -> dict[str, float]:
    """Return how important each concept is in itself, from 1 upwards."""
    claims: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        for end in arrow.ends:
            claims[end].update(claim.slug for claim in arrow.claims)
    return {concept: round(log2(1 + len(found)), 6) for concept, found in claims.items()}


def ranked(arrows: Sequence[Arrow], focus: str | None = None) -> list[str]:
    """Return the concepts by their degree of interest, highest first; equal ones by their slug.

    Arguments:
        arrows: what joins them.
        focus: the concept that they are seen from; None for importance alone. Concepts that no path joins to it
            come last.
    """
    worth = importance(arrows)
    steps = steps_from(focus, EVERYWHERE, arrows) if focus else dict.fromkeys(worth, 0)
    return sorted(worth, key=lambda c: (steps.get(c, EVERYWHERE) - worth[c], c))


def most_interesting(arrows: Sequence[Arrow], most: int, focus: str | None = None) -> set[str]:
    """Return at most so many concepts, those of the highest degree of interest.

    With a focus they hang together: each is joined to it by arrows between concepts that are kept too.
    """
    if focus is None:
        return set(ranked(arrows)[:most])
    place = {concept: number for number, concept in enumerate(ranked(arrows, focus))}
    beside = neighbours(arrows)
    kept: set[str] = set()
    waiting = [(0, focus)]
    while waiting and len(kept) < most:
        _, here = heapq.heappop(waiting)
        if here not in kept:
            kept.add(here)
            for there in beside.get(here, ()):
                heapq.heappush(waiting, (place[there], there))
    return kept
