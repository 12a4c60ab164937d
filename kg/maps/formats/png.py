"""PNG: the map as pixels, for slides, documents and pages that take no SVG.

Portable Network Graphics (https://www.w3.org/TR/png-3/). resvg paints the SVG with the fonts that come with
the package and no others, so that the pixels are the same on every machine.
"""

import resvg_py

from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import svg
from kg.maps.geometry import Geometry
from kg.maps.style import PAPER
from kg.maps.text import truetype_paths

EXTENSION = "png"
MEDIA_TYPE = "image/png"
NAME = "PNG"
SPECIFICATION = "Portable Network Graphics (PNG), Third Edition, W3C 2025"

CHOICES = ("scale", "transparent")
SCALES = (1, 2, 3)
"""Pixels for each px of the page: few values, because the work and the memory grow with their square."""


def write(geometry: Geometry, concept_map: ConceptMap, *, scale: int = 2, transparent: bool = False) -> bytes:
    """The picture in pixels.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        scale: pixels for each px of the page, 1 to 3; 2 suits slides and most screens.
        transparent: leave out the white page behind the map.

    Raises:
        MapError: the scale is not 1, 2 or 3.
    """
    if scale not in SCALES:
        raise MapError(f"The scale of a PNG is 1, 2 or 3, not {scale}.")
    with truetype_paths() as fonts:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.without_page(geometry, concept_map),
                background=None if transparent else PAPER,
                zoom=scale,
                skip_system_fonts=True,
                font_files=fonts,
                font_family="Inter",
                sans_serif_family="Inter",
            )
        )
