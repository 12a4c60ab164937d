"""Fans: arrows of one concept with the same words, said in the same way by the same, that share one box of words.

After J. D. Novak's maps, where a linking phrase with several lines reads on to several concepts. Arrows are made a fan
on the page, when all boxes have their places, and only where that harms nothing: each arrow has a place of its own to
fall back on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import TextBox
from kg.maps.layout.lines import BESIDE, LEAST_SEEN, MOST_LINES, Path, boxes_of, crossings_of, entered, leaving, turns
from kg.maps.layout.segments import Floats
from kg.maps.layout.straightening import APART, GRID, Room, apart, lengths_seen, met, within
from kg.maps.text import clean

MOST_ARROWS, MOST_TURN, LEAST_ANGLE = 4, 24.0, 12.0
"""Arrows of a fan; by how many degrees each may turn at the words, and how far two of them are apart at least."""
PASSES = np.array([(0.0, 0.0), (-0.35, 0.0), (0.35, 0.0), (-0.65, 0.0), (0.65, 0.0), (0.0, -0.5), (0.0, 0.5)])
"""Where lines may pass the words, from their middle, in half sides: those to either side pass them on that side."""
STEPS = np.linspace(-1.0, 1.0, 9)
"""Where the words may stand beside the middle between those that they replace, as shares of the way to the source."""


@dataclass(frozen=True, slots=True)
class Fan:
    """The box of the words that some arrows share, and their lines, by the places of the arrows."""

    words: TextBox
    paths: dict[int, Path]


def repeated(concept_map: ConceptMap) -> list[list[int]]:
    """The places of arrows that may share their words: those of a step of the walk, said in the same way by the same.

    So a fan is told at once (`kg.maps.walk`). What only counts claims is no words that repeat.
    """
    step_of = {each.id: number for number, step in enumerate(concept_map.steps) for each in step}
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for place, each in enumerate(concept_map.propositions):
        if each.credit or not each.text:
            said = each.words, each.stance, clean(each.credit or ""), clean(each.tag or "")
            found.setdefault((step_of[each.id], *said), {}).setdefault(each.target, place)
    return [list(places.values()) for places in found.values() if len(places) > 1]


def fanned(
    repeats: Sequence[Sequence[int]],
    ends: Sequence[tuple[int, int]],
    concepts: Sequence[TextBox],
    phrases: Sequence[TextBox],
    paths: Sequence[Path],
    room: Room,
) -> tuple[list[TextBox], list[Path]]:
    """The boxes of the words and the lines, where arrows that can be fans are: these have the same box of words.

    Arguments:
        repeats: what `repeated` found.
        ends: the source and the target of each line, as places in `concepts`.
        concepts: the boxes of the concepts, which stay.
        phrases: the boxes of the words, one a line.
        paths: the lines.
        room: x, y, width and height in px of the part of the page that boxes may stand in.
    """
    placed, lines = list(phrases), list(paths)
    if len(ends) > MOST_LINES:
        return placed, lines
    for places in repeats:
        left = list(places)
        for some in _choices(places):
            if set(some) <= set(left) and (fan := _fan(some, ends, concepts, placed, lines, room)):
                left = [place for place in left if place not in some]
                for place in some:
                    placed[place], lines[place] = fan.words, fan.paths[place]
    return placed, lines


def _choices(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Arrows that could be a fan, the most first."""
    few = places[: 2 * MOST_ARROWS]
    for count in range(min(MOST_ARROWS, len(few)), 1, -1):
        yield from combinations(few, count)


