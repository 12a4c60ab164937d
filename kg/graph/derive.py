"""What is worked out from the triples of a data set, here and nowhere else.

- The general relations: a triple with a relation also holds with its super-relations (rule rdfs7 of RDFS).
- `sk:credit` of each claim: the words by which to credit it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import networkx as nx
import pyoxigraph as ox

from kg.english.telling.sentences import credit_of_speaker, credit_of_summary
from kg.sparql.engine import text_of
from kg.vocabulary import PROV, RDF, RDFS, RELATION, SCHEMA, SK, SKOS

Objects = dict[str, dict[str, list[str]]]
"""For each predicate and subject the objects: IRIs, the texts of literals, blank nodes with their `_:`."""


def derived(written: frozenset[ox.Triple]) -> frozenset[ox.Triple]:
    """Return the triples that follow from those that were written, without these."""
    objects: Objects = defaultdict(lambda: defaultdict(list))
    for triple in written:
        objects[triple.predicate.value][text_of(triple.subject)].append(text_of(triple.object))
    return frozenset(_general_relations(written) | _credits(objects)) - written


def _general_relations(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the triples that hold by rdfs:subPropertyOf (RDF 1.1 Semantics, rules rdfs5 and rdfs7)."""
    parents = (each for each in triples if each.predicate.value == str(RDFS.subPropertyOf))
    network: nx.DiGraph[ox.NamedNode] = nx.DiGraph()
    network.add_edges_from(
        (each.subject, each.object)
        for each in parents
        if isinstance(each.subject, ox.NamedNode) and isinstance(each.object, ox.NamedNode)
    )
    general = {each: nx.descendants(network, each) for each in network if each.value.startswith(str(RELATION))}
    return {
        ox.Triple(triple.subject, relation, triple.object)
        for triple in triples
        for relation in general.get(triple.predicate, ())
    }


def _credits(objects: Objects) -> set[ox.Triple]:
    types = objects[str(RDF.type)]
    return {
        ox.Triple(ox.NamedNode(claim), ox.NamedNode(str(SK.credit)), ox.Literal(_credit(claim, objects), language="en"))
        for claim in types
        if str(SCHEMA.Claim) in types[claim] and not claim.startswith("_:")
    }


def _credit(claim: str, objects: Objects) -> str:
    def of(predicate: str, subject: str = claim) -> list[str]:
        return objects[predicate].get(subject, [])

    def names(iris: Iterable[str]) -> list[str]:
        return [name for iri in iris for label in (RDFS.label, SKOS.prefLabel) for name in of(str(label), iri)]

    kinds = of(str(SK.attributionKind))
    if str(SK["write-up"]) in kinds:
        return credit_of_summary()
    if str(SK.presentation) in kinds:
        parts = of(str(SK.madeIn))
        return credit_of_summary(names(each for part in parts for each in of(str(SCHEMA.performer), part)))
    return credit_of_speaker(names(of(str(PROV.wasAttributedTo))), names(of(str(SK.reportedFrom))))
