"""Whose words a question is about, and which claims are credited to them.

Who is meant is found in the graph itself: names, titles, posts, employers, parts in the seminar, and how the source
calls those whom it does not name. Where in a question it says whose words it is about: kg/english/asking/speech.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pyoxigraph as ox

from kg.answering.link.linker import LinkedQuestion
from kg.answering.link.matches import WEAK_WEIGHT, Match
from kg.english.asking.speech import KNOWN, LIKELY, PLACES, SPEAKING, SURE, THINKING, Frame, frames, is_strictly_itself
from kg.english.naming import (
    LISTENER_NOUNS,
    SPEAKER,
    SPEAKER_NOUNS,
    Description,
    Names,
    described,
    is_anyone,
    is_person,
    pronoun,
)
from kg.english.words import GRAMMAR_STEMS, LIGHT_STEMS, read, stems
from kg.graph.catalogue import Catalogue
from kg.graph.records import Agent, Claim
from kg.sparql.query_text import bind, limited_to

Credit = Literal["self", "report", "passed-on"]
"""How a claim is a speaker's: said by them; in the report of their own presentation; passed on by whoever said it."""


@dataclass(frozen=True)
class Speaker:
    """Whose words a question is about.

    `words` name them in the question, from `start` up to but not including `end`. `agents` are the slugs of all that
    the words fit; none for a stranger to the seminar. `place` is "presentation", "debate", "write-up" or "section"
    where the question names where words stand rather than who spoke; `parts` are then the IRIs of the parts of the
    seminar that are meant, or the titles of the sections of its published text. `is_anyone` tells that nobody in
    particular is meant. `verb` is the stem of the word for the speaking, and `said` where in the question
    stands what they are asked to have said.
    """

    words: str
    start: int
    end: int
    agents: tuple[str, ...] = ()
    place: str | None = None
    is_anyone: bool = False
    parts: tuple[str, ...] = ()
    verb: str = ""
    said: tuple[int, int] = (0, 0)

    @property
    def is_stranger(self) -> bool:
        """Whether somebody in particular is meant who is nobody that the seminar knows."""
        return not self.agents and not self.place and not self.is_anyone


def credited_to(claim: Claim, speaker: Speaker) -> Credit | None:
    """Return how a claim is a speaker's, or None where it is not.

    "self": it is attributed to (one of) them by name, or to the unnamed speaker that is meant, or stands in the place
    that is meant; "report": it stands in the report of their own presentation, which does not say that they said so;
    "passed-on": the claim's speaker passes on their words. To whoever is meant in particular and is nobody whom the
    seminar knows nothing is credited; where nobody in particular is meant, everything is.
    """
    about = claim.attribution
    if speaker.place == "write-up":
        return "self" if about.kind == "write-up" else None
    if speaker.place == "section":
        return "self" if any(passage.section in speaker.parts for passage in claim.passages) else None
    if speaker.parts and about.made_in not in speaker.parts:
        return None
    if not speaker.agents:
        named = about.kind != "presentation"
        return ("self" if named else "report") if speaker.parts or speaker.is_anyone else None
    if about.kind != "presentation" and set(about.agents) & set(speaker.agents):
        return "self"
    if about.kind == "presentation" and set(about.presenters) & set(speaker.agents):
        return "report"
    return "passed-on" if set(about.reported_from) & set(speaker.agents) else None


#: The way of saying that nothing is asked by: who describes simply says.
PLAIN = "describes"
#: Kinds of meaning that words in a question may have of which claims may tell.
_THINGS = ("concept", "agent")
_BY_SPEAKERS = """
VALUES ?speaker { }
{ ?claim prov:wasAttributedTo ?speaker ; sk:attributionKind ?attribution . FILTER(?attribution != sk:presentation) }
UNION { ?claim sk:attributionKind sk:presentation ; sk:madeIn/schema:performer ?speaker }
UNION { ?claim sk:reportedFrom ?speaker }
"""
_IN_PARTS = """
VALUES ?part { }
?claim sk:madeIn ?part .
"""
_IN_SECTIONS = """
VALUES ?section { }
?claim prov:wasDerivedFrom/dcterms:isPartOf/dcterms:title ?title .
FILTER(STR(?title) = ?section)
"""
_WRITTEN = "?claim sk:attributionKind sk:write-up ."
_SECTIONS = """
SELECT DISTINCT ?title ?name WHERE {
  ?section a doco:Section ; dcterms:title ?title ; dcterms:title|schema:alternateName ?name .
}
"""


