"""PNG: the map as pixels, for slides, documents and pages that take no SVG.

Portable Network Graphics (https://www.w3.org/TR/png-3/). resvg paints the SVG with the fonts that come with
the package and no others, so that the pixels are the same on every machine.
"""

import json
import subprocess
import sys

from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.drawing.geometry import Geometry
from kg.maps.drawing.style import PAPER
from kg.maps.fonts.faces import truetype_paths
from kg.maps.formats import svg

EXTENSION = "png"
MEDIA_TYPE = "image/png"
NAME = "PNG"
SPECIFICATION = "Portable Network Graphics (PNG), Third Edition, W3C 2025"
USE = "slides, and wherever SVG is not taken"
OPENS_WITH = "everything"

CHOICES = ("scale", "transparent")
SCALES = (1, 2, 3)
"""Pixels for each px of the page: few values, because the work and the memory grow with their square."""

SECONDS = 30.0
"""How long a picture may take in a process of its own; a large one takes about one on an idle machine."""

_CHILD = (
    "import json, sys, resvg_py; how = json.loads(sys.argv[1]); svg = sys.stdin.buffer.read().decode();"
    "sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=svg, **how))"
)


def write(geometry: Geometry, concept_map: ConceptMap, *, scale: int = 2, transparent: bool = False) -> bytes:
    """The picture in pixels, painted in a process of its own.

    resvg holds the lock of the interpreter for the second that a large picture takes, and every other thread of a
    server would wait for it.

    Arguments:
        geometry: the drawn map.
        concept_map: the map that was drawn.
        scale: pixels for each px of the page, 1 to 3; 2 suits slides and most screens.
        transparent: leave out the white page behind the map.

    Raises:
        UnpaintableText: no font of maps has some of the characters.
        MapError: the scale is not 1, 2 or 3, or painting takes longer than SECONDS.
    """
    if scale not in SCALES:
        raise MapError(f"The scale of a PNG is 1, 2 or 3, not {scale}.")
    with truetype_paths() as fonts:
        # See https://pypi.org/project/resvg-py/ for the keys.
        how = {
            "background": None if transparent else PAPER,
            "zoom": scale,
            "skip_system_fonts": True,
            "font_files": fonts,
            "font_family": "Inter",
            "sans_serif_family": "Inter",
        }
        command = [sys.executable, "-P", "-c", _CHILD, json.dumps(how)]
        picture = svg.without_page(geometry, concept_map).encode()
        try:
            for _ in range(2):  # it is painted again where a signal ended the process: somebody else did that
                painted = subprocess.run(command, input=picture, capture_output=True, timeout=SECONDS)
                if painted.returncode == 0:
                    return painted.stdout
                if painted.returncode > 0:
                    break
        except subprocess.TimeoutExpired:
            pass
        raise MapError("This PNG could not be painted; try a smaller scale, or SVG or PDF.")
