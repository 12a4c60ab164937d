"""An exercise: a small map with numbered boxes instead of some concepts, the missing words, and the answers.

Both pages have the same arrangement. Each box that is left out has room for the longest of their words and the colour
of none of them, so that nothing but the arrows tells which word belongs where. What is left out is the same each
time: never the concept that a reader begins with, no two that are joined where that can be, and as far from one another
as may be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import dist

import networkx as nx

from kg.english.telling import handouts as english
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry, PlacedConcept, Point, TextBox
from kg.maps.drawing.leaf import Leaf
from kg.maps.drawing.marks import Box, Part, words
from kg.maps.drawing.style import INK, MUTED, PAPER
from kg.maps.handouts.parts import copied, renamed
from kg.maps.layout.archive import draw
from kg.maps.limits import LEAST_IN_EXERCISE, MOST_IN_EXERCISE
from kg.maps.text import LINE_HEIGHT, block, clean, wrap

SHARE = 0.4
"""How many of the concepts are left out."""
EDGE, HEADING, WORD, NUMBER = 40.0, 15.0, 17.0, 0.62
"""The margin of the word bank and its letters in px; those of the number of a box in font sizes of its words."""


def leaves(geometry: Geometry, concept_map: ConceptMap) -> list[Leaf]:
    """Return the two pages of an exercise: the map with gaps above the missing words, and the answers.

    Arguments:
        geometry: the drawn map, of which the page is taken; what is drawn is arranged anew.
        concept_map: the map that was drawn.

    Raises:
        MapError: the map has more concepts than an exercise can have, or fewer.
    """
    check_size(len(concept_map))
    concept_map = renamed(concept_map)  # all of it, whatever step is drawn
    missing = gaps(concept_map)
    geometry = _even(geometry.page, concept_map, missing)
    numbers = _numbered(geometry, missing)
    removed = {name: clean(concept_map.concept(name).label) for name in numbers}
    bank = _shuffled([removed[name] for name in numbers])
    answers = [f"{number}  {removed[name]}" for name, number in numbers.items()]
    page, gapped = geometry.page, _gapped(concept_map, numbers)
    shown = _with_numbers(geometry, numbers)
    sheets = (
        (False, _emptied(shown, gapped, numbers, set(removed.values())), gapped, english.MISSING_WORDS, bank),
        (True, shown, concept_map, english.ANSWERS, answers),
    )
    high = max(_bank(geometry, heading, listed)[1] for *_, heading, listed in sheets)
    return [
        Leaf(
            page,
            english.exercise_title(concept_map.title, is_answer),
            (drawn, its_map),
            round(1 - high / geometry.height, 4),
            _bank(geometry, heading, listed, geometry.height - high)[0],
        )
        for is_answer, drawn, its_map, heading, listed in sheets
    ]


def check_size(concepts: int) -> None:
    """Raise MapError for a map of so many concepts, if an exercise can have no such map."""
    if not LEAST_IN_EXERCISE <= concepts <= MOST_IN_EXERCISE:
        raise MapError(english.no_exercise(concepts, LEAST_IN_EXERCISE, MOST_IN_EXERCISE))


def gaps(concept_map: ConceptMap) -> list[str]:
    """Return the ids of the concepts that an exercise leaves out, about two of five."""
    graph = nx.Graph((each.source, each.target) for each in concept_map.propositions)
    graph.add_nodes_from(concept.id for concept in concept_map.concepts)
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    order = [concept.id for concept in concept_map.concepts if concept.id != concept_map.start]
    # What the title says is no question.
    title = concept_map.title.casefold()
    told = {name for name in order if clean(concept_map.concept(name).label).casefold() in title}
    many = min(max(1, round(SHARE * len(concept_map))), len(order))

    def worth(names: tuple[str, ...]) -> tuple[int, int, int, int, int]:
        apart = [steps[one].get(two, len(concept_map)) for one, two in combinations(names, 2)]
        joined = sum(each == 1 for each in apart)
        links = sum(graph.degree(name) for name in names)
        return len(told.intersection(names)), joined, -min(apart, default=0), -sum(apart), -links

    # There are a few hundred choices at most; of equal ones the first in the order of the map is taken.
    best = min(combinations(order, many), key=worth)
    return list(best)


def _even(page: str, concept_map: ConceptMap, missing: Sequence[str]) -> Geometry:
    """Return a drawing in which neither the size nor the colour of a missing concept's box tells its word."""
    longest = max((clean(concept_map.concept(name).label) for name in missing), key=len)
    concepts = [
        replace(each, label=longest, theme=None, kind_of=None) if each.id in missing else each
        for each in concept_map.concepts
    ]
    drawn = draw(copied(concept_map, concepts, concept_map.propositions), page).geometry

    def worded(placed: PlacedConcept) -> PlacedConcept:
        if placed.id not in missing:
            return placed
        concept = concept_map.concept(placed.id)
        box = _filled(placed.box, clean(concept.label))
        return replace(placed, label=clean(concept.label), definition=concept.definition, box=box)

    return replace(drawn, concepts=tuple(map(worded, drawn.concepts)))


