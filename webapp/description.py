"""What machines read about this site: the SPARQL service description and the VoID description of the data."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, VOID, Namespace
from rdflib.term import BNode

from kg.vocabulary import BASE
from webapp.context import library, public_address

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
DUMPS = ("ttl", "nt", "jsonld")


def service_description() -> str:
    """Return the service description in Turtle (https://www.w3.org/TR/sparql11-service-description/)."""
    graph = _graph()
    service, data = URIRef(public_address("/sparql")), BNode()
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for name in RESULT_FORMATS:
        graph.add((service, SD.resultFormat, FORMATS[name]))
    graph.add((service, SD.defaultDataset, data))
    graph.add((data, RDF.type, SD.Dataset))
    graph.add((data, SD.defaultGraph, URIRef(public_address("/.well-known/void#graph"))))
    return graph.serialize(format="turtle")


def void_description() -> str:
    """Return the VoID description in Turtle (https://www.w3.org/TR/void/)."""
    graph = _graph()
    here = public_address("/.well-known/void")
    data, part = URIRef(f"{here}#data"), URIRef(f"{here}#graph")
    graph.add((URIRef(here), RDF.type, VOID.DatasetDescription))
    for subject in (data, part):
        graph.add((subject, RDF.type, VOID.Dataset))
        graph.add((subject, VOID.triples, Literal(len(library().data.triples))))
    graph.add((data, DCTERMS.title, Literal("What was claimed: " + "; ".join(_titles()), lang="en-GB")))
    graph.add((data, DCTERMS.hasVersion, Literal(library().version)))
    graph.add((data, VOID.uriSpace, Literal(BASE)))
    graph.add((data, VOID.sparqlEndpoint, URIRef(public_address("/sparql"))))
    for extension in DUMPS:
        graph.add((data, VOID.dataDump, URIRef(public_address(f"/data.{extension}"))))
    return graph.serialize(format="turtle")


def _titles() -> list[str]:
    return [seminar.document.title for seminar in library().seminars()]


def _graph() -> Graph:
    graph = Graph()
    for prefix, namespace in (("sd", SD), ("void", VOID), ("dcterms", DCTERMS)):
        graph.bind(prefix, namespace)
    return graph
