"""The lexicon: every wording that stands for something in the graph, and what it stands for.

It is made from labels in the data (SKOS labels, relation labels and wordings, names), never from a list in the code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.answering.synonyms import common_words, english_synonyms, other_matters, setting_words
from kg.answering.words import GRAMMAR_STEMS, LIGHT_STEMS, LIGHT_WORDS, Word, read, stem, stems
from kg.catalogue import Catalogue
from kg.queries import Term, with_prefixes
from kg.records import Claim
from kg.vocabulary import SK, local_name

LABELS = """
SELECT ?thing ?kind ?label WHERE {
  { ?thing a skos:Concept ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . BIND("concept" AS ?kind)
    FILTER(STRSTARTS(STR(?thing), STR(concept:))) FILTER EXISTS { ?thing skos:prefLabel ?any } }
  UNION
  { ?thing a rdf:Property ; rdfs:label|sk:inverseLabel|sk:negatedLabel|sk:wording ?label . BIND("relation" AS ?kind)
    FILTER(STRSTARTS(STR(?thing), STR(relation:))) }
  UNION
  { ?thing sk:wording ?label . BIND("record" AS ?kind) FILTER(!STRSTARTS(STR(?thing), STR(relation:))) }
  UNION
  { ?thing a prov:Agent ; rdfs:label|schema:alternateName ?label . BIND("agent" AS ?kind) }
  UNION
  { ?thing a sk:Stance ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . BIND("stance" AS ?kind) }
  UNION
  { ?thing a schema:ItemList ; rdfs:label|skos:altLabel|skos:hiddenLabel ?label . BIND("list" AS ?kind) }
} ORDER BY ?thing ?label
"""


ARROWS = """
SELECT ?claim ?subject ?relation ?object WHERE {
  ?claim a schema:Claim ; sk:proposition ?proposition .
  ?proposition rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; schema:position ?position .
} ORDER BY ?claim ?position
"""
ASKED_AS = """
SELECT ?claim ?wording WHERE { ?claim sk:askedAs ?wording } ORDER BY ?claim ?wording
"""
NAMES = """
SELECT ?thing (MIN(?label) AS ?name) WHERE {
  { ?thing a rdf:Property ; rdfs:label ?label } UNION { ?thing a prov:Agent ; rdfs:label ?label }
  UNION { ?thing a schema:ItemList ; rdfs:label ?label } UNION { ?thing skos:prefLabel ?label }
} GROUP BY ?thing
"""


#: How strongly a word speaks for a claim that one of the questions has which the claim is asked as.
ASKED_AS_STRENGTH = 0.65

Arrow = tuple[Term, Term, Term]
"""The subject, relation and object of a proposition."""


@dataclass(frozen=True)
class Meaning:
    """What a wording stands for: its IRI and its kind.

    The kind is "concept", "relation", "agent", "stance", "list", or "record": a property that is recorded of an event
    or a person, such as who chaired.
    """

    iri: str
    kind: str


class Lexicon:
    """Wordings by their stems, and how telling each stem is."""

    def __init__(self, catalogue: Catalogue):
        self._meanings: dict[tuple[str, ...], set[Meaning]] = defaultdict(set)
        self._labels: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._texts: list[str] = []
        for row in catalogue.rows(LABELS):
            self._texts.append(row["label"])
            wording = stems(row["label"])
            core = tuple(each for each in wording if each not in GRAMMAR_STEMS)
            for key in {wording, core} if row["kind"] not in ("relation", "record") else {wording}:
                if key and not all(each in LIGHT_STEMS for each in key):
                    self._meanings[key].add(Meaning(row["thing"], row["kind"]))
                    self._labels[row["thing"]].add(key)
        self._corrected: dict[str, str | None] = {}
        self._claims = catalogue.claims()
        self._catalogue = catalogue

    def meanings(self, wording: tuple[str, ...]) -> frozenset[Meaning]:
        """Return what a run of stems stands for; empty when nothing."""
        return frozenset(self._meanings.get(wording, ()))

    def wordings(self, iri: str) -> frozenset[tuple[str, ...]]:
        """Return the wordings, as stems, that stand for a thing."""
        return frozenset(self._labels.get(iri, ()))

    def name(self, iri: str) -> str:
        """Return the preferred label of a thing; its IRI's last part where it has none."""
        return self._names.get(iri) or local_name(iri)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {row["thing"]: row["name"] for row in self._catalogue.rows(NAMES) if "name" in row}

    @cached_property
    def longest(self) -> int:
        """The number of words of the longest wording."""
        return max((len(wording) for wording in self._meanings), default=0)

    @cached_property
    def spoken(self) -> dict[str, tuple[tuple[tuple[str, ...], float], ...]]:
        """For each claim IRI the wordings, as stems, that speak for it, and how strongly (0 to 1).

        What a claim says and its quotation count fully; other words for its concepts and relations nearly so, and
        less where it takes several to name the thing; what it is merely about counts less.
        """
        return {claim.iri: tuple(self._speaking(claim)) for claim in self._claims}

    @cached_property
    def evidence(self) -> dict[str, dict[str, float]]:
        """For each claim IRI the stems that speak for it, and how strongly (0 to 1)."""
        found: dict[str, dict[str, float]] = {}
        for claim, wordings in self.spoken.items():
            speaking: dict[str, float] = defaultdict(float)
            for wording, strength in wordings:
                for each in wording:
                    speaking[each] = max(speaking[each], strength)
            found[claim] = dict(speaking)
        return found

    def _speaking(self, claim: Claim) -> Iterator[tuple[tuple[str, ...], float]]:
        for text in (claim.text, *(passage.quote for passage in claim.passages)):
            yield stems(text), 1.0
        yield stems(claim.attribution.credit), 0.8
        yield from self._asked(claim.iri)
        ends = {each for p in claim.propositions for each in (p.subject, p.object)}
        for slug in claim.concepts:
            strength = 0.9 if slug in ends else 0.5
            for wording in self.wordings(self._catalogue.concept(slug).iri):
                yield wording, strength * _share(wording)
        for iri in self._relations(claim.propositions):
            for wording in self.wordings(iri):
                yield wording, 0.9 * _share(wording)

    def _asked(self, iri: str) -> Iterator[tuple[tuple[str, ...], float]]:
        """Yield the words that a claim is asked as, one by one: the more of its questions have one, the stronger."""
        often: dict[str, int] = defaultdict(int)
        for question in self._asked_as.get(iri, ()):
            for each in set(stems(question)):
                often[each] += 1
        for each, times in sorted(often.items()):
            yield (each,), 1.0 - (1.0 - ASKED_AS_STRENGTH) ** times

    @cached_property
    def arrows(self) -> dict[str, list[Arrow]]:
        """For each claim IRI its arrows, in their order."""
        found: dict[str, list[Arrow]] = defaultdict(list)
        for row in self._catalogue.data.engine.select(with_prefixes(ARROWS)):
            subject, relation, object_ = (cast(Term, row[end]) for end in ("subject", "relation", "object"))
            found[cast(Term, row["claim"]).value].append((subject, relation, object_))
        return found

    @cached_property
    def claims_of(self) -> dict[str, dict[str, float]]:
        """For the IRI of each thing the claims that have it, and how strongly it speaks for them (0 to 1).

        Things are concepts, relations, ways of saying, and whom the claims are credited to.
        """
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for claim in self._claims:
            for slug in claim.concepts:
                found[self._catalogue.concept(slug).iri][claim.iri] = 0.6
            found[str(SK[claim.stance])][claim.iri] = 0.95
            for slug in (*claim.attribution.agents, *claim.attribution.reported_from):
                found[self._catalogue.agent(slug).iri][claim.iri] = 0.95
        for iri, arrows in self.arrows.items():
            for arrow in arrows:
                found.update({str(end.value): {**found[str(end.value)], iri: 0.95} for end in arrow})
        return found

    @cached_property
    def _asked_as(self) -> dict[str, list[str]]:
        """For each claim IRI the ways in which a curator says that people ask for it."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._catalogue.rows(ASKED_AS):
            found[row["claim"]].append(row["wording"])
        return found

    def _relations(self, propositions: tuple[object, ...]) -> set[str]:
        names = {getattr(each, "relation", "") for each in propositions}
        return {iri for iri in self._labels if local_name(iri) in names}

    @cached_property
    def known(self) -> frozenset[str]:
        """Every stem that the graph or the thesaurus uses."""
        claimed = {each for speaking in self.evidence.values() for each in speaking}
        return frozenset(claimed | {each for wording in self._meanings for each in wording})

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The words of labels and claims as they are written -> their stems."""
        texts = [text for claim in self._claims for text in (claim.text, *(p.quote for p in claim.passages))]
        return {word.text: word.stem for text in (*self._texts, *texts) for word in read(text) if len(word.text) > 3}

    def correct(self, word: Word) -> str | None:
        """Return the stem of the known word that an unknown one is most likely a misspelling of, or None.

        Optimal string alignment distance: one slip in a word of four to six letters, two in a longer one. A word of
        the graph is preferred to one of everyday English.
        """
        if word.stem in self.known or word.text in self._everyday or len(word.text) < 4 or word.text.isdigit():
            return None
        if word.text not in self._corrected:
            self._corrected[word.text] = self._nearest(word.text)
        return self._corrected[word.text]

    def _nearest(self, text: str) -> str | None:
        most = 1 if len(text) < 7 else 2
        found = []
        for rank, spellings in enumerate((self.spellings, self._everyday)):
            near = process.extractOne(text, _alike(text, spellings), scorer=OSA.distance, score_cutoff=most)
            if near:
                found.append((near[1], rank, spellings[near[0]]))
        return min(found)[2] if found else None

    @cached_property
    def _everyday(self) -> dict[str, str]:
        """Words of everyday English -> their stems."""
        words = {word: stem(word) for word in LIGHT_WORDS if len(word) > 3}
        return {**english_synonyms().spellings, **common_words(), **setting_words(), **other_matters(), **words}


def _alike(text: str, spellings: Iterable[str]) -> list[str]:
    """Return the spellings that begin alike, in order, so that the first of several as near is always it."""
    same = 2 if len(text) >= 7 else 1
    return sorted(each for each in spellings if each[:same] == text[:same] and abs(len(each) - len(text)) <= 2)


def _share(wording: tuple[str, ...]) -> float:
    """Return how much one word of a wording says of the whole: of "compassionate care" either says only a part."""
    return {0: 1.0, 1: 1.0, 2: 0.65}.get(sum(each not in LIGHT_STEMS for each in wording), 0.5)