@dataclass(frozen=True)
class Scope:
    """The claims that may answer a question which asks for the words of somebody in particular.

    `speakers` are they, `agents` the IRIs of those meant, `claims` those of the claims that are theirs. `places` are
    the numbers of the question's words that say whose words it asks for, `ways` those that say how it was said:
    recommended, criticised. `is_of_silent` tells that nothing is credited to one of several who are meant together.
    """

    speakers: tuple[Speaker, ...]
    agents: tuple[str, ...]
    claims: frozenset[str]
    places: frozenset[int]
    ways: frozenset[int]
    pattern: str
    is_of_silent: bool = False

    def is_whole(self, match: Match) -> bool:
        """Whether a question asks for all that they said, or all that they said in some way."""
        known = self.places | self.ways
        return all(weight <= WEAK_WEIGHT for n, weight in match.weights.items() if n not in known)

    def limited(self, query: str) -> str:
        """Return the query that finds those claims of another which are theirs."""
        return limited_to(query, self.pattern)

    def tells_of(self, claim: Claim) -> bool:
        """Whether a claim tells that they said something: "leaders who tell staff that ..."."""
        words = [word.stem for word in read(claim.text)]
        asked = {each.verb for each in self.speakers}
        passes_on = any(part.status == "content" for part in claim.propositions)
        verbs = [n for n, each in enumerate(words) if each in asked or (passes_on and each in SPEAKING | THINKING)]
        before = set(words[: verbs[-1]]) if verbs else set()
        return any((found := described(read(each.words))) and found.head in before for each in self.speakers)


