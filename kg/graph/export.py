"""All data in one file: RDF, or claims as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Literal, URIRef

from kg.graph.catalogue import Catalogue
from kg.graph.load import DataSet
from kg.graph.records import Claim
from kg.sparql.formats import N_TRIPLES
from kg.vocabulary import PREFIXES

COLUMNS = (
    "claim",
    "text",
    "credit",
    "attribution",
    "stance",
    "passages",
    "quotations",
    "concepts",
    "address",
    "seminar",
)
"""The columns of claims as a table; docs/model.md says what each holds."""
DESCRIBED_AT_ONCE = 40
"""Things described by one query, so that it stays within the engine's length limit."""


def all_triples(data: DataSet) -> Iterator[ox.Triple]:
    """Yield every triple of the default graph, those worked out included."""
    engine = data.engines.inside(whole=True)
    found = engine.execute("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", N_TRIPLES)
    return (quad.triple for quad in ox.parse(bytes(found), format=ox.RdfFormat.N_TRIPLES))


def data_as_rdf(data: DataSet, media_type: str) -> bytes:
    """Return every triple in a format of RDF, sorted: the same bytes each time."""
    return _as_rdf(all_triples(data), media_type)


def claims_as_rdf(data: DataSet, claims: Iterable[Claim], media_type: str) -> bytes:
    """Return what the graph says of claims and of their passages, sorted: the same bytes each time.

    Arguments:
        data: where the claims stand.
        claims: the claims.
        media_type: a format of RDF.
    """
    iris = (iri for claim in claims for iri in (claim.iri, *(each.iri for each in claim.passages)))
    return description_as_rdf(data, iris, media_type=media_type)


def description_as_rdf(data: DataSet, iris: Iterable[str], beginning: str = "", *, media_type: str) -> bytes:
    """Return what the graph says of some things; sorted, the same bytes each time.

    It is the concise bounded description of each (W3C member submission CBD): its triples, and those of its
    propositions and selectors, which have no name.

    Arguments:
        data: the data set.
        iris: the IRIs of the things.
        beginning: how the IRIs of further things begin; "" for none.
        media_type: the format of RDF.
    """
    engine, named = data.engines.inside(whole=True), list(dict.fromkeys(iris))
    parts = [
        f"VALUES ?thing {{ {' '.join(URIRef(iri).n3() for iri in named[first : first + DESCRIBED_AT_ONCE])} }}"
        for first in range(0, len(named), DESCRIBED_AT_ONCE)
    ]
    if beginning:
        parts.append(f"?thing ?p ?o FILTER(STRSTARTS(STR(?thing), {Literal(beginning).n3()}))")
    found: set[ox.Triple] = set()
    for part in parts:
        body = engine.execute(f"DESCRIBE ?thing WHERE {{ {part} }}", N_TRIPLES)
        found.update(quad.triple for quad in ox.parse(bytes(body), format=ox.RdfFormat.N_TRIPLES))
    return _as_rdf(found, media_type)


def _as_rdf(triples: Iterable[ox.Triple], media_type: str) -> bytes:
    syntax = ox.RdfFormat.from_media_type(media_type)
    body = ox.serialize(sorted(set(triples), key=str), format=syntax, prefixes=PREFIXES)
    assert body is not None, "serialize() returns bytes when it is given no file"
    return body


def claims_as_csv(catalogue: Catalogue, claims: Iterable[Claim] | None = None, base_url: str = "") -> str:
    """Return a row for each claim in the source's order (RFC 4180); "; " parts several values of a cell.

    Arguments:
        catalogue: where the names of the concepts stand.
        claims: the claims; None for all.
        base_url: where the pages of the claims are; "" for their paths within the site.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for claim in catalogue.claims() if claims is None else claims:
        writer.writerow(
            (
                claim.iri,
                claim.text,
                claim.attribution.credit,
                claim.attribution.kind,
                claim.stance,
                "; ".join(dict.fromkeys(passage.id for passage in claim.passages)),
                "; ".join(passage.quote for passage in claim.passages),
                "; ".join(catalogue.concept(slug).label for slug in claim.concepts),
                f"{base_url}/claims/{claim.slug}",
                catalogue.seminar(claim.seminar).name,
            )
        )
    return text.getvalue()
