"""Silence: what a question asks for that no claim gives, so that it is not answered with something else.

Words alone do not tell that a question is not answered: "Why did the delegate say so?" has all the words of what the
delegate said, and no claim has the reason. So each kind of thing that people ask for has its pattern of English, and a
test of whether a claim has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from kg.answering.verdict import is_yes_no
from kg.english.numbers import SOME_NUMBER
from kg.english.words import LIGHT_STEMS, fold, stems, written_out
from kg.graph.records import Claim


@dataclass(frozen=True)
class Asked:
    """A kind of thing that is asked for: how people ask, how it is called, and whether a claim has it.

    A template that `gives` this kind (by its name) is trusted to find claims that have it.
    """

    name: str
    pattern: re.Pattern[str]
    called: str
    has: Callable[[Claim], bool]


def _text(pattern: str) -> Callable[[Claim], bool]:
    """Return the test whether a claim's sentence or one of its quotations matches a pattern."""
    compiled = re.compile(pattern)
    return lambda claim: any(compiled.search(fold(text)) for text in (claim.text, *(p.quote for p in claim.passages)))


def _never(_: Claim) -> bool:
    return False


#: Relations of a seminar come under these general ones (kg/ontology/relations.ttl) when they give a reason.
_REASONS = frozenset({"requires", "matters-to", "influences"})


def _explains(claim: Claim) -> bool:
    """Whether a claim gives a reason: a condition, a goal, a need or an effect, or what it rests on or bears out."""
    if any(p.status in ("condition", "goal") or _REASONS & set(p.general) for p in claim.propositions):
        return True
    return bool(claim.links) and any(link.relation in ("supports", "is supported by") for link in claim.links)


_KINDS = (
    Asked(
        "quantity",
        re.compile(
            r"\bhow (many|much|often|old|big|large|far)\b"
            r"|\bwhat (number|percentage|proportion|share|size|cost|budget)\b"
            r"|\b(percentage|per ?cent|salary|pay band|sample size|budget|price)\b|_+ ?%"
        ),
        "a number",
        _text(SOME_NUMBER.pattern),
    ),
    Asked(
        "time",
        re.compile(
            r"\b(which|what) (year|month|day|date|time|deadline)s?\b|\bhow (long|soon|quickly|fast)\b"
            r"|\b(since|until|by) when\b|\bwhen (was|did|were|has|had|will)\b"
            r"|\b(dates?|deadline|duration) (of|for|by)\b"
        ),
        "a time or date",
        _text(r"\b(19|20)\d\d\b|\d(am|pm)\b"),
    ),
    Asked(
        "place",
        re.compile(
            r"\b(which|what) (city|town|venue|building|room|place|country|street|hotel)\b"
            r"|\bwhere (was|were|did|is) (?!\w+ing\b)"
        ),
        "a place",
        _never,
    ),
    Asked(
        "name",
        re.compile(
            r"\b(name of|what (is|was|s) (his|her|their|the \w+) name|what's (his|her|the) name|called by name)\b"
        ),
        "a name",
        _never,
    ),
    Asked(
        "reason",
        re.compile(
            r"\bwhy (did|was|were|had|has|have)\b|\bwhat (made|led|caused|prompted|drove|motivated) \w+"
            r"|\bfor what reasons?\b|\breasons? (why|behind|did|was|were)\b|\bhow come\b"
        ),
        "a reason",
        _explains,
    ),
    Asked(
        "rank",
        re.compile(
            r"\b(matters?|counts?|helps?|works?) (the )?(most|least|best)\b"
            r"|\bmost (important|crucial|valuable|effective)\b"
            r"|\b(biggest|greatest|least important|number one|top priority)\b|\brank(ed|ing)?\b"
        ),
        "a ranking",
        _text(r"\b(most|best|crucial|greatest|biggest)\b"),
    ),
    Asked(
        "definition",
        re.compile(
            r"\b(definitions? (of|for)|define[sd]?|dictionary|acronym|explain what (is|are)|what is meant by)\b"
        ),
        "a definition",
        _text(r"\bdefin"),
    ),
    Asked(
        "particulars",
        re.compile(
            r"\b(which|what) \w+ (exactly|specifically|precisely)\b"
            r"|\b(specific|particular) \w+ (that |which )?((are|is|were|was) )?(meant|intended|listed|named|in mind)\b"
        ),
        "the particulars",
        _text(r"[;:]|\b(first|second|third)\b|, .* and "),
    ),
    Asked(
        "aftermath",
        re.compile(
            r"\b(since then|ever since|to this day|nowadays|these days|today|(months|years|weeks) (after|since|later)"
            r"|later on|did (it|this|that|things) (work|help|succeed|improve|change)|what became of"
            r"|ever (roll\w*|put|happen\w*|chang\w*|implement\w*|adopt\w*|respond\w*|introduc\w*)"
            r"|what happened (to|after|next|when|as a result)|follow(ed|ing)? ?-?up|in the end|eventually)\b"
        ),
        "anything of what came later",
        _never,
    ),
    Asked(
        "opinion",
        re.compile(r"\bwhat would (\w+ ){1,3}(say|think|make|advise|recommend|suggest|do) (of|about|on|if|to|today)\b"),
        "anything of what someone would say",
        _never,
    ),
)
_COUNTED = re.compile(r"\bhow many (\w+)")
_ONE_THING = re.compile(r"\b(who|whom|whose|when|where|how many|how long)\b")
_BESIDES = re.compile(r"\b(apart from|other than|besides|except( for)?|aside from|in addition to|not counting)\b")


