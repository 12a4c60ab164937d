"""Whose words a question asks for: "What did the CQC say in its own defence?"

A question that asks for someone's words is answered with that one's words or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.answering.linking import LinkedQuestion
from kg.answering.words import LIGHT_STEMS, fold, stems
from kg.records import Agent, Claim

_SAYING = (
    r"(?:say|says|said|sed|tell|tells|told|answer\w*|repl(?:y|ies|ied)|respond\w*|argue[sd]?|think|thinks|thought"
    r"|believe[sd]?|suggest\w*|warn\w*|announce[sd]?|promise[sd]?|complain\w*|comment\w*|object\w*|mention\w*|admit\w*"
    r"|call(?:ed)? for|want(?:ed|s)?|ask(?:ed|s)? for|recommend\w*|urge[sd]?|propose[sd]?|claim(?:ed|s)?|remark\w*)"
)
#: "did X say", "X said", "according to X", "X's opinion": X is what stands in the group.
_SUBJECT = r"(?P<who>(?:[\w.'-]+ ){0,4}?[\w.'-]+)"
_ASKS = (
    re.compile(rf"\b(?:did|does|do|would|has|have|had|didnt|doesnt) {_SUBJECT} (?:ever |actually |also )?{_SAYING}\b"),
    re.compile(rf"\baccording to {_SUBJECT}(?=$|[?,.;]| (?:who|what|why|how|when|is|are|should|must|does|do)\b)"),
    re.compile(
        r"\b(?:repl(?:y|ies)|answers?|responses?|opinions?|reactions?|comments?|quot(?:e|ation)s?)"
        rf" (?:of|by|from) {_SUBJECT}\b"
    ),
)
#: Whoever speaks in a seminar, by no name.
_ANYONE = frozenset(
    stem
    for word in (
        "they he she we you it people anyone anybody someone somebody speaker speakers presenter seminar session talk "
        "event presentation source text summary write-up write-ups article page author debate floor audience delegate "
        "delegates there this that professor lecturer paper document report organisers one who"
    ).split()
    for stem in stems(word)
)


def asks_for_words_of_others(question: LinkedQuestion, claims: Sequence[Claim], agents: Iterable[Agent]) -> bool:
    """Whether a question asks for the words of someone to whom none of the claims is credited."""
    folded = fold(question.text)
    asked = [match for pattern in _ASKS for match in pattern.finditer(folded)]
    if not asked:
        return False
    credited = {slug for c in claims for slug in (*c.attribution.agents, *c.attribution.reported_from)}
    by_iri = {agent.iri: agent for agent in agents}
    credits = {stem for claim in claims for stem in stems(claim.attribution.credit)}
    # "Leaders who tell staff that ..." are asked for by what they say.
    telling = [claim for claim in claims if any(p.status == "content" for p in claim.propositions)]
    told = {stem for claim in telling for stem in stems(claim.text.split(" that ")[0])}
    for match in asked:
        first, last = match.span("who")
        spoken = {
            by_iri[mention.meaning.iri].slug
            for mention in question.mentions
            if mention.meaning.iri in by_iri and first <= question.words[mention.first].start < last
        }
        if spoken:
            names = {stem for slug in spoken for stem in _names(by_iri, slug)}
            if not spoken & credited and not names & credits:
                return True
        elif _is_stranger(match.group("who"), credits | told):
            return True
    return False


def _names(by_iri: dict[str, Agent], slug: str) -> set[str]:
    agent = next(each for each in by_iri.values() if each.slug == slug)
    return {stem for name in (agent.name, *agent.other_names) for stem in stems(name) if stem not in LIGHT_STEMS}


def _is_stranger(words: str, credits: set[str]) -> bool:
    """Whether words name somebody who is neither anyone in general nor whom a claim is credited to."""
    telling = [stem for stem in stems(words) if stem not in LIGHT_STEMS]
    return bool(telling) and not any(stem in _ANYONE for stem in stems(words)) and not credits & set(telling)
