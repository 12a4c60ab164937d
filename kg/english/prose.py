"""Sentences and numbers of a text in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.english.numbers import SMALL, TENS

Span = tuple[int, int]

_END = re.compile(r"[.?!…]+[”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sir|Rev|Hon|Nos?|[Vv]ol|[Ff]igs?|[Cc]h|pp?|vs|cf|al|approx|[Ee]\.?g|[Ii]\.?e|[A-Z])\.$"
)
_LARGE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_WORDS = (
    {word: number for number, word in enumerate(SMALL)}
    | {word: 10 * number for number, word in enumerate(TENS, start=2)}
    | _LARGE
)
_NUMBER = re.compile(r"\d\d?:\d\d|\d(?:[\d,]*\d)?(?:\.\d+)?|[A-Za-z]+|[.,;:!?]")


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield where each sentence of a text begins and ends, the white space between them left out."""
    start = 0
    for match in _END.finditer(text):
        if match[0].startswith(".") and _ABBREVIATED.search(text[start : match.start() + 1]):
            continue
        yield start, match.start() + len(match[0].rstrip())
        start = match.end()
    if start < len(text):
        yield start, len(text)


def numbers_of(text: str) -> Iterator[tuple[str, frozenset[float]]]:
    """Yield the numbers of a text, in digits and in words: as they are written, and what each may be.

    Words in a row are one number, which may also be read by what it is multiplied from: "two million" is 2 too. Years
    are numbers, and so are times of day: 9.30 and 9:30 are the same, and 14:30 may be 2.30.
    """
    written, values, last = list[str](), set[float](), 0.0
    for each in [*_NUMBER.findall(text), ""]:
        word = each.lower()
        number = _value(each) if each[:1].isdigit() else _WORDS.get(word.removesuffix("s"), _ordinal(word))
        if number is None and word == "and" and written:
            continue
        joins = number is not None and each.isalpha() and (number in _LARGE.values() or last >= 20 > number > 0)
        in_row = last and joins
        if written and not in_row:
            yield " ".join(written), frozenset(values)
            written, values, last = [], set(), 0.0
        if number is None:
            continue
        written.append(each)
        if in_row and number < last:
            values.discard(last)
        else:
            values.add(number)
        if ":" in each and number > 12:
            values.add(round(number - 12, 2))
        last = last * number if in_row and number > last else last + number
        values.add(last)


def _ordinal(word: str) -> float | None:
    return _ORDINALS.get(word, _WORDS.get(re.sub("ie$", "y", word[:-2])) if word.endswith("th") else None)


def is_ordinal(written: str) -> bool:
    """Whether a number as `numbers_of` gives it is a place in an order, in words."""
    return _ordinal(written.lower().split(" ")[-1]) is not None


def _value(written: str) -> float:
    return float(written.replace(",", "").replace(":", "."))
