"""What people ask for, learnt from how they ask.

Curators write beside a claim ways in which people ask for it (`sk:askedAs`; beside several claims where it takes
several), and what they ask nearby that the source leaves open (`sk:leavesOpen`). `english/elsewhere.txt` has what no
summary of a seminar answers. From these examples, from those of the templates, and from what the claims say
themselves, it is learnt how likely a new question asks for each claim, for several, or for none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from math import sqrt

from pyoxigraph import Literal
from rdflib import URIRef

from kg.answering.learn.classifier import Learnt
from kg.answering.learn.training import Teacher
from kg.english.synonyms import questions_elsewhere
from kg.english.words import Word
from kg.graph.catalogue import Catalogue
from kg.questions.templates import read_templates
from kg.vocabulary import SK

#: The outcome of a question that no claim answers.
OPEN = ""
#: The share of questions that is left open, of those that people ask.
USUALLY_OPEN = 1 / 6
#: The outcome of a question that takes several claims.
SEVERAL = "several"


@dataclass(frozen=True)
class Shares:
    """How likely a question asks for each claim, by IRI."""

    claims: dict[str, float]

    @cached_property
    def closest(self) -> list[str]:
        """The claims, likeliest first."""
        return sorted(self.claims, key=lambda claim: (-round(self.claims[claim], 9), claim))

    @cached_property
    def relative(self) -> dict[str, float]:
        """How likely each claim is asked for beside the likeliest one (0 to 1)."""
        return {claim: likely / self.claims[self.closest[0]] for claim, likely in self.claims.items()}

    def agreement(self, claims: Collection[str]) -> float:
        """Return how far claims are those asked for: the weighted Jaccard index of both sets (0 to 1)."""
        both = sum(self.relative.get(claim, 0.0) for claim in claims)
        return both / (len(claims) + self._asked - both)

    @cached_property
    def _asked(self) -> float:
        """The weight of the claims that are asked for; some hundred readings are compared with it."""
        return sum(self.relative.values())

    def mass(self, claims: Collection[str]) -> float:
        """Return how likely one of the claims is asked for."""
        return sum(self.claims.get(claim, 0.0) for claim in claims)


@dataclass(frozen=True)
class Likely:
    """What a question asks for: which claim if it is one, which if they are several; how likely several, or none."""

    one: Shares
    several: Shares | None
    together: float
    left_open: float

    @property
    def closest(self) -> list[str]:
        """The claims, likeliest first, whether asked for alone or with others."""
        in_turns = chain.from_iterable(zip_longest(*(shares.closest for shares in self.shares)))
        return list(dict.fromkeys(claim for claim in in_turns if claim is not None))

    @property
    def shares(self) -> list[Shares]:
        """The shares if one claim is asked for, and if several are."""
        return [self.one, self.several] if self.several else [self.one]

    def agreement(self, claims: Collection[str]) -> float:
        """Return how far claims are those asked for (0 to 1)."""
        return self._weighed(lambda shares: shares.agreement(claims))

    def mass(self, claims: Collection[str]) -> float:
        """Return how likely one of the claims is asked for."""
        return self._weighed(lambda shares: shares.mass(claims))

    def _weighed(self, of: Callable[[Shares], float]) -> float:
        if self.several is None:
            return of(self.one)
        return (1.0 - self.together) * of(self.one) + self.together * of(self.several)


class Asked:
    """Learns from the wordings of one catalogue what people ask for."""

    def __init__(self, catalogue: Catalogue, teacher: Teacher):
        self._catalogue, self._teacher = catalogue, teacher

    @cached_property
    def wordings(self) -> dict[str, tuple[str, ...]]:
        """For each claim IRI the ways in which a curator says that people ask for it."""
        return self._by_claim(SK.askedAs, SK.answersYes)

    @cached_property
    def judged(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """For "yes" and "no" the questions that each claim, by IRI, answers so."""
        return {"yes": self._by_claim(SK.answersYes), "no": self._by_claim(SK.answersNo)}

    def _by_claim(self, *terms: URIRef) -> dict[str, tuple[str, ...]]:
        """Return for each claim IRI the wordings that stand beside it by any of the terms, in order."""
        found: dict[str, set[str]] = defaultdict(set)
        for term in terms:
            for claim, wording in self._written[str(term)]:
                found[claim].add(wording)
        return {claim: tuple(sorted(found[claim])) for claim in sorted(found)}

    @cached_property
    def _written(self) -> dict[str, list[tuple[str, str]]]:
        """For each term the claim IRIs and wordings that it connects."""
        claims = {claim.iri for claim in self._catalogue.claims()}
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for triple in self._catalogue.data.wordings:
            claim, wording = getattr(triple.subject, "value", ""), triple.object
            if claim in claims and isinstance(wording, Literal):
                found[triple.predicate.value].append((claim, wording.value))
        return found

    @cached_property
    def unasked(self) -> frozenset[str]:
        """The IRIs of the claims that have no wordings, of which little can be learnt."""
        return frozenset(claim.iri for claim in self._catalogue.claims()) - self.wordings.keys()

    def likely(self, words: Sequence[Word]) -> Likely | None:
        """Return what a question asks for by its words, misspelt ones corrected; None where there are no wordings."""
        if not self.wordings:
            return None
        features = self._teacher.features(words)
        likely = self._asked_for.likely(features)
        left_open, together = self._left_open(likely.pop(OPEN, 0.0)), likely.pop(SEVERAL, 0.0)
        answered = (sum(likely.values()) + together) or 1.0
        several = Shares(self._asked_together.likely(features)) if self._asked_together else None
        return Likely(Shares(likely), several, together / answered, left_open)

    def _left_open(self, likely: float) -> float:
        """Return how likely a question is left open, where many of the examples are left open a little less.

        How many are among the examples says little of how many are among the questions that people ask (Saerens,
        Latinne and Decaestecker, Adjusting the outputs of a classifier to new a priori probabilities, Neural
        Computation 14(1), 2002). Half of the log odds of the examples are put right: all of them answered too much.
        """
        model = self._asked_for
        learnt = float(model.frequency[model.outcomes.index(OPEN)]) if OPEN in model.outcomes else 0.0
        if not 0.0 < learnt < 1.0:
            return likely
        left_open = likely * sqrt(USUALLY_OPEN / learnt)
        return left_open / (left_open + (1.0 - likely) * sqrt((1.0 - USUALLY_OPEN) / (1.0 - learnt)))

    @cached_property
    def _asked_for(self) -> Learnt:
        """Which claim is asked for, or SEVERAL, or OPEN."""
        one = ((text, claims if len(claims) == 1 else frozenset({SEVERAL})) for text, claims in self._texts.items())
        return self._teacher.model(one)

    @cached_property
    def _asked_together(self) -> Learnt | None:
        """Which claims are asked for where they are several; None where there are no examples."""
        several = [(text, claims) for text, claims in self._texts.items() if len(claims) > 1]
        return self._teacher.model(several) if several else None

    @cached_property
    def _texts(self) -> dict[str, frozenset[str]]:
        """Each text to learn from, and the claims that it asks for, or OPEN."""
        asked: dict[str, set[str]] = defaultdict(set)
        for claim, wordings in chain(self.wordings.items(), self.judged["no"].items()):
            for wording in wordings:
                asked[wording].add(claim)
        for said in self._catalogue.claims():
            for text in (said.text, *(passage.quote for passage in said.passages)):
                asked[text].add(said.iri)
        for template in read_templates():
            claims = {row["claim"] for row in self._catalogue.rows(template.sparql) if "claim" in row}
            if claims:
                asked[template.example] = claims
        left_open = {wording for wordings in self._by_claim(SK.leavesOpen).values() for wording in wordings}
        for text in (*questions_elsewhere(), *left_open):
            asked.setdefault(text, {OPEN})
        return {text: frozenset(outcomes) for text, outcomes in asked.items()}