class Speakers:
    """Finds whose words questions over one catalogue are about.

    Arguments:
        catalogue: whose people, organisations and unnamed speakers may be meant.
    """

    def __init__(self, catalogue: Catalogue):
        self._agents = {agent.iri: agent for agent in catalogue.agents()}
        self._claims = claims = catalogue.claims()
        self._voices = _Voices(claims)
        self._names = {
            agent.slug: _names(agent, catalogue.agents(), claims)
            for agent in catalogue.agents()
            if agent.slug not in self._voices.nobody
        }
        self._bodies = {agent.slug for agent in catalogue.agents() if agent.kind == "organisation"}
        self._roles = {agent.slug for agent in catalogue.agents() if agent.roles and agent.kind != "organisation"}
        self._sections = [
            (row["title"], frozenset(stems(row["name"])) - GRAMMAR_STEMS) for row in catalogue.rows(_SECTIONS)
        ]

    def asked(self, question: LinkedQuestion) -> tuple[Speaker, ...]:
        """Return whose words a question is about: somebody's in particular if it names any; () for nobody's.

        Arguments:
            question: the question with its mentions.
        """
        found = list(filter(None, (self._meant(question, frame) for frame in frames(question.text, question.words))))
        particular = (each for each in found if not all(speaker.is_anyone for speaker in each))
        return tuple(next(particular, found[0] if found else ()))

    def scope(self, question: LinkedQuestion) -> Scope | None:
        """Return which claims may answer a question: None, if any, as it asks for the words of nobody in particular.

        Of several speakers the claims of each may.
        """
        found = [each for each in self.asked(question) if not each.is_anyone]
        if not found:
            return None
        claims = frozenset(claim.iri for claim in self._claims if any(credited_to(claim, each) for each in found))
        slugs = {slug for each in found for slug in each.agents}
        agents = tuple(iri for iri, agent in self._agents.items() if agent.slug in slugs)
        ways = [mention for mention in question.mentions if mention.meaning.kind == "stance" and mention.slug != PLAIN]
        starts = {mention: question.span(mention)[0] for mention in ways}
        ways = [each for each in ways if not any(by.said[0] <= starts[each] < by.said[1] for by in found)]
        telling = frozenset().union(*(mention.places for mention in ways))
        silent = len(found) > 1 and not all(any(credited_to(claim, each) for claim in self._claims) for each in found)
        places = _places(question, found) - telling
        return Scope(tuple(found), agents, claims, places, telling, self._pattern(found), silent)

    def _pattern(self, speakers: Sequence[Speaker]) -> str:
        """Return the graph pattern that holds of the claims of any of some speakers."""
        slugs = {slug for each in speakers if not each.parts for slug in each.agents}
        iris = [agent.iri for agent in self._agents.values() if agent.slug in slugs]
        parts = [part for each in speakers if each.place != "section" for part in each.parts]
        sections = [part for each in speakers if each.place == "section" for part in each.parts]
        patterns = [bind(_BY_SPEAKERS, {"speaker": map(ox.NamedNode, iris)}, declares=False)] if iris else []
        patterns += [bind(_IN_PARTS, {"part": map(ox.NamedNode, parts)}, declares=False)] if parts else []
        patterns += [bind(_IN_SECTIONS, {"section": map(ox.Literal, sections)}, declares=False)] if sections else []
        patterns += [_WRITTEN] if any(each.place == "write-up" for each in speakers) else []
        return patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {each.strip()} }}" for each in patterns)

    def _meant(self, question: LinkedQuestion, frame: Frame) -> list[Speaker]:
        """Return who is meant by the words of a frame; of several who are named one after the other each."""
        for first in range(frame.first, frame.last if frame.ends else frame.first + 1):
            whole = self._known(question, frame, first, frame.last)
            if whole:
                return [whole]
            ands = [n for n in range(first + 1, frame.last - 1) if question.words[n].text in ("and", "or", "nor")]
            bounds = zip([first, *(n + 1 for n in ands)], [*ands, frame.last], strict=True)
            each = [self._known(question, frame, *span) for span in bounds] if ands else []
            if each and all(each):
                return [speaker for speaker in each if speaker]
        return self._stranger(question, frame)

    def _known(self, question: LinkedQuestion, frame: Frame, first: int, last: int) -> Speaker | None:
        """Return who of the seminar is meant by some words of a frame; None where nobody who speaks there is."""
        words = question.words[first:last]
        start, end = words[0].start, words[-1].end
        found = Speaker(question.text[start:end], start, end, verb=frame.verb, said=frame.said)
        is_one = pronoun(words[0].text) if len(words) == 1 else None
        description = described(words)
        if is_one is not None:
            agents = self._antecedent(question, first, is_one=is_one)
        elif description is None:
            return None
        else:
            agents = self._described(description)
        talks = tuple(sorted(part for part, by in self._voices.talks.items() if by & set(agents)))
        if frame.verb in PLACES and talks:
            return replace(found, agents=agents, place="presentation", parts=talks)
        if is_one is not None:
            return replace(found, agents=agents, is_anyone=not agents)
        if agents:
            return replace(found, agents=agents) if frame.certainty == SURE or self._speak(agents) else None
        assert description is not None
        placed = self._placed(found, description) if frame.place or frame.certainty > KNOWN else None
        if placed and placed.place == "section" and not (frame.place or frame.certainty == SURE):
            placed = None  # "the key learning points"
        anyone = frame.certainty == SURE and is_anyone(description)
        return placed or (replace(found, is_anyone=True) if anyone else None)

    def _stranger(self, question: LinkedQuestion, frame: Frame) -> list[Speaker]:
        """Return somebody whom the seminar does not know, where the words of a frame name one."""
        words = question.words[frame.first : frame.last]
        place = frame.place and frame.verb != "accord"
        if place or not described(words) or pronoun(words[0].text) is not None:
            return []
        start, end = words[0].start, words[-1].end
        things = (mention for mention in question.mentions if mention.meaning.kind in _THINGS)
        known = any(start <= question.words[thing.first].start < end for thing in things)
        text = question.text[start:end]
        named = not known and (any(word[:1].isupper() for word in text.split()[not start :]) or is_person(text))
        if frame.certainty < SURE and not (named and frame.certainty == LIKELY and not frame.ends):
            return []
        return [Speaker(text, start, end, verb=frame.verb, said=frame.said)]

    # ── Who is meant by words ──

    def _described(self, description: Description) -> tuple[str, ...]:
        """Return the slugs of those whom words name or describe."""
        names = self._names
        found = [slug for slug, each in names.items() if each.is_whole(description)]
        found = found or [slug for slug, each in names.items() if each.fits(description)]
        if not found and description.head in SPEAKER_NOUNS and description.others:
            found = [slug for slug, each in names.items() if slug not in self._bodies and each.has(description.others)]
        if not found and description.head == SPEAKER and not description.others:
            found = [slug for slug in names if slug in self._voices.named]
        if not found and description.head in LISTENER_NOUNS and not description.others:
            found = [slug for slug in names if slug in self._voices.debaters]
        return tuple(found)

    def _antecedent(self, question: LinkedQuestion, place: int, *, is_one: bool) -> tuple[str, ...]:
        """Return the slugs of those for whom a pronoun stands: who is named before it, else the only one who speaks."""
        before = [m for m in question.mentions if m.last <= place and m.meaning.iri in self._agents]
        if before:
            return (self._agents[before[-1].meaning.iri].slug,)
        speaking = tuple(self._voices.named - self._bodies) if is_one else ()
        return speaking if len(speaking) == 1 else ()

    def _speak(self, agents: Iterable[str]) -> bool:
        """Whether some of those speak at the seminar or have a part in it."""
        return any(slug in self._voices.credited or slug in self._roles for slug in agents)

    def _placed(self, found: Speaker, description: Description) -> Speaker | None:
        """Return a place where words stand, where that is what is named."""
        plain = description.others <= LIGHT_STEMS | PLACES.keys()
        kind = PLACES.get(description.head) if plain else None
        if description.head in SPEAKER_NOUNS | LISTENER_NOUNS:  # "somebody in the audience"
            kind = "floor" if any(PLACES.get(each) == "floor" for each in description.others) else None
        if kind == "floor":
            return replace(found, place="debate", agents=tuple(sorted(self._voices.debaters | self._voices.nobody)))
        sections = tuple(dict.fromkeys(title for title, name in self._sections if description.stems == name))
        if sections and kind in (None, "write-up") and not is_anyone(description):  # "people" may be a section, too
            return replace(found, place="section", parts=sections)
        match kind:
            case "debate":
                return replace(found, place="debate", parts=tuple(sorted(self._voices.debates)))
            case "presentation":
                return replace(found, place="presentation", parts=tuple(sorted(self._voices.talks)), is_anyone=True)
            case "write-up":
                return replace(found, place="write-up", is_anyone=not is_strictly_itself(found.words))
        return None


