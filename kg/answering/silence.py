"""What a question asks for that claims do not have, so that it is not answered with something else.

kg/english tells what kinds of thing and whose words a question asks for; here it is looked up whether claims have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.answering.link.linker import LinkedQuestion
from kg.answering.nearby.core import HAS, ITSELF, Core
from kg.english.asking.asked_for import Kind, asked_for, exception_end, topic_span
from kg.english.asking.values import BECAUSE, WHY, counted, numbers_of
from kg.english.naming import asks_for_office, asks_who, is_person
from kg.english.words import LIGHT_STEMS, fold, stems
from kg.graph.records import Claim, Proposition

#: Relations of a seminar come under these general ones (kg/ontology/relations.ttl) when they give a reason.
_REASONS = frozenset({"requires", "matters-to", "influences"})
#: From what share of what a question asks the reason of (0 to 1) a claim says it, and how much of the claim's words the
#: question may lack where the claim says nothing more.
STATED, MOST_MORE = 0.7, 0.5

#: How many things a question may speak of by their number ("the two regulators") though no claim counts them.
MOST_UNCOUNTED = 3


def lacks(question: str, gives: str | None, claims: Sequence[Claim]) -> bool:
    """Whether a question asks for something that neither a template gives nor any of its claims has.

    Arguments:
        question: its text.
        gives: what the template gives, see kg/questions/templates.py.
        claims: what is to answer it.
    """
    given = "name" if gives == "title" else gives
    return any(kind.name != given for kind in lacking(question, claims))


def lacks_value(core: Core, gives: str | None, claims: Sequence[Claim]) -> bool:
    """Whether a question asks for a time, a sum or a share that none of its claims has of what it asks about.

    Arguments:
        core: what it asks about.
        gives: what the template gives, see kg/questions/templates.py.
        claims: what is to answer it.
    """
    question = core.match.question.text
    of_it = [claim for claim in claims if not core.places or core.share(claim.iri)]
    firm = (kind for kind in asked_for(question) if kind.firm and kind.name != gives)
    return any(not any(_has(claim, kind, question) for claim in of_it) for kind in firm)


def unsaid_topic(core: Core) -> list[int]:
    """Return the places of what a question asks all that was said about, where no claim has a word of it; else none.

    Names for a thing count as its words. Words that mean the like do not, nor those for what is done: who funds
    something is not said about pay.
    """
    question = core.match.question
    first, last = topic_span(question.text) or (0, 0)
    topic = [n for n in core.match.weights if first <= question.words[n].start < last]
    things = core.things if topic else frozenset()
    least = {n: HAS if n in things else ITSELF for n in topic}
    had = any(core.strength(n, claim) >= least[n] for n in topic for claim in core.match.strengths[n])
    return [] if had else topic


def lacking(question: str, claims: Sequence[Claim]) -> list[Kind]:
    """Return the kinds of thing that a question asks for and that none of some claims has."""
    return [kind for kind in asked_for(question) if not any(_has(claim, kind, question) for claim in claims)]


def _has(claim: Claim, kind: Kind, question: str) -> bool:
    """Whether a claim has the kind of thing that a question asks for."""
    if kind.name == "reason" and _gives_reason(claim):
        return True
    return kind.told_in(claim.texts, question)


def _gives_reason(claim: Claim) -> bool:
    """Whether a claim gives a reason: a condition, a goal, a need or an effect, or what it rests on or bears out."""
    if _gives_condition(claim) or any(_REASONS & set(p.general) for p in claim.propositions):
        return True
    return any(link.relation in ("supports", "is supported by") for link in claim.links)


def _gives_condition(claim: Claim) -> bool:
    return any(p.status in ("condition", "goal") for p in claim.propositions)


def tells_why(core: Core, claim: Claim) -> bool:
    """Whether a claim says what a question asks the reason of, and gives one: in words, or as what brings it about."""
    asked = {word.stem for word in core.match.question.words}
    arrows = [p for p in claim.propositions if _has_on_arrow(core, claim, p) >= STATED]
    if not arrows or asked.issuperset(stems(claim.text)):
        return False
    if any(re.search(WHY, fold(text)) for text in claim.texts) or any(p.status == "goal" for p in claim.propositions):
        return True
    about = core.stems.keys()
    brought = ((stems(p.subject_label), stems(p.object_label)) for p in arrows if "influences" in p.general)
    return any(about & {*effect} and not about & {*cause} for cause, effect in brought)


def says_because(claim: Claim) -> bool:
    """Whether a claim gives a reason for something, in words that mean nothing else."""
    return any(re.search(BECAUSE, fold(text)) for text in claim.texts)


def _has_on_arrow(core: Core, claim: Claim, p: Proposition) -> float:
    """Return how much of what a question asks about a claim has on one arrow (0 to 1).

    Another word for something in the claim counts as if it stood there.
    """
    arrow, told = (set(stems(text)) for text in (f"{p.subject_label} {p.phrase} {p.object_label}", claim.text))
    words = core.match.question.words
    off = [n for n in core.places if words[n].stem in told - arrow]
    total = sum(map(core.weight, core.places))
    return core.share(claim.iri) - (sum(map(core.weight, off)) / total if total else 0.0)


def restates(core: Core, claim: Claim) -> bool:
    """Whether a claim says little more than what a question asks the reason of."""
    told, asked = set(stems(claim.text)), {word.stem for word in core.match.question.words}
    if not told <= asked and _gives_condition(claim):
        return False
    told -= LIGHT_STEMS
    return core.share(claim.iri) >= STATED and len(told - asked) <= MOST_MORE * len(told)


def names_nobody(question: LinkedQuestion, claims: Sequence[Claim]) -> bool:
    """Whether a question asks who, and no claim has anyone at either end whom the question does not name itself."""
    if not asks_who(question.text):
        return False
    named, office = {mention.slug for mention in question.mentions}, asks_for_office(question.text)
    return not any(
        slug not in named and (kind == "agent" or (not office and is_person(label)))
        for claim in claims
        for p in claim.propositions
        for slug, kind, label in (
            (p.subject, p.subject_kind, p.subject_label),
            (p.object, p.object_kind, p.object_label),
        )
    )


def has_another_number(question: str, claims: Sequence[Claim]) -> bool:
    """Whether a question takes it that there are so many of something, which is more than claims tell of.

    "the five values": a number of things, as many as nobody happens to tell of without counting them.
    """
    told = {number for claim in claims for text in claim.texts for number in numbers_of(text)}
    return any(number > max(MOST_UNCOUNTED, len(claims)) and number not in told for number in counted(question))


def only_the_excepted(question: LinkedQuestion, claims: Sequence[Claim]) -> bool:
    """Whether a question asks for others than someone or something, and every claim is about just that."""
    end = exception_end(question.text)
    named = sorted((question.words[m.first].start, m.slug) for m in question.mentions)
    excepted = next((slug for place, slug in named if end is not None and place >= end), None)
    if not excepted:
        return False
    return all(_is_about(claim, excepted) for claim in claims)


def _is_about(claim: Claim, slug: str) -> bool:
    ends = {end for p in claim.propositions for end in (p.subject, p.object)}
    return slug in ends or slug in claim.concepts or slug in claim.attribution.agents
