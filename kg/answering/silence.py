"""Silence: what a question asks for that no claim gives, so that it is not answered with something else."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from kg.answering.verdict import is_yes_no
from kg.answering.words import fold, stems
from kg.records import Claim

#: What is asked for -> how people ask for it. A template says with `gives` that its claims have it.
_ASKED_FOR = {
    "quantity": re.compile(
        r"\bhow (many|much|often|old|big|large)\b|\bwhat (number|percentage|proportion|share|size|cost|budget)\b"
        r"|\b(percentage|per cent|salary|pay band|sample size|how far)\b"
    ),
    "time": re.compile(
        r"\b(which|what) (year|month|day|date|time)\b|\bhow (long|soon|quickly|fast)\b|\b(since|until|by) when\b"
        r"|\bwhen (was|did|were|has|had)\b"
    ),
    "place": re.compile(
        r"\b(which|what) (city|town|venue|building|room|place|country|street|hotel)\b|\bwhere (was|were|did|is)\b"
    ),
    "name": re.compile(
        r"\b(name of|what (is|was|s) (his|her|their|the \w+) name|what's (his|her|the) name|called by name)\b"
    ),
}


def asked_for(question: str) -> str | None:
    """Return the kind of thing that a question asks for by name: "quantity", "time", "place", "name" or None."""
    folded = fold(question)
    return next((kind for kind, pattern in _ASKED_FOR.items() if pattern.search(folded)), None)


def asks_for_one_thing(question: str) -> bool:
    """Whether a question asks for one thing by its word: who, when, where, how many, or yes or no."""
    return is_yes_no(question) or bool(_ONE_THING.search(fold(question)))


_PERSONS = frozenset(
    stem
    for word in (
        "people person persons everyone everybody someone leader leaders manager staff team worker employee nurse doctor "
        "clinician patient relative family professor chief executive chair chairman minister secretary president director "
        "officer boss delegate member speaker presenter author regulator inspector organisation organisations hospital "
        "trust body bodies agency agencies commission department university institute confederation board government those"
    ).split()
    for stem in stems(word)
)
_WHO = re.compile(r"\b(who|whom|whos|whose)\b")
_WHOSE_WORDS = re.compile(r"\bwho(m|s)?\b.*\b(sa(id|ys?)|sed|claim\w*|call\w*|liken\w*|compar\w*|describ\w*|told|argu\w*|remark\w*|quot\w*"
    r"|critici\w*|accus\w*|recommend\w*|suggest\w*|mention\w*|point\w*|complain\w*|ask\w*|want\w*|attribut\w*|credit\w*|used|made|gave|came up)\b")


def names_nobody(question: str, claims: Sequence[Claim], named: Container[str]) -> bool:
    """Whether a question asks who, and no claim has anyone at either end whom the question does not name itself.

    Arguments:
        question: the question.
        claims: what is to answer it.
        named: the slugs of what the question names.
    """
    folded = fold(question)
    if not _WHO.search(folded) or _WHOSE_WORDS.search(folded):
        return False
    for claim in claims:
        for each in claim.propositions:
            ends = ((each.subject, each.subject_kind, each.subject_label), (each.object, each.object_kind, each.object_label))
            for slug, kind, label in ends:
                if slug not in named and (kind == "agent" or _PERSONS & set(stems(label))):
                    return False
    return True


def lacks(question: str, gives: str | None) -> bool:
    """Whether a question asks for something that a template does not give."""
    kind = asked_for(question)
    return kind is not None and kind != gives and not (kind == "name" and gives == "title")


_ONE_THING = re.compile(r"\b(who|whom|whose|when|where|how many|how long)\b")
_MISSING = {
    "quantity": "a number",
    "time": "a time or date",
    "place": "a place",
    "name": "a name",
}


def explanation(question: str, unknown: list[str]) -> str:
    """Return the sentence that says that the seminars do not say, and what is missing."""
    kind = asked_for(question)
    if kind:
        return f"The seminar does not say: no claim gives {_MISSING[kind]} for this."
    if unknown:
        words = ", ".join(f"“{word}”" for word in unknown[:3])
        return f"The seminar does not say: no claim speaks of {words} in this way."
    return "The seminar does not say: no claim answers this."