def _filled(box: TextBox, words: str) -> TextBox:
    """Return a box with other words in it, in smaller letters where they need it."""
    for smaller in range(8):
        size = round(box.font_size * (1 - 0.08 * smaller), 2)
        lines = wrap(words, "semibold", size, box.width - size)
        if block(lines, "semibold", size)[1] + size / 2 <= box.height:
            break
    return replace(box, lines=lines, font_size=size)


def _shuffled(words: Sequence[str]) -> list[str]:
    """Return words in another order, the same each time."""
    mixed = sorted(words, key=lambda word: hashlib.sha256(word.encode()).digest())
    return [*mixed[1:], mixed[0]] if mixed == list(words) else mixed


def _numbered(geometry: Geometry, names: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the boxes that are left out, in the order of reading."""
    boxes = {each.id: each.box for each in geometry.concepts}
    return {name: n for n, name in enumerate(sorted(names, key=lambda each: (boxes[each].middle[1], boxes[each].x)), 1)}


def _gapped(concept_map: ConceptMap, numbers: Mapping[str, int]) -> ConceptMap:
    """Return the map as it is read aloud while words are missing: without the claims, which have them."""
    concepts = [
        replace(
            each,
            label=english.gap(numbers[each.id]) if each.id in numbers else each.label,
            href=None,
            definition=None,
            kind_of=None,
        )
        for each in concept_map.concepts
    ]
    lines = [replace(each, text=None, href=None, claims=()) for each in concept_map.propositions]
    return copied(concept_map, concepts, lines)


def _with_numbers(geometry: Geometry, numbers: Mapping[str, int]) -> Geometry:
    """Return the drawing with numbers on the corners of the boxes that are left out."""

    def numbered(concept: PlacedConcept) -> PlacedConcept:
        if concept.id not in numbers:
            return concept
        return replace(concept, kind_of=None, kind=_number(concept.box, str(numbers[concept.id]), tips))

    tips = [each.path[-1] for each in geometry.propositions]

    return replace(geometry, concepts=tuple(map(numbered, geometry.concepts)))


def _number(box: TextBox, number: str, tips: Sequence[Point]) -> TextBox:
    """Return the place of a number: the first corner of the box with no arrowhead at it, else the farthest from any."""
    size = round(max(NUMBER * box.font_size, 12.0), 2)
    wide, high = round(size * 1.7, 2), round(size * 1.3, 2)
    corners = [
        TextBox((number,), round(x - wide * side, 2), round(y - high / 2, 2), wide, high, size)
        for y in (box.y, box.y + box.height)
        for x, side in ((box.x, 0.4), (box.x + box.width, 0.6))
    ]
    return max(corners, key=lambda each: min([2 * size, *(dist(each.middle, tip) for tip in tips)]))


def _emptied(geometry: Geometry, gapped: ConceptMap, numbers: Mapping[str, int], removed: set[str]) -> Geometry:
    """Return the drawing with nothing in those boxes, and nothing anywhere that tells what belongs there."""
    concepts = []
    for each in geometry.concepts:
        empty = replace(each, href=None, definition=None)
        if each.id in numbers:
            empty = replace(empty, label=english.GAP, box=replace(each.box, lines=()))
        elif each.kind_of in removed:
            empty = replace(empty, kind_of=None, kind=None)
        concepts.append(empty)
    lines = tuple(replace(each, text=None, href=None) for each in geometry.propositions)
    return replace(geometry, concepts=tuple(concepts), propositions=lines)


def _bank(geometry: Geometry, heading: str, listed: Sequence[str], top: float = 0.0) -> tuple[tuple[Part, ...], float]:
    """Return words in boxes side by side under a heading, and how high they are together in px."""
    room, pad = geometry.width - 2 * EDGE, WORD * 0.5
    high = HEADING * LINE_HEIGHT
    parts = [Part("text", words(TextBox((heading,), EDGE, top, room, high, HEADING), INK, "regular", "start"))]
    x, y, row = EDGE, top + high + pad / 2, 0.0
    for word in listed:
        lines = wrap(word, "semibold", WORD, room - 2 * pad)
        wide, tall = (length + pad * (2 if n == 0 else 0.8) for n, length in enumerate(block(lines, "semibold", WORD)))
        if x > EDGE and x + wide > EDGE + room:
            x, y, row = EDGE, y + row + pad, 0.0
        frame = Box(x, y, wide, tall, pad, PAPER, MUTED, 0.8)
        parts.append(Part("text", (frame, *words(TextBox(lines, x, y, wide, tall, WORD), INK, "semibold"))))
        x, row = x + wide + 1.5 * pad, max(row, tall)
    return tuple(parts), round(y + row - top + EDGE / 2, 2)
