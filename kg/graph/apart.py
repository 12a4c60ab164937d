"""The seminars of a data set apart: for each the data set that it would be by itself, so that none bears on another.

What a seminar speaks of belongs to it: its claims and all that they lead to, one thing after another. What only other
seminars speak of is left out, and so are claimed triples that rest on no claim of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.graph.derive import derived
from kg.graph.load import DataSet, ontology
from kg.sparql.engine import text_of
from kg.sparql.local_engines import LocalEngines
from kg.vocabulary import BASE, RDF, RELATION, SK, SKOS, namespace

Node = ox.NamedNode | ox.BlankNode | ox.Triple
"""What can be the subject of a triple."""
AMONG_CONCEPTS = (str(RELATION), str(SKOS))
"""How the predicates begin that lead from one concept to another: seminars share concepts and not what they claim."""


class Apart:
    """The triples of a data set by the seminar that they belong to.

    Arguments:
        data: the data set.
        triples: its triples.
        roots: for the IRI of each seminar the IRIs of what is part of it: its claims, its numbered lists.
    """

    def __init__(self, data: DataSet, triples: Iterable[ox.Triple], roots: Mapping[str, Iterable[str]]):
        self._data = data
        self._triples = [triple for triple in triples if triple.predicate.value != str(SK.credit)]
        self._roots = {seminar: frozenset((seminar, *parts)) for seminar, parts in roots.items()}
        self._owners = {part: seminar for seminar, parts in self._roots.items() for part in parts}
        self._leads: dict[Node, list[Node]] = defaultdict(list)
        for triple in self._triples:
            if isinstance(triple.object, Node) and not triple.predicate.value.startswith(AMONG_CONCEPTS):
                self._leads[triple.subject].append(triple.object)
        self._reached = {seminar: self._reach(seminar) for seminar in roots}
        self._speaking = Counter(node for reached in self._reached.values() for node in reached)
        self._namespaces = Counter(map(namespace, roots))

    def data_of(self, seminar: str) -> DataSet:
        """Return the data set that a seminar, by its IRI, would be by itself; its version is that of all."""
        others = self._namespaces.keys() - {namespace(seminar)}
        reached = self._reached[seminar]

        def belongs(node: object) -> bool:
            if not isinstance(node, Node) or node in reached:
                return True
            return not self._speaking[node] and namespace(text_of(node)) not in others

        kept = {each for each in self._triples if belongs(each.subject) and belongs(each.object)}
        claimed = _claimed(each for each in kept if each.subject in reached)
        triples = ontology() | {
            each for each in kept if not each.predicate.value.startswith(str(RELATION)) or _ends(each) in claimed
        }
        roots = self._roots[seminar]
        wordings = frozenset(each for each in self._data.wordings if text_of(each.subject) in roots)
        engines = LocalEngines([*triples, *derived(triples)], BASE)
        return DataSet(self._data.files, self._data.version, engines, wordings=wordings)

    def _reach(self, seminar: str) -> frozenset[Node]:
        """Return what a seminar speaks of: all that its parts lead to, and nothing that is part of another one."""
        reached: set[Node] = {ox.NamedNode(iri) for iri in self._roots[seminar]}
        ahead = list(reached)
        while ahead:
            for node in self._leads.get(ahead.pop(), ()):
                if node not in reached and self._owners.get(text_of(node), seminar) == seminar:
                    reached.add(node)
                    ahead.append(node)
        return frozenset(reached)


def _ends(triple: ox.Triple) -> tuple[object, object, object]:
    return triple.subject, triple.predicate, triple.object


def _claimed(triples: Iterable[ox.Triple]) -> set[tuple[object, object, object]]:
    """Return the triples that propositions make, as their three ends."""
    ends: dict[object, dict[str, object]] = defaultdict(dict)
    for triple in triples:
        ends[triple.subject][triple.predicate.value] = triple.object
    parts = tuple(map(str, (RDF.subject, RDF.predicate, RDF.object)))
    made = (tuple(each.get(part) for part in parts) for each in ends.values())
    return {(subject, predicate, object_) for subject, predicate, object_ in made}
