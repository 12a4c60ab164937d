"""The core of a question: the telling words of what it asks about, and which of them a seminar has.

The words that tell the kind of thing asked for ("how many", "which year") and those that name whose words are asked for
are no part of it: a claim is near for what it is about. Only the claims themselves count here, their quotations and
the names of the things in them, not how people ask for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.answering.link.matches import COMMON_WEIGHT, WEAK_WEIGHT, Match
from kg.answering.speaker import Speaker, credited_to
from kg.english.asking.asked_for import kind_spans
from kg.english.asking.yes_no import is_negator
from kg.english.naming import without_possessive
from kg.english.numbers import is_number
from kg.english.synonyms import common_words, other_matters, setting_words
from kg.english.words import LIGHT_STEMS, WEAK_STEMS
from kg.graph.records import Agent, Claim

#: From what strength on a claim has a word itself, or as a name of a thing in it; what is weaker only means the like.
HAS = 0.7
#: From what strength on it has the word itself, not another for a thing in it.
ITSELF = 1.0
#: What it counts to have only a word that means the like.
ALIKE = 0.5
#: The least weight of a word of the core, and the most that a word counts.
LEAST_WEIGHT, MOST_WEIGHT = WEAK_WEIGHT + 0.01, 2.5
#: The kinds of thing that words name (kg/answering/link/lexicon.py).
_THINGS = ("concept", "agent", "list")


@dataclass(frozen=True)
class Voice:
    """Somebody whose words a question asks for: how it names them, where, and what of the seminar is theirs.

    `agents` are those whom the words fit, none for a stranger. `said` are the IRIs of the claims that are credited to
    them, `reported` of those in the report of their presentation.
    """

    words: str
    start: int
    end: int
    agents: tuple[Agent, ...]
    said: frozenset[str]
    reported: frozenset[str]


def voices_of(speakers: Iterable[Speaker], agents: Mapping[str, Agent], claims: Sequence[Claim]) -> tuple[Voice, ...]:
    """Return those of some speakers who are somebody in particular.

    Arguments:
        speakers: whose words a question is about (kg/answering/speaker.py).
        agents: the people and organisations of the seminar, by slug.
        claims: its claims.
    """
    found = []
    for speaker in speakers:
        if speaker.agents or speaker.is_stranger:
            credits = {claim.iri: credited_to(claim, speaker) for claim in claims}
            said = frozenset(iri for iri, credit in credits.items() if credit in ("self", "passed-on"))
            reported = frozenset(iri for iri, credit in credits.items() if credit == "report")
            meant = tuple(agents[slug] for slug in speaker.agents)
            found.append(Voice(speaker.words, speaker.start, speaker.end, meant, said, reported))
    return tuple(found)


@dataclass(frozen=True)
class Core:
    """The places of a question's telling words, as they match the claims of one seminar by what these say themselves.

    `places` are those of what the question asks about, `speaking` those of whose words it asks for, and `voices` are
    these people, where they are somebody in particular; `absent` are words
    that are neither in a claim nor in a quotation nor in a name of a thing in one, nor have anything alike there, the
    more telling ones first, and `absent_common` such words that have, or that are common in English.
    `strange` are the words that neither the seminar nor everyday English has, as those of a name may be.
    """

    match: Match
    places: tuple[int, ...]
    speaking: frozenset[int]
    voices: tuple[Voice, ...]
    absent: tuple[int, ...]
    absent_common: tuple[int, ...]
    strange: frozenset[int]

    @property
    def stems(self) -> dict[str, float]:
        """The stems of the words of the question, whose words are asked for among them, and how telling each is."""
        words = self.match.question.words
        return {words[n].stem: self.match.weights[n] for n in (*self.places, *self.speaking) if n in self.match.weights}

    def weight(self, place: int) -> float:
        """Return how telling a word is; one of another matter not so much more than others that nothing is near."""
        return min(self.match.weights[place], MOST_WEIGHT)

    def strength(self, place: int, claim: str) -> float:
        """Return how far a claim (its IRI) has a word (0 to 1), one with the opposite meaning not counted."""
        found = self.match.strengths[place].get(claim, 0.0)
        return 0.0 if found <= self.match.opposites[place].get(claim, 0.0) else found

    def had(self, claim: str) -> list[int]:
        """Return the places of the words that a claim has."""
        return [place for place in self.places if self.strength(place, claim) >= HAS]

    def share(self, claim: str) -> float:
        """Return how much of the core a claim has (0 to 1)."""
        found = {place: self.strength(place, claim) for place in self.places}
        having = sum(self.weight(n) * (each if each >= HAS else ALIKE * each) for n, each in found.items())
        total = sum(map(self.weight, self.places))
        return having / total if total else 0.0

    @property
    def is_elsewhere(self) -> bool:
        """Whether at least half of what is asked about, by weight, are words that the seminar has nowhere."""
        absent = sum(self.weight(n) for n in self.absent if n in self.places)
        return absent > 0 and 2 * absent >= sum(map(self.weight, self.places))

    def phrases(self, places: Iterable[int]) -> list[str]:
        """Return words as they stand in the question, in the order given, those of a name together."""
        given = list(dict.fromkeys(places))
        runs: list[list[int]] = []
        for place in sorted(given):
            if runs and self._follows(runs[-1][-1], place):
                runs[-1].append(place)
            else:
                runs.append([place])
        runs.sort(key=lambda run: min(map(given.index, run)))
        return self._texts((run[0], run[-1]) for run in runs)

    def run(self, places: Collection[int]) -> str:
        """Return the first words that stand beside each other, as they stand in the question; "" for none."""
        first = min(places, default=0)
        last = next((n for n in sorted(places) if n + 1 not in places), first)
        return self._texts([(first, last)])[0] if places else ""

    def names(self, places: Collection[int]) -> list[str]:
        """Return words as they stand in the question, those that name a thing together."""
        things = [m for m in self.match.question.mentions if m.meaning.kind in _THINGS and m.places & {*places}]
        spans: list[tuple[int, int]] = []
        for first, last in [(m.first, m.last - 1) for m in things] + [(n, n) for n in places]:
            if all(last < start or end < first for start, end in spans):
                spans.append((first, last))
        return self._texts(sorted(spans))

    @property
    def things(self) -> frozenset[int]:
        """The places of the words that name a thing; other words tell what it does or how it is."""
        named = (m.places for m in self.match.question.mentions if m.meaning.kind in _THINGS)
        return frozenset().union(*named)

    @property
    def people(self) -> frozenset[int]:
        """The places of the words that name somebody whom claims are not about as they are about a concept."""
        named: dict[str, set[int]] = {"agent": set(), "concept": set()}
        for mention in self.match.question.mentions:
            named.setdefault(mention.meaning.kind, set()).update(mention.places)
        return frozenset(named["agent"] - named["concept"])

    def _follows(self, first: int, second: int) -> bool:
        words, text = self.match.question.words, self.match.question.text
        capitals = all(text[words[n].start].isupper() for n in (first, second))
        return capitals and second == first + 1 and not text[words[first].end : words[second].start].strip()

    def _texts(self, spans: Iterable[tuple[int, int]]) -> list[str]:
        words, text = self.match.question.words, self.match.question.text
        found = (text[words[first].start : words[last].end] for first, last in spans)
        return list(dict.fromkeys(without_possessive(each) for each in found))


def core_of(match: Match, known: frozenset[str], speakers: Sequence[Speaker], voices: tuple[Voice, ...]) -> Core:
    """Return the core of a question.

    Arguments:
        match: the question as it matches claims by what these say themselves.
        known: the stems of the claims, the quotations and the names of the things in them.
        speakers: whose words it is about.
        voices: those of them who are somebody in particular.
    """
    question, weights = match.question, match.weights
    ways = frozenset().union(*(m.places for m in question.mentions if m.meaning.kind == "stance"))
    kind = _inside(match, kind_spans(question.text)) | ways
    speaking = _inside(match, ((speaker.start, speaker.end) for speaker in speakers))
    asked = [n for n in weights if n not in kind and question.words[n].start in question.asked]
    telling = [n for n in asked if weights[n] >= LEAST_WEIGHT]
    about = [n for n in telling if n not in speaking]
    absent = [n for n in asked if n not in speaking and question.words[n].stem not in known]
    absent = [n for n in absent if max(match.strengths[n].values(), default=0.0) < HAS]
    absent = [n for n in absent if len(question.words[n].text) > 1 and not is_number(question.words[n].text)]
    absent = [n for n in absent if not is_negator(question.words[n])]
    named = (m.places for m in question.mentions if m.meaning.kind in _THINGS and len(m.places) > 1)
    inside = frozenset().union(*named)  # "new" of "new leaders", which a thing is called
    absent = [n for n in absent if n not in inside]
    absent = [n for n in absent if question.words[n].stem not in LIGHT_STEMS]
    matters = frozenset(other_matters().values())
    common = frozenset((*common_words().values(), *setting_words().values())) - matters | LIGHT_STEMS | WEAK_STEMS
    everyday = common | matters
    rare = [n for n in absent if question.words[n].stem not in common and not match.strengths[n]]
    return Core(
        match,
        tuple(about or telling),
        speaking,
        voices,
        tuple(sorted(rare, key=lambda n: -weights[n])),
        tuple(n for n in absent if n not in rare and weights[n] >= COMMON_WEIGHT),
        frozenset(n for n, w in enumerate(question.words) if w.stem not in known | everyday),
    )


def _inside(match: Match, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the places of the words inside parts of a question's text."""
    found = tuple(spans)
    words = match.question.words
    return frozenset(
        n for n, word in enumerate(words) if any(first <= word.start and word.end <= last for first, last in found)
    )
