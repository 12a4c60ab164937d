"""The shapes of kg/check/shapes.ttl held against a corpus, by pySHACL.

Data and shapes are kept apart, and whatever the data says about shapes is taken away first, so that nothing
in the data (sh:deactivated, shapes of its own, owl:imports) changes what is checked. See
https://www.w3.org/TR/shacl/.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator
from importlib.resources import files

from rdflib import BNode, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from kg.check.corpus import SHACL, Corpus, Place
from kg.check.problems import Problem
from kg.check.terms import is_bad
from kg.vocabulary import RDF, SCHEMA, local_name

SH = Namespace(SHACL)
_DATES = (SCHEMA.startDate, SCHEMA.endDate)
_SILENT = logging.getLogger("kg.check.shapes")
_SILENT.disabled = True


def shapes_graph() -> Graph:
    """Return a fresh graph of the shapes."""
    return Graph().parse(data=files(__package__).joinpath("shapes.ttl").read_bytes(), format="turtle")


def shape_codes() -> dict[str, str]:
    """Return the code of every shape with what it asks for."""
    shapes = shapes_graph()
    return {local_name(str(shape)): str(text) for shape, text in shapes.subject_objects(SH.description)}


def check_shapes(corpus: Corpus, undefined: Container[Node]) -> Iterator[Problem]:
    """Yield what the shapes find, once for each thing and shape.

    Values that are `undefined` or bad literals are reported elsewhere (kg/check/terms.py).
    """
    # Loading it takes half a second, which commands need not wait for where what the check said is kept.
    from pyshacl import validate

    shapes = shapes_graph()
    _, report, _ = validate(
        _without_shapes(corpus.graph), shacl_graph=shapes, do_owl_imports=False, inplace=True, logger=_SILENT
    )
    results = [
        (report.value(result, SH.focusNode), report.value(result, SH.sourceShape), report.value(result, SH.value))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    # What has no type, or not its whole type, is reported itself, not wherever it is named.
    untyped = {focus for focus, shape, _ in results if shape is not None and shapes.value(shape, SH.path) == RDF.type}
    seen = set()
    for focus, shape, value in results:
        reported = value in undefined or value in untyped or (isinstance(value, Literal) and is_bad(value))
        reported = reported or (focus in undefined and shapes.value(shape, SH.path) == RDF.type)
        if focus is None or shape is None or reported or (focus, shape) in seen:
            continue
        seen.add((focus, shape))
        yield from _problem(corpus, shapes, focus, shape, value)


def _problem(corpus: Corpus, shapes: Graph, focus: Node, shape: Node, value: Node | None) -> Iterator[Problem]:
    """Yield the problem of one result: at the offending value, or at the thing that lacks one."""
    found = _values(corpus, shapes, focus, shapes.value(shape, SH.path))
    places = {other: place for other, place in found.items() if place}
    place = places.get(value) if value is not None else None
    if not place:
        place = max(places.values()) if len(found) > 1 and places else corpus.place(focus)
    message = shapes.value(shape, SH.message)
    has = corpus.names(found) or "none"
    has = has if len(has) < 200 else has[:195] + " ..."
    yield from corpus.problem(place, local_name(str(shape)), f"{corpus.name(focus)} {message} (it has {has}).")


def _values(corpus: Corpus, shapes: Graph, focus: Node, path: Node | None) -> dict[Node, Place | None]:
    """Return the values that a shape's path (a property, inverse or choice) leads to, with their places."""
    if path is None:
        return {}
    if not isinstance(path, BNode):
        return {value: corpus.place(focus, path, value) for value in corpus.graph.objects(focus, path)}
    if inverse := shapes.value(path, SH.inversePath):
        return {value: corpus.place(value, inverse, focus) for value in corpus.graph.subjects(inverse, focus)}
    found: dict[Node, Place | None] = {}
    choices = shapes.value(path, SH.alternativePath)
    for choice in Collection(shapes, choices) if choices else ():
        found |= _values(corpus, shapes, focus, choice)
    return found


def _without_shapes(graph: Graph) -> Graph:
    """Return a copy of a graph without any term of SHACL, and without dates that cannot be compared."""
    copy = Graph(bind_namespaces="none")
    for subject, predicate, object_ in graph:
        is_shape = any(str(term).startswith(SHACL) for term in (subject, predicate, object_))
        is_bad_date = predicate in _DATES and isinstance(object_, Literal) and is_bad(object_)
        if not is_shape and not is_bad_date:
            copy.add((subject, predicate, object_))
    return copy
