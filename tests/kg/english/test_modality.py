"""How something is put forward: as so, or as what ought to be, may be or is aimed at."""

from __future__ import annotations

import pytest

from kg.english.modality import is_mood, moods
from kg.english.words import read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("leaders create culture", set()),
        ("leaders should create culture", {"ought"}),
        ("leaders have to create culture", {"ought"}),
        ("it has to do with culture", set()),
        ("leaders can create culture", {"may"}),
        ("leaders want culture", {"aim"}),
        ("Salford is on its way to being safe", {"aim"}),
        ("leaders will aim for what they must", {"will", "aim", "ought"}),
    ],
)
def test_moods(text: str, found: set[str]) -> None:
    assert moods(read(text)) == found


def test_words_of_mood() -> None:
    assert [is_mood(word) for word in read("leaders must lead")] == [False, True, False]
