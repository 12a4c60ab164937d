"""Layout: where everything on a concept map stands.

Linking phrases are boxes from the start, text is measured with the real font, the direction "down" is a wish
and not a rule, and the same map on the same page with the same seed gives the same geometry in every
process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, nan
from typing import Any

import numpy as np

from kg.maps.concept_map import ConceptMap, MapError, MapProposition
from kg.maps.drawing.frame import Room, frame
from kg.maps.drawing.geometry import Geometry, PlacedConcept, PlacedProposition, TextBox, with_fans
from kg.maps.drawing.tags import with_tags
from kg.maps.layout.arrangement import arrange
from kg.maps.layout.boxes import Boxes
from kg.maps.layout.fans import fanned, repeated
from kg.maps.layout.lines import Path
from kg.maps.layout.local_search import Arrangement
from kg.maps.layout.segments import Floats
from kg.maps.layout.straightening import straightened
from kg.maps.limits import MOST_CONCEPTS
from kg.maps.text import Lines, Weight, block, clean, missing, shapes

CONCEPT_SIZE, FOCUS_SIZE, PHRASE_SIZE = 18.0, 21.0, 15.0
AROUND = 28.0, 138.0
"""What stands around most maps takes so much of the width and the height of the page, in px."""
LEAST_LEGEND = 6.0
"""Keys, notes and source line are no larger than the smallest words, down to this size in px."""
FOOT_SIZES = (inf, 9.5, 8.0, LEAST_LEGEND)
"""The largest sizes that they may have, one after the other, where a map stays as it is and they have to fit."""
LARGEST_SIZE, WIDEST_LABEL, WIDEST_PHRASE = 44.0, 260.0, 220.0


@dataclass(frozen=True, slots=True)
class _Block:
    """A text broken in one way, and half the size of the box it needs, in px at the base font size."""

    lines: Lines
    half_width: float
    half_height: float


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A map measured, for which an arrangement is to be found.

    Attributes:
        concept_map: the map.
        boxes: what is to be arranged. All words are left out: no more than these and `least` bears on an arrangement.
        least: width and height in px of the page on which the font would be as large as it may be.
    """

    concept_map: ConceptMap
    boxes: Boxes
    least: tuple[float, float]
    _blocks: list[tuple[_Block, ...]]
    _around: Geometry
    _room: Room

    def arranged(self, seed: int, start: Arrangement | None = None) -> Arrangement:
        """Search for an arrangement, which takes seconds for a large map; it may `start` from one that is near."""
        if len(self.concept_map):
            return arrange(self.boxes, self.least, seed, start)
        return Arrangement(np.zeros((2, 0)), [])

    def start(self, before: Unplaced, arrangement: Arrangement) -> Arrangement:
        """Where the boxes of this map were on another one; not a number for those that are new."""
        places = self.shared(before)
        there = np.concatenate([arrangement.places, np.full((2, 1), nan)], axis=1)
        return Arrangement(there[:, places], [0] * len(places))

    def shared(self, before: Unplaced) -> list[int]:
        """Which box of another map each box of this one is; -1 where it is none."""
        there = {name: number for number, name in enumerate(before._names())}
        return [there.get(name, -1) for name in self._names()]

    def kept(self, before: Geometry) -> Geometry | None:
        """The map as a part of another one: what is left stays exactly where it is. None where there is more on it."""
        concepts = {each.id: each for each in before.concepts}
        lines = {_line_name(each): each for each in before.propositions}
        boxes, paths = [], []
        for c in self.concept_map.concepts:
            if c.id not in concepts:
                return None
            own: dict[str, Any] = {name: getattr(c, name) for name in ("href", "definition", "theme", "kind_of")}
            boxes.append(replace(concepts[c.id], **own))
        for p in self.concept_map.propositions:
            line = lines.get(_line_name(p))
            if line is None or clean(" ".join(line.label.lines)) != clean(p.words):
                return None
            paths.append(_placed(p, line.path, line.label))
        sizes = [box.box for box in boxes] + [each.label for each in paths]
        upper, lower = min(box.y for box in sizes), max(box.y + box.height for box in sizes)
        for largest in FOOT_SIZES:
            # There is more to say below the map of what it leaves out, in smaller words if need be.
            around, (_, top, _, height) = frame(self.concept_map, before.page, largest)
            if top <= upper and lower <= top + height + 1:
                return _finished(self.concept_map, around, boxes, paths)
        return None

    def _names(self) -> list[object]:
        """What boxes are known by on other maps."""
        concepts: list[object] = [c.id for c in self.concept_map.concepts]
        return concepts + [_line_name(p) for p in self.concept_map.propositions]

    def placed(self, arrangement: Arrangement) -> Geometry:
        """Return the map with its boxes arranged in this way."""
        words = [ways[shape] for ways, shape in zip(self._blocks, arrangement.shape, strict=True)]
        return _place(self.concept_map, self._around, self._room, self.boxes, words, arrangement)


