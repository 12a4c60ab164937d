"""Sentences and numbers of a text."""

import pytest

from kg.english.prose import is_ordinal, numbers_of, sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("One alone", ["One alone"]),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “so.” They left.", ["He said “so.”", "They left."]),
        ("Dr. A. Lee, e.g. in 3.5 hours, i.e. No. 4. So.", ["Dr. A. Lee, e.g. in 3.5 hours, i.e. No. 4.", "So."]),
        ("In 2014. 12 came.", ["In 2014.", "12 came."]),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("no number", {}),
        ("in 2014, 1,200 or 3.5%", {"2014": 2014, "1,200": 1200, "3.5": 3.5}),
        ("two hundred and five", {"two hundred five": 205}),
        ("twenty-three of 1990s", {"twenty three": 23, "1990": 1990}),
        ("2 million, and two", {"2 million": 2_000_000, "two": 2}),
        ("2014-06-06T09:30:00", {"2014": 2014, "06": 6, "09:30": 9.3, "00": 0}),
        ("three, four", {"three": 3, "four": 4}),
        ("the twelfth and the twentieth", {"twelfth": 12, "twentieth": 20}),
    ],
)
def test_numbers(text: str, numbers: dict[str, float]) -> None:
    found = dict(numbers_of(text))
    assert {written: max(values) for written, values in found.items()} == numbers
    assert [is_ordinal(written) for written in found] == ["tw" in each and each[-2:] == "th" for each in numbers]
