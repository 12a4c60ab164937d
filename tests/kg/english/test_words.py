"""Words: spelling, shorthand, stems, light words."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.english.words import (
    LIGHT_STEMS,
    LISTS,
    WEAK_STEMS,
    fold,
    listed,
    read,
    stem,
    stemmed,
    stems,
    words_of,
    written_out,
)


@pytest.mark.parametrize(
    ("text", "folded"), [("Who’s", "who's"), ("CAFÉ", "cafe"), ("`so`", "'so'"), ("ﬁne", "ﬁne"), ("文化", "文化")]
)
def test_folding_keeps_the_length(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wat is sed abt compassion", "what is said about compassion"),
        ("West's staff don't", "west staff do not"),
        ("whos the CEO", "who is the ceo"),
        ("can't", "can not"),
        ("isn't", "is not"),
        ("A&E, 24/7", "a e 24 7"),
        ("?!", ""),
    ],
)
def test_words_are_read_with_shorthand_written_out(text: str, words: str) -> None:
    assert " ".join(word.text for word in read(text)) == words
    assert written_out(text)[0] == words


def test_each_word_knows_its_place() -> None:
    text = "Isn't it West’s?"
    assert [text[word.start : word.end] for word in read(text)] == ["Isn't", "Isn't", "it", "West’s"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organizational", "organisational"), ("behaviors", "behaviour"), ("patient-centered", "patient-centred"),
        ("programs", "programme"), ("labeled", "labelled"), ("leading", "leads"), ("skillful", "skilful"),
    ],
)  # fmt: skip
def test_spellings_and_endings_are_the_same(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("leader", "lead"), ("meter", "met"), ("size", "sise")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    ("word", "light", "weak"),
    [
        ("the", True, False), ("said", True, False), ("seminar", True, True), ("everybody", True, True),
        ("culture", False, False), ("nurse", False, False),
    ],
)  # fmt: skip
def test_light_and_weak_words(word: str, light: bool, weak: bool) -> None:
    assert (stem(word) in LIGHT_STEMS, stem(word) in WEAK_STEMS) == (light, weak)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who’s the CEO, then?", ("who", "the", "ceo", "then")),
        ("West's Café", ("west", "cafe")),
        ("文化 und_Kultur", ("文化", "und", "kultur")),
        ("…?!", ()),
    ],
)
def test_words_as_typed(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize("file", sorted(path.name for path in LISTS.glob("*.txt")))
def test_every_list_holds_something(file: str) -> None:
    assert listed(file)


ENDINGS = ("", "s", "ing", "ed", "er", "ation", "ational", "ness", "fully", "ization", "iveness", "ently", "ies")


def test_threads_get_the_stems_that_one_gets() -> None:
    """A stemmer holds the word that it is at, and a wrong stem would be kept for good."""
    words = [f"{first}{letter}{last}" for first in ("run", "lead", "care") for letter in "aeilort" for last in ENDINGS]
    alone = [stemmed(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        stemmed.cache_clear()
        with ThreadPoolExecutor(16) as threads:
            found = list(threads.map(lambda n: [stemmed(word) for word in words[n:] + words[:n]], range(0, 160, 10)))
    finally:
        sys.setswitchinterval(before)
    size = len(words)
    for n, theirs in zip(range(0, 160, 10), found, strict=True):
        assert theirs[size - n :] + theirs[: size - n] == alone
    assert [stemmed(word) for word in words] == alone
