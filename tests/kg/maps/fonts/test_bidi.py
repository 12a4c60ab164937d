"""Which way the characters of a line run; the levels are those of the reference implementation of UAX #9."""

import pytest

from kg.maps.fonts.bidi import levels, runs_right_to_left


@pytest.mark.parametrize(
    ("text", "leftwards"),
    [("", False), ("abc", False), ("(2014) שלום", True), ("ثقافة in NHS", True), ("NHS ثقافة", False), ("12 -", False)],
)
def test_a_text_runs_as_its_first_letter(text: str, leftwards: bool) -> None:
    assert runs_right_to_left(text) is leftwards


@pytest.mark.parametrize(
    ("text", "right_to_left", "found"),
    [
        ("", False, ""),
        ("ab c", False, "0000"),
        ("ab c", True, "2222"),
        ("אב ג", False, "1111"),
        ("אב ג", True, "1111"),
        ("a אב b", False, "001100"),
        ("a אב b", True, "211112"),
        # Numbers run to the right, and what belongs to them with them.
        ("אב 12", False, "11122"),
        ("אב 1,2", True, "111222"),
        ("אב 5%", True, "11122"),
        ("ab 12", True, "22222"),
        ("٣٤ אב", True, "22111"),
        ("ثقا 12", False, "111122"),
        # Brackets take the side of what they hold.
        ("אב (ab)", True, "1111221"),
        ("אב (ab)", False, "1100000"),
        ("ab (אב)", False, "0000110"),
        ("א (2014)", True, "11122221"),
        ("(א) b", False, "01000"),
        # Marks go with their letter, white space at the end with the line.
        ("אָב", False, "111"),
        ("ab אב ", True, "221111"),
        ("אב  ", False, "1100"),
        ("אב, גד. a", False, "111111000"),
    ],
)
def test_levels(text: str, right_to_left: bool, found: str) -> None:
    assert "".join(map(str, levels(text, right_to_left))) == found
