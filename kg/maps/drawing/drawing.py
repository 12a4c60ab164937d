"""A drawing: a concept map, and its geometry with the same ids, addresses and texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Self

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.frame import frame
from kg.maps.drawing.geometry import Geometry
from kg.maps.text import clean


@dataclass(frozen=True)
class Drawing:
    """A concept map with a place for everything on it."""

    concept_map: ConceptMap
    geometry: Geometry

    @classmethod
    def of(cls, concept_map: ConceptMap, geometry: Geometry) -> Self:
        """Return the drawing of a map by the geometry of one that differs in ids, addresses and texts alone.

        Raises:
            ValueError: the geometry is of another map.
        """
        concepts: list[Any] = []
        for c, placed in zip(concept_map.concepts, geometry.concepts, strict=True):
            if placed.label != clean(c.label):
                raise ValueError(f"{placed.label!r} stands where {c.label!r} should")
            concepts.append(replace(placed, id=c.id, href=c.href, definition=c.definition))
        propositions: list[Any] = []
        for p, line in zip(concept_map.propositions, geometry.propositions, strict=True):
            if line.phrase != clean(p.phrase):
                raise ValueError(f"{line.phrase!r} stands where {p.phrase!r} should")
            propositions.append(replace(line, id=p.id, source=p.source, target=p.target, text=p.text, href=p.href))
        largest = geometry.source_line.font_size if geometry.source_line else inf
        filled = replace(
            geometry,
            concepts=tuple(concepts),
            propositions=tuple(propositions),
            source_line=frame(concept_map, geometry.page, largest)[0].source_line,
            description=concept_map.description,
        )
        return cls(concept_map, filled)

    def under(self, full: Callable[[str], str | None]) -> Self:
        """Return the same drawing with its links within a site made full addresses.

        Arguments:
            full: returns the full address of a link; None for no link.
        """
        return self.of(self.concept_map.under(full), self.geometry)
