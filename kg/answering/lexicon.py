"""The lexicon: every wording that stands for something in the graph, and what it stands for.

It is made from labels in the data (SKOS labels, relation labels and wordings, names), never from a list in the code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.answering.words import GRAMMAR_STEMS, LIGHT_STEMS, Word, read, stems
from kg.catalogue import Catalogue
from kg.vocabulary import local_name

LABELS = """
SELECT ?thing ?kind ?label WHERE {
  { ?thing a skos:Concept ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . BIND("concept" AS ?kind)
    FILTER(STRSTARTS(STR(?thing), STR(concept:))) FILTER EXISTS { ?thing skos:prefLabel ?any } }
  UNION
  { ?thing a rdf:Property ; rdfs:label|sk:inverseLabel|sk:negatedLabel|sk:wording ?label . BIND("relation" AS ?kind)
    FILTER(STRSTARTS(STR(?thing), STR(relation:))) }
  UNION
  { ?thing a prov:Agent ; rdfs:label|schema:alternateName ?label . BIND("agent" AS ?kind) }
  UNION
  { ?thing a sk:Stance ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . BIND("stance" AS ?kind) }
  UNION
  { ?thing a schema:ItemList ; rdfs:label|skos:altLabel|skos:hiddenLabel ?label . BIND("list" AS ?kind) }
} ORDER BY ?thing ?label
"""


NAMES = """
SELECT ?thing (MIN(?label) AS ?name) WHERE {
  { ?thing a rdf:Property ; rdfs:label ?label } UNION { ?thing a prov:Agent ; rdfs:label ?label }
  UNION { ?thing a schema:ItemList ; rdfs:label ?label } UNION { ?thing skos:prefLabel ?label }
} GROUP BY ?thing
"""


@dataclass(frozen=True)
class Meaning:
    """What a wording stands for: its IRI and its kind ("concept", "relation", "agent", "stance" or "list")."""

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
            for key in {wording, core} if row["kind"] != "relation" else {wording}:
                if key and not all(each in LIGHT_STEMS for each in key):
                    self._meanings[key].add(Meaning(row["thing"], row["kind"]))
                    self._labels[row["thing"]].add(key)
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
    def evidence(self) -> dict[str, dict[str, float]]:
        """For each claim IRI the stems that speak for it, and how strongly (0 to 1).

        What a claim says and its quotation count fully; other words for its concepts and relations nearly so; what
        it is merely about counts less.
        """
        found: dict[str, dict[str, float]] = {}
        for claim in self._claims:
            speaking: dict[str, float] = defaultdict(float)
            for stem, strength in self._speaking(claim.iri):
                speaking[stem] = max(speaking[stem], strength)
            found[claim.iri] = dict(speaking)
        return found

    def _speaking(self, iri: str) -> Iterator[tuple[str, float]]:
        claim = self._catalogue.claim(iri)
        for text in (claim.text, *(passage.quote for passage in claim.passages)):
            yield from ((stem, 1.0) for stem in stems(text))
        yield from ((stem, 0.8) for stem in stems(claim.attribution.credit))
        ends = {each for p in claim.propositions for each in (p.subject, p.object)}
        for slug in claim.concepts:
            strength = 0.9 if slug in ends else 0.5
            for wording in self.wordings(self._catalogue.concept(slug).iri):
                yield from ((stem, strength) for stem in wording)
        for iri_ in self._relations(claim.propositions):
            for wording in self.wordings(iri_):
                yield from ((stem, 0.9) for stem in wording)

    def _relations(self, propositions: tuple[object, ...]) -> set[str]:
        names = {getattr(each, "relation", "") for each in propositions}
        return {iri for iri in self._labels if local_name(iri) in names}

    @cached_property
    def weights(self) -> dict[str, float]:
        """How telling a stem is: the fewer claims it speaks for, the more (inverse document frequency)."""
        total = len(self.evidence) or 1
        count: dict[str, int] = defaultdict(int)
        for speaking in self.evidence.values():
            for each in speaking:
                count[each] += 1
        return {each: 0.4 + log(total / n) / log(total + 1) for each, n in count.items()}

    @cached_property
    def known(self) -> frozenset[str]:
        """Every stem that the graph or the thesaurus uses."""
        return frozenset(self.weights) | {stem for wording in self._meanings for stem in wording}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The words of labels and claims as they are written -> their stems."""
        texts = [text for claim in self._claims for text in (claim.text, *(p.quote for p in claim.passages))]
        return {word.text: word.stem for text in (*self._texts, *texts) for word in read(text) if len(word.text) > 3}

    def correct(self, word: Word) -> str | None:
        """Return the stem of the known word that an unknown one is most likely a misspelling of, or None.

        Optimal string alignment distance: one slip in a word of four to six letters, two in a longer one.
        """
        if word.stem in self.known or len(word.text) < 4 or word.text.isdigit():
            return None
        most = 1 if len(word.text) < 7 else 2
        candidates = sorted(each for each in self.spellings if each[0] == word.text[0])
        best = process.extractOne(word.text, candidates, scorer=OSA.distance, score_cutoff=most)
        return self.spellings[best[0]] if best else None
