"""Values that questions ask for: an amount, a time, a place, a name, a reason; and how a text reads that has one.

A value that the question names itself is none that it asks for.
"""

from __future__ import annotations

import re

from kg.english.naming import is_person
from kg.english.numbers import NUMBERS, SOME_NUMBER
from kg.english.synonyms import english_synonyms
from kg.english.words import LIGHT_STEMS, fold, read, stems, written_out

#: An amount of money in a folded text.
MONEY = r"[£$€] ?\d|\b\d[\d,.]* ?(p|pence|pounds?|dollars?|euros?)\b|\b(pounds|dollars|euros|pence)\b"
#: A size or a share in a folded text.
SHARE = (
    rf"{SOME_NUMBER}|\b(half|halves|thirds?|quarters?|fifths?|tenths?|majority|minority|most|once|twice|daily|weekly)\b"
)
_UNIT = r"(seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|terms?|years?|decades?|centur(y|ies))"
#: A time, a date or how long something takes in a folded text.
TIME = (
    r"\b(1\d|20)\d\d\b|\d ?(am|pm)\b"
    r"|\b(january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(spring|summer|autumn|winter|noon|midnight|yesterday)\b"
    rf"|\b(an?|every|few|several|last|next|within|\d+|{SOME_NUMBER}) (\w+ )?{_UNIT}\b"
)
#: A reason in a folded text: a cause, a purpose, or what would be otherwise.
REASON = (
    r"\b(because|since|so that|in order|so as to|due to|owing to|as a result|therefore|for fear|thanks to|caused?"
    r"|reasons?|led to|in case|otherwise|unless)\b|\bas (it|they|he|she|the|there|this|that)\b"
)
#: The same of a text that has to tell why something is so, and not since when; and in words that mean nothing else.
#: What something is good for is a reason, too.
BECAUSE = r"\b(because|since(?! (?:then|\d|\w+ \d))|so that|in order to|due to|owing to)\b"
WHY = (
    rf"{BECAUSE}|\b(as a result|therefore|for fear|thanks to|caused?|causes|leads? to|led to|otherwise|unless|if"
    r"|(?:important|crucial|essential|vital|needed|necessary|good|bad) (?:for|to))\b|[,;:] (?:for|so)\b"
)
_HOW_MANY = re.compile(r"\bhow many ((?:\w+ ?){1,3})")
#: A number of things that are taken to be known: "the five values".
_SO_MANY = re.compile(rf"\b(?:the|these|those|his|her|their|its) ({'|'.join(NUMBERS)})(?= \w)")
#: How many words behind a number what it counts may stand.
_REACH = 4
_NAME = re.compile(r"\b[A-Z][a-z][\w'’-]*(?: [A-Z][a-z][\w'’-]*)+")
_PLACED = re.compile(
    r"\b(?:in|at|near|on|from|to|outside|around|between|through)(?: the)?((?: (?:of|and|[A-Z][\w’'-]*))+)", re.ASCII
)


def counts_what(question: str, text: str) -> bool:
    """Whether a text has the number of what a question counts, if anything: that of pages is not that of patients."""
    found = _HOW_MANY.search(written_out(question)[0])
    counted = _noun(found.group(1)) if found else frozenset()
    words = read(text)
    return not counted or any(
        re.fullmatch(SOME_NUMBER, word.text) and counted & {each.stem for each in words[n + 1 : n + 2 + _REACH]}
        for n, word in enumerate(words)
    )


def _noun(words: str) -> frozenset[str]:
    """Return the stems of the noun that words begin with, and of other words for it."""
    found: list[str] = []
    for stem in stems(words):
        if stem in LIGHT_STEMS:
            break
        found.append(stem)
    synonyms = english_synonyms()
    return frozenset(found) | {other for stem in found[-1:] for other in synonyms.others(stem)}


def counted(question: str) -> list[int]:
    """Return the numbers of things that a question takes to be there: "the five values", "his 6 Cs"."""
    return [NUMBERS[found] for found in _SO_MANY.findall(fold(question))]


def numbers_of(text: str) -> set[int]:
    """Return the numbers in a text."""
    return {NUMBERS[word.text] for word in read(text) if word.text in NUMBERS}


def names_a_place(question: str, text: str) -> bool:
    """Whether a text names a place that a question does not name itself; a body is none."""
    named = (match.group(1) for match in _PLACED.finditer(text))
    return any(_is_new(question, name) for run in named if not is_person(run) for name in run.split())


def names_somebody(question: str, text: str) -> bool:
    """Whether a text has the name of a person, of two words or more, that a question does not name itself."""
    names = (match.group() for match in _NAME.finditer(text))
    return any(all(_is_new(question, word) for word in name.split()) for name in names if not is_person(name))


def _is_new(question: str, name: str) -> bool:
    return name[:1].isupper() and not set(stems(name)) & set(stems(question))