def _places(question: LinkedQuestion, speakers: Sequence[Speaker]) -> frozenset[int]:
    """Return the numbers of the words that say whose words a question asks for."""
    return frozenset(
        n
        for n, word in enumerate(question.words)
        for each in speakers
        if each.start <= word.start < each.end or word.stem == each.verb
    )


class _Voices:
    """Who speaks in some claims, by their slugs, and where, by the IRIs of the parts of the seminar.

    `credited` are all to whom something is credited, `named` those who said something in their own name, `debaters`
    those without a name, `nobody` what stands for them where nobody in particular is said to have spoken; `talks` are
    the presentations with their presenters, `debates` the parts in which the unnamed spoke.
    """

    def __init__(self, claims: Sequence[Claim]):
        said = [claim.attribution for claim in claims]
        self.named = {slug for about in said if about.kind == "named" for slug in about.agents}
        unnamed = [about for about in said if about.kind == "debate"]
        self.nobody = {slug for about in unnamed if about.nobody for slug in about.agents}
        self.debaters = {slug for about in unnamed for slug in about.agents} - self.nobody
        self.debates = {about.made_in for about in unnamed if about.made_in}
        self.talks = {about.made_in: set(about.presenters) for about in said if about.made_in and about.presenters}
        published = {slug for about in said if about.kind == "write-up" for slug in about.agents}
        quoted = {slug for about in said for slug in about.reported_from}
        self.credited = self.named | self.debaters | published | quoted | set().union(*self.talks.values())


def _names(agent: Agent, agents: Sequence[Agent], claims: Sequence[Claim]) -> Names:
    """Return what somebody may be called, from the records of all agents and claims."""
    names = (agent.name, *agent.other_names)
    proper = [name for name in names if agent.kind == "person" and not name.lower().startswith("the ")]
    employers = {post.organisation for post in agent.posts}
    beside = [name for each in agents if each.name in employers for name in (each.name, *each.other_names)]
    chairs = any(p.relation == "chair" and p.object == agent.slug for claim in claims for p in claim.propositions)
    return Names(
        proper=proper,
        called=[name for name in names if name not in proper],
        titles=agent.full_name.removesuffix(agent.name).split(agent.name)[0] if agent.kind == "person" else "",
        posts=[post.title for post in agent.posts],
        roles=[*(role.words for role in agent.roles), *(["chaired it"] if chairs else [])],
        beside=[*beside, agent.note or ""],
    )
