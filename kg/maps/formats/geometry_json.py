"""The geometry as JSON: every box, line and word with its place, for programs that draw or measure maps."""

import json

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry

EXTENSION = "json"
MEDIA_TYPE = "application/json"
NAME = "Geometry"
SPECIFICATION = "RFC 8259; the keys are those of kg.maps.drawing.geometry.Geometry, lengths in px at 96 dpi"
USE = "programs that draw or measure maps: every box, line and word with its place"
OPENS_WITH = "any program; `kg.maps.drawing.geometry.Geometry.from_dict`"


def write(geometry: Geometry, concept_map: ConceptMap) -> bytes:
    """The geometry in UTF-8, its keys in a fixed order."""
    return (json.dumps(geometry.to_dict(), ensure_ascii=False, indent=1) + "\n").encode()
