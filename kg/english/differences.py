"""Where a question for yes or no and a claim differ in numbers, in amounts, or in how far a thing has got.

A question is given by its words, as folded, a claim by its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.numbers import NUMBERS, PLACES
from kg.english.words import fold, listed, read

#: Words for the whole of something, words for a large or unknown part, and words for a small or only part.
ALL = frozenset("all every everyone everybody each any whole entire always entirely fully completely".split())
_MANY = frozenset("many much most some several often sometimes largely mostly partly part few".split())
_UNLIKE = frozenset("better worse differently different unlike less more separately favour prefer own".split())
_UNDER_WAY = re.compile(r"\b(on (its|the|their) way to|towards? (becoming|being))\b")
_DONE = frozenset("already now become becomes became achieved reached finally".split())
_COMING = frozenset(listed("coming.txt"))
_ONLY = frozenset("only solely just alone merely exclusively purely sole".split())
AMOUNTS = ALL | _MANY | _UNLIKE | _ONLY


def numbers_differ(words: Sequence[str], claim: str, counted: int | None) -> bool:
    """Whether the question has numbers and none of them is the claim's, or the number that was counted."""
    places = {PLACES[word] for word in words if word in PLACES}
    held_places = {PLACES[word.text] for word in read(claim) if word.text in PLACES}
    if places and held_places and not places & held_places:
        return True
    asked = {NUMBERS[word] for word in words if word in NUMBERS and word not in ("one", "single")}
    held = {NUMBERS[word.text] for word in read(claim) if word.text in NUMBERS}
    held |= {counted} if counted else set()
    return bool(asked and held and not asked & held)


def amounts_differ(words: Sequence[str], claim: str) -> bool:
    """Whether all is asked where many was claimed, or only some where no such limit was."""
    held = {word.text for word in read(claim)}
    if held & _MANY and not held & ALL:
        return bool(set(words) & ALL)
    if "same" in held and "same" not in words and set(words) & _UNLIKE:
        return True
    return bool(set(words) & _ONLY and not held & _ONLY)


def ahead_of(words: Sequence[str], claim: str) -> bool:
    """Whether the question takes for done what was claimed to be on its way."""
    return bool(_UNDER_WAY.search(fold(claim)) and set(words) & _DONE and not set(words) & _COMING)
