"""A line of text as glyphs with places: fonts for each script, letters joined, from right to left where it runs so.

HarfBuzz (https://harfbuzz.github.io/) joins and places the glyphs of a stretch that has one font and one direction.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any
from unicodedata import combining

import uharfbuzz as hb
from fontTools.pens.transformPen import TransformPen

from kg.maps.fonts.bidi import levels
from kg.maps.fonts.faces import Face, Weight, face_of, inter

JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""Characters that join others, keep them apart or choose between their forms, and take no room."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font; (x, y) is its origin in ems from the start of the baseline, y upwards."""

    face: Face
    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """The glyphs of a line, from left to right, and how wide they are together, in ems."""

    glyphs: tuple[Glyph, ...]
    width: float

    def draw(self, pen: Any) -> None:
        """Draw the outlines, in ems, with a pen of fontTools."""
        for glyph in self.glyphs:
            em = 1 / glyph.face.units
            glyph.face.font.draw_glyph_with_pen(glyph.number, TransformPen(pen, (em, 0, 0, em, glyph.x, glyph.y)))


def is_plain(text: str) -> bool:
    """Whether a text can be drawn with Inter from left to right, a character after the other."""
    known = inter("regular").characters
    return all(ord(character) in known and not combining(character) for character in text)


@lru_cache(maxsize=4096)
def shape(text: str, weight: Weight, right_to_left: bool = False) -> ShapedLine:
    """Shape a line of text; characters that no font has are left out.

    Arguments:
        text: the line.
        weight: "regular" or "semibold".
        right_to_left: whether the text that the line belongs to runs so as a whole.
    """
    glyphs: list[Glyph] = []
    along = 0.0
    for face, stretch, level in _visual(text, weight, right_to_left):
        buffer = hb.Buffer()
        buffer.add_str(stretch)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        hb.shape(face.font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = along + place.x_offset / face.units, place.y_offset / face.units
            glyphs.append(Glyph(face, info.codepoint, x, y))
            along += place.x_advance / face.units
    return ShapedLine(tuple(glyphs), along)


def _visual(text: str, weight: Weight, right_to_left: bool) -> list[tuple[Face, str, int]]:
    """The stretches of a line that have one font and one level, from left to right (UAX #9, L2)."""
    fonts = _fonts(text, weight)
    marked = zip(fonts, text, levels(text, right_to_left), strict=True)
    stretches = [
        (face, "".join(character for _, character, _ in group), level)
        for (face, level), group in groupby(marked, key=lambda each: (each[0], each[2]))
        if face is not None
    ]
    for least in range(max((level for *_, level in stretches), default=0), 0, -1):
        turned: list[tuple[Face, str, int]] = []
        for high, group in groupby(stretches, key=lambda each: each[2] >= least):
            together = list(group)
            turned += reversed(together) if high else together
        stretches = turned
    return stretches


def _fonts(text: str, weight: Weight) -> list[Face | None]:
    """The font of each character: marks, joiners and spaces stay with the one before them if its font has them."""
    found: list[Face | None] = []
    for character in text:
        before = found[-1] if found else None
        stays = combining(character) or character in JOINERS or character == " "
        if stays and before and (ord(character) in before.characters or character in JOINERS):
            found.append(before)
        else:
            found.append(face_of(character, weight, text))
    return found
