"""The formats a map can be written in: one module each, found here by the extension of the file.

A new format is a module with `EXTENSION`, `MEDIA_TYPE`, `NAME`, `SPECIFICATION` and `write`, and its line in
FORMATS.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, cast

from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import geometry_json, propositions_tsv, svg
from kg.maps.geometry import Geometry


class Format(Protocol):
    """What each format's module offers."""

    EXTENSION: str
    MEDIA_TYPE: str
    NAME: str
    SPECIFICATION: str

    def write(self, geometry: Geometry, concept_map: ConceptMap) -> bytes:
        """The map as the bytes of a file; the same bytes each time."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {module.EXTENSION: cast(Format, module) for module in (svg, geometry_json, propositions_tsv)}
)


def format_for(extension: str) -> Format:
    """The format with this extension, with or without its dot; raises MapError when there is none."""
    found = FORMATS.get(extension.lower().lstrip("."))
    if found is None:
        raise MapError(f"A map cannot be written as {extension!r}; the formats are {', '.join(FORMATS)}.")
    return found
