"""The verdict: whether the claims bear out what a question for yes or no asks, or gainsay it.

The verdict is about what was claimed. "No" is said where the claim is another person's, where a number, an amount
("all" for "many") or a name in the question is not the claim's, and where one of the two negates what the other says;
negation is counted in words ("not", "without") and in opposites ("easy" for "difficult").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.answering.estimates import Estimator
from kg.answering.link.linker import LinkedQuestion
from kg.answering.link.matches import OWN, Match
from kg.english import yes_no
from kg.english.words import read
from kg.graph.records import Agent, Claim

#: The last place of a word that a question begins with, after "do" or "should the".
SOON = 2


@dataclass(frozen=True)
class Grounds:
    """What a verdict is found on.

    The question as it matches claims, the answer's claims, people and organisations by IRI, and how many things the
    claims count, where they are counted.
    """

    match: Match
    claims: Sequence[Claim]
    agents: Mapping[str, Agent]
    counted: int | None

    @property
    def question(self) -> LinkedQuestion:
        """The question with its mentions."""
        return self.match.question

    @cached_property
    def nearest(self) -> Claim:
        """The claim that the question's words speak for most."""
        return max(self.claims, key=lambda claim: self.match.covered((claim.iri,)))

    @cached_property
    def asks_for_cause(self) -> bool:
        """Whether the question takes one thing for the cause of another."""
        return yes_no.asks_for_cause(self.question.text)

    @cached_property
    def ends(self) -> set[str]:
        """The slugs at the ends of the claims' arrows."""
        return {end for claim in self.claims for p in claim.propositions for end in (p.subject, p.object)}

    def agents_named(self, before: int | None = None) -> set[str]:
        """Return the slugs of the agents that the question names, before a place in its text or anywhere."""
        words = self.question.words
        return {
            self.agents[mention.meaning.iri].slug
            for mention in self.question.mentions
            if mention.meaning.iri in self.agents and (before is None or words[mention.first].start < before)
        }


def verdict(grounds: Grounds, estimator: Estimator) -> str | None:
    """Return "yes" or "no", or None when the claims bear on the question and settle it neither way.

    What was learnt decides, except about who spoke or took part, and about what was counted: names and numbers
    are told apart exactly, also those that no example has. Where nothing was learnt rules decide all.
    """
    if _names_other_speaker(grounds):
        return "no"
    about_event = all(p.subject_kind != "concept" for c in grounds.claims for p in c.propositions)
    if about_event and _names_other_agent(grounds):
        return "no"
    question, nearest = grounds.question, grounds.nearest
    learnt = None if grounds.counted is not None else estimator.verdict(question.text, question.words, nearest)
    if learnt:
        unsettled = _turns_arrow(grounds) or (grounds.asks_for_cause and _is_open(grounds))
        return None if unsettled else learnt
    if about_event and grounds.match.unaccounted([claim.iri for claim in grounds.claims]):
        return "no"
    return _by_rules(grounds)


def _by_rules(grounds: Grounds) -> str | None:
    """Return the verdict by negations, opposites, numbers and amounts."""
    claim = grounds.nearest
    said = yes_no.asserted(grounds.question.text, grounds.question.words)
    if _prefers_rejected(grounds, said):
        return "no"
    words = [word.text for word in said.words]
    differing = (
        yes_no.numbers_differ(words, claim.text, grounds.counted)
        + yes_no.amounts_differ(words, claim.text)
        + yes_no.ahead_of(words, claim.text)
    )
    if not differing and (_is_open(grounds) or _reverses(grounds)):
        return None
    flips = differing + said.negations - yes_no.negations(read(claim.text))
    opposed = [grounds.question.words[n] for n in grounds.match.opposed(claim.iri)]
    flips += sum(said.counts(word) and word.text not in yes_no.AMOUNTS for word in opposed)
    return "no" if flips % 2 else "yes"


def _prefers_rejected(grounds: Grounds, said: yes_no.Asserted) -> bool:
    """Whether what the question sets against what it asserts is rather what the claim says."""
    claim = grounds.nearest
    own: dict[bool, float] = {True: 0.0, False: 0.0}
    whole: dict[bool, float] = {True: 0.0, False: 0.0}
    for n, weight in grounds.match.weights.items():
        rejected = grounds.question.words[n] in said.rejected
        own[rejected] += weight * (grounds.match.best(n, (claim.iri,)) >= OWN)
        whole[rejected] += weight
    if yes_no.ALL & {word.text for word in said.rejected} and yes_no.ALL & {word.text for word in read(claim.text)}:
        return True
    return bool(whole[True] and whole[False]) and own[True] / whole[True] > own[False] / whole[False]


def _names_other_speaker(grounds: Grounds) -> bool:
    """Whether the question is about the words of somebody whom it names, and the claims are others' words."""
    text = grounds.question.text
    named = grounds.agents_named(before=yes_no.asserted_length(text)) if yes_no.asks_what_was_said(text) else set()
    speakers = {slug for c in grounds.claims for slug in (*c.attribution.agents, *c.attribution.reported_from)}
    known = all(claim.attribution.kind in ("named", "debate") for claim in grounds.claims)
    return known and not named & speakers and bool(named - grounds.ends)


def _names_other_agent(grounds: Grounds) -> bool:
    """Whether the question names an agent that no claim of the answer has."""
    credited = {slug for claim in grounds.claims for slug in claim.attribution.agents}
    return bool(grounds.agents_named() - grounds.ends - credited)


def _is_open(grounds: Grounds) -> bool:
    """Whether the claim vouches for nothing: its condition is not in the question, or it passes on others' words."""
    propositions = grounds.nearest.propositions
    if {p.status for p in propositions} == {"content"}:
        return True
    conditions = [p for p in propositions if p.status == "condition"]
    if grounds.asks_for_cause:
        return bool(conditions)  # "if" is not "because"
    named = {mention.slug for mention in grounds.question.mentions}
    return bool(conditions) and not any({p.object, p.relation} & named for p in conditions)


def _turns_arrow(grounds: Grounds) -> bool:
    """Whether a question begins with who bears what the claim says, names its relation, and then who does it."""
    mentions = grounds.question.mentions
    relations = {p.relation for p in grounds.nearest.propositions}
    first = min((mention.first for mention in mentions if mention.meaning.kind == "concept"), default=SOON + 1)
    names_relation = any(mention.meaning.kind == "relation" and mention.slug in relations for mention in mentions)
    return first <= SOON and names_relation and _reverses(grounds)


def _reverses(grounds: Grounds) -> bool:
    """Whether the question names the ends of the claim's arrow the other way round: who treats, and who is treated."""
    places: dict[str, int] = {}
    for mention in sorted(grounds.question.mentions, key=lambda mention: mention.first):
        if mention.meaning.kind == "concept":
            places.setdefault(mention.slug, mention.first)
    propositions = grounds.nearest.propositions
    arrows = [p for p in propositions if p.status == "asserted" and {p.subject, p.object} <= places.keys()]
    if not arrows or yes_no.is_passive(grounds.question.words):
        return False
    return all(places[p.subject] > places[p.object] for p in arrows)
