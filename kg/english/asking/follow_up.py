"""A question that leans on the one before it, written out in full: "and what about staff?", "why?", "who said that?".

What is written out is a question that anybody could have typed by itself. Nothing is remembered: the one before comes
with the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.english.words import fold

_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|ok|so|or|then|also)\W+)*(?:(?:what|how) about|what of|the same (?:for|about))\s+"
    r"(?P<other>.+?)\W*$"
    r"|^\W*(?:and|or|but)\W+(?P<bare>(?!(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|so|then)\b)"
    r"\w[^?!.]*?)\W*$"
)
_WHO_SAID = re.compile(
    r"^\W*(?:(?:and|but|so|ok)\W+)*(?:who|whom) (?:said|says|claimed|claims|told \w+|was it)"
    r"(?: (?:that|this|it|so|these|those))*\W*$|^\W*(?:says|said) who\W*$|^\W*(?:according to|by) whom?\W*$"
)
_WHY = re.compile(
    r"^\W*(?:(?:and|but|so|ok)\W+)*(?:why|how come|how so|for what reason)"
    r"(?: (?:(?:is|was) (?:that|this|it)(?: so)?|so|that|not|do they (?:say|think) (?:so|that)))?\W*$"
)
_MORE = re.compile(
    r"^\W*(?:and|go on|more|tell me more|anything else|what else|where does it say (?:that|so|this)|where was that said"
    r"|in what words|say that again|again|what exactly|how exactly|(?:what|which) are they"
    r"|explain(?: that| it| this)?)\W*$"
)
_ARTICLE = re.compile(r"\b(?:the|an?) $", re.IGNORECASE)
#: Words that stand for what was asked about before; "that" and "this" only where no noun or clause follows them.
_STANDS_FOR = re.compile(
    r"\b(?:(?P<his>his|her(?= \w)|their|its)|(?P<he>he|she|him|her)|(?P<it>it|they|them|"
    r"(?:this|that|these|those)(?=\W*$| (?:is|are|was|were|do|does|did|mean|means|matter|matters|work|works)\b)))\b"
)


@dataclass(frozen=True)
class Named:
    """Something that a question names: the place of its words, whether it is a person or a body, and all it may be."""

    start: int
    end: int
    is_agent: bool
    slugs: frozenset[str] = frozenset()


def asks_who_said_so(question: str) -> bool:
    """Whether it is asked who said what was just answered."""
    return bool(_WHO_SAID.match(fold(question)))


def asks_why(question: str) -> bool:
    """Whether it is asked for the reason of what was just answered."""
    return bool(_WHY.match(fold(question)))


def asks_for_more(question: str) -> bool:
    """Whether no more is asked than what was just answered."""
    return bool(_MORE.match(fold(question)))


def reason_for(said: str) -> str:
    """Return the question for the reason of what was said, or of what is asked."""
    return f"What is the reason why “{said.rstrip('.?! ')}”?"


def who_said(said: str) -> str:
    """Return the question for who made a claim."""
    return f"Who said “{said.rstrip('. ')}”?"


def about_another(question: str) -> str | None:
    """Return what else is asked about ("and what about staff?" -> "staff"), or None."""
    found = _ABOUT.match(fold(question))
    if not found:
        return None
    group = "other" if found["other"] else "bare"
    return question[found.start(group) : found.end(group)]


def with_another(before: str, named: Sequence[Named], other: str, *, is_agent: bool) -> Iterator[str]:
    """Yield the question before, asked about something else: each thing that it names replaced, the likeliest first.

    Arguments:
        before: its text.
        named: what it names.
        other: what is asked about instead, in the words of the question.
        is_agent: whether that is a person or a body.
    """
    for each in sorted(named, key=lambda each: (each.is_agent != is_agent, -each.end)):
        yield f"{_ARTICLE.sub('', before[: each.start])}{other}{before[each.end :]}"


def stands_for_something(question: str) -> bool:
    """Whether a question has a word that may stand for what was asked about before: "it", "they", "his"."""
    return bool(_STANDS_FOR.search(fold(question)))


def in_full(question: str, thing: str, person: str | None) -> str:
    """Return a question with what its words stand for in their place.

    Arguments:
        question: its text.
        thing: what "it" and "they" stand for.
        person: whom "he" and "she" stand for; None where nobody is known.
    """

    def meant(found: re.Match[str]) -> str:
        name = person if found["he"] or (found["his"] in ("his", "her")) else thing
        if name is None:
            return found.group()
        return f"{name}’s" if found["his"] else name

    text = fold(question)
    if len(text) != len(question):
        return question
    parts, done = [], 0
    for found in _STANDS_FOR.finditer(text):
        parts += [question[done : found.start()], meant(found)]
        done = found.end()
    return "".join([*parts, question[done:]])
