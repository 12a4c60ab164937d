"""Numbers in words."""

from __future__ import annotations

import re

import pytest

from kg.english.numbers import ITEMS, LAST, NUMBERS, PLACES, SOME_NUMBER, counted, number_words


@pytest.mark.parametrize(("number", "words"), [(0, "none"), (1, "one"), (3, "three"), (10, "ten"), (11, "11")])
def test_numbers_are_words_up_to_ten(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    ("number", "noun", "said"), [(0, "claim", "0 claims"), (1, "claim", "1 claim"), (3, "claim", "3 claims")]
)
def test_what_is_counted_is_singular_or_plural(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said


@pytest.mark.parametrize(
    ("numbers", "word", "number"),
    [
        (NUMBERS, "one", 1), (NUMBERS, "single", 1), (NUMBERS, "both", 2), (NUMBERS, "7", 7), (NUMBERS, "none", None),
        (NUMBERS, "first", None), (PLACES, "first", 1), (PLACES, "opening", 1), (PLACES, "one", None),
        (ITEMS, "second", 2), (ITEMS, "2nd", 2), (ITEMS, "two", 2), (ITEMS, "last", LAST), (ITEMS, "both", None),
    ],
)  # fmt: skip
def test_words_for_numbers(numbers: dict[str, int], word: str, number: int | None) -> None:
    assert numbers.get(word) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [("one hospital", False), ("two regulators", True), ("1,500 staff", True), ("thousands of staff", True)],
)
def test_a_number_above_one(text: str, found: bool) -> None:
    assert bool(re.search(SOME_NUMBER, text)) is found
