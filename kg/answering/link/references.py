"""What a question refers to that leans on the one before it; kg/english/asking/follow_up.py knows the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.english.asking import follow_up
from kg.english.asking.follow_up import Named
from kg.english.telling.sentences import question_about
from kg.graph.records import Claim


@dataclass(frozen=True)
class References:
    """Writes out in full what a question means that leans on another.

    `named` tells what a question names, `said` the claims that answer it, `is_whole` whether it is of a form that needs
    no other question, and `people` are the names of people by their slugs. `longest` is how long a question may be.
    """

    named: Callable[[str], Sequence[Named]]
    said: Callable[[str], Sequence[Claim]]
    is_whole: Callable[[str], bool]
    people: Mapping[str, str]
    longest: int

    def in_full(self, text: str, before: str) -> str:
        """Return a question that leans on the one before it, written out in full; any other as it is."""
        other = follow_up.about_another(text)
        wanted = {slug for each in self.named(other) for slug in each.slugs} if other else set()
        written = [full for full in self._written_out(text, before, other) if len(full) <= self.longest]
        for full in written:
            claims = self.said(full)
            if claims and all(not wanted or wanted & _things(claim) for claim in claims):
                return full
        return written[0] if written and follow_up.asks_why(text) else text  # that no reason is given is an answer

    def _written_out(self, text: str, before: str, other: str | None) -> Iterator[str]:
        """Yield what a question may mean in full, the likeliest first."""
        if follow_up.asks_for_more(text):
            yield before
        elif follow_up.asks_who_said_so(text) or follow_up.asks_why(text):
            claims, why = self.said(before), follow_up.asks_why(text)
            if why:
                yield follow_up.reason_for(claims[0].text if claims else before)  # of several, of the first
                return
            if len(claims) == 1:
                yield follow_up.who_said(claims[0].text)
            yield before
        elif other:
            is_agent = any(each.is_agent for each in self.named(other))
            yield from follow_up.with_another(before, self.named(before), other, is_agent=is_agent)
            yield question_about(other)
        elif follow_up.stands_for_something(text) and not self.is_whole(text):
            yield from self._with_names(text, before)

    def _with_names(self, text: str, before: str) -> Iterator[str]:
        """Yield a question with what the one before names, the last first, in place of "it" and the like."""
        named = sorted(self.named(before), key=lambda each: -each.end)
        agents = [before[each.start : each.end] for each in named if each.is_agent]
        things = [before[each.start : each.end] for each in named if not each.is_agent]
        person = next((name for name in (*agents, *self._people_of(before))), None)
        for thing in dict.fromkeys((*things, *agents)) or ("it",):
            if (full := follow_up.in_full(text, thing, person)) != text:
                yield full

    def _people_of(self, before: str) -> Iterator[str]:
        """Yield the names of the people in the answer to a question."""
        for claim in self.said(before):
            ends = (end for p in claim.propositions for end in (p.object, p.subject))
            yield from (self.people[slug] for slug in (*ends, *claim.attribution.agents) if slug in self.people)


def _things(claim: Claim) -> set[str]:
    """Return the slugs of what a claim is about, and of whom it is credited to."""
    ends = {end for p in claim.propositions for end in (p.subject, p.object)}
    return ends.union(claim.concepts, claim.attribution.agents, claim.attribution.reported_from)
