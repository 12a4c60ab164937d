"""How strongly each word of a question speaks for each claim, and how telling each word is.

A word speaks for a claim when the claim's sentence or quotation has it (1.0), when it is another word for one of
its concepts or relations (a little less), or when it is in one synonym ring with such a word (less again). How
telling a word is depends on how few claims it speaks for (inverse document frequency, Spärck Jones 1972); a word
that nothing in the graph has is telling, too, unless it is common English or merely sets the scene.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nsmallest
from math import log

from kg.answering.link.evidence import Evidence
from kg.answering.link.linker import LinkedQuestion
from kg.english.synonyms import Synonyms, common_words, other_matters, setting_words
from kg.english.words import LIGHT_STEMS, PHRASAL_WORDS, WEAK_STEMS

#: What a word counts for a claim that only has another word of its synonym ring, or one of its opposites.
RING_STRENGTH, OPPOSITE_STRENGTH = 0.65, 0.41
#: How many of the closest claims are looked at.
NEAR = 60
#: Of how many claims one that has a word is enough.
FEW = 3
#: From what strength on a word counts as one that a claim has.
NOTICEABLE = 0.2
#: How telling a word is that no claim has: one of the field or a name, a common one, one that sets the scene.
UNKNOWN_WEIGHT, COMMON_WEIGHT, SETTING_WEIGHT = 1.85, 0.25, 0.12
MATTER_WEIGHT, WEAK_WEIGHT = 4.0, 0.3
#: How much a word counts that stands beside the question itself: "I am a ward manager. What ...?"
PREAMBLE_SHARE = 0.45


@dataclass(frozen=True)
class Match:
    """A question; for the places of its content words how telling each is, and how strongly it speaks for claims."""

    question: LinkedQuestion
    weights: dict[int, float]
    strengths: dict[int, dict[str, float]]
    opposites: dict[int, dict[str, float]]

    def opposed(self, claim: str) -> list[int]:
        """Return the places of the words whose opposite the claim has, and not the word itself."""
        return [n for n, found in self.opposites.items() if found.get(claim, 0.0) >= self.strengths[n].get(claim, 0.01)]

    @property
    def total(self) -> float:
        """The weight of all content."""
        return sum(self.weights.values())

    def best(self, place: int, claims: Iterable[str]) -> float:
        """Return how strongly a word speaks for the claim among `claims` that it speaks for most (0 to 1)."""
        speaking = self.strengths[place]
        return max((speaking.get(claim, 0.0) for claim in claims), default=0.0)

    def having(self, place: int, claims: Sequence[str]) -> float:
        """Return how far claims together have a word: one of a few is enough, of many more than one should."""
        best = self.best(place, claims)
        if len(claims) <= FEW:
            return best
        speaking = self.strengths[place]
        return (best + sum(speaking.get(claim, 0.0) for claim in claims) / len(claims)) / 2

    def covered(self, claims: Iterable[str]) -> float:
        """Return the weight of the content that speaks for any of the claims."""
        chosen = tuple(claims)
        return sum(weight * self.best(n, chosen) for n, weight in self.weights.items())

    @cached_property
    def sums(self) -> dict[str, float]:
        """For each claim that any word speaks for, the weight of the words, by their strengths."""
        sums: dict[str, float] = defaultdict(float)
        for n, weight in self.weights.items():
            for claim, strength in self.strengths[n].items():
                sums[claim] += strength * weight
        return sums

    @cached_property
    def ranked(self) -> list[str]:
        """The claims that the words speak for most, closest first, at most NEAR."""
        return nsmallest(NEAR, self.sums, key=lambda claim: (-round(self.sums[claim], 9), claim))


class Matcher:
    """Matches questions to the claims that there is evidence for."""

    def __init__(self, evidence: Evidence, synonyms: Synonyms):
        self._evidence, self._synonyms = evidence, synonyms
        self._setting = frozenset(setting_words().values()) - LIGHT_STEMS
        self._matters = frozenset(other_matters().values()) - LIGHT_STEMS
        self._common = frozenset(common_words().values())

    @cached_property
    def _stems(self) -> dict[str, dict[str, float]]:
        """Stem -> the claims that have it -> how strongly."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for claim, speaking in self._evidence.stems.items():
            for stem, strength in speaking.items():
                found[stem][claim] = strength
        return dict(found)

    @cached_property
    def _rings(self) -> dict[int, dict[str, float]]:
        """Synonym ring -> the claims that have one of its words -> how strongly."""
        found: dict[int, dict[str, float]] = defaultdict(dict)
        rings_of = cache(lambda wording: {ring for _, _, ring in self._synonyms.found(wording)})  # claims share words
        for claim, wordings in self._evidence.spoken.items():
            for wording, strength in wordings:
                for ring in rings_of(wording):
                    found[ring][claim] = max(found[ring].get(claim, 0.0), strength)
        return dict(found)

    def match(self, question: LinkedQuestion) -> Match:
        """Return how the content words of a question speak for claims."""
        stems = [word.stem for word in question.words]
        rings: dict[int, set[int]] = defaultdict(set)
        places = set(question.content)
        for first, last, ring in self._synonyms.found(stems):
            for place in range(first, last):
                rings[place].add(ring)
            if last - first > 1 and any(question.words[n].text in PHRASAL_WORDS for n in range(first, last)):
                places.add(first)
        places |= {n for n, stem in enumerate(stems) if stem in WEAK_STEMS and (stem in self._stems or rings[n])}
        strengths = {n: self._strengths(stems[n], rings[n]) for n in sorted(places)}
        for mention in question.mentions:
            for place in mention.places & places:
                _raise(strengths[place], self._evidence.claims_of.get(mention.meaning.iri, {}), 1.0)
        weights = {n: self._weight(question, n, self._stems.get(stems[n]) or strengths[n]) for n in sorted(places)}
        opposites: dict[int, dict[str, float]] = {n: {} for n in sorted(places)}
        for n, found in opposites.items():
            for opposite in filter(None, map(self._synonyms.opposite, rings[n])):
                _raise(found, self._rings.get(opposite, {}), OPPOSITE_STRENGTH)
            _raise(strengths[n], found, 1.0)
        return Match(question, weights, strengths, opposites)

    def _strengths(self, stem: str, rings: Iterable[int]) -> dict[str, float]:
        found = dict(self._stems.get(stem, {}))
        if stem in self._matters:
            return found  # nothing is near enough to it
        for ring in rings:
            _raise(found, self._rings.get(ring, {}), RING_STRENGTH)
        return found

    def _weight(self, question: LinkedQuestion, place: int, speaking: dict[str, float]) -> float:
        asked = 1.0 if question.words[place].start in question.asked else PREAMBLE_SHARE
        word = question.words[place]
        telling = self._telling(word.stem, speaking.values())
        weak = word.stem in WEAK_STEMS or word.text.isdigit()  # "3" tells little of what there are three of
        return asked * (min(telling, WEAK_WEIGHT) if weak else telling)

    def _telling(self, stem: str, strengths: Iterable[float]) -> float:
        claims = len(self._evidence.stems) or 1
        speaking = sum(strength >= NOTICEABLE for strength in strengths)
        if speaking:
            return 0.4 + log(claims / speaking) / log(claims + 1)
        if stem in self._matters:
            return MATTER_WEIGHT
        if stem in self._setting:
            return SETTING_WEIGHT
        return COMMON_WEIGHT if stem in self._common else UNKNOWN_WEIGHT


def _raise(found: dict[str, float], claims: Mapping[str, float], share: float) -> None:
    """Let a word speak for claims at least by a share of their strengths."""
    for claim, strength in claims.items():
        found[claim] = max(found.get(claim, 0.0), share * strength)
