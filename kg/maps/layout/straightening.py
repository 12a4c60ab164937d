"""Straightening: words that make their line turn are moved to where it runs straight, where that harms nothing.

This is done on the page itself, when all boxes have their places and sizes: what spreads a map over its page, and what
aims lines beside the middles of boxes, leaves some words beside the straight line, and some too near to a box.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from kg.maps.drawing.geometry import TextBox
from kg.maps.layout.lines import (
    BESIDE,
    LEAST_SEEN,
    MOST_LINES,
    Path,
    aimed,
    boxes_of,
    crossings_of,
    entered,
    leaving,
    seen,
    segments_of,
    touched,
    turns,
)
from kg.maps.layout.segments import Floats, Truths, chord_shares

ROUNDS, MOST_TURN, APART = 3, 15.0, 0.3
"""How often all lines are looked at, from how many degrees on one turns, and how far words stand from other boxes, in
font sizes of concepts."""
GRID = np.array(list(product((0.0, -0.3, 0.3, -0.6, 0.6, -0.85, 0.85), (0.0, -0.6, 0.6))))
PASSES = ((0.0, 0.0), (0.0, -0.3), (0.0, 0.3), (-0.25, 0.0), (0.25, 0.0))
"""Where lines aim, and where they pass their words, from the middle of a box, in units of half its sides."""
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on the straight line the words may stand, from the border of its source to that of its target."""

Room = tuple[float, float, float, float]


def straightened(
    ends: Sequence[tuple[int, int]], concepts: Sequence[TextBox], phrases: Sequence[TextBox], room: Room
) -> tuple[list[TextBox], list[Path]]:
    """The boxes of the words, some of them moved, and the lines through them.

    Arguments:
        ends: the source and the target of each line, as places in `concepts`.
        concepts: the boxes of the concepts, which stay.
        phrases: the boxes of the words.
        room: x, y, width and height in px of the part of the page that boxes may stand in.
    """
    placed, paths = list(phrases), aimed(ends, concepts, phrases)
    if not 0 < len(ends) <= MOST_LINES:
        return placed, paths
    size = min(box.font_size for box in concepts)
    for _ in range(ROUNDS):
        troubled = [line for line, words in enumerate(placed) if _trouble(paths[line], words, size)]
        moved = False
        for line in sorted(troubled, key=lambda each: -_trouble(paths[each], placed[each], size)):
            better = _better(line, ends, concepts, placed, paths, room, size)
            if better is not None:
                placed[line], paths[line], moved = *better, True
            elif beside := _beside(line, ends, concepts, placed, paths, room, size):
                placed, paths = beside
                moved = True
        if not moved:
            break
        again = aimed(ends, concepts, placed)
        if _total(again, placed, size) <= _total(paths, placed, size):
            paths = again
    return placed, paths


def _total(paths: Sequence[Path], phrases: Sequence[TextBox], size: float) -> float:
    return round(sum(_trouble(path, words, size) for path, words in zip(paths, phrases, strict=True)), 2)


def _trouble(path: Path, words: TextBox, size: float) -> float:
    """By how many degrees a line turns, where that is too much; and as 60 more where too little of it is seen."""
    points = np.array([path])
    turn = float(turns(points)[0])
    short = bool((seen(points, words) < LEAST_SEEN * size).any())
    return (turn if turn > MOST_TURN else 0.0) + 60.0 * short


def _beside(
    line: int,
    ends: Sequence[tuple[int, int]],
    concepts: Sequence[TextBox],
    phrases: Sequence[TextBox],
    paths: Sequence[Path],
    room: Room,
    size: float,
) -> tuple[list[TextBox], list[Path]] | None:
    """All words and lines, this line being straight since words that stood in its way stand elsewhere.

    Arrows between the same two concepts stand in each other's way above all, then those that have one in common.
    None where nothing of that does good without harm.
    """
    parallel = [other for other in range(len(ends)) if other != line and set(ends[other]) == set(ends[line])]
    near = [other for other in range(len(ends)) if len(set(ends[other]) & set(ends[line])) == 1]
    for some in ([line, *group] for group in (parallel, *([other] for other in (*parallel, *near))) if group):
        placed, lines = list(phrases), list(paths)
        for other in some:
            # Until it has a place again it is hidden in its source.
            source = concepts[ends[other][0]]
            placed[other], lines[other] = replace(phrases[other], x=source.x, y=source.y), (source.middle,) * 3
        for other in some:
            better = _better(other, ends, concepts, placed, lines, room, size)
            if better is None:
                break
            placed[other], lines[other] = better
        else:
            before, after = (_harm(some, ends, concepts, *each, size) for each in ((phrases, paths), (placed, lines)))
            if all(now <= then for now, then in zip(after, before, strict=True)):
                return placed, lines
    return None


def _harm(
    some: Sequence[int],
    ends: Sequence[tuple[int, int]],
    concepts: Sequence[TextBox],
    phrases: Sequence[TextBox],
    paths: Sequence[Path],
    size: float,
) -> tuple[float, float]:
    """How many lines these cross; and how many boxes they run through, or others through their words."""
    boxes, points = boxes_of([*concepts, *phrases]), np.array(paths)
    crossings = through = 0.0
    for line in some:
        here, others = points[line : line + 1], np.delete(points, line, axis=0)
        crossings += float(crossings_of(here, others)[0])
        through += float(entered(here, boxes, [*ends[line], len(concepts) + line], BESIDE * size * 0.5)[0])
        through += float(met(boxes[0][[len(concepts) + line]], boxes[1][len(concepts) + line], others)[0])
    return crossings, through


