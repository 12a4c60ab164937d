"""The tokenizer of the sentence encoder: WordPiece over the vocabulary of BERT, uncased.

Text is put into lower case without accents, split at blanks and at each mark of punctuation, and each word is cut into
the longest pieces that the vocabulary has (Schuster and Nakajima, Japanese and Korean voice search, ICASSP 2012).
"""

from __future__ import annotations

import gzip
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

#: One piece a line; its place is its number. Of bert-base-uncased, Apache-2.0 (docs/decisions.md).
VOCABULARY = Path(__file__).parent / "vocabulary.txt.gz"
#: The numbers of what stands for a piece that is not in the vocabulary, before a text and after it.
UNKNOWN, START, END = 100, 101, 102
#: How many pieces of a text are read, and how long a word is cut.
MOST_PIECES, LONGEST_WORD = 128, 100


@cache
def vocabulary() -> dict[str, int]:
    """Return the pieces and their numbers."""
    lines = gzip.decompress(VOCABULARY.read_bytes()).decode("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


def pieces(text: str) -> list[int]:
    """Return the numbers of a text's pieces, with what stands before and after it."""
    numbers = [number for word in _words(text) for number in _cut(word)]
    return [START, *numbers[: MOST_PIECES - 2], END]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    spaced = []
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn" or character == "\ufffd" or (category[0] == "C" and character not in "\t\n\r"):
            continue
        alone = _is_punctuation(character, category) or _is_ideograph(ord(character))
        spaced.append(f" {character} " if alone else character)
    return "".join(spaced).split()


def _is_punctuation(character: str, category: str) -> bool:
    return category[0] == "P" or (character.isascii() and not character.isalnum() and not character.isspace())


def _is_ideograph(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2CEAF
    )


@lru_cache(maxsize=20_000)
def _cut(word: str) -> tuple[int, ...]:
    """Return the longest pieces of a word from its beginning on; one that is unknown where they do not make it up."""
    known, found, first = vocabulary(), [], 0
    if len(word) > LONGEST_WORD:
        return (UNKNOWN,)
    while first < len(word):
        prefix = "##" if first else ""
        last = next((n for n in range(len(word), first, -1) if prefix + word[first:n] in known), None)
        if last is None:
            return (UNKNOWN,)
        found.append(known[prefix + word[first:last]])
        first = last
    return tuple(found)
