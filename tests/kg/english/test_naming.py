"""Who is asked for."""

from __future__ import annotations

import pytest

from kg.english.naming import asks_for_office, asks_who, is_person


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