def _better(
    line: int,
    ends: Sequence[tuple[int, int]],
    concepts: Sequence[TextBox],
    phrases: Sequence[TextBox],
    paths: Sequence[Path],
    room: Room,
    size: float,
) -> tuple[TextBox, Path] | None:
    """The place near its own where the words of a line do least harm, with the line; None where there is none."""
    source, target = (concepts[end] for end in ends[line])
    words, own = phrases[line], [*ends[line], len(concepts) + line]
    boxes = boxes_of([*concepts, *phrases])
    others = np.array([each for number, each in enumerate(paths) if number != line]).reshape(-1, 3, 2)
    half = np.array([words.width / 2, words.height / 2])
    points = _straight(source, target)
    middles = np.concatenate([points[:, 1] - half * passes for passes in PASSES])
    points = np.tile(points, (len(PASSES), 1, 1))
    # What is quickly told apart first: few places are left to be looked at closely.
    kept = within(middles, half, room) & apart(middles, half, boxes, own[2:], APART * size)
    points, middles = points[kept], middles[kept]
    kept = np.asarray((lengths_seen(points, middles, half) >= LEAST_SEEN * size).all(axis=1))
    points, middles = points[kept], middles[kept]
    kept = ~met(middles, half + BESIDE * size * 0.5, others)
    points, middles = points[kept], middles[kept]
    kept = _harms(points, others, boxes, own, size) <= _harms(np.array([paths[line]]), others, boxes, own, size)
    points, middles = points[kept], middles[kept]
    if not len(points):
        return None
    away = np.sqrt(((middles - np.array(words.middle)) ** 2).sum(axis=1))
    off = np.abs(points[:, 1] - middles).sum(axis=1)
    sides = np.sqrt(((points[:, [0, 2]] - points[:, [1]]) ** 2).sum(axis=2))
    best = int(np.argmin(np.round(away + 0.3 * np.abs(sides[:, 0] - sides[:, 1]) + off, 2)))
    (x0, y0), (x1, y1), (x2, y2) = np.round(points[best], 2).tolist()
    x, y = np.round(middles[best] - half, 2).tolist()
    return replace(words, x=x, y=y), ((x0, y0), (x1, y1), (x2, y2))


def _harms(points: Floats, others: Floats, boxes: tuple[Floats, Floats], own: list[int], size: float) -> Floats:
    """How many lines each way crosses, and how many boxes it runs through."""
    return crossings_of(points, others) + entered(points, boxes, own, BESIDE * size * 0.5)


def lengths_seen(points: Floats, middles: Floats, half: Floats) -> Floats:
    """How much of each line is seen before and after its words."""
    start, along = segments_of(points)
    share = chord_shares(start, along, middles.T[..., None], half[:, None, None])
    return np.asarray(np.sqrt((along**2).sum(axis=0)) * (1 - np.maximum(share, 0.0)))


def _straight(source: TextBox, target: TextBox) -> Floats:
    """Straight lines between two boxes, each with a place for its words."""
    (here, half_here), (there, half_there) = (
        (np.array(box.middle), np.array([box.width / 2, box.height / 2])) for box in (source, target)
    )
    first, last = (each.reshape(-1, 2) for each in np.broadcast_arrays(GRID[:, None], GRID[None, :]))
    inside_here, inside_there = here + first * half_here, there + last * half_there
    start = leaving(here, half_here, inside_here, inside_there)
    end = leaving(there, half_there, inside_there, inside_here)
    middles = [start + (end - start) * share for share in SHARES]
    return np.concatenate([np.stack([start, middle, end], axis=1) for middle in middles])


def within(middles: Floats, half: Floats, room: Room) -> Truths:
    """Whether words in these places, of which half the sides are given, stand in the room."""
    low, high = np.array(room[:2]) + half, np.array(room[:2]) + np.array(room[2:]) - half
    return np.asarray(((middles >= low) & (middles <= high)).all(axis=1))


def apart(middles: Floats, half: Floats, boxes: tuple[Floats, Floats], own: list[int], gap: float) -> Truths:
    """Whether words in these places have a gap to all boxes but their own."""
    reach = boxes[1] + half + gap
    others = touched(middles, boxes[0] - reach, boxes[0] + reach)
    others[own] = False
    near = np.abs(middles[:, None] - boxes[0][others]) < reach[others]
    return np.asarray(~(near[..., 0] & near[..., 1]).any(axis=1))


def met(middles: Floats, half: Floats, others: Floats) -> Truths:
    """Whether one of some lines runs through words in these places."""
    others = others[touched(middles, others.min(axis=1) - half, others.max(axis=1) + half)]
    start, along = (each.reshape(2, 1, -1) for each in segments_of(others))
    return np.asarray((chord_shares(start, along, middles.T[..., None], half[:, None, None]) > 0).any(axis=1))
