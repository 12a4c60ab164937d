"""Text on maps: widths, line breaks, and characters that no font has."""

import pytest

from kg.maps.fonts.faces import font_bytes
from kg.maps.fonts.shaping import shape
from kg.maps.text import (
    block,
    clean,
    control_characters,
    missing,
    missing_words,
    shapes,
    width,
    wrap,
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  two \t words\n", "two words"),
        ("a\x00b\x1bc\x85d", "abc d"),
        ("no\u00a0break", "no\u00a0break"),
        ("e\u0301", "é"),
        ("a\ud800b", "ab"),
        ("\u202eright to left", "right to left"),
        ("\ufffe\uffff\ufdd0\U0001ffff\U0010fffe", ""),
        ("soft\u00adhyphen, zero\u200bwidth", "softhyphen, zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u0378 \ue000", "\u0378 \ue000"),
        ("<script>", "<script>"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_widths_grow_with_the_text_and_the_size(weight: str) -> None:
    assert width("", weight, 16) == 0  # type: ignore[arg-type]
    assert 0 < width("l", weight, 16) < width("m", weight, 16) < width("mm", weight, 16)  # type: ignore[arg-type]
    assert width("Leaders", weight, 32) == pytest.approx(2 * width("Leaders", weight, 16))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    # Measured with canvas.measureText in Chromium with the shipped fonts.
    [("Leaders create culture", 100.0, 10.648), ("patient-centred", 100.0, 7.322)],
)
def test_widths_are_near_those_of_a_browser(text: str, size: float, expected: float) -> None:
    assert width(text, "regular", size) / size == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "Leaders",
        "The Health Services Research Network symposium was held in Nottingham in June",
        "x" * 300,
        "patient-centred leadership, self-evidently",
        "a",
        "word " * 60,
        "文化" * 40,
        "مرحبا بالعالم",
        "👍 staff 👍👍👍👍👍",
        "no\u00a0break\u00a0anywhere",
        "- -- ---",
    ],
)
@pytest.mark.parametrize("limit", [40.0, 120.0, 400.0])
def test_lines_fit_and_nothing_is_lost(text: str, limit: float) -> None:
    lines = wrap(text, "regular", 15, limit)
    assert all(width(line, "regular", 15) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
    assert all(lines)


def test_words_that_fit_stay_whole_and_lines_are_balanced() -> None:
    lines = wrap("is difficult to change without transforming", "regular", 15, 200)
    assert lines == ("is difficult to change", "without transforming")
    assert wrap("patient-centred", "regular", 15, 70) == ("patient-", "centred"), "there is no room for the whole word"
    assert wrap("front-line staff in the wards", "regular", 15, 120) == ("front-line staff", "in the wards")


def test_joined_characters_are_never_cut_apart() -> None:
    family = "👨\u200d👩\u200d👧"
    assert wrap(family * 3, "regular", 15, 70) == (family,) * 3
    assert wrap("a\u0323" * 50, "regular", 15, 30)[1][0] == "ạ"


def test_shapes_are_distinct_and_the_best_comes_first() -> None:
    found = shapes("Culture at the top of the organisation", "semibold", 18, 260)
    assert found[0] == ("Culture at the top", "of the organisation")
    assert len({len(lines) for lines in found}) == len(found) <= 3
    assert shapes("Leaders", "semibold", 18, 260) == (("Leaders",),)


def test_characters_that_no_font_has_are_wide_and_reported() -> None:
    assert missing(["Leaders", "Ŵyn’s café – £5"]) == ()
    assert missing(["Πολιτισμός", "культура", "CO₂ 10⁻⁶ → ≥ ∈", "ثقافة", "שלום", "می\u200cخواهم", "x\u0304"]) == ()
    assert missing(["👍👍", "ܐ", "\ue000", "\u0378"]) == ("\u0378", "ܐ", "\ue000", "👍")
    assert width("ܐ", "regular", 10) >= 10
    assert width("👍", "regular", 10) >= 12


@pytest.mark.parametrize("text", ["Πολιτισμός", "культура", "10⁻⁶", "الثقافة التنظيمية", "שלום עולם", "⇒ ✓"])
def test_other_scripts_are_measured_with_some_room(text: str) -> None:
    """A browser draws them in a font of the reader's machine."""
    assert width(text, "semibold", 10) == pytest.approx(10 * 1.08 * shape(text, "semibold").width, rel=0.02)


def test_a_block_of_lines() -> None:
    assert block(("a", "bb"), "regular", 16) == (width("bb", "regular", 16), 40.0)


def test_the_fonts_are_woff() -> None:
    assert font_bytes("regular")[:4] == font_bytes("semibold")[:4] == b"wOFF"


@pytest.mark.parametrize(
    ("text", "found"),
    [("two\twords\r\n", ()), ("a\x07b\x00\x07", ("U+0000", "U+0007")), ("\x9f", ("U+009F",)), ("\u200b文", ())],
)
def test_control_characters(text: str, found: tuple[str, ...]) -> None:
    assert control_characters(text) == found


def test_a_sentence_names_what_no_font_has() -> None:
    assert missing_words(()) == ""
    assert missing_words(("文",)).startswith("No font of the maps has “文” (U+6587): there is no PNG or PDF")
    assert "“九” (U+4E5D)" in missing_words(tuple("一二三四五六七八九十又"))
    assert "and 1 more:" in missing_words(tuple("一二三四五六七八九十又"))
