"""The fonts that maps are drawn with: Inter, and for what it lacks a small set of Noto Sans.

All come with the package, under the SIL Open Font License (OFL.txt), or with its extra `cjk`, and no others are used,
so that a picture is the same on every machine. Browsers get Inter's Latin letters alone, as WOFF, since they have other
fonts for the rest.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import uharfbuzz as hb

Weight = Literal["regular", "semibold"]

_WEIGHTS: dict[Weight, str] = {"regular": "Regular", "semibold": "SemiBold"}
_OF_TWO_WEIGHTS = ("Inter", "NotoSansArabic", "NotoSansHebrew")
_OF_ONE = ("NotoSansMath-Regular", "NotoSansSymbols2-Regular", "NotoSansSymbols-Regular")
_OF_EXTRA = {
    "japanese": ("pylopdf_fonts_jp", "NotoSansJP-Regular.otf"),
    "korean": ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf"),
    "chinese": ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
}
"""Fonts of the extra `cjk`: the package, which is never imported, and its file. Each has much of the others."""
FIRST_OF_EXTRA = 0x1100
"""The code point from which on the fonts of the extra are asked."""

_KANA, _HANGUL = "\u3041-\u30ff\uff66-\uff9f", "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"


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
    """The fonts of this weight that come with the package, Inter first; some have but one."""
    names = [*(f"{family}-{_WEIGHTS[weight]}" for family in _OF_TWO_WEIGHTS), *_OF_ONE]
    return tuple(_face(name) for name in names)


def inter(weight: Weight) -> Face:
    """Inter, as TrueType."""
    return faces(weight)[0]


def face_of(character: str, weight: Weight, text: str = "") -> Face | None:
    """The first font that has a character, None where none has it.

    Arguments:
        character: the character.
        weight: "regular" or "semibold".
        text: what it stands in: characters that Chinese and Japanese share look as that language writes them.
    """
    own = next((face for face in faces(weight) if ord(character) in face.characters), None)
    if own or ord(character) < FIRST_OF_EXTRA:
        return own
    return next((face for face in _extra_faces(_language(text)) if ord(character) in face.characters), None)


def _language(text: str) -> str:
    """Which of the extra's fonts suits a text: with kana it is Japanese, with hangul Korean, else Chinese."""
    return "japanese" if re.search(f"[{_KANA}]", text) else "korean" if re.search(f"[{_HANGUL}]", text) else "chinese"


@cache
def _extra_faces(language: str) -> tuple[Face, ...]:
    """The fonts of the extra that are installed, that of a language first."""
    order = sorted(_OF_EXTRA, key=lambda each: each != language)
    return tuple(face for each in order if (face := _extra_face(*_OF_EXTRA[each])))


@cache
def _extra_face(package: str, name: str) -> Face | None:
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    path = next((found for folder in folders if (found := Path(folder, name)).is_file()), None)
    return _made(name, hb.Blob.from_file_path(str(path))) if path else None


@cache
def _face(name: str) -> Face:
    return _made(name, hb.Blob(_bytes(f"{name}.ttf")))


def _made(name: str, blob: hb.Blob) -> Face:
    face = hb.Face(blob)
    return Face(name, hb.Font(face), frozenset(face.unicodes), face.upem)


def _bytes(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()
