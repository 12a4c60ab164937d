"""Lines of text as glyphs: the fonts, the order and the joining of letters."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from kg.maps.fonts import faces
from kg.maps.fonts.faces import face_of
from kg.maps.fonts.shaping import ShapedLine, is_plain, shape


def fonts_of(line: ShapedLine) -> list[str]:
    """The fonts of a line's glyphs, from left to right, each once where it follows itself."""
    names = [glyph.face.name for glyph in line.glyphs]
    return [name for place, name in enumerate(names) if not place or names[place - 1] != name]


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("Leaders", ["Inter-SemiBold"]),
        ("Πολιτισμός, культура, CO₂ 10⁻⁶ → ½ № ≥", ["Inter-SemiBold"]),
        ("شكرا", ["NotoSansArabic-SemiBold"]),
        ("שָׁלוֹם", ["NotoSansHebrew-SemiBold"]),
        ("a ∈ ℝ", ["Inter-SemiBold", "NotoSansMath-Regular", "Inter-SemiBold", "NotoSansMath-Regular"]),
        ("⚗❦", ["NotoSansSymbols-Regular", "NotoSansSymbols2-Regular"]),
    ],
)
def test_fonts_of_scripts(text: str, fonts: list[str]) -> None:
    assert fonts_of(shape(text, "semibold")) == fonts


def test_letters_of_arabic_join() -> None:
    apart = sum(shape(letter, "regular").width for letter in "ثقافة")
    assert shape("ثقافة", "regular").width < 0.8 * apart
    assert len({glyph.number for glyph in shape("ععع", "regular").glyphs}) == 3
    kept_apart, joined = shape("می\u200cخواهم", "regular"), shape("میخواهم", "regular")
    assert {glyph.number for glyph in kept_apart.glyphs} != {glyph.number for glyph in joined.glyphs}


def test_lines_run_from_right_to_left() -> None:
    alef, bet = (shape(letter, "regular").glyphs[0].number for letter in "אב")
    assert [glyph.number for glyph in shape("אב", "regular").glyphs] == [bet, alef]
    for leftwards, first in ((False, "Inter-Regular"), (True, "NotoSansHebrew-Regular")):
        assert fonts_of(shape("NHS אב", "regular", leftwards))[0] == first
    opening, closing = (shape(each, "regular").glyphs[0].number for each in "()")
    numbers = [glyph.number for glyph in shape("אב (2014)", "regular", True).glyphs]
    assert numbers[0] == opening, "brackets are mirrored"
    assert numbers[5] == closing


def test_marks_stand_on_their_letters() -> None:
    plain, marked = shape("x", "regular"), shape("x\u0304", "regular")
    assert marked.width == plain.width
    assert 0 <= marked.glyphs[1].x + 0.2 <= marked.width


def test_outlines_are_as_wide_as_is_said() -> None:
    pen = BoundsPen(None)
    shape("الثقافة", "semibold").draw(pen)
    left, _, right, top = pen.bounds
    assert -0.1 < left < right < shape("الثقافة", "semibold").width + 0.1
    assert 0.5 < top < 1.2


@pytest.mark.parametrize(
    ("text", "plain"), [("Leaders", True), ("CO₂ культура", True), ("x\u0304", False), ("אב", False), ("a ∈ b", False)]
)
def test_what_is_drawn_as_plain_text(text: str, plain: bool) -> None:
    assert is_plain(text) is plain


@pytest.fixture
def extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The extra `cjk`, with fonts that have 文 alone; importing their packages would fail."""
    for package, name in faces._OF_EXTRA.values():
        pen = TTGlyphPen(None)
        pen.moveTo((100, 0))
        pen.lineTo((900, 0))
        pen.lineTo((500, 800))
        pen.closePath()
        font = FontBuilder(1000)
        font.setupGlyphOrder([".notdef", "wen"])
        font.setupCharacterMap({ord("文"): "wen"})
        font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "wen": pen.glyph()})
        font.setupHorizontalMetrics({".notdef": (500, 0), "wen": (1000, 100)})
        font.setupHorizontalHeader(ascent=800, descent=-200)
        font.setupOS2()
        font.setupPost()
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise ImportError", encoding="utf-8")
        font.save(tmp_path / package / name)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    kept = (faces._extra_face, faces._extra_faces)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize(
    ("text", "font"),
    [("文", "NotoSansSC"), ("文の", "NotoSansJP"), ("文 문화", "NotoSansKR"), ("文 culture", "NotoSansSC")],
)
def test_fonts_of_the_extra_are_used_by_language(text: str, font: str) -> None:
    found = face_of("文", "semibold", text)
    assert found
    assert found.name == f"{font}-Regular.otf"
    assert face_of("化", "semibold") is None


def test_the_extra_brings_the_fonts_that_are_looked_for() -> None:
    project = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = [each.partition("==")[0].replace("-", "_") for each in project["optional-dependencies"]["cjk"]]
    assert sorted(pinned) == sorted(package for package, _ in faces._OF_EXTRA.values())
