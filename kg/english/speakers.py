"""Who: questions that ask for somebody, or for somebody's words, and words that name somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.english.words import LIGHT_STEMS, fold, stems, stems_of

#: Words for persons and bodies in general.
_PERSONS = stems_of("persons.txt")
_WHO = re.compile(r"(?:^|[.?!,;:-] |\b(?:and|tell me|know|of|by|to|from|for|with) )(who|whom|whos|whose)\b")
#: "Who is the head of ...?" asks for a person or a body by name.
_OFFICE = re.compile(r"\bwho(?:s| is| was| were|'s) (?:the |a |an )?(?:\w+ ){1,3}(?:of|at|for) ")
_WHO_SAID = re.compile(
    r"\bwho(m|s)?\b.*\b(sa(id|ys?)|sed|claim\w*|call\w*|liken\w*|compar\w*|describ\w*|told|argu\w*|remark\w*|quot\w*"
    r"|critici\w*|accus\w*|recommend\w*|suggest\w*|mention\w*|point\w*|complain\w*|ask\w*|want\w*|attribut\w*"
    r"|credit\w*|used|made|gave|came up)\b"
)
_SAYING = (
    r"(?:say|says|said|sed|tell|tells|told|answer\w*|repl(?:y|ies|ied)|respond\w*|argue[sd]?|think|thinks|thought"
    r"|believe[sd]?|suggest\w*|warn\w*|announce[sd]?|promise[sd]?|complain\w*|comment\w*|object\w*|mention\w*|admit\w*"
    r"|call(?:ed)? for|want(?:ed|s)?|ask(?:ed|s)? for|recommend\w*|urge[sd]?|propose[sd]?|claim(?:ed|s)?|remark\w*)"
)
#: "did X say", "X said", "according to X", "X's opinion": X is what stands in the group.
_SUBJECT = r"(?P<who>(?:[\w.'-]+ ){0,4}?[\w.'-]+)"
_WORDS_OF = (
    re.compile(rf"\b(?:did|does|do|would|has|have|had|didnt|doesnt) {_SUBJECT} (?:ever |actually |also )?{_SAYING}\b"),
    re.compile(rf"\baccording to {_SUBJECT}(?=$|[?,.;]| (?:who|what|why|how|when|is|are|should|must|does|do)\b)"),
    re.compile(
        r"\b(?:repl(?:y|ies)|answers?|responses?|opinions?|reactions?|comments?|quot(?:e|ation)s?)"
        rf" (?:of|by|from) {_SUBJECT}\b"
    ),
)
#: Whoever speaks in a seminar, by no name.
_ANYONE = stems_of("anyone.txt")

#: Words that take somebody up who was named before.
_PRONOUN = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|they (?:said|say|added|told|thought|\w+ed))\b", re.IGNORECASE
)
_ROLES = {"chair": r"chair(?:man|woman|person)?|president", "presenter": r"(?:presenter|speaker|lecturer)s?"}


def takes_up(sentence: str) -> bool:
    """Whether a sentence takes up somebody named before: "she said", "in his view"."""
    return bool(_PRONOUN.search(sentence))


def words_of_role(role: str) -> str:
    """Return the words, as a pattern, by which a text names whoever is the `chair` or a `presenter`."""
    return _ROLES[role]


def asks_who(question: str) -> bool:
    """Whether a question asks for a person or a body, and not for whoever said something."""
    folded = fold(question)
    return bool(_WHO.search(folded)) and not _WHO_SAID.search(folded)


def asks_for_office(question: str) -> bool:
    """Whether a question asks who holds an office, so that a general word for persons is no answer."""
    return bool(_OFFICE.search(fold(question)))


def is_person(label: str) -> bool:
    """Whether a label names persons or a body in general: "leaders", "a hospital"."""
    return bool(_PERSONS & set(stems(label)))


def speakers_asked(question: str) -> Iterator[tuple[int, int, str]]:
    """Yield those whose words a question asks for: where they start and end in it, and by what words it names them."""
    folded = fold(question)
    yield from ((*found.span("who"), found["who"]) for pattern in _WORDS_OF for found in pattern.finditer(folded))


def naming_stems(words: str) -> frozenset[str]:
    """Return the stems by which words name somebody; none where they stand for anyone in general."""
    found = stems(words)
    return frozenset() if _ANYONE & set(found) else frozenset(found) - LIGHT_STEMS