def _fan(
    some: Sequence[int],
    ends: Sequence[tuple[int, int]],
    concepts: Sequence[TextBox],
    phrases: Sequence[TextBox],
    paths: Sequence[Path],
    room: Room,
) -> Fan | None:
    """These arrows as a fan; None where there is no place for its words."""
    size = min(box.font_size for box in concepts)
    source, targets = concepts[ends[some[0]][0]], [concepts[ends[place][1]] for place in some]
    words = min((phrases[place] for place in some), key=lambda box: (box.width * box.height, box.width))
    half = np.array([words.width / 2, words.height / 2])
    others = [place for place in range(len(ends)) if place not in some]
    lines = np.array([paths[place] for place in others]).reshape(-1, 3, 2)
    boxes = boxes_of([*concepts, *(phrases[place] for place in others)])
    middles = _middles(source, [phrases[place] for place in some], targets)
    free = within(middles, half, room) & apart(middles, half, boxes, [], APART * size)
    middles = middles[free & ~met(middles, half + BESIDE * size * 0.5, lines)]
    if not len(middles):
        return None
    own = [ends[place] for place in some]
    ways = np.stack([_way(source, target, middles, half) for target in targets], axis=1)
    cost, kept = np.zeros(len(middles)), np.ones(len(middles), dtype=np.bool_)
    for number, place in enumerate(some):
        way, now = ways[:, number], np.array([paths[place]])
        harm, before = (
            crossings_of(each, lines) + entered(each, boxes, list(own[number]), BESIDE * size * 0.5)
            for each in (way, now)
        )
        turned = turns(way)
        kept &= (harm <= before[0]) & (turned <= MOST_TURN)
        kept &= (lengths_seen(way, middles, half) >= LEAST_SEEN * size).all(axis=1)
        cost += turned * size / 8 + np.sqrt((np.diff(way, axis=1) ** 2).sum(axis=2)).sum(axis=1)
    for one, two in combinations(range(len(some)), 2):
        heads = np.stack([ways[:, one, 2], ways[:, one, 1], ways[:, two, 2]], axis=1)
        kept &= turns(heads) <= 180 - LEAST_ANGLE
    if not kept.any():
        return None
    best = int(np.argmin(np.round(np.where(kept, cost, np.inf), 2)))
    x, y = np.round(middles[best] - half, 2).tolist()
    box = replace(words, x=x, y=y)
    return Fan(box, {place: _path(ways[best, number]) for number, place in enumerate(some)})


def _path(points: Floats) -> Path:
    (x0, y0), (x1, y1), (x2, y2) = np.round(points, 2).tolist()
    return (x0, y0), (x1, y1), (x2, y2)


def _middles(source: TextBox, words: Sequence[TextBox], targets: Sequence[TextBox]) -> Floats:
    """Places for the words: about the middle of those that they replace, and on the way to all targets."""
    here = np.array(source.middle)
    centre = np.array([box.middle for box in words]).mean(axis=0)
    far = np.array([box.middle for box in targets]).mean(axis=0)
    grid = np.array([(x, y) for x in STEPS for y in STEPS])
    reach = np.maximum(np.abs(centre - here), np.array([words[0].width, 2 * words[0].height]))
    on_the_way = here + np.linspace(0.2, 0.8, 25)[:, None] * (far - here)
    return np.concatenate([centre + grid * reach * 0.8, on_the_way])


def _way(source: TextBox, target: TextBox, middles: Floats, half: Floats) -> Floats:
    """The lines through words in these places, where in these and to where in the target they turn least."""
    (here, half_here), (there, half_there) = (
        (np.array(box.middle), np.array([box.width / 2, box.height / 2])) for box in (source, target)
    )
    ways, turned = [], []
    for passed, aim in product(PASSES, GRID):
        through = middles + passed * half
        start = leaving(here, half_here, np.broadcast_to(here, middles.shape), through)
        inside = np.broadcast_to(there + aim * half_there, middles.shape)
        ways.append(np.stack([start, through, leaving(there, half_there, inside, through)], axis=1))
        turned.append(turns(ways[-1]) + 6 * float(np.abs(aim).sum()) + 10 * float(np.abs(passed).sum()))
    best: Floats = np.stack(ways)[np.argmin(np.round(turned, 3), axis=0), np.arange(len(middles))]
    return best