def measured(concept_map: ConceptMap, page: str = "16:9") -> Unplaced:
    """Measure a map and the room that a page has for it; arguments and errors are those of `layout`."""
    if len(concept_map) > MOST_CONCEPTS:
        raise MapError(
            f"A map of {len(concept_map)} concepts is too large to draw (the limit is {MOST_CONCEPTS}); "
            "choose the overview by topic, or a part of it."
        )
    around, room = frame(concept_map, page)
    blocks = _all_blocks(concept_map)
    largest = LARGEST_SIZE / CONCEPT_SIZE
    # The same for every title, legend and source line, so that none of them moves anything.
    least = (around.width - AROUND[0]) / largest, (around.height - AROUND[1]) / largest
    return Unplaced(concept_map, _boxes(concept_map, blocks), least, blocks, around, room)


def layout(concept_map: ConceptMap, page: str = "16:9", seed: int = 1) -> Geometry:
    """Place the map on a page.

    Arguments:
        concept_map: what to draw, of up to 500 concepts. Maps of up to 60 concepts or so are arranged with care;
            larger ones get less care, so that nobody waits: boxes never overlap, but lines may run behind them.
        page: "16:9", "4:3", "a4", "a4-landscape" or "square".
        seed: another seed gives another arrangement.

    Returns:
        The geometry in px at 96 dpi; its width and height are the page's.

    Raises:
        MapError: the page is unknown, the map has more than 500 concepts, or its title and legend fill the
        page.
    """
    unplaced = measured(concept_map, page)
    return unplaced.placed(unplaced.arranged(seed))


def _blocks(text: str, weight: Weight, size: float, limit: float, padding: tuple[float, float]) -> tuple[_Block, ...]:
    """The ways to break a text, the best first, with the boxes they need."""
    blocks = []
    for lines in shapes(text, weight, size, limit):
        wide, high = block(lines, weight, size)
        # Browsers may place letters on whole pixels, a little wider than the advance widths say.
        wide = max(wide * 1.01, 0.36 * size * max(len(line) for line in lines))
        blocks.append(_Block(lines, round(wide / 2 + padding[0], 2), round(high / 2 + padding[1], 2)))
    return tuple(blocks)


def order_of(concept_map: ConceptMap) -> list[tuple[str, str]]:
    """The pairs of concepts that follow each other in an ordered list: arrows from one concept number them."""
    lists: dict[str, dict[int, str]] = {}
    for each in concept_map.propositions:
        if each.number is not None:
            lists.setdefault(each.source, {}).setdefault(each.number, each.target)
    items = ([name for _, name in sorted(found.items())] for found in lists.values())
    return list(dict.fromkeys(pair for found in items for pair in pairwise(found) if pair[0] != pair[1]))


def _sizes(concept_map: ConceptMap) -> list[float]:
    """The font sizes of all boxes before they are scaled to a page."""
    focus = concept_map.start
    concepts = [FOCUS_SIZE if c.id == focus else CONCEPT_SIZE for c in concept_map.concepts]
    return concepts + [PHRASE_SIZE] * len(concept_map.propositions)


def _all_blocks(concept_map: ConceptMap) -> list[tuple[_Block, ...]]:
    sizes = _sizes(concept_map)
    concepts = [
        _blocks(clean(c.label), "semibold", size, WIDEST_LABEL, (10.0, 6.5))
        for c, size in zip(concept_map.concepts, sizes, strict=False)
    ]
    phrases = [_blocks(p.words, "regular", PHRASE_SIZE, WIDEST_PHRASE, (3.0, 0.5)) for p in concept_map.propositions]
    return concepts + phrases


def _boxes(concept_map: ConceptMap, blocks: list[tuple[_Block, ...]]) -> Boxes:
    number = {concept.id: i for i, concept in enumerate(concept_map.concepts)}
    propositions = concept_map.propositions
    return Boxes(
        np.array([ways[0].half_width for ways in blocks]),
        np.array([ways[0].half_height for ways in blocks]),
        tuple(tuple((way.half_width, way.half_height) for way in ways) for ways in blocks),
        np.array([number[p.source] for p in propositions], dtype=np.intp),
        np.array([number[p.target] for p in propositions], dtype=np.intp),
        # "is a kind of" points from the special to the general, which stands above.
        np.array([-1.0 if p.points_up else 1.0 for p in propositions]),
        number.get(concept_map.start or "", -1),
        tuple((number[one], number[two]) for one, two in order_of(concept_map)),
        tuple(_mates(concept_map, number)),
    )


