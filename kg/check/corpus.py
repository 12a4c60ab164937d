"""What is checked: the triples of all files as one graph, each with its place, and names for messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files as package_files
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.check.files import Triple, TripleLines
from kg.check.problems import Problem
from kg.vocabulary import OA, PREFIXES, RDF, SCHEMA, SK, local_name, prefixed

SHACL = "http://www.w3.org/ns/shacl#"

# What a thing is called in a message, by its class.
_KINDS = {
    SCHEMA.Claim: "claim ",
    SK.Passage: "passage ",
    SCHEMA.Event: "event ",
    SCHEMA.Article: "document ",
    SCHEMA.ItemList: "list ",
    RDF.Statement: "proposition ",
}
_PARTS = {SK.proposition: "proposition", SCHEMA.itemListElement: "item", OA.hasSelector: "selector"}


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, counted from 1."""

    file: Path
    line: int


class Corpus:
    """The triples of the checked files, each with its place, and those of the files that they lean on.

    Faults are looked for in all of it and reported only where they stand in a checked file.
    """

    def __init__(
        self,
        triples: dict[Triple, Place],
        subjects: dict[Node, Place],
        leant_on: Iterable[Triple],
        prefixes: Mapping[str, str],
    ):
        self.triples, self.subjects, self.prefixes = triples, subjects, prefixes
        self.graph = Graph(bind_namespaces="none")
        for triple in (*triples, *leant_on):
            self.graph.add(triple)

    @classmethod
    def of(cls, files: Mapping[Path, TripleLines], leant_on: Iterable[Triple]) -> Corpus:
        """Return the corpus of some checked files, by path, and of the triples that they lean on."""
        triples: dict[Triple, Place] = {}
        subjects: dict[Node, Place] = {}
        prefixes: dict[str, str] = {}
        for path, lines in files.items():
            for triple, line in lines.triples.items():
                triples.setdefault(triple, Place(path, line))
            for subject, line in lines.subjects.items():
                subjects.setdefault(subject, Place(path, line))
            prefixes = {**lines.prefixes, **prefixes}
        return cls(triples, subjects, leant_on, {**PREFIXES, **prefixes})

    def with_renamed(self, renamed: Mapping[Node, Node]) -> Corpus:
        """Return the corpus as it would be with some terms written as others, every triple in its place."""

        def rename(triple: Triple) -> Triple:
            subject, predicate, object_ = (renamed.get(term, term) for term in triple)
            return subject, predicate, object_

        triples: dict[Triple, Place] = {}
        subjects = dict(self.subjects)
        for triple, place in self.triples.items():
            triples.setdefault(rename(triple), place)
        for old, new in renamed.items():
            if old in subjects:
                subjects.setdefault(new, subjects[old])
        return Corpus(triples, subjects, map(rename, self.graph), self.prefixes)

    # ── Places ──

    def place(self, subject: Node, predicate: Node | None = None, object_: Node | None = None) -> Place | None:
        """Return where a subject is described or, given a predicate, where it has it (the last time).

        None when that is nowhere in the checked files.
        """
        if predicate is None:
            return self.subjects.get(subject)
        if object_ is not None:
            return self.triples.get((subject, predicate, object_))
        values = self.graph.objects(subject, predicate)
        found = (self.triples.get((subject, predicate, value)) for value in values)
        return max((place for place in found if place), default=None)

    def problem(self, place: Place | None, code: str, message: str) -> Iterable[Problem]:
        """Return the problem as a list of one, or of none when its place is not in a checked file."""
        if place:
            begins_with_name = ":" in message.split(" ")[0]
            capital = message[:1] if begins_with_name else message[:1].upper()
            yield Problem(place.file, place.line, code, capital + message[1:])

    def problem_of(
        self, node: Node, code: str, words: str, predicate: Node | None = None, value: Node | None = None
    ) -> Iterable[Problem]:
        """Return the problem of a thing, as `problem` does: its name and some words, where `place` finds it."""
        return self.problem(self.place(node, predicate, value), code, f"{self.name(node)} {words}")

    # ── What there is ──

    def of_class(self, class_: URIRef) -> list[Node]:
        """Return the members of a class in the order of their places, those of other files last."""
        return self.in_order(set(self.graph.subjects(RDF.type, class_)))

    @cached_property
    def claims(self) -> list[Node]:
        """The claims: all of their class, and whatever has a proposition."""
        return self.in_order({*self.graph.subjects(RDF.type, SCHEMA.Claim), *self.graph.subjects(SK.proposition)})

    def in_order(self, nodes: Iterable[Node]) -> list[Node]:
        """Return things in the order of their places, those of other files last."""
        places = self.subjects
        return sorted(nodes, key=lambda node: (node not in places, places.get(node, Place(Path(), 0)), str(node)))

    # ── Names ──

    def name(self, node: Node) -> str:
        """Return a name for messages: `claim :m3-1`, `concept:leaders`, `proposition 2 of claim :k1-1`."""
        if isinstance(node, Literal):
            return shorten(f'"{node}"')
        if isinstance(node, BNode):
            return self._part_name(node)
        classes = set(self.graph.objects(node, RDF.type))
        kind = next((word for class_, word in _KINDS.items() if class_ in classes), "")
        return kind + self.curie(str(node))

    def names(self, nodes: Iterable[Node]) -> str:
        """Return the names of some things, sorted, with commas."""
        return ", ".join(sorted(self.name(node) for node in nodes))

    def curie(self, iri: str) -> str:
        """Return an IRI as the files write it, with the longest prefix that fits."""
        return prefixed(iri, self.prefixes) or f"<{iri}>"

    def _part_name(self, node: BNode) -> str:
        for owner, predicate in self.graph.subject_predicates(node):
            kind = _PARTS.get(URIRef(str(predicate)), local_name(str(predicate)))
            position = self.graph.value(node, SCHEMA.position)
            return f"{kind}{f' {position}' if position else ''} of {self.name(owner)}"
        return "something without a name"


@cache
def ontology() -> Graph:
    """Return the terms and the general relations that come with the library, to be read only."""
    graph = Graph()
    for name in ("claims.ttl", "relations.ttl"):
        graph.parse(data=(package_files("kg") / "ontology" / name).read_text(encoding="utf-8"), format="turtle")
    return graph


def shorten(text: str, length: int = 120) -> str:
    """Return a text cut to a length, with dots in its place."""
    return text if len(text) <= length else text[: length - 5].rstrip() + ' ..."' * (text[-1] == '"')


def labels(graph: Graph, node: Node, predicate: URIRef) -> list[Literal]:
    """Return the literals of a property of a thing."""
    return [value for value in graph.objects(node, predicate) if isinstance(value, Literal)]
