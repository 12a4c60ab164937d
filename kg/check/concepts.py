"""Concepts, relations and agents among themselves: orphans, circles, names that clash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from rdflib import URIRef
from rdflib.term import Node

from kg.check.corpus import Corpus, labels, ontology
from kg.check.problems import Problem
from kg.vocabulary import PROV, RDF, RDFS, RELATION, SCHEMA, SK, SKOS


def check_concepts(corpus: Corpus, undefined: Collection[Node]) -> Iterator[Problem]:
    """Yield what is wrong with concepts, relations and agents; what is `undefined` is reported elsewhere."""
    yield from _check_orphans(corpus)
    yield from _check_circles(corpus)
    yield from _check_concept_names(corpus)
    yield from _check_agent_names(corpus)
    yield from _check_relations(corpus, undefined)


def _check_orphans(corpus: Corpus) -> Iterator[Problem]:
    graph = corpus.graph
    used = {concept for claim in corpus.claims for concept in graph.objects(claim, SCHEMA.about)}
    for claim in corpus.claims:
        for proposition in graph.objects(claim, SK.proposition):
            used |= {*graph.objects(proposition, RDF.subject), *graph.objects(proposition, RDF.object)}
    for concept in corpus.of_class(SKOS.Concept):
        if concept not in used:
            words = "is in no claim: take it out, or add it to the claims on it."
            yield from corpus.problem_of(concept, "orphan-concept", words)
    predicates = {*graph.objects(None, RDF.predicate), *graph.predicates(), *graph.objects(None, RDFS.subPropertyOf)}
    for relation in corpus.of_class(RDF.Property):
        if relation not in predicates:
            words = "is in no proposition: take it out, or use it in the propositions that it is for."
            yield from corpus.problem_of(relation, "orphan-relation", words)


def _check_circles(corpus: Corpus) -> Iterator[Problem]:
    """Yield each circle of skos:broader once, at its first line."""
    seen: set[frozenset[Node]] = set()
    for concept in corpus.of_class(SKOS.Concept):
        circle = _circle(corpus, concept)
        if not circle or frozenset(circle) in seen:
            continue
        seen.add(frozenset(circle))
        steps = [corpus.place(a, SKOS.broader, b) for a, b in pairwise([*circle, circle[0]])]
        way = " under ".join(corpus.name(node) for node in [*circle, circle[0]])
        message = f"skos:broader goes in a circle, {way}: take out the step that is wrong."
        yield from corpus.problem(min((p for p in steps if p), default=None), "broader-cycle", message)


def _circle(corpus: Corpus, start: Node) -> list[Node]:
    """Return a way over skos:broader from a concept back to itself, empty when there is none."""
    ways, reached = [[start]], {start}
    while ways:
        way = ways.pop()
        for broader in corpus.graph.objects(way[-1], SKOS.broader):
            if broader == start:
                return way
            if broader not in reached:
                reached.add(broader)
                ways.append([*way, broader])
    return []


def _check_concept_names(corpus: Corpus) -> Iterator[Problem]:
    preferred = _by_name(corpus, corpus.of_class(SKOS.Concept), (SKOS.prefLabel,))
    yield from _clashes(corpus, preferred, "concept")
    alternative = _by_name(corpus, corpus.of_class(SKOS.Concept), (SKOS.altLabel,))
    for name, holders in alternative.items():
        for number, concept in enumerate(holders):
            label = next(v for v in labels(corpus.graph, concept, SKOS.altLabel) if _folded(v) == name)
            kinds = ((SKOS.prefLabel, preferred.get(name, {})), (SKOS.altLabel, list(holders)[:number]))
            for predicate, others in kinds:
                other = next((each for each in others if each != concept), None)
                if other is not None:
                    words = f'has the skos:altLabel "{label}", which is the {corpus.name(predicate)} of '
                    words += f"{corpus.name(other)}: take it out, or make the two one concept."
                    yield from corpus.problem_of(concept, "label-clash", words, SKOS.altLabel, label)
                    break


def _check_agent_names(corpus: Corpus) -> Iterator[Problem]:
    """Yield people and organisations of one name in the checked files (others may have their own)."""
    classes = (PROV.Agent, SCHEMA.Person, SCHEMA.Organization)
    agents = {agent for class_ in classes for agent in corpus.of_class(class_)}
    unnamed = set(corpus.of_class(SK.UnnamedSpeaker))
    named = [agent for agent in corpus.in_order(agents - unnamed) if corpus.place(agent)]
    concepts = set(corpus.of_class(SKOS.Concept))
    names = _by_name(corpus, named, (RDFS.label, SKOS.prefLabel))
    both = {name: holders for name, holders in names.items() if not concepts.issuperset(holders)}
    yield from _clashes(corpus, both, "agent")


def _by_name(corpus: Corpus, nodes: Iterable[Node], properties: tuple[URIRef, ...]) -> dict[str, dict[Node, URIRef]]:
    """Return each name, without its capitals, with its holders in order and the property each has it by."""
    names: defaultdict[str, dict[Node, URIRef]] = defaultdict(dict)
    for node in nodes:
        for predicate in properties:
            for label in labels(corpus.graph, node, predicate):
                names[_folded(label)].setdefault(node, predicate)
    return names


def _clashes(corpus: Corpus, names: dict[str, dict[Node, URIRef]], kind: str) -> Iterator[Problem]:
    """Yield all holders of a name but the first; those of other files count as before the checked ones."""
    for name, holders in names.items():
        first, *others = sorted(holders, key=lambda node: corpus.place(node) is not None)
        for node in others:
            label = next(v for v in labels(corpus.graph, node, holders[node]) if _folded(v) == name)
            words = f'goes by the same name as {corpus.name(first)}, "{label}": '
            words += f"make them one {kind}, or give them different names."
            yield from corpus.problem_of(node, "label-clash", words, holders[node], label)


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())


def _check_relations(corpus: Corpus, undefined: Collection[Node]) -> Iterator[Problem]:
    properties = ontology().subjects(RDF.type, RDF.Property)
    general = {each for each in properties if str(each).startswith(str(RELATION))}
    for relation in corpus.of_class(RDF.Property):
        above = set(corpus.graph.transitive_objects(relation, RDFS.subPropertyOf))
        if len(above) > 1 and not above & {*general, *undefined}:
            words = f"leads to no general relation: make it rdfs:subPropertyOf one of {corpus.names(general)}."
            yield from corpus.problem_of(relation, "relation-not-general", words, RDFS.subPropertyOf)
