"""A build-up: a map that is told step by step (`kg.maps.walk`), so that a class can follow.

What has been told looks as it always does, the newest step is marked, and the rest is pale; nothing moves. Before the
first step there is the concept that the walk begins at. Concepts that no arrow touches come with the last step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.english.telling import maps as english
from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry, PlacedConcept, PlacedProposition
from kg.maps.drawing.leaf import Leaf
from kg.maps.drawing.marks import Arrowhead, Box, Mark, Outlines, Part, Standing, Stroke, Words
from kg.maps.drawing.style import INK, PAPER

MARKER = "#ffe58a"
"""The colour behind the words of the newest step: as if marked by hand, so that they stay as dark as they were."""
PALENESS = 0.86
"""How much of a pale mark is paper: enough to show that something comes, too little to be read."""


class BuildUp:
    """When the parts of a map are told."""

    def __init__(self, concept_map: ConceptMap):
        steps = concept_map.steps
        self.steps = len(steps)
        self._propositions = {each.id: number for number, step in enumerate(steps, 1) for each in step}
        self._concepts = {concept_map.start: 0}
        for number, step in enumerate(steps, 1):
            for each in step:
                self._concepts.setdefault(each.source, number)
                self._concepts.setdefault(each.target, number)

    def told_at(self, part: Part) -> int:
        """Return the step with which a part is told; what stands around the map is there from the beginning."""
        if isinstance(part.about, PlacedProposition):
            return self._propositions[part.about.id]
        if isinstance(part.about, PlacedConcept):
            return self._concepts.get(part.about.id, self.steps)
        return 0

    def standing(self, part: Part, step: int | None) -> Standing:
        """Return how a part stands when so many steps are drawn, None for the map as a whole."""
        if step is None or part.about is None:
            return "told"
        told_at = self.told_at(part)
        return "pale" if told_at > step else "newest" if told_at == step > 0 else "told"


def built_up(parts: Iterable[Part], concept_map: ConceptMap) -> Iterator[Part]:
    """The parts of a map as its `step` has them."""
    build_up = BuildUp(concept_map)
    return (standing_so(part, build_up.standing(part, concept_map.step)) for part in parts)


def told(parts: Iterable[Part], concept_map: ConceptMap, step: int) -> Iterator[Part]:
    """The parts of a map that have been told after so many steps, the newest marked; what is to come is left out."""
    build_up = BuildUp(concept_map)
    return (standing_so(part, build_up.standing(part, step)) for part in parts if build_up.told_at(part) <= step)


def leaves(geometry: Geometry, concept_map: ConceptMap) -> list[Leaf]:
    """Return a page for each step, after one with the map's title on which nothing has been told."""
    last, drawn = len(concept_map.steps), (geometry, concept_map)
    titles = [concept_map.title, *(english.step_of(step, last) for step in range(1, last + 1))]
    return [Leaf(geometry.page, title, drawn, step=step) for step, title in enumerate(titles)]


def standing_so(part: Part, standing: Standing) -> Part:
    """Return a part with the looks of the newest step, or so pale that it leads nowhere and says nothing."""
    if standing == "told":
        return part
    if standing == "pale":
        return replace(part, marks=tuple(map(_pale, part.marks)), href=None, standing=standing)
    return replace(part, marks=(*marks_of_newest(part), *part.marks), standing=standing)


def marks_of_newest(part: Part) -> tuple[Mark, ...]:
    """Return what marks a part as the newest, to be drawn behind it: strong lines, borders, colour behind the words."""
    strong = tuple(strong for mark in part.marks if (strong := _strong(mark)) != mark)
    # The words of a fan are drawn, and marked, with the first of its arrows.
    if isinstance(part.about, PlacedProposition) and not part.about.fan:
        return (_marker(part.about), *strong)
    return strong


def _marker(proposition: PlacedProposition) -> Box:
    box, air = proposition.label, round(proposition.label.font_size * 0.15, 2)
    sides = box.x - air, box.y - air, box.width + 2 * air, box.height + 2 * air
    return Box(*sides, 2 * air, MARKER, MARKER, 0.5)


def _strong(mark: Mark) -> Mark:
    match mark:
        case Stroke():
            return replace(mark, width=2 * mark.width)
        case Box(fill=fill) if fill not in (PAPER, INK):  # neither a tag nor a number
            return replace(mark, border_width=2 * mark.border_width)
    return mark


def _pale(mark: Mark) -> Mark:
    match mark:
        case Box():
            return replace(mark, fill=_paler(mark.fill), border=_paler(mark.border))
        case Stroke() | Arrowhead() | Words() | Outlines():
            return replace(mark, colour=_paler(mark.colour))


def _paler(colour: str) -> str:
    ink, paper = (bytes.fromhex(each.removeprefix("#")) for each in (colour, PAPER))
    mixed = (round(a + PALENESS * (b - a)) for a, b in zip(ink, paper, strict=True))
    return "#" + bytes(mixed).hex()
