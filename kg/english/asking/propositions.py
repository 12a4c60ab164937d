"""The grammar of what a question for yes or no puts forward, and of what a claim's arrow says.

Conditions, members of a list, who does what to whom, and verbs that take a thing and not a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.english.words import IRREGULAR, Word, fold

#: Where a condition is in a folded question: from the word that begins it to a comma, the main clause or the end.
_CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|once|when|whenever|in case)\b[^,;:?]*?"
    r"(?=[,;:?]|\bthen\b|$"
    r"|(?<=\w) (?:is|are|was|were|do|does|did|can|could|should|must|will|would|has|have|ought|might|may)"
    r" (?:it|they|we|i|he|she|you|the|a|an|this|that|there)\b)"
)
_CLAUSE = re.compile(r"\b(?:if|unless|provided|as long as)\b\s*([^,.;:]*)", re.IGNORECASE)
#: What is inserted in words on an arrow: ", if its time is not protected,".
_INSERTED = re.compile(r", (?:if|unless|when) [^,]*,")
_MEMBER = re.compile(r"\b(?:(?:one|part|some) of|among|an? (?:part|step|member|item))\b")
_FORMS_OF_BE = frozenset("is are was were be been being get gets got".split())
_PARTICIPLE_ENDS = ("ed", "en", "t", "wn")
#: What stands before whoever does something, where it is said of what it is done to.
BY = ("by", "with", "among", "through")
#: What begins a clause about the thing before it: "the time that coaching needs".
RELATIVES = ("that", "which", "who")
#: What begins a clause inside a sentence.
SUBORDINATING = frozenset((*RELATIVES, *"because since as when where how whether what but".split()))
#: Words that deny what is on an arrow; another negator there ("unnecessary") is part of what is denied.
_DENYING = frozenset("not no never neither nor none nobody cannot without nothing hardly".split())
#: Stems of verbs that take a thing and not a sentence: "did she mention Salford?"; and of those for praise and blame.
TOPICAL = frozenset("mention talk speak discuss refer touch bring address cite quot comment remark".split())
PRAISE = frozenset("prais commend applaud welcom endors support back admir thank".split())
BLAME = frozenset("criticis attack condemn blame complain accus".split())


def condition_spans(question: str) -> Iterator[tuple[int, int]]:
    """Yield where the conditions of a question start and end in it."""
    yield from (found.span() for found in _CONDITION.finditer(fold(question)))


def condition_clauses(sentence: str) -> list[str]:
    """Return what a sentence makes its conditions, without the words that begin them."""
    return [found[1] for found in _CLAUSE.finditer(sentence)]


def without_conditions(phrase: str) -> str:
    """Return words on an arrow without a condition that is inserted in them."""
    return _INSERTED.sub(" ", phrase)


def asks_for_member(words: Iterable[Word]) -> bool:
    """Whether words ask for one of several: "one of the ingredients", "part of the strategy"."""
    return bool(_MEMBER.search(" ".join(word.text for word in words)))


def denies(words: Iterable[Word]) -> bool:
    """Whether words have one that denies what they say."""
    return any(word.text in _DENYING for word in words)


def is_being(word: Word) -> bool:
    """Whether a word is a form of "be", or "get" in its place."""
    return word.text in _FORMS_OF_BE


def is_participle(words: Sequence[Word], place: int, *, after_being: bool) -> bool:
    """Whether a word looks like a participle of the passive: after a form of "be", or `after_being` one farther off."""
    before = words[max(0, place - 2) : place]
    text = words[place].text
    return (text in IRREGULAR or text.endswith(_PARTICIPLE_ENDS)) and (after_being or any(map(is_being, before)))


def is_passive(phrase: Sequence[Word]) -> bool:
    """Whether words on an arrow are in the passive, from a form of "be" to "by"."""
    return bool(phrase) and is_being(phrase[0]) and phrase[-1].text == "by"
