"""The walk: the order in which the arrows of a map are told. It numbers sentences, steps of a build-up and pages alike.

A step is an arrow, or a fan: all arrows with the same words from one concept. The walk begins at the map's focus. A
concept is reached before an arrow leaves it: all that leaves a concept is told at once, in the order of the map, items
of an ordered list in theirs, then what leaves the concepts that were reached by it, the first of them first. Where
nothing more leaves what has been reached, an arrow that arrives there brings in the concept that it comes from, and
where nothing arrives either, the walk begins again at the concept that most of the rest is said of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Protocol, TypeVar


class Directed(Protocol):
    """What the walk has to know of a proposition (`kg.maps.concept_map.MapProposition`)."""

    @property
    def source(self) -> str:
        """The concept that it leaves."""

    @property
    def target(self) -> str:
        """The concept that it arrives at."""

    @property
    def words(self) -> str:
        """What stands on it."""

    @property
    def status(self) -> str:
        """What it is within its claim."""

    @property
    def number(self) -> int | None:
        """Its place in an ordered list."""

    @property
    def points_up(self) -> bool:
        """Whether it leads from the special to the general, which is told before."""


AnyArrow = TypeVar("AnyArrow", bound=Directed)
Step = tuple[AnyArrow, ...]


def most_said_of(arrows: Sequence[Directed]) -> str | None:
    """Return the concept with the most arrows; of equals, the one that more of them lead away from; None for none."""
    links: Counter[str] = Counter()
    for arrow in arrows:
        first, then = _way(arrow)
        links[first] += 101
        links[then] += 100
    return max(links, key=links.__getitem__, default=None)


def walk(arrows: Sequence[AnyArrow], start: str | None) -> tuple[Step[AnyArrow], ...]:
    """Return the steps in which a map is told.

    Arguments:
        arrows: the propositions in the order of the map.
        start: the concept to begin at; None for the one that most is said of.
    """
    steps = _steps(arrows)
    ways = [[_way(arrow) for arrow in step] for step in steps]
    leaving: dict[str, list[int]] = {}
    for place, way in enumerate(ways):
        leaving.setdefault(way[0][0], []).append(place)
    left, told = dict.fromkeys(range(len(steps))), list[int]()
    reached: dict[str, int] = {}

    def reach(concept: str) -> None:
        reached.setdefault(concept, len(reached))

    def tell(place: int) -> None:
        del left[place]
        told.append(place)
        for concept in chain.from_iterable(ways[place]):
            reach(concept)

    while left:
        arriving = [(reached[end], place) for place in left for _, end in ways[place] if end in reached]
        if arriving:
            _, nearest = min(arriving)
            tell(nearest)
            waiting = [ways[nearest][0][0]]
        else:
            fresh = start is not None and start not in reached
            waiting = [(start if fresh else most_said_of([arrow for place in left for arrow in steps[place]])) or ""]
            reach(waiting[0])
        while waiting:
            there = [place for place in leaving.pop(waiting.pop(), ()) if place in left]
            there = _in_order_of_lists(there, [steps[place][0].number for place in there])
            for place in there:
                tell(place)
            waiting.extend(end for place in reversed(there) for _, end in reversed(ways[place]))
    return tuple(steps[place] for place in told)


def _way(arrow: Directed) -> tuple[str, str]:
    """The concepts that an arrow joins as they are told: the general one before what is of its kind."""
    return (arrow.target, arrow.source) if arrow.points_up else (arrow.source, arrow.target)


def _steps(arrows: Sequence[AnyArrow]) -> list[Step[AnyArrow]]:
    """The arrows, those of a fan together where its first one stands; items of an ordered list stay apart."""
    steps: dict[object, list[AnyArrow]] = {}
    for place, arrow in enumerate(arrows):
        alone = arrow.points_up or arrow.number is not None
        key = place if alone else (arrow.source, arrow.words.casefold(), arrow.status)
        steps.setdefault(key, []).append(arrow)
    return [tuple(step) for step in steps.values()]


def _in_order_of_lists(places: list[int], numbers: list[int | None]) -> list[int]:
    """The steps from one concept, the items of an ordered list by their numbers where the first of them stands."""
    first = next((place for place, number in zip(places, numbers, strict=True) if number is not None), 0)
    keys = (
        (place if number is None else first, number or 0, place) for place, number in zip(places, numbers, strict=True)
    )
    return [place for *_, place in sorted(keys)]
