"""A leaf: one page of a file that has several, with a map, with other words, or with both."""

from __future__ import annotations

from dataclasses import dataclass

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.drawing.marks import Part


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands on one page.

    Attributes:
        page: the name of the page, one of `kg.maps.paper.PAGES`.
        title: what the page is called in the contents of the file.
        drawn: the map with its geometry, where there is one.
        scale: how wide the map is, as a share of the page's width; it stands in the middle, at the top.
        parts: what else stands there, in px of the page.
        step: of a build-up, how many of its steps have been told; what is to come is left out, and what an earlier page
            has read aloud is not read again. None for the map as a whole, or as its own `step` has it.
    """

    page: str
    title: str
    drawn: tuple[Geometry, ConceptMap] | None = None
    scale: float = 1.0
    parts: tuple[Part, ...] = ()
    step: int | None = None
