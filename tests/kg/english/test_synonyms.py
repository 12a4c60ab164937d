"""Synonym rings and the lists of everyday words."""

from __future__ import annotations

import pytest

from kg.english.synonyms import Synonyms, common_words, english_synonyms, other_matters, setting_words
from kg.english.words import stems

RINGS = Synonyms(["easy, simple >< difficult, hard", "nurse, ward sister", "sister, sibling"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("simple", [(0, 1, 0)]),
        ("a hard nurse", [(1, 2, 1), (2, 3, 2)]),
        ("the ward sister", [(1, 3, 2)]),
        ("her sister", [(1, 2, 3)]),
        ("culture", []),
    ],
)
def test_rings_are_found_and_longer_phrases_hide_shorter(text: str, found: list[tuple[int, int, int]]) -> None:
    assert sorted(RINGS.found(stems(text))) == found


@pytest.mark.parametrize(("ring", "opposite"), [(0, 1), (1, 0), (2, None)])
def test_opposites(ring: int, opposite: int | None) -> None:
    assert RINGS.opposite(ring) == opposite


@pytest.mark.parametrize(("one", "other"), [("easy", "simple"), ("employees", "staff"), ("hard", "difficult")])
def test_everyday_english_has_these_in_one_ring(one: str, other: str) -> None:
    found = [{ring for _, _, ring in english_synonyms().found(stems(word))} for word in (one, other)]
    assert found[0] & found[1]


def test_lists_of_words_have_their_stems() -> None:
    for words in (setting_words(), common_words(), other_matters()):
        assert words
        assert all(stems(word)[:1] == (stem,) for word, stem in list(words.items())[:50])
