"""What machines read about this site: the SPARQL service description and the VoID description of the data.

What they say stands in templates/sparql/service.ttl and void.ttl.
"""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, render_template
from rdflib import Graph, Literal, URIRef

from kg.sparql.engine import text_of
from kg.sparql.formats import DUMPS, MEDIA_TYPES, TURTLE
from kg.sparql.limits import DEFAULT_LIMITS
from kg.vocabulary import BASE
from webapp.context import catalogue, dataset, has_pages, preferred, public_address, typed, vary_on_accept
from webapp.security import open_to_all

pages = Blueprint("description", __name__)

COUNTS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }
"""
SIZES = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "dcterms": "http://purl.org/dc/terms/",
}
DESCRIPTIONS = MEDIA_TYPES["DESCRIBE"]
"""The media types that a description comes in, the one to prefer first."""


@pages.get("/.well-known/void")
def void() -> Response:
    """Describe the data set, in the format of RDF that the request likes best."""
    title = "RDF data"
    if has_pages():
        title = "What was claimed: " + "; ".join(seminar.document.title for seminar in catalogue().seminars())
    return open_to_all(
        _described(
            "void.ttl",
            title=Literal(title, lang="en-GB").n3(),
            version=dataset().version,
            uri_space=BASE if has_pages() else "",
            dumps=DUMPS,
        )
    )


def service() -> Response:
    """Describe the SPARQL service, in the format of RDF that the request likes best."""
    sizes = {text_of(row["graph"]): text_of(row["triples"]) for row in dataset().engine.select(SIZES)}
    graphs = [(URIRef(name).n3(), sizes[name]) for name in dataset().graphs]
    return _described("service.ttl", graphs=graphs, most_rows=DEFAULT_LIMITS.rows)


def _described(template: str, **values: Any) -> Response:
    """Return a description in the format of RDF that the request likes best; in Turtle where it likes none."""
    (found,) = dataset().engine.select(COUNTS)
    counts = {name: text_of(count) for name, count in found.items()}
    site = URIRef(public_address("/")).n3()
    text = render_template(f"sparql/{template}", site=site, counts=counts, **values)
    media_type = preferred(list(DESCRIPTIONS)) or TURTLE
    if media_type == TURTLE:
        return vary_on_accept(typed(Graph().parse(data=text, format="turtle").serialize(format="turtle"), TURTLE))
    # Sorted, so that every process of the server gives the same bytes and the same ETag.
    triples = sorted((quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)), key=str)
    body = ox.serialize(triples, format=ox.RdfFormat.from_media_type(media_type), prefixes=PREFIXES)
    assert body is not None, "serialize() returns bytes when it is given no file"
    return vary_on_accept(typed(body, media_type))