def asked_for(question: str) -> list[Asked]:
    """Return the kinds of thing that a question asks for."""
    texts = (fold(question), written_out(question)[0])
    return [kind for kind in _KINDS if any(map(kind.pattern.search, texts))]


def asks_for_a_record(question: str) -> bool:
    """Whether a question asks for a number, a time, a place or a name."""
    return any(kind.name in ("quantity", "time", "place", "name") for kind in asked_for(question))


def asks_for_one_thing(question: str) -> bool:
    """Whether a question asks for one thing by its word: who, when, where, how many, or yes or no."""
    return is_yes_no(question) or bool(_ONE_THING.search(fold(question)))


def lacks(question: str, gives: str | None, claims: Sequence[Claim]) -> bool:
    """Whether a question asks for something that neither a template gives nor any of its claims has."""
    return any(
        kind.name != gives
        and not (kind.name == "name" and gives == "title")
        and not any(kind.has(claim) and (kind.name != "quantity" or _has_counted(question, claim)) for claim in claims)
        for kind in asked_for(question)
    )


def _has_counted(question: str, claim: Claim) -> bool:
    """Whether a claim has what a question counts: the number of pages is not that of patients."""
    counted = _COUNTED.search(written_out(question)[0])
    if not counted:
        return True
    telling = set(stems(counted.group(1))) - LIGHT_STEMS
    return not telling or bool(telling & set(stems(claim.text)))


_PERSONS = frozenset(
    stem
    for word in (
        "people person persons everyone everybody someone leader leaders manager staff team worker employee nurse "
        "doctor clinician patient relative family professor chief executive chair chairman minister secretary "
        "president director officer boss delegate member speaker presenter author regulator inspector "
        "organisation organisations hospital trust body bodies agency agencies commission department university "
        "institute confederation board government those"
    ).split()
    for stem in stems(word)
)
_WHO = re.compile(r"(?:^|[.?!,;:-] |\b(?:and|tell me|know|of|by|to|from|for|with) )(who|whom|whos|whose)\b")
#: "Who is the head of ...?" asks for a person or a body by name.
_OFFICE = re.compile(r"\bwho(?:s| is| was| were|'s) (?:the |a |an )?(?:\w+ ){1,3}(?:of|at|for) ")
_WHO_SAID = re.compile(
    r"\bwho(m|s)?\b.*\b(sa(id|ys?)|sed|claim\w*|call\w*|liken\w*|compar\w*|describ\w*|told|argu\w*|remark\w*|quot\w*"
    r"|critici\w*|accus\w*|recommend\w*|suggest\w*|mention\w*|point\w*|complain\w*|ask\w*|want\w*|attribut\w*"
    r"|credit\w*|used|made|gave|came up)\b"
)


def names_nobody(question: str, claims: Sequence[Claim], named: Container[str]) -> bool:
    """Whether a question asks who, and no claim has anyone at either end whom the question does not name itself.

    Arguments:
        question: the question.
        claims: what is to answer it.
        named: the slugs of what the question names.
    """
    folded = fold(question)
    if not _WHO.search(folded) or _WHO_SAID.search(folded):
        return False
    office = bool(_OFFICE.search(folded))
    for claim in claims:
        for p in claim.propositions:
            ends = ((p.subject, p.subject_kind, p.subject_label), (p.object, p.object_kind, p.object_label))
            for slug, kind, label in ends:
                if slug not in named and (kind == "agent" or (not office and _PERSONS & set(stems(label)))):
                    return False
    return True


def only_the_excepted(question: str, claims: Sequence[Claim], named: Sequence[tuple[int, str]]) -> bool:
    """Whether a question asks for others than someone or something, and every claim is about just that.

    Arguments:
        question: the question.
        claims: what is to answer it.
        named: what the question names: the place in the text and the slug, in order.
    """
    besides = _BESIDES.search(fold(question))
    excepted = next((slug for place, slug in named if besides and place >= besides.end()), None)
    if not excepted:
        return False
    return all(_is_about(claim, excepted) for claim in claims)


def _is_about(claim: Claim, slug: str) -> bool:
    ends = {end for p in claim.propositions for end in (p.subject, p.object)}
    return slug in ends or slug in claim.concepts or slug in claim.attribution.agents


def explanation(question: str, unknown: list[str]) -> str:
    """Return the sentence that says that the seminars do not say, and what is missing."""
    kinds = asked_for(question)
    if kinds:
        return f"The seminar does not say: no claim gives {kinds[0].called} for this."
    if unknown:
        words = ", ".join(f"“{word}”" for word in unknown[:3])
        return f"The seminar does not say: no claim speaks of {words} in this way."
    return "The seminar does not say: no claim answers this."
