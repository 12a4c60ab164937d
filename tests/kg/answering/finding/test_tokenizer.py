"""The tokenizer of the encoder: numbers as the tokenizer that comes with the model gives them."""

from __future__ import annotations

import pytest

from kg.answering.finding.tokenizer import END, MOST_PIECES, START, UNKNOWN, pieces, vocabulary


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("Who chaired the meeting?", [2040, 12282, 1996, 3116, 1029]),
        ("café — don’t", [7668, 1517, 2123, 1521, 1056]),
        ("antidisestablishmentarianism", [3424, 10521, 4355, 7875, 13602, 3672, 12199, 2964]),
        ("£5m 東京", [27813, 2213, 1879, 1755]),
        ("😀", [UNKNOWN]),
        ("a" * 101, [UNKNOWN]),
    ],
)
def test_pieces(text: str, numbers: list[int]) -> None:
    assert pieces(text) == [START, *numbers, END]


def test_long_texts_are_cut() -> None:
    assert len(pieces("culture " * 500)) == MOST_PIECES
    assert pieces("culture " * 500)[-1] == END


def test_the_vocabulary_is_whole() -> None:
    assert len(vocabulary()) == 30_522
    assert [vocabulary()[piece] for piece in ("[UNK]", "[CLS]", "[SEP]")] == [UNKNOWN, START, END]
