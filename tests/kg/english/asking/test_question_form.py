"""Which part of a text asks, and for which noun."""

from __future__ import annotations

import pytest

from kg.english.asking.question_form import asked_nouns, asked_places
from kg.english.words import read


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Who creates culture?", "Who creates culture?"),
        ("I am a ward manager. Who creates culture?", " Who creates culture?"),
        ("Culture and leaders", "Culture and leaders"),
        ("Fill in the blank: leaders create ___", "leaders create ___"),
        ("Who spoke? And where?", "Who spoke? And where?"),
        ("It has four ingredients. Correct?", "It has four ingredients."),
        ("I have her down as the chair. Have I got that right?", "I have her down as the chair."),
        ("Culture grows by itself. Does the seminar agree?", "Culture grows by itself."),
    ],
)
def test_the_part_that_asks(text: str, asked: str) -> None:
    places = asked_places(text)
    assert "".join(letter for place, letter in enumerate(text) if place in places) == asked


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which staff survey was recommended?", "staff survey"),
        ("What creates culture?", "creates culture"),
        ("What is culture?", ""),
        ("Which senior ward staff nurse spoke?", "senior ward staff"),
        ("Who spoke?", ""),
    ],
)
def test_the_noun_asked_for(question: str, noun: str) -> None:
    words = read(question)
    assert " ".join(words[place].text for place in sorted(asked_nouns(words))) == noun
