"""What people ask for, learnt from how they ask.

Curators write beside a claim ways in which people ask for it (`sk:askedAs`, or `sk:bearsOut` and `sk:gainsays` for
questions that it answers with yes or no), and what they ask nearby that the source leaves open (`sk:leavesOpen`).
`english/elsewhere.txt` has what no summary of a seminar answers. From these examples, and from what the claims say
themselves, it is learnt how likely a new question asks for each claim, or for none, and whether a claim answers it with no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.answering.synonyms import questions_elsewhere
from kg.answering.teacher import Teacher
from kg.answering.words import Word
from kg.catalogue import Catalogue

WORDINGS = """
SELECT DISTINCT ?claim ?wording WHERE { ?claim sk:askedAs|sk:bearsOut ?wording } ORDER BY ?claim ?wording
"""
GAINSAID = """
SELECT DISTINCT ?claim ?wording WHERE { ?claim sk:gainsays ?wording } ORDER BY ?claim ?wording
"""
LEFT_OPEN = """
SELECT DISTINCT ?wording WHERE { ?claim sk:leavesOpen ?wording } ORDER BY ?wording
"""
BORNE_OUT = """
SELECT ?claim ?wording ?borne WHERE {
  { ?claim sk:bearsOut ?wording . BIND("yes" AS ?borne) } UNION { ?claim sk:gainsays ?wording . BIND("no" AS ?borne) }
} ORDER BY ?claim ?wording
"""
#: The outcome of a question that no claim answers.
OPEN = ""


@dataclass(frozen=True)
class Likely:
    """How likely a question asks for each claim, by IRI, if it asks for any; and how likely it asks for none."""

    claims: dict[str, float]
    left_open: float

    @cached_property
    def closest(self) -> list[str]:
        """The claims, likeliest first."""
        return sorted(self.claims, key=lambda claim: (-round(self.claims[claim], 9), claim))

    @cached_property
    def shares(self) -> dict[str, float]:
        """How likely each claim is asked for beside the likeliest one (0 to 1)."""
        return {claim: likely / self.claims[self.closest[0]] for claim, likely in self.claims.items()}

    def agreement(self, claims: Collection[str]) -> float:
        """Return how far claims are those asked for: the weighted Jaccard index of both sets (0 to 1)."""
        both = sum(self.shares.get(claim, 0.0) for claim in claims)
        return both / (len(claims) + sum(self.shares.values()) - both)

    def mass(self, claims: Collection[str]) -> float:
        """Return how likely one of the claims is asked for."""
        return sum(self.claims.get(claim, 0.0) for claim in claims)


class Asked:
    """Learns from the wordings of one catalogue what people ask for."""

    def __init__(self, catalogue: Catalogue, teacher: Teacher):
        self._catalogue, self._teacher = catalogue, teacher

    @cached_property
    def wordings(self) -> dict[str, tuple[str, ...]]:
        """For each claim IRI the ways in which a curator says that people ask for it; those that it gainsays left out."""
        return self._by_claim(WORDINGS)

    def _by_claim(self, query: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._catalogue.rows(query):
            found[row["claim"]].append(row["wording"])
        return {claim: tuple(wordings) for claim, wordings in found.items()}

    def likely(self, words: Sequence[Word]) -> Likely | None:
        """Return what a question asks for by its words, misspelt ones corrected; None where there are no wordings."""
        if not self.wordings:
            return None
        likely = self._asked_for.likely(self._teacher.features(words))
        left_open = likely.pop(OPEN, 0.0)
        answered = sum(likely.values()) or 1.0
        return Likely({claim: share / answered for claim, share in likely.items()}, left_open)

    def gainsaid(self, words: Sequence[Word], claims: Collection[str]) -> float | None:
        """Return how likely claims answer a question with no and not with yes; None where there are no examples."""
        if not self._borne_out:
            return None
        likely = self._verdicts.likely(self._teacher.features(words))
        yes, no = (sum(likely.get(f"{claim} {verdict}", 0.0) for claim in claims) for verdict in ("yes", "no"))
        return no / (yes + no) if yes + no else None

    @cached_property
    def _asked_for(self):
        return self._teacher.model(self._texts())

    @cached_property
    def _verdicts(self):
        return self._teacher.model(self._borne_out.items())

    @cached_property
    def _borne_out(self) -> dict[str, frozenset[str]]:
        """For each question that a claim answers with yes or no, the IRI of the claim and the verdict."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._catalogue.rows(BORNE_OUT):
            found[row["wording"]].add(f"{row['claim']} {row['borne']}")
        return {wording: frozenset(outcomes) for wording, outcomes in found.items()}

    def _texts(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield each text to learn from and the claims that it asks for, or OPEN."""
        asked: dict[str, set[str]] = defaultdict(set)
        for claim, wordings in (*self.wordings.items(), *self._by_claim(GAINSAID).items()):
            for wording in wordings:
                asked[wording].add(claim)
        for said in self._catalogue.claims():
            for text in (said.text, *(passage.quote for passage in said.passages)):
                asked[text].add(said.iri)
        for text in (*questions_elsewhere(), *(row["wording"] for row in self._catalogue.rows(LEFT_OPEN))):
            asked.setdefault(text, {OPEN})
        yield from ((text, frozenset(outcomes)) for text, outcomes in asked.items())
