"""What machines read about this site: the SPARQL service description and the VoID description of the data."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, VOID, Namespace

from kg.sparql.engine import text_of
from kg.sparql.formats import DUMPS, MEDIA_TYPES, TURTLE
from kg.vocabulary import BASE
from webapp.context import catalogue, dataset, has_pages, preferred, public_address, typed, vary_on_accept
from webapp.security import open_to_all

pages = Blueprint("description", __name__)

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
COUNTS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }
"""
SIZES = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
PREFIXES = {"sd": SD, "void": VOID, "dcterms": DCTERMS}
DESCRIPTIONS = MEDIA_TYPES["DESCRIBE"]
"""The media types that a description comes in, the one to prefer first."""


def described(turtle: str) -> Response:
    """Return a description in the format of RDF that the request likes best; in Turtle where it likes none."""
    media_type = preferred(list(DESCRIPTIONS)) or TURTLE
    body = turtle.encode() if media_type == TURTLE else _converted(turtle, media_type)
    return vary_on_accept(typed(body, media_type))


@pages.get("/.well-known/void")
def void() -> Response:
    """Describe the data set, in the format of RDF that the request likes best."""
    return open_to_all(described(void_description()))


def service_description() -> str:
    """Return the service description in Turtle (https://www.w3.org/TR/sparql11-service-description/)."""
    graph = _graph()
    service = URIRef(public_address("/sparql"))
    data = URIRef(public_address("/.well-known/void#dataset"))
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for name in RESULT_FORMATS:
        graph.add((service, SD.resultFormat, FORMATS[name]))
    graph.add((service, SD.feature, SD.EmptyGraphs))
    graph.add((service, SD.defaultDataset, data))
    graph.add((service, SD.availableGraphs, data))
    graph.add((data, RDF.type, SD.Dataset))
    graph.add((data, RDF.type, SD.GraphCollection))
    graph.add((data, SD.defaultGraph, _part(graph, "graph", _counts()["triples"])))
    sizes = {text_of(row["graph"]): int(text_of(row["triples"])) for row in dataset().engine.select(SIZES)}
    for number, name in enumerate(dataset().graphs, start=1):
        named = URIRef(public_address(f"/.well-known/void#named-graph-{number}"))
        graph.add((data, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, URIRef(name)))
        graph.add((named, SD.graph, _part(graph, f"graph-{number}", sizes[name])))
    return graph.serialize(format="turtle")


def void_description() -> str:
    """Return the VoID description in Turtle (https://www.w3.org/TR/void/)."""
    graph = _graph()
    here = public_address("/.well-known/void")
    data = URIRef(f"{here}#data")
    counts = _counts()
    graph.add((URIRef(here), RDF.type, VOID.DatasetDescription))
    graph.add((URIRef(here), FOAF.topic, data))
    graph.add((data, RDF.type, VOID.Dataset))
    for term, count in (
        (VOID.triples, counts["triples"]),
        (VOID.properties, counts["properties"]),
        (VOID.distinctSubjects, counts["subjects"]),
        (VOID.distinctObjects, counts["objects"]),
    ):
        graph.add((data, term, Literal(count)))
    _part(graph, "graph", counts["triples"])
    graph.add((data, DCTERMS.title, Literal(_title(), lang="en-GB")))
    graph.add((data, DCTERMS.hasVersion, Literal(dataset().version)))
    graph.add((data, VOID.sparqlEndpoint, URIRef(public_address("/sparql"))))
    if has_pages():
        graph.add((data, VOID.uriSpace, Literal(BASE)))
        for extension in DUMPS:
            graph.add((data, VOID.dataDump, URIRef(public_address(f"/data.{extension}"))))
    return graph.serialize(format="turtle")


def _converted(turtle: str, media_type: str) -> bytes:
    # Sorted, so that every process of the server gives the same bytes and the same ETag.
    triples = sorted((quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)), key=str)
    prefixes = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    body = ox.serialize(triples, format=ox.RdfFormat.from_media_type(media_type), prefixes=prefixes)
    assert body is not None, "serialize() returns bytes when it is given no file"
    return body


def _part(graph: Graph, name: str, size: int) -> URIRef:
    """Describe a graph as a part of the data, and return its name."""
    part = URIRef(public_address(f"/.well-known/void#{name}"))
    graph.add((part, RDF.type, SD.Graph))
    graph.add((part, RDF.type, VOID.Dataset))
    graph.add((part, VOID.triples, Literal(size)))
    return part


def _counts() -> dict[str, int]:
    """Return how many triples, properties, subjects and objects the default graph has."""
    (found,) = dataset().engine.select(COUNTS)
    return {name: int(text_of(count)) for name, count in found.items()}


def _title() -> str:
    if not has_pages():
        return "RDF data"
    return "What was claimed: " + "; ".join(seminar.document.title for seminar in catalogue().seminars())


def _graph() -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
