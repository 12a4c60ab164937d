"""The fonts that maps are drawn with: Inter, and for what it lacks a small set of Noto Sans.

All come with the package, under the SIL Open Font License (OFL.txt), and no others are used, so that a picture is the
same on every machine. Browsers get Inter's Latin letters alone, as WOFF, since they have other fonts for the rest.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

import uharfbuzz as hb

Weight = Literal["regular", "semibold"]

_WEIGHTS: dict[Weight, str] = {"regular": "Regular", "semibold": "SemiBold"}
_OF_TWO_WEIGHTS = ("Inter", "NotoSansArabic", "NotoSansHebrew")
_OF_ONE = ("NotoSansMath-Regular", "NotoSansSymbols2-Regular", "NotoSansSymbols-Regular")


@dataclass(frozen=True, eq=False)
class Face:
    """A font of one weight; `units` is how many of its units an em has."""

    name: str
    font: hb.Font
    characters: frozenset[int]
    units: int

    def advance(self, character: str) -> float:
        """How far the next character stands from this one's start, in ems, as it stands by itself."""
        return float(self.font.get_glyph_h_advance(self.font.get_nominal_glyph(ord(character)))) / self.units


def font_bytes(weight: Weight, ending: Literal["woff", "ttf"] = "woff") -> bytes:
    """Inter of this weight: its Latin letters in WOFF 1.0 (https://www.w3.org/TR/WOFF/), or all as TrueType ("ttf")."""
    return _bytes(f"Inter-{_WEIGHTS[weight]}.{ending}")


@contextmanager
def truetype_paths() -> Iterator[list[str]]:
    """The TrueType files of Inter as paths, which are sure to exist within the `with` block."""
    with ExitStack() as stack:
        folder = files(__package__)
        yield [str(stack.enter_context(as_file(folder.joinpath(f"Inter-{name}.ttf")))) for name in _WEIGHTS.values()]


@cache
def faces(weight: Weight) -> tuple[Face, ...]:
    """All fonts of this weight, Inter first; some have but one."""
    names = [*(f"{family}-{_WEIGHTS[weight]}" for family in _OF_TWO_WEIGHTS), *_OF_ONE]
    return tuple(_face(name) for name in names)


def face_of(character: str, weight: Weight) -> Face | None:
    """The first font that has a character, None where none has it."""
    return next((face for face in faces(weight) if ord(character) in face.characters), None)


def inter(weight: Weight) -> Face:
    """Inter, as TrueType."""
    return faces(weight)[0]


@cache
def _face(name: str) -> Face:
    face = hb.Face(hb.Blob(_bytes(f"{name}.ttf")))
    return Face(name, hb.Font(face), frozenset(face.unicodes), face.upem)


def _bytes(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()
