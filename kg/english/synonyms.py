"""Everyday English: synonym rings, words that set a scene, that are merely common, or that are of other matters.

A synonym ring (ANSI/NISO Z39.19, section 8.2.1) is a set of words and short phrases that stand for nearly the same
thing. Rings are not about any seminar; what belongs to a concept is in kg/ontology/thesaurus.ttl. The files are in
kg/english/lists/, one ring or some words a line; `#` begins a comment.

    easy, simple, straightforward >< difficult, hard, tough     two rings, each the other's opposite
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

from kg.english.words import LIGHT_STEMS, WEAK_STEMS, lines, spelt

OPPOSITE = "><"


class Synonyms:
    """Synonym rings, numbered in the order of the file."""

    def __init__(self, rings: Sequence[str]):
        self._rings: dict[tuple[str, ...], set[int]] = {}
        self._opposites: dict[int, int] = {}
        self.spellings: dict[str, str] = {}
        self.fingerprint = hashlib.sha256("\n".join(rings).encode()).hexdigest()
        number = 0
        for line in rings:
            sides = [side.strip() for side in line.split(OPPOSITE)]
            for side in sides:
                self._add(number, side)
                if len(sides) == 2:
                    self._opposites[number] = number + 1 if side == sides[0] else number - 1
                number += 1
        self.longest = max((len(wording) for wording in self._rings), default=0)

    def _add(self, ring: int, members: str) -> None:
        for member in members.split(","):
            words = spelt(member)
            wording = tuple(stem for _, stem in words)
            if wording and not (len(wording) == 1 and wording[0] in LIGHT_STEMS - WEAK_STEMS):
                self._rings.setdefault(wording, set()).add(ring)
                self.spellings.update(words)

    def opposite(self, ring: int) -> int | None:
        """Return the ring of opposites of a ring, where it has one."""
        return self._opposites.get(ring)

    def others(self, stem: str) -> set[str]:
        """Return the single words, as stems, that are in a ring with a word, and the word itself."""
        rings = self._rings.get((stem,), set())
        return {wording[0] for wording, their in self._rings.items() if len(wording) == 1 and rings & their} | {stem}

    def found(self, wording: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (first, last, ring) for each run of stems, last not included, that belongs to a ring.

        A longer phrase hides the rings of the words inside it.
        """
        taken = [False] * len(wording)
        for length in range(min(self.longest, len(wording)), 0, -1):
            for first in range(len(wording) - length + 1):
                rings = self._rings.get(tuple(wording[first : first + length]))
                if rings and not any(taken[first : first + length]):
                    yield from ((first, first + length, ring) for ring in sorted(rings))
                    if length > 1:
                        taken[first : first + length] = [True] * length


@cache
def english_synonyms() -> Synonyms:
    """Return the rings that come with the package."""
    return Synonyms(lines("synonyms.txt"))


@cache
def setting_words() -> dict[str, str]:
    """Return the words that set a scene ("I coach ward managers", "for a slide") -> their stems."""
    return _words("setting.txt")


@cache
def common_words() -> dict[str, str]:
    """Return the words so common in English that not knowing them says little -> their stems."""
    return _words("common.txt")


@cache
def other_matters() -> dict[str, str]:
    """Return the words for definite matters that are other than leadership and culture -> their stems."""
    return _words("matters.txt")


@cache
def questions_elsewhere() -> tuple[str, ...]:
    """Return questions that no summary of a seminar answers."""
    return tuple(lines("elsewhere.txt"))


def _words(file: str) -> dict[str, str]:
    return {word: stem for line in lines(file) for word, stem in spelt(line.replace(",", " "))}
