"""How people ask, as curators have written it down, and the examples that this makes.

Beside a claim stand ways in which people ask for it (`sk:askedAs`; beside several claims where a question takes
several), and what people ask nearby that the source leaves open (`sk:leavesOpen`). kg/english/lists/elsewhere.txt has
what no summary of a seminar answers.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from pyoxigraph import Literal
from rdflib import URIRef

from kg.english.synonyms import questions_elsewhere
from kg.graph.catalogue import Catalogue
from kg.questions.templates import read_templates
from kg.vocabulary import SK

OPEN = ""
"""The outcome of a question that no claim answers."""


class Wordings:
    """The wordings that stand beside the claims of one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self._catalogue = catalogue

    @cached_property
    def asking(self) -> dict[str, tuple[str, ...]]:
        """For each claim IRI the ways in which people ask for it."""
        return self._by_claim(SK.askedAs)

    @cached_property
    def outcomes(self) -> dict[str, frozenset[str]]:
        """Each text to learn from, and the IRIs of the claims that it asks for, or OPEN."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim, wordings in self.asking.items():
            for wording in wordings:
                found[wording].add(claim)
        for said in self._catalogue.claims():
            for text in said.texts:
                found[text].add(said.iri)
        for template in (each for each in read_templates() if each.filled != "speakers"):  # who spoke tells no words
            claims = {row["claim"] for row in self._catalogue.rows(template.sparql) if "claim" in row}
            if claims:
                found[template.example] = claims
        left_open = {wording for wordings in self._by_claim(SK.leavesOpen).values() for wording in wordings}
        for text in (*questions_elsewhere(), *left_open):
            found.setdefault(text, {OPEN})
        return {text: frozenset(outcomes) for text, outcomes in found.items()}

    def _by_claim(self, *terms: URIRef) -> dict[str, tuple[str, ...]]:
        """Return for each claim IRI the wordings that stand beside it by any of the terms, in order."""
        found: dict[str, set[str]] = defaultdict(set)
        for term in terms:
            for claim, wording in self._written.get(str(term), ()):
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
        return dict(found)
