"""Tables as spreadsheets save them."""

import pytest

from kg.maps.formats.cells import rows


@pytest.mark.parametrize(
    "text",
    [
        "An aim\tcomes with\tclear, measurable; steps\nA\t\tB\n",
        '\ufeffAn aim\tcomes with\t"clear, measurable; steps"\r\nA\t\tB\t\r\n',
        'An aim,comes with,"clear, measurable; steps"\r\nA,,B\r\n,,\r\n',
        'An aim;comes with;"clear, measurable; steps"\r\nA;;B\r\n',
        '"An aim";"comes with";"clear, measurable; steps"\r"A";"";"B"',
    ],
)
def test_what_stands_between_cells_is_found(text: str) -> None:
    assert rows(text, range(3, 7)) == [(1, ["An aim", "comes with", "clear, measurable; steps"]), (2, ["A", "", "B"])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("A, B, and C", [(1, ["A", " B", " and C"])]),
        ("A, B\tare\tC, D\n", [(1, ["A, B", "are", "C, D"])]),
        ("A;is;D, or so\nE, F;are;G\n", [(1, ["A", "is", "D, or so"]), (2, ["E, F", "are", "G"])]),
        ('A,"two\nlines ""here""",B\nC,is,D', [(1, ["A", 'two\nlines "here"', "B"]), (3, ["C", "is", "D"])]),
        ("sep=;\r\nA;is;B\r\n", [(2, ["A", "is", "B"])]),
        ("SEP=,\nA,is,B", [(2, ["A", "is", "B"])]),
        ("sep=;", []),
        ("A is B", [(1, ["A is B"])]),
    ],
)  # fmt: skip
def test_rows_and_their_lines(text: str, found: list[tuple[int, list[str]]]) -> None:
    assert rows(text, range(3, 7)) == found
