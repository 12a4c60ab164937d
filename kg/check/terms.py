"""Words that do not exist: misspelt terms, things used but not defined, literals that are not what they say.

These come first. Where it is plain what was meant, the other checks go on as if it had been written, so that
one mistake is one problem.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rapidfuzz.distance import OSA
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

from kg.check.corpus import SHACL, Corpus, Place
from kg.check.problems import Problem
from kg.vocabulary import BASE, CITO, DCTERMS, DOCO, OA, PREFIXES, PROV, RDF, RDFS, SCHEMA, SK, SKOS, XSD

# Vocabularies that rdflib or we know whole: any other term of theirs is a mistake.
_WHOLE: tuple[type[DefinedNamespace], ...] = (SK, DCTERMS, PROV, RDF, RDFS, SKOS, XSD)
# Vocabularies of which we list only what we use: another term is a mistake when it looks like one of ours.
_PARTLY: tuple[type[DefinedNamespace], ...] = (SCHEMA, OA, CITO, DOCO)
# Properties that something defined has: what has one, but no type, lacks only that.
_DESCRIBING = (RDFS.label, SKOS.prefLabel, SKOS.definition, SCHEMA.text, DCTERMS.title, OA.hasSelector)
# Values that the shapes list, and addresses of pages.
_NOT_FOLLOWED = {SK.stance, SK.attributionKind, SK.status, SCHEMA.url}


def check_terms(corpus: Corpus, ontology: Graph) -> tuple[list[Problem], dict[Node, Node], set[Node]]:
    """Return the problems of unknown terms, undefined things and bad literals; what stands for each misspelt term; and
    the terms that do not exist.
    """
    problems: list[Problem] = []
    meant: dict[Node, Node] = {}
    undefined: set[Node] = set()
    defined = {subject for graph in (corpus.graph, ontology) for subject in graph.subjects(RDF.type)}
    for term, (place, count) in _used_terms(corpus).items():
        if not (found := _fault(term, defined, corpus)):
            continue
        code, message, better = found
        again = f" (and {count - 1} more time{'s' * (count > 2)})" if count > 1 else ""
        if code == "untyped":
            place, again = corpus.place(term) or place, ""
        problems += corpus.problem(place, code, message.format(name=corpus.curie(term) + again))
        undefined.add(term)
        if better:
            meant[term] = better
    return [*problems, *_bad_literals(corpus)], meant, undefined


def _used_terms(corpus: Corpus) -> dict[URIRef, tuple[Place, int]]:
    """Return each IRI of the checked files that must exist, with its first place and the number of times."""
    places: defaultdict[URIRef, list[Place]] = defaultdict(list)
    own = _own_namespaces(corpus)
    for (_, predicate, object_), place in corpus.triples.items():
        if isinstance(predicate, URIRef):
            places[predicate].append(place)
        if isinstance(object_, Literal) and object_.datatype:
            places[object_.datatype].append(place)
        if not isinstance(object_, URIRef) or predicate in _NOT_FOLLOWED:
            continue
        if predicate == RDF.type or str(object_).startswith(own):
            places[object_].append(place)
    return {term: (min(found), len(found)) for term, found in places.items()}


def _own_namespaces(corpus: Corpus) -> tuple[str, ...]:
    """Return the namespaces whose things the data must define: the library's, and the data's own."""
    classes = (SCHEMA.Claim, SK.Passage, SKOS.Concept, SCHEMA.Event)
    things = {thing for class_ in classes for thing in corpus.of_class(class_) if isinstance(thing, URIRef)}
    return (BASE, *sorted({re.sub(r"[^#/]*$", "", thing) for thing in things}))


def _fault(term: URIRef, defined: set[Node], corpus: Corpus) -> tuple[str, str, URIRef | None] | None:
    """Return what is wrong with a term: code, message and what was meant, if that is plain."""
    if term in defined:
        return None
    if term.startswith(SHACL):
        return ("unknown-namespace", "{name} has no effect, for shapes in data are not read: take it out.", None)
    known: Iterable[str]
    vocabulary = next((each for each in (*_WHOLE, *_PARTLY) if term.startswith(str(each._NS))), None)
    if vocabulary is not None:
        if term in vocabulary:
            return None
        code, message, known = "unknown-term", "{name} does not exist", map(str, dir(vocabulary))
        hint = "docs/model.md lists the terms there are."
    elif any((term, predicate, None) in corpus.graph for predicate in _DESCRIBING):
        return "untyped", "{name} has no type: write `a` and its class, such as `a skos:Concept`.", None
    elif str(term).startswith(_own_namespaces(corpus)):
        code, message, known = "dangling", "{name} is used but not defined", map(str, defined)
        hint = "define it, or use something that is defined."
    else:
        code, message = "unknown-namespace", "{name} is of no vocabulary of the graph"
        known = (str(each) for namespace in (*_WHOLE, *_PARTLY) for each in dir(namespace))
        hint = f"use a term of one of these: {', '.join(PREFIXES)}."
    better = _nearest(term, known)
    if vocabulary in _PARTLY and not better:
        return None
    hint = f"did you mean {corpus.curie(better)}?" if better else hint
    return code, f"{message}: {hint}", better


def _nearest(term: str, known: Iterable[str]) -> URIRef | None:
    """Return the known IRI one or two letters away, if one is nearest (M6 is not taken for a misspelt M7)."""
    digits = re.sub(r"\D", "", term)
    allowed = 1 if len(re.split(r"[/#]", term)[-1]) < 6 else 2
    distances = sorted(
        (distance, other)
        for other in known
        if re.sub(r"\D", "", other) == digits
        and (distance := OSA.distance(term, other, score_cutoff=allowed)) <= allowed
    )
    if not distances or (len(distances) > 1 and distances[0][0] == distances[1][0]):
        return None
    return URIRef(distances[0][1])


def _bad_literals(corpus: Corpus) -> Iterator[Problem]:
    """Yield each literal that is not of its datatype, or written in another form than queries give, once."""
    places: defaultdict[Literal, list[Place]] = defaultdict(list)
    for (_, _, object_), place in corpus.triples.items():
        if isinstance(object_, Literal) and object_.datatype:
            places[object_].append(place)
    for literal, found in places.items():
        datatype = corpus.curie(str(literal.datatype))
        again = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        if is_bad(literal):
            message = f'"{literal}"{again} is no valid {datatype}: correct it or its datatype.'
            yield from corpus.problem(min(found), "bad-literal", message)
        elif (form := _canonical(literal)) != str(literal):
            message = f'queries give the {datatype} "{literal}"{again} as "{form}": write it so.'
            yield from corpus.problem(min(found), "literal-form", message)


def _canonical(literal: Literal) -> str:
    """Return the words of a literal as the query engine keeps its value."""
    store = ox.Store()
    node = ox.NamedNode(str(RDF.value))
    store.add(ox.Quad(node, node, ox.Literal(str(literal), datatype=ox.NamedNode(str(literal.datatype)))))
    return next(quad.object.value for quad in store if isinstance(quad.object, ox.Literal))


def is_bad(literal: Literal) -> bool:
    """Return whether the words of a literal are not of its datatype."""
    # rdflib takes a date alone for an xsd:dateTime, and a time for an xsd:date.
    has_time = "T" in literal
    return bool(literal.ill_typed) or literal.datatype == (XSD.date if has_time else XSD.dateTime)
