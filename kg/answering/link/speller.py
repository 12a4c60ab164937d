"""Spelling: which known word a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.answering.link.evidence import Evidence
from kg.english.synonyms import common_words, english_synonyms, other_matters, setting_words
from kg.english.words import LIGHT_WORDS, Word, stem


class Speller:
    """Corrects words to those of the graph or, failing that, of everyday English."""

    def __init__(self, evidence: Evidence):
        self._evidence = evidence
        self._nearest = lru_cache(maxsize=5_000)(self._find)

    def correct(self, word: Word) -> str | None:
        """Return the stem of the known word that an unknown one is most likely a misspelling of, or None.

        Optimal string alignment distance: one slip in a word of four to six letters, two in a longer one. A word of
        the graph is preferred to one of everyday English.
        """
        known = word.stem in self._evidence.known or word.text in self._everyday
        if known or len(word.text) < 4 or word.text.isdigit():
            return None
        return self._nearest(word.text)

    def _find(self, text: str) -> str | None:
        most = 1 if len(text) < 7 else 2
        found = []
        for rank, spellings in enumerate((self._evidence.spellings, self._everyday)):
            near = process.extractOne(text, _alike(text, spellings), scorer=OSA.distance, score_cutoff=most)
            if near:
                found.append((near[1], rank, spellings[near[0]]))
        return min(found)[2] if found else None

    @cached_property
    def _everyday(self) -> dict[str, str]:
        """Words of everyday English -> their stems."""
        words = {word: stem(word) for word in LIGHT_WORDS if len(word) > 3}
        return {**english_synonyms().spellings, **common_words(), **setting_words(), **other_matters(), **words}


def _alike(text: str, spellings: Iterable[str]) -> list[str]:
    """Return the spellings that begin alike, in order, so that the first of several as near is always it."""
    same = 2 if len(text) >= 7 else 1
    return sorted(each for each in spellings if each[:same] == text[:same] and abs(len(each) - len(text)) <= 2)
