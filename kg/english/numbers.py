"""Numbers: the words for them that a question may have, and those that an answer or a caption has."""

from __future__ import annotations

import re

#: The words for the numbers from nought to nineteen, and for the tens from twenty on.
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = ("none", *SMALL[1:11])
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_COUNTS = {word: n for n, cardinal in enumerate(_CARDINALS) for word in (cardinal, str(n)) if n}
_ORDERED = {word: n for n, word in enumerate(_ORDINALS, start=1)}

#: Words and digits that say how many -> the number.
NUMBERS = {**_COUNTS, "single": 1, "pair": 2, "couple": 2, "both": 2}
#: Words that say which one in an order -> the number.
PLACES = {**_ORDERED, "opening": 1, "initial": 1}
#: The number that stands for the last item of an ordered list, whatever its length.
LAST = -1
#: Words for the item of a list after which there is none.
LAST_WORDS = frozenset(("last", "final"))
#: Words that pick an item of an ordered list -> its number.
ITEMS = {**_COUNTS, **PLACES, "1st": 1, "2nd": 2, "3rd": 3, **dict.fromkeys(LAST_WORDS, LAST)}
_LARGER = (*SMALL[11:], *TENS, *"hundreds? thousands? millions? billions? dozens? half".split())
#: The pattern of a number above one in a folded text.
SOME_NUMBER = rf"\b(\d[\d,.]*|{'|'.join((*_CARDINALS[2:], *_LARGER))})\b"


def is_number(word: str) -> bool:
    """Whether a word in lower case is a number."""
    return word in NUMBERS or re.fullmatch(SOME_NUMBER, word) is not None


def number_words(number: int) -> str:
    """Return a whole number from 0 in words up to ten ("none", "three"), in digits beyond."""
    return _CARDINALS[number] if number < len(_CARDINALS) else str(number)


def ordinal_words(number: int) -> str:
    """Return the place of something in an order, from 1: "first"; in digits beyond the tenth."""
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"number {number}"


def counted(number: int, noun: str) -> str:
    """Return how many of something there are: "1 claim", "3 claims"; `noun` in the singular, its plural in -s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