def _mates(concept_map: ConceptMap, number: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of concepts that arrows with the same words lead to, and those of their phrases."""
    for places in repeated(concept_map):
        for one, other in pairwise(places):
            yield number[concept_map.propositions[one].target], number[concept_map.propositions[other].target]
            yield len(number) + one, len(number) + other


def _place(
    concept_map: ConceptMap,
    around: Geometry,
    room: Room,
    boxes: Boxes,
    words: list[_Block],
    arrangement: Arrangement,
) -> Geometry:
    """The arrangement scaled and spread to fill the room, with its lines drawn."""
    left, top, room_width, room_height = room
    half_width = np.array([each.half_width for each in words])
    half_height = np.array([each.half_height for each in words])
    scale = LARGEST_SIZE / CONCEPT_SIZE
    if words:
        scale = min(
            scale,
            room_width / _extent(arrangement.x, half_width, 1.0),
            room_height / _extent(arrangement.y, half_height, 1.0),
        )
    x = _filled(arrangement.x, half_width, room_width / scale)
    y = _filled(arrangement.y, half_height, room_height / scale)
    placed = [
        _text_box(w, left + room_width / 2 + cx * scale, top + room_height / 2 + cy * scale, scale, font)
        for w, cx, cy, font in zip(
            words,
            x.tolist(),
            y.tolist(),
            _sizes(concept_map),
            strict=True,
        )
    ]
    concepts, phrases = placed[: boxes.concepts], placed[boxes.concepts :]
    ends = list(zip(boxes.source.tolist(), boxes.target.tolist(), strict=True))
    phrases, paths = straightened(ends, concepts, phrases, room)
    phrases, paths = fanned(repeated(concept_map), ends, concepts, phrases, paths, room)
    return _finished(
        concept_map,
        around,
        [
            PlacedConcept(c.id, clean(c.label), box, c.theme, c.href, c.definition, c.kind_of)
            for c, box in zip(concept_map.concepts, concepts, strict=True)
        ],
        [_placed(p, path, label) for p, path, label in zip(concept_map.propositions, paths, phrases, strict=True)],
    )


def _finished(
    concept_map: ConceptMap, around: Geometry, concepts: list[PlacedConcept], propositions: list[PlacedProposition]
) -> Geometry:
    """The drawing of these boxes and lines, with what stands around them no larger than the smallest words."""
    smallest = min(
        (box.font_size for box in [*(c.box for c in concepts), *(p.label for p in propositions)]), default=inf
    )
    beside = [entry.text.font_size for entry in (*around.legend, *around.topics)]
    beside += [box.font_size for box in (around.notes, around.source_line) if box]
    if max(beside, default=0.0) > smallest:
        around, _ = frame(concept_map, around.page, max(smallest, LEAST_LEGEND))
    around = replace(around, missing=_missing(concept_map, around))
    number = {each.id: number for number, step in enumerate(concept_map.steps, 1) for each in step}
    numbered = with_fans(replace(each, step=number[each.id]) for each in propositions)
    return with_tags(replace(around, concepts=tuple(concepts), propositions=numbered), concept_map)


def _line_name(line: MapProposition | PlacedProposition) -> tuple[str, str, str, str]:
    """What a proposition is known by on other maps."""
    return line.source, line.target, clean(line.phrase), line.status


def _missing(concept_map: ConceptMap, around: Geometry) -> Lines:
    texts = [clean(c.label) for c in concept_map.concepts] + [p.words for p in concept_map.propositions]
    texts += [concept_map.title, concept_map.source_line, *concept_map.notes]
    texts += [entry.text.lines[0] for entry in (*around.legend, *around.topics)]
    texts += [clean(p.tag) for p in concept_map.propositions if p.tag]
    return missing(texts)


def _placed(proposition: MapProposition, path: Path, label: TextBox) -> PlacedProposition:
    same = ("id", "source", "target", "status", "stance", "credit", "text", "href", "number")
    copied: dict[str, Any] = {name: getattr(proposition, name) for name in same}
    return PlacedProposition(phrase=clean(proposition.phrase), path=path, label=label, **copied)


def _text_box(words: _Block, x: float, y: float, scale: float, font: float) -> TextBox:
    wide, high = 2 * words.half_width * scale, 2 * words.half_height * scale
    left, top = round(x - wide / 2, 2), round(y - high / 2, 2)
    return TextBox(words.lines, left, top, round(wide, 2), round(high, 2), round(font * scale, 2))


def _extent(middles: Floats, halves: Floats, factor: float) -> float:
    """How far the boxes reach when their middles are spread by a factor."""
    return float((middles * factor + halves).max() - (middles * factor - halves).min())


def _filled(middles: Floats, halves: Floats, room: float) -> Floats:
    """The middles spread until the boxes fill the room, and put in the middle of it.

    Spreading along an axis never makes boxes overlap nor a line run into a box: it is as if the boxes had
    shrunk.
    """
    if not len(middles):
        return middles
    low, high = 1.0, 1.6
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _extent(middles, halves, middle) <= room else (low, middle)
    spread = middles * low
    shifted: Floats = spread - ((spread + halves).max() + (spread - halves).min()) / 2
    return shifted
