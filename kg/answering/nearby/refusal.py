"""Why a question is not answered, in one sentence: what was looked for, and why it ended so.

Reasons are found in the graph and in the question, the most telling first: somebody who is unknown or said nothing,
what came later, words that no claim has, a kind of thing that no claim gives; failing these, how it was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from kg.answering.nearby.core import ITSELF, Core
from kg.answering.nearby.nearest import closest
from kg.answering.silence import lacking, unsaid_topic
from kg.english.asking.asked_for import asked_for, asks_for_unsaid
from kg.english.asking.yes_no import is_yes_no
from kg.english.dates import month
from kg.english.telling import refusals
from kg.english.words import read
from kg.graph.catalogue import Catalogue
from kg.graph.records import Agent, Seminar

#: How many reasons are told in one sentence.
MOST_REASONS = 2
#: In how many of the closest claims the kind of thing is looked for that is asked for.
MOST_LOOKED_AT = 12


class Reasons:
    """Why a question is not answered, and the sentence that says so.

    Arguments:
        catalogue: the records of all seminars.
        seminars: those that were asked and that the question is about.
        cores: what the question asks about, for each of them.
    """

    def __init__(self, catalogue: Catalogue, seminars: Sequence[Seminar], cores: Sequence[Core]):
        self._catalogue, self._seminars, self._cores = catalogue, seminars, cores
        self._core = cores[0]
        self._text = self._core.match.question.text
        self._is_yes_no = is_yes_no(self._text)
        self._unsaid = refusals.unsaid(self._text, yes_no=self._is_yes_no)
        self._several = len(seminars) > 1
        self._summary = self._called()

    def _called(self) -> str:
        """Return what the source is called: which, where it is one of several that the library has."""
        if self._several:
            return "the summaries"
        apart = self._seminars and len(self._catalogue.seminars()) > 1
        return refusals.summary_of(self._seminars[0].name) if apart else "the summary"

    def sentence(self) -> str:
        """Return the sentence: the most telling reasons, as many as it holds."""
        if not self._core.match.question.words:
            return refusals.sentence_of([refusals.NO_WORDS])
        told = list(islice(dict.fromkeys(self._telling()), MOST_REASONS))
        told = told or list(islice(self._lesser(), 1))
        absent, claims_on = refusals.words_absent(self._absent()), self._on_words()
        if told == [absent] and claims_on:
            told = [self._on_words(self._unsaid), absent] if self._is_yes_no else [absent, claims_on]
        return refusals.sentence_of(told)

    # ── Reasons that say most ──

    def _telling(self) -> Iterator[str]:
        yield from self._unknown_people()
        yield from self._silent_people()
        kinds = asked_for(self._text)
        if any(kind.name == "aftermath" for kind in kinds):
            yield refusals.came_later([month(each.start) for each in self._seminars if each.start])
        if absent := self._absent():
            yield refusals.words_absent(absent)
        near = [each.claim for each in closest(self._catalogue, self._cores, most=MOST_LOOKED_AT) if each.share]
        found = lacking(self._text, near)
        is_of_money = any(kind.name == "money" for kind in found)
        for kind in found:
            if kind.name != "aftermath" and not (is_of_money and kind.name == "quantity"):
                verb = refusals.lacked(kind.name, self._text)
                yield refusals.summary_clause(self._summary, verb, several=self._several)

    @cached_property
    def _strangers(self) -> list[tuple[int, int]]:
        """Where strangers to all seminars are named whose words, or who, is asked for."""
        named = [{(voice.start, voice.end) for voice in core.voices if not voice.agents} for core in self._cores]
        found = sorted(set.intersection(*named))
        who = refusals.person_asked(self._text)
        return [*found, who] if who and who not in found and self._is_name(who) else found

    def _is_name(self, span: tuple[int, int]) -> bool:
        """Whether words look like a name that nothing has: "Who is responsible?" asks for none."""
        inside = self._places(span)
        strange = [n for n in inside if all(n in core.strange for core in self._cores)]
        name = self._text[slice(*span)]
        return bool(inside) and inside[-1] in strange and (name != name.lower() or len(strange) > 1)

    def _places(self, span: tuple[int, int]) -> list[int]:
        words = enumerate(self._core.match.question.words)
        return [n for n, word in words if span[0] <= word.start and word.end <= span[1]]

    def _unknown_people(self) -> Iterator[str]:
        for first, last in self._strangers:
            name = self._text[first:last]
            like = refusals.unknown_name if refusals.is_like_a_name(name) else refusals.nothing_of
            yield like(name, self._summary)

    @cached_property
    def _known_people(self) -> list[tuple[Agent, int, int]]:
        """Those who are known and whose words are asked for; how many claims are theirs, and are reported of them."""
        agents: dict[str, Agent] = {}
        said: dict[str, set[str]] = {}
        reported: dict[str, set[str]] = {}
        for voice in (voice for core in self._cores for voice in core.voices):
            if len(voice.agents) == 1:  # of several whom the words fit nobody is meant for certain
                agent = voice.agents[0]
                agents[agent.iri] = agent
                said.setdefault(agent.iri, set()).update(voice.said)
                reported.setdefault(agent.iri, set()).update(voice.reported)
        return [(agent, len(said[iri]), len(reported[iri])) for iri, agent in agents.items()]

    def _silent_people(self) -> Iterator[str]:
        """Yield that nothing is credited to somebody who is known and whose words are asked for."""
        for agent, said, reported in self._known_people:
            if not said and not reported:
                yield refusals.credited_with_nothing(agent.name, self._known_as(agent))

    def _known_as(self, agent: Agent) -> str | None:
        """Return what somebody did at a seminar or is, as it stands after the name."""
        for seminar in self._seminars:
            for role in agent.roles_at(seminar.slug):
                at = seminar.name if len(self._catalogue.seminars()) > 1 else None
                return refusals.who_did(role, at, body=agent.kind == "organisation")
        return next(map(str, agent.posts), None)

    def _absent(self) -> list[str]:
        """Return the words that occur nowhere, the most telling first."""
        told = {place for span in self._strangers for place in self._places(span)}
        rare = [n for n in self._core.absent if all(n in each.absent for each in self._cores)]
        unsaid = set.intersection(*(set(unsaid_topic(each)) for each in self._cores))
        return self._core.phrases(n for n in dict.fromkeys((*sorted(unsaid), *rare)) if n not in told)

    # ── Reasons that are left ──

    def _lesser(self) -> Iterator[str]:
        for agent, said, _ in self._known_people:
            if agent.kind != "unnamed" and said > 1:
                yield refusals.not_among_statements(agent.name, said, yes_no=self._is_yes_no)
        common = [n for n in self._core.absent_common if all(n in each.absent_common for each in self._cores)]
        if asks_for_unsaid(self._text):
            yield refusals.ONLY_SAID
        elif claims_on := self._on_words(self._unsaid):
            yield claims_on
        elif common and not self._is_yes_no:
            yield refusals.words_absent(self._core.phrases(common))
        yield refusals.nothing_found(self._unsaid)

    @cached_property
    def _written(self) -> set[str]:
        """The words that the claims and quotations of the seminars have, without the ending of the plural."""
        claims = (claim for seminar in self._seminars for claim in self._catalogue.claims(seminar=seminar.slug))
        return {_plain(word.text) for claim in claims for text in claim.texts for word in read(text)}

    def _on_words(self, unsaid: str = "") -> str:
        """Return which words of the question claims have, those that name a thing first; "" where none has any."""
        core = self._core
        having = [n for n in core.places if any(core.strength(n, iri) >= ITSELF for iri in core.match.strengths[n])]
        written = [n for n in having if _plain(core.match.question.words[n].text) in self._written]
        known = [n for n in written if n in core.things] or written
        return refusals.claims_on(core.names(known), unsaid) if known else ""


def _plain(word: str) -> str:
    """Return a word without an "s" at its end: "managers" stands where "manager" does, "managed" does not."""
    return word.removesuffix("s")
