"""Who is asked for, and whose words."""

from __future__ import annotations

import pytest

from kg.english.speakers import asks_for_office, asks_who, is_person, naming_stems, speakers_asked
from kg.english.words import stems


@pytest.mark.parametrize(
    ("question", "who", "office"),
    [
        ("Who creates culture?", True, False),
        ("By whom is culture shaped?", True, False),
        ("Who is the head of Monitor?", True, True),
        ("Who said that leaders matter?", False, False),
        ("Who criticised the CQC?", False, False),
        ("What was said about leaders who listen?", False, False),
        ("What spreads?", False, False),
    ],
)
def test_who(question: str, who: bool, office: bool) -> None:
    assert (asks_who(question), asks_for_office(question)) == (who, office)


@pytest.mark.parametrize(
    ("label", "person"), [("Leaders", True), ("A hospital", True), ("Culture", False), ("Staff engagement", True)]
)
def test_persons(label: str, person: bool) -> None:
    assert is_person(label) is person


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the minister say?", ["the minister"]),
        ("According to Jeremy Hunt, what matters?", ["jeremy hunt"]),
        ("Give me the reply of the CQC", ["the"]),
        ("What creates culture?", []),
    ],
)
def test_whose_words(question: str, words: list[str]) -> None:
    assert [named for _, _, named in speakers_asked(question)] == words
    assert all(question[first:last].lower() == named for first, last, named in speakers_asked(question))


@pytest.mark.parametrize(
    ("words", "telling"), [("the minister", "minister"), ("the speaker", ""), ("anyone", ""), ("it", "")]
)
def test_naming(words: str, telling: str) -> None:
    assert naming_stems(words) == frozenset(stems(telling))
