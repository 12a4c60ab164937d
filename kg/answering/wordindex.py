"""Find texts by words that are still being typed: whole words, beginnings of words, and words with a slip in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.answering.words import fold

_WORD = re.compile(r"[^\W_]+")
MOST_BEGINNINGS = 200
"""Words that one typed beginning may stand for; the first ones in the alphabet are taken."""
MOST_PLACES = 3_000
"""Texts that one word may find; a word that more texts have tells little, and the first ones are taken."""
EXACT, BEGINNING, SLIP = 1.0, 0.9, 0.6


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text in order, in any script; possessive 's left out."""
    return tuple(_WORD.findall(fold(text).replace("'s ", " ").replace("'", "")))


class WordIndex:
    """Texts by their words. A text is known by its place in the order in which the texts were given."""

    def __init__(self, texts: Iterable[Sequence[str]]):
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(texts):
            for word in dict.fromkeys(words):
                self._places[word].append(place)
        self._sorted = sorted(self._places)

    def found(self, word: str) -> dict[int, float]:
        """Return the places of the texts that have a word like `word`, and how close that word is (0 to 1)."""
        closest: dict[int, float] = {}
        for known, closeness in self._like(word):
            for place in self._places[known][: MOST_PLACES - len(closest)]:
                closest[place] = max(closeness, closest.get(place, 0.0))
        return closest

    def _like(self, word: str) -> Iterator[tuple[str, float]]:
        start = bisect_left(self._sorted, word)
        beginning = False
        for known in self._sorted[start : start + MOST_BEGINNINGS]:
            if not known.startswith(word):
                break
            beginning = True
            yield known, EXACT if known == word else BEGINNING
        if not beginning and len(word) > 3:
            yield from ((known, SLIP) for known in self._slips(word))

    def _slips(self, word: str) -> Iterator[str]:
        """Yield the words that `word` is a slip or two away from, or from whose beginning it is.

        Optimal string alignment distance; as in spelling.py, the first letter is taken to be right.
        """
        most = 1 if len(word) < 7 else 2
        start, end = bisect_left(self._sorted, word[0]), bisect_left(self._sorted, chr(ord(word[0]) + 1))
        known = self._sorted[start:end]
        for texts in (known, [each[: len(word)] for each in known]):
            near = process.extract(word, texts, scorer=OSA.distance, score_cutoff=most, limit=MOST_BEGINNINGS)
            yield from (known[place] for _, _, place in near)
